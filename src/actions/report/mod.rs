//! The annual report of a committee (FM-23): written by the secretariat part by part, signed by the chair, submitted, accepted or returned by the officer.

mod correct;
mod step;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    register::{self, CommitteeRow},
    reports::{self, ReportRow},
    rule_profiles,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::CommitteeId,
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Owners, Party},
    records::ReportState,
    refusal::{Refusal, RefusalCode},
    report::{self, Correction, PartText, ReportPart},
    rules::{Profile, RuleKey, RuleText, keys},
};
use serde_json::Value;

use crate::{ActionError, Tx, committee::seats, profiles, tell};

pub use correct::{Correct, LARGEST, correct};
pub use step::{Take, step};
pub use write::{Write, write};

/// What somebody may see of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Not even that it is there.
    Nothing,
    /// Figures and public parts of an accepted report.
    Public,
    /// All of it with the records behind the figures: the committee, its authority, administrators.
    Inside,
}

/// The days between which a report is due, and the rules that say so.
#[derive(Debug, Clone)]
pub struct DueDays {
    /// First day on which it is taken.
    pub opens: Option<NaiveDate>,
    /// Last day.
    pub due: Option<NaiveDate>,
    /// Last day of grace.
    pub grace: Option<NaiveDate>,
    /// The rule of the last day with its ground.
    pub rule: RuleText,
}

impl DueDays {
    /// The days of a year's report under a profile.
    pub fn of(profile: &Profile, year: i32) -> Self {
        let next = year.saturating_add(1);
        Self {
            opens: profile.get(keys::ANNUAL_REPORT_OPENS).in_year(year),
            due: profile.get(keys::ANNUAL_REPORT_DUE).in_year(next),
            grace: profile.get(keys::ANNUAL_REPORT_GRACE).in_year(next),
            rule: RuleText::from(profile.rule(RuleKey::AnnualReportDue)),
        }
    }

    /// Whether a report that is not handed in is late on this day.
    pub fn is_late(&self, day: NaiveDate) -> bool {
        self.due.is_some_and(|due| day > due)
    }
}

/// The parties an actor is to the reports of a committee.
pub fn parties(actor: &Actor, committee: &CommitteeRow) -> BTreeSet<Party> {
    actor.parties(&Owners {
        project: None,
        committee: Some(committee.id),
        authority: committee.authority_id,
    })
}

/// What an actor may see of a committee's report in this state; none was begun when there is no state.
pub fn sight(actor: &Actor, committee: &CommitteeRow, state: Option<ReportState>) -> Sight {
    let inside = [
        Party::Secretariat,
        Party::Chair,
        Party::ViceChair,
        Party::Member,
        Party::Officer,
        Party::Administrator,
        Party::System,
    ];
    let mine = parties(actor, committee);
    if inside.iter().any(|party| mine.contains(party)) {
        Sight::Inside
    } else if state == Some(ReportState::Accepted) {
        Sight::Public
    } else {
        Sight::Nothing
    }
}

/// The profile that holds the rules of a committee's reports.
///
/// # Errors
/// `NotFound` when the authority has no profile.
pub fn profile_of(
    conn: &mut AnyConn,
    committee: &CommitteeRow,
    today: NaiveDate,
) -> Result<std::sync::Arc<Profile>, ActionError> {
    let name = profiles::name_for(conn, committee.authority_id, Some(committee.id))?;
    profiles::in_force(conn, &name, today)
}

/// The days of the reports of many committees on some years, each by the profile that applies to it; every profile is read once.
///
/// # Errors
/// Storage trouble; a committee without a profile is left out.
pub fn days_of(
    conn: &mut AnyConn,
    committees: &[CommitteeRow],
    years: &[i32],
    today: NaiveDate,
) -> Result<BTreeMap<(CommitteeId, i32), DueDays>, ActionError> {
    let own: BTreeMap<CommitteeId, String> = rule_profiles::versions(conn)?
        .into_iter()
        .filter_map(|row| Some((row.committee_id?, row.name)))
        .collect();
    let by_authority: BTreeMap<_, String> =
        register::all_authorities(conn)?.into_iter().map(|row| (row.id, row.profile)).collect();
    let mut known: BTreeMap<String, Vec<(i32, DueDays)>> = BTreeMap::new();
    let mut days = BTreeMap::new();
    for committee in committees {
        let name = own.get(&committee.id).or_else(|| by_authority.get(&committee.authority_id));
        let Some(name) = name else { continue };
        if !known.contains_key(name) {
            let profile = profiles::in_force(conn, name, today)?;
            let each = years.iter().map(|year| (*year, DueDays::of(&profile, *year)));
            known.insert(name.clone(), each.collect());
        }
        let found = known.get(name).into_iter().flatten();
        days.extend(found.map(|(year, days)| ((committee.id, *year), days.clone())));
    }
    Ok(days)
}

