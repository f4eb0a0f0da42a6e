//! The one table of moves: rows 1 to 32 and the exception paths E-1 to E-25 of the domain rules.
//!
//! Topology only. Every number and every required document is looked up in the rule profile of the running stage.

use super::{
    deadlines::DeadlineKind::{self, *},
    input::Field::{self, *},
    need::Need::{self, *},
};
use crate::{
    document::DocumentKind,
    keyed,
    notice::NoticeKey::{self, *},
    people::Party::{self, *},
    stage::Stage::{self, *},
};

keyed! {
    /// What kind of work a project is.
    ProjectKind as "project kind" {
        /// 制定
        Make = "make",
        /// 修订
        Revise = "revise",
        /// 修改单
        Amendment = "amendment",
        /// 勘误
        Corrigendum = "corrigendum",
        /// 复审
        Reexamination = "reexamination",
        /// 废止
        Abolition = "abolition",
    }
}

keyed! {
    /// Every move there is.
    Move as "move" {
        /// Row 1.
        Suggest = "suggest",
        /// Row 2.
        Screen = "screen",
        /// Row 3.
        TakeUp = "take_up",
        /// Row 3, refused.
        Decline = "decline",
        /// Row 4.
        Apply = "apply",
        /// Row 5.
        Assess = "assess",
        /// E-1.
        ReturnApplication = "return_application",
        /// E-1, back again.
        SupplementApplication = "supplement_application",
        /// E-2.
        RefuseApplication = "refuse_application",
        /// Row 6.
        Publicise = "publicise",
        /// Row 7; E-7 with the field `plan_kind`.
        IncludeInPlan = "include_in_plan",
        /// Row 8.
        StartDrafting = "start_drafting",
        /// Row 9.
        BeginDraft = "begin_draft",
        /// Row 9, quarterly.
        ReportProgress = "report_progress",
        /// Row 10, submission.
        SubmitDraft = "submit_draft",
        /// Row 10.
        AcceptDraft = "accept_draft",
        /// Row 10, incomplete.
        ReturnDraft = "return_draft",
        /// E-12.
        FastTrackAdoption = "fast_track_adoption",
        /// E-13.
        FastTrackRevision = "fast_track_revision",
        /// E-14.
        DeclareEmergency = "declare_emergency",
        /// Row 11.
        OpenComments = "open_comments",
        /// Row 11, extension.
        ExtendComments = "extend_comments",
        /// Row 12.
        CloseComments = "close_comments",
        /// Edge case 21: the draft must be replaced.
        AbortComments = "abort_comments",
        /// Row 13.
        FinishDisposition = "finish_disposition",
        /// E-5.
        CommentAgain = "comment_again",
        /// Row 14.
        SubmitForReview = "submit_for_review",
        /// Row 14, incomplete.
        ReturnReviewDraft = "return_review_draft",
        /// Row 15.
        ReleasePapers = "release_papers",
        /// Row 16.
        OpenReview = "open_review",
        /// Row 17.
        CountVotes = "count_votes",
        /// Row 18.
        PassReview = "pass_review",
        /// E-3.
        FailReview = "fail_review",
        /// E-3, again.
        ResubmitForReview = "resubmit_for_review",
        /// E-3, second failure.
        EndAfterFailure = "end_after_failure",
        /// E-4.
        Reconvene = "reconvene",
        /// Row 19.
        SubmitDossier = "submit_dossier",
        /// Row 20.
        CheckDossier = "check_dossier",
        /// E-6.
        ReturnDossier = "return_dossier",
        /// E-6, papers only.
        ResubmitDossier = "resubmit_dossier",
        /// E-6, back to review.
        BackToReview = "back_to_review",
        /// E-6, back to drafting.
        BackToDrafting = "back_to_drafting",
        /// Row 21.
        Approve = "approve",
        /// Row 21, refused.
        RefuseApproval = "refuse_approval",
        /// Row 22.
        AssignNumber = "assign_number",
        /// Row 23.
        Publish = "publish",
        /// Row 27.
        OpenReexamination = "open_reexamination",
        /// Row 28.
        ConcludeReexamination = "conclude_reexamination",
        /// Row 29.
        Confirm = "confirm",
        /// Row 30.
        DecideRevision = "decide_revision",
        /// Row 31.
        ProposeAbolition = "propose_abolition",
        /// Row 31, put to comment; E-19.
        OpenAbolition = "open_abolition",
        /// Row 32.
        Abolish = "abolish",
        /// Row 32, dropped.
        DropAbolition = "drop_abolition",
        /// E-8.
        Change = "change",
        /// E-9.
        Cancel = "cancel",
        /// E-10.
        Extend = "extend",
        /// E-11.
        Lapse = "lapse",
        /// E-16.
        SubmitCorrigendum = "submit_corrigendum",
        /// E-20.
        Withdraw = "withdraw",
        /// E-20, back.
        Reopen = "reopen",
        /// E-21.
        Split = "split",
        /// E-21.
        Merge = "merge",
        /// E-25: one province drops out.
        DropParty = "drop_party",
        /// E-25: one province approves.
        ApproveAsParty = "approve_as_party",
    }
}

