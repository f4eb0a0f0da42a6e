//! A round with the project it belongs to, read under the project's lock, and who may do what with it.

use std::{collections::BTreeSet, sync::Arc};

use quanheng_db::{
    comments,
    conn::AnyConn,
    projects,
    projects::ProjectRow,
    rounds::{self, CommentRow, RoundRow},
};
use quanheng_domain::{
    comment::RoundPurpose,
    event::ObjectKind,
    ids::{CommentId, EventId, RoundId},
    lifecycle::RoundStatus,
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::{LatePolicy, Profile, keys},
};
use serde_json::Value;

use crate::{
    ActionError, NewEvent, Tx,
    document::may_know,
    profiles,
    project::{load::standing, notices},
    tell,
};

/// A round with its project.
#[derive(Debug, Clone)]
pub struct Case {
    /// The round.
    pub round: RoundRow,
    /// The project.
    pub project: ProjectRow,
}

impl Case {
    /// Reads a round without waiting for others; for what does not depend on what others write.
    pub fn peek(tx: &mut Tx<'_, '_>, id: RoundId) -> Result<Self, ActionError> {
        Self::read(tx.conn(), id)
    }

    /// Reads a round for showing it.
    pub fn read(conn: &mut AnyConn, id: RoundId) -> Result<Self, ActionError> {
        let round = rounds::find(conn, id)?.ok_or(ActionError::NotFound)?;
        let project = projects::find(conn, round.project_id)?.ok_or(ActionError::NotFound)?;
        Ok(Self { round, project })
    }

    /// Whether the actor settles the comments of this round.
    pub fn settles(&self, actor: &Actor) -> bool {
        let parties = self.parties(actor);
        self.settlers().iter().any(|party| parties.contains(party))
    }

    /// Reads a round under the lock of its project.
    pub fn of_round(tx: &mut Tx<'_, '_>, id: RoundId) -> Result<Self, ActionError> {
        let project = rounds::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?.project_id;
        tx.lock(project.cast())?;
        Self::peek(tx, id)
    }

    /// Reads a comment with its round under the lock of its project.
    pub fn of_comment(
        tx: &mut Tx<'_, '_>,
        id: CommentId,
    ) -> Result<(Self, CommentRow), ActionError> {
        let project = comments::project_of(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
        tx.lock(project.cast())?;
        let comment = comments::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
        Ok((Self::peek(tx, comment.round_id)?, comment))
    }

    /// What the actor is to the project.
    pub fn parties(&self, actor: &Actor) -> BTreeSet<Party> {
        actor.parties(&standing(&self.project).owners)
    }

    /// Refuses everybody but these parties; those who may not know of the project do not learn of it.
    pub fn require(&self, actor: &Actor, allowed: &[Party]) -> Result<(), ActionError> {
        if !may_know(&self.project, actor) {
            return Err(ActionError::NotFound);
        }
        let parties = self.parties(actor);
        if allowed.iter().any(|party| parties.contains(party)) {
            return Ok(());
        }
        Err(not_yours(allowed))
    }

    /// Who settles the comments of this round: the drafters, checked by the secretariat; in hearings, which have no drafter, the
    /// authority's officers besides.
    pub fn settlers(&self) -> &'static [Party] {
        match self.round.purpose {
            RoundPurpose::Draft | RoundPurpose::Again => &[Party::Drafter, Party::Secretariat],
            RoundPurpose::Abolition | RoundPurpose::Reexamination => {
                &[Party::Drafter, Party::Secretariat, Party::Officer]
            }
        }
    }

    /// The profile that the round was opened under.
    pub fn profile(&self, tx: &mut Tx<'_, '_>) -> Result<Arc<Profile>, ActionError> {
        profiles::load(tx.conn(), self.round.profile_id)
    }

    /// Whether a comment may still be received or answered here.
    pub fn must_not_have_ended(&self) -> Result<(), ActionError> {
        match self.round.status {
            RoundStatus::Running | RoundStatus::Closed => Ok(()),
            RoundStatus::Published | RoundStatus::Aborted => {
                Err(Refusal::new(RefusalCode::RoundNotRunning).into())
            }
        }
    }

    /// Whether the round runs at the instant of this transaction.
    pub fn must_run(&self, tx: &Tx<'_, '_>) -> Result<(), ActionError> {
        let (status, now) = (self.round.status, tx.now());
        let open = self.round.opens_at <= now && now < self.round.closes_at;
        if status == RoundStatus::Running && open {
            return Ok(());
        }
        Err(Refusal::new(RefusalCode::RoundNotRunning).into())
    }

    /// What mails about the round are about.
    pub fn about(&self) -> tell::About {
        tell::About { round: Some(self.round.id), ..notices::about(&self.project) }
    }

    /// Writes an event into the project's ledger.
    pub fn record(
        &self,
        tx: &mut Tx<'_, '_>,
        actor: &Actor,
        kind: &str,
        note: &str,
        facts: Value,
    ) -> Result<EventId, ActionError> {
        let event = NewEvent::new(ObjectKind::Project, self.project.id.cast(), actor, kind);
        tx.record(event.note(note).facts(facts))
    }
}

/// The refusal of everybody but these parties.
pub fn not_yours(allowed: &[Party]) -> ActionError {
    let who: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    Refusal::new(RefusalCode::NotYours).with("who", who.join(",")).into()
}

/// Whether late comments count like the others under this profile.
pub fn late_count(profile: &Profile) -> bool {
    profile.get(keys::COMMENT_LATE_POLICY) == LatePolicy::RecordAndCount
}
