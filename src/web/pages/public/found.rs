//! What a search shows of each edition: number and title with what was found marked, state, days, and lines of the text itself.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_actions::search::mark::{self, Line, Piece};
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::Locale;
use quanheng_domain::ids::SpecificationId;
use serde::Serialize;

use super::{edition, fulltext};
use crate::views::{Pill, Text};

/// One edition that was found.
#[derive(Debug, Serialize)]
pub struct Found {
    href: String,
    code: Vec<Piece>,
    title: Vec<Piece>,
    unknown: bool,
    state: Pill,
    days: Text,
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize)]
struct LineView {
    href: String,
    clause: String,
    pieces: Vec<Piece>,
}

/// The editions as they are shown.
pub fn found(
    rows: &[&SpecificationRow],
    lines: &HashMap<SpecificationId, Vec<Line>>,
    terms: &[String],
    catalogue: &Catalogue,
    (on, locale): (NaiveDate, Locale),
) -> Vec<Found> {
    let one = |row: &&SpecificationRow| {
        let unknown = row.title_zh == row.number;
        let day =
            |text: &str| edition::day(text).unwrap_or_else(|| Text::said("catalogue-day-unknown"));
        let line = |line: &Line| LineView {
            href: fulltext::clause_href(row, &line.key),
            clause: format!("{} {}", line.number, line.heading).trim().to_owned(),
            pieces: line.pieces.clone(),
        };
        Found {
            href: edition::href(row),
            code: mark::marked(&row.number, terms),
            title: if unknown { Vec::new() } else { title(row, terms, locale) },
            unknown,
            state: edition::pill(catalogue.state(&row.id, on)),
            days: Text::said("search-days")
                .with_text("issued", &day(&row.issued_on))
                .with_text("effective", &day(&row.effective_on)),
            lines: lines.get(&row.id).into_iter().flatten().map(line).collect(),
        }
    };
    rows.iter().map(one).collect()
}

/// The title in the reader's language; the other one follows where only it holds what was found.
fn title(row: &SpecificationRow, terms: &[String], locale: Locale) -> Vec<Piece> {
    let own = edition::title(row, locale);
    let mut pieces = mark::marked(&own, terms);
    let other = if own == row.title_zh { &row.title_en } else { &row.title_zh };
    if !pieces.iter().any(|one| one.hit) {
        let marked = mark::marked(other, terms);
        if marked.iter().any(|one| one.hit) {
            pieces.push(Piece { text: " · ".to_owned(), hit: false });
            pieces.extend(marked);
        }
    }
    pieces
}
