//! Lines become paragraphs and tables: by indents, by lines that end early, by distances, and by columns below a table's caption.

use quanheng_domain::clause::{Cell, ClauseKind, DoubtKind};

use super::lines::{Line, Segment};
use crate::{
    label,
    tree::{Hint, Piece, What, Words, clean, doubt},
};

/// Where the lines of running text begin and end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    left: f32,
    right: f32,
}

impl Shape {
    /// The left edge that most lines share, and the right edge that a tenth of them reaches.
    pub(super) fn of(pages: &[Vec<Line>]) -> Self {
        let mut lefts: Vec<f32> = pages.iter().flatten().map(Line::from).collect();
        let mut rights: Vec<f32> = pages.iter().flatten().map(Line::to).collect();
        lefts.sort_by(f32::total_cmp);
        rights.sort_by(f32::total_cmp);
        let left = lefts.get(lefts.len() / 10).copied().unwrap_or(0.0);
        let right = rights.get(rights.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0.0);
        Self { left, right }
    }
}

/// Lines on their way into pieces.
pub(super) struct Paragraphs {
    shape: Shape,
    /// The paragraph that goes on.
    text: String,
    last: Option<Line>,
    /// Rows of the table that goes on.
    rows: Vec<Line>,
    /// Whether a table may begin: its caption came last.
    captioned: bool,
}

impl Paragraphs {
    pub(super) const fn new(shape: Shape) -> Self {
        Self { shape, text: String::new(), last: None, rows: Vec::new(), captioned: false }
    }

    pub(super) fn take(&mut self, line: Line, out: &mut Vec<Piece>) {
        let text = clean(&line.text());
        if text.is_empty() {
            return;
        }
        let columns = line.segments.len() > 1;
        let formula = label::formula_number(&text).is_some();
        if columns && (self.captioned || !self.rows.is_empty()) && !formula {
            self.finish_text(out);
            self.rows.push(line);
            return;
        }
        self.finish_table(out);
        if self.begins(&line, &text) {
            self.finish_text(out);
        }
        let caption = label::label(&text).is_some_and(|found| {
            found.kind == ClauseKind::Table && (found.spaced || found.rest.is_empty())
        });
        join(&mut self.text, &text);
        // What stands between the caption and the table (units) does not keep the table away.
        self.captioned = caption
            || (self.captioned && text.chars().nth(20).is_none() && label::label(&text).is_none());
        self.last = Some(line);
    }

    /// Ends the paragraph or table that goes on.
    pub(super) fn finish(&mut self, out: &mut Vec<Piece>) {
        self.finish_table(out);
        self.finish_text(out);
    }

    /// Whether a line begins a paragraph.
    fn begins(&self, line: &Line, text: &str) -> bool {
        let Some(last) = &self.last else { return true };
        let size = line.size.max(last.size);
        let indented =
            line.from() > self.shape.left + 1.2 * size && line.from() > last.from() + 0.8 * size;
        let short = last.to() < self.shape.right - 2.2 * size;
        let far = last.y - line.y > 2.6 * size;
        let other = (line.size - last.size).abs() > 0.12 * size;
        let marked = label::label(text).is_some()
            || label::note(text).is_some()
            || label::front(text).is_some()
            || label::is_symbol_line(text)
            || is_item(text);
        let formula =
            label::formula_number(text).is_some() || label::formula_number(&self.text).is_some();
        self.text.is_empty() || indented || short || far || other || marked || formula
    }

    fn finish_text(&mut self, out: &mut Vec<Piece>) {
        self.last = None;
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let lost = text.contains('\u{fffd}');
        let doubts = if lost { vec![doubt(DoubtKind::Unreadable, &text)] } else { Vec::new() };
        let words = Words { text, hint: Hint::Free, ..Words::default() };
        out.push(Piece { doubts, ..Piece::from(words) });
    }

    /// A table that was put together from places on the page should be looked at.
    fn finish_table(&mut self, out: &mut Vec<Piece>) {
        self.captioned = self.captioned && self.rows.is_empty();
        let lines = std::mem::take(&mut self.rows);
        if lines.is_empty() {
            return;
        }
        let rows = rows(&lines);
        let words: Vec<&str> = rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
        let doubts = vec![doubt(DoubtKind::Unreadable, &words.join(" "))];
        let head = u16::from(rows.len() > 1);
        out.push(Piece { doubts, ..Piece::from(What::Table { rows, head }) });
    }
}

/// Adds a line to a paragraph: a space only between words that have letters.
fn join(text: &mut String, line: &str) {
    let wide = |c: char| !c.is_ascii();
    let spaced = match (text.chars().next_back(), line.chars().next()) {
        (Some(before), Some(after)) => !(wide(before) || wide(after)),
        _ => false,
    };
    if spaced {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether a line begins an item of a list (`1)`, `a)`, `——`).
fn is_item(text: &str) -> bool {
    let mut signs = text.chars();
    let first = signs.next().unwrap_or(' ');
    let closed = signs.find(|c| !c.is_ascii_digit()).is_some_and(|c| matches!(c, ')' | '\u{ff09}'));
    (first.is_ascii_alphanumeric() && closed)
        || text.starts_with("——")
        || text.starts_with(['(', '\u{ff08}', '•', '●'])
}

/// Cells by the columns that the widest row begins.
fn rows(lines: &[Line]) -> Vec<Vec<Cell>> {
    let widest = lines.iter().max_by_key(|line| line.segments.len());
    let columns: Vec<f32> =
        widest.map(|line| line.segments.iter().map(middle).collect()).unwrap_or_default();
    let row = |line: &Line| {
        let mut cells = vec![Cell { text: String::new(), across: 1, down: 1 }; columns.len()];
        let mut free = 0;
        for (at, segment) in line.segments.iter().enumerate() {
            let left = line.segments.len() - at - 1;
            let last = columns.len() - 1 - left;
            let distance = |column: &usize| (columns[*column] - middle(segment)).abs();
            let nearest =
                (free..=last).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(last);
            cells[nearest].text = clean(&segment.text);
            free = nearest + 1;
        }
        cells
    };
    lines.iter().map(row).collect()
}

fn middle(segment: &Segment) -> f32 {
    f32::midpoint(segment.from, segment.to)
}
