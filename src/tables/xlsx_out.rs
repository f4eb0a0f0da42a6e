//! Writing workbooks: texts as texts, days as days, a frozen header with filters.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::{Cell, Sheet, WriteError};

/// What a workbook sheet can hold.
const MOST: (usize, usize) = (1_048_576, 16_384);
/// What a workbook cell can hold, in UTF-16 units as spreadsheets count.
const MOST_UNITS: usize = 32_767;

/// A written workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XlsxFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// Texts that did not fit into a cell and were cut; say so where the file is offered.
    pub shortened: Vec<Shortened>,
}

/// A text that was cut to the length a cell can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortened {
    /// The sheet's name.
    pub sheet: String,
    /// The row of the sheet, counted from 1 with the header.
    pub row: usize,
    /// The column, counted from 1.
    pub column: usize,
}

/// Writes sheets into one workbook; names are made unique and legal, and no text becomes a formula or a link.
pub fn write_xlsx(sheets: &[Sheet]) -> Result<XlsxFile, WriteError> {
    let mut book = Book::new();
    for sheet in sheets {
        let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(sheet.headers.len());
        fits(sheet, sheet.rows.len(), columns)?;
        let name = book.name(sheet);
        let page = book.workbook.add_worksheet();
        page.set_name(&name)?;
        write_page(page, sheet, sheet.rows.iter(), &book.looks, &mut book.shortened)?;
    }
    if sheets.is_empty() {
        book.workbook.add_worksheet();
    }
    book.end()
}

/// Writes a sheet whose rows, so many, are made one by one in place of its own and are never all in memory; other sheets follow it.
pub fn write_long_xlsx<R: AsRef<[Cell]>>(
    sheet: &Sheet,
    (rows, count): (impl Iterator<Item = R>, usize),
    others: &[Sheet],
) -> Result<XlsxFile, WriteError> {
    let mut book = Book::new();
    fits(sheet, count, sheet.headers.len())?;
    let name = book.name(sheet);
    let page = book.workbook.add_worksheet_with_constant_memory()?;
    page.set_name(&name)?;
    write_page(page, sheet, rows, &book.looks, &mut book.shortened)?;
    for other in others {
        let name = book.name(other);
        let page = book.workbook.add_worksheet();
        page.set_name(&name)?;
        write_page(page, other, other.rows.iter(), &book.looks, &mut book.shortened)?;
    }
    book.end()
}

fn fits(sheet: &Sheet, rows: usize, columns: usize) -> Result<(), WriteError> {
    if rows < MOST.0 && columns <= MOST.1 {
        return Ok(());
    }
    Err(WriteError::DoesNotFit { sheet: sheet.name.clone(), rows: rows + 1, columns })
}

/// A workbook while it is written.
struct Book {
    workbook: Workbook,
    looks: Looks,
    shortened: Vec<Shortened>,
    names: Vec<String>,
}

impl Book {
    fn new() -> Self {
        Self {
            workbook: Workbook::new(),
            looks: Looks::new(),
            shortened: Vec::new(),
            names: Vec::new(),
        }
    }

    fn name(&mut self, sheet: &Sheet) -> String {
        let name = legal_name(&sheet.name, &self.names);
        self.names.push(name.clone());
        name
    }

    fn end(mut self) -> Result<XlsxFile, WriteError> {
        Ok(XlsxFile { bytes: self.workbook.save_to_buffer()?, shortened: self.shortened })
    }
}

struct Looks {
    header: Format,
    text: Format,
    number: Format,
    day: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            header: top.clone().set_bold().set_text_wrap(),
            text: top.clone().set_text_wrap(),
            number: top.clone(),
            day: top.clone().set_num_format("yyyy-mm-dd"),
            moment: top.set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

fn write_page<R: AsRef<[Cell]>>(
    page: &mut Worksheet,
    sheet: &Sheet,
    mut rows: impl Iterator<Item = R>,
    looks: &Looks,
    shortened: &mut Vec<Shortened>,
) -> Result<(), XlsxError> {
    let seen: Vec<R> = rows.by_ref().take(SEEN).collect();
    let widths = widths(sheet, &seen);
    for (at, header) in sheet.headers.iter().enumerate() {
        let column = column_number(at);
        page.write_string_with_format(
            0,
            column,
            cut(header, sheet, 0, at, shortened),
            &looks.header,
        )?;
        page.set_column_width(column, widths[at])?;
    }
    let mut last = 0;
    for (index, row) in seen.into_iter().chain(rows).enumerate() {
        last = u32::try_from(index + 1).expect("bounded by MOST");
        if let Some(height) = height(row.as_ref(), &widths) {
            page.set_row_height(last, height)?;
        }
        for (at, cell) in row.as_ref().iter().enumerate() {
            let place = (last, column_number(at));
            match cell {
                Cell::Text(text) => {
                    let text = cut(text, sheet, index + 1, at, shortened);
                    page.write_string_with_format(place.0, place.1, text, &looks.text)?;
                }
                other => write_figure(page, place, other, looks)?,
            }
        }
    }
    print_set_up(page, !sheet.headers.is_empty())?;
    if !sheet.headers.is_empty() {
        page.set_freeze_panes(1, 0)?;
        page.autofilter(0, 0, last, column_number(sheet.headers.len() - 1))?;
    }
    Ok(())
}

/// A cell that holds no words.
fn write_figure(
    page: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty | Cell::Text(_) => return Ok(()),
        Cell::Integer(number) if is_exact(*number) => {
            page.write_number_with_format(line, column, *number as f64, &looks.number)?
        }
        Cell::Integer(number) => page.write_string(line, column, number.to_string())?,
        Cell::Decimal(number) if number.is_finite() => {
            page.write_number_with_format(line, column, *number, &looks.number)?
        }
        Cell::Decimal(number) => page.write_string(line, column, number.to_string())?,
        Cell::Day(day) => page.write_datetime_with_format(line, column, *day, &looks.day)?,
        Cell::Moment(at) => page.write_datetime_with_format(line, column, *at, &looks.moment)?,
    };
    Ok(())
}

