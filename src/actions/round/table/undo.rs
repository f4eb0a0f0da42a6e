//! Takes a table back that should not have come in: what of it nobody has treated goes, what somebody treated stays.

use std::collections::{BTreeMap, BTreeSet};

use quanheng_db::{
    comment_imports, comments,
    rounds::{self, CommentRow, RecipientRow},
};
use quanheng_domain::{
    comment::{ImportRowState, ImportState, RecipientAnswer},
    ids::{CommentId, ImportId, PersonId},
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
    import.progress = None;
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
    let lines = comment_imports::lines(tx.conn(), import)?;
    let entered = lines.iter().filter(|line| line.state == ImportRowState::Entered);
    let ids: Vec<CommentId> = entered.filter_map(|line| line.comment_id).collect();
    let mut untreated = untreated(tx, &ids)?;
    let leaving: Vec<CommentId> = untreated.keys().copied().collect();
    comments::delete(tx.conn(), &leaving)?;
    let (mut gone, mut kept, mut left_out) = (Vec::new(), 0, Vec::new());
    for mut line in lines {
        if line.state == ImportRowState::Entered {
            let Some(comment) = line.comment_id.and_then(|id| untreated.remove(&id)) else {
                kept += 1;
                continue;
            };
            // Who looks at the table later still sees what stood in its rows.
            line.cells = json!({ "clause": comment.clause, "comment": comment.body });
            gone.push(comment);
        } else if line.state != ImportRowState::Waiting {
            continue;
        }
        line.state = ImportRowState::Thrown;
        line.comment_id = None;
        reason.clone_into(&mut line.note);
        line.decided_by = actor.person().map(|person| person.person);
        line.decided_at = Some(tx.now());
        left_out.push(line);
    }
    comment_imports::save_lines(tx.conn(), &left_out)?;
    Ok((gone, kept))
}

/// Those of these comments that are as they came: not ruled, not changed, without notes and without others merged into them.
fn untreated(
    tx: &mut Tx<'_, '_>,
    ids: &[CommentId],
) -> Result<BTreeMap<CommentId, CommentRow>, ActionError> {
    let leaned_on = comments::leaned_on(tx.conn(), ids)?;
    let as_it_came = |row: &CommentRow| {
        row.version == 1 && row.disposition.is_none() && row.published_at.is_none()
    };
    let rows = comments::by_ids(tx.conn(), ids)?.into_iter();
    let untreated = rows.filter(|row| as_it_came(row) && !leaned_on.contains(&row.id));
    Ok(untreated.map(|row| (row.id, row)).collect())
}

/// Who answered with nothing but comments that are gone has not answered.
fn asked_again(tx: &mut Tx<'_, '_>, case: &Case, gone: &[CommentRow]) -> Result<(), ActionError> {
    let instants: BTreeSet<_> = gone.iter().filter_map(|row| row.confirmed_at).collect();
    let left = rounds::confirmed_comments(tx.conn(), case.round.id)?;
    let (gone, left) = (Senders::of(gone), Senders::of(&left));
    for mut line in rounds::recipients_of(tx.conn(), case.round.id)? {
        let by_them = line.answer == Some(RecipientAnswer::Comments)
            && line.answered_at.is_some_and(|at| instants.contains(&at));
        if by_them && gone.have(&line) && !left.have(&line) {
            line.answer = None;
            line.answered_at = None;
            rounds::save_recipient(tx.conn(), &line)?;
        }
    }
    Ok(())
}

/// From whom comments came.
struct Senders {
    people: BTreeSet<PersonId>,
    /// Units and names, folded.
    names: BTreeSet<String>,
}

impl Senders {
    fn of(rows: &[CommentRow]) -> Self {
        let units: BTreeSet<&String> =
            rows.iter().flat_map(|row| [&row.author_unit, &row.author_name]).collect();
        Self {
            people: rows.iter().filter_map(|row| row.person_id).collect(),
            names: units.into_iter().map(|name| fold(name)).collect(),
        }
    }

    /// Whether who was asked is among them.
    fn have(&self, line: &RecipientRow) -> bool {
        line.person_id.is_some_and(|person| self.people.contains(&person))
            || self.names.contains(&fold(&line.name))
    }
}
