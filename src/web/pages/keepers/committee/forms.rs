//! The forms of those who keep a committee.

use quanheng_db::register::{CommitteeRow, SeatRow};
use quanheng_domain::Keyed;
use quanheng_domain::people::Role;
use quanheng_domain::rules::keys;

use super::data::{self, filled};
use super::{Kept, Read, cite, path};
use crate::pages::projects::{Again, Fold, FormView, Part};
use crate::views::{Choice, Field, FieldKind, Text};

/// What is done to a seat.
pub(super) const DEEDS: [&str; 3] = ["leave", "suspend", "resume"];

/// The forms, each folded away until it is wanted.
pub(super) fn folds(
    read: &Read,
    kept: &Kept,
    row: &CommitteeRow,
    again: Option<&Again>,
) -> Vec<Fold> {
    let mut folds = vec![appoint(read, row, again)];
    if !kept.seats.is_empty() {
        folds.push(seat(read, kept, row, again));
    }
    folds.push(term(read, kept, row, again));
    folds.push(data(kept, row, again));
    folds
}

fn line(part: &Part<'_>, field: &str, label: &str, most: usize) -> Field {
    part.field(FieldKind::Text, field, Text::said(label)).attr("maxlength", most)
}

fn data(kept: &Kept, row: &CommitteeRow, again: Option<&Again>) -> Fold {
    let part = Part::new("data", again);
    let mut fields = data::fields(&part, Some(&kept.entry), &kept.authorities, &kept.parents);
    // Always the version of now: whoever was too late is told so and sees what was typed.
    let version = Field::new(FieldKind::Hidden, &part.name("if_version"), "");
    fields.insert(0, version.value(kept.version.to_string()));
    fields.push(
        part.field(FieldKind::Date, "renamed_on", Text::said("keeping-renamed-on"))
            .hint(Text::said("keeping-renamed-on-hint")),
    );
    let button = Text::said("keeping-data-save");
    part.fold("keeping-data", FormView { action: path(row), fields, button })
}

fn appoint(read: &Read, row: &CommitteeRow, again: Option<&Again>) -> Fold {
    let part = Part::new("appoint", again);
    let since = filled(
        &part,
        FieldKind::Date,
        ("since", "admin-since"),
        row.term_start.filter(|day| *day > read.today).unwrap_or(read.today).to_string(),
    );
    let fields = vec![
        part.choice(FieldKind::Select, "role", Text::said("committees-role"), Role::ALL).required(),
        line(&part, "name", "committees-name", 100).hint(Text::said("keeping-person-hint")),
        part.field(FieldKind::Email, "email", Text::said("field-email"))
            .attr("maxlength", 254)
            .hint(Text::said("keeping-email-hint")),
        line(&part, "unit", "committees-unit", 120).hint(Text::said("keeping-unit-hint")),
        since.required(),
        part.field(FieldKind::Date, "until", Text::said("admin-until"))
            .hint(Text::said("keeping-until-hint")),
        part.field(FieldKind::Number, "rank", Text::said("keeping-rank"))
            .hint(Text::said("keeping-rank-hint"))
            .attr("min", 0)
            .attr("inputmode", "numeric"),
        line(&part, "reason", "keeping-document", 500),
    ];
    let (action, button) = (format!("{}/members", path(row)), Text::said("keeping-appoint-do"));
    part.fold("keeping-appoint", FormView { action, fields, button })
}

fn seat_text(seat: &SeatRow, name: &str) -> Text {
    let role = Text::word("role", seat.role.key());
    let key = if seat.suspended { "keeping-seat-suspended" } else { "keeping-seat-held" };
    Text::said(key).with("name", name.to_owned()).with_text("role", &role)
}

fn seat(read: &Read, kept: &Kept, row: &CommitteeRow, again: Option<&Again>) -> Fold {
    let part = Part::new("seat", again);
    let mut which = part.field(FieldKind::Select, "seat", Text::said("keeping-seat-which"));
    for (seat, name) in &kept.seats {
        which = which.choice(&seat.id.to_string(), seat_text(seat, name));
    }
    let mut deed = filled(&part, FieldKind::Radio, ("deed", "keeping-seat-deed"), DEEDS[0]);
    for key in DEEDS {
        deed = deed.choice(key, Text::word("keeping-deed", key));
    }
    let fields = vec![
        which.required(),
        deed.required(),
        filled(&part, FieldKind::Date, ("until", "keeping-seat-until"), read.today.to_string())
            .hint(Text::said("keeping-seat-until-hint")),
        line(&part, "reason", "keeping-document", 500).required(),
    ];
    let (action, button) = (format!("{}/seats", path(row)), Text::said("keeping-seat-do"));
    part.fold("keeping-seat", FormView { action, fields, button })
}

fn term(read: &Read, kept: &Kept, row: &CommitteeRow, again: Option<&Again>) -> Fold {
    let part = Part::new("term", again);
    let next = row.term_no.unwrap_or(0).saturating_add(1);
    let start = row.term_end.filter(|day| *day <= read.today).unwrap_or(read.today);
    let years = cite(&read.profile, keys::TERM_YEARS.key());
    let mut fields = vec![
        filled(&part, FieldKind::Number, ("number", "keeping-term-number"), next.to_string())
            .hint(Text::said("keeping-term-number-hint"))
            .attr("min", 1)
            .attr("inputmode", "numeric")
            .required(),
        filled(&part, FieldKind::Date, ("start", "committees-data-term-start"), start.to_string())
            .required(),
        part.field(FieldKind::Date, "end", Text::said("committees-data-term-end"))
            .hint(Text::said("keeping-term-end-hint").with_text("years", &years.value)),
    ];
    let held = kept.seats.iter().filter(|(seat, _)| seat.since <= read.today);
    let typed = again.filter(|again| again.form == "term").map(|again| {
        again.typed.all("term.go_on").into_iter().map(str::to_owned).collect::<Vec<_>>()
    });
    let choices: Vec<Choice> = held
        .map(|(seat, name)| {
            let value = seat.id.to_string();
            let chosen = typed.as_ref().is_none_or(|typed| typed.contains(&value));
            Choice { chosen, value, text: seat_text(seat, name), hint: None }
        })
        .collect();
    if !choices.is_empty() {
        let mut go_on = part
            .field(FieldKind::Checks, "go_on", Text::said("keeping-term-go-on"))
            .hint(Text::said("keeping-term-go-on-hint"));
        go_on.choices = choices;
        fields.push(go_on);
    }
    fields.push(
        line(&part, "reason", "keeping-document", 500)
            .hint(Text::said("keeping-term-document-hint")),
    );
    let summary = if row.term_no.is_some() { "keeping-term-next" } else { "keeping-term-first" };
    let (action, button) = (format!("{}/terms", path(row)), Text::said("keeping-term-do"));
    part.fold(summary, FormView { action, fields, button })
}
