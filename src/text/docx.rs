//! Word files become clauses.

use std::io::{Cursor, Read};

use quanheng_domain::clause::ClauseText;
use quick_xml::{Reader, events::Event};

use crate::{TextError, read_typed};

/// Reads a Word file (docx, docm without its macros).
pub fn read_docx(bytes: &[u8]) -> Result<ClauseText, TextError> {
    const PART: &str = "word/document.xml";
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TextError::NotThatKind)?;
    let mut xml = String::new();
    let part = zip.by_name(PART).map_err(|_| TextError::NotThatKind)?;
    part.take(64 << 20).read_to_string(&mut xml).map_err(|_| TextError::broken(PART))?;
    let mut reader = Reader::from_str(&xml);
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().map_err(|_| TextError::broken(PART))? {
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => inside = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => inside = false,
            Event::End(tag) if tag.name().as_ref() == b"w:p" => text.push('\n'),
            Event::Text(words) if inside => {
                text += &words.decode().map_err(|_| TextError::broken(PART))?;
            }
            Event::DocType(_) => return Err(TextError::broken(PART)),
            Event::Eof => return Ok(read_typed(&text)),
            _ => {}
        }
    }
}
