//! Takes a table back that should not have come in: what of it nobody has treated goes, what somebody treated stays.

use std::collections::BTreeSet;

use quanheng_db::{
    comment_care, comment_imports, comment_imports::ImportLineRow, comments, rounds,
    rounds::CommentRow,
};
use quanheng_domain::{
    comment::{ImportRowState, ImportState, RecipientAnswer},
    ids::ImportId,
    people::{Actor, Party},
};
use serde_json::json;

use super::super::{case::Case, text};
use super::{case_for, take::file_name};
use crate::{ActionError, Tx, limits, names::fold};

/// A table that is taken back.
#[derive(Debug, Clone)]
pub struct UndoTable {
    /// The table.
    pub import: ImportId,
    /// Why.
    pub reason: String,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// What became of the comments of a table that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// Comments that are gone.
    pub gone: usize,
    /// Comments that stay because somebody treated them.
    pub kept: usize,
}

/// Takes a table back: comments that it entered and nobody treated go, rows that wait are left out, who was asked is asked again. Rulings
/// that it gave stay. The file stays among the documents, and the ledger tells which numbers went; the same file can come in anew.
///
/// # Errors
/// `NotFound`; `Refused` to others than the secretariat and once the answers are public; `Invalid` without a reason; `Conflict` when it changed since it was seen.
pub fn undo_table(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &UndoTable,
) -> Result<Undone, ActionError> {
    let row = comment_imports::find(tx.conn(), command.import)?.ok_or(ActionError::NotFound)?;
    let case = Case::of_round(tx, row.round_id)?;
    let case = case_for(tx, actor, case)?;
    case.require(actor, &[Party::Secretariat])?;
    case.must_not_have_ended()?;
    let mut faults = Vec::new();
    text::lines(&mut faults, "reason", &command.reason, true, limits::NOTE);
    text::refuse(faults)?;
    let mut import =
        comment_imports::find(tx.conn(), command.import)?.ok_or(ActionError::NotFound)?;
    if command.if_version.is_some_and(|seen| seen != import.version) {
        return Err(ActionError::Conflict);
    }
    // A second press says the same as the first.
    if import.state == ImportState::Undone {
        return Ok(Undone { gone: 0, kept: 0 });
    }
    let (gone, kept) = leave_out(tx, actor, import.id, command.reason.trim())?;
    asked_again(tx, &case, &gone)?;
    import.state = ImportState::Undone;
    // The sender's copy tells what is no longer so.
    import.token_hash = None;
    if !comment_imports::save(tx.conn(), &mut import)? {
        return Err(ActionError::Conflict);
    }
    let serials: Vec<i32> = gone.iter().map(|row| row.serial).collect();
    let facts = json!({
        "round": case.round.id, "import": import.id, "file": file_name(tx, &import)?,
        "serials": serials, "kept": kept,
    });
    case.record(tx, actor, "table_undone", command.reason.trim(), facts)?;
    Ok(Undone { gone: gone.len(), kept })
}

/// Leaves out what waits and what nobody treated; gives the comments that went, and how many stay.
fn leave_out(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    import: ImportId,
    reason: &str,
) -> Result<(Vec<CommentRow>, usize), ActionError> {
    let (mut gone, mut kept) = (Vec::new(), 0);
    for mut line in comment_imports::lines(tx.conn(), import)? {
        let waited = line.state == ImportRowState::Waiting;
        if line.state == ImportRowState::Entered {
            match untreated(tx, &line)? {
                Some(comment) => {
                    comments::delete(tx.conn(), comment.id)?;
                    // Who looks at the table later still sees what stood in its rows.
                    line.cells = json!({ "clause": comment.clause, "comment": comment.body });
                    gone.push(comment);
                }
                None => {
                    kept += 1;
                    continue;
                }
            }
        } else if !waited {
            continue;
        }
        line.state = ImportRowState::Thrown;
        line.comment_id = None;
        reason.clone_into(&mut line.note);
        line.decided_by = actor.person().map(|person| person.person);
        line.decided_at = Some(tx.now());
        comment_imports::save_line(tx.conn(), &line)?;
    }
    Ok((gone, kept))
}

/// The comment that a row entered, if it is as it came: not ruled, not changed, without notes and without others merged into it.
fn untreated(tx: &mut Tx<'_, '_>, line: &ImportLineRow) -> Result<Option<CommentRow>, ActionError> {
    let Some(id) = line.comment_id else { return Ok(None) };
    let Some(row) = comments::find(tx.conn(), id)? else { return Ok(None) };
    let as_it_came = row.version == 1 && row.disposition.is_none() && row.published_at.is_none();
    let alone = comments::merged_into(tx.conn(), id)?.is_empty()
        && comment_care::notes_of(tx.conn(), id)?.is_empty();
    Ok((as_it_came && alone).then_some(row))
}

/// Who answered with nothing but comments that are gone has not answered.
fn asked_again(tx: &mut Tx<'_, '_>, case: &Case, gone: &[CommentRow]) -> Result<(), ActionError> {
    let instants: BTreeSet<_> = gone.iter().filter_map(|row| row.confirmed_at).collect();
    let left = rounds::confirmed_comments(tx.conn(), case.round.id)?;
    for mut line in rounds::recipients_of(tx.conn(), case.round.id)? {
        let by_them = line.answer == Some(RecipientAnswer::Comments)
            && line.answered_at.is_some_and(|at| instants.contains(&at));
        let name = fold(&line.name);
        let theirs = |row: &CommentRow| {
            (line.person_id.is_some() && row.person_id == line.person_id)
                || fold(&row.author_unit) == name
                || fold(&row.author_name) == name
        };
        if by_them && gone.iter().any(theirs) && !left.iter().any(theirs) {
            line.answer = None;
            line.answered_at = None;
            rounds::save_recipient(tx.conn(), &line)?;
        }
    }
    Ok(())
}
