//! Comments of the public that a person of the secretariat looks at before they count (意见审核).

use chrono::{DateTime, Utc};
use diesel::{dsl::count_star, prelude::*};
use quanheng_domain::{
    ids::{CommentId, PersonId, ProjectId, RoundId},
    lifecycle::RoundStatus,
    watch::{Verdict, Watch},
};

use crate::{
    bind,
    conn::AnyConn,
    rounds::CommentRow,
    row,
    schema::{comment_watch, comments, rounds},
};

row! {
    /// A row of `comment_watch`.
    pub struct WatchRow in comment_watch {
        key {
            /// The comment.
            comment_id: CommentId,
        }
        /// Why a person looks at it.
        why: Watch,
        /// Since when it is held.
        held_at: DateTime<Utc>,
        /// When its author confirmed the address.
        confirmed_at: Option<DateTime<Utc>>,
        /// What was decided; none while it waits.
        verdict: Option<Verdict>,
        /// Why it was refused; empty when it was admitted.
        reason: String,
        /// Who decided.
        decided_by: Option<PersonId>,
        /// When it was decided.
        decided_at: Option<DateTime<Utc>>,
    }
}

/// Enters that a comment is held.
pub fn insert(conn: &mut AnyConn, row: &WatchRow) -> QueryResult<()> {
    diesel::insert_into(comment_watch::table).values(row).execute(conn).map(drop)
}

/// Saves what was confirmed or decided.
pub fn save(conn: &mut AnyConn, row: &WatchRow) -> QueryResult<()> {
    diesel::update(comment_watch::table.find(bind(row.comment_id))).set(row).execute(conn).map(drop)
}

/// Whether and why a comment is held.
pub fn find(conn: &mut AnyConn, comment: CommentId) -> QueryResult<Option<WatchRow>> {
    comment_watch::table.find(bind(comment)).select(WatchRow::as_select()).first(conn).optional()
}

/// The comments of a round that are or were held, the oldest first.
pub fn of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<(WatchRow, CommentRow)>> {
    comment_watch::table
        .inner_join(comments::table.on(comments::id.eq(comment_watch::comment_id)))
        .filter(comments::round_id.eq(bind(round)))
        .order((comment_watch::held_at, comment_watch::comment_id))
        .select((WatchRow::as_select(), CommentRow::as_select()))
        .load(conn)
}

/// Rounds of these projects in which comments wait for a decision, with how many wait.
pub fn waiting_of(
    conn: &mut AnyConn,
    projects: &[ProjectId],
) -> QueryResult<Vec<(ProjectId, RoundId, i64)>> {
    comment_watch::table
        .inner_join(comments::table.on(comments::id.eq(comment_watch::comment_id)))
        .inner_join(rounds::table.on(rounds::id.eq(comments::round_id)))
        .filter(rounds::project_id.eq_any(projects.iter().copied().map(bind)))
        .filter(rounds::status.eq_any([RoundStatus::Running, RoundStatus::Closed].map(bind)))
        .filter(comment_watch::confirmed_at.is_not_null())
        .filter(comment_watch::verdict.is_null())
        .group_by((rounds::project_id, rounds::id))
        .select((rounds::project_id, rounds::id, count_star()))
        .load(conn)
}

/// How many comments of a round wait for a decision after their authors confirmed the address.
pub fn waiting_in(conn: &mut AnyConn, round: RoundId) -> QueryResult<i64> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_watch::table
        .filter(comment_watch::comment_id.eq_any(of_round))
        .filter(comment_watch::confirmed_at.is_not_null())
        .filter(comment_watch::verdict.is_null())
        .count()
        .get_result(conn)
}
