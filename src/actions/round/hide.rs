//! What the secretariat decides about a comment besides its answer: hiding abuse from the public, admitting a late one.

use quanheng_db::comments;
use quanheng_domain::{
    ids::CommentId,
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{case::Case, text};
use crate::{ActionError, Tx, limits};

/// Hides a comment from the public, or shows it again.
#[derive(Debug, Clone)]
pub struct Hide {
    /// The comment.
    pub comment: CommentId,
    /// True hides it, false shows it again.
    pub hidden: bool,
    /// Why; required to hide.
    pub reason: String,
}

/// Hides a comment with a stated reason or shows it again; it keeps its number and must be answered all the same (edge case 18).
///
/// # Errors
/// `Refused` to others than the secretariat and the officers; `Invalid` without a reason.
pub fn hide(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Hide) -> Result<(), ActionError> {
    let (case, mut row) = Case::of_comment(tx, command.comment)?;
    case.require(actor, &[Party::Secretariat, Party::Officer])?;
    let mut faults = Vec::new();
    text::lines(&mut faults, "reason", &command.reason, command.hidden, limits::NOTE);
    text::refuse(faults)?;
    let reason = if command.hidden { command.reason.trim() } else { "" };
    if row.hidden_reason == reason {
        return Ok(());
    }
    reason.clone_into(&mut row.hidden_reason);
    if !comments::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let kind = if command.hidden { "comment_hidden" } else { "comment_shown" };
    let facts = json!({ "comment": row.id, "serial": row.serial });
    case.record(tx, actor, kind, command.reason.trim(), facts)?;
    Ok(())
}

/// Admits a late comment.
#[derive(Debug, Clone)]
pub struct Admit {
    /// The comment.
    pub comment: CommentId,
    /// Why, such as safety.
    pub reason: String,
}

/// Admits a late comment, so that it counts and must be settled like the others (edge case 15); the ledger keeps that it was late.
///
/// # Errors
/// `Refused` to others than the secretariat, and once the answers are published; `Invalid` without a reason.
pub fn admit(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Admit) -> Result<(), ActionError> {
    let (case, mut row) = Case::of_comment(tx, command.comment)?;
    case.require(actor, &[Party::Secretariat])?;
    let mut faults = Vec::new();
    text::lines(&mut faults, "reason", &command.reason, true, limits::NOTE);
    text::refuse(faults)?;
    if row.published_at.is_some() {
        return Err(Refusal::new(RefusalCode::CommentSettled).with("serial", row.serial).into());
    }
    case.must_not_have_ended()?;
    if !row.late {
        return Ok(());
    }
    row.late = false;
    if !comments::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({ "comment": row.id, "serial": row.serial, "received_at": row.received_at });
    case.record(tx, actor, "comment_admitted", command.reason.trim(), facts)?;
    Ok(())
}
