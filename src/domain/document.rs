//! The kinds of document that a project may hold, and when one of them is needed.
//!
//! Which kinds a move needs is never said here: it is a list in the rule profile (`rules`).

use std::{fmt, str::FromStr};

use crate::{Keyed, UnknownKey, keyed, specification::Category};

keyed! {
    /// The kind of a document in the file of a project or of a published edition.
    DocumentKind as "document kind" {
        /// Project suggestion (项目建议书, FM-01).
        ProjectSuggestion = "project_suggestion",
        /// Novelty search report (查新报告).
        NoveltySearch = "novelty_search",
        /// Evaluation sheet of the committee's experts on a suggestion (专家评估表).
        EvaluationSheet = "evaluation_sheet",
        /// Project application (项目申报书, FM-02).
        Application = "application",
        /// Application summary table (申报表, FM-03).
        ApplicationTable = "application_table",
        /// Outline of the intended text, for a revision (拟修订内容大纲).
        RevisionOutline = "revision_outline",
        /// Opinion of the project assessment (立项评估意见).
        AssessmentOpinion = "assessment_opinion",
        /// Public notice before project approval (立项公示).
        PublicityNotice = "publicity_notice",
        /// Plan document of the authority (计划文件).
        PlanDocument = "plan_document",
        /// Project assignment book (计划任务书, FM-05).
        PlanAssignment = "plan_assignment",
        /// Drafting plan (编制方案).
        DraftingPlan = "drafting_plan",
        /// Working draft (讨论稿).
        WorkingDraft = "working_draft",
        /// Progress report (进展报告).
        ProgressReport = "progress_report",
        /// Draft for comments (征求意见稿).
        CommentDraft = "comment_draft",
        /// Drafting note (编写说明, FM-09).
        DraftingNote = "drafting_note",
        /// Test report (试验报告).
        TestReport = "test_report",
        /// Uncertainty evaluation report (不确定度评定报告).
        UncertaintyReport = "uncertainty_report",
        /// Original of an adopted international text (采用国际文件原文).
        SourceOriginal = "source_original",
        /// Translation of an adopted international text (采用国际文件译文).
        SourceTranslation = "source_translation",
        /// Letter that asks for comments (征求意见函, FM-06).
        CommentLetter = "comment_letter",
        /// Comment collection and disposition table (征求意见汇总处理表, FM-08).
        DispositionTable = "disposition_table",
        /// Draft for review (报审稿).
        ReviewDraft = "review_draft",
        /// Principal reviewer's opinion (主审意见表, FM-14).
        PrincipalReview = "principal_review",
        /// Proof of the chair's consent to release the draft (主任委员同意送审的证明).
        ChairConsent = "chair_consent",
        /// Review notice (审定通知, FM-10).
        ReviewNotice = "review_notice",
        /// Sign-in sheet (签到表, FM-11).
        SignInSheet = "sign_in_sheet",
        /// Ballot papers (表决票, FM-12).
        BallotPapers = "ballot_papers",
        /// Review conclusion or minutes (审定意见书, FM-13).
        ReviewConclusion = "review_conclusion",
        /// Record of the opinions of people without a vote (非表决人员意见).
        NonVoterOpinions = "non_voter_opinions",
        /// Papers on a contested point, from each side (争议问题论证材料).
        DissentPapers = "dissent_papers",
        /// Draft for approval (报批稿).
        ApprovalDraft = "approval_draft",
        /// Approval form (报批表).
        ApprovalForm = "approval_form",
        /// Approval letter (报批公文).
        ApprovalLetter = "approval_letter",
        /// Proposed list of texts to be replaced or abolished (代替废止清单).
        ReplacementList = "replacement_list",
        /// Training plan (宣贯计划, FM-04).
        TrainingPlan = "training_plan",
        /// Papers on patents and other intellectual property (知识产权材料).
        IpPapers = "ip_papers",
        /// Record that the verification data were shown in public (验证数据公示记录).
        DataDisplayRecord = "data_display_record",
        /// Experts' evaluation ahead of submission (专家预评审意见).
        ExpertEvaluation = "expert_evaluation",
        /// Approval document of the authority (批准文件).
        ApprovalDocument = "approval_document",
        /// Announcement (公告).
        Announcement = "announcement",
        /// Published text (正式文本).
        PublishedText = "published_text",
        /// Report of a training (宣贯总结).
        TrainingReport = "training_report",
        /// Amendment request form (修改申报单).
        AmendmentRequest = "amendment_request",
        /// Amendment slip (修改单, FM-17).
        AmendmentSlip = "amendment_slip",
        /// Corrigendum (勘误).
        Corrigendum = "corrigendum",
        /// Re-examination form (复审意见表, FM-18).
        ReexaminationForm = "reexamination_form",
        /// Summary table of re-examination results (复审结果汇总表, FM-19).
        ReexaminationSummary = "reexamination_summary",
        /// Written opinion of enforcement bodies on an abolition (执法部门意见).
        EnforcementOpinion = "enforcement_opinion",
        /// Evaluation of the effect of implementation (实施效果评估表, FM-20).
        EffectEvaluation = "effect_evaluation",
        /// Project adjustment form (项目调整申请表, FM-16).
        AdjustmentForm = "adjustment_form",
        /// Comparison with international texts (国际比对研究表, FM-28).
        ComparisonStudy = "comparison_study",
        /// Conflict declaration (利益冲突声明).
        ConflictDeclaration = "conflict_declaration",
        /// Minutes of a meeting (会议纪要).
        Minutes = "minutes",
        /// Sealed dossier (封存卷宗), made by the system alone.
        SealedDossier = "sealed_dossier",
        /// Any other document (其他).
        Other = "other",
    }
}

