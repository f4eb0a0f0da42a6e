//! Reading delimited text: which delimiter, where each row starts, which quotation mark never closes.

use crate::{
    Encoding, Limits, Note, Row, RowFault, Table, TableError, columns::Lexicon, csv_out::unguard,
    grid,
};

/// Delimiters in the order in which a tie is decided.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// How many records, and how many bytes, the choice of the delimiter looks at.
const SAMPLE: (usize, usize) = (60, 1 << 16);

/// Reads decoded text as a table.
pub(crate) fn read(
    text: &str,
    encoding: Encoding,
    wanted: Option<&Lexicon>,
    limits: &Limits,
) -> Result<Table, TableError> {
    let (text, declared, first_line) = declared_delimiter(text);
    let delimiter = declared.unwrap_or_else(|| choose(text, wanted, limits));
    let mut records = Records::new(text, delimiter, first_line, limits);
    let mut rows = Vec::new();
    while let Some(row) = records.next_row()? {
        if !grid::is_blank(&row.cells) || !row.faults.is_empty() {
            // One more than the limit, for the header.
            if rows.len() as u64 > limits.rows {
                return Err(TableError::TooManyRows { limit: limits.rows });
            }
            rows.push(row);
        }
    }
    let notes = vec![Note::EncodingTaken(encoding), Note::DelimiterTaken(char::from(delimiter))];
    grid::assemble(rows, grid::Source::Text, wanted, notes)
}

/// Spreadsheets may announce the delimiter in a first line `sep=;`.
fn declared_delimiter(text: &str) -> (&str, Option<u8>, u64) {
    let first = text.lines().next().unwrap_or("");
    match first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => {
            let rest = text[first.len()..].trim_start_matches('\r');
            (rest.strip_prefix('\n').unwrap_or(rest), Some(*delimiter), 2)
        }
        _ => (text, None, 1),
    }
}

