//! Who works on the project, and what chair and vice-chairs say to the review.

use quanheng_db::projects::ProjectUnitRow;
use quanheng_db::register::OrganisationRow;
use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::Need;
use quanheng_domain::people::{Party, ProjectRole, Role};
use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::{Again, FormView, Part, word};
use crate::views::{FieldKind, Pill, Text, Tone};

/// Somebody named in the project.
#[derive(Serialize)]
pub struct PersonLine {
    pub name: String,
    pub role: Text,
    pub remove: Option<String>,
}

/// What one of the chairs said.
#[derive(Serialize)]
pub struct ConsentLine {
    pub name: String,
    pub role: Text,
    pub state: Pill,
    pub note: String,
}

fn names_people(file: &ProjectFile) -> bool {
    (file.is(Party::Secretariat) || file.is(Party::Officer)) && !file.loaded.row.stage.is_final()
}

pub fn people(file: &ProjectFile) -> Vec<PersonLine> {
    let id = file.loaded.row.id;
    let line = |row: &quanheng_db::projects::ProjectPersonRow| PersonLine {
        name: file.name(row.person_id),
        role: word(row.role),
        remove: (names_people(file) && row.role != ProjectRole::Suggester)
            .then(|| format!("/projects/{id}/people/{}/{}/remove", row.person_id, row.role.key())),
    };
    file.loaded.people.iter().map(line).collect()
}

pub fn naming(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("people", again);
    let roles = [ProjectRole::LeadDrafter, ProjectRole::Drafter, ProjectRole::PrincipalReviewer];
    names_people(file).then(|| FormView {
        action: format!("/projects/{}/people", file.loaded.row.id),
        fields: vec![
            part.choice(FieldKind::Select, "role", Text::said("projects-person-role"), &roles)
                .required(),
            part.field(FieldKind::Email, "email", Text::said("projects-person-email"))
                .hint(Text::said("projects-person-email-hint"))
                .attr("maxlength", 254)
                .required(),
        ],
        button: Text::said("projects-person-name"),
    })
}

/// A drafting unit of the project.
#[derive(Serialize)]
pub struct UnitLine {
    pub name: String,
    pub lead: bool,
    /// Where the form that takes it out is sent; nothing for who may not.
    pub remove: Option<String>,
}

/// The drafting units, the first one first.
pub fn units(file: &ProjectFile) -> Vec<UnitLine> {
    let (row, may) = (&file.loaded.row, names_people(file));
    let line = |(unit, named): &(ProjectUnitRow, OrganisationRow)| UnitLine {
        name: named.name_zh.clone(),
        lead: unit.lead,
        // The first one stands in the plan and is changed by an adjustment.
        remove: (may && !(unit.lead && row.plan_on.is_some()))
            .then(|| format!("/projects/{}/units", row.id)),
    };
    file.units.iter().map(line).collect()
}

/// The form that names a drafting unit.
pub fn unit_naming(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("units", again);
    let row = &file.loaded.row;
    let led = file.units.iter().any(|(unit, _)| unit.lead);
    names_people(file).then(|| FormView {
        action: format!("/projects/{}/units", row.id),
        fields: std::iter::once(
            part.field(FieldKind::Text, "unit", Text::said("projects-unit-name"))
                .attr("maxlength", 120)
                .required(),
        )
        .chain(
            (!led || row.plan_on.is_none())
                .then(|| part.field(FieldKind::Checkbox, "lead", Text::said("projects-unit-lead"))),
        )
        .collect(),
        button: Text::said("projects-unit-add"),
    })
}

pub fn consents(file: &ProjectFile) -> Vec<ConsentLine> {
    if !file.inside {
        return Vec::new();
    }
    let leads = file
        .seats
        .iter()
        .filter(|seat| matches!(seat.role, Role::Chair | Role::ViceChair) && !seat.suspended);
    leads
        .map(|seat| {
            let given = file.loaded.consents.iter().find(|row| row.person_id == seat.person_id);
            let state = match given {
                _ if file.loaded.is_drafter(seat.person_id) => {
                    Pill::new(Text::said("projects-consent-drafts"), Tone::Faded)
                }
                Some(row) if row.agreed => {
                    Pill::new(Text::said("projects-consent-yes"), Tone::Good)
                }
                Some(_) => Pill::new(Text::said("projects-consent-no"), Tone::Bad),
                None => Pill::new(Text::said("projects-consent-open"), Tone::Plain),
            };
            let note = given.map(|row| row.note.clone()).unwrap_or_default();
            ConsentLine { name: file.name(seat.person_id), role: word(seat.role), state, note }
        })
        .collect()
}

pub fn consent(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let leads = file.is(Party::Chair) || file.is(Party::ViceChair);
    let part = Part::new("consent", again);
    // Asked wherever a move waits for it: releasing papers, convening again, withdrawing.
    let waits = file.moves.iter().any(|preview| preview.row.needs.contains(&Need::ChairConsent));
    let due = waits && !file.is(Party::Drafter);
    (leads && due).then(|| FormView {
        action: format!("/projects/{}/consents", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Radio, "agreed", Text::said("projects-consent-question"))
                .choice("yes", Text::said("projects-consent-yes"))
                .choice("no", Text::said("projects-consent-no"))
                .required(),
            part.field(FieldKind::Textarea, "note", Text::said("projects-consent-note"))
                .attr("rows", 2)
                .attr("maxlength", 2_000),
        ],
        button: Text::said("projects-consent-save"),
    })
}
