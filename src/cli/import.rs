//! `quanheng import`: tables into the register, with a report row by row.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use quanheng_actions::{
    ActionError, Tx,
    register::{
        Effect, ImportOptions, ImportReport, RowReport, import_announcements, import_committees,
        import_holidays, import_members, import_plan, import_replacement_links,
        import_source_editions, import_specifications,
    },
};
use quanheng_domain::people::Actor;
use quanheng_i18n::Value;
use quanheng_tables::{
    Fact, Limits, Message, TableError, column_message_key,
    formats::{
        Announcements, Committees, Doubt, Format, Holidays, Members, Plan, Reading,
        ReplacementLinks, SourceEditions, Specifications, read_as,
    },
};

use super::{
    Given,
    say::{complain, show},
    user::Desk,
};

/// The exit code when rows could not be used.
const BAD_ROWS: u8 = 2;

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples / 示例:\n  quanheng import committees committees.csv --dry-run\n  quanheng import specifications specifications.xlsx\n\nExit code 2: rows or the whole file could not be used / 退出码 2:有未能导入的行,或整个文件无法读取"
)]
pub struct Import {
    /// What the table holds (内容)
    what: What,
    /// CSV or XLSX file (文件)
    file: PathBuf,
    /// Report what would be done and write nothing (试运行)
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// 技术委员会
    Committees,
    /// 委员名单
    Members,
    /// 计量技术规范
    Specifications,
    /// 代替关系
    ReplacementLinks,
    /// 计划项目
    Plan,
    /// 公告
    Announcements,
    /// 节假日
    Holidays,
    /// 国际文件版本
    SourceEditions,
}

type Action<R> =
    fn(&mut Tx<'_, '_>, &Actor, &Reading<R>, &ImportOptions) -> Result<ImportReport, ActionError>;

impl Import {
    /// Imports and reports.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let report = match self.what {
            What::Committees => self.enter::<Committees>(given, import_committees),
            What::Members => self.enter::<Members>(given, import_members),
            What::Specifications => self.enter::<Specifications>(given, import_specifications),
            What::ReplacementLinks => {
                self.enter::<ReplacementLinks>(given, import_replacement_links)
            }
            What::Plan => self.enter::<Plan>(given, import_plan),
            What::Announcements => self.enter::<Announcements>(given, import_announcements),
            What::Holidays => self.enter::<Holidays>(given, import_holidays),
            What::SourceEditions => self.enter::<SourceEditions>(given, import_source_editions),
        }?;
        let Some(report) = report else { return Ok(ExitCode::from(BAD_ROWS)) };
        print(given, &report);
        Ok(if report.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(BAD_ROWS) })
    }

    /// Reads and imports the file; nothing is entered, and why is said, of a file that cannot be read as a table.
    fn enter<F>(
        &self,
        given: &Given,
        import: Action<F::Row>,
    ) -> anyhow::Result<Option<ImportReport>>
    where
        F: Format,
        F::Row: Send + 'static,
    {
        let bytes = std::fs::read(&self.file).with_context(|| self.file.display().to_string())?;
        let reading = match read_as::<F>(&bytes, &Limits::default()) {
            Ok(reading) => reading,
            Err(error) => {
                complain(&format!("{}: {}", self.file.display(), refusal(given, &error)));
                return Ok(None);
            }
        };
        let options = ImportOptions { source: name_of(&self.file), dry_run: self.dry_run };
        let desk = Desk::open(given)?;
        Ok(Some(desk.write(move |tx| import(tx, &Actor::System, &reading, &options))?))
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn refusal(given: &Given, error: &TableError) -> String {
    let mut message = error.message();
    if let TableError::MissingColumns { missing, .. } = error {
        let names: Vec<String> =
            missing.iter().map(|key| format!("{} ({key})", column(given, key))).collect();
        for (name, fact) in &mut message.facts {
            if *name == "missing" {
                *fact = Fact::Text(names.join(", "));
            }
        }
    }
    told(given, &message)
}

fn told(given: &Given, message: &Message) -> String {
    let values: Vec<(&str, Value<'_>)> = message
        .facts
        .iter()
        .map(|(name, fact)| {
            let value = match fact {
                Fact::Number(number) => Value::from(i64::try_from(*number).unwrap_or(i64::MAX)),
                Fact::Text(text) => Value::from(text.as_str()),
            };
            (*name, value)
        })
        .collect();
    given.say.text(message.key, &values)
}

fn column(given: &Given, key: &str) -> String {
    given.say.text(&column_message_key(key), &[])
}

fn print(given: &Given, report: &ImportReport) {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    for note in &report.notes {
        show(&told(given, note));
    }
    for row in &report.rows {
        show(&format!("{}\t{}\t{}", row.line, effect(given, row), row.name));
        for Doubt { column: key, message_key, found } in &row.doubts {
            let words = given.say.text(message_key, &[("found", found.into())]);
            show(&format!("\t? {}: {words}", column(given, key)));
        }
    }
    for bad in &report.bad {
        let words = given.say.text(bad.reason, &[("found", (&bad.found).into())]);
        match bad.column {
            Some(key) => show(&format!("{}\t! {}: {words}", bad.line, column(given, key))),
            None => show(&format!("{}\t! {words}", bad.line)),
        }
    }
    given.say.line(
        if report.dry_run { "cli-import-would" } else { "cli-import-done" },
        &[
            ("created", number(report.created()).into()),
            ("changed", number(report.changed()).into()),
            ("unchanged", number(report.unchanged()).into()),
            ("doubtful", number(report.doubtful()).into()),
            ("bad", number(report.bad_lines()).into()),
        ],
    );
}

fn effect(given: &Given, row: &RowReport) -> String {
    match &row.effect {
        Effect::Created => given.say.text("cli-import-created", &[]),
        Effect::Changed { fields } => {
            given.say.text("cli-import-changed", &[("fields", fields.join(", ").into())])
        }
        Effect::Unchanged => given.say.text("cli-import-unchanged", &[]),
    }
}
