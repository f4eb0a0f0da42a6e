//! Printed numbers of clauses: `5.2.3`, `附录A`, `A.2`, `表3`, `图A.1`, `(4)`, and marks of notes.

mod doubtful;
mod parts;
mod scan;
#[cfg(test)]
mod tests;

use quanheng_domain::clause::ClauseKind;
use unicode_normalization::UnicodeNormalization;

use scan::Scan;

pub use doubtful::is_heading;
pub use parts::{formula_number, front, is_symbol_line, note};

/// A number at the beginning of a line, and what stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label<'a> {
    /// What it numbers.
    pub kind: ClauseKind,
    /// The key it gives a clause: `5.2.3`, `A`, `A.2`, `表3`.
    pub key: String,
    /// As printed.
    pub number: &'a str,
    /// What follows, without the space between.
    pub rest: &'a str,
    /// Whether a space or the end of the line follows the number.
    pub spaced: bool,
    /// Whether a table or figure goes on that began before (续表3, 表3（续）).
    pub continued: bool,
}

/// The words in full width as half width, so that `５．２` and `5.2` are the same number.
pub fn folded(text: &str) -> String {
    text.nfkc().collect()
}

/// The number at the beginning of a line; none if it is a quantity (`2.5 mg`), a date, a list item (`1)`) or a reference (`表1中`).
pub fn label(text: &str) -> Option<Label<'_>> {
    number(text).filter(|found| !doubtful::is_quantity_or_reference(found))
}

/// The number at the beginning of a line that is known to have one, whatever words follow.
pub fn number(text: &str) -> Option<Label<'_>> {
    annex(text)
        .or_else(|| object(text, ClauseKind::Table))
        .or_else(|| object(text, ClauseKind::Figure))
        .or_else(|| chapter(text))
        .or_else(|| dotted(text))
}

/// The letter or number that a key begins with, and so on: `5.2.3` as 5, 2, 3.
pub fn steps(key: &str) -> Vec<&str> {
    key.split('.').collect()
}

fn annex(text: &str) -> Option<Label<'_>> {
    let mut scan = Scan::new(text);
    if scan.word("附") {
        scan.spaces();
        scan.word("录").then_some(())?;
    } else {
        (scan.latin("annex") || scan.latin("appendix")).then_some(())?;
    }
    scan.spaces();
    let letter = scan.take(|c| c.is_ascii_uppercase())?;
    if scan.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '.') {
        return None;
    }
    finish(text, &scan, 0, ClauseKind::Annex, letter.to_string())
}

fn object(text: &str, kind: ClauseKind) -> Option<Label<'_>> {
    let mut scan = Scan::new(text);
    let (han, latin) = match kind {
        ClauseKind::Table => ("表", ["table", "tab."]),
        _ => ("图", ["figure", "fig."]),
    };
    let before = scan.word("续");
    let start = scan.at();
    if !scan.word(han) {
        latin.iter().any(|word| scan.latin(word)).then_some(())?;
    }
    scan.spaces();
    let mut key = han.to_owned();
    if let Some(letter) = scan.take(|c| c.is_ascii_uppercase()) {
        key.push(letter);
        if let Some(between) = scan.take(is_between) {
            key.push(joined(between));
        }
    }
    key += &scan.digits()?.to_string();
    while let Some((between, digits)) = scan.pair(is_between) {
        key.push(joined(between));
        key += &digits.to_string();
    }
    let mut label = finish(text, &scan, start, kind, key)?;
    while let Some(rest) = after_continued(label.rest) {
        label.rest = rest;
        label.continued = true;
    }
    label.continued |= before;
    Some(label)
}

const fn is_between(c: char) -> bool {
    matches!(c, '.' | '-' | '–' | '—' | '‑')
}

const fn joined(c: char) -> char {
    if c == '.' { '.' } else { '-' }
}

fn after_continued(rest: &str) -> Option<&str> {
    let marks = ["(续)", "（续）", "(continued)", "(续表)", "（续表）"];
    let after = marks.iter().find_map(|mark| rest.strip_prefix(mark))?;
    Some(after.trim_start())
}

fn chapter(text: &str) -> Option<Label<'_>> {
    let mut scan = Scan::new(text);
    scan.word("第").then_some(())?;
    scan.spaces();
    let count = scan.digits().or_else(|| scan.han_number())?;
    scan.spaces();
    scan.word("章").then_some(())?;
    finish(text, &scan, 0, ClauseKind::Clause, count.to_string())
}

fn dotted(text: &str) -> Option<Label<'_>> {
    let mut scan = Scan::new(text);
    let mut key = String::new();
    match scan.take(|c| c.is_ascii_uppercase()) {
        Some(letter) => {
            key.push(letter);
            let (_, digits) = scan.pair(|c| c == '.')?;
            key = format!("{key}.{digits}");
        }
        None => key += &scan.digits()?.to_string(),
    }
    while let Some((_, digits)) = scan.pair(|c| c == '.') {
        key = format!("{key}.{digits}");
    }
    // `5.` and `5.2.` are numbers too; a further digit is not (`1.05`), nor are years.
    if scan.take(|c| c == '.').is_some() && scan.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let long = steps(&key).iter().any(|step| step.len() > 3);
    if long || steps(&key).len() > 8 || key == "0" || key.starts_with("0.") {
        return None;
    }
    finish(text, &scan, 0, ClauseKind::Clause, key)
}

fn finish<'a>(
    text: &'a str,
    scan: &Scan<'a>,
    start: usize,
    kind: ClauseKind,
    key: String,
) -> Option<Label<'a>> {
    let (number, after) = (&text[start..scan.at()], &text[scan.at()..]);
    let rest = after.trim_start();
    let next = after.chars().next().map(scan::fold);
    let spaced = next.is_none_or(|c| c == ' ');
    let captioned = kind != ClauseKind::Clause;
    let colon = captioned && next == Some(':');
    let open = captioned && next == Some('(');
    let fits = spaced || open || colon || next.is_some_and(scan::is_han);
    let rest = if colon { rest.trim_start_matches([':', '：']).trim_start() } else { rest };
    fits.then_some(Label {
        kind,
        key,
        number,
        rest,
        spaced: spaced || colon || open,
        continued: false,
    })
}
