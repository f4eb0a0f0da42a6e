//! Confirms a vote that somebody of the secretariat entered for a member: two people, or it does not count (edge case 47).

use quanheng_db::ballots;
use quanheng_domain::{
    ids::{BallotId, VoteId},
    people::Actor,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{cast::mark_present, poll::polled};
use crate::{ActionError, NewEvent, Tx};

/// An entered vote to confirm.
#[derive(Debug, Clone, Copy)]
pub struct Confirm {
    /// The ballot.
    pub ballot: BallotId,
    /// The vote.
    pub vote: VoteId,
}

/// Confirms the vote; from then on it counts. A second confirmation changes nothing.
///
/// # Errors
/// `Refused` when closed, for others than the secretariat and for the one who entered the vote; `NotFound` for a vote of
/// another ballot or one that its voter cast.
pub fn confirm(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Confirm) -> Result<(), ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_secretariat(actor)?;
    polled.require_open(tx.now())?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let vote = ballots::vote(tx.conn(), command.vote)?
        .filter(|vote| vote.ballot_id == command.ballot && vote.cast_by != vote.person_id)
        .ok_or(ActionError::NotFound)?;
    if vote.confirmed_at.is_some() {
        return Ok(());
    }
    // The voter may be of the secretariat too: whoever entered it is not the second person, and the voter simply votes.
    if vote.cast_by == person {
        return Err(Refusal::new(RefusalCode::SecondPerson).into());
    }
    let now = tx.now();
    if !ballots::confirm_vote(tx.conn(), vote.id, person, now)? {
        return Err(ActionError::Conflict);
    }
    let line = polled.line(vote.person_id)?;
    mark_present(tx, line)?;
    let (kind, object) = polled.filed;
    let facts = json!({ "ballot": command.ballot, "vote": vote.id, "choice": vote.choice, "ordinal": vote.ordinal });
    tx.record(NewEvent {
        on_behalf_of: &line.name,
        ..NewEvent::new(kind, object, actor, "vote_confirmed").facts(facts)
    })?;
    Ok(())
}
