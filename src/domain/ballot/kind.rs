//! The kinds of ballot as one table: what is asked, by whom opened, who may vote, by which rules it is counted, and whether in secret.
//!
//! Every number is a rule of the profile the ballot opened under; the table only says which rule is asked (domain rules, 3.6).

use super::{BallotForm, BallotPurpose};
use crate::{
    document::DocumentKind,
    fraction::{Fraction, Majority},
    lifecycle::Move,
    notice::NoticeKey,
    records::Choice,
    rules::{RuleKey, Typed, keys},
    stage::Stage,
    term::Term,
};

/// A rule for each form of ballot.
#[derive(Debug, Clone, Copy)]
pub struct ByForm<T> {
    /// In a meeting (会审).
    pub meeting: T,
    /// By correspondence (函审).
    pub correspondence: T,
}

impl<T: Copy> ByForm<T> {
    const fn both(rule: T) -> Self {
        Self { meeting: rule, correspondence: rule }
    }

    /// The rule of a form.
    pub const fn of(&self, form: BallotForm) -> T {
        match form {
            BallotForm::Meeting => self.meeting,
            BallotForm::Correspondence => self.correspondence,
        }
    }
}

/// Where a ballot of a kind may be opened on a project.
#[derive(Debug, Clone, Copy)]
pub enum Opened {
    /// By a move of the life cycle, and never by itself.
    ByMove(Move),
    /// By the secretariat, in this stage.
    In(Stage),
    /// By the secretariat, while the project runs.
    WhileItRuns,
    /// By the secretariat, about no project.
    ByTheCommittee,
}

impl Opened {
    /// Whether the secretariat may open one on a project in this stage.
    pub fn is_here(&self, stage: Stage) -> bool {
        match self {
            Self::ByMove(_) | Self::ByTheCommittee => false,
            Self::In(only) => stage == *only,
            Self::WhileItRuns => !stage.is_final(),
        }
    }
}

/// Whether votes bear names.
#[derive(Debug, Clone, Copy)]
pub enum Secrecy {
    /// Always by name (记名).
    Recorded,
    /// By name unless whoever opens it says otherwise.
    MayBeSecret,
    /// Secret where the rule says so (无记名).
    ByRule(Typed<bool>),
}

/// A row of the table: one kind of ballot.
#[derive(Debug, Clone, Copy)]
pub struct BallotKind {
    /// Which.
    pub purpose: BallotPurpose,
    /// What may be answered.
    pub options: &'static [Choice],
    /// How it may be held.
    pub forms: &'static [BallotForm],
    /// Where it is opened.
    pub opened: Opened,
    /// Share of all members that must take part.
    pub quorum: ByForm<Typed<Fraction>>,
    /// Share that must agree.
    pub majority: ByForm<Typed<Majority>>,
    /// How long before it the papers are out, where they must be.
    pub lead: Option<ByForm<Typed<Term>>>,
    /// Whether votes bear names.
    pub secrecy: Secrecy,
    /// Whether a "no" gives its reasons.
    pub no_gives_reasons: Typed<bool>,
    /// Whether an abstention gives its reasons.
    pub abstention_gives_reasons: Typed<bool>,
    /// Whether each unit has one vote, however many seats it holds.
    pub one_vote_per_unit: Typed<bool>,
    /// The text that is voted on, whose drafters are recused unless the rule lets them vote.
    pub text: Option<DocumentKind>,
    /// Whether the result is a conclusion on the text (审定结论), with evaluation and principal reviewer.
    pub concludes_review: bool,
    /// The letter that asks for votes.
    pub asks: NoticeKey,
}

const BOTH: &[BallotForm] = &[BallotForm::Meeting, BallotForm::Correspondence];
const CHOICES: &[Choice] = &[Choice::Yes, Choice::No, Choice::Abstain];

// What the kinds share; each row below says what is its own.
const COMMON: BallotKind = BallotKind {
    purpose: BallotPurpose::Matter,
    options: CHOICES,
    forms: BOTH,
    opened: Opened::WhileItRuns,
    quorum: ByForm::both(keys::MATTER_QUORUM_FRACTION),
    majority: ByForm::both(keys::MATTER_PASS_FRACTION),
    lead: None,
    secrecy: Secrecy::MayBeSecret,
    no_gives_reasons: keys::VOTE_NO_REASON_REQUIRED,
    abstention_gives_reasons: keys::VOTE_ABSTAIN_REASON_REQUIRED,
    one_vote_per_unit: keys::ONE_VOTE_PER_UNIT,
    text: None,
    concludes_review: false,
    asks: NoticeKey::MatterOpened,
};

static PROPOSAL: BallotKind = BallotKind {
    purpose: BallotPurpose::Proposal,
    opened: Opened::In(Stage::Taken),
    quorum: ByForm::both(keys::PROPOSAL_QUORUM_FRACTION),
    majority: ByForm::both(keys::PROPOSAL_PASS_FRACTION),
    secrecy: Secrecy::Recorded,
    asks: NoticeKey::ProposalBallotOpened,
    ..COMMON
};

