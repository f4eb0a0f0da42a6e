//! Whom to tell what: every mail the system can send is one row of this table.
//!
//! A notice is a key and the facts as they were. Its words are in `templates/emails/<key>/`; nothing here is a sentence.

mod facts;
mod sample;

use serde::{Deserialize, Serialize};

use crate::keyed;

pub use facts::{Count, NoticeFacts, NoticeItem};

keyed! {
    /// The groups of people that a notice goes to; each is also the reason printed in the mail ("you get this because …").
    Audience as "audience" {
        /// Who suggested the project.
        Suggester = "suggester",
        /// Secretary-general, deputies and secretariat staff of the committee.
        Secretariat = "secretariat",
        /// The chair (主任委员).
        Chair = "chair",
        /// Chair and vice-chairs, whose consent is asked.
        ChairAndVices = "chair_and_vices",
        /// Voting members of the committee.
        Members = "members",
        /// Corresponding units (通讯单位成员), advisers, consulting members: asked, but without vote.
        NonVoting = "non_voting",
        /// People of the drafting units named on the project.
        Drafters = "drafters",
        /// Principal reviewers (主审人) of the project.
        Reviewers = "principal_reviewers",
        /// Officers of the authority that owns the project.
        Officers = "officers",
        /// Everybody who commented in the round, each with own rows.
        Commenters = "commenters",
        /// People who asked to be told about the project or text.
        Followers = "followers",
        /// Those asked in the round who have not answered.
        NotYetAnswered = "not_yet_answered",
        /// Those on the roll of the ballot who have not voted.
        SilentVoters = "silent_voters",
        /// Everybody on the roll of the ballot.
        Voters = "voters",
        /// The one person the matter is about.
        Concerned = "concerned",
        /// Who raised the objection.
        Objector = "objector",
        /// The organisation that hosts the secretariat.
        Host = "host",
        /// Administrators of the system.
        Administrators = "administrators",
    }
}

