//! Applies to listen to a review; whoever applies promises secrecy.

use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectRow},
    reviews::{self, ObserverRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{ObjectId, ProjectId},
    lifecycle::{FaultCode, FieldFault, Openness},
    people::Actor,
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
    stage::Stage,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, limits, profiles};

/// An application.
#[derive(Debug, Clone)]
pub struct Apply {
    /// The project.
    pub project: ProjectId,
    /// Name.
    pub name: String,
    /// Unit; may be empty.
    pub unit: String,
    /// How to reach the applicant.
    pub contact: String,
    /// Why.
    pub reason: String,
    /// True when secrecy is promised.
    pub promised: bool,
}

/// Whether somebody may apply now: an open project that touches livelihood, from the submission for review on until it runs.
pub fn admits(conn: &mut AnyConn, project: &ProjectRow) -> Result<bool, ActionError> {
    let profile = profiles::load(conn, project.profile_id)?;
    Ok(admits_under(&profile, project))
}

/// The same where the rules of the project are at hand.
pub fn admits_under(profile: &Profile, project: &ProjectRow) -> bool {
    let stage = matches!(
        project.stage,
        Stage::ReviewSubmitted | Stage::PapersReleased | Stage::ReviewInvalid
    );
    let open = project.livelihood && project.openness == Openness::Open && stage;
    open && profile.get(keys::OBSERVERS_ADMITTED)
}

/// Keeps an application.
///
/// # Errors
/// `Refused` where no observers are admitted; `Invalid` for what is missing; `NotFound`.
pub fn apply(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Apply) -> Result<ObjectId, ActionError> {
    let project = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    if !admits(tx.conn(), &project)? {
        let profile = profiles::load(tx.conn(), project.profile_id)?;
        let rule = keys::OBSERVERS_ADMITTED.key();
        return Err(Refusal::by(RefusalCode::NoObservers, rule).citing(&profile).into());
    }
    let mut faults = Vec::new();
    let fields = [
        ("name", &command.name, limits::NAME, true),
        ("unit", &command.unit, limits::TITLE, false),
        ("contact", &command.contact, limits::TITLE, true),
        ("reason", &command.reason, limits::NOTE, true),
    ];
    for (field, text, most, required) in fields {
        if required && text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
    if !command.promised {
        faults.push(FieldFault::new("promised", FaultCode::Missing));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let now = tx.now();
    let row = ObserverRow {
        id: tx.id(),
        version: 1,
        project_id: project.id,
        name: command.name.trim().to_owned(),
        unit: command.unit.trim().to_owned(),
        contact: command.contact.trim().to_owned(),
        reason: command.reason.trim().to_owned(),
        applied_at: now,
        admitted: None,
        decided_by: None,
        decided_at: None,
        decision: String::new(),
        promised_at: Some(now),
        attended_at: None,
        record: String::new(),
        removed_at: None,
    };
    reviews::add_observer(tx.conn(), &row)?;
    // The ledger is for ever and cannot forget a person: it holds no name of the public.
    tx.record(
        NewEvent::new(ObjectKind::Project, project.id.cast(), actor, "observer_applied")
            .facts(json!({ "observer": row.id })),
    )?;
    Ok(row.id)
}
