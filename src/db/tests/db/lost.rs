//! Connections that die under PostgreSQL: before, in and at the end of a transaction.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use diesel::{connection::SimpleConnection, prelude::*, sql_query};
use quanheng_db::{AnyConn, DbError, testing::TestDb};

use crate::{TABLES, add, ids, now, things, write};

const KILL_ME: &str = "SELECT pg_terminate_backend(pg_backend_pid())";
const KILL_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

fn postgres() -> Option<TestDb> {
    let db = TestDb::empty_postgres();
    match &db {
        Some(db) => write(db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap(),
        None => println!("not on PostgreSQL: QUANHENG_TEST_PG is not set"),
    }
    db
}

#[test]
fn connections_that_died_idle_are_replaced_unnoticed() {
    let Some(db) = postgres() else { return };
    for round in 1..=3 {
        write(&db, move |tx| add(tx, round)).unwrap();
        db.connection().batch_execute(KILL_OTHERS).unwrap();
        assert_eq!(ids(&db), (1..=round).collect::<Vec<_>>());
        db.connection().batch_execute(KILL_OTHERS).unwrap();
    }
}

#[test]
fn a_transaction_that_died_before_its_commit_is_run_again() {
    let Some(db) = postgres() else { return };
    let tries = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&tries);
    let done = write(&db, move |tx| {
        add(tx, 1)?;
        if counted.fetch_add(1, SeqCst) == 0 {
            sql_query(KILL_ME).execute(tx.conn())?;
        }
        add(tx, 2)
    });
    assert_eq!((done.unwrap(), tries.load(SeqCst)), (1, 2));
    assert_eq!(ids(&db), [1, 2]);
}

#[test]
fn a_commit_without_an_answer_is_never_repeated() {
    let Some(db) = postgres() else { return };
    db.connection()
        .batch_execute(&format!(
            "CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM ({KILL_ME}) AS k; RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER falls AFTER INSERT ON things DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW WHEN (NEW.id = 13) EXECUTE FUNCTION fall()"
        ))
        .unwrap();
    let tries = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&tries);
    let unknown = write(&db, move |tx| {
        counted.fetch_add(1, SeqCst);
        add(tx, 13)
    });
    assert!(matches!(unknown, Err(DbError::OutcomeUnknown)), "{unknown:?}");
    assert_eq!(tries.load(SeqCst), 1);
    assert_eq!(ids(&db), [0; 0]);
    write(&db, |tx| add(tx, 14)).unwrap();
}

#[test]
fn a_server_that_is_gone_is_told_as_such() {
    let Some(db) = postgres() else { return };
    let mut options = db.options();
    options.url = options.url.replace("127.0.0.1", "127.0.0.254");
    if options.url == db.options().url {
        return println!("the server is not named by its loopback address");
    }
    let gone = quanheng_db::Db::open(&options);
    assert!(matches!(gone, Err(DbError::Unreachable { .. })), "{gone:?}");
}

#[test]
fn the_clock_is_asked_again_for_each_attempt() {
    let Some(db) = postgres() else { return };
    let readings = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&readings);
    let clock = move || now() + chrono::TimeDelta::seconds(i64::from(counted.fetch_add(1, SeqCst)));
    let seen = db.write_blocking(clock, |tx| {
        if tx.now() == now() {
            sql_query(KILL_ME).execute(tx.conn())?;
        }
        Ok::<_, DbError>(tx.now())
    });
    assert_eq!(seen.unwrap(), now() + chrono::TimeDelta::seconds(1));
    let count =
        |conn: &mut AnyConn| Ok::<_, DbError>(things::table.count().get_result::<i64>(conn)?);
    assert_eq!(db.read_blocking(count).unwrap(), 0);
}
