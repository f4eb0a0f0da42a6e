//! Agreements of mutual recognition (等效互认) with their parties and texts, and the numbers that the parties of a joint text gave it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{AuthorityId, ObjectId, PersonId, SpecificationId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{joint_numbers, recognition_parties, recognition_texts, recognitions},
};

row! {
    /// A row of `recognitions`.
    pub struct RecognitionRow in recognitions {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// What is agreed, in a line.
        title: String,
        /// The document of the agreement (协议文号).
        basis: String,
        /// First day.
        effective_on: NaiveDate,
        /// First day after its end.
        ended_on: Option<NaiveDate>,
        /// Why it ended, or a remark.
        note: String,
        /// When it was proposed.
        proposed_at: DateTime<Utc>,
        /// By whom.
        proposed_by: Option<PersonId>,
    }
}

row! {
    /// A row of `recognition_parties`.
    pub struct RecognitionPartyRow in recognition_parties {
        key {
            /// The agreement.
            recognition_id: ObjectId,
            /// The party.
            authority_id: AuthorityId,
        }
        /// When it confirmed.
        confirmed_at: Option<DateTime<Utc>>,
        /// By whom.
        confirmed_by: Option<PersonId>,
        /// The document of its confirmation.
        document: String,
    }
}

row! {
    /// A row of `recognition_texts`.
    pub struct RecognitionTextRow in recognition_texts {
        key {
            /// The agreement.
            recognition_id: ObjectId,
            /// The text.
            specification_id: SpecificationId,
        }
        /// Order of entry.
        ordinal: i32,
    }
}

row! {
    /// A row of `joint_numbers`: the number by which another party of a joint text has it (联合发布各方编号).
    pub struct JointNumberRow in joint_numbers {
        key {
            /// The edition.
            specification_id: SpecificationId,
            /// The party.
            authority_id: AuthorityId,
        }
        /// Number in its plain form; no other edition ever has it.
        number: String,
        /// When the party left; its number is void then and never given again.
        void_at: Option<DateTime<Utc>>,
    }
}

/// Every agreement, the newest first.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<RecognitionRow>> {
    recognitions::table
        .order((recognitions::proposed_at.desc(), recognitions::id))
        .select(RecognitionRow::as_select())
        .load(conn)
}

/// An agreement by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<RecognitionRow>> {
    recognitions::table.find(bind(id)).select(RecognitionRow::as_select()).first(conn).optional()
}

/// The parties of every agreement.
pub fn parties(conn: &mut AnyConn) -> QueryResult<Vec<RecognitionPartyRow>> {
    recognition_parties::table
        .order((recognition_parties::recognition_id, recognition_parties::authority_id))
        .select(RecognitionPartyRow::as_select())
        .load(conn)
}

/// The texts of every agreement, in their order.
pub fn texts(conn: &mut AnyConn) -> QueryResult<Vec<RecognitionTextRow>> {
    recognition_texts::table
        .order((recognition_texts::recognition_id, recognition_texts::ordinal))
        .select(RecognitionTextRow::as_select())
        .load(conn)
}

/// The agreements that name a text.
pub fn naming(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<ObjectId>> {
    let rows: Vec<RecognitionTextRow> = recognition_texts::table
        .filter(recognition_texts::specification_id.eq(bind(id)))
        .select(RecognitionTextRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.recognition_id).collect())
}

/// Enters an agreement with its parties and texts.
pub fn add(
    conn: &mut AnyConn,
    row: &RecognitionRow,
    parties: &[RecognitionPartyRow],
    texts: &[RecognitionTextRow],
) -> QueryResult<()> {
    diesel::insert_into(recognitions::table).values(row).execute(conn)?;
    for party in parties {
        diesel::insert_into(recognition_parties::table).values(party).execute(conn)?;
    }
    for text in texts {
        diesel::insert_into(recognition_texts::table).values(text).execute(conn)?;
    }
    Ok(())
}

/// Saves an agreement.
pub fn save(conn: &mut AnyConn, row: &RecognitionRow) -> QueryResult<()> {
    diesel::update(recognitions::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Saves the confirmation of a party.
pub fn save_party(conn: &mut AnyConn, row: &RecognitionPartyRow) -> QueryResult<()> {
    let key = (bind(row.recognition_id), bind(row.authority_id));
    diesel::update(recognition_parties::table.find(key)).set(row).execute(conn).map(drop)
}

/// The numbers of every joint text, void ones among them.
pub fn joint_numbers(conn: &mut AnyConn) -> QueryResult<Vec<JointNumberRow>> {
    joint_numbers::table
        .order((joint_numbers::specification_id, joint_numbers::number))
        .select(JointNumberRow::as_select())
        .load(conn)
}

/// The numbers of the other parties of a joint text.
pub fn joint_numbers_of(
    conn: &mut AnyConn,
    id: SpecificationId,
) -> QueryResult<Vec<JointNumberRow>> {
    joint_numbers::table
        .filter(joint_numbers::specification_id.eq(bind(id)))
        .order(joint_numbers::number)
        .select(JointNumberRow::as_select())
        .load(conn)
}

/// Whether a number was ever given to a party of a joint text.
pub fn is_joint_number(conn: &mut AnyConn, number: &str) -> QueryResult<bool> {
    let found: Option<JointNumberRow> = joint_numbers::table
        .filter(joint_numbers::number.eq(number))
        .select(JointNumberRow::as_select())
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The edition that a party of a joint text has by a number, as long as that number stands.
pub fn edition_of(conn: &mut AnyConn, number: &str) -> QueryResult<Option<SpecificationId>> {
    let found: Option<JointNumberRow> = joint_numbers::table
        .filter(joint_numbers::number.eq(number))
        .filter(joint_numbers::void_at.is_null())
        .select(JointNumberRow::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(|row| row.specification_id))
}

/// Enters the number of a party.
pub fn add_joint_number(conn: &mut AnyConn, row: &JointNumberRow) -> QueryResult<()> {
    diesel::insert_into(joint_numbers::table).values(row).execute(conn).map(drop)
}

/// Saves the number of a party.
pub fn save_joint_number(conn: &mut AnyConn, row: &JointNumberRow) -> QueryResult<()> {
    let key = (bind(row.specification_id), bind(row.authority_id));
    diesel::update(joint_numbers::table.find(key)).set(row).execute(conn).map(drop)
}
