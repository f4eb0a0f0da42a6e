//! Why not: a refusal is a code, the rule behind it and the facts; its sentence is in the locale files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    keyed,
    lifecycle::input::FieldFault,
    rules::{Profile, RuleKey, RuleText},
};

keyed! {
    /// Why something may not happen.
    RefusalCode as "refusal" {
        /// The move does not leave from this stage.
        NotFromHere = "not_from_here",
        /// The actor is none of the parties who may.
        NotYours = "not_yours",
        /// Fields are missing or wrong.
        InvalidInput = "invalid_input",
        /// Required documents are missing.
        DocumentsMissing = "documents_missing",
        /// The committee's term has ended.
        TermEnded = "term_ended",
        /// No vote of the committee on the application.
        ProposalNotVoted = "proposal_not_voted",
        /// The vote on the application did not pass.
        ProposalNotPassed = "proposal_not_passed",
        /// State secrets do not belong here.
        SecretProject = "secret_project",
        /// Publicity has not ended.
        PublicityRunning = "publicity_running",
        /// Objections without an answer.
        ObjectionsOpen = "objections_open",
        /// No lead drafter named.
        DraftersMissing = "drafters_missing",
        /// More drafters than the rule allows.
        TooManyDrafters = "too_many_drafters",
        /// Not an identical or modified adoption.
        NotAdoption = "not_adoption",
        /// The fast track is switched off.
        FastTrackClosed = "fast_track_closed",
        /// Already an emergency.
        AlreadyEmergency = "already_emergency",
        /// No draft to put to comment.
        DraftMissing = "draft_missing",
        /// Too few units asked.
        TooFewRecipients = "too_few_recipients",
        /// The round would be shorter than the rule.
        RoundTooShort = "round_too_short",
        /// No round is running.
        RoundNotRunning = "round_not_running",
        /// The new end is not later.
        NotLater = "not_later",
        /// The round has not ended.
        RoundStillOpen = "round_still_open",
        /// Comments without disposition.
        CommentsOpen = "comments_open",
        /// Consent of chair and vice-chairs is missing.
        ConsentMissing = "consent_missing",
        /// The form of review is not allowed.
        ReviewFormRefused = "review_form_refused",
        /// Papers would be out for less time than the rule asks.
        LeadTooShort = "lead_too_short",
        /// The lead time is still running.
        LeadRunning = "lead_running",
        /// Nobody may vote.
        NoVoters = "no_voters",
        /// The ballot is still open.
        BallotStillOpen = "ballot_still_open",
        /// A ballot by correspondence, to which nobody comes.
        NotAMeeting = "not_a_meeting",
        /// The review did not pass.
        ReviewNotPassed = "review_not_passed",
        /// The review did pass, or was invalid.
        ReviewNotFailed = "review_not_failed",
        /// The review was quorate.
        ReviewWasValid = "review_was_valid",
        /// The conclusion is not signed.
        NotSigned = "not_signed",
        /// No further failed review is allowed.
        FailuresUsedUp = "failures_used_up",
        /// A further review is still allowed.
        FailuresLeft = "failures_left",
        /// A national text covers the same.
        HigherTextExists = "higher_text_exists",
        /// Parties of a joint project have not approved.
        PartiesPending = "parties_pending",
        /// The number is taken.
        NumberTaken = "number_taken",
        /// Dates contradict each other.
        DatesOutOfOrder = "dates_out_of_order",
        /// Force would begin too soon.
        ForceTooSoon = "force_too_soon",
        /// No further amendment slip is allowed.
        AmendmentsUsedUp = "amendments_used_up",
        /// The vote of the re-examination is missing.
        ReexaminationNotVoted = "reexamination_not_voted",
        /// The re-examination had another result.
        OtherResult = "other_result",
        /// The hearing on the abolition is still running.
        AbolitionStillOpen = "abolition_still_open",
        /// No such adjustment was asked for.
        AdjustmentMissing = "adjustment_missing",
        /// No extension left.
        ExtensionsUsedUp = "extensions_used_up",
        /// The extension is longer than the rule.
        ExtensionTooLong = "extension_too_long",
        /// The extension was asked for too late.
        ExtensionTooLate = "extension_too_late",
        /// The project is not overdue.
        NotOverdue = "not_overdue",
        /// Overdue projects do not lapse by themselves under this profile.
        LapseNotAutomatic = "lapse_not_automatic",
        /// The project was not withdrawn.
        NotWithdrawn = "not_withdrawn",
        /// The project is not in a plan.
        NotInPlan = "not_in_plan",
        /// The actor's authority is no party or has approved.
        NoPartyPending = "no_party_pending",
        /// Not a joint project.
        NotJoint = "not_joint",
        /// The actor is not on the roll of the ballot.
        NotOnRoll = "not_on_roll",
        /// The actor is on the roll without a vote (顾问、通讯单位成员、特邀代表).
        WithoutVote = "without_vote",
        /// Observers listen, and the profile may leave others without a vote unheard.
        NoVoice = "no_voice",
        /// Who entered something may not confirm it.
        SecondPerson = "second_person",
        /// The actor is recused.
        Recused = "recused",
        /// The ballot is closed.
        BallotClosed = "ballot_closed",
        /// A reason is required for this vote.
        ReasonRequired = "reason_required",
        /// A ballot of this purpose is running already.
        BallotRunning = "ballot_running",
        /// Such a ballot does not belong to this stage.
        BallotNotHere = "ballot_not_here",
        /// The document is frozen.
        DocumentFrozen = "document_frozen",
        /// The project has ended.
        ProjectEnded = "project_ended",
        /// Disposition asks for a reason.
        DispositionReason = "disposition_reason",
        /// The comment is settled.
        CommentSettled = "comment_settled",
        /// The answers to the comments are not public yet.
        NotAnsweredYet = "not_answered_yet",
        /// The commenter has objected as often as the rule allows.
        AppealsUsedUp = "appeals_used_up",
        /// The time to answer a disposition is over.
        AppealTooLate = "appeal_too_late",
        /// The project changed meanwhile.
        Stale = "stale",
        /// One person cannot hold more seats.
        TooManySeats = "too_many_seats",
        /// The role is held by somebody else.
        RoleTaken = "role_taken",
        /// The report is in another state.
        ReportNotHere = "report_not_here",
        /// Reporting on the year has not opened yet.
        ReportNotOpen = "report_not_open",
        /// A vote may not be changed under this profile.
        VoteFinal = "vote_final",
        /// A paper vote waits for the second person who compares it with its scan.
        PaperUnconfirmed = "paper_unconfirmed",
        /// The conclusion is signed and stays as it is.
        AlreadySigned = "already_signed",
        /// The link was for another time, or was used.
        LinkEnded = "link_ended",
        /// The text is abolished, and nothing more is examined about it.
        TextAbolished = "text_abolished",
        /// A project on the same text is running.
        CaseRunning = "case_running",
        /// The feedback has its answer.
        FeedbackAnswered = "feedback_answered",
        /// A slip has as many items as the rule allows.
        SlipFull = "slip_full",
        /// The principal reviewer's fatal findings are open.
        FatalFindings = "fatal_findings",
        /// Changes that the review requires are not done.
        ChangesOpen = "changes_open",
        /// Verification data were not shown in public for as long as the rules ask.
        DataNotShown = "data_not_shown",
        /// No valid qualification as principal reviewer.
        NotQualified = "not_qualified",
        /// The voter has not declared interests.
        DeclarationMissing = "declaration_missing",
        /// Nobody votes for another here.
        ProxyNotAllowed = "proxy_not_allowed",
        /// A mandate is given before the meeting has begun.
        ProxyTooLate = "proxy_too_late",
        /// The one named represents as many as the rules let one person represent, or lets another vote.
        ProxyTaken = "proxy_taken",
        /// A secret vote is cast by the voter alone.
        SecretVote = "secret_vote",
        /// No slip in the box bears this receipt.
        ReceiptUnknown = "receipt_unknown",
        /// Observers are not admitted here.
        NoObservers = "no_observers",
        /// What was submitted stays as it is.
        AlreadySubmitted = "already_submitted",
        /// A check that the committee made binding finds something in the draft.
        CheckBinding = "check_binding",
        /// The budget of this sender is used up for now.
        TooMany = "too_many",
    }
}

