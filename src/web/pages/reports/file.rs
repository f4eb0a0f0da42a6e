//! A report as the pages read it: the paper, the days by rule, and what the reader is to it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::report::{self, DueDays, Sight};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::{self, CommitteeRow};
use quanheng_db::reports;
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::records::ReportState;
use quanheng_domain::report::{PartText, ReportPart, ReportStep, is_open};
use quanheng_domain::{Keyed, deadline};
use quanheng_reports::annual::{self, Paper};

use crate::error::WebError;

/// The first year anybody may ask for; the ledger knows nothing before.
const FIRST_YEAR: i32 = 1949;

/// A report with what the reader is to it.
pub struct ReportFile {
    /// The report.
    pub paper: Paper,
    /// The days between which it is due.
    pub days: DueDays,
    /// What the reader is to it.
    pub parties: BTreeSet<Party>,
    /// What the reader may see.
    pub sight: Sight,
    /// The words of the year before.
    pub before: BTreeMap<ReportPart, PartText>,
    /// Today at the authority's place.
    pub today: NaiveDate,
}

impl ReportFile {
    /// Whether the reader may write in it now.
    pub fn writes(&self) -> bool {
        self.parties.contains(&Party::Secretariat) && is_open(self.paper.state)
    }

    /// The steps that the reader may take from here.
    pub fn steps(&self) -> Vec<ReportStep> {
        let Some(state) = self.paper.state else { return Vec::new() };
        ReportStep::ALL
            .iter()
            .copied()
            .filter(|step| step.from().contains(&state) && self.parties.contains(&step.who()))
            .collect()
    }

    /// Who has to do something now.
    pub fn turn(&self) -> Option<Party> {
        let Some(state) = self.paper.state else { return Some(Party::Secretariat) };
        let step = ReportStep::ALL.iter().find(|step| step.from().contains(&state))?;
        Some(step.who())
    }

    /// Whether it should have been handed in and was not.
    pub fn is_late(&self) -> bool {
        let handed_in = self.paper.is_in() || self.paper.state == Some(ReportState::Returned);
        !handed_in && self.days.is_late(self.today)
    }

    /// The parts that the reader may see, in order.
    pub fn parts(&self) -> impl Iterator<Item = ReportPart> {
        let inside = self.sight == Sight::Inside;
        ReportPart::ALL.iter().copied().filter(move |part| inside || part.is_public())
    }

    /// The address of the report.
    pub fn path(&self) -> String {
        report::path(&self.paper.committee, self.paper.year)
    }
}

/// A committee by the end of an address: its code with hyphens or slashes, or its identity.
pub fn committee(conn: &mut AnyConn, segment: &str) -> Result<CommitteeRow, ActionError> {
    if let Ok(id) = segment.parse() {
        return register::committee(conn, id)?.ok_or(ActionError::NotFound);
    }
    let wanted = segment.trim().replace('/', "-");
    register::all_committees(conn)?
        .into_iter()
        .find(|row| row.segment().eq_ignore_ascii_case(&wanted))
        .ok_or(ActionError::NotFound)
}

/// Reads a report; what the reader may not know of is not found.
pub fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    year: i32,
    segment: &str,
    now: DateTime<Utc>,
) -> Result<ReportFile, ActionError> {
    let today = deadline::day_of(now);
    if !(FIRST_YEAR..=today.year()).contains(&year) {
        return Err(ActionError::NotFound);
    }
    let committee = committee(conn, segment)?;
    let paper = annual::paper(conn, &committee, year)?.ok_or(ActionError::NotFound)?;
    let sight = report::sight(actor, &committee, paper.state);
    if sight == Sight::Nothing {
        return Err(ActionError::NotFound);
    }
    let profile = report::profile_of(conn, &committee, today)?;
    let before = match reports::find(conn, committee.id, year - 1)? {
        Some(row) => report::parts_of(&row)?,
        None => BTreeMap::new(),
    };
    Ok(ReportFile {
        days: DueDays::of(&profile, year),
        parties: report::parties(actor, &committee),
        before,
        paper,
        sight,
        today,
    })
}

/// The same for those inside alone.
pub fn read_inside(
    conn: &mut AnyConn,
    actor: &Actor,
    year: i32,
    segment: &str,
    now: DateTime<Utc>,
) -> Result<ReportFile, ActionError> {
    let file = read(conn, actor, year, segment, now)?;
    if file.sight == Sight::Inside { Ok(file) } else { Err(ActionError::NotFound) }
}

/// The year of an address.
pub fn year(text: &str) -> Result<i32, WebError> {
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if !plain {
        return Err(WebError::not_found());
    }
    text.parse().map_err(|_| WebError::not_found())
}
