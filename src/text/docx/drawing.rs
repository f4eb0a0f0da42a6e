//! Pictures, objects of formula editors, and text boxes.

use quanheng_domain::clause::DoubtKind;

use super::{
    body::Story,
    line::{Line, Picture},
    xml::{Item, Ns, Tag, Xml},
};
use crate::{
    TextError,
    tree::{Hint, Piece, What, clean, doubt},
};

/// Programs whose objects are formulas.
const EDITORS: [&str; 4] = ["Equation", "MathType", "KSEE", "AxMath"];

impl Story<'_> {
    /// A drawing, an old drawing or an object: pictures stay where they are, words of text boxes come after the paragraph.
    pub(super) fn drawing(
        &mut self,
        xml: &mut Xml<'_>,
        line: &mut Line,
        hidden: bool,
    ) -> Result<(), TextError> {
        let mut found = Seen::default();
        let (mut boxes, mut depth) = (Vec::new(), 1_usize);
        while depth > 0 {
            let tag = match xml.next()? {
                Item::Open(tag) => tag,
                Item::Close => {
                    depth -= 1;
                    continue;
                }
                Item::Text(_) => continue,
                Item::End => break,
            };
            depth += 1;
            match (tag.ns, tag.name()) {
                (Ns::Word, b"txbxContent") => {
                    self.blocks(xml, &mut boxes)?;
                    depth -= 1;
                }
                (Ns::Compatibility, b"Fallback") => {
                    xml.skip()?;
                    depth -= 1;
                }
                _ => found.see(&tag),
            }
        }
        if hidden || !self.fields.shown() || self.revisions.deleted.is_some() {
            return Ok(());
        }
        if found.pictured {
            line.push_picture(found.picture());
        }
        line.boxes.extend(boxes.into_iter().map(boxed));
        Ok(())
    }
}

/// What has been seen of a drawing.
#[derive(Debug, Default)]
struct Seen {
    about: String,
    /// Name of the file or of the object, if nobody wrote what can be seen.
    name: String,
    pictured: bool,
    equation: bool,
    /// Set beside the words and not among them.
    beside: bool,
}

impl Seen {
    fn see(&mut self, tag: &Tag<'_>) {
        let text =
            |key: &str| tag.attr(key).map(|text| clean(&text)).filter(|text| !text.is_empty());
        match (tag.ns, tag.name()) {
            (Ns::Vml, b"OLEObject") => {
                let program = tag.attr("ProgID").unwrap_or_default();
                self.equation |= EDITORS.iter().any(|editor| program.starts_with(editor));
                self.pictured = true;
            }
            (Ns::Vml, b"imagedata") => {
                self.pictured = true;
                self.name = text("title").unwrap_or_else(|| std::mem::take(&mut self.name));
            }
            (Ns::Vml, b"shape") => {
                self.beside |=
                    tag.attr("style").is_some_and(|style| style.contains("position:absolute"));
                self.about = text("alt").unwrap_or_else(|| std::mem::take(&mut self.about));
            }
            (Ns::Other, b"anchor") => self.beside = true,
            (Ns::Other, b"docPr") => {
                let about = text("descr").or_else(|| text("title"));
                self.about = about.unwrap_or_else(|| std::mem::take(&mut self.about));
                self.name = text("name").unwrap_or_else(|| std::mem::take(&mut self.name));
            }
            (Ns::Other, b"pic" | b"chart" | b"relIds" | b"wgp" | b"wpc") => self.pictured = true,
            _ => {}
        }
    }

    fn picture(self) -> Picture {
        let about = if self.about.is_empty() { self.name } else { self.about };
        Picture { about: about.replace('\n', " "), equation: self.equation, inline: !self.beside }
    }
}

/// A piece of a text box: nobody knows where it belongs.
fn boxed(mut piece: Piece) -> Piece {
    if let What::Words(words) = &mut piece.what {
        words.hint = Hint::Boxed;
        let text = clean(&words.text);
        if !text.is_empty() {
            piece.doubts.push(doubt(DoubtKind::TextBox, &text));
        }
    }
    piece
}
