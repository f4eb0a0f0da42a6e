//! Who goes first (F27, F29).

use chrono::TimeDelta;
use quanheng_clock::Clock;
use quanheng_domain::{notice::NoticeKey, records::MailState};
use quanheng_mail::{MailError, transport::Delay};

use crate::{Office, member, members, on_each_database};

#[test]
fn f27_no_address_gets_more_than_its_share_of_an_hour() {
    on_each_database(|db| {
        let office = Office::new(db);
        let ids: Vec<_> =
            (0..45).map(|_| office.post(NoticeKey::RoundOpened, &member(7), None)).collect();
        let other = office.post(NoticeKey::RoundOpened, &member(8), None);
        let first = office.run();
        assert_eq!((first.sent, first.postponed > 0), (21, true), "{first:?}");
        assert_eq!(office.mail(other).state, MailState::Sent, "others are not held back");
        office.later(TimeDelta::minutes(59));
        assert_eq!(office.run().sent, 0);
        office.later(TimeDelta::minutes(1));
        assert_eq!(office.run().sent, 20);
        office.later(TimeDelta::hours(1));
        assert_eq!(office.run().sent, 5);
        let arrived: Vec<String> = office
            .memory
            .sent()
            .into_iter()
            .filter(|letter| letter.to.email == member(7))
            .map(|letter| letter.message_id)
            .collect();
        let written: Vec<String> =
            ids.iter().map(|id| format!("<{id}@quanheng.example>")).collect();
        assert_eq!(arrived, written);
    });
}

#[test]
fn f29_other_mails_overtake_a_notice_to_ten_thousand() {
    on_each_database(|db| {
        let office = Office::new(db);
        let event = office.event();
        office.post_all(NoticeKey::Published, &members(10_000), Some(event));
        let slices = std::sync::atomic::AtomicUsize::new(0);
        let a_little = || slices.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 10;
        office.wait(office.delivery.run(a_little)).unwrap();
        let already = office.memory.sent().len();
        let vote = office.post(NoticeKey::ReviewOpened, "chair@demo.example", Some(office.event()));
        slices.store(8, std::sync::atomic::Ordering::SeqCst);
        office.wait(office.delivery.run(a_little)).unwrap();
        assert_eq!(
            office.mail(vote).state,
            MailState::Sent,
            "of {} letters more",
            office.memory.sent().len() - already
        );
        assert!(already >= 50 && office.in_state(MailState::Queued) > 9_000);
    });
}

#[test]
fn one_time_links_wait_for_nothing() {
    on_each_database(|db| {
        let office = Office::new(db);
        let round = office.post(NoticeKey::RoundOpened, &member(7), None);
        office
            .memory
            .fail_next(MailError::Retry { reply: "451 later".to_owned(), why: Delay::Postponed });
        office.run();
        let reminder = office.post(NoticeKey::RoundReminder, &member(7), None);
        let link = office.post(NoticeKey::PasswordReset, &member(7), None);
        office.run();
        assert_eq!(office.mail(link).state, MailState::Sent);
        assert_eq!(
            office.mail(reminder).state,
            MailState::Queued,
            "it would arrive before the mail it reminds of"
        );
        office.later(TimeDelta::minutes(2));
        office.run();
        assert!([round, reminder].into_iter().all(|id| office.mail(id).state == MailState::Sent));
    });
}

#[test]
fn a_mail_planned_for_later_holds_nobody_back() {
    on_each_database(|db| {
        let office = Office::new(db);
        let mut planned = office.row(NoticeKey::RoundReminder, &member(7), None);
        planned.send_after = office.clock.now() + TimeDelta::days(3);
        let planned_id = planned.id;
        office.write(move |conn| Ok(quanheng_db::outbox::enqueue(conn, &planned)?));
        office.post(NoticeKey::RoundOpened, &member(7), None);
        assert_eq!(office.run().sent, 1);
        assert_eq!(office.mail(planned_id).state, MailState::Queued);
        office.later(TimeDelta::days(3));
        assert_eq!(office.run().sent, 1);
    });
}

#[test]
fn a_worker_that_is_told_to_stop_takes_nothing_more() {
    on_each_database(|db| {
        let office = Office::new(db);
        office.post_all(NoticeKey::RoundOpened, &members(3), None);
        assert_eq!(office.wait(office.delivery.run(|| false)).unwrap(), Default::default());
        assert_eq!(office.in_state(MailState::Queued), 3);
    });
}
