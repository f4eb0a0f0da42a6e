//! The two doors of the database, with many at them at once.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use diesel::{connection::SimpleConnection, prelude::*, sql_query, sql_types::BigInt};
use quanheng_db::{AnyConn, Db, DbError, DbOptions, OpenError, Ownership, Tuning, testing::TestDb};

use crate::{TABLES, add, ids, now, things, with_tables, write};

#[test]
fn sixty_four_threads_lose_and_double_nothing() {
    with_tables(|db| {
        write(db, |tx| add(tx, 0)).unwrap();
        let start = Barrier::new(64);
        thread::scope(|scope| {
            for thread in 0..64_i64 {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    for turn in 0..10 {
                        write(db, move |tx| {
                            sql_query("UPDATE things SET name = CAST(CAST(REPLACE(name, 'thing ', '') AS BIGINT) + 1 AS TEXT) WHERE id = 0")
                                .execute(tx.conn())?;
                            add(tx, 1 + thread * 10 + turn)
                        })
                        .unwrap();
                    }
                });
            }
        });
        let total: String = db
            .read_blocking(|conn| {
                Ok::<_, DbError>(things::table.find(0).select(things::name).first(conn)?)
            })
            .unwrap();
        assert_eq!(total, "640");
        assert_eq!(ids(db), (0..=640).collect::<Vec<_>>());
    });
}

#[test]
fn a_part_that_fails_leaves_the_rest() {
    with_tables(|db| {
        let kept = write(db, |tx| {
            add(tx, 1)?;
            let part = tx.attempt(|tx| {
                add(tx, 2)?;
                add(tx, 1)
            });
            assert!(part.unwrap_err().is_unique("things", "id"));
            add(tx, 3)
        });
        assert_eq!(kept.unwrap(), 1);
        assert_eq!(ids(db), [1, 3]);
    });
}

#[test]
fn a_part_that_fails_leaves_no_savepoint_open() {
    with_tables(|db| {
        let left = write(db, |tx| {
            let part = tx.attempt(|tx| Err::<(), _>(add(tx, 1).err().unwrap_or(DbError::Busy)));
            assert!(part.is_err());
            Ok(tx.conn().batch_execute("RELEASE SAVEPOINT diesel_savepoint_1")?)
        });
        assert!(left.is_err(), "there is nothing to release");
        assert!(ids(db).is_empty());
    });
}

#[test]
fn what_is_answered_is_kept_even_if_a_failure_was_swallowed() {
    with_tables(|db| {
        let answered = write(db, |tx| {
            add(tx, 1)?;
            assert!(add(tx, 1).is_err());
            Ok(())
        });
        // PostgreSQL undoes such a transaction, SQLite keeps it; neither may say one thing and do the other.
        assert_eq!(ids(db).len(), usize::from(answered.is_ok()));
    });
}

#[test]
fn the_clock_is_read_inside_the_transaction() {
    with_tables(|db| {
        let readings = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&readings);
        let clock =
            move || now() + chrono::TimeDelta::seconds(i64::from(counted.fetch_add(1, SeqCst)));
        let seen =
            db.write_blocking(clock, |tx| tx.attempt(|tx| Ok::<_, DbError>(tx.now()))).unwrap();
        assert_eq!((seen, readings.load(SeqCst)), (now(), 1));
    });
}

#[test]
fn errors_say_the_same_on_both() {
    with_tables(|db| {
        write(db, |tx| add(tx, 1)).unwrap();
        let put = |id: i64, name: &'static str, owner: i64| {
            write(db, move |tx| {
                let row = (things::id.eq(id), things::name.eq(name), things::owner.eq(owner));
                Ok(diesel::insert_into(things::table).values(row).execute(tx.conn())?)
            })
        };
        put(2, "甲", 1).unwrap();
        assert!(put(1, "乙", 1).unwrap_err().is_unique("things", "id"));
        assert!(put(3, "甲", 1).unwrap_err().is_unique("things", "name, owner"));
        put(4, "Ab", 1).unwrap();
        assert!(put(5, "aB", 1).unwrap_err().is_unique("things", "things_folded"));
        assert!(matches!(put(6, "丙", 99), Err(DbError::ForeignKey { .. })));
        let missing = db.read_blocking(|conn| {
            Ok::<_, DbError>(things::table.find(9).select(things::name).first::<String>(conn)?)
        });
        assert!(matches!(missing, Err(DbError::NotFound)));
        let nonsense = db.read_blocking(|conn| {
            Ok::<_, DbError>(sql_query("SELECT nothing FROM nowhere").execute(conn)?)
        });
        assert!(matches!(nonsense, Err(DbError::Driver(_))));
    });
}

