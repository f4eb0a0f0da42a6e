//! The national overview: where the work of every committee stands, what the year brought, and how far the reports have come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_db::{
    DbError,
    conn::AnyConn,
    register::{self, CommitteeRow},
    reports::{self, ReportRow},
};
use quanheng_domain::{
    Keyed,
    ids::{AuthorityId, CommitteeId},
    records::ReportState,
    stage::Phase,
};

use crate::{
    annual,
    figure::{Figure, FigureKey, complete},
    records::Records,
};

/// A committee in the overview.
#[derive(Debug, Clone)]
pub struct Line {
    /// The committee.
    pub committee: CommitteeRow,
    /// Running projects by phase, as they stand now, every phase in order.
    pub standing: Vec<(Phase, usize)>,
    /// Running projects whose day has passed, as they stand now.
    pub overdue: usize,
    /// The figures of the year, last year's beside them.
    pub figures: Vec<Figure>,
    /// The state of its report; none when none was begun.
    pub state: Option<ReportState>,
    /// When its report was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl Line {
    /// The number of a figure and the one of the year before.
    pub fn number(&self, key: FigureKey) -> (i64, i64) {
        let found = self.figures.iter().find(|figure| figure.key == key);
        found.map_or((0, 0), |figure| (figure.value, figure.previous.unwrap_or(0)))
    }

    /// Whether nothing happened in the year and the one before, and nobody began a report.
    pub fn is_silent(&self) -> bool {
        let moved = self.figures.iter().any(|figure| {
            !matches!(figure.key, FigureKey::Stock | FigureKey::Members | FigureKey::Running)
                && (figure.value > 0 || figure.previous.is_some_and(|before| before > 0))
        });
        !moved && self.state.is_none()
    }
}

/// The overview of a year.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The year.
    pub year: i32,
    /// The committees by code.
    pub lines: Vec<Line>,
    /// The figures of all of them together.
    pub total: Vec<Figure>,
}

impl Overview {
    /// The number of a figure over all committees, and the one of the year before.
    pub fn number(&self, key: FigureKey) -> (i64, i64) {
        let found = self.total.iter().find(|figure| figure.key == key);
        found.map_or((0, 0), |figure| (figure.value, figure.previous.unwrap_or(0)))
    }

    /// Running projects of all committees that stand at a phase now.
    pub fn standing(&self, phase: Phase) -> usize {
        let of = |line: &Line| {
            line.standing.iter().find(|(here, _)| *here == phase).map_or(0, |(_, count)| *count)
        };
        self.lines.iter().map(of).sum()
    }
}

/// The overview of a year over the committees of some authorities, or of all; `None` when the year is none of the calendar.
///
/// # Errors
/// Storage trouble.
pub fn overview(
    conn: &mut AnyConn,
    authorities: Option<&BTreeSet<AuthorityId>>,
    year: i32,
    now: DateTime<Utc>,
) -> Result<Option<Overview>, DbError> {
    let mut committees = register::all_committees(conn)?;
    committees.retain(|row| authorities.is_none_or(|all| all.contains(&row.authority_id)));
    let ids: Vec<CommitteeId> = committees.iter().map(|row| row.id).collect();
    let Some(records) = annual::records(conn, &ids, year)? else { return Ok(None) };
    let mut handed_in: BTreeMap<CommitteeId, ReportRow> =
        reports::of_year(conn, year)?.into_iter().map(|row| (row.committee_id, row)).collect();
    let mut lines = Vec::with_capacity(committees.len());
    for committee in committees {
        let Some(figures) = annual::figures(&records, &committee, year) else { return Ok(None) };
        let report = handed_in.remove(&committee.id);
        let (standing, overdue) = standing(&records, committee.id, now);
        lines.push(Line {
            standing,
            overdue,
            figures,
            state: report.as_ref().map(|row| row.state),
            submitted_at: report.and_then(|row| row.submitted_at),
            committee,
        });
    }
    let total = sum(&lines);
    Ok(Some(Overview { year, lines, total }))
}

fn standing(
    records: &Records,
    committee: CommitteeId,
    now: DateTime<Utc>,
) -> (Vec<(Phase, usize)>, usize) {
    let today = quanheng_domain::deadline::day_of(now);
    let running: Vec<_> = records
        .of(committee)
        .stories
        .iter()
        .filter(|story| !story.project.stage.is_final())
        .collect();
    let at =
        |phase: Phase| running.iter().filter(|story| story.project.stage.phase() == phase).count();
    let overdue = running.iter().filter(|s| s.project.due_on.is_some_and(|due| due < today));
    (Phase::ALL.iter().map(|phase| (*phase, at(*phase))).collect(), overdue.count())
}

fn sum(lines: &[Line]) -> Vec<Figure> {
    let add = |key: FigureKey| {
        let (mut value, mut previous) = (0, 0);
        for line in lines {
            let (this, last) = line.number(key);
            (value, previous) = (value + this, previous + last);
        }
        Figure { key, value, previous: Some(previous), evidence: Vec::new() }
    };
    complete(FigureKey::ALL.iter().map(|key| add(*key)).collect())
}
