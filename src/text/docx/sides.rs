//! What stands in parts of its own: footnotes, endnotes, remarks.

use std::collections::HashMap;

use super::{body::Story, numbering::Numbering, part::Part, styles::Styles, xml::Xml};
use crate::{
    TextError,
    tree::{What, clean},
};

/// Notes below the page or at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Foot {
    Note,
    End,
}

/// What somebody remarked.
#[derive(Debug, Clone, Default)]
pub(super) struct Remark {
    pub author: String,
    pub text: String,
}

/// The notes of a part by their id, without the lines that divide them from the text.
pub(super) fn notes(part: &Part, kind: Foot) -> Result<HashMap<String, String>, TextError> {
    let name = if kind == Foot::Note { "footnote" } else { "endnote" };
    let mut notes = HashMap::new();
    let mut xml = part.xml();
    while let Some(tag) = xml.next_open()? {
        if !tag.is(name) {
            continue;
        }
        let id = tag.attr("id").unwrap_or_default().into_owned();
        let special = tag.attr("type").is_some_and(|kind| kind != "normal");
        let text = words(&mut xml)?;
        if !special {
            notes.insert(id, text);
        }
    }
    Ok(notes)
}

/// The remarks by their id.
pub(super) fn remarks(part: &Part) -> Result<HashMap<String, Remark>, TextError> {
    let mut remarks = HashMap::new();
    let mut xml = part.xml();
    while let Some(tag) = xml.next_open()? {
        if !tag.is("comment") {
            continue;
        }
        let id = tag.attr("id").unwrap_or_default().into_owned();
        let author = clean(&tag.attr("author").unwrap_or_default());
        remarks.insert(id, Remark { author, text: words(&mut xml)? });
    }
    Ok(remarks)
}

/// The words within the element that is open, paragraphs divided by line feeds.
fn words(xml: &mut Xml<'_>) -> Result<String, TextError> {
    let styles = Styles::default();
    let mut story = Story::new(&styles, Numbering::default());
    let mut pieces = Vec::new();
    story.blocks(xml, &mut pieces)?;
    let lines = pieces.into_iter().map(|piece| match piece.what {
        What::Words(words) => words.text,
        What::Formula { line, .. } => line,
        What::Figure { about } => about,
        What::Note { text, .. } => text,
        What::Table { rows, .. } => {
            rows.into_iter().flatten().map(|cell| cell.text).collect::<Vec<_>>().join(" ")
        }
    });
    Ok(clean(&lines.collect::<Vec<_>>().join("\n")))
}
