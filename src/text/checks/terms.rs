//! Terms that are defined twice, or defined and never used (术语).

use std::collections::HashMap;

use quanheng_domain::check::CheckKind;

use super::{
    Finding,
    outline::{Outline, sentences, tight},
};

pub(super) fn check(text: &Outline) -> Vec<Finding> {
    let Some(chapter) = text.chapter(&["术语"]) else { return Vec::new() };
    // Headings of sections, not of terms.
    let section = |heading: &str| {
        ["术语", "计量单位", "符号", "定义"]
            .iter()
            .any(|word| heading == *word || heading.starts_with("术语"))
    };
    let terms: Vec<(usize, String)> = text
        .headed(chapter)
        .filter(|at| text.headed(*at).next().is_none())
        .map(|at| (at, chinese(&text.clauses[at].heading)))
        .filter(|(_, term)| term.chars().count() >= 2 && !section(term))
        .collect();
    let mut found = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, term) in &terms {
        let clause = &text.clauses[*at];
        match first.get(term.as_str()) {
            Some(before) => found.push(
                Finding::new(CheckKind::TermTwice, &clause.key, term)
                    .with("first", &text.clauses[*before].key),
            ),
            None => {
                first.insert(term, *at);
            }
        }
    }
    let said: Vec<Vec<String>> = text
        .clauses
        .iter()
        .map(|clause| sentences(clause).into_iter().map(tight).collect())
        .collect();
    for (term, at) in first {
        let others = said.iter().enumerate().filter(|(other, _)| *other != at);
        let used = others.flat_map(|(_, words)| words).any(|words| words.contains(term));
        if !used {
            found.push(Finding::new(CheckKind::TermUnused, &text.clauses[at].key, term));
        }
    }
    found
}

/// The Chinese part of a heading that gives the term in two languages.
fn chinese(heading: &str) -> String {
    let term = tight(heading);
    let end = term.char_indices().find(|(at, letter)| {
        let latin = letter.is_ascii_alphabetic()
            && term[*at..].chars().filter(char::is_ascii_alphabetic).count() > 3;
        latin || matches!(letter, ';' | '；' | '[' | '［')
    });
    end.map_or(term.clone(), |(end, _)| term[..end].to_owned())
}
