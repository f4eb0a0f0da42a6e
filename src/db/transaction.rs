//! Transactions: how a job is run in one, what it is given, and what becomes of it when it fails or panics.

use std::{
    any::Any,
    ops::{Deref, DerefMut},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use diesel::{
    connection::{Connection, SimpleConnection, TransactionManager, TransactionManagerStatus},
    r2d2::{Pool, PooledConnection},
};

use crate::{
    conn::{AnyConn, Opener, Seen, Watched},
    error::DbError,
    portable,
};

/// What a writing job is given: the connection inside its transaction, and the instant that it acts at.
pub struct WriteConn<'c> {
    conn: &'c mut AnyConn,
    now: DateTime<Utc>,
}

impl<'c> WriteConn<'c> {
    pub(crate) fn new(conn: &'c mut AnyConn, now: DateTime<Utc>) -> Self {
        Self { conn, now }
    }

    /// The connection, for queries.
    pub fn conn(&mut self) -> &mut AnyConn {
        self.conn
    }

    /// The clock's reading, taken after the transaction began; the same through the whole job.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The same transaction at another instant, for history that is entered after the fact.
    pub fn at(&mut self, now: DateTime<Utc>) -> WriteConn<'_> {
        WriteConn { conn: self.conn, now }
    }

    /// Runs a part that may fail without failing the whole: on an error its changes alone are rolled back.
    ///
    /// An expected violation must be caught in here, because PostgreSQL refuses every further query of a transaction
    /// in which a query failed.
    pub fn attempt<T, E, F>(&mut self, part: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: FnOnce(&mut WriteConn<'_>) -> Result<T, E>,
    {
        let outside = depth(self.conn);
        begin_nested(self.conn).map_err(E::from)?;
        let done = part(&mut WriteConn { conn: self.conn, now: self.now })
            .and_then(|value| commit(self.conn).map(|()| value).map_err(E::from));
        if done.is_err() {
            rollback_down_to(self.conn, outside).map_err(E::from)?;
        }
        done
    }
}

impl Deref for WriteConn<'_> {
    type Target = AnyConn;
    fn deref(&self) -> &AnyConn {
        self.conn
    }
}
impl DerefMut for WriteConn<'_> {
    fn deref_mut(&mut self) -> &mut AnyConn {
        self.conn
    }
}

type Manager = <AnyConn as Connection>::TransactionManager;

fn begin_nested(conn: &mut AnyConn) -> Result<(), DbError> {
    Ok(Manager::begin_transaction(conn)?)
}

pub(crate) fn commit(conn: &mut AnyConn) -> Result<(), DbError> {
    Ok(Manager::commit_transaction(conn)?)
}

fn rollback_one(conn: &mut AnyConn) -> Result<(), DbError> {
    let level = depth(conn);
    Manager::rollback_transaction(conn)?;
    // Diesel goes back to its savepoint and leaves it open. While one is open SQLite keeps a copy of every page that is changed
    // once more, and walks over all of them after each statement.
    if level > 1 {
        conn.batch_execute(&format!("RELEASE SAVEPOINT diesel_savepoint_{}", level - 1))?;
    }
    Ok(())
}

/// How many transactions are open inside each other; none when the connection is in disorder.
pub(crate) fn depth(conn: &mut AnyConn) -> u32 {
    match Manager::transaction_manager_status_mut(conn) {
        TransactionManagerStatus::Valid(status) => status.transaction_depth().map_or(0, u32::from),
        TransactionManagerStatus::InError => 0,
    }
}

/// Rolls back what is open deeper than `to`; a job that panicked may have left several levels.
pub(crate) fn rollback_down_to(conn: &mut AnyConn, to: u32) -> Result<(), DbError> {
    while depth(conn) > to {
        rollback_one(conn)?;
    }
    Ok(())
}

/// Runs a job and turns its panic into an error.
pub(crate) fn guarded<T, E: From<DbError>>(job: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(job)) {
        Ok(done) => done,
        Err(panic) => Err(DbError::Panicked { what: message_of(&*panic) }.into()),
    }
}

/// The message that a panic carries, where it carries one.
pub(crate) fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

/// Runs a reading job in one snapshot; nothing that it does is kept.
pub(crate) fn read<T, E, F>(pool: &Pool<Opener>, wait: Duration, job: F) -> Result<T, E>
where
    E: From<DbError>,
    F: FnOnce(&mut AnyConn) -> Result<T, E>,
{
    let mut watched = begin_reading(pool, wait).map_err(E::from)?;
    let Watched { conn, seen, .. } = &mut *watched;
    let done = guarded(|| job(conn));
    if rollback_down_to(conn, 0).is_err() {
        seen.closed.store(true, SeqCst);
    }
    // A write in here is a fault of the program and says nothing about the server.
    seen.read_only.store(false, SeqCst);
    done
}

