//! Casts a vote: on the roll, not recused, before the closing instant; the last vote before it counts and every version is kept.

use quanheng_db::{
    ballots::{self, BallotRow, OpinionRow, RollRow, VoteRow},
    projects,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{BallotId, ObjectId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Owners, Party},
    records::{Choice, VoteChannel},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, profiles};

/// A vote.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The ballot.
    pub ballot: BallotId,
    /// For whom the secretariat records the vote; the actor's own when left out.
    pub person: Option<PersonId>,
    /// The choice.
    pub choice: Choice,
    /// Reason.
    pub reason: String,
    /// Separate remark.
    pub remark: String,
    /// How it reached the record.
    pub channel: VoteChannel,
}

/// A vote recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteReceipt {
    /// How many times the person has voted in this ballot.
    pub ordinal: i32,
    /// The choice before, if there was one.
    pub before: Option<Choice>,
}

/// The ballot with what decides who may act on it.
pub struct Polled {
    /// The ballot.
    pub row: BallotRow,
    /// The roll.
    pub roll: Vec<RollRow>,
    /// Who owns it.
    pub owners: Owners,
    /// Object and kind its events are filed under.
    pub filed: (ObjectKind, ObjectId),
}

/// Reads a ballot for an action.
pub fn polled(tx: &mut Tx<'_, '_>, id: BallotId) -> Result<Polled, ActionError> {
    let row = ballots::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let committee = quanheng_db::register::committee(tx.conn(), row.committee_id)?
        .ok_or(ActionError::NotFound)?;
    let authority = match row.project_id {
        Some(project) => {
            projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?.authority_id
        }
        None => committee.authority_id,
    };
    let owners = Owners { project: row.project_id, committee: Some(row.committee_id), authority };
    let filed = match row.project_id {
        Some(project) => (ObjectKind::Project, project.cast()),
        None => (ObjectKind::Committee, row.committee_id.cast()),
    };
    let roll = ballots::roll_of(tx.conn(), id)?;
    Ok(Polled { row, roll, owners, filed })
}

/// Casts a vote.
///
/// # Errors
/// `Refused` (closed, not on the roll, recused, reason missing), `NotFound`.
pub fn cast(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Cast,
) -> Result<VoteReceipt, ActionError> {
    let polled = polled(tx, command.ballot)?;
    refuse_closed(tx, &polled.row)?;
    let acting = actor.person().ok_or(ActionError::Forbidden)?;
    let voter = command.person.unwrap_or(acting.person);
    if voter != acting.person && !actor.parties(&polled.owners).contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    let Some(line) = polled.roll.iter().find(|line| line.person_id == voter) else {
        return Err(Refusal::new(RefusalCode::NotOnRoll).into());
    };
    if !line.may_vote {
        // What an adviser or a recused member wrote is kept as an opinion (edge case 7).
        let code =
            if line.recusal.is_some() { RefusalCode::Recused } else { RefusalCode::NotOnRoll };
        return Err(Refusal::new(code).with("person", &line.name).into());
    }
    refuse_without_reason(tx, &polled.row, command)?;
    let before =
        super::tally::last_votes(ballots::votes_of(tx.conn(), command.ballot)?).remove(&voter);
    let profile = profiles::load(tx.conn(), polled.row.profile_id)?;
    if before.is_some() && !profile.get(keys::VOTE_CHANGE_ALLOWED) {
        return Err(Refusal::by(RefusalCode::VoteFinal, keys::VOTE_CHANGE_ALLOWED.key())
            .citing(&profile)
            .into());
    }
    let ordinal = before.as_ref().map_or(1, |vote| vote.ordinal + 1);
    let vote = VoteRow {
        id: tx.id(),
        ballot_id: command.ballot,
        person_id: voter,
        ordinal,
        choice: command.choice,
        reason: command.reason.trim().to_owned(),
        remark: command.remark.trim().to_owned(),
        cast_at: tx.now(),
        cast_by: acting.person,
        channel: if voter == acting.person { VoteChannel::Online } else { command.channel },
        source: String::new(),
        scan_id: None,
        confirmed_by: None,
        confirmed_at: None,
    };
    ballots::add_vote(tx.conn(), &vote)?;
    // Whoever votes in a meeting is there.
    if !line.present {
        let here = RollRow { present: true, present_at: Some(tx.now()), ..line.clone() };
        ballots::save_roll(tx.conn(), &here)?;
    }
    record(tx, actor, &polled, &line.name, command, ordinal, voter != acting.person)?;
    Ok(VoteReceipt { ordinal, before: before.map(|vote| vote.choice) })
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
    name: &str,
    command: &Cast,
    ordinal: i32,
    on_behalf: bool,
) -> Result<(), ActionError> {
    let (kind, object) = polled.filed;
    tx.record(NewEvent {
        on_behalf_of: if on_behalf { name } else { "" },
        ..NewEvent::new(kind, object, actor, "vote_cast")
            .facts(json!({ "ballot": command.ballot, "choice": command.choice, "ordinal": ordinal, "channel": command.channel }))
    })?;
    Ok(())
}

