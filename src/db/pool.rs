//! The two doors to the database: `Db::read` and `Db::write`, each also in a blocking form for the command line.
//!
//! Reading runs in one snapshot on a pooled connection that refuses writes. Writing runs in a transaction: on SQLite in the
//! writer's thread together with whatever else waits (`writer.rs`), on PostgreSQL on a pooled connection, again when it
//! lost against another transaction. A writing job may therefore run more than once and must do nothing that cannot be
//! repeated outside the database; its results count only once the door has answered.
//!
//! The asynchronous doors never block their thread. Waiting longer than `Patience::wait` is [`DbError::Busy`]; a job that
//! runs longer than `Patience::answer` is left to finish, and its caller told that the outcome is unknown.

use std::{
    fmt, fs,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::sync_channel,
    },
    time::Instant,
};

use chrono::{DateTime, Utc};
use diesel::r2d2::{HandleError, Pool};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    task::spawn_blocking,
    time::timeout,
};

use crate::{
    address::Address,
    conn::{AnyConn, Opener, Patience, Purpose, Tuning},
    error::{DbError, OpenError},
    lock::LockFile,
    portable,
    transaction::{self, WriteConn},
    writer::Writer,
};

/// Who else may work on a SQLite file; without meaning for PostgreSQL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ownership {
    /// This process alone: servers, migrations, restoring. A second one is refused.
    #[default]
    Sole,
    /// Beside a running server: commands that only read or write shortly.
    Shared,
}

/// How busy the doors are at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Connections of the pool that are open.
    pub connections: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// Most that may be open.
    pub most: u32,
    /// Actions that wait for the writer; always 0 on PostgreSQL, where they wait for a connection.
    pub queued: usize,
    /// Statements sent since the start.
    pub statements: u64,
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// `sqlite://PATH`, `postgres://…` or `postgresql://…`.
    pub url: String,
    /// Connections of the pool: for reading on SQLite, for everything on PostgreSQL.
    pub connections: u32,
    /// Who else may work on a SQLite file.
    pub ownership: Ownership,
    /// How long things may take.
    pub patience: Patience,
    /// What is tuned on SQLite; without meaning for PostgreSQL.
    pub tuning: Tuning,
}

impl DbOptions {
    /// The usual options for an address.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections: 8,
            ownership: Ownership::default(),
            patience: Patience::default(),
            tuning: Tuning::default(),
        }
    }
}

/// An open database; clones share it, and it is closed with the last of them.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    // Fields are dropped in this order: the writer ends what is queued, the pool closes, then the lock is given back.
    writer: Option<Writer>,
    pool: Pool<Opener>,
    /// The connection of [`Db::glance`]; SQLite only.
    beside: Option<Mutex<AnyConn>>,
    gate: Arc<Semaphore>,
    opener: Opener,
    _lock: Option<LockFile>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({})", self.0.opener.address)
    }
}

impl Db {
    /// Opens a database; a SQLite file and its folder are made when missing. Runs no migration.
    pub fn open(options: &DbOptions) -> Result<Self, DbError> {
        let address = Address::parse(&options.url)?;
        if let Some(folder) = address.file().and_then(Path::parent) {
            fs::create_dir_all(folder).map_err(|error| DbError::file(folder, error))?;
        }
        let lock = match (address.file(), options.ownership) {
            (Some(file), Ownership::Sole) => Some(LockFile::take(file)?),
            _ => None,
        };
        let generation = Arc::new(AtomicU64::new(0));
        let (patience, tuning) = (options.patience, options.tuning);
        let statements = Arc::new(AtomicU64::new(0));
        let purpose = Purpose::Reading;
        let opener = Opener { address, purpose, patience, tuning, statements, generation };
        let writer = match opener.address {
            Address::Sqlite(_) => {
                Some(Writer::start(Opener { purpose: Purpose::Writing, ..opener.clone() })?)
            }
            // One connection at once, so that a wrong address is told in libpq's words and not as a time-out.
            Address::Postgresql(_) => {
                expect_utf8_by_code_point(&mut opener.open()?.conn)?;
                None
            }
        };
        let pool = Pool::builder()
            .max_size(options.connections.max(1))
            .min_idle(Some(1))
            .connection_timeout(options.patience.wait)
            .test_on_check_out(true)
            .error_handler(Box::new(Tell))
            .build_unchecked(opener.clone());
        let gate = Arc::new(Semaphore::new(options.connections.max(1) as usize));
        let beside = match writer {
            Some(_) => Some(Mutex::new(opener.open()?.conn)),
            None => None,
        };
        Ok(Self(Arc::new(Inner { writer, pool, beside, gate, opener, _lock: lock })))
    }

    /// Where the database is, without its password.
    pub fn address(&self) -> &Address {
        &self.0.opener.address
    }

    /// How busy the doors are.
    pub fn load(&self) -> Load {
        let state = self.0.pool.state();
        Load {
            connections: state.connections,
            idle: state.idle_connections,
            most: self.0.pool.max_size(),
            queued: self.0.writer.as_ref().map_or(0, Writer::waiting),
            statements: self.0.opener.statements.load(Relaxed),
        }
    }

