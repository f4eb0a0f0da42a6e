//! Other authorities that join a project (联合制定, E-25): one drafting, one review, and each of them approves for itself.

use quanheng_db::{
    projects::{self, ProjectPartyRow},
    register,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AuthorityId, ProjectId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;

use super::load::standing;
use crate::{ActionError, NewEvent, Tx};

/// An authority that joins a project.
#[derive(Debug, Clone)]
pub struct JoinParty {
    /// The project.
    pub project: ProjectId,
    /// The authority; not the one that leads.
    pub authority: AuthorityId,
}

/// Makes an authority a party of the project; the text is approved only when every party has approved.
///
/// # Errors
/// `Refused` for others than officers of the leading authority and once the text is approved; `Invalid` for the leading authority
/// and for one that is a party already; `NotFound`.
pub fn join_party(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &JoinParty,
) -> Result<(), ActionError> {
    tx.lock(command.project.cast())?;
    let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    if !actor.parties(&standing(&row).owners).contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
    let decided = row.stage.is_final() || matches!(row.stage, Stage::Approved | Stage::Numbered);
    let text = !matches!(row.kind, ProjectKind::Reexamination | ProjectKind::Abolition);
    if decided || !text {
        return Err(Refusal::new(RefusalCode::NotFromHere).with("stage", row.stage).into());
    }
    let fault = |code| Err(ActionError::Invalid(vec![FieldFault::new("authority", code)]));
    let Some(authority) = register::authority(tx.conn(), command.authority)? else {
        return fault(FaultCode::Unknown);
    };
    let known = projects::parties_of(tx.conn(), row.id)?;
    let before = known.iter().find(|party| party.authority_id == authority.id);
    if authority.id == row.authority_id || before.is_some_and(|party| party.dropped_at.is_none()) {
        return fault(FaultCode::Taken);
    }
    let party = ProjectPartyRow {
        project_id: row.id,
        authority_id: authority.id,
        approved_at: None,
        approval_document: String::new(),
        dropped_at: None,
    };
    match before {
        Some(_) => projects::save_party(tx.conn(), &party)?,
        None => projects::add_party(tx.conn(), &party)?,
    }
    tx.record(NewEvent {
        source: "E-25",
        ..NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "party_joined")
            .facts(json!({ "authority": authority.id, "name": authority.name_zh }))
    })?;
    Ok(())
}
