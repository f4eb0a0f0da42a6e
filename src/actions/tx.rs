//! The transaction of an action: the database inside it, one reading of the clock, chance, and the ways to write event, mail and deadline.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_clock::{Chance, Ids};
use quanheng_db::{WriteConn, conn::AnyConn};
use quanheng_domain::{
    deadline,
    event::{Event, ObjectKind},
    ids::{BallotId, EventId, Id, ObjectId},
    lifecycle::{DeadlineKind, OpenDeadline},
    people::Actor,
};
use serde_json::Value;

use crate::error::ActionError;

/// Everything an action may touch. Dropping it without error commits; any error rolls all of it back.
pub struct Tx<'t, 'c> {
    writer: &'t mut WriteConn<'c>,
    chance: &'t dyn Chance,
}

/// What is to be written into the ledger.
#[derive(Debug, Clone)]
pub struct NewEvent<'e> {
    /// Kind of the object.
    pub object_kind: ObjectKind,
    /// The object.
    pub object_id: ObjectId,
    /// Who.
    pub actor: &'e Actor,
    /// For whom, when on behalf.
    pub on_behalf_of: &'e str,
    /// What (a move's key or another recorded act).
    pub kind: &'e str,
    /// Row or exception of the domain rules.
    pub source: &'e str,
    /// Stage before and after, where there are stages.
    pub stages: Option<(&'e str, &'e str)>,
    /// Reason in the actor's words.
    pub note: &'e str,
    /// Facts.
    pub facts: Value,
}

impl<'e> NewEvent<'e> {
    /// An event without stages, note and facts.
    pub fn new(
        object_kind: ObjectKind,
        object_id: ObjectId,
        actor: &'e Actor,
        kind: &'e str,
    ) -> Self {
        Self {
            object_kind,
            object_id,
            actor,
            on_behalf_of: "",
            kind,
            source: "",
            stages: None,
            note: "",
            facts: Value::Null,
        }
    }

    /// Adds the reason.
    #[must_use]
    pub fn note(mut self, note: &'e str) -> Self {
        self.note = note;
        self
    }

    /// Adds facts.
    #[must_use]
    pub fn facts(mut self, facts: Value) -> Self {
        self.facts = facts;
        self
    }
}

impl<'t, 'c> Tx<'t, 'c> {
    /// Wraps a running write transaction.
    pub fn new(writer: &'t mut WriteConn<'c>, chance: &'t dyn Chance) -> Self {
        Self { writer, chance }
    }

    /// The connection, for the functions of the room `db`.
    pub fn conn(&mut self) -> &mut AnyConn {
        self.writer.conn()
    }

    /// The one reading of the clock of this action.
    pub fn now(&self) -> DateTime<Utc> {
        self.writer.now()
    }

    /// Today at the authority's place.
    pub fn today(&self) -> NaiveDate {
        deadline::day_of(self.now())
    }

    /// A new identity.
    pub fn id<T>(&self) -> Id<T> {
        self.chance.id(self.now())
    }

    /// A new secret of 256 bits.
    pub fn token(&self) -> String {
        self.chance.token()
    }

    /// The source of chance, for shuffles.
    pub fn chance(&self) -> &dyn Chance {
        self.chance
    }

    /// Runs a part whose failure does not fail the whole.
    pub fn attempt<T>(
        &mut self,
        part: impl FnOnce(&mut Tx<'_, '_>) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        let chance = self.chance;
        self.writer.attempt(|writer| part(&mut Tx { writer, chance }))
    }

    /// Waits until nobody else changes what belongs to this object; held until the end of the transaction.
    ///
    /// What decides on an instant or counts must take it before it reads, or else two of them could each miss the other.
    pub fn lock(&mut self, object: ObjectId) -> Result<(), ActionError> {
        Ok(quanheng_db::portable::lock_name(self.writer, &object.to_string())?)
    }

