//! `quanheng migrate`: the schema, from where to where.

use std::process::ExitCode;

use clap::Args;
use quanheng_db::{Ownership, migrate};

use super::Given;
use crate::app::{self, Ground};

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Only say what would be done (只查看)
    #[arg(long)]
    dry_run: bool,
}

impl Migrate {
    /// Brings the schema up to date and says from which to which version.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let db = app::open_db(&given.settings, Ownership::Sole)?;
        let status = migrate::status(&db)?;
        let none = given.say.text("cli-migrate-none", &[]);
        let from = status.from.clone().unwrap_or_else(|| none.clone());
        let to = status.to.clone().unwrap_or(none);
        let versions =
            [("from", (&from).into()), ("to", (&to).into()), ("n", status.pending.len().into())];
        if status.pending.is_empty() {
            given.say.line("cli-migrate-current", &versions);
        } else if self.dry_run {
            given.say.line("cli-migrate-pending", &versions);
        }
        if self.dry_run {
            return Ok(ExitCode::SUCCESS);
        }
        let done = app::prepare(&db, &Ground::default())?;
        if let Some(copy) = &done.copy {
            given.say.line("cli-migrate-copy", &[("file", copy.display().to_string().into())]);
        }
        if !status.pending.is_empty() {
            given.say.line("cli-migrate-done", &versions);
        }
        Ok(ExitCode::SUCCESS)
    }
}
