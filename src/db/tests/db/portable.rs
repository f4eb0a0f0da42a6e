//! What differs between the databases, giving the same on both.

use std::{collections::HashSet, thread};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use diesel::{connection::SimpleConnection, insert_into, prelude::*};
use quanheng_db::{
    AnyConn, Db, DbError, DbOptions, Ownership, WriteConn, bind, insert_if_absent, on_each,
    portable::{Lease, claim, facts, lock_name, table_sizes},
    row,
    testing::{TestDb, for_each_backend, for_each_empty_backend},
};
use quanheng_domain::ids::MailId;
use uuid::Uuid;

diesel::table! {
    use diesel::sql_types::*;
    use quanheng_db::types::*;
    letters (id) {
        id -> Uid,
        subject -> Text,
        send_after -> Instant,
        claimed_until -> Nullable<Instant>,
        sent_at -> Nullable<Instant>,
    }
}

row! {
    /// A letter.
    pub struct LetterRow in letters {
        key {
            /// Key.
            id: MailId,
        }
        /// Unique.
        subject: String,
        /// Due.
        send_after: DateTime<Utc>,
        /// Lease.
        claimed_until: Option<DateTime<Utc>>,
        /// Done.
        sent_at: Option<DateTime<Utc>>,
    }
}

const LEASE: Lease =
    Lease { table: "letters", due: "send_after", until: "claimed_until", open: "sent_at IS NULL" };

fn now() -> DateTime<Utc> {
    Utc.timestamp_micros(1_780_000_000_000_000).unwrap()
}

fn minutes(n: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(n)
}

fn letter(n: i64) -> LetterRow {
    LetterRow {
        id: MailId::new(Uuid::from_u128(n as u128)),
        subject: format!("letter {n}"),
        send_after: minutes(-n),
        claimed_until: None,
        sent_at: None,
    }
}

fn write<T: Send + 'static>(
    db: &Db,
    job: impl FnMut(&mut WriteConn<'_>) -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    db.write_blocking(now, job)
}

fn with_table(test: impl Fn(&TestDb)) {
    for_each_empty_backend(|db| {
        write(db, |tx| {
            let (uid, instant) = match tx.conn() {
                AnyConn::Pg(_) => ("uuid", "timestamp"),
                AnyConn::Sqlite(_) => ("BLOB", "TEXT"),
            };
            let table =
                "CREATE TABLE letters (id UID PRIMARY KEY NOT NULL, subject TEXT NOT NULL UNIQUE,
                send_after INSTANT NOT NULL, claimed_until INSTANT, sent_at INSTANT)";
            Ok(tx.batch_execute(&table.replace("UID", uid).replace("INSTANT", instant))?)
        })
        .unwrap();
        test(db);
    });
}

fn all(db: &Db) -> Vec<LetterRow> {
    let load = |conn: &mut AnyConn| {
        Ok::<_, DbError>(
            letters::table.order(letters::id).select(LetterRow::as_select()).load(conn)?,
        )
    };
    db.read_blocking(load).unwrap()
}

#[test]
fn absent_rows_are_inserted_and_present_ones_left() {
    with_table(|db| {
        let inserted = write(db, |tx| {
            let first = insert_if_absent!(tx.conn(), letters::table, &letter(1))?;
            let again = insert_if_absent!(tx.conn(), letters::table, &letter(1))?;
            let twin = LetterRow { id: letter(2).id, ..letter(1) };
            let same_subject = insert_if_absent!(tx.conn(), letters::table, &twin)?;
            // The transaction is still usable.
            let other = insert_if_absent!(tx.conn(), letters::table, &letter(3))?;
            Ok((first, again, same_subject, other))
        });
        assert_eq!(inserted.unwrap(), (true, false, false, true));
        assert_eq!(all(db), [letter(1), letter(3)]);
    });
}

#[test]
fn upserts_and_many_rows_go_through_each_database() {
    with_table(|db| {
        write(db, |tx| {
            let rows: Vec<_> = (1..=500).map(letter).collect();
            on_each!(tx.conn(), c => insert_into(letters::table).values(&rows).execute(c))?;
            let changed = LetterRow { sent_at: Some(now()), ..letter(7) };
            on_each!(tx.conn(), c => insert_into(letters::table)
                .values(&changed)
                .on_conflict(letters::id)
                .do_update()
                .set(&changed)
                .execute(c))?;
            Ok(())
        })
        .unwrap();
        let rows = all(db);
        assert_eq!(rows.len(), 500);
        assert_eq!(rows[6], LetterRow { sent_at: Some(now()), ..letter(7) });
        assert_eq!(rows[7], letter(8));
    });
}

