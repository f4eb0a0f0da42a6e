//! Settles comments: each gets a code, and where the rules ask, a reason (5.5; CH Art. 34).

use std::collections::BTreeMap;

use quanheng_db::{comments, rounds::CommentRow};
use quanheng_domain::{
    comment::{Disposition, merges_in_a_circle},
    ids::CommentId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{care, case::Case, text};
use crate::{ActionError, Tx, limits};

/// How a comment is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Accepted, partly, rejected, merged or pending; withdrawn only where the commenter told the secretariat so.
    pub code: Disposition,
    /// Reason; required where partly accepted or rejected, and for how a withdrawal reached the secretariat.
    #[serde(default)]
    pub reason: String,
    /// Whether the text was changed because of it.
    #[serde(default)]
    pub text_changed: Option<bool>,
    /// The comment it is merged into.
    #[serde(default)]
    pub duplicate_of: Option<CommentId>,
}

/// A ruling on one comment.
#[derive(Debug, Clone)]
pub struct Dispose {
    /// The comment.
    pub comment: CommentId,
    /// The ruling.
    pub ruling: Ruling,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// One ruling on many comments.
#[derive(Debug, Clone)]
pub struct DisposeMany {
    /// The comments with the versions that were seen.
    pub comments: Vec<(CommentId, Option<i64>)>,
    /// The ruling, the same for all.
    pub ruling: Ruling,
}

/// Settles a comment; until the answers are published it may be settled otherwise.
///
/// # Errors
/// `Refused` to others than drafters and secretariat, when a reason is missing, and when the comment was withdrawn or published;
/// `Invalid` for a merge that leads nowhere or in a circle; `Conflict` when it changed since it was seen.
pub fn dispose(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Dispose,
) -> Result<CommentRow, ActionError> {
    let mut settled = settle(tx, actor, &[(command.comment, command.if_version)], &command.ruling)?;
    settled.pop().ok_or(ActionError::NotFound)
}

/// Settles many comments alike: all of them or none.
///
/// # Errors
/// As for one; the first that cannot be settled names itself in the facts.
pub fn dispose_many(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &DisposeMany,
) -> Result<Vec<CommentRow>, ActionError> {
    let fault = if command.comments.is_empty() {
        Some(FaultCode::Missing)
    } else {
        (command.comments.len() > limits::RULINGS_AT_ONCE).then_some(FaultCode::TooLong)
    };
    text::refuse(fault.map(|code| FieldFault::new("comments", code)).into_iter().collect())?;
    settle(tx, actor, &command.comments, &command.ruling)
}

fn settle(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    targets: &[(CommentId, Option<i64>)],
    ruling: &Ruling,
) -> Result<Vec<CommentRow>, ActionError> {
    let mut cases: BTreeMap<quanheng_domain::ids::RoundId, Case> = BTreeMap::new();
    let mut settled: Vec<(Case, CommentRow)> = Vec::new();
    for (id, seen) in targets {
        let (case, mut row) = Case::of_comment(tx, *id)?;
        case.require(actor, case.settlers())?;
        check(tx, actor, &case, &row, ruling)?;
        if seen.is_some_and(|seen| seen != row.version) {
            return Err(ActionError::Conflict);
        }
        apply(tx, actor, &case, &mut row, ruling)?;
        cases.insert(case.round.id, case.clone());
        settled.push((case, row));
    }
    for (round, case) in cases {
        let of_round = settled.iter().filter(|(case, _)| case.round.id == round);
        let lines: Vec<_> =
            of_round.map(|(_, row)| json!({ "comment": row.id, "serial": row.serial })).collect();
        record(tx, actor, &case, ruling, &lines)?;
    }
    Ok(settled.into_iter().map(|(_, row)| row).collect())
}

/// Tells the ledger of a ruling on comments of one round, each line with identity and number.
pub(super) fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    ruling: &Ruling,
    lines: &[serde_json::Value],
) -> Result<(), ActionError> {
    let facts = json!({
        "round": case.round.id, "comments": lines, "code": ruling.code,
        "text_changed": ruling.text_changed, "duplicate_of": ruling.duplicate_of,
    });
    case.record(tx, actor, "comments_settled", ruling.reason.trim(), facts)?;
    Ok(())
}