#[test]
fn the_reading_door_takes_no_writes_and_sees_one_snapshot() {
    with_tables(|db| {
        let refused = db.read_blocking(|conn| {
            Ok::<_, DbError>(
                diesel::insert_into(things::table)
                    .values((things::id.eq(1), things::name.eq("x")))
                    .execute(conn)?,
            )
        });
        assert!(matches!(refused, Err(DbError::ReadOnly)), "{refused:?}");
        let count = |conn: &mut AnyConn| things::table.count().get_result::<i64>(conn);
        let (before, after) = db
            .read_blocking(|conn| {
                let before = count(conn)?;
                write(db, |tx| add(tx, 1))?;
                Ok::<_, DbError>((before, count(conn)?))
            })
            .unwrap();
        assert_eq!((before, after, ids(db)), (0, 0, vec![1]));
    });
}

#[test]
fn a_glance_sees_every_commit_at_once_and_changes_nothing() {
    with_tables(|db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let count =
            |conn: &mut AnyConn| Ok::<i64, DbError>(things::table.count().get_result(conn)?);
        for id in 0..3 {
            assert_eq!(runtime.block_on(db.glance(count)).unwrap(), id);
            write(db, move |tx| add(tx, id)).unwrap();
        }
        let change = runtime.block_on(
            db.glance(|conn| Ok::<_, DbError>(conn.batch_execute("DELETE FROM things")?)),
        );
        assert!(change.is_err(), "it reads only");
        assert_eq!(runtime.block_on(db.glance(count)).unwrap(), 3);
        // While one is under way another goes through the common door.
        let inside = db.handle();
        let both = runtime.block_on(db.glance(move |conn| {
            let other = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let other =
                thread::spawn(move || other.block_on(inside.glance(count))).join().unwrap()?;
            Ok::<_, DbError>((count(conn)?, other))
        }));
        assert_eq!(both.unwrap(), (3, 3));
    });
}

#[test]
fn asynchronous_doors_do_not_block_their_only_thread() {
    with_tables(|db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let writes: Vec<_> = (0..64_i64)
                .map(|id| {
                    let db = db.handle();
                    tokio::spawn(async move { db.write(now, move |tx| add(tx, id)).await })
                })
                .collect();
            for write in writes {
                assert_eq!(write.await.unwrap().unwrap(), 1);
            }
            let count = db
                .read(|conn| Ok::<_, DbError>(things::table.count().get_result::<i64>(conn)?))
                .await;
            assert_eq!(count.unwrap(), 64);
        });
    });
}

#[test]
fn a_lost_transaction_is_run_again() {
    with_tables(|db| {
        for code in ["40001", "25006"] {
            let tries = Arc::new(AtomicU32::new(0));
            let counted = Arc::clone(&tries);
            let done = write(db, move |tx| {
                let turn = counted.fetch_add(1, SeqCst);
                add(tx, i64::from(turn))?;
                if let (AnyConn::Pg(_), 0) = (tx.conn(), turn) {
                    sql_query(format!(
                        "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '{code}'; END $$"
                    ))
                    .execute(tx.conn())?;
                }
                Ok(turn)
            });
            let on_pg = matches!(db.address(), quanheng_db::address::Address::Postgresql(_));
            assert_eq!(done.unwrap(), u32::from(on_pg));
            assert_eq!(ids(db), [i64::from(on_pg)]);
            write(db, |tx| Ok(diesel::delete(things::table).execute(tx.conn())?)).unwrap();
        }
    });
}

