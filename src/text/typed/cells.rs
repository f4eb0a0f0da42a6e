//! Rows of tables as lines: `| a | b |`, `<` for a cell that goes on from the left, `^` for one that goes on from above.

use quanheng_domain::clause::Cell;

use crate::tree::clean;

/// The line between the heading of a table and its other rows.
pub(super) const RULE: &str = "|---|";

/// What stands at a place of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Cell(String),
    Left,
    Above,
}

/// A table as lines, without the line feed of the last.
pub(super) fn write(rows: &[Vec<Cell>], head: u16) -> String {
    let mut lines = Vec::new();
    // For each column: rows still covered from above, and whether the cover begins there.
    let mut covered: Vec<(u16, bool)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at == usize::from(head) && head > 0 {
            lines.push(RULE.to_owned());
        }
        lines.push(line(row, &mut covered));
    }
    if head > 0 && usize::from(head) >= rows.len() {
        lines.push(RULE.to_owned());
    }
    lines.join("\n")
}

fn line(row: &[Cell], covered: &mut Vec<(u16, bool)>) -> String {
    let mut written = String::from("|");
    let mut column = 0;
    let mut cells = row.iter();
    loop {
        while let Some((rows, first)) = covered.get_mut(column).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            written += if *first { " ^ |" } else { " < |" };
            column += 1;
        }
        let Some(cell) = cells.next() else { break };
        written += &format!(" {} |", escape(&cell.text));
        for across in 0..cell.across.max(1) {
            if across > 0 {
                written += " < |";
            }
            if covered.len() <= column {
                covered.resize(column + 1, (0, false));
            }
            covered[column] = (cell.down.max(1) - 1, across == 0);
            column += 1;
        }
    }
    // Covers beyond the last cell of a short row.
    for (rows, first) in covered.iter_mut().skip(column) {
        if *rows > 0 {
            *rows -= 1;
            written += if *first { " ^ |" } else { " < |" };
        }
    }
    written
}

fn escape(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n");
    match escaped.as_str() {
        "<" => "\\<".to_owned(),
        "^" => "\\^".to_owned(),
        dashes if !dashes.is_empty() && dashes.chars().all(|c| c == '-' || c == ':') => {
            format!("\\{dashes}")
        }
        _ => escaped,
    }
}

/// Rows of the lines of one table, and how many of them are headings.
pub(super) fn read(lines: &[&str]) -> (Vec<Vec<Cell>>, u16) {
    let mut grid: Vec<Vec<Place>> = Vec::new();
    let mut head = 0;
    for line in lines {
        let places = if line.starts_with('|') { places(line) } else { tabs(line) };
        match places {
            Some(places) => grid.push(places),
            None if head == 0 => head = u16::try_from(grid.len()).unwrap_or(u16::MAX),
            None => {}
        }
    }
    (spans(&grid), head)
}

fn tabs(line: &str) -> Option<Vec<Place>> {
    Some(line.split('\t').map(|cell| Place::Cell(clean(cell))).collect())
}

/// The places of a line; none for the rule below the heading.
fn places(line: &str) -> Option<Vec<Place>> {
    let mut found = Vec::new();
    let (mut text, mut raw) = (String::new(), String::new());
    let mut chars = line.trim_end().chars().skip(1).peekable();
    let mut open = false;
    while let Some(c) = chars.next() {
        open = true;
        match c {
            '\\' => {
                raw.push(c);
                match chars.next() {
                    Some('n') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => text.push('\\'),
                }
            }
            '|' => {
                found.push((std::mem::take(&mut text), std::mem::take(&mut raw)));
                open = false;
            }
            c => {
                raw.push(c);
                text.push(c);
            }
        }
    }
    if open {
        found.push((text, raw));
    }
    let is_rule = |raw: &str| {
        let raw = raw.trim();
        !raw.is_empty() && raw.chars().all(|c| c == '-' || c == ':')
    };
    if !found.is_empty() && found.iter().all(|(_, raw)| is_rule(raw)) {
        return None;
    }
    let place = |(text, raw): (String, String)| match raw.trim() {
        "<" => Place::Left,
        "^" => Place::Above,
        _ => Place::Cell(clean(&text)),
    };
    Some(found.into_iter().map(place).collect())
}

/// Cells with their spans; a mark that leads nowhere is an empty cell.
fn spans(grid: &[Vec<Place>]) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // For each column of the row above: which cell covers it (row, index) and whether that cell begins in this column.
    let mut above: Vec<(usize, usize, bool)> = Vec::new();
    for (at, line) in grid.iter().enumerate() {
        let mut row: Vec<Cell> = Vec::new();
        let mut owners: Vec<(usize, usize, bool)> = Vec::new();
        let mut column = 0;
        while column < line.len() {
            let up = above.get(column).copied().filter(|owner| owner.2);
            match (&line[column], up) {
                (Place::Above, Some((of, index, _))) => {
                    let across = usize::from(rows[of][index].across);
                    rows[of][index].down += 1;
                    owners.extend((0..across).map(|step| (of, index, step == 0)));
                    column += across;
                    continue;
                }
                (Place::Left, _)
                    if row.last().is_some() && owners.last().is_some_and(|owner| owner.0 == at) =>
                {
                    if let Some(cell) = row.last_mut() {
                        cell.across += 1;
                    }
                    owners.push((at, row.len() - 1, false));
                }
                (place, _) => {
                    let text =
                        if let Place::Cell(text) = place { text.clone() } else { String::new() };
                    row.push(Cell { text, across: 1, down: 1 });
                    owners.push((at, row.len() - 1, true));
                }
            }
            column += 1;
        }
        rows.push(row);
        above = owners;
    }
    rows
}