/// A refusal as data; page, API and mail add the words and the article of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("refused: {code}")]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The rule that refused, if a rule of the profile did.
    pub rule: Option<RuleKey>,
    /// Facts for the sentence: numbers, dates as `YYYY-MM-DD`, instants as RFC 3339, lists joined by commas.
    pub facts: BTreeMap<String, String>,
    /// Faults at single fields.
    #[serde(skip)]
    pub fields: Vec<FieldFault>,
    /// The rule with its value and ground as the profile that judged has them.
    #[serde(skip)]
    pub cited: Option<Box<RuleText>>,
}

impl Refusal {
    /// A refusal without a rule.
    pub fn new(code: RefusalCode) -> Self {
        Self { code, rule: None, facts: BTreeMap::new(), fields: Vec::new(), cited: None }
    }

    /// A refusal by a rule of the profile.
    pub fn by(code: RefusalCode, rule: RuleKey) -> Self {
        Self { rule: Some(rule), ..Self::new(code) }
    }

    /// Adds the rule as the profile that judged has it, so that value and article can be cited.
    #[must_use]
    pub fn citing(mut self, profile: &Profile) -> Self {
        self.cited = self.rule.map(|key| Box::new(RuleText::from(profile.rule(key))));
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds the faults of single fields.
    #[must_use]
    pub fn at(mut self, fields: Vec<FieldFault>) -> Self {
        self.fields = fields;
        self
    }
}
