//! Walking the ledger: every event is hashed again, every object's chain followed, every checkpoint compared.
//!
//! The chains find what was changed, removed or reordered inside an object; the checkpoints, which cover the last event of every
//! object, find what was cut off at an end.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use crate::{event::Event, ids::ObjectId};

/// The last event of each object: its place in the object's chain and its hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads(BTreeMap<ObjectId, (i32, String)>);

impl Heads {
    /// Makes an event the last one of its object.
    pub fn set(&mut self, object: ObjectId, place: i32, hash: String) {
        self.0.insert(object, (place, hash));
    }

    /// How many objects have events.
    pub fn objects(&self) -> usize {
        self.0.len()
    }

    /// SHA-256 over objects, places and hashes, in the order of the objects; lower-case hex.
    pub fn digest(&self) -> String {
        let mut sha = Sha256::new();
        for (object, (place, hash)) in &self.0 {
            sha.update(object.uuid().as_bytes());
            sha.update(place.to_be_bytes());
            sha.update(hash.as_bytes());
        }
        hex::encode(sha.finalize())
    }
}

/// A seal over all heads at one event, chained to the seal before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Place in the chain of checkpoints, from 1.
    pub number: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The last event it covers, by its place in the whole ledger.
    pub last_event: i64,
    /// How many objects it covers.
    pub objects: i32,
    /// Digest of the heads.
    pub heads_hash: String,
    /// Hash of the checkpoint before, empty for the first.
    pub previous_hash: String,
}

impl Checkpoint {
    /// SHA-256 over every field; lower-case hex.
    pub fn hash(&self) -> String {
        let mut sha = Sha256::new();
        for part in [
            self.previous_hash.clone(),
            self.number.to_string(),
            self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            self.last_event.to_string(),
            self.objects.to_string(),
            self.heads_hash.clone(),
        ] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part.as_bytes());
        }
        hex::encode(sha.finalize())
    }
}

/// The first thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An event does not have the hash that its fields give: it was changed.
    #[error("event {seq} ({kind} of {object}) was changed: its hash does not fit its content")]
    Changed {
        /// Place in the whole ledger.
        seq: i64,
        /// The act.
        kind: String,
        /// The object.
        object: ObjectId,
    },
    /// An event does not follow the one before it: events were removed, added or reordered.
    #[error(
        "event {seq} ({kind} of {object}) does not follow the event before it: place {place} after {before}"
    )]
    Chain {
        /// Place in the whole ledger.
        seq: i64,
        /// The act.
        kind: String,
        /// The object.
        object: ObjectId,
        /// Its place in the object's chain.
        place: i32,
        /// The place of the event before it.
        before: i32,
    },
    /// An event's stored content cannot be read any more, or is written otherwise than the program writes it.
    #[error("event {seq} was changed: {what}")]
    Unreadable {
        /// Place in the whole ledger.
        seq: i64,
        /// What is wrong with it.
        what: String,
    },
    /// A checkpoint does not fit the events: events were cut off or put in after it was made.
    #[error("checkpoint {number} does not fit the events up to {last_event}")]
    Sealed {
        /// Which checkpoint.
        number: i64,
        /// The last event it covers.
        last_event: i64,
    },
    /// A checkpoint was changed or one before it is missing.
    #[error("checkpoint {number} was changed, or one before it is missing")]
    Checkpoint {
        /// Which checkpoint.
        number: i64,
    },
}

/// A walk through the whole ledger, event by event in its order.
#[derive(Debug, Default)]
pub struct Walk {
    heads: Heads,
    sealed: VecDeque<Checkpoint>,
    events: u64,
    checkpoints: u64,
}

impl Walk {
    /// A walk past these checkpoints, which are looked at first: each with its stored hash, in their order.
    pub fn past(
        checkpoints: impl IntoIterator<Item = (Checkpoint, String)>,
    ) -> Result<Self, Broken> {
        let (mut before, mut walk) = (String::new(), Self::default());
        for (number, (checkpoint, stored)) in (1_i64..).zip(checkpoints) {
            let fits = checkpoint.number == number
                && checkpoint.previous_hash == before
                && checkpoint.hash() == stored;
            if !fits {
                return Err(Broken::Checkpoint { number: checkpoint.number });
            }
            before = stored;
            walk.sealed.push_back(checkpoint);
        }
        Ok(walk)
    }

    /// The next event with its stored hash.
    pub fn step(&mut self, seq: i64, event: &Event, stored: &str) -> Result<(), Broken> {
        self.pass_checkpoints(Some(seq))?;
        let (place, before) = self
            .heads
            .0
            .get(&event.object_id)
            .map_or((0, ""), |(place, hash)| (*place, hash.as_str()));
        if event.object_seq != place + 1 || event.previous_hash != before {
            return Err(Broken::Chain {
                seq,
                kind: event.kind.clone(),
                object: event.object_id,
                place: event.object_seq,
                before: place,
            });
        }
        if event.hash() != stored {
            return Err(Broken::Changed { seq, kind: event.kind.clone(), object: event.object_id });
        }
        self.heads.set(event.object_id, event.object_seq, stored.to_owned());
        self.events += 1;
        Ok(())
    }

