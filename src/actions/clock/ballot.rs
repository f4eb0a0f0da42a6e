//! Deadlines of ballots: each ballot has its own, whatever it is about.

use quanheng_db::{deadlines::DeadlineRow, outbox};
use quanheng_domain::{
    ballot::BallotPurpose,
    ids::BallotId,
    lifecycle::{DeadlineKind, Move},
    notice::{Count, Notice, NoticeFacts, NoticeKey},
    people::Actor,
    stage::Stage,
};
use serde_json::json;

use super::project;
use crate::{
    ActionError, NewEvent, Tx,
    ballot::{
        self,
        poll::{Polled, polled},
        tally,
    },
    tell,
};

/// Acts on a deadline of a ballot.
pub fn act(
    tx: &mut Tx<'_, '_>,
    row: &DeadlineRow,
    ballot: BallotId,
) -> Result<&'static str, ActionError> {
    let polled = polled(tx, ballot)?;
    if polled.project.as_ref().is_some_and(|project| project.stage.is_final()) {
        return Ok("project has ended");
    }
    if polled.row.closed_at.is_some() {
        return Ok("closed before");
    }
    if row.kind == DeadlineKind::BallotEnd { end(tx, &polled) } else { remind(tx, row, &polled) }
}

fn end(tx: &mut Tx<'_, '_>, polled: &Polled) -> Result<&'static str, ActionError> {
    if tx.now() < polled.row.closes_at {
        return Ok("extended");
    }
    match &polled.project {
        Some(project)
            if polled.row.purpose == BallotPurpose::Review && project.stage == Stage::Reviewing =>
        {
            project::step(tx, project.id, Move::CountVotes)
        }
        _ => {
            ballot::close::with_result(tx, &Actor::System, polled)?;
            Ok("closed")
        }
    }
}

fn remind(
    tx: &mut Tx<'_, '_>,
    row: &DeadlineRow,
    polled: &Polled,
) -> Result<&'static str, ActionError> {
    let (kind, object) = polled.filed;
    let event = tx
        .record(NewEvent::new(kind, object, &Actor::System, "deadline_passed").facts(
            json!({ "deadline": row.kind, "due_at": row.due_at, "ballot": polled.row.id }),
        ))?;
    let counted = tally::of(tx.conn(), &polled.row)?;
    let mut counts = ballot::counts(&counted);
    let silent = outbox::voters_of(tx.conn(), polled.row.id, true)?.len();
    counts.insert(Count::Silent, i64::try_from(silent).unwrap_or(i64::MAX));
    let facts = NoticeFacts { due: Some(polled.row.closes_at), counts, ..polled.facts(tx)? };
    let about = polled.about();
    let mut send = |key| tell::tell(tx, &Notice { key, facts: facts.clone() }, &about, Some(event));
    send(NoticeKey::BallotReminder)?;
    if row.kind != DeadlineKind::BallotReminderFar && !counted.quorum_met {
        send(NoticeKey::QuorumAtRisk)?;
    }
    Ok("reminded")
}
