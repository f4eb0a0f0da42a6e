//! Lists of editions of international documents (国际文件版本清单): OIML, ISO, IEC.

use quanheng_domain::source::{SourceRef, SourceState};

use super::{Fields, Format};
use crate::{Column, Columns};

/// One edition of an international document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEditionRow {
    /// What names the document, such as `OIML R76-1`.
    pub source: String,
    /// The year of the edition.
    pub edition: i32,
    /// Its title.
    pub title: Option<String>,
    /// What is known about it; in force where nothing is told.
    pub state: SourceState,
}

/// The table of editions.
pub struct SourceEditions;

impl Format for SourceEditions {
    type Row = SourceEditionRow;

    const COLUMNS: Columns = Columns(&[
        Column {
            key: "number",
            names: &["编号", "文件编号", "document", "reference"],
            required: true,
        },
        Column {
            key: "edition", names: &["版本", "年份", "发布年份", "year"], required: false
        },
        Column { key: "title", names: &["名称", "文件名称", "name"], required: false },
        Column { key: "status", names: &["状态", "state"], required: false },
    ]);

    fn parse(fields: &mut Fields<'_>) -> Option<SourceEditionRow> {
        let written = fields.required("number")?;
        let Some(reference) = SourceRef::parse(&written) else {
            fields.bad("number", "import-bad-source", &written);
            return None;
        };
        let told = if fields.has("edition") { fields.year("edition") } else { None };
        let Some(edition) = told.or(reference.edition) else {
            fields.bad("edition", "import-bad-empty", "");
            return None;
        };
        let state = fields.choice(
            "status",
            &[
                (SourceState::Current, &["current", "in force", "published", "现行", "现行有效"]),
                (
                    SourceState::Superseded,
                    &["superseded", "revised", "replaced", "已被代替", "被代替"],
                ),
                (SourceState::Withdrawn, &["withdrawn", "cancelled", "撤销", "废止", "作废"]),
            ],
        );
        Some(SourceEditionRow {
            source: reference.key(),
            edition,
            title: fields.line("title"),
            state: state.unwrap_or(SourceState::Current),
        })
    }

    fn identity(row: &SourceEditionRow) -> String {
        format!("{}:{}", row.source, row.edition)
    }
}