    /// The end of the ledger: what every checkpoint left must fit now. Says how many events, objects and checkpoints were walked.
    pub fn end(mut self) -> Result<Walked, Broken> {
        self.pass_checkpoints(None)?;
        Ok(Walked {
            events: self.events,
            objects: self.heads.objects() as u64,
            checkpoints: self.checkpoints,
        })
    }

    /// Compares the checkpoints that lie before the event.
    fn pass_checkpoints(&mut self, next: Option<i64>) -> Result<(), Broken> {
        while self
            .sealed
            .front()
            .is_some_and(|checkpoint| next.is_none_or(|next| checkpoint.last_event < next))
        {
            let Some(checkpoint) = self.sealed.pop_front() else { break };
            let objects = i32::try_from(self.heads.objects()).unwrap_or(i32::MAX);
            if checkpoint.objects != objects || checkpoint.heads_hash != self.heads.digest() {
                return Err(Broken::Sealed {
                    number: checkpoint.number,
                    last_event: checkpoint.last_event,
                });
            }
            self.checkpoints += 1;
        }
        Ok(())
    }
}

/// What was walked and found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walked {
    /// Events.
    pub events: u64,
    /// Objects that have events.
    pub objects: u64,
    /// Checkpoints that fit.
    pub checkpoints: u64,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{event::ObjectKind, ids::EventId};

    /// A ledger of two objects, five events each, taken in turns.
    fn ledger() -> Vec<(Event, String)> {
        let mut all: Vec<(Event, String)> = Vec::new();
        for turn in 0..10_u128 {
            let object = ObjectId::new(uuid::Uuid::from_u128(turn % 2));
            let last = all.iter().rfind(|(event, _)| event.object_id == object);
            let event = Event {
                id: EventId::new(uuid::Uuid::from_u128(100 + turn)),
                object_kind: ObjectKind::Project,
                object_id: object,
                object_seq: last.map_or(0, |(event, _)| event.object_seq) + 1,
                at: "2026-03-02T01:00:00Z".parse().unwrap(),
                actor_id: None,
                actor: "system".into(),
                on_behalf_of: String::new(),
                kind: "vote_cast".into(),
                source: String::new(),
                from_stage: String::new(),
                to_stage: String::new(),
                note: String::new(),
                facts: json!({ "turn": turn.to_string() }),
                previous_hash: last.map(|(_, hash)| hash.clone()).unwrap_or_default(),
            };
            let hash = event.hash();
            all.push((event, hash));
        }
        all
    }

    fn seals(events: &[(Event, String)], at: &[i64]) -> Vec<(Checkpoint, String)> {
        let (mut all, mut before): (Vec<(Checkpoint, String)>, String) =
            (Vec::new(), String::new());
        for (number, last) in (1..).zip(at) {
            let mut heads = Heads::default();
            for (event, hash) in &events[..usize::try_from(*last).unwrap()] {
                heads.set(event.object_id, event.object_seq, hash.clone());
            }
            let checkpoint = Checkpoint {
                number,
                at: "2026-03-02T02:00:00Z".parse().unwrap(),
                last_event: *last,
                objects: i32::try_from(heads.objects()).unwrap(),
                heads_hash: heads.digest(),
                previous_hash: before.clone(),
            };
            before = checkpoint.hash();
            all.push((checkpoint, before.clone()));
        }
        all
    }

    fn walk(
        events: &[(Event, String)],
        seals: Vec<(Checkpoint, String)>,
    ) -> Result<Walked, Broken> {
        let mut walk = Walk::past(seals)?;
        for (seq, (event, hash)) in (1..).zip(events) {
            walk.step(seq, event, hash)?;
        }
        walk.end()
    }

    #[test]
    fn a_whole_ledger_passes() {
        let events = ledger();
        let whole = walk(&events, seals(&events, &[4, 9])).unwrap();
        assert_eq!(whole, Walked { events: 10, objects: 2, checkpoints: 2 });
    }

    #[test]
    fn every_change_removal_and_exchange_is_found() {
        let events = ledger();
        for at in 0..events.len() {
            let mut changed = events.clone();
            changed[at].0.facts = json!({ "turn": "another" });
            assert!(matches!(walk(&changed, Vec::new()), Err(Broken::Changed { .. })), "{at}");
            // Whoever changes the hash too breaks the next link, or the seal over the last.
            changed[at].1 = changed[at].0.hash();
            assert!(walk(&changed, seals(&events, &[10])).is_err(), "{at}");
            let mut removed = events.clone();
            removed.remove(at);
            assert!(walk(&removed, seals(&events, &[10])).is_err(), "{at}");
        }
        let mut exchanged = events.clone();
        exchanged.swap(2, 4);
        assert!(matches!(walk(&exchanged, Vec::new()), Err(Broken::Chain { .. })));
    }

    #[test]
    fn a_changed_or_missing_checkpoint_is_found() {
        let events = ledger();
        let mut changed = seals(&events, &[4, 9]);
        changed[0].0.objects = 1;
        assert!(matches!(walk(&events, changed), Err(Broken::Checkpoint { number: 1 })));
        let mut missing = seals(&events, &[4, 9]);
        missing.remove(0);
        assert!(matches!(walk(&events, missing), Err(Broken::Checkpoint { number: 2 })));
    }
}
