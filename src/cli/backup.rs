//! `quanheng backup`: rows of one instant and all files in one archive, while the site goes on.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::{Db, Ownership, accounts, migrate};

use super::{Given, progress::Progress};
use crate::app;
use crate::archive::{self, Dumped, Scope, Sink, ZipSink};

/// The setting of the program that says when the last backup was made; `doctor` reads it.
pub const LAST_BACKUP: &str = "last_backup";

/// Arguments of `backup`.
#[derive(Debug, Args)]
#[command(
    after_help = "The archive holds password hashes: keep it where only the operator may read / 备份含口令散列，请妥善保管。\n\nExamples / 示例:\n  quanheng --data /var/lib/quanheng backup /backup/quanheng-2026-11-22.zip\n  quanheng --data try restore /backup/quanheng-2026-11-22.zip"
)]
pub struct Backup {
    /// The archive to make; never overwritten (备份文件)
    file: PathBuf,
}

impl Backup {
    /// Makes the archive; the exit code is 1 when a file that rows name was not to be had.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let db = app::open_db(&given.settings, Ownership::Shared)?;
        let sink = Box::new(ZipSink::begin(&self.file)?);
        let dumped = write(&db, given, Scope::All, sink)?;
        let made = dumped.manifest.made_at.clone();
        let kept: Result<(), quanheng_actions::ActionError> = db.write_blocking(
            || SystemClock.now(),
            move |tx| {
                let now = tx.now();
                Ok(accounts::put_setting(tx.conn(), LAST_BACKUP, &made, now)?)
            },
        );
        kept?;
        Ok(told(given, "cli-backup-done", &self.file.display().to_string(), &dumped))
    }
}

/// Writes the instance of the settings into a sink, with progress.
pub(super) fn write(
    db: &Db,
    given: &Given,
    scope: Scope,
    sink: Box<dyn Sink>,
) -> anyhow::Result<Dumped> {
    migrate::check(db)?;
    let store = app::open_store(&given.settings)?;
    let progress = Progress::new();
    let dumped = archive::dump(db, &store, scope, SystemClock.now(), sink, |table, rows| {
        progress.tell(&format!("{table} {rows}"));
    });
    progress.end();
    dumped
}

/// Says what was written, and names the files that are missing.
pub(super) fn told(given: &Given, key: &str, place: &str, dumped: &Dumped) -> ExitCode {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    let manifest = &dumped.manifest;
    let values = [
        ("place", place.to_owned().into()),
        ("tables", number(manifest.tables.len() as u64)),
        ("rows", number(dumped.rows)),
        ("files", number(manifest.files.len() as u64)),
    ];
    given.say.line(key, &values);
    for hash in &manifest.missing {
        given.say.warn("cli-backup-missing", &[("hash", hash.into())]);
    }
    if manifest.missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
