//! Hands a table in: its columns are found or asked for, then its rows enter.

use std::borrow::Cow;

use chrono::NaiveDate;
use quanheng_db::{
    comment_imports::{self, ImportRow},
    conn::AnyConn,
};
use quanheng_domain::{
    comment::{CommentSource, ImportState},
    ids::{DocumentId, ImportId, ProjectId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use quanheng_tables::{
    Mapping, Matched, Note, Table,
    formats::{Format as _, Opinions},
};
use serde_json::json;

use super::super::{
    case::{Case, not_yours},
    text,
};
use super::{case_for, habit, portion, portion::Steps};
use crate::{
    ActionError, Tx,
    document::{self, Upload, may_know},
    limits, names,
    register::import::ImportReport,
};

/// A table for a round.
#[derive(Debug, Clone)]
pub struct TakeTable {
    /// The round.
    pub round: RoundId,
    /// How comments came that the table does not say it of: letter, mail or meeting.
    pub source: CommentSource,
    /// When they came, where the table does not say it.
    pub received_on: NaiveDate,
    /// Unit or person that sent it; may be empty.
    pub sender: String,
    /// Mail address of the sender, to whom the marked copy goes; may be empty.
    pub address: String,
    /// Whether comments on clauses that the draft does not have are entered as on the whole text.
    pub as_whole: bool,
    /// What the headings mean, as far as somebody said it.
    pub columns: Mapping,
    /// Whether to ask a person before a filled column is left aside.
    pub ask: bool,
    /// The file, already in the store.
    pub file: Upload,
}

/// What became of a table that was handed in.
#[derive(Debug, Clone)]
pub struct TakenTable {
    /// The table.
    pub import: ImportId,
    /// What became of its rows; nothing while its columns are to be said, and while a long table is being entered.
    pub report: Option<ImportReport>,
}

/// The project of a round, for somebody who may hand in tables for it; asked before a file is kept.
///
/// # Errors
/// `NotFound` for rounds one may not know of, `Refused` to those who do not settle comments here.
pub fn may_take(
    conn: &mut AnyConn,
    round: RoundId,
    actor: &Actor,
) -> Result<ProjectId, ActionError> {
    let case = Case::read(conn, round)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    Ok(case.project.id)
}

/// Takes a table in. The same file again is the same table: what somebody decided of its rows stays.
///
/// # Errors
/// As [`may_take`], and `Invalid` for sender and address; faults of rows are told, not raised.
pub fn take_table(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &TakeTable,
    table: &Table,
) -> Result<TakenTable, ActionError> {
    let case = Case::of_round(tx, command.round)?;
    let case = case_for(tx, actor, case)?;
    let mut faults = Vec::new();
    text::line(&mut faults, "sender", &command.sender, false, limits::TITLE);
    if !command.address.trim().is_empty() && names::email_key(&command.address).is_none() {
        faults.push(FieldFault::new("address", FaultCode::BadCharacters));
    }
    text::refuse(faults)?;
    let document = document::upload(tx, actor, &command.file)?.id;
    let known = comment_imports::of_document(tx.conn(), case.round.id, document)?;
    let new = known.is_none();
    let mut import = match known {
        // What was taken back comes in anew.
        Some(known) if known.state == ImportState::Undone => {
            comment_imports::delete_lines(tx.conn(), known.id)?;
            ImportRow { state: ImportState::Columns, created_at: tx.now(), ..known }
        }
        // A long table that is being entered goes on, on behalf of who hands it in again.
        Some(known) if known.state == ImportState::Entering => {
            portion::take_over(tx, actor, known.clone())?;
            return Ok(TakenTable { import: known.id, report: None });
        }
        Some(known) => known,
        None => begun(tx, actor, command, (case.round.id, document), table),
    };
    // The same file again under other terms enters under these.
    import.source = command.source;
    import.received_on = command.received_on;
    import.as_whole = command.as_whole;
    let mut said = habit::said_of(tx.conn(), case.round.id, &import.sender, &import.address)?;
    said.extend(&habit::columns_of(&import)?);
    said.extend(&command.columns);
    import.meanings = serde_json::to_value(&said).map_err(ActionError::unwritable)?;
    let (matched, notes) = Opinions::COLUMNS.assign(table, &said);
    if new {
        comment_imports::insert(tx.conn(), &import)?;
    }
    habit::remember(tx, &case, &import, &command.columns)?;
    if must_ask(command.ask, table, &matched, &notes, &said) {
        if !new && !comment_imports::save(tx.conn(), &mut import)? {
            return Err(ActionError::Conflict);
        }
        return Ok(TakenTable { import: import.id, report: None });
    }
    let steps = Steps::of(Cow::Borrowed(table), &said);
    Ok(TakenTable { import: import.id, report: portion::begin(tx, actor, &case, import, &steps)? })
}

/// A table that has just come in: nothing of it is entered yet.
fn begun(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &TakeTable,
    (round, document): (RoundId, DocumentId),
    table: &Table,
) -> ImportRow {
    ImportRow {
        id: tx.id(),
        version: 1,
        round_id: round,
        document_id: document,
        state: ImportState::Columns,
        sender: command.sender.trim().to_owned(),
        address: command.address.trim().to_owned(),
        source: command.source,
        received_on: command.received_on,
        as_whole: command.as_whole,
        headings: json!(table.headers),
        meanings: json!(Mapping::default()),
        notes: json!([]),
        token_hash: None,
        told_at: None,
        created_by: actor.person().map(|person| person.person),
        created_at: tx.now(),
        progress: None,
    }
}

/// Whether a person must say what the columns are: a needed one is not found, or a filled one would be left aside unasked.
fn must_ask(ask: bool, table: &Table, matched: &Matched, notes: &[Note], said: &Mapping) -> bool {
    let unasked = |note: &Note| match note {
        Note::UnknownColumn { header } => said.of(header).is_none() && is_filled(table, header),
        _ => false,
    };
    !Opinions::COLUMNS.missing(matched).is_empty() || (ask && notes.iter().any(unasked))
}

fn is_filled(table: &Table, header: &str) -> bool {
    let place = table.headers.iter().position(|own| own == header);
    place.is_some_and(|place| table.rows.iter().any(|row| !row.cell(place).trim().is_empty()))
}

/// Name of the file of a table.
pub(super) fn file_name(tx: &mut Tx<'_, '_>, import: &ImportRow) -> Result<String, ActionError> {
    let document = quanheng_db::documents::get(tx.conn(), import.document_id)?;
    Ok(document.map(|document| document.file_name).unwrap_or_default())
}

/// What the headings of a table mean.
#[derive(Debug, Clone)]
pub struct MapColumns {
    /// The table.
    pub import: ImportId,
    /// What each heading means.
    pub columns: Mapping,
    /// Whether comments on clauses that the draft does not have are entered as on the whole text.
    pub as_whole: bool,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// Says what the headings of a table mean; its rows enter, and the next table of the same sender is read alike.
///
/// # Errors
/// As [`take_table`]; `Invalid` where a needed column is still missing or one is said twice; `Conflict` when it changed since it was seen.
pub fn map_columns(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &MapColumns,
    table: &Table,
) -> Result<TakenTable, ActionError> {
    let row = comment_imports::find(tx.conn(), command.import)?.ok_or(ActionError::NotFound)?;
    let case = Case::of_round(tx, row.round_id)?;
    let case = case_for(tx, actor, case)?;
    let mut import =
        comment_imports::find(tx.conn(), command.import)?.ok_or(ActionError::NotFound)?;
    let entering = import.state == ImportState::Entering;
    if entering || command.if_version.is_some_and(|seen| seen != import.version) {
        return Err(ActionError::Conflict);
    }
    let (matched, notes) = Opinions::COLUMNS.assign(table, &command.columns);
    let mut faults: Vec<FieldFault> = Opinions::COLUMNS
        .missing(&matched)
        .into_iter()
        .map(|key| FieldFault::new(format!("columns.{key}"), FaultCode::Missing))
        .collect();
    let twice = notes.iter().any(|note| matches!(note, Note::HeaderTwice { .. }));
    if twice {
        faults.push(FieldFault::new("columns.twice", FaultCode::NotAChoice));
    }
    text::refuse(faults)?;
    import.meanings = serde_json::to_value(&command.columns).map_err(ActionError::unwritable)?;
    import.as_whole = command.as_whole;
    habit::remember(tx, &case, &import, &command.columns)?;
    let steps = Steps::of(Cow::Borrowed(table), &command.columns);
    Ok(TakenTable { import: import.id, report: portion::begin(tx, actor, &case, import, &steps)? })
}
