//! Findings of the principal reviewer: entered by clause and severity, answered by the drafters, settled by the reviewer.

use quanheng_db::{
    projects,
    reviews::{self, FindingRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ObjectId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    records::Severity,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::form::own;
use crate::{ActionError, NewEvent, Tx, limits, project::load::standing};

/// A finding to enter.
#[derive(Debug, Clone)]
pub struct Find {
    /// The review.
    pub review: ObjectId,
    /// Clause; may be empty.
    pub clause: String,
    /// How grave it is.
    pub severity: Severity,
    /// What was found.
    pub body: String,
    /// What is proposed; may be empty.
    pub proposal: String,
}

fn texts(pairs: &[(&'static str, &str, usize, bool)]) -> Result<(), ActionError> {
    let mut faults = Vec::new();
    for (field, text, most, required) in pairs {
        if *required && text.trim().is_empty() {
            faults.push(FieldFault::new(*field, FaultCode::Missing));
        } else if text.chars().count() > *most {
            faults.push(limits::too_long(*field, *most));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

/// Enters a finding.
///
/// # Errors
/// `Refused` for others than the reviewer, `Invalid` without words, `NotFound`.
pub fn find(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Find) -> Result<ObjectId, ActionError> {
    let (review, project) = own(tx, actor, command.review)?;
    texts(&[
        ("clause", &command.clause, limits::NAME, false),
        ("body", &command.body, limits::TEXT, true),
        ("proposal", &command.proposal, limits::TEXT, false),
    ])?;
    let last = reviews::findings_of(tx.conn(), review.id)?.last().map_or(0, |row| row.ordinal);
    let row = FindingRow {
        id: tx.id(),
        version: 1,
        review_id: review.id,
        ordinal: last + 1,
        clause: command.clause.trim().to_owned(),
        severity: command.severity,
        body: command.body.trim().to_owned(),
        proposal: command.proposal.trim().to_owned(),
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        settled_at: None,
        created_at: tx.now(),
    };
    reviews::add_finding(tx.conn(), &row)?;
    record(tx, actor, project.id.cast(), "finding_added", &row)?;
    Ok(row.id)
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    object: ObjectId,
    kind: &str,
    row: &FindingRow,
) -> Result<(), ActionError> {
    tx.record(NewEvent::new(ObjectKind::Project, object, actor, kind).facts(json!({
        "review": row.review_id, "finding": row.id, "n": row.ordinal, "severity": row.severity,
        "clause": row.clause,
    })))?;
    Ok(())
}

/// Answers a finding, as a drafter or for the drafters.
///
/// # Errors
/// `Refused` for others than drafters and secretariat and once it is settled; `Invalid` without words; `NotFound`.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    finding: ObjectId,
    text: &str,
) -> Result<(), ActionError> {
    let mut row = reviews::finding(tx.conn(), finding)?.ok_or(ActionError::NotFound)?;
    let review = reviews::find(tx.conn(), row.review_id)?.ok_or(ActionError::NotFound)?;
    let project = projects::find(tx.conn(), review.project_id)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&project).owners);
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    if !parties.contains(&Party::Drafter) && !parties.contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Drafter).into());
    }
    if row.settled_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    texts(&[("answer", text, limits::TEXT, true)])?;
    row.answer = text.trim().to_owned();
    row.answered_by = Some(person);
    row.answered_at = Some(tx.now());
    if !reviews::save_finding(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    record(tx, actor, project.id.cast(), "finding_answered", &row)
}

/// Takes a finding as settled, or opens it again.
///
/// # Errors
/// `Refused` for others than the reviewer; `NotFound`.
pub fn settle(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    finding: ObjectId,
    settled: bool,
) -> Result<(), ActionError> {
    let found = reviews::finding(tx.conn(), finding)?.ok_or(ActionError::NotFound)?;
    let (_, project) = own(tx, actor, found.review_id)?;
    let mut row = reviews::finding(tx.conn(), finding)?.ok_or(ActionError::NotFound)?;
    if row.settled_at.is_some() == settled {
        return Ok(());
    }
    row.settled_at = settled.then_some(tx.now());
    if !reviews::save_finding(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let kind = if settled { "finding_settled" } else { "finding_reopened" };
    record(tx, actor, project.id.cast(), kind, &row)
}
