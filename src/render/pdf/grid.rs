//! Tables: cells over several columns and rows, headings repeated on every page, rows that stay whole wherever a page holds them.

use super::flow::Flow;
use super::ink::{Ink, Line};
use super::pen::{Pen, Shape, Weight};
use crate::columns;
use crate::paper::{Align, Cell, Table};

const SIZE: f32 = 10.5;
const LEAD: f32 = 15.5;
/// Room within a cell, at its sides and above and below its words.
const INSIDE: (f32, f32) = (5.0, 3.0);

/// A cell at its place, and how much of it is written.
struct Placed {
    row: usize,
    last: usize,
    left: f32,
    width: f32,
    lines: Vec<Line>,
    align: Align,
    written: usize,
    /// Where its part on this page begins.
    top: f32,
}

impl Placed {
    fn left_over(&self) -> usize {
        self.lines.len() - self.written
    }

    /// The height that what is not written yet takes.
    fn height(&self) -> f32 {
        self.left_over() as f32 * LEAD + 2.0 * INSIDE.1
    }
}

/// Writes a table.
pub(super) fn table(flow: &mut Flow, pen: &mut Pen<'_>, table: &Table) {
    let widths = columns::widths(&table.columns, &least(table, pen), flow.sheet.width());
    let mut head = place(&table.head, &widths, flow.sheet.left, pen, true);
    let mut body = place(&table.rows, &widths, flow.sheet.left, pen, false);
    let head_high: f32 = heights(&head, table.head.len()).iter().sum();
    let high = heights(&body, table.rows.len());
    flow.page();
    flow.y += INSIDE.1;
    let mut writer = Writer { flow, head: &mut head, head_rows: table.head.len(), head_high };
    let first = high.first().copied().unwrap_or_default();
    if head_high + first > writer.flow.room() && head_high + first <= writer.flow.whole() {
        writer.flow.turn();
    }
    writer.heading();
    let mut row = 0;
    while row < table.rows.len() {
        let end = bound(&body, row);
        let together: f32 = high[row..end].iter().sum();
        if together > writer.flow.room() && together <= writer.fresh() {
            writer.next_page(&mut body, row);
        }
        for at in row..end {
            writer.row(&mut body, at);
        }
        row = end;
    }
    flow.y += 8.0;
}

/// What the longest word of each column takes; cells over several columns ask for nothing.
fn least(table: &Table, pen: &mut Pen<'_>) -> Vec<f32> {
    let mut least = vec![0.0; table.columns.len()];
    let head = table.head.iter().map(|cells| (cells, Weight::Strong));
    for (cells, weight) in head.chain(table.rows.iter().map(|cells| (cells, Weight::Text))) {
        // Rows that cells from above reach into begin later: only whole ones tell the column of a cell.
        if cells.len() != least.len() {
            continue;
        }
        for (cell, least) in cells.iter().zip(&mut least) {
            let word = columns::longest_word(&cell.text, |c| pen.width(c, weight, SIZE));
            *least = f32::max(*least, word + 2.0 * INSIDE.0 + 0.5);
        }
    }
    least
}

/// Gives each cell its place; cells of earlier rows that reach down are stepped over.
fn place(
    rows: &[Vec<Cell>],
    widths: &[f32],
    left: f32,
    pen: &mut Pen<'_>,
    head: bool,
) -> Vec<Placed> {
    let (mut placed, mut taken) = (Vec::new(), vec![0_usize; widths.len()]);
    for (row, cells) in rows.iter().enumerate() {
        let mut cells = cells.iter();
        let mut at = 0;
        while at < widths.len() {
            if taken[at] > row {
                at += 1;
                continue;
            }
            let empty = Cell::new("");
            let cell = cells.next().unwrap_or(&empty);
            let free = taken[at..].iter().take_while(|until| **until <= row).count();
            let span = usize::try_from(cell.columns).unwrap_or(1).clamp(1, free.max(1));
            let down = usize::try_from(cell.rows).unwrap_or(1).clamp(1, rows.len() - row);
            let width: f32 = widths[at..at + span].iter().sum();
            let weight = if head { Weight::Strong } else { Weight::Text };
            let shape = Shape::plain(SIZE, (width - 2.0 * INSIDE.0).max(SIZE));
            placed.push(Placed {
                row,
                last: row + down - 1,
                left: left + widths[..at].iter().sum::<f32>(),
                width,
                lines: pen.lines(&[(&cell.text, weight)], shape),
                align: cell.align,
                written: 0,
                top: 0.0,
            });
            taken[at..at + span].fill(row + down);
            at += span;
        }
    }
    placed
}

/// The height of each row when no page comes between.
fn heights(placed: &[Placed], rows: usize) -> Vec<f32> {
    let mut heights = vec![LEAD + 2.0 * INSIDE.1; rows];
    for row in 0..rows {
        for cell in placed.iter().filter(|cell| cell.last == row) {
            let above: f32 = heights[cell.row..row].iter().sum();
            heights[row] = heights[row].max(cell.height() - above);
        }
    }
    heights
}

