//! Single comments: entering, finding and changing them. Counting and publishing them is part of `rounds`.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::{Disposition, Reaction},
    ids::{CommentId, ObjectId, PersonId, ProjectId, RoundId},
};

use crate::{
    bind, comment_index,
    conn::AnyConn,
    on_each,
    rounds::CommentRow,
    row,
    schema::{
        comment_care, comment_files, comment_import_rows, comment_notes, comment_places,
        comment_reactions, comment_watch, comments, rounds,
    },
};

/// Rows named in one statement at most; the databases bound the number of values.
pub(crate) const PORTION: usize = 500;

row! {
    /// A row of `comment_reactions`: what an author said to the answer; the last one holds.
    pub struct ReactionRow in comment_reactions {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `comment_id`
        comment_id: CommentId,
        /// `reaction`
        reaction: Reaction,
        /// Why the author objects.
        note: String,
        /// `at`
        at: DateTime<Utc>,
    }
}

/// A comment by identity.
pub fn find(conn: &mut AnyConn, id: CommentId) -> QueryResult<Option<CommentRow>> {
    comments::table.find(bind(id)).select(CommentRow::as_select()).first(conn).optional()
}

/// Enters a comment.
pub fn insert(conn: &mut AnyConn, row: &CommentRow) -> QueryResult<()> {
    diesel::insert_into(comments::table).values(row).execute(conn).map(drop)
}

/// Enters comments.
pub fn insert_all(conn: &mut AnyConn, rows: &[CommentRow]) -> QueryResult<()> {
    for some in rows.chunks(PORTION) {
        let insert = diesel::insert_into(comments::table).values(some);
        on_each!(&mut *conn, c => insert.execute(c))?;
    }
    Ok(())
}

/// Saves a comment if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut CommentRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed =
        diesel::update(comments::table.find(bind(row.id)).filter(comments::version.eq(read)))
            .set(&*row)
            .execute(conn)?;
    Ok(changed == 1)
}

/// Comments by identity, in no particular order.
pub fn by_ids(conn: &mut AnyConn, ids: &[CommentId]) -> QueryResult<Vec<CommentRow>> {
    let mut found = Vec::new();
    for some in ids.chunks(PORTION) {
        let rows = comments::table.filter(comments::id.eq_any(some.iter().copied().map(bind)));
        found.extend(rows.select(CommentRow::as_select()).load(conn)?);
    }
    Ok(found)
}

/// Comments that were sent together under one private link, in the order of sending.
pub fn by_link(conn: &mut AnyConn, token_hash: &str) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::token_hash.eq(token_hash))
        .order(comments::id)
        .select(CommentRow::as_select())
        .load(conn)
}

/// Confirmed comments of a person in a round, by serial number.
pub fn of_person(
    conn: &mut AnyConn,
    round: RoundId,
    person: PersonId,
) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::person_id.eq(bind(person)))
        .filter(comments::confirmed_at.is_not_null())
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// Confirmed comments of a person on the drafts of a project, in order of time.
pub fn of_person_on(
    conn: &mut AnyConn,
    project: ProjectId,
    person: PersonId,
) -> QueryResult<Vec<CommentRow>> {
    let rounds = rounds::table.filter(rounds::project_id.eq(bind(project))).select(rounds::id);
    comments::table
        .filter(comments::round_id.eq_any(rounds))
        .filter(comments::person_id.eq(bind(Some(person))))
        .filter(comments::confirmed_at.is_not_null())
        .order((comments::received_at, comments::serial))
        .select(CommentRow::as_select())
        .load(conn)
}

/// Confirmed comments of a round that the public may read: not hidden, not withdrawn.
pub fn public_of(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .filter(comments::hidden_reason.eq(""))
        .filter(
            comments::disposition
                .is_null()
                .or(comments::disposition.ne(bind(Some(Disposition::Withdrawn)))),
        )
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// Comments that were merged into a comment.
pub fn merged_into(conn: &mut AnyConn, target: CommentId) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::duplicate_of.eq(bind(target)))
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// The project that a comment belongs to.
pub fn project_of(conn: &mut AnyConn, id: CommentId) -> QueryResult<Option<ProjectId>> {
    comments::table
        .inner_join(rounds::table.on(rounds::id.eq(comments::round_id)))
        .filter(comments::id.eq(bind(id)))
        .select(rounds::project_id)
        .first(conn)
        .optional()
}

