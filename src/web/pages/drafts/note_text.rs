//! The words of a revision note: figures, the list of changes with what caused them, and the comments that were not taken up.

use std::collections::BTreeMap;

use quanheng_actions::document::place::Placed;
use quanheng_actions::document::revised::{Figures, Revised, Spot};
use quanheng_domain::Locale;
use quanheng_domain::clause::{Block, Cell, Clause, ClauseKind, ClauseText};
use quanheng_domain::comment::Disposition;
use quanheng_render::{self as render, PageNumber, Paper};

use super::super::projects::word;
use crate::views::Text;

/// How a text is spoken in the language of the note.
pub type Say<'a> = &'a dyn Fn(&Text) -> String;

/// The note by clause: figures, changes, comments that were not taken up.
pub fn text(
    revised: &Revised,
    figures: &Figures,
    from: &Text,
    to: &Text,
    say: Say<'_>,
) -> ClauseText {
    let mut parts: Vec<(&str, Vec<Block>)> =
        vec![("note-overview", overview(figures, from, to, say))];
    parts.push(("note-changes", changes(revised, say)));
    let refused = refused(revised, say);
    if !refused.is_empty() {
        parts.push(("note-refused", refused));
    }
    let clause = |(at, (key, blocks)): (usize, (&str, Vec<Block>))| Clause {
        key: at.to_string(),
        kind: ClauseKind::Clause,
        number: at.to_string(),
        heading: say(&Text::said(key)),
        level: 1,
        blocks,
    };
    let clauses = (1..).zip(parts).map(clause).collect();
    ClauseText { clauses, ..ClauseText::default() }
}

fn overview(figures: &Figures, from: &Text, to: &Text, say: Say<'_>) -> Vec<Block> {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let Figures { answers, comments, accepted, partly, rejected, merged, open } = *figures;
    let which = Text::said("note-which").with_text("from", from).with_text("to", to);
    let mut lines = vec![say(&which)];
    if answers.sent > 0 {
        lines.push(say(&Text::said("note-asked")
            .with("sent", number(answers.sent))
            .with("answered", number(answers.answered()))
            .with("with", number(answers.comments))
            .with("none", number(answers.none))
            .with("silent", number(answers.silent()))));
    }
    lines.push(say(&Text::said("note-figures")
        .with("n", number(comments))
        .with("accepted", number(accepted))
        .with("partly", number(partly))
        .with("rejected", number(rejected))
        .with("merged", number(merged))
        .with("open", number(open))));
    lines.into_iter().map(|text| Block::Words { text }).collect()
}

fn cell(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), across: 1, down: 1 }
}

fn table(headings: &[&str], rows: Vec<Vec<String>>, say: Say<'_>) -> Block {
    let head = headings.iter().map(|key| cell(say(&Text::said(*key)))).collect();
    let body = rows.into_iter().enumerate().map(|(at, row)| {
        let serial = std::iter::once((at + 1).to_string());
        serial.chain(row).map(cell).collect()
    });
    Block::Table { rows: std::iter::once(head).chain(body).collect(), head: 1 }
}

const CHANGES: [&str; 5] = [
    "rounds-column-serial",
    "note-column-clause",
    "note-column-old",
    "note-column-new",
    "note-column-why",
];
const REFUSED: [&str; 4] = [
    "rounds-column-serial",
    "note-column-clause",
    "rounds-column-body",
    "rounds-column-disposition-reason",
];

fn changes(revised: &Revised, say: Say<'_>) -> Vec<Block> {
    let serials: BTreeMap<_, _> = revised
        .all_comments()
        .into_iter()
        .map(|placed| (placed.comment.id, placed.comment.serial))
        .collect();
    let changed = revised.spots().filter(|spot| spot.pair.changed);
    let row = |spot: Spot<'_>| {
        let name = [spot.old, spot.new].into_iter().flatten().map(named).collect::<Vec<_>>();
        let name = if name.first() == name.last() { &name[..1.min(name.len())] } else { &name[..] };
        let why: Vec<String> = spot
            .comments
            .iter()
            .filter(|placed| took_up(placed))
            .map(|placed| cause(placed, placed.comment.serial, say))
            .chain(spot.comments.iter().filter_map(|placed| {
                let target = placed.comment.duplicate_of?;
                let serial = serials.get(&target)?;
                let merged = placed.comment.disposition == Some(Disposition::Merged);
                merged.then(|| {
                    say(&Text::said("note-cause-merged")
                        .with("n", placed.comment.serial)
                        .with("into", *serial))
                })
            }))
            .collect();
        let why =
            if why.is_empty() { say(&Text::said("note-by-drafters")) } else { why.join("\n") };
        let words = |clause: Option<&Clause>, absent: &str| match clause {
            Some(clause) => whole(clause),
            None => say(&Text::said(absent)),
        };
        vec![
            name.join(" → "),
            words(spot.old, "note-was-not"),
            words(spot.new, "note-is-gone"),
            why,
        ]
    };
    let rows: Vec<Vec<String>> = changed.map(row).collect();
    if rows.is_empty() {
        return vec![Block::Words { text: say(&Text::said("drafts-changed-none")) }];
    }
    vec![table(&CHANGES, rows, say)]
}

