//! An uploaded table of comments: its form, what became of it in words, for the desk and for the API.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use quanheng_actions::ActionError;
use quanheng_actions::document::Upload;
use quanheng_actions::register::import::{Effect, ImportReport};
use quanheng_actions::round::table::{columns_of, said_of};
use quanheng_actions::round::{
    Progress, Steps, TakeTable, TakenTable, enter_next, may_take, take_table,
};
use quanheng_db::comment_imports::{self, ImportRow};
use quanheng_db::documents;
use quanheng_domain::comment::{CommentSource, ImportState};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::{ImportId, RoundId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, deadline};
use quanheng_store::{Hash, names};
use quanheng_tables::formats::{Format as _, Opinions};
use quanheng_tables::{
    Fact, Limits, Mapping, Message, Table, TableError, column_message_key, read_with,
};
use rocket::FromForm;
use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::http::Status;

use crate::app::App;
use crate::error::WebError;
use crate::pages::projects::take_file;
use crate::views::Text;

/// How long a sender waits for a long table.
const PATIENCE: Duration = Duration::from_secs(8);
/// A table of which no portion was written for so long is entered by nobody any more.
const STOPPED: TimeDelta = TimeDelta::minutes(1);

/// The form with tables; how and when their comments came, where a table itself does not say.
#[derive(FromForm)]
pub struct TableForm<'r> {
    file: Vec<TempFile<'r>>,
    source: Option<&'r str>,
    received_on: Option<&'r str>,
    sender: Option<&'r str>,
    address: Option<&'r str>,
    unknown_clause: Option<&'r str>,
    columns: Option<&'r str>,
}

/// What holds for every table of a form.
#[derive(Debug, Clone)]
struct Terms {
    source: CommentSource,
    received_on: NaiveDate,
    sender: String,
    address: String,
    as_whole: bool,
    columns: Mapping,
}

/// What became of one file of several.
pub struct Handed {
    /// Its cleaned name.
    pub name: String,
    /// The table, or why it is none.
    pub result: Result<TakenTable, WebError>,
}

/// What became of a table, ready to be said.
pub struct Imported {
    /// Row by row.
    pub report: ImportReport,
    /// The table, for looking at it again.
    pub import: ImportId,
    /// Rows that wait for somebody to decide.
    pub waiting: i64,
    /// Whether rows of it are still being entered; the report then tells of none.
    pub entering: bool,
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

/// Why a file is no table that can be read.
pub(crate) fn refused(error: &TableError) -> WebError {
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

fn terms(form: &TableForm<'_>, today: NaiveDate) -> Result<Terms, WebError> {
    let filled =
        |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let source = match filled(form.source) {
        None => CommentSource::Mail,
        Some(key) => match CommentSource::from_key(&key) {
            Ok(CommentSource::Page | CommentSource::Api) | Err(_) => {
                return Err(fault("source", FaultCode::NotAChoice));
            }
            Ok(source) => source,
        },
    };
    let received_on = match filled(form.received_on) {
        None => today,
        Some(text) => NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .map_err(|_| fault("received_on", FaultCode::NotADay))?,
    };
    let columns = match filled(form.columns) {
        None => Mapping::default(),
        Some(json) => rocket::serde::json::from_str(&json)
            .map_err(|_| fault("columns", FaultCode::NotAChoice))?,
    };
    Ok(Terms {
        source,
        received_on,
        sender: filled(form.sender).unwrap_or_default(),
        address: filled(form.address).unwrap_or_default(),
        as_whole: form.unknown_clause.is_some_and(|choice| choice == "whole"),
        columns,
    })
}

/// Takes the one table of a form in, as programs do: what is not understood is left aside and told.
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
    let terms = terms(&form, deadline::day_of(app.now()))?;
    let [file] = form.file.as_slice() else { return Err(fault("file", FaultCode::Missing)) };
    let taken = take_one(app, &actor, round, &terms, file, false).await?;
    let id = taken.import;
    let waiting = app.read(move |conn| Ok(comment_imports::waiting_of(conn, id)?)).await?;
    let entering = taken.report.is_none();
    Ok(Imported { report: taken.report.unwrap_or_default(), import: id, waiting, entering })
}

/// Takes the tables of a form in, each by itself: a bad one never blocks another.
///
/// # Errors
/// What concerns the form as a whole: no file, faults of its fields, somebody who may not.
pub async fn take_all(
    app: &App,
    actor: Actor,
    round: RoundId,
    form: Form<TableForm<'_>>,
) -> Result<Vec<Handed>, WebError> {
    let form = form.into_inner();
    let terms = terms(&form, deadline::day_of(app.now()))?;
    let filled: Vec<&TempFile<'_>> = form.file.iter().filter(|file| file.len() > 0).collect();
    if filled.is_empty() {
        return Err(fault("file", FaultCode::Missing));
    }
    let reader = actor.clone();
    app.read(move |conn| may_take(conn, round, &reader)).await?;
    let mut handed = Vec::new();
    for file in filled {
        let raw = file.raw_name().map(|name| name.dangerous_unsafe_unsanitized_raw().as_str());
        let name = names::clean(raw.unwrap_or_default());
        let result = take_one(app, &actor, round, &terms, file, true).await;
        handed.push(Handed { name, result });
    }
    Ok(handed)
}

async fn take_one(
    app: &App,
    actor: &Actor,
    round: RoundId,
    terms: &Terms,
    file: &TempFile<'_>,
    ask: bool,
) -> Result<TakenTable, WebError> {
    let reader = actor.clone();
    // Bytes are kept only for those who may enter them.
    let project = app.read(move |conn| may_take(conn, round, &reader)).await?;
    let taken = take_file(app, file).await?;
    let (sender, address) = (terms.sender.clone(), terms.address.clone());
    let mut mapping = app.read(move |conn| said_of(conn, round, &sender, &address)).await?;
    mapping.extend(&terms.columns);
    let table = read_table(app, &taken.hash, &mapping).await?;
    if !ask {
        let (matched, _) = Opinions::COLUMNS.assign(&table, &mapping);
        let missing = Opinions::COLUMNS.missing(&matched);
        if !missing.is_empty() {
            return Err(refused(&TableError::MissingColumns { missing, found: table.headers }));
        }
    }
    let command = TakeTable {
        round,
        source: terms.source,
        received_on: terms.received_on,
        sender: terms.sender.clone(),
        address: terms.address.clone(),
        as_whole: terms.as_whole,
        columns: terms.columns.clone(),
        ask,
        file: Upload {
            project,
            kind: DocumentKind::Other,
            title: String::new(),
            file_name: taken.name,
            media_type: taken.media_type,
            size: taken.size,
            sha256: taken.hash,
            note: String::new(),
        },
    };
    let actor = actor.clone();
    let taken = app.write(move |tx| take_table(tx, &actor, &command, &table)).await?;
    enter_rest(app, taken).await
}

/// Enters what is left of a long table as long as its sender waits; then it goes on without the sender.
///
/// # Errors
/// What stops a portion.
pub async fn enter_rest(app: &App, taken: TakenTable) -> Result<TakenTable, WebError> {
    if taken.report.is_some() {
        return Ok(taken);
    }
    let (own, id) = (app.clone(), taken.import);
    let work = tokio::spawn(async move { carry_on(&own, id).await });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => {
            let report = done.map_err(|_| WebError::busy())??;
            Ok(TakenTable { report, ..taken })
        }
        Err(_) => Ok(taken),
    }
}