    /// Reads in one snapshot, without blocking the thread.
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    {
        let permit = self.permit().await.map_err(E::from)?;
        let db = self.clone();
        let task = spawn_blocking(move || {
            let _until_done = permit;
            db.read_blocking(job)
        });
        match timeout(self.0.opener.patience.answer, task).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => {
                Err(DbError::Unreachable { reason: "the program is stopping".into() }.into())
            }
            Err(_) => Err(DbError::Busy.into()),
        }
    }

    /// Reads one row that is found at once, such as the head of the ledger.
    ///
    /// On SQLite a reader waits for nobody and the page lies in memory, so this very thread reads, on a connection kept for it:
    /// going to another thread and back would take many times as long as the reading. Else, and while somebody else glances, this
    /// is [`Db::read`].
    pub async fn glance<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    {
        if let Some(beside) = &self.0.beside
            && let Ok(mut conn) = beside.try_lock()
        {
            return transaction::guarded(|| job(&mut conn));
        }
        self.read(job).await
    }

    /// Reads in one snapshot; blocks the thread.
    pub fn read_blocking<T, E, F>(&self, job: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: FnOnce(&mut AnyConn) -> Result<T, E>,
    {
        transaction::read(&self.0.pool, self.0.opener.patience.wait, job)
    }

    /// Writes in a transaction, without blocking the thread; `now` is asked once the transaction has begun.
    ///
    /// The job's changes are safe on disk when this answers `Ok`, and undone when it answers `Err`, except for
    /// [`DbError::OutcomeUnknown`].
    pub async fn write<T, E, N, F>(&self, now: N, mut job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        N: Fn() -> DateTime<Utc> + Send + 'static,
        F: FnMut(&mut WriteConn<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let patience = self.0.opener.patience;
        match &self.0.writer {
            Some(writer) => {
                let reply = move |done| drop(reply.send(done));
                writer.submit(Instant::now() + patience.wait, now, job, reply);
            }
            None => {
                let permit = self.permit().await.map_err(E::from)?;
                let db = self.clone();
                spawn_blocking(move || {
                    let _until_done = permit;
                    // A caller that is gone needs no answer.
                    drop(reply.send(transaction::write_retried(
                        &db.0.pool,
                        patience.wait,
                        &now,
                        &mut job,
                    )));
                });
            }
        }
        match timeout(patience.wait + patience.answer, answer).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) | Err(_) => Err(DbError::OutcomeUnknown.into()),
        }
    }

    /// Writes in a transaction; blocks the thread. See [`Db::write`].
    pub fn write_blocking<T, E, N, F>(&self, now: N, mut job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        N: Fn() -> DateTime<Utc> + Send + 'static,
        F: FnMut(&mut WriteConn<'_>) -> Result<T, E> + Send + 'static,
    {
        let patience = self.0.opener.patience;
        let Some(writer) = &self.0.writer else {
            return transaction::write_retried(&self.0.pool, patience.wait, &now, &mut job);
        };
        let (reply, answer) = sync_channel(1);
        let reply = move |done| drop(reply.send(done));
        writer.submit(Instant::now() + patience.wait, now, job, reply);
        answer.recv().unwrap_or_else(|_| Err(DbError::OutcomeUnknown.into()))
    }

    /// Writes a whole, consistent copy of a SQLite database to a new file while others go on; false on PostgreSQL, whose
    /// own tools do this. Blocks the thread.
    pub fn copy_blocking(&self, file: &Path) -> Result<bool, DbError> {
        portable::copy_to(&mut self.aside(Purpose::Writing)?, file)
    }

    /// The tables that refer to rows that are missing; only SQLite can have any. Blocks the thread.
    pub fn broken_references_blocking(&self) -> Result<Vec<String>, DbError> {
        portable::broken_references(&mut self.aside(Purpose::Reading)?)
    }

    /// Refreshes what the query planner knows of the tables; for a quiet hour. Blocks the thread.
    pub fn refresh_statistics_blocking(&self) -> Result<(), DbError> {
        portable::refresh_statistics(&mut self.aside(Purpose::Writing)?)
    }

    /// A connection of its own outside both doors, for what cannot run in a transaction (migrations, copies).
    pub(crate) fn aside(&self, purpose: Purpose) -> Result<AnyConn, DbError> {
        Ok(Opener { purpose, ..self.0.opener.clone() }.open()?.conn)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, DbError> {
        match timeout(self.0.opener.patience.wait, Arc::clone(&self.0.gate).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(DbError::Busy),
        }
    }
}

/// PostgreSQL lets a database store and order texts in many ways; ours is UTF-8 by code point, as on SQLite.
fn expect_utf8_by_code_point(conn: &mut AnyConn) -> Result<(), DbError> {
    let facts = portable::facts(conn)?;
    if facts.encoding != "UTF8" {
        return Err(OpenError::Encoding { encoding: facts.encoding }.into());
    }
    if !facts.orders_by_code_point() {
        tracing::warn!(
            collation = facts.collation,
            "texts are ordered by this collation; C is expected, so lists may differ"
        );
    }
    Ok(())
}

/// Logs what the pool meets while connecting.
#[derive(Debug)]
struct Tell;

impl HandleError<DbError> for Tell {
    fn handle_error(&self, error: DbError) {
        tracing::warn!(%error, "the pool could not use a connection");
    }
}
