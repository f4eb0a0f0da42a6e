//! Numbers of other texts, in whatever form they are written (引用).

use quanheng_domain::{
    clause::{Clause, ClauseKind},
    number::{NumberWarning, SpecNumber},
};
use serde::{Deserialize, Serialize};

use super::outline::{Outline, sentences};

/// A number of another text, where it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Key of the clause.
    pub at: String,
    /// As written.
    pub words: String,
    /// In one form, with the year if one is written: `JJG 99-2022`, `GB/T 27025-2019`, `JJG 99`.
    pub number: String,
    /// The same without year.
    pub text: String,
    /// The year, if one is written.
    pub year: Option<u16>,
    /// Whether it stands in the chapter of cited documents (引用文件).
    pub listed: bool,
    /// Whether it stands before the first chapter, where predecessors are named.
    pub front: bool,
}

/// Headings of the chapter of cited documents.
const LISTS: &[&str] = &["引用文件", "引用文献", "规范性引用"];
/// Families of numbers of other texts, longer ones first.
const FAMILIES: &[&str] = &[
    "ISO/IEC", "IEC/TS", "IEC/TR", "OIML", "CNAS", "GB/T", "GB/Z", "GBZ", "GBJ", "GJB", "ISO",
    "IEC", "JB/T", "SJ/T", "DL/T", "HG/T", "YY/T", "QB/T", "HJ/T", "JT/T", "TB/T", "YB/T", "NY/T",
    "MT/T", "SY/T", "CJ/T", "JG/T", "JJF", "JJG", "GB", "JB", "SJ", "DL", "HG", "YY", "QB", "HJ",
    "JT", "TB", "YB", "NY", "MT", "SY", "CJ", "JG", "EN", "IEEE", "ASTM",
];
/// Characters that a number with its mark takes at most.
const LONGEST: usize = 40;

/// Every number of another text, in the order of the text.
pub fn citations(text: &[Clause]) -> Vec<Citation> {
    of(&Outline::new(text))
}

pub(super) fn of(text: &Outline) -> Vec<Citation> {
    let list = text.chapter(LISTS).map(|at| text.within(at));
    let mut found = Vec::new();
    for (at, clause) in text.clauses.iter().enumerate() {
        let listed = list.as_ref().is_some_and(|list| list.contains(&at));
        let front = clause.kind == ClauseKind::Front;
        for words in sentences(clause) {
            found.extend(read(words).into_iter().map(|number| Citation {
                at: clause.key.clone(),
                words: number.words,
                number: number.year.map_or_else(
                    || number.text.clone(),
                    |year| format!("{}{}{year}", number.text, number.divider),
                ),
                text: number.text,
                year: number.year,
                listed,
                front,
            }));
        }
    }
    found
}

struct Read {
    words: String,
    text: String,
    divider: char,
    year: Option<u16>,
}

/// All numbers of a sentence.
fn read(words: &str) -> Vec<Read> {
    let letters: Vec<char> = words.chars().collect();
    let plain: Vec<char> = letters.iter().map(|letter| half(*letter)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        let begins =
            plain[at].is_ascii_alphabetic() && (at == 0 || !plain[at - 1].is_ascii_alphanumeric());
        let family = FAMILIES.iter().find(|name| begins && starts(&plain[at..], name));
        let Some((length, mut number)) = family.and_then(|name| one(&plain[at..], name)) else {
            at += 1;
            continue;
        };
        number.words = letters[at..at + length].iter().collect();
        found.push(number);
        at += length;
    }
    found
}

fn one(plain: &[char], family: &str) -> Option<(usize, Read)> {
    if matches!(family, "JJG" | "JJF") {
        dated(plain).or_else(|| other(plain, family))
    } else {
        other(plain, family)
    }
}

/// A number of the field's own texts with its year, read as far as it goes.
fn dated(plain: &[char]) -> Option<(usize, Read)> {
    let end = |at: &char| matches!(at, '。' | '；' | ';' | '《' | '\n' | '，' | ',');
    let most = plain.iter().take(LONGEST).position(end).unwrap_or(plain.len().min(LONGEST));
    (8..=most).rev().find_map(|length| {
        if plain.get(length).is_some_and(char::is_ascii_digit)
            || !plain[length - 1].is_ascii_digit()
        {
            return None;
        }
        let written: String = plain[..length].iter().collect();
        let parsed = SpecNumber::parse(&written).ok()?;
        let loose = parsed.warnings.contains(&NumberWarning::DashMissing);
        let short = |warning: &NumberWarning| matches!(warning, NumberWarning::TwoDigitYear { .. });
        // A figure after a space is not a year of two digits: `JJG 99 20 次`.
        if loose && parsed.warnings.iter().any(short) {
            return None;
        }
        let (canonical, year) = (parsed.number.canonical(), parsed.number.year());
        let text =
            canonical.rsplit_once('-').map_or(canonical.clone(), |(text, _)| text.to_owned());
        Some((length, Read { words: String::new(), text, divider: '-', year: Some(year) }))
    })
}

