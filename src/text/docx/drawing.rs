//! Pictures, objects of formula editors, and text boxes.

use quanheng_domain::clause::DoubtKind;

use super::{
    body::Story,
    line::{Line, Picture},
    xml::{Item, Ns, Xml},
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
        let mut found = Picture::default();
        let (mut name, mut pictured, mut depth) = (String::new(), false, 1_usize);
        let mut boxes = Vec::new();
        found.inline = true;
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
                (Ns::Vml, b"OLEObject") => {
                    let program = tag.attr("ProgID").unwrap_or_default();
                    found.equation |= EDITORS.iter().any(|editor| program.starts_with(editor));
                    pictured = true;
                }
                (Ns::Vml, b"imagedata") => {
                    pictured = true;
                    name = tag.attr("title").map_or(name, |title| clean(&title));
                }
                (Ns::Vml, b"shape") => {
                    let beside =
                        tag.attr("style").is_some_and(|style| style.contains("position:absolute"));
                    found.inline &= !beside;
                    found.about = tag.attr("alt").map_or(found.about, |text| clean(&text));
                }
                (Ns::Other, b"anchor") => found.inline = false,
                (Ns::Other, b"docPr") => {
                    let text = ["descr", "title"]
                        .iter()
                        .find_map(|key| tag.attr(key).filter(|text| !text.is_empty()));
                    found.about = text.map_or(found.about, |text| clean(&text));
                    name = tag.attr("name").map_or(name, |text| clean(&text));
                }
                (Ns::Other, b"pic" | b"chart" | b"relIds" | b"wgp" | b"wpc") => pictured = true,
                _ => {}
            }
        }
        if hidden || !self.fields.shown() || self.revisions.deleted.is_some() {
            return Ok(());
        }
        if found.about.is_empty() {
            found.about = name;
        }
        found.about = found.about.replace('\n', " ");
        if pictured {
            line.push_picture(found);
        }
        line.boxes.extend(boxes.into_iter().map(boxed));
        Ok(())
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
