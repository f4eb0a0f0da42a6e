//! From the tables of a document to rows under one heading: merged cells filled, pages and further tables joined.

use super::{RawRow, RawTable};
use crate::{Note, Row, clean::tidy, columns::Lexicon};

/// How far down a heading is looked for; titles and names of units stand above it in printed forms.
const HEADER_WITHIN: usize = 30;
/// The heading under which the marks of our own exports are handed on.
const MARKS: &str = "comment_id";

/// A table whose heading is known.
struct Headed {
    /// Columns of the grid in which each heading begins.
    starts: Vec<usize>,
    headings: Vec<String>,
    /// The first row below the heading.
    below: usize,
}

/// Joins the tables to rows under one heading, which is the first row; nothing where no table has one.
pub(super) fn join(
    mut tables: Vec<RawTable>,
    wanted: Option<&Lexicon>,
    notes: &mut Vec<Note>,
) -> Option<Vec<Row>> {
    let mut filled = 0;
    for table in &mut tables {
        filled += fill_merged(table);
    }
    tables.retain(|table| table.rows.iter().any(|row| !is_blank(row)));
    let known: Vec<Option<Headed>> = tables.iter().map(|table| headed(table, wanted)).collect();
    let any_known = known.iter().any(Option::is_some);
    let mut joined: Vec<Row> = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    let mut last: Option<(Vec<usize>, Vec<usize>)> = None;
    for (at, (table, found)) in tables.iter().zip(known).enumerate() {
        let found = found.or_else(|| (!any_known).then(|| guessed(table)).flatten());
        let continues = last.as_ref().is_some_and(|(starts, _)| fits(table, starts.len()));
        let (from, starts, places) = match (found, &last) {
            (Some(found), _) => {
                if found.below > 1 && joined.is_empty() {
                    notes.push(Note::AboveHeader { rows: found.below - 1 });
                }
                let places = placed(&mut headings, &found.headings, wanted);
                (found.below, found.starts, places)
            }
            // A table without a heading that is as wide as the one before is its continuation.
            (None, Some((starts, places))) if continues => (0, starts.clone(), places.clone()),
            (None, _) => {
                notes.push(Note::TableNotRead { table: at + 1 });
                continue;
            }
        };
        for row in &table.rows[from..] {
            if let Some(text) = spanning(row, starts.len()) {
                notes.push(Note::HeadingRow { line: row.line, text });
                continue;
            }
            joined.push(laid_out(row, &starts, &places));
        }
        last = Some((starts, places));
    }
    if headings.is_empty() {
        return None;
    }
    if filled > 0 {
        notes.push(Note::MergedFilled { cells: filled });
    }
    let mut head = headings;
    add_marks(&tables, &mut head, &mut joined);
    let line = joined.first().map_or(1, |row| row.line.saturating_sub(1).max(1));
    joined.insert(0, Row { line, cells: head, faults: Vec::new() });
    Some(joined)
}

/// A column with the identities that our own exports keep in bookmarks, where a table has any.
fn add_marks(tables: &[RawTable], head: &mut Vec<String>, joined: &mut [Row]) {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let of_line: std::collections::BTreeMap<u64, &str> =
        rows.filter_map(|row| Some((row.line, row.mark.as_deref()?))).collect();
    if of_line.is_empty() {
        return;
    }
    let width = head.len();
    head.push(MARKS.to_owned());
    for row in joined {
        row.cells.resize(width, String::new());
        row.cells.push(of_line.get(&row.line).map_or("", |mark| mark).to_owned());
    }
}

fn is_blank(row: &RawRow) -> bool {
    row.cells.iter().all(|cell| cell.text.trim().is_empty())
}

/// Gives cells that continue the one above its words.
fn fill_merged(table: &mut RawTable) -> usize {
    let mut filled = 0;
    for at in 1..table.rows.len() {
        let (above, below) = table.rows.split_at_mut(at);
        let (above, row) = (&above[at - 1], &mut below[0]);
        for cell in row.cells.iter_mut().filter(|cell| cell.continues && cell.text.is_empty()) {
            let over = above.cells.iter().find(|over| over.start == cell.start);
            if let Some(over) = over.filter(|over| !over.text.is_empty()) {
                cell.text.clone_from(&over.text);
                filled += 1;
            }
        }
    }
    filled
}

