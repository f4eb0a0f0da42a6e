//! Requests to adjust the plan (项目调整).

use quanheng_domain::Keyed;
use quanheng_domain::people::Party;
use quanheng_domain::records::AdjustmentKind;

use super::super::file::ProjectFile;
use super::super::forms::{Again, FormView, Part, word};
use super::table;
use crate::views::{Cell, FieldKind, Pill, Row, Table, Text, Tone};

pub fn adjustments(file: &ProjectFile) -> Table {
    let rows = file.adjustments.iter().map(|row| {
        let state = match row.decision {
            None => Pill::new(Text::said("projects-adjustment-open"), Tone::Warn),
            Some(decision) => Pill::new(word(decision), Tone::Plain),
        };
        let by = row.requested_by.map(|by| file.name(by)).unwrap_or_default();
        let cells = vec![
            Cell::text(word(row.kind)).note(Text::plain(&row.wanted)),
            Cell::text(Text::plain(&row.reason)),
            Cell::text(Text::said("projects-day").with_date("day", row.requested_on))
                .note(Text::plain(by)),
            Cell::pill(state),
        ];
        Row { cells, ..Row::default() }
    });
    let columns = [
        "projects-adjustment-kind",
        "projects-adjustment-reason",
        "projects-adjustment-on",
        "projects-adjustment-state",
    ];
    table("projects-adjustments", &columns, rows.collect(), None)
}

pub fn adjustment(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let may =
        [Party::Secretariat, Party::Drafter, Party::Chair].iter().any(|party| file.is(*party));
    let open = file.adjustments.iter().any(|row| row.decision.is_none());
    let part = Part::new("adjustment", again);
    (may && !open && !file.loaded.row.stage.is_final()).then(|| FormView {
        action: format!("/projects/{}/adjustments", file.loaded.row.id),
        fields: vec![
            part.choice(
                FieldKind::Select,
                "kind",
                Text::said("projects-adjustment-kind"),
                AdjustmentKind::ALL,
            )
            .required(),
            part.field(FieldKind::Text, "wanted", Text::said("projects-adjustment-wanted"))
                .attr("maxlength", 200),
            part.field(FieldKind::Textarea, "reason", Text::said("projects-adjustment-reason"))
                .attr("rows", 3)
                .required(),
        ],
        button: Text::said("projects-adjustment-ask"),
    })
}

pub fn refusal(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let open = file.adjustments.iter().any(|row| row.decision.is_none());
    let part = Part::new("refusal", again);
    (open && file.is(Party::Officer)).then(|| FormView {
        action: format!("/projects/{}/adjustments/refuse", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Textarea, "note", Text::said("projects-field-reason"))
                .attr("rows", 2)
                .required(),
        ],
        button: Text::said("projects-adjustment-refuse"),
    })
}