#[test]
fn a_lease_is_held_by_one_and_ends_by_itself() {
    with_table(|db| {
        write(db, |tx| {
            for row in
                [letter(-5), letter(1), letter(2), LetterRow { sent_at: Some(now()), ..letter(3) }]
            {
                insert_into(letters::table).values(&row).execute(tx.conn())?;
            }
            Ok(())
        })
        .unwrap();
        let take = |at: DateTime<Utc>, limit: u32| -> Vec<MailId> {
            let until = at + TimeDelta::minutes(10);
            db.write_blocking(move || at, move |tx| claim(tx, &LEASE, until, limit)).unwrap()
        };
        assert_eq!(take(now(), 1), [letter(2).id], "the oldest comes first");
        assert_eq!(take(now(), 9), [letter(1).id], "what is held, not due or done is passed over");
        assert_eq!(take(now(), 9), []);
        assert_eq!(take(minutes(9), 9), [letter(-5).id]);
        let after: HashSet<_> = take(minutes(10), 9).into_iter().collect();
        assert_eq!(after, HashSet::from([letter(1).id, letter(2).id]));
    });
}

#[test]
fn many_workers_share_the_work_without_doubling() {
    with_table(|db| {
        write(db, |tx| {
            let rows: Vec<_> = (1..=200).map(letter).collect();
            on_each!(tx.conn(), c => insert_into(letters::table).values(&rows).execute(c))?;
            Ok(())
        })
        .unwrap();
        let claimed: Vec<MailId> = thread::scope(|scope| {
            let workers: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let mut mine = Vec::new();
                        loop {
                            let some = write(db, |tx| claim(tx, &LEASE, minutes(10), 7)).unwrap();
                            if some.is_empty() {
                                return mine;
                            }
                            mine.extend(some);
                        }
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        let different: HashSet<_> = claimed.iter().collect();
        assert_eq!(different.len(), claimed.len(), "none was handed out twice");
        // A worker may find nothing while another's claims are not committed, but what was claimed is marked.
        let marked = all(db).iter().filter(|row| row.claimed_until.is_some()).count();
        assert_eq!(marked, claimed.len());
        assert_eq!(
            write(db, |tx| claim::<()>(tx, &LEASE, minutes(10), 500)).unwrap().len(),
            200 - marked
        );
    });
}

#[test]
fn a_named_lock_serialises_reading_before_writing() {
    with_table(|db| {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        write(db, |tx| {
                            lock_name(tx, "letters")?;
                            let count: i64 = letters::table.count().get_result(tx.conn())?;
                            insert_into(letters::table)
                                .values(&letter(count))
                                .execute(tx.conn())?;
                            Ok(())
                        })
                        .unwrap();
                    }
                });
            }
        });
        assert_eq!(all(db).len(), 40);
    });
}

#[test]
fn a_database_tells_about_itself() {
    for_each_backend(|db| {
        let facts = db.read_blocking(facts).unwrap();
        assert!(facts.orders_by_code_point(), "{facts:?}");
        assert!(matches!(facts.encoding.as_str(), "UTF8" | "UTF-8"), "{facts:?}");
        assert!(facts.bytes > 0 && !facts.version.is_empty());
        let on_sqlite = db.address().file().is_some();
        assert_eq!((facts.product == "SQLite", facts.durability == "wal"), (on_sqlite, on_sqlite));
        assert_eq!(facts.clock.is_none(), on_sqlite);
        let sizes = db.read_blocking(table_sizes).unwrap();
        assert!(sizes.iter().any(|size| size.name == "projects" && size.bytes > 0), "{sizes:?}");
        db.refresh_statistics_blocking().unwrap();
    });
}

#[test]
fn a_copy_is_whole_while_others_write() {
    let db = TestDb::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.sqlite3");
    assert!(db.copy_blocking(&copy).unwrap());
    assert!(db.copy_blocking(&copy).is_err(), "a copy is never overwritten");
    let copy = Db::open(&DbOptions {
        ownership: Ownership::Shared,
        ..DbOptions::new(format!("sqlite://{}", copy.display()))
    })
    .unwrap();
    quanheng_db::migrate::check(&copy).unwrap();
    let found = copy.read_blocking(|conn| Ok::<_, DbError>(letters_of(conn)));
    assert!(found.unwrap().is_err());
}

/// The tests' own table is not in a migrated database.
fn letters_of(conn: &mut AnyConn) -> QueryResult<i64> {
    letters::table.filter(letters::id.eq(bind(letter(1).id))).count().get_result(conn)
}