/// Whether a committee reports at all: one that works, under whatever conditions.
pub fn owes(committee: &CommitteeRow) -> bool {
    use quanheng_domain::committee::CommitteeState::{InTerm, Rectifying, Renewing, Suspended};
    matches!(committee.state, InTerm | Renewing | Rectifying | Suspended)
}

/// The parts as they were saved; a part nobody saved is absent.
pub fn parts_of(row: &ReportRow) -> Result<BTreeMap<ReportPart, PartText>, ActionError> {
    report::parts_in(&row.narratives)
        .map_err(|_| ActionError::inconsistent("annual_reports", "narratives", row.id, ""))
}

/// The corrections as they were made, the first one first.
pub fn corrections_of(row: &ReportRow) -> Result<Vec<Correction>, ActionError> {
    report::corrections_in(&row.corrections)
        .map_err(|_| ActionError::inconsistent("annual_reports", "corrections", row.id, ""))
}

/// The address of a report's page.
pub fn path(committee: &CommitteeRow, year: i32) -> String {
    format!("/reports/annual/{year}/{}", committee.segment())
}

fn not_yours(who: Party) -> ActionError {
    Refusal::new(RefusalCode::NotYours).with("who", who).into()
}

fn committee(tx: &mut Tx<'_, '_>, id: CommitteeId) -> Result<CommitteeRow, ActionError> {
    register::committee(tx.conn(), id)?.ok_or(ActionError::NotFound)
}

/// The report to be written in, begun if there is none yet; refused for others than the secretariat and once it is on its way.
fn open_report(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    committee: &CommitteeRow,
    year: i32,
    if_version: Option<i64>,
) -> Result<(ReportRow, bool), ActionError> {
    use chrono::Datelike;
    if !parties(actor, committee).contains(&Party::Secretariat) {
        return Err(not_yours(Party::Secretariat));
    }
    // Of a year that has not begun there is nothing to tell.
    if year > tx.today().year() {
        return Err(ActionError::NotFound);
    }
    let found = reports::find(tx.conn(), committee.id, year)?;
    if if_version.is_some_and(|seen| seen != found.as_ref().map_or(0, |row| row.version)) {
        return Err(ActionError::Conflict);
    }
    let Some(row) = found else { return Ok((blank(tx, committee.id, year), true)) };
    if !report::is_open(Some(row.state)) {
        return Err(Refusal::new(RefusalCode::ReportNotHere).with("state", row.state).into());
    }
    Ok((row, false))
}

fn blank(tx: &Tx<'_, '_>, committee_id: CommitteeId, year: i32) -> ReportRow {
    ReportRow {
        id: tx.id(),
        version: 1,
        committee_id,
        year,
        state: ReportState::Draft,
        figures: Value::Null,
        narratives: Value::Null,
        corrections: Value::Null,
        written_by: None,
        signed_by: None,
        signed_at: None,
        submitted_at: None,
        decided_by: None,
        decided_at: None,
        decision_note: String::new(),
        updated_at: tx.now(),
    }
}

fn keep(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &mut ReportRow,
    is_new: bool,
) -> Result<(), ActionError> {
    row.written_by = actor.person().map(|person| person.person);
    row.updated_at = tx.now();
    if is_new {
        return Ok(reports::insert(tx.conn(), row)?);
    }
    save(tx, row)
}

fn save(tx: &mut Tx<'_, '_>, row: &mut ReportRow) -> Result<(), ActionError> {
    if reports::save(tx.conn(), row)? { Ok(()) } else { Err(ActionError::Conflict) }
}

/// Tells about a report: to whom is a matter of the notice.
fn announce(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    row: &ReportRow,
    key: NoticeKey,
    reason: &str,
    event: quanheng_domain::ids::EventId,
) -> Result<(), ActionError> {
    let about = tell::About {
        object_kind: ObjectKind::Report,
        object_id: row.id.cast(),
        ..seats::about(committee)
    };
    let facts = NoticeFacts {
        title: report::title(&committee.name_zh, row.year),
        path: path(committee, row.year),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        number: Some(row.year.to_string()),
        ..seats::facts(committee)
    };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}
