//! Clauses become lines.

use std::collections::HashMap;

use quanheng_domain::clause::{Block, Clause, ClauseKind, ClauseText};

use super::cells;
use crate::{
    label::{self, is_heading},
    tree::{Evidence, Sequence, Verdict},
};

/// Writes clauses as text that `read_typed` reads as the same clauses; doubts and margin are not written.
pub fn write_typed(text: &ClauseText) -> String {
    let by_key = text.clauses.iter().map(|clause| (clause.key.as_str(), clause)).collect();
    let mut writer = Writer {
        by_key,
        placed: Vec::new(),
        sequence: Sequence::default(),
        lines: Vec::new(),
        before: Before::Other,
    };
    for clause in &text.clauses {
        if !writer.placed.contains(&clause.key.as_str()) {
            writer.clause(clause);
        }
    }
    let mut written = writer.lines.join("\n");
    if !written.is_empty() {
        written.push('\n');
    }
    written
}

struct Writer<'a> {
    by_key: HashMap<&'a str, &'a Clause>,
    /// Keys of the tables, formulas and figures that were written where they stand.
    placed: Vec<&'a str>,
    sequence: Sequence,
    lines: Vec<String>,
    /// What the line before would take as its own.
    before: Before,
}

/// What a line would take as its own of the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Other,
    /// An annex whose title is still missing.
    Annex,
    /// A note, which goes on with counted items.
    Note,
}

impl<'a> Writer<'a> {
    fn clause(&mut self, clause: &'a Clause) {
        let blocks = match clause.kind {
            ClauseKind::Formula => self.formula(clause),
            ClauseKind::Figure => self.figure(clause),
            ClauseKind::Table => {
                self.lines.push(marked_caption(clause));
                &clause.blocks
            }
            _ => self.opening(clause),
        };
        if clause.kind != ClauseKind::Annex {
            self.before = Before::Other;
        }
        let mut tables = 0;
        for block in blocks {
            let table = matches!(block, Block::Table { .. });
            tables += usize::from(table);
            if table && tables > 1 && clause.kind == ClauseKind::Table {
                self.lines.push(format!("{}（续）", clause.number));
            }
            self.block(block);
        }
    }