/// Where a move leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To one stage.
    To(Stage),
    /// To the given-up stage of the present phase (.98).
    Abandoned,
    /// Nowhere: the move happens within the stage.
    Stay,
    /// Back to where the project stood before it was withdrawn.
    Before,
}

/// A field the move asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Which.
    pub field: Field,
    /// True when it must be filled.
    pub required: bool,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Which move.
    pub key: Move,
    /// The row or exception of the domain rules it implements.
    pub source: &'static str,
    /// For which kinds of project; empty means all.
    pub kinds: &'static [ProjectKind],
    /// From which stages; empty means from every stage that is not final.
    pub from: &'static [Stage],
    /// Where to.
    pub to: Target,
    /// Who may.
    pub who: &'static [Party],
    /// What it asks for.
    pub asks: &'static [Ask],
    /// What must hold.
    pub needs: &'static [Need],
    /// Which deadlines it opens.
    pub opens: &'static [DeadlineKind],
    /// Which deadlines it closes besides those of the stage it leaves.
    pub closes: &'static [DeadlineKind],
    /// Whom it tells what.
    pub tells: &'static [NoticeKey],
    /// True for the step that is normally next from its stages.
    pub main: bool,
}

const fn must(field: Field) -> Ask {
    Ask { field, required: true }
}
const fn may(field: Field) -> Ask {
    Ask { field, required: false }
}

const MAKING: &[ProjectKind] = &[ProjectKind::Make, ProjectKind::Revise, ProjectKind::Amendment];
const TEXTS: &[ProjectKind] =
    &[ProjectKind::Make, ProjectKind::Revise, ProjectKind::Amendment, ProjectKind::Corrigendum];
const SECRETARIAT: &[Party] = &[Secretariat];
const OFFICER: &[Party] = &[Officer];
const DRAFTER: &[Party] = &[Drafter, Secretariat];
const REASON: &[Ask] = &[must(Note)];

macro_rules! rows {
    ($($key:ident, $source:literal, $kinds:expr, [$($from:ident),*] => $to:expr, $who:expr,
       asks $asks:expr, needs $needs:expr, opens $opens:expr, closes $closes:expr, tells $tells:expr, main $main:literal;)*) => {
        /// The table of moves.
        pub const ROWS: &[Row] = &[$(Row {
            key: Move::$key, source: $source, kinds: $kinds, from: &[$($from),*], to: $to, who: $who, asks: $asks,
            needs: $needs, opens: $opens, closes: $closes, tells: $tells, main: $main,
        },)*];
    };
}

use Target::{Abandoned, Before, Stay, To};
// Names that stages and notices share mean the stage here; notices are written out.
use Stage::{
    ApplicationRefused, ApplicationReturned, DossierReturned, DraftAccepted, DraftSubmitted,
    DraftingStarted, PapersReleased, ReviewFailed, ReviewInvalid, ReviewPassed, ReviewSubmitted,
};

