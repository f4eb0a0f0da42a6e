//! What is kept of each confirmed comment so that the desk finds it: its place in the text, its words, and which comments say the same.
//!
//! All of it follows from the comment and is made again where it is missing.

use std::collections::BTreeMap;

use diesel::{
    dsl::{Eq, InnerJoin, IntoBoxed, On},
    prelude::*,
};
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition},
    ids::{CommentId, PersonId, RoundId},
    rules::RecipientClass,
};

use crate::{
    bind,
    conn::{AnyConn, MultiBackend},
    rounds::CommentRow,
    row,
    schema::{comment_care, comment_index, comments},
};

row! {
    /// A row of `comment_index`.
    pub struct IndexRow in comment_index {
        key {
            /// The comment.
            comment_id: CommentId,
        }
        /// Its round.
        round_id: RoundId,
        /// Its number in the round.
        serial: i32,
        /// Its clause in the order of the text, as bytes sort.
        place: String,
        /// Its clause, folded.
        clause: String,
        /// What it says and who says it, folded, for the search.
        words: String,
        /// Number of the first comment that says the same; its own where none does.
        alike: i32,
        /// The trigrams that stand for its words, in hex, where it is the first of its like; else empty.
        sketch: String,
    }
}

/// What the desk shows of a round.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// How far the ruling has come.
    pub standing: Option<Standing>,
    /// Kind.
    pub kind: Option<CommentKind>,
    /// How it came in.
    pub source: Option<CommentSource>,
    /// Class of its author.
    pub class: Option<RecipientClass>,
    /// Clause, folded; empty for the text as a whole.
    pub clause: Option<String>,
    /// Words that stand in it, folded.
    pub words: Option<String>,
    /// Number of the first of those that say the same.
    pub alike: Option<i32>,
    /// Who looks after it.
    pub owner: Option<Owner>,
    /// A comment that is shown whatever else was wanted, by its number.
    pub besides: Option<i32>,
}

/// How far a ruling has come.
#[derive(Debug, Clone)]
pub enum Standing {
    /// No ruling, or one that only waits.
    Open,
    /// It came after the end.
    Late,
    /// Ruled, neither confirmed nor published (拟).
    Proposed,
    /// Among these, whose authors object.
    Among(Vec<CommentId>),
    /// Ruled so.
    Ruled(Disposition),
}

/// Who looks after a comment.
#[derive(Debug, Clone, Copy)]
pub enum Owner {
    /// Nobody.
    Nobody,
    /// This person.
    Person(PersonId),
}

