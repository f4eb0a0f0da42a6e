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
    /// What a commenter says to the answer; no answer is none of the two (3.5).
    Reaction as "reaction" {
        /// 同意处理结果
        Agrees = "agrees",
        /// 对处理结果有异议
        Objects = "objects",
    }
}

/// How those who were asked answered: the footer of the table of dispositions (FM-08).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// Letters sent (发函).
    pub sent: usize,
    /// With comments (有意见).
    pub comments: usize,
    /// Without comments (无意见).
    pub none: usize,
    /// Cannot answer (无法答复).
    pub cannot: usize,
}

impl Answers {
    /// Counts the lines of those who were asked.
    pub fn count(lines: impl IntoIterator<Item = Option<RecipientAnswer>>) -> Self {
        let mut all = Self::default();
        for line in lines {
            all.sent += 1;
            match line {
                Some(RecipientAnswer::Comments) => all.comments += 1,
                Some(RecipientAnswer::NoComment) => all.none += 1,
                Some(RecipientAnswer::Cannot) => all.cannot += 1,
                None => {}
            }
        }
        all
    }

    /// Everybody who answered, "no comment" and "cannot" included.
    pub fn answered(self) -> usize {
        self.comments + self.none + self.cannot
    }

    /// Those who have not answered.
    pub fn silent(self) -> usize {
        self.sent - self.answered()
    }
}

/// Sorts names of clauses as a text counts them: the text as a whole first, 5.2 before 5.10, annexes after the chapters.
pub fn clause_order(clause: &str) -> Vec<(u8, u64, String)> {
    let mut parts = Vec::new();
    let mut rest = clause.trim();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let word = part.trim_matches(|c: char| c == '.' || c.is_whitespace());
        match part.parse::<u64>() {
            Ok(number) => parts.push((0, number, String::new())),
            Err(_) if word.is_empty() => {}
            Err(_) => parts.push((1, 0, word.to_owned())),
        }
        rest = after;
    }
    parts
}

/// The order of [`clause_order`] as a text whose bytes sort the same way, for databases.
pub fn clause_place(clause: &str) -> String {
    let mut place = String::new();
    for (word, number, text) in clause_order(clause) {
        if word == 0 {
            let digits = number.to_string();
            // How many digits there are comes first, so that 10 follows 9; there are never more than 20.
            let length = u8::try_from(digits.len()).map_or('z', |length| char::from(b'a' + length));
            place.push('0');
            place.push(length);
            place.push_str(&digits);
        } else {
            place.push('1');
            place.push_str(&text);
            place.push('\u{1}');
        }
    }
    place
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

keyed! {
    /// What became of a table of comments that was handed in.
    ImportState as "import state" {
        /// 待对应列名
        Columns = "columns",
        /// 正在登记
        Entering = "entering",
        /// 已读入
        Read = "read",
        /// 已撤回
        Undone = "undone",
    }
}

keyed! {
    /// What became of one row of a table of comments.
    ImportRowState as "import row state" {
        /// 新登记
        Entered = "entered",
        /// 已更新
        Changed = "changed",
        /// 无变化
        Unchanged = "unchanged",
        /// 待核
        Waiting = "waiting",
        /// 不登记
        Thrown = "thrown",
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
    fn clauses_are_sorted_as_a_text_counts_them() {
        let mut clauses = ["附录A.2", "5.10", "", "10", "附录A.10", "5.2.1", "5", "表3", "5.2"];
        clauses.sort_by_key(|clause| clause_order(clause));
        assert_eq!(clauses, ["", "5", "5.2", "5.2.1", "5.10", "10", "表3", "附录A.2", "附录A.10"]);
        let mut places = clauses;
        places.sort_by_key(|clause| clause_place(clause));
        assert_eq!(places, clauses, "as bytes the order is the same");
    }

    #[test]
    fn answers_are_counted_and_silence_is_what_is_left() {
        let lines = [
            Some(RecipientAnswer::Comments),
            Some(RecipientAnswer::NoComment),
            None,
            Some(RecipientAnswer::Cannot),
            None,
        ];
        let all = Answers::count(lines);
        assert_eq!((all.sent, all.answered(), all.silent()), (5, 3, 2));
        assert_eq!((all.comments, all.none, all.cannot), (1, 1, 1));
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