rows! {
    Screen, "2", &[], [Suggested] => To(Screening), SECRETARIAT,
        asks &[], needs &[], opens &[ScreeningAnswer], closes &[], tells &[], main true;
    TakeUp, "3", &[], [Screening] => To(Taken), SECRETARIAT,
        asks &[may(Note)], needs &[Documents(DocSet::Evaluation)], opens &[], closes &[ScreeningAnswer], tells &[SuggestionDecided], main true;
    Decline, "3", &[], [Suggested, Screening, Taken] => To(Declined), SECRETARIAT,
        asks REASON, needs &[], opens &[], closes &[ScreeningAnswer], tells &[SuggestionDecided], main false;
    Apply, "4", MAKING, [Taken] => To(Applied), SECRETARIAT,
        asks &[may(Note)], needs &[TermValid, ProposalPassed, Documents(DocSet::Application)], opens &[], closes &[], tells &[ApplicationSubmitted], main true;
    Assess, "5", MAKING, [Applied] => To(Assessment), OFFICER,
        asks &[may(Note)], needs &[], opens &[AssessmentEnd], closes &[], tells &[], main true;
    ReturnApplication, "E-1", MAKING, [Assessment] => To(Stage::ApplicationReturned), OFFICER,
        asks REASON, needs &[], opens &[SupplementEnd], closes &[AssessmentEnd], tells &[NoticeKey::ApplicationReturned], main false;
    SupplementApplication, "E-1", MAKING, [ApplicationReturned] => To(Assessment), SECRETARIAT,
        asks &[may(Note)], needs &[Documents(DocSet::Application)], opens &[AssessmentEnd], closes &[SupplementEnd], tells &[ApplicationSubmitted], main true;
    RefuseApplication, "E-2", MAKING, [Assessment, Publicity, ApplicationReturned] => To(Stage::ApplicationRefused), OFFICER,
        asks REASON, needs &[], opens &[], closes &[SupplementEnd, AssessmentEnd, PublicityEnd], tells &[NoticeKey::ApplicationRefused], main false;
    Publicise, "6", MAKING, [Assessment] => To(Publicity), OFFICER,
        asks &[may(Note)], needs &[NotSecret, Documents(DocSet::Assessment), Documents(DocSet::Publicity)],
        opens &[PublicityEnd, PublicityWarning], closes &[AssessmentEnd], tells &[PublicityOpened], main true;
    IncludeInPlan, "7", MAKING, [Publicity] => To(Planned), OFFICER,
        asks &[must(PlanDocument), must(ProjectNumber), must(PlanOn), may(DueOn), may(PlanKind)],
        needs &[PublicityOver, NoOpenObjection, Documents(DocSet::Plan)], opens &[DraftingPlan, ProjectEnd, ProjectWarning], closes &[PublicityEnd],
        tells &[PlanIssued], main true;
    StartDrafting, "8", MAKING, [Planned] => To(DraftingStarted), SECRETARIAT,
        asks &[may(Note)], needs &[DraftersNamed, DrafterLimits, Documents(DocSet::Start)], opens &[ProgressReport], closes &[DraftingPlan],
        tells &[NoticeKey::DraftingStarted], main true;
    FastTrackAdoption, "E-12", MAKING, [Planned] => To(DraftAccepted), SECRETARIAT,
        asks REASON, needs &[AdoptionIdentical, Documents(DocSet::CommentDraft)], opens &[], closes &[DraftingPlan], tells &[NoticeKey::DraftAccepted], main false;
    FastTrackRevision, "E-13", &[ProjectKind::Revise], [Planned] => To(CommentsTreated), OFFICER,
        asks REASON, needs &[FastTrackAllowed], opens &[], closes &[DraftingPlan], tells &[NoticeKey::DraftAccepted], main false;
    DeclareEmergency, "E-14", MAKING, [] => Stay, OFFICER,
        asks REASON, needs &[NotEmergency], opens &[], closes &[], tells &[], main false;
    BeginDraft, "9", MAKING, [DraftingStarted] => To(Drafting), DRAFTER,
        asks &[may(Note)], needs &[], opens &[], closes &[], tells &[], main true;
    ReportProgress, "9", MAKING, [DraftingStarted, Drafting] => Stay, DRAFTER,
        asks REASON, needs &[], opens &[ProgressReport], closes &[], tells &[], main false;
    SubmitDraft, "10", MAKING, [Drafting] => To(Stage::DraftSubmitted), DRAFTER,
        asks &[may(Note)], needs &[DraftersNamed, Documents(DocSet::CommentDraft)], opens &[CompletenessCheck], closes &[ProgressReport],
        tells &[NoticeKey::DraftSubmitted], main true;
    AcceptDraft, "10", MAKING, [DraftSubmitted] => To(Stage::DraftAccepted), SECRETARIAT,
        asks &[may(Note)], needs &[Documents(DocSet::CommentDraft)], opens &[], closes &[CompletenessCheck], tells &[NoticeKey::DraftAccepted], main true;
    ReturnDraft, "10", MAKING, [DraftSubmitted] => To(Drafting), SECRETARIAT,
        asks REASON, needs &[], opens &[ProgressReport], closes &[CompletenessCheck], tells &[DraftReturned], main false;
    OpenComments, "11", MAKING, [DraftAccepted] => To(Commenting), SECRETARIAT,
        asks &[must(ClosesOn), may(Note)], needs &[NotSecret, FrozenDraft, Recipients, RoundLength, Documents(DocSet::OpenComments)],
        opens &[RoundEnd, RoundHalf, RoundReminderFar, RoundReminderNear, DeadlineKind::CommentDigest], closes &[], tells &[RoundOpened], main true;
    OpenComments, "11", MAKING, [CommentsAgain] => To(Commenting), SECRETARIAT,
        asks &[must(ClosesOn), may(Note)], needs &[NotSecret, FrozenDraft, Recipients, RoundLength, Documents(DocSet::OpenComments)],
        opens &[RoundEnd, RoundHalf, RoundReminderFar, RoundReminderNear, DeadlineKind::CommentDigest], closes &[], tells &[RoundReopened], main true;
    ExtendComments, "11", MAKING, [Commenting] => Stay, SECRETARIAT,
        asks &[must(ClosesOn), must(Note)], needs &[RoundRunning, LaterThanRound], opens &[RoundEnd], closes &[RoundEnd], tells &[RoundExtended], main false;
    CloseComments, "12", MAKING, [Commenting] => To(Stage::CommentsClosed), &[System],
        asks &[], needs &[RoundEnded], opens &[DispositionEnd], closes &[RoundEnd], tells &[RoundClosed], main true;
    AbortComments, "21", MAKING, [Commenting] => To(CommentsAgain), SECRETARIAT,
        asks REASON, needs &[RoundRunning], opens &[], closes &[RoundEnd, RoundHalf, RoundReminderFar, RoundReminderNear], tells &[RoundAborted], main false;
    FinishDisposition, "13", MAKING, [CommentsClosed] => To(CommentsTreated), DRAFTER,
        asks &[may(Note)], needs &[AllDisposed, Documents(DocSet::Disposition)], opens &[], closes &[DispositionEnd],
        tells &[DispositionPublished, DispositionOpen], main true;
    CommentAgain, "E-5", MAKING, [CommentsClosed, CommentsTreated] => To(CommentsAgain), SECRETARIAT,
        asks REASON, needs &[AllDisposed], opens &[], closes &[DispositionEnd], tells &[], main false;
    SubmitForReview, "14", MAKING, [CommentsTreated] => To(Stage::ReviewSubmitted), DRAFTER,
        asks &[may(Note)], needs &[Documents(DocSet::Review)], opens &[CompletenessCheck], closes &[], tells &[NoticeKey::ReviewSubmitted, ConsentAsked], main true;
    ReturnReviewDraft, "14", MAKING, [ReviewSubmitted, PapersReleased] => To(CommentsTreated), SECRETARIAT,
        asks REASON, needs &[], opens &[], closes &[CompletenessCheck, PapersLead], tells &[ReviewDraftReturned], main false;
    ReleasePapers, "15", MAKING, [ReviewSubmitted] => To(Stage::PapersReleased), &[Secretariat, Chair],
        asks &[must(ReviewForm), must(ReviewOn), may(Place)], needs &[ChairConsent, ReviewFormAllowed, LeadTime, Documents(DocSet::Review)],
        opens &[PapersLead], closes &[CompletenessCheck], tells &[NoticeKey::PapersReleased], main true;
    OpenReview, "16", MAKING, [PapersReleased, ReviewInvalid] => To(Reviewing), SECRETARIAT,
        asks &[must(BallotClosesOn), may(Place)], needs &[LeadOver, VotersExist, NoFatalFinding, Documents(DocSet::BallotOpen)],
        opens &[BallotEnd, BallotReminderFar, BallotReminderNear, BallotReminderLast], closes &[PapersLead], tells &[ReviewOpened], main true;
    CountVotes, "17", MAKING, [Reviewing] => To(VotesCounted), &[System, Secretariat],
        asks &[], needs &[ReviewClosed], opens &[], closes &[BallotEnd, BallotReminderFar, BallotReminderNear, BallotReminderLast], tells &[ConclusionToSign], main true;
    PassReview, "18", MAKING, [VotesCounted] => To(Stage::ReviewPassed), &[Secretariat, Chair],
        asks &[], needs &[ReviewPassing, Signed, Documents(DocSet::Conclusion)], opens &[DossierEnd], closes &[], tells &[NoticeKey::ReviewPassed], main true;
    FailReview, "E-3", MAKING, [VotesCounted] => To(Stage::ReviewFailed), &[Secretariat, Chair],
        asks REASON, needs &[ReviewFailing, FailuresLeft], opens &[], closes &[], tells &[NoticeKey::ReviewFailed], main false;
    EndAfterFailure, "E-3", MAKING, [VotesCounted] => To(ReviewAbandoned), &[Secretariat, Chair],
        asks REASON, needs &[ReviewFailing, FailuresUsed], opens &[], closes &[ProjectEnd], tells &[NoticeKey::ReviewFailed, ProjectCancelled], main false;
    ResubmitForReview, "E-3", MAKING, [ReviewFailed] => To(ReviewSubmitted), DRAFTER,
        asks REASON, needs &[Documents(DocSet::Review)], opens &[CompletenessCheck], closes &[], tells &[NoticeKey::ReviewSubmitted, ConsentAsked], main true;
    Reconvene, "E-4", MAKING, [VotesCounted] => To(Stage::ReviewInvalid), &[Secretariat, Chair],
        asks REASON, needs &[ReviewNotQuorate, ChairConsent], opens &[], closes &[], tells &[NoticeKey::ReviewInvalid], main false;
    SubmitDossier, "19", MAKING, [ReviewPassed] => To(DossierReceived), SECRETARIAT,
        asks &[may(Note)], needs &[ChangesDone, DataShown, Documents(DocSet::Dossier)], opens &[], closes &[DossierEnd], tells &[DossierSubmitted], main true;
    SubmitCorrigendum, "E-16", &[ProjectKind::Corrigendum], [Suggested, Screening, Taken, DossierReturned] => To(DossierReceived), SECRETARIAT,
        asks REASON, needs &[Documents(DocSet::Corrigendum)], opens &[], closes &[ScreeningAnswer], tells &[DossierSubmitted], main true;
    CheckDossier, "20", TEXTS, [DossierReceived] => To(DossierCheck), OFFICER,
        asks &[may(Note)], needs &[], opens &[AuthorityCheck, ResultPublicityEnd], closes &[], tells &[], main true;
    ReturnDossier, "E-6", TEXTS, [DossierReceived, DossierCheck, Approved] => To(Stage::DossierReturned), OFFICER,
        asks REASON, needs &[], opens &[], closes &[AuthorityCheck, ResultPublicityEnd], tells &[NoticeKey::DossierReturned], main false;
    ResubmitDossier, "E-6", MAKING, [DossierReturned] => To(DossierReceived), SECRETARIAT,
        asks REASON, needs &[Documents(DocSet::Dossier)], opens &[], closes &[], tells &[DossierSubmitted], main true;
    BackToReview, "E-6", MAKING, [DossierReturned] => To(ReviewSubmitted), SECRETARIAT,
        asks REASON, needs &[], opens &[CompletenessCheck], closes &[], tells &[ConsentAsked], main false;
    BackToDrafting, "E-6", MAKING, [DossierReturned] => To(Drafting), SECRETARIAT,
        asks REASON, needs &[], opens &[ProgressReport], closes &[], tells &[DraftReturned], main false;
    Approve, "21", TEXTS, [DossierCheck] => To(Approved), OFFICER,
        asks &[must(ApprovalDocument), may(Note)], needs &[NoHigherText, PartiesAgreed, ResultShown, NoOpenObjection, Documents(DocSet::Approval)], opens &[], closes &[AuthorityCheck, ResultPublicityEnd],
        tells &[DossierApproved], main true;
    RefuseApproval, "21", TEXTS, [DossierCheck] => To(ApprovalRefused), OFFICER,
        asks REASON, needs &[], opens &[], closes &[AuthorityCheck, ResultPublicityEnd, ProjectEnd], tells &[DossierRefused], main false;
    AssignNumber, "22", &[ProjectKind::Make, ProjectKind::Revise], [Approved] => To(Numbered), OFFICER,
        asks &[must(SpecificationNumber), may(Replaces)], needs &[NumberFree], opens &[], closes &[], tells &[], main true;
    Publish, "23", &[ProjectKind::Make, ProjectKind::Revise], [Numbered] => To(Stage::Published), OFFICER,
        asks &[must(Announcement), must(IssuedOn), must(EffectiveOn), may(Note)], needs &[DatesInOrder, ForceLead, Documents(DocSet::Publication)],
        opens &[], closes &[ProjectEnd, ProjectWarning], tells &[NoticeKey::Published], main true;
    Publish, "E-15", &[ProjectKind::Amendment, ProjectKind::Corrigendum], [Approved] => To(Stage::Published), OFFICER,
        asks &[must(Announcement), must(IssuedOn), must(EffectiveOn), may(Note)], needs &[DatesInOrder, AmendmentsLeft],
        opens &[], closes &[ProjectEnd, ProjectWarning], tells &[NoticeKey::SlipIssued], main true;
    ConcludeReexamination, "28", &[ProjectKind::Reexamination], [Reexamining] => To(Reexamined), SECRETARIAT,
        asks &[must(Field::ReexaminationResult), must(Note)], needs &[ReexaminationBallotDone, Documents(DocSet::Reexamination)],
        opens &[], closes &[ReexaminationEnd, ReexaminationWarning], tells &[], main true;
    Confirm, "29", &[ProjectKind::Reexamination], [Reexamined] => To(Confirmed), OFFICER,
        asks &[may(Note)], needs &[ResultIs("confirmed")], opens &[], closes &[], tells &[NoticeKey::ReexaminationResult], main true;
    DecideRevision, "30", &[ProjectKind::Reexamination], [Reexamined] => To(ReviseDecided), OFFICER,
        asks &[may(Note)], needs &[ResultIs("revise"), Documents(DocSet::Revision)], opens &[], closes &[], tells &[NoticeKey::ReexaminationResult], main true;
    ProposeAbolition, "31", &[ProjectKind::Reexamination], [Reexamined] => To(AbolitionProposed), OFFICER,
        asks &[may(Note)], needs &[ResultIs("abolish")], opens &[], closes &[], tells &[NoticeKey::ReexaminationResult], main true;
    OpenAbolition, "31", &[ProjectKind::Reexamination, ProjectKind::Abolition], [AbolitionProposed, Taken] => To(AbolitionOpen), OFFICER,
        asks REASON, needs &[], opens &[AbolitionEnd], closes &[], tells &[AbolitionOpened], main true;
    Abolish, "32", &[ProjectKind::Reexamination, ProjectKind::Abolition], [AbolitionOpen] => To(Stage::Abolished), OFFICER,
        asks &[must(Announcement), must(EffectiveOn), must(Note)], needs &[AbolitionHeard, AllDisposed, Documents(DocSet::Abolition)], opens &[], closes &[AbolitionEnd],
        tells &[NoticeKey::Abolished], main true;
    DropAbolition, "32", &[ProjectKind::Reexamination, ProjectKind::Abolition], [AbolitionOpen, AbolitionProposed] => To(AbolitionDropped), OFFICER,
        asks REASON, needs &[], opens &[], closes &[AbolitionEnd], tells &[NoticeKey::ReexaminationResult], main false;
    Change, "E-8", MAKING, [] => Stay, OFFICER,
        asks &[may(TitleZh), may(TitleEn), may(LeadUnit), may(Scope), must(Note)], needs &[AdjustmentOpen("change")], opens &[], closes &[],
        tells &[AdjustmentDecided], main false;
    Cancel, "E-9", &[], [] => Abandoned, OFFICER,
        asks REASON, needs &[], opens &[], closes &[ProjectEnd, ProjectWarning], tells &[ProjectCancelled], main false;
    Extend, "E-10", MAKING, [] => Stay, OFFICER,
        asks &[must(DueOn), must(Note)], needs &[AdjustmentOpen("extension"), ExtensionLeft, ExtensionWithin, ExtensionInTime],
        opens &[ProjectEnd, ProjectWarning], closes &[ProjectEnd, ProjectWarning], tells &[AdjustmentDecided], main false;
    Lapse, "E-11", MAKING, [] => Abandoned, &[System, Officer],
        asks &[], needs &[Overdue, LapseAllowed], opens &[], closes &[ProjectEnd, ProjectWarning], tells &[ProjectLapsed], main false;
    Withdraw, "E-20", MAKING, [] => Abandoned, &[Chair, Secretariat],
        asks REASON, needs &[ChairConsent], opens &[], closes &[], tells &[ProjectSuspended], main false;
    Reopen, "E-20", MAKING, [ReviewAbandoned, CommentsAbandoned, DraftingAbandoned, ApplicationRefused] => Before, OFFICER,
        asks REASON, needs &[Withdrawn], opens &[], closes &[], tells &[ProjectReopened], main false;
    Split, "E-21", MAKING, [] => Stay, OFFICER,
        asks &[must(TitleZh), must(Note)], needs &[InPlan], opens &[], closes &[], tells &[AdjustmentDecided], main false;
    Merge, "E-21", MAKING, [] => Abandoned, OFFICER,
        asks &[must(IntoProject), must(Note)], needs &[InPlan], opens &[], closes &[ProjectEnd, ProjectWarning], tells &[AdjustmentDecided], main false;
    ApproveAsParty, "E-25", TEXTS, [DossierCheck] => Stay, &[Officer],
        asks &[must(ApprovalDocument)], needs &[PartyPending], opens &[], closes &[], tells &[], main false;
    DropParty, "E-25", TEXTS, [] => Stay, OFFICER,
        asks &[must(PartyAuthority), must(Note)], needs &[JointProject], opens &[], closes &[], tells &[], main false;
}

