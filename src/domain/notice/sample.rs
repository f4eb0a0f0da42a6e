//! One realistic set of facts per notice, for previews, snapshots and tests. People appear by role only.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Count, Fact, NoticeFacts, NoticeItem, NoticeKey};
use crate::{comment::Disposition, people::Role, stage::Stage};

const COMMITTEE: &str = "全国流量计量技术委员会";
const PROJECT: &str = "/projects/01976a00-7d00-7000-8000-000000000162";
const COMMITTEE_PAGE: &str = "/committees/MTC3";

impl NoticeFacts {
    /// Sample facts of a notice: everything that its row needs, as a committee for flow measurement might fill it.
    pub fn sample(key: NoticeKey) -> Self {
        let mut facts = Self {
            committee_code: "MTC3".to_owned(),
            committee: COMMITTEE.to_owned(),
            title: "饮用冷水水表检定规程".to_owned(),
            path: PROJECT.to_owned(),
            ..Self::default()
        };
        for fact in key.row().needs {
            fill(&mut facts, *fact, key);
        }
        facts.outcome = match key {
            NoticeKey::SuggestionDecided => Some(Stage::Taken),
            NoticeKey::ReexaminationResult => Some(Stage::Confirmed),
            _ => None,
        };
        if facts.outcome.is_some() {
            facts.reason = Some(reason(key).to_owned());
        }
        place(&mut facts, key);
        facts
    }
}

/// Midnight at the end of 1 April 2026 in Beijing.
fn end_of_the_first_of_april() -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(1_775_059_200, 0)
}

fn fill(facts: &mut NoticeFacts, fact: Fact, key: NoticeKey) {
    match fact {
        Fact::Due => facts.due = end_of_the_first_of_april(),
        Fact::Date => facts.date = NaiveDate::from_ymd_opt(2026, 6, 30),
        Fact::Reason => facts.reason = Some(reason(key).to_owned()),
        Fact::Items => facts.items = items(key),
        Fact::Counts => facts.counts = counts(key).iter().copied().collect(),
        Fact::Person => facts.person = Some("委员·演示".to_owned()),
        Fact::Role => facts.role = Some(Role::Member),
        Fact::Secret => {
            facts.secret_path = Some("/sign-in/link/3q2-7wEXAMPLExampleExample".to_owned())
        }
        Fact::Receipt => facts.receipt = Some("MTC3-2026-0012".to_owned()),
        Fact::Number => facts.number = Some("JJG 162-2019".to_owned()),
        Fact::Draft => facts.draft = Some("征求意见稿第1稿".to_owned()),
    }
}

fn reason(key: NoticeKey) -> &'static str {
    match key {
        NoticeKey::SuggestionDecided => "与 JJG 162-2019 的复审同步考虑，列入 2026 年度申报项目。",
        NoticeKey::ObjectionReceived => {
            "名称宜与 GB/T 778.1—2018 一致，建议改为“饮用冷水水表和热水水表”。"
        }
        NoticeKey::ObjectionAnswered => "热水水表另有检定规程，本项目范围不变，名称维持原拟名称。",
        NoticeKey::DispositionObjected => {
            "同类装置的比对数据表明，水温 30 ℃ 以上时 ±2 % 难以达到，请再议。"
        }
        NoticeKey::AdjustmentRequested => "耐久性试验周期长于预期，申请延期 6 个月。",
        NoticeKey::AdjustmentDecided => "同意延期 6 个月，此后不再延期。",
        NoticeKey::RoundReopened => "最大允许误差和检定周期两项技术内容有较大修改。",
        NoticeKey::RoundExtended => "应三家水表生产企业请求，补充电子装置影响量试验数据。",
        NoticeKey::RoundAborted => "征求意见稿所附试验报告版本有误，更正后重新征求意见。",
        NoticeKey::VoteEntered => "书面票，2026年3月30日寄到秘书处。",
        NoticeKey::MandateGiven => "出差，不能到会；同意送审稿，附录B的修改意见已书面提交。",
        NoticeKey::ReviewFailed => "同意票未达到到会委员的四分之三，主要分歧在检定周期。",
        NoticeKey::CommentRefused => "内容为产品推广，与征求意见的文稿无关。",
        NoticeKey::ObserverRefused => "本次会议室座位有限，已按申请先后安排。",
        NoticeKey::MemberLeft => "已调离原推荐单位，原推荐单位来函变更。",
        NoticeKey::MailBounced => "550 5.1.1 mailbox unavailable",
        NoticeKey::FeedbackReceived => "7.3.2 中始动流量的判定与附录 B 的记录格式不一致。",
        NoticeKey::FeedbackAnswered => "以正文 7.3.2 为准，附录 B 的记录格式将在下次修改单中更正。",
        NoticeKey::ReexaminationResult => "继续有效。",
        NoticeKey::RecognitionEnded => "有关规范已由国家规范代替，协议终止。",
        NoticeKey::OverlapDecided => "国家规程已覆盖全部适用范围，予以废止。",
        NoticeKey::Abolished | NoticeKey::AbolitionOpened => "已由新的规程全部代替。",
        _ => "缺少不确定度评定报告；编写说明未写明与 OIML R 49 的差异。",
    }
}