/// A number of another family, or one without year.
fn other(plain: &[char], family: &str) -> Option<(usize, Read)> {
    let mut at = family.chars().count();
    let mut mark = String::new();
    if plain.get(at) == Some(&'(') {
        let close = plain[at..].iter().take(14).position(|letter| *letter == ')')?;
        mark = plain[at..=at + close].iter().filter(|letter| **letter != ' ').collect();
        at += close + 1;
    }
    skip(plain, &mut at);
    // A letter for the sort of document: OIML R 76, CNAS-CL01.
    let mut sort = String::new();
    if matches!(family, "OIML" | "CNAS" | "ASTM") {
        at += usize::from(plain.get(at) == Some(&'-'));
        while let Some(letter) = plain.get(at).filter(|letter| letter.is_ascii_alphabetic()) {
            sort.push(letter.to_ascii_uppercase());
            at += 1;
        }
        skip(plain, &mut at);
    }
    let start = at;
    while plain.get(at).is_some_and(|letter| {
        letter.is_ascii_digit()
            || *letter == '.' && plain.get(at + 1).is_some_and(char::is_ascii_digit)
    }) {
        at += 1;
    }
    // Parts of IEC and ISO numbers follow a dash and have fewer digits than a year: IEC 60068-2-1.
    while plain.get(at) == Some(&'-') {
        let digits = plain[at + 1..].iter().take_while(|letter| letter.is_ascii_digit()).count();
        if !(1..=3).contains(&digits)
            || family.starts_with("JJ")
            || family.starts_with("GB") && digits == 2
        {
            break;
        }
        at += 1 + digits;
    }
    let figures: String = plain[start..at].iter().collect();
    if figures.is_empty() {
        return None;
    }
    let space = if matches!(family, "CNAS") { "-" } else { " " };
    let sort = if sort.is_empty() {
        String::new()
    } else if space == "-" {
        sort
    } else {
        format!("{sort} ")
    };
    let text = format!("{family}{mark}{space}{sort}{figures}");
    let divider = if plain.get(at) == Some(&':') { ':' } else { '-' };
    let year = year(plain, at);
    let end = year.map_or(at, |(end, _)| end);
    Some((end, Read { words: String::new(), text, divider, year: year.map(|(_, year)| year) }))
}

/// A year after dashes or a colon, and where it ends.
fn year(plain: &[char], from: usize) -> Option<(usize, u16)> {
    let mut at = from;
    skip(plain, &mut at);
    let signs = plain[at..].iter().take_while(|letter| matches!(letter, '-' | ':')).count();
    at += signs;
    skip(plain, &mut at);
    let digits = plain[at..].iter().take_while(|letter| letter.is_ascii_digit()).count();
    if signs == 0 || digits != 4 {
        return None;
    }
    let year: u16 = plain[at..at + 4].iter().collect::<String>().parse().ok()?;
    (1950..2100).contains(&year).then_some((at + 4, year))
}

fn skip(plain: &[char], at: &mut usize) {
    while plain.get(*at).is_some_and(|letter| *letter == ' ') {
        *at += 1;
    }
}

fn starts(plain: &[char], name: &str) -> bool {
    let mut count = 0;
    let fits = name.chars().zip(plain).all(|(wanted, letter)| {
        count += 1;
        wanted == letter.to_ascii_uppercase()
    });
    let after = plain.get(count);
    fits && count == name.len()
        && !after.is_some_and(|after| after.is_ascii_alphabetic() || *after == '/')
}

/// A character in half width, with every dash as one, so that places stay the same.
fn half(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '—' | '–' | '‐' | '‑' | '‒' | '―' | '−' | '─' => '-',
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t' => ' ',
        '〔' | '【' | '﹙' => '(',
        '〕' | '】' | '﹚' => ')',
        other => other,
    }
}
