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
    row,
    schema::{
        adjustments, consents, objections, project_aliases, project_parties, project_people,
        project_replaces, project_units, projects,
    },
};

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
    /// Only projects open to the public.
    pub public_only: bool,
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
    if filter.public_only {
        query = query.filter(projects::openness.eq(bind(Openness::Open)));
    }
    if let Some(text) = &filter.text {
        let pattern =
            format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(
            projects::title_zh
                .like(pattern.clone())
                .escape('\\')
                .or(projects::plan_document.like(pattern).escape('\\')),
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

/// People of a project.
pub fn people_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ProjectPersonRow>> {
    project_people::table
        .filter(project_people::project_id.eq(bind(project)))
        .order((project_people::added_at, project_people::person_id))
        .select(ProjectPersonRow::as_select())
        .load(conn)
}

/// The projects of a person, with the role in each.
pub fn roles_of_person(
    conn: &mut AnyConn,
    person: PersonId,
) -> QueryResult<Vec<(ProjectId, ProjectRole)>> {
    project_people::table
        .filter(project_people::person_id.eq(bind(person)))
        .select((project_people::project_id, project_people::role))
        .load(conn)
}

/// Names a person in a project; false when the same role was there.
pub fn add_person(conn: &mut AnyConn, row: &ProjectPersonRow) -> QueryResult<bool> {
    let key = (bind(row.project_id), bind(row.person_id), bind(row.role));
    let there: Option<ProjectPersonRow> = project_people::table
        .find(key)
        .select(ProjectPersonRow::as_select())
        .first(conn)
        .optional()?;
    if there.is_some() {
        return Ok(false);
    }
    diesel::insert_into(project_people::table).values(row).execute(conn).map(|_| true)
}

/// Takes a role in a project from a person; false when it was not there.
pub fn remove_person(
    conn: &mut AnyConn,
    project: ProjectId,
    person: PersonId,
    role: ProjectRole,
) -> QueryResult<bool> {
    diesel::delete(project_people::table.find((bind(project), bind(person), bind(role))))
        .execute(conn)
        .map(|gone| gone == 1)
}

/// Drafting units of a project, the lead first.
pub fn units_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ProjectUnitRow>> {
    project_units::table
        .filter(project_units::project_id.eq(bind(project)))
        .order((project_units::lead.desc(), project_units::rank, project_units::organisation_id))
        .select(ProjectUnitRow::as_select())
        .load(conn)
}

/// Names a drafting unit.
pub fn add_unit(conn: &mut AnyConn, row: &ProjectUnitRow) -> QueryResult<bool> {
    let key = (bind(row.project_id), bind(row.organisation_id));
    let there: Option<ProjectUnitRow> = project_units::table
        .find(key)
        .select(ProjectUnitRow::as_select())
        .first(conn)
        .optional()?;
    if there.is_some() {
        return Ok(false);
    }
    diesel::insert_into(project_units::table).values(row).execute(conn).map(|_| true)
}

/// Makes one unit the lead and every other a participant.
pub fn set_lead_unit(
    conn: &mut AnyConn,
    project: ProjectId,
    lead: OrganisationId,
) -> QueryResult<()> {
    diesel::update(project_units::table.filter(project_units::project_id.eq(bind(project))))
        .set(project_units::lead.eq(false))
        .execute(conn)?;
    diesel::update(project_units::table.find((bind(project), bind(lead))))
        .set(project_units::lead.eq(true))
        .execute(conn)
        .map(drop)
}

/// Authorities of a joint project besides the lead.
pub fn parties_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ProjectPartyRow>> {
    project_parties::table
        .filter(project_parties::project_id.eq(bind(project)))
        .order(project_parties::authority_id)
        .select(ProjectPartyRow::as_select())
        .load(conn)
}

/// Enters a party of a joint project.
pub fn add_party(conn: &mut AnyConn, row: &ProjectPartyRow) -> QueryResult<()> {
    diesel::insert_into(project_parties::table).values(row).execute(conn).map(drop)
}

/// Saves a party of a joint project.
pub fn save_party(conn: &mut AnyConn, row: &ProjectPartyRow) -> QueryResult<()> {
    diesel::update(project_parties::table.find((bind(row.project_id), bind(row.authority_id))))
        .set(row)
        .execute(conn)
        .map(drop)
}

/// Editions that the project's text will replace.
pub fn replaces_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ProjectReplaceRow>> {
    project_replaces::table
        .filter(project_replaces::project_id.eq(bind(project)))
        .order(project_replaces::specification_id)
        .select(ProjectReplaceRow::as_select())
        .load(conn)
}

/// Enters an edition that will be replaced; false when it was there.
pub fn add_replaced(conn: &mut AnyConn, row: &ProjectReplaceRow) -> QueryResult<bool> {
    let key = (bind(row.project_id), bind(row.specification_id));
    let there: Option<ProjectReplaceRow> = project_replaces::table
        .find(key)
        .select(ProjectReplaceRow::as_select())
        .first(conn)
        .optional()?;
    if there.is_some() {
        return Ok(false);
    }
    diesel::insert_into(project_replaces::table).values(row).execute(conn).map(|_| true)
}

/// Remembers a former title.
pub fn add_alias(conn: &mut AnyConn, row: &AliasRow) -> QueryResult<()> {
    diesel::insert_into(project_aliases::table).values(row).execute(conn).map(drop)
}

/// Consents given in the stage that began at the instant.
pub fn consents_of(
    conn: &mut AnyConn,
    project: ProjectId,
    stage_since: DateTime<Utc>,
) -> QueryResult<Vec<ConsentRow>> {
    consents::table
        .filter(consents::project_id.eq(bind(project)))
        .filter(consents::stage_since.eq(bind(stage_since)))
        .order(consents::at)
        .select(ConsentRow::as_select())
        .load(conn)
}

/// Enters or replaces a person's consent for a stage.
pub fn put_consent(conn: &mut AnyConn, row: &ConsentRow) -> QueryResult<()> {
    let key = (bind(row.project_id), bind(row.person_id), bind(row.stage_since));
    if diesel::update(consents::table.find(key)).set(row).execute(conn)? == 0 {
        diesel::insert_into(consents::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Objections of a project.
pub fn objections_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ObjectionRow>> {
    objections::table
        .filter(objections::project_id.eq(bind(project)))
        .order(objections::at)
        .select(ObjectionRow::as_select())
        .load(conn)
}

/// An objection by its identity.
pub fn objection(conn: &mut AnyConn, id: ObjectionId) -> QueryResult<Option<ObjectionRow>> {
    objections::table.find(bind(id)).select(ObjectionRow::as_select()).first(conn).optional()
}

/// Enters an objection.
pub fn add_objection(conn: &mut AnyConn, row: &ObjectionRow) -> QueryResult<()> {
    diesel::insert_into(objections::table).values(row).execute(conn).map(drop)
}

/// Saves an objection.
pub fn save_objection(conn: &mut AnyConn, row: &ObjectionRow) -> QueryResult<()> {
    diesel::update(objections::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Adjustment requests of a project, the newest first.
pub fn adjustments_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<AdjustmentRow>> {
    adjustments::table
        .filter(adjustments::project_id.eq(bind(project)))
        .order(adjustments::id.desc())
        .select(AdjustmentRow::as_select())
        .load(conn)
}

/// Enters an adjustment request.
pub fn add_adjustment(conn: &mut AnyConn, row: &AdjustmentRow) -> QueryResult<()> {
    diesel::insert_into(adjustments::table).values(row).execute(conn).map(drop)
}

/// Saves an adjustment request.
pub fn save_adjustment(conn: &mut AnyConn, row: &AdjustmentRow) -> QueryResult<()> {
    diesel::update(adjustments::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}
