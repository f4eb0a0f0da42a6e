//! `quanheng export`: everything as CSV and JSON with the files, explained by a README of its own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use quanheng_db::Ownership;

use super::{Given, backup};
use crate::app;
use crate::archive::{FolderSink, Scope};

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "Passwords, sessions, tokens and links are left out / 不含口令、会话、令牌和链接。\n\nExamples / 示例:\n  quanheng --data /var/lib/quanheng export quanheng-export\n  quanheng --data NEW restore quanheng-export"
)]
pub struct Export {
    /// A new or empty folder (导出目录)
    folder: PathBuf,
}

impl Export {
    /// Writes the folder; the exit code is 1 when a file that rows name was not to be had.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let db = app::open_db(&given.settings, Ownership::Shared)?;
        let sink = Box::new(FolderSink::begin(&self.folder)?);
        let dumped = backup::write(&db, given, Scope::WithoutSecrets, sink)?;
        Ok(backup::told(given, "cli-export-done", &self.folder.display().to_string(), &dumped))
    }
}
