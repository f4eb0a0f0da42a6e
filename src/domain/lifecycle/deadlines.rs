//! Every clock the system runs: what starts it is in the table of moves, how long it runs is a rule.

use crate::keyed;

keyed! {
    /// A deadline, reminder or date on which the clock acts.
    DeadlineKind as "deadline" {
        /// Suggestion to be answered (建议答复).
        ScreeningAnswer = "screening_answer",
        /// Returned application to be supplemented (补充申报材料).
        SupplementEnd = "supplement_end",
        /// Assessment to be finished (立项评估).
        AssessmentEnd = "assessment_end",
        /// Publicity ends (公示期满).
        PublicityEnd = "publicity_end",
        /// Publicity closes soon.
        PublicityWarning = "publicity_warning",
        /// Objection to be answered (异议答复).
        ObjectionAnswer = "objection_answer",
        /// Another lead drafter to be named (另行指定主要起草人).
        DrafterVacant = "drafter_vacant",
        /// Drafting plan due (编制方案).
        DraftingPlan = "drafting_plan",
        /// Progress report due (进度报告).
        ProgressReport = "progress_report",
        /// What the drafters must deliver next is near (起草节点提醒).
        MilestoneReminder = "milestone_reminder",
        /// Completeness check due (齐备性审查).
        CompletenessCheck = "completeness_check",
        /// Comment round closes (征求意见截止).
        RoundEnd = "round_end",
        /// Half of the round is over.
        RoundHalf = "round_half",
        /// First reminder before the round closes.
        RoundReminderFar = "round_reminder_far",
        /// Last reminder before the round closes.
        RoundReminderNear = "round_reminder_near",
        /// The day's comments go to the drafters.
        CommentDigest = "comment_digest",
        /// Comments to be treated (意见处理).
        DispositionEnd = "disposition_end",
        /// The papers have been out long enough (材料提前期届满).
        PapersLead = "papers_lead",
        /// Ballot closes (表决截止).
        BallotEnd = "ballot_end",
        /// First reminder before the ballot closes.
        BallotReminderFar = "ballot_reminder_far",
        /// Second reminder before the ballot closes.
        BallotReminderNear = "ballot_reminder_near",
        /// Last reminder before the ballot closes.
        BallotReminderLast = "ballot_reminder_last",
        /// Dossier due (报批).
        DossierEnd = "dossier_end",
        /// The authority's check due (审核).
        AuthorityCheck = "authority_check",
        /// The result stands in public long enough before it is approved (批准前公示期满).
        ResultPublicityEnd = "result_publicity_end",
        /// The project is due (项目到期).
        ProjectEnd = "project_end",
        /// The project is due soon; last days to ask for an extension.
        ProjectWarning = "project_warning",
        /// Full text to be open (全文公开).
        FullText = "full_text",
        /// Force begins soon.
        ForceWarning = "force_warning",
        /// Force begins (实施).
        Force = "force",
        /// Effect evaluation due (实施效果评估).
        Evaluation = "evaluation",
        /// Re-examination is near (复审提醒).
        ReexaminationNotice = "reexamination_notice",
        /// Re-examination falls due (复审到期).
        ReexaminationStart = "reexamination_start",
        /// Re-examination to be finished.
        ReexaminationEnd = "reexamination_end",
        /// A re-examination is to be finished soon; who owes it is reminded.
        ReexaminationWarning = "reexamination_warning",
        /// Comments on an abolition end.
        AbolitionEnd = "abolition_end",
        /// The abolition takes effect.
        AbolitionForce = "abolition_force",
        /// A comparison study is due soon (国际比对).
        StudyWarning = "study_warning",
        /// A comparison study is due.
        StudyEnd = "study_end",
        /// A survey of effect closes soon; the silent are reminded (实施效果调查).
        SurveyWarning = "survey_warning",
        /// The committee's term ends.
        TermEnd = "term_end",
        /// The committee's term ends soon.
        TermWarning = "term_warning",
        /// The window for renewal opens.
        RenewalWindow = "renewal_window",
        /// The annual report is due soon.
        ReportWarning = "report_warning",
        /// The annual report is due.
        ReportEnd = "report_end",
        /// The annual report is late.
        ReportLateEnd = "report_late_end",
    }
}

impl DeadlineKind {
    /// True for the dates that only remind and are not shown as something due.
    pub fn is_reminder(self) -> bool {
        use DeadlineKind::*;
        matches!(
            self,
            PublicityWarning
                | MilestoneReminder
                | CommentDigest
                | RoundHalf
                | RoundReminderFar
                | RoundReminderNear
                | BallotReminderFar
                | BallotReminderNear
                | BallotReminderLast
                | ProjectWarning
                | ForceWarning
                | TermWarning
                | ReportWarning
                | ReexaminationNotice
                | ReexaminationWarning
                | StudyWarning
                | SurveyWarning
        )
    }

    /// The one deadline of the same object, or of the same ballot, of which it reminds; nothing for those that remind of none, or of
    /// one among several.
    pub fn reminds_of(self) -> Option<Self> {
        use DeadlineKind::*;
        Some(match self {
            PublicityWarning => PublicityEnd,
            RoundHalf | RoundReminderFar | RoundReminderNear => RoundEnd,
            BallotReminderFar | BallotReminderNear | BallotReminderLast => BallotEnd,
            ProjectWarning => ProjectEnd,
            ForceWarning => Force,
            TermWarning => TermEnd,
            ReportWarning => ReportEnd,
            ReexaminationNotice => ReexaminationStart,
            _ => return None,
        })
    }

    /// True for the clocks of a single ballot, which several ballots of one project have side by side.
    pub fn is_of_ballot(self) -> bool {
        use DeadlineKind::*;
        matches!(self, BallotEnd | BallotReminderFar | BallotReminderNear | BallotReminderLast)
    }
}
