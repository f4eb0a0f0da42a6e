//! The facts of the project in blocks, and its open deadlines.

use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::word;
use crate::pages::public::edition::href;
use crate::views::{DataBlock, DataRow, Datum, Deadline, Text};

/// One open deadline.
#[derive(Serialize)]
pub struct DeadlineLine {
    pub deadline: Deadline,
}

fn row(key: &str, values: Vec<Datum>) -> DataRow {
    DataRow::new(Text::said(key), values)
}

fn words(text: &str) -> Vec<Datum> {
    if text.trim().is_empty() { Vec::new() } else { vec![Datum::text(text)] }
}

fn day(day: Option<chrono::NaiveDate>) -> Vec<Datum> {
    day.map(|day| Datum::text(Text::said("projects-day").with_date("day", day)))
        .into_iter()
        .collect()
}

pub fn blocks(file: &ProjectFile) -> Vec<DataBlock> {
    let (project, details) = (&file.loaded.row, &file.details);
    let text = DataBlock {
        title: Text::said("projects-block-text"),
        rows: vec![
            row("projects-kind", vec![Datum::text(word(project.kind))]),
            row("projects-category", vec![Datum::text(word(project.category))]),
            row("projects-need", words(&details.need)),
            row("projects-scope", words(&details.scope)),
            row("projects-related", words(&details.related)),
            row("projects-adoption", vec![Datum::text(word(project.adoption))]),
            row("projects-international", words(&details.international)),
            row("projects-openness", vec![Datum::text(word(project.openness))]),
        ],
        next: None,
    };
    let units = file.units.iter().map(|(unit, named)| Datum {
        note: unit.lead.then(|| Text::said("projects-lead-unit")),
        ..Datum::text(Text::plain(&named.name_zh))
    });
    let committee = file.committee.iter().map(|committee| {
        let href = format!("/committees/{}", committee.segment());
        Datum::link(href, Text::plain(&committee.name_zh))
    });
    let owners = DataBlock {
        title: Text::said("projects-block-owners"),
        rows: vec![
            row("projects-committee", committee.collect()),
            row("projects-authority", vec![Datum::text(Text::plain(&file.authority.name_zh))]),
            row("projects-units", units.collect()),
            row("projects-suggested-by", words(&details.suggested_by)),
        ],
        next: None,
    };
    let plan = DataBlock {
        title: Text::said("projects-block-plan"),
        rows: vec![
            row("projects-plan-document", words(&project.plan_document)),
            row("projects-plan-on", day(project.plan_on)),
            row("projects-due-on", day(project.due_on)),
            row("projects-review-on", day(project.review_on)),
            row("projects-review-place", words(&project.review_place)),
            edition(file),
            row("projects-approval", words(&details.approval_document)),
        ],
        next: None,
    };
    vec![text, owners, plan]
}

// The edition as a link once the public may read it; until then its number stands here alone.
fn edition(file: &ProjectFile) -> DataRow {
    let reserved = &file.details.reserved_number;
    let key = if reserved.is_empty() { "projects-concerns" } else { "projects-number" };
    match &file.edition {
        Some(edition) if reserved.is_empty() || !edition.issued_on.is_empty() => {
            let named = Text::plain(format!("{} {}", edition.number, edition.title_zh));
            row(key, vec![Datum::link(href(edition), named)])
        }
        _ => row("projects-number", words(reserved)),
    }
}

pub fn deadlines(file: &ProjectFile) -> Vec<DeadlineLine> {
    let shown = file.deadlines.iter().filter(|row| !row.kind.is_reminder());
    shown
        .map(|row| DeadlineLine {
            deadline: Deadline::new(row.due_at, file.now).labelled(word(row.kind)),
        })
        .collect()
}
