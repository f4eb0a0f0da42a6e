//! Cases of departmental and local texts that overlap with national ones (上下级规范重复、矛盾的处理记录).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{ObjectId, PersonId, SpecificationId},
    overlap::{OverlapKind, OverlapOutcome},
};

use crate::{bind, conn::AnyConn, row, schema::overlap_cases};

row! {
    /// A row of `overlap_cases`.
    pub struct OverlapRow in overlap_cases {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The departmental or local text.
        local_id: SpecificationId,
        /// The national text.
        national_id: SpecificationId,
        /// Why they were put beside each other.
        kind: OverlapKind,
        /// The clauses, in words; empty for what the program found.
        words: String,
        /// When the case was opened.
        opened_at: DateTime<Utc>,
        /// By whom; none for the program.
        opened_by: Option<PersonId>,
        /// What became of it; none while it is open.
        outcome: Option<OverlapOutcome>,
        /// Why.
        note: String,
        /// When that was decided.
        decided_at: Option<DateTime<Utc>>,
        /// By whom.
        decided_by: Option<PersonId>,
    }
}

/// Every case, open ones first, then the last decided.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<OverlapRow>> {
    overlap_cases::table
        .order((
            overlap_cases::decided_at.is_not_null(),
            overlap_cases::opened_at.desc(),
            overlap_cases::id,
        ))
        .select(OverlapRow::as_select())
        .load(conn)
}

/// A case by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<OverlapRow>> {
    overlap_cases::table.find(bind(id)).select(OverlapRow::as_select()).first(conn).optional()
}

/// Enters a case.
pub fn add(conn: &mut AnyConn, row: &OverlapRow) -> QueryResult<()> {
    diesel::insert_into(overlap_cases::table).values(row).execute(conn).map(drop)
}

/// Saves the decision of a case unless there was one before; false then.
pub fn decide(conn: &mut AnyConn, row: &OverlapRow) -> QueryResult<bool> {
    let open = overlap_cases::table.find(bind(row.id)).filter(overlap_cases::decided_at.is_null());
    Ok(diesel::update(open).set(row).execute(conn)? == 1)
}
