//! From the XML of a document to its tables, cell by cell.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{RawCell, RawRow, RawTable};
use crate::{Limits, TableError, docx_out::MARK};

/// Digits of an identity.
const MARK_DIGITS: usize = 32;
/// How deep elements may nest in a file that is no attack.
const DEEPEST: usize = 256;

/// The reader on its way through the document.
struct Walk<'l> {
    limits: &'l Limits,
    tables: Vec<RawTable>,
    /// How many tables are open; words of inner ones belong to the outer cell.
    depth: usize,
    /// How many elements are open whose words are left out.
    hidden: usize,
    /// Whether the row that is open was deleted as a tracked change.
    row_deleted: bool,
    /// Whether the mark of the paragraph that is open was deleted, so that the next one continues it.
    mark_deleted: bool,
    /// Within the properties of a paragraph or a run.
    in_properties: usize,
    lines: u64,
    cells: u64,
    bytes: u64,
}

fn damaged(detail: impl std::fmt::Display) -> TableError {
    TableError::Damaged { detail: detail.to_string() }
}

/// Reads all tables that stand in the text of the document itself.
pub(super) fn read(xml: &str, limits: &Limits) -> Result<Vec<RawTable>, TableError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk {
        limits,
        tables: Vec::new(),
        depth: 0,
        hidden: 0,
        row_deleted: false,
        mark_deleted: false,
        in_properties: 0,
        lines: 0,
        cells: 0,
        bytes: 0,
    };
    let mut names: Vec<Vec<u8>> = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_vec();
                walk.open(&name, &start)?;
                names.push(name);
                if names.len() > DEEPEST {
                    return Err(damaged("elements nest too deep"));
                }
            }
            Event::End(_) => {
                if let Some(name) = names.pop() {
                    walk.close(&name);
                }
            }
            Event::Text(text) if is_text(&names) => {
                walk.put(&text.decode().map_err(damaged)?)?;
            }
            Event::CData(text) if is_text(&names) => {
                walk.put(&text.decode().map_err(damaged)?)?;
            }
            Event::GeneralRef(name) if is_text(&names) => match name.resolve_char_ref() {
                Ok(Some(c)) => walk.put(c.encode_utf8(&mut [0; 4]))?,
                _ => {
                    let name = name.decode().map_err(damaged)?;
                    let known = resolve_predefined_entity(&name);
                    walk.put(known.ok_or_else(|| damaged("unknown entity"))?)?;
                }
            },
            Event::DocType(_) => return Err(damaged("a document type")),
            Event::Eof if names.is_empty() => return Ok(walk.tables),
            Event::Eof => return Err(damaged("the file was cut")),
            _ => {}
        }
    }
}

/// Whether what is read now are words that people see: text of a run or of a formula.
fn is_text(names: &[Vec<u8>]) -> bool {
    names.last().is_some_and(|name| name == b"t")
}

/// An attribute by its local name.
fn attribute(start: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    start
        .attributes()
        .flatten()
        .find(|found| found.key.local_name().as_ref() == name)
        .and_then(|found| String::from_utf8(found.value.into_owned()).ok())
}

