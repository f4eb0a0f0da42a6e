//! Servers that are out, slow or forgetful, and workers that die (F20, F21, F22, F24, F25).

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use quanheng_clock::Clock;
use quanheng_db::{DbError, delivery};
use quanheng_domain::{notice::NoticeKey, records::MailState};
use quanheng_jobs::deliver_mail::POSSIBLY_DELIVERED;
use quanheng_mail::{
    MailError,
    transport::{Delay, Refused},
};

use crate::{Office, member, members, on_each_database};

fn postponed() -> MailError {
    MailError::Retry { reply: "451 try later".to_owned(), why: Delay::Postponed }
}

fn answer_lost() -> MailError {
    MailError::Retry { reply: "incomplete response".to_owned(), why: Delay::AnswerLost }
}

#[test]
fn f20_two_days_without_server_lose_nothing_and_keep_the_order_of_each_recipient() {
    on_each_database(|db| {
        let office = Office::new(db);
        office.memory.outage(Some(MailError::outage("connection refused")));
        let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for hour in 0..48 {
            for number in 0..3 {
                let address = member((hour * 3 + number) % 10);
                let id = office.post(NoticeKey::RoundOpened, &address, None);
                written.entry(address).or_default().push(format!("<{id}@quanheng.example>"));
            }
            let done = office.run();
            assert!(done.outage && done.sent == 0 && done.given_up == 0, "{done:?}");
            office.later(TimeDelta::hours(1));
        }
        assert_eq!(office.in_state(MailState::Queued), 144);
        office.memory.outage(None);
        let back = office.clock.now();
        while office.in_state(MailState::Queued) > 0 {
            office.run();
            office.later(TimeDelta::minutes(1));
            assert!(
                office.clock.now() - back <= TimeDelta::minutes(30),
                "everything is gone half an hour after the server is back"
            );
        }
        let mut arrived: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for letter in office.memory.sent() {
            arrived.entry(letter.to.email).or_default().push(letter.message_id);
        }
        assert_eq!(arrived, written);
    });
}

#[test]
fn an_outage_is_asked_once_a_run_and_not_by_every_mail() {
    on_each_database(|db| {
        let office = Office::new(db);
        let ids = office.post_all(NoticeKey::RoundOpened, &members(40), None);
        office.memory.outage(Some(MailError::outage("connection refused")));
        let done = office.run();
        assert_eq!((done.retried, done.outage), (8, true), "as many as there are connections");
        let tried = ids.iter().filter(|id| office.mail(**id).attempts > 0).count();
        assert_eq!((tried, office.in_state(MailState::Queued)), (8, 40));
    });
}

#[test]
fn f21_a_lost_answer_means_one_repeat_with_the_same_message_id() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        office.memory.fail_next(answer_lost());
        assert_eq!(office.run().retried, 1);
        let row = office.mail(id);
        assert_eq!(row.state, MailState::Queued);
        assert!(row.last_error.starts_with(POSSIBLY_DELIVERED), "{}", row.last_error);
        office.later(TimeDelta::minutes(2));
        assert_eq!(office.run().sent, 1);
        let sent = office.memory.sent();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].message_id, sent[1].message_id);
        assert!(
            office.mail(id).last_error.starts_with(POSSIBLY_DELIVERED),
            "the record says that it may have come twice"
        );
    });
}

#[test]
fn f21_a_second_lost_answer_is_not_followed_by_a_third_letter() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        for error in [answer_lost(), MailError::outage("connection refused"), answer_lost()] {
            office.memory.fail_next(error);
            office.run();
            office.later(TimeDelta::minutes(5));
        }
        let row = office.mail(id);
        assert_eq!(row.state, MailState::GivenUp);
        assert!(row.last_error.starts_with(POSSIBLY_DELIVERED), "{}", row.last_error);
        office.later(TimeDelta::days(1));
        office.run();
        assert_eq!(office.memory.sent().len(), 2);
    });
}

