//! Documents of projects and who downloaded them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    document::DocumentKind,
    ids::{DocumentId, ObjectId, PersonId, ProjectId},
    records::Visibility,
};

use crate::{
    bind, comment_files,
    conn::AnyConn,
    row,
    schema::{documents, downloads},
};

row! {
    /// A row of `documents`.
    pub struct DocumentRow in documents {
        key {
            /// Identity.
            id: DocumentId,
        }
        /// `project_id`
        project_id: ProjectId,
        /// `ordinal`
        ordinal: i32,
        /// `kind`
        kind: DocumentKind,
        /// `revision`
        revision: i32,
        /// `title`
        title: String,
        /// `file_name`
        file_name: String,
        /// `media_type`
        media_type: String,
        /// `size`
        size: i64,
        /// `sha256`
        sha256: String,
        /// `visibility`
        visibility: Visibility,
        /// `uploaded_by`
        uploaded_by: Option<PersonId>,
        /// `uploaded_at`
        uploaded_at: DateTime<Utc>,
        /// `frozen_at`
        frozen_at: Option<DateTime<Utc>>,
        /// `withdrawn_at`
        withdrawn_at: Option<DateTime<Utc>>,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `downloads`.
    pub struct DownloadRow in downloads {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `document_id`
        document_id: DocumentId,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `at`
        at: DateTime<Utc>,
    }
}

/// Documents of a project, by place.
pub fn of_project(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<DocumentRow>> {
    documents::table
        .filter(documents::project_id.eq(bind(project)))
        .order(documents::ordinal)
        .select(DocumentRow::as_select())
        .load(conn)
}

/// A document by its place in the project.
pub fn find(
    conn: &mut AnyConn,
    project: ProjectId,
    ordinal: i32,
) -> QueryResult<Option<DocumentRow>> {
    documents::table
        .filter(documents::project_id.eq(bind(project)))
        .filter(documents::ordinal.eq(ordinal))
        .select(DocumentRow::as_select())
        .first(conn)
        .optional()
}

/// A document by its identity.
pub fn get(conn: &mut AnyConn, id: DocumentId) -> QueryResult<Option<DocumentRow>> {
    documents::table.find(bind(id)).select(DocumentRow::as_select()).first(conn).optional()
}

/// The newest document of a kind that was not withdrawn.
pub fn newest(
    conn: &mut AnyConn,
    project: ProjectId,
    kind: DocumentKind,
) -> QueryResult<Option<DocumentRow>> {
    documents::table
        .filter(documents::project_id.eq(bind(project)))
        .filter(documents::kind.eq(bind(kind)))
        .filter(documents::withdrawn_at.is_null())
        .order(documents::ordinal.desc())
        .select(DocumentRow::as_select())
        .first(conn)
        .optional()
}

/// The published texts of some projects that everybody may read, the newest of each.
pub fn published_of(conn: &mut AnyConn, projects: &[ProjectId]) -> QueryResult<Vec<DocumentRow>> {
    let mut all: Vec<DocumentRow> = documents::table
        .filter(documents::project_id.eq_any(projects.iter().copied().map(bind)))
        .filter(documents::kind.eq(bind(DocumentKind::PublishedText)))
        .filter(documents::visibility.eq(bind(Visibility::Open)))
        .filter(documents::withdrawn_at.is_null())
        .order((documents::project_id, documents::ordinal.desc()))
        .select(DocumentRow::as_select())
        .load(conn)?;
    all.dedup_by_key(|row| row.project_id);
    Ok(all)
}

/// Enters a document.
pub fn insert(conn: &mut AnyConn, row: &DocumentRow) -> QueryResult<()> {
    diesel::insert_into(documents::table).values(row).execute(conn).map(drop)
}

/// Saves a document's state (frozen, withdrawn, visibility).
pub fn save(conn: &mut AnyConn, row: &DocumentRow) -> QueryResult<()> {
    diesel::update(documents::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Notes a download.
pub fn note_download(conn: &mut AnyConn, row: &DownloadRow) -> QueryResult<()> {
    diesel::insert_into(downloads::table).values(row).execute(conn).map(drop)
}

/// Hashes that any document or any file of a comment refers to, for the sweeper and the checker.
pub fn hashes(conn: &mut AnyConn) -> QueryResult<Vec<(String, i64)>> {
    let mut all: Vec<(String, i64)> =
        documents::table.select((documents::sha256, documents::size)).distinct().load(conn)?;
    all.extend(comment_files::hashes(conn)?);
    all.sort();
    all.dedup();
    Ok(all)
}

/// When each person first opened a document, the first first; openings by the public bear no name.
pub fn readers_of(
    conn: &mut AnyConn,
    document: DocumentId,
) -> QueryResult<Vec<(PersonId, DateTime<Utc>)>> {
    let rows = downloads::table
        .filter(downloads::document_id.eq(bind(document)))
        .filter(downloads::person_id.is_not_null())
        .order((downloads::at, downloads::id))
        .select(DownloadRow::as_select())
        .load(conn)?;
    let mut met = std::collections::BTreeSet::new();
    let first = rows.into_iter().filter_map(|row| Some((row.person_id?, row.at)));
    Ok(first.filter(|(person, _)| met.insert(*person)).collect())
}
