//! The only place where parts are joined: settings, logs, database, words, files, clock, jobs, server.

pub mod jobs;
pub mod post;

use std::fs;
use std::io::{IsTerminal, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use quanheng_actions::{Tx, account::link, found, search};
use quanheng_clock::{Chance, Clock, OsChance, SystemClock};
use quanheng_config::{FileStore, LogFormat, Settings, Synchronous};
use quanheng_db::{Db, DbError, DbOptions, Ownership, Patience, Tuning, migrate};
use quanheng_i18n::Words;
use quanheng_store::{S3Place, Store};
use quanheng_web::app::Parts;
use quanheng_web::assets::AssetBook;
use quanheng_web::health::Taking;
use quanheng_web::metrics::Figures;
use quanheng_web::{App, Pages};
use rocket::{Build, Rocket};
use tokio::sync::watch;

/// Time between readiness going off and requests being refused on a public site, so that a load balancer notices first.
const NOTICE_OF_STOPPING: Duration = Duration::from_secs(2);

/// The parts that decide what a run is made of besides its settings.
pub struct Ground {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Whether the instance shows invented data.
    pub demo: bool,
}

impl Default for Ground {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), chance: Arc::new(OsChance::new()), demo: false }
    }
}

/// Begins to log to standard error, in the form and with the filter of the settings.
pub fn log(settings: &Settings) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&settings.log.filter)
        .context("log.filter")?
        // Rocket tells its launch as a warning; Quanheng says itself that it is ready.
        .add_directive("rocket::launch=error".parse().expect("a directive"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let set = match settings.log.format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Text => lines.with_target(false).try_init(),
    };
    set.map_err(|error| anyhow::anyhow!("{error}"))
}

/// Opens the database of the settings.
pub fn open_db(settings: &Settings, ownership: Ownership) -> anyhow::Result<Db> {
    open_url(settings, settings.database_url().reveal(), ownership)
}

/// Opens another database with the patience of the settings; a SQLite path without root starts from the working folder.
pub fn open_url(settings: &Settings, url: &str, ownership: Ownership) -> anyhow::Result<Db> {
    Db::open(&db_options(settings, url, ownership)).context("the database")
}

/// How the settings want a database opened.
pub fn db_options(settings: &Settings, url: &str, ownership: Ownership) -> DbOptions {
    let url = match url.strip_prefix("sqlite:") {
        Some(path) if !path.starts_with("//") => format!("sqlite://{path}"),
        _ => url.to_owned(),
    };
    let (database, server) = (&settings.database, &settings.server);
    let connections =
        if url.starts_with("sqlite:") { database.read_pool } else { database.pool_size };
    let patience =
        Patience { wait: database.acquire_timeout.get(), answer: server.request_timeout.get() };
    let tuning = Tuning {
        safe_commits: database.synchronous == Synchronous::Full,
        busy_timeout: database.busy_timeout.get(),
        batch: usize::from(database.batch),
    };
    DbOptions { url, connections: u32::from(connections), ownership, patience, tuning }
}

/// Opens the file store of the settings.
pub fn open_store(settings: &Settings) -> anyhow::Result<Store> {
    let files = &settings.files;
    let store = match files.store {
        FileStore::Local => Store::local(&files.folder(settings.data_dir())),
        FileStore::S3 => {
            let place = S3Place {
                endpoint: files.s3_endpoint.clone(),
                region: files.s3_region.clone(),
                bucket: files.s3_bucket.clone(),
                prefix: files.s3_prefix.clone(),
                key_id: files.s3_key_id.clone(),
                secret: files.s3_secret.reveal().to_owned(),
                timeout: files.timeout.get(),
            };
            Store::s3(&place, &settings.data_dir().join("incoming"))
        }
    };
    store.context("the file store")
}

/// Brings the tables up to date and lays what every instance stands on.
pub fn prepare(db: &Db, ground: &Ground) -> anyhow::Result<migrate::Migrated> {
    let migrated = migrate::run(db).context("migrations")?;
    let (clock, chance) = (Arc::clone(&ground.clock), Arc::clone(&ground.chance));
    let laid: Result<usize, found::FoundError> = db.write_blocking(
        move || clock.now(),
        move |writer| found::found(&mut Tx::new(writer, &*chance)),
    );
    let laid = laid.context("authorities, rule profiles and holidays")?;
    if laid > 0 {
        tracing::info!(laid, "the ground of the instance was laid");
    }
    index(db, ground)?;
    Ok(migrated)
}