/// The end of the rows that cells over several rows bind to this one.
fn bound(placed: &[Placed], row: usize) -> usize {
    let mut end = row + 1;
    let mut at = row;
    while at < end {
        let reach = placed.iter().filter(|cell| cell.row == at).map(|cell| cell.last + 1).max();
        end = end.max(reach.unwrap_or(end));
        at += 1;
    }
    end
}

struct Writer<'f> {
    flow: &'f mut Flow,
    head: &'f mut Vec<Placed>,
    head_rows: usize,
    head_high: f32,
}

impl Writer<'_> {
    /// Room for rows on an empty page.
    fn fresh(&self) -> f32 {
        if self.repeats() { self.flow.whole() - self.head_high } else { self.flow.whole() }
    }

    /// Headings that leave less than half of the page are not repeated.
    fn repeats(&self) -> bool {
        self.head_high <= self.flow.whole() / 2.0
    }

    fn heading(&mut self) {
        self.flow.page();
        let mut head = std::mem::take(self.head);
        head.iter_mut().for_each(|cell| cell.written = 0);
        for row in 0..self.head_rows {
            self.row_of(&mut head, row, true);
        }
        *self.head = head;
    }

    /// Ends the open cells here and goes on on a new page; `row` is the next one to be written.
    fn next_page(&mut self, body: &mut [Placed], row: usize) {
        let y = self.flow.y;
        let open = |cell: &Placed| cell.row < row && cell.last >= row;
        for cell in body.iter_mut().filter(|cell| open(cell)) {
            self.write(cell, y, false);
        }
        self.flow.turn();
        self.flow.page();
        if self.repeats() {
            self.heading();
        }
        let y = self.flow.y;
        body.iter_mut().filter(|cell| open(cell)).for_each(|cell| cell.top = y);
    }

    fn row(&mut self, body: &mut [Placed], row: usize) {
        let y = self.flow.y;
        body.iter_mut().filter(|cell| cell.row == row).for_each(|cell| cell.top = y);
        loop {
            let needed = needed(body, row, self.flow.y);
            let least = LEAD + 2.0 * INSIDE.1;
            if needed <= self.flow.room() + 0.01 {
                return self.row_of(body, row, false);
            }
            if needed <= self.fresh() || self.flow.room() < least {
                self.next_page(body, row);
                let y = self.flow.y;
                body.iter_mut().filter(|cell| cell.row == row).for_each(|cell| cell.top = y);
                continue;
            }
            // No page holds the row: it is divided.
            self.flow.y = self.flow.sheet.end();
            let y = self.flow.y;
            for cell in body.iter_mut().filter(|cell| cell.row == row) {
                self.write(cell, y, false);
            }
            self.next_page(body, row);
            let y = self.flow.y;
            body.iter_mut().filter(|cell| cell.row == row).for_each(|cell| cell.top = y);
        }
    }

    /// Writes a row that fits; cells that reach further down are left open.
    fn row_of(&mut self, cells: &mut [Placed], row: usize, head: bool) {
        let y = self.flow.y;
        cells.iter_mut().filter(|cell| cell.row == row && head).for_each(|cell| cell.top = y);
        let bottom = y + needed(cells, row, y);
        for cell in cells.iter_mut().filter(|cell| cell.last == row) {
            self.write(cell, bottom, head);
        }
        self.flow.y = bottom;
    }

    /// Writes what fits of a cell between its top and here, and its frame.
    fn write(&mut self, cell: &mut Placed, bottom: f32, grey: bool) {
        let room = bottom - cell.top - 2.0 * INSIDE.1 + 0.01;
        let fits = (room.max(0.0) / LEAD) as usize;
        let (from, count) = (cell.written, cell.left_over().min(fits));
        let whole = from == 0 && count == cell.lines.len();
        let (left, right) = (cell.left, cell.left + cell.width);
        let page = self.flow.page();
        if grey {
            page.inks
                .push(Ink::Grey { at: (left, cell.top), size: (cell.width, bottom - cell.top) });
        }
        page.frame(left, cell.top, right, bottom);
        // Words that are whole on a page stand in the middle of their cell.
        let spare = if whole { (room - count as f32 * LEAD) / 2.0 } else { 0.0 };
        let mut y = cell.top + INSIDE.1 + spare.max(0.0);
        let column = (left + INSIDE.0, cell.width - 2.0 * INSIDE.0);
        for line in &cell.lines[from..from + count] {
            if !line.glyphs.is_empty() {
                page.line(line, column, y, LEAD, cell.align, false);
            }
            y += LEAD;
        }
        cell.written += count;
    }
}

/// The height a row needs below `y` so that every cell that ends in it has its words.
fn needed(cells: &[Placed], row: usize, y: f32) -> f32 {
    let ending = cells.iter().filter(|cell| cell.last == row);
    ending.map(|cell| cell.height() - (y - cell.top)).fold(LEAD + 2.0 * INSIDE.1, f32::max)
}
