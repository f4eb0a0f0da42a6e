//! Ballots, their rolls, votes and the opinions of those without a vote.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::{BallotId, CommitteeId, DocumentId, ObjectId, PersonId, ProfileId, ProjectId, VoteId},
    people::Role,
    records::{Choice, VoteChannel},
};
use serde_json::Value;

use crate::{bind, conn::AnyConn, row,
    schema::{ballot_roll, ballots, non_voter_opinions, votes},
};

row! {
    /// A row of `ballots`.
    pub struct BallotRow in ballots {
        key {
            /// Identity.
            id: BallotId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `project_id`
        project_id: Option<ProjectId>,
        /// `committee_id`
        committee_id: CommitteeId,
        /// `purpose`
        purpose: BallotPurpose,
        /// `form`
        form: BallotForm,
        /// `question`
        question: String,
        /// `document_id`
        document_id: Option<DocumentId>,
        /// `profile_id`
        profile_id: ProfileId,
        /// `quorum`
        quorum: String,
        /// `majority`
        majority: String,
        /// `ordinal`
        ordinal: i32,
        /// `opens_at`
        opens_at: DateTime<Utc>,
        /// `closes_at`
        closes_at: DateTime<Utc>,
        /// `closed_at`
        closed_at: Option<DateTime<Utc>>,
        /// `result`
        result: Option<Value>,
        /// `conclusion`
        conclusion: String,
        /// `conclusion_hash`
        conclusion_hash: Option<String>,
        /// `signed_by`
        signed_by: Option<PersonId>,
        /// `signed_at`
        signed_at: Option<DateTime<Utc>>,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `ballot_roll`.
    pub struct RollRow in ballot_roll {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `name`
        name: String,
        /// `unit`
        unit: String,
        /// `role`
        role: Role,
        /// `may_vote`
        may_vote: bool,
        /// `recusal`
        recusal: Option<String>,
        /// `present`
        present: bool,
        /// `present_at`
        present_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `votes`.
    pub struct VoteRow in votes {
        key {
            /// Identity.
            id: VoteId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `ordinal`
        ordinal: i32,
        /// `choice`
        choice: Choice,
        /// `reason`
        reason: String,
        /// `remark`
        remark: String,
        /// `cast_at`
        cast_at: DateTime<Utc>,
        /// `cast_by`
        cast_by: PersonId,
        /// `channel`
        channel: VoteChannel,
    }
}

row! {
    /// A row of `non_voter_opinions`.
    pub struct OpinionRow in non_voter_opinions {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `text`
        text: String,
        /// `at`
        at: DateTime<Utc>,
    }
}
