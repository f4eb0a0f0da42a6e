//! Glyphs become lines, and lines segments that wide gaps divide.

use super::page::Glyph;

/// Words of a line that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub text: String,
    pub from: f32,
    pub to: f32,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub segments: Vec<Segment>,
    pub y: f32,
    pub size: f32,
}

impl Line {
    pub(super) fn text(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn from(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.from)
    }

    pub(super) fn to(&self) -> f32 {
        self.segments.last().map_or(0.0, |segment| segment.to)
    }
}

/// The lines of a page from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    // Raised and lowered glyphs stand within half a size of the line they belong to.
    let (mut base, mut size) = (f32::MAX, 0.0_f32);
    for glyph in glyphs {
        let near = base - glyph.y < 0.45 * size.max(glyph.size);
        match rows.last_mut().filter(|_| near) {
            Some(row) => {
                if glyph.size > size {
                    (base, size) = (glyph.y, glyph.size);
                }
                row.push(glyph);
            }
            None => {
                (base, size) = (glyph.y, glyph.size);
                rows.push(vec![glyph]);
            }
        }
    }
    rows.into_iter().map(line).filter(|line| !line.segments.is_empty()).collect()
}

fn line(mut row: Vec<Glyph>) -> Line {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = row.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let y = row
        .iter()
        .filter(|glyph| glyph.size >= 0.9 * size)
        .map(|glyph| glyph.y)
        .fold(f32::MIN, f32::max);
    let mut segments: Vec<Segment> = Vec::new();
    let mut before: Option<Glyph> = None;
    for glyph in row {
        // Bold is sometimes a glyph drawn twice.
        let twice = before.as_ref().is_some_and(|before| {
            before.text == glyph.text
                && (before.x - glyph.x).abs() < 0.2 * size
                && (before.y - glyph.y).abs() < 0.2 * size
        });
        if twice {
            continue;
        }
        let to = glyph.x + glyph.width;
        match segments.last_mut().filter(|last| glyph.x - last.to < 1.8 * size) {
            Some(last) => {
                if glyph.x - last.to > 0.22 * size {
                    last.text.push(' ');
                }
                last.text.push_str(&glyph.text);
                last.to = to.max(last.to);
            }
            None => segments.push(Segment { text: glyph.text.clone(), from: glyph.x, to }),
        }
        before = Some(glyph);
    }
    Line { segments, y, size }
}
