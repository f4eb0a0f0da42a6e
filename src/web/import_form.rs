//! An uploaded table of comments: its form, what became of it in words, for the desk and for the API.

use chrono::NaiveDate;
use quanheng_actions::register::import::{Effect, ImportReport};
use quanheng_actions::round::{ImportTable, import_table};
use quanheng_domain::comment::CommentSource;
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, deadline};
use quanheng_store::names;
use quanheng_tables::formats::{Opinions, read_as};
use quanheng_tables::{Fact, Limits, Message, TableError, column_message_key};
use rocket::FromForm;
use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::http::Status;
use tokio::io::AsyncReadExt;

use crate::app::App;
use crate::error::WebError;
use crate::views::Text;

/// The form with the table; how and when its comments came, where the table itself does not say.
#[derive(FromForm)]
pub struct TableForm<'r> {
    file: Option<TempFile<'r>>,
    source: Option<&'r str>,
    received_on: Option<&'r str>,
}

/// What became of a table, ready to be said.
pub struct Imported {
    /// Row by row.
    pub report: ImportReport,
}

/// One row that a person should look at.
pub struct Line {
    /// Line of the file.
    pub line: u64,
    /// Heading of the column; none if the whole row is meant.
    pub column: Option<Text>,
    /// Key of the column.
    pub key: Option<&'static str>,
    /// Key of the reason.
    pub reason: &'static str,
    /// The reason in words.
    pub text: Text,
    /// What stands in the file.
    pub found: String,
}

fn line(line: u64, column: Option<&'static str>, reason: &'static str, found: &str) -> Line {
    Line {
        line,
        column: column.map(|key| Text::said(column_message_key(key))),
        key: column,
        reason,
        text: Text::said(reason).with("found", found),
        found: found.to_owned(),
    }
}

impl Imported {
    /// Rows, or cells of rows, that could not be used.
    pub fn bad(&self) -> Vec<Line> {
        let told = self.report.bad.iter();
        told.map(|bad| line(bad.line, bad.column, bad.reason, &bad.found)).collect()
    }

    /// Rows that were used although something speaks against it.
    pub fn doubtful(&self) -> Vec<Line> {
        let rows = self.report.rows.iter();
        rows.flat_map(|row| {
            row.doubts
                .iter()
                .map(|doubt| line(row.line, Some(doubt.column), doubt.message_key, &doubt.found))
        })
        .collect()
    }

    /// What the reader of the file assumed or left aside.
    pub fn notes(&self) -> Vec<Text> {
        self.report.notes.iter().map(said).collect()
    }

    /// New, changed and unchanged rows.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |keep: fn(&Effect) -> bool| {
            self.report.rows.iter().filter(|row| keep(&row.effect)).count()
        };
        (
            count(|effect| *effect == Effect::Created),
            count(|effect| matches!(effect, Effect::Changed { .. })),
            count(|effect| *effect == Effect::Unchanged),
        )
    }
}

/// A message of the tables as words of a page.
fn said(message: &Message) -> Text {
    message.facts.iter().fold(Text::said(message.key), |text, (name, fact)| match fact {
        Fact::Number(number) => text.with(name, *number),
        Fact::Text(words) => text.with(name, words.as_str()),
    })
}

fn refused(error: &TableError) -> WebError {
    let status = match error {
        TableError::TooLarge { .. } | TableError::Inflates { .. } => Status::PayloadTooLarge,
        TableError::NotATable(_) => Status::UnsupportedMediaType,
        _ => Status::UnprocessableEntity,
    };
    WebError::new(status, "unfit_table").saying(said(&error.message()))
}

fn fault(field: &str, code: FaultCode) -> WebError {
    WebError::invalid(vec![FieldFault::new(field, code)])
}

/// Takes an uploaded table in.
///
/// # Errors
/// 413 for too large files, 415 for what is no table, 422 for tables without the needed columns; faults of rows are told, not raised.
pub async fn take(
    app: &App,
    actor: Actor,
    round: RoundId,
    form: Form<TableForm<'_>>,
) -> Result<Imported, WebError> {
    let form = form.into_inner();
    let file = form.file.ok_or_else(|| fault("file", FaultCode::Missing))?;
    let source = match form.source.map(str::trim).filter(|text| !text.is_empty()) {
        None => CommentSource::Mail,
        Some(key) => match CommentSource::from_key(key) {
            Ok(CommentSource::Page | CommentSource::Api) | Err(_) => {
                return Err(fault("source", FaultCode::NotAChoice));
            }
            Ok(source) => source,
        },
    };
    let today = deadline::day_of(app.now());
    let received_on = match form.received_on.map(str::trim).filter(|text| !text.is_empty()) {
        None => today,
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| fault("received_on", FaultCode::NotADay))?,
    };
    let raw = file.raw_name().map(|name| name.dangerous_unsafe_unsanitized_raw().as_str());
    let file_name = names::clean(raw.unwrap_or_default());
    let limit = app.settings.files.max_upload.bytes();
    if file.len() > limit {
        return Err(WebError::new(Status::PayloadTooLarge, "too_large"));
    }
    let mut bytes = Vec::new();
    let mut reader = file.open().await.map_err(|error| WebError::fault(&error))?;
    reader.read_to_end(&mut bytes).await.map_err(|error| WebError::fault(&error))?;
    let limits = Limits { rows: u64::from(app.settings.limits.export_rows), ..Limits::default() };
    let reading = tokio::task::spawn_blocking(move || read_as::<Opinions>(&bytes, &limits))
        .await
        .map_err(|error| WebError::fault(&error))?
        .map_err(|error| refused(&error))?;
    let command = ImportTable { round, source, received_on, file_name };
    let report = app.write(move |tx| import_table(tx, &actor, &reading, &command)).await?;
    Ok(Imported { report })
}
