//! From top to bottom: blocks are set into the column of the page, and go on on the next page where they do not fit.

use super::grid;
use super::ink::{Ink, Line, Page};
use super::pen::{Pen, Shape, Weight};
use crate::paper::{Align, Block, Paper, Signature};

/// The page in points: A4, and the margins of official papers (上 37 mm, 下 35 mm, 左 28 mm, 右 26 mm), as in the Word file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub(super) wide: f32,
    pub(super) high: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) left: f32,
}

const UPRIGHT: Sheet =
    Sheet { wide: 595.3, high: 841.9, top: 104.9, right: 73.7, bottom: 99.2, left: 79.4 };
const ACROSS: Sheet =
    Sheet { wide: 841.9, high: 595.3, top: 79.4, right: 99.2, bottom: 73.7, left: 104.9 };
/// From the upper edge to what stands at the head of every page, and from the lower edge to its number.
const EDGES: (f32, f32) = (42.5, 58.0);

impl Sheet {
    pub(super) const fn of(paper: &Paper) -> Self {
        if paper.landscape { ACROSS } else { UPRIGHT }
    }

    pub(super) fn width(&self) -> f32 {
        self.wide - self.left - self.right
    }

    /// Where the text of a page ends.
    pub(super) fn end(&self) -> f32 {
        self.high - self.bottom
    }

    /// The column of the text: where it begins, and its width.
    pub(super) fn column(&self) -> (f32, f32) {
        (self.left, self.width())
    }
}

/// How a kind of words is set: size, from line to line, room before and after.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: f32,
    lead: f32,
    before: f32,
    after: f32,
    weight: Weight,
}

const TITLE: Style =
    Style { size: 22.0, lead: 33.0, before: 6.0, after: 6.0, weight: Weight::Strong };
const SUBTITLE: Style =
    Style { size: 15.0, lead: 24.0, before: 0.0, after: 8.0, weight: Weight::Text };
const HEADING: Style =
    Style { size: 16.0, lead: 24.0, before: 8.0, after: 3.0, weight: Weight::Strong };
const RUNNING: Style =
    Style { size: 16.0, lead: 28.0, before: 0.0, after: 0.0, weight: Weight::Text };
const LINE: Style = Style { size: 14.0, lead: 26.0, before: 0.0, after: 0.0, weight: Weight::Text };
const NOTE: Style = Style { size: 10.5, lead: 15.5, before: 4.0, after: 2.0, weight: Weight::Text };
const MARGIN: Style =
    Style { size: 9.0, lead: 12.0, before: 0.0, after: 0.0, weight: Weight::Text };
/// Lines of a paragraph that are not left alone at the foot or at the head of a page.
const TOGETHER: usize = 2;
/// Room that a heading wants below it on its page.
const FOLLOWS: f32 = 2.0 * RUNNING.lead;

/// The pages being written, and how far the last one is.
pub(super) struct Flow {
    pub(super) sheet: Sheet,
    pages: Vec<Page>,
    pub(super) y: f32,
    /// A new page is due before anything else is written.
    turn: bool,
}

