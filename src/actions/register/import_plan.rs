//! Takes a plan of projects (制修订计划) into the register: planned ones wait for drafting, proposed ones for screening.

use chrono::NaiveDate;
use quanheng_db::{
    imports,
    projects::{self, ProjectReplaceRow, ProjectRow, ProjectUnitRow},
    register::CommitteeRow,
    rule_profiles,
};
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::{AuthorityId, CommitteeId, ProfileId, SpecificationId},
    lifecycle::{Adoption, DeadlineKind, OpenDeadline, Openness, ProjectKind},
    number::SpecNumber,
    partial_date::PartialDate,
    people::Actor,
    records::Origin,
    rules::keys,
    specification::{Category, Level},
    stage::Stage,
};
use quanheng_tables::formats::{self, PlanAction, PlanBasis, Reading};
use serde_json::json;

use super::{
    authorities,
    import::{Changes, Effect, ImportOptions, ImportReport, Work, run},
    lookups,
};
use crate::{ActionError, Tx, names, profiles, project::details::Details};

/// Imports projects; each is known by its number, or by committee, title and plan document.
///
/// A project that is known keeps its stage: only what the plan owns and nobody has filled in is added.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_plan(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::PlanRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, |_| 0, one)
}

/// What a row says once its words are looked up.
struct Meant {
    committee: Option<CommitteeId>,
    authority: AuthorityId,
    level: Level,
    kind: ProjectKind,
    replaces: Vec<(SpecificationId, Option<String>)>,
    document: String,
    number: Option<String>,
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
) -> Result<(String, Effect), ActionError> {
    let meant = meant(tx, work, row)?;
    let effect = match known(tx, work, row, &meant)? {
        Some(project) => complete(tx, work, project, row, &meant)?,
        None => create(tx, work, row, &meant)?,
    };
    Ok((row.title.clone(), effect))
}