/// Makes the index of full texts where it is empty: after an upgrade, a restore or a move it has to be made anew. How many texts it took.
pub fn index(db: &Db, ground: &Ground) -> anyhow::Result<usize> {
    let missing: Result<bool, DbError> =
        db.read_blocking(|conn| Ok(quanheng_db::search::is_missing(conn)?));
    if !missing? {
        return Ok(0);
    }
    let (clock, chance) = (Arc::clone(&ground.clock), Arc::clone(&ground.chance));
    let made: Result<usize, quanheng_actions::ActionError> = db.write_blocking(
        move || clock.now(),
        move |writer| search::rebuild(&mut Tx::new(writer, &*chance)),
    );
    let made = made.context("the index of full texts")?;
    if made > 0 {
        tracing::info!(made, "the index of full texts was made");
    }
    Ok(made)
}

/// A fresh set-up link while there is no administrator.
pub fn setup_link(db: &Db, ground: &Ground, base_url: &str) -> anyhow::Result<Option<String>> {
    let (clock, chance) = (Arc::clone(&ground.clock), Arc::clone(&ground.chance));
    let token: Result<Option<String>, quanheng_actions::ActionError> = db.write_blocking(
        move || clock.now(),
        move |writer| link::offer_setup(&mut Tx::new(writer, &*chance)),
    );
    Ok(token?.map(|token| format!("{base_url}/setup/{token}")))
}

/// The secret key of the settings, or the one kept in the data folder, made at the first start.
pub fn secret(settings: &Settings, chance: &dyn Chance) -> anyhow::Result<Vec<u8>> {
    let set = settings.security.secret_key.reveal();
    if !set.is_empty() {
        return Ok(set.as_bytes().to_vec());
    }
    let file = settings.secret_key_file();
    if let Ok(kept) = fs::read(&file) {
        if kept.len() < 32 {
            bail!("{} is damaged: it must hold 32 bytes or more", file.display());
        }
        return Ok(kept);
    }
    let made = format!("{}{}", chance.token(), chance.token());
    keep_secret(&file, made.as_bytes()).with_context(|| file.display().to_string())?;
    Ok(made.into_bytes())
}

/// Writes a file that only its owner may read, whole or not at all.
fn keep_secret(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file)?;
    open.write_all(bytes)?;
    open.sync_all()
}

/// The port to listen on; 0 in the settings takes any that is free.
fn free_port(settings: &Settings) -> anyhow::Result<u16> {
    if settings.server.port != 0 {
        return Ok(settings.server.port);
    }
    let probe =
        TcpListener::bind(SocketAddr::new(settings.server.address, 0)).context("server.address")?;
    Ok(probe.local_addr()?.port())
}

/// A site ready to be launched.
pub struct Site {
    /// The server.
    pub rocket: Rocket<Build>,
    /// What its handlers work with.
    pub app: App,
}

/// Joins the parts over an open database that is migrated and founded.
pub fn site(settings: Settings, db: Db, ground: &Ground, port: u16) -> anyhow::Result<Site> {
    let settings = Arc::new(settings);
    let overrides = settings.templates.dir.clone();
    let words = Arc::new(Words::load(overrides.as_deref()).context("the words")?);
    let reload = settings.templates.reload;
    let assets = Arc::new(AssetBook::load(reload));
    let pages = Pages::load(
        Arc::clone(&words),
        settings.site.zone,
        Arc::clone(&assets),
        overrides.as_deref(),
        reload,
    )
    .context("the templates")?;
    let base_url = settings.server.site_address(port);
    let secret = secret(&settings, &*ground.chance)?;
    let rocket = rocket::custom(rocket_config(&settings, port, &secret));
    let rocket = quanheng_web::dress(rocket, pages, assets, Arc::clone(&ground.chance), &base_url);
    let app = App::new(Parts {
        db,
        clock: Arc::clone(&ground.clock),
        chance: Arc::clone(&ground.chance),
        words,
        store: Arc::new(open_store(&settings)?),
        settings,
        base_url,
        secret,
        demo: ground.demo,
    })?;
    Ok(Site { rocket: quanheng_web::furnish(rocket, app.clone()), app })
}

fn rocket_config(settings: &Settings, port: u16, secret: &[u8]) -> rocket::Config {
    use rocket::config::{Ident, LogLevel, SecretKey, Shutdown};
    use rocket::data::{Limits, ToByteUnit};
    let (server, limits) = (&settings.server, &settings.limits);
    let defaults = rocket::Config::release_default();
    // A file somewhat too large is taken in whole and refused then, with its form; one cut off would end in the browser's own error.
    let upload = settings.files.max_upload.bytes() + quanheng_web::receive::THROWN_AWAY;
    rocket::Config {
        address: server.address,
        port,
        workers: if server.workers == 0 { defaults.workers } else { usize::from(server.workers) },
        // Ours reads the header of trusted proxies only; Rocket's would believe anybody.
        ip_header: None,
        ident: Ident::none(),
        secret_key: SecretKey::derive_from(&stretched(secret)),
        limits: Limits::new()
            .limit("form", limits.form.bytes().bytes())
            .limit("json", limits.json.bytes().bytes())
            .limit("string", limits.form.bytes().bytes())
            .limit("file", upload.bytes())
            .limit("data-form", (upload + limits.form.bytes()).bytes()),
        // Signals are ours, because readiness goes off before requests are refused.
        shutdown: Shutdown {
            ctrlc: false,
            signals: std::collections::HashSet::new(),
            grace: u32::try_from(server.shutdown_grace.get().as_secs()).unwrap_or(10),
            mercy: 2,
            force: false,
            ..Shutdown::default()
        },
        log_level: LogLevel::Critical,
        ..defaults
    }
}

