//! The annual reports that wait for somebody: to write, to sign, to submit, returned, and for officers to decide on.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::report::{self, DueDays};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::{self, CommitteeRow};
use quanheng_db::reports;
use quanheng_domain::deadline;
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::people::{Actor, Party, PersonActor};
use quanheng_domain::records::ReportState;

/// Years looked back for reports that were begun and never accepted.
const BACK: i32 = 4;

/// A report that somebody has to do something about.
pub struct Owed {
    /// Where it is done.
    pub path: String,
    /// Name of the committee.
    pub committee: String,
    /// Year reported on.
    pub year: i32,
    /// What is to be done, as a key of the desk.
    pub task: &'static str,
    /// First instant after the last day.
    pub due: Option<DateTime<Utc>>,
}

/// The reports that wait for this person.
pub fn owed(
    conn: &mut AnyConn,
    person: &PersonActor,
    now: DateTime<Utc>,
) -> Result<Vec<Owed>, ActionError> {
    let today = deadline::day_of(now);
    let actor = Actor::Person(person.clone());
    let mine: Vec<CommitteeRow> = register::all_committees(conn)?
        .into_iter()
        .filter(|row| report::owes(row) && concerns(person, row))
        .collect();
    let ids: Vec<CommitteeId> = mine.iter().map(|row| row.id).collect();
    let states: BTreeMap<(CommitteeId, i32), ReportState> = reports::of_committees(conn, &ids)?
        .into_iter()
        .map(|row| ((row.committee_id, row.year), row.state))
        .collect();
    let mut owed = Vec::new();
    let years: Vec<i32> = (0..=BACK).map(|back| today.year() - back).collect();
    let days = report::days_of(conn, &mine, &years, today)?;
    for year in years {
        for committee in &mine {
            let state = states.get(&(committee.id, year)).copied();
            let days = days.get(&(committee.id, year));
            if state.is_none() && !asked_for(committee, year, days, today) {
                continue;
            }
            let Some(task) = task(&actor, committee, state) else { continue };
            owed.push(Owed {
                path: report::path(committee, year),
                committee: committee.name_zh.clone(),
                year,
                task,
                due: days.and_then(|days| days.due).map(deadline::end_of),
            });
        }
    }
    Ok(owed)
}

fn concerns(person: &PersonActor, row: &CommitteeRow) -> bool {
    person.authorities.contains(&row.authority_id)
        || person.seats.iter().any(|seat| seat.committee == row.id)
}

/// Whether a report that nobody has begun is asked for: reporting on the year is open, and the committee was there.
fn asked_for(
    committee: &CommitteeRow,
    year: i32,
    days: Option<&DueDays>,
    today: NaiveDate,
) -> bool {
    let opens = days.and_then(|days| days.opens);
    // What nobody began for a year long past nobody asks for any more.
    year >= today.year() - 1
        && committee.established_year.is_none_or(|established| established <= year)
        && opens.is_some_and(|opens| opens <= today)
}

/// What the reader has to do with a report of this state, if anything.
fn task(
    actor: &Actor,
    committee: &CommitteeRow,
    state: Option<ReportState>,
) -> Option<&'static str> {
    let mine = report::parties(actor, committee);
    let (who, task) = match state {
        None | Some(ReportState::Draft) => (Party::Secretariat, "desk-report-write"),
        Some(ReportState::Returned) => (Party::Secretariat, "desk-report-returned"),
        Some(ReportState::ToSign) => (Party::Chair, "desk-report-sign"),
        Some(ReportState::Signed) => (Party::Secretariat, "desk-report-submit"),
        Some(ReportState::Submitted) => (Party::Officer, "desk-report-decide"),
        Some(ReportState::Accepted) => return None,
    };
    mine.contains(&who).then_some(task)
}
