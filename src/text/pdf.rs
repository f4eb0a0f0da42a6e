//! PDF files become clauses: glyphs are put into lines by their place, lines into paragraphs, rows of tables into tables.

mod cmap;
mod edges;
mod font;
mod lines;
mod page;
mod paragraphs;
mod radicals;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, Error, LoadOptions};
use quanheng_domain::clause::{ClauseText, DoubtKind};

use crate::{
    TextError,
    tree::{Hint, Piece, Words, build, doubt},
};

/// Largest stream that is read, unpacked.
const LARGEST_STREAM: usize = 32 << 20;

/// Most pages; the thickest standard has a few hundred.
const MOST_PAGES: usize = 3_000;

/// Most glyphs of a whole file.
const MOST_GLYPHS: usize = 8_000_000;

/// Reads a PDF file; a page without text (a scan) is a clause of its own with a doubt if no page has any.
pub fn read_pdf(bytes: &[u8]) -> Result<ClauseText, TextError> {
    let start = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    if !start.windows(5).any(|window| window == b"%PDF-") {
        return Err(TextError::NotThatKind);
    }
    // The parser is another's work on hostile bytes: should it panic, the file is broken and nothing else. Nothing is shared with it.
    let pages = catch_unwind(AssertUnwindSafe(|| pages(bytes)))
        .unwrap_or_else(|_| Err(TextError::broken("pdf")))?;
    Ok(build(pieces(pages)))
}

/// The lines of every page.
fn pages(bytes: &[u8]) -> Result<Vec<Vec<lines::Line>>, TextError> {
    let options =
        LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(Error::InvalidPassword | Error::Decryption(_)) => return Err(TextError::Locked),
        Err(Error::Decompress(_)) => return Err(TextError::TooBig),
        Err(_) => return Err(TextError::broken("pdf")),
    };
    if document.is_encrypted() {
        return Err(TextError::Locked);
    }
    let ids: Vec<_> = document.get_pages().into_values().collect();
    if ids.is_empty() {
        return Err(TextError::broken("pages"));
    }
    if ids.len() > MOST_PAGES {
        return Err(TextError::TooBig);
    }
    let mut fonts = font::Fonts::default();
    let (mut pages, mut count) = (Vec::new(), 0);
    for id in ids {
        let glyphs = page::glyphs(&document, id, &mut fonts, MOST_GLYPHS - count)?;
        count += glyphs.len();
        pages.push(lines::lines(glyphs));
    }
    Ok(pages)
}

fn pieces(mut pages: Vec<Vec<lines::Line>>) -> Vec<Piece> {
    let scan: Vec<bool> = pages.iter().map(Vec::is_empty).collect();
    let only_scans = scan.iter().all(|empty| *empty);
    edges::leave_out(&mut pages);
    let shape = paragraphs::Shape::of(&pages);
    let mut pieces = Vec::new();
    let mut paragraphs = paragraphs::Paragraphs::new(shape);
    for (at, lines) in pages.into_iter().enumerate() {
        if scan[at] {
            paragraphs.finish(&mut pieces);
            let name = format!("页{}", at + 1);
            let text = if only_scans { name.clone() } else { String::new() };
            let words = Words {
                text,
                hint: if only_scans { Hint::Heading(1) } else { Hint::Text },
                ..Words::default()
            };
            pieces.push(Piece {
                doubts: vec![doubt(DoubtKind::Unreadable, &name)],
                ..Piece::from(words)
            });
        }
        for line in lines {
            paragraphs.take(line, &mut pieces);
        }
    }
    paragraphs.finish(&mut pieces);
    pieces
}
