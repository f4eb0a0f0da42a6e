//! Which text replaces which (代替关系), wholly or in part, many to many.

use quanheng_domain::{keyed, number::SpecNumber};

use super::{Fields, Format, words::mentions};
use crate::{Column, Columns};

keyed! {
    /// Whether a text is replaced as a whole.
    LinkScope as "scope of replacement" {
        /// 全部代替
        Whole = "whole",
        /// 部分代替
        Part = "part",
    }
}

/// One link between a new and an old text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacementLinkRow {
    /// The new text.
    pub new_number: SpecNumber,
    /// The text it replaces.
    pub old_number: SpecNumber,
    /// Whether it replaces all of it.
    pub scope: LinkScope,
    /// The replaced part, in the words of the source.
    pub part_detail: Option<String>,
    /// How the link is known.
    pub basis: Option<String>,
}

/// The table of links.
pub struct ReplacementLinks;

impl Format for ReplacementLinks {
    type Row = ReplacementLinkRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "new_number",
            names: &["新编号", "编号", "现编号", "规程编号", "new"],
            required: true,
        },
        Column {
            key: "old_number",
            names: &["原编号", "旧编号", "代替编号", "被代替编号", "代替", "被代替", "old"],
            required: true,
        },
        Column {
            key: "scope",
            names: &["代替范围", "范围", "全部或部分", "代替方式"],
            required: false,
        },
        Column {
            key: "part_detail",
            names: &["代替部分", "部分说明", "被代替部分"],
            required: false,
        },
        Column { key: "basis", names: &["依据", "来源", "source"], required: false },
        Column {
            key: "old_number_in_specifications_csv",
            names: &["原编号在目录中"],
            required: false,
        },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<ReplacementLinkRow> {
        let new_number = fields.required("new_number").and_then(|_| fields.number("new_number"));
        let old_number = fields.required("old_number").and_then(|_| fields.number("old_number"));
        let scope = fields.choice(
            "scope",
            &[
                (LinkScope::Whole, &["whole", "全部", "全部代替", "整体", "代替"]),
                (LinkScope::Part, &["part", "partial", "部分", "部分代替"]),
            ],
        );
        let part_detail = fields.line("part_detail");
        let basis = fields.line("basis");
        if let Some(text) = basis
            .as_deref()
            .filter(|text| mentions(text, &["inferred", "reseller", "推断", "未核实"]))
        {
            fields.doubt("basis", "import-doubt-inferred", text);
        }
        let (new_number, old_number) = (new_number?, old_number?);
        if new_number == old_number {
            fields.bad("old_number", "import-bad-replaces-itself", &old_number.to_string());
        }
        let scope =
            scope.unwrap_or(if part_detail.is_some() { LinkScope::Part } else { LinkScope::Whole });
        if scope == LinkScope::Part && part_detail.is_none() {
            fields.doubt("part_detail", "import-doubt-part-unnamed", "");
        }
        Some(ReplacementLinkRow { new_number, old_number, scope, part_detail, basis })
    }

    fn identity(row: &ReplacementLinkRow) -> String {
        format!("{}|{}", row.new_number, row.old_number)
    }
}
