//! The figures of the desk, counted by the database: how far the comments of a round have come, and what its rows hold beside them.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::{count_star, min},
    prelude::*,
};
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition},
    ids::{CommentId, PersonId, RoundId},
};

use crate::{
    bind,
    comment_care::{CareRow, NoteRow},
    comment_files::CommentFileRow,
    conn::AnyConn,
    schema::{comment_care, comment_files, comment_index, comment_notes, comments},
};

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    comments::disposition,
    comments::kind,
    comments::source,
    comments::late,
    comments::published_at,
    comment_care::owner_id,
    comment_care::confirmed_by,
);

/// How many comments of a round there are of each sort.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// All confirmed ones.
    pub all: u64,
    /// Those that came after the end.
    pub late: u64,
    /// Those ruled that nobody confirmed and that are not published (拟).
    pub proposed: u64,
    /// Open ones that nobody looks after.
    pub open_of_nobody: u64,
    /// By ruling; none where there is none yet.
    pub rulings: Vec<(Option<Disposition>, u64)>,
    /// By kind.
    pub kinds: Vec<(CommentKind, u64)>,
    /// By the way they came in.
    pub sources: Vec<(CommentSource, u64)>,
    /// By who looks after them; those of nobody are not among them.
    pub owners: Vec<(PersonId, u64)>,
    /// The clauses with most comments, the busiest first: as it was written, and how many.
    pub busiest: Vec<(String, u64)>,
}

impl Counts {
    /// How many comments were ruled so.
    pub fn ruled(&self, code: Disposition) -> u64 {
        self.rulings.iter().filter(|(given, _)| *given == Some(code)).map(|(_, n)| n).sum()
    }

    /// How many comments wait for their ruling.
    pub fn open(&self) -> u64 {
        let open = |given: &Option<Disposition>| given.is_none_or(|code| !code.is_settled());
        self.rulings.iter().filter(|(given, _)| open(given)).map(|(_, n)| n).sum()
    }

    /// How many comments nobody looks after.
    pub fn of_nobody(&self) -> u64 {
        self.all.saturating_sub(self.owners.iter().map(|(_, n)| n).sum())
    }
}

/// A sort of comments: ruling, kind, way in, late, when it was published, who looks after it, who confirmed the ruling; and how many.
type Sort = (
    Option<Disposition>,
    CommentKind,
    CommentSource,
    bool,
    Option<DateTime<Utc>>,
    Option<PersonId>,
    Option<PersonId>,
    i64,
);

fn add<T: PartialEq>(to: &mut Vec<(T, u64)>, what: T, n: u64) {
    match to.iter_mut().find(|(known, _)| *known == what) {
        Some((_, sum)) => *sum += n,
        None => to.push((what, n)),
    }
}

/// Counts the comments of a round; `clauses` of the busiest are told. One statement counts all sorts, another the clauses.
pub fn of_round(conn: &mut AnyConn, round: RoundId, clauses: i64) -> QueryResult<Counts> {
    let sorts: Vec<Sort> = comments::table
        .left_join(comment_care::table.on(comment_care::comment_id.eq(comments::id)))
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .group_by((
            comments::disposition,
            comments::kind,
            comments::source,
            comments::late,
            comments::published_at,
            comment_care::owner_id,
            comment_care::confirmed_by,
        ))
        .select((
            comments::disposition,
            comments::kind,
            comments::source,
            comments::late,
            comments::published_at,
            comment_care::owner_id.nullable(),
            comment_care::confirmed_by.nullable(),
            count_star(),
        ))
        .load(conn)?;
    let mut counts = Counts::default();
    for (ruling, kind, source, late, published, owner, confirmed, n) in sorts {
        let n = n.unsigned_abs();
        let settled = ruling.is_some_and(Disposition::is_settled);
        counts.all += n;
        counts.late += if late { n } else { 0 };
        let withdrawn = ruling == Some(Disposition::Withdrawn);
        if settled && !withdrawn && published.is_none() && confirmed.is_none() {
            counts.proposed += n;
        }
        if !settled && owner.is_none() {
            counts.open_of_nobody += n;
        }
        add(&mut counts.rulings, ruling, n);
        add(&mut counts.kinds, kind, n);
        add(&mut counts.sources, source, n);
        if let Some(owner) = owner {
            add(&mut counts.owners, owner, n);
        }
    }
    let busiest = comment_index::table
        .inner_join(comments::table.on(comments::id.eq(comment_index::comment_id)))
        .filter(comment_index::round_id.eq(bind(round)))
        .group_by(comment_index::clause)
        .select((min(comments::clause), count_star()))
        .order((count_star().desc(), min(comment_index::place)))
        .limit(clauses)
        .load::<(Option<String>, i64)>(conn)?;
    let told = |(clause, n): (Option<String>, i64)| (clause.unwrap_or_default(), n.unsigned_abs());
    counts.busiest = busiest.into_iter().map(told).collect();
    Ok(counts)
}

