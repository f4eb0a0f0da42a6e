//! Changes that a review requires (审定要求的修改): each is a task, done before the dossier goes out.

use quanheng_db::{
    ballot_parts::{self, ChangeRow},
    register,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{BallotId, EventId, ObjectId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::poll::{Polled, polled};
use crate::{ActionError, NewEvent, Tx, account, limits, tell};

/// A change to require.
#[derive(Debug, Clone)]
pub struct Require {
    /// The ballot.
    pub ballot: BallotId,
    /// Clause; may be empty.
    pub clause: String,
    /// What is to be changed.
    pub body: String,
    /// Who does it; the drafters together when left out.
    pub responsible: Option<PersonId>,
}

/// A change that was done.
#[derive(Debug, Clone)]
pub struct Finish {
    /// The ballot.
    pub ballot: BallotId,
    /// The change.
    pub change: ObjectId,
    /// How it was done.
    pub note: String,
}

fn require_party(polled: &Polled, actor: &Actor, who: &[Party]) -> Result<(), ActionError> {
    let parties = actor.parties(&polled.owners);
    if who.iter().any(|party| parties.contains(party)) {
        return Ok(());
    }
    let first = who.first().copied().unwrap_or(Party::Secretariat);
    Err(Refusal::new(RefusalCode::NotYours).with("who", first).into())
}

/// Requires a change.
///
/// # Errors
/// `Refused` for others than secretariat and chair, `Invalid` without words, `NotFound` for a ballot that is about no project.
pub fn require(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Require,
) -> Result<ObjectId, ActionError> {
    let polled = polled(tx, command.ballot)?;
    let project = polled.project.as_ref().ok_or(ActionError::NotFound)?;
    require_party(&polled, actor, &[Party::Secretariat, Party::Chair])?;
    if project.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    let body = command.body.trim();
    let mut faults = Vec::new();
    if body.is_empty() {
        faults.push(FieldFault::new("body", FaultCode::Missing));
    }
    if body.chars().count() > limits::TEXT {
        faults.push(limits::too_long("body", limits::TEXT));
    }
    if command.clause.chars().count() > limits::NAME {
        faults.push(limits::too_long("clause", limits::NAME));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let last = ballot_parts::changes_of(tx.conn(), command.ballot)?.last().map_or(0, |c| c.ordinal);
    let row = ChangeRow {
        id: tx.id(),
        version: 1,
        ballot_id: command.ballot,
        project_id: project.id,
        ordinal: last + 1,
        clause: command.clause.trim().to_owned(),
        body: body.to_owned(),
        responsible_id: command.responsible,
        created_by: by,
        created_at: tx.now(),
        done_note: String::new(),
        done_by: None,
        done_at: None,
    };
    ballot_parts::add_change(tx.conn(), &row)?;
    let object = project.id.cast();
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, object, actor, "change_required").facts(json!({
            "ballot": command.ballot, "change": row.id, "n": row.ordinal, "body": row.body,
        })),
    )?;
    told(tx, &polled, &row, event)?;
    Ok(row.id)
}

// The drafters, and whoever has to do it.
fn told(
    tx: &mut Tx<'_, '_>,
    polled: &Polled,
    row: &ChangeRow,
    event: EventId,
) -> Result<(), ActionError> {
    let mut about = polled.about();
    if let Some(responsible) = row.responsible_id {
        let person = register::person(tx.conn(), responsible)?.ok_or(ActionError::NotFound)?;
        about.concerned = account::recipient(&person).into_iter().collect();
    }
    let item =
        NoticeItem { label: row.clause.clone(), text: row.body.clone(), ..NoticeItem::default() };
    let facts = NoticeFacts { items: vec![item], ..polled.facts(tx)? };
    tell::tell(tx, &Notice { key: NoticeKey::ChangeRequired, facts }, &about, Some(event))?;
    Ok(())
}

/// Marks a change as done.
///
/// # Errors
/// `Refused` for others than drafters and secretariat and for a change that is done; `Invalid` without words; `NotFound`.
pub fn finish(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Finish) -> Result<(), ActionError> {
    let polled = polled(tx, command.ballot)?;
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let mut row = ballot_parts::change(tx.conn(), command.change)?
        .filter(|row| row.ballot_id == command.ballot)
        .ok_or(ActionError::NotFound)?;
    if row.responsible_id != Some(by) {
        require_party(&polled, actor, &[Party::Drafter, Party::Secretariat])?;
    }
    if row.done_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let note = command.note.trim();
    if note.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("note", FaultCode::Missing)]));
    }
    if note.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("note", limits::NOTE)]));
    }
    row.done_note = note.to_owned();
    row.done_by = Some(by);
    row.done_at = Some(tx.now());
    if !ballot_parts::save_change(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let object = row.project_id.cast();
    tx.record(
        NewEvent::new(ObjectKind::Project, object, actor, "change_done")
            .note(note)
            .facts(json!({ "ballot": command.ballot, "change": row.id, "n": row.ordinal })),
    )?;
    Ok(())
}
