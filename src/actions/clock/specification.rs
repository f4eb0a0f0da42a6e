//! Deadlines of published editions: force begins, replaced editions give way, evaluation and re-examination fall due.

use std::sync::Arc;

use quanheng_db::{
    deadlines::DeadlineRow,
    documents, projects,
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    deadline::{self, Direction},
    document::DocumentKind,
    event::ObjectKind,
    ids::{EventId, ProjectId},
    lifecycle::{DeadlineKind, OpenDeadline, ProjectKind},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
    records::{Origin, Visibility},
    rules::{Profile, keys},
    specification::{Category, Level},
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx, profiles,
    project::{Suggest, details::Details, suggest},
    specification::{attached, comparison, invite},
    tell,
};

/// Acts on a deadline of an edition.
pub fn act(tx: &mut Tx<'_, '_>, row: &DeadlineRow) -> Result<&'static str, ActionError> {
    let edition =
        specifications::find(tx.conn(), row.object_id.cast())?.ok_or(ActionError::NotFound)?;
    match row.kind {
        DeadlineKind::Force => force(tx, &edition),
        DeadlineKind::ForceWarning => force_soon(tx, &edition, row),
        DeadlineKind::Evaluation => notify(tx, &edition, row, NoticeKey::EvaluationDue),
        DeadlineKind::ReexaminationNotice => notify(tx, &edition, row, NoticeKey::ReexaminationDue),
        DeadlineKind::ReexaminationStart => reexamine(tx, &edition),
        DeadlineKind::FullText => full_text(tx, &edition, row),
        DeadlineKind::StudyWarning => comparison::remind(tx, &edition, row, NoticeKey::StudyDue),
        DeadlineKind::StudyEnd => comparison::remind(tx, &edition, row, NoticeKey::StudyOverdue),
        DeadlineKind::SurveyWarning => invite::remind_on(tx, &edition, row),
        _ => Ok("passed"),
    }
}

/// What mails about an edition are about.
pub fn about(edition: &SpecificationRow) -> tell::About {
    let mut followed = vec![edition.id.cast()];
    followed.extend(edition.committee_id.map(|id| id.cast()));
    tell::About {
        authority: Some(edition.authority_id),
        committee: edition.committee_id,
        project: edition.project_id,
        followed,
        ..tell::About::new(ObjectKind::Specification, edition.id.cast())
    }
}

/// The facts every mail about an edition carries.
pub fn facts(tx: &mut Tx<'_, '_>, edition: &SpecificationRow) -> Result<NoticeFacts, ActionError> {
    let committee = match edition.committee_id {
        Some(id) => quanheng_db::register::committee(tx.conn(), id)?,
        None => None,
    };
    Ok(NoticeFacts {
        committee_code: committee
            .as_ref()
            .and_then(|committee| committee.code.clone())
            .unwrap_or_default(),
        committee: committee.map(|committee| committee.name_zh).unwrap_or_default(),
        title: edition.title_zh.clone(),
        number: Some(edition.number.clone()),
        path: format!("/specifications/{}", edition.number_key.replace(' ', "%20")),
        date: edition.effective_on.parse().ok(),
        ..NoticeFacts::default()
    })
}

fn record(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    kind: &str,
    facts: serde_json::Value,
) -> Result<EventId, ActionError> {
    tx.record(
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), &Actor::System, kind)
            .facts(facts),
    )
}

fn notify(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &DeadlineRow,
    key: NoticeKey,
) -> Result<&'static str, ActionError> {
    if !edition.abolished_on.is_empty() {
        return Ok("abolished");
    }
    let event = record(
        tx,
        edition,
        "deadline_passed",
        json!({ "deadline": row.kind, "due_at": row.due_at }),
    )?;
    let facts = NoticeFacts { due: Some(row.due_at), ..facts(tx, edition)? };
    tell::tell(tx, &Notice { key, facts }, &about(edition), Some(event))?;
    Ok("told")
}

fn force_soon(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    notify(tx, edition, row, NoticeKey::ForceSoon)?;
    if needs_training(tx, edition)? && !is_trained(tx, edition)? {
        let event = record(tx, edition, "training_missing", serde_json::Value::Null)?;
        let facts = facts(tx, edition)?;
        tell::tell(
            tx,
            &Notice { key: NoticeKey::TrainingMissing, facts },
            &about(edition),
            Some(event),
        )?;
    }
    Ok("told")
}

/// Whether training must be held before force for this edition (row 25, N26).
pub fn needs_training(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
) -> Result<bool, ActionError> {
    let profile = profile_of(tx, edition)?;
    let livelihood = match edition.project_id {
        Some(id) => projects::find(tx.conn(), id)?.is_some_and(|project| project.livelihood),
        None => false,
    };
    let by_category = profile.get(keys::PUBLICITY_BEFORE_FORCE_TYPES).contains(&edition.category);
    Ok(by_category || (livelihood && profile.get(keys::PUBLICITY_BEFORE_FORCE_LIVELIHOOD)))
}

/// The rules under which an edition is kept today.
///
/// # Errors
/// Storage trouble.
pub fn profile_of(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
) -> Result<Arc<Profile>, ActionError> {
    let today = tx.today();
    profiles::of_edition(tx.conn(), edition, today)
}

/// Whether the training before force is recorded, with the papers that the rules file about it.
fn is_trained(tx: &mut Tx<'_, '_>, edition: &SpecificationRow) -> Result<bool, ActionError> {
    let today = tx.today();
    let papers = attached::asked(tx.conn(), edition, today, keys::DOCS_TRAINING)?;
    let held = !specifications::trainings_of(tx.conn(), edition.id)?.is_empty();
    Ok(held && papers.iter().all(|paper| paper.there.is_some()))
}

