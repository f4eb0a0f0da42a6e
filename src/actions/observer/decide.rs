//! Admits observers or not, and keeps what is on record about them (edge case 63).

use quanheng_db::{
    outbox::Recipient,
    projects::{self, ProjectRow},
    reviews::{self, ObserverRow},
};
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::{EventId, ObjectId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx, limits,
    project::{load::standing, notices},
    tell,
};

/// What is done about an observer.
#[derive(Debug, Clone)]
pub enum Decide {
    /// Admitted.
    Admit,
    /// Not admitted, with the reason.
    Decline(String),
    /// Came to the review.
    Attended,
    /// Sent out by the chair, with the reason.
    Remove(String),
}

/// Decides about an observer.
///
/// # Errors
/// `Refused` for others than secretariat and chair and out of order; `Invalid` without a reason; `NotFound`.
pub fn decide(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: ObjectId,
    what: &Decide,
) -> Result<(), ActionError> {
    let mut row = reviews::observer(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let project = projects::find(tx.conn(), row.project_id)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&project).owners);
    if !parties.contains(&Party::Secretariat) && !parties.contains(&Party::Chair) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let (now, done) = (tx.now(), || Err(Refusal::new(RefusalCode::AlreadySubmitted).into()));
    let reason = reason_of(what)?;
    let kind = match what {
        Decide::Admit | Decide::Decline(_) => {
            if row.admitted.is_some() {
                return done();
            }
            row.admitted = Some(matches!(what, Decide::Admit));
            row.decided_by = Some(by);
            row.decided_at = Some(now);
            row.decision = reason.to_owned();
            "observer_decided"
        }
        Decide::Attended => {
            if row.admitted != Some(true) || row.removed_at.is_some() {
                return done();
            }
            row.attended_at = row.attended_at.or(Some(now));
            "observer_attended"
        }
        Decide::Remove(_) => {
            if row.admitted != Some(true) || row.removed_at.is_some() {
                return done();
            }
            row.removed_at = Some(now);
            row.record = reason.to_owned();
            "observer_removed"
        }
    };
    if !reviews::save_observer(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, project.id.cast(), actor, kind)
            .note(reason)
            .facts(json!({ "observer": id, "admitted": row.admitted })),
    )?;
    let key = match what {
        Decide::Admit => NoticeKey::ObserverAdmitted,
        Decide::Decline(_) => NoticeKey::ObserverRefused,
        Decide::Attended | Decide::Remove(_) => return Ok(()),
    };
    tell_applicant(tx, &project, &row, key, event)
}

// By mail where the applicant gave an address; who left a number is told by the secretariat.
fn tell_applicant(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &ObserverRow,
    key: NoticeKey,
    event: EventId,
) -> Result<(), ActionError> {
    if !row.contact.contains('@') {
        return Ok(());
    }
    let mut about = notices::about(project);
    about.concerned = vec![Recipient {
        person: None,
        name: row.name.clone(),
        address: row.contact.clone(),
        locale: Locale::Chinese.to_string(),
    }];
    let reason = (!row.decision.is_empty()).then(|| row.decision.clone());
    let facts = NoticeFacts { reason, date: project.review_on, ..notices::facts(tx, project)? };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

// Whoever is turned away or sent out is told why.
fn reason_of(what: &Decide) -> Result<&str, ActionError> {
    let reason = match what {
        Decide::Admit | Decide::Attended => return Ok(""),
        Decide::Decline(reason) | Decide::Remove(reason) => reason.trim(),
    };
    if reason.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("reason", FaultCode::Missing)]));
    }
    if reason.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("reason", limits::NOTE)]));
    }
    Ok(reason)
}