/// Deletes comments whose address nobody confirmed before the instant; they never counted and hold personal data. Those that wait for the
/// secretariat after their author confirmed, and those that it refused, stay.
pub fn delete_unconfirmed(conn: &mut AnyConn, before: DateTime<Utc>) -> QueryResult<usize> {
    let kept = comment_watch::table
        .filter(comment_watch::confirmed_at.is_not_null().or(comment_watch::verdict.is_not_null()))
        .select(comment_watch::comment_id);
    let forgotten: Vec<CommentId> = comments::table
        .filter(comments::confirmed_at.is_null())
        .filter(comments::received_at.lt(bind(before)))
        .filter(comments::id.ne_all(kept))
        .select(comments::id)
        .load(conn)?;
    let mut gone = 0;
    for some in forgotten.chunks(PORTION) {
        let ids = || some.iter().copied().map(bind);
        diesel::delete(comment_places::table.filter(comment_places::comment_id.eq_any(ids())))
            .execute(conn)?;
        diesel::delete(comment_files::table.filter(comment_files::comment_id.eq_any(ids())))
            .execute(conn)?;
        diesel::delete(comment_watch::table.filter(comment_watch::comment_id.eq_any(ids())))
            .execute(conn)?;
        gone += diesel::delete(comments::table.filter(comments::id.eq_any(ids()))).execute(conn)?;
    }
    Ok(gone)
}

/// Deletes comments that should not have come in, with their places, files and what was kept of them; nothing may have been said to them.
pub fn delete(conn: &mut AnyConn, all: &[CommentId]) -> QueryResult<()> {
    for some in all.chunks(PORTION) {
        let ids = || some.iter().copied().map(bind);
        comment_index::forget(conn, some)?;
        diesel::delete(comment_places::table.filter(comment_places::comment_id.eq_any(ids())))
            .execute(conn)?;
        diesel::delete(comment_files::table.filter(comment_files::comment_id.eq_any(ids())))
            .execute(conn)?;
        diesel::delete(comment_care::table.filter(comment_care::comment_id.eq_any(ids())))
            .execute(conn)?;
        let named =
            comment_import_rows::comment_id.eq_any(some.iter().copied().map(Some).map(bind));
        diesel::update(comment_import_rows::table.filter(named))
            .set(comment_import_rows::comment_id.eq(bind(None::<CommentId>)))
            .execute(conn)?;
        diesel::delete(comments::table.filter(comments::id.eq_any(ids()))).execute(conn)?;
    }
    Ok(())
}

/// Those of these comments that others were merged into, or that carry notes of the desk.
pub fn leaned_on(conn: &mut AnyConn, all: &[CommentId]) -> QueryResult<BTreeSet<CommentId>> {
    let mut found = BTreeSet::new();
    for some in all.chunks(PORTION) {
        let merged: Vec<Option<CommentId>> = comments::table
            .filter(comments::duplicate_of.eq_any(some.iter().copied().map(Some).map(bind)))
            .select(comments::duplicate_of)
            .load(conn)?;
        let noted: Vec<CommentId> = comment_notes::table
            .filter(comment_notes::comment_id.eq_any(some.iter().copied().map(bind)))
            .select(comment_notes::comment_id)
            .load(conn)?;
        found.extend(merged.into_iter().flatten().chain(noted));
    }
    Ok(found)
}

/// Enters what an author said to the answer.
pub fn insert_reaction(conn: &mut AnyConn, row: &ReactionRow) -> QueryResult<()> {
    diesel::insert_into(comment_reactions::table).values(row).execute(conn).map(drop)
}

/// What the author of a comment said to its answer, the first first.
pub fn reactions_to(conn: &mut AnyConn, comment: CommentId) -> QueryResult<Vec<ReactionRow>> {
    comment_reactions::table
        .filter(comment_reactions::comment_id.eq(bind(comment)))
        .order((comment_reactions::at, comment_reactions::id))
        .select(ReactionRow::as_select())
        .load(conn)
}

/// What authors said to the answers of a round, the first first.
pub fn reactions_in(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<ReactionRow>> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_reactions::table
        .filter(comment_reactions::comment_id.eq_any(of_round))
        .order((comment_reactions::at, comment_reactions::id))
        .select(ReactionRow::as_select())
        .load(conn)
}
