//! The comparison of two tables: columns are matched first, then rows, then cells.

use quanheng_domain::clause::Cell;

use super::{
    CellDiff, Change, RowDiff, SpanKind,
    align::{align, name},
    words::{one, words},
};
use crate::likeness::Trigrams;

/// A table with every cell at its place; covered places hold nothing.
struct Grid<'a> {
    rows: Vec<Vec<Option<&'a Cell>>>,
    columns: usize,
}

/// Columns beyond which a table is a fault of its file.
const WIDEST: usize = 512;

impl<'a> Grid<'a> {
    fn new(table: &'a [Vec<Cell>]) -> Self {
        let mut rows: Vec<Vec<Option<&Cell>>> = vec![Vec::new(); table.len()];
        // Per column, how many rows more a cell from above reaches down.
        let mut reach: Vec<u16> = Vec::new();
        for (at, row) in table.iter().enumerate() {
            let mut cells = row.iter();
            let mut column = 0;
            let mut next = cells.next();
            while column < WIDEST
                && (next.is_some() || reach[column.min(reach.len())..].iter().any(|more| *more > 0))
            {
                if column == reach.len() {
                    reach.push(0);
                }
                if reach[column] > 0 {
                    reach[column] -= 1;
                    rows[at].push(None);
                    column += 1;
                    continue;
                }
                let Some(cell) = next else {
                    rows[at].push(None);
                    column += 1;
                    continue;
                };
                for step in 0..usize::from(cell.across.max(1)).min(WIDEST - column) {
                    if column == reach.len() {
                        reach.push(0);
                    }
                    reach[column] = cell.down.saturating_sub(1);
                    rows[at].push((step == 0).then_some(cell));
                    column += 1;
                }
                next = cells.next();
            }
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(columns, None);
        }
        Self { rows, columns }
    }

    fn text(&self, row: usize, column: usize) -> &'a str {
        self.rows[row][column].map_or("", |cell| cell.text.as_str())
    }

    fn column(&self, column: usize) -> Vec<&'a str> {
        (0..self.rows.len()).map(|row| self.text(row, column)).collect()
    }

    fn spans(&self) -> bool {
        self.rows.iter().flatten().flatten().any(|cell| cell.across > 1 || cell.down > 1)
    }
}

/// Rows of both versions, each with a cell for every column of both.
pub(super) fn rows(old: &[Vec<Cell>], new: &[Vec<Cell>]) -> Vec<RowDiff> {
    let (before, after) = (Grid::new(old), Grid::new(new));
    let columns = columns(&before, &after);
    let common: Vec<(usize, usize)> =
        columns.iter().filter_map(|(o, n)| Some(((*o)?, (*n)?))).collect();
    let olds: Vec<Vec<&str>> = (0..before.rows.len())
        .map(|row| common.iter().map(|(o, _)| before.text(row, *o)).collect())
        .collect();
    let news: Vec<Vec<&str>> = (0..after.rows.len())
        .map(|row| common.iter().map(|(_, n)| after.text(row, *n)).collect())
        .collect();
    let aligned = lists(&olds, &news);
    let whole = columns.iter().chain(&aligned).all(|(o, n)| o.is_some() && o == n);
    let keep_spans = whole && same_spans(&before, &after);
    aligned.into_iter().map(|(o, n)| row(&before, &after, &columns, (o, n), keep_spans)).collect()
}

fn same_spans(before: &Grid, after: &Grid) -> bool {
    let span = |cell: &Option<&Cell>| cell.map(|cell| (cell.across, cell.down));
    before.rows.iter().flatten().map(span).eq(after.rows.iter().flatten().map(span))
}

/// Matches columns: equal ones first, then those whose first cell or whose cells resemble one another.
fn columns(before: &Grid, after: &Grid) -> Vec<(Option<usize>, Option<usize>)> {
    if before.columns == after.columns && before.spans() {
        // Merged headings tell little about a column; the same number of them is the better sign.
        return (0..before.columns).map(|at| (Some(at), Some(at))).collect();
    }
    let olds: Vec<Vec<&str>> = (0..before.columns).map(|at| before.column(at)).collect();
    let news: Vec<Vec<&str>> = (0..after.columns).map(|at| after.column(at)).collect();
    lists(&olds, &news)
}

/// Matches lists of texts, rows or columns.
fn lists(olds: &[Vec<&str>], news: &[Vec<&str>]) -> Vec<(Option<usize>, Option<usize>)> {
    let names = |all: &[Vec<&str>]| all.iter().map(name).collect::<Vec<_>>();
    let trigrams = |all: &[Vec<&str>]| {
        all.iter().map(|list| Trigrams::of(&list.join("\t\u{1f}"))).collect::<Vec<_>>()
    };
    let (left, right) = (trigrams(olds), trigrams(news));
    align(&names(olds), &names(news), |o, n| {
        let led = |list: &[&str]| list.first().is_some_and(|first| !first.trim().is_empty());
        let one_name = led(&olds[o]) && olds[o].first() == news[n].first();
        let alike = left[o].alike(&right[n]);
        if one_name { 600 + alike * 2 / 5 } else { alike }
    })
}

fn row(
    before: &Grid,
    after: &Grid,
    columns: &[(Option<usize>, Option<usize>)],
    (o, n): (Option<usize>, Option<usize>),
    keep_spans: bool,
) -> RowDiff {
    let at = |grid: &Grid, row: Option<usize>, column: Option<usize>| -> Option<Cell> {
        let (row, column) = (row?, column?);
        Some(grid.rows[row][column].cloned().unwrap_or_default())
    };
    let covered = |column: Option<usize>| {
        n.zip(column).is_some_and(|(row, column)| after.rows[row][column].is_none())
    };
    let cells: Vec<CellDiff> = columns
        .iter()
        .filter(|(_, column)| !(keep_spans && covered(*column)))
        .filter_map(|(p, q)| cell(at(before, o, *p), at(after, n, *q), keep_spans))
        .collect();
    let change = match (o, n) {
        (Some(_), None) => Change::Removed,
        (None, Some(_)) => Change::Added,
        _ if cells.iter().all(|cell| cell.change == Change::Equal) => Change::Equal,
        _ => Change::Changed,
    };
    RowDiff { change, cells }
}

fn cell(old: Option<Cell>, new: Option<Cell>, keep_spans: bool) -> Option<CellDiff> {
    let (change, spans) = match (&old, &new) {
        (Some(old), Some(new)) => {
            let change = if old.text == new.text { Change::Equal } else { Change::Changed };
            (change, words(&old.text, &new.text))
        }
        (Some(old), None) => (Change::Removed, one(SpanKind::Removed, &old.text)),
        (None, Some(new)) => (Change::Added, one(SpanKind::Added, &new.text)),
        // A cell of a removed row below an added column, or the other way round.
        (None, None) => (Change::Equal, Vec::new()),
    };
    let (across, down) =
        new.or(old).filter(|_| keep_spans).map_or((1, 1), |cell| (cell.across, cell.down));
    Some(CellDiff { change, spans, across, down })
}

/// The rows of a table that only one version has.
pub(super) fn alone(rows: &[Vec<Cell>], kind: SpanKind) -> Vec<RowDiff> {
    let cell = |cell: &Cell| CellDiff {
        change: kind.into(),
        spans: one(kind, &cell.text),
        across: cell.across,
        down: cell.down,
    };
    rows.iter()
        .map(|row| RowDiff { change: kind.into(), cells: row.iter().map(cell).collect() })
        .collect()
}
