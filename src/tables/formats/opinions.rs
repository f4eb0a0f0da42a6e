//! The table of comments and their dispositions (征求意见汇总处理表, FM-08), as we write it and as units send it.

use chrono::NaiveDate;
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition},
    ids::CommentId,
};

use super::{Fields, Format};
use crate::{Column, Columns, clean::fold};

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionRow {
    /// Which comment of the system the row is; none where it came from outside.
    pub id: Option<CommentId>,
    /// Clause, table or figure (章节号); empty for the text as a whole.
    pub clause: String,
    /// Line of the draft, as the ISO template asks for; may be empty.
    pub line_number: String,
    /// Paragraph, figure or table within the clause, as the ISO template asks for; may be empty.
    pub element: String,
    /// General, technical or editorial.
    pub kind: CommentKind,
    /// The comment (意见内容).
    pub comment: String,
    /// Wording proposed (建议修改为).
    pub proposal: String,
    /// Reason (理由).
    pub reason: String,
    /// Who made it (提出人).
    pub author: String,
    /// Their unit (提出单位).
    pub unit: String,
    /// Mail address, if the answer shall go there.
    pub email: String,
    /// When it reached the secretariat.
    pub received_on: Option<NaiveDate>,
    /// How it came, where the row says so.
    pub source: Option<CommentSource>,
    /// How it is settled; none leaves it as it is.
    pub disposition: Option<Disposition>,
    /// Reason of the disposition.
    pub disposition_reason: String,
    /// Whether the text was changed because of it.
    pub text_changed: Option<bool>,
    /// Number of the comment that it is merged into.
    pub merged_into: Option<u32>,
}

/// The table of comments.
pub struct Opinions;