/// Confirmed comments of a round that are not in the index yet, by number.
pub fn missing(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<CommentRow>> {
    let known = comment_index::table
        .filter(comment_index::round_id.eq(bind(round)))
        .select(comment_index::comment_id);
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .filter(comments::id.ne_all(known))
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// How many comments of a round are in the index.
pub fn known(conn: &mut AnyConn, round: RoundId) -> QueryResult<i64> {
    comment_index::table.filter(comment_index::round_id.eq(bind(round))).count().get_result(conn)
}

/// The first comments of their like in a round: number, identity and trigrams.
pub fn firsts(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<(i32, CommentId, String)>> {
    comment_index::table
        .filter(comment_index::round_id.eq(bind(round)))
        .filter(comment_index::sketch.ne(""))
        .order(comment_index::serial)
        .select((comment_index::serial, comment_index::comment_id, comment_index::sketch))
        .load(conn)
}

/// Enters a comment.
pub fn insert(conn: &mut AnyConn, row: &IndexRow) -> QueryResult<()> {
    diesel::insert_into(comment_index::table).values(row).execute(conn).map(drop)
}

/// Forgets comments whose words changed, and those that were known as their like; all are entered again when they are asked for.
pub fn forget(conn: &mut AnyConn, some: &[CommentId]) -> QueryResult<()> {
    let ids = || some.iter().copied().map(bind);
    let found: Vec<(RoundId, i32)> = comment_index::table
        .filter(comment_index::comment_id.eq_any(ids()))
        .select((comment_index::round_id, comment_index::serial))
        .load(conn)?;
    let mut by_round: BTreeMap<RoundId, Vec<i32>> = BTreeMap::new();
    for (round, serial) in found {
        by_round.entry(round).or_default().push(serial);
    }
    for (round, serials) in by_round {
        let of_round = comment_index::table.filter(comment_index::round_id.eq(bind(round)));
        diesel::delete(of_round.filter(comment_index::alike.eq_any(serials))).execute(conn)?;
    }
    diesel::delete(comment_index::table.filter(comment_index::comment_id.eq_any(ids())))
        .execute(conn)
        .map(drop)
}

/// Some of the wanted comments, in the order of the text.
pub fn page(
    conn: &mut AnyConn,
    round: RoundId,
    wanted: &Wanted,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<CommentRow>> {
    found(round, wanted)
        .select(CommentRow::as_select())
        .order((comment_index::place, comment_index::serial))
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// How many comments are among the wanted ones.
pub fn count(conn: &mut AnyConn, round: RoundId, wanted: &Wanted) -> QueryResult<u64> {
    found(round, wanted).count().get_result::<i64>(conn).map(i64::unsigned_abs)
}

type Joined = InnerJoin<
    comment_index::table,
    On<comments::table, Eq<comments::id, comment_index::comment_id>>,
>;

/// The wanted comments of a round.
fn found(round: RoundId, wanted: &Wanted) -> IntoBoxed<'static, Joined, MultiBackend> {
    let mut query = comment_index::table
        .inner_join(comments::table.on(comments::id.eq(comment_index::comment_id)))
        .into_boxed()
        .filter(comment_index::round_id.eq(bind(round)));
    if let Some(kind) = wanted.kind {
        query = query.filter(comments::kind.eq(bind(kind)));
    }
    if let Some(source) = wanted.source {
        query = query.filter(comments::source.eq(bind(source)));
    }
    if let Some(class) = wanted.class {
        query = query.filter(comments::author_class.eq(bind(class)));
    }
    if let Some(clause) = &wanted.clause {
        query = query.filter(comment_index::clause.eq(clause.clone()));
    }
    if let Some(words) = &wanted.words {
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(comment_index::words.like(format!("%{escaped}%")).escape('\\'));
    }
    if let Some(first) = wanted.alike {
        query = query.filter(comment_index::alike.eq(first));
    }
    query = match wanted.owner {
        None => query,
        Some(Owner::Nobody) => query.filter(
            comments::id.ne_all(
                comment_care::table
                    .filter(comment_care::owner_id.is_not_null())
                    .select(comment_care::comment_id),
            ),
        ),
        Some(Owner::Person(person)) => query.filter(
            comments::id.eq_any(
                comment_care::table
                    .filter(comment_care::owner_id.eq(bind(Some(person))))
                    .select(comment_care::comment_id),
            ),
        ),
    };
    if let Some(standing) = &wanted.standing {
        query = standing_at(query, standing);
    }
    if let Some(serial) = wanted.besides {
        let there = comment_index::serial.eq(serial);
        query = query.or_filter(comment_index::round_id.eq(bind(round)).and(there));
    }
    query
}

fn standing_at(
    query: IntoBoxed<'static, Joined, MultiBackend>,
    standing: &Standing,
) -> IntoBoxed<'static, Joined, MultiBackend> {
    let given = |code: Disposition| bind(Some(code));
    match standing {
        Standing::Open => query.filter(
            comments::disposition
                .is_null()
                .or(comments::disposition.eq(given(Disposition::Pending))),
        ),
        Standing::Late => query.filter(comments::late.eq(true)),
        Standing::Among(ids) => {
            query.filter(comments::id.eq_any(ids.clone().into_iter().map(bind)))
        }
        Standing::Ruled(code) => query.filter(comments::disposition.eq(given(*code))),
        Standing::Proposed => query
            .filter(comments::disposition.is_not_null())
            .filter(comments::disposition.ne(given(Disposition::Pending)))
            .filter(comments::disposition.ne(given(Disposition::Withdrawn)))
            .filter(comments::published_at.is_null())
            .filter(
                comments::id.ne_all(
                    comment_care::table
                        .filter(comment_care::confirmed_by.is_not_null())
                        .select(comment_care::comment_id),
                ),
            ),
    }
}
