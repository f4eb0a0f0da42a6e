//! Editions of international documents (国际文件版本), as the lists that are imported tell them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::source::SourceState;

use crate::{conn::AnyConn, row, schema::source_editions};

row! {
    /// A row of `source_editions`.
    pub struct SourceEditionRow in source_editions {
        key {
            /// What names the document, such as `OIML R76-1`.
            source: String,
            /// The year of the edition.
            edition: i32,
        }
        /// Its title.
        title: String,
        /// What is known about it.
        state: SourceState,
        /// When a list told it first, or anew.
        noted_at: DateTime<Utc>,
    }
}

/// The known editions of some documents, the newest first.
pub fn of(conn: &mut AnyConn, sources: &[String]) -> QueryResult<Vec<SourceEditionRow>> {
    source_editions::table
        .filter(source_editions::source.eq_any(sources))
        .order((source_editions::source, source_editions::edition.desc()))
        .select(SourceEditionRow::as_select())
        .load(conn)
}

/// Enters or replaces an edition; says whether it was there, and whether anything changed.
pub fn put(conn: &mut AnyConn, row: &SourceEditionRow) -> QueryResult<(bool, bool)> {
    let key = (&row.source, row.edition);
    let there: Option<SourceEditionRow> = source_editions::table
        .find(key)
        .select(SourceEditionRow::as_select())
        .first(conn)
        .optional()?;
    match there {
        Some(old) if (&old.title, old.state) == (&row.title, row.state) => Ok((true, false)),
        Some(_) => {
            diesel::update(source_editions::table.find(key)).set(row).execute(conn)?;
            Ok((true, true))
        }
        None => {
            diesel::insert_into(source_editions::table).values(row).execute(conn)?;
            Ok((false, true))
        }
    }
}
