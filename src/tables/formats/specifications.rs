//! The register of editions (规程规范目录): number, titles, dates, what is replaced, who answers for the text.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use quanheng_domain::{
    cover::{is_ccs, is_ics},
    keyed,
    lifecycle::Adoption,
    number::{Series, SpecNumber},
    partial_date::PartialDate,
    specification::{Category, Level},
};

use super::{
    Fields, Format, NumberWithRemark,
    committees::{LEVELS, code},
    words::{COMMITTEE_CODE, DRAFTING_ORGS, KIND, NOTE, category_of_title, mentions},
};
use crate::{Column, Columns};

keyed! {
    /// The status a list states for an edition; what holds today is computed from dates and links, not from this.
    StatedStatus as "stated status" {
        /// 即将实施
        Upcoming = "upcoming",
        /// 现行
        InForce = "in_force",
        /// 部分代替
        PartlyReplaced = "partly_replaced",
        /// 被代替
        Replaced = "replaced",
        /// 废止
        Abolished = "abolished",
        /// 不详
        Unknown = "unknown",
    }
}

keyed! {
    /// What the body printed as responsible (归口单位) is.
    BodyKind as "kind of body" {
        /// 技术委员会
        Committee = "committee",
        /// 主管部门
        Authority = "authority",
        /// 技术机构
        Institute = "institute",
    }
}

/// One edition of a specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecificationRow {
    /// The number (编号).
    pub number: SpecNumber,
    /// The number as it stands in the file.
    pub printed: String,
    /// The category (类别).
    pub category: Category,
    /// The level, where it is told.
    pub level: Option<Level>,
    /// The Chinese title as printed.
    pub title_zh: String,
    /// Whether the Chinese title was translated back and not read from the text.
    pub title_zh_translated: bool,
    /// Whether nothing but the number is known, which then stands in the place of the title (名称未收录).
    pub number_only: bool,
    /// The English title.
    pub title_en: Option<String>,
    /// The day of issue (发布日期).
    pub issued_on: Option<PartialDate>,
    /// The day of entry into force (实施日期).
    pub effective_on: Option<PartialDate>,
    /// The day of abolition (废止日期).
    pub abolished_on: Option<PartialDate>,
    /// The texts it replaces (代替), wholly or in the part named by the remark.
    pub replaces: Vec<NumberWithRemark>,
    /// The degree of adoption of an international text (采用程度), where it is told.
    pub adoption: Option<Adoption>,
    /// The adopted text (采用的国际文件).
    pub adopted_source: Option<String>,
    /// The international classes (国际标准分类号), divided by semicolons.
    pub ics: Option<String>,
    /// The Chinese classes (中国标准文献分类号), divided by semicolons.
    pub ccs: Option<String>,
    /// The code of the responsible committee.
    pub committee_code: Option<String>,
    /// The responsible body (归口单位) as printed.
    pub body: Option<String>,
    /// What that body is.
    pub body_kind: Option<BodyKind>,
    /// The status the list states.
    pub status: StatedStatus,
    /// Whether the list states one at all; the open data say nothing of texts that were made here.
    pub status_told: bool,
    /// How the status is known, in the words of the source.
    pub status_basis: Option<String>,
    /// The announcement that issued it (发布公告).
    pub announcement: Option<String>,
    /// The day of the last re-examination (最近复审日期).
    pub last_reexamined_on: Option<NaiveDate>,
    /// The drafting units (起草单位), the first one first.
    pub drafting_units: Vec<String>,
    /// A remark.
    pub note: Option<String>,
}

/// What stands as the basis of a title where there is none.
pub const NUMBER_ONLY: &str = "number only";

/// The table of editions.
pub struct Specifications;

