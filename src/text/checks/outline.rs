//! A text with its chapters, as the checks look at it.

use std::ops::Range;

use quanheng_domain::clause::{Block, Clause, ClauseKind};

/// A text with the parents of its clauses.
pub(super) struct Outline<'a> {
    pub(super) clauses: &'a [Clause],
    parent: Vec<Option<usize>>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(clauses: &'a [Clause]) -> Self {
        let mut path: Vec<usize> = Vec::new();
        let mut parent = Vec::with_capacity(clauses.len());
        for (at, clause) in clauses.iter().enumerate() {
            while path.last().is_some_and(|last| clauses[*last].level >= clause.level) {
                path.pop();
            }
            parent.push(path.last().copied());
            path.push(at);
        }
        Self { clauses, parent }
    }

    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.parent[at]
    }

    /// Chapters, annexes and front parts.
    pub(super) fn chapters(&self) -> impl Iterator<Item = (usize, &'a Clause)> + '_ {
        self.clauses.iter().enumerate().filter(|(at, _)| self.parent[*at].is_none())
    }

    /// What stands below a clause, tables and formulas included.
    pub(super) fn below(&self, at: usize) -> Range<usize> {
        let level = self.clauses[at].level;
        let rest = &self.clauses[at + 1..];
        let end = rest.iter().position(|clause| clause.level <= level).unwrap_or(rest.len());
        at + 1..at + 1 + end
    }

    /// The clause and what stands below it.
    pub(super) fn within(&self, at: usize) -> Range<usize> {
        at..self.below(at).end
    }

    /// Clauses below a clause that have a heading and are no table, formula or figure.
    pub(super) fn headed(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.below(at).filter(|at| {
            let clause = &self.clauses[*at];
            !clause.heading.trim().is_empty()
                && matches!(clause.kind, ClauseKind::Clause | ClauseKind::Annex)
        })
    }

    /// The first clause, chapter or below, whose heading holds one of these words.
    pub(super) fn named(&self, among: Range<usize>, names: &[&str]) -> Option<usize> {
        among.into_iter().find(|at| {
            let heading = tight(&self.clauses[*at].heading);
            names.iter().any(|name| heading.contains(name))
        })
    }

    /// The first chapter whose heading holds one of these words.
    pub(super) fn chapter(&self, names: &[&str]) -> Option<usize> {
        self.chapters().map(|(at, _)| at).find(|at| {
            let heading = tight(&self.clauses[*at].heading);
            names.iter().any(|name| heading.contains(name))
        })
    }

    /// The tables of a clause with the number of their heading rows.
    pub(super) fn tables(&self, at: usize) -> impl Iterator<Item = super::items::Rows<'a>> {
        self.clauses[at].blocks.iter().filter_map(|block| match block {
            Block::Table { rows, head } => Some((rows.as_slice(), usize::from(*head))),
            _ => None,
        })
    }
}

/// The running words of a clause: paragraphs, notes, cells, and the heading; formulas are left out.
pub(super) fn sentences(clause: &Clause) -> Vec<&str> {
    let mut found = vec![clause.heading.as_str()];
    for block in &clause.blocks {
        match block {
            Block::Words { text } | Block::Note { text, .. } => found.push(text),
            Block::Table { rows, .. } => {
                found.extend(rows.iter().flatten().map(|cell| cell.text.as_str()));
            }
            Block::Figure { about } => found.push(about),
            Block::Formula { .. } | Block::Place { .. } => {}
        }
    }
    found.retain(|text| !text.is_empty());
    found
}

/// A text without spaces.
pub(super) fn tight(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