const fn column(key: &'static str, names: &'static [&'static str], required: bool) -> Column {
    Column { key, names, required }
}

/// Longest serial number that is read.
const MOST_SERIAL: u32 = 1_000_000;

impl Format for Opinions {
    type Row = OpinionRow;

    const COLUMNS: Columns = Columns(&[
        column("comment_id", &["标识", "意见标识", "id", "identity"], false),
        column("serial", &["序号", "编号", "no.", "no", "number"], false),
        column(
            "clause",
            &[
                "章节号",
                "章条号",
                "条款",
                "条款号",
                "章节",
                "条文",
                "章条",
                "章条编号",
                "条文号",
                "clause/subclause",
                "subclause",
            ],
            false,
        ),
        column("line_number", &["行号", "行", "line", "line number", "line no."], false),
        column(
            "element",
            &["段/图/表", "图表", "paragraph/figure/table", "paragraph", "figure/table"],
            false,
        ),
        column("comment_kind", &["类型", "意见类型", "意见类别", "type", "type of comment"], false),
        column(
            "comment",
            &[
                "意见内容",
                "意见",
                "修改意见",
                "意见和建议",
                "意见或建议",
                "意见建议",
                "意见及建议",
                "具体意见",
                "comments",
            ],
            true,
        ),
        column(
            "proposal",
            &[
                "建议修改为",
                "建议",
                "修改建议",
                "修改后内容",
                "建议修改内容",
                "修改建议内容",
                "proposed change",
                "proposed changes",
                "proposed wording",
            ],
            false,
        ),
        column("comment_reason", &["理由", "修改理由", "reason", "justification"], false),
        column(
            "unit",
            &[
                "提出单位",
                "提出单位/个人",
                "单位",
                "单位名称",
                "意见单位",
                "organisation",
                "mb",
                "mb/nc",
                "mb/nc code",
                "from",
            ],
            false,
        ),
        column("author", &["提出人", "姓名", "提出意见人"], false),
        column("email", &["电子邮箱", "邮箱", "e-mail", "mail address"], false),
        column("received_on", &["收到时间", "收到日期", "received"], false),
        column("comment_source", &["来源", "意见来源", "source"], false),
        column("late", &["逾期"], false),
        column(
            "disposition",
            &[
                "处理意见",
                "处理",
                "处理结果",
                "处理情况",
                "采纳情况",
                "是否采纳",
                "observations",
                "secretariat observations",
                "observations of the secretariat",
            ],
            false,
        ),
        column(
            "disposition_reason",
            &[
                "处理理由",
                "处理说明",
                "未采纳理由",
                "不采纳理由",
                "未采纳或部分采纳理由",
                "处理意见/理由",
                "处理情况/理由",
                "处理意见/未采纳理由",
                "reason of the disposition",
            ],
            false,
        ),
        column("merged_into", &["并入序号", "merged into no."], false),
        column("text_changed", &["文本已改", "text changed"], false),
    ]);

    const IDLE: &'static [&'static str] =
        &["serial", "unit", "author", "email", "received_on", "comment_source", "late"];

    fn parse(fields: &mut Fields<'_>) -> Option<OpinionRow> {
        let id = identity(fields);
        let comment = if id.is_some() {
            fields.paragraph("comment")
        } else {
            fields.required_paragraph("comment")
        };
        let kind = fields.leading_choice("comment_kind", KINDS).map(|(kind, _)| kind);
        let kind = kind.unwrap_or(CommentKind::General);
        let (disposition, behind) = fields.leading_choice("disposition", DISPOSITIONS).unzip();
        let behind = behind.unwrap_or_default();
        let mut disposition_reason = fields.paragraph("disposition_reason").unwrap_or_default();
        let mut merged_into = fields.count("merged_into", MOST_SERIAL);
        if disposition == Some(Disposition::Merged) && merged_into.is_none() {
            merged_into = number_in(&behind);
        } else if disposition_reason.is_empty() {
            disposition_reason = behind;
        }
        // What the system itself wrote about a known comment is not read back.
        let of_new = id.is_none();
        let row = OpinionRow {
            id,
            clause: whole_text(fields.line("clause").unwrap_or_default()),
            line_number: fields.line("line_number").unwrap_or_default(),
            element: fields.line("element").unwrap_or_default(),
            kind,
            comment: comment.unwrap_or_default(),
            proposal: fields.paragraph("proposal").unwrap_or_default(),
            reason: fields.paragraph("comment_reason").unwrap_or_default(),
            author: fields.line("author").unwrap_or_default(),
            unit: fields.line("unit").unwrap_or_default(),
            email: fields.line("email").unwrap_or_default(),
            received_on: of_new.then(|| fields.day("received_on")).flatten(),
            source: of_new.then(|| fields.choice("comment_source", SOURCES)).flatten(),
            disposition,
            disposition_reason,
            text_changed: fields.flag("text_changed"),
            merged_into,
        };
        (row.id.is_some() || !row.comment.is_empty()).then_some(row)
    }

    fn identity(row: &OpinionRow) -> String {
        match row.id {
            Some(id) => id.to_string(),
            None => content_key(&[
                &row.unit,
                &row.author,
                &row.clause,
                &row.line_number,
                &row.element,
                &row.comment,
                &row.proposal,
            ]),
        }
    }
}

/// What makes two comments the same: their words and whose they are, whatever the width and spacing.
pub fn content_key(parts: &[&str]) -> String {
    parts.iter().map(|part| fold(part)).collect::<Vec<_>>().join("\u{1f}")
}

fn identity(fields: &mut Fields<'_>) -> Option<CommentId> {
    let found = fields.line("comment_id")?;
    let id = found.parse().ok();
    if id.is_none() {
        fields.bad("comment_id", "import-bad-comment-id", &found);
    }
    id
}

/// The number that stands in a text such as `第 3 号`, if it is the only one.
fn number_in(text: &str) -> Option<u32> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let first = numbers.next()?.parse().ok();
    first.filter(|number| numbers.next().is_none() && *number <= MOST_SERIAL)
}

/// The name of the text as a whole, as our own table prints it, is no clause.
fn whole_text(clause: String) -> String {
    let whole = ["全文", "whole text", "the whole text", "general", "ge"];
    if whole.contains(&clause.to_lowercase().as_str()) { String::new() } else { clause }
}

/// The words for kinds of comments.
const KINDS: &[(CommentKind, &[&str])] = &[
    (CommentKind::General, &["一般", "一般性", "通用", "general", "ge", "gen"]),
    (CommentKind::Technical, &["技术", "技术性", "technical", "te", "tec"]),
    (CommentKind::Editorial, &["编辑", "编辑性", "文字", "editorial", "ed", "edi"]),
];

