//! The pen: characters become glyphs of the typefaces, with their widths; it remembers which it wrote.

use std::collections::BTreeMap;

use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};

use super::ink::{Glyph, Line};
use crate::breaks;
use crate::docx::RenderError;
use crate::typefaces::{Typeface, Typefaces};

/// How heavy words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Running text.
    Text,
    /// Headings and labels.
    Strong,
}

/// What is written where a typeface lacks a sign. The box for what is missing is crossed: on a ballot paper it would be a vote.
const STAND_INS: [(char, char); 2] = [('☐', '□'), ('☑', '■')];

/// A typeface in use.
pub(super) struct Hand<'t> {
    pub(super) typeface: &'t Typeface,
    pub(super) face: Face<'t>,
    pub(super) kept: GlyphRemapper,
    /// The character each kept glyph stands for, by its number in the file.
    pub(super) means: BTreeMap<u16, char>,
    known: BTreeMap<char, Option<GlyphId>>,
}

impl<'t> Hand<'t> {
    fn new(typeface: &'t Typeface) -> Result<Self, RenderError> {
        let face = Face::parse(&typeface.bytes, typeface.index).map_err(RenderError::Face)?;
        Ok(Self {
            typeface,
            face,
            kept: GlyphRemapper::new(),
            means: BTreeMap::new(),
            known: BTreeMap::new(),
        })
    }

    fn glyph(&mut self, c: char) -> Option<GlyphId> {
        *self.known.entry(c).or_insert_with(|| self.face.glyph_index(c))
    }

    /// Thousandths of the size that a glyph is wide.
    pub(super) fn width(&self, glyph: u16) -> f32 {
        let advance = self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default();
        f32::from(advance) * 1000.0 / f32::from(self.face.units_per_em().max(1))
    }
}

/// The pen with its typefaces: that of the text, and the strong one where there is one.
pub(super) struct Pen<'t> {
    pub(super) hands: Vec<Hand<'t>>,
}

impl<'t> Pen<'t> {
    /// A pen that has written nothing.
    pub(super) fn new(typefaces: &'t Typefaces) -> Result<Self, RenderError> {
        let all = [Some(&typefaces.text), typefaces.strong.as_ref()];
        Ok(Self { hands: all.into_iter().flatten().map(Hand::new).collect::<Result<_, _>>()? })
    }

    /// The glyph of a character: of its own typeface, of the other one, that of its stand-in, or the box that stands for what nobody has.
    fn glyph(&mut self, c: char, weight: Weight, size: f32) -> Glyph {
        let own = if weight == Weight::Strong { self.hands.len() - 1 } else { 0 };
        let other = self.hands.len() - 1 - own;
        let stand_in = STAND_INS.iter().find(|(missed, _)| *missed == c).map(|(_, taken)| *taken);
        let found = [Some(c), stand_in].into_iter().flatten().find_map(|c| {
            [own, other].into_iter().find_map(|hand| Some((hand, self.hands[hand].glyph(c)?.0)))
        });
        let (hand, old) = found.unwrap_or((own, 0));
        let writes = &mut self.hands[hand];
        let number = writes.kept.remap(old);
        writes.means.entry(number).or_insert(c);
        Glyph { c, hand, number, width: writes.width(old) * size / 1000.0 }
    }

    /// How wide a character is set.
    pub(super) fn width(&mut self, c: char, weight: Weight, size: f32) -> f32 {
        self.glyph(c, weight, size).width
    }

    /// Words as lines of a width; the first line begins `first` in, the others `rest`. Line breaks of the words are kept.
    pub(super) fn lines(&mut self, words: &[(&str, Weight)], shape: Shape) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, glyphs) in self.paragraphs(words, shape.size).into_iter().enumerate() {
            let text: Vec<char> = glyphs.iter().map(|glyph| glyph.c).collect();
            let widths: Vec<f32> = glyphs.iter().map(|glyph| glyph.width).collect();
            let first = if at == 0 || shape.every { shape.first } else { shape.rest };
            let indent = |line: usize| if line == 0 { first } else { shape.rest };
            let ends = breaks::ends(&text, &widths, |line| shape.width - indent(line));
            let (mut start, count) = (0, ends.len());
            for (line, end) in ends.into_iter().enumerate() {
                let mut glyphs = glyphs[start..end].to_vec();
                while glyphs.last().is_some_and(|glyph| glyph.c == ' ') {
                    glyphs.pop();
                }
                let ends = line + 1 == count;
                lines.push(Line { glyphs, indent: indent(line), ends, size: shape.size });
                start = end;
            }
        }
        lines
    }

    /// The glyphs of each paragraph.
    fn paragraphs(&mut self, words: &[(&str, Weight)], size: f32) -> Vec<Vec<Glyph>> {
        let mut paragraphs = vec![Vec::new()];
        for (text, weight) in words {
            for c in text.chars() {
                match c {
                    '\n' => paragraphs.push(Vec::new()),
                    '\t' => paragraphs.extend_last(self.glyph(' ', *weight, size)),
                    '\u{feff}' | '\u{200b}'..='\u{200f}' => {}
                    c if c.is_control() => {}
                    c => paragraphs.extend_last(self.glyph(c, *weight, size)),
                }
            }
        }
        paragraphs
    }
}

/// Adds to the paragraph that is being written.
trait ExtendLast {
    fn extend_last(&mut self, glyph: Glyph);
}

impl ExtendLast for Vec<Vec<Glyph>> {
    fn extend_last(&mut self, glyph: Glyph) {
        if let Some(last) = self.last_mut() {
            last.push(glyph);
        }
    }
}

/// The measure that words are set in, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The size of the characters.
    pub(super) size: f32,
    /// The width of the column.
    pub(super) width: f32,
    /// How far in the first line begins.
    pub(super) first: f32,
    /// How far in the other lines begin.
    pub(super) rest: f32,
    /// True when each paragraph of the words has a first line of its own.
    pub(super) every: bool,
}

impl Shape {
    /// A column without indents.
    pub(super) fn plain(size: f32, width: f32) -> Self {
        Self { size, width, first: 0.0, rest: 0.0, every: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_box_is_never_the_crossed_one_of_a_missing_sign() {
        let typefaces =
            Typefaces::find(None, None).expect("fonts-noto-cjk is installed where tests run");
        let mut pen = Pen::new(&typefaces).unwrap();
        let missing = pen.glyph('\u{e000}', Weight::Text, 10.0);
        let (open, ticked) =
            (pen.glyph('☐', Weight::Text, 10.0), pen.glyph('☑', Weight::Text, 10.0));
        assert_eq!(missing.number, 0);
        assert!(open.number != 0 && ticked.number != 0 && open.number != ticked.number);
    }
}
