//! What `decide` must know: where the project stands and what the register, the rounds and the ballots say about it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::moves::ProjectKind;
use crate::{
    ballot::Tally,
    calendar::Calendar,
    document::DocumentKind,
    ids::ProjectId,
    keyed,
    people::Owners,
    rules::Profile,
    specification::{Category, Level},
    stage::Stage,
};

keyed! {
    /// How public a project is (domain rules, E-24 and edge case 44).
    Openness as "openness" {
        /// 公开
        Open = "open",
        /// 内部
        Internal = "internal",
        /// 涉密:仅占位
        Placeholder = "placeholder",
    }
}

keyed! {
    /// Degree of consistency with an international text (domain rules, 4.5).
    Adoption as "degree of adoption" {
        /// 等同
        Identical = "IDT",
        /// 修改
        Modified = "MOD",
        /// 非等效
        NotEquivalent = "NEQ",
        /// 无
        None = "none",
    }
}

/// Where a project stands: the row of the project as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The project.
    pub id: ProjectId,
    /// Who owns it.
    pub owners: Owners,
    /// What kind of work it is.
    pub kind: ProjectKind,
    /// Category of the text.
    pub category: Category,
    /// Level of the text.
    pub level: Level,
    /// The stage.
    pub stage: Stage,
    /// Stage it was withdrawn from, when it was.
    pub withdrawn_from: Option<Stage>,
    /// How public it is.
    pub openness: Openness,
    /// Adoption of an international text.
    pub adoption: Adoption,
    /// Treated as an emergency (E-14).
    pub emergency: bool,
    /// Touches people's livelihood (民生).
    pub livelihood: bool,
    /// Official date of the plan.
    pub plan_on: Option<NaiveDate>,
    /// Day by which it is due.
    pub due_on: Option<NaiveDate>,
    /// Extensions granted so far.
    pub extensions: u32,
    /// Reviews failed so far.
    pub failures: u32,
    /// Form of review chosen when the papers were released.
    pub review_form: Option<String>,
    /// Day of the review chosen when the papers were released.
    pub review_on: Option<NaiveDate>,
    /// Result of the re-examination, when there is one.
    pub result: Option<String>,
}

/// The latest comment round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundFact {
    /// Number of the round, from 1.
    pub ordinal: u32,
    /// True until it was closed or broken off.
    pub running: bool,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// When it closes (exclusive).
    pub closes_at: DateTime<Utc>,
    /// Comments that need a disposition and have none, or are only pending (待定).
    pub open_comments: u32,
    /// All comments.
    pub comments: u32,
}

/// The latest ballot of a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotFact {
    /// True once it was closed.
    pub closed: bool,
    /// When it closes by the clock.
    pub closes_at: DateTime<Utc>,
    /// Counts under the rule it opened with.
    pub tally: Tally,
    /// True when the conclusion was signed by the chair.
    pub signed: bool,
}

/// Consent of the chair and the vice-chairs for the present stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConsentFact {
    /// How many are asked: the chair and every vice-chair who is not a drafter of the text.
    pub needed: u32,
    /// How many agreed.
    pub given: u32,
}

/// An adjustment request that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentFact {
    /// `extension`, `change`, …
    pub kind: String,
    /// Day on which it was asked for.
    pub requested_on: NaiveDate,
}

/// Everything else the rules ask about.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The profile of the running stage.
    pub profile: &'a Profile,
    /// The holiday calendar.
    pub calendar: &'a Calendar,
    /// The one reading of the clock.
    pub now: DateTime<Utc>,
    /// Today at the authority's place.
    pub today: NaiveDate,
    /// Kinds of documents that are present.
    pub documents: BTreeSet<DocumentKind>,
    /// Number of lead drafters named.
    pub lead_drafters: u32,
    /// Number of drafters named, leads included.
    pub drafters: u32,
    /// Most drafters of one unit.
    pub drafters_of_one_unit: u32,
    /// True when the committee's term, caretaker months included, has ended.
    pub term_ended: bool,
    /// The latest proposal ballot.
    pub proposal: Option<BallotFact>,
    /// The latest review ballot.
    pub review: Option<BallotFact>,
    /// The latest re-examination ballot.
    pub reexamination: Option<BallotFact>,
    /// First instant after the publicity, when one was opened.
    pub publicity_ends: Option<DateTime<Utc>>,
    /// First instant after the notice of the result, when one was opened.
    pub result_shown: Option<DateTime<Utc>>,
    /// Objections without an answer.
    pub objections_open: u32,
    /// The latest comment round.
    pub round: Option<RoundFact>,
    /// Units and people who will be asked to comment.
    pub recipients: u32,
    /// Consents for this stage.
    pub consent: ConsentFact,
    /// First instant at which the papers have been out long enough.
    pub lead_ends: Option<DateTime<Utc>>,
    /// People who may vote on the review.
    pub voters: u32,
    /// Fatal findings of the principal reviewer that are not settled.
    pub fatal_findings: u32,
    /// Changes required by a review that are not done.
    pub changes_open: u32,
    /// Day since which verification data of this project stand in public.
    pub data_shown_since: Option<NaiveDate>,
    /// First instant after the hearing on an abolition.
    pub abolition_ends: Option<DateTime<Utc>>,
    /// The open adjustment request, if any.
    pub adjustment: Option<AdjustmentFact>,
    /// Authorities of a joint project (the lead excluded) that have not approved.
    pub parties_pending: u32,
    /// Authorities of a joint project (the lead excluded).
    pub parties: u32,
    /// Amendment slips already published for the edition.
    pub amendments: u32,
    /// Number of a national text in force on the same subject, for a departmental or local regulation.
    pub higher_text: Option<String>,
    /// True when the number typed is taken.
    pub number_taken: bool,
}