impl Walk<'_> {
    fn row(&mut self) -> Option<&mut RawRow> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn cell(&mut self) -> Option<&mut RawCell> {
        self.row()?.cells.last_mut()
    }

    /// Adds words to the open cell.
    fn put(&mut self, words: &str) -> Result<(), TableError> {
        if self.depth == 0 || self.hidden > 0 {
            return Ok(());
        }
        self.bytes += words.len() as u64;
        if self.bytes > self.limits.inflated {
            return Err(TableError::Inflates { limit: self.limits.inflated });
        }
        if let Some(cell) = self.cell() {
            cell.text.push_str(words);
        }
        Ok(())
    }

    fn open(&mut self, name: &[u8], start: &BytesStart<'_>) -> Result<(), TableError> {
        match name {
            b"tbl" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.tables.push(RawTable::default());
                }
            }
            b"pPr" | b"rPr" | b"trPr" | b"tcPr" | b"tblPr" => self.in_properties += 1,
            // Within properties these mark a paragraph or a row as deleted, elsewhere they hold deleted words.
            b"del" if self.in_properties > 0 => self.mark_deleted = true,
            b"del" | b"moveFrom" | b"Fallback" | b"delText" | b"instrText" => self.hidden += 1,
            b"tab" if self.in_properties == 0 => self.put("\t")?,
            b"br" | b"cr" => self.put("\n")?,
            b"noBreakHyphen" => self.put("-")?,
            _ if self.depth == 1 => self.open_in_table(name, start)?,
            _ => {}
        }
        Ok(())
    }

    /// What gives a table its shape; only the outermost table has one.
    fn open_in_table(&mut self, name: &[u8], start: &BytesStart<'_>) -> Result<(), TableError> {
        let number = || attribute(start, b"val").and_then(|text| text.parse::<usize>().ok());
        let most = usize::try_from(self.limits.columns).unwrap_or(usize::MAX);
        match name {
            b"tr" => {
                self.lines += 1;
                if self.lines > self.limits.rows + 1 {
                    return Err(TableError::TooManyRows { limit: self.limits.rows });
                }
                self.row_deleted = false;
                self.mark_deleted = false;
                let line = self.lines;
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(RawRow { line, ..RawRow::default() });
                }
            }
            b"tc" => {
                self.cells += 1;
                if self.cells > self.limits.cells {
                    return Err(TableError::TooManyCells { limit: self.limits.cells });
                }
                let line = self.lines;
                let Some(row) = self.row() else { return Ok(()) };
                let start = row.cells.last().map_or(0, |cell| cell.start + cell.span);
                if start >= most {
                    return Err(TableError::TooManyColumns { limit: most as u64, line });
                }
                row.cells.push(RawCell { start, span: 1, ..RawCell::default() });
            }
            b"gridSpan" => {
                let span = number().unwrap_or(1).clamp(1, most);
                if let Some(cell) = self.cell() {
                    cell.span = span;
                }
            }
            b"vMerge" => {
                let continues = attribute(start, b"val").is_none_or(|kind| kind != "restart");
                if let Some(cell) = self.cell() {
                    cell.continues = continues;
                }
            }
            b"bookmarkStart" => {
                let mark = attribute(start, b"name")
                    .and_then(|name| name.strip_prefix(MARK).map(str::to_owned))
                    // A renamed copy of a row is a new row.
                    .filter(|mark| mark.len() == MARK_DIGITS);
                if let (Some(mark), Some(row)) = (mark, self.row()) {
                    row.mark.get_or_insert(mark);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"tbl" => self.depth = self.depth.saturating_sub(1),
            b"trPr" if self.depth == 1 => {
                self.in_properties = self.in_properties.saturating_sub(1);
                self.row_deleted = std::mem::take(&mut self.mark_deleted);
            }
            b"pPr" | b"rPr" | b"trPr" | b"tcPr" | b"tblPr" => {
                self.in_properties = self.in_properties.saturating_sub(1);
            }
            b"moveFrom" | b"Fallback" | b"delText" | b"instrText" => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            b"del" if self.in_properties == 0 => self.hidden = self.hidden.saturating_sub(1),
            b"p" => {
                let joined = std::mem::take(&mut self.mark_deleted);
                if let Some(cell) = self.cell().filter(|_| !joined) {
                    cell.text.push('\n');
                }
            }
            // Cells of a table within a cell are parted by a blank; its paragraphs have ended in line breaks.
            b"tc" if self.depth == 1 => {
                if let Some(cell) = self.cell() {
                    cell.text = cell.text.trim().to_owned();
                }
            }
            b"tr" if self.depth == 1 && std::mem::take(&mut self.row_deleted) => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.pop();
                }
            }
            _ => {}
        }
    }
}
