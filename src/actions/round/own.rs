//! What commenters may do with their own comments: read, change while the round runs, withdraw until the answers are public.

use chrono::{DateTime, Utc};
use quanheng_db::{
    accounts::{self, LinkRow},
    clauses, comment_index, comments,
    conn::AnyConn,
    rounds::{self, CommentRow},
};
use quanheng_domain::{
    comment::Disposition,
    ids::CommentId,
    people::Actor,
    records::LinkPurpose,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    case::Case,
    dispose::reopen_merged,
    text::{self, Remark},
};
use crate::{ActionError, Tx, document::place, names};

/// The comments of a private link: those sent together under it, or all that its address has in the round.
pub fn by_link(conn: &mut AnyConn, token: &str) -> Result<Vec<CommentRow>, ActionError> {
    let hash = names::secret_hash(token.trim());
    let sent = comments::by_link(conn, &hash)?;
    if !sent.is_empty() {
        return Ok(sent);
    }
    let link = accounts::link(conn, &hash)?.filter(|link| link.purpose == LinkPurpose::Receipt);
    let Some(id) = link.and_then(|link| link.object_id) else { return Ok(Vec::new()) };
    let Some(first) = comments::find(conn, id.cast())? else { return Ok(Vec::new()) };
    let mut all = rounds::confirmed_comments(conn, first.round_id)?;
    all.retain(|row| {
        row.id == first.id
            || (!first.author_contact.is_empty()
                && row.author_contact.eq_ignore_ascii_case(&first.author_contact))
    });
    Ok(all)
}

/// Makes a private link to all that an address has in a round, and gives its secret; it opens the page without an end, `until` is when
/// answers to the dispositions are no longer taken.
pub(crate) fn private_link(
    tx: &mut Tx<'_, '_>,
    first: CommentId,
    until: DateTime<Utc>,
) -> Result<String, ActionError> {
    let token = tx.token();
    let link = LinkRow {
        token_hash: names::secret_hash(&token),
        purpose: LinkPurpose::Receipt,
        person_id: None,
        object_id: Some(first.cast()),
        created_at: tx.now(),
        ends_at: until,
        used_at: None,
    };
    accounts::insert_link(tx.conn(), &link)?;
    Ok(token)
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
        quote: String::new(),
    };
    let elsewhere = row.clause != command.remark.clause.trim();
    row.clause = command.remark.clause.trim().to_owned();
    row.kind = command.remark.kind;
    row.body = command.remark.body.trim().to_owned();
    row.proposal = command.remark.proposal.trim().to_owned();
    row.reason = command.remark.reason.trim().to_owned();
    if !comments::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    comment_index::forget(tx.conn(), &[row.id])?;
    if elsewhere {
        clauses::delete_places(tx.conn(), row.id)?;
        let text = place::text_of(tx.conn(), case.round.document_id)?;
        let names = place::Names::of(&text);
        place::note(tx, case.round.document_id, &names, &row, "")?;
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
    if command.forget_me {
        comment_index::forget(tx.conn(), &[row.id])?;
    }
    let reopened = reopen_merged(tx, row.id)?;
    let facts = json!({
        "comment": row.id, "serial": row.serial, "forgotten": command.forget_me, "reopened": reopened,
    });
    case.record(tx, actor, "comment_withdrawn", "", facts)?;
    Ok(())
}

/// Others' comments do not exist for a commenter.
pub(super) fn own(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: CommentId,
    link: Option<&str>,
) -> Result<(Case, CommentRow), ActionError> {
    let (case, row) = Case::of_comment(tx, id)?;
    let by_account = actor.person().is_some_and(|person| row.person_id == Some(person.person));
    let by_link = match link {
        Some(token) if !by_account => by_link(tx.conn(), token)?.iter().any(|own| own.id == id),
        _ => false,
    };
    if by_account || by_link { Ok((case, row)) } else { Err(ActionError::NotFound) }
}
