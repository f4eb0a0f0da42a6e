//! The papers of the demo's projects: short plain texts, drafts after the structures usual for their kind, each marked as invented.

use quanheng_domain::{document::DocumentKind, specification::Category};

const REGULATION: &str = include_str!("texts/regulation.txt");
const CALIBRATION: &str = include_str!("texts/calibration.txt");
const EVALUATION: &str = include_str!("texts/evaluation.txt");
const OTHER: &str = include_str!("texts/other.txt");

/// What a title ends with after the name of the instrument.
const ENDINGS: [&str; 6] =
    ["检定规程", "校准规范", "型式评价大纲", "检定系统表", "编写规则", "通用要求"];

/// A paper of a kind: its name and its text.
pub fn paper(
    kind: DocumentKind,
    category: Category,
    title: &str,
    revision: usize,
) -> (String, String) {
    let name = name(kind);
    let mut text = format!("{title}\n{name}\n\n（演示材料，内容为虚构，第{revision}版）\n\n");
    if kind.is_text() {
        draft(&mut text, category, &instrument(title), follows_comments(kind));
    } else {
        text.push_str(&format!("一、项目名称：{title}\n二、材料名称：{name}\n三、说明：本材料用于演示办理流程，所列事项不作为技术依据。\n"));
    }
    (format!("{name}-{title}.txt"), text)
}

/// The clause of a text to which a remark belongs that was written for the clause of a calibration specification.
pub fn clause_of(category: Category, clause: &'static str) -> &'static str {
    match (category, clause) {
        (Category::VerificationRegulation, "6.1") => "7.1",
        (Category::VerificationRegulation, "7.2") => "7.3.3",
        (Category::VerificationRegulation, "9") => "7.5",
        _ => clause,
    }
}

// Lines marked with a minus are those of the draft that went out for comments, lines marked with a plus replace them in the next.
fn draft(text: &mut String, category: Category, instrument: &str, follows_comments: bool) {
    let form = match category {
        Category::VerificationRegulation => REGULATION,
        Category::CalibrationSpecification => CALIBRATION,
        Category::TypeEvaluation => EVALUATION,
        _ => OTHER,
    };
    for line in form.lines() {
        let kept = match line.split_at_checked(1) {
            Some(("-", before)) if !follows_comments => before,
            Some(("+", after)) if follows_comments => after,
            Some(("-" | "+", _)) => continue,
            _ => line,
        };
        text.push_str(&kept.replace("《器具》", instrument));
        text.push('\n');
    }
}

fn follows_comments(kind: DocumentKind) -> bool {
    use DocumentKind::{ApprovalDraft, PublishedText, ReviewDraft};
    matches!(kind, ReviewDraft | ApprovalDraft | PublishedText)
}

fn instrument(title: &str) -> String {
    let bare = title.trim_end_matches("(演示)");
    ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare).to_owned()
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
