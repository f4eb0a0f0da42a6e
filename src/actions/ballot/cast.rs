//! Casts a vote: on the roll, not recused, before the closing instant; the last vote before it counts and every version is kept.

use quanheng_db::{
    ballot_parts,
    ballots::{self, RollRow, VoteRow},
    documents, register,
};
use quanheng_domain::{
    Keyed,
    ballot::{BallotPurpose, seats::Recusal},
    ids::{BallotId, DocumentId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
    records::{Choice, VoteChannel},
    refusal::{Refusal, RefusalCode},
    rules::{Profile, keys},
};
use serde_json::json;

use super::{
    box_vote, mandate, opine,
    poll::{Polled, polled},
};
use crate::{ActionError, NewEvent, Tx, account, limits, profiles, tell};

pub use super::{attend::attend, opine::opine};

/// A vote.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The ballot.
    pub ballot: BallotId,
    /// For whom the secretariat enters the vote; the actor's own when left out.
    pub person: Option<PersonId>,
    /// The choice.
    pub choice: Choice,
    /// Reason.
    pub reason: String,
    /// Separate remark.
    pub remark: String,
    /// How it reached the record; only looked at for a vote entered for somebody else.
    pub channel: VoteChannel,
    /// Where a vote entered for somebody else came from: required then.
    pub source: String,
    /// Scan of a vote on paper, a document of the project.
    pub scan: Option<DocumentId>,
    /// Receipt code of a secret vote, made by the voter's side; only its hash is kept.
    pub receipt: String,
}

/// A vote recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteReceipt {
    /// How many times a vote of the person was recorded in this ballot.
    pub ordinal: i32,
    /// The choice that counted before, if there was one.
    pub before: Option<Choice>,
    /// True for a vote entered for somebody else: it counts once a second person has confirmed it.
    pub waits: bool,
}

/// What became of a vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is on record.
    Vote(VoteReceipt),
    /// It was refused, and what was written was kept as an opinion that does not count (edge case 7).
    Opinion(Box<Refusal>),
}

/// Casts a vote.
///
/// # Errors
/// `Refused` (closed, not on the roll, without a vote, recused, reason missing, final), `Invalid`, `NotFound`.
pub fn cast(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Cast) -> Result<Taken, ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_open(tx.now())?;
    let acting = actor.person().ok_or(ActionError::Forbidden)?.person;
    let voter = command.person.unwrap_or(acting);
    let on_behalf = voter != acting;
    let profile = profiles::load(tx.conn(), polled.row.profile_id)?;
    let represents = on_behalf && mandate::represents(tx, &profile, &polled, voter, acting)?;
    if on_behalf && !represents {
        polled.require_secretariat(actor)?;
    }
    let line = polled.line(voter)?.clone();
    refuse_faults(tx, &polled, command, on_behalf && !represents)?;
    if !line.may_vote {
        let refusal = no_vote(&line).citing(&profile);
        return opine::instead_of_vote(tx, actor, &polled, &line, command, refusal, &profile);
    }
    refuse_undeclared(tx, &profile, &polled, voter)?;
    if polled.row.secret {
        return box_vote::put(tx, actor, &polled, &line, command, on_behalf).map(Taken::Vote);
    }
    refuse_without_reason(&profile, polled.row.purpose, command)?;
    let versions: Vec<VoteRow> = ballots::votes_of(tx.conn(), command.ballot)?
        .into_iter()
        .filter(|vote| vote.person_id == voter)
        .collect();
    let before = versions.iter().rev().find(|vote| vote.counts()).map(|vote| vote.choice);
    if before.is_some() && !profile.get(keys::VOTE_CHANGE_ALLOWED) {
        return Err(Refusal::by(RefusalCode::VoteFinal, keys::VOTE_CHANGE_ALLOWED.key())
            .citing(&profile)
            .into());
    }
    let ordinal = versions.last().map_or(1, |vote| vote.ordinal + 1);
    let vote = match represents {
        true => represented(row(tx, command, voter, acting, ordinal)),
        false => row(tx, command, voter, acting, ordinal),
    };
    ballots::add_vote(tx.conn(), &vote)?;
    record(tx, actor, &polled, &line, &vote)?;
    if !on_behalf {
        mark_present(tx, &line)?;
    }
    Ok(Taken::Vote(VoteReceipt { ordinal, before, waits: on_behalf && !represents }))
}

// The mandate was the voter's own confirmation: no second person is asked for.
fn represented(vote: VoteRow) -> VoteRow {
    let (by, at) = (Some(vote.person_id), Some(vote.cast_at));
    let (source, scan_id) = (String::new(), None);
    let channel = VoteChannel::Proxy;
    VoteRow { channel, source, scan_id, confirmed_by: by, confirmed_at: at, ..vote }
}

fn row(
    tx: &Tx<'_, '_>,
    command: &Cast,
    voter: PersonId,
    acting: PersonId,
    ordinal: i32,
) -> VoteRow {
    let on_behalf = voter != acting;
    VoteRow {
        id: tx.id(),
        ballot_id: command.ballot,
        person_id: voter,
        ordinal,
        choice: command.choice,
        reason: command.reason.trim().to_owned(),
        remark: command.remark.trim().to_owned(),
        cast_at: tx.now(),
        cast_by: acting,
        channel: if on_behalf { command.channel } else { VoteChannel::Online },
        source: if on_behalf { command.source.trim().to_owned() } else { String::new() },
        scan_id: command.scan.filter(|_| on_behalf),
        confirmed_by: None,
        confirmed_at: None,
    }
}

