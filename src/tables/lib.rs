//! Customers' tables: CSV, XLSX and DOCX files become rows, rows become typed facts, and sheets become files again.
//!
//! Reading is bounded and never guesses silently: what was assumed (encoding, delimiter, sheet) is a [`Note`], what
//! stops the whole file is a [`TableError`], what concerns one row is a fault of that row. The room knows no
//! database and writes no sentence: messages are keys of `templates/locales/*/import.ftl` with their facts.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod clean;
pub mod columns;
mod csv_in;
mod csv_out;
mod docx_in;
mod docx_out;
mod encoding;
mod error;
pub mod formats;
mod grid;
mod message;
mod note;
mod read;
mod sheet;
mod sniff;
mod xlsx_in;
mod xlsx_out;

pub use columns::{Column, Columns, Mapping, Matched, column_message_key};
pub use csv_out::{CsvFile, CsvOptions, write_csv};
pub use docx_out::{Paper, write_docx, write_long_docx};
pub use encoding::Encoding;
pub use error::{TableError, WriteError};
pub use message::{Fact, Message, excerpt};
pub use note::{Note, Row, RowFault, Table};
pub use read::{Limits, kind, read, read_with};
pub use sheet::{Cell, Sheet};
pub use sniff::FileKind;
pub use xlsx_out::{Shortened, XlsxFile, write_long_xlsx, write_xlsx};
