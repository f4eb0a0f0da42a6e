//! Files that come with comments (意见附件); their bytes lie in the store under their hash.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{CommentId, ObjectId, RoundId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{comment_files, comments},
};

row! {
    /// A row of `comment_files`.
    pub struct CommentFileRow in comment_files {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The comment.
        comment_id: CommentId,
        /// Place among the files of the comment, from 1.
        ordinal: i32,
        /// Cleaned file name.
        file_name: String,
        /// Media type found in the bytes.
        media_type: String,
        /// Bytes.
        size: i64,
        /// SHA-256 in lower-case hex.
        sha256: String,
        /// When it came.
        added_at: DateTime<Utc>,
    }
}

/// Enters a file.
pub fn insert(conn: &mut AnyConn, row: &CommentFileRow) -> QueryResult<()> {
    diesel::insert_into(comment_files::table).values(row).execute(conn).map(drop)
}

/// The files of a comment, by place.
pub fn of_comment(conn: &mut AnyConn, comment: CommentId) -> QueryResult<Vec<CommentFileRow>> {
    comment_files::table
        .filter(comment_files::comment_id.eq(bind(comment)))
        .order(comment_files::ordinal)
        .select(CommentFileRow::as_select())
        .load(conn)
}

/// The files of all comments of a round, by comment and place.
pub fn of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<CommentFileRow>> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_files::table
        .filter(comment_files::comment_id.eq_any(of_round))
        .order((comment_files::comment_id, comment_files::ordinal))
        .select(CommentFileRow::as_select())
        .load(conn)
}

/// Hashes that any comment refers to.
pub(crate) fn hashes(conn: &mut AnyConn) -> QueryResult<Vec<(String, i64)>> {
    comment_files::table.select((comment_files::sha256, comment_files::size)).distinct().load(conn)
}
