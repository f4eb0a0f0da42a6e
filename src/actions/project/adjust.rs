//! Requests to adjust a project (项目调整, FM-16) and their refusal; granting is a move of the life cycle (E-8, E-10).

use quanheng_db::projects::{self, AdjustmentRow};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    records::{AdjustmentKind, Decision},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{carry, load::standing, notices};
use crate::{ActionError, NewEvent, Tx, limits, tell};

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project.
    pub project: ProjectId,
    /// What kind of adjustment.
    pub kind: AdjustmentKind,
    /// Reasons.
    pub reason: String,
    /// What is wanted: the new day, unit, title.
    pub wanted: String,
}

/// Files a request; one at a time.
///
/// # Errors
/// `Refused` for others than drafters and the secretariat, `Conflict` while another request is open, `Invalid`.
pub fn request(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Request) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&row).owners);
    if ![Party::Secretariat, Party::Drafter, Party::Chair]
        .iter()
        .any(|party| parties.contains(party))
    {
        return Err(Refusal::new(RefusalCode::NotYours)
            .with("who", format!("{},{}", Party::Secretariat, Party::Drafter))
            .into());
    }
    if row.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    let mut faults = Vec::new();
    for (field, text) in [("reason", &command.reason), ("wanted", &command.wanted)] {
        if text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > limits::GROUNDS {
            faults.push(limits::too_long(field, limits::GROUNDS));
        }
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    if projects::adjustments_of(tx.conn(), row.id)?.iter().any(|open| open.decision.is_none()) {
        return Err(ActionError::Conflict);
    }
    let filed = AdjustmentRow {
        id: tx.id(),
        project_id: row.id,
        kind: command.kind,
        reason: command.reason.trim().to_owned(),
        wanted: command.wanted.trim().to_owned(),
        requested_by: actor.person().map(|person| person.person),
        requested_on: tx.today(),
        decision: None,
        decided_by: None,
        decided_at: None,
        document_number: String::new(),
    };
    projects::add_adjustment(tx.conn(), &filed)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "adjustment_requested")
            .note(&filed.reason)
            .facts(json!({ "kind": filed.kind, "wanted": filed.wanted })),
    )?;
    let facts = NoticeFacts { reason: Some(filed.reason), ..notices::facts(tx, &row)? };
    tell::tell(
        tx,
        &Notice { key: NoticeKey::AdjustmentRequested, facts },
        &notices::about(&row),
        Some(event),
    )?;
    Ok(())
}

/// Refuses the open request with a reason.
///
/// # Errors
/// `Refused` for others than officers or when nothing is open.
pub fn refuse(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    reason: &str,
) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    if !actor.parties(&standing(&row).owners).contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
    if reason.trim().is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("note", FaultCode::Missing)]));
    }
    if !projects::adjustments_of(tx.conn(), project)?.iter().any(|open| open.decision.is_none()) {
        return Err(Refusal::new(RefusalCode::AdjustmentMissing).with("adjustment", "").into());
    }
    carry::decide_adjustment(tx, actor, &row, Decision::Refused)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, project.cast(), actor, "adjustment_refused")
            .note(reason.trim()),
    )?;
    let facts = NoticeFacts { reason: Some(reason.trim().to_owned()), ..notices::facts(tx, &row)? };
    tell::tell(
        tx,
        &Notice { key: NoticeKey::AdjustmentDecided, facts },
        &notices::about(&row),
        Some(event),
    )?;
    Ok(())
}
