//! How often the full text of an edition was read (阅读次数), counted by day; nothing is kept about who read it.

use chrono::NaiveDate;
use diesel::{dsl::sum, prelude::*};
use quanheng_domain::ids::SpecificationId;

use crate::{bind, conn::AnyConn, on_each, row, schema::text_reads};

row! {
    /// A row of `text_reads`.
    pub struct ReadsRow in text_reads {
        key {
            /// The edition.
            specification_id: SpecificationId,
            /// The day.
            on_day: NaiveDate,
        }
        /// How often.
        reads: i32,
    }
}

/// Counts one reading.
pub fn count(conn: &mut AnyConn, id: SpecificationId, on_day: NaiveDate) -> QueryResult<()> {
    let row = ReadsRow { specification_id: id, on_day, reads: 1 };
    on_each!(conn, c => diesel::insert_into(text_reads::table)
        .values(&row)
        .on_conflict((text_reads::specification_id, text_reads::on_day))
        .do_update()
        .set(text_reads::reads.eq(text_reads::reads + 1))
        .execute(c))
    .map(drop)
}

/// How often an edition was read in all.
pub fn total(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<i64> {
    let read: Option<i64> = text_reads::table
        .filter(text_reads::specification_id.eq(bind(id)))
        .select(sum(text_reads::reads))
        .first(conn)?;
    Ok(read.unwrap_or_default())
}