fn items(key: NoticeKey) -> Vec<NoticeItem> {
    let line = |label: &str, text: &str, note: &str, code: Option<Disposition>| NoticeItem {
        label: label.to_owned(),
        text: text.to_owned(),
        note: note.to_owned(),
        code,
        act: None,
    };
    let first = "表1中 Q2≤Q≤Q4 的最大允许误差，建议注明水温不高于 30 ℃ 时为 ±2 %。";
    let second = "附录A的记录格式建议增加“电子装置软件版本”一栏。";
    match key {
        NoticeKey::DispositionPublished => vec![
            line(
                "5.1.2",
                first,
                "已在表1下加注，与 GB/T 778.1—2018 一致。",
                Some(Disposition::Accepted),
            ),
            line(
                "附录A",
                second,
                "软件版本由型式评价控制，检定记录不再重复。",
                Some(Disposition::Rejected),
            ),
        ],
        NoticeKey::DispositionObjected => vec![line(
            "5.1.2",
            first,
            "误差限与型式评价大纲一致，不另作规定。",
            Some(Disposition::Rejected),
        )],
        NoticeKey::Superseded => {
            vec![line("JJG 162-2019", "饮用冷水水表", "自 2026 年 6 月 30 日起使用", None)]
        }
        NoticeKey::RecognitionProposed
        | NoticeKey::RecognitionConfirmed
        | NoticeKey::RecognitionEnded => {
            vec![line("JJF(京) 3001-2026", "智能水表在线校准规范", "", None)]
        }
        NoticeKey::OverlapOpened | NoticeKey::OverlapDecided => {
            vec![line("JJG(京) 77-2015", "饮用冷水水表", "JJG 162-2019 饮用冷水水表", None)]
        }
        NoticeKey::StudyDue | NoticeKey::StudyOverdue => {
            vec![line("OIML R 49-1:2013", "某省级计量院·演示", "", None)]
        }
        NoticeKey::ChangeRequired => {
            vec![line("5.1.2", "表1下加注：水温高于 30 ℃ 时最大允许误差为 ±3 %。", "", None)]
        }
        NoticeKey::CommentDigest => {
            vec![
                line("5.1.2", first, "某省级计量院·演示", None),
                line("附录A", second, "某水表企业·演示", None),
            ]
        }
        _ => vec![line("5.1.2", first, "", None), line("附录A", second, "", None)],
    }
}

fn counts(key: NoticeKey) -> &'static [(Count, i64)] {
    use Count::*;
    match key {
        NoticeKey::CommentDigest => &[(Comments, 2)],
        NoticeKey::TableReturned => &[(Comments, 14)],
        NoticeKey::RoundClosed => &[(Asked, 64), (Answered, 41), (Comments, 87)],
        NoticeKey::DispositionOpen => {
            &[(Comments, 87), (Accepted, 52), (PartlyAccepted, 17), (NotAccepted, 18)]
        }
        NoticeKey::QuorumAtRisk => {
            &[(Members, 32), (Present, 19), (QuorumNeeded, 22), (Silent, 13)]
        }
        NoticeKey::ReviewFailed => &[
            (Members, 32),
            (Present, 22),
            (QuorumNeeded, 22),
            (Yes, 15),
            (No, 5),
            (Abstain, 2),
            (YesNeeded, 17),
        ],
        NoticeKey::ReviewInvalid => &[(Members, 32), (Present, 19), (QuorumNeeded, 22)],
        _ => &[
            (Members, 32),
            (Present, 24),
            (QuorumNeeded, 22),
            (Yes, 21),
            (No, 2),
            (Abstain, 1),
            (YesNeeded, 18),
        ],
    }
}

