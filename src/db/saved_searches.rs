//! Searches that people keep, and which texts came since they were last looked at.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    event::ObjectKind,
    ids::{ObjectId, PersonId},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{events, saved_searches},
};

row! {
    /// A row of `saved_searches`.
    pub struct SavedRow in saved_searches {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Whose it is.
        person_id: PersonId,
        /// What is looked for, as typed.
        question: String,
        /// When it was kept.
        saved_at: DateTime<Utc>,
        /// Up to when its owner knows what it finds.
        seen_at: DateTime<Utc>,
    }
}

/// The searches of a person, the oldest first.
pub fn of_person(conn: &mut AnyConn, person: PersonId) -> QueryResult<Vec<SavedRow>> {
    saved_searches::table
        .filter(saved_searches::person_id.eq(bind(person)))
        .order((saved_searches::saved_at, saved_searches::id))
        .select(SavedRow::as_select())
        .load(conn)
}

/// Searches that were last looked at before an instant, those waiting longest first.
pub fn seen_before(
    conn: &mut AnyConn,
    before: DateTime<Utc>,
    most: i64,
) -> QueryResult<Vec<SavedRow>> {
    saved_searches::table
        .filter(saved_searches::seen_at.lt(bind(before)))
        .order((saved_searches::seen_at, saved_searches::id))
        .limit(most)
        .select(SavedRow::as_select())
        .load(conn)
}

/// Keeps a search.
pub fn insert(conn: &mut AnyConn, row: &SavedRow) -> QueryResult<()> {
    diesel::insert_into(saved_searches::table).values(row).execute(conn).map(drop)
}

/// Saves up to when a search was looked at.
pub fn save(conn: &mut AnyConn, row: &SavedRow) -> QueryResult<()> {
    diesel::update(saved_searches::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Forgets a search of a person; false when there was none.
pub fn delete(conn: &mut AnyConn, person: PersonId, id: ObjectId) -> QueryResult<bool> {
    let own =
        saved_searches::table.find(bind(id)).filter(saved_searches::person_id.eq(bind(person)));
    Ok(diesel::delete(own).execute(conn)? == 1)
}

/// The editions that were published, entered or changed after an instant.
pub fn news_since(conn: &mut AnyConn, since: DateTime<Utc>) -> QueryResult<Vec<ObjectId>> {
    events::table
        .filter(events::object_kind.eq(bind(ObjectKind::Specification)))
        .filter(events::at.gt(bind(since)))
        .filter(events::kind.eq_any([
            "published",
            "imported",
            "import_changed",
            "amended",
            "abolished",
            "confirmed",
        ]))
        .select(events::object_id)
        .distinct()
        .load(conn)
}
