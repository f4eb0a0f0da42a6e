//! What happens to an edition after publication: training, effect evaluation, feedback, follow, early re-examination (rows 25 to 27, E-23).

use chrono::NaiveDate;
use quanheng_db::{
    outbox::{self, FollowerRow, Recipient},
    projects::{self, ProjectRow},
    specifications::{self, EvaluationRow, FeedbackRow, SpecificationRow, TrainingRow},
    surveys::{self, EvaluationSurveyRow},
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

/// Whether the edition is in the actor's care: the secretariat of its committee and the officers of its authority.
pub fn keeps(actor: &Actor, edition: &SpecificationRow) -> bool {
    let parties = actor.parties(&owners(edition));
    parties.contains(&Party::Secretariat) || parties.contains(&Party::Officer)
}

/// Refuses those in whose care an edition is not.
///
/// # Errors
/// `Refused` for others than secretariat and officers.
pub fn must_keep(actor: &Actor, edition: &SpecificationRow) -> Result<(), ActionError> {
    if keeps(actor, edition) {
        return Ok(());
    }
    let who = format!("{},{}", Party::Secretariat, Party::Officer);
    Err(Refusal::new(RefusalCode::NotYours).with("who", who).into())
}

fn kept_by(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: SpecificationId,
) -> Result<SpecificationRow, ActionError> {
    let edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    must_keep(actor, &edition)?;
    Ok(edition)
}

/// The longest text of a record, in characters.
const LONGEST: usize = 8_000;
/// More people than any training hall or broadcast holds.
const MOST_PEOPLE: i32 = 1_000_000;

/// What is wrong with a text: longer than a record holds, or empty where it is needed.
fn text(faults: &mut Vec<FieldFault>, field: &str, text: &str, needed: bool) {
    if needed && text.trim().is_empty() {
        faults.push(FieldFault::new(field, FaultCode::Missing));
    } else if text.chars().count() > LONGEST {
        faults.push(FieldFault {
            bound: i64::try_from(LONGEST).ok(),
            ..FieldFault::new(field, FaultCode::TooLong)
        });
    }
}

/// A record tells what has been: its day is not in the future.
fn been(tx: &Tx<'_, '_>, faults: &mut Vec<FieldFault>, field: &str, day: NaiveDate) {
    if day > tx.today() {
        faults.push(FieldFault::new(field, FaultCode::NotYet));
    }
}

fn refuse(faults: Vec<FieldFault>) -> Result<(), ActionError> {
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
    let mut faults = Vec::new();
    been(tx, &mut faults, "held_on", command.held_on);
    text(&mut faults, "place", &command.place, true);
    if !(0..=MOST_PEOPLE).contains(&command.people) {
        faults.push(FieldFault {
            bound: Some(MOST_PEOPLE.into()),
            ..FieldFault::new("people", FaultCode::NotACount)
        });
    }
    text(&mut faults, "note", &command.note, false);
    refuse(faults)?;
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
    /// The questionnaire on which it rests, one about the same text.
    pub survey: Option<ObjectId>,
}

/// Records an effect evaluation; the suggestion of an early re-examination opens the case, unless the text is being worked on (edge case 58).
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid`, `NotFound`.
pub fn evaluate(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Evaluation,
) -> Result<(), ActionError> {
    let edition = kept_by(tx, actor, command.specification)?;
    let mut faults = Vec::new();
    been(tx, &mut faults, "done_on", command.done_on);
    text(&mut faults, "method", &command.method, true);
    text(&mut faults, "findings", &command.findings, true);
    let own = match command.survey {
        Some(id) => surveys::find(tx.conn(), id)?,
        None => None,
    };
    let own = own.filter(|survey| survey.specification_id == edition.id);
    if command.survey.is_some() && own.is_none() {
        faults.push(FieldFault::new("survey", FaultCode::Unknown));
    }
    refuse(faults)?;
    let row = EvaluationRow {
        id: tx.id(),
        specification_id: command.specification,
        done_on: command.done_on,
        method: command.method.trim().to_owned(),
        findings: command.findings.trim().to_owned(),
        suggestion: command.suggestion,
    };
    specifications::add_evaluation(tx.conn(), &row)?;
    if let Some(survey) = &own {
        let rest = EvaluationSurveyRow { evaluation_id: row.id, survey_id: survey.id };
        surveys::rest_on(tx.conn(), &rest)?;
    }
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
        lead_to_reexamination(tx, actor, &edition, &row.findings)?;
    }
    Ok(())
}

/// The wish to examine an edition again before its time (提前复审, row 27).
#[derive(Debug, Clone)]
pub struct EarlyReexamination {
    /// The edition.
    pub specification: SpecificationId,
    /// Why it cannot wait.
    pub reason: String,
}

/// Opens a re-examination case before its time (row 27: committee or authority).
///
/// # Errors
/// `Refused` for others, for an abolished text and while a project on the text is running; `Invalid` without a reason.
pub fn reexamine(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &EarlyReexamination,
) -> Result<ProjectId, ActionError> {
    let edition = kept_by(tx, actor, command.specification)?;
    let mut faults = Vec::new();
    text(&mut faults, "reason", &command.reason, true);
    refuse(faults)?;
    tx.lock(edition.id.cast())?;
    if !edition.abolished_on.is_empty() {
        return Err(Refusal::new(RefusalCode::TextAbolished).into());
    }
    if let Some(project) = worked_on(tx, &edition)? {
        let refusal = Refusal::new(RefusalCode::CaseRunning);
        return Err(refusal.with("project", project.title_zh).into());
    }
    open_early(tx, actor, &edition, command.reason.trim())
}

/// The project that is running on an edition, if there is one.
fn worked_on(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
) -> Result<Option<ProjectRow>, ActionError> {
    let all = projects::of_specification(tx.conn(), edition.id)?;
    Ok(all.into_iter().find(|project| !project.stage.is_final()))
}

fn open_early(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    edition: &SpecificationRow,
    reason: &str,
) -> Result<ProjectId, ActionError> {
    let asked =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "reexamination_asked");
    tx.record(NewEvent { source: "27", ..asked.note(reason) })?;
    let case = clock::open_case(tx, edition, ProjectKind::Reexamination)?;
    clock::start_case(tx, edition, case)?;
    Ok(case)
}

/// What an evaluation or a feedback case leads to: the case, unless the text is gone or being worked on already.
fn lead_to_reexamination(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    edition: &SpecificationRow,
    reason: &str,
) -> Result<(), ActionError> {
    tx.lock(edition.id.cast())?;
    if edition.abolished_on.is_empty() && worked_on(tx, edition)?.is_none() {
        open_early(tx, actor, edition, reason)?;
        return Ok(());
    }
    let skipped =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "reexamination_skipped");
    tx.record(skipped.facts(json!({ "because": "under_revision" })))?;
    Ok(())
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
    let mut faults = Vec::new();
    text(&mut faults, "name", &command.name, true);
    if names::email_key(&command.contact).is_none() {
        faults.push(FieldFault::new("contact", FaultCode::NotAnAddress));
    }
    text(&mut faults, "clause", &command.clause, false);
    text(&mut faults, "text", &command.text, true);
    refuse(faults)?;
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

/// The answer to a feedback case.
#[derive(Debug, Clone)]
pub struct FeedbackAnswer {
    /// The case.
    pub feedback: FeedbackId,
    /// The words that the reporter gets.
    pub answer: String,
    /// What becomes of it.
    pub outcome: FeedbackOutcome,
}

/// Answers a feedback case with its outcome; the reporter gets the answer by mail, and an early re-examination opens its case.
///
/// # Errors
/// `Refused` for others than secretariat and officers and when it was answered; `Invalid` without an answer; `NotFound`.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &FeedbackAnswer,
) -> Result<(), ActionError> {
    let id = command.feedback;
    let held = specifications::find_feedback(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let edition = kept_by(tx, actor, held.specification_id)?;
    let mut faults = Vec::new();
    text(&mut faults, "answer", &command.answer, true);
    refuse(faults)?;
    tx.lock(edition.id.cast())?;
    let mut row = specifications::find_feedback(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    if row.answered_at.is_some() {
        return Err(Refusal::new(RefusalCode::FeedbackAnswered).into());
    }
    row.answer = command.answer.trim().to_owned();
    row.answered_at = Some(tx.now());
    row.answered_by = actor.person().map(|person| person.person);
    row.outcome = Some(command.outcome);
    specifications::save_feedback(tx.conn(), &row)?;
    let event = tx.record(NewEvent {
        source: "E-23",
        ..NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "feedback_answered")
            .note(&row.answer)
            .facts(json!({ "feedback": id, "outcome": command.outcome }))
    })?;
    tell_feedback(tx, &edition, &row, NoticeKey::FeedbackAnswered, &row.answer, event)?;
    if command.outcome == FeedbackOutcome::Reexamination {
        lead_to_reexamination(tx, actor, &edition, &row.text)?;
    }
    Ok(())
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
