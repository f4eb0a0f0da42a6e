//! Reading workbooks: the first visible sheet that fits, cells as the text a person sees, merged cells, saved results of formulas.

use std::{collections::BTreeMap, io::Cursor, panic::AssertUnwindSafe};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::Timelike;

use crate::{Limits, Note, Row, RowFault, Table, TableError, columns::Lexicon, grid};

/// The workbook while it is read.
type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a workbook; a panic of the parser on a hostile file is an error like any other.
pub(crate) fn read(
    bytes: &[u8],
    macros: bool,
    wanted: Option<&Lexicon>,
    limits: &Limits,
) -> Result<Table, TableError> {
    std::panic::catch_unwind(AssertUnwindSafe(|| read_workbook(bytes, macros, wanted, limits)))
        .unwrap_or_else(|_| Err(TableError::Damaged { detail: "the parser gave up".to_owned() }))
}

fn read_workbook(
    bytes: &[u8],
    macros: bool,
    wanted: Option<&Lexicon>,
    limits: &Limits,
) -> Result<Table, TableError> {
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut notes = if macros { vec![Note::MacrosIgnored] } else { Vec::new() };
    let (visible, hidden): (Vec<_>, Vec<_>) = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .partition(|(_, visible)| *visible);
    if visible.is_empty() {
        return Err(TableError::NoVisibleSheet);
    }
    let mut best: Option<(usize, String, Vec<Row>, usize)> = None;
    for (name, _) in &visible {
        let mut sheet = read_cells(&mut workbook, name, limits)?;
        if sheet.rows.is_empty() {
            continue;
        }
        let filled = fill_merged(&mut workbook, name, &mut sheet, limits)?;
        let rows = sheet.into_rows();
        let fit = grid::fit(&rows, wanted);
        let better = best.as_ref().is_none_or(|(most, ..)| fit > *most);
        if better {
            best = Some((fit, name.clone(), rows, filled));
        }
        // Without wanted columns, or with all of them met, later sheets cannot fit better.
        if wanted.is_none_or(|lexicon| fit == lexicon.columns()) {
            break;
        }
    }
    let (_, taken, rows, filled) = best.ok_or(TableError::NoHeader)?;
    notes.push(Note::SheetTaken(taken.clone()));
    notes.extend(
        visible
            .into_iter()
            .filter(|(name, _)| *name != taken)
            .map(|(name, _)| Note::SheetNotRead(name)),
    );
    notes.extend(hidden.into_iter().map(|(name, _)| Note::SheetHidden(name)));
    if filled > 0 {
        notes.push(Note::MergedFilled { cells: filled });
    }
    grid::assemble(rows, grid::Source::Sheet, wanted, notes)
}

fn damaged(fault: XlsxError) -> TableError {
    TableError::Damaged { detail: fault.to_string() }
}

/// The filled cells of one sheet, by row; sparse, because a sheet may be a million rows high and nearly empty.
#[derive(Default)]
struct Sparse {
    rows: BTreeMap<u32, SparseRow>,
    cells: u64,
    bytes: u64,
}

#[derive(Default)]
struct SparseRow {
    cells: BTreeMap<u32, String>,
    faults: Vec<RowFault>,
}

impl Sparse {
    /// Adds a text, within the bounds.
    fn put(
        &mut self,
        (row, column): (u32, u32),
        text: String,
        limits: &Limits,
    ) -> Result<(), TableError> {
        if u64::from(column) >= limits.columns {
            return Err(TableError::TooManyColumns {
                limit: limits.columns,
                line: u64::from(row) + 1,
            });
        }
        self.cells += 1;
        self.bytes += text.len() as u64;
        if self.cells > limits.cells {
            return Err(TableError::TooManyCells { limit: limits.cells });
        }
        if self.bytes > limits.inflated {
            return Err(TableError::Inflates { limit: limits.inflated });
        }
        self.row(row, limits)?.cells.insert(column, text);
        Ok(())
    }

    fn row(&mut self, row: u32, limits: &Limits) -> Result<&mut SparseRow, TableError> {
        // One more than the limit, for the header.
        if self.rows.len() as u64 > limits.rows && !self.rows.contains_key(&row) {
            return Err(TableError::TooManyRows { limit: limits.rows });
        }
        Ok(self.rows.entry(row).or_default())
    }

