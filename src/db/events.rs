//! The ledger and its checkpoints. Rows are only ever inserted.

use chrono::{DateTime, Utc};
use quanheng_domain::{
    event::ObjectKind,
    ids::{EventId, ObjectId, PersonId},
};
use serde_json::Value;

use crate::{
    row,
    schema::{checkpoints, events},
};

row! {
    /// A row of `events`.
    pub struct EventRow in events {
        key {
            /// `seq`
            seq: i64,
        }
        /// Identity.
        id: EventId,
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `object_seq`
        object_seq: i32,
        /// `at`
        at: DateTime<Utc>,
        /// `actor_id`
        actor_id: Option<PersonId>,
        /// `actor`
        actor: String,
        /// `on_behalf_of`
        on_behalf_of: String,
        /// `kind`
        kind: String,
        /// `source`
        source: String,
        /// `from_stage`
        from_stage: String,
        /// `to_stage`
        to_stage: String,
        /// Remark.
        note: String,
        /// `facts`
        facts: Value,
        /// `previous_hash`
        previous_hash: String,
        /// `hash`
        hash: String,
    }
}

row! {
    /// A row of `checkpoints`.
    pub struct CheckpointRow in checkpoints {
        key {
            /// `seq`
            seq: i64,
        }
        /// `at`
        at: DateTime<Utc>,
        /// `last_event`
        last_event: i64,
        /// `objects`
        objects: i32,
        /// `heads_hash`
        heads_hash: String,
        /// `previous_hash`
        previous_hash: String,
        /// `hash`
        hash: String,
    }
}
