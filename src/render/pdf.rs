//! A paper as a PDF file: A4 with the margins of official papers (GB/T 9704), set and broken into pages here, its typeface cut down to
//! the characters it uses, its words to be found and copied again. The same paper gives the same bytes.

mod file;
mod flow;
mod grid;
mod ink;
mod pen;

use crate::docx::RenderError;
use crate::paper::Paper;
use crate::typefaces::Typefaces;

/// The media type of a PDF file.
pub const PDF: &str = "application/pdf";

/// Writes the paper as a PDF file.
///
/// # Errors
/// The typeface cannot be read as its own tables say, or cannot be cut down.
pub fn pdf(paper: &Paper, typefaces: &Typefaces) -> Result<Vec<u8>, RenderError> {
    let mut pen = pen::Pen::new(typefaces)?;
    let pages = flow::pages(paper, &mut pen);
    file::write(paper, &pages, pen)
}

#[cfg(test)]
mod tests;
