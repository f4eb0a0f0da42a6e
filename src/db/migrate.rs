//! Migrations: compiled in, run at start, never by two processes at once, with a copy first where there is something to lose.

use std::path::{Path, PathBuf};

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{
    address::Address,
    conn::{AnyConn, MultiBackend, Purpose},
    error::{DbError, SchemaError},
    pool::Db,
    portable,
};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("../../migrations/postgresql");

/// Where a database stands and what this program would do to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The newest migration in the database; none in a new one.
    pub from: Option<String>,
    /// The newest migration of this program.
    pub to: Option<String>,
    /// What waits to be run, in order.
    pub pending: Vec<String>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// Where the database stood before.
    pub before: Status,
    /// The copy that was made first, if any.
    pub copy: Option<PathBuf>,
}

/// Tells where the database stands; refuses one that a newer program has migrated.
pub fn status(db: &Db) -> Result<Status, DbError> {
    let mut conn = db.aside(Purpose::Writing)?;
    status_of(&mut conn, source(db.address()))
}

/// Refuses a database that does not have exactly the tables of this program.
pub fn check(db: &Db) -> Result<(), DbError> {
    let status = status(db)?;
    if status.pending.is_empty() {
        return Ok(());
    }
    let none = || "none".to_owned();
    Err(SchemaError::Older {
        found: status.from.unwrap_or_else(none),
        known: status.to.unwrap_or_else(none),
    }
    .into())
}

/// Runs what waits; other processes that start at the same time wait for the end.
pub fn run(db: &Db) -> Result<Migrated, DbError> {
    let mut conn = db.aside(Purpose::Writing)?;
    portable::lock_migrations(&mut conn)?;
    let source = source(db.address());
    let before = status_of(&mut conn, source)?;
    let copy = match (&before.from, db.address().file()) {
        (Some(from), Some(file)) if !before.pending.is_empty() => {
            Some(copy_beside(&mut conn, file, from)?)
        }
        _ => None,
    };
    apply(&mut conn, source, &before)?;
    Ok(Migrated { before, copy })
}

/// Takes every migration back, newest first; for tests of the way down.
pub fn revert_all(db: &Db) -> Result<(), DbError> {
    let mut conn = db.aside(Purpose::Writing)?;
    portable::lock_migrations(&mut conn)?;
    portable::suspend_references(&mut conn)?;
    let source = source(db.address());
    let pending = status_of(&mut conn, source)?.pending;
    for migration in known(source)?.into_iter().rev() {
        let version = migration.name().version().to_string();
        if !pending.contains(&version) {
            conn.revert_migration(&*migration).map_err(|error| failed(&version, &*error))?;
        }
    }
    Ok(())
}

/// Migrates a connection that nobody else uses.
#[cfg(feature = "testing")]
pub(crate) fn run_on(conn: &mut AnyConn, address: &Address) -> Result<(), DbError> {
    let before = status_of(conn, source(address))?;
    apply(conn, source(address), &before)
}

fn source(address: &Address) -> &'static EmbeddedMigrations {
    match address {
        Address::Sqlite(_) => &SQLITE,
        Address::Postgresql(_) => &POSTGRESQL,
    }
}

fn apply(
    conn: &mut AnyConn,
    source: &'static EmbeddedMigrations,
    before: &Status,
) -> Result<(), DbError> {
    if before.pending.is_empty() {
        return Ok(());
    }
    portable::suspend_references(conn)?;
    for migration in known(source)? {
        let version = migration.name().version().to_string();
        if before.pending.contains(&version) {
            conn.run_migration(&*migration).map_err(|error| failed(&version, &*error))?;
            tracing::info!(version, "migrated the database");
        }
    }
    match portable::broken_references(conn)? {
        broken if broken.is_empty() => Ok(()),
        broken => Err(SchemaError::Failed {
            version: before.to.clone().unwrap_or_default(),
            reason: format!("broken references in {}", broken.join(", ")),
        }
        .into()),
    }
}

fn failed(version: &str, error: &(dyn std::error::Error + Send + Sync)) -> DbError {
    SchemaError::Failed { version: version.into(), reason: error.to_string() }.into()
}

fn known(
    source: &'static EmbeddedMigrations,
) -> Result<Vec<Box<dyn Migration<MultiBackend>>>, DbError> {
    let mut known = source.migrations().map_err(|error| failed("none", &*error))?;
    known.sort_by(|a, b| a.name().version().cmp(&b.name().version()));
    Ok(known)
}

fn status_of(conn: &mut AnyConn, source: &'static EmbeddedMigrations) -> Result<Status, DbError> {
    let known: Vec<MigrationVersion<'static>> =
        known(source)?.iter().map(|migration| migration.name().version().as_owned()).collect();
    let mut applied = conn.applied_migrations().map_err(|error| failed("none", &*error))?;
    applied.sort();
    let to = known.last().map(ToString::to_string);
    if let Some(strange) = applied.iter().rev().find(|version| !known.contains(version)) {
        let known = to.unwrap_or_else(|| "none".into());
        return Err(SchemaError::Newer { found: strange.to_string(), known }.into());
    }
    let pending = known
        .iter()
        .filter(|version| !applied.contains(version))
        .map(ToString::to_string)
        .collect();
    Ok(Status { from: applied.last().map(ToString::to_string), to, pending })
}

/// Copies the database to `NAME.schema-VERSION`, or `….2` and so on when a copy of that name exists.
fn copy_beside(conn: &mut AnyConn, file: &Path, from: &str) -> Result<PathBuf, DbError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let free = (1..)
        .map(|turn| if turn == 1 { String::new() } else { format!(".{turn}") })
        .map(|turn| file.with_file_name(format!("{name}.schema-{from}{turn}")))
        .find(|path| !path.exists())
        .expect("some number is free");
    portable::copy_to(conn, &free)?;
    Ok(free)
}
