//! `quanheng work`: the jobs alone – mail, deadlines, housekeeping – for instances whose servers leave them to others.

use std::process::ExitCode;

use clap::Args;
use tokio::sync::watch;

use super::Given;
use crate::app::{self, Ground, Start};

/// Arguments of `work`.
#[derive(Debug, Args)]
#[command(
    after_help = "For PostgreSQL with jobs.in_process = false; on SQLite the site runs them itself / 仅用于 PostgreSQL 且 jobs.in_process = false。\n\nExample / 示例:\n  quanheng --config /etc/quanheng.toml work"
)]
pub struct Work {}

impl Work {
    /// Works until a stop signal.
    pub fn run(self, given: Given) -> anyhow::Result<ExitCode> {
        app::log(&given.settings)?;
        let say = given.say.clone();
        let Start { site, .. } = app::start(given.settings, &Ground::default())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let (stop, stopped) = watch::channel(false);
            let running = app::jobs::start(&site.app, &stopped)?;
            say.line("cli-work-running", &[]);
            app::stop_signal().await;
            stop.send_replace(true);
            for job in running {
                if tokio::time::timeout(site.app.settings.server.shutdown_grace.get(), job)
                    .await
                    .is_err()
                {
                    tracing::warn!("a job did not stop in time");
                }
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}
