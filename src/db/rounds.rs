//! Comment rounds, who was asked, and the comments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition, RecipientAnswer, RoundPurpose},
    ids::{
        CommentId, DocumentId, ObjectId, OrganisationId, PersonId, ProfileId, ProjectId, RoundId,
    },
    lifecycle::RoundStatus,
    rules::RecipientClass,
};

use crate::{bind, conn::AnyConn, row,
    schema::{comments, round_recipients, rounds},
};

row! {
    /// A row of `rounds`.
    pub struct RoundRow in rounds {
        key {
            /// Identity.
            id: RoundId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `project_id`
        project_id: ProjectId,
        /// `ordinal`
        ordinal: i32,
        /// `document_id`
        document_id: Option<DocumentId>,
        /// `purpose`
        purpose: RoundPurpose,
        /// `status`
        status: RoundStatus,
        /// `opens_at`
        opens_at: DateTime<Utc>,
        /// `closes_at`
        closes_at: DateTime<Utc>,
        /// `profile_id`
        profile_id: ProfileId,
        /// `reason`
        reason: String,
        /// `next_serial`
        next_serial: i32,
    }
}

row! {
    /// A row of `round_recipients`.
    pub struct RecipientRow in round_recipients {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `round_id`
        round_id: RoundId,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `name`
        name: String,
        /// `class`
        class: RecipientClass,
        /// `asked_at`
        asked_at: DateTime<Utc>,
        /// `answered_at`
        answered_at: Option<DateTime<Utc>>,
        /// `answer`
        answer: Option<RecipientAnswer>,
    }
}

row! {
    /// A row of `comments`.
    pub struct CommentRow in comments {
        key {
            /// Identity.
            id: CommentId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `round_id`
        round_id: RoundId,
        /// `serial`
        serial: i32,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `author_name`
        author_name: String,
        /// `author_contact`
        author_contact: String,
        /// `author_unit`
        author_unit: String,
        /// `author_class`
        author_class: RecipientClass,
        /// `publish_name`
        publish_name: bool,
        /// `clause`
        clause: String,
        /// `kind`
        kind: CommentKind,
        /// `body`
        body: String,
        /// `proposal`
        proposal: String,
        /// `reason`
        reason: String,
        /// `source`
        source: CommentSource,
        /// `received_at`
        received_at: DateTime<Utc>,
        /// `confirmed_at`
        confirmed_at: Option<DateTime<Utc>>,
        /// `late`
        late: bool,
        /// `disposition`
        disposition: Option<Disposition>,
        /// `disposition_reason`
        disposition_reason: String,
        /// `text_changed`
        text_changed: Option<bool>,
        /// `duplicate_of`
        duplicate_of: Option<CommentId>,
        /// `disposed_by`
        disposed_by: Option<PersonId>,
        /// `disposed_at`
        disposed_at: Option<DateTime<Utc>>,
        /// `published_at`
        published_at: Option<DateTime<Utc>>,
        /// `hidden_reason`
        hidden_reason: String,
        /// `token_hash`
        token_hash: Option<String>,
    }
}
