//! Jobs that share a transaction of SQLite's writer, and some among them who misbehave.

use std::sync::mpsc::channel;

use diesel::{connection::SimpleConnection, prelude::*};
use quanheng_db::{Db, DbError, WriteConn, testing::TestDb};

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