    fn into_rows(self) -> Vec<Row> {
        let dense = |cells: BTreeMap<u32, String>| {
            let width = cells.last_key_value().map_or(0, |(&last, _)| last as usize + 1);
            let mut row = vec![String::new(); width];
            for (column, text) in cells {
                row[column as usize] = text;
            }
            row
        };
        self.rows
            .into_iter()
            .map(|(row, sparse)| Row {
                line: u64::from(row) + 1,
                cells: dense(sparse.cells),
                faults: sparse.faults,
            })
            .collect()
    }
}

fn read_cells(workbook: &mut Workbook, name: &str, limits: &Limits) -> Result<Sparse, TableError> {
    let mut sheet = Sparse::default();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let column = cell.pos.1 as usize;
        let unsaved = cell.formula.is_some() && cell.value == DataRef::Empty;
        match shown(&cell.value, limits) {
            Shown::Nothing if unsaved => {
                sheet.row(cell.pos.0, limits)?.faults.push(RowFault::NoSavedValue { column })
            }
            Shown::Nothing => {}
            Shown::Text(text) => sheet.put(cell.pos, text, limits)?,
            Shown::Fault(fault) => {
                // The place stays filled, so that the row is as wide as it was.
                sheet.put(cell.pos, String::new(), limits)?;
                sheet.row(cell.pos.0, limits)?.faults.push(fault(column));
            }
        }
    }
    Ok(sheet)
}

/// What a person would see in a cell.
enum Shown {
    Nothing,
    Text(String),
    Fault(Box<dyn FnOnce(usize) -> RowFault>),
}

fn shown(value: &DataRef<'_>, limits: &Limits) -> Shown {
    let text = match value {
        DataRef::Empty => return Shown::Nothing,
        DataRef::Error(error) => {
            let shown = error.to_string();
            return Shown::Fault(Box::new(move |column| RowFault::ErrorValue { column, shown }));
        }
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
    };
    if text.trim().is_empty() {
        return Shown::Nothing;
    }
    let chars = text.chars().count();
    if chars as u64 > limits.cell_chars {
        return Shown::Fault(Box::new(move |column| RowFault::CellTooLong { column, chars }));
    }
    Shown::Text(text)
}

/// A whole number without its point, another number in its shortest exact form.
fn number_text(number: f64) -> String {
    /// Up to here every whole number is exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A day as `YYYY-MM-DD`, with the time only where there is one; a value outside the calendar stays a number.
fn moment_text(moment: &ExcelDateTime) -> String {
    /// The day after 9999-12-31 in either epoch.
    const BEYOND: f64 = 2_958_466.0;
    let value = moment.as_f64();
    if !(0.0..BEYOND).contains(&value) || moment.is_duration() {
        return number_text(value);
    }
    match moment.as_datetime() {
        // Below one day the cell holds a time of day only.
        Some(at) if value < 1.0 => at.format("%H:%M:%S").to_string(),
        Some(at) if at.num_seconds_from_midnight() == 0 => at.format("%Y-%m-%d").to_string(),
        Some(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        None => number_text(value),
    }
}

/// Gives the value of a merged cell to the rows it spans; across columns it stays in the first, where people read it.
fn fill_merged(
    workbook: &mut Workbook,
    name: &str,
    sheet: &mut Sparse,
    limits: &Limits,
) -> Result<usize, TableError> {
    let mut filled = 0_usize;
    let mut steps = 0_u64;
    for region in workbook.merge_cells_by_sheet_name(name).map_err(damaged)? {
        let Some(text) =
            sheet.rows.get(&region.start.0).and_then(|row| row.cells.get(&region.start.1)).cloned()
        else {
            continue;
        };
        // Only rows that hold anything: a merge down to the last row of the sheet says nothing about empty rows.
        let below: Vec<u32> = match region.start.0.checked_add(1) {
            Some(next) if next <= region.end.0 => {
                sheet.rows.range(next..=region.end.0).map(|(&row, _)| row).collect()
            }
            _ => Vec::new(),
        };
        steps += 1 + below.len() as u64;
        if steps > limits.cells {
            return Err(TableError::TooManyCells { limit: limits.cells });
        }
        for row in below {
            let vacant = sheet
                .rows
                .get(&row)
                .is_some_and(|cells| !cells.cells.contains_key(&region.start.1));
            if vacant {
                sheet.put((row, region.start.1), text.clone(), limits)?;
                filled += 1;
            }
        }
    }
    Ok(filled)
}
