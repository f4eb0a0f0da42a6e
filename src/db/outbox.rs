//! Mail waiting and sent, and who follows what.

use chrono::{DateTime, Utc};
use quanheng_domain::{
    event::ObjectKind,
    ids::{EventId, MailId, ObjectId, PersonId},
    notice::{Audience, NoticeKey},
    records::MailState,
};
use serde_json::Value;

use crate::{
    row,
    schema::{followers, outbox},
};

row! {
    /// A row of `outbox`.
    pub struct MailRow in outbox {
        key {
            /// Identity.
            id: MailId,
        }
        /// `notice`
        notice: NoticeKey,
        /// `payload`
        payload: Value,
        /// `audience`
        audience: Audience,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `name`
        name: String,
        /// `address`
        address: String,
        /// `locale`
        locale: String,
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `event_id`
        event_id: Option<EventId>,
        /// `dedupe_key`
        dedupe_key: String,
        /// `state`
        state: MailState,
        /// `send_after`
        send_after: DateTime<Utc>,
        /// `attempts`
        attempts: i32,
        /// `claimed_until`
        claimed_until: Option<DateTime<Utc>>,
        /// `sent_at`
        sent_at: Option<DateTime<Utc>>,
        /// `gave_up_at`
        gave_up_at: Option<DateTime<Utc>>,
        /// `last_error`
        last_error: String,
        /// `message_id`
        message_id: String,
        /// `subject`
        subject: String,
        /// `body_text`
        body_text: String,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `followers`.
    pub struct FollowerRow in followers {
        key {
            /// `person_id`
            person_id: PersonId,
            /// `object_id`
            object_id: ObjectId,
        }
        /// `object_kind`
        object_kind: ObjectKind,
        /// `since`
        since: DateTime<Utc>,
    }
}
