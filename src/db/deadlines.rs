//! The clock's list.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    event::ObjectKind,
    ids::{BallotId, DeadlineId, ObjectId},
    lifecycle::DeadlineKind,
};

use crate::{bind, conn::AnyConn, row, schema::deadlines};

row! {
    /// A row of `deadlines`.
    pub struct DeadlineRow in deadlines {
        key {
            /// Identity.
            id: DeadlineId,
        }
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `kind`
        kind: DeadlineKind,
        /// `ordinal`
        ordinal: i32,
        /// `opened_at`
        opened_at: DateTime<Utc>,
        /// `due_at`
        due_at: DateTime<Utc>,
        /// `done_at`
        done_at: Option<DateTime<Utc>>,
        /// `outcome`
        outcome: String,
        /// `attempts`
        attempts: i32,
        /// `last_error`
        last_error: String,
        /// The ballot whose clock it is; several ballots of one object run side by side.
        ballot_id: Option<BallotId>,
    }
}

/// Enters a deadline.
pub fn insert(conn: &mut AnyConn, row: &DeadlineRow) -> QueryResult<()> {
    diesel::insert_into(deadlines::table).values(row).execute(conn).map(drop)
}

/// The place of the next deadline of a kind for an object, from 1.
pub fn next_ordinal(conn: &mut AnyConn, object: ObjectId, kind: DeadlineKind) -> QueryResult<i32> {
    let last: Option<i32> = deadlines::table
        .filter(deadlines::object_id.eq(bind(object)))
        .filter(deadlines::kind.eq(bind(kind)))
        .select(diesel::dsl::max(deadlines::ordinal))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Closes the open deadlines of these kinds and says how many there were.
pub fn close(
    conn: &mut AnyConn,
    object: ObjectId,
    kinds: &[DeadlineKind],
    now: DateTime<Utc>,
    outcome: &str,
) -> QueryResult<usize> {
    diesel::update(
        deadlines::table
            .filter(deadlines::object_id.eq(bind(object)))
            .filter(deadlines::kind.eq_any(kinds.iter().copied().map(bind)))
            .filter(deadlines::done_at.is_null()),
    )
    .set((deadlines::done_at.eq(bind(Some(now))), deadlines::outcome.eq(outcome)))
    .execute(conn)
}

/// Closes the open deadlines of one ballot and says how many there were.
pub fn close_of_ballot(
    conn: &mut AnyConn,
    ballot: BallotId,
    now: DateTime<Utc>,
    outcome: &str,
) -> QueryResult<usize> {
    diesel::update(
        deadlines::table
            .filter(deadlines::ballot_id.eq(bind(Some(ballot))))
            .filter(deadlines::done_at.is_null()),
    )
    .set((deadlines::done_at.eq(bind(Some(now))), deadlines::outcome.eq(outcome)))
    .execute(conn)
}

/// Open deadlines of an object, the next first.
pub fn open_of(conn: &mut AnyConn, object: ObjectId) -> QueryResult<Vec<DeadlineRow>> {
    deadlines::table
        .filter(deadlines::object_id.eq(bind(object)))
        .filter(deadlines::done_at.is_null())
        .order(deadlines::due_at)
        .select(DeadlineRow::as_select())
        .load(conn)
}

/// All deadlines of an object, open and done, those of a kind in the order in which they were set.
pub fn of_object(conn: &mut AnyConn, object: ObjectId) -> QueryResult<Vec<DeadlineRow>> {
    deadlines::table
        .filter(deadlines::object_id.eq(bind(object)))
        .order((deadlines::kind, deadlines::ordinal))
        .select(DeadlineRow::as_select())
        .load(conn)
}

/// How many deadlines were due before an instant and are still open, and the oldest of them.
pub fn overdue(
    conn: &mut AnyConn,
    before: DateTime<Utc>,
) -> QueryResult<(i64, Option<DateTime<Utc>>)> {
    deadlines::table
        .filter(deadlines::done_at.is_null())
        .filter(deadlines::due_at.lt(bind(before)))
        .select((diesel::dsl::count_star(), diesel::dsl::min(deadlines::due_at)))
        .first(conn)
}

/// Open deadlines that are due, the oldest first.
pub fn due(conn: &mut AnyConn, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<DeadlineRow>> {
    deadlines::table
        .filter(deadlines::done_at.is_null())
        .filter(deadlines::due_at.le(bind(now)))
        // Those that failed go to the back, so that one bad row never holds up the rest.
        .order((deadlines::attempts, deadlines::due_at, deadlines::id))
        .limit(limit)
        .select(DeadlineRow::as_select())
        .load(conn)
}

/// Marks one deadline done; false when somebody else did it first.
pub fn finish(
    conn: &mut AnyConn,
    id: DeadlineId,
    now: DateTime<Utc>,
    outcome: &str,
) -> QueryResult<bool> {
    let changed =
        diesel::update(deadlines::table.find(bind(id)).filter(deadlines::done_at.is_null()))
            .set((deadlines::done_at.eq(bind(Some(now))), deadlines::outcome.eq(outcome)))
            .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that acting on a deadline failed; it stays open.
pub fn fail(conn: &mut AnyConn, id: DeadlineId, error: &str) -> QueryResult<()> {
    diesel::update(deadlines::table.find(bind(id)))
        .set((deadlines::attempts.eq(deadlines::attempts + 1), deadlines::last_error.eq(error)))
        .execute(conn)
        .map(drop)
}

/// A deadline by identity.
pub fn find(conn: &mut AnyConn, id: DeadlineId) -> QueryResult<Option<DeadlineRow>> {
    deadlines::table.find(bind(id)).select(DeadlineRow::as_select()).first(conn).optional()
}

/// Says in a word what was done when the deadline acted.
pub fn name_outcome(conn: &mut AnyConn, id: DeadlineId, outcome: &str) -> QueryResult<()> {
    diesel::update(deadlines::table.find(bind(id)))
        .set(deadlines::outcome.eq(outcome))
        .execute(conn)
        .map(drop)
}

/// The open deadlines of many objects, the nearest first.
pub fn open_of_many(conn: &mut AnyConn, objects: &[ObjectId]) -> QueryResult<Vec<DeadlineRow>> {
    deadlines::table
        .filter(deadlines::object_id.eq_any(objects.iter().copied().map(bind)))
        .filter(deadlines::done_at.is_null())
        .order(deadlines::due_at)
        .select(DeadlineRow::as_select())
        .load(conn)
}
