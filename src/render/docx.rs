//! A paper as a Word document: A4 with the margins of official papers (GB/T 9704), Chinese in the faces that offices use.
//!
//! The few parts that Word, WPS and LibreOffice need are written by hand, as is the table of comments.

mod body;
mod parts;

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::paper::Paper;

/// The media type of a Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Why a paper could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The archive around the parts could not be written.
    #[error("the document could not be packed: {0}")]
    Pack(#[from] ZipError),
    /// A part could not be written into the archive.
    #[error("the document could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// A typeface is not as its tables say.
    #[error("the typeface could not be read: {0}")]
    Face(ttf_parser::FaceParsingError),
    /// A typeface could not be cut down to the characters of the paper.
    #[error("the typeface could not be cut down: {0}")]
    Cut(subsetter::Error),
}

/// Writes the paper as a Word document.
///
/// # Errors
/// The archive cannot be written, which in memory means that it grew too large.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let all = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::styles(&paper.language)),
        ("word/header1.xml", parts::header(&paper.header)),
        ("word/footer1.xml", parts::footer(&paper.page_number)),
        ("word/document.xml", body::document(paper)),
    ];
    for (name, text) in &all {
        archive.start_file(*name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Text for XML; characters that XML cannot hold are left out.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' => text.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests;
