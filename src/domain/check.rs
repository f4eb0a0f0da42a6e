//! Checks of drafts (文本检查): what is looked at and what is said about it. Findings are advice until a committee makes a check binding.

use crate::keyed;

keyed! {
    /// Which chapters a draft is to have.
    Skeleton as "skeleton" {
        /// Verification regulation (检定规程) after the rule in force.
        Verification = "verification",
        /// Verification regulation after the revised rule.
        VerificationRevised = "verification_revised",
        /// Calibration specification (校准规范).
        Calibration = "calibration",
        /// Type evaluation programme (型式评价大纲).
        TypeEvaluation = "type_evaluation",
        /// Verification scheme (检定系统表).
        Scheme = "scheme",
    }
}

keyed! {
    /// What a check found.
    CheckKind as "check" {
        /// A chapter or section of the skeleton is missing (缺章节).
        ChapterMissing = "chapter_missing",
        /// A chapter stands at another place than the skeleton has it (章节次序).
        ChapterOrder = "chapter_order",
        /// An annex that texts of this kind have is missing (缺附录).
        AnnexMissing = "annex_missing",
        /// An annex does not say whether it is mandatory or informative (附录性质).
        AnnexStatus = "annex_status",
        /// There is no table or list of items (缺项目表).
        ItemsMissing = "items_missing",
        /// A requirement that no item looks at (要求无项目).
        RequirementWithoutItem = "requirement_without_item",
        /// A requirement that no method tests (要求无方法).
        RequirementWithoutMethod = "requirement_without_method",
        /// An item for which no requirement stands (项目无要求).
        ItemWithoutRequirement = "item_without_requirement",
        /// An item without a method (项目无方法).
        ItemWithoutMethod = "item_without_method",
        /// A method for something that is no item (方法无项目).
        MethodWithoutItem = "method_without_item",
        /// A method for something of which nothing is required (方法无要求).
        MethodWithoutRequirement = "method_without_requirement",
        /// The table of items lacks a column: first, subsequent or in-use (缺检定类别栏).
        ColumnMissing = "column_missing",
        /// An item that does not say whether it belongs to a kind of verification (检定类别未填).
        CellEmpty = "cell_empty",
        /// A unit that is no legal unit of measurement (非法定计量单位).
        UnitNotLegal = "unit_not_legal",
        /// A symbol of a unit with wrong letters (单位符号大小写).
        UnitSpelling = "unit_spelling",
        /// A symbol that is legal and yet hardly meant (单位符号存疑).
        UnitDoubtful = "unit_doubtful",
        /// No space between figure and unit (数值与单位间空隙).
        UnitSpace = "unit_space",
        /// A symbol of a formula that is explained nowhere (公式符号未说明).
        SymbolUndefined = "symbol_undefined",
        /// A cited text that was replaced (引用文件已被代替).
        CitedReplaced = "cited_replaced",
        /// A cited text that was abolished (引用文件已废止).
        CitedAbolished = "cited_abolished",
        /// A cited text that is not yet in force (引用文件尚未实施).
        CitedNotYet = "cited_not_yet",
        /// A cited text that the register does not know (引用文件查无此号).
        CitedUnknown = "cited_unknown",
        /// Cited, but not among the cited documents (未列入引用文件).
        CitedNotListed = "cited_not_listed",
        /// Cited with another year than listed (年号不一致).
        CitedOtherYear = "cited_other_year",
        /// Cited without year although listed with it (未注年号).
        CitedUndated = "cited_undated",
        /// Listed, but cited nowhere (列而未引).
        ListedNotCited = "listed_not_cited",
        /// Listed twice (重复列出).
        ListedTwice = "listed_twice",
        /// A term that is defined twice (术语重复定义).
        TermTwice = "term_twice",
        /// A term that is defined and not used (术语未使用).
        TermUnused = "term_unused",
    }
}

/// How a cited text stands on the day that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In force (现行).
    InForce,
    /// Issued, not yet in force (尚未实施).
    NotYet,
    /// Replaced by texts of these numbers (被代替).
    Replaced {
        /// Their numbers as printed, divided by `、`.
        by: String,
    },
    /// Abolished and not replaced (废止).
    Abolished,
    /// The register holds it without saying how it stands (状态不明).
    Unknown,
}
