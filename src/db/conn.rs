//! One connection: opened by the scheme of its address, set up the same way each time, and dropped once it went wrong.

use std::{
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
    },
    time::{Duration, Instant},
};

use diesel::{
    connection::{Connection, Instrumentation, InstrumentationEvent, SimpleConnection},
    pg::PgConnection,
    r2d2::{ManageConnection, R2D2Connection},
    result::{DatabaseErrorKind, Error as DieselError},
    sqlite::SqliteConnection,
};

pub use any::{AnyConn, MultiBackend, MultiField, MultiRawValue, MultiRow};

use crate::{
    address::Address,
    error::{DbError, Trouble, trouble},
    portable,
};

mod any {
    #![allow(missing_docs, reason = "the derive writes public items without comments")]

    use diesel::{MultiConnection, PgConnection, SqliteConnection};

    /// A connection to one of the two databases; every query of the room is written once against it.
    #[derive(MultiConnection)]
    pub enum AnyConn {
        /// PostgreSQL, for several instances and for machines that fail.
        Pg(PgConnection),
        /// SQLite, for one machine and no administrator.
        Sqlite(SqliteConnection),
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading only; SQLite refuses writes on it.
    Reading,
    /// Reading and writing.
    Writing,
}

/// How long things may take before they are given up.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Waiting for a connection, a lock or the writer, before [`DbError::Busy`].
    pub wait: Duration,
    /// Waiting for a running job, before [`DbError::Busy`] (reading) or [`DbError::OutcomeUnknown`] (writing); the job
    /// itself is left to finish.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { wait: Duration::from_secs(5), answer: Duration::from_secs(15) }
    }
}

/// What an operator may tune on SQLite; PostgreSQL has settings of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Whether each commit waits until the disk holds it (`synchronous = FULL`), or the last ones may be lost at a power loss.
    pub safe_commits: bool,
    /// How long a connection waits for another process that holds the lock, before [`DbError::Busy`].
    pub busy_timeout: Duration,
    /// How many actions the writer commits together at most; 0 counts as 1.
    pub batch: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self { safe_commits: true, busy_timeout: Duration::from_secs(5), batch: 64 }
    }
}

/// Opens connections to one address; the r2d2 manager of the pools.
#[derive(Debug, Clone)]
pub(crate) struct Opener {
    pub address: Address,
    pub purpose: Purpose,
    pub patience: Patience,
    pub tuning: Tuning,
    /// Statements sent on any connection since the start, for the figures of the process and for tests of growth.
    pub statements: Arc<AtomicU64>,
    /// Raised when a server is gone or turns out to be read-only, so that every older connection is dropped.
    pub generation: Arc<AtomicU64>,
}

/// A connection of a pool, with what was seen on it.
pub(crate) struct Watched {
    pub conn: AnyConn,
    pub seen: Arc<Seen>,
    generation: u64,
    checked: Instant,
}

/// How long a connection that answered is believed to be alive, to save a round trip at each check-out.
const BELIEVED: Duration = Duration::from_secs(2);

impl Opener {
    /// Opens and sets up one connection.
    pub fn open(&self) -> Result<Watched, DbError> {
        let url = self.address.for_driver();
        let wait = self.patience.wait.as_millis();
        let (mut conn, set_up) = match &self.address {
            Address::Sqlite(_) => (
                AnyConn::Sqlite(SqliteConnection::establish(&url)?),
                sqlite_set_up(self.purpose, self.tuning),
            ),
            Address::Postgresql(_) => (
                AnyConn::Pg(PgConnection::establish(&url)?),
                postgresql_set_up(wait, self.patience.answer.as_millis()),
            ),
        };
        conn.batch_execute(&set_up)?;
        let seen = Arc::new(Seen::default());
        conn.set_instrumentation(Watch {
            seen: Arc::clone(&seen),
            statements: Arc::clone(&self.statements),
        });
        Ok(Watched {
            conn,
            seen,
            generation: self.generation.load(SeqCst),
            checked: Instant::now(),
        })
    }
}

