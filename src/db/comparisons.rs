//! Studies that compare a text with an international document (国际比对研究, FM-28), and their lines.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comparison::{Difference, StudyConclusion},
    ids::{ObjectId, PersonId, SpecificationId},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{comparison_lines, comparisons},
};

row! {
    /// A row of `comparisons`.
    pub struct ComparisonRow in comparisons {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Our text.
        specification_id: SpecificationId,
        /// The international document with its edition.
        source: String,
        /// Who does it.
        owner: String,
        /// By when.
        due_on: NaiveDate,
        /// When it was begun.
        opened_at: DateTime<Utc>,
        /// By whom.
        opened_by: Option<PersonId>,
        /// What it concludes; none while it runs.
        conclusion: Option<StudyConclusion>,
        /// In words.
        note: String,
        /// When it was concluded.
        concluded_at: Option<DateTime<Utc>>,
        /// Where who does it is reminded; may be empty.
        owner_address: String,
    }
}

row! {
    /// A row of `comparison_lines`.
    pub struct ComparisonLineRow in comparison_lines {
        key {
            /// The study.
            comparison_id: ObjectId,
            /// Which line, from 1; a struck one leaves a gap.
            ordinal: i32,
        }
        /// Clause of our text.
        clause: String,
        /// Clause of the international document.
        source_clause: String,
        /// What is compared (关键指标).
        indicator: String,
        /// What ours says.
        ours: String,
        /// What theirs says.
        theirs: String,
        /// How they stand to each other.
        difference: Difference,
        /// Why they differ.
        cause: String,
    }
}

/// The studies of a text, the newest first.
pub fn of_edition(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<ComparisonRow>> {
    comparisons::table
        .filter(comparisons::specification_id.eq(bind(id)))
        .order((comparisons::opened_at.desc(), comparisons::id))
        .select(ComparisonRow::as_select())
        .load(conn)
}

/// The studies that run, the first due first.
pub fn running(conn: &mut AnyConn) -> QueryResult<Vec<ComparisonRow>> {
    comparisons::table
        .filter(comparisons::concluded_at.is_null())
        .order((comparisons::due_on, comparisons::id))
        .select(ComparisonRow::as_select())
        .load(conn)
}

/// A study by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<ComparisonRow>> {
    comparisons::table.find(bind(id)).select(ComparisonRow::as_select()).first(conn).optional()
}

/// Enters a study.
pub fn add(conn: &mut AnyConn, row: &ComparisonRow) -> QueryResult<()> {
    diesel::insert_into(comparisons::table).values(row).execute(conn).map(drop)
}

/// Saves a study.
pub fn save(conn: &mut AnyConn, row: &ComparisonRow) -> QueryResult<()> {
    diesel::update(comparisons::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// The lines of some studies, in order.
pub fn lines_of(conn: &mut AnyConn, ids: &[ObjectId]) -> QueryResult<Vec<ComparisonLineRow>> {
    comparison_lines::table
        .filter(comparison_lines::comparison_id.eq_any(ids.iter().copied().map(bind)))
        .order((comparison_lines::comparison_id, comparison_lines::ordinal))
        .select(ComparisonLineRow::as_select())
        .load(conn)
}

/// Enters a line.
pub fn add_line(conn: &mut AnyConn, row: &ComparisonLineRow) -> QueryResult<()> {
    diesel::insert_into(comparison_lines::table).values(row).execute(conn).map(drop)
}

/// Takes a line out; whether it was there.
pub fn remove_line(conn: &mut AnyConn, id: ObjectId, ordinal: i32) -> QueryResult<bool> {
    let line = comparison_lines::table.find((bind(id), ordinal));
    Ok(diesel::delete(line).execute(conn)? == 1)
}
