//! Projects that come from projects: revision after re-examination, split and merge (rows 30, E-21).

use quanheng_db::projects::{self, ProjectRow};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    lifecycle::{Change, ProjectKind},
    people::Actor,
    records::Origin,
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;

use super::{details::Details, load::Loaded};
use crate::{ActionError, NewEvent, Tx};

/// Carries out the changes that concern other projects.
pub fn carry(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    loaded: &Loaded,
    row: &mut ProjectRow,
    change: &Change,
) -> Result<(), ActionError> {
    match change {
        Change::OpenRevision => revision(tx, actor, row),
        Change::Child { title_zh } => child(tx, actor, loaded, title_zh),
        Change::MergeInto(other) => merge(tx, row, other),
        _ => Ok(()),
    }
}

fn revision(tx: &mut Tx<'_, '_>, actor: &Actor, row: &ProjectRow) -> Result<(), ActionError> {
    let kind = match row.result.as_deref() {
        Some("amend") => ProjectKind::Amendment,
        _ => ProjectKind::Revise,
    };
    let mut new = fresh(tx, row, kind, Origin::Reexamination);
    // The decision of the authority stands for the suggestion and its screening; the committee applies (row 30).
    new.stage = Stage::Taken;
    if row.result.as_deref() == Some("change_type") {
        new.category = row.category.other_kind();
    }
    enter(tx, actor, row, new, "opened_from_reexamination")
}

fn child(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    loaded: &Loaded,
    title_zh: &str,
) -> Result<(), ActionError> {
    let row = &loaded.row;
    let mut new = fresh(tx, row, row.kind, Origin::Split);
    title_zh.clone_into(&mut new.title_zh);
    new.stage = row.stage;
    new.plan_document.clone_from(&row.plan_document);
    new.plan_on = row.plan_on;
    // Edge case 34: the due day cannot become later by splitting.
    new.due_on = row.due_on;
    new.extensions = row.extensions;
    let child_id = new.id;
    enter(tx, actor, row, new, "split_from")?;
    for person in &loaded.people {
        projects::add_person(
            tx.conn(),
            &projects::ProjectPersonRow { project_id: child_id, ..person.clone() },
        )?;
    }
    for unit in projects::units_of(tx.conn(), row.id)? {
        projects::add_unit(tx.conn(), &projects::ProjectUnitRow { project_id: child_id, ..unit })?;
    }
    Ok(())
}

fn merge(tx: &mut Tx<'_, '_>, row: &mut ProjectRow, other: &str) -> Result<(), ActionError> {
    let id: ProjectId = other.parse().map_err(|_| ActionError::NotFound)?;
    let into = projects::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    if into.id == row.id || into.stage.is_final() || into.authority_id != row.authority_id {
        return Err(Refusal::new(RefusalCode::ProjectEnded).with("project", into.title_zh).into());
    }
    let mut details = Details::read(&row.details)?;
    details.merged_into = id.to_string();
    row.details = details.write()?;
    row.parent_id = Some(id);
    Ok(())
}

fn fresh(tx: &Tx<'_, '_>, row: &ProjectRow, kind: ProjectKind, origin: Origin) -> ProjectRow {
    let now = tx.now();
    ProjectRow {
        id: tx.id(),
        version: 1,
        number: None,
        kind,
        stage_since: now,
        withdrawn_from: None,
        emergency: false,
        parent_id: Some(row.id),
        plan_document: String::new(),
        plan_on: None,
        due_on: None,
        extensions: 0,
        failures: 0,
        review_form: None,
        review_on: None,
        review_place: String::new(),
        result: None,
        origin,
        created_at: now,
        ..row.clone()
    }
}

fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    parent: &ProjectRow,
    mut new: ProjectRow,
    kind: &str,
) -> Result<(), ActionError> {
    new.profile_id = super::carry::current_profile(tx, &new)?;
    projects::insert(tx.conn(), &new)?;
    if let (Some(edition), ProjectKind::Revise) = (new.specification_id, new.kind) {
        let replaced = projects::ProjectReplaceRow {
            project_id: new.id,
            specification_id: edition,
            whole: true,
            detail: String::new(),
        };
        projects::add_replaced(tx.conn(), &replaced)?;
    }
    let stage = new.stage.to_string();
    tx.record(NewEvent {
        stages: Some(("", &stage)),
        ..NewEvent::new(ObjectKind::Project, new.id.cast(), actor, kind)
            .facts(json!({ "parent": parent.id, "title": new.title_zh }))
    })?;
    tx.record(
        NewEvent::new(ObjectKind::Project, parent.id.cast(), actor, "child_opened")
            .facts(json!({ "child": new.id })),
    )?;
    Ok(())
}
