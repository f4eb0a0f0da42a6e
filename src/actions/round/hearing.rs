//! Rounds that no move opens or closes: the hearing of users on a re-examination, and the end of hearings on abolitions (rows 28, 31).

use chrono::NaiveDate;
use quanheng_db::{
    projects,
    rounds::{self, RoundRow},
};
use quanheng_domain::{
    comment::RoundPurpose,
    deadline::{self, Direction},
    event::ObjectKind,
    ids::{EventId, ProjectId, RoundId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline, ProjectKind, RoundStatus},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
    stage::{Phase, Stage},
};
use serde_json::json;

use super::{
    ask,
    case::{Case, late_count, not_yours},
    open, publish, text,
};
use crate::{
    ActionError, Tx,
    document::may_know,
    limits,
    project::{load::standing, notices},
    tell,
};

/// A round of comments for a re-examination.
#[derive(Debug, Clone)]
pub struct OpenHearing {
    /// The re-examination case.
    pub project: ProjectId,
    /// Last day of the round.
    pub closes_on: NaiveDate,
    /// What is asked, or why again.
    pub note: String,
}

/// Opens a round on a text under re-examination, so that members and users are heard before the vote (row 28).
///
/// # Errors
/// `Refused` to others than the secretariat, outside the re-examination, and while a round runs; `Invalid`.
pub fn open_reexamination_round(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &OpenHearing,
) -> Result<RoundId, ActionError> {
    tx.lock(command.project.cast())?;
    let project = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    if !may_know(&project, actor) {
        return Err(ActionError::NotFound);
    }
    if !actor.parties(&standing(&project).owners).contains(&Party::Secretariat) {
        return Err(not_yours(&[Party::Secretariat]));
    }
    if project.kind != ProjectKind::Reexamination || project.stage != Stage::Reexamining {
        return Err(Refusal::new(RefusalCode::NotFromHere).with("stage", project.stage).into());
    }
    let mut faults = Vec::new();
    text::lines(&mut faults, "note", &command.note, false, limits::GROUNDS);
    if command.closes_on <= tx.today() {
        faults.push(FieldFault::new("closes_on", FaultCode::NotAChoice));
    }
    text::refuse(faults)?;
    let last = rounds::latest_of(tx.conn(), project.id)?;
    if let Some(running) = last.as_ref().filter(|round| round.status == RoundStatus::Running) {
        let refusal = Refusal::new(RefusalCode::RoundStillOpen);
        return Err(refusal.with("until", running.closes_at.to_rfc3339()).into());
    }
    let round = RoundRow {
        id: tx.id(),
        version: 1,
        project_id: project.id,
        ordinal: last.map_or(1, |round| round.ordinal + 1),
        document_id: None,
        purpose: RoundPurpose::Reexamination,
        status: RoundStatus::Running,
        opens_at: tx.now(),
        closes_at: deadline::end_of(command.closes_on),
        profile_id: project.profile_id,
        reason: command.note.trim().to_owned(),
        next_serial: 1,
    };
    rounds::insert(tx.conn(), &round)?;
    let case = Case { round, project };
    let facts = json!({ "round": case.round.id, "closes_at": case.round.closes_at });
    let event = case.record(tx, actor, "round_opened", command.note.trim(), facts)?;
    let end = OpenDeadline { kind: DeadlineKind::RoundEnd, due_at: case.round.closes_at };
    tx.open_deadline(ObjectKind::Project, case.project.id.cast(), &end)?;
    open::ask(tx, &case)?;
    let notice = Notice { key: NoticeKey::RoundOpened, facts: ask::opening_facts(tx, &case)? };
    tell::tell(tx, &notice, &case.about(), Some(event))?;
    Ok(case.round.id)
}

/// Closes a hearing whose end has come; its comments are treated before anybody decides. The clock calls it, or the secretariat.
///
/// # Errors
/// `Refused` before the end, to others, and for rounds that a move of their project closes.
pub fn close_hearing(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: &RoundId,
) -> Result<EventId, ActionError> {
    let mut case = Case::of_round(tx, *round)?;
    may_end(&case, actor)?;
    if case.round.status != RoundStatus::Running {
        return Err(Refusal::new(RefusalCode::RoundNotRunning).into());
    }
    if tx.now() < case.round.closes_at {
        let refusal = Refusal::new(RefusalCode::RoundStillOpen);
        return Err(refusal.with("until", case.round.closes_at.to_rfc3339()).into());
    }
    case.round.status = RoundStatus::Closed;
    save(tx, &mut case)?;
    let event = case.record(tx, actor, "hearing_closed", "", json!({ "round": case.round.id }))?;
    let term = case.profile(tx)?.get(keys::DISPOSITION_DAYS);
    let calendar = crate::profiles::calendar(tx.conn())?;
    let due_at = deadline::compute(tx.today(), term, Direction::After, &calendar).ends_at;
    let end = OpenDeadline { kind: DeadlineKind::DispositionEnd, due_at };
    tx.open_deadline(ObjectKind::Project, case.project.id.cast(), &end)?;
    let counts = super::counts(tx, case.round.id)?;
    let facts = NoticeFacts { due: Some(due_at), counts, ..notices::facts(tx, &case.project)? };
    tell::tell(tx, &Notice { key: NoticeKey::RoundClosed, facts }, &case.about(), Some(event))?;
    Ok(event)
}

/// Publishes the answers of a hearing together; each commenter gets the own rows.
///
/// # Errors
/// `Refused` while comments are open or the round is not closed, and to others than those who settle its comments.
pub fn publish_hearing(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: &RoundId,
) -> Result<EventId, ActionError> {
    let mut case = Case::of_round(tx, *round)?;
    may_end(&case, actor)?;
    if case.round.status != RoundStatus::Closed {
        return Err(Refusal::new(RefusalCode::RoundNotRunning).into());
    }
    let late = late_count(&*case.profile(tx)?);
    let (_, open) = rounds::comment_counts(tx.conn(), case.round.id, late)?;
    if open > 0 {
        return Err(Refusal::new(RefusalCode::CommentsOpen).with("open", open).into());
    }
    case.round.status = RoundStatus::Published;
    publish::publish(tx, &case.round)?;
    save(tx, &mut case)?;
    tx.close_deadlines(
        case.project.id.cast(),
        &[DeadlineKind::DispositionEnd],
        "answers_published",
    )?;
    let event =
        case.record(tx, actor, "answers_published", "", json!({ "round": case.round.id }))?;
    let counts = super::counts(tx, case.round.id)?;
    let facts = NoticeFacts {
        counts,
        path: format!("/consultations/{}", case.round.id),
        ..notices::facts(tx, &case.project)?
    };
    notices::own_rows(tx, &facts, &case.about(), event)?;
    tell::tell(tx, &Notice { key: NoticeKey::DispositionOpen, facts }, &case.about(), Some(event))?;
    Ok(event)
}

fn save(tx: &mut Tx<'_, '_>, case: &mut Case) -> Result<(), ActionError> {
    if rounds::save(tx.conn(), &mut case.round)? { Ok(()) } else { Err(ActionError::Conflict) }
}

// In the comment phase the moves open and close rounds, with their own conditions.
fn may_end(case: &Case, actor: &Actor) -> Result<(), ActionError> {
    if *actor != Actor::System {
        case.require(actor, &[Party::Secretariat, Party::Officer])?;
    }
    if case.project.stage.phase() == Phase::Comment {
        return Err(Refusal::new(RefusalCode::NotFromHere)
            .with("stage", case.project.stage)
            .into());
    }
    Ok(())
}
