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
    people::{Actor, Role},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use super::found;
use crate::{ActionError, NewEvent, Tx, limits, profiles, tell};

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
    /// First day on which it no longer holds, where that is known beforehand.
    pub until: Option<NaiveDate>,
    /// Place in the order of the roll.
    pub rank: i32,
    /// Why, or the number of the letter of appointment.
    pub reason: String,
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
    // The authority appoints; whoever approves supervises (domain rules, 2.1 and 2.4).
    found::require(actor, committee.authority_id)?;
    in_order(command)?;
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
        until: command.until,
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

fn in_order(command: &Appoint) -> Result<(), ActionError> {
    let mut faults = Vec::new();
    if command.until.is_some_and(|until| until <= command.since) {
        faults.push(FieldFault::new("until", FaultCode::TooEarly));
    }
    faults.extend(fault_of(&command.reason));
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

/// What is wrong with a reason, besides being none.
fn fault_of(reason: &str) -> Option<FieldFault> {
    if reason.chars().any(|c| c.is_control() && c != '\n') {
        return Some(FieldFault::new("reason", FaultCode::BadCharacters));
    }
    let long = reason.trim().chars().count() > limits::REMARK;
    long.then(|| limits::too_long("reason", limits::REMARK))
}

// Chair and secretary-general are single offices; the same role is not held twice by one person. A seat that begins later counts
// where the new one would still hold by then.
fn refuse_taken(tx: &mut Tx<'_, '_>, command: &Appoint) -> Result<(), ActionError> {
    let seats = register::seats_of_committee(tx.conn(), command.committee)?;
    let single = matches!(command.role, Role::Chair | Role::SecretaryGeneral);
    let meets = |seat: &SeatRow| {
        seat.until.is_none_or(|until| command.since < until)
            && command.until.is_none_or(|until| seat.since < until)
    };
    let taken = seats.iter().any(|seat| {
        seat.role == command.role && (single || seat.person_id == command.person) && meets(seat)
    });
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

/// The end of a seat.
#[derive(Debug, Clone)]
pub struct Leave {
    /// The committee it belongs to.
    pub committee: CommitteeId,
    /// The seat.
    pub seat: SeatId,
    /// First day on which it no longer holds.
    pub until: NaiveDate,
    /// Why, or the number of the letter.
    pub reason: String,
}

/// Ends a seat on a day (resignation, removal, end of term).
///
/// # Errors
/// `Refused` for others than the authority, `Invalid` when the day lies before the first, `Conflict` when it ended already, `NotFound`.
pub fn leave(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Leave) -> Result<(), ActionError> {
    let (committee, row) = kept(tx, actor, command.committee, command.seat)?;
    let mut faults = Vec::new();
    if command.until < row.since {
        faults.push(FieldFault::new("until", FaultCode::TooEarly));
    }
    faults.extend(reasoned(&command.reason));
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    end(tx, actor, &committee, row, (command.until, &command.reason))
}

fn reasoned(reason: &str) -> Option<FieldFault> {
    match reason.trim() {
        "" => Some(FieldFault::new("reason", FaultCode::Missing)),
        _ => fault_of(reason),
    }
}

/// A seat that has not ended, and its committee, for whoever keeps it.
fn kept(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    committee: CommitteeId,
    seat: SeatId,
) -> Result<(CommitteeRow, SeatRow), ActionError> {
    let row = register::seat(tx.conn(), seat)?
        .filter(|row| row.committee_id == committee)
        .ok_or(ActionError::NotFound)?;
    let committee = register::committee(tx.conn(), committee)?.ok_or(ActionError::NotFound)?;
    found::require(actor, committee.authority_id)?;
    if row.until.is_some_and(|until| until <= tx.today()) {
        return Err(ActionError::Conflict);
    }
    Ok((committee, row))
}

/// Ends a seat with its event and its mail; who may and what is wrong is asked before.
pub(super) fn end(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    committee: &CommitteeRow,
    mut row: SeatRow,
    (until, reason): (NaiveDate, &str),
) -> Result<(), ActionError> {
    row.until = Some(until);
    row.reason = reason.trim().to_owned();
    register::save_seat(tx.conn(), &row)?;
    let person = register::person(tx.conn(), row.person_id)?.ok_or(ActionError::NotFound)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, "seat_ended")
            .note(&row.reason)
            .facts(json!({ "seat": row.id, "person": person.id, "name": person.name_zh, "role": row.role, "until": until })),
    )?;
    notify(tx, committee, &person, NoticeKey::MemberLeft, row.role, until, &row.reason, event)
}

/// Suspends a seat (暂停) or takes the suspension back.
#[derive(Debug, Clone)]
pub struct Suspend {
    /// The committee it belongs to.
    pub committee: CommitteeId,
    /// The seat.
    pub seat: SeatId,
    /// False takes it back.
    pub suspended: bool,
    /// Why, or the number of the letter.
    pub reason: String,
}

/// Suspends a seat or takes the suspension back: who is suspended keeps the seat, but neither votes nor acts by it.
///
/// # Errors
/// `Refused` for others than the authority, `Invalid` without a reason, `Conflict` when it ended or stands so already, `NotFound`.
pub fn suspend(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Suspend) -> Result<(), ActionError> {
    let (committee, mut row) = kept(tx, actor, command.committee, command.seat)?;
    if let Some(fault) = reasoned(&command.reason) {
        return Err(ActionError::Invalid(vec![fault]));
    }
    if row.suspended == command.suspended {
        return Err(ActionError::Conflict);
    }
    row.suspended = command.suspended;
    register::save_seat(tx.conn(), &row)?;
    let person = register::person(tx.conn(), row.person_id)?.ok_or(ActionError::NotFound)?;
    let kind = if row.suspended { "seat_suspended" } else { "seat_resumed" };
    tx.record(
        NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, kind)
            .note(command.reason.trim())
            .facts(json!({ "seat": row.id, "person": person.id, "name": person.name_zh, "role": row.role })),
    )?;
    Ok(())
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