/// `busy_timeout` comes first, because even setting the journal mode can meet a lock.
fn sqlite_set_up(purpose: Purpose, tuning: Tuning) -> String {
    let mode = match purpose {
        Purpose::Reading => "PRAGMA query_only = ON;",
        Purpose::Writing => "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864;",
    };
    let synchronous = if tuning.safe_commits { "FULL" } else { "NORMAL" };
    let wait_ms = tuning.busy_timeout.as_millis();
    format!(
        "PRAGMA busy_timeout = {wait_ms}; {mode} PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; \
         PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
    )
}

/// A transaction that is left open by a program that hangs must not hold its locks for ever.
fn postgresql_set_up(wait_ms: u128, answer_ms: u128) -> String {
    let idle_ms = 4 * answer_ms;
    format!(
        "SET TIME ZONE 'UTC'; SET client_encoding = 'UTF8'; SET lock_timeout = {wait_ms}; \
         SET statement_timeout = {answer_ms}; SET idle_in_transaction_session_timeout = {idle_ms};"
    )
}

impl ManageConnection for Opener {
    type Connection = Watched;
    type Error = DbError;

    fn connect(&self) -> Result<Watched, DbError> {
        let mut watched = self.open()?;
        refuse_standby(&mut watched)?;
        Ok(watched)
    }

    fn is_valid(&self, watched: &mut Watched) -> Result<(), DbError> {
        if self.has_broken(watched) {
            return Err(DbError::Unreachable { reason: "the connection went wrong".into() });
        }
        if watched.checked.elapsed() >= BELIEVED {
            refuse_standby(watched)?;
            watched.checked = Instant::now();
        }
        Ok(())
    }

    fn has_broken(&self, watched: &mut Watched) -> bool {
        let seen = &watched.seen;
        let gone = seen.closed.load(SeqCst) || watched.conn.is_broken();
        if gone || seen.read_only.load(SeqCst) {
            // The same server is behind every connection of this age.
            self.generation.fetch_max(watched.generation + 1, SeqCst);
        }
        watched.generation < self.generation.load(SeqCst)
    }
}

/// A demoted primary answers plain queries as if nothing had happened, so it is asked whether it is one.
fn refuse_standby(watched: &mut Watched) -> Result<(), DbError> {
    match portable::is_standby(&mut watched.conn)? {
        true => Err(DbError::ReadOnly),
        false => Ok(()),
    }
}

/// What went wrong on a connection, noticed below every caller, so that no caller can hide it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The server refuses writes (SQLSTATE 25006).
    pub read_only: AtomicBool,
    /// The transaction lost against another and can be tried again (40001, 40P01).
    pub lost: AtomicBool,
    /// Some query of the transaction failed.
    pub failed: AtomicBool,
    /// The connection is gone.
    pub closed: AtomicBool,
}

impl Seen {
    /// Forgets what concerned the last transaction.
    pub fn begin(&self) {
        self.lost.store(false, SeqCst);
        self.failed.store(false, SeqCst);
    }
}

struct Watch {
    seen: Arc<Seen>,
    statements: Arc<AtomicU64>,
}

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let InstrumentationEvent::FinishQuery { error, .. } = event else { return };
        self.statements.fetch_add(1, Relaxed);
        let Some(error) = error else { return };
        self.seen.failed.store(true, SeqCst);
        let DieselError::DatabaseError(kind, info) = error else { return };
        match kind {
            DatabaseErrorKind::SerializationFailure => self.seen.lost.store(true, SeqCst),
            DatabaseErrorKind::ReadOnlyTransaction => self.seen.read_only.store(true, SeqCst),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                self.seen.closed.store(true, SeqCst)
            }
            DatabaseErrorKind::Unknown if trouble(&**info) == Some(Trouble::Deadlock) => {
                self.seen.lost.store(true, SeqCst)
            }
            _ => {}
        }
    }
}
