//! Ends a ballot by hand and signs its conclusion; a signed conclusion is what it was, for ever (Electronic Signature Law, Art. 14).

use quanheng_db::{ballots, projects};
use quanheng_domain::{
    ballot::BallotPurpose,
    ids::BallotId,
    lifecycle::{FaultCode, FieldFault, Input, Move},
    people::{Actor, Party, Role},
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::cast::polled;
use crate::{
    ActionError, NewEvent, Tx,
    project::{Advance, advance},
};

/// Closes a ballot: after its instant, or before when everybody entitled has voted.
///
/// # Errors
/// `Refused` for others than the secretariat and while votes may still come.
pub fn close(tx: &mut Tx<'_, '_>, actor: &Actor, id: BallotId) -> Result<(), ActionError> {
    let polled = polled(tx, id)?;
    if !actor.parties(&polled.owners).contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    if polled.row.closed_at.is_some() {
        return Ok(());
    }
    let votes = super::tally::last_votes(ballots::votes_of(tx.conn(), id)?);
    let all = polled
        .roll
        .iter()
        .filter(|line| line.may_vote)
        .all(|line| votes.contains_key(&line.person_id));
    // In a meeting those who came have decided; who stayed away will not.
    let meeting = polled.row.form == quanheng_domain::ballot::BallotForm::Meeting
        && polled
            .roll
            .iter()
            .filter(|line| line.may_vote && line.present)
            .all(|line| votes.contains_key(&line.person_id))
        && !votes.is_empty();
    if !all && !meeting && tx.now() < polled.row.closes_at {
        let until = polled.row.closes_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        return Err(Refusal::new(RefusalCode::BallotStillOpen).with("until", until).into());
    }
    let project = match polled.row.project_id {
        Some(project) => Some(projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?),
        None => None,
    };
    match project {
        Some(project)
            if polled.row.purpose == BallotPurpose::Review && project.stage == Stage::Reviewing =>
        {
            // Ended before its instant, the ballot is closed first; counting is the move of the life cycle.
            super::close::close(tx, polled.row)?;
            let command = Advance {
                project: project.id,
                key: Move::CountVotes,
                input: Input::default(),
                if_version: None,
            };
            advance(tx, actor, &command)?;
        }
        Some(project) => {
            super::close::by_clock(tx, &project, polled.row)?;
        }
        None => {
            super::close::close(tx, polled.row)?;
            let (kind, object) = polled.filed;
            tx.record(
                NewEvent::new(kind, object, actor, "ballot_closed").facts(json!({ "ballot": id })),
            )?;
        }
    }
    Ok(())
}

/// Signs the conclusion of a closed ballot.
///
/// # Errors
/// `Refused` for others than the chair (or the first vice-chair when the chair is recused), while the ballot is open, or when it was signed.
pub fn sign(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: BallotId,
    conclusion: &str,
) -> Result<String, ActionError> {
    let mut polled = polled(tx, id)?;
    let signer = polled
        .roll
        .iter()
        .filter(|line| matches!(line.role, Role::Chair | Role::ViceChair) && line.recusal.is_none())
        .min_by_key(|line| (line.role != Role::Chair, line.id));
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    if signer.is_none_or(|line| line.person_id != person) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Chair).into());
    }
    if polled.row.closed_at.is_none() {
        return Err(Refusal::new(RefusalCode::BallotStillOpen).into());
    }
    if polled.row.signed_at.is_some() {
        return Err(ActionError::Conflict);
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
    let (kind, object) = polled.filed;
    tx.record(
        NewEvent::new(kind, object, actor, "conclusion_signed")
            .facts(json!({ "ballot": id, "sha256": hash })),
    )?;
    Ok(hash)
}
