//! Takes one move of the life cycle: the domain decides, and rows, event, deadlines and mail are written together.

use quanheng_db::projects;
use quanheng_domain::{
    event::ObjectKind,
    ids::{BallotId, EventId, ProjectId},
    lifecycle::{self, Field, Input, Move, OpenDeadline, Outcome},
    people::Actor,
    stage::Stage,
};
use serde_json::json;

use super::{carry, load, milestone, notices};
use crate::{
    ActionError, NewEvent, Tx,
    document::{checks, dossier},
};

/// A move to take.
#[derive(Debug, Clone)]
pub struct Advance {
    /// The project.
    pub project: ProjectId,
    /// Which move.
    pub key: Move,
    /// The fields.
    pub input: Input,
    /// The version the actor saw; a later one refuses.
    pub if_version: Option<i64>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    /// The event in the ledger.
    pub event: EventId,
    /// Stage before.
    pub from: Stage,
    /// Stage after.
    pub to: Stage,
    /// Version after.
    pub version: i64,
    /// Mails put into the outbox.
    pub told: usize,
}

/// Takes the move.
///
/// # Errors
/// `Refused` with the rule, `Conflict` when the project changed since it was seen, `NotFound`, storage trouble.
pub fn advance(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Advance,
) -> Result<Advanced, ActionError> {
    let now = tx.now();
    tx.lock(command.project.cast())?;
    let mut loaded = load::load(tx.conn(), command.project, now)?;
    if command.if_version.is_some_and(|seen| seen != loaded.row.version) {
        return Err(ActionError::Conflict);
    }
    loaded.look_up(tx.conn(), &command.input)?;
    if command.key == Move::ApproveAsParty {
        loaded.stand_as_party(actor);
    }
    let outcome =
        lifecycle::decide(&loaded.standing, command.key, actor, &command.input, &loaded.facts())
            .map_err(|refusal| refusal.citing(&loaded.profile))?;
    checks::refuse_binding(tx, &loaded.row, &outcome)?;
    let from = loaded.row.stage;
    let event = record(tx, actor, command, &outcome, from)?;
    let mut row = loaded.row.clone();
    if outcome.to != from {
        row.stage = outcome.to;
        row.stage_since = now;
        // A stage is judged by the profile that is in force when it begins, and keeps it.
        if outcome.to.phase() != from.phase() {
            row.profile_id = carry::current_profile(tx, &row)?;
        }
    }
    close_clocks(tx, command.project, &outcome)?;
    let mut carried = carry::Carried::default();
    for change in &outcome.changes {
        carry::carry(tx, actor, &loaded, &mut row, change, &mut carried)?;
    }
    if command.key == Move::ReturnDossier {
        dossier::returned(tx, actor, command.project, &command.input)?;
    }
    open_clocks(tx, command.project, &outcome, carried.ballot)?;
    if !projects::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    if outcome.opens.iter().any(|open| milestone::is_one(open.kind)) {
        milestone::remind_next(tx, &row)?;
    }
    let told = notices::send(tx, &row, &outcome, &command.input, event, &carried)?;
    Ok(Advanced { event, from, to: outcome.to, version: row.version, told })
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Advance,
    outcome: &Outcome,
    from: Stage,
) -> Result<EventId, ActionError> {
    let (from_key, to_key) = (from.to_string(), outcome.to.to_string());
    let opens: Vec<_> = outcome
        .opens
        .iter()
        .map(|open| json!({ "kind": open.kind, "due_at": open.due_at }))
        .collect();
    let key = outcome.key.to_string();
    tx.record(NewEvent {
        source: outcome.source,
        stages: Some((&from_key, &to_key)),
        ..NewEvent::new(ObjectKind::Project, command.project.cast(), actor, &key)
            .note(command.input.text(Field::Note).unwrap_or_default())
            .facts(json!({ "input": outcome.facts, "opens": opens }))
    })
}

fn close_clocks(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
    outcome: &Outcome,
) -> Result<(), ActionError> {
    // The clocks of a ballot end when it is closed, and only its own.
    let closes: Vec<_> =
        outcome.closes.iter().copied().filter(|kind| !kind.is_of_ballot()).collect();
    tx.close_deadlines(project.cast(), &closes, &outcome.key.to_string())?;
    if outcome.to.is_final() {
        tx.close_deadlines(
            project.cast(),
            <lifecycle::DeadlineKind as quanheng_domain::Keyed>::ALL,
            "ended",
        )?;
    }
    Ok(())
}

fn open_clocks(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
    outcome: &Outcome,
    ballot: Option<BallotId>,
) -> Result<(), ActionError> {
    let opens = outcome.opens.iter().cloned();
    let (of_ballot, others): (Vec<OpenDeadline>, Vec<_>) =
        opens.partition(|one| ballot.is_some() && one.kind.is_of_ballot());
    if let Some(ballot) = ballot {
        for one in &of_ballot {
            tx.open_ballot_deadline(ObjectKind::Project, project.cast(), ballot, one)?;
        }
    }
    tx.open_deadlines(ObjectKind::Project, project.cast(), &others)
}
