//! Jobs that share a transaction of SQLite's writer, and some among them who misbehave.

use std::sync::mpsc::channel;

use diesel::{connection::SimpleConnection, prelude::*};
use quanheng_db::{Db, DbError, DbOptions, Ownership, Tuning, WriteConn, testing::TestDb};

use crate::{TABLES, add, ids, now, things, with_tables, write};

type Job = Box<dyn FnMut(&mut WriteConn<'_>) -> Result<usize, DbError> + Send>;

/// Runs jobs that all wait behind a slow one, so that SQLite's writer takes them as one batch; answers in their order.
fn behind_a_slow_job(db: &Db, jobs: Vec<Job>) -> Vec<Result<usize, DbError>> {
    let (begun, has_begun) = channel();
    let (release, released) = channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let slow = db.clone();
        let slow = tokio::spawn(async move {
            slow.write(now, move |_| {
                begun.send(()).unwrap();
                released.recv().unwrap();
                Ok::<_, DbError>(())
            })
            .await
        });
        tokio::task::yield_now().await;
        has_begun.recv().unwrap();
        let waiting: Vec<_> = jobs
            .into_iter()
            .map(|mut job| {
                let db = db.clone();
                tokio::spawn(async move { db.write(now, move |tx| job(tx)).await })
            })
            .collect();
        // One turn of the only thread lets each of them queue its job.
        tokio::task::yield_now().await;
        release.send(()).unwrap();
        slow.await.unwrap().unwrap();
        let mut answers = Vec::new();
        for answer in waiting {
            answers.push(answer.await.unwrap());
        }
        answers
    })
}

#[test]
fn a_failed_job_takes_nothing_of_its_neighbours_along() {
    with_tables(|db| {
        let jobs = (1..=24_i64)
            .map(|id| {
                Box::new(move |tx: &mut WriteConn<'_>| {
                    add(tx, id)?;
                    match id % 3 {
                        0 => Err(DbError::Conflict),
                        1 => add(tx, id),
                        _ => Ok(1),
                    }
                }) as Job
            })
            .collect();
        for (at, result) in behind_a_slow_job(db, jobs).into_iter().enumerate() {
            match (at + 1) % 3 {
                0 => assert!(matches!(result, Err(DbError::Conflict)), "{result:?}"),
                1 => assert!(
                    result.as_ref().is_err_and(|e| e.is_unique("things", "id")),
                    "{result:?}"
                ),
                _ => assert_eq!(result.unwrap(), 1),
            }
        }
        assert_eq!(ids(db), (1..=24).filter(|id| id % 3 == 2).collect::<Vec<_>>());
    });
}

#[test]
fn a_panic_is_an_error_and_undone_however_deep() {
    with_tables(|db| {
        let jobs = (1..=9_i64)
            .map(|id| {
                Box::new(move |tx: &mut WriteConn<'_>| {
                    add(tx, id)?;
                    tx.attempt(|tx| {
                        add(tx, 100 + id)?;
                        tx.attempt(
                            |_| if id % 2 == 0 { panic!("job {id} fell") } else { Ok(1_usize) },
                        )
                    })
                }) as Job
            })
            .collect();
        for (at, result) in behind_a_slow_job(db, jobs).into_iter().enumerate() {
            let id = at + 1;
            match id % 2 {
                0 => assert!(
                    matches!(&result, Err(DbError::Panicked { what }) if *what == format!("job {id} fell")),
                    "{result:?}"
                ),
                _ => assert_eq!(result.unwrap(), 1),
            }
        }
        assert_eq!(ids(db), [1, 3, 5, 7, 9, 101, 103, 105, 107, 109]);
        let read = db.read_blocking(|_| -> Result<(), DbError> { panic!("reader fell") });
        assert!(matches!(read, Err(DbError::Panicked { .. })));
        assert_eq!(ids(db).len(), 10);
    });
}

#[test]
fn a_full_disk_fails_the_job_that_met_it_and_no_other() {
    let db = TestDb::empty_sqlite();
    write(&db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
    let jobs = (1..=6_i64)
        .map(|id| {
            Box::new(move |tx: &mut WriteConn<'_>| {
                if id == 3 {
                    tx.batch_execute("PRAGMA max_page_count = 1")?;
                    let big = "x".repeat(1_000_000);
                    diesel::insert_into(things::table)
                        .values((things::id.eq(id), things::name.eq(big)))
                        .execute(tx.conn())?;
                }
                add(tx, id)
            }) as Job
        })
        .collect();
    for (at, result) in behind_a_slow_job(&db, jobs).into_iter().enumerate() {
        match at {
            2 => assert!(matches!(result, Err(DbError::Full)), "{result:?}"),
            _ => assert_eq!(result.unwrap(), 1, "job {}", at + 1),
        }
    }
    assert_eq!(ids(&db), [1, 2, 4, 5, 6]);
}

