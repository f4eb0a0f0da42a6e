//! What the clock does: each deadline that falls due is acted on once, in its own transaction, after the rule was looked at again.

mod ballot;
mod committee;
mod project;
mod specification;

pub use specification::{
    about as about_edition, facts as edition_facts, needs_training, open_case, profile_of,
    start_case,
};

use chrono::{DateTime, Utc};
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_domain::{event::ObjectKind, ids::DeadlineId};

use crate::{ActionError, Tx};

/// Deadlines that are due, oldest first; each is then given to [`act`].
pub fn due(
    conn: &mut quanheng_db::AnyConn,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<DeadlineId>, ActionError> {
    Ok(deadlines::due(conn, now, limit)?.into_iter().map(|row| row.id).collect())
}

/// What became of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acted {
    /// Somebody else had done it.
    Already,
    /// Done, with a word for the list.
    Done(&'static str),
}

/// Acts on one deadline. Safe to call twice: the first to mark it done wins.
///
/// # Errors
/// Any error leaves the deadline open for the next round of the clock.
pub fn act(tx: &mut Tx<'_, '_>, id: DeadlineId) -> Result<Acted, ActionError> {
    let Some(row) = deadlines::find(tx.conn(), id)? else { return Ok(Acted::Already) };
    let now = tx.now();
    if row.done_at.is_some() || row.due_at > now {
        return Ok(Acted::Already);
    }
    // The order in which every verb takes them: first the object, then its rows.
    tx.lock(row.object_id)?;
    // Marked first, so that a move which closes its own deadline finds it done and two clocks cannot both act.
    if !deadlines::finish(tx.conn(), id, now, "acting")? {
        return Ok(Acted::Already);
    }
    let word = if comes_late(tx, &row)? { "too late to remind" } else { by_kind(tx, &row)? };
    deadlines::name_outcome(tx.conn(), id, word)?;
    Ok(Acted::Done(word))
}

/// After a stop the clock comes to a reminder when what it reminds of is over, or when a later one is due as well: it says nothing.
fn comes_late(tx: &mut Tx<'_, '_>, row: &DeadlineRow) -> Result<bool, ActionError> {
    let Some(of) = row.kind.reminds_of() else { return Ok(false) };
    let now = tx.now();
    let open = deadlines::open_of(tx.conn(), row.object_id)?;
    let mut due = open.iter().filter(|one| one.ballot_id == row.ballot_id && one.due_at <= now);
    Ok(due.any(|one| one.kind == of || one.kind.reminds_of() == Some(of)))
}

fn by_kind(tx: &mut Tx<'_, '_>, row: &DeadlineRow) -> Result<&'static str, ActionError> {
    if let Some(id) = row.ballot_id {
        return ballot::act(tx, row, id);
    }
    match row.object_kind {
        ObjectKind::Project => project::act(tx, row),
        ObjectKind::Specification => specification::act(tx, row),
        ObjectKind::Committee | ObjectKind::Report => committee::act(tx, row),
        _ => Ok("nothing to do"),
    }
}
