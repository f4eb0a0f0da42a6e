//! Annual reports and the protocol of imports.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};
use quanheng_domain::{
    ballot::BallotPurpose,
    comment::Disposition,
    event::ObjectKind,
    ids::{
        BallotId, CommitteeId, ObjectId, PersonId, ProjectId, ReportId, RoundId, SpecificationId,
    },
    lifecycle::ProjectKind,
    people::{ProjectRole, Role},
    records::ReportState,
    stage::Stage,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    rows::Bind,
    schema::{
        annual_reports, ballots, comments, committees, events, imports, people, project_people,
        project_units, projects, replacements, rounds, seats, specifications,
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

/// Reports of a committee, the latest year first.
pub fn of_committees(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
) -> QueryResult<Vec<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::committee_id.eq_any(committees.iter().copied().map(bind)))
        .order((annual_reports::year.desc(), annual_reports::committee_id))
        .select(ReportRow::as_select())
        .load(conn)
}

/// Years on which somebody reported, the latest first.
pub fn years(conn: &mut AnyConn) -> QueryResult<Vec<i32>> {
    annual_reports::table
        .select(annual_reports::year)
        .distinct()
        .order(annual_reports::year.desc())
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

/// A project of a committee, as far as reports need it.
#[derive(Debug, Clone, Queryable)]
pub struct ProjectLine {
    /// The project.
    pub id: ProjectId,
    /// The committee.
    pub committee: Option<CommitteeId>,
    /// Its title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// Its kind.
    pub kind: ProjectKind,
    /// Where it stands now.
    pub stage: Stage,
    /// The day of the plan that names it.
    pub plan_on: Option<NaiveDate>,
    /// The day by which it is due, as it stands now.
    pub due_on: Option<NaiveDate>,
    /// When it came into the register.
    pub created_at: DateTime<Utc>,
}

/// A move of a project, from the ledger.
#[derive(Debug, Clone, Queryable)]
pub struct MoveLine {
    /// The project.
    pub project: ObjectId,
    /// When.
    pub at: DateTime<Utc>,
    /// Key of the move.
    pub event: String,
    /// Stage before.
    pub from_stage: String,
    /// Stage after.
    pub to_stage: String,
}

fn some(ids: &[CommitteeId]) -> impl Iterator<Item = Bind<Option<CommitteeId>>> + '_ {
    ids.iter().copied().map(|id| bind(Some(id)))
}

/// Every project of these committees.
pub fn projects_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
) -> QueryResult<Vec<ProjectLine>> {
    projects::table
        .filter(projects::committee_id.eq_any(some(committees)))
        .order((projects::created_at, projects::id))
        .select((
            projects::id,
            projects::committee_id,
            projects::title_zh,
            projects::title_en,
            projects::kind,
            projects::stage,
            projects::plan_on,
            projects::due_on,
            projects::created_at,
        ))
        .load(conn)
}

/// Projects of these committees whose text the unit drafts that hosts the committee's secretariat, by being named or by its people.
pub fn hosted_of(
    conn: &mut AnyConn,
    all: &[CommitteeId],
) -> QueryResult<Vec<(Option<CommitteeId>, ProjectId)>> {
    let of_host = projects::table
        .inner_join(committees::table.on(projects::committee_id.eq(committees::id.nullable())))
        .filter(projects::committee_id.eq_any(some(all)));
    let named = project_units::table
        .filter(project_units::project_id.eq(projects::id))
        .filter(committees::host_id.eq(project_units::organisation_id.nullable()));
    let people = project_people::table
        .filter(project_people::project_id.eq(projects::id))
        .filter(project_people::organisation_id.eq(committees::host_id))
        .filter(
            project_people::role.eq_any([ProjectRole::LeadDrafter, ProjectRole::Drafter].map(bind)),
        );
    of_host
        .filter(exists(named).or(exists(people)))
        .select((projects::committee_id, projects::id))
        .load(conn)
}

/// Every move of every project of these committees, in order.
pub fn moves_of(conn: &mut AnyConn, committees: &[CommitteeId]) -> QueryResult<Vec<MoveLine>> {
    projects::table
        .inner_join(
            events::table.on(events::object_kind
                .eq(bind(ObjectKind::Project))
                .and(events::object_id.eq(projects::id))),
        )
        .filter(projects::committee_id.eq_any(some(committees)))
        .filter(events::to_stage.ne(""))
        .order(events::seq)
        .select((events::object_id, events::at, events::kind, events::from_stage, events::to_stage))
        .load(conn)
}

