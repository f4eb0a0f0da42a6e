//! The comparison of the blocks of two clauses.

use quanheng_domain::clause::Block;

use super::{
    BlockDiff, Body, Change, SpanKind,
    align::{align, name},
    table,
    words::{one, whole, words},
};
use crate::likeness::Trigrams;

/// Blocks of both versions in reading order.
pub(super) fn blocks(old: &[Block], new: &[Block]) -> Vec<BlockDiff> {
    // A single block on each side of one sort is one block reworded, however much.
    if let ([before], [after]) = (old, new)
        && let Some(found) = both(before, after)
    {
        return vec![found];
    }
    let names = |list: &[Block]| {
        list.iter().map(|block| name(&(sort(block), block.plain()))).collect::<Vec<_>>()
    };
    let trigrams =
        |list: &[Block]| list.iter().map(|block| Trigrams::of(&block.plain())).collect::<Vec<_>>();
    let (left, right) = (trigrams(old), trigrams(new));
    let alike = |o: usize, n: usize| {
        if sort(&old[o]) == sort(&new[n]) { left[o].alike(&right[n]) } else { 0 }
    };
    align(&names(old), &names(new), alike)
        .into_iter()
        .flat_map(|pair| match pair {
            (Some(o), Some(n)) => both(&old[o], &new[n]).map_or_else(
                || vec![alone(&old[o], SpanKind::Removed), alone(&new[n], SpanKind::Added)],
                |found| vec![found],
            ),
            (Some(o), None) => vec![alone(&old[o], SpanKind::Removed)],
            (None, Some(n)) => vec![alone(&new[n], SpanKind::Added)],
            (None, None) => Vec::new(),
        })
        .collect()
}

const fn sort(block: &Block) -> u8 {
    match block {
        Block::Words { .. } => 0,
        Block::Note { .. } => 1,
        Block::Table { .. } => 2,
        Block::Formula { .. } => 3,
        Block::Figure { .. } => 4,
        Block::Place { .. } => 5,
    }
}

/// Two blocks of one sort, or none.
fn both(old: &Block, new: &Block) -> Option<BlockDiff> {
    let body = match (old, new) {
        (Block::Words { text: before }, Block::Words { text: after }) => {
            Body::Words { spans: words(before, after) }
        }
        (Block::Note { mark: one, text: before }, Block::Note { mark: other, text: after }) => {
            Body::Note { mark: whole(one, other), spans: words(before, after) }
        }
        (Block::Table { rows: before, head: one }, Block::Table { rows: after, head: other }) => {
            let rows = table::rows(before, after);
            Body::Table { head: *one.max(other), rows }
        }
        (
            Block::Formula { line: before, picture: one },
            Block::Formula { line: after, picture: other },
        ) => Body::Formula { spans: whole(before, after), picture: *one || *other },
        (Block::Figure { about: before }, Block::Figure { about: after }) => {
            Body::Figure { spans: words(before, after) }
        }
        (Block::Place { key: one }, Block::Place { key: other }) => {
            Body::Place { old: Some(one.clone()), new: Some(other.clone()) }
        }
        _ => return None,
    };
    let place = matches!(body, Body::Place { .. });
    let change = if place || old == new { Change::Equal } else { Change::Changed };
    Some(BlockDiff { change, body })
}

/// A block that only one version has.
pub(super) fn alone(block: &Block, kind: SpanKind) -> BlockDiff {
    let body = match block {
        Block::Words { text } => Body::Words { spans: one(kind, text) },
        Block::Note { mark, text } => Body::Note { mark: one(kind, mark), spans: one(kind, text) },
        Block::Table { rows, head } => Body::Table { head: *head, rows: table::alone(rows, kind) },
        Block::Formula { line, picture } => {
            Body::Formula { spans: one(kind, line), picture: *picture }
        }
        Block::Figure { about } => Body::Figure { spans: one(kind, about) },
        Block::Place { key } => {
            let only = |wanted| (kind == wanted).then(|| key.clone());
            Body::Place { old: only(SpanKind::Removed), new: only(SpanKind::Added) }
        }
    };
    BlockDiff { change: kind.into(), body }
}

impl From<SpanKind> for Change {
    fn from(kind: SpanKind) -> Self {
        match kind {
            SpanKind::Equal => Self::Equal,
            SpanKind::Removed => Self::Removed,
            SpanKind::Added => Self::Added,
        }
    }
}
