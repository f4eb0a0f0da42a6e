//! What stands on the cover of an edition beside its number and title (封面信息), and the measurement standards (计量标准) that use it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{ObjectId, PersonId, SpecificationId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{covers, measurement_standards},
};

row! {
    /// A row of `covers`.
    pub struct CoverRow in covers {
        key {
            /// The edition.
            specification_id: SpecificationId,
        }
        /// International classes (ICS), divided by semicolons.
        ics: String,
        /// Chinese classes (CCS), divided by semicolons.
        ccs: String,
        /// Who printed it (出版单位).
        publisher: String,
        /// Book number (书号).
        isbn: String,
        /// Who interprets it (负责解释).
        interpreter: String,
        /// Units that took part in the drafting (参加起草单位), divided by semicolons.
        joining_units: String,
        /// Drafters with their units (主要起草人), one a line.
        drafters: String,
        /// People who took part in the drafting with their units (参加起草人), one a line.
        joining_drafters: String,
        /// The statement of approval with its dates (批准说明).
        statement: String,
        /// When it was entered last.
        entered_at: DateTime<Utc>,
        /// By whom; none for what the program put together.
        entered_by: Option<PersonId>,
    }
}

row! {
    /// A row of `measurement_standards`.
    pub struct MeasurementStandardRow in measurement_standards {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The edition that the standard uses.
        specification_id: SpecificationId,
        /// Name of the standard (计量标准名称).
        name: String,
        /// Number of its certificate (计量标准考核证书号).
        certificate: String,
        /// Who keeps it (建标单位).
        keeper: String,
        /// Last day of the certificate, where it is known.
        valid_until: Option<NaiveDate>,
        /// When it was entered.
        entered_at: DateTime<Utc>,
        /// By whom.
        entered_by: Option<PersonId>,
    }
}

/// The cover of an edition.
pub fn cover(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Option<CoverRow>> {
    covers::table.find(bind(id)).select(CoverRow::as_select()).first(conn).optional()
}

/// The international and Chinese classes of every edition that has some.
pub fn classified(conn: &mut AnyConn) -> QueryResult<Vec<(SpecificationId, String, String)>> {
    covers::table
        .filter(covers::ics.ne("").or(covers::ccs.ne("")))
        .select((covers::specification_id, covers::ics, covers::ccs))
        .load(conn)
}

/// Enters a cover or replaces the one that was there.
pub fn put_cover(conn: &mut AnyConn, row: &CoverRow) -> QueryResult<()> {
    let there = covers::table.find(bind(row.specification_id));
    if diesel::update(there).set(row).execute(conn)? == 0 {
        diesel::insert_into(covers::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The measurement standards that use an edition, by keeper.
pub fn standards_of(
    conn: &mut AnyConn,
    id: SpecificationId,
) -> QueryResult<Vec<MeasurementStandardRow>> {
    measurement_standards::table
        .filter(measurement_standards::specification_id.eq(bind(id)))
        .order((measurement_standards::keeper, measurement_standards::certificate))
        .select(MeasurementStandardRow::as_select())
        .load(conn)
}

/// A measurement standard by identity.
pub fn standard(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<MeasurementStandardRow>> {
    measurement_standards::table
        .find(bind(id))
        .select(MeasurementStandardRow::as_select())
        .first(conn)
        .optional()
}

/// Enters a measurement standard.
pub fn add_standard(conn: &mut AnyConn, row: &MeasurementStandardRow) -> QueryResult<()> {
    diesel::insert_into(measurement_standards::table).values(row).execute(conn).map(drop)
}

/// Takes a measurement standard out.
pub fn remove_standard(conn: &mut AnyConn, id: ObjectId) -> QueryResult<()> {
    diesel::delete(measurement_standards::table.find(bind(id))).execute(conn).map(drop)
}