impl Format for Specifications {
    type Row = SpecificationRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "number",
            names: &[
                "编号",
                "规程编号",
                "规范编号",
                "规程规范编号",
                "技术规范编号",
                "规程号",
                "标准号",
                "文件编号",
                "No.",
            ],
            required: true,
        },
        KIND,
        Column { key: "level", names: &["层级", "级别"], required: false },
        Column {
            key: "title_zh",
            names: &[
                "名称",
                "中文名称",
                "规程名称",
                "规范名称",
                "规程规范名称",
                "技术规范名称",
                "题名",
                "title",
                "name",
            ],
            required: true,
        },
        Column { key: "title_zh_basis", names: &["中文名称依据"], required: false },
        Column {
            key: "title_en",
            names: &["英文名称", "英文名", "English title"],
            required: false,
        },
        Column {
            key: "issued_on",
            names: &["发布日期", "批准日期", "发布时间", "issued"],
            required: false,
        },
        Column {
            key: "effective_on",
            names: &["实施日期", "施行日期", "实施时间", "生效日期", "effective"],
            required: false,
        },
        Column {
            key: "abolished_on",
            names: &["废止日期", "作废日期", "废止时间", "abolished"],
            required: false,
        },
        Column {
            key: "replaces",
            names: &[
                "代替",
                "代替编号",
                "代替规程",
                "被代替编号",
                "替代",
                "代替规程编号",
                "代替情况",
                "supersedes",
            ],
            required: false,
        },
        Column {
            key: "adoption",
            names: &["采用程度", "采标程度", "一致性程度", "degree of adoption"],
            required: false,
        },
        Column {
            key: "adopted_source",
            names: &["采用国际文件", "采标", "采标号", "采用文件", "adopted text"],
            required: false,
        },
        Column {
            key: "ics", names: &["ICS", "ICS分类号", "国际标准分类号"], required: false
        },
        Column {
            key: "ccs",
            names: &["CCS", "CCS分类号", "中国标准文献分类号", "中国标准分类号"],
            required: false,
        },
        COMMITTEE_CODE,
        Column {
            key: "committee_or_body",
            names: &[
                "归口",
                "归口单位",
                "技术归口单位",
                "归口委员会",
                "技术委员会",
                "委员会",
                "responsible body",
            ],
            required: false,
        },
        Column { key: "body_type", names: &["归口单位性质"], required: false },
        Column {
            key: "status",
            names: &["状态", "现行状态", "有效性", "规程状态"],
            required: false,
        },
        Column { key: "status_basis", names: &["状态依据"], required: false },
        Column {
            key: "announcement",
            names: &["发布公告", "公告号", "发布公告号"],
            required: false,
        },
        Column {
            key: "last_reexamined_on",
            names: &["最近复审日期", "复审日期", "last re-examination"],
            required: false,
        },
        DRAFTING_ORGS,
        Column { key: "source_strength", names: &["来源可靠性"], required: false },
        NOTE,
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<SpecificationRow> {
        let printed = fields.required("number");
        let number = fields.number("number");
        let title_zh = fields.required("title_zh");
        let category = fields.category();
        let level = fields.choice("level", LEVELS);
        let title_zh_translated = title_basis(fields, title_zh.as_deref());
        let number_only = fields
            .line("title_zh_basis")
            .is_some_and(|basis| mentions(&basis, &[NUMBER_ONLY, "未收录"]));
        let (issued_on, effective_on) = (fields.date("issued_on"), fields.date("effective_on"));
        let committee_code = code(fields, "committee_code");
        let body_kind = fields.choice("body_type", BODIES);
        let (stated, status_basis) = status(fields);
        if let Some(strength) =
            fields.line("source_strength").filter(|text| mentions(text, &["weak", "弱"]))
        {
            fields.doubt("source_strength", "import-doubt-weak-source", &strength);
        }
        let (number, title_zh) = (number?, title_zh?);
        let category = category.unwrap_or_else(|| category_guessed(fields, &number, &title_zh));
        let row = SpecificationRow {
            replaces: fields.numbers("replaces"),
            adoption: fields.choice("adoption", ADOPTIONS),
            adopted_source: fields.line("adopted_source"),
            ics: classes(fields, "ics", is_ics),
            ccs: classes(fields, "ccs", is_ccs),
            title_en: fields.line("title_en"),
            body: fields.line("committee_or_body"),
            drafting_units: fields.list("drafting_orgs"),
            note: fields.paragraph("note"),
            abolished_on: fields.date("abolished_on"),
            printed: printed?,
            number,
            category,
            level,
            title_zh,
            title_zh_translated,
            number_only,
            announcement: fields.line("announcement"),
            last_reexamined_on: fields.date("last_reexamined_on").and_then(PartialDate::exact),
            issued_on,
            effective_on,
            committee_code,
            body_kind,
            status: stated.unwrap_or(StatedStatus::Unknown),
            status_told: stated.is_some(),
            status_basis,
        };
        cross_check(fields, &row);
        Some(row)
    }

    fn identity(row: &SpecificationRow) -> String {
        row.number.to_string()
    }
}