static REVIEW: BallotKind = BallotKind {
    purpose: BallotPurpose::Review,
    opened: Opened::ByMove(Move::OpenReview),
    quorum: ByForm { meeting: keys::QUORUM_FRACTION, correspondence: keys::CORR_QUORUM },
    majority: ByForm { meeting: keys::PASS_FRACTION, correspondence: keys::CORR_PASS },
    lead: Some(ByForm {
        meeting: keys::REVIEW_PAPERS_LEAD,
        correspondence: keys::REVIEW_PAPERS_LEAD_CORR,
    }),
    secrecy: Secrecy::Recorded,
    text: Some(DocumentKind::ReviewDraft),
    concludes_review: true,
    asks: NoticeKey::ReviewOpened,
    ..COMMON
};

static REEXAMINATION: BallotKind = BallotKind {
    purpose: BallotPurpose::Reexamination,
    opened: Opened::In(Stage::Reexamining),
    quorum: ByForm::both(keys::REEXAM_QUORUM_FRACTION),
    majority: ByForm::both(keys::REEXAM_PASS_FRACTION),
    secrecy: Secrecy::Recorded,
    asks: NoticeKey::ReexaminationBallotOpened,
    ..COMMON
};

static MATTER: BallotKind = COMMON;

static ELECTION: BallotKind = BallotKind {
    purpose: BallotPurpose::Election,
    opened: Opened::ByTheCommittee,
    quorum: ByForm::both(keys::ELECTION_QUORUM_FRACTION),
    majority: ByForm::both(keys::ELECTION_PASS_FRACTION),
    secrecy: Secrecy::ByRule(keys::ELECTION_SECRET),
    ..COMMON
};

impl BallotPurpose {
    /// The row of this kind in the table.
    pub const fn kind(self) -> &'static BallotKind {
        match self {
            Self::Proposal => &PROPOSAL,
            Self::Review => &REVIEW,
            Self::Reexamination => &REEXAMINATION,
            Self::Matter => &MATTER,
            Self::Election => &ELECTION,
        }
    }
}

impl BallotKind {
    /// The rule that asks for the reasons of a choice, if one does.
    pub fn reasons(&self, choice: Choice) -> Option<Typed<bool>> {
        match choice {
            Choice::Yes => None,
            Choice::No => Some(self.no_gives_reasons),
            Choice::Abstain => Some(self.abstention_gives_reasons),
        }
    }

    /// The rules that decide how a ballot of this kind is held in a form, for pages to cite.
    pub fn rules(&self, form: BallotForm) -> Vec<RuleKey> {
        let mut cited = vec![self.quorum.of(form).key(), self.majority.of(form).key()];
        cited.push(keys::ABSTENTION_COUNTS.key());
        cited.extend(self.lead.map(|lead| lead.of(form).key()));
        cited.extend([self.no_gives_reasons.key(), self.abstention_gives_reasons.key()]);
        cited.push(self.one_vote_per_unit.key());
        if let Secrecy::ByRule(rule) = self.secrecy {
            cited.push(rule.key());
        }
        if self.text.is_some() {
            cited.extend([keys::DRAFTER_CAN_VOTE.key(), keys::DRAFTER_UNIT_SHARE_MAX.key()]);
        }
        cited
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    #[test]
    fn every_kind_stands_in_its_own_row_with_its_own_rules() {
        let mut rules = std::collections::BTreeSet::new();
        for purpose in BallotPurpose::ALL.iter().copied() {
            let kind = purpose.kind();
            assert_eq!(kind.purpose, purpose);
            assert!(!kind.options.is_empty() && !kind.forms.is_empty());
            assert!(rules.insert(kind.quorum.of(BallotForm::Meeting).key()), "{purpose}");
            assert!(rules.insert(kind.majority.of(BallotForm::Meeting).key()), "{purpose}");
            assert_eq!(kind.lead.is_some(), kind.text.is_some(), "{purpose}");
        }
    }

    #[test]
    fn each_kind_is_opened_where_the_domain_rules_say() {
        let here = |purpose: BallotPurpose| -> Vec<Stage> {
            let all = Stage::ALL.iter().copied();
            all.filter(|stage| purpose.kind().opened.is_here(*stage)).collect()
        };
        assert_eq!(here(BallotPurpose::Proposal), [Stage::Taken]);
        assert_eq!(here(BallotPurpose::Reexamination), [Stage::Reexamining]);
        assert!(here(BallotPurpose::Review).is_empty(), "its move opens it");
        assert!(here(BallotPurpose::Election).is_empty(), "it is about no project");
        let running = here(BallotPurpose::Matter);
        assert!(!running.is_empty() && running.iter().all(|stage| !stage.is_final()));
    }

    #[test]
    fn reasons_are_asked_of_those_who_do_not_agree() {
        for purpose in BallotPurpose::ALL.iter().copied() {
            let kind = purpose.kind();
            assert!(kind.reasons(Choice::Yes).is_none());
            assert!(kind.reasons(Choice::No).is_some() && kind.reasons(Choice::Abstain).is_some());
        }
    }
}
