//! What stands on a page: lines of glyphs, rules and grey fields, in points from the upper left corner.

use crate::breaks::may_stretch;
use crate::paper::Align;

/// A character as it is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Which typeface.
    pub(super) hand: usize,
    /// Its number in the typeface that was cut down.
    pub(super) number: u16,
    /// Its width in points.
    pub(super) width: f32,
}

/// A line of glyphs.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    /// How far in it begins.
    pub(super) indent: f32,
    /// True for the last line of its paragraph, which is not drawn out to the margin.
    pub(super) ends: bool,
    /// The size of its characters.
    pub(super) size: f32,
}

impl Line {
    /// Its width without its indent.
    pub(super) fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.width).sum()
    }
}

/// A mark on a page.
#[derive(Debug, Clone)]
pub(super) enum Ink {
    /// Glyphs on a base line; after each the room that is added.
    Words {
        /// Where the line begins.
        x: f32,
        /// The base line.
        y: f32,
        /// The size.
        size: f32,
        /// The glyphs with the room after them.
        glyphs: Vec<(Glyph, f32)>,
    },
    /// A straight rule.
    Rule {
        /// From and to.
        from: (f32, f32),
        /// The other end.
        to: (f32, f32),
    },
    /// A grey field.
    Grey {
        /// Upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
    },
}

/// Most that is added between two characters, as a share of the size; a line that needs more keeps its own width.
const MOST_STRETCH: f32 = 0.4;

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) inks: Vec<Ink>,
}

impl Page {
    /// Draws a line whose upper edge is at `y` in a column; `lead` is from line to line, `drawn` draws it out to both margins.
    pub(super) fn line(
        &mut self,
        line: &Line,
        column: (f32, f32),
        y: f32,
        lead: f32,
        align: Align,
        drawn: bool,
    ) {
        let (left, width) = column;
        let slack = width - line.indent - line.width();
        let x = left
            + line.indent
            + match align {
                Align::Left => 0.0,
                Align::Centre => slack.max(0.0) / 2.0,
                Align::Right => slack.max(0.0),
            };
        let gaps = line.glyphs.windows(2).filter(|pair| may_stretch(pair[0].c, pair[1].c)).count();
        let each = if gaps == 0 { 0.0 } else { slack / gaps as f32 };
        let each = if drawn && !line.ends && each > 0.0 && each <= line.size * MOST_STRETCH {
            each
        } else {
            0.0
        };
        let next = line.glyphs.iter().skip(1).map(|glyph| Some(glyph.c)).chain([None]);
        let glyphs = line.glyphs.iter().zip(next).map(|(glyph, next)| {
            let stretch = next.is_some_and(|next| may_stretch(glyph.c, next));
            (*glyph, if stretch { each } else { 0.0 })
        });
        // Chinese squares stand 0.88 above the base line and 0.12 below.
        let base = y + (lead - line.size) / 2.0 + line.size * 0.88;
        self.inks.push(Ink::Words { x, y: base, size: line.size, glyphs: glyphs.collect() });
    }

    /// Draws the four sides of a box.
    pub(super) fn frame(&mut self, left: f32, top: f32, right: f32, bottom: f32) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        for (at, from) in corners.into_iter().enumerate() {
            self.inks.push(Ink::Rule { from, to: corners[(at + 1) % 4] });
        }
    }
}
