//! The units outside the committee that are asked to comment, and the hearing on a text under re-examination.

use quanheng_actions::project::details::Details;
use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::{ProjectKind, RoundStatus};
use quanheng_domain::people::Party;
use quanheng_domain::rules::RecipientClass;
use quanheng_domain::stage::{Phase, Stage};
use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::{Again, FormView, Part, word};
use crate::views::{Field, FieldKind, Text};

/// Empty lines offered below the units that are listed.
const MORE: usize = 8;
/// Lines that one form may have.
pub const MOST: usize = 200;
/// The classes of units outside the committee.
const OUTSIDE: &[RecipientClass] = &[
    RecipientClass::User,
    RecipientClass::Maker,
    RecipientClass::VerificationBody,
    RecipientClass::Administration,
    RecipientClass::RelatedDrafter,
    RecipientClass::Public,
];

/// The list as a form.
#[derive(Serialize)]
pub struct AskedView {
    pub action: String,
    pub listed: usize,
    pub open: bool,
    pub rows: Vec<AskedRow>,
}

/// One unit.
#[derive(Serialize)]
pub struct AskedRow {
    pub title: Text,
    pub fields: Vec<Field>,
}

impl AskedView {
    /// Every field of the form.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.rows.iter().flat_map(|row| &row.fields)
    }
}

/// The list, to the secretariat, until the round has closed.
pub fn asked(file: &ProjectFile, again: Option<&Again>) -> Option<AskedView> {
    let row = &file.loaded.row;
    let time = matches!(row.stage.phase(), Phase::Drafting | Phase::Comment)
        && !matches!(row.stage, Stage::CommentsClosed | Stage::CommentsTreated);
    if !file.is(Party::Secretariat) || !time || row.stage.is_final() {
        return None;
    }
    let units = Details::read(&row.details).map(|details| details.asked).unwrap_or_default();
    let part = Part::new("asked", again);
    let line = |at: usize| {
        let unit = units.get(at).filter(|_| !part.is_back());
        let field = |kind, name: &str, label: &str| {
            let field = part.field(kind, &format!("{at}.{name}"), Text::said(label));
            match (unit, name) {
                (Some(unit), "name") => field.value(&unit.name),
                (Some(unit), "class") => field.value(unit.class.key()),
                (Some(unit), _) => field.value(&unit.address),
                (None, _) => field,
            }
        };
        let class = field(FieldKind::Select, "class", "asking-class");
        let class =
            OUTSIDE.iter().fold(class, |field, class| field.choice(class.key(), word(*class)));
        AskedRow {
            title: Text::said("asking-row").with("n", at as u64 + 1),
            fields: vec![
                field(FieldKind::Text, "name", "asking-name").attr("maxlength", 200),
                class,
                field(FieldKind::Email, "address", "asking-address").attr("maxlength", 254),
            ],
        }
    };
    Some(AskedView {
        action: format!("/projects/{}/asked", row.id),
        listed: units.len(),
        open: part.is_back() || units.is_empty(),
        rows: (0..(units.len() + MORE).min(MOST)).map(line).collect(),
    })
}

/// The form that hears members and users on a text under re-examination.
pub fn hearing(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let row = &file.loaded.row;
    let here = row.kind == ProjectKind::Reexamination && row.stage == Stage::Reexamining;
    let running = file.rounds.iter().any(|round| round.status == RoundStatus::Running);
    let part = Part::new("hearing", again);
    (here && !running && file.is(Party::Secretariat)).then(|| FormView {
        action: format!("/projects/{}/hearing", row.id),
        fields: vec![
            part.field(FieldKind::Date, "closes_on", Text::said("asking-closes")).required(),
            part.field(FieldKind::Textarea, "note", Text::said("asking-note"))
                .attr("rows", 3)
                .attr("maxlength", 4_000),
        ],
        button: Text::said("asking-hear"),
    })
}

/// The button that publishes the answers of a hearing, once it has closed.
pub fn publication(file: &ProjectFile) -> Option<FormView> {
    let row = &file.loaded.row;
    let inside = file.is(Party::Secretariat) || file.is(Party::Officer);
    let last = file.rounds.iter().max_by_key(|round| round.ordinal);
    let closed = last.filter(|round| round.status == RoundStatus::Closed);
    (inside && row.stage.phase() != Phase::Comment).then_some(closed).flatten().map(|round| {
        FormView {
            action: format!("/consultations/{}/publication", round.id),
            fields: Vec::new(),
            button: Text::said("asking-publish"),
        }
    })
}
