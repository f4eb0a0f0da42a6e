//! Ends a ballot by hand and signs its conclusion; what is signed is one exact text (Electronic Signature Law, Art. 14).

use chrono::SecondsFormat;
use quanheng_db::{
    ballots::{self, RollRow, VoteRow},
    conclusions::{self, SignatureRow},
};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose, signing::SignaturePart},
    ids::{BallotId, PersonId},
    lifecycle::{Input, Move},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;

use super::{
    conclude,
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
    if is_complete(polled.row.form, &polled.roll, |person| votes.contains_key(&person)) {
        return Ok(());
    }
    let until = polled.row.closes_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Err(Refusal::new(RefusalCode::BallotStillOpen).with("until", until).into())
}

/// Whether no further vote is to be expected, so that the ballot may end before its instant: in a meeting those who came have
/// decided, and who stayed away will not; by correspondence everybody may until the end.
pub fn is_complete(form: BallotForm, roll: &[RollRow], voted: impl Fn(PersonId) -> bool) -> bool {
    let voted = |line: &RollRow| line.voted || voted(line.person_id);
    let mut entitled = roll.iter().filter(|line| line.may_vote);
    match form {
        BallotForm::Meeting => {
            roll.iter().any(voted) && entitled.filter(|line| line.present).all(voted)
        }
        BallotForm::Correspondence => entitled.all(voted),
    }
}

/// Signs the conclusion of a counted ballot with the text as the signer has it: the chair, or in the chair's absence the next
/// leader in order, marked as acting; and each principal reviewer of a review.
///
/// Where nobody wrote a text before, the chair's is the text.
///
/// # Errors
/// `Refused` for others, while the ballot is open, and when it was signed; `Conflict` when the text is another than the one
/// that stands; `Invalid` without text.
pub fn sign(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: BallotId,
    conclusion: &str,
) -> Result<String, ActionError> {
    let mut polled = polled(tx, id)?;
    let (part, acting) = part_of(tx, actor, &polled)?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let text = conclude::written(conclusion)?;
    if polled.row.conclusion.is_empty() && part == SignaturePart::Chair {
        conclude::write(tx, &mut polled.row, text, person)?;
    } else if polled.row.conclusion != text {
        return Err(ActionError::Conflict);
    }
    let signature = SignatureRow {
        id: tx.id(),
        version: 1,
        ballot_id: id,
        part,
        person_id: person,
        acting,
        sha256: conclude::hash_of(text),
        signed_at: tx.now(),
        scan_id: None,
        entered_by: None,
        confirmed_by: None,
        confirmed_at: None,
        voided_at: None,
    };
    conclusions::add_signature(tx.conn(), &signature)?;
    conclude::stamp(tx, &mut polled.row, &signature)?;
    let hash = signature.sha256;
    let (kind, object) = polled.filed;
    tx.record(NewEvent {
        on_behalf_of: conclude::instead(&polled, acting),
        ..NewEvent::new(kind, object, actor, "conclusion_signed")
            .facts(json!({ "ballot": id, "sha256": hash, "acting": acting, "part": part }))
    })?;
    Ok(hash)
}

/// Signs the text whose hash the signer was shown.
///
/// # Errors
/// `Conflict` when the text is another by now; else as [`sign`].
pub fn sign_shown(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: BallotId,
    sha256: &str,
) -> Result<String, ActionError> {
    let text = polled(tx, id)?.row.conclusion;
    if conclude::hash_of(&text) != sha256 {
        return Err(ActionError::Conflict);
    }
    sign(tx, actor, id, &text)
}

// As what the actor signs, and whether in place of the chair.
fn part_of(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
) -> Result<(SignaturePart, bool), ActionError> {
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let today = tx.today();
    let order = signers(tx.conn(), &polled.row, &polled.roll, today)?;
    let reviews = conclude::reviewers(tx.conn(), &polled.row)?.contains(&person);
    if !reviews && !order.iter().any(|signer| signer.person == person) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Chair).into());
    }
    conclude::refuse_uncounted(polled)?;
    let open = conclude::open_parts(tx.conn(), &polled.row, &polled.roll, today)?;
    let own = open.into_iter().find(|(_, who, _)| *who == person);
    own.map(|(part, _, acting)| (part, acting))
        .ok_or_else(|| Refusal::new(RefusalCode::AlreadySigned).into())
}
