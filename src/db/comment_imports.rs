//! Tables of comments that were handed in, what became of their rows, and what the headings of a sender mean.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::count_star, prelude::*};
use quanheng_domain::{
    comment::{CommentSource, ImportRowState, ImportState},
    ids::{CommentId, DocumentId, ImportId, ObjectId, PersonId, ProjectId, RoundId},
    lifecycle::RoundStatus,
};
use serde_json::Value;

use crate::{
    bind,
    comments::PORTION,
    conn::AnyConn,
    on_each, row,
    schema::{column_habits, comment_import_rows, comment_imports, rounds},
};

row! {
    /// A row of `comment_imports`: a table that was handed in for a round.
    pub struct ImportRow in comment_imports {
        key {
            /// Identity.
            id: ImportId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The round.
        round_id: RoundId,
        /// The file, a document of the project.
        document_id: DocumentId,
        /// Whether its columns are known.
        state: ImportState,
        /// Unit or person that sent it; may be empty.
        sender: String,
        /// Mail address of the sender; may be empty.
        address: String,
        /// How it came.
        source: CommentSource,
        /// When it came.
        received_on: NaiveDate,
        /// Whether comments on clauses that the draft does not have are entered as on the whole text.
        as_whole: bool,
        /// The headings as they stand in the file (`Vec<String>`).
        headings: Value,
        /// What the headings mean (`Mapping`).
        meanings: Value,
        /// What was assumed on reading (`Vec<Message>`).
        notes: Value,
        /// Hash of the secret under which the sender reads the marked copy.
        token_hash: Option<String>,
        /// When the sender was told.
        told_at: Option<DateTime<Utc>>,
        /// Who took it in.
        created_by: Option<PersonId>,
        /// When it was taken in.
        created_at: DateTime<Utc>,
        /// How far it has been entered, while it is (`Progress`).
        progress: Option<Value>,
    }
}

row! {
    /// A row of `comment_import_rows`: what became of one row of a table.
    pub struct ImportLineRow in comment_import_rows {
        key {
            /// The table.
            import_id: ImportId,
            /// Line of the file.
            line: i64,
        }
        /// What became of it.
        state: ImportRowState,
        /// The comment that it is.
        comment_id: Option<CommentId>,
        /// Its cells by the key of their column, for rows that did not enter.
        cells: Value,
        /// What is wrong with it, or doubtful.
        faults: Value,
        /// Why it was thrown away.
        note: String,
        /// Who mended it or threw it away.
        decided_by: Option<PersonId>,
        /// When.
        decided_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `column_habits`: what the headings of a sender mean to a committee.
    pub struct HabitRow in column_habits {
        key {
            /// Committee, or the authority of projects without one.
            holder: ObjectId,
            /// The sender, folded.
            sender: String,
        }
        /// What the headings mean (`Mapping`).
        meanings: Value,
        /// When it was said last.
        used_at: DateTime<Utc>,
    }
}

/// A table by identity.
pub fn find(conn: &mut AnyConn, id: ImportId) -> QueryResult<Option<ImportRow>> {
    comment_imports::table.find(bind(id)).select(ImportRow::as_select()).first(conn).optional()
}

/// The table that was made of a document in a round.
pub fn of_document(
    conn: &mut AnyConn,
    round: RoundId,
    document: DocumentId,
) -> QueryResult<Option<ImportRow>> {
    comment_imports::table
        .filter(comment_imports::round_id.eq(bind(round)))
        .filter(comment_imports::document_id.eq(bind(document)))
        .select(ImportRow::as_select())
        .first(conn)
        .optional()
}

/// The table whose marked copy lies under a secret.
pub fn by_token(conn: &mut AnyConn, token_hash: &str) -> QueryResult<Option<ImportRow>> {
    comment_imports::table
        .filter(comment_imports::token_hash.eq(token_hash))
        .select(ImportRow::as_select())
        .first(conn)
        .optional()
}

/// Tables of a round, the latest first.
pub fn of_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<ImportRow>> {
    comment_imports::table
        .filter(comment_imports::round_id.eq(bind(round)))
        .order(comment_imports::id.desc())
        .select(ImportRow::as_select())
        .load(conn)
}

/// Tables whose rows are being entered, the first first.
pub fn entering(conn: &mut AnyConn) -> QueryResult<Vec<ImportRow>> {
    comment_imports::table
        .filter(comment_imports::state.eq(bind(ImportState::Entering)))
        .order(comment_imports::id)
        .select(ImportRow::as_select())
        .load(conn)
}

/// Enters a table.
pub fn insert(conn: &mut AnyConn, row: &ImportRow) -> QueryResult<()> {
    diesel::insert_into(comment_imports::table).values(row).execute(conn).map(drop)
}

/// Saves a table if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut ImportRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let table = comment_imports::table.find(bind(row.id));
    let changed =
        diesel::update(table.filter(comment_imports::version.eq(read))).set(&*row).execute(conn)?;
    Ok(changed == 1)
}

/// What became of the rows of a table, by line.
pub fn lines(conn: &mut AnyConn, import: ImportId) -> QueryResult<Vec<ImportLineRow>> {
    comment_import_rows::table
        .filter(comment_import_rows::import_id.eq(bind(import)))
        .order(comment_import_rows::line)
        .select(ImportLineRow::as_select())
        .load(conn)
}

/// What became of one row.
pub fn line(conn: &mut AnyConn, import: ImportId, line: i64) -> QueryResult<Option<ImportLineRow>> {
    comment_import_rows::table
        .find((bind(import), line))
        .select(ImportLineRow::as_select())
        .first(conn)
        .optional()
}

/// Notes what became of rows for the first time.
pub fn insert_lines(conn: &mut AnyConn, rows: &[ImportLineRow]) -> QueryResult<()> {
    for some in rows.chunks(PORTION) {
        let insert = diesel::insert_into(comment_import_rows::table).values(some);
        on_each!(&mut *conn, c => insert.execute(c))?;
    }
    Ok(())
}

/// Notes what became of a row.
pub fn save_line(conn: &mut AnyConn, row: &ImportLineRow) -> QueryResult<()> {
    diesel::update(comment_import_rows::table.find((bind(row.import_id), row.line)))
        .set(row)
        .execute(conn)
        .map(drop)
}

/// Notes what became of many rows that were noted before.
pub fn save_lines(conn: &mut AnyConn, rows: &[ImportLineRow]) -> QueryResult<()> {
    let Some(import) = rows.first().map(|row| row.import_id) else { return Ok(()) };
    for some in rows.chunks(PORTION) {
        let lines = some.iter().map(|row| row.line);
        let of_table = comment_import_rows::import_id.eq(bind(import));
        let before = of_table.and(comment_import_rows::line.eq_any(lines));
        diesel::delete(comment_import_rows::table.filter(before)).execute(conn)?;
    }
    insert_lines(conn, rows)
}

/// Forgets what became of the rows of a table, which comes in anew.
pub fn delete_lines(conn: &mut AnyConn, import: ImportId) -> QueryResult<()> {
    diesel::delete(
        comment_import_rows::table.filter(comment_import_rows::import_id.eq(bind(import))),
    )
    .execute(conn)
    .map(drop)
}

/// How many rows of each table of a round came to each state.
pub fn counts_of_round(
    conn: &mut AnyConn,
    round: RoundId,
) -> QueryResult<Vec<(ImportId, ImportRowState, i64)>> {
    comment_import_rows::table
        .inner_join(
            comment_imports::table.on(comment_imports::id.eq(comment_import_rows::import_id)),
        )
        .filter(comment_imports::round_id.eq(bind(round)))
        .group_by((comment_import_rows::import_id, comment_import_rows::state))
        .select((comment_import_rows::import_id, comment_import_rows::state, count_star()))
        .load(conn)
}

/// Rounds of these projects in which rows of tables wait for somebody to decide, with how many wait.
pub fn waiting_by_round(
    conn: &mut AnyConn,
    projects: &[ProjectId],
) -> QueryResult<Vec<(ProjectId, RoundId, i64)>> {
    comment_import_rows::table
        .inner_join(
            comment_imports::table.on(comment_imports::id.eq(comment_import_rows::import_id)),
        )
        .inner_join(rounds::table.on(rounds::id.eq(comment_imports::round_id)))
        .filter(rounds::project_id.eq_any(projects.iter().copied().map(bind)))
        .filter(rounds::status.eq_any([RoundStatus::Running, RoundStatus::Closed].map(bind)))
        .filter(comment_import_rows::state.eq(bind(ImportRowState::Waiting)))
        .group_by((rounds::project_id, rounds::id))
        .select((rounds::project_id, rounds::id, count_star()))
        .load(conn)
}

/// How many rows of tables of a round wait for somebody to decide.
pub fn waiting_in(conn: &mut AnyConn, round: RoundId) -> QueryResult<i64> {
    let of_round = comment_imports::table
        .filter(comment_imports::round_id.eq(bind(round)))
        .select(comment_imports::id);
    comment_import_rows::table
        .filter(comment_import_rows::import_id.eq_any(of_round))
        .filter(comment_import_rows::state.eq(bind(ImportRowState::Waiting)))
        .count()
        .get_result(conn)
}

/// How many rows of a table wait.
pub fn waiting_of(conn: &mut AnyConn, import: ImportId) -> QueryResult<i64> {
    comment_import_rows::table
        .filter(comment_import_rows::import_id.eq(bind(import)))
        .filter(comment_import_rows::state.eq(bind(ImportRowState::Waiting)))
        .count()
        .get_result(conn)
}

/// What the headings of a sender mean.
pub fn habit(conn: &mut AnyConn, holder: ObjectId, sender: &str) -> QueryResult<Option<HabitRow>> {
    column_habits::table
        .find((bind(holder), sender.to_owned()))
        .select(HabitRow::as_select())
        .first(conn)
        .optional()
}

/// Remembers what the headings of a sender mean.
pub fn keep_habit(conn: &mut AnyConn, row: &HabitRow) -> QueryResult<()> {
    let kept = column_habits::table.find((bind(row.holder), row.sender.clone()));
    if diesel::update(kept).set(row).execute(conn)? == 0 {
        diesel::insert_into(column_habits::table).values(row).execute(conn)?;
    }
    Ok(())
}
