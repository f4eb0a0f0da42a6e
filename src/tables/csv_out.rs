//! Writing CSV (RFC 4180) so that no text of ours is ever run as a formula by a spreadsheet.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{Cell, Sheet, WriteError};

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvOptions {
    /// Whether a byte order mark comes first, without which Chinese Windows spreadsheets misread UTF-8.
    pub byte_order_mark: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self { byte_order_mark: true }
    }
}

/// Writes a sheet as CSV; texts that a spreadsheet would take for a formula get a leading quotation mark (`'`).
pub fn write_csv(sheet: &Sheet, options: CsvOptions) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    if options.byte_order_mark {
        bytes.extend_from_slice(b"\xEF\xBB\xBF");
    }
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(bytes);
    writer.write_record(sheet.headers.iter().map(|header| guard(header)))?;
    for row in &sheet.rows {
        let width = row.len().max(sheet.headers.len());
        let cells = row.iter().map(text).chain(std::iter::repeat_with(String::new)).take(width);
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|fault| WriteError::Flush(fault.into_error()))
}

/// A CSV file that is written row by row, for tables of any length; with a byte order mark and the same care for formulas.
pub struct CsvFile<W: std::io::Write> {
    writer: csv::Writer<W>,
}

impl<W: std::io::Write> CsvFile<W> {
    /// Begins a file with its headers.
    pub fn begin(mut out: W, headers: &[&str]) -> Result<Self, WriteError> {
        out.write_all(b"\xEF\xBB\xBF").map_err(WriteError::Flush)?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        writer.write_record(headers)?;
        Ok(Self { writer })
    }

    /// Writes a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), WriteError> {
        Ok(self.writer.write_record(cells.into_iter().map(|cell| guard(&cell)))?)
    }

    /// Writes a row of a sheet.
    pub fn cells(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        Ok(self.writer.write_record(cells.iter().map(text))?)
    }

    /// Ends the file and gives back what it was written to.
    pub fn end(self) -> Result<W, WriteError> {
        self.writer.into_inner().map_err(|fault| WriteError::Flush(fault.into_error()))
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guard(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Day(day) => day.format("%Y-%m-%d").to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Characters that make a spreadsheet read a cell as a formula, in both widths, or skip to one.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a text begins, after any number of our own marks, with a character of formulas.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(TRIGGERS)
}

fn guard(text: &str) -> String {
    if needs_guard(text) { format!("'{text}") } else { text.to_owned() }
}

/// Takes off what [`write_csv`] put on, so that an export reads back as it was.
pub(crate) fn unguard(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest.to_owned(),
        _ => cell,
    }
}
