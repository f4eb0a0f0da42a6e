//! The conclusion of a ballot (审定结论): every text it had, and who signed which.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ballot::signing::SignaturePart,
    ids::{BallotId, DocumentId, ObjectId, PersonId},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{conclusion_signatures, conclusion_texts},
};

row! {
    /// A row of `conclusion_texts`: one version of the text, which never changes.
    pub struct TextRow in conclusion_texts {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The ballot.
        ballot_id: BallotId,
        /// Number within the ballot, from 1; the last one is the text.
        ordinal: i32,
        /// The text.
        body: String,
        /// SHA-256 of the text in UTF-8, in hex.
        sha256: String,
        /// Who wrote it.
        written_by: PersonId,
        /// When.
        written_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `conclusion_signatures`: a signature under one version of the text.
    pub struct SignatureRow in conclusion_signatures {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The ballot.
        ballot_id: BallotId,
        /// Signed as what.
        part: SignaturePart,
        /// Who signed.
        person_id: PersonId,
        /// True when signed in place of the chair (代行).
        acting: bool,
        /// SHA-256 of the text that was signed.
        sha256: String,
        /// When it was signed here, or entered from the sheet.
        signed_at: DateTime<Utc>,
        /// The scan of the signed sheet, where it was signed on paper.
        scan_id: Option<DocumentId>,
        /// Who entered it from the sheet; the signer signed here when absent.
        entered_by: Option<PersonId>,
        /// The second person who compared it with the sheet.
        confirmed_by: Option<PersonId>,
        /// When that was.
        confirmed_at: Option<DateTime<Utc>>,
        /// When a change of the text voided it.
        voided_at: Option<DateTime<Utc>>,
    }
}

impl SignatureRow {
    /// True while it stands: made by the signer, or entered and confirmed by a second person, and not voided.
    pub fn stands(&self) -> bool {
        self.voided_at.is_none() && (self.entered_by.is_none() || self.confirmed_at.is_some())
    }

    /// True for one from paper that waits for its second person.
    pub fn waits(&self) -> bool {
        self.voided_at.is_none() && self.entered_by.is_some() && self.confirmed_at.is_none()
    }
}

/// The versions of the text of a ballot, the first first.
pub fn texts_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<TextRow>> {
    conclusion_texts::table
        .filter(conclusion_texts::ballot_id.eq(bind(ballot)))
        .order(conclusion_texts::ordinal)
        .select(TextRow::as_select())
        .load(conn)
}

/// Keeps a version of the text.
pub fn add_text(conn: &mut AnyConn, row: &TextRow) -> QueryResult<()> {
    diesel::insert_into(conclusion_texts::table).values(row).execute(conn).map(drop)
}

/// The signatures of a ballot, voided ones too, the first first.
pub fn signatures_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<SignatureRow>> {
    conclusion_signatures::table
        .filter(conclusion_signatures::ballot_id.eq(bind(ballot)))
        .order((conclusion_signatures::signed_at, conclusion_signatures::id))
        .select(SignatureRow::as_select())
        .load(conn)
}

/// Enters a signature.
pub fn add_signature(conn: &mut AnyConn, row: &SignatureRow) -> QueryResult<()> {
    diesel::insert_into(conclusion_signatures::table).values(row).execute(conn).map(drop)
}

/// Saves a signature if nobody changed it since it was read; false when somebody did.
pub fn save_signature(conn: &mut AnyConn, row: &mut SignatureRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        conclusion_signatures::table
            .find(bind(row.id))
            .filter(conclusion_signatures::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}