/// Writes a ruling into a row that was checked.
pub(super) fn apply(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    row: &mut CommentRow,
    ruling: &Ruling,
) -> Result<(), ActionError> {
    row.disposition = Some(ruling.code);
    ruling.reason.trim().clone_into(&mut row.disposition_reason);
    row.text_changed = ruling.text_changed;
    row.duplicate_of = ruling.duplicate_of.filter(|_| ruling.code == Disposition::Merged);
    row.disposed_by = actor.person().map(|person| person.person);
    row.disposed_at = Some(tx.now());
    if !comments::save(tx.conn(), row)? {
        return Err(ActionError::Conflict);
    }
    care::ruled(tx, actor, case, row.id)?;
    if ruling.code == Disposition::Withdrawn {
        reopen_merged(tx, row.id)?;
    }
    Ok(())
}

/// Comments merged into one that falls away have lost their answer and must be looked at again; gives their serial numbers.
pub(super) fn reopen_merged(
    tx: &mut Tx<'_, '_>,
    target: CommentId,
) -> Result<Vec<i32>, ActionError> {
    let mut reopened = Vec::new();
    for mut merged in comments::merged_into(tx.conn(), target)? {
        merged.disposition = Some(Disposition::Pending);
        merged.duplicate_of = None;
        if !comments::save(tx.conn(), &mut merged)? {
            return Err(ActionError::Conflict);
        }
        reopened.push(merged.serial);
    }
    Ok(reopened)
}

/// Looks whether a ruling may be given on a comment.
pub(super) fn check(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    row: &CommentRow,
    ruling: &Ruling,
) -> Result<(), ActionError> {
    if row.confirmed_at.is_none() {
        return Err(ActionError::NotFound);
    }
    if row.published_at.is_some() || row.disposition == Some(Disposition::Withdrawn) {
        let refusal = Refusal::new(RefusalCode::CommentSettled).with("serial", row.serial);
        return Err(refusal.into());
    }
    case.must_not_have_ended()?;
    let mut faults = Vec::new();
    let withdrawn = ruling.code == Disposition::Withdrawn;
    text::lines(&mut faults, "reason", &ruling.reason, withdrawn, limits::TEXT);
    match (ruling.code, ruling.duplicate_of) {
        // Only the commenter withdraws; the secretariat may enter what a commenter wrote or said to it.
        (Disposition::Withdrawn, None) if case.parties(actor).contains(&Party::Secretariat) => {}
        (Disposition::Withdrawn, _) => faults.push(FieldFault::new("code", FaultCode::NotAChoice)),
        (Disposition::Merged, None) => {
            faults.push(FieldFault::new("duplicate_of", FaultCode::Missing))
        }
        (Disposition::Merged, Some(target)) => {
            faults.extend(
                merge_fault(tx, case, row.id, target)?
                    .map(|code| FieldFault::new("duplicate_of", code)),
            );
        }
        (_, Some(_)) => faults.push(FieldFault::new("duplicate_of", FaultCode::NotAsked)),
        (_, None) => {}
    }
    text::refuse(faults)?;
    if ruling.code.needs_reason() && ruling.reason.trim().is_empty() {
        let profile = case.profile(tx)?;
        if profile.get(keys::DISPOSITION_REASON) {
            let key = keys::DISPOSITION_REASON.key();
            let refusal = Refusal::by(RefusalCode::DispositionReason, key)
                .with("code", ruling.code)
                .with("serial", row.serial)
                .at(vec![FieldFault::new("reason", FaultCode::Missing)]);
            return Err(refusal.citing(&profile).into());
        }
    }
    Ok(())
}

// The target is another comment of the same project that still stands, and the merges do not lead back.
fn merge_fault(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    id: CommentId,
    target: CommentId,
) -> Result<Option<FaultCode>, ActionError> {
    if id == target {
        return Ok(Some(FaultCode::NotAChoice));
    }
    let standing = comments::find(tx.conn(), target)?.filter(|row| {
        row.confirmed_at.is_some() && row.disposition != Some(Disposition::Withdrawn)
    });
    if standing.is_none() || comments::project_of(tx.conn(), target)? != Some(case.project.id) {
        return Ok(Some(FaultCode::Unknown));
    }
    let mut chain = BTreeMap::new();
    let mut at = Some(target);
    while let Some(next) = at.filter(|next| !chain.contains_key(next)) {
        at = comments::find(tx.conn(), next)?.and_then(|row| row.duplicate_of);
        chain.insert(next, at);
    }
    let circle = merges_in_a_circle(id, target, |at| chain.get(&at).copied().flatten());
    Ok(circle.then_some(FaultCode::NotAChoice))
}
