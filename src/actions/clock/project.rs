//! Deadlines of projects: rounds close, projects fall due or lapse, reminders go to those who owe something.

use quanheng_db::{
    deadlines::{self, DeadlineRow},
    projects::{self, ProjectRow},
    rounds::{self, CommentRow},
    specifications,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    lifecycle::{DeadlineKind, Input, Move, OpenDeadline, RoundStatus},
    notice::{Count, Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
    rules::{OverdueAction, keys},
    stage::Stage,
};

use crate::{
    ActionError, NewEvent, Tx, profiles,
    project::{Advance, advance, milestone, notices},
    round, tell,
};

/// Comments that one mail lists; the others are on the page it leads to.
const MOST_IN_DIGEST: usize = 50;

/// Acts on a deadline of a project.
pub fn act(tx: &mut Tx<'_, '_>, row: &DeadlineRow) -> Result<&'static str, ActionError> {
    use DeadlineKind::*;
    let project = projects::find(tx.conn(), row.object_id.cast())?.ok_or(ActionError::NotFound)?;
    if project.stage.is_final() {
        return Ok("project has ended");
    }
    match row.kind {
        RoundEnd if project.stage == Stage::Commenting => step(tx, project.id, Move::CloseComments),
        RoundEnd | AbolitionEnd => close_hearing(tx, &project),
        ProjectEnd => overdue(tx, &project, row),
        ProjectWarning => tell_all(tx, &project, row, NoticeKey::ProjectDue),
        MilestoneReminder => remind_drafters(tx, &project, row),
        CommentDigest => digest(tx, &project, row),
        ReexaminationWarning => remind_of_reexamination(tx, &project, row),
        PublicityWarning => tell_all(tx, &project, row, NoticeKey::PublicityClosing),
        RoundHalf | RoundReminderFar | RoundReminderNear => remind_round(tx, &project, row),
        ScreeningAnswer | SupplementEnd | AssessmentEnd | DrafterVacant | DraftingPlan
        | ProgressReport | CompletenessCheck | DispositionEnd | DossierEnd | AuthorityCheck
        | ObjectionAnswer | ReexaminationEnd => {
            tell_all(tx, &project, row, NoticeKey::MilestoneOverdue)
        }
        // The end of a lead time or of publicity opens a way; people walk it.
        _ => Ok("passed"),
    }
}

/// Takes a move as the clock.
pub(super) fn step(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
    key: Move,
) -> Result<&'static str, ActionError> {
    advance(
        tx,
        &Actor::System,
        &Advance { project, key, input: Input::default(), if_version: None },
    )?;
    Ok("moved")
}

