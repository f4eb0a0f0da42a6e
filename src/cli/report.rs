//! `quanheng report`: the figures of a committee's year as a table or as JSON.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use quanheng_actions::ActionError;
use quanheng_db::register::{self, CommitteeRow};
use quanheng_domain::Keyed;
use quanheng_reports::{annual, figure::Figure};
use quanheng_tables::{Cell, CsvOptions, Sheet, write_csv, write_xlsx};

use super::{Given, user::Desk};

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example / 示例:\n  quanheng report annual --year 2026 --committee MTC3 --format xlsx --out MTC3-2026.xlsx"
)]
pub struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The annual report of a committee (年度报告)
    Annual(Annual),
}

#[derive(Debug, Args)]
struct Annual {
    /// The year (年度)
    #[arg(long)]
    year: i32,
    /// Code of the committee (技术委员会代号)
    #[arg(long, value_name = "CODE")]
    committee: String,
    /// Form of the file (格式)
    #[arg(long, value_enum, default_value = "csv")]
    format: Form,
    /// The file to write (文件)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Csv,
    Xlsx,
    Json,
}

impl Report {
    /// Writes the report.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let What::Annual(asked) = self.what;
        let (committee, figures) = asked.figures(given)?;
        let bytes = match asked.format {
            Form::Csv => write_csv(&sheet(given, &asked, &figures), CsvOptions::default())?,
            Form::Xlsx => write_xlsx(&[sheet(given, &asked, &figures)])?.bytes,
            Form::Json => json(&asked, &committee, &figures)?,
        };
        std::fs::write(&asked.out, bytes).with_context(|| asked.out.display().to_string())?;
        let file = asked.out.display().to_string();
        given.say.line("cli-report-done", &[("file", file.into())]);
        Ok(ExitCode::SUCCESS)
    }
}

impl Annual {
    fn figures(&self, given: &Given) -> anyhow::Result<(CommitteeRow, Vec<Figure>)> {
        let desk = Desk::open(given)?;
        let found: Result<_, ActionError> = desk.read(|conn| {
            let Some(row) = register::committee_by_code(conn, &self.committee)? else {
                return Ok(None);
            };
            let figures = annual::figures(conn, row.id, self.year)?;
            Ok(figures.map(|figures| (row, figures)))
        });
        found?.with_context(|| {
            given.say.text("cli-report-unknown", &[("code", (&self.committee).into())])
        })
    }
}

fn sheet(given: &Given, asked: &Annual, figures: &[Figure]) -> Sheet {
    let word = |key: &str| given.say.text(key, &[]);
    let row = |figure: &Figure| {
        let name = word(&format!("figure-{}", figure.key.key().replace('_', "-")));
        let records: Vec<&str> =
            figure.evidence.iter().map(|record| record.label.as_str()).collect();
        vec![
            Cell::from(name),
            Cell::from(figure.value),
            Cell::from(figure.previous),
            Cell::from(records.join("; ")),
        ]
    };
    Sheet {
        name: format!("{} {}", asked.committee.replace('/', "-"), asked.year),
        headers: ["figure-name", "figure-value", "figure-previous", "figure-records"]
            .map(word)
            .to_vec(),
        rows: figures.iter().map(row).collect(),
    }
}

fn json(asked: &Annual, committee: &CommitteeRow, figures: &[Figure]) -> anyhow::Result<Vec<u8>> {
    let figures: Vec<_> = figures
        .iter()
        .map(|figure| {
            let records: Vec<_> = figure
                .evidence
                .iter()
                .map(|record| serde_json::json!({ "label": record.label, "path": record.path }))
                .collect();
            serde_json::json!({
                "key": figure.key.key(), "value": figure.value, "previous": figure.previous,
                "records": records,
            })
        })
        .collect();
    let whole = serde_json::json!({
        "year": asked.year,
        "committee": { "code": committee.code, "name": committee.name_zh },
        "figures": figures,
    });
    Ok(serde_json::to_vec_pretty(&whole)?)
}