fn force(tx: &mut Tx<'_, '_>, edition: &SpecificationRow) -> Result<&'static str, ActionError> {
    if !edition.abolished_on.is_empty() {
        return Ok("abolished");
    }
    let event = record(tx, edition, "in_force", json!({ "effective_on": edition.effective_on }))?;
    let own = facts(tx, edition)?;
    tell::tell(
        tx,
        &Notice { key: NoticeKey::InForce, facts: own.clone() },
        &about(edition),
        Some(event),
    )?;
    let replaced: Vec<_> = specifications::links_of(tx.conn(), &[edition.id])?
        .into_iter()
        .filter(|link| link.new_id == edition.id)
        .collect();
    for link in replaced {
        let old = specifications::find(tx.conn(), link.old_id)?.ok_or(ActionError::NotFound)?;
        let kind = if link.whole { "replaced" } else { "partly_replaced" };
        let event =
            record(tx, &old, kind, json!({ "by": edition.number, "on": edition.effective_on }))?;
        if link.whole {
            tx.close_deadlines(old.id.cast(), CLOCKS, "replaced")?;
        }
        let item = NoticeItem {
            label: edition.number.clone(),
            text: edition.title_zh.clone(),
            ..NoticeItem::default()
        };
        let facts = NoticeFacts { date: own.date, items: vec![item], ..facts(tx, &old)? };
        tell::tell(tx, &Notice { key: NoticeKey::Superseded, facts }, &about(&old), Some(event))?;
    }
    if edition.level == Level::National && edition.category == Category::VerificationRegulation {
        open_local_abolitions(tx, edition)?;
    }
    Ok("in force")
}

// What runs on an edition and stops when it is replaced as a whole.
const CLOCKS: &[DeadlineKind] = &[
    DeadlineKind::ReexaminationNotice,
    DeadlineKind::ReexaminationStart,
    DeadlineKind::Evaluation,
];

// E-19: a departmental or local regulation loses its ground when a national one on the same subject enters into force.
fn open_local_abolitions(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
) -> Result<(), ActionError> {
    for local in specifications::local_with_title(tx.conn(), edition.category, &edition.title_zh)? {
        let running = projects::of_specification(tx.conn(), local.id)?
            .iter()
            .any(|project| project.kind == ProjectKind::Abolition && !project.stage.is_final());
        if running || !local.abolished_on.is_empty() {
            continue;
        }
        open_case(tx, &local, ProjectKind::Abolition)?;
    }
    Ok(())
}

/// Opens an abolition or re-examination case for an edition and gives its identity.
pub fn open_case(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    kind: ProjectKind,
) -> Result<ProjectId, ActionError> {
    let command = Suggest {
        kind,
        category: edition.category,
        level: edition.level,
        authority: Some(edition.authority_id),
        committee: edition.committee_id,
        title_zh: edition.title_zh.clone(),
        title_en: edition.title_en.clone(),
        openness: quanheng_domain::lifecycle::Openness::Open,
        adoption: edition.adoption,
        livelihood: false,
        specification: Some(edition.id),
        details: Details::default(),
        origin: Origin::Reexamination,
    };
    Ok(suggest(tx, &Actor::System, &command)?.project)
}

fn reexamine(tx: &mut Tx<'_, '_>, edition: &SpecificationRow) -> Result<&'static str, ActionError> {
    let running = projects::of_specification(tx.conn(), edition.id)?;
    if !edition.abolished_on.is_empty() {
        return Ok("abolished");
    }
    // Edge case 58: a text that is being revised, or examined already, is not examined again.
    if running.iter().any(|project| !project.stage.is_final()) {
        record(tx, edition, "reexamination_skipped", json!({ "because": "under_revision" }))?;
        return Ok("under revision");
    }
    let case = open_case(tx, edition, ProjectKind::Reexamination)?;
    start_case(tx, edition, case)?;
    Ok("opened")
}

/// Starts the clock of a re-examination case and tells members, followers and the public.
pub fn start_case(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    case: ProjectId,
) -> Result<(), ActionError> {
    let profile = profile_of(tx, edition)?;
    let calendar = profiles::calendar(tx.conn())?;
    let answer =
        deadline::compute(tx.today(), profile.get(keys::REEXAM_DAYS), Direction::After, &calendar);
    let deadline = OpenDeadline { kind: DeadlineKind::ReexaminationEnd, due_at: answer.ends_at };
    tx.open_deadline(ObjectKind::Project, case.cast(), &deadline)?;
    for due_at in
        deadline::reminders(tx.now(), answer.ends_at, &profile.get(keys::REMINDERS_REEXAM))
    {
        let open = OpenDeadline { kind: DeadlineKind::ReexaminationWarning, due_at };
        tx.add_deadline(ObjectKind::Project, case.cast(), &open)?;
    }
    let event = record(tx, edition, "reexamination_opened", json!({ "case": case }))?;
    let facts = NoticeFacts {
        due: Some(answer.ends_at),
        path: format!("/projects/{case}"),
        ..facts(tx, edition)?
    };
    tell::tell(
        tx,
        &Notice { key: NoticeKey::ReexaminationOpened, facts },
        &about(edition),
        Some(event),
    )?;
    Ok(())
}

// The full text must be readable within the rule's working days of issue.
fn full_text(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let open = match edition.project_id {
        Some(project) => documents::newest(tx.conn(), project, DocumentKind::PublishedText)?
            .is_some_and(|document| document.visibility == Visibility::Open),
        None => true,
    };
    if open { Ok("text is open") } else { notify(tx, edition, row, NoticeKey::MilestoneOverdue) }
}
