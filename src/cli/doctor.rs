//! `quanheng doctor`: what an operator should look after, each point with what was found and what to do about it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use quanheng_actions::ActionError;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::conn::AnyConn;
use quanheng_db::{Db, Ownership, accounts, deadlines, delivery, events, migrate, portable};
use quanheng_domain::{Keyed, records::MailState};
use quanheng_store::free_bytes;

use super::{Given, backup::LAST_BACKUP, say};
use crate::app;

/// Arguments of `doctor`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 1 when a point is bad, 0 when there are only hints / 有严重问题时退出码为 1。\n\nExample / 示例:\n  quanheng --data /var/lib/quanheng doctor"
)]
pub struct Doctor {}

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    Hint,
    Bad,
}

impl State {
    fn key(self) -> &'static str {
        match self {
            Self::Good => "cli-doctor-good",
            Self::Hint => "cli-doctor-hint",
            Self::Bad => "cli-doctor-bad",
        }
    }

    /// Bad or a hint when a fault holds.
    fn of(fault: bool, when: Self) -> Self {
        if fault { when } else { Self::Good }
    }
}

/// One point: the end of its words' keys, how it stands, what was found.
type Point = (&'static str, State, String);

/// Clocks may differ by this much.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(2);
/// Mail may wait for this long before somebody should look.
const MAIL_WAITS: TimeDelta = TimeDelta::hours(1);
/// Deadlines may be overdue for this long.
const DEADLINES_WAIT: TimeDelta = TimeDelta::minutes(10);
/// The ledger is sealed once a day.
const UNSEALED: TimeDelta = TimeDelta::hours(49);
/// Room on the disk below which a hint is given, and below which it is bad.
const ROOM: (u64, u64) = (2 << 30, 256 << 20);

impl Doctor {
    /// Looks at everything and tells it.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let mut points = settings(given);
        points.push(room(given));
        points.push(secret(given));
        points.push(typeface(given));
        match app::open_db(&given.settings, Ownership::Shared) {
            Ok(db) => {
                points.extend(database(&db, given));
                points.push(backups(&db, given));
            }
            Err(error) => points.push(("database", State::Bad, format!("{error:#}"))),
        }
        points.push(files(given)?);
        for (key, state, found) in &points {
            let values = [
                ("state", given.say.text(state.key(), &[]).into()),
                ("point", given.say.text(&format!("cli-doctor-{key}"), &[]).into()),
                ("found", found.into()),
            ];
            say::show(&given.say.text("cli-doctor-point", &values));
            if *state != State::Good {
                let advice = given.say.text(&format!("cli-doctor-{key}-advice"), &[]);
                say::show(&format!("        → {advice}"));
            }
        }
        let bad = points.iter().filter(|(_, state, _)| *state == State::Bad).count();
        let hints = points.iter().filter(|(_, state, _)| *state == State::Hint).count();
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
        given.say.line("cli-doctor-sum", &[("bad", number(bad)), ("hints", number(hints))]);
        Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What would stop a start in production; elsewhere it is a hint.
fn settings(given: &Given) -> Vec<Point> {
    let dangers = given.settings.dangers();
    if dangers.is_empty() {
        return vec![("settings", State::Good, String::new())];
    }
    let state = State::of(given.settings.general.production, State::Bad);
    let state = if state == State::Good { State::Hint } else { state };
    let told = |danger: &quanheng_config::Danger| {
        let why = given.say.text(&format!("danger-{}", danger.key()), &[]);
        ("settings", state, format!("{}: {why}", danger.setting()))
    };
    dangers.iter().map(told).collect()
}

fn room(given: &Given) -> Point {
    match free_bytes(given.settings.data_dir()) {
        Ok(free) => {
            let (hint, bad) = ROOM;
            let state = match free {
                free if free < bad => State::Bad,
                free if free < hint => State::Hint,
                _ => State::Good,
            };
            ("room", state, quanheng_i18n::Words::bytes(free))
        }
        Err(error) => ("room", State::Bad, error.to_string()),
    }
}

/// The key file must be readable by its owner alone.
fn secret(given: &Given) -> Point {
    let file = given.settings.secret_key_file();
    let shown = file.display().to_string();
    match fs::metadata(&file) {
        Ok(about) if open_to_others(&about) => ("secret", State::Bad, shown),
        _ => ("secret", State::Good, String::new()),
    }
}

#[cfg(unix)]
fn open_to_others(about: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0
}
#[cfg(not(unix))]
fn open_to_others(_about: &fs::Metadata) -> bool {
    false
}

/// PDF files are set in a typeface of the machine; without one they are refused.
fn typeface(given: &Given) -> Point {
    match quanheng_web::papers::official::typefaces(&given.settings) {
        Ok(found) => ("typeface", State::Good, found.file().display().to_string()),
        Err(error) => ("typeface", State::Hint, error.to_string()),
    }
}

fn database(db: &Db, given: &Given) -> Vec<Point> {
    let now = SystemClock.now();
    let mut points = Vec::new();
    let facts: Result<portable::Facts, ActionError> =
        db.read_blocking(|conn: &mut AnyConn| Ok(portable::facts(conn)?));
    match facts {
        Ok(facts) => points.extend(facts_told(&facts, now)),
        Err(error) => return vec![("database", State::Bad, error.to_string())],
    }
    if let Err(error) = migrate::check(db) {
        points.push(("schema", State::Bad, error.to_string()));
        return points;
    }
    points.push(("schema", State::Good, String::new()));
    match db.read_blocking(|conn: &mut AnyConn| work(conn, now)) {
        Ok(found) => points.extend(found),
        Err(error) => points.push(("database", State::Bad, error.to_string())),
    }
    if given.settings.database.is_postgres() {
        points.retain(|(key, ..)| *key != "journal");
    }
    points
}

fn facts_told(facts: &portable::Facts, now: DateTime<Utc>) -> Vec<Point> {
    let size = quanheng_i18n::Words::bytes(u64::try_from(facts.bytes).unwrap_or(0));
    let shown = format!("{} {}, {size}", facts.product, facts.version);
    let ordered = State::of(!facts.orders_by_code_point(), State::Hint);
    let unsafe_commits = facts.durability == "off";
    let journal = State::of(facts.product == "SQLite" && facts.durability != "wal", State::Bad);
    let apart = facts.clock.map_or(TimeDelta::zero(), |clock| clock.signed_duration_since(now));
    let apart = apart.abs();
    vec![
        ("database", State::Good, shown),
        ("collation", ordered, facts.collation.clone()),
        ("commits", State::of(unsafe_commits, State::Bad), facts.durability.clone()),
        ("journal", journal, facts.durability.clone()),
        (
            "clock",
            State::of(apart > CLOCKS_DIFFER, State::Bad),
            format!("{} ms", apart.num_milliseconds()),
        ),
    ]
}

/// Whether the work that nobody waits for is done.
fn work(conn: &mut AnyConn, now: DateTime<Utc>) -> Result<Vec<Point>, ActionError> {
    let backlog = delivery::backlog(conn)?;
    let waits = |since: Option<DateTime<Utc>>| {
        since.map_or(TimeDelta::zero(), |since| now.signed_duration_since(since))
    };
    let given_up = backlog.counts.get(&MailState::GivenUp).copied().unwrap_or(0);
    let mail = waits(backlog.oldest);
    let (overdue, oldest) = deadlines::overdue(conn, now - DEADLINES_WAIT)?;
    let sealed = events::last_checkpoint(conn)?.map(|seal| seal.at);
    let first = events::after(conn, 0, 1)?.first().map(|event| event.at);
    let unsealed = waits(sealed.or(first));
    let administrators = accounts::administrators(conn)?;
    Ok(vec![
        (
            "outbox",
            State::of(mail > MAIL_WAITS, State::Hint),
            format!("{} min", mail.num_minutes()),
        ),
        ("given-up", State::of(given_up > 0, State::Hint), given_up.to_string()),
        (
            "deadlines",
            State::of(overdue > 0, State::Hint),
            format!("{overdue} ({} min)", waits(oldest).num_minutes()),
        ),
        (
            "seal",
            State::of(unsealed > UNSEALED, State::Hint),
            format!("{} h", unsealed.num_hours()),
        ),
        ("administrators", State::of(administrators == 0, State::Hint), administrators.to_string()),
    ])
}

/// The age of the newest backup, by the program's own note or by the files in the folder of the settings.
fn backups(db: &Db, given: &Given) -> Point {
    let noted: Result<Option<String>, ActionError> =
        db.read_blocking(|conn: &mut AnyConn| Ok(accounts::setting(conn, LAST_BACKUP)?));
    let noted = noted.ok().flatten().and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
    let backup = &given.settings.backup;
    let found = newest(&backup.folder(given.settings.data_dir()));
    let newest = noted.map(|at| at.with_timezone(&Utc)).max(found);
    let when = if given.settings.general.production { State::Bad } else { State::Hint };
    let Some(newest) = newest else { return ("backup", when, "-".to_owned()) };
    let age = SystemClock.now().signed_duration_since(newest);
    let old = age.to_std().unwrap_or(Duration::ZERO) > backup.max_age.get();
    ("backup", State::of(old, when), format!("{} h", age.num_hours()))
}

fn newest(folder: &Path) -> Option<DateTime<Utc>> {
    let entries = fs::read_dir(folder).ok()?;
    let files = entries.filter_map(Result::ok).filter_map(|entry| entry.metadata().ok());
    files.filter_map(|about| about.modified().ok()).map(DateTime::<Utc>::from).max()
}

fn files(given: &Given) -> anyhow::Result<Point> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let probed = match app::open_store(&given.settings) {
        Ok(store) => runtime.block_on(store.probe()).map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    Ok(match probed {
        Ok(()) => ("files", State::Good, given.settings.files.store.key().to_owned()),
        Err(error) => ("files", State::Bad, format!("{error:#}")),
    })
}
