//! Comment rounds: who is asked, what a comment is and how it is settled (domain rules, 3.5 and 5.4 to 5.6).

use chrono::{DateTime, Utc};

use crate::{
    ids::CommentId,
    keyed,
    refusal::{Refusal, RefusalCode},
    rules::{LatePolicy, keys},
};

keyed! {
    /// What a comment round is about.
    RoundPurpose as "round purpose" {
        /// 征求意见
        Draft = "draft",
        /// 再次征求意见
        Again = "again",
        /// 废止征求意见
        Abolition = "abolition",
        /// 复审征求意见
        Reexamination = "reexamination",
    }
}

keyed! {
    /// What became of a request to comment.
    RecipientAnswer as "answer" {
        /// 有意见
        Comments = "comments",
        /// 无意见
        NoComment = "no_comment",
        /// 无法答复
        Cannot = "cannot",
    }
}

keyed! {
    /// Kind of a comment; the letters of the ISO template in brackets.
    CommentKind as "comment kind" {
        /// 一般 (ge)
        General = "general",
        /// 技术 (te)
        Technical = "technical",
        /// 编辑 (ed)
        Editorial = "editorial",
    }
}

keyed! {
    /// How a comment came in.
    CommentSource as "comment source" {
        /// 网页
        Page = "page",
        /// 接口
        Api = "api",
        /// 表格导入
        Import = "import",
        /// 来函
        Letter = "letter",
        /// 邮件
        Mail = "mail",
        /// 会议
        Meeting = "meeting",
    }
}

keyed! {
    /// How a comment is settled (domain rules, 5.5); late ones carry a mark besides.
    Disposition as "disposition" {
        /// 采纳
        Accepted = "A",
        /// 部分采纳
        Partly = "P",
        /// 不采纳
        Rejected = "N",
        /// 合并处理
        Merged = "M",
        /// 待定
        Pending = "Q",
        /// 撤回
        Withdrawn = "X",
    }
}

impl Disposition {
    /// True where a reason must be given (5.5: every P and N).
    pub fn needs_reason(self) -> bool {
        matches!(self, Disposition::Partly | Disposition::Rejected)
    }

    /// True where the comment is settled; a pending one keeps the stage shut.
    pub fn is_settled(self) -> bool {
        self != Disposition::Pending
    }
}

/// When a comment came, measured by its round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// From the opening instant on and before the closing instant.
    InTime,
    /// At the closing instant or later, and kept all the same (edge case 15).
    Late,
}

/// When a comment came: a round is open from its first instant until just before its last (F40).
///
/// # Errors
/// Refused before the opening, and after the end where the profile does not take late comments.
pub fn arrival(
    at: DateTime<Utc>,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    policy: LatePolicy,
) -> Result<Arrival, Refusal> {
    if at < opens_at {
        return Err(Refusal::new(RefusalCode::RoundNotRunning));
    }
    match policy {
        _ if at < closes_at => Ok(Arrival::InTime),
        LatePolicy::RecordNotCount | LatePolicy::RecordAndCount => Ok(Arrival::Late),
        LatePolicy::Refuse => {
            Err(Refusal::by(RefusalCode::RoundNotRunning, keys::COMMENT_LATE_POLICY.key()))
        }
    }
}

/// Whether following the merges from `target` on leads to `start`, which then must not be merged into it.
pub fn merges_in_a_circle(
    start: CommentId,
    target: CommentId,
    merged_into: impl Fn(CommentId) -> Option<CommentId>,
) -> bool {
    let mut at = target;
    let mut seen = std::collections::BTreeSet::new();
    // A circle that does not hold `start` ends the walk as well.
    while at != start && seen.insert(at) {
        let Some(next) = merged_into(at) else { return false };
        at = next;
    }
    at == start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    #[test]
    fn a_round_is_open_up_to_its_closing_instant() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (opens, closes) = (at("2026-03-02T01:00:00Z"), at("2026-05-06T16:00:00Z"));
        let arrived = |text, policy| arrival(at(text), opens, closes, policy);
        let table = [
            ("2026-03-02T00:59:59.999999Z", LatePolicy::RecordAndCount, None),
            ("2026-03-02T01:00:00Z", LatePolicy::Refuse, Some(Arrival::InTime)),
            ("2026-05-06T15:59:59.999999Z", LatePolicy::Refuse, Some(Arrival::InTime)),
            ("2026-05-06T16:00:00Z", LatePolicy::Refuse, None),
            ("2026-05-06T16:00:00Z", LatePolicy::RecordNotCount, Some(Arrival::Late)),
            ("2026-05-06T16:00:00.000001Z", LatePolicy::RecordAndCount, Some(Arrival::Late)),
        ];
        for (text, policy, expected) in table {
            assert_eq!(arrived(text, policy).ok(), expected, "{text} {policy}");
        }
        let refusal = arrived("2026-05-06T16:00:00Z", LatePolicy::Refuse).unwrap_err();
        assert_eq!(refusal.rule, Some(keys::COMMENT_LATE_POLICY.key()));
    }

    #[test]
    fn merges_may_be_a_chain_but_no_circle() {
        let id = |n: u128| CommentId::new(uuid::Uuid::from_u128(n));
        let chain = |at: Id<_>| match at.uuid().as_u128() {
            1 => Some(id(2)),
            2 => Some(id(3)),
            7 => Some(id(8)),
            8 => Some(id(7)),
            _ => None,
        };
        assert!(merges_in_a_circle(id(3), id(1), chain));
        assert!(merges_in_a_circle(id(3), id(3), chain));
        assert!(!merges_in_a_circle(id(4), id(1), chain));
        assert!(!merges_in_a_circle(id(4), id(7), chain));
    }
}
