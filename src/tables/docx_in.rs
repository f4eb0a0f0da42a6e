//! Reading the tables of a Word document: as accepted, with merged cells, over several tables and pages.
//!
//! Deleted words (修订中的删除) are left out and inserted ones kept, as if all changes had been accepted. Macros are never looked at;
//! document types and entities of one's own are refused.

mod raw;
mod rows;

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::{Limits, Note, Table, TableError, columns::Lexicon, grid};

/// The part of a document that holds its words.
const MAIN: &str = "word/document.xml";

/// A cell as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct RawCell {
    /// Column of the grid in which it begins.
    start: usize,
    /// Columns of the grid that it spans.
    span: usize,
    /// Whether it continues the cell above.
    continues: bool,
    /// Its words; paragraphs and breaks are line breaks.
    text: String,
}

/// A row as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct RawRow {
    /// Which row of all tables of the document it is, from 1.
    line: u64,
    cells: Vec<RawCell>,
    /// Identity that an export of ours left at the row.
    mark: Option<String>,
}

/// A table of the document; tables within its cells are words of these cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct RawTable {
    rows: Vec<RawRow>,
}

/// Reads the tables of a document as one.
pub(crate) fn read(
    bytes: &[u8],
    wanted: Option<&Lexicon>,
    limits: &Limits,
) -> Result<Table, TableError> {
    let damaged = |detail: String| TableError::Damaged { detail };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|fault| damaged(fault.to_string()))?;
    let macros = archive.index_for_name("word/vbaProject.bin").is_some();
    let mut xml = String::new();
    archive
        .by_name(MAIN)
        .map_err(|fault| damaged(fault.to_string()))?
        .take(limits.inflated)
        .read_to_string(&mut xml)
        .map_err(|fault| damaged(fault.to_string()))?;
    let tables = raw::read(&xml, limits)?;
    let mut notes = if macros { vec![Note::MacrosIgnored] } else { Vec::new() };
    let rows = rows::join(tables, wanted, &mut notes).ok_or(TableError::NoHeader)?;
    grid::assemble(rows, grid::Source::Sheet, wanted, notes)
}

#[cfg(test)]
mod tests;