impl DocumentKind {
    /// Whether it is a record of what followed the publication, which those who keep the text file into the closed project.
    pub const fn follows_publication(self) -> bool {
        matches!(self, Self::TrainingReport | Self::EffectEvaluation)
    }

    /// Whether the document is a draft or edition of the specification's own text, which is cut into clauses and compared.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::WorkingDraft
                | Self::CommentDraft
                | Self::ReviewDraft
                | Self::ApprovalDraft
                | Self::PublishedText
        )
    }
}

keyed! {
    /// When a listed document is needed.
    DocumentCondition as "document condition" {
        /// In every project (总是).
        Always = "always",
        /// For the categories that the profile calls technical (技术类).
        Technical = "technical",
        /// When an international text is adopted (采用国际文件).
        Adoption = "adoption",
        /// When an existing text is revised (修订).
        Revision = "revision",
        /// When patents or other rights were declared (涉及知识产权).
        Patents = "patents",
        /// When the review was a meeting (会审).
        Meeting = "meeting",
        /// When people without a vote gave an opinion (有非表决人员意见).
        NonVoters = "non_voters",
        /// When there was dissent (有争议).
        Dissent = "dissent",
    }
}

/// One entry of a document list: a kind, when it is needed, and how many paper copies an authority still wants (份数); written
/// `test_report:technical`, `approval_draft*3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNeed {
    /// What is needed.
    pub kind: DocumentKind,
    /// When it is needed.
    pub when: DocumentCondition,
    /// Paper copies besides the file; 0 where the file is enough.
    pub copies: u8,
}

impl DocumentNeed {
    /// Whether this entry asks for all that another asks for: the same document, under the same condition, in as many copies.
    pub fn holds(&self, other: &Self) -> bool {
        (self.kind, self.when) == (other.kind, other.when) && self.copies >= other.copies
    }
}

impl FromStr for DocumentNeed {
    type Err = UnknownKey;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (entry, copies) = match text.rsplit_once('*') {
            Some((entry, copies)) => {
                let copies = copies.trim();
                let unknown = |_| UnknownKey { set: "paper copies", key: copies.to_owned() };
                (entry, copies.parse().map_err(unknown)?)
            }
            None => (text, 0),
        };
        let (kind, when) =
            entry.split_once(':').unwrap_or((entry, DocumentCondition::Always.key()));
        Ok(Self { kind: kind.trim().parse()?, when: when.trim().parse()?, copies })
    }
}

impl fmt::Display for DocumentNeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            DocumentCondition::Always => write!(f, "{}", self.kind)?,
            when => write!(f, "{}:{when}", self.kind)?,
        }
        match self.copies {
            0 => Ok(()),
            copies => write!(f, "*{copies}"),
        }
    }
}

/// The facts of a project that decide which entries of a document list apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentCase {
    /// The category of the specification.
    pub category: Category,
    /// Whether an international text is adopted.
    pub adoption: bool,
    /// Whether an existing text is revised.
    pub revision: bool,
    /// Whether patents or other rights were declared.
    pub patents: bool,
    /// Whether the review is or was a meeting.
    pub meeting: bool,
    /// Whether people without a vote gave opinions.
    pub non_voters: bool,
    /// Whether there was dissent.
    pub dissent: bool,
}

impl DocumentCase {
    /// A new text of this category with none of the special circumstances.
    pub const fn plain(category: Category) -> Self {
        Self {
            category,
            adoption: false,
            revision: false,
            patents: false,
            meeting: false,
            non_voters: false,
            dissent: false,
        }
    }

    /// Whether a condition holds, given the categories that the profile calls technical.
    pub fn meets(&self, when: DocumentCondition, technical: &[Category]) -> bool {
        match when {
            DocumentCondition::Always => true,
            DocumentCondition::Technical => technical.contains(&self.category),
            DocumentCondition::Adoption => self.adoption,
            DocumentCondition::Revision => self.revision,
            DocumentCondition::Patents => self.patents,
            DocumentCondition::Meeting => self.meeting,
            DocumentCondition::NonVoters => self.non_voters,
            DocumentCondition::Dissent => self.dissent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_and_prints_the_same() {
        for text in [
            "comment_draft",
            "test_report:technical",
            "sign_in_sheet:meeting",
            "approval_draft*3",
            "test_report:technical*2",
        ] {
            assert_eq!(text.parse::<DocumentNeed>().unwrap().to_string(), text);
        }
        assert_eq!("minutes : always".parse::<DocumentNeed>().unwrap().to_string(), "minutes");
        assert!("minute".parse::<DocumentNeed>().is_err());
        assert!("minutes:sometimes".parse::<DocumentNeed>().is_err());
        assert!("minutes*many".parse::<DocumentNeed>().is_err());
        let need = |text: &str| text.parse::<DocumentNeed>().unwrap();
        assert!(need("minutes*3").holds(&need("minutes")));
        assert!(!need("minutes").holds(&need("minutes*2")));
    }

    #[test]
    fn conditions_follow_the_facts() {
        let technical = [Category::CalibrationSpecification];
        let case = DocumentCase { adoption: true, ..DocumentCase::plain(Category::Other) };
        let met: Vec<_> =
            DocumentCondition::ALL.iter().filter(|when| case.meets(**when, &technical)).collect();
        assert_eq!(met, [&DocumentCondition::Always, &DocumentCondition::Adoption]);
        let case = DocumentCase::plain(Category::CalibrationSpecification);
        assert!(case.meets(DocumentCondition::Technical, &technical));
    }
}
