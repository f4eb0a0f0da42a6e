//! The ledger: what happened, chained by hashes so that a changed, missing or reordered row is found.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    ids::{EventId, ObjectId, PersonId},
    keyed,
};

keyed! {
    /// The kinds of things events, deadlines, mails and follows are about.
    ObjectKind as "object kind" {
        /// A project.
        Project = "project",
        /// A specification.
        Specification = "specification",
        /// A committee.
        Committee = "committee",
        /// A person or account.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// A rule profile.
        Profile = "profile",
        /// An annual report.
        Report = "report",
        /// An announcement.
        Announcement = "announcement",
        /// A ballot, where it has clocks of its own.
        Ballot = "ballot",
        /// A comment that waits for its confirmation.
        Comment = "comment",
        /// The holiday calendar, settings, imports.
        System = "system",
    }
}

/// One row of the ledger. Rows are never updated or deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Identity.
    pub id: EventId,
    /// Kind of the object.
    pub object_kind: ObjectKind,
    /// The object.
    pub object_id: ObjectId,
    /// Place in the object's chain, from 1.
    pub object_seq: i32,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Who, when a person.
    pub actor_id: Option<PersonId>,
    /// Name of the actor as it was; `system` and `public` otherwise.
    pub actor: String,
    /// For whom, when done on behalf.
    pub on_behalf_of: String,
    /// What: the key of a move, or of another recorded act (`vote_cast`, `comment_received`, …).
    pub kind: String,
    /// Row or exception of the rules, where there is one.
    pub source: String,
    /// Stage before, empty when there is none.
    pub from_stage: String,
    /// Stage after, empty when there is none.
    pub to_stage: String,
    /// Reason in the actor's words.
    pub note: String,
    /// The facts; never a secret, never a secret vote's choice.
    pub facts: Value,
    /// Hash of the object's previous event, empty for the first.
    pub previous_hash: String,
}

impl Event {
    /// SHA-256 over every field, length-prefixed so that no two rows share a text; lower-case hex.
    pub fn hash(&self) -> String {
        let mut sha = Sha256::new();
        let mut feed = |text: &str| {
            sha.update((text.len() as u64).to_be_bytes());
            sha.update(text.as_bytes());
        };
        feed(&self.previous_hash);
        feed(&self.id.to_string());
        feed(&self.object_kind.to_string());
        feed(&self.object_id.to_string());
        feed(&self.object_seq.to_string());
        feed(&self.at.to_rfc3339_opts(SecondsFormat::Micros, true));
        feed(&self.actor_id.map(|id| id.to_string()).unwrap_or_default());
        feed(&self.actor);
        feed(&self.on_behalf_of);
        feed(&self.kind);
        feed(&self.source);
        feed(&self.from_stage);
        feed(&self.to_stage);
        feed(&self.note);
        feed(&self.facts.to_string());
        hex::encode(sha.finalize())
    }
}
