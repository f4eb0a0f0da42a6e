//! Editions as the public pages show them: number, title in the reader's language, state in words, dates as far as they are known.

use chrono::NaiveDate;
use quanheng_actions::specification::catalogue::{Catalogue, segment};
use quanheng_db::{projects::ProjectRow, register::CommitteeRow, specifications::SpecificationRow};
use quanheng_domain::{Keyed, Locale, validity::ValidityState};

use crate::pages::address;
use crate::views::{Cell, Column, Crumb, Empty, Link, PageHead, Pill, Row, Table, Text, Tone};

/// The address of an edition.
pub fn href(row: &SpecificationRow) -> String {
    format!("/specifications/{}", address::encoded(&segment(row)))
}

/// The head of a page below an edition: its number, and the way back over the edition to the catalogue.
pub fn head(row: &SpecificationRow, title: &str) -> PageHead {
    let mut head = PageHead::new(Text::said(title));
    head.code = Some(row.number.clone());
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::plain(&row.number), href: Some(href(row)) },
        Crumb { text: Text::said(title), href: None },
    ];
    head
}

/// The head of a page beside the catalogue.
pub fn beside(title: &str, lead: &str) -> PageHead {
    let mut head = PageHead::new(Text::said(title));
    head.lead = Some(Text::said(lead));
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::said(title), href: None },
    ];
    head
}

/// The number as a link.
pub fn link(row: &SpecificationRow) -> Link {
    Link::new(href(row), Text::plain(row.number.clone()))
}

/// The English name for English readers where there is one, else the Chinese name.
pub fn in_language(locale: Locale, zh: &str, en: &str) -> String {
    if locale == Locale::English && !en.is_empty() { en.to_owned() } else { zh.to_owned() }
}

/// The title in the reader's language.
pub fn title(row: &SpecificationRow, locale: Locale) -> String {
    in_language(locale, &row.title_zh, &row.title_en)
}

/// The title in the reader's language, or words that say that only the number is known.
pub fn title_text(row: &SpecificationRow, locale: Locale) -> Text {
    if row.title_zh == row.number {
        Text::said("catalogue-title-unknown")
    } else {
        Text::plain(title(row, locale))
    }
}

/// The title of a project in the reader's language.
pub fn project_title(row: &ProjectRow, locale: Locale) -> String {
    in_language(locale, &row.title_zh, &row.title_en)
}

/// A committee as a link.
pub fn committee_link(row: &CommitteeRow, locale: Locale) -> Link {
    let name = in_language(locale, &row.name_zh, &row.name_en);
    let text = row.code.as_ref().map_or_else(|| name.clone(), |code| format!("{code} {name}"));
    Link::new(format!("/committees/{}", address::encoded(&row.segment())), text)
}

/// A state in words with its tone.
pub fn pill(state: ValidityState) -> Pill {
    let tone = match state {
        ValidityState::InForce => Tone::Good,
        ValidityState::PartlyReplaced | ValidityState::Unknown => Tone::Warn,
        ValidityState::Draft | ValidityState::Approved | ValidityState::Pending => Tone::Info,
        ValidityState::Abolished | ValidityState::Replaced | ValidityState::Withdrawn => {
            Tone::Faded
        }
    };
    Pill::new(Text::word("validity", state.key()), tone)
}

/// A date as far as it is known: a day in the reader's way, else the year or month as written; nothing when unknown.
pub fn day(text: &str) -> Option<Text> {
    if text.is_empty() {
        return None;
    }
    Some(match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => Text::said("catalogue-day").with_date("day", day),
        Err(_) => Text::plain(text),
    })
}

/// A cell with a date.
pub fn day_cell(text: &str) -> Cell {
    Cell::text(day(text).unwrap_or_else(|| Text::said("catalogue-day-unknown")))
}

/// A table of editions: number and title, state on a day, and the days of issue and force.
pub fn table(
    caption: &str,
    rows: &[&SpecificationRow],
    catalogue: &Catalogue,
    on: NaiveDate,
    locale: Locale,
) -> Table {
    let line = |row: &&SpecificationRow| Row {
        cells: vec![
            Cell {
                code: Some(row.number.clone()),
                ..Cell::link(href(row), title_text(row, locale))
            },
            Cell::pill(pill(catalogue.state(&row.id, on))),
            day_cell(&row.issued_on),
            day_cell(&row.effective_on),
        ],
        ..Row::default()
    };
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: [
            "catalogue-column-title",
            "catalogue-column-state",
            "catalogue-column-issued",
            "catalogue-column-effective",
        ]
        .into_iter()
        .map(|key| Column::new(Text::said(key)))
        .collect(),
        rows: rows.iter().map(line).collect(),
        empty: Some(Empty {
            title: Text::said("catalogue-none"),
            text: Some(Text::said("catalogue-none-text")),
            action: None,
        }),
    }
}
