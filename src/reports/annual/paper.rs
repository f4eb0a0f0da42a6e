//! The report as people read it: figures with their corrections, words with their state, and how far it has come.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_db::{
    DbError,
    conn::AnyConn,
    register::{self, CommitteeRow},
    reports::{self, ReportRow},
};
use quanheng_domain::{
    Keyed,
    ids::ReportId,
    keyed,
    records::ReportState,
    report::{self, Correction, PartText, ReportPart, Wording},
};

use super::{figures, records};
use crate::figure::{Figure, FigureGroup, FigureKey};

keyed! {
    /// How far a part of the report has come.
    PartState as "part state" {
        /// Found right by the secretariat.
        Confirmed = "confirmed",
        /// Words stand there and nobody has confirmed them.
        Written = "written",
        /// The system has filled it.
        Auto = "auto",
        /// Words are missing.
        ToWrite = "to_write",
        /// Nothing has to be said.
        Optional = "optional",
    }
}

/// The annual report of a committee.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The committee.
    pub committee: CommitteeRow,
    /// The year it is about.
    pub year: i32,
    /// Its identity, once somebody began it.
    pub id: Option<ReportId>,
    /// Its state, once somebody began it.
    pub state: Option<ReportState>,
    /// Its version; zero before it was begun.
    pub version: i64,
    /// The figures: those of the signature once it is signed, else those of the records as they stand.
    pub figures: Vec<Figure>,
    /// What the records give today where that differs from the signed figure.
    pub moved: BTreeMap<FigureKey, i64>,
    /// The words by part.
    pub parts: BTreeMap<ReportPart, PartText>,
    /// The corrections, the first one first.
    pub corrections: Vec<Correction>,
    /// Who saved it last.
    pub written_by: Option<String>,
    /// When it was saved or moved last.
    pub updated_at: Option<DateTime<Utc>>,
    /// Who signed.
    pub signed_by: Option<String>,
    /// When.
    pub signed_at: Option<DateTime<Utc>>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who accepted or returned it.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What was said with that.
    pub decision_note: String,
}

/// The groups of figures that stand in a part.
pub const fn groups(part: ReportPart) -> &'static [FigureGroup] {
    match part {
        ReportPart::Composition => &[FigureGroup::Members],
        ReportPart::TextSystem => &[FigureGroup::Texts],
        ReportPart::Work => &[
            FigureGroup::Projects,
            FigureGroup::Comments,
            FigureGroup::Reviews,
            FigureGroup::Reexaminations,
        ],
        ReportPart::FieldTrends
        | ReportPart::ResultsProblems
        | ReportPart::NextYear
        | ReportPart::SubCommittees
        | ReportPart::Money
        | ReportPart::Proposals => &[],
    }
}

impl Paper {
    /// The figure of a key.
    pub fn figure(&self, key: FigureKey) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }

    /// The correction that stands for a figure, if one does.
    pub fn correction(&self, key: FigureKey) -> Option<&Correction> {
        let last = self.corrections.iter().rev().find(|made| made.figure == key.key());
        last.filter(|made| made.value.is_some())
    }

    /// The number that stands: the corrected one, else the computed one.
    pub fn value(&self, figure: &Figure) -> i64 {
        self.correction(figure.key).and_then(|made| made.value).unwrap_or(figure.value)
    }

    /// How far a part has come.
    pub fn part_state(&self, part: ReportPart) -> PartState {
        let saved = self.parts.get(&part);
        let has_words = saved.is_some_and(|saved| !saved.text.is_empty());
        if saved.is_some_and(|saved| saved.confirmed) {
            PartState::Confirmed
        } else if has_words {
            PartState::Written
        } else if part.wording() == Wording::Must {
            PartState::ToWrite
        } else if groups(part).is_empty() {
            PartState::Optional
        } else {
            PartState::Auto
        }
    }

    /// Whether the figures are those of a signature.
    pub fn is_frozen(&self) -> bool {
        self.signed_at.is_some() && !report::is_open(self.state)
    }

    /// Whether it is in the hands of the authority, decided or not.
    pub fn is_in(&self) -> bool {
        matches!(self.state, Some(ReportState::Submitted | ReportState::Accepted))
    }
}

/// The report of a committee for a year, begun or not; `None` when the year is none of the calendar.
///
/// # Errors
/// Storage trouble, or a stored report that cannot be read.
pub fn paper(
    conn: &mut AnyConn,
    committee: &CommitteeRow,
    year: i32,
) -> Result<Option<Paper>, DbError> {
    let Some(records) = records(conn, &[committee.id], year)? else { return Ok(None) };
    let Some(computed) = figures(&records, committee, year) else { return Ok(None) };
    let row = reports::find(conn, committee.id, year)?;
    let mut paper = Paper {
        committee: committee.clone(),
        year,
        id: None,
        state: None,
        version: 0,
        figures: computed,
        moved: BTreeMap::new(),
        parts: BTreeMap::new(),
        corrections: Vec::new(),
        written_by: None,
        updated_at: None,
        signed_by: None,
        signed_at: None,
        submitted_at: None,
        decided_by: None,
        decided_at: None,
        decision_note: String::new(),
    };
    if let Some(row) = row {
        fill(conn, &mut paper, row)?;
    }
    Ok(Some(paper))
}

fn unreadable(row: &ReportRow, column: &str, error: &serde_json::Error) -> DbError {
    DbError::Inconsistent {
        table: "annual_reports".to_owned(),
        column: column.to_owned(),
        row: row.id.to_string(),
        found: error.to_string(),
    }
}

fn fill(conn: &mut AnyConn, paper: &mut Paper, row: ReportRow) -> Result<(), DbError> {
    paper.parts =
        report::parts_in(&row.narratives).map_err(|e| unreadable(&row, "narratives", &e))?;
    paper.corrections = report::corrections_in(&row.corrections)
        .map_err(|e| unreadable(&row, "corrections", &e))?;
    // What came back is written anew, with the figures of the records.
    if row.signed_at.is_some() && !report::is_open(Some(row.state)) && !row.figures.is_null() {
        let signed: Vec<Figure> = serde_json::from_value(row.figures.clone())
            .map_err(|e| unreadable(&row, "figures", &e))?;
        for now in std::mem::replace(&mut paper.figures, signed) {
            if paper.figure(now.key).is_some_and(|signed| signed.value != now.value) {
                paper.moved.insert(now.key, now.value);
            }
        }
    }
    let ids: Vec<_> =
        [row.written_by, row.signed_by, row.decided_by].into_iter().flatten().collect();
    let people = register::people_by(conn, &ids)?;
    let name = |id: Option<quanheng_domain::ids::PersonId>| {
        let person = people.iter().find(|person| Some(person.id) == id)?;
        Some(person.name_zh.clone())
    };
    paper.id = Some(row.id);
    paper.state = Some(row.state);
    paper.version = row.version;
    paper.written_by = name(row.written_by);
    paper.updated_at = Some(row.updated_at);
    paper.signed_by = name(row.signed_by);
    paper.signed_at = row.signed_at;
    paper.submitted_at = row.submitted_at;
    paper.decided_by = name(row.decided_by);
    paper.decided_at = row.decided_at;
    paper.decision_note = row.decision_note;
    Ok(())
}
