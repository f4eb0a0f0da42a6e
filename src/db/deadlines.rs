//! The clock's list.

use chrono::{DateTime, Utc};
use quanheng_domain::{
    event::ObjectKind,
    ids::{DeadlineId, ObjectId},
    lifecycle::DeadlineKind,
};

use crate::{row, schema::deadlines};

row! {
    /// A row of `deadlines`.
    pub struct DeadlineRow in deadlines {
        key {
            /// Identity.
            id: DeadlineId,
        }
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `kind`
        kind: DeadlineKind,
        /// `ordinal`
        ordinal: i32,
        /// `opened_at`
        opened_at: DateTime<Utc>,
        /// `due_at`
        due_at: DateTime<Utc>,
        /// `done_at`
        done_at: Option<DateTime<Utc>>,
        /// `outcome`
        outcome: String,
        /// `attempts`
        attempts: i32,
        /// `last_error`
        last_error: String,
    }
}
