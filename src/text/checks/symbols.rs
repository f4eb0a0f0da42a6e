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
use crate::units;

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

/// A text in which lower and raised letters stand beside their symbol: `u_(c,rel)` is `ucrel`.
fn flat(text: &str) -> String {
    let mut found = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let close = match (letter, letters.peek()) {
            ('_' | '^', Some('{')) => '}',
            ('_' | '^', Some('(')) => ')',
            ('_' | '^' | '{' | '}' | '$' | '\\', _) => continue,
            _ => {
                found.push(letter);
                continue;
            }
        };
        let index = letters.by_ref().skip(1).take_while(|letter| *letter != close);
        found.extend(index.filter(|letter| letter.is_alphanumeric()));
    }
    found
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
        // The index of a sum or product is explained by the sum itself.
        if at > 1 && letters[at - 1] == '(' && letters[at - 2] == '_' {
            at += letters[at..].iter().take_while(|letter| **letter != ')').count();
            continue;
        }
        // The constant stands before a symbol without a sign between.
        if letters[at] == 'π' {
            at += 1;
            continue;
        }
        let before = letters[..at].iter().rev().find(|letter| !letter.is_whitespace());
        let measured = before.is_some_and(char::is_ascii_digit);
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
        let unit = measured && units::is_single(&symbol);
        if !function && !unit && !found.contains(&symbol) {
            found.push(symbol);
        }
    }
    found
}

/// A symbol with the Chinese index that follows it, as in `m标——标准值`.
fn with_chinese_index(symbol: &str, rest: &str) -> Option<String> {
    let index: String = rest.chars().take_while(|letter| is_chinese(*letter)).collect();
    let dash = rest[index.len()..].trim_start().starts_with(['—', '–', '-', '：', ':']);
    (dash && (1..=4).contains(&index.chars().count())).then(|| format!("{symbol}{index}"))
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
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
            let symbol = &rest[..end];
            if noun {
                found.push(symbol.to_owned());
            }
            waiting.push(symbol.to_owned());
            found.extend(with_chinese_index(symbol, &rest[end..]));
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
            noun = is_chinese(letter)
                && !"式按由和与中以用取从对将当在把为是图表附录第注".contains(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    found
}
