//! The one writer of a SQLite file: a thread that commits what waits together.
//!
//! SQLite lets one transaction write at a time, and making a commit safe on disk (`synchronous=FULL`) takes most of its
//! time. So jobs queue, each runs in a savepoint of one shared transaction, and one commit makes all of them safe. A
//! caller is answered after that commit and not before. A job that fails or panics rolls back its savepoint alone.
//!
//! If SQLite itself gives up the transaction in the middle (a full disk, say), what ran in vain runs again alone; for
//! this, and for PostgreSQL's retries, jobs can be run more than once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;

use crate::{
    conn::{AnyConn, Opener, Watched},
    error::DbError,
    portable,
    transaction::{WriteConn, commit, guarded, rollback_down_to},
};

/// The door to the writer's thread; the thread ends, after what is queued, when the door is dropped.
pub(crate) struct Writer {
    queue: Option<Sender<Box<dyn Work>>>,
    thread: Option<JoinHandle<()>>,
    waiting: Arc<AtomicUsize>,
}

impl Writer {
    /// Opens the writing connection and starts the thread.
    pub fn start(opener: Opener) -> Result<Self, DbError> {
        let watched = opener.open()?;
        let (queue, jobs) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let taken = Arc::clone(&waiting);
        let thread = thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || Bench { opener, watched: Some(watched) }.serve(&jobs, &taken))
            .map_err(|error| DbError::file("sqlite-writer", error))?;
        Ok(Self { queue: Some(queue), thread: Some(thread), waiting })
    }

    /// How many jobs wait for their turn.
    pub fn waiting(&self) -> usize {
        self.waiting.load(SeqCst)
    }

    /// Queues a job; `reply` is called once, after the commit or the failure.
    pub fn submit<T, E, N, F, R>(&self, begin_before: Instant, now: N, job: F, reply: R)
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        N: Fn() -> DateTime<Utc> + Send + 'static,
        F: FnMut(&mut WriteConn<'_>) -> Result<T, E> + Send + 'static,
        R: FnOnce(Result<T, E>) + Send + 'static,
    {
        let work: Box<dyn Work> = Box::new(Pending { begin_before, now, job, reply, done: None });
        self.waiting.fetch_add(1, SeqCst);
        let refused = match &self.queue {
            Some(queue) => queue.send(work).err().map(|back| back.0),
            None => Some(work),
        };
        if let Some(work) = refused {
            self.waiting.fetch_sub(1, SeqCst);
            work.answer(Err(DbError::Unreachable { reason: "the writer has stopped".into() }));
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        let Some(thread) = self.thread.take() else { return };
        // The last handle may have been held by a job, and a thread cannot wait for itself.
        if thread.thread().id() != thread::current().id() && thread.join().is_err() {
            tracing::error!("the writer's thread panicked");
        }
    }
}

/// A job of any type in the queue.
trait Work: Send {
    /// After this it is too late to begin.
    fn begin_before(&self) -> Instant;
    /// Runs the job in a savepoint and keeps its result; an error says that the shared transaction is lost.
    fn run(&mut self, conn: &mut AnyConn) -> Result<(), DbError>;
    /// Tells the caller: its result if the changes are safe or it failed by itself, else why they are not.
    fn answer(self: Box<Self>, committed: Result<(), DbError>);
}

struct Pending<T, E, N, F, R> {
    begin_before: Instant,
    now: N,
    job: F,
    reply: R,
    done: Option<Result<T, E>>,
}

impl<T, E, N, F, R> Work for Pending<T, E, N, F, R>
where
    T: Send,
    E: From<DbError> + Send,
    N: Fn() -> DateTime<Utc> + Send,
    F: FnMut(&mut WriteConn<'_>) -> Result<T, E> + Send,
    R: FnOnce(Result<T, E>) + Send,
{
    fn begin_before(&self) -> Instant {
        self.begin_before
    }

    fn run(&mut self, conn: &mut AnyConn) -> Result<(), DbError> {
        self.done = None;
        conn.batch_execute("SAVEPOINT job")?;
        let done = guarded(|| (self.job)(&mut WriteConn::new(conn, (self.now)())));
        let end = if done.is_ok() { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
        self.done = Some(done);
        // The level of the shared transaction itself is 1.
        rollback_down_to(conn, 1)?;
        Ok(conn.batch_execute(end)?)
    }

    fn answer(self: Box<Self>, committed: Result<(), DbError>) {
        let result = match (self.done, committed) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(DbError::OutcomeUnknown.into()),
        };
        (self.reply)(result);
    }
}

/// What the thread works with.
struct Bench {
    opener: Opener,
    /// None after trouble that a new connection may heal.
    watched: Option<Watched>,
}

impl Bench {
    fn serve(mut self, jobs: &Receiver<Box<dyn Work>>, waiting: &AtomicUsize) {
        while let Ok(first) = jobs.recv() {
            let mut batch = vec![first];
            batch.extend(jobs.try_iter().take(self.opener.tuning.batch.saturating_sub(1)));
            waiting.fetch_sub(batch.len(), SeqCst);
            self.together(batch);
        }
    }

    /// Runs a batch in one transaction and answers each of it.
    fn together(&mut self, batch: Vec<Box<dyn Work>>) {
        let started = Instant::now();
        let (mut batch, late): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|work| work.begin_before() >= started);
        answer_all(late, &Err(DbError::Busy));
        let conn = match self.begin() {
            Ok(conn) => conn,
            Err(error) => return answer_all(batch, &Err(error)),
        };
        let lost =
            batch.iter_mut().enumerate().find_map(|(at, work)| Some((at, work.run(conn).err()?)));
        match lost {
            None => self.commit(batch),
            Some((at, error)) => {
                self.watched = None;
                let guilty = batch.remove(at);
                guilty.answer(Err(error));
                batch.into_iter().for_each(|work| self.together(vec![work]));
            }
        }
    }

    /// Opens the shared transaction, on a new connection if the old one went wrong.
    fn begin(&mut self) -> Result<&mut AnyConn, DbError> {
        let mut watched = match self.watched.take() {
            Some(watched) => watched,
            None => self.opener.open()?,
        };
        match portable::begin_write(&mut watched.conn) {
            Ok(()) => Ok(&mut self.watched.insert(watched).conn),
            Err(DbError::Busy) => {
                self.watched = Some(watched);
                Err(DbError::Busy)
            }
            Err(error) => Err(error),
        }
    }

    fn commit(&mut self, batch: Vec<Box<dyn Work>>) {
        let Some(watched) = &mut self.watched else {
            return answer_all(batch, &Err(DbError::OutcomeUnknown));
        };
        let Err(error) = commit(&mut watched.conn) else { return answer_all(batch, &Ok(())) };
        self.watched = None;
        match error {
            // One job's reference was checked only now; alone, each learns whether it was its own.
            DbError::ForeignKey { .. } if batch.len() > 1 => {
                batch.into_iter().for_each(|work| self.together(vec![work]));
            }
            error => answer_all(batch, &Err(error)),
        }
    }
}

fn answer_all(batch: Vec<Box<dyn Work>>, committed: &Result<(), DbError>) {
    batch.into_iter().for_each(|work| work.answer(committed.clone()));
}
