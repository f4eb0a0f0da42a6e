//! Opens a vote of a committee on a matter of its own (一般事项) or an election (选举), each by the majority its rule names.

use chrono::NaiveDate;
use quanheng_db::{register, rule_profiles};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose, kind::Secrecy},
    deadline,
    event::ObjectKind,
    ids::{BallotId, CommitteeId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts},
    people::{Actor, Owners, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    open::{NewBallot, of_committee},
    start::clocks,
};
use crate::{ActionError, NewEvent, Tx, committee::seats, limits, profiles, tell};

/// A matter to vote on.
#[derive(Debug, Clone)]
pub struct StartMatter {
    /// The committee.
    pub committee: CommitteeId,
    /// Meeting or correspondence.
    pub form: BallotForm,
    /// Last day; closed at its end.
    pub closes_on: NaiveDate,
    /// The question.
    pub question: String,
    /// True for the election of an officer; its rule says whether it is secret.
    pub election: bool,
    /// True for a secret vote on any other matter.
    pub secret: bool,
}

/// Opens the ballot, starts its clocks and asks the voters.
///
/// # Errors
/// `Refused` for others than the secretariat, `Invalid` without a question or with a day that is gone, `NotFound`.
pub fn start_matter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &StartMatter,
) -> Result<BallotId, ActionError> {
    let committee =
        register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    let owners =
        Owners { project: None, committee: Some(committee.id), authority: committee.authority_id };
    if !actor.parties(&owners).contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    tx.lock(committee.id.cast())?;
    let closes_at = deadline::end_of(command.closes_on);
    refuse_faults(command, closes_at <= tx.now())?;
    let today = tx.today();
    let name = profiles::name_for(tx.conn(), committee.authority_id, Some(committee.id))?;
    let version = rule_profiles::in_force(tx.conn(), &name, today)?.ok_or(ActionError::NotFound)?;
    let profile = profiles::load(tx.conn(), version.id)?;
    let purpose = if command.election { BallotPurpose::Election } else { BallotPurpose::Matter };
    let secret = match purpose.kind().secrecy {
        Secrecy::Recorded => false,
        Secrecy::MayBeSecret => command.secret,
        Secrecy::ByRule(rule) => command.secret || profile.get(rule),
    };
    let new = NewBallot {
        committee: committee.id,
        purpose,
        form: command.form,
        question: command.question.trim().to_owned(),
        closes_at,
        secret,
    };
    let id = of_committee(tx, (&profile, version.id), &new)?;
    let filed = (ObjectKind::Committee, committee.id.cast());
    clocks(tx, filed, (id, closes_at), &profile)?;
    let event =
        tx.record(NewEvent::new(filed.0, filed.1, actor, "ballot_opened").facts(json!({
            "ballot": id, "purpose": new.purpose, "form": new.form, "closes_at": closes_at,
            "secret": new.secret,
        })))?;
    let mut about = seats::about(&committee);
    about.ballot = Some(id);
    let facts = NoticeFacts {
        title: new.question,
        due: Some(closes_at),
        path: format!("/ballots/{id}"),
        ..seats::facts(&committee)
    };
    tell::tell(tx, &Notice { key: new.purpose.kind().asks, facts }, &about, Some(event))?;
    Ok(id)
}

fn refuse_faults(command: &StartMatter, gone: bool) -> Result<(), ActionError> {
    let mut faults = Vec::new();
    if command.question.trim().is_empty() {
        faults.push(FieldFault::new("question", FaultCode::Missing));
    } else if command.question.chars().count() > limits::NOTE {
        faults.push(FieldFault {
            bound: i64::try_from(limits::NOTE).ok(),
            ..FieldFault::new("question", FaultCode::TooLong)
        });
    }
    if gone {
        faults.push(FieldFault::new("closes_on", FaultCode::Over));
    }
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}