/// The delimiter under which the header is understood best, then under which the rows are widest and most even.
fn choose(text: &str, wanted: Option<&Lexicon>, limits: &Limits) -> u8 {
    let mut end = text.len().min(SAMPLE.1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut best = ((0, 0), DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut records = Records::new(&text[..end], delimiter, 1, limits);
        let mut rows = Vec::new();
        // A fault of the sample is told when the whole text is read.
        while let Ok(Some(row)) = records.next_row() {
            if !grid::is_blank(&row.cells) {
                rows.push(row);
            }
            if rows.len() >= SAMPLE.0 {
                break;
            }
        }
        let evenness = rows
            .iter()
            .map(|row| row.cells.len())
            .map(|width| {
                (width - 1) * rows.iter().filter(|other| other.cells.len() == width).count().pow(2)
            })
            .max()
            .unwrap_or(0);
        let score = (grid::fit(&rows, wanted), evenness);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// The records of a delimited text (RFC 4180, any line ending, quotation marks only at the start of a cell).
struct Records<'t> {
    text: &'t [u8],
    whole: &'t str,
    at: usize,
    line: u64,
    delimiter: u8,
    cells_left: u64,
    limits: &'t Limits,
}

impl<'t> Records<'t> {
    fn new(whole: &'t str, delimiter: u8, line: u64, limits: &'t Limits) -> Self {
        Self {
            text: whole.as_bytes(),
            whole,
            at: 0,
            line,
            delimiter,
            cells_left: limits.cells,
            limits,
        }
    }

    /// The next record, blank ones included; none at the end of the text.
    fn next_row(&mut self) -> Result<Option<Row>, TableError> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut row = Row { line: self.line, cells: Vec::new(), faults: Vec::new() };
        loop {
            let cell = self.next_cell()?;
            self.take_cell(&mut row, cell)?;
            match self.text.get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                Some(_) => {
                    self.skip_line_end();
                    return Ok(Some(row));
                }
                None => return Ok(Some(row)),
            }
        }
    }

    fn take_cell(&mut self, row: &mut Row, cell: String) -> Result<(), TableError> {
        let column = row.cells.len();
        if column as u64 >= self.limits.columns {
            return Err(TableError::TooManyColumns { limit: self.limits.columns, line: row.line });
        }
        self.cells_left = self
            .cells_left
            .checked_sub(1)
            .ok_or(TableError::TooManyCells { limit: self.limits.cells })?;
        // Bytes are at least as many as characters, so only long cells are counted.
        if cell.len() as u64 > self.limits.cell_chars {
            let chars = cell.chars().count();
            if chars as u64 > self.limits.cell_chars {
                row.faults.push(RowFault::CellTooLong { column, chars });
                row.cells.push(String::new());
                return Ok(());
            }
        }
        row.cells.push(unguard(unwrap_formula_text(cell)));
        Ok(())
    }

    /// One cell; afterwards the position is at a delimiter, a line ending or the end.
    fn next_cell(&mut self) -> Result<String, TableError> {
        let mut cell = String::new();
        if self.text.get(self.at) == Some(&b'"') {
            self.quoted(&mut cell)?;
        }
        // Also what stands between a closing quotation mark and the next delimiter.
        let start = self.at;
        while let Some(&byte) = self.text.get(self.at) {
            if byte == self.delimiter || byte == b'\n' || byte == b'\r' {
                break;
            }
            self.at += 1;
        }
        cell.push_str(&self.whole[start..self.at]);
        Ok(cell)
    }

    fn quoted(&mut self, cell: &mut String) -> Result<(), TableError> {
        let opened = self.line;
        self.at += 1;
        let mut start = self.at;
        while let Some(&byte) = self.text.get(self.at) {
            match byte {
                b'"' if self.text.get(self.at + 1) == Some(&b'"') => {
                    cell.push_str(&self.whole[start..=self.at]);
                    self.at += 2;
                    start = self.at;
                }
                b'"' => {
                    cell.push_str(&self.whole[start..self.at]);
                    self.at += 1;
                    return Ok(());
                }
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b'\r' => {
                    self.line += u64::from(self.text.get(self.at + 1) != Some(&b'\n'));
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        Err(TableError::UnclosedQuote { line: opened })
    }

    fn skip_line_end(&mut self) {
        let crlf =
            self.text.get(self.at) == Some(&b'\r') && self.text.get(self.at + 1) == Some(&b'\n');
        self.at += if crlf { 2 } else { 1 };
        self.line += 1;
    }
}

/// Some systems write `="00123"` so that spreadsheets keep leading zeros.
fn unwrap_formula_text(cell: String) -> String {
    match cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => inner.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        read(text, Encoding::Utf8, None, &Limits::default())
            .unwrap()
            .rows
            .into_iter()
            .map(|row| (row.line, row.cells))
            .collect()
    }

    #[test]
    fn lines_are_counted_through_quoted_line_breaks_and_blank_lines() {
        let read = cells("a,b\r\n\"1\n2\",\"say \"\"x\"\"\"\r\n\r\n,\r\n3,4\r5,6");
        let expected: [(u64, &[&str]); 3] =
            [(2, &["1\n2", "say \"x\""]), (6, &["3", "4"]), (7, &["5", "6"])];
        assert_eq!(read.len(), expected.len());
        for ((line, cells), (expected_line, expected_cells)) in read.iter().zip(expected) {
            assert_eq!(
                (*line, cells.as_slice()),
                (expected_line, expected_cells.map_to_strings().as_slice())
            );
        }
    }

    trait MapToStrings {
        fn map_to_strings(&self) -> Vec<String>;
    }
    impl MapToStrings for &[&str] {
        fn map_to_strings(&self) -> Vec<String> {
            self.iter().map(ToString::to_string).collect()
        }
    }

    #[test]
    fn the_delimiter_is_found_even_if_cells_hold_the_others() {
        for (text, expected) in [
            ("a,b,c\nx;y;z,2,3\n", b','),
            ("a;b;c\nx,y;2;3\n", b';'),
            ("a\tb\nx,y,z\t2\n", b'\t'),
            ("名称\n甲,乙\n", b','),
            ("sep=;\na;b\n1,2;3\n", b';'),
        ] {
            let table = read(text, Encoding::Utf8, None, &Limits::default()).unwrap();
            assert!(
                table.notes.contains(&Note::DelimiterTaken(char::from(expected))),
                "{text:?}: {:?}",
                table.notes
            );
        }
    }

    #[test]
    fn uneven_rows_are_told_one_by_one() {
        let table =
            read("a,b\n1\n1,2,3\n1,2,\n", Encoding::Utf8, None, &Limits::default()).unwrap();
        assert!(table.notes.contains(&Note::ShortRow { line: 2, found: 1, expected: 2 }));
        assert_eq!(table.rows[1].faults, [RowFault::Surplus { found: 3, expected: 2 }]);
        assert_eq!(table.rows[2].faults, []);
        assert_eq!(table.rows[0].cell(1), "");
    }

    #[test]
    fn an_open_quotation_mark_names_where_it_was_opened() {
        let fault =
            read("a,b\n1,\"2\n3,4\n", Encoding::Utf8, None, &Limits::default()).unwrap_err();
        assert_eq!(fault, TableError::UnclosedQuote { line: 2 });
    }

    #[test]
    fn a_title_above_and_a_header_repeated_below_are_left_aside() {
        let table = read(
            "某某清单,,\n编号,名称,\n1,甲,\n编号,名称,\n2,乙,\n",
            Encoding::Utf8,
            None,
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(table.headers, ["编号", "名称"]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5]);
        assert!(
            table.notes.contains(&Note::AboveHeader { rows: 1 })
                && table.notes.contains(&Note::HeaderAgain { line: 4 })
        );
    }

    #[test]
    fn bounds_hold() {
        let limits = Limits { rows: 2, columns: 3, cells: 100, cell_chars: 5, ..Limits::default() };
        let read = |text: &str| read(text, Encoding::Utf8, None, &limits);
        assert!(read("a\n1\n2\n").is_ok());
        assert_eq!(read("a\n1\n2\n3\n"), Err(TableError::TooManyRows { limit: 2 }));
        assert_eq!(read("a,b,c,d\n"), Err(TableError::TooManyColumns { limit: 3, line: 1 }));
        assert_eq!(read(&"\n,".repeat(200)), Err(TableError::TooManyCells { limit: 100 }));
        let long = read("a,b\n一二三四五六,2\n").unwrap();
        assert_eq!(long.rows[0].faults, [RowFault::CellTooLong { column: 0, chars: 6 }]);
    }

    #[test]
    fn guards_of_spreadsheets_are_taken_off() {
        assert_eq!(cells("a,b\n\"=\"\"007\"\"\",'=1+1\n")[0].1, ["007", "=1+1"]);
    }
}
