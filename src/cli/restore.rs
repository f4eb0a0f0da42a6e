//! `quanheng restore`: a backup or an export into an instance that is empty, or is meant to be replaced.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::{Db, Ownership, migrate};
use quanheng_store::{Hash, Store};

use super::{Given, progress::Progress, verify};
use crate::app;
use crate::archive::{self, Source};

/// Arguments of `restore`.
#[derive(Debug, Args)]
#[command(
    after_help = "Stop the site first; it is refused while another process works on the data / 请先停止网站。\n\nExamples / 示例:\n  quanheng --data /var/lib/quanheng restore /backup/quanheng-2026-11-22.zip\n  quanheng --data /var/lib/quanheng restore --replace /backup/quanheng-2026-11-22.zip"
)]
pub struct Restore {
    /// An archive of `backup` or a folder of `export` (备份文件或导出目录)
    from: PathBuf,
    /// Replace what is there; a SQLite database is kept beside as a copy (覆盖现有数据)
    #[arg(long)]
    replace: bool,
}

impl Restore {
    /// Restores and proves that ledger, references and files are whole.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let source = Source::open(&self.from)?;
        fs::create_dir_all(given.settings.data_dir())
            .with_context(|| given.settings.data_dir().display().to_string())?;
        let db = app::open_db(&given.settings, Ownership::Sole)?;
        let fresh = migrate::status(&db)?.from.is_none();
        let occupied = !fresh && archive::is_occupied(&db)?;
        if occupied && !self.replace {
            bail!(given.say.text("cli-restore-occupied", &[]));
        }
        if occupied && let Some(copy) = kept_copy(&db)? {
            given.say.line("cli-restore-copy", &[("file", copy.display().to_string().into())]);
        }
        migrate::run_to(&db, &source.manifest.schema)?;
        let store = app::open_store(&given.settings)?;
        let progress = Progress::new();
        put_files(&store, &source, &progress)?;
        let (rows, files) = (fill(&db, &source, &progress)?, source.manifest.files.len());
        progress.end();
        migrate::run(&db)?;
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let values = [
            ("rows", number(rows)),
            ("files", number(files as u64)),
            ("at", (&source.manifest.made_at).into()),
        ];
        given.say.line("cli-restore-done", &values);
        if source.manifest.without_secrets {
            given.say.line("cli-restore-no-passwords", &[]);
        }
        let sound = verify::is_sound(&db, Some(&store), given)?;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Copies a SQLite database beside itself before it is replaced; PostgreSQL has its own backups.
fn kept_copy(db: &Db) -> anyhow::Result<Option<PathBuf>> {
    let Some(file) = db.address().file() else { return Ok(None) };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..)
        .map(|turn| file.with_file_name(format!("{name}.before-restore-{turn}")))
        .find(|path: &PathBuf| !Path::exists(path))
        .context("some number is free")?;
    db.copy_blocking(&free)?;
    Ok(Some(free))
}

/// Files come first, so that no row ever names one that is missing.
fn put_files(store: &Store, source: &Source, progress: &Progress) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for (at, hash) in source.manifest.files.iter().enumerate() {
        progress.tell(&format!("files {at}/{}", source.manifest.files.len()));
        let expected: Hash = hash.parse().with_context(|| format!("file {hash}"))?;
        source.file(hash, |bytes| {
            let mut all = Vec::new();
            bytes.read_to_end(&mut all)?;
            if Hash::of(&all) != expected {
                bail!("its bytes have the hash {}", Hash::of(&all));
            }
            let limit = all.len() as u64;
            let received = runtime.block_on(store.receive(all.as_slice(), limit))?;
            runtime.block_on(store.keep(received))?;
            Ok(())
        })?;
    }
    Ok(())
}

fn fill(db: &Db, source: &Source, progress: &Progress) -> anyhow::Result<u64> {
    let source = source.clone();
    progress.tell("…");
    let filled = archive::fill(db, SystemClock.now(), move |take| {
        source.feed(&mut |table, lines| take(table, lines))
    })?;
    Ok(filled.values().sum())
}