#[test]
fn two_that_wait_for_each_other_both_end_well() {
    with_tables(|db| {
        write(db, |tx| add(tx, 1).and_then(|_| add(tx, 2))).unwrap();
        let meet = Arc::new(Barrier::new(2));
        let on_pg = matches!(db.address(), quanheng_db::address::Address::Postgresql(_));
        thread::scope(|scope| {
            for order in [[1_i64, 2], [2, 1]] {
                let meet = Arc::clone(&meet);
                scope.spawn(move || {
                    let mut first = true;
                    write(db, move |tx| {
                        for (at, id) in order.into_iter().enumerate() {
                            if at == 1 && on_pg && std::mem::take(&mut first) {
                                meet.wait();
                            }
                            sql_query("UPDATE things SET name = name || '+' WHERE id = $1")
                                .bind::<BigInt, _>(id)
                                .execute(tx.conn())?;
                        }
                        Ok(())
                    })
                    .unwrap();
                });
            }
        });
        let names: Vec<String> = db
            .read_blocking(|conn| {
                Ok::<_, DbError>(things::table.order(things::id).select(things::name).load(conn)?)
            })
            .unwrap();
        assert_eq!(names, ["thing 1++", "thing 2++"]);
    });
}

#[test]
fn a_read_only_server_costs_every_connection_of_its_age() {
    let Some(db) = TestDb::empty_postgres() else { return println!("not on PostgreSQL") };
    let pid = || {
        db.write_blocking(now, |tx| {
            Ok::<_, DbError>(
                diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("pg_backend_pid()"))
                    .get_result::<i32>(tx.conn())?,
            )
        })
        .unwrap()
    };
    let old = pid();
    let demoted = write(&db, |tx| {
        Ok(sql_query("DO $$ BEGIN RAISE EXCEPTION 'demoted' USING ERRCODE = '25006'; END $$")
            .execute(tx.conn())?)
    });
    assert!(matches!(demoted, Err(DbError::ReadOnly)), "{demoted:?}");
    assert_ne!(pid(), old);
}

#[test]
fn a_lock_held_elsewhere_is_busy_and_heals() {
    let db = TestDb::empty_sqlite();
    let options = db.options();
    write(&db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
    let tuning = Tuning { busy_timeout: Duration::from_millis(60), ..Tuning::default() };
    let hasty =
        Db::open(&DbOptions { tuning, ownership: Ownership::Shared, ..options.clone() }).unwrap();
    let mut other =
        SqliteConnection::establish(options.url.strip_prefix("sqlite://").unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let busy = write(&hasty, |tx| add(tx, 1));
    assert!(matches!(busy, Err(DbError::Busy)), "{busy:?}");
    other.batch_execute("ROLLBACK").unwrap();
    write(&hasty, |tx| add(tx, 1)).unwrap();
    assert_eq!(ids(&db), [1]);
}

#[test]
fn a_second_owner_is_refused_until_the_first_is_gone() {
    let db = TestDb::empty_sqlite();
    let options = db.options();
    let Err(DbError::Open(OpenError::InUse { holder, .. })) = Db::open(&options) else {
        panic!("opened twice")
    };
    assert_eq!(holder, format!("process {}", std::process::id()));
    Db::open(&DbOptions { ownership: Ownership::Shared, ..options.clone() }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let alone = DbOptions::new(format!("sqlite://{}/deep/er/q.db", folder.path().display()));
    drop(Db::open(&alone).unwrap());
    drop(Db::open(&alone).unwrap());
}

#[test]
fn what_is_queued_is_done_before_the_database_closes() {
    let db = TestDb::empty_sqlite();
    write(&db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let shared = Db::open(&DbOptions { ownership: Ownership::Shared, ..db.options() }).unwrap();
    runtime.block_on(async {
        let asked = shared.write(now, |tx| add(tx, 1));
        // Asked for and then abandoned by its caller.
        let abandoned = tokio::time::timeout(Duration::ZERO, asked).await;
        drop(abandoned);
    });
    drop(shared);
    assert_eq!(ids(&db), [1]);
}
