//! The ledger of a used site is whole, sealed by day, and every change by other hands is found.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use quanheng_actions::ledger;
use quanheng_db::{AnyConn, events};
use quanheng_domain::ledger::Broken;
use quanheng_jobs::housekeeping;

use crate::world::{PASSWORD, TestApp};

async fn seal(site: &TestApp) {
    let app = &site.app;
    housekeeping::run(&app.db, &app.clock, &app.chance, &app.store)
        .await
        .expect("the house is kept");
}

#[rocket::async_test]
async fn a_used_sites_ledger_is_sealed_once_a_day_and_whole() {
    for site in TestApp::on_each_backend().await {
        let admin = site.admin().await;
        site.post(&admin, "/account/tokens", &[("name", "脚本")]).await;
        seal(&site).await;
        assert!(
            site.read(|conn| Ok(events::last_checkpoint(conn)?)).is_none(),
            "nothing is settled yet"
        );
        site.pass(TimeDelta::hours(1));
        for _ in 0..3 {
            seal(&site).await;
        }
        site.post_raw(
            &admin,
            "/sign-in",
            &[("email", "admin@demo.example"), ("password", PASSWORD)],
        )
        .await;
        site.pass(TimeDelta::hours(25));
        seal(&site).await;
        let whole = site.read(|conn| ledger::walk(conn, |_| {})).expect("it is whole");
        assert_eq!(whole.checkpoints, 2);
        assert!(whole.events > 5 && whole.objects > 3, "{whole:?}");
    }
}

/// What other hands may do to one event; `{n}` is its place.
const CHANGES: &[&str] = &[
    "object_kind = 'organisation'",
    "object_kind = 'nonsense'",
    "object_seq = object_seq + 1000",
    "actor = actor || ' '",
    "on_behalf_of = 'x'",
    "kind = kind || 'x'",
    "source = 'x'",
    "from_stage = 'x'",
    "to_stage = 'x'",
    "note = note || ' '",
    "facts = facts || ' '",
    "facts = '{\"x\":1}'",
    "facts = '{'",
    "previous_hash = 'x'",
    "hash = 'x'",
    "hash = upper(hash) || 'x'",
];
const ON_SQLITE: &[&str] = &[
    "id = X'00112233445566778899AABBCCDDEEFF'",
    "id = X'00'",
    "object_id = X'00112233445566778899AABBCCDDEEFF'",
    "actor_id = X'00112233445566778899AABBCCDDEEFF'",
    "at = '2001-01-01 00:00:00.000000'",
    "at = at || '0'",
    "at = 'yesterday'",
    "note = CAST(X'FF' AS TEXT)",
];
const ON_POSTGRESQL: &[&str] = &[
    "id = '00112233-4455-6677-8899-aabbccddeeff'",
    "object_id = '00112233-4455-6677-8899-aabbccddeeff'",
    "actor_id = '00112233-4455-6677-8899-aabbccddeeff'",
    "at = at + interval '1 microsecond'",
];

#[rocket::async_test]
async fn every_change_and_every_removal_of_an_event_is_found_and_named() {
    for site in TestApp::on_each_backend().await {
        let admin = site.admin().await;
        site.post(&admin, "/account/tokens", &[("name", "脚本")]).await;
        site.pass(TimeDelta::hours(1));
        seal(&site).await;
        let whole = site.read(|conn| ledger::walk(conn, |_| {})).expect("it is whole");
        assert_eq!(whole.checkpoints, 1);
        let mut conn = site.connection();
        let own = match conn {
            AnyConn::Pg(_) => ON_POSTGRESQL,
            AnyConn::Sqlite(_) => ON_SQLITE,
        };
        // The database itself refuses, until somebody takes its guards away.
        let unguarded = match conn {
            AnyConn::Pg(_) => {
                "ALTER TABLE events DISABLE TRIGGER USER; ALTER TABLE checkpoints DISABLE TRIGGER USER"
            }
            AnyConn::Sqlite(_) => {
                "DROP TRIGGER events_never_change; DROP TRIGGER events_never_go; \
                 DROP TRIGGER checkpoints_never_change; DROP TRIGGER checkpoints_never_go"
            }
        };
        let emptied: &[&str] = match conn {
            AnyConn::Pg(_) => &["TRUNCATE events CASCADE", "TRUNCATE checkpoints"],
            AnyConn::Sqlite(_) => &[],
        };
        let refused = [
            "UPDATE events SET note = 'x' WHERE seq = 1",
            "DELETE FROM events WHERE seq = 1",
            "UPDATE checkpoints SET objects = 0",
            "DELETE FROM checkpoints",
        ];
        for refused in refused.iter().chain(emptied).copied() {
            let error = conn.batch_execute(refused).expect_err(refused).to_string();
            assert!(error.contains("the ledger only grows"), "{refused}: {error}");
        }
        let after = |conn: &mut AnyConn, sql: &str| -> Result<_, Broken> {
            conn.batch_execute(&format!("BEGIN; {unguarded}; {sql}")).expect("it can be done");
            let found =
                ledger::walk(conn, |_| {}).expect("what is wrong is an answer, not an error");
            conn.batch_execute("ROLLBACK").expect("it can be undone");
            found
        };
        for n in 1..=i64::try_from(whole.events).expect("few") {
            for change in CHANGES.iter().chain(own) {
                let found =
                    after(&mut conn, &format!("UPDATE events SET {change} WHERE seq = {n}"));
                let Err(broken) = found else { panic!("event {n}: {change}") };
                assert!(broken.to_string().contains(&format!("event {n}")), "{change}: {broken}");
            }
            let removed = after(&mut conn, &format!("DELETE FROM events WHERE seq = {n}"));
            assert!(removed.is_err(), "event {n} removed");
        }
        for change in ["at = at", "hash = 'x'", "last_event = last_event - 1", "objects = 0"] {
            let found = after(&mut conn, &format!("UPDATE checkpoints SET {change}"));
            assert_eq!(found.is_ok(), change == "at = at", "{change}");
        }
    }
}
