//! Appointing to a seat and leaving it; every seat keeps its dates, so that the roll of any day can be told.

use chrono::NaiveDate;
use quanheng_db::{
    outbox::Recipient,
    register::{self, CommitteeRow, PersonRow, SeatRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{CommitteeId, OrganisationId, PersonId, SeatId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Owners, Party, Role},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, profiles, tell};

/// An appointment.
#[derive(Debug, Clone)]
pub struct Appoint {
    /// The committee.
    pub committee: CommitteeId,
    /// The person.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// Unit that nominated the person; the person's own when left out.
    pub organisation: Option<OrganisationId>,
    /// First day.
    pub since: NaiveDate,
    /// Place in the order of the roll.
    pub rank: i32,
    /// Why, or the number of the letter of appointment.
    pub reason: String,
}

fn decides(actor: &Actor, committee: &CommitteeRow) -> Result<(), ActionError> {
    let owners =
        Owners { project: None, committee: Some(committee.id), authority: committee.authority_id };
    let parties = actor.parties(&owners);
    let may = [Party::Officer, Party::Administrator, Party::System]
        .iter()
        .any(|party| parties.contains(party));
    // The authority appoints; whoever approves supervises (domain rules, 2.1 and 2.4).
    if may {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into())
    }
}

/// Appoints a person to a role.
///
/// # Errors
/// `Refused` for others than the authority, when the single office is taken or the person holds too many seats; `Invalid`.
pub fn appoint(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Appoint,
) -> Result<SeatId, ActionError> {
    let committee =
        register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    decides(actor, &committee)?;
    let person = register::person(tx.conn(), command.person)?
        .ok_or_else(|| ActionError::Invalid(vec![FieldFault::new("person", FaultCode::Unknown)]))?;
    refuse_taken(tx, command)?;
    refuse_too_many(tx, &committee, command)?;
    let row = SeatRow {
        id: tx.id(),
        committee_id: command.committee,
        person_id: command.person,
        role: command.role,
        organisation_id: command.organisation.or(person.organisation_id),
        since: command.since,
        until: None,
        suspended: false,
        reason: command.reason.trim().to_owned(),
        rank: command.rank,
    };
    register::insert_seat(tx.conn(), &row)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, "appointed")
            .note(&row.reason)
            .facts(json!({ "seat": row.id, "person": person.id, "name": person.name_zh, "role": row.role, "since": row.since })),
    )?;
    notify(
        tx,
        &committee,
        &person,
        NoticeKey::MemberAppointed,
        command.role,
        command.since,
        &row.reason,
        event,
    )?;
    Ok(row.id)
}

// Chair and secretary-general are single offices; the same role is not held twice by one person.
fn refuse_taken(tx: &mut Tx<'_, '_>, command: &Appoint) -> Result<(), ActionError> {
    let seats = register::seats_on(tx.conn(), command.committee, command.since)?;
    let single = matches!(command.role, Role::Chair | Role::SecretaryGeneral);
    let taken = seats
        .iter()
        .any(|seat| seat.role == command.role && (single || seat.person_id == command.person));
    if taken {
        Err(Refusal::new(RefusalCode::RoleTaken).with("role", command.role).into())
    } else {
        Ok(())
    }
}

fn refuse_too_many(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    command: &Appoint,
) -> Result<(), ActionError> {
    if !command.role.is_voting() {
        return Ok(());
    }
    let today = tx.today();
    let name = profiles::name_for(tx.conn(), committee.authority_id, Some(committee.id))?;
    let profile = profiles::in_force(tx.conn(), &name, today)?;
    let block = profile.get(keys::SEATS_PER_PERSON_BLOCK);
    let held = register::seats_of_person(tx.conn(), command.person)?
        .iter()
        .filter(|seat| {
            seat.role.is_voting() && seat.until.is_none_or(|until| command.since < until)
        })
        .count();
    if held + 1 >= block as usize {
        let refusal = Refusal::by(RefusalCode::TooManySeats, keys::SEATS_PER_PERSON_BLOCK.key())
            .citing(&profile);
        return Err(refusal.with("held", held).with("block", block).into());
    }
    Ok(())
}

/// Ends a seat on a day (resignation, removal, end of term).
///
/// # Errors
/// `Refused` for others than the authority, `Invalid` when the day lies before the first, `Conflict` when it ended already.
pub fn leave(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    seat: SeatId,
    until: NaiveDate,
    reason: &str,
) -> Result<(), ActionError> {
    let mut row = register::seat(tx.conn(), seat)?.ok_or(ActionError::NotFound)?;
    let committee =
        register::committee(tx.conn(), row.committee_id)?.ok_or(ActionError::NotFound)?;
    decides(actor, &committee)?;
    if row.until.is_some() {
        return Err(ActionError::Conflict);
    }
    let mut faults = Vec::new();
    if until < row.since {
        faults.push(FieldFault::new("until", FaultCode::NotADay));
    }
    if reason.trim().is_empty() {
        faults.push(FieldFault::new("reason", FaultCode::Missing));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    row.until = Some(until);
    row.reason = reason.trim().to_owned();
    register::save_seat(tx.conn(), &row)?;
    let person = register::person(tx.conn(), row.person_id)?.ok_or(ActionError::NotFound)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, "seat_ended")
            .note(&row.reason)
            .facts(json!({ "seat": row.id, "person": person.id, "name": person.name_zh, "role": row.role, "until": until })),
    )?;
    notify(tx, &committee, &person, NoticeKey::MemberLeft, row.role, until, &row.reason, event)
}

#[allow(clippy::too_many_arguments, reason = "the facts of one mail")]
fn notify(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    person: &PersonRow,
    key: NoticeKey,
    role: Role,
    day: NaiveDate,
    reason: &str,
    event: quanheng_domain::ids::EventId,
) -> Result<(), ActionError> {
    let mut about = about(committee);
    about.concerned = person
        .email
        .iter()
        .map(|address| Recipient {
            person: Some(person.id),
            name: person.name_zh.clone(),
            address: address.clone(),
            locale: person.locale.clone(),
        })
        .collect();
    let facts = NoticeFacts {
        person: Some(person.name_zh.clone()),
        role: Some(role),
        date: Some(day),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        ..facts(committee)
    };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

/// What mails about a committee are about.
pub fn about(committee: &CommitteeRow) -> tell::About {
    tell::About {
        authority: Some(committee.authority_id),
        committee: Some(committee.id),
        ..tell::About::new(ObjectKind::Committee, committee.id.cast())
    }
}

/// The facts every mail about a committee carries.
pub fn facts(committee: &CommitteeRow) -> NoticeFacts {
    NoticeFacts {
        committee_code: committee.code.clone().unwrap_or_default(),
        committee: committee.name_zh.clone(),
        title: committee.name_zh.clone(),
        path: path(committee),
        ..NoticeFacts::default()
    }
}

/// The address of a committee's page: its code with a hyphen, else its identity.
pub fn path(committee: &CommitteeRow) -> String {
    match &committee.code {
        Some(code) => format!("/committees/{}", code.replace('/', "-")),
        None => format!("/committees/{}", committee.id),
    }
}