/// Enters what is left of a table, portion by portion; nothing if there is nothing to enter.
async fn carry_on(app: &App, id: ImportId) -> Result<Option<ImportReport>, WebError> {
    let found = app.read(move |conn| {
        let import = comment_imports::find(conn, id)?;
        let Some(import) = import.filter(|one| one.state == ImportState::Entering) else {
            return Ok(None);
        };
        let file = documents::get(conn, import.document_id)?.ok_or(ActionError::NotFound)?;
        Ok(Some((columns_of(&import)?, file.sha256)))
    });
    let Some((said, sha256)) = found.await? else { return Ok(None) };
    let table = read_table(app, &sha256, &said).await?;
    let steps = tokio::task::spawn_blocking(move || Steps::of(Cow::Owned(table), &said)).await;
    let steps = Arc::new(steps.map_err(|error| WebError::fault(&error))?);
    let mut report = ImportReport { notes: steps.notes.clone(), ..ImportReport::default() };
    loop {
        let steps = Arc::clone(&steps);
        let Some(part) = app.write(move |tx| enter_next(tx, id, &steps)).await? else {
            return Ok(Some(report));
        };
        report.rows.extend(part.rows);
        report.bad.extend(part.bad);
    }
}

/// Goes on with tables that nobody enters any more: whoever did was stopped.
///
/// # Errors
/// Only when the list cannot be read; a table that cannot go on is noted and keeps no other waiting.
pub async fn carry_on_all(app: &App) -> Result<(), ActionError> {
    let now = app.now();
    let left = |import: &ImportRow| {
        Progress::of(import).is_some_and(|at| now.signed_duration_since(at.at) > STOPPED)
    };
    for import in app.read(|conn| Ok(comment_imports::entering(conn)?)).await? {
        if left(&import)
            && let Err(error) = carry_on(app, import.id).await
        {
            tracing::warn!(import = %import.id, error = %error.kind, "a table could not go on");
        }
    }
    Ok(())
}

/// Reads a table that lies in the store.
///
/// # Errors
/// As [`refused`], and trouble of the store.
pub async fn read_table(app: &App, sha256: &str, mapping: &Mapping) -> Result<Table, WebError> {
    let hash: Hash =
        sha256.parse().map_err(|_| WebError::of_status(Status::InternalServerError))?;
    let bytes = app.store.read(hash, app.settings.files.max_upload.bytes()).await?;
    let limits = Limits { rows: u64::from(app.settings.limits.export_rows), ..Limits::default() };
    let mapping = mapping.clone();
    tokio::task::spawn_blocking(move || {
        read_with(&bytes, Some(&Opinions::COLUMNS), &mapping, &limits)
    })
    .await
    .map_err(|error| WebError::fault(&error))?
    .map_err(|error| refused(&error))
}
