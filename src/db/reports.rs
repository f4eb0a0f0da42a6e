//! Annual reports and the protocol of imports.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::Disposition,
    event::ObjectKind,
    ids::{CommitteeId, ObjectId, PersonId, ProjectId, ReportId, RoundId},
    lifecycle::ProjectKind,
    records::ReportState,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{
        annual_reports, ballots, comments, events, imports, projects, rounds, specifications,
    },
};

row! {
    /// A row of `annual_reports`.
    pub struct ReportRow in annual_reports {
        key {
            /// Identity.
            id: ReportId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `committee_id`
        committee_id: CommitteeId,
        /// `year`
        year: i32,
        /// `state`
        state: ReportState,
        /// `figures`
        figures: Value,
        /// `narratives`
        narratives: Value,
        /// `corrections`
        corrections: Value,
        /// `written_by`
        written_by: Option<PersonId>,
        /// `signed_by`
        signed_by: Option<PersonId>,
        /// `signed_at`
        signed_at: Option<DateTime<Utc>>,
        /// `submitted_at`
        submitted_at: Option<DateTime<Utc>>,
        /// `decided_by`
        decided_by: Option<PersonId>,
        /// `decided_at`
        decided_at: Option<DateTime<Utc>>,
        /// `decision_note`
        decision_note: String,
        /// `updated_at`
        updated_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `imports`.
    pub struct ImportRow in imports {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `kind`
        kind: String,
        /// `file_name`
        file_name: String,
        /// `sha256`
        sha256: String,
        /// `at`
        at: DateTime<Utc>,
        /// `imported_by`
        imported_by: String,
        /// `created`
        created: i32,
        /// `changed`
        changed: i32,
        /// `unchanged`
        unchanged: i32,
        /// `bad`
        bad: i32,
        /// `report`
        report: Value,
    }
}

/// The report of a committee for a year.
pub fn find(
    conn: &mut AnyConn,
    committee: CommitteeId,
    year: i32,
) -> QueryResult<Option<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::committee_id.eq(bind(committee)))
        .filter(annual_reports::year.eq(year))
        .select(ReportRow::as_select())
        .first(conn)
        .optional()
}

/// A report by identity.
pub fn get(conn: &mut AnyConn, id: ReportId) -> QueryResult<Option<ReportRow>> {
    annual_reports::table.find(bind(id)).select(ReportRow::as_select()).first(conn).optional()
}

/// Reports of a year, every committee.
pub fn of_year(conn: &mut AnyConn, year: i32) -> QueryResult<Vec<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::year.eq(year))
        .order(annual_reports::committee_id)
        .select(ReportRow::as_select())
        .load(conn)
}

/// Enters a report.
pub fn insert(conn: &mut AnyConn, row: &ReportRow) -> QueryResult<()> {
    diesel::insert_into(annual_reports::table).values(row).execute(conn).map(drop)
}

/// Saves a report if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut ReportRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        annual_reports::table.find(bind(row.id)).filter(annual_reports::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// One event of a committee's project, with the project it belongs to.
#[derive(Debug, Clone, Queryable)]
pub struct ProjectEvent {
    /// The project.
    pub project: ProjectId,
    /// Title of the project.
    pub title: String,
    /// Kind of the project.
    pub kind: ProjectKind,
    /// Day by which it is due.
    pub due_on: Option<NaiveDate>,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: String,
    /// Stage before.
    pub from_stage: String,
    /// Stage after.
    pub to_stage: String,
}

/// Events of every project of a committee before an instant, in order.
pub fn project_events(
    conn: &mut AnyConn,
    committee: CommitteeId,
    before: DateTime<Utc>,
) -> QueryResult<Vec<ProjectEvent>> {
    projects::table
        .inner_join(
            events::table.on(events::object_kind
                .eq(bind(ObjectKind::Project))
                .and(events::object_id.eq(projects::id))),
        )
        .filter(projects::committee_id.eq(bind(Some(committee))))
        .filter(events::at.lt(bind(before)))
        .order(events::seq)
        .select((
            projects::id,
            projects::title_zh,
            projects::kind,
            projects::due_on,
            events::at,
            events::kind,
            events::from_stage,
            events::to_stage,
        ))
        .load(conn)
}

/// Events of a committee itself in a span of time, in order.
pub fn committee_events(
    conn: &mut AnyConn,
    committee: CommitteeId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<(String, DateTime<Utc>, Value)>> {
    events::table
        .filter(events::object_id.eq(bind(committee)))
        .filter(events::at.ge(bind(from)))
        .filter(events::at.lt(bind(to)))
        .order(events::seq)
        .select((events::kind, events::at, events::facts))
        .load(conn)
}

/// A round of a committee's project.
#[derive(Debug, Clone, Queryable)]
pub struct RoundLine {
    /// The round.
    pub id: RoundId,
    /// The project.
    pub project: ProjectId,
    /// Title of the project.
    pub title: String,
    /// When it opened.
    pub opens_at: DateTime<Utc>,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
}

/// Rounds of a committee that opened in a span of time.
pub fn rounds_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<RoundLine>> {
    rounds::table
        .inner_join(projects::table.on(projects::id.eq(rounds::project_id)))
        .filter(projects::committee_id.eq(bind(Some(committee))))
        .filter(rounds::opens_at.ge(bind(from)))
        .filter(rounds::opens_at.lt(bind(to)))
        .order(rounds::opens_at)
        .select((rounds::id, projects::id, projects::title_zh, rounds::opens_at, rounds::closes_at))
        .load(conn)
}

/// Confirmed comments of these rounds: the round, whether late, the disposition.
pub fn comments_of(
    conn: &mut AnyConn,
    ids: &[RoundId],
) -> QueryResult<Vec<(RoundId, bool, Option<Disposition>)>> {
    comments::table
        .filter(comments::round_id.eq_any(ids.iter().copied().map(bind)))
        .filter(comments::confirmed_at.is_not_null())
        .select((comments::round_id, comments::late, comments::disposition))
        .load(conn)
}

/// Ballots of a committee closed in a span of time.
pub fn ballots_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<crate::ballots::BallotRow>> {
    ballots::table
        .filter(ballots::committee_id.eq(bind(committee)))
        .filter(ballots::closed_at.ge(bind(Some(from))))
        .filter(ballots::closed_at.lt(bind(Some(to))))
        .order(ballots::closed_at)
        .select(crate::ballots::BallotRow::as_select())
        .load(conn)
}

/// Editions of a committee.
pub fn editions_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
) -> QueryResult<Vec<crate::specifications::SpecificationRow>> {
    specifications::table
        .filter(specifications::committee_id.eq(bind(Some(committee))))
        .order(specifications::sort_key)
        .select(crate::specifications::SpecificationRow::as_select())
        .load(conn)
}
