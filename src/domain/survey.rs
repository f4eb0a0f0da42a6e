//! Questionnaires to users and laboratories about a text in force (实施效果调查, FM-20): who answers, and how much the text is used.

use crate::keyed;

keyed! {
    /// Who answers.
    SurveyGroup as "survey group" {
        /// 计量技术机构、实验室
        Laboratory = "laboratory",
        /// 使用单位
        User = "user",
        /// 生产单位
        Maker = "maker",
        /// 监管部门
        Authority = "authority",
        /// 其他
        Other = "other",
    }
}

keyed! {
    /// How much the text is used.
    UseDegree as "use degree" {
        /// 经常使用
        Often = "often",
        /// 有时使用
        Sometimes = "sometimes",
        /// 很少使用
        Seldom = "seldom",
        /// 从未使用
        Never = "never",
    }
}