#[test]
fn a_reference_checked_at_commit_fails_its_own_job_alone() {
    let db = TestDb::empty_sqlite();
    let deferred = "CREATE TABLE things (id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, owner BIGINT REFERENCES things (id) DEFERRABLE INITIALLY DEFERRED)";
    write(&db, |tx| Ok(tx.batch_execute(deferred)?)).unwrap();
    let jobs = (1..=5_i64)
        .map(|id| {
            Box::new(move |tx: &mut WriteConn<'_>| {
                let owner = (id == 2).then_some(77_i64);
                let row = (things::id.eq(id), things::name.eq("x"), things::owner.eq(owner));
                Ok(diesel::insert_into(things::table).values(row).execute(tx.conn())?)
            }) as Job
        })
        .collect();
    let results = behind_a_slow_job(&db, jobs);
    assert!(matches!(results[1], Err(DbError::ForeignKey { .. })), "{:?}", results[1]);
    assert_eq!(ids(&db), [1, 3, 4, 5]);
}

#[test]
fn a_job_that_ends_the_transaction_itself_harms_no_other() {
    let db = TestDb::empty_sqlite();
    write(&db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
    let jobs = (1..=5_i64)
        .map(|id| {
            Box::new(move |tx: &mut WriteConn<'_>| {
                if id == 4 {
                    tx.batch_execute("ROLLBACK")?;
                }
                add(tx, id)
            }) as Job
        })
        .collect();
    let results = behind_a_slow_job(&db, jobs);
    assert!(results[3].is_err());
    let kept = ids(&db);
    assert!([1, 2, 3, 5].iter().all(|id| kept.contains(id)), "{kept:?}");
}

/// The same file opened beside its owner with other settings.
fn tuned(db: &TestDb, tuning: Tuning) -> Db {
    Db::open(&DbOptions { tuning, ownership: Ownership::Shared, ..db.options() }).unwrap()
}

diesel::table! {
    pragma (value) { value -> Integer, }
}

#[derive(QueryableByName)]
#[diesel(table_name = pragma)]
struct Pragma {
    value: i32,
}

fn pragma(db: &Db, name: &str) -> (i32, i32) {
    let ask = format!(
        "SELECT {name} AS value FROM pragma_{pragma}",
        name = match name {
            "busy_timeout" => "timeout",
            other => other,
        },
        pragma = name
    );
    let again = ask.clone();
    let of = |conn: &mut quanheng_db::AnyConn, ask: &str| {
        Ok::<_, DbError>(diesel::sql_query(ask).get_result::<Pragma>(conn)?.value)
    };
    let reading = db.read_blocking(|conn| of(conn, &ask)).unwrap();
    let writing = write(db, move |tx| of(tx.conn(), &again)).unwrap();
    (reading, writing)
}

#[test]
fn what_is_tuned_on_sqlite_reaches_reading_and_writing() {
    let db = TestDb::empty_sqlite();
    assert_eq!(
        pragma(&db, "synchronous"),
        (2, 2),
        "a commit is safe unless somebody says otherwise"
    );
    let waits = std::time::Duration::from_millis(1_234);
    let quick = tuned(&db, Tuning { safe_commits: false, busy_timeout: waits, batch: 1 });
    assert_eq!(pragma(&quick, "synchronous"), (1, 1));
    assert_eq!(pragma(&quick, "busy_timeout"), (1_234, 1_234));
}

#[test]
fn as_many_actions_share_a_commit_as_the_setting_says() {
    let db = TestDb::empty_sqlite();
    write(&db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
    // What another connection sees while a job runs has been committed before it.
    let seen_by_others = |batch: usize, from: i64| {
        let door = tuned(&db, Tuning { batch, ..Tuning::default() });
        let jobs = (from..from + 4)
            .map(|id| {
                let aside = TestDb::handle(&db);
                Box::new(move |tx: &mut WriteConn<'_>| {
                    let seen = ids(&aside).into_iter().filter(|id| *id >= from).count();
                    add(tx, id)?;
                    Ok(seen)
                }) as Job
            })
            .collect();
        behind_a_slow_job(&door, jobs).into_iter().map(Result::unwrap).collect::<Vec<_>>()
    };
    assert_eq!(seen_by_others(1, 10), [0, 1, 2, 3]);
    assert_eq!(seen_by_others(2, 20), [0, 0, 2, 2]);
    assert_eq!(seen_by_others(64, 30), [0, 0, 0, 0]);
}
