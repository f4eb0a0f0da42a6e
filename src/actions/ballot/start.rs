//! Opens a ballot other than a review: proposals at 00.99, re-examinations at 90.20. A review is opened by its move.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{ballots, specifications};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    deadline,
    event::ObjectKind,
    ids::{BallotId, EventId, ObjectId, ProjectId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline, reminders},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
    stage::Stage,
};
use serde_json::json;

use super::open::{NewBallot, of_project};
use crate::{
    ActionError, NewEvent, Tx,
    project::{load, notices},
    tell,
};

/// A ballot to open on a project.
#[derive(Debug, Clone)]
pub struct Start {
    /// The project.
    pub project: ProjectId,
    /// What for.
    pub purpose: BallotPurpose,
    /// Meeting or correspondence.
    pub form: BallotForm,
    /// Last day; closed at its end.
    pub closes_on: NaiveDate,
    /// The question; the title of the text when empty.
    pub question: String,
}

/// Opens the ballot, starts its clocks and asks the voters.
///
/// # Errors
/// `Refused` for others than the secretariat, in a stage without such a ballot, or while one is running; `Invalid` for a day that is gone.
pub fn start(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Start) -> Result<BallotId, ActionError> {
    let now = tx.now();
    tx.lock(command.project.cast())?;
    let loaded = load::load(tx.conn(), command.project, now)?;
    if !actor.parties(&loaded.standing.owners).contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    refuse_here(tx, command, loaded.row.stage)?;
    let closes_at = deadline::end_of(command.closes_on);
    if closes_at <= now {
        return Err(ActionError::Invalid(vec![FieldFault::new("closes_on", FaultCode::Over)]));
    }
    let committee = loaded.row.committee_id.ok_or(ActionError::NotFound)?;
    let question = if command.question.trim().is_empty() {
        loaded.row.title_zh.clone()
    } else {
        command.question.trim().to_owned()
    };
    let (purpose, form) = (command.purpose, command.form);
    let new = NewBallot { committee, purpose, form, question, closes_at, secret: false };
    let row = loaded.row.clone();
    let id = of_project(tx, &loaded, &row, &new)?;
    let filed = (ObjectKind::Project, command.project.cast());
    clocks(tx, filed, (id, closes_at), &loaded.profile)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "ballot_opened")
            .facts(json!({ "ballot": id, "purpose": command.purpose, "form": command.form, "closes_at": closes_at })),
    )?;
    let mut about = notices::about(&row);
    about.ballot = Some(id);
    let mut facts = NoticeFacts {
        due: Some(closes_at),
        draft: Some(row.title_zh.clone()),
        path: format!("/ballots/{id}"),
        ..notices::facts(tx, &row)?
    };
    let key = command.purpose.kind().asks;
    if key == NoticeKey::MatterOpened {
        facts.title = new.question;
    }
    if key == NoticeKey::ReexaminationBallotOpened {
        let edition = row.specification_id.map(|id| specifications::find(tx.conn(), id));
        facts.number = edition.transpose()?.flatten().map(|edition| edition.number);
    }
    tell::tell(tx, &Notice { key, facts: facts.clone() }, &about, Some(event))?;
    ask_declarations(tx, &loaded.profile, &about, facts, event)?;
    Ok(id)
}

/// Asks the voters of a ballot on a project to declare their interests, where the rule wants that before votes count.
pub(crate) fn ask_declarations(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    about: &tell::About,
    facts: NoticeFacts,
    event: EventId,
) -> Result<(), ActionError> {
    if profile.get(keys::INTEREST_DECLARATION) {
        tell::tell(tx, &Notice { key: NoticeKey::ConflictAsked, facts }, about, Some(event))?;
    }
    Ok(())
}

// Each purpose has its stage, and one ballot of a purpose runs at a time.
fn refuse_here(tx: &mut Tx<'_, '_>, command: &Start, stage: Stage) -> Result<(), ActionError> {
    let here = command.purpose.kind().opened.is_here(stage);
    if !here {
        let refusal = Refusal::new(RefusalCode::BallotNotHere).with("purpose", command.purpose);
        return Err(refusal.with("stage", stage).into());
    }
    if ballots::of_project(tx.conn(), command.project)?
        .iter()
        .any(|row| row.purpose == command.purpose && row.closed_at.is_none())
    {
        return Err(Refusal::new(RefusalCode::BallotRunning)
            .with("purpose", command.purpose)
            .into());
    }
    Ok(())
}

/// Starts the clocks of a ballot that no move opens.
pub(super) fn clocks(
    tx: &mut Tx<'_, '_>,
    (kind, object): (ObjectKind, ObjectId),
    (ballot, closes_at): (BallotId, DateTime<Utc>),
    profile: &Profile,
) -> Result<(), ActionError> {
    let now = tx.now();
    let mut clocks = vec![OpenDeadline { kind: DeadlineKind::BallotEnd, due_at: closes_at }];
    for reminder in [
        DeadlineKind::BallotReminderFar,
        DeadlineKind::BallotReminderNear,
        DeadlineKind::BallotReminderLast,
    ] {
        clocks.extend(reminders(reminder, profile, now, closes_at));
    }
    clocks.iter().try_for_each(|one| tx.open_ballot_deadline(kind, object, ballot, one))
}
