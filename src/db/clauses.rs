//! The texts of documents as clauses (章、条), how clauses of two texts belong together, and where comments stand in each text.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    clause::{ClauseKind, Relation},
    draft::{Fate, TextFault, TextState},
    ids::{CommentId, DocumentId, ObjectId, PersonId, ProjectId, RoundId},
};
use serde_json::Value;

use crate::{
    bind,
    comments::PORTION,
    conn::AnyConn,
    documents::DocumentRow,
    on_each, row,
    schema::{clause_links, clause_texts, clauses, comment_places, comments, documents},
};

row! {
    /// A row of `clause_texts`: that a document was read, and what should be looked at.
    pub struct TextRow in clause_texts {
        key {
            /// The document.
            document_id: DocumentId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// How the clauses came to be.
        state: TextState,
        /// Why there are none.
        fault: Option<TextFault>,
        /// Places that should be looked at (`Vec<Doubt>`).
        doubts: Value,
        /// Tracked changes and remarks of the file (`Vec<Margin>`).
        margin: Value,
        /// When it was read or corrected last.
        read_at: DateTime<Utc>,
        /// By whom.
        read_by: Option<PersonId>,
    }
}

row! {
    /// A row of `clauses`.
    pub struct ClauseRow in clauses {
        key {
            /// The document.
            document_id: DocumentId,
            /// Place in reading order, from 1.
            ordinal: i32,
        }
        /// Name within the text, unique there.
        key: String,
        /// What it is.
        kind: ClauseKind,
        /// Number as printed.
        number: String,
        /// Heading or caption.
        heading: String,
        /// Depth, from 1.
        level: i32,
        /// What it says (`Vec<Block>`).
        blocks: Value,
        /// The same in plain words, for search.
        plain: String,
    }
}

row! {
    /// A row of `clause_links`: what a person decided of a clause of a text and one of a later text. What the machine finds is not stored.
    pub struct LinkRow in clause_links {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The earlier text.
        from_document: DocumentId,
        /// The later text.
        to_document: DocumentId,
        /// Clause of the earlier text; empty for a new one.
        from_key: String,
        /// Clause of the later text; empty for a removed one.
        to_key: String,
        /// How they belong together.
        relation: Relation,
        /// Who decided.
        decided_by: PersonId,
        /// When it was decided.
        decided_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `comment_places`: where a comment stands in a text.
    pub struct PlaceRow in comment_places {
        key {
            /// The comment.
            comment_id: CommentId,
            /// The text.
            document_id: DocumentId,
        }
        /// Clause of this text; empty for the whole text.
        clause_key: String,
        /// The words that the comment is about; may be empty.
        quote: String,
        /// What stands before them.
        quote_before: String,
        /// What stands after them.
        quote_after: String,
        /// Fingerprint of the clause as it read then; empty for the whole text.
        fingerprint: String,
        /// What became of the place.
        fate: Fate,
        /// Who decided; nobody where the author or the machine put it.
        decided_by: Option<PersonId>,
        /// When it was decided.
        decided_at: Option<DateTime<Utc>>,
    }
}

/// What is known of the text of a document; none when nobody tried to read it.
pub fn text(conn: &mut AnyConn, document: DocumentId) -> QueryResult<Option<TextRow>> {
    clause_texts::table.find(bind(document)).select(TextRow::as_select()).first(conn).optional()
}

/// The texts of a project's documents.
pub fn texts_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<TextRow>> {
    let of_project =
        documents::table.filter(documents::project_id.eq(bind(project))).select(documents::id);
    clause_texts::table
        .filter(clause_texts::document_id.eq_any(of_project))
        .select(TextRow::as_select())
        .load(conn)
}

/// Enters that a document was read.
pub fn insert_text(conn: &mut AnyConn, row: &TextRow) -> QueryResult<()> {
    diesel::insert_into(clause_texts::table).values(row).execute(conn).map(drop)
}

/// Saves a text if nobody changed it since it was read; false when somebody did.
pub fn save_text(conn: &mut AnyConn, row: &mut TextRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let table =
        clause_texts::table.find(bind(row.document_id)).filter(clause_texts::version.eq(read));
    Ok(diesel::update(table).set(&*row).execute(conn)? == 1)
}

/// The clauses of a document in reading order.
pub fn of_document(conn: &mut AnyConn, document: DocumentId) -> QueryResult<Vec<ClauseRow>> {
    clauses::table
        .filter(clauses::document_id.eq(bind(document)))
        .order(clauses::ordinal)
        .select(ClauseRow::as_select())
        .load(conn)
}

/// A clause in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = clauses)]
pub struct PlainRow {
    /// The document.
    pub document_id: DocumentId,
    /// Name within the text.
    pub key: String,
    /// Number as printed.
    pub number: String,
    /// Heading or caption.
    pub heading: String,
    /// What it says.
    pub plain: String,
}

/// Clauses of some documents that hold a word as it is written, in reading order.
pub fn holding(
    conn: &mut AnyConn,
    ids: &[DocumentId],
    word: &str,
    most: i64,
) -> QueryResult<Vec<PlainRow>> {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    clauses::table
        .filter(clauses::document_id.eq_any(ids.iter().copied().map(bind)))
        .filter(clauses::plain.like(format!("%{escaped}%")).escape('\\'))
        .order((clauses::document_id, clauses::ordinal))
        .limit(most)
        .select(PlainRow::as_select())
        .load(conn)
}

/// Puts these clauses in the place of all that the document had.
pub fn replace(conn: &mut AnyConn, document: DocumentId, rows: &[ClauseRow]) -> QueryResult<()> {
    diesel::delete(clauses::table.filter(clauses::document_id.eq(bind(document)))).execute(conn)?;
    for row in rows {
        diesel::insert_into(clauses::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The documents of a project that have clauses, by place; withdrawn ones are left out.
pub fn readable_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<DocumentRow>> {
    documents::table
        .inner_join(clause_texts::table.on(clause_texts::document_id.eq(documents::id)))
        .filter(documents::project_id.eq(bind(project)))
        .filter(documents::withdrawn_at.is_null())
        .filter(clause_texts::fault.is_null())
        .order(documents::ordinal)
        .select(DocumentRow::as_select())
        .load(conn)
}

/// What people decided of the clauses of two texts, the first first.
pub fn links(conn: &mut AnyConn, from: DocumentId, to: DocumentId) -> QueryResult<Vec<LinkRow>> {
    clause_links::table
        .filter(clause_links::from_document.eq(bind(from)))
        .filter(clause_links::to_document.eq(bind(to)))
        .order(clause_links::id)
        .select(LinkRow::as_select())
        .load(conn)
}

/// Enters a link.
pub fn insert_link(conn: &mut AnyConn, row: &LinkRow) -> QueryResult<()> {
    diesel::insert_into(clause_links::table).values(row).execute(conn).map(drop)
}

/// Enters where comments stand in texts.
pub fn insert_places(conn: &mut AnyConn, rows: &[PlaceRow]) -> QueryResult<()> {
    for some in rows.chunks(PORTION) {
        let insert = diesel::insert_into(comment_places::table).values(some);
        on_each!(&mut *conn, c => insert.execute(c))?;
    }
    Ok(())
}

/// Saves where a comment stands in a text.
pub fn save_place(conn: &mut AnyConn, row: &PlaceRow) -> QueryResult<()> {
    diesel::update(comment_places::table.find((bind(row.comment_id), bind(row.document_id))))
        .set(row)
        .execute(conn)
        .map(drop)
}

/// Where a comment stands in a text.
pub fn place(
    conn: &mut AnyConn,
    comment: CommentId,
    document: DocumentId,
) -> QueryResult<Option<PlaceRow>> {
    comment_places::table
        .find((bind(comment), bind(document)))
        .select(PlaceRow::as_select())
        .first(conn)
        .optional()
}

/// Where comments stand in a text.
pub fn places_in(conn: &mut AnyConn, document: DocumentId) -> QueryResult<Vec<PlaceRow>> {
    comment_places::table
        .filter(comment_places::document_id.eq(bind(document)))
        .order(comment_places::comment_id)
        .select(PlaceRow::as_select())
        .load(conn)
}

/// Where the comments of a round stand, in every text that they were carried to.
pub fn places_of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<PlaceRow>> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_places::table
        .filter(comment_places::comment_id.eq_any(of_round))
        .order((comment_places::comment_id, comment_places::document_id))
        .select(PlaceRow::as_select())
        .load(conn)
}

/// Takes away the places of a comment whose author gave it another one.
pub fn delete_places(conn: &mut AnyConn, comment: CommentId) -> QueryResult<()> {
    diesel::delete(comment_places::table.filter(comment_places::comment_id.eq(bind(comment))))
        .execute(conn)
        .map(drop)
}
