//! What changed in a clause, as pages show it: the old side, the new side, or both in one line.

use quanheng_text::diff::{BlockDiff, Body, CellDiff, Change, ClauseDiff, Span, SpanKind};
use serde::Serialize;

/// Which version is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was there.
    Old,
    /// What is there now.
    New,
    /// Both, what was removed before what took its place.
    Both,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunView {
    /// `gone`, `new` or nothing.
    pub class: &'static str,
    /// The text.
    pub text: String,
}

/// A clause with its changes on one side.
#[derive(Debug, Clone, Serialize)]
pub struct SideView {
    /// Number and heading.
    pub title: Vec<RunView>,
    /// Blocks.
    pub blocks: Vec<DiffBlock>,
}

/// A block with its changes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum DiffBlock {
    /// Words, notes and figures.
    Words {
        /// Runs.
        runs: Vec<RunView>,
    },
    /// A formula.
    Formula {
        /// Runs.
        runs: Vec<RunView>,
    },
    /// A table.
    Table {
        /// Rows.
        rows: Vec<DiffRow>,
    },
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct DiffRow {
    /// Whether its cells are headings.
    pub head: bool,
    /// Cells.
    pub cells: Vec<DiffCell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize)]
pub struct DiffCell {
    /// `gone`, `new`, `touched` or nothing.
    pub class: &'static str,
    /// Runs.
    pub runs: Vec<RunView>,
    /// Columns covered.
    pub across: u16,
    /// Rows covered.
    pub down: u16,
}

impl Side {
    const fn shows(self, kind: SpanKind) -> bool {
        match kind {
            SpanKind::Equal => true,
            SpanKind::Removed => !matches!(self, Self::New),
            SpanKind::Added => !matches!(self, Self::Old),
        }
    }

    const fn shows_block(self, change: Change) -> bool {
        match change {
            Change::Equal | Change::Changed => true,
            Change::Removed => self.shows(SpanKind::Removed),
            Change::Added => self.shows(SpanKind::Added),
        }
    }

    fn runs(self, spans: &[Span]) -> Vec<RunView> {
        let run = |span: &Span| RunView {
            class: match span.kind {
                SpanKind::Equal => "",
                SpanKind::Removed => "gone",
                SpanKind::Added => "new",
            },
            text: span.text.clone(),
        };
        spans.iter().filter(|span| self.shows(span.kind)).map(run).collect()
    }

    /// A clause as this side shows it.
    pub fn of(self, diff: &ClauseDiff) -> SideView {
        let mut title = self.runs(&diff.number);
        let heading = self.runs(&diff.heading);
        if !title.is_empty() && !heading.is_empty() {
            title.push(RunView { class: "", text: " ".to_owned() });
        }
        title.extend(heading);
        // Where a table of its own stands says nothing itself; the table is compared as a clause.
        let says = |block: &&BlockDiff| !matches!(block.body, Body::Place { .. });
        let shown = diff.blocks.iter().filter(says).filter(|block| self.shows_block(block.change));
        SideView { title, blocks: shown.map(|block| self.block(block)).collect() }
    }

    fn block(self, block: &BlockDiff) -> DiffBlock {
        match &block.body {
            Body::Words { spans } | Body::Figure { spans } => {
                DiffBlock::Words { runs: self.runs(spans) }
            }
            Body::Place { .. } => DiffBlock::Words { runs: Vec::new() },
            Body::Formula { spans, .. } => DiffBlock::Formula { runs: self.runs(spans) },
            Body::Note { mark, spans } => {
                let mut runs = self.runs(mark);
                if !runs.is_empty() {
                    runs.push(RunView { class: "", text: " ".to_owned() });
                }
                runs.extend(self.runs(spans));
                DiffBlock::Words { runs }
            }
            Body::Table { head, rows } => {
                let row = |(at, row): (u16, &quanheng_text::diff::RowDiff)| {
                    self.shows_block(row.change).then(|| DiffRow {
                        head: at < *head,
                        cells: row.cells.iter().filter_map(|cell| self.cell(cell)).collect(),
                    })
                };
                DiffBlock::Table { rows: (0..).zip(rows).filter_map(row).collect() }
            }
        }
    }

    fn cell(self, cell: &CellDiff) -> Option<DiffCell> {
        self.shows_block(cell.change).then(|| DiffCell {
            class: match cell.change {
                Change::Equal => "",
                Change::Changed => "touched",
                Change::Removed => "gone",
                Change::Added => "new",
            },
            runs: self.runs(&cell.spans),
            across: cell.across.max(1),
            down: cell.down.max(1),
        })
    }
}
