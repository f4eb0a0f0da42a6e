//! A read table, and what the reader assumed on the way.

use crate::{Encoding, Message};

/// A file read as a table: one header and the rows below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The header cells, tidied, in the file's own order.
    pub headers: Vec<String>,
    /// The rows below the header; wholly empty rows and repeated headers are left out.
    pub rows: Vec<Row>,
    /// What the reader assumed or left aside.
    pub notes: Vec<Note>,
}

/// One row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the text file or the row of the sheet in which it starts, counted from 1.
    pub line: u64,
    /// Its cells; may be fewer than the headers, see [`Row::cell`].
    pub cells: Vec<String>,
    /// What is wrong with the row itself, before any meaning of its cells.
    pub faults: Vec<RowFault>,
}

impl Row {
    /// The text of one cell, empty where the row is shorter than the header.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A fault of one row that makes a cell, or the whole row, unusable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// The row has filled cells beyond the header: an unquoted delimiter has probably shifted its cells.
    Surplus {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A cell is longer than a spreadsheet can hold; its text is left out.
    CellTooLong {
        /// The column, counted from 0.
        column: usize,
        /// Its length in characters.
        chars: usize,
    },
    /// A cell holds a spreadsheet error such as `#REF!`.
    ErrorValue {
        /// The column, counted from 0.
        column: usize,
        /// The error as the spreadsheet shows it.
        shown: String,
    },
    /// A formula whose result was never saved in the file.
    NoSavedValue {
        /// The column, counted from 0.
        column: usize,
    },
}

impl RowFault {
    /// The column that is concerned, or none if it is the whole row.
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::Surplus { .. } => None,
            Self::CellTooLong { column, .. }
            | Self::ErrorValue { column, .. }
            | Self::NoSavedValue { column } => Some(*column),
        }
    }

    /// The key of the reason.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Surplus { .. } => "import-bad-surplus-cells",
            Self::CellTooLong { .. } => "import-bad-cell-too-long",
            Self::ErrorValue { .. } => "import-bad-error-value",
            Self::NoSavedValue { .. } => "import-bad-no-saved-value",
        }
    }

    /// What was found, for the list of bad rows.
    pub fn found(&self) -> String {
        match self {
            Self::Surplus { found, expected } => format!("{found} > {expected}"),
            Self::CellTooLong { chars, .. } => chars.to_string(),
            Self::ErrorValue { shown, .. } => shown.clone(),
            Self::NoSavedValue { .. } => String::new(),
        }
    }
}

/// Something the reader assumed or left aside; nothing is lost without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The encoding that was taken.
    EncodingTaken(Encoding),
    /// The delimiter that was taken.
    DelimiterTaken(char),
    /// The sheet that was read.
    SheetTaken(String),
    /// A visible sheet that was not read.
    SheetNotRead(String),
    /// A hidden sheet that was not read.
    SheetHidden(String),
    /// The workbook carries macros; they are never run.
    MacrosIgnored,
    /// Filled rows above the header were left aside.
    AboveHeader {
        /// How many.
        rows: usize,
    },
    /// The header was repeated further down, as after a page break.
    HeaderAgain {
        /// Where.
        line: u64,
    },
    /// Two columns bear the same header; the first is used.
    HeaderTwice {
        /// The header.
        header: String,
    },
    /// A column that means nothing here; it is left aside.
    UnknownColumn {
        /// The header.
        header: String,
    },
    /// A value was taken from a merged cell into the rows it spans.
    MergedFilled {
        /// How many cells were filled.
        cells: usize,
    },
    /// A row has fewer cells than the header.
    ShortRow {
        /// Where.
        line: u64,
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A row of a sheet has filled cells right of the header; they are left aside.
    OutsideHeader {
        /// Where.
        line: u64,
    },
    /// A row says the same as an earlier one; it is taken once.
    RowTwice {
        /// Where.
        line: u64,
        /// The earlier row.
        first: u64,
    },
    /// A table of a document without a heading that is understood; it is left aside.
    TableNotRead {
        /// Which table, from 1.
        table: usize,
    },
    /// A row that is one cell across the table, such as the title of a chapter; it is left aside.
    HeadingRow {
        /// Where.
        line: u64,
        /// Its words.
        text: String,
    },
    /// Rows of a form that nobody filled in, with a number at most; they are left aside.
    EmptyRows {
        /// How many.
        rows: usize,
    },
    /// More notes of rows than are kept.
    More {
        /// How many were left out.
        notes: usize,
    },
}

impl Note {
    /// The sentence for the reader.
    pub fn message(&self) -> Message {
        match self {
            Self::EncodingTaken(encoding) => {
                Message::bare("import-note-encoding").with("encoding", encoding.name())
            }
            Self::DelimiterTaken(delimiter) => Message::bare(match delimiter {
                ';' => "import-note-delimiter-semicolon",
                '\t' => "import-note-delimiter-tab",
                _ => "import-note-delimiter-comma",
            }),
            Self::SheetTaken(name) => Message::bare("import-note-sheet-taken").with("sheet", name),
            Self::SheetNotRead(name) => {
                Message::bare("import-note-sheet-not-read").with("sheet", name)
            }
            Self::SheetHidden(name) => {
                Message::bare("import-note-sheet-hidden").with("sheet", name)
            }
            Self::MacrosIgnored => Message::bare("import-note-macros-ignored"),
            Self::AboveHeader { rows } => {
                Message::bare("import-note-above-header").with("rows", *rows)
            }
            Self::HeaderAgain { line } => {
                Message::bare("import-note-header-again").with("line", *line)
            }
            Self::HeaderTwice { header } => {
                Message::bare("import-note-header-twice").with("header", header)
            }
            Self::UnknownColumn { header } => {
                Message::bare("import-note-unknown-column").with("header", header)
            }
            Self::MergedFilled { cells } => {
                Message::bare("import-note-merged-filled").with("cells", *cells)
            }
            Self::ShortRow { line, found, expected } => Message::bare("import-note-short-row")
                .with("line", *line)
                .with("found", *found)
                .with("expected", *expected),
            Self::OutsideHeader { line } => {
                Message::bare("import-note-outside-header").with("line", *line)
            }
            Self::RowTwice { line, first } => {
                Message::bare("import-note-row-twice").with("line", *line).with("first", *first)
            }
            Self::TableNotRead { table } => {
                Message::bare("import-note-table-not-read").with("table", *table)
            }
            Self::HeadingRow { line, text } => {
                Message::bare("import-note-heading-row").with("line", *line).with("text", text)
            }
            Self::EmptyRows { rows } => Message::bare("import-note-empty-rows").with("rows", *rows),
            Self::More { notes } => Message::bare("import-note-more").with("notes", *notes),
        }
    }
}
