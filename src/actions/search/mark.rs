//! Marking what was looked for in what is shown, and the lines of published texts in which it stands.

use std::collections::HashMap;

use quanheng_db::{
    clauses::{self, PlainRow},
    conn::AnyConn,
    documents,
    projects::{self, ProjectFilter, Reader},
    specifications::SpecificationRow,
};
use quanheng_domain::ids::{DocumentId, ProjectId, SpecificationId};
use serde::Serialize;

use super::cut;
use crate::ActionError;

/// Characters shown around what was found.
const AROUND: usize = 36;
/// Lines shown of one text.
const MOST_LINES: usize = 2;
/// Clauses read for all texts of a page.
const MOST_READ: i64 = 400;

/// A piece of a text: as it stands, or marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are what was looked for.
    pub hit: bool,
}

/// A line of a published text in which a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Name of the clause.
    pub key: String,
    /// Number of the clause as printed.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// The words around the place, with the marks.
    pub pieces: Vec<Piece>,
}

/// The characters of a text with their folded form; blanks are left out of the folded text.
fn folded(text: &str) -> Vec<(usize, char)> {
    let mut all = Vec::new();
    for (at, c) in text.char_indices() {
        let plain = cut::plain(&c.to_string());
        all.extend(plain.chars().filter(|c| !c.is_whitespace()).map(|c| (at, c)));
    }
    all
}

/// Places of the terms in a text as ranges of bytes, in order and apart.
fn places(text: &str, terms: &[String]) -> Vec<(usize, usize)> {
    let letters = folded(text);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for term in terms {
        let term: Vec<char> = term.chars().collect();
        if term.is_empty() {
            continue;
        }
        for window in letters.windows(term.len()) {
            if window.iter().map(|(_, c)| c).eq(term.iter()) {
                let last = window[window.len() - 1].0;
                let end = text[last..].chars().next().map_or(last, |c| last + c.len_utf8());
                found.push((window[0].0, end));
            }
        }
    }
    found.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// A text in pieces, the terms marked.
pub fn marked(text: &str, terms: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    for (from, to) in places(text, terms) {
        push(&text[at..from], false);
        push(&text[from..to], true);
        at = to;
    }
    push(&text[at..], false);
    pieces
}

/// The words around the first place of a term, marked; nothing if no term stands there.
pub fn around(text: &str, terms: &[String]) -> Option<Vec<Piece>> {
    let (from, to) = *places(text, terms).first()?;
    let start = text[..from].char_indices().rev().take(AROUND).last().map_or(from, |(at, _)| at);
    let end = text[to..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| to + at);
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    Some(marked(&format!("{before}{}{after}", text[start..end].replace('\n', " ")), terms))
}

/// The lines of the published texts of some editions in which the terms stand, with a constant number of queries.
///
/// # Errors
/// Storage trouble.
pub fn lines(
    conn: &mut AnyConn,
    editions: &[&SpecificationRow],
    terms: &[String],
) -> Result<HashMap<SpecificationId, Vec<Line>>, ActionError> {
    let mut found: HashMap<SpecificationId, Vec<Line>> = HashMap::new();
    let Some(longest) = terms.iter().max_by_key(|term| term.chars().count()) else {
        return Ok(found);
    };
    let projects: Vec<ProjectId> = editions.iter().filter_map(|row| row.project_id).collect();
    if projects.is_empty() {
        return Ok(found);
    }
    let most = i64::try_from(projects.len()).unwrap_or(i64::MAX);
    let filter = ProjectFilter {
        ids: Some(projects),
        reader: Some(Reader::default()),
        ..ProjectFilter::default()
    };
    let open = projects::newest(conn, &filter, most)?;
    let open: Vec<ProjectId> = open.into_iter().map(|row| row.id).collect();
    let texts = documents::published_of(conn, &open)?;
    let of: HashMap<DocumentId, SpecificationId> = texts
        .iter()
        .filter_map(|text| {
            let edition = editions.iter().find(|row| row.project_id == Some(text.project_id))?;
            Some((text.id, edition.id))
        })
        .collect();
    let ids: Vec<DocumentId> = of.keys().copied().collect();
    for PlainRow { document_id, key, number, heading, plain } in
        clauses::holding(conn, &ids, longest, MOST_READ)?
    {
        let Some(edition) = of.get(&document_id) else { continue };
        let lines = found.entry(*edition).or_default();
        if lines.len() < MOST_LINES
            && let Some(pieces) = around(&plain, terms)
        {
            lines.push(Line { key, number, heading, pieces });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|one| if one.hit { format!("[{}]", one.text) } else { one.text.clone() })
            .collect()
    }

    #[test]
    fn terms_are_marked_in_any_width_and_case_and_across_blanks() {
        let terms = ["水表".to_owned(), "mpe".to_owned()];
        assert_eq!(told(&marked("冷水 水表的ＭＰＥ", &terms)), "冷水 [水表]的[ＭＰＥ]");
        assert_eq!(told(&marked("水 表", &terms)), "[水 表]");
        assert_eq!(told(&marked("无关", &terms)), "无关");
        let both = ["压力表".to_owned(), "表盘".to_owned()];
        assert_eq!(told(&marked("压力表盘", &both)), "[压力表盘]");
    }

    #[test]
    fn a_line_shows_what_stands_around() {
        let text = format!("{}示值误差{}", "前".repeat(80), "后".repeat(80));
        let shown = told(&around(&text, &["示值误差".to_owned()]).unwrap());
        assert!(shown.starts_with("…前") && shown.ends_with("后…") && shown.contains("[示值误差]"));
        assert!(shown.chars().count() < 2 * AROUND + 12);
        assert_eq!(around("没有", &["示值".to_owned()]), None);
    }
}
