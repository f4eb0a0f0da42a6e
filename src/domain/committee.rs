//! Committees: kinds and states (domain rules, 2.2 and 3.8).

use crate::keyed;

keyed! {
    /// Kind of a committee.
    CommitteeKind as "committee kind" {
        /// 技术委员会
        Committee = "committee",
        /// 分技术委员会
        SubCommittee = "sub_committee",
        /// 专项工作组
        WorkingGroup = "working_group",
    }
}

keyed! {
    /// State of a committee.
    CommitteeState as "committee state" {
        /// 筹建
        Preparing = "preparing",
        /// 在届
        InTerm = "in_term",
        /// 换届中
        Renewing = "renewing",
        /// 整改
        Rectifying = "rectifying",
        /// 暂停
        Suspended = "suspended",
        /// 已合并
        Merged = "merged",
        /// 已撤销
        Dissolved = "dissolved",
    }
}
