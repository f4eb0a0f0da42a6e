//! The data of a committee as a form: for founding one and for changing one.

use quanheng_actions::committee::found::Entry;
use quanheng_db::register::{AuthorityRow, CommitteeRow};
use quanheng_domain::Keyed;
use quanheng_domain::committee::CommitteeKind;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};

use crate::page_form::Fields;
use crate::pages::projects::{Part, word};
use crate::views::{Field, FieldKind, Text};

/// The field of a form, with what is stored unless it came back.
pub(super) fn filled(
    part: &Part<'_>,
    kind: FieldKind,
    (field, label): (&str, &str),
    stored: impl Into<String>,
) -> Field {
    let made = part.field(kind, field, Text::said(label));
    if part.is_back() { made } else { made.value(stored) }
}

fn with_choices(field: Field, choices: Vec<(String, Text)>) -> Field {
    choices.into_iter().fold(field, |field, (value, text)| field.choice(&value, text))
}

/// What kind it is and where it stands: its authority, and the committee above.
fn place(
    part: &Part<'_>,
    entry: Option<&Entry>,
    authorities: &[AuthorityRow],
    parents: &[CommitteeRow],
) -> [Field; 3] {
    let select = |field, label, of: fn(&Entry) -> String| {
        filled(part, FieldKind::Select, (field, label), entry.map(of).unwrap_or_default())
    };
    let kinds = CommitteeKind::ALL.iter().map(|kind| (kind.key().to_owned(), word(*kind)));
    let authorities =
        authorities.iter().map(|row| (row.id.to_string(), Text::plain(row.name_zh.clone())));
    let above = parents.iter().filter(|row| row.kind != CommitteeKind::WorkingGroup).map(|row| {
        let code = row.code.clone().unwrap_or_default();
        (row.id.to_string(), Text::plain(format!("{code} {}", row.name_zh).trim().to_owned()))
    });
    let none = std::iter::once((String::new(), Text::said("keeping-parent-none")));
    let kind = select("kind", "keeping-kind", |entry| entry.kind.key().to_owned());
    let authority = select("authority", "keeping-authority", |entry| entry.authority.to_string());
    let parent = select("parent", "keeping-parent", |entry| {
        entry.parent.map(|id| id.to_string()).unwrap_or_default()
    });
    [
        with_choices(kind, kinds.collect()).required(),
        with_choices(authority, authorities.collect())
            .hint(Text::said("keeping-authority-hint"))
            .required(),
        with_choices(parent, none.chain(above).collect()).hint(Text::said("keeping-parent-hint")),
    ]
}

/// The fields, filled from what was typed or from the committee as it stands.
pub fn fields(
    part: &Part<'_>,
    entry: Option<&Entry>,
    authorities: &[AuthorityRow],
    parents: &[CommitteeRow],
) -> Vec<Field> {
    let stored = |of: fn(&Entry) -> String| entry.map(of).unwrap_or_default();
    let line = |field, label, most: usize, of: fn(&Entry) -> String| {
        filled(part, FieldKind::Text, (field, label), stored(of)).attr("maxlength", most)
    };
    let scope = stored(|entry| entry.scope_zh.clone());
    let year =
        stored(|entry| entry.established_year.map(|year| year.to_string()).unwrap_or_default());
    let mut fields = Vec::from(place(part, entry, authorities, parents));
    fields.extend([
        line("code", "keeping-code", 40, |entry| entry.code.clone())
            .hint(Text::said("keeping-code-hint")),
        line("name_zh", "keeping-name", 200, |entry| entry.name_zh.clone()).required(),
        line("name_en", "field-name-en", 300, |entry| entry.name_en.clone()),
        filled(part, FieldKind::Textarea, ("scope_zh", "keeping-scope"), scope)
            .attr("rows", 3)
            .attr("maxlength", 2_000),
        line("host", "keeping-host", 120, |entry| entry.host.clone())
            .hint(Text::said("keeping-unit-hint")),
        filled(part, FieldKind::Number, ("established_year", "keeping-year"), year)
            .attr("min", 1900)
            .attr("inputmode", "numeric"),
    ]);
    fields
}

/// What was typed as the command of the action.
///
/// # Errors
/// The fault at the field.
pub fn entry(form: Fields<'_>) -> Result<Entry, FieldFault> {
    Ok(Entry {
        code: form.line("code"),
        kind: form.choice("kind")?,
        parent: form.id("parent")?,
        authority: form
            .id("authority")?
            .ok_or_else(|| FieldFault::new("authority", FaultCode::Missing))?,
        name_zh: form.line("name_zh"),
        name_en: form.line("name_en"),
        scope_zh: form.text("scope_zh"),
        host: form.line("host"),
        established_year: form.number("established_year")?,
    })
}
