//! What happens to an edition after publication: training, effect evaluation, feedback, follow, early re-examination (rows 25 to 27, E-23).

use chrono::NaiveDate;
use quanheng_db::{
    outbox::{self, FollowerRow, Recipient},
    projects,
    specifications::{self, EvaluationRow, FeedbackRow, SpecificationRow, TrainingRow},
};
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::{FeedbackId, ObjectId, ProjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Owners, Party},
    records::{EvaluationSuggestion, FeedbackOutcome},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, clock, names, tell};

fn owners(edition: &SpecificationRow) -> Owners {
    Owners {
        project: edition.project_id,
        committee: edition.committee_id,
        authority: edition.authority_id,
    }
}

fn kept_by(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: SpecificationId,
) -> Result<SpecificationRow, ActionError> {
    let edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&owners(&edition));
    if parties.contains(&Party::Secretariat) || parties.contains(&Party::Officer) {
        Ok(edition)
    } else {
        let who = format!("{},{}", Party::Secretariat, Party::Officer);
        Err(Refusal::new(RefusalCode::NotYours).with("who", who).into())
    }
}

fn required(fields: &[(&str, &str)]) -> Result<(), ActionError> {
    let faults: Vec<FieldFault> = fields
        .iter()
        .filter_map(|(field, text)| {
            let length = text.chars().count();
            if text.trim().is_empty() {
                Some(FieldFault::new(*field, FaultCode::Missing))
            } else if length > 8_000 {
                Some(FieldFault {
                    bound: Some(8_000),
                    ..FieldFault::new(*field, FaultCode::TooLong)
                })
            } else {
                None
            }
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

/// A training held for an edition (宣贯, row 25).
#[derive(Debug, Clone)]
pub struct Training {
    /// The edition.
    pub specification: SpecificationId,
    /// Day.
    pub held_on: NaiveDate,
    /// Place or link.
    pub place: String,
    /// Participants.
    pub people: i32,
    /// Remark.
    pub note: String,
}

/// Records a training. It answers the reminder before force; the law itself it does not stop.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid`, `NotFound`.
pub fn train(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Training) -> Result<(), ActionError> {
    kept_by(tx, actor, command.specification)?;
    required(&[("place", &command.place)])?;
    if command.people < 0 {
        return Err(ActionError::Invalid(vec![FieldFault::new("people", FaultCode::NotANumber)]));
    }
    let row = TrainingRow {
        id: tx.id(),
        specification_id: command.specification,
        held_on: command.held_on,
        place: command.place.trim().to_owned(),
        people: command.people,
        note: command.note.trim().to_owned(),
    };
    specifications::add_training(tx.conn(), &row)?;
    tx.record(
        NewEvent::new(
            ObjectKind::Specification,
            command.specification.cast(),
            actor,
            "training_held",
        )
        .facts(json!({ "on": row.held_on, "people": row.people, "place": row.place })),
    )?;
    Ok(())
}

/// An effect evaluation (实施效果评估, FM-20, row 26).
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The edition.
    pub specification: SpecificationId,
    /// Day.
    pub done_on: NaiveDate,
    /// Survey, visits, data.
    pub method: String,
    /// Findings.
    pub findings: String,
    /// What follows.
    pub suggestion: EvaluationSuggestion,
}

/// Records an effect evaluation; the suggestion of an early re-examination opens the case.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid`, `NotFound`.
pub fn evaluate(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Evaluation,
) -> Result<(), ActionError> {
    kept_by(tx, actor, command.specification)?;
    required(&[("method", &command.method), ("findings", &command.findings)])?;
    let row = EvaluationRow {
        id: tx.id(),
        specification_id: command.specification,
        done_on: command.done_on,
        method: command.method.trim().to_owned(),
        findings: command.findings.trim().to_owned(),
        suggestion: command.suggestion,
    };
    specifications::add_evaluation(tx.conn(), &row)?;
    tx.close_deadlines(
        command.specification.cast(),
        &[quanheng_domain::lifecycle::DeadlineKind::Evaluation],
        "evaluated",
    )?;
    tx.record(
        NewEvent::new(ObjectKind::Specification, command.specification.cast(), actor, "evaluated")
            .note(&row.findings)
            .facts(json!({ "on": row.done_on, "suggestion": row.suggestion })),
    )?;
    if command.suggestion == EvaluationSuggestion::EarlyReexamination {
        reexamine(tx, actor, command.specification)?;
    }
    Ok(())
}

/// Opens a re-examination case before its time (row 27: committee or authority).
///
/// # Errors
/// `Refused` for others, `Conflict` while a project on the text is running.
pub fn reexamine(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: SpecificationId,
) -> Result<ProjectId, ActionError> {
    let edition = kept_by(tx, actor, id)?;
    let running = projects::of_specification(tx.conn(), id)?;
    if !edition.abolished_on.is_empty() || running.iter().any(|project| !project.stage.is_final()) {
        return Err(ActionError::Conflict);
    }
    let case = clock::open_case(tx, &edition, ProjectKind::Reexamination)?;
    clock::start_case(tx, &edition, case)?;
    Ok(case)
}

/// A feedback case on a published text (E-23).
#[derive(Debug, Clone)]
pub struct Feedback {
    /// The edition.
    pub specification: SpecificationId,
    /// Name.
    pub name: String,
    /// Mail address for the answer.
    pub contact: String,
    /// Clause; may be empty.
    pub clause: String,
    /// The text.
    pub text: String,
}

/// Receives feedback from anybody.
///
/// # Errors
/// `Invalid` with the faulty fields, `NotFound`.
pub fn feedback(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Feedback,
) -> Result<FeedbackId, ActionError> {
    let edition =
        specifications::find(tx.conn(), command.specification)?.ok_or(ActionError::NotFound)?;
    required(&[("name", &command.name), ("text", &command.text)])?;
    if names::email_key(&command.contact).is_none() {
        return Err(ActionError::Invalid(vec![FieldFault::new(
            "contact",
            FaultCode::BadCharacters,
        )]));
    }
    let row = FeedbackRow {
        id: tx.id(),
        specification_id: edition.id,
        name: command.name.trim().to_owned(),
        contact: command.contact.trim().to_owned(),
        clause: command.clause.trim().to_owned(),
        text: command.text.trim().to_owned(),
        at: tx.now(),
        answer: String::new(),
        answered_at: None,
        answered_by: None,
        outcome: None,
    };
    specifications::add_feedback(tx.conn(), &row)?;
    let event = tx.record(NewEvent {
        source: "E-23",
        ..NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "feedback_received")
            .facts(json!({ "feedback": row.id, "clause": row.clause }))
    })?;
    tell_feedback(tx, &edition, &row, NoticeKey::FeedbackReceived, &row.text, event)?;
    Ok(row.id)
}

fn tell_feedback(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &FeedbackRow,
    key: NoticeKey,
    text: &str,
    event: quanheng_domain::ids::EventId,
) -> Result<(), ActionError> {
    let mut about = clock::about_edition(edition);
    about.concerned = vec![Recipient {
        person: None,
        name: row.name.clone(),
        address: row.contact.clone(),
        locale: Locale::Chinese.to_string(),
    }];
    let facts = NoticeFacts { reason: Some(text.to_owned()), ..clock::edition_facts(tx, edition)? };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

/// Answers a feedback case with its outcome; the reporter gets the answer by mail.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Conflict` when it was answered, `Invalid`.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: FeedbackId,
    text: &str,
    outcome: FeedbackOutcome,
) -> Result<(), ActionError> {
    let mut row = specifications::find_feedback(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let edition = kept_by(tx, actor, row.specification_id)?;
    required(&[("answer", text)])?;
    if row.answered_at.is_some() {
        return Err(ActionError::Conflict);
    }
    row.answer = text.trim().to_owned();
    row.answered_at = Some(tx.now());
    row.answered_by = actor.person().map(|person| person.person);
    row.outcome = Some(outcome);
    specifications::save_feedback(tx.conn(), &row)?;
    let event = tx.record(NewEvent {
        source: "E-23",
        ..NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "feedback_answered")
            .note(&row.answer)
            .facts(json!({ "feedback": id, "outcome": outcome }))
    })?;
    tell_feedback(tx, &edition, &row, NoticeKey::FeedbackAnswered, &row.answer, event)
}

/// Follows an object or stops following it; followers get the optional notices about it.
///
/// # Errors
/// `Forbidden` for people without an account.
pub fn follow(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    kind: ObjectKind,
    object: ObjectId,
    wanted: bool,
) -> Result<(), ActionError> {
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let row =
        FollowerRow { person_id: person, object_id: object, object_kind: kind, since: tx.now() };
    outbox::set_follow(tx.conn(), &row, wanted)?;
    Ok(())
}
