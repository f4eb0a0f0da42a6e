//! Comment rounds, who was asked, and the comments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition, RecipientAnswer, RoundPurpose},
    ids::{
        CommentId, DocumentId, ObjectId, OrganisationId, PersonId, ProfileId, ProjectId, RoundId,
    },
    lifecycle::RoundStatus,
    rules::RecipientClass,
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{comments, round_recipients, rounds},
};

row! {
    /// A row of `rounds`.
    pub struct RoundRow in rounds {
        key {
            /// Identity.
            id: RoundId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `project_id`
        project_id: ProjectId,
        /// `ordinal`
        ordinal: i32,
        /// `document_id`
        document_id: Option<DocumentId>,
        /// `purpose`
        purpose: RoundPurpose,
        /// `status`
        status: RoundStatus,
        /// `opens_at`
        opens_at: DateTime<Utc>,
        /// `closes_at`
        closes_at: DateTime<Utc>,
        /// `profile_id`
        profile_id: ProfileId,
        /// `reason`
        reason: String,
        /// `next_serial`
        next_serial: i32,
    }
}

row! {
    /// A row of `round_recipients`.
    pub struct RecipientRow in round_recipients {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `round_id`
        round_id: RoundId,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `name`
        name: String,
        /// `class`
        class: RecipientClass,
        /// `asked_at`
        asked_at: DateTime<Utc>,
        /// `answered_at`
        answered_at: Option<DateTime<Utc>>,
        /// `answer`
        answer: Option<RecipientAnswer>,
        /// Mail address of a unit that is not in the register; may be empty.
        address: String,
    }
}

row! {
    /// A row of `comments`.
    pub struct CommentRow in comments {
        key {
            /// Identity.
            id: CommentId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `round_id`
        round_id: RoundId,
        /// `serial`
        serial: i32,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `author_name`
        author_name: String,
        /// `author_contact`
        author_contact: String,
        /// `author_unit`
        author_unit: String,
        /// `author_class`
        author_class: RecipientClass,
        /// `publish_name`
        publish_name: bool,
        /// `clause`
        clause: String,
        /// `kind`
        kind: CommentKind,
        /// `body`
        body: String,
        /// `proposal`
        proposal: String,
        /// `reason`
        reason: String,
        /// `source`
        source: CommentSource,
        /// `received_at`
        received_at: DateTime<Utc>,
        /// `confirmed_at`
        confirmed_at: Option<DateTime<Utc>>,
        /// `late`
        late: bool,
        /// `disposition`
        disposition: Option<Disposition>,
        /// `disposition_reason`
        disposition_reason: String,
        /// `text_changed`
        text_changed: Option<bool>,
        /// `duplicate_of`
        duplicate_of: Option<CommentId>,
        /// `disposed_by`
        disposed_by: Option<PersonId>,
        /// `disposed_at`
        disposed_at: Option<DateTime<Utc>>,
        /// `published_at`
        published_at: Option<DateTime<Utc>>,
        /// `hidden_reason`
        hidden_reason: String,
        /// `token_hash`
        token_hash: Option<String>,
        /// Language of mails to the author.
        locale: String,
        /// Scan of a comment that came on paper.
        scan_id: Option<DocumentId>,
    }
}

/// A round by identity.
pub fn find(conn: &mut AnyConn, id: RoundId) -> QueryResult<Option<RoundRow>> {
    rounds::table.find(bind(id)).select(RoundRow::as_select()).first(conn).optional()
}

/// The latest round of a project.
pub fn latest_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Option<RoundRow>> {
    rounds::table
        .filter(rounds::project_id.eq(bind(project)))
        .order(rounds::ordinal.desc())
        .select(RoundRow::as_select())
        .first(conn)
        .optional()
}

/// Rounds of a project, the first first.
pub fn of_project(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<RoundRow>> {
    rounds::table
        .filter(rounds::project_id.eq(bind(project)))
        .order(rounds::ordinal)
        .select(RoundRow::as_select())
        .load(conn)
}

/// Enters a round.
pub fn insert(conn: &mut AnyConn, row: &RoundRow) -> QueryResult<()> {
    diesel::insert_into(rounds::table).values(row).execute(conn).map(drop)
}

/// Saves a round if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut RoundRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(rounds::table.find(bind(row.id)).filter(rounds::version.eq(read)))
        .set(&*row)
        .execute(conn)?;
    Ok(changed == 1)
}

/// How many confirmed comments a round has, and how many are not settled, late ones only if they count; a row of a table that waits to be
/// entered is not settled either, nor a comment of the public that waits to be admitted.
pub fn comment_counts(
    conn: &mut AnyConn,
    round: RoundId,
    late_count: bool,
) -> QueryResult<(i64, i64)> {
    let ruled: Vec<(Option<Disposition>, i64)> = comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .filter(comments::late.eq(false).or(comments::late.eq(late_count)))
        .group_by(comments::disposition)
        .select((comments::disposition, diesel::dsl::count_star()))
        .load(conn)?;
    let all: i64 = ruled.iter().map(|(_, count)| count).sum();
    let pending = |code: &Option<Disposition>| code.is_none_or(|code| code == Disposition::Pending);
    let open: i64 = ruled.iter().filter(|(code, _)| pending(code)).map(|(_, count)| count).sum();
    let waiting = crate::comment_imports::waiting_in(conn, round)?
        + crate::comment_watch::waiting_in(conn, round)?;
    Ok((all, open + waiting))
}

/// Those asked in a round.
pub fn recipients_of(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<RecipientRow>> {
    round_recipients::table
        .filter(round_recipients::round_id.eq(bind(round)))
        .order(round_recipients::id)
        .select(RecipientRow::as_select())
        .load(conn)
}

/// Somebody who is asked, by identity.
pub fn recipient(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<RecipientRow>> {
    round_recipients::table.find(bind(id)).select(RecipientRow::as_select()).first(conn).optional()
}

/// The line of a person among those asked in a round.
pub fn recipient_of(
    conn: &mut AnyConn,
    round: RoundId,
    person: PersonId,
) -> QueryResult<Option<RecipientRow>> {
    round_recipients::table
        .filter(round_recipients::round_id.eq(bind(round)))
        .filter(round_recipients::person_id.eq(bind(person)))
        .select(RecipientRow::as_select())
        .first(conn)
        .optional()
}

/// Notes what somebody who was asked answered.
pub fn save_recipient(conn: &mut AnyConn, row: &RecipientRow) -> QueryResult<()> {
    diesel::update(round_recipients::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Takes the next serial numbers of a round and tells the first of them; nobody else gets the same.
pub fn take_serials(conn: &mut AnyConn, round: RoundId, count: i32) -> QueryResult<i32> {
    let after: i32 = diesel::update(rounds::table.find(bind(round)))
        .set((
            rounds::next_serial.eq(rounds::next_serial + count),
            rounds::version.eq(rounds::version + 1),
        ))
        .returning(rounds::next_serial)
        .get_result(conn)?;
    Ok(after - count)
}

/// Enters somebody who is asked.
pub fn add_recipient(conn: &mut AnyConn, row: &RecipientRow) -> QueryResult<()> {
    diesel::insert_into(round_recipients::table).values(row).execute(conn).map(drop)
}

/// Confirmed comments of a round, by serial number.
pub fn confirmed_comments(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// Comments of a round that were confirmed from one instant on and before another, in their order.
pub fn confirmed_between(
    conn: &mut AnyConn,
    round: RoundId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Vec<CommentRow>> {
    comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.ge(bind(Some(from))))
        .filter(comments::confirmed_at.lt(bind(Some(until))))
        .order(comments::serial)
        .select(CommentRow::as_select())
        .load(conn)
}

/// Marks the answers to every confirmed comment of a round as published.
pub fn publish_answers(
    conn: &mut AnyConn,
    round: RoundId,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(
        comments::table
            .filter(comments::round_id.eq(bind(round)))
            .filter(comments::confirmed_at.is_not_null())
            .filter(comments::published_at.is_null()),
    )
    .set(comments::published_at.eq(bind(Some(now))))
    .execute(conn)
}

/// Running rounds in which the person was asked and has not answered, those that close first at the head.
pub fn owed_by(conn: &mut AnyConn, person: PersonId) -> QueryResult<Vec<RoundRow>> {
    let asked = round_recipients::table
        .filter(round_recipients::person_id.eq(bind(Some(person))))
        .filter(round_recipients::answered_at.is_null())
        .select(round_recipients::round_id);
    rounds::table
        .filter(rounds::status.eq(bind(RoundStatus::Running)))
        .filter(rounds::id.eq_any(asked))
        .order((rounds::closes_at, rounds::id))
        .select(RoundRow::as_select())
        .load(conn)
}

/// The rounds whose end lies latest, those of every project together.
pub fn newest(conn: &mut AnyConn, limit: i64) -> QueryResult<Vec<RoundRow>> {
    rounds::table
        .order((rounds::closes_at.desc(), rounds::id))
        .limit(limit)
        .select(RoundRow::as_select())
        .load(conn)
}
