//! The comments of a round as somebody may read them, some at a time.

use diesel::{dsl::IntoBoxed, prelude::*};
use quanheng_domain::{
    Keyed as _,
    comment::Disposition,
    ids::{PersonId, RoundId},
};

use crate::{
    bind,
    conn::{AnyConn, MultiBackend},
    rounds::CommentRow,
    schema::comments,
};

/// Which comments somebody reads.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    /// Every confirmed one.
    All,
    /// Those whose answers are published, that nobody hid or took back, and one's own.
    Public {
        /// Whose own ones.
        own: Option<PersonId>,
    },
}

/// Confirmed comments that are seen, by number, from `offset` on.
pub fn slice(
    conn: &mut AnyConn,
    round: RoundId,
    seen: Seen,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<CommentRow>> {
    of(round, seen)
        .select(CommentRow::as_select())
        .order(comments::serial)
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// How many are seen.
pub fn count(conn: &mut AnyConn, round: RoundId, seen: Seen) -> QueryResult<i64> {
    of(round, seen).count().get_result(conn)
}

/// How many confirmed comments have a settled ruling.
pub fn settled(conn: &mut AnyConn, round: RoundId) -> QueryResult<i64> {
    let settled = Disposition::ALL.iter().copied().filter(|code| code.is_settled());
    of(round, Seen::All)
        .filter(comments::disposition.eq_any(settled.map(Some).map(bind).collect::<Vec<_>>()))
        .count()
        .get_result(conn)
}

/// Whether somebody has a confirmed comment in the round.
pub fn has_own(conn: &mut AnyConn, round: RoundId, person: PersonId) -> QueryResult<bool> {
    let own = of(round, Seen::All).filter(comments::person_id.eq(bind(Some(person))));
    Ok(own.count().get_result::<i64>(conn)? > 0)
}

fn of(round: RoundId, seen: Seen) -> IntoBoxed<'static, comments::table, MultiBackend> {
    let all = comments::table
        .into_boxed()
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null());
    let withdrawn = bind(Some(Disposition::Withdrawn));
    let open = comments::published_at
        .is_not_null()
        .and(comments::hidden_reason.eq(""))
        .and(comments::disposition.is_null().or(comments::disposition.ne(withdrawn)));
    match seen {
        Seen::All => all,
        Seen::Public { own: None } => all.filter(open),
        Seen::Public { own: Some(person) } => {
            all.filter(open.or(comments::person_id.eq(bind(Some(person)))))
        }
    }
}
