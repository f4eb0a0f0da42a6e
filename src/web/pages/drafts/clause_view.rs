//! A clause as pages show it; partial `clause`.

use quanheng_domain::Keyed;
use quanheng_domain::clause::{Block, Cell, Clause, ClauseKind};
use serde::Serialize;

/// Deepest heading that looks different from the one above it.
const DEEPEST: u8 = 4;

/// A clause with its blocks.
#[derive(Debug, Clone, Serialize)]
pub struct ClauseView {
    /// Anchor on the page.
    pub id: String,
    /// 1 for chapters, 4 for everything from there down.
    pub depth: u8,
    /// Key of the kind.
    pub kind: &'static str,
    /// Number as printed.
    pub number: String,
    /// Heading without the number.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<BlockView>,
}

/// A block of a clause.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum BlockView {
    /// Running words.
    Words {
        /// The words.
        text: String,
    },
    /// A note.
    Note {
        /// Mark as printed.
        mark: String,
        /// The words.
        text: String,
    },
    /// A table.
    Table {
        /// Rows.
        rows: Vec<RowView>,
    },
    /// A formula in one line.
    Formula {
        /// The line.
        line: String,
        /// Whether the file has a picture instead.
        picture: bool,
    },
    /// A figure.
    Figure {
        /// What can be said of it.
        about: String,
    },
    /// Where a table, formula or figure of its own stands.
    Place {
        /// Where it is on the page.
        href: String,
        /// Its name.
        name: String,
    },
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// Whether its cells are headings.
    pub head: bool,
    /// Cells.
    pub cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// Words.
    pub text: String,
    /// Columns covered.
    pub across: u16,
    /// Rows covered.
    pub down: u16,
}

/// The anchor of a clause on a page; what may not stand in an address becomes a hyphen.
pub fn anchor(key: &str) -> String {
    let fair = |c: char| if c.is_alphanumeric() || c == '.' { c } else { '-' };
    format!("k-{}", key.chars().map(fair).collect::<String>())
}

impl ClauseView {
    /// A clause as it stands in its text.
    pub fn of(clause: &Clause) -> Self {
        let inner =
            matches!(clause.kind, ClauseKind::Table | ClauseKind::Formula | ClauseKind::Figure);
        Self {
            id: anchor(&clause.key),
            depth: if inner { DEEPEST } else { clause.level.clamp(1, DEEPEST) },
            kind: clause.kind.key(),
            number: clause.number.clone(),
            heading: clause.heading.clone(),
            blocks: clause.blocks.iter().map(block).collect(),
        }
    }
}

fn block(block: &Block) -> BlockView {
    match block {
        Block::Words { text } => BlockView::Words { text: text.clone() },
        Block::Note { mark, text } => BlockView::Note { mark: mark.clone(), text: text.clone() },
        Block::Formula { line, picture } => {
            BlockView::Formula { line: line.clone(), picture: *picture }
        }
        Block::Figure { about } => BlockView::Figure { about: about.clone() },
        Block::Place { key } => {
            BlockView::Place { href: format!("#{}", anchor(key)), name: key.clone() }
        }
        Block::Table { rows, head } => BlockView::Table {
            rows: rows.iter().zip(0..).map(|(cells, at)| row(cells, at < *head)).collect(),
        },
    }
}

fn row(cells: &[Cell], head: bool) -> RowView {
    let cell = |cell: &Cell| CellView {
        text: cell.text.clone(),
        across: cell.across.max(1),
        down: cell.down.max(1),
    };
    RowView { head, cells: cells.iter().map(cell).collect() }
}