/// On paper: A4 on its side, all columns on one page, the headings on every page.
fn print_set_up(page: &mut Worksheet, has_headings: bool) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_paper_size(A4);
    page.set_landscape();
    page.set_print_fit_to_pages(1, 0);
    if has_headings {
        page.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

fn column_number(at: usize) -> u16 {
    u16::try_from(at).expect("bounded by MOST")
}

/// Beyond 2^53 a spreadsheet would round.
fn is_exact(number: i64) -> bool {
    number.unsigned_abs() <= 1 << 53
}

fn cut<'t>(
    text: &'t str,
    sheet: &Sheet,
    row: usize,
    at: usize,
    shortened: &mut Vec<Shortened>,
) -> &'t str {
    // A text of few bytes has few units.
    if text.len() <= MOST_UNITS {
        return text;
    }
    let mut units = 0;
    for (end, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MOST_UNITS {
            shortened.push(Shortened { sheet: sheet.name.clone(), row: row + 1, column: at + 1 });
            return &text[..end];
        }
    }
    text
}

/// The columns as wide as what stands in them, but together no wider than a page on which it can still be read; what is longer is wrapped.
fn widths<R: AsRef<[Cell]>>(sheet: &Sheet, rows: &[R]) -> Vec<f64> {
    /// Units that a page on its side still shows at a size for reading.
    const PAGE: f64 = 190.0;
    /// What a column of words keeps at least.
    const NARROW: f64 = 16.0;
    let mut all: Vec<(f64, bool)> =
        (0..sheet.headers.len()).map(|at| (width(sheet, rows, at), bends(rows, at))).collect();
    let sum = |bent: bool| all.iter().filter(|one| one.1 == bent).map(|one| one.0).sum::<f64>();
    let (stiff, soft) = (sum(false), sum(true));
    if stiff + soft > PAGE {
        let share = (PAGE - stiff).max(0.0) / soft.max(1.0);
        for (width, _) in all.iter_mut().filter(|(width, bends)| *bends && *width > NARROW) {
            *width = (*width * share).max(NARROW);
        }
    }
    all.into_iter().map(|(width, _)| width).collect()
}

/// True for a column of words: days and numbers that do not fit are shown as crosses and never wrapped.
fn bends<R: AsRef<[Cell]>>(rows: &[R], at: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.as_ref().get(at));
    cells.all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty))
}

/// How many rows are looked at for the widths.
const SEEN: usize = 200;

/// Units of a line; Chinese characters count double.
fn measured(line: &str) -> u32 {
    line.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum()
}

/// A column as wide as its longest line among the first rows, within 6 and 60.
fn width<R: AsRef<[Cell]>>(sheet: &Sheet, rows: &[R], at: usize) -> f64 {
    let longest = |text: &str| text.lines().map(measured).max().unwrap_or(0);
    let of_cell = |cell: &Cell| match cell {
        Cell::Text(text) => longest(text),
        Cell::Moment(_) => 19,
        Cell::Day(_) => 10,
        Cell::Integer(number) => u32::try_from(number.to_string().len()).unwrap_or(10),
        Cell::Decimal(_) => 10,
        Cell::Empty => 0,
    };
    let cells = rows.iter().filter_map(|row| row.as_ref().get(at)).map(of_cell).max();
    // Beside its words a heading has the button of the filter.
    let header = sheet.headers.get(at).map_or(0, |header| longest(header) + 2);
    f64::from(cells.unwrap_or(0).max(header).clamp(6, 60) + 2)
}

/// How high a row is whose words are wrapped, in points; none for a row of one line. Not every program measures rows when it opens a file.
fn height(row: &[Cell], widths: &[f64]) -> Option<f64> {
    const LINE: f64 = 15.0;
    /// What a spreadsheet can show of one row.
    const MOST: f64 = 409.0;
    let lines = |(cell, width): (&Cell, &f64)| match cell {
        Cell::Text(text) => {
            let wrapped = |line: &str| (f64::from(measured(line)) * 1.1 / width).ceil().max(1.0);
            text.lines().map(wrapped).sum::<f64>()
        }
        _ => 1.0,
    };
    let most = row.iter().zip(widths).map(lines).fold(1.0, f64::max);
    (most > 1.0).then(|| (most * LINE).min(MOST))
}

/// A sheet name of at most 31 units, without the characters spreadsheets refuse, different from those before.
fn legal_name(wanted: &str, taken: &[String]) -> String {
    const MOST_NAME: usize = 31;
    let fitting = |text: &str, room: usize| {
        let mut units = 0;
        text.chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= room
            })
            .collect::<String>()
    };
    let clean: String = wanted
        .chars()
        .map(|c| {
            if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect();
    let clean = clean.trim().trim_matches('\'').trim();
    // Spreadsheets keep the name "History" for themselves.
    let base = if clean.is_empty() || clean.eq_ignore_ascii_case("history") {
        format!("{clean}_")
    } else {
        clean.to_owned()
    };
    let is_free =
        |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let first = fitting(&base, MOST_NAME).trim_end_matches(['\'', ' ']).to_owned();
    if is_free(&first) {
        return first;
    }
    (2..)
        .map(|number| {
            let tail = format!(" {number}");
            format!("{}{tail}", fitting(&base, MOST_NAME - tail.len()).trim_end())
        })
        .find(is_free)
        .expect("numbers do not end")
}
