//! What the desk keeps of comments for itself: who looks after them, whether the ruling is confirmed, notes, and reasons in stock.
//!
//! None of it is ever shown to commenters or the public.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{CommentId, ObjectId, PersonId, RoundId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{comment_care, comment_notes, comments, stock_reasons},
};

row! {
    /// A row of `comment_care`: who looks after a comment and how far its ruling has come; comments without one are nobody's.
    pub struct CareRow in comment_care {
        key {
            /// The comment.
            comment_id: CommentId,
        }
        /// Who looks after it.
        owner_id: Option<PersonId>,
        /// Whether it touches the substance (实质性) or only the wording (编辑性).
        substantive: Option<bool>,
        /// Who confirmed the ruling; a ruling without is a proposal (拟).
        confirmed_by: Option<PersonId>,
        /// When it was confirmed.
        confirmed_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `comment_notes`: what those who settle comments say to each other.
    pub struct NoteRow in comment_notes {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The comment.
        comment_id: CommentId,
        /// Who wrote it.
        person_id: PersonId,
        /// What it says.
        body: String,
        /// When.
        written_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `stock_reasons`: a reason that a committee gives often.
    pub struct StockReasonRow in stock_reasons {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Committee, or the authority of projects without one.
        holder: ObjectId,
        /// The reason.
        body: String,
        /// Who wrote it last.
        kept_by: Option<PersonId>,
        /// When.
        kept_at: DateTime<Utc>,
    }
}

/// What is kept of a comment.
pub fn of_comment(conn: &mut AnyConn, comment: CommentId) -> QueryResult<Option<CareRow>> {
    comment_care::table.find(bind(comment)).select(CareRow::as_select()).first(conn).optional()
}

/// What is kept of the comments of a round.
pub fn of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<CareRow>> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_care::table
        .filter(comment_care::comment_id.eq_any(of_round))
        .select(CareRow::as_select())
        .load(conn)
}

/// Keeps what is known of a comment.
pub fn keep(conn: &mut AnyConn, row: &CareRow) -> QueryResult<()> {
    let kept = comment_care::table.find(bind(row.comment_id));
    if diesel::update(kept).set(row).execute(conn)? == 0 {
        diesel::insert_into(comment_care::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Notes on the comments of a round, the first first.
pub fn notes_of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<NoteRow>> {
    let of_round = comments::table.filter(comments::round_id.eq(bind(round))).select(comments::id);
    comment_notes::table
        .filter(comment_notes::comment_id.eq_any(of_round))
        .order(comment_notes::id)
        .select(NoteRow::as_select())
        .load(conn)
}

/// Notes on a comment, the first first.
pub fn notes_of(conn: &mut AnyConn, comment: CommentId) -> QueryResult<Vec<NoteRow>> {
    comment_notes::table
        .filter(comment_notes::comment_id.eq(bind(comment)))
        .order(comment_notes::id)
        .select(NoteRow::as_select())
        .load(conn)
}

/// Enters a note.
pub fn add_note(conn: &mut AnyConn, row: &NoteRow) -> QueryResult<()> {
    diesel::insert_into(comment_notes::table).values(row).execute(conn).map(drop)
}

/// Reasons in stock, the oldest first.
pub fn stock_of(conn: &mut AnyConn, holder: ObjectId) -> QueryResult<Vec<StockReasonRow>> {
    stock_reasons::table
        .filter(stock_reasons::holder.eq(bind(holder)))
        .order(stock_reasons::id)
        .select(StockReasonRow::as_select())
        .load(conn)
}

/// Puts a reason into stock, or changes it.
pub fn keep_stock(conn: &mut AnyConn, row: &StockReasonRow) -> QueryResult<()> {
    if diesel::update(stock_reasons::table.find(bind(row.id))).set(row).execute(conn)? == 0 {
        diesel::insert_into(stock_reasons::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Takes a reason out of stock; answers that used it keep their words.
pub fn drop_stock(conn: &mut AnyConn, id: ObjectId) -> QueryResult<()> {
    diesel::delete(stock_reasons::table.find(bind(id))).execute(conn).map(drop)
}