/// Takes a connection and begins on it; one that died unnoticed is replaced.
fn begin_reading(pool: &Pool<Opener>, wait: Duration) -> Result<PooledConnection<Opener>, DbError> {
    let mut tried = 1;
    loop {
        let mut watched = check_out(pool, wait)?;
        match portable::begin_read(&mut watched.conn) {
            Ok(()) => return Ok(watched),
            Err(_) if watched.seen.closed.load(SeqCst) && tried < ATTEMPTS => tried += 1,
            Err(error) => return Err(error),
        }
    }
}

/// How often a transaction that lost against another is tried.
const ATTEMPTS: u32 = 6;

/// What became of one attempt.
enum Attempt<T, E> {
    Done(Result<T, E>),
    /// Nothing was kept and the same may succeed now; the error is for when patience is at its end.
    Again(E),
}

/// Runs a writing job in a transaction of its own, again if it lost against another or met a demoted server.
pub(crate) fn write_retried<T, E, N, F>(
    pool: &Pool<Opener>,
    wait: Duration,
    now: &N,
    job: &mut F,
) -> Result<T, E>
where
    E: From<DbError>,
    N: Fn() -> DateTime<Utc>,
    F: FnMut(&mut WriteConn<'_>) -> Result<T, E>,
{
    let mut tried = 1;
    loop {
        let mut watched = check_out(pool, wait).map_err(E::from)?;
        match attempt(&mut watched, now, job) {
            Attempt::Done(done) => return done,
            Attempt::Again(error) if tried >= ATTEMPTS => return Err(error),
            Attempt::Again(_) => {
                drop(watched);
                std::thread::sleep(pause(tried));
                tried += 1;
            }
        }
    }
}

/// Two that met each other should not meet again, so pauses grow and differ.
fn pause(tried: u32) -> Duration {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let turn = TURN.fetch_add(1, SeqCst) % 7;
    Duration::from_millis(u64::from(tried * tried) * 2 + turn * u64::from(tried))
}

/// Takes a connection from a pool.
fn check_out(pool: &Pool<Opener>, wait: Duration) -> Result<PooledConnection<Opener>, DbError> {
    pool.get_timeout(wait).map_err(|error| match error.to_string().split_once(": ") {
        // r2d2 appends why connecting failed, if it did; else all connections are in use.
        Some((_, reason)) => DbError::Unreachable { reason: reason.into() },
        None => DbError::Busy,
    })
}

fn attempt<T, E, N, F>(watched: &mut Watched, now: &N, job: &mut F) -> Attempt<T, E>
where
    E: From<DbError>,
    N: Fn() -> DateTime<Utc>,
    F: FnMut(&mut WriteConn<'_>) -> Result<T, E>,
{
    let Watched { conn, seen, .. } = watched;
    let seen = Arc::clone(seen);
    seen.begin();
    if let Err(error) = portable::begin_write(conn) {
        return if seen.closed.load(SeqCst) {
            Attempt::Again(error.into())
        } else {
            Attempt::Done(Err(error.into()))
        };
    }
    let value = match guarded(|| job(&mut WriteConn::new(conn, now()))) {
        Ok(value) => value,
        Err(error) => return undone(conn, &seen, error),
    };
    // PostgreSQL answers COMMIT of a failed transaction with a quiet rollback.
    if seen.failed.load(SeqCst)
        && let Err(error) = conn.batch_execute("SELECT 1")
    {
        return undone(conn, &seen, DbError::from(error).into());
    }
    match commit(conn) {
        Ok(()) => Attempt::Done(Ok(value)),
        Err(_) if seen.closed.load(SeqCst) => Attempt::Done(Err(DbError::OutcomeUnknown.into())),
        Err(error) => undone(conn, &seen, error.into()),
    }
}

/// Rolls back; a transaction that lost, met a demoted server or died before its commit can be run again.
fn undone<T, E>(conn: &mut AnyConn, seen: &Seen, error: E) -> Attempt<T, E> {
    let again = seen.lost.load(SeqCst) || seen.read_only.load(SeqCst) || seen.closed.load(SeqCst);
    if rollback_down_to(conn, 0).is_err() {
        seen.closed.store(true, SeqCst);
    }
    if again { Attempt::Again(error) } else { Attempt::Done(Err(error)) }
}
