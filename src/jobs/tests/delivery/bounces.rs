//! Addresses that do not work (F23, edge case 48).

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use quanheng_clock::{Clock, Ids};
use quanheng_db::{
    DbError, bind,
    register::{self, PersonRow},
    schema::{accounts, events, people},
};
use quanheng_domain::{ids::PersonId, notice::NoticeKey, records::MailState};
use quanheng_mail::{MailError, transport::Refused};

use crate::{Office, member, members, on_each_database};

fn unknown() -> MailError {
    MailError::GiveUp {
        reply: "permanent error (550): unknown".to_owned(),
        refused: Refused::Address,
    }
}

/// A person of the register, with an administrator's account if asked.
fn person(office: &Office, email: &str, administrator: bool) -> PersonId {
    let now = office.clock.now();
    let id: PersonId = office.chance.id(now);
    let row = PersonRow {
        id,
        version: 1,
        name_zh: "委员·演示".to_owned(),
        name_en: String::new(),
        email: Some(email.to_owned()),
        email_key: Some(email.to_owned()),
        locale: "zh-CN".to_owned(),
        organisation_id: None,
        post: String::new(),
        title: String::new(),
        demo: true,
        mail_failures: 0,
        created_at: now,
    };
    office.write(move |conn| {
        register::insert_person(conn, &row)?;
        if administrator {
            diesel::insert_into(accounts::table)
                .values((
                    accounts::person_id.eq(bind(id)),
                    accounts::administrator.eq(true),
                    accounts::disabled.eq(false),
                    accounts::failures.eq(0),
                    accounts::optional_mail.eq(true),
                    accounts::created_at.eq(bind(now)),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
    id
}

fn post_to(office: &Office, person: PersonId, address: &str, notice: NoticeKey) {
    let mut row = office.row(notice, address, None);
    row.person_id = Some(person);
    office.write(move |conn| Ok(quanheng_db::outbox::enqueue(conn, &row)?));
}

fn failures(office: &Office, person: PersonId) -> i32 {
    let read = |conn: &mut quanheng_db::AnyConn| {
        people::table
            .filter(people::id.eq(bind(person)))
            .select(people::mail_failures)
            .first(conn)
            .map_err(DbError::from)
    };
    office.db.read_blocking(read).unwrap()
}

fn told(office: &Office, address: &str) -> Vec<String> {
    office
        .memory
        .sent()
        .into_iter()
        .filter(|letter| letter.to.email == address)
        .map(|letter| letter.text)
        .collect()
}

#[test]
fn f23_one_bad_address_among_three_hundred_stops_nobody_and_those_who_can_help_are_told() {
    on_each_database(|db| {
        let office = Office::new(db);
        let administrator = "administrator@demo.example";
        person(&office, administrator, true);
        let bad = person(&office, &member(123), false);
        office.memory.refuse(&member(123), unknown());
        for round in 1..=4 {
            let many = if round == 1 { 300 } else { 130 };
            let others: Vec<String> =
                members(many).into_iter().filter(|address| *address != member(123)).collect();
            office.post_all(NoticeKey::RoundOpened, &others, Some(office.event()));
            post_to(&office, bad, &member(123), NoticeKey::RoundOpened);
            let done = office.run();
            let news = usize::from(matches!(round, 1 | 3));
            assert_eq!((done.sent, done.given_up), (many - 1 + news, 1), "round {round}: {done:?}");
            assert_eq!(failures(&office, bad), round);
            office.later(chrono::TimeDelta::hours(2));
        }
        let told = told(&office, administrator);
        assert_eq!(told.len(), 2, "at the first failure and when the address counts as bad");
        assert!(
            told[0].starts_with("发给委员·演示的关于《饮用冷水水表检定规程》的邮件无法送达"),
            "{}",
            told[0]
        );
        assert!(
            told[0].contains("permanent error (550): unknown") && !told[0].contains(&member(123))
        );
    });
}

#[test]
fn an_address_that_works_again_is_forgiven() {
    on_each_database(|db| {
        let office = Office::new(db);
        let id = person(&office, &member(7), false);
        office.memory.fail_next(unknown());
        post_to(&office, id, &member(7), NoticeKey::RoundOpened);
        office.run();
        assert_eq!(failures(&office, id), 1);
        post_to(&office, id, &member(7), NoticeKey::RoundReminder);
        office.run();
        assert_eq!(failures(&office, id), 0);
    });
}

#[test]
fn every_bounce_is_in_the_ledger_and_none_breeds_another() {
    on_each_database(|db| {
        let office = Office::new(db);
        person(&office, "administrator@demo.example", true);
        office.memory.refuse("administrator@demo.example", unknown());
        office.memory.refuse(&member(7), unknown());
        office.post(NoticeKey::RoundOpened, &member(7), None);
        let done = office.run();
        assert_eq!((done.sent, done.given_up), (0, 2), "{done:?}");
        assert_eq!(office.run(), Default::default());
        let recorded: i64 = office
            .db
            .read_blocking(|conn| {
                events::table
                    .filter(events::kind.eq("mail_bounced"))
                    .count()
                    .get_result(conn)
                    .map_err(DbError::from)
            })
            .unwrap();
        assert_eq!(recorded, 2);
        assert_eq!(office.in_state(MailState::GivenUp), 2);
    });
}

#[test]
fn an_address_that_a_stranger_typed_troubles_nobody() {
    on_each_database(|db| {
        let office = Office::new(db);
        person(&office, "administrator@demo.example", true);
        office.memory.refuse("nobody@demo.example", unknown());
        office.post(NoticeKey::CommentConfirm, "nobody@demo.example", None);
        let done = office.run();
        assert_eq!((done.sent, done.given_up), (0, 1));
    });
}
