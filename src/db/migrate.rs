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
    status_of(&mut db.aside(Purpose::Writing)?, source(db.address()))
}

/// Refuses a database that does not have exactly the tables of this program.
pub fn check(db: &Db) -> Result<(), DbError> {
    let status = status(db)?;
    if status.pending.is_empty() {
        return Ok(());
    }
    let none = || "none".to_owned();
    let known = status.to.unwrap_or_else(none);
    Err(SchemaError::Older { found: status.from.unwrap_or_else(none), known }.into())
}

/// Runs what waits; other processes that start at the same time wait for the end.
pub fn run(db: &Db) -> Result<Migrated, DbError> {
    run_from(db, source(db.address()), None)
}

/// Runs what waits up to one migration, for taking in what was written by an older program before going on with [`run`].
///
/// # Errors
/// [`SchemaError::Newer`] when this program does not know the migration or the database is already past it.
pub fn run_to(db: &Db, version: &str) -> Result<Migrated, DbError> {
    let before = status(db)?;
    let known = known(source(db.address()))?;
    let knows = known.iter().any(|migration| migration.name().version().to_string() == version);
    let past = before.from.as_deref().is_some_and(|from| from > version);
    if !knows || past {
        let known = if past { version.to_owned() } else { before.to.unwrap_or_default() };
        let found = if past { before.from.unwrap_or_default() } else { version.to_owned() };
        return Err(SchemaError::Newer { found, known }.into());
    }
    run_from(db, source(db.address()), Some(version))
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
    apply(conn, source(address), &before, None)
}

fn source(address: &Address) -> &'static EmbeddedMigrations {
    match address {
        Address::Sqlite(_) => &SQLITE,
        Address::Postgresql(_) => &POSTGRESQL,
    }
}

fn run_from<S: MigrationSource<MultiBackend>>(
    db: &Db,
    source: &S,
    until: Option<&str>,
) -> Result<Migrated, DbError> {
    let mut conn = db.aside(Purpose::Writing)?;
    portable::lock_migrations(&mut conn)?;
    let before = status_of(&mut conn, source)?;
    let copy = match (&before.from, db.address().file()) {
        (Some(from), Some(file)) if !before.pending.is_empty() => {
            Some(copy_beside(&mut conn, file, from)?)
        }
        _ => None,
    };
    apply(&mut conn, source, &before, until)?;
    Ok(Migrated { before, copy })
}

