//! What commenters may do with their own comments: read, change while the round runs, withdraw until the answers are public.

use quanheng_db::{comments, conn::AnyConn, rounds::CommentRow};
use quanheng_domain::{
    comment::Disposition,
    ids::CommentId,
    people::Actor,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    case::Case,
    text::{self, Remark},
};
use crate::{ActionError, Tx, names};

/// The confirmed and unconfirmed comments of a private link.
pub fn by_link(conn: &mut AnyConn, token: &str) -> Result<Vec<CommentRow>, ActionError> {
    Ok(comments::by_link(conn, &names::secret_hash(token.trim()))?)
}

/// A change of one's own comment.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The comment.
    pub comment: CommentId,
    /// The private link, for those without an account.
    pub link: Option<String>,
    /// The new text.
    pub remark: Remark,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// Changes one's own comment while the round runs and nobody has settled it; the former text stays in the ledger.
///
/// # Errors
/// `NotFound` for others' comments; `Refused` when the round is over or the comment is settled; `Invalid`; `Conflict`.
pub fn edit(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Edit) -> Result<i64, ActionError> {
    let (case, mut row) = own(tx, actor, command.comment, command.link.as_deref())?;
    case.must_run(tx)?;
    let mut faults = Vec::new();
    command.remark.faults("", &mut faults);
    text::refuse(faults)?;
    if row.disposition.is_some_and(Disposition::is_settled) || row.published_at.is_some() {
        return Err(Refusal::new(RefusalCode::CommentSettled).into());
    }
    if command.if_version.is_some_and(|seen| seen != row.version) {
        return Err(ActionError::Conflict);
    }
    let before = Remark {
        clause: row.clause.clone(),
        kind: row.kind,
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        reason: row.reason.clone(),
    };
    row.clause = command.remark.clause.trim().to_owned();
    row.kind = command.remark.kind;
    row.body = command.remark.body.trim().to_owned();
    row.proposal = command.remark.proposal.trim().to_owned();
    row.reason = command.remark.reason.trim().to_owned();
    if !comments::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({ "comment": row.id, "serial": row.serial, "before": before });
    case.record(tx, actor, "comment_edited", "", facts)?;
    Ok(row.version)
}

/// A withdrawal of one's own comment.
#[derive(Debug, Clone)]
pub struct Withdraw {
    /// The comment.
    pub comment: CommentId,
    /// The private link, for those without an account.
    pub link: Option<String>,
    /// Whether name, unit and address are to be deleted as well (edge case 19).
    pub forget_me: bool,
}

/// Withdraws one's own comment (X); the text stays for the audit.
///
/// # Errors
/// `NotFound` for others' comments; `Refused` once its answer is public.
pub fn withdraw(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Withdraw) -> Result<(), ActionError> {
    let (case, mut row) = own(tx, actor, command.comment, command.link.as_deref())?;
    if row.disposition == Some(Disposition::Withdrawn) {
        return Ok(());
    }
    if row.published_at.is_some() {
        return Err(Refusal::new(RefusalCode::CommentSettled).into());
    }
    let now = tx.now();
    row.disposition = Some(Disposition::Withdrawn);
    row.disposed_at = Some(now);
    row.disposed_by = None;
    row.duplicate_of = None;
    if command.forget_me {
        row.author_name.clear();
        row.author_unit.clear();
        row.author_contact.clear();
        row.publish_name = false;
    }
    if !comments::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    // What was merged into it has lost its answer and must be looked at again.
    let mut reopened = Vec::new();
    for mut merged in comments::merged_into(tx.conn(), row.id)? {
        merged.disposition = Some(Disposition::Pending);
        merged.duplicate_of = None;
        if !comments::save(tx.conn(), &mut merged)? {
            return Err(ActionError::Conflict);
        }
        reopened.push(merged.serial);
    }
    let facts = json!({
        "comment": row.id, "serial": row.serial, "forgotten": command.forget_me, "reopened": reopened,
    });
    case.record(tx, actor, "comment_withdrawn", "", facts)?;
    Ok(())
}

// Others' comments do not exist for a commenter.
fn own(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: CommentId,
    link: Option<&str>,
) -> Result<(Case, CommentRow), ActionError> {
    let (case, row) = Case::of_comment(tx, id)?;
    let by_account = actor.person().is_some_and(|person| row.person_id == Some(person.person));
    let by_link =
        link.is_some_and(|token| row.token_hash == Some(names::secret_hash(token.trim())));
    if by_account || by_link { Ok((case, row)) } else { Err(ActionError::NotFound) }
}