/// What a clause is called: its number, or its heading where it has none.
fn named(clause: &Clause) -> String {
    if clause.number.is_empty() { clause.heading.clone() } else { clause.number.clone() }
}

fn whole(clause: &Clause) -> String {
    let parts = [clause.heading.clone(), clause.plain()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    // A tab would divide the cell when the note is written as text.
    parts.join("\n").replace('\t', " ")
}

fn took_up(placed: &Placed) -> bool {
    let code = placed.comment.disposition;
    matches!(code, Some(Disposition::Accepted | Disposition::Partly))
}

fn cause(placed: &Placed, serial: i32, say: Say<'_>) -> String {
    let row = &placed.comment;
    let code = row.disposition.map(|code| say(&word(code))).unwrap_or_default();
    let bare = Text::said("note-cause").with("n", serial).with("code", code);
    match row.disposition_reason.trim() {
        "" => say(&bare),
        reason => say(&Text::said("note-cause-reason")
            .with("cause", say(&bare))
            .with("reason", reason.replace('\t', " "))),
    }
}

fn refused(revised: &Revised, say: Say<'_>) -> Vec<Block> {
    let all = revised.all_comments();
    let rows: Vec<Vec<String>> = all
        .into_iter()
        .filter(|placed| placed.comment.disposition == Some(Disposition::Rejected))
        .map(|placed| {
            let row = &placed.comment;
            let clause = if row.clause.is_empty() {
                say(&Text::said("rounds-whole-text"))
            } else {
                row.clause.clone()
            };
            vec![clause, row.body.replace('\t', " "), row.disposition_reason.replace('\t', " ")]
        })
        .collect();
    if rows.is_empty() { Vec::new() } else { vec![table(&REFUSED, rows, say)] }
}

/// Comments that were settled as taken up with a change of the text, at clauses that did not change.
pub fn unmoved(revised: &Revised) -> impl Iterator<Item = (&Placed, &Clause)> {
    revised.spots().filter(|spot| !spot.pair.changed).flat_map(|spot| {
        let clause = spot.new.or(spot.old);
        let claimed = spot
            .comments
            .iter()
            .filter(|placed| took_up(placed) && placed.comment.text_changed == Some(true));
        claimed.filter_map(move |placed| Some((placed, clause?)))
    })
}

/// The note as a paper.
pub fn paper(text: &ClauseText, title: &str, locale: Locale) -> Paper {
    let mut blocks = Vec::new();
    for clause in &text.clauses {
        if !clause.title().is_empty() {
            blocks.push(render::Block::heading(clause.title()));
        }
        blocks.extend(clause.blocks.iter().filter_map(block));
    }
    Paper {
        title: title.to_owned(),
        language: locale.to_string(),
        page_number: PageNumber::default(),
        landscape: text
            .clauses
            .iter()
            .any(|clause| clause.blocks.iter().any(|block| matches!(block, Block::Table { .. }))),
        blocks,
        ..Paper::default()
    }
}

fn block(block: &Block) -> Option<render::Block> {
    match block {
        Block::Table { rows, head } => {
            let columns = columns(rows);
            let row = |(at, row): (u16, &Vec<Cell>)| -> Vec<render::Cell> {
                let cell = |cell: &Cell| {
                    let made = if at < *head {
                        render::Cell::label(cell.text.as_str())
                    } else {
                        render::Cell::new(cell.text.as_str())
                    };
                    made.over(u32::from(cell.across)).down(u32::from(cell.down))
                };
                row.iter().map(cell).collect()
            };
            let mut all: Vec<Vec<render::Cell>> = (0..).zip(rows).map(row).collect();
            let rows = all.split_off(usize::from(*head).min(all.len()));
            Some(render::Block::Table(render::Table { columns, head: all, rows }))
        }
        Block::Place { .. } => None,
        words => Some(words.plain()).filter(|text| !text.is_empty()).map(render::Block::paragraph),
    }
}

/// Shares of the width by the longest words of each column, within bounds.
fn columns(rows: &[Vec<Cell>]) -> Vec<u32> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..count)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            let longest = cells.map(|cell| cell.text.chars().count()).max().unwrap_or(0);
            u32::try_from(longest.clamp(6, 40)).unwrap_or(40)
        })
        .collect()
}