    /// The line of a chapter, clause or annex; what is left of its blocks.
    fn opening(&mut self, clause: &'a Clause) -> &'a [Block] {
        let title = clause.title();
        if clause.number.is_empty() {
            let front = label::front(&clause.heading).is_some_and(|(kind, _)| kind == clause.kind);
            if !clause.heading.is_empty() {
                let marks = if front {
                    String::new()
                } else {
                    "#".repeat(usize::from(clause.level.max(1))) + " "
                };
                self.gap();
                self.lines.push(marks + &end_marks(&clause.heading));
            }
            return &clause.blocks;
        }
        if clause.level == 1 {
            self.gap();
        }
        if clause.heading.is_empty()
            && let [Block::Words { text }, rest @ ..] = clause.blocks.as_slice()
        {
            let line = format!("{} {text}", clause.number);
            let plain = clause.kind == ClauseKind::Clause
                && !is_heading(text)
                && !text.contains('\n')
                && self.before != Before::Note;
            if plain && self.is_read(&line, text) {
                self.sequence.take(stem(&clause.key));
                self.lines.push(end_marks(&line));
                return rest;
            }
        }
        let heading = clause.heading.is_empty()
            || clause.kind == ClauseKind::Annex
            || is_heading(&clause.heading);
        let counted = self.before == Before::Note && !clause.key.contains('.');
        let seen = heading && !counted && self.is_read(&title, &clause.heading);
        self.sequence.take(stem(&clause.key));
        self.before = if clause.kind == ClauseKind::Annex { Before::Annex } else { Before::Other };
        self.lines.push(end_marks(&if seen { title } else { format!("# {title}") }));
        &clause.blocks
    }

    /// Whether a line would be read as a clause with these words after its number.
    fn is_read(&self, line: &str, rest: &str) -> bool {
        label::label(line).is_some_and(|found| {
            let take = matches!(self.sequence.judge(&found, Evidence::Looks), Verdict::Take(_));
            take && found.rest == rest && found.spaced
        })
    }

    fn formula(&mut self, clause: &'a Clause) -> &'a [Block] {
        let (line, picture, rest) = match clause.blocks.as_slice() {
            [Block::Formula { line, picture }, rest @ ..] => (line.as_str(), *picture, rest),
            rest => ("", false, rest),
        };
        let sign = if picture { "$!" } else { "$" };
        self.lines.push(end_marks(&spaced(&[sign, line, &clause.number])));
        rest
    }

    /// Figures stand above their caption.
    fn figure(&mut self, clause: &'a Clause) -> &'a [Block] {
        let own =
            clause.blocks.iter().take_while(|block| matches!(block, Block::Figure { .. })).count();
        let (figures, rest) = clause.blocks.split_at(own);
        for figure in figures {
            self.block(figure);
        }
        self.lines.push(marked_caption(clause));
        rest
    }

    fn block(&mut self, block: &'a Block) {
        let before = std::mem::replace(&mut self.before, Before::Other);
        match block {
            Block::Words { text } => self.lines.push(running(text, before)),
            Block::Note { mark, text } => {
                // Only a note that is empty or counts its items takes the next counted line.
                let last = text.lines().next_back().unwrap_or_default();
                if last.is_empty() || last.starts_with(|c: char| c.is_ascii_digit()) {
                    self.before = Before::Note;
                }
                self.lines.push(end_marks(&note(mark, text)));
            }
            Block::Table { rows, head } => {
                if self
                    .lines
                    .last()
                    .is_some_and(|line| line.starts_with('|') || line.contains("\n|"))
                {
                    self.lines.push(String::new());
                }
                self.lines.push(cells::write(rows, *head));
            }
            Block::Formula { line, picture } => {
                let sign = if *picture { "$!" } else { "$" };
                let numbered = label::formula_number(line).is_some() || line.ends_with("()");
                let end = if numbered { "()" } else { "" };
                self.lines.push(end_marks(&spaced(&[sign, line, end])));
            }
            Block::Figure { about } => self.lines.push(end_marks(&format!("![{about}]"))),
            Block::Place { key } => {
                if let Some(clause) = self.by_key.get(key.as_str()).copied()
                    && !self.placed.contains(&clause.key.as_str())
                {
                    self.placed.push(&clause.key);
                    self.clause(clause);
                }
            }
        }
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

fn spaced(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// The key that a number gives, without the mark of a repeated one.
fn stem(key: &str) -> &str {
    key.split('#').next().unwrap_or(key)
}

fn marked_caption(clause: &Clause) -> String {
    let title = clause.title();
    let seen = label::label(&title).is_some_and(|found| {
        let heading = found.rest.is_empty() || (found.spaced && is_heading(found.rest));
        found.number == clause.number && found.rest == clause.heading && heading && !found.continued
    });
    end_marks(&if seen { title } else { format!("# {title}") })
}

fn note(mark: &str, text: &str) -> String {
    match mark {
        "" => format!("\\{text}"),
        mark if mark.starts_with('⁽') => spaced(&[mark, text]),
        mark if mark.is_ascii() => spaced(&[&format!("{mark}:"), text]),
        mark => format!("{mark}：{text}"),
    }
}

/// A paragraph that runs on, with a mark before it if it would be taken for something else.
fn running(text: &str, before: Before) -> String {
    let signs = text.starts_with(['\\', '#', '$', '|']) || text.starts_with("![");
    let known = label::label(text).is_some()
        || label::note(text).is_some()
        || label::front(text).is_some()
        || label::formula_number(text).is_some();
    let taken = match before {
        Before::Annex => is_heading(text),
        Before::Note => text.starts_with(|c: char| c.is_ascii_digit()),
        Before::Other => false,
    };
    let marks = end_marks(text);
    if signs || known || taken { format!("\\{marks}") } else { marks }
}

/// Line feeds within a paragraph as `\` at the end of the line, own ones doubled.
fn end_marks(text: &str) -> String {
    let line = |line: &str| {
        let body = line.trim_end_matches('\\');
        format!("{body}{}", "\\".repeat(2 * (line.len() - body.len())))
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\\\n")
}