/// The facts of the moves of these kinds, for every project of these committees, in order.
pub fn facts_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
    kinds: &[&str],
) -> QueryResult<Vec<(ObjectId, DateTime<Utc>, Value)>> {
    projects::table
        .inner_join(
            events::table.on(events::object_kind
                .eq(bind(ObjectKind::Project))
                .and(events::object_id.eq(projects::id))),
        )
        .filter(projects::committee_id.eq_any(some(committees)))
        .filter(events::kind.eq_any(kinds))
        .order(events::seq)
        .select((events::object_id, events::at, events::facts))
        .load(conn)
}

/// A round of a committee's project.
#[derive(Debug, Clone, Queryable)]
pub struct RoundLine {
    /// The round.
    pub id: RoundId,
    /// The committee.
    pub committee: Option<CommitteeId>,
    /// Title of the project.
    pub title: String,
    /// When it opened.
    pub opens_at: DateTime<Utc>,
}

/// Rounds of these committees that opened in a span of time.
pub fn rounds_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<RoundLine>> {
    rounds::table
        .inner_join(projects::table.on(projects::id.eq(rounds::project_id)))
        .filter(projects::committee_id.eq_any(some(committees)))
        .filter(rounds::opens_at.ge(bind(from)))
        .filter(rounds::opens_at.lt(bind(to)))
        .order((rounds::opens_at, rounds::id))
        .select((rounds::id, projects::committee_id, projects::title_zh, rounds::opens_at))
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

/// A ballot that was closed.
#[derive(Debug, Clone, Queryable)]
pub struct BallotLine {
    /// The ballot.
    pub id: BallotId,
    /// The committee.
    pub committee: CommitteeId,
    /// What it is about.
    pub purpose: BallotPurpose,
    /// The question.
    pub question: String,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The tally.
    pub result: Option<Value>,
}

/// Ballots of these committees closed in a span of time.
pub fn ballots_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<BallotLine>> {
    ballots::table
        .filter(ballots::committee_id.eq_any(committees.iter().copied().map(bind)))
        .filter(ballots::closed_at.ge(bind(Some(from))))
        .filter(ballots::closed_at.lt(bind(Some(to))))
        .order((ballots::closed_at, ballots::id))
        .select((
            ballots::id,
            ballots::committee_id,
            ballots::purpose,
            ballots::question,
            ballots::closed_at,
            ballots::result,
        ))
        .load(conn)
}

/// An edition, as far as reports need it.
#[derive(Debug, Clone, Queryable)]
pub struct EditionLine {
    /// The edition.
    pub id: SpecificationId,
    /// The committee.
    pub committee: Option<CommitteeId>,
    /// Its number as printed.
    pub number: String,
    /// Its number as an address.
    pub number_key: String,
    /// Its title.
    pub title: String,
    /// The day on which it was issued, as far as known.
    pub issued_on: String,
    /// The day on which it came into force, as far as known.
    pub effective_on: String,
    /// The day on which it was abolished, as far as known.
    pub abolished_on: String,
}

/// Editions of these committees.
pub fn editions_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
) -> QueryResult<Vec<EditionLine>> {
    specifications::table
        .filter(specifications::committee_id.eq_any(some(committees)))
        .order((specifications::sort_key, specifications::id))
        .select((
            specifications::id,
            specifications::committee_id,
            specifications::number,
            specifications::number_key,
            specifications::title_zh,
            specifications::issued_on,
            specifications::effective_on,
            specifications::abolished_on,
        ))
        .load(conn)
}

/// The whole replacements of these editions: the old one, and the day on which the new one came into force.
pub fn replaced_of(
    conn: &mut AnyConn,
    olds: &[SpecificationId],
) -> QueryResult<Vec<(SpecificationId, String)>> {
    replacements::table
        .inner_join(specifications::table.on(specifications::id.eq(replacements::new_id)))
        .filter(replacements::whole.eq(true))
        .filter(replacements::old_id.eq_any(olds.iter().copied().map(bind)))
        .select((replacements::old_id, specifications::effective_on))
        .load(conn)
}

/// A seat with the name of who holds it.
#[derive(Debug, Clone, Queryable)]
pub struct SeatLine {
    /// The committee.
    pub committee: CommitteeId,
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// First day.
    pub since: NaiveDate,
    /// First day on which it no longer holds.
    pub until: Option<NaiveDate>,
}

/// Every seat of these committees, past ones too.
pub fn seats_of(conn: &mut AnyConn, committees: &[CommitteeId]) -> QueryResult<Vec<SeatLine>> {
    seats::table
        .inner_join(people::table.on(people::id.eq(seats::person_id)))
        .filter(seats::committee_id.eq_any(committees.iter().copied().map(bind)))
        .order((seats::rank, seats::since, seats::id))
        .select((
            seats::committee_id,
            seats::person_id,
            people::name_zh,
            seats::role,
            seats::since,
            seats::until,
        ))
        .load(conn)
}
