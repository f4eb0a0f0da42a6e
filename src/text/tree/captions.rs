//! Tables, figures and formulas: which caption and which number belong to them.

use quanheng_domain::clause::{Block, Cell, ClauseKind, DoubtKind};

use super::{Tree, What, lines::is_formula};
use crate::label::{Label, formula_number, is_heading, number};

impl Tree {
    pub(super) fn table(&mut self, rows: Vec<Vec<Cell>>, head: u16) {
        if rows.is_empty() {
            return;
        }
        let words = rows.first().map(|row| row_words(row)).unwrap_or_default();
        let lost: Vec<String> = rows.iter().filter_map(|row| lost_formula(row)).collect();
        let block = Block::Table { rows, head };
        let more = std::mem::take(&mut self.more_table);
        let has_table =
            |blocks: &[Block]| blocks.iter().any(|block| matches!(block, Block::Table { .. }));
        match self.object() {
            Some(object)
                if object.kind == ClauseKind::Table && (more || !has_table(&object.blocks)) =>
            {
                self.append_last(block);
            }
            _ => {
                self.append(block);
                self.doubt_of(DoubtKind::Unnumbered, &words);
            }
        }
        for number in lost {
            self.doubt_of(DoubtKind::LostFormula, &number);
        }
    }

    pub(super) fn figure(&mut self, about: String) {
        let block = Block::Figure { about: about.clone() };
        match self.object() {
            Some(object) if object.kind == ClauseKind::Figure && object.blocks.is_empty() => {
                self.append_last(block);
            }
            _ => {
                self.append(block);
                self.doubt_of(DoubtKind::Unnumbered, &about);
            }
        }
    }

    pub(super) fn formula(&mut self, line: String, picture: bool, printed: &str) {
        let line = bare_formula(&line).to_owned();
        let words = line.clone();
        let block = Block::Formula { line, picture };
        match formula_number(printed) {
            Some((_, number, key)) => {
                self.open_object(ClauseKind::Formula, &key, number, "");
                self.append_last(block);
            }
            None => self.append(block),
        }
        if picture {
            self.doubt_of(DoubtKind::Picture, &words);
        }
    }

    /// The number of a formula on a line of its own: it belongs to the line before it where that is a formula, else the formula was lost.
    pub(super) fn lone_number(&mut self, printed: &str) {
        let stands = |block: &Block| matches!(block, Block::Words { text } if is_formula(text));
        let before = self.last_blocks().and_then(|blocks| blocks.pop_if(|last| stands(last)));
        if let Some(block) = before {
            return self.formula(block.plain(), false, printed);
        }
        self.formula(String::new(), false, printed);
        if let Some(Block::Formula { picture, .. }) = self.last_block() {
            *picture = true;
        }
        self.doubt_of(DoubtKind::LostFormula, printed);
    }

    /// Begins the table or figure of a caption; false if the line is running text that begins with a reference.
    pub(super) fn caption(&mut self, label: &Label<'_>, told: bool, next: Option<&What>) -> bool {
        if label.continued && self.goes_on(label) {
            self.more_table = true;
            return true;
        }
        if !(told || label.rest.is_empty() || (label.spaced && is_heading_or_long(label.rest))) {
            return false;
        }
        let before = match label.kind {
            ClauseKind::Figure => self.figures_before(),
            _ if !matches!(next, Some(What::Table { .. })) => self.table_before(),
            _ => Vec::new(),
        };
        for _ in &before {
            self.withdraw_unnumbered();
        }
        self.open_object(label.kind, &label.key, label.number, label.rest);
        for block in before {
            self.append_last(block);
        }
        true
    }

    /// Whether a caption after a break of the page repeats that of the table or figure that came last.
    fn goes_on(&mut self, label: &Label<'_>) -> bool {
        self.object().is_some_and(|object| {
            let same = object.kind == label.kind
                && number(&object.number).is_some_and(|known| known.key == label.key);
            same && (label.rest.is_empty() || label.rest == object.heading)
        })
    }

    /// Figures at the end of the open clause that wait for the caption below them.
    fn figures_before(&mut self) -> Vec<Block> {
        let Some(blocks) = self.last_blocks() else { return Vec::new() };
        let kept = blocks.iter().rposition(|block| !matches!(block, Block::Figure { .. }));
        blocks.split_off(kept.map_or(0, |at| at + 1))
    }

    /// A table at the end of the open clause that waits for a caption below it.
    fn table_before(&mut self) -> Vec<Block> {
        let Some(blocks) = self.last_blocks() else { return Vec::new() };
        match blocks.last() {
            Some(Block::Table { .. }) => blocks.pop().into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn is_heading_or_long(words: &str) -> bool {
    const LONGEST: usize = 80;
    is_heading(words)
        || (words.chars().nth(LONGEST).is_none()
            && !words.contains('。')
            && !words.ends_with([';', '；', ':', '：', ',', '，', '、']))
}

/// The number of a formula that stands in its row alone: formulas are often set in a table with their number.
fn lost_formula(row: &[Cell]) -> Option<String> {
    let mut filled = row.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let (one, more) = (filled.next()?, filled.next());
    let alone = formula_number(one).is_some_and(|(before, ..)| before.is_empty());
    (more.is_none() && row.len() > 1 && alone).then(|| one.to_owned())
}

fn row_words(row: &[Cell]) -> String {
    row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A formula without the dots that lead to its number.
fn bare_formula(line: &str) -> &str {
    let led = |c: char| c.is_whitespace() || matches!(c, '…' | '·' | '⋯');
    line.trim_end_matches(led).trim_end_matches("...").trim_end()
}
