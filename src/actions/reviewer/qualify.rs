//! The register of principal reviewers (主审人资格): entered with dates, absences noted, taken away.

use chrono::NaiveDate;
use quanheng_db::{
    register::{self, CommitteeRow},
    reviews::{self, QualificationRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{CommitteeId, ObjectId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Owners, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, limits};

/// A qualification to enter.
#[derive(Debug, Clone)]
pub struct Qualify {
    /// The committee that keeps it.
    pub committee: CommitteeId,
    /// Whose.
    pub person: PersonId,
    /// Number of the certificate.
    pub number: String,
    /// What it covers; may be empty.
    pub scope: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_until: NaiveDate,
}

/// A change of a qualification.
#[derive(Debug, Clone)]
pub enum Amend {
    /// Away until this day, which is the last; nothing ends an absence.
    Absent(Option<NaiveDate>),
    /// Taken away for good, with the reason.
    Revoke(String),
}

fn secretariat(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: CommitteeId,
) -> Result<CommitteeRow, ActionError> {
    let committee = register::committee(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let owners =
        Owners { project: None, committee: Some(committee.id), authority: committee.authority_id };
    let parties = actor.parties(&owners);
    if parties.contains(&Party::Secretariat) || parties.contains(&Party::Officer) {
        return Ok(committee);
    }
    Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into())
}

/// Enters a qualification.
///
/// # Errors
/// `Refused` for others than secretariat and officers; `Invalid` for a number that is missing or taken and dates in the wrong order; `NotFound`.
pub fn qualify(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Qualify,
) -> Result<ObjectId, ActionError> {
    let committee = secretariat(tx, actor, command.committee)?;
    tx.lock(committee.id.cast())?;
    let person = register::person(tx.conn(), command.person)?.ok_or(ActionError::NotFound)?;
    let number = command.number.trim();
    let mut faults = Vec::new();
    if number.is_empty() {
        faults.push(FieldFault::new("number", FaultCode::Missing));
    }
    for (field, text) in [("number", number), ("scope", command.scope.trim())] {
        if text.chars().count() > limits::TITLE {
            faults.push(limits::too_long(field, limits::TITLE));
        }
    }
    if command.valid_until < command.valid_from {
        faults.push(FieldFault::new("valid_until", FaultCode::TooEarly));
    }
    let kept = reviews::qualifications_of(tx.conn(), committee.id)?;
    if kept.iter().any(|row| row.number == number) {
        faults.push(FieldFault::new("number", FaultCode::Taken));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let row = QualificationRow {
        id: tx.id(),
        version: 1,
        committee_id: committee.id,
        person_id: person.id,
        number: number.to_owned(),
        scope: command.scope.trim().to_owned(),
        valid_from: command.valid_from,
        valid_until: command.valid_until,
        absent_until: None,
        revoked_at: None,
        created_at: tx.now(),
    };
    reviews::add_qualification(tx.conn(), &row)?;
    let object = committee.id.cast();
    tx.record(
        NewEvent::new(ObjectKind::Committee, object, actor, "qualification_entered").facts(json!({
            "qualification": row.id, "person": person.id, "name": person.name_zh, "number": row.number,
            "valid_from": row.valid_from, "valid_until": row.valid_until,
        })),
    )?;
    Ok(row.id)
}

/// Notes an absence, or takes a qualification away.
///
/// # Errors
/// `Refused` for others than secretariat and officers and when it was taken away; `Invalid` without a reason and for an absence that
/// is over; `NotFound`.
pub fn amend(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: ObjectId,
    what: &Amend,
) -> Result<(), ActionError> {
    let mut row = reviews::qualification(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let committee = secretariat(tx, actor, row.committee_id)?;
    if row.revoked_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let note = match what {
        Amend::Absent(until) => {
            if until.is_some_and(|until| until < tx.today()) {
                let fault = FieldFault::new("until", FaultCode::TooEarly);
                return Err(ActionError::Invalid(vec![fault]));
            }
            row.absent_until = *until;
            ""
        }
        Amend::Revoke(reason) => {
            if reason.trim().is_empty() {
                return Err(ActionError::Invalid(vec![FieldFault::new(
                    "reason",
                    FaultCode::Missing,
                )]));
            }
            row.revoked_at = Some(tx.now());
            reason.trim()
        }
    };
    if !reviews::save_qualification(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let object = committee.id.cast();
    tx.record(
        NewEvent::new(ObjectKind::Committee, object, actor, "qualification_changed")
            .note(note)
            .facts(json!({
                "qualification": id, "number": row.number, "absent_until": row.absent_until,
                "revoked": row.revoked_at.is_some(),
            })),
    )?;
    Ok(())
}
