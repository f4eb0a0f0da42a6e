//! Events of the set, chained object by object like any other.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_domain::{
    event::{Event, ObjectKind},
    ids::{ObjectId, PersonId},
};
use serde_json::{Value, json};

use super::{Set, writer::instant};

/// The last event of each object that may still get one, and how many there are in all.
#[derive(Default)]
pub struct Ledger {
    heads: BTreeMap<ObjectId, (i32, String)>,
    /// Events so far.
    pub events: u64,
}

/// One thing that happened.
pub struct Happened<'h> {
    /// To what.
    pub object: (ObjectKind, ObjectId),
    /// When.
    pub at: DateTime<Utc>,
    /// Through whom.
    pub actor: Option<(PersonId, &'h str)>,
    /// What.
    pub kind: &'h str,
    /// From which stage to which.
    pub stages: (&'h str, &'h str),
    /// Facts.
    pub facts: Value,
}

impl Set<'_> {
    /// Writes an event.
    pub fn happened(&mut self, what: Happened<'_>) -> anyhow::Result<()> {
        let (object_kind, object_id) = what.object;
        let before = self.ledger.heads.remove(&object_id).unwrap_or_default();
        let event = Event {
            id: self.id(what.at),
            object_kind,
            object_id,
            object_seq: before.0 + 1,
            at: what.at,
            actor_id: what.actor.map(|(id, _)| id),
            actor: what.actor.map_or("system", |(_, name)| name).to_owned(),
            on_behalf_of: String::new(),
            kind: what.kind.to_owned(),
            source: String::new(),
            from_stage: what.stages.0.to_owned(),
            to_stage: what.stages.1.to_owned(),
            note: String::new(),
            facts: what.facts,
            previous_hash: before.1,
        };
        let hash = event.hash();
        let row = json!({
            "id": event.id, "object_kind": object_kind, "object_id": object_id, "object_seq": event.object_seq,
            "at": instant(event.at), "actor_id": event.actor_id, "actor": event.actor, "kind": event.kind,
            "from_stage": event.from_stage, "to_stage": event.to_stage, "facts": event.facts.to_string(),
            "previous_hash": event.previous_hash, "hash": hash,
        });
        self.ledger.heads.insert(object_id, (event.object_seq, hash));
        self.ledger.events += 1;
        self.writer.row("events", row)
    }

    /// Says that nothing more happens to an object, so that its place in memory is free.
    pub fn done_with(&mut self, object: ObjectId) {
        self.ledger.heads.remove(&object);
    }
}
