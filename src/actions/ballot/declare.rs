//! Declares interests (利益关系申报): whoever has one is recused from that ballot until it is taken back.

use quanheng_db::{
    ballot_parts::{self, DeclarationRow},
    ballots::{self, RollRow},
};
use quanheng_domain::{
    Keyed,
    ballot::seats::Recusal,
    ids::BallotId,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::poll::polled;
use crate::{ActionError, NewEvent, Tx, limits};

/// A declaration.
#[derive(Debug, Clone)]
pub struct Declare {
    /// The ballot.
    pub ballot: BallotId,
    /// True when there is an interest.
    pub conflicted: bool,
    /// Which; required then.
    pub details: String,
}

/// Keeps the declaration and recuses, or lets vote again, whoever made it.
///
/// # Errors
/// `Refused` when closed, not on the roll or without a vote; `Invalid` for an interest without details.
pub fn declare(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Declare) -> Result<(), ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_open(tx.now())?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let line = polled.line(person)?.clone();
    if !line.role.is_voting() {
        return Err(Refusal::new(RefusalCode::WithoutVote).with("role", line.role).into());
    }
    let details = command.details.trim();
    if command.conflicted && details.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("details", FaultCode::Missing)]));
    }
    if details.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("details", limits::NOTE)]));
    }
    let row = DeclarationRow {
        ballot_id: command.ballot,
        person_id: person,
        conflicted: command.conflicted,
        details: details.to_owned(),
        declared_at: tx.now(),
    };
    ballot_parts::declare(tx.conn(), &row)?;
    let interest = Recusal::Interest.key();
    let recusal = match (command.conflicted, line.recusal.as_deref()) {
        (true, None) => Some(interest.to_owned()),
        (false, Some(why)) if why == interest => None,
        _ => line.recusal.clone(),
    };
    let may_vote = recusal.is_none();
    ballots::save_roll(tx.conn(), &RollRow { may_vote, recusal, ..line.clone() })?;
    let (kind, object) = polled.filed;
    tx.record(NewEvent::new(kind, object, actor, "interest_declared").facts(json!({
        "ballot": command.ballot, "name": line.name, "conflicted": command.conflicted,
    })))?;
    Ok(())
}
