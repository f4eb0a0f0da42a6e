//! A neutral sheet: what reports and exports hand over to be written as CSV or XLSX.

use chrono::{NaiveDate, NaiveDateTime};

/// A sheet of named columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The sheet's name in the reader's language; shortened and cleaned for workbooks.
    pub name: String,
    /// The headers in the reader's language.
    pub headers: Vec<String>,
    /// The rows; a row may be shorter than the headers.
    pub rows: Vec<Vec<Cell>>,
}

/// One value of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, never read as a formula.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number; not finite ones are written as text.
    Decimal(f64),
    /// A calendar day.
    Day(NaiveDate),
    /// A moment in the zone of the reader.
    Moment(NaiveDateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}
impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