#[test]
fn f22_451_is_tried_again_ever_more_rarely_until_its_time_is_up() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        office.memory.refuse(&member(7), postponed());
        let mut waits = Vec::new();
        while office.mail(id).state == MailState::Queued {
            let row = office.mail(id);
            let wait = row.send_after - office.clock.now();
            waits.push(wait.num_seconds());
            office.later(wait);
            office.run();
        }
        assert_eq!(waits[0], 0);
        assert!(waits[1..].windows(2).all(|two| two[1] > two[0] || two[1] > 36_000), "{waits:?}");
        let row = office.mail(id);
        assert_eq!(row.state, MailState::GivenUp);
        let tried_for = office.clock.now() - crate::start();
        assert!(
            tried_for >= TimeDelta::hours(72) && tried_for < TimeDelta::hours(86),
            "{tried_for}"
        );
        assert!(row.last_error.contains("451") && row.gave_up_at.is_some());
    });
}

#[test]
fn f22_552_is_given_up_at_once() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        office.memory.fail_next(MailError::GiveUp {
            reply: "552 too big".to_owned(),
            refused: Refused::Letter,
        });
        assert_eq!(office.run().given_up, 1);
        let row = office.mail(id);
        assert_eq!(
            (row.state, row.last_error.as_str(), row.attempts),
            (MailState::GivenUp, "552 too big", 1)
        );
        assert!(!row.body_text.is_empty(), "what could not be told can still be read");
    });
}

#[test]
fn f24_after_a_crash_only_what_was_not_sent_goes_out() {
    on_each_database(|db| {
        let office = Office::new(db);
        let ids = office.post_all(NoticeKey::RoundOpened, &members(20), None);
        // A worker that sent eight, took eight more into the air and died.
        let (now, until) = (office.clock.now(), office.clock.now() + office.delivery.options.lease);
        let turns = std::sync::atomic::AtomicUsize::new(0);
        let go_on = || turns.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 1;
        assert_eq!(office.wait(office.delivery.run(go_on)).unwrap().sent, 8);
        let rest: Vec<_> =
            ids.iter().copied().filter(|id| office.mail(*id).state == MailState::Queued).collect();
        let in_the_air = rest[..8].to_vec();
        office.write(move |conn| {
            for id in &in_the_air {
                delivery::claim(conn, *id, now, until)?.unwrap();
            }
            Ok(())
        });
        assert_eq!(office.run().sent, 4, "what another worker holds is left alone");
        office.later(TimeDelta::minutes(5));
        assert_eq!(office.run().sent, 8, "until its lease ends");
        let arrived: BTreeSet<String> = office.sent_to().into_iter().collect();
        assert_eq!((arrived.len(), office.memory.sent().len()), (20, 20));
    });
}

#[test]
fn f25_three_workers_send_each_mail_once() {
    on_each_database(|db| {
        let office = Office::new(db);
        for round in 0..20 {
            office.post_all(NoticeKey::RoundReminder, &members(15), Some(office.event()));
            let (second, third) = (office.colleague(), office.colleague());
            let (a, b, c) = office.wait(async {
                tokio::join!(office.delivery.run(|| true), second.run(|| true), third.run(|| true))
            });
            // A worker that found everything taken is done; whoever took it sends it.
            let sent: usize = [a, b, c].into_iter().map(|done| done.unwrap().sent).sum();
            assert_eq!(sent, 15, "round {round}");
            office.later(TimeDelta::minutes(61));
        }
        let ids: BTreeSet<String> =
            office.memory.sent().into_iter().map(|letter| letter.message_id).collect();
        assert_eq!((ids.len(), office.memory.sent().len()), (300, 300));
    });
}

#[test]
fn a_settled_mail_is_not_unsettled_by_a_worker_that_comes_late() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = office.post(NoticeKey::RoundOpened, &member(7), None);
        office.run();
        let late = delivery::Settlement {
            id,
            outcome: delivery::Outcome::GivenUp,
            note: "too late".to_owned(),
            message_id: String::new(),
            subject: String::new(),
            body_text: String::new(),
            payload: None,
        };
        let now = office.clock.now();
        assert!(
            !office.write(move |conn| delivery::settle(conn, &late, now).map_err(DbError::from))
        );
        assert_eq!(office.mail(id).state, MailState::Sent);
    });
}
