//! What changed between two versions (文本比对): character by character in Chinese, table cells one by one, formulas by the line.

use quanheng_domain::{
    clause::{Clause, Relation},
    keyed,
};
use serde::{Deserialize, Serialize};

use crate::map::Link;

mod align;
mod blocks;
mod cleanup;
mod order;
mod table;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use words::words;

keyed! {
    /// What happened to a piece of text.
    SpanKind as "span kind" {
        /// 未变
        Equal = "equal",
        /// 删除
        Removed = "removed",
        /// 新增
        Added = "added",
    }
}

keyed! {
    /// What happened to a block, a row or a cell.
    Change as "change" {
        /// 未变
        Equal = "equal",
        /// 改动
        Changed = "changed",
        /// 删除
        Removed = "removed",
        /// 新增
        Added = "added",
    }
}

/// A run of text; no two neighbours are of one kind, and what was removed stands before what took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What happened to it.
    pub kind: SpanKind,
    /// The text, never empty.
    pub text: String,
}

/// A clause with its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseDiff {
    /// Number as printed, whole against whole.
    pub number: Vec<Span>,
    /// Heading.
    pub heading: Vec<Span>,
    /// Blocks of both versions in reading order.
    pub blocks: Vec<BlockDiff>,
}

/// A block with its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockDiff {
    /// What happened to it as a whole.
    pub change: Change,
    /// Its pieces.
    pub body: Body,
}

/// The pieces of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Body {
    /// Running words.
    Words {
        /// Its runs.
        spans: Vec<Span>,
    },
    /// A note or an example.
    Note {
        /// Mark as printed.
        mark: Vec<Span>,
        /// Its runs.
        spans: Vec<Span>,
    },
    /// A table.
    Table {
        /// How many of the first rows are headings.
        head: u16,
        /// Rows of both versions, each with as many cells as the columns of both versions; covered cells are left out only where no row and no column changed.
        rows: Vec<RowDiff>,
    },
    /// A formula, by the line: either untouched or replaced.
    Formula {
        /// Its runs.
        spans: Vec<Span>,
        /// Whether either version holds a picture.
        picture: bool,
    },
    /// A figure.
    Figure {
        /// Runs of what is said about it.
        spans: Vec<Span>,
    },
    /// Where a table, formula or figure stands that is a clause of its own.
    Place {
        /// Key of that clause in the old version.
        old: Option<String>,
        /// Key of that clause in the new version.
        new: Option<String>,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDiff {
    /// What happened to it as a whole.
    pub change: Change,
    /// Cells from left to right.
    pub cells: Vec<CellDiff>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellDiff {
    /// What happened to it; a cell of a new column is added, one of a column that is gone is removed.
    pub change: Change,
    /// Its runs.
    pub spans: Vec<Span>,
    /// Columns covered.
    pub across: u16,
    /// Rows covered.
    pub down: u16,
}

/// One step of reading two versions side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Place of the clause in the old version.
    pub old: Option<usize>,
    /// Place of the clause in the new version.
    pub new: Option<usize>,
    /// How the two stand to one another.
    pub relation: Relation,
    /// Whether that needs no person's decision.
    pub sure: bool,
    /// Whether anything is different, its number included; what is not changed can be folded.
    pub changed: bool,
    /// The changes; none for a clause that is the same in both.
    pub diff: Option<ClauseDiff>,
}

/// What changed in a clause, block by block.
pub fn clause(old: &Clause, new: &Clause) -> ClauseDiff {
    ClauseDiff {
        number: words::whole(&old.number, &new.number),
        heading: words(&old.heading, &new.heading),
        blocks: blocks::blocks(&old.blocks, &new.blocks),
    }
}

/// A clause that stands in one version only, all of it removed or all of it added.
pub fn alone(clause: &Clause, kind: SpanKind) -> ClauseDiff {
    ClauseDiff {
        number: words::one(kind, &clause.number),
        heading: words::one(kind, &clause.heading),
        blocks: clause.blocks.iter().map(|block| blocks::alone(block, kind)).collect(),
    }
}

/// Two versions side by side in the reading order of the new one; clauses that were removed stand where they stood.
pub fn texts(old: &[Clause], new: &[Clause], links: &[Link]) -> Vec<Pair> {
    let pair = |link: &Link| {
        let same = link.relation == Relation::Same;
        let diff = match (link.old, link.new) {
            _ if same => None,
            (Some(o), Some(n)) => Some(clause(&old[o], &new[n])),
            (Some(o), None) => Some(alone(&old[o], SpanKind::Removed)),
            (None, Some(n)) => Some(alone(&new[n], SpanKind::Added)),
            (None, None) => None,
        };
        let Link { old, new, relation, sure, .. } = *link;
        Pair { old, new, relation, sure, changed: !same, diff }
    };
    order::reading_order(old.len(), new.len(), links).into_iter().map(pair).collect()
}
