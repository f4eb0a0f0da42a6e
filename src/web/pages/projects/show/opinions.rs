//! Comment rounds, objections to the publicity, ballots.

use quanheng_domain::Keyed;
use quanheng_domain::ballot::{BallotForm, BallotPurpose};
use quanheng_domain::people::Party;
use quanheng_domain::stage::Stage;
use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::{Again, FormView, Part, word};
use super::table;
use crate::views::{Cell, Deadline, FieldKind, Pill, Row, Table, Text, Tone};

/// One objection with its answer, or the form to answer it.
#[derive(Serialize)]
pub struct ObjectionLine {
    pub id: String,
    pub who: Option<String>,
    pub at: String,
    pub text: String,
    pub answer: Option<String>,
    pub due: Deadline,
    pub form: Option<FormView>,
}

pub fn objections(file: &ProjectFile, again: Option<&Again>) -> Vec<ObjectionLine> {
    let officer = file.is(Party::Officer);
    // What somebody objected is public with its answer; who objected is known to those who work on it.
    let shown = file.objections.iter().filter(|row| file.inside || row.answered_at.is_some());
    shown
        .map(|row| {
            let key = format!("answer-{}", row.id);
            let part = Part::new(&key, again);
            let form = (officer && row.answered_at.is_none()).then(|| FormView {
                action: format!("/projects/{}/objections/{}/answer", row.project_id, row.id),
                fields: vec![
                    part.field(
                        FieldKind::Textarea,
                        "answer",
                        Text::said("projects-objection-answer"),
                    )
                    .attr("rows", 4)
                    .required(),
                ],
                button: Text::said("projects-objection-answer-send"),
            });
            let who = if row.unit.is_empty() {
                row.name.clone()
            } else {
                format!("{} · {}", row.name, row.unit)
            };
            ObjectionLine {
                id: row.id.to_string(),
                who: file.inside.then_some(who),
                at: row.at.to_rfc3339(),
                text: row.text.clone(),
                answer: row.answered_at.map(|_| row.answer.clone()),
                due: Deadline::new(row.answer_due, file.now),
                form,
            }
        })
        .collect()
}

pub fn objection(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("objection", again);
    (file.loaded.row.stage == Stage::Publicity).then(|| FormView {
        action: format!("/projects/{}/objections", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Text, "name", Text::said("projects-objection-name"))
                .attr("maxlength", 100)
                .required(),
            part.field(FieldKind::Email, "contact", Text::said("projects-objection-contact"))
                .hint(Text::said("projects-objection-contact-hint"))
                .attr("maxlength", 254)
                .required(),
            part.field(FieldKind::Text, "unit", Text::said("projects-objection-unit"))
                .attr("maxlength", 200),
            part.field(FieldKind::Textarea, "text", Text::said("projects-objection-text"))
                .attr("rows", 6)
                .required(),
        ],
        button: Text::said("projects-objection-send"),
    })
}

pub fn rounds(file: &ProjectFile) -> Table {
    // Those who settle the comments find the desk beside the round.
    let settles = file.is(Party::Secretariat) || file.is(Party::Drafter);
    let rows = file.rounds.iter().map(|round| {
        let name = Text::said("projects-round")
            .with("n", round.ordinal)
            .with_text("purpose", &word(round.purpose));
        let mut cells = vec![
            Cell::link(format!("/consultations/{}", round.id), name),
            Cell::pill(Pill::new(word(round.status), Tone::Info)),
            Cell::text(
                Text::said("projects-until").with_deadline("until", round.closes_at.to_rfc3339()),
            ),
        ];
        if settles {
            let desk = format!("/consultations/{}/desk", round.id);
            cells.push(Cell::link(desk, Text::said("rounds-to-desk")));
        }
        Row { cells, ..Row::default() }
    });
    let mut columns = vec!["projects-round-name", "projects-round-state", "projects-closes"];
    if settles {
        columns.push("projects-round-work");
    }
    table("projects-rounds", &columns, rows.collect(), Some("projects-rounds-none"))
}

pub fn ballots(file: &ProjectFile) -> Table {
    let rows = file.ballots.iter().map(|ballot| {
        let state = match (ballot.closed_at, ballot.signed_at) {
            (None, _) => Pill::new(Text::said("projects-ballot-open"), Tone::Info),
            (Some(_), None) => Pill::new(Text::said("projects-ballot-closed"), Tone::Plain),
            (Some(_), Some(_)) => Pill::new(Text::said("projects-ballot-signed"), Tone::Good),
        };
        let drafts = file.is(Party::Drafter) && ballot.is_counted();
        let opens = file.sees_ballots || drafts;
        let cells = vec![
            Cell {
                href: opens.then(|| format!("/ballots/{}", ballot.id)),
                ..Cell::text(word(ballot.purpose)).note(Text::plain(&ballot.question))
            },
            Cell::pill(state),
            Cell::text(
                Text::said("projects-until").with_deadline("until", ballot.closes_at.to_rfc3339()),
            ),
        ];
        Row { cells, ..Row::default() }
    });
    table(
        "projects-ballots",
        &["projects-ballot-name", "projects-ballot-state", "projects-closes"],
        rows.collect(),
        Some("projects-ballots-none"),
    )
}

/// The form that opens a ballot which no move opens: on an application, on a re-examination, on any other matter.
pub fn opening(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let row = &file.loaded.row;
    let mut purposes = match row.stage {
        Stage::Taken => vec![BallotPurpose::Proposal],
        Stage::Reexamining => vec![BallotPurpose::Reexamination],
        _ => Vec::new(),
    };
    purposes.push(BallotPurpose::Matter);
    purposes.retain(|purpose| {
        !file.ballots.iter().any(|ballot| ballot.purpose == *purpose && ballot.closed_at.is_none())
    });
    let may = file.is(Party::Secretariat)
        && row.committee_id.is_some()
        && !row.stage.is_final()
        && !purposes.is_empty();
    let part = Part::new("ballot", again);
    may.then(|| FormView {
        action: format!("/projects/{}/ballots", row.id),
        fields: vec![
            part.choice(
                FieldKind::Select,
                "purpose",
                Text::said("projects-ballot-name"),
                &purposes,
            )
            .required(),
            part.choice(
                FieldKind::Select,
                "form",
                Text::said("projects-ballot-form"),
                BallotForm::ALL,
            )
            .required(),
            part.field(FieldKind::Date, "closes_on", Text::said("projects-field-ballot-closes-on"))
                .required(),
            part.field(FieldKind::Text, "question", Text::said("projects-ballot-question"))
                .attr("maxlength", 500),
        ],
        button: Text::said("projects-ballot-start"),
    })
}
