//! The table of comments in the eight columns of the ISO template, for those who send it on to committees abroad.

use quanheng_db::rounds::CommentRow;
use quanheng_domain::comment::CommentKind;
use quanheng_domain::{Keyed, Locale};
use quanheng_tables::{Cell, Paper, Sheet};

use super::export::{Say, settled};
use super::file::RoundFile;
use crate::views::Text;

/// The columns with their shares of the width.
const COLUMNS: [(&str, u32); 8] = [
    ("iso-column-mb", 9),
    ("iso-column-line", 6),
    ("iso-column-clause", 9),
    ("iso-column-element", 10),
    ("iso-column-type", 7),
    ("iso-column-comments", 24),
    ("iso-column-change", 20),
    ("iso-column-observations", 15),
];

/// The letters of the template.
fn letters(kind: CommentKind) -> &'static str {
    match kind {
        CommentKind::General => "ge",
        CommentKind::Technical => "te",
        CommentKind::Editorial => "ed",
    }
}

/// A comment in the columns of the template; line and element stand within the comment, where the sender put them.
pub fn cells(file: &RoundFile, row: &CommentRow, say: Say<'_>) -> Vec<String> {
    let (author, unit) = file.author(row).unwrap_or_default();
    let mut words = row.body.clone();
    if !row.reason.is_empty() {
        let reason = Text::said("rounds-paper-reason").with("reason", row.reason.as_str());
        words = format!("{words}\n{}", say(&reason));
    }
    let observed = settled(file, row).map(|code| {
        let word = say(&Text::word("disposition", code.key()));
        let serial = file.merged_into(row);
        match (serial, row.disposition_reason.as_str()) {
            (Some(n), _) => {
                format!("{word}\n{}", say(&Text::said("rounds-number").with("n", n)))
            }
            (None, "") => word,
            (None, reason) => format!("{word}\n{reason}"),
        }
    });
    vec![
        if unit.is_empty() { author } else { unit },
        String::new(),
        row.clause.clone(),
        String::new(),
        letters(row.kind).to_owned(),
        words,
        row.proposal.clone(),
        observed.unwrap_or_default(),
    ]
}

/// The template as a document without its rows.
pub fn paper(file: &RoundFile, locale: Locale, say: Say<'_>) -> Paper {
    let title = Text::said("rounds-paper-title").with("title", file.project.title_zh.as_str());
    Paper {
        title: say(&Text::said("iso-title")),
        lines: vec![say(&title)],
        columns: COLUMNS.iter().map(|(key, share)| (say(&Text::said(*key)), *share)).collect(),
        rows: Vec::new(),
        marks: Vec::new(),
        footer: vec![say(&Text::said("iso-legend"))],
        language: locale.to_string(),
    }
}

/// The template as a sheet without its rows, with the identity of each comment behind its columns.
pub fn sheet(say: Say<'_>) -> Sheet {
    let mut headers: Vec<String> = COLUMNS.iter().map(|(key, _)| say(&Text::said(*key))).collect();
    headers.push(say(&Text::said("rounds-column-id")));
    Sheet { name: say(&Text::said("iso-title")), headers, rows: Vec::new() }
}

/// A row of that sheet.
pub fn line(file: &RoundFile, row: &CommentRow, say: Say<'_>) -> Vec<Cell> {
    let mut line: Vec<Cell> = cells(file, row, say).into_iter().map(Cell::from).collect();
    line.push(Cell::from(row.id.to_string()));
    line
}
