//! Consent of the chair and the vice-chairs to release papers, reconvene or withdraw (CH Art. 35).

use quanheng_db::{
    projects::{self, ConsentRow},
    register,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    people::{Actor, Party, Role},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::load::standing;
use crate::{ActionError, NewEvent, Tx};

/// A consent given or refused.
#[derive(Debug, Clone)]
pub struct Consent {
    /// The project.
    pub project: ProjectId,
    /// True for yes.
    pub agreed: bool,
    /// Remark; a reason when refused.
    pub note: String,
}

/// Records the consent of the chair or a vice-chair for the stage in which the project stands; changed until the stage ends.
///
/// # Errors
/// `Refused` for others and for a chair who drafts the text (edge case 4).
pub fn consent(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Consent) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&row).owners);
    let Some(person) = actor
        .person()
        .filter(|_| parties.contains(&Party::Chair) || parties.contains(&Party::ViceChair))
    else {
        return Err(Refusal::new(RefusalCode::NotYours)
            .with("who", format!("{},{}", Party::Chair, Party::ViceChair))
            .into());
    };
    if row.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    if parties.contains(&Party::Drafter) {
        return Err(Refusal::new(RefusalCode::Recused).with("person", &person.name).into());
    }
    let today = tx.today();
    let role = match row.committee_id {
        Some(committee) => register::seats_on(tx.conn(), committee, today)?
            .into_iter()
            .find(|seat| {
                seat.person_id == person.person
                    && matches!(seat.role, Role::Chair | Role::ViceChair)
            })
            .map_or(Role::ViceChair, |seat| seat.role),
        None => Role::ViceChair,
    };
    let given = ConsentRow {
        project_id: command.project,
        person_id: person.person,
        stage_since: row.stage_since,
        role,
        agreed: command.agreed,
        note: command.note.clone(),
        at: tx.now(),
    };
    projects::put_consent(tx.conn(), &given)?;
    tx.record(
        NewEvent::new(
            ObjectKind::Project,
            command.project.cast(),
            actor,
            if command.agreed { "consent_given" } else { "consent_refused" },
        )
        .note(&command.note)
        .facts(json!({ "role": role })),
    )?;
    Ok(())
}
