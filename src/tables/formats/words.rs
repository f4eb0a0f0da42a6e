//! Words that several tables share: categories, bodies, yes and no of lists.

use quanheng_domain::specification::Category;

use super::Fields;
use crate::{Column, clean::fold};

/// The words for categories.
const CATEGORIES: &[(Category, &[&str])] = &[
    (
        Category::VerificationScheme,
        &[
            "verification scheme",
            "verification_scheme",
            "检定系统表",
            "国家计量检定系统表",
            "计量检定系统表",
            "系统表",
        ],
    ),
    (
        Category::VerificationRegulation,
        &[
            "verification regulation",
            "verification_regulation",
            "检定规程",
            "计量检定规程",
            "国家计量检定规程",
            "规程",
        ],
    ),
    (
        Category::TypeEvaluation,
        &[
            "type evaluation outline",
            "type_evaluation",
            "type evaluation programme",
            "型式评价大纲",
            "计量器具型式评价大纲",
            "大纲",
        ],
    ),
    (
        Category::CalibrationSpecification,
        &[
            "calibration specification",
            "calibration_specification",
            "校准规范",
            "计量校准规范",
            "国家计量校准规范",
        ],
    ),
    (
        Category::Other,
        &[
            "general technical specification",
            "other",
            "其他",
            "其它",
            "其他计量技术规范",
            "技术规范",
            "计量技术规范",
            "规范",
            "通用技术规范",
        ],
    ),
];

/// Endings of titles that tell the category, the more telling first.
const ENDINGS: [(&str, Category); 6] = [
    ("检定系统表", Category::VerificationScheme),
    ("计量器具检定系统", Category::VerificationScheme),
    ("型式评价大纲", Category::TypeEvaluation),
    ("校准规范", Category::CalibrationSpecification),
    ("检定规程", Category::VerificationRegulation),
    ("名词术语及定义", Category::Other),
];

/// The headers that mean a category.
pub(super) const KIND: Column = Column {
    key: "kind",
    names: &["类别", "规范类别", "种类", "规程类别", "技术规范类别", "类型", "category"],
    required: false,
};
/// The headers that mean a committee's code.
pub(super) const COMMITTEE_CODE: Column = Column {
    key: "committee_code",
    names: &["委员会代码", "委员会编号", "归口单位代码", "技术委员会代码"],
    required: false,
};
/// The headers that mean drafting units.
pub(super) const DRAFTING_ORGS: Column = Column {
    key: "drafting_orgs",
    names: &[
        "起草单位",
        "主要起草单位",
        "主起草单位",
        "承担单位",
        "制定单位",
        "负责起草单位",
        "drafting units",
        "drafting organisations",
    ],
    required: false,
};
/// The headers that mean a remark.
pub(super) const NOTE: Column =
    Column {
        key: "note", names: &["备注", "说明", "注", "remark", "remarks"], required: false
    };

impl Fields<'_> {
    /// The category by its column; a word that is none makes the row bad.
    pub(super) fn category(&mut self) -> Option<Category> {
        self.choice("kind", CATEGORIES)
    }
}

/// The category that a title tells by its last words.
pub(super) fn category_of_title(title: &str) -> Option<Category> {
    let bare = title.split(['(', '（']).next().unwrap_or(title).trim_end();
    ENDINGS
        .iter()
        .find(|(ending, _)| bare.ends_with(ending) || title.ends_with(ending))
        .map(|&(_, category)| category)
}

/// Whether a text speaks of one of these words; for remarks, not for values.
pub(super) fn mentions(text: &str, words: &[&str]) -> bool {
    let folded = fold(text);
    words.iter().any(|word| folded.contains(&fold(word)))
}
