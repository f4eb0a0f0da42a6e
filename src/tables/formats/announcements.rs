//! Announcements (公告): which texts were issued, abolished or moved by which document on which day.

use quanheng_domain::{keyed, number::SpecNumber, partial_date::PartialDate};

use super::{
    Fields, Format, NumberWithRemark,
    fields::read_date,
    numbers::{number_parts, partial, read_number, read_with_remark},
    words::{NOTE, mentions},
};
use crate::{Column, Columns, clean::fold};

keyed! {
    /// What a document is.
    AnnouncementKind as "kind of announcement" {
        /// 国家批准发布公告
        NationalApproval = "national_approval",
        /// 地方批准发布公告
        ProvincialApproval = "provincial_approval",
        /// 批准消息，未见公告号
        ApprovalNews = "approval_news",
        /// 实施日期调整
        DateChange = "date_change",
        /// 立项征集或计划通知
        PlanNotice = "plan_notice",
        /// 部门规章令
        Order = "order",
        /// 含义不明
        Unclear = "unclear",
    }
}

/// One document and the texts of it that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementRow {
    /// Its name and number as printed.
    pub announcement: String,
    /// What it is.
    pub kind: AnnouncementKind,
    /// Its day.
    pub date: Option<PartialDate>,
    /// The texts named by number, with remarks.
    pub specifications: Vec<NumberWithRemark>,
    /// What is named without a number: titles and remarks.
    pub other_items: Vec<String>,
    /// Days of entry into force; without a number the day is that of all texts.
    pub effective: Vec<(Option<SpecNumber>, PartialDate)>,
    /// Whether the list of texts is known to be complete.
    pub complete: bool,
    /// A remark.
    pub note: Option<String>,
}

/// The table of announcements.
pub struct Announcements;

impl Format for Announcements {
    type Row = AnnouncementRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "announcement",
            names: &["公告", "公告号", "公告编号", "公告名称", "文号", "number"],
            required: true,
        },
        Column { key: "type", names: &["类型", "公告类型", "性质"], required: false },
        Column { key: "date", names: &["日期", "公告日期", "发布日期"], required: false },
        Column {
            key: "specifications_found",
            names: &["规程规范", "涉及规程规范", "编号", "规程编号", "specifications"],
            required: false,
        },
        Column { key: "effective_on", names: &["实施日期", "施行日期"], required: false },
        Column {
            key: "specification_list_complete",
            names: &["清单完整", "是否完整"],
            required: false,
        },
        NOTE,
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<AnnouncementRow> {
        let announcement = fields.required("announcement");
        let kind = fields.choice("type", KINDS).unwrap_or_else(|| {
            fields.doubt("type", "import-doubt-announcement-kind", "");
            AnnouncementKind::Unclear
        });
        let mut specifications = Vec::new();
        let mut other_items = Vec::new();
        for part in number_parts(&fields.paragraph("specifications_found").unwrap_or_default()) {
            match read_with_remark(&part) {
                Some((number, _)) => specifications.push(number),
                None => other_items.push(part),
            }
        }
        let complete = fields.flag("specification_list_complete").unwrap_or(false);
        if !complete {
            fields.doubt("specification_list_complete", "import-doubt-list-incomplete", "");
        }
        Some(AnnouncementRow {
            announcement: announcement?,
            kind,
            date: fields.date("date"),
            specifications,
            other_items,
            effective: effective(fields),
            complete,
            note: fields.paragraph("note"),
        })
    }

    fn identity(row: &AnnouncementRow) -> String {
        fold(&row.announcement)
    }
}

const KINDS: &[(AnnouncementKind, &[&str])] = &[
    (
        AnnouncementKind::NationalApproval,
        &[
            "national approval announcement",
            "national_approval",
            "国家公告",
            "批准公告",
            "批准发布公告",
            "发布",
        ],
    ),
    (
        AnnouncementKind::ProvincialApproval,
        &["provincial approval announcement", "provincial_approval", "地方公告", "地方批准公告"],
    ),
    (
        AnnouncementKind::ApprovalNews,
        &["approval news, number not on source", "approval_news", "批准消息"],
    ),
    (
        AnnouncementKind::DateChange,
        &["change of effective date", "date_change", "调整实施日期", "实施日期调整"],
    ),
    (
        AnnouncementKind::PlanNotice,
        &["plan call or plan notice", "plan_notice", "计划通知", "立项征集"],
    ),
    (AnnouncementKind::Order, &["order (management measures)", "order", "令", "部门规章"]),
    (AnnouncementKind::Unclear, &["national announcement, meaning unclear", "unclear", "不明"]),
];

/// One day for all texts, or `number: day` pairs.
fn effective(fields: &mut Fields<'_>) -> Vec<(Option<SpecNumber>, PartialDate)> {
    let found = fields.line("effective_on").unwrap_or_default();
    let mut days = Vec::new();
    for part in found.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
        let (number, day) = match part.split_once([':', '：']) {
            Some((number, day)) => (Some(read_number(number.trim())), day),
            None => (None, part),
        };
        match (number, read_date(day).and_then(partial)) {
            (None, Some(day)) => days.push((None, day)),
            (Some(Some(number)), Some(day)) => days.push((Some(number), day)),
            _ => fields.bad("effective_on", "import-bad-date", part),
        }
    }
    days
}

/// Whether a remark behind a number says that the text was abolished and not issued.
pub fn speaks_of_abolition(remark: &str) -> bool {
    mentions(remark, &["abolition", "abolished", "废止"])
}