/// The sets of documents that moves ask for; the kinds in each set are rules of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocSet {
    /// Row 3.
    Evaluation,
    /// Row 4.
    Application,
    /// Row 5; the opinion is there when the assessment ends.
    Assessment,
    /// Row 6.
    Publicity,
    /// Row 7.
    Plan,
    /// Row 8.
    Start,
    /// Row 10.
    CommentDraft,
    /// Row 11.
    OpenComments,
    /// Row 13.
    Disposition,
    /// Row 14.
    Review,
    /// Row 16.
    BallotOpen,
    /// Row 18.
    Conclusion,
    /// Row 19.
    Dossier,
    /// Row 21.
    Approval,
    /// Row 23.
    Publication,
    /// Row 28.
    Reexamination,
    /// Row 30; an amendment slip has papers of its own.
    Revision,
    /// Row 31; the bodies that enforce the text give their opinion while the abolition is put to comment.
    Abolition,
    /// E-16.
    Corrigendum,
}

impl Row {
    /// True when the row applies to the kind and leaves from the stage.
    pub fn leaves(&self, kind: ProjectKind, stage: Stage) -> bool {
        let from =
            if self.from.is_empty() { !stage.is_final() } else { self.from.contains(&stage) };
        from && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

/// Every row that leaves from the stage for the kind of project.
pub fn rows_from(kind: ProjectKind, stage: Stage) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.leaves(kind, stage))
}

/// The row of a move from a stage, if there is one.
pub fn row_of(key: Move, kind: ProjectKind, stage: Stage) -> Option<&'static Row> {
    rows_from(kind, stage).find(|row| row.key == key)
}

/// Documents that are frozen (can no longer be replaced) once the move is done.
pub fn freezes(key: Move) -> &'static [DocumentKind] {
    match key {
        Move::OpenComments => &[DocumentKind::CommentDraft],
        Move::ReleasePapers => &[DocumentKind::ReviewDraft],
        Move::SubmitDossier => &[DocumentKind::ApprovalDraft],
        Move::Publish => &[DocumentKind::PublishedText],
        _ => &[],
    }
}
