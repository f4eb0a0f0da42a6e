//! `quanheng load`: a synthetic instance of any size, for measurements.

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use chrono::NaiveDate;
use clap::Args;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::Ownership;
use quanheng_domain::deadline;

use super::{Given, progress::Progress, say};
use crate::app::{self, Ground};
use crate::load::{self, Size};

/// Arguments of `load`.
#[derive(Debug, Args)]
#[command(
    after_help = "The set M of docs/quality.md / 文档所述数据集 M:\n  quanheng --data load-m load --committees 500 --projects 10000 --comments 500000 --events 5000000"
)]
pub struct Load {
    /// Committees, each with seventeen seats (技术委员会)
    #[arg(long, default_value_t = 40)]
    committees: u32,
    /// Projects; twice as many texts (项目)
    #[arg(long, default_value_t = 500)]
    projects: u32,
    /// Comments (意见)
    #[arg(long, default_value_t = 20_000)]
    comments: u32,
    /// Events at least (台账记录)
    #[arg(long, default_value_t = 0)]
    events: u64,
    /// The same seed gives the same data on the same day (随机种子)
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Give every text a synthetic full text in clauses, each from a finished project of its own (合成全文)
    #[arg(long)]
    texts: bool,
    /// The day on which open rounds are open; today unless given (基准日期)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<NaiveDate>,
}

impl Load {
    /// Fills the instance of the settings, which must be empty.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let data = given.settings.data_dir();
        fs::create_dir_all(data).with_context(|| data.display().to_string())?;
        let db = app::open_db(&given.settings, Ownership::Sole)?;
        let store = app::open_store(&given.settings)?;
        let size = Size {
            committees: self.committees,
            projects: self.projects,
            comments: self.comments,
            events: self.events,
            texts: self.texts,
            seed: self.seed,
            today: self.today.unwrap_or_else(|| deadline::day_of(SystemClock.now())),
        };
        let progress = Progress::new();
        let loaded = load::load(&db, &store, &given.settings.security, size, |rows| {
            progress.tell(&rows.to_string());
        });
        progress.end();
        let loaded = loaded?;
        if self.texts {
            let (began, ground) = (Instant::now(), Ground::default());
            let made = app::index(&db, &ground)?;
            let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
            let values = [("n", whole(made as u64)), ("seconds", whole(began.elapsed().as_secs()))];
            given.say.line("cli-load-texts", &values);
        }
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let values = [
            ("rows", number(loaded.rows)),
            ("events", number(loaded.events)),
            ("password", load::PASSWORD.into()),
        ];
        given.say.line("cli-load-done", &values);
        for address in load::SIGN_INS {
            say::show(&format!("  {address}"));
        }
        Ok(ExitCode::SUCCESS)
    }
}
