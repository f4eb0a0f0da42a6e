//! Typed rows of the tables people send: what each column means, which values are understood, what is doubtful, what is bad.
//!
//! No row stops another: a good row passes, a doubtful one passes with its doubts, a bad one is listed with column and
//! reason. What a row does to the register is decided elsewhere; here nothing is looked up.

mod announcements;
mod comment_notices;
mod committees;
mod fields;
mod holidays;
mod lifecycle_chains;
mod members;
mod numbers;
mod opinions;
mod plan;
mod replacement_links;
mod source_editions;
mod specifications;
mod words;

use std::collections::HashMap;

use serde::Serialize;

pub use announcements::{AnnouncementKind, AnnouncementRow, Announcements, speaks_of_abolition};
pub use comment_notices::{CommentNoticeRow, CommentNotices};
pub use committees::{CommitteeRow, Committees, kind_of_committee, plain_code};
pub use fields::Fields;
pub use holidays::{HolidayRow, Holidays};
pub use lifecycle_chains::{ChainStage, LifecycleChains, LifecycleStepRow};
pub use members::{MemberRow, Members};
pub use numbers::NumberWithRemark;
pub use opinions::{OpinionRow, Opinions, content_key};
pub use plan::{Plan, PlanAction, PlanBasis, PlanRow};
pub use replacement_links::{LinkScope, ReplacementLinkRow, ReplacementLinks};
pub use source_editions::{SourceEditionRow, SourceEditions};
pub use specifications::{BodyKind, NUMBER_ONLY, SpecificationRow, Specifications, StatedStatus};

use crate::{Columns, Limits, Matched, Note, Row, Table, TableError, read};

/// A kind of table: its columns and how one row becomes a value.
pub trait Format {
    /// What a good row becomes.
    type Row: PartialEq;
    /// The columns, with every header that means them.
    const COLUMNS: Columns;
    /// Reads one row; faults and doubts go to `fields`, and `None` is returned if what identifies the row is missing.
    fn parse(fields: &mut Fields<'_>) -> Option<Self::Row>;
    /// Columns that say nothing by themselves: a row with no others filled is an empty line of a form.
    const IDLE: &'static [&'static str] = &[];
    /// What identifies the row within its file, folded for comparison.
    fn identity(row: &Self::Row) -> String;
}

/// A row that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parsed<T> {
    /// Its line in the file.
    pub line: u64,
    /// Its meaning.
    pub value: T,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// A value that was taken although something speaks against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Key of the column.
    pub column: &'static str,
    /// Key of the sentence in `import.ftl`.
    pub message_key: &'static str,
    /// What stands in the file, shortened.
    pub found: String,
}

/// A cell, or a whole row, that cannot be used; its row is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// Its line in the file.
    pub line: u64,
    /// Key of the column; none if the whole row is meant.
    pub column: Option<&'static str>,
    /// Key of the sentence in `import.ftl`.
    pub reason: &'static str,
    /// What stands in the file, shortened.
    pub found: String,
}

/// A whole file, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The rows that can be used, in file order.
    pub rows: Vec<Parsed<T>>,
    /// What cannot be used; one row may appear with several columns.
    pub bad: Vec<BadRow>,
    /// What the reader assumed or left aside.
    pub notes: Vec<Note>,
}

/// Reads a file of one format.
pub fn read_as<F: Format>(bytes: &[u8], limits: &Limits) -> Result<Reading<F::Row>, TableError> {
    interpret::<F>(read(bytes, Some(&F::COLUMNS), limits)?)
}

/// Gives the rows of a table their meaning.
///
/// # Errors
/// `MissingColumns` where a needed column has no header.
pub fn interpret<F: Format>(mut table: Table) -> Result<Reading<F::Row>, TableError> {
    let matched = F::COLUMNS.find(&mut table)?;
    let mut reading = understand::<F>(&table, &matched);
    reading.notes.splice(0..0, table.notes);
    Ok(reading)
}

/// Gives the rows of a table their meaning, its columns being known; the notes are those of its rows only.
pub fn understand<F: Format>(table: &Table, matched: &Matched) -> Reading<F::Row> {
    let mut reading =
        Reading { rows: Vec::with_capacity(table.rows.len()), bad: Vec::new(), notes: Vec::new() };
    let mut met: HashMap<String, usize> = HashMap::new();
    let mut empty = 0;
    for row in &table.rows {
        if !F::IDLE.is_empty() && is_idle::<F>(row, matched) {
            empty += 1;
            continue;
        }
        let mut fields = Fields::new(row, matched);
        let value = F::parse(&mut fields);
        let (doubts, bad) = fields.finish();
        let value = match value {
            Some(value) if bad.is_empty() => value,
            _ => {
                reading.bad.extend(bad);
                continue;
            }
        };
        match met.entry(F::identity(&value)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(reading.rows.len());
                reading.rows.push(Parsed { line: row.line, value, doubts });
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let first = &reading.rows[*entry.get()];
                if first.value == value {
                    reading.notes.push(Note::RowTwice { line: row.line, first: first.line });
                } else {
                    reading.bad.push(BadRow {
                        line: row.line,
                        column: None,
                        reason: "import-bad-contradicts-line",
                        found: first.line.to_string(),
                    });
                }
            }
        }
    }
    if empty > 0 {
        reading.notes.push(Note::EmptyRows { rows: empty });
    }
    reading
}

/// Whether only columns are filled that say nothing by themselves; a cell outside of the known columns says something.
fn is_idle<F: Format>(row: &Row, matched: &Matched) -> bool {
    row.faults.is_empty()
        && row.cells.iter().enumerate().all(|(place, cell)| {
            cell.trim().is_empty()
                || matched.key_at(place).is_some_and(|key| F::IDLE.contains(&key))
        })
}
