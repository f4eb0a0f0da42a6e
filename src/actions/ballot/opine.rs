//! Opinions without a vote (意见,不计票): kept apart from the votes and never counted (CH Art. 38, edge case 7).

use quanheng_db::ballots::{self, OpinionRow, RollRow};
use quanheng_domain::{
    ids::BallotId,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
};
use serde_json::json;

use super::{
    cast::{Cast, Taken},
    poll::{Polled, polled},
};
use crate::{ActionError, NewEvent, Tx, limits, profiles};

/// Keeps the opinion of somebody on the roll, apart from the votes.
///
/// # Errors
/// `Refused` when closed, not on the roll, or not heard; `Invalid` without text.
pub fn opine(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    text: &str,
) -> Result<(), ActionError> {
    let polled = polled(tx, ballot)?;
    polled.require_open(tx.now())?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let line = polled.line(person)?;
    let profile = profiles::load(tx.conn(), polled.row.profile_id)?;
    if let Some(refusal) = unheard(line, &profile) {
        return Err(refusal.into());
    }
    let code = if text.trim().is_empty() {
        Some(FaultCode::Missing)
    } else {
        (text.chars().count() > limits::OPINION).then_some(FaultCode::TooLong)
    };
    if let Some(code) = code {
        let fault = match code {
            FaultCode::TooLong => limits::too_long("text", limits::OPINION),
            code => FieldFault::new("text", code),
        };
        return Err(ActionError::Invalid(vec![fault]));
    }
    keep(tx, actor, &polled, line, text, None)
}

/// Refuses a vote and keeps what was written with it, if the person is heard and wrote anything.
pub(super) fn instead_of_vote(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
    line: &RollRow,
    command: &Cast,
    refusal: Refusal,
    profile: &Profile,
) -> Result<Taken, ActionError> {
    let written: Vec<&str> = [command.reason.trim(), command.remark.trim()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if written.is_empty() || unheard(line, profile).is_some() {
        return Err(refusal.into());
    }
    keep(tx, actor, polled, line, &written.join("\n\n"), Some(&refusal))?;
    Ok(Taken::Opinion(Box::new(refusal)))
}

// Why somebody on the roll is not heard; those who vote always are.
fn unheard(line: &RollRow, profile: &Profile) -> Option<Refusal> {
    let rule = keys::NON_VOTERS_SPEAK;
    let heard = line.role.is_voting() || (line.role.may_speak() && profile.get(rule));
    (!heard).then(|| {
        Refusal::by(RefusalCode::NoVoice, rule.key()).citing(profile).with("role", line.role)
    })
}

fn keep(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
    line: &RollRow,
    text: &str,
    refused: Option<&Refusal>,
) -> Result<(), ActionError> {
    let row = OpinionRow {
        id: tx.id(),
        ballot_id: polled.row.id,
        person_id: line.person_id,
        text: text.trim().to_owned(),
        at: tx.now(),
    };
    ballots::add_opinion(tx.conn(), &row)?;
    let own = actor.person().is_some_and(|person| person.person == line.person_id);
    let (kind, object) = polled.filed;
    tx.record(NewEvent {
        on_behalf_of: if own { "" } else { &line.name },
        ..NewEvent::new(kind, object, actor, "opinion_recorded").facts(json!({
            "ballot": polled.row.id, "opinion": row.id, "vote_refused": refused.map(|refusal| refusal.code),
        }))
    })?;
    Ok(())
}
