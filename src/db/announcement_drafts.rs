//! Announcements that are being prepared (公告草稿): the texts they will issue, their wording, their days.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{AnnouncementId, AuthorityId, PersonId, ProjectId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{announcement_draft_texts, announcement_drafts},
};

row! {
    /// A row of `announcement_drafts`.
    pub struct DraftRow in announcement_drafts {
        key {
            /// Identity; the announcement keeps it once it is issued.
            id: AnnouncementId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The authority that will issue it.
        authority_id: AuthorityId,
        /// Its number (公告号).
        number: String,
        /// Its title.
        title: String,
        /// Its wording, paragraphs by line.
        body: String,
        /// The day of issue, once decided.
        issued_on: Option<NaiveDate>,
        /// The day of force, once decided.
        effective_on: Option<NaiveDate>,
        /// When it was begun.
        created_at: DateTime<Utc>,
        /// By whom.
        created_by: Option<PersonId>,
        /// When it was issued or thrown away.
        ended_at: Option<DateTime<Utc>>,
        /// Whether it was issued.
        issued: bool,
    }
}

row! {
    /// A row of `announcement_draft_texts`.
    pub struct DraftTextRow in announcement_draft_texts {
        key {
            /// The draft.
            draft_id: AnnouncementId,
            /// The project whose text it will issue.
            project_id: ProjectId,
        }
        /// Place in the list, from 1.
        ordinal: i32,
    }
}

/// A draft by identity.
pub fn find(conn: &mut AnyConn, id: AnnouncementId) -> QueryResult<Option<DraftRow>> {
    announcement_drafts::table.find(bind(id)).select(DraftRow::as_select()).first(conn).optional()
}

/// The drafts of some authorities that are neither issued nor thrown away, the newest first.
pub fn open_of(conn: &mut AnyConn, authorities: &[AuthorityId]) -> QueryResult<Vec<DraftRow>> {
    announcement_drafts::table
        .filter(announcement_drafts::authority_id.eq_any(authorities.iter().copied().map(bind)))
        .filter(announcement_drafts::ended_at.is_null())
        .order(announcement_drafts::id.desc())
        .select(DraftRow::as_select())
        .load(conn)
}

/// The texts of some drafts, in order.
pub fn texts_of(conn: &mut AnyConn, drafts: &[AnnouncementId]) -> QueryResult<Vec<DraftTextRow>> {
    announcement_draft_texts::table
        .filter(announcement_draft_texts::draft_id.eq_any(drafts.iter().copied().map(bind)))
        .order((announcement_draft_texts::draft_id, announcement_draft_texts::ordinal))
        .select(DraftTextRow::as_select())
        .load(conn)
}

/// Enters a draft with its texts.
pub fn insert(conn: &mut AnyConn, row: &DraftRow, texts: &[DraftTextRow]) -> QueryResult<()> {
    diesel::insert_into(announcement_drafts::table).values(row).execute(conn)?;
    for text in texts {
        diesel::insert_into(announcement_draft_texts::table).values(text).execute(conn)?;
    }
    Ok(())
}

/// Saves a draft if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut DraftRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        announcement_drafts::table
            .find(bind(row.id))
            .filter(announcement_drafts::version.eq(read))
            .filter(announcement_drafts::ended_at.is_null()),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}