macro_rules! notices {
    ($(#[doc = $when:literal] $variant:ident = $key:literal, $must:literal, [$($audience:ident),*], [$($needs:ident),*];)*) => {
        keyed! {
            /// Every mail the system sends (domain rules, section 6).
            NoticeKey as "notice" { $(#[doc = $when] $variant = $key,)* }
        }
        impl NoticeKey {
            /// Who gets it and whether it may be switched off; the one table of notices.
            pub const fn row(self) -> NoticeRow {
                match self {
                    $(Self::$variant => NoticeRow {
                        when: $when,
                        audience: &[$(Audience::$audience),*],
                        mandatory: $must,
                        needs: &[$(Fact::$needs),*],
                    },)*
                }
            }
        }
    };
}

/// A row of the table of notices.
#[derive(Debug, Clone, Copy)]
pub struct NoticeRow {
    /// When it is sent, in one English sentence (with a blank before it).
    pub when: &'static str,
    /// The groups it goes to.
    pub audience: &'static [Audience],
    /// True for the rows marked M (must): no opt-out, see [`NoticeRow::mandatory_for`].
    pub mandatory: bool,
    /// The optional facts that its words rely on.
    pub needs: &'static [Fact],
}

impl NoticeRow {
    /// Whether this group gets it in any case; who asked to be told (关注) may always stop asking.
    pub fn mandatory_for(&self, audience: Audience) -> bool {
        self.mandatory && audience != Audience::Followers
    }
}

/// The optional fields of [`NoticeFacts`] that a notice may rely on; a mail that lacks one of those it needs is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// `due`
    Due,
    /// `date`
    Date,
    /// `reason`
    Reason,
    /// `items`
    Items,
    /// `counts`
    Counts,
    /// `person`
    Person,
    /// `role`
    Role,
    /// `secret_path`
    Secret,
    /// `receipt`
    Receipt,
    /// `number`
    Number,
    /// `draft`
    Draft,
}

notices! {
    /// A suggestion (项目建议书) was received; the receipt.
    SuggestionReceived = "suggestion_received", true, [Suggester, Secretariat], [Receipt];
    /// A suggestion was taken up or declined, with the reason.
    SuggestionDecided = "suggestion_decided", true, [Suggester], [];
    /// The members are asked to vote on applications.
    ProposalBallotOpened = "proposal_ballot_opened", true, [Voters], [Due];
    /// An application went to the authority.
    ApplicationSubmitted = "application_submitted", true, [Officers], [];
    /// The application came back for supplement.
    ApplicationReturned = "application_returned", true, [Secretariat, Suggester], [Reason];
    /// The application was refused.
    ApplicationRefused = "application_refused", true, [Secretariat, Chair, Suggester], [Reason];
    /// Publicity before project approval (立项前公示) opened.
    PublicityOpened = "publicity_opened", true, [Secretariat, Suggester, Followers], [Due];
    /// Publicity closes soon.
    PublicityClosing = "publicity_closing", true, [Secretariat, Followers], [Due];
    /// An objection was received.
    ObjectionReceived = "objection_received", true, [Officers, Secretariat], [Reason, Due];
    /// The objection was answered.
    ObjectionAnswered = "objection_answered", true, [Objector], [Reason];
    /// The plan was issued.
    PlanIssued = "plan_issued", true, [Drafters, Secretariat, Chair, Members], [Number, Date];
    /// The assignment book (计划任务书) waits for signature.
    TaskBookToSign = "task_book_to_sign", true, [Drafters, Chair], [];
    /// Drafting started.
    DraftingStarted = "drafting_started", true, [Drafters], [Date];
    /// A drafting milestone is near.
    MilestoneDue = "milestone_due", true, [Drafters], [Due];
    /// A milestone is overdue.
    MilestoneOverdue = "milestone_overdue", true, [Drafters, Secretariat, Officers], [Due];
    /// The project itself is due.
    ProjectDue = "project_due", true, [Drafters, Secretariat], [Due, Date];
    /// The project is overdue and an officer must decide.
    ProjectOverdue = "project_overdue", true, [Secretariat, Officers], [Due];
    /// The project lapsed.
    ProjectLapsed = "project_lapsed", true, [Drafters, Secretariat, Chair, Officers], [];
    /// An adjustment (项目调整) was asked for.
    AdjustmentRequested = "adjustment_requested", true, [Officers], [Reason];
    /// The adjustment was decided.
    AdjustmentDecided = "adjustment_decided", true, [Secretariat, Drafters], [Reason];
    /// The project was cancelled.
    ProjectCancelled = "project_cancelled", true, [Drafters, Secretariat, Chair, Suggester], [Reason];
    /// The project was taken back for a time by the committee.
    ProjectSuspended = "project_suspended", true, [Drafters, Officers], [Reason];
    /// The project was reopened.
    ProjectReopened = "project_reopened", true, [Drafters, Secretariat], [Reason];
    /// A comment draft was submitted for the completeness check.
    DraftSubmitted = "draft_submitted", true, [Secretariat], [Due];
    /// The draft is complete.
    DraftAccepted = "draft_accepted", true, [Drafters], [];
    /// The draft came back.
    DraftReturned = "draft_returned", true, [Drafters], [Reason];
    /// A comment round opened.
    RoundOpened = "round_opened", true, [Members, NonVoting, Followers], [Due, Draft];
    /// A new round after substantial changes.
    RoundReopened = "round_reopened", true, [Members, NonVoting, Commenters, Followers], [Due, Draft, Reason];
    /// The round was extended.
    RoundExtended = "round_extended", true, [Members, NonVoting, Followers], [Due, Reason];
    /// Reminder to those who have not answered.
    RoundReminder = "round_reminder", true, [NotYetAnswered], [Due, Draft];
    /// A public commenter confirms the address.
    CommentConfirm = "comment_confirm", true, [Concerned], [Secret, Due, Items];
    /// Receipt for comments.
    CommentReceived = "comment_received", true, [Concerned], [Receipt, Items];
    /// Comments were confirmed and wait for the secretariat to look at them.
    CommentHeld = "comment_held", true, [Concerned], [Items];
    /// Comments were not admitted, with the reason.
    CommentRefused = "comment_refused", true, [Concerned], [Reason, Items];
    /// A table of comments was taken in; the copy says what became of each row.
    TableReturned = "table_returned", true, [Concerned], [Secret, Counts, Draft];
    /// The day's comments for the drafters.
    CommentDigest = "comment_digest", false, [Drafters], [Items, Counts];
    /// The round closed.
    RoundClosed = "round_closed", true, [Drafters, Secretariat], [Counts, Due];
    /// The round was broken off.
    RoundAborted = "round_aborted", true, [Members, NonVoting, Commenters], [Reason];
    /// Answers to own comments.
    DispositionPublished = "disposition_published", true, [Commenters], [Items];
    /// The answers are public.
    DispositionOpen = "disposition_open", false, [Members, Followers], [Counts];
    /// A commenter objects to the answer.
    DispositionObjected = "disposition_objected", true, [Secretariat, Drafters], [Reason, Items];
    /// The review draft was submitted.
    ReviewSubmitted = "review_submitted", true, [Secretariat], [Draft];
    /// The review draft came back.
    ReviewDraftReturned = "review_draft_returned", true, [Drafters], [Reason];
    /// A principal reviewer (主审人) was assigned.
    ReviewerAssigned = "reviewer_assigned", true, [Concerned], [];
    /// Consent of chair and vice-chairs is asked.
    ConsentAsked = "consent_asked", true, [ChairAndVices], [];
    /// Review papers released.
    PapersReleased = "papers_released", true, [Members, NonVoting], [Date, Draft];
    /// Reviewers declare conflicts of interest.
    ConflictAsked = "conflict_asked", true, [Voters], [Due];
    /// The review opened.
    ReviewOpened = "review_opened", true, [Voters, NonVoting], [Due, Draft];
    /// A vote on a matter of the committee opened.
    MatterOpened = "matter_opened", true, [Voters, NonVoting], [Due];
    /// A vote on the result of a re-examination opened.
    ReexaminationBallotOpened = "reexamination_ballot_opened", true, [Voters, NonVoting], [Number, Due];
    /// A ballot ended without a result because its project ended.
    BallotEnded = "ballot_ended", true, [Voters], [];
    /// Reminder to silent voters.
    BallotReminder = "ballot_reminder", true, [SilentVoters], [Due];
    /// The secretariat entered a vote for a member.
    VoteEntered = "vote_entered", true, [Concerned], [Due, Person, Reason];
    /// A member asked another to vote for the member (委托表决).
    MandateGiven = "mandate_given", true, [Concerned], [Due, Person, Reason];
    /// A mandate was taken back or given to another member.
    MandateWithdrawn = "mandate_withdrawn", true, [Concerned], [Due, Person];
    /// The quorum is at risk.
    QuorumAtRisk = "quorum_at_risk", true, [Secretariat, Chair], [Due, Counts];
    /// The conclusion waits for signature.
    ConclusionToSign = "conclusion_to_sign", true, [Chair, Reviewers], [Counts];
    /// The conclusion was changed after it was signed; who had signed signs anew.
    SignatureVoided = "signature_voided", true, [Concerned], [];
    /// A review requires a change.
    ChangeRequired = "change_required", true, [Drafters, Concerned], [Items];
    /// An observer (旁听) was admitted.
    ObserverAdmitted = "observer_admitted", true, [Concerned], [];
    /// An observer was not admitted.
    ObserverRefused = "observer_refused", true, [Concerned], [Reason];
    /// The review passed.
    ReviewPassed = "review_passed", true, [Members, Drafters, Officers], [Counts];
    /// The review failed.
    ReviewFailed = "review_failed", true, [Drafters, Chair, Officers], [Counts, Reason];
    /// The review was invalid.
    ReviewInvalid = "review_invalid", true, [Members, Drafters, Chair, Officers], [Counts];
    /// Result of a ballot that is not a review.
    BallotResult = "ballot_result", true, [Voters, Secretariat], [Counts];
    /// The dossier was submitted.
    DossierSubmitted = "dossier_submitted", true, [Officers, Drafters, Chair], [];
    /// The dossier came back with defects.
    DossierReturned = "dossier_returned", true, [Secretariat, Drafters, Chair], [Reason];
    /// The text was approved.
    DossierApproved = "dossier_approved", true, [Secretariat, Drafters, Chair], [];
    /// The text was refused.
    DossierRefused = "dossier_refused", true, [Secretariat, Drafters, Chair], [Reason];
    /// Published.
    Published = "published", true, [Drafters, Members, NonVoting, Secretariat, Followers], [Number, Date];
    /// Force begins soon.
    ForceSoon = "force_soon", false, [Followers], [Number, Date];
    /// Training before force is missing.
    TrainingMissing = "training_missing", true, [Secretariat], [Number, Date];
    /// In force from today.
    InForce = "in_force", false, [Followers, Secretariat], [Number, Date];
    /// Replaced by a new text.
    Superseded = "superseded", true, [Followers, Secretariat], [Number, Date, Items];
    /// Abolished.
    Abolished = "abolished", true, [Followers, Secretariat, Members], [Number, Date, Reason];
    /// The effect evaluation is due.
    EvaluationDue = "evaluation_due", true, [Secretariat], [Number, Due];
    /// Re-examination is near.
    ReexaminationDue = "reexamination_due", true, [Secretariat, Officers], [Number, Due];
    /// Re-examination opened.
    ReexaminationOpened = "reexamination_opened", true, [Members, NonVoting, Followers], [Number, Due];
    /// The re-examination is to be finished soon.
    ReexaminationClosing = "reexamination_closing", true, [Secretariat, Chair], [Number, Due];
    /// Result of the re-examination.
    ReexaminationResult = "reexamination_result", true, [Members, Followers, Officers], [Number];
    /// Abolition is put to public comment.
    AbolitionOpened = "abolition_opened", true, [Members, Followers], [Number, Due, Reason];
    /// A text that another one cites is to change; its committee is asked what that means.
    ImpactAsked = "impact_asked", true, [Secretariat], [Number, Reason];
    /// An amendment slip or a corrigendum was issued (修改单、勘误).
    SlipIssued = "slip_issued", true, [Drafters, Members, NonVoting, Secretariat, Followers], [Number, Date];
    /// An agreement of mutual recognition (等效互认) waits for the other parties.
    RecognitionProposed = "recognition_proposed", true, [Concerned], [Date, Items];
    /// A party confirmed an agreement of mutual recognition.
    RecognitionConfirmed = "recognition_confirmed", false, [Concerned], [Date, Person, Items];
    /// An agreement of mutual recognition was ended.
    RecognitionEnded = "recognition_ended", true, [Concerned], [Date, Reason, Items];
    /// Texts overlap with national ones; the keepers of both sides are told.
    OverlapOpened = "overlap_opened", true, [Concerned], [Items];
    /// What became of an overlap.
    OverlapDecided = "overlap_decided", false, [Concerned], [Items, Reason];
    /// A comparison study (国际比对) is due soon.
    StudyDue = "study_due", true, [Concerned, Secretariat], [Number, Due, Items];
    /// A comparison study is overdue.
    StudyOverdue = "study_overdue", true, [Concerned, Secretariat], [Number, Due, Items];
    /// A user or laboratory is asked about the effect of a text, by a link of its own.
    SurveyInvited = "survey_invited", true, [Concerned], [Number, Secret, Due];
    /// Who has not answered a survey of effect is reminded.
    SurveyReminder = "survey_reminder", true, [Concerned], [Number, Secret, Due];
    /// A saved search found texts that it had not found before.
    SearchMatched = "search_matched", false, [Concerned], [Items];
    /// A feedback case on a published text.
    FeedbackReceived = "feedback_received", true, [Secretariat, Concerned], [Number, Reason];
    /// The feedback was answered.
    FeedbackAnswered = "feedback_answered", true, [Concerned], [Number, Reason];
    /// Appointed to a role.
    MemberAppointed = "member_appointed", true, [Concerned, Secretariat], [Person, Role, Date];
    /// A role ended.
    MemberLeft = "member_left", true, [Concerned, Secretariat], [Person, Role, Date, Reason];
    /// The committee's term ends.
    TermEnding = "term_ending", true, [Secretariat, Chair, Members, Officers], [Date];
    /// The renewal window opens.
    RenewalOpen = "renewal_open", true, [Secretariat, Host], [Date];
    /// The annual report is due.
    ReportDue = "report_due", true, [Secretariat, Chair], [Due];
    /// The annual report is late.
    ReportLate = "report_late", true, [Secretariat, Chair, Officers], [Due];
    /// The annual report waits for the chair.
    ReportToSign = "report_to_sign", true, [Chair], [];
    /// The chair sent the annual report back to the secretariat.
    ReportSentBack = "report_sent_back", true, [Secretariat], [Reason];
    /// The chair signed the annual report; it waits to be submitted.
    ReportSigned = "report_signed", true, [Secretariat], [];
    /// The annual report was submitted.
    ReportSubmitted = "report_submitted", true, [Officers], [];
    /// The annual report was accepted.
    ReportAccepted = "report_accepted", true, [Secretariat, Chair, Host], [];
    /// The annual report was returned.
    ReportReturned = "report_returned", true, [Secretariat, Chair], [Reason];
    /// Mail could not be delivered.
    MailBounced = "mail_bounced", true, [Secretariat, Administrators], [Person, Reason];
    /// An account was made; choose a password.
    AccountInvited = "account_invited", true, [Concerned], [Secret, Due];
    /// Reset the password.
    PasswordReset = "password_reset", true, [Concerned], [Secret, Due];
    /// The password was changed.
    PasswordChanged = "password_changed", true, [Concerned], [];
}

/// A notice decided upon: what, and the facts. Recipients are resolved from its audience in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which.
    pub key: NoticeKey,
    /// The facts.
    pub facts: NoticeFacts,
}

impl Notice {
    /// The facts that the words of this notice rely on and that are not there; empty when it can be sent.
    pub fn missing(&self) -> Vec<Fact> {
        self.key.row().needs.iter().copied().filter(|fact| !self.facts.has(*fact)).collect()
    }
}
