//! The dated steps of real specifications through their life, as far as they are known.

use quanheng_domain::{keyed, partial_date::PartialDate};

use super::{Fields, Format};
use crate::{Column, Columns, clean::fold};

keyed! {
    /// A step in the life of a text, as sources name it.
    ChainStage as "step of a life" {
        /// 原有规程
        Base = "base",
        /// 立项
        Plan = "plan",
        /// 征求意见
        Comment = "comment",
        /// 审定
        Review = "review",
        /// 审定通过
        ReviewPassed = "review_passed",
        /// 发布
        Issued = "issued",
        /// 实施
        Effective = "effective",
        /// 地方规范
        ProvincialText = "provincial_text",
        /// 复审
        PeriodicReview = "periodic_review",
        /// 编号年份
        NumberYear = "number_year",
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifecycleStepRow {
    /// Which life it belongs to.
    pub chain: String,
    /// The title of that life.
    pub title: String,
    /// The place of the step in it, from 1.
    pub step: u32,
    /// What happened.
    pub stage: ChainStage,
    /// A remark on the step, such as "second round".
    pub remark: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// Number, document or source.
    pub reference: Option<String>,
}

/// The table of steps.
pub struct LifecycleChains;

impl Format for LifecycleChains {
    type Row = LifecycleStepRow;

    const COLUMNS: Columns = Columns(&[
        Column { key: "chain_id", names: &["链条编号", "序列", "编号"], required: true },
        Column { key: "title", names: &["名称", "规程名称"], required: true },
        Column { key: "step", names: &["序号", "步骤"], required: true },
        Column { key: "stage", names: &["阶段", "环节"], required: true },
        Column { key: "date", names: &["日期", "时间"], required: false },
        Column { key: "reference", names: &["依据", "参考", "来源"], required: false },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<LifecycleStepRow> {
        let chain = fields.required("chain_id");
        let title = fields.required("title");
        let step = fields.required("step").and_then(|_| fields.count("step", 1_000));
        let stage = fields.required("stage").and_then(|found| stage(fields, &found));
        let date = fields.date("date");
        if date.is_none() {
            fields.doubt("date", "import-doubt-undated", "");
        }
        let (stage, remark) = stage?;
        Some(LifecycleStepRow {
            chain: chain?,
            title: title?,
            step: step?,
            stage,
            remark,
            date,
            reference: fields.line("reference"),
        })
    }

    fn identity(row: &LifecycleStepRow) -> String {
        format!("{}|{}", fold(&row.chain), row.step)
    }
}

const STAGES: &[(ChainStage, &[&str])] = &[
    (ChainStage::Base, &["base", "原有规程", "原规程"]),
    (ChainStage::Plan, &["plan", "立项", "计划"]),
    (ChainStage::Comment, &["comment", "征求意见"]),
    (ChainStage::Review, &["committee review", "审定", "审查"]),
    (ChainStage::ReviewPassed, &["committee review passed", "审定通过"]),
    (ChainStage::Issued, &["issued", "发布", "批准发布"]),
    (ChainStage::Effective, &["effective", "实施"]),
    (ChainStage::ProvincialText, &["provincial text", "地方规范"]),
    (ChainStage::PeriodicReview, &["periodic review", "复审"]),
    (ChainStage::NumberYear, &["number year", "编号年份"]),
];

/// The step, and the remark in brackets behind it.
fn stage(fields: &mut Fields<'_>, found: &str) -> Option<(ChainStage, Option<String>)> {
    let (word, remark) = match found.split_once(['(', '（']) {
        Some((word, rest)) => (word, Some(rest.trim_end_matches([')', '）']).trim().to_owned())),
        None => (found, None),
    };
    let stage = super::fields::chosen(word, STAGES);
    if stage.is_none() {
        fields.bad("stage", "import-bad-unknown-word", found);
    }
    stage.map(|stage| (stage, remark))
}
