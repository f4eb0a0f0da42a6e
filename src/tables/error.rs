//! Why a whole file is refused, or could not be written.

use crate::{FileKind, Message};

/// The file as a whole cannot be read as a table; no row of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file has more bytes than allowed.
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The compressed content would unpack to more than allowed.
    #[error("the file unpacks to more than {limit} bytes")]
    Inflates {
        /// The limit in bytes.
        limit: u64,
    },
    /// The bytes are something else than CSV or XLSX.
    #[error("not a table but {0:?}")]
    NotATable(FileKind),
    /// The text is in no encoding that is understood, or breaks off inside a character.
    #[error("line {line} is not text in UTF-8 or GB18030")]
    Undecodable {
        /// The first offending line.
        line: u64,
    },
    /// A zero byte: the file is binary.
    #[error("line {line} holds a zero byte")]
    ZeroByte {
        /// The first offending line.
        line: u64,
    },
    /// A quotation mark was opened and never closed, so that cells and rows cannot be told apart.
    #[error("the quotation mark opened in line {line} is never closed")]
    UnclosedQuote {
        /// Where it was opened.
        line: u64,
    },
    /// There is no row that could be a header.
    #[error("the file holds no header row")]
    NoHeader,
    /// Every sheet of the workbook is hidden.
    #[error("the workbook has no visible sheet")]
    NoVisibleSheet,
    /// More rows than allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// More columns than allowed.
    #[error("more than {limit} columns in line {line}")]
    TooManyColumns {
        /// The limit.
        limit: u64,
        /// Where.
        line: u64,
    },
    /// More cells than allowed.
    #[error("more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: u64,
    },
    /// The workbook's parts contradict its format.
    #[error("the workbook is damaged: {detail}")]
    Damaged {
        /// What the parser said, for the log.
        detail: String,
    },
    /// Columns that are needed have no header.
    #[error("missing columns: {missing:?}; found: {found:?}")]
    MissingColumns {
        /// Keys of all missing columns.
        missing: Vec<&'static str>,
        /// The headers of the file.
        found: Vec<String>,
    },
}

impl TableError {
    /// The sentence for the reader; column keys in `missing` are separated by a blank, to be translated one by one.
    pub fn message(&self) -> Message {
        match self {
            Self::TooLarge { bytes, limit } => Message::bare("import-refused-too-large")
                .with("bytes", *bytes)
                .with("limit", *limit),
            Self::Inflates { limit } => {
                Message::bare("import-refused-inflates").with("limit", *limit)
            }
            Self::NotATable(kind) => Message::bare(kind.message_key()),
            Self::Undecodable { line } => {
                Message::bare("import-refused-undecodable").with("line", *line)
            }
            Self::ZeroByte { line } => {
                Message::bare("import-refused-zero-byte").with("line", *line)
            }
            Self::UnclosedQuote { line } => {
                Message::bare("import-refused-unclosed-quote").with("line", *line)
            }
            Self::NoHeader => Message::bare("import-refused-no-header"),
            Self::NoVisibleSheet => Message::bare("import-refused-no-visible-sheet"),
            Self::TooManyRows { limit } => {
                Message::bare("import-refused-too-many-rows").with("limit", *limit)
            }
            Self::TooManyColumns { limit, line } => {
                Message::bare("import-refused-too-many-columns")
                    .with("limit", *limit)
                    .with("line", *line)
            }
            Self::TooManyCells { limit } => {
                Message::bare("import-refused-too-many-cells").with("limit", *limit)
            }
            Self::Damaged { .. } => Message::bare("import-refused-damaged"),
            Self::MissingColumns { missing, found } => {
                Message::bare("import-refused-missing-columns")
                    .with("missing", missing.join(" ").as_str())
                    .with("found", found.join(" | ").as_str())
            }
        }
    }
}

/// A sheet could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A workbook sheet holds at most 1,048,576 rows and 16,384 columns.
    #[error("sheet {sheet:?} does not fit: {rows} rows, {columns} columns")]
    DoesNotFit {
        /// The sheet's name.
        sheet: String,
        /// Rows with the header.
        rows: usize,
        /// Columns.
        columns: usize,
    },
    /// The workbook library refused.
    #[error("the workbook cannot be written")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The archive of a document could not be written.
    #[error("the document cannot be written")]
    Docx(#[from] zip::result::ZipError),
    /// The CSV library refused.
    #[error("the CSV file cannot be written")]
    Csv(#[from] csv::Error),
    /// The CSV library could not hand over its buffer.
    #[error("the CSV file cannot be finished")]
    Flush(#[from] std::io::Error),
}
