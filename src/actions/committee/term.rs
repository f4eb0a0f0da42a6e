//! The term of a committee and the clocks that hang on it: reminders, the renewal window, the yearly report.

use chrono::{Datelike, Days, NaiveDate};
use quanheng_db::register;
use quanheng_domain::{
    committee::CommitteeState,
    deadline,
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline},
    people::{Actor, Owners, Party},
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
    term::Reminder,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, profiles};

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
    let owners =
        Owners { project: None, committee: Some(committee.id), authority: committee.authority_id };
    let parties = actor.parties(&owners);
    if ![Party::Officer, Party::Administrator, Party::System]
        .iter()
        .any(|party| parties.contains(party))
    {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
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

fn clocks(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    committee: CommitteeId,
    end: NaiveDate,
) -> Result<(), ActionError> {
    open(tx, committee, DeadlineKind::TermEnd, end)?;
    if let Some(Reminder::Before(term)) = profile.get(keys::REMINDERS_TERM).into_iter().next() {
        open(tx, committee, DeadlineKind::TermWarning, before(end, term))?;
    }
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
    open(tx, committee, DeadlineKind::ReportEnd, day.succ_opt().unwrap_or(day))?;
    open(tx, committee, DeadlineKind::ReportLateEnd, grace.succ_opt().unwrap_or(grace))?;
    if let Some(Reminder::Before(term)) =
        profile.get(keys::REMINDERS_ANNUAL_REPORT).into_iter().next()
    {
        open(tx, committee, DeadlineKind::ReportWarning, before(day, term))?;
    }
    Ok(())
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
