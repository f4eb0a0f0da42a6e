//! The small closed sets of records that surround the life of a text.

use crate::keyed;

keyed! {
    /// Who may read a document.
    Visibility as "visibility" {
        /// 公开
        Open = "open",
        /// 委员会内部
        Committee = "committee",
        /// 不公开
        Restricted = "restricted",
    }
}

keyed! {
    /// Where a project came from.
    Origin as "origin" {
        /// 系统内提出
        Proposed = "proposed",
        /// 计划导入
        Imported = "imported",
        /// 复审转入
        Reexamination = "reexamination",
        /// 拆分
        Split = "split",
        /// 演示
        Demo = "demo",
    }
}

keyed! {
    /// What a one-time link is for.
    LinkPurpose as "link purpose" {
        /// First administrator.
        Setup = "setup",
        /// Invitation to an account.
        Invitation = "invitation",
        /// Password reset.
        Reset = "reset",
        /// Confirmation of a public comment.
        Comment = "comment",
        /// A commenter's own rows.
        Receipt = "receipt",
        /// A questionnaire, for one who was asked.
        Survey = "survey",
    }
}

keyed! {
    /// Kind of a project adjustment (FM-16).
    AdjustmentKind as "adjustment kind" {
        /// 延期
        Extension = "extension",
        /// 变更
        Change = "change",
        /// 合并
        Merge = "merge",
        /// 拆分
        Split = "split",
        /// 终止
        Cancel = "cancel",
    }
}

keyed! {
    /// Decision on a request.
    Decision as "decision" {
        /// 同意
        Granted = "granted",
        /// 不同意
        Refused = "refused",
    }
}

keyed! {
    /// What an announcement does to a text.
    AnnouncementAct as "act" {
        /// 发布
        Issues = "issues",
        /// 代替
        Replaces = "replaces",
        /// 废止
        Abolishes = "abolishes",
        /// 修改
        Amends = "amends",
        /// 确认继续有效
        Confirms = "confirms",
    }
}

keyed! {
    /// Outcome of an effect evaluation (FM-20).
    EvaluationSuggestion as "suggestion" {
        /// 保持
        Keep = "keep",
        /// 修改单
        Amend = "amend",
        /// 提前复审
        EarlyReexamination = "early_reexamination",
    }
}

keyed! {
    /// Outcome of a feedback case.
    FeedbackOutcome as "feedback outcome" {
        /// 关闭
        Closed = "closed",
        /// 转修改单
        Amendment = "amendment",
        /// 转提前复审
        Reexamination = "reexamination",
    }
}

keyed! {
    /// State of a mail.
    MailState as "mail state" {
        /// 待发
        Queued = "queued",
        /// 发送中
        Sending = "sending",
        /// 已发
        Sent = "sent",
        /// 已放弃
        GivenUp = "given_up",
        /// 仅站内保存(未配置邮件服务器)
        Kept = "kept",
        /// 冻结(恢复备份后待确认)
        Frozen = "frozen",
    }
}

keyed! {
    /// A member's choice.
    Choice as "choice" {
        /// 同意
        Yes = "yes",
        /// 反对
        No = "no",
        /// 弃权
        Abstain = "abstain",
    }
}

keyed! {
    /// How a vote reached the record.
    VoteChannel as "vote channel" {
        /// 本人在线
        Online = "online",
        /// 会议现场
        Meeting = "meeting",
        /// 书面票
        Paper = "paper",
        /// 来函（邮寄、传真、电子邮件）
        Letter = "letter",
        /// 电话
        Phone = "phone",
        /// 受委托的委员
        Proxy = "proxy",
    }
}

keyed! {
    /// State of an annual report (FM-23).
    ReportState as "report state" {
        /// 编写中
        Draft = "draft",
        /// 待签署
        ToSign = "to_sign",
        /// 已签署
        Signed = "signed",
        /// 已报送
        Submitted = "submitted",
        /// 已接收
        Accepted = "accepted",
        /// 退回
        Returned = "returned",
    }
}

keyed! {
    /// How grave a finding of the principal reviewer is (FM-14).
    Severity as "severity" {
        /// 致命：审定前必须解决
        Fatal = "fatal",
        /// 主要
        Major = "major",
        /// 一般
        Minor = "minor",
        /// 编辑性
        Editorial = "editorial",
    }
}

keyed! {
    /// What the principal reviewer recommends (FM-14).
    Recommendation as "recommendation" {
        /// 可以提交审定
        Ready = "ready",
        /// 修改后提交审定
        ReviseFirst = "revise_first",
        /// 退回
        Return = "return",
    }
}

keyed! {
    /// The side taken on a contested clause (CH Art. 38).
    Stance as "stance" {
        /// 支持现条文
        For = "for",
        /// 反对现条文
        Against = "against",
    }
}
