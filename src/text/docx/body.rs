//! The text block by block: paragraphs, tables, and what wraps them.

use std::collections::HashMap;

use super::{
    fields::Fields,
    line::Line,
    numbering::Numbering,
    part::Part,
    revisions::Revisions,
    sides::{Foot, Remark},
    styles::Styles,
    xml::{Ns, Tag, Xml},
};
use crate::{TextError, tree::Piece};

/// The text while it is read.
pub(super) struct Story<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: Numbering,
    pub(super) fields: Fields,
    pub(super) revisions: Revisions,
    notes: HashMap<(Foot, String), String>,
    /// Notes referred to so far.
    referred: u32,
    /// A paragraph whose end was deleted: it goes on in the next.
    pub(super) carried: Option<Line>,
}

impl<'d> Story<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            fields: Fields::default(),
            revisions: Revisions::default(),
            notes: HashMap::new(),
            referred: 0,
            carried: None,
        }
    }

    /// Keeps notes until they are referred to.
    pub(super) fn keep_notes(&mut self, kind: Foot, notes: HashMap<String, String>) {
        self.notes.extend(notes.into_iter().map(|(id, text)| ((kind, id), text)));
    }

    /// A note that is referred to: its mark and its words.
    pub(super) fn note(&mut self, kind: Foot, id: &str) -> Option<(String, String)> {
        let text = self.notes.remove(&(kind, id.to_owned()))?;
        self.referred += 1;
        let raised =
            |c: char| c.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize));
        let digits: String = self.referred.to_string().chars().filter_map(raised).collect();
        Some((format!("⁽{digits}⁾"), text))
    }

    /// Reads the whole text.
    pub(super) fn read(
        mut self,
        part: &Part,
        remarks: &HashMap<String, Remark>,
    ) -> Result<Vec<Piece>, TextError> {
        let mut xml = part.xml();
        let mut pieces = Vec::new();
        if !xml.next_open()?.is_some_and(|root| root.is("document")) {
            return Err(TextError::NotThatKind);
        }
        while let Some(tag) = xml.child()? {
            if tag.is("body") {
                self.blocks(&mut xml, &mut pieces)?;
            } else {
                xml.skip()?;
            }
        }
        if let Some(line) = self.carried.take() {
            line.into_pieces(super::line::About::default(), &mut pieces);
        }
        self.revisions.fill(&mut pieces, remarks);
        Ok(pieces)
    }

    /// Reads the blocks of the element that is open.
    pub(super) fn blocks(
        &mut self,
        xml: &mut Xml<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            self.block(xml, &tag, out)?;
        }
        Ok(())
    }

    pub(super) fn block(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), TextError> {
        match (tag.ns, tag.name()) {
            (Ns::Word, b"p") => self.paragraph(xml, out),
            (Ns::Word, b"tbl") => self.table(xml, out),
            (Ns::Word, b"sdt") => {
                if enter_content(xml)? {
                    self.blocks(xml, out)?;
                    xml.skip()?;
                }
                Ok(())
            }
            (Ns::Word, b"customXml" | b"smartTag" | b"ins" | b"moveTo") => self.blocks(xml, out),
            (Ns::Word, b"commentRangeStart" | b"commentRangeEnd") => self.range(xml, tag, None),
            (Ns::Compatibility, b"AlternateContent") => {
                if enter_choice(xml)? {
                    self.blocks(xml, out)?;
                    xml.skip()?;
                }
                Ok(())
            }
            _ => xml.skip(),
        }
    }

    /// The beginning or end of the words of a remark.
    pub(super) fn range(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        line: Option<&mut Line>,
    ) -> Result<(), TextError> {
        let id = tag.attr("id").unwrap_or_default();
        if tag.is("commentRangeStart") {
            self.revisions.begin(&id, line);
        } else {
            self.revisions.end(&id);
        }
        xml.skip()
    }
}

/// Goes into the content of a content control; false at its end, and for tables of contents and prompts to fill something in.
pub(super) fn enter_content(xml: &mut Xml<'_>) -> Result<bool, TextError> {
    let mut left_out = false;
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"sdtPr" => left_out = is_left_out(xml)?,
            b"sdtContent" if !left_out => return Ok(true),
            _ => xml.skip()?,
        }
    }
    Ok(false)
}

fn is_left_out(xml: &mut Xml<'_>) -> Result<bool, TextError> {
    let mut left_out = false;
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"showingPlcHdr" => left_out |= tag.on(),
            b"docPartObj" => {
                while let Some(tag) = xml.child()? {
                    let gallery = tag.name() == b"docPartGallery";
                    left_out |=
                        gallery && tag.val().is_some_and(|name| name == "Table of Contents");
                    xml.skip()?;
                }
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(left_out)
}

/// Goes into the first of several alternatives; the others say the same once more.
pub(super) fn enter_choice(xml: &mut Xml<'_>) -> Result<bool, TextError> {
    Ok(xml.child()?.is_some())
}
