//! Objections during the publicity before project approval, or before a result is approved, and their answers (E-22).

use quanheng_db::{
    deadlines,
    outbox::Recipient,
    projects::{self, ObjectionRow, ProjectRow},
};
use quanheng_domain::{
    Locale, deadline,
    event::ObjectKind,
    ids::{ObjectionId, ProjectId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
    stage::Stage,
};
use serde_json::json;

use super::{load::standing, notices};
use crate::{ActionError, NewEvent, Tx, limits, names, profiles, tell};

/// An objection as filled in.
#[derive(Debug, Clone)]
pub struct Object {
    /// The project under publicity.
    pub project: ProjectId,
    /// Name.
    pub name: String,
    /// Mail address for the answer.
    pub contact: String,
    /// Unit; may be empty.
    pub unit: String,
    /// The objection with its reasons.
    pub text: String,
}

/// Receives an objection from anybody while the publicity runs.
///
/// # Errors
/// `Refused` outside the publicity, `Invalid` with the faulty fields.
pub fn object(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Object,
) -> Result<ObjectionId, ActionError> {
    let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    if !under_notice(tx, &row)? {
        return Err(Refusal::new(RefusalCode::NotFromHere).with("stage", row.stage).into());
    }
    let faults = faults(command);
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    let calendar = profiles::calendar(tx.conn())?;
    let answer = deadline::compute(
        tx.today(),
        profile.get(keys::OBJECTION_ANSWER_WORKDAYS),
        deadline::Direction::After,
        &calendar,
    );
    let objection = ObjectionRow {
        id: tx.id(),
        project_id: row.id,
        name: command.name.trim().to_owned(),
        contact: command.contact.trim().to_owned(),
        unit: command.unit.trim().to_owned(),
        text: command.text.trim().to_owned(),
        at: tx.now(),
        answer_due: answer.ends_at,
        answer: String::new(),
        answered_at: None,
        answered_by: None,
    };
    projects::add_objection(tx.conn(), &objection)?;
    tx.open_deadline(
        ObjectKind::Project,
        row.id.cast(),
        &OpenDeadline { kind: DeadlineKind::ObjectionAnswer, due_at: answer.ends_at },
    )?;
    let event = tx.record(NewEvent {
        source: "E-22",
        ..NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "objection_received")
            .facts(json!({ "objection": objection.id }))
    })?;
    let facts = NoticeFacts {
        reason: Some(objection.text),
        due: Some(answer.ends_at),
        ..notices::facts(tx, &row)?
    };
    tell::tell(
        tx,
        &Notice { key: NoticeKey::ObjectionReceived, facts },
        &notices::about(&row),
        Some(event),
    )?;
    Ok(objection.id)
}

/// Whether a project, or its result, is put to public notice now.
fn under_notice(tx: &mut Tx<'_, '_>, row: &ProjectRow) -> Result<bool, ActionError> {
    let result = DeadlineKind::ResultPublicityEnd;
    Ok(match row.stage {
        Stage::Publicity => true,
        Stage::DossierCheck => {
            deadlines::open_of(tx.conn(), row.id.cast())?.iter().any(|one| one.kind == result)
        }
        _ => false,
    })
}

fn faults(command: &Object) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (field, text, most) in
        [("name", &command.name, limits::NAME), ("text", &command.text, limits::TEXT)]
    {
        if text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
    if names::email_key(&command.contact).is_none() {
        faults.push(FieldFault::new(
            "contact",
            if command.contact.trim().is_empty() {
                FaultCode::Missing
            } else {
                FaultCode::NotAnAddress
            },
        ));
    }
    faults
}

/// Answers an objection in writing; the objector gets the answer by mail.
///
/// # Errors
/// `Refused` for others than the authority's officers, `Invalid` without an answer, `Conflict` when it was answered already.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: ObjectionId,
    text: &str,
) -> Result<(), ActionError> {
    let mut objection = projects::objection(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let row = projects::find(tx.conn(), objection.project_id)?.ok_or(ActionError::NotFound)?;
    if !actor.parties(&standing(&row).owners).contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
    if text.trim().is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("answer", FaultCode::Missing)]));
    }
    if objection.answered_at.is_some() {
        return Err(ActionError::Conflict);
    }
    objection.answer = text.trim().to_owned();
    objection.answered_at = Some(tx.now());
    objection.answered_by = actor.person().map(|person| person.person);
    projects::save_objection(tx.conn(), &objection)?;
    let open =
        projects::objections_of(tx.conn(), row.id)?.iter().any(|other| other.answered_at.is_none());
    if !open {
        tx.close_deadlines(row.id.cast(), &[DeadlineKind::ObjectionAnswer], "answered")?;
    }
    let event = tx.record(NewEvent {
        source: "E-22",
        ..NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "objection_answered")
            .note(text.trim())
            .facts(json!({ "objection": id }))
    })?;
    let mut about = notices::about(&row);
    about.concerned = vec![Recipient {
        person: None,
        name: objection.name.clone(),
        address: objection.contact.clone(),
        locale: Locale::Chinese.to_string(),
    }];
    let facts = NoticeFacts { reason: Some(objection.answer), ..notices::facts(tx, &row)? };
    tell::tell(tx, &Notice { key: NoticeKey::ObjectionAnswered, facts }, &about, Some(event))?;
    Ok(())
}
