//! Word files (docx, and docm without looking at its macros) become clauses.

mod body;
mod drawing;
mod fields;
mod format;
mod line;
mod math;
mod numbering;
mod package;
mod paragraph;
mod part;
mod revisions;
mod run;
mod sides;
mod styles;
mod table;
mod xml;

use quanheng_domain::clause::ClauseText;

use crate::{TextError, tree};

/// Reads a Word file; macros are never looked at, external entities and files made to harm are refused.
pub fn read_docx(bytes: &[u8]) -> Result<ClauseText, TextError> {
    let mut package = package::Package::open(bytes)?;
    let main = package.main()?;
    let links = package.links(&main)?;
    let styles = package.linked(&links, "styles")?;
    let styles = styles.map(|part| styles::Styles::read(&part)).transpose()?.unwrap_or_default();
    let numbering = package.linked(&links, "numbering")?;
    let numbering = numbering
        .map(|part| numbering::Numbering::read(&part, &styles))
        .transpose()?
        .unwrap_or_default();
    let remarks = package.linked(&links, "comments")?;
    let remarks = remarks.map(|part| sides::remarks(&part)).transpose()?.unwrap_or_default();
    let mut story = body::Story::new(&styles, numbering);
    for (kind, part) in [
        (sides::Foot::Note, package.linked(&links, "footnotes")?),
        (sides::Foot::End, package.linked(&links, "endnotes")?),
    ] {
        if let Some(part) = part {
            story.keep_notes(kind, sides::notes(&part, kind)?);
        }
    }
    let document = package.part(&main)?;
    let pieces = story.read(&document, &remarks)?;
    Ok(tree::build(pieces))
}