fn apply<S: MigrationSource<MultiBackend>>(
    conn: &mut AnyConn,
    source: &S,
    before: &Status,
    until: Option<&str>,
) -> Result<(), DbError> {
    if before.pending.is_empty() {
        return Ok(());
    }
    portable::suspend_references(conn)?;
    for migration in known(source)? {
        let version = migration.name().version().to_string();
        let wanted = until.is_none_or(|until| version.as_str() <= until);
        if wanted && before.pending.contains(&version) {
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

type Known = Vec<Box<dyn Migration<MultiBackend>>>;

fn known<S: MigrationSource<MultiBackend>>(source: &S) -> Result<Known, DbError> {
    let mut known = source.migrations().map_err(|error| failed("none", &*error))?;
    known.sort_by(|a, b| a.name().version().cmp(&b.name().version()));
    Ok(known)
}

fn status_of<S: MigrationSource<MultiBackend>>(
    conn: &mut AnyConn,
    source: &S,
) -> Result<Status, DbError> {
    let known = known(source)?;
    let known: Vec<_> = known.iter().map(|m| m.name().version().as_owned()).collect();
    let mut applied = conn.applied_migrations().map_err(|error| failed("none", &*error))?;
    applied.sort();
    let to = known.last().map(ToString::to_string);
    if let Some(strange) = applied.iter().rev().find(|version| !known.contains(version)) {
        let known = to.unwrap_or_else(|| "none".into());
        return Err(SchemaError::Newer { found: strange.to_string(), known }.into());
    }
    let waits = |version: &&MigrationVersion<'static>| !applied.contains(version);
    let pending = known.iter().filter(waits).map(ToString::to_string).collect();
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

#[cfg(all(test, feature = "testing"))]
mod tests {
    use std::fs;

    use diesel::{QueryDsl, RunQueryDsl, connection::SimpleConnection};
    use diesel_migrations::FileBasedMigrations;

    use super::*;
    use crate::testing::{TestDb, for_each_empty_backend};

    diesel::table! {
        kept (id) { id -> Integer, }
    }

    /// Migrations that stand in a folder as they will after the next releases.
    fn migrations(ups: &[&str]) -> (tempfile::TempDir, FileBasedMigrations) {
        let folder = tempfile::tempdir().unwrap();
        for (at, up) in ups.iter().enumerate() {
            let one = folder.path().join(format!("2030-01-01-00000{at}_m"));
            fs::create_dir(&one).unwrap();
            fs::write(one.join("up.sql"), up).unwrap();
            fs::write(one.join("down.sql"), "SELECT 1").unwrap();
        }
        let source = FileBasedMigrations::from_path(folder.path()).unwrap();
        (folder, source)
    }

    const FIRST: &str =
        "CREATE TABLE kept (id INTEGER PRIMARY KEY NOT NULL); INSERT INTO kept VALUES (7)";

    #[test]
    fn an_update_is_told_and_on_sqlite_preceded_by_a_copy() {
        for_each_empty_backend(|db| {
            let (_old_folder, old) = migrations(&[FIRST]);
            let first = run_from(db, &old, None).unwrap();
            assert_eq!((first.before.from, first.copy), (None, None));
            let (_folder, new) = migrations(&[FIRST, "ALTER TABLE kept ADD COLUMN name TEXT"]);
            let second = run_from(db, &new, None).unwrap();
            assert_eq!(second.before.from.as_deref(), Some("20300101000000"));
            assert_eq!(second.before.to.as_deref(), Some("20300101000001"));
            assert_eq!(second.before.pending, ["20300101000001"]);
            assert_eq!(second.copy.is_some(), db.address().file().is_some());
            if let Some(copy) = second.copy {
                let copy = TestDb::sqlite_from(Some(&copy));
                let read = |conn: &mut AnyConn| {
                    Ok::<_, DbError>(kept::table.select(kept::id).load::<i32>(conn)?)
                };
                assert_eq!(copy.read_blocking(read).unwrap(), [7]);
                assert_eq!(status_of(&mut copy.connection(), &old).unwrap().pending, [""; 0]);
            }
            assert_eq!(run_from(db, &new, None).unwrap().copy, None);
        });
    }

    #[test]
    fn an_older_program_refuses_a_newer_database_with_both_numbers() {
        for_each_empty_backend(|db| {
            let (_folder, new) = migrations(&[FIRST, "SELECT 1"]);
            run_from(db, &new, None).unwrap();
            let (_old_folder, old) = migrations(&[FIRST]);
            let refused = run_from(db, &old, None).unwrap_err();
            let DbError::Schema(SchemaError::Newer { found, known }) = refused else {
                panic!("{refused:?}")
            };
            assert_eq!((found.as_str(), known.as_str()), ("20300101000001", "20300101000000"));
        });
    }

    #[test]
    fn a_failing_migration_leaves_nothing_half_done() {
        for_each_empty_backend(|db| {
            let (_folder, wrong) = migrations(&[
                FIRST,
                "CREATE TABLE half (id INTEGER); SELECT nonsense FROM nowhere",
            ]);
            let failed = run_from(db, &wrong, None).unwrap_err();
            assert!(
                matches!(&failed, DbError::Schema(SchemaError::Failed { version, .. }) if version == "20300101000001")
            );
            let status = status_of(&mut db.connection(), &wrong).unwrap();
            assert_eq!(status.pending, ["20300101000001"]);
            assert!(db.connection().batch_execute("SELECT * FROM half").is_err());
        });
    }
}
