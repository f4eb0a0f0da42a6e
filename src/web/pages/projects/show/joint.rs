//! The other authorities of a joint project (联合制定): who they are, whether they have approved, and the form by which one joins.

use quanheng_db::projects::ProjectPartyRow;
use quanheng_domain::lifecycle::ProjectKind;
use quanheng_domain::people::Party;
use quanheng_domain::stage::Stage;
use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::{Again, Fold, FormView, Part};
use super::table;
use crate::views::{Cell, FieldKind, Pill, Row, Table, Text, Tone};

/// The section.
#[derive(Serialize)]
pub struct Joint {
    pub table: Table,
    pub fold: Option<Fold>,
}

fn state(party: &ProjectPartyRow) -> Pill {
    match (party.dropped_at, party.approved_at) {
        (Some(_), _) => Pill::new(Text::said("projects-party-left"), Tone::Faded),
        (None, Some(_)) => Pill::new(Text::said("projects-party-approved"), Tone::Good),
        (None, None) => Pill::new(Text::said("projects-party-pending"), Tone::Plain),
    }
}

/// The section, where there are parties or one may be named.
pub fn joint(file: &ProjectFile, again: Option<&Again>) -> Option<Joint> {
    let row = &file.loaded.row;
    let decided = row.stage.is_final() || matches!(row.stage, Stage::Approved | Stage::Numbered);
    let text = !matches!(row.kind, ProjectKind::Reexamination | ProjectKind::Abolition);
    let part = Part::new("joint", again);
    let may = file.is(Party::Officer) && text && !decided && !file.choices.authorities.is_empty();
    let fold = may.then(|| {
        let nobody = part
            .field(FieldKind::Select, "authority", Text::said("projects-party-authority"))
            .choice("", Text::said("projects-choose"));
        let field = file.choices.authorities.iter().fold(nobody, |field, one| {
            field.choice(&one.id.to_string(), Text::plain(one.name_zh.clone()))
        });
        let (action, button) =
            (format!("/projects/{}/parties", row.id), Text::said("projects-party-join"));
        part.fold("projects-party-one", FormView { action, fields: vec![field.required()], button })
    });
    let rows = file.joint.iter().map(|(party, one)| {
        let mut state = Cell::pill(state(party));
        if !party.approval_document.is_empty() {
            state = state.note(Text::plain(party.approval_document.clone()));
        }
        Row { cells: vec![Cell::text(one.name_zh.clone()), state], ..Row::default() }
    });
    let rows: Vec<Row> = rows.collect();
    (fold.is_some() || !rows.is_empty()).then(|| Joint {
        table: table(
            "projects-joint",
            &["projects-party-authority", "projects-party-state"],
            rows,
            Some("projects-joint-none"),
        ),
        fold,
    })
}