/// 64 bytes for Rocket's key, other ones than those of our own seal.
fn stretched(secret: &[u8]) -> Vec<u8> {
    let seal = quanheng_web::csrf::Seal::new(secret);
    format!("{}{}", seal.code("cookies", "1"), seal.code("cookies", "2")).into_bytes()
}

/// Serves until a stop signal: readiness off, a moment's notice, requests drained, jobs stopped.
pub async fn serve(site: Site, say: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let Site { rocket, app } = site;
    let rocket = rocket.ignite().await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let shutdown = rocket.shutdown();
    let (config, taking) = (rocket.config().clone(), rocket.state::<Arc<Taking>>().cloned());
    let (stop, stopped) = watch::channel(false);
    let running =
        if app.settings.jobs.in_process { jobs::start(&app, &stopped)? } else { Vec::new() };
    let figures = metrics_listener(&rocket, &app).await?;
    let notice = if app.settings.general.production { NOTICE_OF_STOPPING } else { Duration::ZERO };
    let signal = tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping");
        if let Some(taking) = taking {
            taking.stop();
        }
        tokio::time::sleep(notice).await;
        shutdown.notify();
    });
    say(SocketAddr::new(config.address, config.port));
    let launched = rocket.launch().await;
    signal.abort();
    if let Some((shutdown, _)) = &figures {
        shutdown.clone().notify();
    }
    stop.send_replace(true);
    for job in running {
        if tokio::time::timeout(app.settings.server.shutdown_grace.get(), job).await.is_err() {
            tracing::warn!("a job did not stop in time");
        }
    }
    launched.map(drop).map_err(not_launched)
}

/// Why the server did not begin to listen, with the reason of the system where it gave one.
fn not_launched(error: rocket::Error) -> anyhow::Error {
    match error.kind() {
        rocket::error::ErrorKind::Bind(why) => {
            let why = std::io::Error::new(why.kind(), why.to_string());
            anyhow::Error::new(why).context("server.address")
        }
        _ => anyhow::anyhow!("{error}"),
    }
}

/// The listener of the figures, if the settings name one; it stops when told, and a port that is taken stops the start.
async fn metrics_listener(
    rocket: &Rocket<rocket::Ignite>,
    app: &App,
) -> anyhow::Result<Option<(rocket::Shutdown, tokio::task::JoinHandle<()>)>> {
    let (Some(address), Some(figures)) =
        (app.settings.server.metrics_address, rocket.state::<Arc<Figures>>())
    else {
        return Ok(None);
    };
    drop(TcpListener::bind(address).context("server.metrics_address")?);
    let config = rocket::Config {
        address: address.ip(),
        port: address.port(),
        workers: 1,
        ..rocket.config().clone()
    };
    let ready = quanheng_web::metrics::listener(config, app.clone(), Arc::clone(figures));
    let ready = ready.ignite().await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let shutdown = ready.shutdown();
    let running = tokio::spawn(async move {
        if let Err(error) = ready.launch().await {
            tracing::error!(%error, "the listener of the figures stopped");
        }
    });
    Ok(Some((shutdown, running)))
}

pub(crate) async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut terminate), Ok(mut interrupt)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            return;
        }
    }
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "no signal can be heard; end the process to stop");
        std::future::pending::<()>().await;
    }
}

/// What a start says and does before serving.
pub struct Start {
    /// The site.
    pub site: Site,
    /// The set-up link, while there is no administrator.
    pub setup: Option<String>,
    /// What the migrations did.
    pub migrated: migrate::Migrated,
}

/// Opens, migrates, founds and joins.
pub fn start(settings: Settings, ground: &Ground) -> anyhow::Result<Start> {
    let data = settings.data_dir().to_owned();
    fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
    let db = open_db(&settings, Ownership::Sole)?;
    let migrated = prepare(&db, ground)?;
    let port = free_port(&settings)?;
    let setup = setup_link(&db, ground, &settings.server.site_address(port))?;
    Ok(Start { site: site(settings, db, ground, port)?, setup, migrated })
}