fn meant(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
) -> Result<Meant, ActionError> {
    let committee = responsible(tx, work, row)?;
    let (level, authority) = level_and_authority(tx, work, row, committee.as_ref())?;
    let kind = match row.action {
        Some(PlanAction::Formulate) => ProjectKind::Make,
        Some(PlanAction::Revise) => ProjectKind::Revise,
        Some(PlanAction::PeriodicReview) => ProjectKind::Reexamination,
        None => {
            work.doubt("type", "import-doubt-action-assumed", &row.title);
            ProjectKind::Make
        }
    };
    if kind == ProjectKind::Reexamination && row.replaces.is_empty() {
        return Err(work.refuse("replaced_number", "import-bad-which-edition", &row.title));
    }
    let mut replaces = Vec::new();
    for old in &row.replaces {
        replaces.push((lookups::edition(tx, work, &old.number)?, old.remark.clone()));
    }
    // A place within a plan is no number of its own.
    let place = row.item.as_ref().filter(|item| item.ends_with('项'));
    let number = row.item.clone().filter(|_| place.is_none());
    let document = [row.document.as_deref(), place.map(String::as_str)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    Ok(Meant {
        committee: committee.map(|row| row.id),
        authority,
        level,
        kind,
        replaces,
        document,
        number,
    })
}

/// The committee that a row names, if the register knows it.
fn responsible(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
) -> Result<Option<CommitteeRow>, ActionError> {
    for cell in [&row.committee_code, &row.committee].into_iter().flatten() {
        if let Some(found) = lookups::committee(tx, cell)? {
            return Ok(Some(found));
        }
    }
    if let Some(cell) = row.committee_code.as_ref().or(row.committee.as_ref()) {
        work.doubt("committee", "import-doubt-committee-not-found", cell);
    }
    Ok(None)
}

/// The level as stated or as that of the replaced text, and the authority of the committee or of that level.
fn level_and_authority(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
    committee: Option<&CommitteeRow>,
) -> Result<(Level, AuthorityId), ActionError> {
    let replaced = row.replaces.first().map(|old| &old.number);
    let level = row.level.or(replaced.map(SpecNumber::level)).unwrap_or(Level::National);
    if let Some(committee) = committee {
        return Ok((level, committee.authority_id));
    }
    let authority = match replaced.and_then(SpecNumber::mark) {
        Some(mark) => authorities::of_mark(tx, work, level, Some(mark))?,
        None => {
            let name = row.committee.as_deref().unwrap_or_default();
            authorities::of_committee(tx, work, Some(level), name, None)?
        }
    };
    Ok((level, authority))
}

fn known(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
    meant: &Meant,
) -> Result<Option<ProjectRow>, ActionError> {
    if let Some(number) = &meant.number
        && let Some(found) = imports::project_numbered(tx.conn(), number)?
    {
        if names::fold(&found.title_zh) == names::fold(&row.title) {
            return Ok(Some(found));
        }
        return Err(work.refuse("item", "import-bad-project-number-taken", &found.title_zh));
    }
    let same = |project: &ProjectRow| {
        project.committee_id == meant.committee
            && project.plan_document == meant.document
            && (meant.number.is_none() || project.number.is_none())
            && (project.kind == ProjectKind::Reexamination)
                == (meant.kind == ProjectKind::Reexamination)
    };
    Ok(imports::projects_titled(tx.conn(), &row.title)?.into_iter().find(same))
}

fn create(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
    meant: &Meant,
) -> Result<Effect, ActionError> {
    let today = tx.today();
    let name = profiles::name_for(tx.conn(), meant.authority, meant.committee)?;
    let profile = rule_profiles::in_force(tx.conn(), &name, today)?.ok_or(ActionError::NotFound)?;
    let mut project = project_of(tx, work, row, meant, profile.id)?;
    project.due_on = due_on(tx, work, row, &project)?;
    projects::insert(tx.conn(), &project)?;
    let facts = json!({
        "title": project.title_zh, "kind": project.kind, "category": project.category, "plan_document": project.plan_document,
        "year": row.year, "due_on": project.due_on, "basis": row.basis,
    });
    work.record(tx, ObjectKind::Project, project.id.cast(), "imported", facts)?;
    parts(tx, work, &project, row, meant, true)?;
    clocks(tx, &project)?;
    Ok(Effect::Created)
}

/// The project that a row of the plan speaks of, as it enters.
fn project_of(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
    meant: &Meant,
    profile_id: ProfileId,
) -> Result<ProjectRow, ActionError> {
    let now = tx.now();
    let category = row.category.unwrap_or_else(|| {
        work.doubt("kind", "import-doubt-category-guessed", &row.title);
        Category::Other
    });
    let stage = match (meant.kind, row.basis) {
        (ProjectKind::Reexamination, _) => Stage::Reexamining,
        (_, PlanBasis::Proposed) => Stage::Suggested,
        (_, PlanBasis::Planned | PlanBasis::Seen) => Stage::Planned,
    };
    let details = Details {
        related: row.stage.clone().or(row.note.clone()).unwrap_or_default(),
        ..Details::default()
    };
    Ok(ProjectRow {
        id: tx.id(),
        version: 1,
        number: meant.number.clone(),
        kind: meant.kind,
        category,
        level: meant.level,
        authority_id: meant.authority,
        committee_id: meant.committee,
        profile_id,
        stage,
        stage_since: now,
        withdrawn_from: None,
        openness: Openness::Open,
        adoption: Adoption::None,
        emergency: false,
        livelihood: false,
        title_zh: row.title.clone(),
        title_en: String::new(),
        specification_id: meant
            .replaces
            .first()
            .map(|(id, _)| *id)
            .filter(|_| meant.kind != ProjectKind::Make),
        parent_id: None,
        plan_document: meant.document.clone(),
        plan_on: row.plan_on,
        due_on: None,
        extensions: 0,
        failures: 0,
        review_form: None,
        review_on: None,
        review_place: String::new(),
        result: None,
        origin: Origin::Imported,
        details: details.write()?,
        created_at: now,
    })
}

/// Adds to a known project what the plan says and nobody has filled in.
fn complete(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    mut project: ProjectRow,
    row: &formats::PlanRow,
    meant: &Meant,
) -> Result<Effect, ActionError> {
    let mut changes = Changes::default();
    if project.number.is_none() {
        changes.option("number", &mut project.number, meant.number.clone())?;
    }
    if project.plan_on.is_none() {
        changes.option("plan_on", &mut project.plan_on, row.plan_on)?;
    }
    let due = due_on(tx, work, row, &project)?;
    match (project.due_on, due) {
        (None, Some(_)) => changes.option("due_on", &mut project.due_on, due)?,
        (Some(kept), Some(stated)) if row.due.is_some() && kept != stated => {
            work.doubt("deadline", "import-doubt-due-day-kept", &kept.to_string());
        }
        _ => {}
    }
    if !changes.is_empty() {
        if !projects::save(tx.conn(), &mut project)? {
            return Err(ActionError::Conflict);
        }
        work.record(tx, ObjectKind::Project, project.id.cast(), "import_changed", changes.facts())?;
        clocks(tx, &project)?;
    }
    let added = parts(tx, work, &project, row, meant, false)?;
    if added > 0 {
        changes.noted("parts", json!(added));
    }
    Ok(changes.effect())
}

/// The drafting units and the texts to be replaced; on a known project only where it has none of the kind.
fn parts(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    project: &ProjectRow,
    row: &formats::PlanRow,
    meant: &Meant,
    is_new: bool,
) -> Result<usize, ActionError> {
    let mut added = 0;
    if is_new || projects::units_of(tx.conn(), project.id)?.is_empty() {
        for (rank, unit) in row.drafting_units.iter().enumerate() {
            let organisation_id = lookups::organisation(tx, work, unit)?;
            let rank = i32::try_from(rank).unwrap_or(i32::MAX);
            let unit =
                ProjectUnitRow { project_id: project.id, organisation_id, lead: rank == 0, rank };
            added += usize::from(projects::add_unit(tx.conn(), &unit)?);
        }
    }
    let replacing = meant.kind != ProjectKind::Reexamination;
    if replacing && (is_new || projects::replaces_of(tx.conn(), project.id)?.is_empty()) {
        for (specification_id, remark) in &meant.replaces {
            let replaced = ProjectReplaceRow {
                project_id: project.id,
                specification_id: *specification_id,
                whole: remark.is_none(),
                detail: remark.clone().unwrap_or_default(),
            };
            added += usize::from(projects::add_replaced(tx.conn(), &replaced)?);
        }
    }
    if added > 0 && !is_new {
        let facts =
            json!({ "drafting_units": row.drafting_units, "replaces": meant.replaces.len() });
        work.record(tx, ObjectKind::Project, project.id.cast(), "import_changed", facts)?;
    }
    Ok(added)
}

/// The due day: as the plan says, the last day that it may mean, or by the rule from the day the plan was issued.
fn due_on(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::PlanRow,
    project: &ProjectRow,
) -> Result<Option<NaiveDate>, ActionError> {
    if let Some(due) = row.due {
        return Ok(Some(PartialDate::latest(due)));
    }
    let Some(from) = project.plan_on.filter(|_| row.basis == PlanBasis::Planned) else {
        return Ok(None);
    };
    let profile = profiles::load(tx.conn(), project.profile_id)?;
    let calendar = profiles::calendar(tx.conn())?;
    let key = if project.kind == ProjectKind::Make {
        keys::PROJECT_MONTHS_NEW
    } else {
        keys::PROJECT_MONTHS_REVISE
    };
    let due =
        deadline::compute(from, profile.get(key), deadline::Direction::After, &calendar).last_day;
    if project.due_on.is_none() {
        work.doubt("deadline", "import-doubt-due-day-by-rule", &due.to_string());
    }
    Ok(Some(due))
}

/// The clock of a planned project; one that ran out before the register knew of the project is only shown as overdue.
fn clocks(tx: &mut Tx<'_, '_>, project: &ProjectRow) -> Result<(), ActionError> {
    let end = project
        .due_on
        .map(deadline::end_of)
        .filter(|end| *end > tx.now() && !project.stage.is_final());
    match end {
        Some(due_at) => tx.open_deadline(
            ObjectKind::Project,
            project.id.cast(),
            &OpenDeadline { kind: DeadlineKind::ProjectEnd, due_at },
        ),
        None => Ok(()),
    }
}
