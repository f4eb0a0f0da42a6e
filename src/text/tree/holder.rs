//! The clauses as they grow.

use std::collections::HashMap;

use quanheng_domain::clause::{Block, Clause, ClauseKind, ClauseText, Doubt, DoubtKind, Margin};

use super::{Piece, Sequence, What, doubt};

/// Key of what stands before the first heading (封面).
const COVER: &str = "封面";

/// The clauses as they grow.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(super) clauses: Vec<Clause>,
    doubts: Vec<Doubt>,
    margin: Vec<Margin>,
    keys: HashMap<String, usize>,
    pub(super) sequence: Sequence,
    /// The clause that running text belongs to.
    holder: Option<usize>,
    /// Tables, figures and formulas after the holder that it does not name yet.
    unplaced: Vec<usize>,
    /// Whether the entries of a table of contents are passing by.
    pub(super) contents: bool,
    /// Whether the next lines may be the title of the annex that has just begun.
    pub(super) annex_title: bool,
    /// Whether the next table goes on with the one before it.
    pub(super) more_table: bool,
    /// The clause that the last piece went to.
    touched: usize,
}

impl Tree {
    /// Takes the next piece; the one after it tells whether a caption stands above or below.
    pub(crate) fn take(&mut self, piece: Piece, next: Option<&What>) {
        let Piece { what, doubts, margin } = piece;
        match what {
            What::Words(words) => self.words(words, next),
            What::Table { rows, head } => self.table(rows, head),
            What::Formula { line, picture, number } => self.formula(line, picture, &number),
            What::Figure { about } => self.figure(about),
            What::Note { mark, text } => self.note(mark, text),
        }
        for doubt in doubts {
            self.doubt(doubt);
        }
        let at = self.at();
        self.margin.extend(margin.into_iter().map(|mark| Margin { at: at.clone(), ..mark }));
    }

    /// The clauses, with what should be looked at in reading order.
    pub(crate) fn finish(mut self) -> ClauseText {
        // A remark before the first clause belongs to it.
        if let Some(first) = self.clauses.first() {
            for doubt in self.doubts.iter_mut().filter(|doubt| doubt.at.is_empty()) {
                doubt.at.clone_from(&first.key);
            }
            for mark in self.margin.iter_mut().filter(|mark| mark.at.is_empty()) {
                mark.at.clone_from(&first.key);
            }
        }
        ClauseText { clauses: self.clauses, doubts: self.doubts, margin: self.margin }
    }

    /// Key of the clause that the last piece went to.
    fn at(&self) -> String {
        self.clauses.get(self.touched).map(|clause| clause.key.clone()).unwrap_or_default()
    }

    pub(super) fn doubt(&mut self, doubt: Doubt) {
        let at = self.at();
        self.doubts.push(Doubt { at, ..doubt });
    }

    /// Takes back that the last table or figure has no number: its caption stands below it.
    pub(super) fn withdraw_unnumbered(&mut self) {
        if let Some(at) = self.doubts.iter().rposition(|doubt| doubt.kind == DoubtKind::Unnumbered)
        {
            self.doubts.remove(at);
        }
    }

    pub(super) fn doubt_of(&mut self, kind: DoubtKind, words: &str) {
        self.doubt(doubt(kind, words));
    }

    /// Begins a clause that running text may belong to.
    pub(super) fn open(
        &mut self,
        kind: ClauseKind,
        key: &str,
        number: &str,
        heading: &str,
        level: u8,
    ) {
        self.push(kind, key, number, heading, level);
        self.holder = Some(self.clauses.len() - 1);
        self.unplaced.clear();
        self.annex_title = false;
        self.contents = false;
    }

    /// Begins a table, figure or formula within the clause that is open.
    pub(super) fn open_object(&mut self, kind: ClauseKind, key: &str, number: &str, heading: &str) {
        if self.holder.is_none() {
            self.open(ClauseKind::Front, COVER, "", "", 1);
        }
        self.annex_title = false;
        let level = self.holder().map_or(1, |clause| clause.level.saturating_add(1));
        self.push(kind, key, number, heading, level);
        self.unplaced.push(self.clauses.len() - 1);
        if let Some(kind) = self.sequence.take_object(key) {
            self.doubt_of(kind, &format!("{number} {heading}"));
        }
    }

    fn push(&mut self, kind: ClauseKind, key: &str, number: &str, heading: &str, level: u8) {
        let met = self.keys.entry(key.to_owned()).or_default();
        *met += 1;
        let key = if *met == 1 { key.to_owned() } else { format!("{key}#{met}") };
        let (number, heading) = (number.to_owned(), heading.to_owned());
        self.touched = self.clauses.len();
        self.more_table = false;
        self.clauses.push(Clause { key, kind, number, heading, level, blocks: Vec::new() });
    }

    /// Adds to the clause that running text belongs to; the cover begins if there is none.
    pub(super) fn append(&mut self, block: Block) {
        if self.holder.is_none() {
            self.open(ClauseKind::Front, COVER, "", "", 1);
        }
        self.annex_title = false;
        let unplaced = std::mem::take(&mut self.unplaced);
        let places: Vec<Block> = unplaced
            .into_iter()
            .filter_map(|at| Some(Block::Place { key: self.clauses.get(at)?.key.clone() }))
            .collect();
        self.more_table = false;
        self.touched = self.holder.unwrap_or(self.touched);
        if let Some(holder) = self.holder.and_then(|at| self.clauses.get_mut(at)) {
            holder.blocks.extend(places);
            holder.blocks.push(block);
        }
    }

    /// Adds to the clause that came last, table or figure or not.
    pub(super) fn append_last(&mut self, block: Block) {
        let last = self.clauses.len().saturating_sub(1);
        match self.object() {
            Some(object) => {
                object.blocks.push(block);
                self.touched = last;
            }
            None => self.append(block),
        }
    }

    /// The table, figure or formula that came last, as long as no running text followed.
    pub(super) fn object(&mut self) -> Option<&mut Clause> {
        let fresh = self.unplaced.last().is_some_and(|at| *at + 1 == self.clauses.len());
        if fresh { self.clauses.last_mut() } else { None }
    }

    /// What the clause that running text belongs to has said last, if nothing else came after it.
    pub(super) fn last_blocks(&mut self) -> Option<&mut Vec<Block>> {
        if self.object().is_some() {
            return None;
        }
        let holder = self.holder?;
        self.clauses.get_mut(holder).map(|clause| &mut clause.blocks)
    }

    /// The block that came last.
    pub(super) fn last_block(&mut self) -> Option<&mut Block> {
        let at = match self.object() {
            Some(_) => self.clauses.len().checked_sub(1),
            None => self.holder,
        };
        at.and_then(|at| self.clauses.get_mut(at)).and_then(|clause| clause.blocks.last_mut())
    }

    /// The clause that running text belongs to.
    pub(super) fn holder(&mut self) -> Option<&mut Clause> {
        self.holder.and_then(|at| self.clauses.get_mut(at))
    }
}