// Half-open: a vote that reaches the transaction at the closing instant is late.
fn refuse_closed(tx: &Tx<'_, '_>, row: &BallotRow) -> Result<(), ActionError> {
    if row.closed_at.is_some() || tx.now() >= row.closes_at {
        let at = row.closes_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        return Err(Refusal::new(RefusalCode::BallotClosed).with("closed_at", at).into());
    }
    Ok(())
}

fn refuse_without_reason(
    tx: &mut Tx<'_, '_>,
    row: &BallotRow,
    command: &Cast,
) -> Result<(), ActionError> {
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    if command.choice == Choice::No
        && command.reason.trim().is_empty()
        && profile.get(keys::VOTE_NO_REASON_REQUIRED)
    {
        let fields = vec![FieldFault::new("reason", FaultCode::Missing)];
        return Err(Refusal::by(RefusalCode::ReasonRequired, keys::VOTE_NO_REASON_REQUIRED.key())
            .citing(&profile)
            .at(fields)
            .into());
    }
    for (field, text) in [("reason", &command.reason), ("remark", &command.remark)] {
        if text.chars().count() > 4_000 {
            return Err(ActionError::Invalid(vec![FieldFault {
                bound: Some(4_000),
                ..FieldFault::new(field, FaultCode::TooLong)
            }]));
        }
    }
    Ok(())
}

/// Marks presence: the secretariat for anybody, a person for herself.
///
/// # Errors
/// `Refused` when closed, for others, or for somebody who is not on the roll.
pub fn attend(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    person: PersonId,
    present: bool,
) -> Result<(), ActionError> {
    let polled = polled(tx, ballot)?;
    refuse_closed(tx, &polled.row)?;
    let own = actor.person().is_some_and(|acting| acting.person == person);
    if !own && !actor.parties(&polled.owners).contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    let Some(line) = polled.roll.iter().find(|line| line.person_id == person) else {
        return Err(Refusal::new(RefusalCode::NotOnRoll).into());
    };
    if line.present == present {
        return Ok(());
    }
    let marked = RollRow { present, present_at: present.then_some(tx.now()), ..line.clone() };
    ballots::save_roll(tx.conn(), &marked)?;
    let (kind, object) = polled.filed;
    tx.record(NewEvent::new(kind, object, actor, "attendance_marked").facts(
        json!({ "ballot": ballot, "person": person, "name": line.name, "present": present }),
    ))?;
    Ok(())
}

/// Keeps the opinion of somebody without a vote, apart from the votes (CH Art. 38).
///
/// # Errors
/// `Refused` when closed or not on the roll, `Invalid` without text.
pub fn opine(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    text: &str,
) -> Result<(), ActionError> {
    let polled = polled(tx, ballot)?;
    refuse_closed(tx, &polled.row)?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    if !polled.roll.iter().any(|line| line.person_id == person) {
        return Err(Refusal::new(RefusalCode::NotOnRoll).into());
    }
    let code = if text.trim().is_empty() {
        Some(FaultCode::Missing)
    } else {
        (text.chars().count() > 8_000).then_some(FaultCode::TooLong)
    };
    if let Some(code) = code {
        return Err(ActionError::Invalid(vec![FieldFault::new("text", code)]));
    }
    let row = OpinionRow {
        id: tx.id(),
        ballot_id: ballot,
        person_id: person,
        text: text.trim().to_owned(),
        at: tx.now(),
    };
    ballots::add_opinion(tx.conn(), &row)?;
    let (kind, object) = polled.filed;
    tx.record(
        NewEvent::new(kind, object, actor, "opinion_recorded").facts(json!({ "ballot": ballot })),
    )?;
    Ok(())
}
