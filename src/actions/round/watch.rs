//! Comments of the public that a person of the secretariat looks at before they count (意见审核): held when they come, then admitted or refused.
//!
//! Who is held confirms the address like everybody; only a comment that was both confirmed and admitted gets a number. A refused one is
//! kept, not shown, and stands in the ledger with the reason.

use std::collections::BTreeMap;

use quanheng_db::{
    comment_watch::{self, WatchRow},
    comments, rounds,
    rounds::CommentRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{CommentId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    watch::{Verdict, Watch},
};
use serde_json::json;

use super::{case::Case, receive, text};
use crate::{ActionError, NewEvent, Tx, limits};

/// Holds comments of the public that were submitted in this very transaction.
///
/// # Errors
/// `NotFound` for comments that did not come just now or count already.
pub fn hold(tx: &mut Tx<'_, '_>, ids: &[CommentId], why: Watch) -> Result<(), ActionError> {
    let now = tx.now();
    for id in ids {
        let row = comments::find(tx.conn(), *id)?
            .filter(|row| row.received_at == now && row.confirmed_at.is_none())
            .ok_or(ActionError::NotFound)?;
        let held = WatchRow {
            comment_id: row.id,
            why,
            held_at: now,
            confirmed_at: None,
            verdict: None,
            reason: String::new(),
            decided_by: None,
            decided_at: None,
        };
        comment_watch::insert(tx.conn(), &held)?;
    }
    if let Some(first) = ids.first() {
        let actor = Actor::Public;
        let event = NewEvent::new(ObjectKind::Comment, first.cast(), &actor, "comments_held");
        tx.record(event.facts(json!({ "comments": ids, "why": why })))?;
    }
    Ok(())
}

/// Notes that the author of held comments confirmed the address; true while they wait for the secretariat or were refused.
pub(super) fn confirmed(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    rows: &[CommentRow],
) -> Result<bool, ActionError> {
    let mut waits = false;
    let mut told: Vec<CommentId> = Vec::new();
    let mut refused = None;
    for row in rows {
        let Some(mut held) = comment_watch::find(tx.conn(), row.id)? else { continue };
        if held.verdict == Some(Verdict::Admitted) {
            continue;
        }
        waits = true;
        if held.confirmed_at.is_none() {
            held.confirmed_at = Some(tx.now());
            comment_watch::save(tx.conn(), &held)?;
            told.push(row.id);
            refused = held.verdict.map(|_| held.reason);
        }
    }
    if let Some(first) = told.first() {
        let actor = Actor::Public;
        let event = NewEvent::new(ObjectKind::Comment, first.cast(), &actor, "comments_confirmed");
        let event = tx.record(event.facts(json!({ "comments": told })))?;
        receive::tell_held(tx, case, rows, refused.as_deref(), event)?;
    }
    Ok(waits)
}

/// A decision on held comments of a round.
#[derive(Debug, Clone)]
pub struct Moderate {
    /// The round.
    pub round: RoundId,
    /// The comments.
    pub comments: Vec<CommentId>,
    /// What is decided.
    pub verdict: Verdict,
    /// Why; required to refuse.
    pub reason: String,
}

/// Admits or refuses held comments, all of them or none; gives how many were decided. Those sent together are decided together, a refused
/// one may be admitted later, and deciding the same again changes nothing.
///
/// # Errors
/// `Refused` to others than the secretariat and the officers; `Invalid` without a comment, without a reason to refuse, and for a refusal of
/// what counts already, which is hidden instead; `NotFound`.
pub fn moderate(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Moderate,
) -> Result<usize, ActionError> {
    let case = Case::of_round(tx, command.round)?;
    case.require(actor, &[Party::Secretariat, Party::Officer])?;
    case.must_not_have_ended()?;
    let refuses = command.verdict == Verdict::Refused;
    let mut faults = Vec::new();
    if command.comments.is_empty() {
        faults.push(FieldFault::new("comments", FaultCode::Missing));
    }
    text::lines(&mut faults, "reason", &command.reason, refuses, limits::NOTE);
    text::refuse(faults)?;
    let mut decided: BTreeMap<Option<String>, Vec<CommentRow>> = BTreeMap::new();
    for row in together(tx, &case, &command.comments)? {
        let mut held = comment_watch::find(tx.conn(), row.id)?.ok_or(ActionError::NotFound)?;
        if held.verdict == Some(command.verdict) {
            continue;
        }
        if held.verdict == Some(Verdict::Admitted) {
            let fault = FieldFault::new("comments", FaultCode::NotAChoice);
            return Err(ActionError::Invalid(vec![fault]));
        }
        held.verdict = Some(command.verdict);
        held.reason = if refuses { command.reason.trim().to_owned() } else { String::new() };
        held.decided_by = actor.person().map(|person| person.person);
        held.decided_at = Some(tx.now());
        comment_watch::save(tx.conn(), &held)?;
        // Who has not confirmed the address yet hears of it with the confirmation.
        let hears = held.confirmed_at.is_some();
        let key = if hears { row.token_hash.clone() } else { None };
        decided.entry(key).or_default().push(row);
    }
    let ids: Vec<CommentId> = decided.values().flatten().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    let facts = json!({ "round": case.round.id, "comments": ids });
    let kind = if refuses { "comments_refused" } else { "comments_admitted" };
    let reason = command.reason.trim();
    let event = case.record(tx, actor, kind, reason, facts)?;
    for (_, rows) in decided.into_iter().filter(|(link, _)| link.is_some()) {
        if refuses {
            receive::tell_held(tx, &case, &rows, Some(reason), event)?;
        } else {
            receive_now(tx, &case, rows)?;
        }
    }
    Ok(ids.len())
}

/// The comments named with all that came with them under one link, each once, as they were sent.
fn together(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    named: &[CommentId],
) -> Result<Vec<CommentRow>, ActionError> {
    let mut all: BTreeMap<CommentId, CommentRow> = BTreeMap::new();
    for id in named {
        let row = comments::find(tx.conn(), *id)?
            .filter(|row| row.round_id == case.round.id)
            .ok_or(ActionError::NotFound)?;
        let sent = match &row.token_hash {
            Some(hash) => comments::by_link(tx.conn(), hash)?,
            None => vec![row],
        };
        all.extend(sent.into_iter().map(|row| (row.id, row)));
    }
    Ok(all.into_values().collect())
}

/// Numbers comments that were confirmed before they were admitted and sends their receipt.
fn receive_now(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    mut rows: Vec<CommentRow>,
) -> Result<(), ActionError> {
    receive::number(tx, case, &mut rows)?;
    let address = rows.first().map(|row| row.author_contact.to_lowercase()).unwrap_or_default();
    let asked = rounds::recipients_of(tx.conn(), case.round.id)?
        .into_iter()
        .find(|line| !line.address.is_empty() && line.address.to_lowercase() == address);
    for row in &mut rows {
        if let Some(line) = &asked {
            row.author_class = line.class;
        }
        if !comments::save(tx.conn(), row)? {
            return Err(ActionError::Conflict);
        }
    }
    // The secret of the first link is nowhere; the receipt brings a private link of its own.
    receive::finish(tx, &Actor::Public, case, &rows, asked, None)?;
    Ok(())
}