/// The words for how comments come.
const SOURCES: &[(CommentSource, &[&str])] = &[
    (CommentSource::Letter, &["来函", "信函", "书面", "letter"]),
    (CommentSource::Mail, &["邮件", "电子邮件", "e-mail", "mail"]),
    (CommentSource::Meeting, &["会议", "meeting"]),
    (CommentSource::Import, &["表格导入", "表格", "imported table", "import"]),
];

/// The words for dispositions.
const DISPOSITIONS: &[(Disposition, &[&str])] = &[
    (Disposition::Accepted, &["采纳", "已采纳", "a", "accepted", "accept"]),
    (
        Disposition::Partly,
        &["部分采纳", "p", "partly accepted", "accepted in part", "partially accepted"],
    ),
    (Disposition::Rejected, &["不采纳", "未采纳", "n", "not accepted", "rejected"]),
    (Disposition::Merged, &["合并处理", "合并", "m", "merged"]),
    (Disposition::Pending, &["待定", "q", "pending", "open"]),
    (Disposition::Withdrawn, &["已撤回", "撤回", "x", "withdrawn"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, formats::read_as};

    fn read(text: &str) -> crate::formats::Reading<OpinionRow> {
        read_as::<Opinions>(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn tables_of_units_are_read_by_their_headings_in_both_languages() {
        let reading = read(
            "关于某规范的意见\n序号,章条号,修改意见,提出单位/个人,理由\n1,5.2,环境温度偏严,某水表企业,现场难以满足\n2,,,某水表企业,\n",
        );
        let row = &reading.rows[0].value;
        assert_eq!((row.clause.as_str(), row.comment.as_str()), ("5.2", "环境温度偏严"));
        assert_eq!((row.unit.as_str(), row.reason.as_str()), ("某水表企业", "现场难以满足"));
        assert!(reading.bad.is_empty(), "a line of the form that nobody filled in is no fault");
        assert!(reading.notes.contains(&crate::Note::EmptyRows { rows: 1 }));
        let english = read(
            "No.,Clause/Subclause,Type of comment,Comments,Proposed change,Disposition\n1,5.2,te,Too strict,20 C,Accepted in part\n",
        );
        let row = &english.rows[0].value;
        assert_eq!(row.kind, CommentKind::Technical);
        assert_eq!(row.disposition, Some(Disposition::Partly));
    }

    #[test]
    fn the_iso_template_is_read_with_what_the_secretariat_observed() {
        let reading = read(
            "MB/NC,Line number,Clause/ Subclause,Paragraph/ Figure/ Table,Type of comment (General/Technical/Editorial),Comments,Proposed change,Observations of the secretariat\nCN,120,5.2,Table 1,te,Too strict,Use 2 %,Not accepted: see 5.1\nDE,,,,ge,Good,,Noted\n",
        );
        let row = &reading.rows[0].value;
        assert_eq!((row.unit.as_str(), row.line_number.as_str()), ("CN", "120"));
        assert_eq!((row.clause.as_str(), row.element.as_str()), ("5.2", "Table 1"));
        assert_eq!(row.disposition, Some(Disposition::Rejected));
        assert_eq!(row.disposition_reason, "see 5.1");
        assert_eq!((reading.bad[0].line, reading.bad[0].column), (3, Some("disposition")));
        let merged = read("意见内容,处理意见\n甲,合并处理：并入第 3 号\n");
        assert_eq!(merged.rows[0].value.merged_into, Some(3));
    }

    #[test]
    fn doubtful_cells_are_listed_with_their_column_and_good_rows_pass() {
        let reading = read(
            "标识,意见内容,类型,处理意见,文本已改\nx,甲,一般,采纳,是\n,乙,一般,大概采纳,是\n,丙,一般,采纳,也许\n,丁,技术,采纳,是\n,丁,技术,采纳,是\n",
        );
        let bad: Vec<_> = reading.bad.iter().map(|bad| (bad.line, bad.column)).collect();
        assert_eq!(
            bad,
            [(2, Some("comment_id")), (3, Some("disposition")), (4, Some("text_changed"))]
        );
        assert_eq!(reading.rows.len(), 1, "the same row twice is one comment");
    }
}