/// What is kept of these comments for the desk.
pub fn care(conn: &mut AnyConn, ids: &[CommentId]) -> QueryResult<Vec<CareRow>> {
    comment_care::table
        .filter(comment_care::comment_id.eq_any(ids.iter().copied().map(bind)))
        .select(CareRow::as_select())
        .load(conn)
}

/// Notes on these comments, the first first.
pub fn notes(conn: &mut AnyConn, ids: &[CommentId]) -> QueryResult<Vec<NoteRow>> {
    comment_notes::table
        .filter(comment_notes::comment_id.eq_any(ids.iter().copied().map(bind)))
        .order(comment_notes::id)
        .select(NoteRow::as_select())
        .load(conn)
}

/// Files of these comments, by comment and place.
pub fn files(conn: &mut AnyConn, ids: &[CommentId]) -> QueryResult<Vec<CommentFileRow>> {
    comment_files::table
        .filter(comment_files::comment_id.eq_any(ids.iter().copied().map(bind)))
        .order((comment_files::comment_id, comment_files::ordinal))
        .select(CommentFileRow::as_select())
        .load(conn)
}

/// Of these comments: the number of the first that says the same, and how many say it.
pub fn alike(
    conn: &mut AnyConn,
    round: RoundId,
    ids: &[CommentId],
) -> QueryResult<Vec<(CommentId, i32, u64)>> {
    let firsts: Vec<(CommentId, i32)> = comment_index::table
        .filter(comment_index::comment_id.eq_any(ids.iter().copied().map(bind)))
        .select((comment_index::comment_id, comment_index::alike))
        .load(conn)?;
    let mut numbers: Vec<i32> = firsts.iter().map(|(_, first)| *first).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let sizes: Vec<(i32, i64)> = comment_index::table
        .filter(comment_index::round_id.eq(bind(round)))
        .filter(comment_index::alike.eq_any(numbers))
        .group_by(comment_index::alike)
        .select((comment_index::alike, count_star()))
        .load(conn)?;
    let size =
        |first: i32| sizes.iter().find(|(of, _)| *of == first).map_or(1, |(_, n)| n.unsigned_abs());
    Ok(firsts.into_iter().map(|(id, first)| (id, first, size(first))).collect())
}

/// Numbers of comments by identity.
pub fn serials(conn: &mut AnyConn, ids: &[CommentId]) -> QueryResult<Vec<(CommentId, i32)>> {
    comments::table
        .filter(comments::id.eq_any(ids.iter().copied().map(bind)))
        .select((comments::id, comments::serial))
        .load(conn)
}

/// Comments that were merged into these: into which, unit and name of the author.
pub fn merged(
    conn: &mut AnyConn,
    ids: &[CommentId],
) -> QueryResult<Vec<(Option<CommentId>, String, String)>> {
    comments::table
        .filter(comments::duplicate_of.eq_any(ids.iter().copied().map(Some).map(bind)))
        .select((comments::duplicate_of, comments::author_unit, comments::author_name))
        .load(conn)
}

/// The confirmed comment of a round with this number.
pub fn by_serial(
    conn: &mut AnyConn,
    round: RoundId,
    serial: i32,
) -> QueryResult<Option<CommentId>> {
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::serial.eq(serial))
        .filter(comments::confirmed_at.is_not_null())
        .select(comments::id)
        .first(conn)
        .optional()
}
