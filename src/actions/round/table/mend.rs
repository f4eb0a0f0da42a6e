//! Decides of rows that wait: mended ones enter, others are thrown away with a reason.

use std::collections::BTreeMap;

use quanheng_db::comment_imports::{self, ImportLineRow, ImportRow};
use quanheng_domain::{
    comment::ImportRowState,
    ids::ImportId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use quanheng_tables::{
    Mapping, Row, Table,
    formats::{Format as _, Opinions, understand},
};
use serde_json::json;

use super::super::{case::Case, text};
use super::{case_for, run, take::file_name, told};
use crate::{ActionError, Tx, limits};

/// A row with its cells put right.
#[derive(Debug, Clone)]
pub struct MendRow {
    /// The table.
    pub import: ImportId,
    /// Line of the file.
    pub line: i64,
    /// The cells by the key of their column.
    pub cells: BTreeMap<String, String>,
    /// Whether a comment on a clause that the draft does not have is entered as on the whole text.
    pub as_whole: bool,
}

/// A row that shall not enter.
#[derive(Debug, Clone)]
pub struct ThrowRow {
    /// The table.
    pub import: ImportId,
    /// Line of the file.
    pub line: i64,
    /// Why; the sender reads it in the marked copy.
    pub reason: String,
}

fn waiting(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    import: ImportId,
    line: i64,
) -> Result<(Case, ImportRow, ImportLineRow), ActionError> {
    let row = comment_imports::find(tx.conn(), import)?.ok_or(ActionError::NotFound)?;
    let case = Case::of_round(tx, row.round_id)?;
    let case = case_for(tx, actor, case)?;
    let import = comment_imports::find(tx.conn(), import)?.ok_or(ActionError::NotFound)?;
    let line = comment_imports::line(tx.conn(), import.id, line)?.ok_or(ActionError::NotFound)?;
    if line.state != ImportRowState::Waiting {
        let refusal = Refusal::new(RefusalCode::CommentSettled).with("serial", line.line);
        return Err(refusal.into());
    }
    Ok((case, import, line))
}

/// Puts a row right; it enters if nothing is wrong with it any more, and waits on with what was typed if something is.
///
/// # Errors
/// `NotFound`, `Refused` to those who do not settle comments here and for rows that are decided already.
pub fn mend_row(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &MendRow,
) -> Result<ImportRowState, ActionError> {
    let (case, mut import, before) = waiting(tx, actor, command.import, command.line)?;
    import.as_whole = command.as_whole;
    let mut mapping = Mapping::default();
    for key in command.cells.keys() {
        mapping.say(key, key);
    }
    let row = Row {
        line: u64::try_from(command.line).unwrap_or_default(),
        cells: command.cells.values().cloned().collect(),
        faults: Vec::new(),
    };
    let headers = command.cells.keys().cloned().collect();
    let table = Table { headers, rows: vec![row], notes: Vec::new() };
    let (matched, _) = Opinions::COLUMNS.assign(&table, &mapping);
    let reading = understand::<Opinions>(&table, &matched);
    let outcome = run(tx, actor, &case, &import, (&table, &matched), reading)?;
    let came = outcome.lines.into_iter().find(|line| line.line == command.line);
    let Some(mut after) = came else {
        // Emptied altogether: nothing that could enter.
        let fault = FieldFault::new("comment", FaultCode::Missing);
        return Err(ActionError::Invalid(vec![fault]));
    };
    if after.state != ImportRowState::Waiting {
        after.decided_by = actor.person().map(|person| person.person);
        after.decided_at = Some(tx.now());
        after.cells = before.cells.clone();
        let facts = json!({
            "import": import.id, "line": command.line, "comment": after.comment_id,
            "state": after.state, "file": file_name(tx, &import)?,
        });
        case.record(tx, actor, "table_row_mended", "", facts)?;
    }
    comment_imports::save_line(tx.conn(), &after)?;
    let mut stored = comment_imports::find(tx.conn(), import.id)?.ok_or(ActionError::NotFound)?;
    told::when_done(tx, actor, &case, &mut stored)?;
    Ok(after.state)
}

/// Throws a row away; it stays in the marked copy with its reason.
///
/// # Errors
/// `NotFound`, `Refused` to others than the secretariat and for rows that are decided already, `Invalid` without a reason.
pub fn throw_row(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &ThrowRow,
) -> Result<(), ActionError> {
    let (case, mut import, mut line) = waiting(tx, actor, command.import, command.line)?;
    case.require(actor, &[Party::Secretariat])?;
    let mut faults = Vec::new();
    text::lines(&mut faults, "reason", &command.reason, true, limits::NOTE);
    text::refuse(faults)?;
    line.state = ImportRowState::Thrown;
    command.reason.trim().clone_into(&mut line.note);
    line.decided_by = actor.person().map(|person| person.person);
    line.decided_at = Some(tx.now());
    comment_imports::save_line(tx.conn(), &line)?;
    let facts = json!({
        "import": import.id, "line": command.line, "file": file_name(tx, &import)?,
    });
    case.record(tx, actor, "table_row_thrown", command.reason.trim(), facts)?;
    told::when_done(tx, actor, &case, &mut import)
}
