//! A review meeting (会审现场): which clause is on the wall, and the arguments of both sides where a clause is contested.

use quanheng_db::ballot_parts::{self, PositionRow};
use quanheng_domain::{
    ids::{BallotId, ObjectId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    records::Stance,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::poll::polled;
use crate::{ActionError, NewEvent, Tx, limits};

/// Goes to a clause of the text; everybody who looks at the meeting follows.
///
/// # Errors
/// `Refused` for others than secretariat and chair and when closed.
pub fn go_to(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    clause: &str,
) -> Result<(), ActionError> {
    let polled = polled(tx, ballot)?;
    let parties = actor.parties(&polled.owners);
    if !parties.contains(&Party::Secretariat) && !parties.contains(&Party::Chair) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    polled.require_open(tx.now())?;
    if clause.chars().count() > limits::NAME {
        return Err(ActionError::Invalid(vec![limits::too_long("clause", limits::NAME)]));
    }
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    if ballot_parts::place_of(tx.conn(), ballot)?.is_some_and(|place| place.clause == clause) {
        return Ok(());
    }
    let now = tx.now();
    ballot_parts::go_to(tx.conn(), ballot, clause, by, now)?;
    let (kind, object) = polled.filed;
    tx.record(
        NewEvent::new(kind, object, actor, "clause_taken_up")
            .facts(json!({ "ballot": ballot, "clause": clause })),
    )?;
    Ok(())
}

/// The argument of one side.
#[derive(Debug, Clone)]
pub struct Position {
    /// The ballot.
    pub ballot: BallotId,
    /// The clause.
    pub clause: String,
    /// Whose argument; the actor's own when left out.
    pub person: Option<PersonId>,
    /// Which side.
    pub stance: Stance,
    /// The argument, with the papers it rests on.
    pub body: String,
}

/// Keeps an argument about a contested clause (CH Art. 38, edge case 52).
///
/// # Errors
/// `Refused` when closed, for people who are not on the roll or not heard; `Invalid` without words.
pub fn argue(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Position,
) -> Result<ObjectId, ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_open(tx.now())?;
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let person = command.person.unwrap_or(by);
    if person != by {
        polled.require_secretariat(actor)?;
    }
    let line = polled.line(person)?;
    if !line.role.may_speak() {
        return Err(Refusal::new(RefusalCode::NoVoice).with("role", line.role).into());
    }
    let body = command.body.trim();
    if body.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("body", FaultCode::Missing)]));
    }
    if body.chars().count() > limits::TEXT {
        return Err(ActionError::Invalid(vec![limits::too_long("body", limits::TEXT)]));
    }
    let row = PositionRow {
        id: tx.id(),
        ballot_id: command.ballot,
        clause: command.clause.chars().take(limits::NAME).collect(),
        person_id: person,
        stance: command.stance,
        body: body.to_owned(),
        recorded_by: by,
        recorded_at: tx.now(),
    };
    ballot_parts::add_position(tx.conn(), &row)?;
    let (kind, object) = polled.filed;
    tx.record(NewEvent {
        on_behalf_of: if person == by { "" } else { &line.name },
        ..NewEvent::new(kind, object, actor, "position_recorded").facts(json!({
            "ballot": command.ballot, "position": row.id, "clause": row.clause, "stance": row.stance,
        }))
    })?;
    Ok(row.id)
}
