//! What shall happen: the answer of `decide`, carried out by the actions in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{deadlines::DeadlineKind, moves::Move};
use crate::{document::DocumentKind, keyed, notice::NoticeKey, stage::Stage};

/// A deadline to open; one of the same kind that is open is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDeadline {
    /// Which.
    pub kind: DeadlineKind,
    /// The instant at which it acts (first instant after the last day).
    pub due_at: DateTime<Utc>,
}

keyed! {
    /// How a comment round ends up.
    RoundStatus as "round status" {
        /// 进行中
        Running = "running",
        /// 已截止,处理中
        Closed = "closed",
        /// 已公布处理结果
        Published = "published",
        /// 中止
        Aborted = "aborted",
    }
}

/// A change to rows other than the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Plan data.
    Plan {
        /// Plan document number.
        document: String,
        /// Project number.
        number: String,
        /// Official date.
        on: NaiveDate,
        /// Due day.
        due_on: NaiveDate,
        /// Added mid-year (增补).
        supplementary: bool,
    },
    /// New due day by extension.
    Due(NaiveDate),
    /// Treated as an emergency.
    Emergency,
    /// Open a comment round that closes at the instant.
    OpenRound {
        /// First instant after the last day.
        closes_at: DateTime<Utc>,
    },
    /// Move the end of the running round.
    ExtendRound {
        /// New end.
        closes_at: DateTime<Utc>,
    },
    /// The running round gets this status.
    Round(RoundStatus),
    /// Review papers released.
    Review {
        /// `meeting` or `correspondence`.
        form: String,
        /// Day of the review.
        on: NaiveDate,
        /// Place or link.
        place: Option<String>,
    },
    /// Open the review ballot that closes at the instant.
    OpenReviewBallot {
        /// First instant after the last day.
        closes_at: DateTime<Utc>,
        /// Place or link, if it is another than was told with the papers.
        place: Option<String>,
    },
    /// Close the review ballot and count.
    CloseReviewBallot,
    /// Ballots that still run have lost their object and end without a result.
    EndBallots,
    /// One more failed review.
    Failure,
    /// Result of the re-examination.
    Result(String),
    /// The authority approved the text by this document (批准文号).
    Approved(String),
    /// Reserve a specification number.
    Number {
        /// As typed.
        number: String,
        /// Replaced numbers, one a line.
        replaces: String,
    },
    /// The text is published.
    Publish {
        /// Announcement number.
        announcement: String,
        /// Day of issue.
        issued_on: NaiveDate,
        /// First day of force.
        effective_on: NaiveDate,
    },
    /// The edition was confirmed.
    ConfirmEdition,
    /// Open the project that revises the edition.
    OpenRevision,
    /// Abolish the edition from that day.
    AbolishEdition {
        /// Announcement number.
        announcement: String,
        /// First day on which it is no longer in force.
        on: NaiveDate,
    },
    /// New title, unit or scope.
    Rename {
        /// New Chinese title.
        title_zh: Option<String>,
        /// New English title.
        title_en: Option<String>,
        /// New first drafting unit.
        lead_unit: Option<String>,
        /// New scope.
        scope: Option<String>,
    },
    /// The open adjustment request is granted.
    GrantAdjustment,
    /// Remember the stage a withdrawn project left.
    Withdrawn(Stage),
    /// The withdrawal is over.
    Restored,
    /// Open a child project with that title; it inherits the due day (E-21).
    Child {
        /// Chinese title.
        title_zh: String,
    },
    /// Tie this project to the one it is merged into.
    MergeInto(String),
    /// One authority of a joint project approves.
    PartyApproved(String),
    /// One authority leaves a joint project.
    PartyDropped(String),
    /// Freeze the newest document of the kind.
    Freeze(DocumentKind),
}

/// What a move does, decided and not yet done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which move.
    pub key: Move,
    /// Row or exception of the domain rules.
    pub source: &'static str,
    /// The stage it leads to.
    pub to: Stage,
    /// Other changes, in order.
    pub changes: Vec<Change>,
    /// Deadlines to open.
    pub opens: Vec<OpenDeadline>,
    /// Deadlines to close.
    pub closes: Vec<DeadlineKind>,
    /// Whom to tell what.
    pub tells: Vec<NoticeKey>,
    /// Facts for the ledger.
    pub facts: BTreeMap<String, String>,
}
