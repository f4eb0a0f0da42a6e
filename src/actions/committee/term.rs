//! The term of a committee and the clocks that hang on it: reminders, the renewal window, the yearly report.

use chrono::{Datelike, Days, NaiveDate};
use quanheng_db::register;
use quanheng_domain::{
    committee::CommitteeState,
    deadline,
    event::ObjectKind,
    ids::{CommitteeId, SeatId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline, reminders},
    people::Actor,
    rules::{Profile, keys},
};
use serde_json::json;

use super::{found, seats};
use crate::{ActionError, NewEvent, Tx, limits, profiles};

/// A term that begins.
#[derive(Debug, Clone)]
pub struct Term {
    /// The committee.
    pub committee: CommitteeId,
    /// Number of the term.
    pub number: i32,
    /// First day.
    pub start: NaiveDate,
    /// First day after the term; by rule when left out.
    pub end: Option<NaiveDate>,
}

/// Begins a term and starts its clocks.
///
/// # Errors
/// `Refused` for others than the authority, `Invalid` when the days are out of order.
pub fn begin(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Term) -> Result<(), ActionError> {
    let mut committee =
        register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    found::require(actor, committee.authority_id)?;
    let today = tx.today();
    let name = profiles::name_for(tx.conn(), committee.authority_id, Some(committee.id))?;
    let profile = profiles::in_force(tx.conn(), &name, today)?;
    let end = command.end.unwrap_or_else(|| {
        deadline::corresponding_day(command.start, profile.get(keys::TERM_YEARS))
    });
    if end <= command.start {
        return Err(ActionError::Invalid(vec![FieldFault::new("end", FaultCode::NotADay)]));
    }
    committee.term_no = Some(command.number);
    committee.term_start = Some(command.start);
    committee.term_end = Some(end);
    committee.state = CommitteeState::InTerm;
    if !register::save_committee(tx.conn(), &mut committee)? {
        return Err(ActionError::Conflict);
    }
    tx.record(
        NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, "term_begun")
            .facts(json!({ "number": command.number, "start": command.start, "end": end })),
    )?;
    clocks(tx, &profile, committee.id, end)
}

/// The next term with its roll (换届).
#[derive(Debug, Clone)]
pub struct Renew {
    /// The term.
    pub term: Term,
    /// Seats that go on; the others that are held on its first day end with it.
    pub go_on: Vec<SeatId>,
    /// The document that decides on it; the reason of the seats that end.
    pub reason: String,
}

/// Begins the next term and ends the seats that do not go on. The number of the running term puts its days right instead, and all
/// seats stay.
///
/// # Errors
/// `Refused` for others than the authority, `Invalid` with the fields that are wrong, `NotFound`.
pub fn renew(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Renew) -> Result<(), ActionError> {
    let term = &command.term;
    let committee = register::committee(tx.conn(), term.committee)?.ok_or(ActionError::NotFound)?;
    found::require(actor, committee.authority_id)?;
    let corrects = committee.term_no == Some(term.number);
    let held = register::seats_on(tx.conn(), committee.id, term.start)?;
    let (stay, go): (Vec<_>, Vec<_>) =
        held.into_iter().partition(|seat| corrects || command.go_on.contains(&seat.id));
    let mut faults = Vec::new();
    if term.number < 1 || committee.term_no.is_some_and(|known| term.number < known) {
        let fault = FieldFault::new("number", FaultCode::Taken);
        faults.push(fault);
    }
    if term.start > tx.today() {
        faults.push(FieldFault::new("start", FaultCode::NotYet));
    } else if !corrects && committee.term_start.is_some_and(|known| term.start <= known) {
        faults.push(FieldFault::new("start", FaultCode::TooEarly));
    }
    if term.end.is_some_and(|end| end <= term.start) {
        faults.push(FieldFault::new("end", FaultCode::TooEarly));
    }
    let reason = command.reason.trim();
    if reason.is_empty() && !go.is_empty() {
        faults.push(FieldFault::new("reason", FaultCode::Missing));
    } else if reason.chars().count() > limits::REMARK {
        faults.push(limits::too_long("reason", limits::REMARK));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    begin(tx, actor, term)?;
    for seat in go {
        seats::end(tx, actor, &committee, seat, (term.start, reason))?;
    }
    // A seat that was given for the old term alone runs with the new one.
    let committee = register::committee(tx.conn(), term.committee)?.ok_or(ActionError::NotFound)?;
    for mut seat in stay.into_iter().filter(|seat| !corrects && seat.until.is_some()) {
        seat.until = committee.term_end;
        register::save_seat(tx.conn(), &seat)?;
    }
    Ok(())
}

fn clocks(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    committee: CommitteeId,
    end: NaiveDate,
) -> Result<(), ActionError> {
    open(tx, committee, DeadlineKind::TermEnd, end)?;
    warn(tx, profile, committee, DeadlineKind::TermWarning, end)?;
    open(
        tx,
        committee,
        DeadlineKind::RenewalWindow,
        before(end, profile.get(keys::RENEWAL_WINDOW_MONTHS)),
    )?;
    report_clocks(tx, profile, committee)
}

/// Starts the clocks of the next annual report that is still to be handed in.
pub fn report_clocks(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    committee: CommitteeId,
) -> Result<(), ActionError> {
    let today = tx.today();
    let due = profile.get(keys::ANNUAL_REPORT_DUE);
    let next = [today.year(), today.year() + 1]
        .into_iter()
        .filter_map(|year| due.in_year(year))
        .find(|day| *day >= today);
    let Some(day) = next else { return Ok(()) };
    let grace = profile.get(keys::ANNUAL_REPORT_GRACE).in_year(day.year()).unwrap_or(day);
    let end = day.succ_opt().unwrap_or(day);
    open(tx, committee, DeadlineKind::ReportEnd, end)?;
    open(tx, committee, DeadlineKind::ReportLateEnd, grace.succ_opt().unwrap_or(grace))?;
    warn(tx, profile, committee, DeadlineKind::ReportWarning, end)
}

/// Starts the reminders of what is over at the beginning of a day.
fn warn(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    committee: CommitteeId,
    kind: DeadlineKind,
    end: NaiveDate,
) -> Result<(), ActionError> {
    let all = reminders(kind, profile, tx.now(), deadline::start_of(end));
    tx.open_deadlines(ObjectKind::Committee, committee.cast(), &all)
}

fn before(day: NaiveDate, term: quanheng_domain::term::Term) -> NaiveDate {
    use quanheng_domain::term::TermUnit;
    let earlier = match term.unit {
        TermUnit::Days | TermUnit::WorkingDays => {
            day.checked_sub_days(Days::new(u64::from(term.amount)))
        }
        TermUnit::Months => day.checked_sub_months(chrono::Months::new(term.amount)),
        TermUnit::Years => day.checked_sub_months(chrono::Months::new(term.amount * 12)),
    };
    earlier.unwrap_or(day)
}

// A clock whose day is gone by does not start: it would ring at once about the past.
fn open(
    tx: &mut Tx<'_, '_>,
    committee: CommitteeId,
    kind: DeadlineKind,
    day: NaiveDate,
) -> Result<(), ActionError> {
    let due_at = deadline::start_of(day);
    if due_at <= tx.now() {
        return Ok(());
    }
    tx.open_deadline(ObjectKind::Committee, committee.cast(), &OpenDeadline { kind, due_at })
}
