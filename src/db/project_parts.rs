//! The parts of a project: people, units, parties, replaced editions, former titles, consents, objections, adjustments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{CommitteeId, ObjectionId, OrganisationId, PersonId, ProjectId},
    people::ProjectRole,
};

use crate::{
    bind,
    conn::AnyConn,
    projects::{
        AdjustmentRow, AliasRow, ConsentRow, ObjectionRow, ProjectPartyRow, ProjectPersonRow,
        ProjectReplaceRow, ProjectUnitRow,
    },
    register::OrganisationRow,
    schema::{
        adjustments, consents, objections, organisations, project_aliases, project_parties,
        project_people, project_replaces, project_units, projects,
    },
};

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

/// The projects of a committee whose text a unit drafts: by being named, or by its people who do.
pub fn drafted_by(
    conn: &mut AnyConn,
    committee: CommitteeId,
    unit: OrganisationId,
) -> QueryResult<Vec<ProjectId>> {
    let named = project_units::table
        .filter(project_units::organisation_id.eq(bind(unit)))
        .select(project_units::project_id);
    let people = project_people::table
        .filter(project_people::organisation_id.eq(bind(Some(unit))))
        .filter(
            project_people::role.eq_any([ProjectRole::LeadDrafter, ProjectRole::Drafter].map(bind)),
        )
        .select(project_people::project_id);
    projects::table
        .filter(projects::committee_id.eq(bind(Some(committee))))
        .filter(projects::id.eq_any(named).or(projects::id.eq_any(people)))
        .select(projects::id)
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

/// The drafting units of a project with the organisations that they are.
pub fn named_units_of(
    conn: &mut AnyConn,
    project: ProjectId,
) -> QueryResult<Vec<(ProjectUnitRow, OrganisationRow)>> {
    project_units::table
        .inner_join(organisations::table.on(organisations::id.eq(project_units::organisation_id)))
        .filter(project_units::project_id.eq(bind(project)))
        .order((project_units::lead.desc(), project_units::rank, project_units::organisation_id))
        .select((ProjectUnitRow::as_select(), OrganisationRow::as_select()))
        .load(conn)
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

/// Takes a drafting unit out; false when it was not there.
pub fn remove_unit(
    conn: &mut AnyConn,
    project: ProjectId,
    organisation: OrganisationId,
) -> QueryResult<bool> {
    diesel::delete(project_units::table.find((bind(project), bind(organisation))))
        .execute(conn)
        .map(|gone| gone == 1)
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

/// The consents of the last stage that asked for them, of those that had begun by the instant.
pub fn last_consents(
    conn: &mut AnyConn,
    project: ProjectId,
    by: DateTime<Utc>,
) -> QueryResult<Vec<ConsentRow>> {
    let mut all: Vec<ConsentRow> = consents::table
        .filter(consents::project_id.eq(bind(project)))
        .filter(consents::stage_since.le(bind(by)))
        .order((consents::stage_since.desc(), consents::at))
        .select(ConsentRow::as_select())
        .load(conn)?;
    let last = all.first().map(|row| row.stage_since);
    all.retain(|row| Some(row.stage_since) == last);
    Ok(all)
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