fn texts(row: &RawRow) -> Vec<String> {
    row.cells.iter().map(|cell| tidy(&cell.text).text).collect()
}

/// The heading that names most wanted columns, with a second row of headings below it.
fn headed(table: &RawTable, wanted: Option<&Lexicon>) -> Option<Headed> {
    let lexicon = wanted?;
    let top = table.rows.iter().take(HEADER_WITHIN);
    let scored = top.enumerate().map(|(at, row)| (lexicon.score(&texts(row)), at));
    // Of equal scores the first; one name alone may stand in any sentence.
    let (score, at) = scored.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))?;
    // The lower of two rows of headings names as many, with less said.
    let lower = at > 0 && table.rows[at].cells.iter().any(|cell| cell.continues);
    (score > 1).then(|| with_second_row(table, if lower { at - 1 } else { at }))
}

/// The first row with more than one filled cell, where no heading is known.
fn guessed(table: &RawTable) -> Option<Headed> {
    let filled = |row: &RawRow| row.cells.iter().filter(|cell| !cell.text.is_empty()).count() > 1;
    let at = table.rows.iter().take(HEADER_WITHIN).position(filled)?;
    Some(with_second_row(table, at))
}

fn with_second_row(table: &RawTable, at: usize) -> Headed {
    let row = &table.rows[at];
    let second = table.rows.get(at + 1).filter(|below| {
        below.cells.iter().any(|cell| cell.continues && cell.start > 0)
            && below.cells.iter().any(|cell| !cell.continues)
            && below.cells.len() > row.cells.len()
    });
    let Some(below) = second else {
        return Headed {
            starts: row.cells.iter().map(|cell| cell.start).collect(),
            headings: texts(row),
            below: at + 1,
        };
    };
    let name = |(cell, text): (&super::RawCell, String)| {
        let over = row.cells.iter().rev().find(|over| over.start <= cell.start);
        match over.map(|over| tidy(&over.text).text) {
            Some(over) if !cell.continues && over != text => format!("{over}/{text}"),
            _ => text,
        }
    };
    Headed {
        starts: below.cells.iter().map(|cell| cell.start).collect(),
        headings: below.cells.iter().zip(texts(below)).map(name).collect(),
        below: at + 2,
    }
}

fn fits(table: &RawTable, width: usize) -> bool {
    table.rows.iter().filter(|row| row.cells.len() == width).count() * 2 > table.rows.len()
}

/// The places of a table's headings among all headings; those that mean or say the same share one.
fn placed(all: &mut Vec<String>, own: &[String], wanted: Option<&Lexicon>) -> Vec<usize> {
    let means = |text: &str| wanted.and_then(|lexicon| lexicon.meaning(text));
    let first = all.is_empty();
    own.iter()
        .map(|heading| {
            let same = |known: &String| {
                known == heading || (means(known).is_some() && means(known) == means(heading))
            };
            // Within one table two columns of the same heading stay two.
            let found = if first { None } else { all.iter().position(same) };
            found.unwrap_or_else(|| {
                all.push(heading.clone());
                all.len() - 1
            })
        })
        .collect()
}

/// The words of a row that is one cell across the whole table, such as the title of a chapter.
fn spanning(row: &RawRow, width: usize) -> Option<String> {
    match row.cells.as_slice() {
        [only] if width > 1 && only.span > 1 && !only.text.is_empty() => {
            Some(tidy(&only.text).text)
        }
        _ => None,
    }
}

/// A row under the common headings: cell by cell where it has as many as the heading, else by where its cells begin.
fn laid_out(row: &RawRow, starts: &[usize], places: &[usize]) -> Row {
    let width = places.iter().max().map_or(0, |most| most + 1);
    let mut cells = vec![String::new(); width];
    let exact = row.cells.len() == starts.len();
    for (at, cell) in row.cells.iter().enumerate() {
        let column = if exact {
            at
        } else {
            starts.iter().rposition(|start| *start <= cell.start).unwrap_or(0)
        };
        let place = &mut cells[places[column]];
        if !place.is_empty() && !cell.text.is_empty() {
            place.push('\n');
        }
        place.push_str(&cell.text);
    }
    Row { line: row.line, cells, faults: Vec::new() }
}
