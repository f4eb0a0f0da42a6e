//! Comment rounds: who is asked, what a comment is and how it is settled (domain rules, 3.5 and 5.4 to 5.6).

use crate::keyed;

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
