//! The yearly plan of projects (制修订计划), and projects met elsewhere.

use chrono::NaiveDate;
use quanheng_domain::{
    keyed,
    partial_date::PartialDate,
    specification::{Category, Level},
};

use super::{
    Fields, Format, NumberWithRemark,
    committees::{LEVELS, code},
    words::{COMMITTEE_CODE, DRAFTING_ORGS, KIND, NOTE, category_of_title, mentions},
};
use crate::{Column, Columns, clean::fold};

keyed! {
    /// What a project does to the register.
    PlanAction as "kind of project" {
        /// 制定
        Formulate = "formulate",
        /// 修订
        Revise = "revise",
        /// 复审
        PeriodicReview = "periodic_review",
    }
}

keyed! {
    /// How a project is known.
    PlanBasis as "basis of a project" {
        /// 列入计划
        Planned = "planned",
        /// 立项建议或工作计划
        Proposed = "proposed",
        /// 见于征求意见或审定
        Seen = "seen",
    }
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// The title of the project (项目名称).
    pub title: String,
    /// Making, revising or re-examining a text.
    pub action: Option<PlanAction>,
    /// The category of the text.
    pub category: Option<Category>,
    /// The level, where it is told.
    pub level: Option<Level>,
    /// The texts it is to replace.
    pub replaces: Vec<NumberWithRemark>,
    /// The code of the committee.
    pub committee_code: Option<String>,
    /// The name of the committee as printed.
    pub committee: Option<String>,
    /// The drafting units, the first one first.
    pub drafting_units: Vec<String>,
    /// The year of the plan.
    pub year: Option<i32>,
    /// The day the plan was issued (下达日期).
    pub plan_on: Option<NaiveDate>,
    /// When it is due (完成时间).
    pub due: Option<PartialDate>,
    /// The document that issued the plan (计划文号).
    pub document: Option<String>,
    /// The number of the item within the plan (项目编号).
    pub item: Option<String>,
    /// What else is known of its course.
    pub stage: Option<String>,
    /// How the project is known.
    pub basis: PlanBasis,
    /// A remark.
    pub note: Option<String>,
}

/// The table of projects.
pub struct Plan;

impl Format for Plan {
    type Row = PlanRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "project_title",
            names: &[
                "项目名称",
                "名称",
                "规程名称",
                "规范名称",
                "规程规范名称",
                "项目",
                "title",
                "project",
            ],
            required: true,
        },
        Column {
            key: "type",
            names: &["制修订", "制定或修订", "制修订类型", "制/修订", "项目类型", "action"],
            required: false,
        },
        KIND,
        Column { key: "level", names: &["层级", "级别"], required: false },
        Column {
            key: "replaced_number",
            names: &["代替", "代替编号", "修订编号", "原编号", "被修订编号", "拟代替"],
            required: false,
        },
        COMMITTEE_CODE,
        Column {
            key: "committee",
            names: &["归口", "归口单位", "技术归口单位", "技术委员会", "委员会", "归口委员会"],
            required: false,
        },
        DRAFTING_ORGS,
        Column {
            key: "year", names: &["年份", "年度", "计划年度", "计划年份"], required: false
        },
        Column {
            key: "deadline",
            names: &["完成时间", "完成期限", "完成年限", "完成日期", "截止日期", "报批时间", "due"],
            required: false,
        },
        Column {
            key: "plan_document_or_stage",
            names: &["计划文号", "计划文件", "下达文件", "文号", "计划名称", "plan document"],
            required: false,
        },
        Column {
            key: "plan_on",
            names: &["下达日期", "计划下达日期", "下达时间", "立项日期"],
            required: false,
        },
        Column {
            key: "item",
            names: &["项目编号", "计划编号", "计划号", "project number"],
            required: false,
        },
        Column { key: "basis", names: &["依据", "来源"], required: false },
        NOTE,
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<PlanRow> {
        let title = fields.required("project_title");
        let (category, level) = category_and_level(fields);
        let committee_code = code(fields, "committee_code");
        let committee = fields.line("committee");
        if committee.is_none() && committee_code.is_none() {
            fields.doubt("committee", "import-doubt-no-committee", "");
        }
        let (document, item, stage) = fields
            .line("plan_document_or_stage")
            .map_or((None, None, None), |text| parts_of_document(&text));
        let basis = basis(fields, document.is_some());
        let year = fields.year("year").or_else(|| {
            let year = document.as_deref().and_then(year_of_document)?;
            fields.doubt(
                "year",
                "import-doubt-year-of-document",
                document.as_deref().unwrap_or_default(),
            );
            Some(year)
        });
        let action = fields.choice("type", ACTIONS);
        let replaces = fields.numbers("replaced_number");
        if action == Some(PlanAction::Formulate) && !replaces.is_empty() {
            fields.doubt("type", "import-doubt-new-text-replaces", "");
        }
        let title = title?;
        Some(PlanRow {
            action: action.or((!replaces.is_empty()).then_some(PlanAction::Revise)),
            category: category.or_else(|| category_of_title(&title)),
            level,
            replaces,
            committee_code,
            committee,
            drafting_units: fields.list("drafting_orgs"),
            year,
            plan_on: fields.day("plan_on"),
            due: fields.date("deadline"),
            item: fields.line("item").or(item),
            document,
            stage,
            basis,
            note: fields.paragraph("note"),
            title,
        })
    }

    fn identity(row: &PlanRow) -> String {
        let committee =
            row.committee_code.as_deref().or(row.committee.as_deref()).unwrap_or_default();
        format!(
            "{}|{}|{}",
            fold(&row.title),
            fold(committee),
            fold(row.document.as_deref().unwrap_or_default())
        )
    }
}

