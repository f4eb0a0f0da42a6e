//! The closed set of conditions that moves may have, with the keys of their labels.

use super::moves::DocSet;

/// A condition of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The documents of the set are there.
    Documents(DocSet),
    /// The committee's term (with caretaker months) runs: caretakers take no new projects (edge case 41).
    TermValid,
    /// The committee voted for the application.
    ProposalPassed,
    /// Not a placeholder for a state secret (edge case 44).
    NotSecret,
    /// Publicity has ended.
    PublicityOver,
    /// Every objection is answered (E-22).
    NoOpenObjection,
    /// A lead drafter is named.
    DraftersNamed,
    /// Limits on authors (TR21 Art. 10).
    DrafterLimits,
    /// Identical or modified adoption (E-12).
    AdoptionIdentical,
    /// The fast track for revisions is allowed (E-13).
    FastTrackAllowed,
    /// Not yet an emergency.
    NotEmergency,
    /// There is a draft to freeze.
    FrozenDraft,
    /// Enough units are asked.
    Recipients,
    /// The round lasts long enough.
    RoundLength,
    /// A round is running.
    RoundRunning,
    /// The new end is later than the old one.
    LaterThanRound,
    /// The round has ended.
    RoundEnded,
    /// Every comment has a disposition.
    AllDisposed,
    /// Chair and vice-chairs agreed (CH Art. 35).
    ChairConsent,
    /// The form of review suits the category.
    ReviewFormAllowed,
    /// The review lies far enough ahead (CH Art. 37).
    LeadTime,
    /// The papers have been out long enough.
    LeadOver,
    /// Somebody may vote.
    VotersExist,
    /// The review ballot is closed.
    ReviewClosed,
    /// Quorum and majority are reached.
    ReviewPassing,
    /// Quorate, and not passed.
    ReviewFailing,
    /// No fatal finding of the principal reviewer is open.
    NoFatalFinding,
    /// The changes that the review requires are done.
    ChangesDone,
    /// The verification data were shown in public for as long as the rules ask.
    DataShown,
    /// Not quorate.
    ReviewNotQuorate,
    /// Another review is allowed after this failure.
    FailuresLeft,
    /// This failure was the last one allowed.
    FailuresUsed,
    /// The conclusion is signed by the chair.
    Signed,
    /// No national text covers the subject of a departmental or local regulation (ML Art. 10).
    NoHigherText,
    /// Every party of a joint project approved (E-25).
    PartiesAgreed,
    /// The result stood in public for as long as the rules ask before the approval.
    ResultShown,
    /// The number is free (edge case 31).
    NumberFree,
    /// Issue before force.
    DatesInOrder,
    /// Force begins late enough.
    ForceLead,
    /// Another amendment slip is allowed (AM10).
    AmendmentsLeft,
    /// The re-examination was voted on.
    ReexaminationBallotDone,
    /// The re-examination had this result; `revise` covers amend, merge and change of type.
    ResultIs(&'static str),
    /// The hearing on the abolition is over.
    AbolitionHeard,
    /// An adjustment of this kind was asked for.
    AdjustmentOpen(&'static str),
    /// An extension is left.
    ExtensionLeft,
    /// The extension is short enough.
    ExtensionWithin,
    /// The extension was asked for in time.
    ExtensionInTime,
    /// The project is past its due day.
    Overdue,
    /// The profile lets overdue projects lapse.
    LapseAllowed,
    /// The project was withdrawn by the committee.
    Withdrawn,
    /// The project is in a plan.
    InPlan,
    /// A party of the joint project has still to approve.
    PartyPending,
    /// The project is joint.
    JointProject,
}

impl Need {
    /// Stable key of the need, for its label in the locale files.
    pub fn key(self) -> &'static str {
        use Need::*;
        match self {
            Documents(_) => "documents",
            TermValid => "term_valid",
            ProposalPassed => "proposal_passed",
            NotSecret => "not_secret",
            PublicityOver => "publicity_over",
            NoOpenObjection => "no_open_objection",
            DraftersNamed => "drafters_named",
            DrafterLimits => "drafter_limits",
            AdoptionIdentical => "adoption_identical",
            FastTrackAllowed => "fast_track_allowed",
            NotEmergency => "not_emergency",
            FrozenDraft => "frozen_draft",
            Recipients => "recipients",
            RoundLength => "round_length",
            RoundRunning => "round_running",
            LaterThanRound => "later_than_round",
            RoundEnded => "round_ended",
            AllDisposed => "all_disposed",
            ChairConsent => "chair_consent",
            ReviewFormAllowed => "review_form_allowed",
            LeadTime => "lead_time",
            LeadOver => "lead_over",
            VotersExist => "voters_exist",
            ReviewClosed => "review_closed",
            ReviewPassing => "review_passing",
            ReviewFailing => "review_failing",
            NoFatalFinding => "no_fatal_finding",
            ChangesDone => "changes_done",
            DataShown => "data_shown",
            ReviewNotQuorate => "review_not_quorate",
            FailuresLeft => "failures_left",
            FailuresUsed => "failures_used",
            Signed => "signed",
            NoHigherText => "no_higher_text",
            PartiesAgreed => "parties_agreed",
            ResultShown => "result_shown",
            NumberFree => "number_free",
            DatesInOrder => "dates_in_order",
            ForceLead => "force_lead",
            AmendmentsLeft => "amendments_left",
            ReexaminationBallotDone => "reexamination_ballot_done",
            ResultIs(_) => "result_is",
            AbolitionHeard => "abolition_heard",
            AdjustmentOpen(_) => "adjustment_open",
            ExtensionLeft => "extension_left",
            ExtensionWithin => "extension_within",
            ExtensionInTime => "extension_in_time",
            Overdue => "overdue",
            LapseAllowed => "lapse_allowed",
            Withdrawn => "withdrawn",
            InPlan => "in_plan",
            PartyPending => "party_pending",
            JointProject => "joint_project",
        }
    }
}
