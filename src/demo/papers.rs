//! The papers of the demo's projects: short plain texts, drafts after the outlines of real texts, each marked as invented.

use quanheng_domain::{document::DocumentKind, specification::Category};

const CALIBRATION: &str =
    include_str!("../../config/register/outlines/calibration-specification.csv");
const REGULATION: &str = include_str!("../../config/register/outlines/verification-regulation.csv");

/// A paper of a kind: its name and its text.
pub fn paper(
    kind: DocumentKind,
    category: Category,
    title: &str,
    revision: usize,
) -> (String, String) {
    let name = name(kind);
    let mut text = format!("{title}\n{name}\n\n（演示材料，内容为虚构，第{revision}版）\n\n");
    if is_draft(kind) {
        let outline =
            if category == Category::VerificationRegulation { REGULATION } else { CALIBRATION };
        text.extend(outline.lines().skip(1).map(clause));
    } else {
        text.push_str(&format!("一、项目名称：{title}\n二、材料名称：{name}\n三、说明：本材料用于演示办理流程，所列事项不作为技术依据。\n"));
    }
    (format!("{name}-{title}.txt"), text)
}

fn is_draft(kind: DocumentKind) -> bool {
    use DocumentKind::{ApprovalDraft, CommentDraft, PublishedText, ReviewDraft, WorkingDraft};
    matches!(kind, WorkingDraft | CommentDraft | ReviewDraft | ApprovalDraft | PublishedText)
}

// The outlines hold three columns without quotation marks: clause, heading, text.
fn clause(line: &str) -> String {
    let mut cells = line.splitn(3, ',');
    let mut cell = || cells.next().unwrap_or_default();
    let (number, heading, text) = (cell(), cell(), cell());
    if number == heading {
        format!("{heading}\n{text}\n\n")
    } else {
        format!("{number} {heading}\n{text}\n\n")
    }
}

/// What a kind is called in Chinese on the paper itself.
fn name(kind: DocumentKind) -> &'static str {
    use DocumentKind as K;
    match kind {
        K::ProjectSuggestion => "项目建议书",
        K::EvaluationSheet => "专家评估表",
        K::Application => "项目申报书",
        K::ApplicationTable => "申报表",
        K::RevisionOutline => "拟修订内容大纲",
        K::AssessmentOpinion => "立项评估意见",
        K::PublicityNotice => "立项公示",
        K::PlanDocument => "计划文件",
        K::PlanAssignment => "计划任务书",
        K::DraftingPlan => "编制方案",
        K::WorkingDraft => "讨论稿",
        K::ProgressReport => "进展报告",
        K::CommentDraft => "征求意见稿",
        K::DraftingNote => "编写说明",
        K::TestReport => "试验报告",
        K::UncertaintyReport => "不确定度评定报告",
        K::CommentLetter => "征求意见函",
        K::DispositionTable => "征求意见汇总处理表",
        K::ReviewDraft => "报审稿",
        K::ChairConsent => "主任委员同意送审的证明",
        K::ReviewNotice => "审定通知",
        K::SignInSheet => "签到表",
        K::BallotPapers => "表决票",
        K::ReviewConclusion => "审定意见书",
        K::ApprovalDraft => "报批稿",
        K::ApprovalForm => "报批表",
        K::ApprovalLetter => "报批公文",
        K::ReplacementList => "代替废止清单",
        K::TrainingPlan => "宣贯计划",
        K::ApprovalDocument => "批准文件",
        K::Announcement => "公告",
        K::PublishedText => "正式文本",
        K::EnforcementOpinion => "执法部门意见",
        K::ReexaminationForm => "复审意见表",
        _ => "其他材料",
    }
}
