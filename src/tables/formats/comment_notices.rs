//! Notices that ask the public for comments (征求意见).

use quanheng_domain::{partial_date::PartialDate, specification::Category};

use super::{
    Fields, Format, NumberWithRemark,
    committees::code,
    words::{COMMITTEE_CODE, KIND, NOTE, category_of_title, mentions},
};
use crate::{Column, Columns, clean::fold};

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentNoticeRow {
    /// The title of the draft.
    pub title: String,
    /// The category of the text; none for management measures, which are no specifications.
    pub category: Option<Category>,
    /// Whether the draft is a specification at all.
    pub is_specification: bool,
    /// The code of the committee.
    pub committee_code: Option<String>,
    /// The committee or body that asks.
    pub body: String,
    /// The day of the notice.
    pub opened: Option<PartialDate>,
    /// The last day for comments.
    pub closes: Option<PartialDate>,
    /// The days between, as stated.
    pub days_open: Option<u32>,
    /// The texts that the draft revises or replaces.
    pub replaces: Vec<NumberWithRemark>,
    /// The plan the project belongs to.
    pub plan_document: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// The table of notices.
pub struct CommentNotices;

impl Format for CommentNotices {
    type Row = CommentNoticeRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "title",
            names: &["名称", "项目名称", "规程名称", "征求意见稿名称"],
            required: true,
        },
        KIND,
        COMMITTEE_CODE,
        Column {
            key: "committee_or_body",
            names: &["归口", "归口单位", "技术委员会", "委员会", "发布单位", "征求意见单位"],
            required: true,
        },
        Column {
            key: "notice_date",
            names: &["通知日期", "开始日期", "发布日期", "征求意见开始"],
            required: false,
        },
        Column {
            key: "deadline",
            names: &["截止日期", "反馈截止", "征求意见截止", "意见截止日期"],
            required: false,
        },
        Column {
            key: "days_open", names: &["天数", "征求意见天数", "期限"], required: false
        },
        Column {
            key: "base_or_replaced_number",
            names: &["代替", "代替编号", "修订编号", "原编号"],
            required: false,
        },
        Column {
            key: "plan_document",
            names: &["计划文号", "计划文件", "下达文件"],
            required: false,
        },
        NOTE,
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<CommentNoticeRow> {
        let title = fields.required("title");
        let body = fields.required("committee_or_body");
        let measure = fields
            .line("kind")
            .is_some_and(|kind| mentions(&kind, &["management measure", "管理办法", "管理文件"]));
        let category = if measure { None } else { fields.category() };
        let (opened, closes) = (fields.date("notice_date"), fields.date("deadline"));
        if opened.is_none() {
            fields.doubt("notice_date", "import-doubt-undated", "");
        }
        let days_open = fields.count("days_open", 3_650);
        let dates = opened.and_then(PartialDate::exact).zip(closes.and_then(PartialDate::exact));
        if let Some((first, last)) = dates {
            let span = (last - first).num_days();
            if span < 0 {
                fields.bad("deadline", "import-bad-ends-before-it-begins", &last.to_string());
            } else if days_open.is_some_and(|days| (span - i64::from(days)).abs() > 1) {
                fields.doubt("days_open", "import-doubt-days-differ", &span.to_string());
            }
        }
        let title = title?;
        Some(CommentNoticeRow {
            category: if measure { None } else { category.or_else(|| category_of_title(&title)) },
            is_specification: !measure,
            committee_code: code(fields, "committee_code"),
            body: body?,
            opened,
            closes,
            days_open,
            replaces: fields.numbers("base_or_replaced_number"),
            plan_document: fields.line("plan_document"),
            note: fields.paragraph("note"),
            title,
        })
    }

    fn identity(row: &CommentNoticeRow) -> String {
        let opened = row.opened.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}|{}|{opened}", fold(&row.title), fold(&row.body))
    }
}
