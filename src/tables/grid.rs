//! From raw rows to a table: which row is the header, what stands above it, which rows are empty or repeat the header.

use crate::{Note, Row, RowFault, Table, TableError, clean::tidy, columns::Lexicon};

/// How far down a header is looked for; titles and remarks stand above it in printed lists.
const HEADER_WITHIN: usize = 30;
/// How many notes about single rows are kept.
const MOST_ROW_NOTES: usize = 200;

/// What kind of file the rows come from: in text a surplus cell means shifted cells, on a sheet it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Text,
    Sheet,
}

/// Builds the table from filled rows in file order.
pub(crate) fn assemble(
    mut rows: Vec<Row>,
    source: Source,
    wanted: Option<&Lexicon>,
    mut notes: Vec<Note>,
) -> Result<Table, TableError> {
    rows.retain(|row| !is_blank(&row.cells) || !row.faults.is_empty());
    let at = header_at(&rows, wanted).ok_or(TableError::NoHeader)?;
    let mut headers: Vec<String> = rows[at].cells.iter().map(|cell| tidy(cell).text).collect();
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    if at > 0 {
        notes.push(Note::AboveHeader { rows: at });
    }
    let mut table = Table { headers, rows: Vec::with_capacity(rows.len() - at), notes };
    let mut left_out = 0;
    for mut row in rows.drain(at + 1..) {
        if repeats(&row, &table.headers) {
            note(&mut table.notes, &mut left_out, Note::HeaderAgain { line: row.line });
            continue;
        }
        measure(&mut row, source, table.headers.len(), |found| {
            note(&mut table.notes, &mut left_out, found)
        });
        table.rows.push(row);
    }
    if left_out > 0 {
        table.notes.push(Note::More { notes: left_out });
    }
    Ok(table)
}

/// Compares a row's width with the header's.
fn measure(row: &mut Row, source: Source, expected: usize, mut tell: impl FnMut(Note)) {
    let found =
        row.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    match source {
        Source::Text if found > expected => row.faults.push(RowFault::Surplus { found, expected }),
        Source::Sheet if found > expected => tell(Note::OutsideHeader { line: row.line }),
        Source::Text if row.cells.len() < expected => {
            tell(Note::ShortRow { line: row.line, found: row.cells.len(), expected });
        }
        _ => {}
    }
    row.cells.truncate(expected);
}

fn note(notes: &mut Vec<Note>, left_out: &mut usize, found: Note) {
    if notes.len() < MOST_ROW_NOTES { notes.push(found) } else { *left_out += 1 }
}

/// The header is the row that names most wanted columns, or else the first row with more than one filled cell.
fn header_at(rows: &[Row], wanted: Option<&Lexicon>) -> Option<usize> {
    let top = &rows[..rows.len().min(HEADER_WITHIN)];
    if let Some(lexicon) = wanted {
        let mut best = (0, None);
        for (at, row) in top.iter().enumerate() {
            let score = lexicon.score(&row.cells);
            if score > best.0 {
                best = (score, Some(at));
            }
        }
        if best.1.is_some() {
            return best.1;
        }
    }
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    top.iter()
        .position(|row| filled(row) > 1)
        .or_else(|| top.iter().position(|row| filled(row) == 1))
}

/// How well rows fit a format, to choose between delimiters or sheets.
pub(crate) fn fit(rows: &[Row], wanted: Option<&Lexicon>) -> usize {
    wanted.map_or(0, |lexicon| {
        rows.iter().take(HEADER_WITHIN).map(|row| lexicon.score(&row.cells)).max().unwrap_or(0)
    })
}

pub(crate) fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

fn repeats(row: &Row, headers: &[String]) -> bool {
    row.cells.len() >= headers.len()
        && headers.iter().zip(&row.cells).all(|(header, cell)| *header == tidy(cell).text)
}
