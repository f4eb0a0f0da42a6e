//! The door of the room: bytes in, a table or a refusal out.

use crate::{
    Columns, FileKind, Mapping, Table, TableError, csv_in, docx_in, encoding, sniff, xlsx_in,
};

/// Bounds of a read; a file beyond them is refused before it costs memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of all parts of a workbook after unpacking, and of all cell texts together.
    pub inflated: u64,
    /// Rows below the header.
    pub rows: u64,
    /// Columns.
    pub columns: u64,
    /// Cells of the whole table.
    pub cells: u64,
    /// Characters of one cell; 32,767 is what spreadsheets can hold.
    pub cell_chars: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            inflated: 256 << 20,
            rows: 200_000,
            columns: 256,
            cells: 5_000_000,
            cell_chars: 32_767,
        }
    }
}

/// Reads a CSV, XLSX or DOCX file, told apart by its bytes; `wanted` helps to find the header row, the sheet, the table and the delimiter.
pub fn read(bytes: &[u8], wanted: Option<&Columns>, limits: &Limits) -> Result<Table, TableError> {
    read_with(bytes, wanted, &Mapping::default(), limits)
}

/// Reads a file whose headings a person may have given a meaning.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    bytes: &[u8],
    wanted: Option<&Columns>,
    mapping: &Mapping,
    limits: &Limits,
) -> Result<Table, TableError> {
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(TableError::TooLarge { bytes: size, limit: limits.bytes });
    }
    let lexicon = wanted.map(|columns| columns.lexicon_with(mapping));
    let wanted = lexicon.as_ref();
    match sniff::sniff(bytes) {
        FileKind::Text => {
            let (text, encoding) = encoding::decode(bytes)?;
            csv_in::read(&text, encoding, wanted, limits)
        }
        kind @ (FileKind::Xlsx | FileKind::Xlsm) => {
            sniff::check_inflated(bytes, limits.inflated)?;
            xlsx_in::read(bytes, kind == FileKind::Xlsm, wanted, limits)
        }
        FileKind::Docx => {
            sniff::check_inflated(bytes, limits.inflated)?;
            docx_in::read(bytes, wanted, limits)
        }
        other => Err(TableError::NotATable(other)),
    }
}

/// What a file is by its bytes.
pub fn kind(bytes: &[u8]) -> FileKind {
    sniff::sniff(bytes)
}
