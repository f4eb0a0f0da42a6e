//! Parts that are told by a word or a mark and not by a number at the beginning: front parts, notes, numbers of formulas.

use quanheng_domain::clause::ClauseKind;

use super::scan::{Scan, fold, is_han};

/// Parts without number: the kind, the key, and the words that print it (spaces left out, small letters).
const PARTS: [(ClauseKind, &str, &[&str]); 7] = [
    (ClauseKind::Front, "目次", &["目次", "目录", "contents", "tableofcontents"]),
    (ClauseKind::Front, "前言", &["前言", "foreword", "preface"]),
    (ClauseKind::Front, "引言", &["引言", "introduction"]),
    (ClauseKind::Front, "序言", &["序言", "序"]),
    (ClauseKind::Front, "编写说明", &["编写说明"]),
    (ClauseKind::Annex, "参考文献", &["参考文献", "bibliography", "references"]),
    (ClauseKind::Annex, "索引", &["索引", "index"]),
];

/// The part that a line of its own begins (`前 言`, `Introduction`): its kind and key.
pub fn front(text: &str) -> Option<(ClauseKind, &'static str)> {
    // Longer lines are no such heading, whatever they say.
    if text.len() > 60 {
        return None;
    }
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    PARTS
        .iter()
        .find(|(_, _, words)| words.contains(&bare.as_str()))
        .map(|(kind, key, _)| (*kind, *key))
}

/// The mark of a note or example (`注1`, `示例`, a footnote's `⁽¹⁾`) and the words after it.
pub fn note(text: &str) -> Option<(String, &str)> {
    let mut scan = Scan::new(text);
    if scan.word("⁽") {
        while scan.take(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)).is_some() {}
        let closed = scan.at() > "⁽".len() && scan.word("⁾");
        return closed.then(|| (text[..scan.at()].to_owned(), text[scan.at()..].trim_start()));
    }
    let han = ["注释", "注", "示例", "例"].iter().any(|word| scan.word(word));
    if !han {
        ["note", "example"].iter().any(|word| scan.latin(word)).then_some(())?;
    }
    let word = &text[..scan.at()];
    scan.spaces();
    let count = scan.digits();
    scan.spaces();
    let end = scan.at();
    scan.take(|c| c == ':')?;
    let mark = match count {
        Some(count) if han => format!("{word}{count}"),
        _ => text[..end].trim_end().to_owned(),
    };
    Some((mark, text[scan.at()..].trim_start()))
}

/// A formula's number at the end of its line (`(4)`, `(A.1)`): the line before it, the number as printed, and the key it gives.
pub fn formula_number(line: &str) -> Option<(&str, &str, String)> {
    let line = line.trim_end();
    let close = line.chars().next_back().filter(|c| fold(*c) == ')')?;
    let open = line.rfind(['(', '（'])?;
    let (before, number) = line.split_at(open);
    let inside = number.strip_suffix(close)?.strip_prefix(['(', '（'])?;
    let led = before.is_empty()
        || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '…' | '·' | '⋯' | '.'));
    let mut scan = Scan::new(inside.trim());
    let mut key = "式".to_owned();
    if let Some(letter) = scan.take(|c| c.is_ascii_uppercase()) {
        key.push(letter);
        key.extend(scan.take(|c| matches!(c, '.' | '-')));
    }
    key += &scan.digits().filter(|count| (1..1000).contains(count))?.to_string();
    while let Some((between, digits)) = scan.pair(|c| matches!(c, '.' | '-' | '–' | '—')) {
        key.push(if between == '.' { '.' } else { '-' });
        key += &digits.to_string();
    }
    (led && scan.at() == inside.trim().len()).then(|| {
        let body = before
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '…' | '·' | '⋯'))
            .trim_end_matches("...");
        (body.trim_end(), number, key)
    })
}

/// Whether a line explains a symbol of the formula before it (`式中：`, `m——质量，kg；`).
pub fn is_symbol_line(text: &str) -> bool {
    let where_ = ["式中", "其中:", "其中：", "where:", "where ", "Where:", "in which"];
    if where_.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let dash = ["——", "—", "--", "– "].iter().filter_map(|dash| text.find(dash)).min();
    dash.is_some_and(|at| {
        let symbol = text[..at].trim();
        let short = !symbol.is_empty() && symbol.chars().nth(24).is_none();
        short && !symbol.chars().any(is_han) && symbol.chars().any(char::is_alphabetic)
    })
}
