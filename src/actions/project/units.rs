//! Drafting units and people of a project.

use quanheng_db::{
    projects::{self, ProjectPersonRow, ProjectRow, ProjectUnitRow},
    register::{self, OrganisationRow},
};
use quanheng_domain::{
    deadline::{self, Direction},
    event::ObjectKind,
    ids::{OrganisationId, PersonId, ProjectId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline},
    people::{Actor, Interest, Party, ProjectRole},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use super::load::standing;
use crate::{ActionError, NewEvent, Tx, names, profiles, reviewer::assign};

/// Most characters of a unit's name.
const UNIT_NAME: usize = 120;

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

/// Names a drafting unit (起草单位) or takes it out.
#[derive(Debug, Clone)]
pub struct NameUnit {
    /// The project.
    pub project: ProjectId,
    /// Its name as written; entered in the register when it is met for the first time.
    pub unit: String,
    /// Whether it is the first drafting unit (第一起草单位) and answers for the whole.
    pub lead: bool,
    /// False takes it out.
    pub named: bool,
}

/// Names a drafting unit or takes it out. The secretariat does; the ledger keeps both. The first drafting unit stands in the plan: once
/// the project is planned it is changed by an adjustment (E-8) and not here.
///
/// # Errors
/// `Refused` for others than the secretariat and officers, at the end of a project, and for another first unit after the plan; `Invalid`
/// for a name that is none; `NotFound`.
pub fn name_unit(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &NameUnit,
) -> Result<(), ActionError> {
    let row = named_by(tx, actor, command.project)?;
    let name = command.unit.trim();
    let fault = |code| ActionError::Invalid(vec![FieldFault::new("unit", code)]);
    if name.is_empty() {
        return Err(fault(FaultCode::Missing));
    }
    if name.chars().count() > UNIT_NAME {
        let bound = i64::try_from(UNIT_NAME).ok();
        let fault = FieldFault { bound, ..FieldFault::new("unit", FaultCode::TooLong) };
        return Err(ActionError::Invalid(vec![fault]));
    }
    let units = projects::units_of(tx.conn(), row.id)?;
    let known = register::organisation_by_name(tx.conn(), &names::fold(name))?;
    let there = known.and_then(|one| units.iter().find(|unit| unit.organisation_id == one.id));
    let first = units.iter().find(|unit| unit.lead);
    let moves_first = match (command.named, first) {
        (true, Some(first)) => command.lead && there.is_none_or(|unit| !unit.lead) && first.lead,
        (false, _) => there.is_some_and(|unit| unit.lead),
        (true, None) => false,
    };
    if moves_first && row.plan_on.is_some() {
        return Err(Refusal::new(RefusalCode::AdjustmentMissing).into());
    }
    let organisation_id = match (command.named, there) {
        (false, None) => return Err(ActionError::NotFound),
        (_, Some(unit)) => unit.organisation_id,
        (true, None) => organisation(tx, name)?,
    };
    if command.named {
        let rank = units.iter().map(|unit| unit.rank + 1).max().unwrap_or(0);
        let unit = ProjectUnitRow { project_id: row.id, organisation_id, lead: false, rank };
        projects::add_unit(tx.conn(), &unit)?;
        if command.lead || units.is_empty() {
            projects::set_lead_unit(tx.conn(), row.id, organisation_id)?;
        }
    } else {
        projects::remove_unit(tx.conn(), row.id, organisation_id)?;
    }
    let kind = if command.named { "unit_named" } else { "unit_removed" };
    let facts = json!({ "organisation": organisation_id, "name": name, "lead": command.lead });
    tx.record(NewEvent::new(ObjectKind::Project, row.id.cast(), actor, kind).facts(facts))?;
    Ok(())
}

/// The project, if the actor may say who works on it.
fn named_by(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
) -> Result<ProjectRow, ActionError> {
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&row).owners);
    if !parties.contains(&Party::Secretariat) && !parties.contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    if row.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    Ok(row)
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
    let row = named_by(tx, actor, command.project)?;
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
        if command.role == ProjectRole::LeadDrafter {
            watch_lead(tx, &row)?;
        }
    }
    match command.named {
        true if changed && reviews => assign::begin(tx, actor, &row, &person, qualification)?,
        false if changed && reviews => assign::end(tx, command.project, command.person)?,
        _ => {}
    }
    Ok(())
}

/// A planned project without a lead drafter gets another within the days of its rule (edge case 36).
fn watch_lead(tx: &mut Tx<'_, '_>, row: &ProjectRow) -> Result<(), ActionError> {
    let people = projects::people_of(tx.conn(), row.id)?;
    let led = people.iter().any(|person| person.role == ProjectRole::LeadDrafter);
    let kind = DeadlineKind::DrafterVacant;
    if led || row.plan_on.is_none() {
        return tx.close_deadlines(row.id.cast(), &[kind], "named");
    }
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    let days = profile.get(keys::DRAFTER_REPLACEMENT_DAYS);
    let calendar = profiles::calendar(tx.conn())?;
    let due_at = deadline::compute(tx.today(), days, Direction::After, &calendar).ends_at;
    tx.open_deadline(ObjectKind::Project, row.id.cast(), &OpenDeadline { kind, due_at })
}
