//! What a notice says, as data: the facts as they were when it was decided.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::{comment::Disposition, keyed, people::Role, slip::SlipAct, stage::Stage};

keyed! {
    /// The numbers a notice may carry; each has a label in the mail's words.
    Count as "count" {
        /// Units or persons that were asked (发出).
        Asked = "asked",
        /// Units or persons that answered (回函).
        Answered = "answered",
        /// Comments received (意见条数).
        Comments = "comments",
        /// Comments accepted (采纳).
        Accepted = "accepted",
        /// Comments partly accepted (部分采纳).
        PartlyAccepted = "partly_accepted",
        /// Comments not accepted (不采纳).
        NotAccepted = "not_accepted",
        /// Voting members on the roll (委员总数).
        Members = "members",
        /// Voting members there (到会), recused ones among them.
        Present = "present",
        /// Members there who may not vote on this (回避).
        Recused = "recused",
        /// Members needed for the quorum (有效人数).
        QuorumNeeded = "quorum_needed",
        /// Votes in favour (同意).
        Yes = "yes",
        /// Votes against (反对).
        No = "no",
        /// Abstentions (弃权).
        Abstain = "abstain",
        /// Votes in favour that are needed (需同意票数).
        YesNeeded = "yes_needed",
        /// Members who have not voted (未投票).
        Silent = "silent",
    }
}

/// One line inside a notice: a defect, a comment with its answer, a text to use instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct NoticeItem {
    /// What it is about: a clause, a receipt number, a specification number.
    pub label: String,
    /// The text: the comment, the defect.
    pub text: String,
    /// The answer or remark; may be empty.
    #[serde(default)]
    pub note: String,
    /// How it was settled, when the line is an answered comment.
    #[serde(default)]
    pub code: Option<Disposition>,
    /// What is done to the clause, when the line is an item of a slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<SlipAct>,
}

/// The facts of a notice as they were when it was decided. Fields are only ever added, with a serde default, so that stored rows outlive upgrades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct NoticeFacts {
    /// Code of the committee (`MTC1`), empty when it has none.
    #[serde(default)]
    pub committee_code: String,
    /// Name of the committee.
    #[serde(default)]
    pub committee: String,
    /// What the mail is about: the name of the text, committee or account.
    pub title: String,
    /// Number of the specification or project.
    #[serde(default)]
    pub number: Option<String>,
    /// Label of the draft.
    #[serde(default)]
    pub draft: Option<String>,
    /// Where to act: an absolute path of the site (`/projects/…`).
    pub path: String,
    /// The instant at which it must be done (exclusive end of the last day).
    #[serde(default)]
    pub due: Option<DateTime<Utc>>,
    /// A calendar day: of force, of the plan, of the appointment.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Reason in the words of the person who decided.
    #[serde(default)]
    pub reason: Option<String>,
    /// The stage at which the decision that is told arrived.
    #[serde(default)]
    pub outcome: Option<Stage>,
    /// Named numbers.
    #[serde(default)]
    pub counts: BTreeMap<Count, i64>,
    /// Lines.
    #[serde(default)]
    pub items: Vec<NoticeItem>,
    /// The person it is about.
    #[serde(default)]
    pub person: Option<String>,
    /// The role it is about.
    #[serde(default)]
    pub role: Option<Role>,
    /// Receipt number.
    #[serde(default)]
    pub receipt: Option<String>,
    /// A path with a one-time secret; such a mail keeps no rendered text.
    #[serde(default)]
    pub secret_path: Option<String>,
}

impl NoticeFacts {
    /// Whether an optional fact is there; an empty text or list counts as absent.
    pub fn has(&self, fact: Fact) -> bool {
        let filled =
            |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        match fact {
            Fact::Due => self.due.is_some(),
            Fact::Date => self.date.is_some(),
            Fact::Reason => filled(&self.reason),
            Fact::Items => !self.items.is_empty(),
            Fact::Counts => !self.counts.is_empty(),
            Fact::Person => filled(&self.person),
            Fact::Role => self.role.is_some(),
            Fact::Secret => filled(&self.secret_path),
            Fact::Receipt => filled(&self.receipt),
            Fact::Number => filled(&self.number),
            Fact::Draft => filled(&self.draft),
        }
    }
}