/// Classes that are some; others are told and left out.
fn classes(
    fields: &mut Fields<'_>,
    column: &'static str,
    fair: fn(&str) -> bool,
) -> Option<String> {
    let text = fields.line(column)?;
    if fair(&text) {
        return Some(text);
    }
    fields.doubt(column, "import-doubt-class", &text);
    None
}

const BODIES: &[(BodyKind, &[&str])] = &[
    (BodyKind::Committee, &["committee", "技术委员会", "委员会"]),
    (BodyKind::Authority, &["authority", "主管部门", "行政机关"]),
    (BodyKind::Institute, &["institute", "技术机构", "研究院"]),
];

const ADOPTIONS: &[(Adoption, &[&str])] = &[
    (Adoption::Identical, &["IDT", "identical", "等同", "等同采用"]),
    (Adoption::Modified, &["MOD", "modified", "修改", "修改采用"]),
    (Adoption::NotEquivalent, &["NEQ", "not equivalent", "非等效", "非等效采用"]),
    (Adoption::None, &["none", "无"]),
];

const STATUSES: &[(StatedStatus, &[&str])] = &[
    (
        StatedStatus::InForce,
        &["in force", "in_force", "valid", "现行", "有效", "现行有效", "继续有效"],
    ),
    (StatedStatus::Upcoming, &["upcoming", "即将实施", "未实施", "尚未实施"]),
    (
        StatedStatus::PartlyReplaced,
        &["partly replaced", "partly_replaced", "部分代替", "部分被代替", "部分有效"],
    ),
    (StatedStatus::Replaced, &["replaced", "superseded", "被代替", "被替代", "已被代替", "代替"]),
    (StatedStatus::Abolished, &["abolished", "withdrawn", "废止", "已废止", "作废"]),
    (StatedStatus::Unknown, &["unknown", "不详", "未知"]),
];

fn status(fields: &mut Fields<'_>) -> (Option<StatedStatus>, Option<String>) {
    let stated = fields.choice("status", STATUSES);
    let basis = fields.line("status_basis");
    if let Some(text) = basis
        .as_deref()
        .filter(|text| mentions(text, &["inferred", "not verified", "推断", "未核实"]))
    {
        fields.doubt("status", "import-doubt-inferred", text);
    }
    (stated, basis)
}

fn title_basis(fields: &mut Fields<'_>, title: Option<&str>) -> bool {
    let translated =
        fields.line("title_zh_basis").is_some_and(|basis| mentions(&basis, &["translation", "译"]));
    if translated {
        fields.doubt("title_zh", "import-doubt-translated", title.unwrap_or_default());
    }
    translated
}

/// The category where no column tells it: by the title, or else by the series, which is only likely.
fn category_guessed(fields: &mut Fields<'_>, number: &SpecNumber, title: &str) -> Category {
    category_of_title(title).unwrap_or_else(|| {
        fields.doubt("kind", "import-doubt-category-guessed", title);
        match number.series() {
            Series::Jjg => Category::VerificationRegulation,
            Series::Jjf => Category::Other,
        }
    })
}

/// What contradicts itself within one row; the values are kept as printed.
fn cross_check(fields: &mut Fields<'_>, row: &SpecificationRow) {
    if let (Some(issued), Some(effective)) = (&row.issued_on, &row.effective_on)
        && effective.compare(*issued) == Some(Ordering::Less)
    {
        fields.doubt("effective_on", "import-doubt-effective-before-issue", &effective.to_string());
    }
    if let Some(issued) = &row.issued_on
        && issued.earliest().year() != i32::from(row.number.year())
    {
        fields.doubt("issued_on", "import-doubt-year-differs", &issued.to_string());
    }
    if row.replaces.iter().any(|old| old.number == row.number) {
        fields.doubt("replaces", "import-doubt-replaces-itself", &row.number.to_string());
    }
    if row.level.is_some_and(|level| level != row.number.level()) {
        fields.doubt("level", "import-doubt-level-differs", &row.number.to_string());
    }
}
