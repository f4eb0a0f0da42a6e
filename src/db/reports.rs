//! Annual reports and the protocol of imports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{CommitteeId, ObjectId, PersonId, ReportId},
    records::ReportState,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{annual_reports, imports},
};

row! {
    /// A row of `annual_reports`.
    pub struct ReportRow in annual_reports {
        key {
            /// Identity.
            id: ReportId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `committee_id`
        committee_id: CommitteeId,
        /// `year`
        year: i32,
        /// `state`
        state: ReportState,
        /// `figures`
        figures: Value,
        /// `narratives`
        narratives: Value,
        /// `corrections`
        corrections: Value,
        /// `written_by`
        written_by: Option<PersonId>,
        /// `signed_by`
        signed_by: Option<PersonId>,
        /// `signed_at`
        signed_at: Option<DateTime<Utc>>,
        /// `submitted_at`
        submitted_at: Option<DateTime<Utc>>,
        /// `decided_by`
        decided_by: Option<PersonId>,
        /// `decided_at`
        decided_at: Option<DateTime<Utc>>,
        /// `decision_note`
        decision_note: String,
        /// `updated_at`
        updated_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `imports`.
    pub struct ImportRow in imports {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `kind`
        kind: String,
        /// `file_name`
        file_name: String,
        /// `sha256`
        sha256: String,
        /// `at`
        at: DateTime<Utc>,
        /// `imported_by`
        imported_by: String,
        /// `created`
        created: i32,
        /// `changed`
        changed: i32,
        /// `unchanged`
        unchanged: i32,
        /// `bad`
        bad: i32,
        /// `report`
        report: Value,
    }
}

/// The report of a committee for a year.
pub fn find(
    conn: &mut AnyConn,
    committee: CommitteeId,
    year: i32,
) -> QueryResult<Option<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::committee_id.eq(bind(committee)))
        .filter(annual_reports::year.eq(year))
        .select(ReportRow::as_select())
        .first(conn)
        .optional()
}

/// A report by identity.
pub fn get(conn: &mut AnyConn, id: ReportId) -> QueryResult<Option<ReportRow>> {
    annual_reports::table.find(bind(id)).select(ReportRow::as_select()).first(conn).optional()
}

/// Reports of a year, every committee.
pub fn of_year(conn: &mut AnyConn, year: i32) -> QueryResult<Vec<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::year.eq(year))
        .order(annual_reports::committee_id)
        .select(ReportRow::as_select())
        .load(conn)
}

/// Enters a report.
pub fn insert(conn: &mut AnyConn, row: &ReportRow) -> QueryResult<()> {
    diesel::insert_into(annual_reports::table).values(row).execute(conn).map(drop)
}

/// Saves a report if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut ReportRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        annual_reports::table.find(bind(row.id)).filter(annual_reports::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}
