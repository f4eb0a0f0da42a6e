//! Lines become pieces.

use quanheng_domain::clause::ClauseText;

use super::cells;
use crate::{
    label,
    tree::{Hint, What, Words, build, clean},
};

/// Reads typed text: one paragraph a line, a clause for each line that begins with a number, rows of tables with tabs or `|`.
pub fn read_typed(text: &str) -> ClauseText {
    let mut pieces = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\r');
        if is_row(line) {
            let mut rows = vec![line];
            let piped = line.starts_with('|');
            while let Some(row) = lines.next_if(|row| is_row(row) && row.starts_with('|') == piped)
            {
                rows.push(row);
            }
            let (rows, head) = cells::read(&rows);
            pieces.push(What::Table { rows, head }.into());
            continue;
        }
        let mut whole = String::new();
        let mut part = line.trim();
        let forced = part.strip_prefix('\\');
        part = forced.unwrap_or(part);
        while let Some(begun) = joined(part, &mut whole) {
            whole = begun;
            let Some(next) = lines.next() else { break };
            part = next.trim();
        }
        if !whole.trim().is_empty() {
            pieces.push(piece(&whole, forced.is_some()).into());
        }
    }
    build(pieces)
}

/// Whether a line is a row of a table: it begins with `|`, or tabs divide at least two cells with words.
fn is_row(line: &str) -> bool {
    let words = || line.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    // A number and a tab begin a clause.
    let numbered = || label::label(line.trim()).is_some_and(|found| found.spaced);
    line.starts_with('|') || (line.contains('\t') && words() > 1 && !(words() == 2 && numbered()))
}

/// Adds a line to a paragraph: two `\` at its end are one, a single one goes on with the next line, for which the paragraph is handed back.
fn joined(line: &str, whole: &mut String) -> Option<String> {
    let body = line.trim_end_matches('\\');
    let marks = line.len() - body.len();
    whole.push_str(body);
    whole.extend(std::iter::repeat_n('\\', marks / 2));
    (marks % 2 == 1).then(|| {
        whole.push('\n');
        std::mem::take(whole)
    })
}

fn piece(line: &str, forced: bool) -> What {
    let words = |text: &str, hint: Hint| {
        What::Words(Words { text: text.to_owned(), hint, ..Words::default() })
    };
    if forced {
        return words(line, Hint::Text);
    }
    if let Some(rest) = line.strip_prefix('$') {
        return formula(rest);
    }
    if let Some(about) = line.strip_prefix("![").and_then(|rest| rest.strip_suffix(']')) {
        return What::Figure { about: clean(about).replace('\n', " ") };
    }
    let heading = line.trim_start_matches('#');
    let depth = line.len() - heading.len();
    if depth > 0 && heading.starts_with(char::is_whitespace) {
        return words(heading, Hint::Heading(u8::try_from(depth).unwrap_or(u8::MAX)));
    }
    words(line, Hint::Free)
}

/// `$ E = m (4)`, `$! (4)`, `$ f (4) ()` for a formula without number.
fn formula(rest: &str) -> What {
    let (rest, picture) = rest.strip_prefix('!').map_or((rest, false), |rest| (rest, true));
    let line = clean(rest).replace('\n', " ");
    if let Some(bare) = line.strip_suffix("()") {
        return What::Formula { line: bare.trim_end().to_owned(), picture, number: String::new() };
    }
    match label::formula_number(&line) {
        Some((body, number, _)) => {
            What::Formula { line: body.to_owned(), picture, number: number.to_owned() }
        }
        None => What::Formula { line, picture, number: String::new() },
    }
}
