//! PDF files become clauses.

use quanheng_domain::clause::ClauseText;

use crate::{TextError, read_typed};

/// Reads a PDF file; a page without text becomes a clause of its own with a doubt.
pub fn read_pdf(bytes: &[u8]) -> Result<ClauseText, TextError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(TextError::NotThatKind);
    }
    let document = lopdf::Document::load_mem(bytes).map_err(|_| TextError::broken("pdf"))?;
    if document.is_encrypted() {
        return Err(TextError::Locked);
    }
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).map_err(|_| TextError::broken("pdf"))?;
    Ok(read_typed(&text))
}
