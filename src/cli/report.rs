//! `quanheng report`: the annual report of a committee and the overview of all, as a page for print, a workbook, a table or JSON.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use quanheng_actions::{ActionError, report};
use quanheng_db::register;
use quanheng_domain::deadline;
use quanheng_reports::annual::{self, Paper};
use quanheng_reports::national::{self, Overview};
use quanheng_web::Pages;
use quanheng_web::assets::AssetBook;
use quanheng_web::papers::{Saved, Voice, print, sheets, told};
use serde::Serialize;

use super::{Given, user::Desk};

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples / 示例:\n  quanheng report annual --year 2026 --committee MTC3 --format xlsx --out MTC3-2026.xlsx\n  quanheng report national --year 2026 --format html --out 2026.html"
)]
pub struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The annual report of a committee (年度报告)
    Annual(Annual),
    /// The overview of all committees (总览)
    National(National),
}

#[derive(Debug, Args)]
struct Annual {
    /// The year (年度)
    #[arg(long)]
    year: i32,
    /// Code of the committee (技术委员会代号)
    #[arg(long, value_name = "CODE")]
    committee: String,
    #[command(flatten)]
    into: Into,
}

#[derive(Debug, Args)]
struct National {
    /// The year (年度)
    #[arg(long)]
    year: i32,
    #[command(flatten)]
    into: Into,
}

#[derive(Debug, Args)]
struct Into {
    /// Form of the file (格式)
    #[arg(long, value_enum, default_value = "html")]
    format: Form,
    /// The file to write (文件)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Html,
    Xlsx,
    Csv,
    Json,
}

impl Report {
    /// Writes the report.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let desk = Desk::open(given)?;
        let (into, bytes) = match self.what {
            What::Annual(asked) => {
                let bytes = asked.bytes(given, &desk)?;
                (asked.into, bytes)
            }
            What::National(asked) => {
                let bytes = asked.bytes(given, &desk)?;
                (asked.into, bytes)
            }
        };
        std::fs::write(&into.out, bytes).with_context(|| into.out.display().to_string())?;
        let file = into.out.display().to_string();
        given.say.line("cli-report-done", &[("file", file.into())]);
        Ok(ExitCode::SUCCESS)
    }
}

fn voice(given: &Given) -> Voice<'_> {
    Voice { words: given.say.words(), zone: given.settings.site.zone, locale: given.say.locale() }
}

/// A view as a page that stands alone.
fn page<V: Serialize>(given: &Given, template: &str, view: &V) -> anyhow::Result<Vec<u8>> {
    let words = Arc::clone(given.say.words());
    let assets = Arc::new(AssetBook::load(false));
    let folder = given.settings.templates.dir.clone();
    let pages = Pages::load(
        words,
        given.settings.site.zone,
        Arc::clone(&assets),
        folder.as_deref(),
        false,
    )?;
    let html = print::standalone(&pages, &assets, template, view, given.say.locale())?;
    Ok(html.into_bytes())
}

impl Annual {
    fn bytes(&self, given: &Given, desk: &Desk) -> anyhow::Result<Vec<u8>> {
        let now = desk.now();
        let (paper, days) = self.paper(given, desk)?;
        let voice = voice(given);
        let name = sheets::annual_name(&paper);
        Ok(match self.into.format {
            Form::Html => {
                let view = print::annual(&paper, true, "/", given.say.locale(), now);
                page(given, "pages/reports/print", &view)?
            }
            Form::Xlsx => Saved::workbook(&name, &sheets::annual(&voice, &paper, true))?.bytes,
            Form::Csv => Saved::table(&name, &sheets::figures(&voice, &paper))?.bytes,
            Form::Json => serde_json::to_vec_pretty(&told::annual(&paper, &days, true))?,
        })
    }

    fn paper(&self, given: &Given, desk: &Desk) -> anyhow::Result<(Paper, report::DueDays)> {
        let today = deadline::day_of(desk.now());
        let code = self.committee.trim().replace('/', "-");
        let found: Result<_, ActionError> = desk.read(|conn| {
            let all = register::all_committees(conn)?;
            let Some(row) = all.into_iter().find(|row| row.segment().eq_ignore_ascii_case(&code))
            else {
                return Ok(None);
            };
            let profile = report::profile_of(conn, &row, today)?;
            let paper = annual::paper(conn, &row, self.year)?;
            Ok(paper.map(|paper| (paper, report::DueDays::of(&profile, self.year))))
        });
        found?.with_context(|| {
            given.say.text("cli-report-unknown", &[("code", (&self.committee).into())])
        })
    }
}

impl National {
    fn bytes(&self, given: &Given, desk: &Desk) -> anyhow::Result<Vec<u8>> {
        let now = desk.now();
        let read: Result<Option<Overview>, ActionError> =
            desk.read(|conn| Ok(national::overview(conn, None, self.year, now)?));
        let overview = read?.with_context(|| given.say.text("cli-report-no-year", &[]))?;
        let voice = voice(given);
        let sheet = || sheets::national(&voice, &overview);
        Ok(match self.into.format {
            Form::Html => {
                let view = print::national(&overview, "/", given.say.locale(), now);
                page(given, "pages/reports/overview-print", &view)?
            }
            Form::Xlsx => Saved::workbook("", &[sheet()])?.bytes,
            Form::Csv => Saved::table("", &sheet())?.bytes,
            Form::Json => serde_json::to_vec_pretty(&told::national(&overview))?,
        })
    }
}
