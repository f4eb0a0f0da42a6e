//! Projects with their people, units, parties, consents, objections and adjustments.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    Keyed,
    ids::{
        AdjustmentId, AuthorityId, CommitteeId, ObjectId, ObjectionId, OrganisationId, PersonId,
        ProfileId, ProjectId, SpecificationId,
    },
    lifecycle::{Adoption, Openness, ProjectKind},
    people::{ProjectRole, Role},
    records::{AdjustmentKind, Decision, Origin},
    specification::{Category, Level},
    stage::Stage,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    register::{AuthorityRow, CommitteeRow},
    row,
    schema::{
        adjustments, authorities, committees, consents, objections, project_aliases,
        project_parties, project_people, project_replaces, project_units, projects,
    },
};

pub use crate::project_parts::*;

row! {
    /// A row of `projects`.
    pub struct ProjectRow in projects {
        key {
            /// Identity.
            id: ProjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `number`
        number: Option<String>,
        /// `kind`
        kind: ProjectKind,
        /// `category`
        category: Category,
        /// `level`
        level: Level,
        /// `authority_id`
        authority_id: AuthorityId,
        /// `committee_id`
        committee_id: Option<CommitteeId>,
        /// `profile_id`
        profile_id: ProfileId,
        /// `stage`
        stage: Stage,
        /// `stage_since`
        stage_since: DateTime<Utc>,
        /// `withdrawn_from`
        withdrawn_from: Option<Stage>,
        /// `openness`
        openness: Openness,
        /// `adoption`
        adoption: Adoption,
        /// `emergency`
        emergency: bool,
        /// `livelihood`
        livelihood: bool,
        /// `title_zh`
        title_zh: String,
        /// `title_en`
        title_en: String,
        /// `specification_id`
        specification_id: Option<SpecificationId>,
        /// `parent_id`
        parent_id: Option<ProjectId>,
        /// `plan_document`
        plan_document: String,
        /// `plan_on`
        plan_on: Option<NaiveDate>,
        /// `due_on`
        due_on: Option<NaiveDate>,
        /// `extensions`
        extensions: i32,
        /// `failures`
        failures: i32,
        /// `review_form`
        review_form: Option<String>,
        /// `review_on`
        review_on: Option<NaiveDate>,
        /// `review_place`
        review_place: String,
        /// `result`
        result: Option<String>,
        /// `origin`
        origin: Origin,
        /// `details`
        details: Value,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `project_replaces`.
    pub struct ProjectReplaceRow in project_replaces {
        key {
            /// `project_id`
            project_id: ProjectId,
            /// `specification_id`
            specification_id: SpecificationId,
        }
        /// `whole`
        whole: bool,
        /// `detail`
        detail: String,
    }
}

row! {
    /// A row of `project_people`.
    pub struct ProjectPersonRow in project_people {
        key {
            /// `project_id`
            project_id: ProjectId,
            /// `person_id`
            person_id: PersonId,
            /// `role`
            role: ProjectRole,
        }
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `added_at`
        added_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `project_units`.
    pub struct ProjectUnitRow in project_units {
        key {
            /// `project_id`
            project_id: ProjectId,
            /// `organisation_id`
            organisation_id: OrganisationId,
        }
        /// `lead`
        lead: bool,
        /// `rank`
        rank: i32,
    }
}

row! {
    /// A row of `project_parties`.
    pub struct ProjectPartyRow in project_parties {
        key {
            /// `project_id`
            project_id: ProjectId,
            /// `authority_id`
            authority_id: AuthorityId,
        }
        /// `approved_at`
        approved_at: Option<DateTime<Utc>>,
        /// `approval_document`
        approval_document: String,
        /// `dropped_at`
        dropped_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `project_aliases`.
    pub struct AliasRow in project_aliases {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `project_id`
        project_id: ProjectId,
        /// `title_zh`
        title_zh: String,
        /// `until`
        until: DateTime<Utc>,
    }
}

row! {
    /// A row of `consents`.
    pub struct ConsentRow in consents {
        key {
            /// `project_id`
            project_id: ProjectId,
            /// `person_id`
            person_id: PersonId,
            /// `stage_since`
            stage_since: DateTime<Utc>,
        }
        /// `role`
        role: Role,
        /// `agreed`
        agreed: bool,
        /// Remark.
        note: String,
        /// `at`
        at: DateTime<Utc>,
    }
}

row! {
    /// A row of `objections`.
    pub struct ObjectionRow in objections {
        key {
            /// Identity.
            id: ObjectionId,
        }
        /// `project_id`
        project_id: ProjectId,
        /// `name`
        name: String,
        /// `contact`
        contact: String,
        /// `unit`
        unit: String,
        /// `text`
        text: String,
        /// `at`
        at: DateTime<Utc>,
        /// `answer_due`
        answer_due: DateTime<Utc>,
        /// `answer`
        answer: String,
        /// `answered_at`
        answered_at: Option<DateTime<Utc>>,
        /// `answered_by`
        answered_by: Option<PersonId>,
    }
}

row! {
    /// A row of `adjustments`.
    pub struct AdjustmentRow in adjustments {
        key {
            /// Identity.
            id: AdjustmentId,
        }
        /// `project_id`
        project_id: ProjectId,
        /// `kind`
        kind: AdjustmentKind,
        /// `reason`
        reason: String,
        /// `wanted`
        wanted: String,
        /// `requested_by`
        requested_by: Option<PersonId>,
        /// `requested_on`
        requested_on: NaiveDate,
        /// `decision`
        decision: Option<Decision>,
        /// `decided_by`
        decided_by: Option<PersonId>,
        /// `decided_at`
        decided_at: Option<DateTime<Utc>>,
        /// `document_number`
        document_number: String,
    }
}

/// A project by its identity.
pub fn find(conn: &mut AnyConn, id: ProjectId) -> QueryResult<Option<ProjectRow>> {
    projects::table.find(bind(id)).select(ProjectRow::as_select()).first(conn).optional()
}

/// A project with the authority and the committee to which it belongs.
pub fn with_owners(
    conn: &mut AnyConn,
    id: ProjectId,
) -> QueryResult<Option<(ProjectRow, AuthorityRow, Option<CommitteeRow>)>> {
    projects::table
        .inner_join(authorities::table.on(authorities::id.eq(projects::authority_id)))
        .left_join(committees::table.on(projects::committee_id.eq(committees::id.nullable())))
        .filter(projects::id.eq(bind(id)))
        .select((
            ProjectRow::as_select(),
            AuthorityRow::as_select(),
            Option::<CommitteeRow>::as_select(),
        ))
        .first(conn)
        .optional()
}

/// Enters a project.
pub fn insert(conn: &mut AnyConn, row: &ProjectRow) -> QueryResult<()> {
    diesel::insert_into(projects::table).values(row).execute(conn).map(drop)
}

/// Saves a project if nobody changed it since it was read, counting its version up; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut ProjectRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed =
        diesel::update(projects::table.find(bind(row.id)).filter(projects::version.eq(read)))
            .set(&*row)
            .execute(conn)?;
    Ok(changed == 1)
}

/// What a list of projects is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct ProjectFilter {
    /// Stages.
    pub stages: Option<Vec<Stage>>,
    /// Committee.
    pub committee: Option<CommitteeId>,
    /// Authority.
    pub authority: Option<AuthorityId>,
    /// Only those whose due day is before this day and that have not ended.
    pub overdue_on: Option<NaiveDate>,
    /// Part of a title or number, folded by the caller.
    pub text: Option<String>,
    /// Only these.
    pub ids: Option<Vec<ProjectId>>,
    /// Only those that this reader may know of; none: all.
    pub reader: Option<Reader>,
    /// Only those that have not ended.
    pub running: bool,
}

/// Somebody as far as the question goes of which projects she may know; open projects are known to all.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// Committees in which she has a seat.
    pub committees: Vec<CommitteeId>,
    /// Authorities for which she acts.
    pub authorities: Vec<AuthorityId>,
    /// Projects in which she is named.
    pub named: Vec<ProjectId>,
}

/// Projects of a filter, newest first, with the total.
pub fn list(
    conn: &mut AnyConn,
    filter: &ProjectFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<ProjectRow>, i64)> {
    let total = narrowed(filter).count().get_result(conn)?;
    let rows = narrowed(filter)
        .order((projects::created_at.desc(), projects::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(ProjectRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Some projects, the newest first, where nobody asks how many there are.
pub fn newest(
    conn: &mut AnyConn,
    filter: &ProjectFilter,
    limit: i64,
) -> QueryResult<Vec<ProjectRow>> {
    narrowed(filter)
        .order((projects::created_at.desc(), projects::id.desc()))
        .limit(limit)
        .select(ProjectRow::as_select())
        .load(conn)
}

fn narrowed(filter: &ProjectFilter) -> projects::BoxedQuery<'_, crate::conn::MultiBackend> {
    let mut query = projects::table.into_boxed();
    if let Some(stages) = &filter.stages {
        query = query.filter(projects::stage.eq_any(stages.iter().copied().map(bind)));
    }
    if let Some(committee) = filter.committee {
        query = query.filter(projects::committee_id.eq(bind(committee)));
    }
    if let Some(authority) = filter.authority {
        query = query.filter(projects::authority_id.eq(bind(authority)));
    }
    if let Some(day) = filter.overdue_on {
        let running = Stage::ALL.iter().copied().filter(|stage| !stage.is_final()).map(bind);
        query = query.filter(projects::due_on.lt(day)).filter(projects::stage.eq_any(running));
    }
    if let Some(ids) = &filter.ids {
        query = query.filter(projects::id.eq_any(ids.iter().copied().map(bind)));
    }
    if filter.running {
        let running = Stage::ALL.iter().copied().filter(|stage| !stage.is_final()).map(bind);
        query = query.filter(projects::stage.eq_any(running));
    }
    if let Some(reader) = &filter.reader {
        let committees = reader.committees.iter().copied().map(Some).map(bind);
        let authorities = reader.authorities.iter().copied().map(bind);
        let named = reader.named.iter().copied().map(bind);
        query = query.filter(
            projects::committee_id
                .eq_any(committees)
                .or(projects::openness.eq(bind(Openness::Open)).nullable())
                .or(projects::authority_id.eq_any(authorities).nullable())
                .or(projects::id.eq_any(named).nullable()),
        );
    }
    if let Some(text) = &filter.text {
        let pattern =
            format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(
            projects::number
                .like(pattern.clone())
                .escape('\\')
                .or(projects::title_zh.like(pattern.clone()).escape('\\').nullable())
                .or(projects::plan_document.like(pattern).escape('\\').nullable()),
        );
    }
    query
}

/// Projects about an edition.
pub fn of_specification(
    conn: &mut AnyConn,
    specification: SpecificationId,
) -> QueryResult<Vec<ProjectRow>> {
    projects::table
        .filter(projects::specification_id.eq(bind(specification)))
        .order(projects::created_at)
        .select(ProjectRow::as_select())
        .load(conn)
}

/// Projects that have not ended and belong to one of the committees or authorities (those that joined included), or are named; the
/// oldest in stage first.
pub fn running_of(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
    authorities: &[AuthorityId],
    named: &[ProjectId],
    limit: i64,
) -> QueryResult<Vec<ProjectRow>> {
    let running = Stage::ALL.iter().copied().filter(|stage| !stage.is_final()).map(bind);
    let committees = committees.iter().copied().map(Some).map(bind);
    let joined = project_parties::table
        .filter(project_parties::authority_id.eq_any(authorities.iter().copied().map(bind)))
        .filter(project_parties::dropped_at.is_null())
        .select(project_parties::project_id);
    projects::table
        .filter(projects::stage.eq_any(running))
        .filter(
            projects::committee_id
                .eq_any(committees)
                .or(projects::authority_id.eq_any(authorities.iter().copied().map(bind)).nullable())
                .or(projects::id.eq_any(joined).nullable())
                .or(projects::id.eq_any(named.iter().copied().map(bind)).nullable()),
        )
        .order((projects::stage_since, projects::id))
        .limit(limit)
        .select(ProjectRow::as_select())
        .load(conn)
}