/// Marks somebody present whose vote counts: whoever votes takes part.
pub(super) fn mark_present(tx: &mut Tx<'_, '_>, line: &RollRow) -> Result<(), ActionError> {
    if !line.present {
        let here = RollRow { present: true, present_at: Some(tx.now()), ..line.clone() };
        ballots::save_roll(tx.conn(), &here)?;
    }
    Ok(())
}

// Which rule keeps somebody on the roll from voting.
fn no_vote(line: &RollRow) -> Refusal {
    if let Some(recusal) = &line.recusal {
        let rule = match Recusal::from_key(recusal) {
            Ok(Recusal::UnitShare) => keys::DRAFTER_UNIT_SHARE_MAX.key(),
            Ok(Recusal::UnitVote) => keys::ONE_VOTE_PER_UNIT.key(),
            Ok(Recusal::Interest) => keys::INTEREST_DECLARATION.key(),
            _ => keys::DRAFTER_CAN_VOTE.key(),
        };
        Refusal::by(RefusalCode::Recused, rule).with("person", &line.name)
    } else {
        Refusal::by(RefusalCode::WithoutVote, keys::NON_VOTERS_SPEAK.key()).with("role", line.role)
    }
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
    line: &RollRow,
    vote: &VoteRow,
) -> Result<(), ActionError> {
    let on_behalf = vote.cast_by != vote.person_id;
    let entered = on_behalf && vote.channel != VoteChannel::Proxy;
    let (kind, object) = polled.filed;
    let facts = json!({
        "ballot": vote.ballot_id, "vote": vote.id, "choice": vote.choice, "ordinal": vote.ordinal,
        "channel": vote.channel, "source": vote.source,
    });
    let event = tx.record(NewEvent {
        on_behalf_of: if on_behalf { &line.name } else { "" },
        ..NewEvent::new(kind, object, actor, if entered { "vote_entered" } else { "vote_cast" })
            .facts(facts)
    })?;
    if !entered {
        return Ok(());
    }
    let person = register::person(tx.conn(), vote.person_id)?.ok_or(ActionError::NotFound)?;
    let mut about = polled.about();
    about.concerned = account::recipient(&person).into_iter().collect();
    let facts = NoticeFacts {
        due: Some(polled.row.closes_at),
        person: Some(actor.label().to_owned()),
        reason: Some(vote.source.clone()),
        ..polled.facts(tx)?
    };
    tell::tell(tx, &Notice { key: NoticeKey::VoteEntered, facts }, &about, Some(event))?;
    Ok(())
}

fn refuse_faults(
    tx: &mut Tx<'_, '_>,
    polled: &Polled,
    command: &Cast,
    on_behalf: bool,
) -> Result<(), ActionError> {
    let texts =
        [("reason", &command.reason), ("remark", &command.remark), ("source", &command.source)];
    let mut faults: Vec<FieldFault> = texts
        .into_iter()
        .filter(|(_, text)| text.chars().count() > limits::GROUNDS)
        .map(|(field, _)| FieldFault {
            bound: i64::try_from(limits::GROUNDS).ok(),
            ..FieldFault::new(field, FaultCode::TooLong)
        })
        .collect();
    if on_behalf {
        if command.source.trim().is_empty() {
            faults.push(FieldFault::new("source", FaultCode::Missing));
        }
        if matches!(command.channel, VoteChannel::Online | VoteChannel::Proxy) {
            faults.push(FieldFault::new("channel", FaultCode::NotAChoice));
        }
        if let Some(scan) = command.scan {
            let there = documents::get(tx.conn(), scan)?
                .filter(|row| Some(row.project_id) == polled.row.project_id);
            if there.is_none() {
                faults.push(FieldFault::new("scan", FaultCode::Unknown));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

// Some authorities want an abstention explained as well.
fn refuse_without_reason(
    profile: &Profile,
    purpose: BallotPurpose,
    command: &Cast,
) -> Result<(), ActionError> {
    let Some(rule) = purpose.kind().reasons(command.choice) else { return Ok(()) };
    if command.reason.trim().is_empty() && profile.get(rule) {
        let fields = vec![FieldFault::new("reason", FaultCode::Missing)];
        let refusal = Refusal::by(RefusalCode::ReasonRequired, rule.key());
        return Err(refusal.citing(profile).at(fields).into());
    }
    Ok(())
}

// On a project nobody's vote counts before the voter said whether there is an interest.
fn refuse_undeclared(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    polled: &Polled,
    voter: PersonId,
) -> Result<(), ActionError> {
    let rule = keys::INTEREST_DECLARATION;
    if polled.project.is_none() || !profile.get(rule) {
        return Ok(());
    }
    if ballot_parts::declaration(tx.conn(), polled.row.id, voter)?.is_some() {
        return Ok(());
    }
    Err(Refusal::by(RefusalCode::DeclarationMissing, rule.key()).citing(profile).into())
}