/// Titles, numbers and pages of the notices that are about something else than a running project.
fn place(facts: &mut NoticeFacts, key: NoticeKey) {
    use NoticeKey::*;
    match key {
        PlanIssued | DraftingStarted | ProjectDue | ProjectOverdue | TaskBookToSign => {
            facts.number = Some("MTC3-2026-05".to_owned());
        }
        ReviewSubmitted | PapersReleased | ReviewOpened => {
            facts.draft = Some("报审稿第2稿".to_owned())
        }
        CommentConfirm | CommentReceived | CommentHeld | CommentRefused | RoundOpened
        | RoundReopened | RoundExtended | RoundReminder => {
            facts.path = "/consultations/01976a00-7d00-7000-8000-000000000030".to_owned();
        }
        Published | ForceSoon | TrainingMissing | InForce | EvaluationDue | ReexaminationDue
        | ReexaminationOpened | ReexaminationResult | FeedbackReceived | FeedbackAnswered
        | ImpactAsked | SlipIssued | StudyDue | StudyOverdue | SurveyInvited | SurveyReminder => {
            facts.title = "饮用冷水水表".to_owned();
            facts.path = "/specifications/JJG%20162-2019".to_owned();
        }
        Superseded | Abolished | AbolitionOpened => {
            facts.title = "冷水水表".to_owned();
            facts.number = Some("JJG 162-2009".to_owned());
            facts.path = "/specifications/JJG%20162-2009".to_owned();
        }
        MemberAppointed | MemberLeft | TermEnding | RenewalOpen => {
            facts.title = COMMITTEE.to_owned();
            facts.path = COMMITTEE_PAGE.to_owned();
        }
        ReportDue | ReportLate | ReportToSign | ReportSentBack | ReportSigned | ReportSubmitted
        | ReportAccepted | ReportReturned => {
            facts.title = crate::report::title("全国流量计量技术委员会", 2025);
            facts.path = "/reports/annual/2025/MTC3".to_owned();
        }
        ReexaminationBallotOpened => {
            facts.title = "饮用冷水水表".to_owned();
            facts.path = "/ballots/01976a00-7d00-7000-8000-000000000040".to_owned();
        }
        MatterOpened => {
            facts.title = "通过2026年度工作计划".to_owned();
            facts.path = "/ballots/01976a00-7d00-7000-8000-000000000040".to_owned();
        }
        SearchMatched => {
            facts.committee_code.clear();
            facts.committee.clear();
            facts.title = "水表".to_owned();
            facts.path = "/specifications?q=%E6%B0%B4%E8%A1%A8".to_owned();
        }
        AccountInvited | PasswordReset | PasswordChanged => {
            facts.committee_code.clear();
            facts.committee.clear();
            facts.title = "member-07@demo.example".to_owned();
            facts.path = "/sign-in".to_owned();
        }
        _ => {}
    }
    abroad(facts, key);
    if asks_with_a_day(key) {
        facts.due = end_of_the_first_of_april();
    }
}

/// Titles and pages of the notices that several authorities get, and no committee stands above them.
fn abroad(facts: &mut NoticeFacts, key: NoticeKey) {
    use NoticeKey::*;
    let (title, path) = match key {
        RecognitionProposed | RecognitionConfirmed | RecognitionEnded => {
            ("京津冀流量计量规范等效互认", "/recognitions")
        }
        OverlapOpened | OverlapDecided => ("饮用冷水水表", "/overlaps"),
        _ => return,
    };
    facts.committee_code.clear();
    facts.committee.clear();
    (facts.title, facts.path) = (title.to_owned(), path.to_owned());
    if key == RecognitionConfirmed {
        facts.person = Some("天津市市场监督管理委员会".to_owned());
    }
}

// These ask for something to be done although their row does not insist on a day.
fn asks_with_a_day(key: NoticeKey) -> bool {
    use NoticeKey::*;
    matches!(key, TaskBookToSign | ConsentAsked | ConclusionToSign | SignatureVoided | ReportToSign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Keyed, notice::Notice};

    #[test]
    fn every_sample_has_what_its_row_needs() {
        for key in NoticeKey::ALL.iter().copied() {
            let notice = Notice { key, facts: NoticeFacts::sample(key) };
            assert_eq!(notice.missing(), vec![], "{key}");
        }
    }

    #[test]
    fn a_needed_fact_that_is_blank_is_missing() {
        let mut facts = NoticeFacts::sample(NoticeKey::RoundExtended);
        facts.reason = Some("  ".to_owned());
        facts.due = None;
        let notice = Notice { key: NoticeKey::RoundExtended, facts };
        assert_eq!(notice.missing(), vec![Fact::Due, Fact::Reason]);
    }

    #[test]
    fn only_secret_notices_carry_a_secret() {
        for key in NoticeKey::ALL.iter().copied() {
            let secret = matches!(
                key,
                NoticeKey::CommentConfirm
                    | NoticeKey::AccountInvited
                    | NoticeKey::PasswordReset
                    | NoticeKey::TableReturned
                    | NoticeKey::SurveyInvited
                    | NoticeKey::SurveyReminder
            );
            assert_eq!(NoticeFacts::sample(key).secret_path.is_some(), secret, "{key}");
        }
    }
}
