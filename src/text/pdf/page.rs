//! What a page draws: the glyphs of its text with their places.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

use super::{
    LARGEST_STREAM,
    font::{Font, Fonts},
    radicals,
};
use crate::TextError;

/// How deep forms may stand in forms.
const DEEPEST: usize = 6;

/// A character, or a few that are drawn as one, and its place in points from the lower left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub text: String,
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub width: f32,
}

type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What the drawing of text depends on.
#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    between: f32,
    words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

impl State {
    const fn at(place: Matrix) -> Self {
        Self {
            place,
            font: None,
            size: 0.0,
            between: 0.0,
            words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }

    /// An operator that changes one number.
    fn set(&mut self, operator: &str, number: f32) {
        match operator {
            "Tc" => self.between = number,
            "Tw" => self.words = number,
            "Tz" => self.stretch = number / 100.0,
            "TL" => self.leading = number,
            "Ts" => self.rise = number,
            _ => {}
        }
    }
}

struct Drawing<'d> {
    document: &'d Document,
    fonts: &'d mut Fonts,
    glyphs: Vec<Glyph>,
    most: usize,
}

/// The glyphs of a page; too many are an attack.
pub(super) fn glyphs(
    document: &Document,
    page: ObjectId,
    fonts: &mut Fonts,
    most: usize,
) -> Result<Vec<Glyph>, TextError> {
    let content =
        document.get_page_content_with_limit(page, LARGEST_STREAM).map_err(
            |error| match error {
                lopdf::Error::Decompress(_) => TextError::TooBig,
                _ => TextError::broken("page"),
            },
        )?;
    let resources = resources(document, page);
    let mut drawing = Drawing { document, fonts, glyphs: Vec::new(), most };
    drawing.draw(&content, &resources, IDENTITY, 0)?;
    Ok(drawing.glyphs)
}

/// Resources of the page, the nearest first.
fn resources(document: &Document, page: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, others)) = document.get_page_resources(page) else { return Vec::new() };
    own.into_iter()
        .chain(others.into_iter().filter_map(|id| document.get_dictionary(id).ok()))
        .collect()
}

impl<'d> Drawing<'d> {
    fn draw(
        &mut self,
        content: &[u8],
        resources: &[&'d Dictionary],
        place: Matrix,
        depth: usize,
    ) -> Result<(), TextError> {
        let Ok(content) = Content::decode(content) else { return Ok(()) };
        let mut state = State::at(place);
        let mut kept = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            let number = |at: usize| {
                operands
                    .get(at)
                    .and_then(|object| object.as_float().ok())
                    .filter(|n| n.is_finite())
                    .unwrap_or(0.0)
            };
            match operation.operator.as_str() {
                "q" if kept.len() < 256 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.place = times(std::array::from_fn(number), state.place),
                "BT" => (line, text) = (IDENTITY, IDENTITY),
                "Tf" => {
                    state.font = operands.first().and_then(|name| self.font(resources, name));
                    state.size = number(1);
                }
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, number(0), number(1)], line);
                    text = line;
                }
                "Tm" => {
                    line = std::array::from_fn(number);
                    text = line;
                }
                "T*" => text = next_line(&mut line, &state),
                "Tj" | "TJ" => self.show(operands.first(), &state, &mut text)?,
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.words, state.between) = (number(0), number(1));
                    }
                    text = next_line(&mut line, &state);
                    self.show(operands.last(), &state, &mut text)?;
                }
                "Do" if depth < DEEPEST => {
                    self.form(operands.first(), resources, state.place, depth)?;
                }
                operator => state.set(operator, number(0)),
            }
        }
        Ok(())
    }

    fn font(&mut self, resources: &[&'d Dictionary], name: &Object) -> Option<Rc<Font>> {
        let object = find(self.document, resources, b"Font", name)?;
        self.fonts.get(self.document, object)
    }

    fn form(
        &mut self,
        name: Option<&Object>,
        resources: &[&'d Dictionary],
        place: Matrix,
        depth: usize,
    ) -> Result<(), TextError> {
        let object = name.and_then(|name| find(self.document, resources, b"XObject", name));
        let stream =
            object.and_then(|object| self.document.dereference(object).ok()?.1.as_stream().ok());
        let Some(stream) = stream else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return Ok(());
        }
        let content =
            stream.get_plain_content_with_limit(LARGEST_STREAM).map_err(|_| TextError::TooBig)?;
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let all: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let matrix =
            stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let matrix = matrix.map_or(IDENTITY, |list| {
            std::array::from_fn(|at| {
                list.get(at).and_then(|n| n.as_float().ok()).unwrap_or(IDENTITY[at])
            })
        });
        self.draw(&content, &all, times(matrix, place), depth + 1)
    }

    /// Shows a string, or several with distances between them.
    fn show(
        &mut self,
        what: Option<&Object>,
        state: &State,
        text: &mut Matrix,
    ) -> Result<(), TextError> {
        match what {
            Some(Object::String(bytes, _)) => self.string(bytes, state, text),
            Some(Object::Array(list)) => {
                for part in list {
                    match part {
                        Object::String(bytes, _) => self.string(bytes, state, text)?,
                        part => {
                            let back = part.as_float().unwrap_or(0.0) / 1000.0
                                * state.size
                                * state.stretch;
                            *text = times([1.0, 0.0, 0.0, 1.0, -back, 0.0], *text);
                        }
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn string(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) -> Result<(), TextError> {
        let Some(font) = &state.font else { return Ok(()) };
        for (characters, width, space) in font.read_string(bytes) {
            let at = times([1.0, 0.0, 0.0, 1.0, 0.0, state.rise], times(*text, state.place));
            let upright = at[0].abs() > at[1].abs();
            let size = state.size.abs() * at[3].abs();
            let advance =
                (width * state.size + state.between + if space { state.words } else { 0.0 })
                    * state.stretch;
            let placed = at.iter().all(|n| n.is_finite()) && size > 0.5;
            if upright
                && placed
                && !(characters.is_empty() || characters.chars().all(char::is_whitespace))
            {
                if self.glyphs.len() >= self.most {
                    return Err(TextError::TooBig);
                }
                let width = width * state.size * state.stretch * at[0].abs();
                self.glyphs.push(Glyph {
                    text: radicals::replaced(characters),
                    x: at[4],
                    y: at[5],
                    size,
                    width,
                });
            }
            *text = times([1.0, 0.0, 0.0, 1.0, advance, 0.0], *text);
        }
        Ok(())
    }
}

fn next_line(line: &mut Matrix, state: &State) -> Matrix {
    *line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], *line);
    *line
}

fn find<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    name: &Object,
) -> Option<&'d Object> {
    let name = name.as_name().ok()?;
    resources.iter().find_map(|resources| {
        resources.get_deref(kind, document).ok()?.as_dict().ok()?.get(name).ok()
    })
}
