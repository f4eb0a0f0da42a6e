//! What every handler works with: database, clock, chance, words, files, settings. One value, cheap to clone, in managed state.

use std::net::IpAddr;
use std::sync::Arc;

use quanheng_actions::account::password::{HashingFault, Passwords};
use quanheng_actions::{ActionError, Tx};
use quanheng_clock::{Chance, Clock};
use quanheng_config::Settings;
use quanheng_db::Db;
use quanheng_db::conn::AnyConn;
use quanheng_i18n::Words;
use quanheng_store::Store;
use tokio::sync::Semaphore;

use crate::budgets::Budgets;
use crate::csrf::Seal;
use crate::error::WebError;

/// Passwords hashed at once; each takes its memory and a core.
const HASHED_AT_ONCE: usize = 2;

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// The words of both languages.
    pub words: Arc<Words>,
    /// The files.
    pub store: Arc<Store>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// Address of the site without a slash at its end.
    pub base_url: Arc<str>,
    /// The key that seals forms and cookies.
    pub seal: Seal,
    /// What addresses and people may use up.
    pub budgets: Budgets,
    /// Whether this instance shows invented data.
    pub demo: bool,
    passwords: Arc<Passwords>,
    hashing: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
}

/// What [`App::new`] joins.
pub struct Parts {
    /// The database, migrated and founded.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// The words.
    pub words: Arc<Words>,
    /// The files.
    pub store: Arc<Store>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// Address of the site without a slash at its end.
    pub base_url: String,
    /// The secret key, 32 bytes or more.
    pub secret: Vec<u8>,
    /// Whether this instance shows invented data.
    pub demo: bool,
}

impl App {
    /// Joins the parts.
    pub fn new(parts: Parts) -> Result<Self, HashingFault> {
        let passwords = Passwords::new(&parts.settings.security, &parts.chance.token())?;
        let heavy = usize::from(parts.settings.limits.heavy_jobs.max(1));
        Ok(Self {
            seal: Seal::new(&parts.secret),
            budgets: Budgets::new(parts.db.clone(), Arc::clone(&parts.clock)),
            db: parts.db,
            clock: parts.clock,
            chance: parts.chance,
            words: parts.words,
            store: parts.store,
            settings: parts.settings,
            base_url: parts.base_url.into(),
            demo: parts.demo,
            passwords: Arc::new(passwords),
            hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
            heavy: Arc::new(Semaphore::new(heavy)),
        })
    }

    /// Reads in one snapshot.
    pub async fn read<T, F>(&self, job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, ActionError> + Send + 'static,
    {
        self.db.read(job).await
    }

    /// Reads one row that is found at once; see [`Db::glance`].
    pub async fn glance<T, F>(&self, job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, ActionError> + Send + 'static,
    {
        self.db.glance(job).await
    }

    /// Runs an action in one transaction. The job may run again when it lost against another, so it must not consume what it captured.
    pub async fn write<T, F>(&self, mut job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_, '_>) -> Result<T, ActionError> + Send + 'static,
    {
        let (clock, chance) = (Arc::clone(&self.clock), Arc::clone(&self.chance));
        self.db.write(move || clock.now(), move |writer| job(&mut Tx::new(writer, &*chance))).await
    }

    /// The present instant, for showing; actions read the clock in their transaction.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    /// Whether a password matches a hash; without a hash it takes as long and does not.
    pub async fn verify(&self, hash: Option<String>, password: String) -> Result<bool, WebError> {
        self.hashing(move |passwords| passwords.verify(hash.as_deref(), &password)).await
    }

    /// The hash of a new password.
    pub async fn hash(&self, password: String) -> Result<String, WebError> {
        self.hashing(move |passwords| passwords.hash(&password)).await
    }

    /// The rules for new passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    async fn hashing<T, F>(&self, job: F) -> Result<T, WebError>
    where
        T: Send + 'static,
        F: FnOnce(&Passwords) -> Result<T, HashingFault> + Send + 'static,
    {
        let permit = Arc::clone(&self.hashing).acquire_owned().await;
        let permit = permit.map_err(|_| WebError::busy())?;
        let passwords = Arc::clone(&self.passwords);
        let task = tokio::task::spawn_blocking(move || {
            let _until_done = permit;
            job(&passwords)
        });
        match task.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(fault)) => Err(WebError::fault(&fault)),
            Err(_) => Err(WebError::busy()),
        }
    }

    /// Runs a job that takes long and much memory, such as reading a file; only so many run at once as the settings allow, the rest wait.
    /// Nothing comes back from one that takes longer than the settings allow; its place stays taken until it ends.
    ///
    /// # Errors
    /// Busy when the job broke off.
    pub async fn heavy<T, F>(&self, job: F) -> Result<Option<T>, WebError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let permit = Arc::clone(&self.heavy).acquire_owned().await;
        let permit = permit.map_err(|_| WebError::busy())?;
        let task = tokio::task::spawn_blocking(move || {
            let _until_done = permit;
            job()
        });
        match tokio::time::timeout(self.settings.limits.heavy_timeout.get(), task).await {
            Ok(Ok(done)) => Ok(Some(done)),
            Ok(Err(_)) => Err(WebError::busy()),
            Err(_) => Ok(None),
        }
    }

    /// The reader's address: the peer's, or what a trusted proxy says in the header of the settings.
    pub fn address_of(&self, request: &rocket::Request<'_>) -> Option<IpAddr> {
        let peer = request.remote().map(|remote| remote.ip())?;
        let server = &self.settings.server;
        if server.ip_header.is_empty()
            || !server.trusted_proxies.iter().any(|range| range.contains(peer))
        {
            return Some(peer);
        }
        // Of a list the last entry is what our own proxy wrote; those before it may be invented.
        let told = request.headers().get(&server.ip_header).last()?;
        told.rsplit(',').next().and_then(|address| address.trim().parse().ok()).or(Some(peer))
    }
}
