//! What stays of a mail.

use quanheng_clock::Clock;
use quanheng_domain::{notice::NoticeKey, records::MailState};
use quanheng_mail::{MailError, Transport, transport::Refused};

use crate::{Office, member, on_each_database, project};

#[test]
fn a_sent_mail_keeps_what_was_told() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        assert_eq!(office.run().sent, 1);
        let row = office.mail(id);
        assert_eq!((row.state, row.attempts, row.last_error.as_str()), (MailState::Sent, 1, ""));
        assert_eq!(
            (row.sent_at, row.claimed_until, row.gave_up_at),
            (Some(crate::start()), None, None)
        );
        assert_eq!(row.message_id, format!("<{id}@quanheng.example>"));
        assert_eq!(
            row.subject,
            "[MTC3] 征求意见 – 饮用冷水水表检定规程（征求意见稿第1稿） – 截止 4月1日24时"
        );
        assert!(
            row.body_text.starts_with("请于2026年4月1日 24:00（北京时间）前"),
            "{}",
            row.body_text
        );
        let letter = &office.memory.sent()[0];
        assert_eq!((&letter.text, &letter.message_id), (&row.body_text, &row.message_id));
        assert!(
            letter
                .headers
                .contains(&("References", format!("<{}.thread@quanheng.example>", project())))
        );
        assert_eq!(office.run().sent, 0, "and it goes out once");
    });
}

#[test]
fn each_reader_gets_her_language_and_a_foreign_key_falls_back_to_chinese() {
    on_each_database(|db| {
        let office = Office::new(db);
        let mut english = office.row(NoticeKey::RoundOpened, &member(1), None);
        english.locale = "en".to_owned();
        let mut strange = office.row(NoticeKey::RoundOpened, &member(2), None);
        strange.locale = "xx".to_owned();
        office.write(move |conn| {
            quanheng_db::outbox::enqueue(conn, &english)?;
            quanheng_db::outbox::enqueue(conn, &strange)?;
            Ok(())
        });
        office.run();
        let mut subjects: Vec<String> =
            office.memory.sent().into_iter().map(|letter| letter.subject).collect();
        subjects.sort();
        assert!(
            subjects[0].starts_with("[MTC3] Call for comments")
                && subjects[1].starts_with("[MTC3] 征求意见"),
            "{subjects:?}"
        );
    });
}

#[test]
fn a_one_time_link_is_forgotten_once_it_is_sent() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::PasswordReset, &member(7), None);
        let secret = "3q2-7wEXAMPLE";
        assert!(office.mail(id).payload.to_string().contains(secret));
        office.run();
        assert!(office.memory.sent()[0].text.contains(secret));
        let row = office.mail(id);
        assert_eq!(row.state, MailState::Sent);
        assert!(row.body_text.is_empty() && !row.subject.is_empty());
        assert!(!row.payload.to_string().contains(secret), "{}", row.payload);
    });
}

#[test]
fn a_one_time_link_lives_on_while_it_is_tried_and_ends_when_it_is_given_up() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::AccountInvited, &member(7), None);
        office.memory.fail_next(MailError::outage("connection refused"));
        office.run();
        assert!(
            office.mail(id).payload.to_string().contains("EXAMPLE")
                && office.mail(id).body_text.is_empty()
        );
        office.later(chrono::TimeDelta::minutes(2));
        office
            .memory
            .fail_next(MailError::GiveUp { reply: "550 no".to_owned(), refused: Refused::Address });
        office.run();
        let row = office.mail(id);
        assert_eq!(row.state, MailState::GivenUp);
        assert!(!row.payload.to_string().contains("EXAMPLE"));
    });
}

#[test]
fn without_a_way_out_mail_is_kept_readable() {
    on_each_database(|db| {
        let office = Office::with(db, |_| Transport::None);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        let link = office.post(NoticeKey::AccountInvited, &member(8), None);
        assert_eq!(office.run().kept, 2);
        let row = office.mail(id);
        assert_eq!((row.state, row.sent_at), (MailState::Kept, None));
        assert!(row.body_text.contains("征求意见稿第1稿"));
        assert!(
            office.mail(link).body_text.contains("EXAMPLE"),
            "the outbox page is where the link is read"
        );
        assert_eq!(office.run().kept, 0);
    });
}

#[test]
fn a_mail_that_cannot_be_composed_is_given_up_and_says_why() {
    on_each_database(|db| {
        let office = Office::new(db);
        let mut broken = office.row(NoticeKey::RoundOpened, &member(7), None);
        broken.payload["title"] = "水表\r\nBcc: everybody@demo.example".into();
        let mut unreadable = office.row(NoticeKey::RoundOpened, &member(8), None);
        unreadable.payload = serde_json::json!({ "path": 3 });
        let ids = [broken.id, unreadable.id];
        office.write(move |conn| {
            quanheng_db::outbox::enqueue(conn, &broken)?;
            quanheng_db::outbox::enqueue(conn, &unreadable)?;
            Ok(())
        });
        assert_eq!(office.run().given_up, 2);
        assert!(
            office.mail(ids[0]).last_error.contains("control character"),
            "{}",
            office.mail(ids[0]).last_error
        );
        assert!(
            office.mail(ids[1]).last_error.contains("cannot be read"),
            "{}",
            office.mail(ids[1]).last_error
        );
        assert!(office.memory.sent().is_empty());
    });
}

#[test]
fn given_up_and_kept_mail_can_be_sent_again() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        office
            .memory
            .fail_next(MailError::GiveUp { reply: "550 no".to_owned(), refused: Refused::Address });
        assert_eq!(office.run().given_up, 1);
        let now = office.clock.now();
        assert!(office.write(move |conn| Ok(quanheng_db::delivery::send_again(conn, id, now)?)));
        assert_eq!(office.run().sent, 1);
        let row = office.mail(id);
        assert_eq!((row.state, row.attempts, row.gave_up_at), (MailState::Sent, 1, None));
        assert!(
            !office.write(move |conn| Ok(quanheng_db::delivery::send_again(conn, id, now)?)),
            "what was sent stays sent"
        );
    });
}

#[test]
fn frozen_mail_waits_for_an_administrator() {
    on_each_database(|db| {
        let office = Office::new(db);
        let mut frozen = office.row(NoticeKey::RoundOpened, &member(7), None);
        frozen.state = MailState::Frozen;
        office.write(move |conn| Ok(quanheng_db::outbox::enqueue(conn, &frozen)?));
        office.later(chrono::TimeDelta::days(30));
        assert_eq!(office.run(), Default::default());
    });
}