    /// Appends to the ledger, chained to the object's last event.
    pub fn record(&mut self, new: NewEvent<'_>) -> Result<EventId, ActionError> {
        self.lock(new.object_id)?;
        let last = quanheng_db::events::last_of(self.conn(), new.object_id)?;
        let (from, to) = new.stages.unwrap_or_default();
        let event = Event {
            id: self.id(),
            object_kind: new.object_kind,
            object_id: new.object_id,
            object_seq: last.as_ref().map_or(0, |(seq, _)| *seq) + 1,
            at: self.now(),
            actor_id: new.actor.person().map(|person| person.person),
            actor: new.actor.label().to_owned(),
            on_behalf_of: new.on_behalf_of.to_owned(),
            kind: new.kind.to_owned(),
            source: new.source.to_owned(),
            from_stage: from.to_owned(),
            to_stage: to.to_owned(),
            note: new.note.to_owned(),
            facts: new.facts,
            previous_hash: last.map(|(_, hash)| hash).unwrap_or_default(),
        };
        quanheng_db::events::append(self.conn(), &event)?;
        Ok(event.id)
    }

    /// Opens a deadline; an open one of the same kind for the same object ends as replaced.
    pub fn open_deadline(
        &mut self,
        kind: ObjectKind,
        object: ObjectId,
        deadline: &OpenDeadline,
    ) -> Result<(), ActionError> {
        self.open_deadlines(kind, object, std::slice::from_ref(deadline))
    }

    /// Opens deadlines together; those of the same kinds that run for the same object are replaced.
    pub fn open_deadlines(
        &mut self,
        kind: ObjectKind,
        object: ObjectId,
        all: &[OpenDeadline],
    ) -> Result<(), ActionError> {
        let kinds: Vec<_> = all.iter().map(|one| one.kind).collect();
        let now = self.now();
        quanheng_db::deadlines::close(self.conn(), object, &kinds, now, "replaced")?;
        all.iter().try_for_each(|one| self.enter_deadline(kind, object, None, one))
    }

    /// Opens a deadline beside those of the same kind that run for the same object: several studies or surveys of one text.
    pub fn add_deadline(
        &mut self,
        kind: ObjectKind,
        object: ObjectId,
        deadline: &OpenDeadline,
    ) -> Result<(), ActionError> {
        self.enter_deadline(kind, object, None, deadline)
    }

    /// Opens a clock of one ballot; those of other ballots on the same object run on.
    pub fn open_ballot_deadline(
        &mut self,
        kind: ObjectKind,
        object: ObjectId,
        ballot: BallotId,
        deadline: &OpenDeadline,
    ) -> Result<(), ActionError> {
        self.enter_deadline(kind, object, Some(ballot), deadline)
    }

    fn enter_deadline(
        &mut self,
        object_kind: ObjectKind,
        object: ObjectId,
        ballot_id: Option<BallotId>,
        deadline: &OpenDeadline,
    ) -> Result<(), ActionError> {
        let ordinal = quanheng_db::deadlines::next_ordinal(self.conn(), object, deadline.kind)?;
        let row = quanheng_db::deadlines::DeadlineRow {
            id: self.id(),
            object_kind,
            object_id: object,
            kind: deadline.kind,
            ordinal,
            opened_at: self.now(),
            due_at: deadline.due_at,
            done_at: None,
            outcome: String::new(),
            attempts: 0,
            last_error: String::new(),
            ballot_id,
        };
        quanheng_db::deadlines::insert(self.conn(), &row)?;
        Ok(())
    }

    /// Closes the open deadlines of these kinds.
    pub fn close_deadlines(
        &mut self,
        object: ObjectId,
        kinds: &[DeadlineKind],
        outcome: &str,
    ) -> Result<(), ActionError> {
        let now = self.now();
        quanheng_db::deadlines::close(self.conn(), object, kinds, now, outcome)?;
        Ok(())
    }
}
