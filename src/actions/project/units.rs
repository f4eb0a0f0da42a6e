//! Drafting units and people of a project.

use quanheng_db::{
    projects::{self, ProjectPersonRow, ProjectUnitRow},
    register::{self, OrganisationRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{OrganisationId, PersonId, ProjectId},
    people::{Actor, Interest, Party, ProjectRole},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::load::standing;
use crate::{ActionError, NewEvent, Tx, names, reviewer::assign};

/// The organisation of a name; entered when it is met for the first time.
pub fn organisation(tx: &mut Tx<'_, '_>, name: &str) -> Result<OrganisationId, ActionError> {
    let key = names::fold(name);
    if let Some(found) = register::organisation_by_name(tx.conn(), &key)? {
        return Ok(found.id);
    }
    let row = OrganisationRow {
        id: tx.id(),
        name_zh: name.trim().to_owned(),
        name_en: String::new(),
        name_key: key,
        interest: Interest::Unknown,
        small_firm: false,
        region: String::new(),
    };
    register::insert_organisation(tx.conn(), &row)?;
    Ok(row.id)
}

/// Makes the named unit the first drafting unit (E-8, edge case 35).
pub fn set_lead(tx: &mut Tx<'_, '_>, project: ProjectId, name: &str) -> Result<(), ActionError> {
    let organisation_id = organisation(tx, name)?;
    projects::add_unit(
        tx.conn(),
        &ProjectUnitRow { project_id: project, organisation_id, lead: true, rank: 0 },
    )?;
    projects::set_lead_unit(tx.conn(), project, organisation_id)?;
    Ok(())
}

/// Names a person in a project.
#[derive(Debug, Clone)]
pub struct NamePerson {
    /// The project.
    pub project: ProjectId,
    /// The person.
    pub person: PersonId,
    /// The role.
    pub role: ProjectRole,
    /// False takes the role away.
    pub named: bool,
}

/// Names a drafter or reviewer, or takes the role away. The secretariat does; the ledger keeps both.
///
/// # Errors
/// `Refused` for others than the secretariat, for a reviewer who drafts the text or whose unit does, and for one without a valid
/// qualification where the rule asks for it; `NotFound`.
pub fn name_person(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &NamePerson,
) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&row).owners);
    if !parties.contains(&Party::Secretariat) && !parties.contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    if row.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    let person = register::person(tx.conn(), command.person)?.ok_or(ActionError::NotFound)?;
    let reviews = command.role == ProjectRole::PrincipalReviewer;
    let qualification = match reviews && command.named {
        true => assign::refuse_unfit(tx, &row, &person)?,
        false => None,
    };
    let changed = if command.named {
        let added_at = tx.now();
        let named = ProjectPersonRow {
            project_id: command.project,
            person_id: command.person,
            role: command.role,
            organisation_id: person.organisation_id,
            added_at,
        };
        projects::add_person(tx.conn(), &named)?
    } else {
        projects::remove_person(tx.conn(), command.project, command.person, command.role)?
    };
    if changed {
        let kind = if command.named { "person_named" } else { "person_removed" };
        tx.record(NewEvent::new(ObjectKind::Project, command.project.cast(), actor, kind).facts(
            json!({ "person": command.person, "name": person.name_zh, "role": command.role }),
        ))?;
    }
    match command.named {
        true if changed && reviews => assign::begin(tx, actor, &row, &person, qualification)?,
        false if changed && reviews => assign::end(tx, command.project, command.person)?,
        _ => {}
    }
    Ok(())
}