impl Flow {
    /// The page being written.
    pub(super) fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() || std::mem::take(&mut self.turn) {
            self.pages.push(Page::default());
            self.y = self.sheet.top;
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Room left on the page.
    pub(super) fn room(&self) -> f32 {
        if self.turn || self.pages.is_empty() { self.whole() } else { self.sheet.end() - self.y }
    }

    /// Room of an empty page.
    pub(super) fn whole(&self) -> f32 {
        self.sheet.end() - self.sheet.top
    }

    /// What follows stands on a new page.
    pub(super) fn turn(&mut self) {
        self.turn = true;
    }

    /// Goes to a new page unless so much fits, or nothing stands on this one.
    pub(super) fn keep(&mut self, height: f32) {
        if height > self.room() && height <= self.whole() {
            self.turn();
        }
        self.page();
    }

    fn gap(&mut self, height: f32) {
        // Room before a block is not wanted at the head of a page.
        if self.y > self.sheet.top {
            self.y += height;
        }
    }

    /// Lines one under the other, with two at least on either side of a new page.
    fn lines(&mut self, lines: &[Line], style: Style, align: Align, drawn: bool) {
        self.page();
        self.gap(style.before);
        let column = self.sheet.column();
        for (at, line) in lines.iter().enumerate() {
            let left = lines.len() - at;
            let wanted = match at {
                0 => left.min(TOGETHER),
                _ if left == TOGETHER && lines.len() > TOGETHER => TOGETHER,
                _ => 1,
            };
            self.keep(style.lead * wanted as f32);
            let y = self.y;
            self.page().line(line, column, y, style.lead, align, drawn);
            self.y += style.lead;
        }
        self.y += style.after;
    }
}

/// The paper as pages.
pub(super) fn pages(paper: &Paper, pen: &mut Pen<'_>) -> Vec<Page> {
    let sheet = Sheet::of(paper);
    let mut flow = Flow { sheet, pages: Vec::new(), y: sheet.top, turn: false };
    plain(&mut flow, pen, &paper.title, TITLE, Align::Centre);
    if !paper.subtitle.is_empty() {
        plain(&mut flow, pen, &paper.subtitle, SUBTITLE, Align::Centre);
    }
    // In Chinese the first line of a paragraph stands two characters in.
    let indents = paper.language.is_empty() || paper.language.starts_with("zh");
    for block in &paper.blocks {
        set(&mut flow, pen, block, indents);
    }
    let mut pages = flow.pages;
    edges(&mut pages, pen, paper, &sheet);
    pages
}

fn plain(flow: &mut Flow, pen: &mut Pen<'_>, words: &str, style: Style, align: Align) {
    let lines = pen.lines(&[(words, style.weight)], Shape::plain(style.size, flow.sheet.width()));
    flow.lines(&lines, style, align, false);
}

fn set(flow: &mut Flow, pen: &mut Pen<'_>, block: &Block, indents: bool) {
    match block {
        Block::Heading { text } => {
            flow.keep(HEADING.before + HEADING.lead + HEADING.after + FOLLOWS);
            plain(flow, pen, text, HEADING, Align::Left);
        }
        Block::Paragraph { text } => {
            let first = if indents { 2.0 * RUNNING.size } else { 0.0 };
            let width = flow.sheet.width();
            for words in text.lines() {
                let shape = Shape { size: RUNNING.size, width, first, rest: 0.0, every: true };
                let lines = pen.lines(&[(words, RUNNING.weight)], shape);
                flow.lines(&lines, RUNNING, Align::Left, true);
            }
        }
        Block::Line { text, align } => plain(flow, pen, text, LINE, *align),
        Block::Note { text } => plain(flow, pen, text, NOTE, Align::Left),
        Block::Fields { fields } => {
            for (label, value) in fields {
                field(flow, pen, label, value);
            }
        }
        Block::Table(table) => grid::table(flow, pen, table),
        Block::Signatures { signatures } => signed(flow, pen, signatures),
        Block::PageBreak => flow.turn(),
    }
}

/// A label with what was filled in beside it; further lines stand under what was filled in where the label leaves room.
fn field(flow: &mut Flow, pen: &mut Pen<'_>, label: &str, value: &str) {
    let width = flow.sheet.width();
    let label_width: f32 = pen
        .lines(&[(label, Weight::Strong)], Shape::plain(LINE.size, width))
        .iter()
        .map(Line::width)
        .sum();
    let rest = if label_width <= width * 0.4 { label_width } else { 0.0 };
    let shape = Shape { size: LINE.size, width, first: 0.0, rest, every: false };
    let lines = pen.lines(&[(label, Weight::Strong), (value, Weight::Text)], shape);
    flow.lines(&lines, LINE, Align::Left, false);
}

/// Places to sign, two in a row; where nobody signed yet a rule waits for a hand.
fn signed(flow: &mut Flow, pen: &mut Pen<'_>, signatures: &[Signature]) {
    let half = flow.sheet.width() / 2.0;
    let column = half - 18.0;
    let high = 18.0 + LINE.lead + NOTE.lead;
    let rows = signatures.len().div_ceil(2) as f32;
    flow.keep(high * rows);
    for pair in signatures.chunks(2) {
        flow.keep(high);
        let top = flow.y + 18.0;
        for (at, one) in pair.iter().enumerate() {
            let left = flow.sheet.left + half * at as f32;
            let words = [(one.label.as_str(), Weight::Text), (one.name.as_str(), Weight::Strong)];
            let lines = pen.lines(&words, Shape::plain(LINE.size, column));
            let below = pen.lines(&[(&one.at, Weight::Text)], Shape::plain(NOTE.size, column));
            let page = flow.page();
            for (line, number) in lines.iter().zip(0_u8..) {
                let y = top + LINE.lead * f32::from(number);
                page.line(line, (left, column), y, LINE.lead, Align::Left, false);
            }
            if one.name.is_empty() {
                let from = left + lines.last().map_or(0.0, Line::width) + 4.0;
                let y = top + LINE.lead - 5.0;
                page.inks.push(Ink::Rule {
                    from: (from.min(left + column - 60.0), y),
                    to: (left + column, y),
                });
            }
            let y = top + LINE.lead * lines.len().max(1) as f32;
            for line in below.iter().filter(|line| !line.glyphs.is_empty()) {
                page.line(line, (left, column), y, NOTE.lead, Align::Left, false);
            }
        }
        flow.y += high;
    }
    flow.y += 8.0;
}

/// What stands at the head and at the foot of every page.
fn edges(pages: &mut [Page], pen: &mut Pen<'_>, paper: &Paper, sheet: &Sheet) {
    let shape = Shape::plain(MARGIN.size, sheet.width());
    let head = pen.lines(&[(&paper.header, Weight::Text)], shape);
    let all = pages.len();
    for (page, number) in pages.iter_mut().zip(1..) {
        for line in head.iter().take(1).filter(|line| !line.glyphs.is_empty()) {
            page.line(line, sheet.column(), EDGES.0, MARGIN.lead, Align::Right, false);
        }
        let words = &paper.page_number;
        let of = if words.between.is_empty() {
            String::new()
        } else {
            format!("{}{all}", words.between)
        };
        let foot = format!("{}{number}{of}{}", words.before, words.after);
        for line in pen.lines(&[(&foot, Weight::Text)], shape).iter().take(1) {
            let y = sheet.high - EDGES.1;
            page.line(line, sheet.column(), y, MARGIN.lead, Align::Centre, false);
        }
    }
}
