//! Symbols of formulas that nobody explains (公式符号): every one has to be told after 式中, or elsewhere in the text.

use std::collections::HashSet;

use quanheng_domain::{
    check::CheckKind,
    clause::{Block, Clause},
};

use super::{
    Finding,
    outline::{Outline, sentences},
};

/// Letters that are functions, constants or signs.
const KNOWN: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "ln", "lg", "log", "exp", "sqrt", "max", "min", "lim", "abs", "sum", "prod", "int", "mod",
    "det", "sgn", "frac", "over", "bar", "hat", "overline", "cdot", "times", "left", "right", "e",
    "π", "Σ", "∑", "d", "Δ", "δ", "∂", "pi",
];

pub(super) fn check(text: &Outline) -> Vec<Finding> {
    let said: Vec<String> = text
        .clauses
        .iter()
        .flat_map(|clause| sentences(clause).into_iter().map(flat).collect::<Vec<_>>())
        .collect();
    let mut known: HashSet<String> = said.iter().flat_map(|words| explained(words)).collect();
    let mut found = Vec::new();
    for clause in text.clauses {
        for line in formulas(clause) {
            for symbol in symbols(line) {
                // Once a text: whoever explains it mends all formulas.
                if !in_parts(&symbol, &known) && known.insert(symbol.clone()) {
                    let finding = Finding::new(CheckKind::SymbolUndefined, &clause.key, symbol);
                    found.push(finding.with("formula", line));
                }
            }
        }
    }
    found
}

/// Whether a run of letters is a change of a known symbol (ΔT), or known symbols side by side (ab).
fn in_parts(symbol: &str, known: &HashSet<String>) -> bool {
    let changed =
        symbol.strip_prefix(['Δ', 'δ', 'd', '∂']).is_some_and(|rest| known.contains(rest));
    let several = symbol.chars().nth(1).is_some();
    changed
        || several && symbol.chars().all(|letter| known.contains(letter.encode_utf8(&mut [0; 4])))
}

fn formulas(clause: &Clause) -> impl Iterator<Item = &str> {
    clause.blocks.iter().filter_map(|block| match block {
        Block::Formula { line, .. } if !line.is_empty() => Some(line.as_str()),
        _ => None,
    })
}

/// A text without the signs that set lower and raised letters, and without spaces within a symbol.
fn flat(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '_' | '{' | '}' | '^' | '$' | '\\')).collect()
}

/// Whether a letter may begin a symbol.
fn begins(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || matches!(letter, '\u{370}'..='\u{3ff}' | '\u{1d400}'..='\u{1d7ff}')
            && letter.is_alphabetic()
        || letter == '\u{b5}'
}

fn goes_on(letter: char) -> bool {
    begins(letter)
        || letter.is_ascii_digit()
        || matches!(letter, '\'' | '′' | '\u{300}'..='\u{36f}' | '\u{2080}'..='\u{209c}')
}

/// The symbols of a formula, each once, in order; lower letters belong to their symbol.
fn symbols(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let letters: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        if !begins(letters[at]) {
            at += 1;
            continue;
        }
        // The constant stands before a symbol without a sign between.
        if letters[at] == 'π' {
            at += 1;
            continue;
        }
        let mut symbol = String::new();
        while at < letters.len() && goes_on(letters[at]) {
            symbol.push(letters[at]);
            at += 1;
        }
        if letters.get(at) == Some(&'_') {
            at += 1;
            let braced = matches!(letters.get(at), Some('{' | '('));
            at += usize::from(braced);
            let ends = |letter: char| {
                if braced { matches!(letter, '}' | ')') } else { !letter.is_alphanumeric() }
            };
            while at < letters.len() && !ends(letters[at]) {
                symbol.extend(Some(letters[at]).filter(|letter| letter.is_alphanumeric()));
                at += 1;
            }
            at += usize::from(braced);
        }
        let function = KNOWN.contains(&symbol.as_str());
        if !function && !found.contains(&symbol) {
            found.push(symbol);
        }
    }
    found
}

/// The symbols that a flat sentence explains: before a dash, a colon or 为, 是, 表示; or right after the noun that they stand for.
fn explained(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    let mut rest = words;
    let mut noun = false;
    while let Some(letter) = rest.chars().next() {
        if begins(letter) {
            let end = rest.find(|letter| !goes_on(letter)).unwrap_or(rest.len());
            // A lower index in Chinese belongs to the symbol too, up to a sign.
            let symbol = &rest[..end];
            if noun {
                found.push(symbol.to_owned());
            }
            waiting.push(symbol.to_owned());
            rest = &rest[end..];
            noun = false;
            continue;
        }
        let tells =
            ["—", "–", "-", "―", "─", "－", "：", ":", "为", "是", "表示", "指", "代表", "=", "＝"]
                .iter()
                .any(|sign| rest.starts_with(sign));
        if tells {
            found.append(&mut waiting);
        } else if !matches!(
            letter,
            '、' | ',' | '，' | ' ' | '和' | '及' | '与' | '(' | '（' | ')' | '）' | '\u{a0}'
        ) {
            waiting.clear();
        }
        if !letter.is_whitespace() {
            let han = ('\u{4e00}'..='\u{9fff}').contains(&letter);
            noun = han && !"式按由和与中以用取从对将当在把为是图表附录第注".contains(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    found
}
