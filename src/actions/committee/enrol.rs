//! Typing in a roll (委员名单): a person known by address or name, or a new one at once, and the seat.

use chrono::NaiveDate;
use quanheng_db::{
    imports,
    register::{self, CommitteeRow, PersonRow},
};
use quanheng_domain::{
    Keyed, Locale,
    event::ObjectKind,
    ids::{CommitteeId, OrganisationId, SeatId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Role},
};
use serde_json::json;

use super::{found, seats};
use crate::{
    ActionError, NewEvent, Tx, account::people::blank_person, limits, names, project::units,
};

/// A line of a roll as typed in.
#[derive(Debug, Clone)]
pub struct Enrol {
    /// The committee.
    pub committee: CommitteeId,
    /// Name; may be empty where the address is of a known person.
    pub name: String,
    /// Mail address; may be empty, then the person gets no mail and no account.
    pub email: String,
    /// The unit that nominated the person; entered in the register when it is met for the first time. The person's own when empty.
    pub unit: String,
    /// The role.
    pub role: Role,
    /// First day.
    pub since: NaiveDate,
    /// First day on which it no longer holds, where that is known beforehand.
    pub until: Option<NaiveDate>,
    /// Place in the order of the roll; by role when left out.
    pub rank: Option<i32>,
    /// Why, or the number of the letter of appointment.
    pub reason: String,
}

/// Appoints the person of a line, who is entered in the register when met for the first time: with a unit or an address, for a bare
/// name must be known.
///
/// # Errors
/// `Invalid` with the fields that are wrong, and what [`seats::appoint`] says.
pub fn enrol(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Enrol) -> Result<SeatId, ActionError> {
    let committee =
        register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    found::require(actor, committee.authority_id)?;
    let key = checked(command)?;
    let unit = match command.unit.trim() {
        "" => None,
        name => Some(units::organisation(tx, name)?),
    };
    let person = match known(tx, command, key.as_deref(), unit, &committee)? {
        Some(person) => addressed(tx, actor, person, command, key)?,
        None => enter(tx, actor, command, key, unit)?,
    };
    let by_role = || Role::ALL.iter().position(|known| *known == command.role).unwrap_or_default();
    let rank = command.rank.unwrap_or_else(|| i32::try_from(by_role()).unwrap_or(i32::MAX));
    let seat = seats::Appoint {
        committee: command.committee,
        person: person.id,
        role: command.role,
        organisation: unit,
        since: command.since,
        until: command.until,
        rank,
        reason: command.reason.clone(),
    };
    seats::appoint(tx, actor, &seat)
}

/// What is wrong with the line; the key of its address.
fn checked(command: &Enrol) -> Result<Option<String>, ActionError> {
    let mut faults = Vec::new();
    for (field, text, most) in
        [("name", &command.name, limits::REGISTER_NAME), ("unit", &command.unit, limits::NAME)]
    {
        if text.chars().any(char::is_control) {
            faults.push(FieldFault::new(field, FaultCode::BadCharacters));
        } else if text.trim().chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
    let key = names::email_key(&command.email);
    if !command.email.trim().is_empty() && key.is_none() {
        faults.push(FieldFault::new("email", FaultCode::NotAnAddress));
    }
    if command.name.trim().is_empty() && key.is_none() {
        faults.push(FieldFault::new("name", FaultCode::Missing));
    }
    if command.rank.is_some_and(|rank| rank < 0) {
        let fault = FieldFault::new("rank", FaultCode::NotACount);
        faults.push(FieldFault { bound: Some(i64::from(i32::MAX)), ..fault });
    }
    if faults.is_empty() { Ok(key) } else { Err(ActionError::Invalid(faults)) }
}

fn fault(field: &str, code: FaultCode) -> ActionError {
    ActionError::Invalid(vec![FieldFault::new(field, code)])
}

/// The person that a line means, or none if the register does not know one; who cannot be told from others needs an address.
fn known(
    tx: &mut Tx<'_, '_>,
    command: &Enrol,
    key: Option<&str>,
    unit: Option<OrganisationId>,
    committee: &CommitteeRow,
) -> Result<Option<PersonRow>, ActionError> {
    let name = command.name.trim();
    if let Some(key) = key
        && let Some(found) = register::person_by_email(tx.conn(), key)?
    {
        // An address belongs to one person: another name beside it is a slip somewhere.
        if name.is_empty() || names::fold(&found.name_zh) == names::fold(name) {
            return Ok(Some(found));
        }
        return Err(fault("email", FaultCode::Taken));
    }
    if name.is_empty() {
        return Err(fault("name", FaultCode::Missing));
    }
    let mut found = imports::people_named(tx.conn(), name)?;
    if key.is_some() {
        // Somebody with another address is somebody else, and only the unit tells whether it is who has none yet.
        found.retain(|one| one.email.is_none() && unit.is_some() && one.organisation_id == unit);
    } else if unit.is_some() {
        found.retain(|one| one.organisation_id.is_none() || one.organisation_id == unit);
    }
    if found.len() > 1 {
        let seated = register::seats_of_committee(tx.conn(), committee.id)?;
        found.retain(|one| seated.iter().any(|seat| seat.person_id == one.id));
        if found.len() != 1 {
            return Err(fault("email", FaultCode::Missing));
        }
    }
    match found.pop() {
        None if key.is_none() && unit.is_none() => Err(fault("name", FaultCode::Unknown)),
        found => Ok(found),
    }
}

/// A known person who had no address until now gets the one of the line.
fn addressed(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    mut person: PersonRow,
    command: &Enrol,
    key: Option<String>,
) -> Result<PersonRow, ActionError> {
    if key.is_none() || person.email_key.is_some() {
        return Ok(person);
    }
    person.email = Some(command.email.trim().to_owned());
    person.email_key = key;
    if !register::save_person(tx.conn(), &mut person)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({ "name": person.name_zh, "address_changed": true });
    tx.record(
        NewEvent::new(ObjectKind::Person, person.id.cast(), actor, "person_corrected").facts(facts),
    )?;
    Ok(person)
}

fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Enrol,
    key: Option<String>,
    unit: Option<OrganisationId>,
) -> Result<PersonRow, ActionError> {
    let email = key.map(|key| (command.email.as_str(), key));
    let mut person = blank_person(tx, &command.name, email, Locale::Chinese);
    person.organisation_id = unit;
    register::insert_person(tx.conn(), &person)?;
    // Addresses stay out of the ledger, whose rows can never be erased.
    let facts = json!({ "name": person.name_zh, "organisation": unit });
    tx.record(
        NewEvent::new(ObjectKind::Person, person.id.cast(), actor, "person_entered").facts(facts),
    )?;
    Ok(person)
}