const ACTIONS: &[(PlanAction, &[&str])] = &[
    (PlanAction::Formulate, &["formulate", "new", "制定", "制订", "新制定", "制"]),
    (PlanAction::Revise, &["revise", "revision", "修订", "修"]),
    (PlanAction::PeriodicReview, &["periodic review", "periodic_review", "re-examination", "复审"]),
];

/// The category and the level; "provincial specification" tells a level and no category.
fn category_and_level(fields: &mut Fields<'_>) -> (Option<Category>, Option<Level>) {
    let level = fields.choice("level", LEVELS);
    let local = fields.line("kind").filter(|kind| {
        mentions(kind, &["provincial specification", "地方计量技术规范", "地方规范"])
    });
    match local {
        Some(kind) => {
            fields.doubt("kind", "import-doubt-category-guessed", &kind);
            (None, level.or(Some(Level::Provincial)))
        }
        None => (fields.category(), level),
    }
}

fn basis(fields: &mut Fields<'_>, documented: bool) -> PlanBasis {
    let Some(found) = fields.line("basis") else {
        return if documented { PlanBasis::Planned } else { PlanBasis::Proposed };
    };
    if mentions(&found, &["proposal", "work plan", "建议", "工作计划"]) {
        PlanBasis::Proposed
    } else if mentions(&found, &["plan document", "计划"]) {
        PlanBasis::Planned
    } else {
        fields.doubt("basis", "import-doubt-not-in-plan", &found);
        PlanBasis::Seen
    }
}

/// Parts a cell into the plan's document, the item behind it, and words about the course of the project.
fn parts_of_document(text: &str) -> (Option<String>, Option<String>, Option<String>) {
    let (first, rest) = text
        .split_once(['；', ';'])
        .map_or((text, None), |(first, rest)| (first.trim(), Some(rest.trim().to_owned())));
    if !is_document(first) {
        return (None, None, Some(text.to_owned()));
    }
    match first.split_once("号 ") {
        Some((document, item)) => {
            (Some(format!("{document}号")), Some(item.trim().to_owned()), rest)
        }
        None => (Some(first.to_owned()), None, rest),
    }
}

/// A document number such as 市监计量发〔2023〕56号, or the name of a plan.
fn is_document(text: &str) -> bool {
    text.contains('〔')
        || text.contains('［')
        || text.contains("[20")
        || text.ends_with("计划")
        || text.ends_with('号')
        || text.ends_with("通知")
}

/// The year inside the brackets of a document number.
fn year_of_document(document: &str) -> Option<i32> {
    let inside = document.split(['〔', '［', '[']).nth(1)?.split(['〕', '］', ']']).next()?;
    inside.trim().parse().ok().filter(|year| (1900..=2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_items_and_stages_are_told_apart() {
        let some = |text: &str| Some(text.to_owned());
        for (text, parts) in [
            ("国质检量函〔2013〕101号", (some("国质检量函〔2013〕101号"), None, None)),
            (
                "国质检量函〔2015〕146号 MTC13第9项",
                (some("国质检量函〔2015〕146号"), some("MTC13第9项"), None),
            ),
            (
                "2022年国家计量技术规范制定、修订及宣贯计划; consulted 2023-01-17",
                (
                    some("2022年国家计量技术规范制定、修订及宣贯计划"),
                    None,
                    some("consulted 2023-01-17"),
                ),
            ),
            (
                "passed review, news of 2017-05-12",
                (None, None, some("passed review, news of 2017-05-12")),
            ),
        ] {
            assert_eq!(parts_of_document(text), parts);
        }
        assert_eq!(year_of_document("国质检量函〔2013〕101号"), Some(2013));
        assert_eq!(year_of_document("2022年计划"), None);
    }
}
