//! Groups of rules, in the order of the life that they govern; the keys are declared in the same order.

use crate::{Keyed, keyed};

use super::key::RuleKey;

keyed! {
    /// The part of the work that a rule governs.
    RuleGroup as "rule group" {
        /// Suggestion, application and project approval (建议、申报、立项).
        Proposal = "proposal",
        /// Drafting, extension, overdue projects (起草).
        Drafting = "drafting",
        /// Comment rounds and their treatment (征求意见).
        Comments = "comments",
        /// Review and votes (审定与表决).
        Review = "review",
        /// Approval, publication and full text (批准与发布).
        Approval = "approval",
        /// Evaluation, re-examination and abolition (实施与复审).
        Life = "life",
        /// Composition, terms and reports of committees (技术委员会).
        Committees = "committees",
        /// How days are counted and who is reminded when (期间与提醒).
        Terms = "terms",
        /// Papers that a step needs (文件).
        Documents = "documents",
    }
}

impl RuleGroup {
    /// The first rule of the group, as the keys are declared.
    const fn first(self) -> RuleKey {
        match self {
            Self::Proposal => RuleKey::CallSuggestionsDue,
            Self::Drafting => RuleKey::ProgressReportMonths,
            Self::Comments => RuleKey::CommentDaysMin,
            Self::Review => RuleKey::ReviewPapersLead,
            Self::Approval => RuleKey::DossierDays,
            Self::Life => RuleKey::EffectEvalMonths,
            Self::Committees => RuleKey::TermYears,
            Self::Terms => RuleKey::DayCount,
            Self::Documents => RuleKey::TechnicalCategories,
        }
    }

    /// The group of a rule.
    pub fn of(key: RuleKey) -> Self {
        let begun = Self::ALL.iter().filter(|group| group.first() as usize <= key as usize);
        begun.copied().last().unwrap_or(Self::Proposal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_the_group_under_which_it_is_declared() {
        for (key, group) in [
            (RuleKey::CallSuggestionsDue, RuleGroup::Proposal),
            (RuleKey::FastTrackRevision, RuleGroup::Proposal),
            (RuleKey::OverdueSanctionYears, RuleGroup::Drafting),
            (RuleKey::DispositionReason, RuleGroup::Comments),
            (RuleKey::QuorumFraction, RuleGroup::Review),
            (RuleKey::FeedbackAnswerWorkdays, RuleGroup::Approval),
            (RuleKey::AbolitionCommentDays, RuleGroup::Life),
            (RuleKey::FailedAssessmentsMax, RuleGroup::Committees),
            (RuleKey::RemindersAnnualReport, RuleGroup::Terms),
            (RuleKey::DocsAdjustment, RuleGroup::Documents),
        ] {
            assert_eq!(RuleGroup::of(key), group, "{key}");
        }
        let order: Vec<RuleGroup> = RuleKey::ALL.iter().map(|key| RuleGroup::of(*key)).collect();
        assert!(order.is_sorted_by_key(|group| *group as usize));
    }
}
