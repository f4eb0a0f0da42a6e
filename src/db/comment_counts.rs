//! The figures of the desk, counted by the database: how far the comments of a round have come, and what its rows hold beside them.

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
    comment_index::{Owner, Standing, Wanted, count as counted},
    conn::AnyConn,
    schema::{comment_care, comment_files, comment_index, comment_notes, comments},
};

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

fn whole<T>(rows: Vec<(T, i64)>) -> Vec<(T, u64)> {
    rows.into_iter().map(|(what, n)| (what, n.unsigned_abs())).collect()
}

/// Counts the comments of a round; `clauses` of the busiest are told.
pub fn of_round(conn: &mut AnyConn, round: RoundId, clauses: i64) -> QueryResult<Counts> {
    let confirmed = || {
        comments::table
            .filter(comments::round_id.eq(bind(round)))
            .filter(comments::confirmed_at.is_not_null())
    };
    let rulings = confirmed()
        .group_by(comments::disposition)
        .select((comments::disposition, count_star()))
        .load::<(Option<Disposition>, i64)>(conn)?;
    let kinds = confirmed()
        .group_by(comments::kind)
        .select((comments::kind, count_star()))
        .load::<(CommentKind, i64)>(conn)?;
    let sources = confirmed()
        .group_by(comments::source)
        .select((comments::source, count_star()))
        .load::<(CommentSource, i64)>(conn)?;
    let late: i64 = confirmed().filter(comments::late.eq(true)).count().get_result(conn)?;
    let busiest = comment_index::table
        .inner_join(comments::table.on(comments::id.eq(comment_index::comment_id)))
        .filter(comment_index::round_id.eq(bind(round)))
        .group_by(comment_index::clause)
        .select((min(comments::clause), count_star()))
        .order((count_star().desc(), min(comment_index::place)))
        .limit(clauses)
        .load::<(Option<String>, i64)>(conn)?;
    let rulings = whole(rulings);
    Ok(Counts {
        all: rulings.iter().map(|(_, n)| n).sum(),
        late: late.unsigned_abs(),
        proposed: proposed(conn, round)?,
        open_of_nobody: open_of_nobody(conn, round)?,
        rulings,
        kinds: whole(kinds),
        sources: whole(sources),
        owners: owners(conn, round)?,
        busiest: whole(busiest)
            .into_iter()
            .map(|(clause, n)| (clause.unwrap_or_default(), n))
            .collect(),
    })
}

fn proposed(conn: &mut AnyConn, round: RoundId) -> QueryResult<u64> {
    let wanted = Wanted { standing: Some(Standing::Proposed), ..Wanted::default() };
    counted(conn, round, &wanted)
}

fn open_of_nobody(conn: &mut AnyConn, round: RoundId) -> QueryResult<u64> {
    let wanted =
        Wanted { standing: Some(Standing::Open), owner: Some(Owner::Nobody), ..Wanted::default() };
    counted(conn, round, &wanted)
}

fn owners(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<(PersonId, u64)>> {
    let rows: Vec<(Option<PersonId>, i64)> = comment_care::table
        .inner_join(comments::table.on(comments::id.eq(comment_care::comment_id)))
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .filter(comment_care::owner_id.is_not_null())
        .group_by(comment_care::owner_id)
        .select((comment_care::owner_id, count_star()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(owner, n)| owner.map(|owner| (owner, n.unsigned_abs())))
        .collect())
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