fn facts(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<NoticeFacts, ActionError> {
    Ok(NoticeFacts { due: Some(row.due_at), date: project.due_on, ..notices::facts(tx, project)? })
}

fn record(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<quanheng_domain::ids::EventId, ActionError> {
    let facts = serde_json::json!({ "deadline": row.kind, "due_at": row.due_at });
    tx.record(
        NewEvent::new(ObjectKind::Project, project.id.cast(), &Actor::System, "deadline_passed")
            .facts(facts),
    )
}

fn tell_all(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
    key: NoticeKey,
) -> Result<&'static str, ActionError> {
    let event = record(tx, project, row)?;
    let mut facts = facts(tx, project, row)?;
    if key == NoticeKey::ProjectDue {
        facts.due = project.due_on.map(quanheng_domain::deadline::end_of);
    }
    tell::tell(tx, &Notice { key, facts }, &notices::about(project), Some(event))?;
    Ok("told")
}

fn overdue(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    // An extension may have been granted since: the rule is asked again with the day that holds now.
    if project.due_on.is_none_or(|due| due >= tx.today()) {
        return Ok("extended");
    }
    let profile = profiles::load(tx.conn(), project.profile_id)?;
    match profile.get(keys::OVERDUE_ACTION) {
        OverdueAction::AutoLapse => step(tx, project.id, Move::Lapse),
        OverdueAction::Flag => tell_all(tx, project, row, NoticeKey::ProjectOverdue),
    }
}

// The mail names the day by which the conclusion is due, and the text.
fn remind_of_reexamination(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let open = deadlines::open_of(tx.conn(), project.id.cast())?;
    let end = open.iter().find(|one| one.kind == DeadlineKind::ReexaminationEnd);
    let Some(end) = end else { return Ok("concluded") };
    let edition = project.specification_id.map(|id| specifications::find(tx.conn(), id));
    let number = edition.transpose()?.flatten().map(|edition| edition.number);
    let event = record(tx, project, row)?;
    let facts = NoticeFacts { due: Some(end.due_at), number, ..facts(tx, project, row)? };
    let notice = Notice { key: NoticeKey::ReexaminationClosing, facts };
    tell::tell(tx, &notice, &notices::about(project), Some(event))?;
    Ok("reminded")
}

// What was delivered in time needs no reminder; the next one follows until then.
fn remind_drafters(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let now = tx.now();
    let awaited = milestone::awaited(tx, project.id)?.filter(|milestone| milestone.due_at > now);
    let Some(milestone) = awaited else { return Ok("delivered or over") };
    let event = record(tx, project, row)?;
    let facts = NoticeFacts { due: Some(milestone.due_at), ..facts(tx, project, row)? };
    let notice = Notice { key: NoticeKey::MilestoneDue, facts };
    tell::tell(tx, &notice, &notices::about(project), Some(event))?;
    milestone::remind_next(tx, project)?;
    Ok("reminded")
}

fn remind_round(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let Some(round) = rounds::latest_of(tx.conn(), project.id)?
        .filter(|round| round.status == RoundStatus::Running)
    else {
        return Ok("no round");
    };
    let event = record(tx, project, row)?;
    let mut about = notices::about(project);
    about.round = Some(round.id);
    let facts = NoticeFacts {
        due: Some(round.closes_at),
        path: format!("/consultations/{}", round.id),
        ..facts(tx, project, row)?
    };
    let facts = NoticeFacts { draft: Some(project.title_zh.clone()), ..facts };
    tell::tell(tx, &Notice { key: NoticeKey::RoundReminder, facts }, &about, Some(event))?;
    Ok("reminded")
}

// What came since the last digest, once a day while the round runs; a day without comments makes no mail.
fn digest(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let now = tx.now();
    let Some(round) = rounds::latest_of(tx.conn(), project.id)?
        .filter(|round| round.status == RoundStatus::Running && now < round.closes_at)
    else {
        return Ok("no round");
    };
    let next = OpenDeadline {
        kind: DeadlineKind::CommentDigest,
        due_at: quanheng_domain::deadline::end_of(tx.today()),
    };
    tx.open_deadline(ObjectKind::Project, project.id.cast(), &next)?;
    let new = rounds::confirmed_between(tx.conn(), round.id, row.opened_at, now)?;
    if new.is_empty() {
        return Ok("no comments");
    }
    let event = record(tx, project, row)?;
    let item = |comment: &CommentRow| NoticeItem {
        label: format!("{} {}", comment.serial, comment.clause).trim().to_owned(),
        text: comment.body.clone(),
        note: comment.author_unit.clone(),
        ..NoticeItem::default()
    };
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let facts = NoticeFacts {
        items: new.iter().take(MOST_IN_DIGEST).map(item).collect(),
        counts: [(Count::Comments, count)].into(),
        path: format!("/consultations/{}", round.id),
        ..facts(tx, project, row)?
    };
    let notice = Notice { key: NoticeKey::CommentDigest, facts };
    tell::tell(tx, &notice, &notices::about(project), Some(event))?;
    Ok("told")
}

// A hearing is a comment round that no move closes; when it ends its comments are treated before anybody decides.
fn close_hearing(tx: &mut Tx<'_, '_>, project: &ProjectRow) -> Result<&'static str, ActionError> {
    let Some(round) = rounds::latest_of(tx.conn(), project.id)?
        .filter(|round| round.status == RoundStatus::Running)
    else {
        return Ok("no round");
    };
    if tx.now() < round.closes_at {
        return Ok("extended");
    }
    round::close_hearing(tx, &Actor::System, &round.id)?;
    Ok("closed")
}
