//! Ends a ballot by hand and signs its conclusion; a signed conclusion is what it was, for ever (Electronic Signature Law, Art. 14).

use chrono::SecondsFormat;
use quanheng_db::{ballots, ballots::VoteRow};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::BallotId,
    lifecycle::{FaultCode, FieldFault, Input, Move},
    people::{Actor, Party, Role},
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    poll::{Polled, polled, signers},
    tally,
};
use crate::{
    ActionError, NewEvent, Tx,
    project::{Advance, advance},
};

/// Closes a ballot: after its instant, or before when everybody entitled has voted.
///
/// # Errors
/// `Refused` for others than the secretariat, while votes may still come, and while an entered vote waits for its second person.
pub fn close(tx: &mut Tx<'_, '_>, actor: &Actor, id: BallotId) -> Result<(), ActionError> {
    let polled = polled(tx, id)?;
    polled.require_secretariat(actor)?;
    if polled.row.closed_at.is_some() {
        return Ok(());
    }
    if tx.now() < polled.row.closes_at {
        let votes = ballots::votes_of(tx.conn(), id)?;
        refuse_early(&polled, votes)?;
    }
    match &polled.project {
        Some(project)
            if polled.row.purpose == BallotPurpose::Review && project.stage == Stage::Reviewing =>
        {
            let project = project.id;
            // Ended before its instant, the ballot is closed first; counting is the move of the life cycle.
            super::close::close(tx, polled.row)?;
            let (key, input) = (Move::CountVotes, Input::default());
            advance(tx, actor, &Advance { project, key, input, if_version: None })?;
        }
        _ => {
            super::close::with_result(tx, actor, &polled)?;
        }
    }
    Ok(())
}

// Before its instant a ballot ends only when no further vote is to be expected.
fn refuse_early(polled: &Polled, votes: Vec<VoteRow>) -> Result<(), ActionError> {
    let waiting = tally::waiting(&votes).len();
    if waiting > 0 {
        return Err(Refusal::new(RefusalCode::PaperUnconfirmed).with("open", waiting).into());
    }
    let votes = tally::last_votes(votes);
    let voted = |line: &&ballots::RollRow| votes.contains_key(&line.person_id);
    let mut entitled = polled.roll.iter().filter(|line| line.may_vote);
    // In a meeting those who came have decided; who stayed away will not.
    let complete = match polled.row.form {
        BallotForm::Meeting => {
            !votes.is_empty() && entitled.filter(|line| line.present).all(|line| voted(&line))
        }
        BallotForm::Correspondence => entitled.all(|line| voted(&line)),
    };
    if complete {
        return Ok(());
    }
    let until = polled.row.closes_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Err(Refusal::new(RefusalCode::BallotStillOpen).with("until", until).into())
}

/// Signs the conclusion of a closed ballot: the chair, or in the chair's absence the next leader in order, marked as acting.
///
/// # Errors
/// `Refused` for others, while the ballot is open, and when it was signed; `Invalid` without text.
pub fn sign(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: BallotId,
    conclusion: &str,
) -> Result<String, ActionError> {
    let mut polled = polled(tx, id)?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let today = tx.today();
    let order = signers(tx.conn(), &polled.row, &polled.roll, today)?;
    let Some(signer) = order.into_iter().find(|signer| signer.person == person) else {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Chair).into());
    };
    if polled.row.closed_at.is_none() {
        return Err(Refusal::new(RefusalCode::BallotStillOpen).into());
    }
    if polled.row.signed_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySigned).into());
    }
    let length = conclusion.chars().count();
    if conclusion.trim().is_empty() || length > 20_000 {
        let code = if length > 20_000 { FaultCode::TooLong } else { FaultCode::Missing };
        return Err(ActionError::Invalid(vec![FieldFault::new("conclusion", code)]));
    }
    let hash = hex::encode(Sha256::digest(conclusion.as_bytes()));
    polled.row.conclusion = conclusion.to_owned();
    polled.row.conclusion_hash = Some(hash.clone());
    polled.row.signed_by = Some(person);
    polled.row.signed_at = Some(tx.now());
    if !ballots::save(tx.conn(), &mut polled.row)? {
        return Err(ActionError::Conflict);
    }
    let chair = polled.roll.iter().find(|line| line.role == Role::Chair);
    let instead = chair.filter(|_| signer.acting).map_or("", |line| line.name.as_str());
    let (kind, object) = polled.filed;
    tx.record(NewEvent {
        on_behalf_of: instead,
        ..NewEvent::new(kind, object, actor, "conclusion_signed")
            .facts(json!({ "ballot": id, "sha256": hash, "acting": signer.acting }))
    })?;
    Ok(hash)
}
