//! Lets another member vote in a meeting (委托表决, edge case 8): where the profile allows it, in writing, before the meeting, and for as
//! many as one person may represent.

use quanheng_db::{
    ballot_parts::{self, MandateRow},
    ballots::BallotRow,
    register,
};
use quanheng_domain::{
    ballot::BallotForm,
    ids::{BallotId, EventId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
};
use serde_json::json;

use super::poll::{Polled, polled};
use crate::{ActionError, NewEvent, Tx, account, limits, profiles, tell};

/// A mandate.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// The ballot.
    pub ballot: BallotId,
    /// Who votes for the actor; nobody takes an earlier mandate back.
    pub to: Option<PersonId>,
    /// What the actor wrote; required with somebody.
    pub words: String,
}

/// Keeps the mandate, or takes an earlier one back.
///
/// # Errors
/// `Refused` when closed, not on the roll, without a vote, where the rules allow no proxy, once the meeting has begun, and for
/// somebody who represents as many as the rules allow; `Invalid` without words, and for somebody who does not vote.
pub fn mandate(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Mandate) -> Result<(), ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_open(tx.now())?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let line = polled.line(person)?;
    if !line.may_vote {
        return Err(Refusal::new(RefusalCode::WithoutVote).with("role", line.role).into());
    }
    let profile = profiles::load(tx.conn(), polled.row.profile_id)?;
    let (kind, object) = polled.filed;
    let held = ballot_parts::mandates_of(tx.conn(), command.ballot)?
        .into_iter()
        .find(|row| row.person_id == person);
    let Some(to) = command.to else {
        let Some(held) = held else { return Ok(()) };
        ballot_parts::take_mandate_back(tx.conn(), command.ballot, person)?;
        let event = NewEvent::new(kind, object, actor, "mandate_withdrawn")
            .facts(json!({ "ballot": command.ballot, "name": line.name }));
        let event = tx.record(event)?;
        return tell_proxy(tx, &polled, NoticeKey::MandateWithdrawn, &held, event);
    };
    if !allowed(&profile, &polled.row) {
        return Err(Refusal::by(RefusalCode::ProxyNotAllowed, keys::PROXY_ALLOWED.key())
            .citing(&profile)
            .into());
    }
    let begun = polled.roll.iter().any(|line| line.role.is_voting() && line.present);
    if begun {
        return Err(Refusal::by(RefusalCode::ProxyTooLate, keys::PROXY_ALLOWED.key())
            .citing(&profile)
            .into());
    }
    refuse_faults(&polled, person, to, &command.words)?;
    refuse_taken(tx, &profile, command.ballot, person, to)?;
    let row = MandateRow {
        ballot_id: command.ballot,
        person_id: person,
        proxy_id: to,
        words: command.words.trim().to_owned(),
        given_at: tx.now(),
    };
    ballot_parts::give_mandate(tx.conn(), &row)?;
    let proxy = polled.line(to)?;
    let event = tx.record(NewEvent::new(kind, object, actor, "mandate_given").facts(json!({
        "ballot": command.ballot, "name": line.name, "proxy": proxy.name,
    })))?;
    if let Some(held) = held.filter(|held| held.proxy_id != to) {
        tell_proxy(tx, &polled, NoticeKey::MandateWithdrawn, &held, event)?;
    }
    tell_proxy(tx, &polled, NoticeKey::MandateGiven, &row, event)
}

// Whoever is to vote for another must know it before the meeting, and when it is no longer wanted.
fn tell_proxy(
    tx: &mut Tx<'_, '_>,
    polled: &Polled,
    key: NoticeKey,
    row: &MandateRow,
    event: EventId,
) -> Result<(), ActionError> {
    let proxy = register::person(tx.conn(), row.proxy_id)?.ok_or(ActionError::NotFound)?;
    let mut about = polled.about();
    about.concerned = account::recipient(&proxy).into_iter().collect();
    let facts = NoticeFacts {
        due: Some(polled.row.closes_at),
        person: Some(polled.line(row.person_id)?.name.clone()),
        reason: (key == NoticeKey::MandateGiven).then(|| row.words.clone()),
        ..polled.facts(tx)?
    };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

/// True where a member may let another vote: by correspondence everybody replies, and what is secret goes through nobody's hands.
pub fn allowed(profile: &Profile, row: &BallotRow) -> bool {
    profile.get(keys::PROXY_ALLOWED) && row.form == BallotForm::Meeting && !row.secret
}

/// True when somebody votes for a member by the member's mandate.
pub(super) fn represents(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    polled: &Polled,
    voter: PersonId,
    acting: PersonId,
) -> Result<bool, ActionError> {
    if !allowed(profile, &polled.row) {
        return Ok(false);
    }
    let given = ballot_parts::mandates_of(tx.conn(), polled.row.id)?;
    Ok(given.iter().any(|row| row.person_id == voter && row.proxy_id == acting))
}

fn refuse_faults(
    polled: &Polled,
    person: PersonId,
    to: PersonId,
    words: &str,
) -> Result<(), ActionError> {
    let mut faults = Vec::new();
    let votes = polled.roll.iter().any(|line| line.person_id == to && line.may_vote);
    if to == person || !votes {
        faults.push(FieldFault::new("to", FaultCode::NotAChoice));
    }
    if words.trim().is_empty() {
        faults.push(FieldFault::new("words", FaultCode::Missing));
    }
    if words.chars().count() > limits::NOTE {
        faults.push(limits::too_long("words", limits::NOTE));
    }
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

// Nobody hands on what others gave: whoever represents somebody comes, and whoever comes through another represents nobody.
fn refuse_taken(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    ballot: BallotId,
    person: PersonId,
    to: PersonId,
) -> Result<(), ActionError> {
    let given = ballot_parts::mandates_of(tx.conn(), ballot)?;
    let others = given.iter().filter(|row| row.person_id != person);
    let held = others.filter(|row| row.proxy_id == to).count();
    let most = profile.get(keys::PROXY_PER_PERSON_MAX);
    let full = u32::try_from(held).unwrap_or(u32::MAX) >= most;
    let handed_on = given.iter().any(|row| row.person_id == to || row.proxy_id == person);
    if full || handed_on {
        return Err(Refusal::by(RefusalCode::ProxyTaken, keys::PROXY_PER_PERSON_MAX.key())
            .citing(profile)
            .into());
    }
    Ok(())
}
