//! Word tables as people send them: merged, changed, broken over pages, and made to harm.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    Limits, Note, Paper, TableError,
    formats::{OpinionRow, Opinions, Reading, read_as},
    write_docx,
};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn docx(body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let xml = if body.starts_with("<?xml") {
        body.to_owned()
    } else {
        format!("<w:document {W}><w:body>{body}</w:body></w:document>")
    };
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(text: &str) -> String {
    format!("<w:tc>{}</w:tc>", p(text))
}

fn with(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn plain(cells: &[&str]) -> String {
    row(&cells.iter().map(|text| cell(text)).collect::<Vec<_>>())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

fn opinions(body: &str) -> Reading<OpinionRow> {
    read_as::<Opinions>(&docx(body), &Limits::default()).unwrap()
}

fn said(reading: &Reading<OpinionRow>) -> Vec<(u64, &str, &str)> {
    let rows = reading.rows.iter();
    rows.map(|row| (row.line, row.value.clause.as_str(), row.value.comment.as_str())).collect()
}

const HEAD: [&str; 4] = ["序号", "章条号", "意见内容", "提出单位"];

#[test]
fn merged_cells_go_to_their_rows_and_titles_of_chapters_are_left_aside() {
    let body = table(&[
        row(&[with(r#"<w:gridSpan w:val="4"/>"#, "某规范 征求意见表")]),
        plain(&HEAD),
        row(&[with(r#"<w:gridSpan w:val="4"/>"#, "一、计量性能")]),
        row(&[
            cell("1"),
            with(r#"<w:vMerge w:val="restart"/>"#, "5.2"),
            cell("甲"),
            cell("某企业"),
        ]),
        row(&[cell("2"), with("<w:vMerge/>", ""), cell("乙"), cell("某企业")]),
        row(&[cell("3"), with(r#"<w:gridSpan w:val="2"/>"#, "6.1"), cell("某企业")]),
        plain(&["4", "", "", ""]),
    ]);
    let reading = opinions(&body);
    assert_eq!(said(&reading), [(4, "5.2", "甲"), (5, "5.2", "乙")]);
    // A cell across two columns stays in the first of them, so this row lacks its comment and is told, not lost.
    assert_eq!((reading.bad[0].line, reading.bad[0].column), (6, Some("comment")));
    for note in [
        Note::AboveHeader { rows: 1 },
        Note::HeadingRow { line: 3, text: "一、计量性能".into() },
        Note::MergedFilled { cells: 1 },
        Note::EmptyRows { rows: 1 },
    ] {
        assert!(reading.notes.contains(&note), "{note:?} is not in {:?}", reading.notes);
    }
}

#[test]
fn tracked_changes_are_read_as_accepted_and_breaks_stay() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let changed = format!(
        "<w:tc><w:p>{}<w:del w:id=\"1\"><w:r><w:delText>不</w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins></w:p><w:p>{}<w:r><w:br/></w:r>{}</w:p></w:tc>",
        run("应"),
        run("检定"),
        run("第二行"),
        run("第三行"),
    );
    let gone = "<w:tr><w:trPr><w:del w:id=\"3\"/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>已删</w:t></w:r></w:p></w:tc></w:tr>";
    let formula = "<w:tc><w:p><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>x&#177;1</m:t></m:r></m:oMath></w:p></w:tc>";
    let body = table(&[
        plain(&["序号", "章条号", "意见内容"]),
        row(&[cell("1"), cell("5"), changed]),
        gone.to_owned(),
        row(&[cell("2"), cell("6 &amp; 7"), formula.to_owned()]),
    ]);
    let reading = opinions(&body);
    assert_eq!(said(&reading), [(2, "5", "应检定\n第二行\n第三行"), (4, "6 & 7", "x±1")]);
}

#[test]
fn several_tables_are_one_and_a_form_that_is_none_is_told() {
    let body = [
        table(&[plain(&["姓名", "演示"]), plain(&["职务", "工程师"])]),
        table(&[plain(&HEAD), plain(&["1", "5", "甲", "某企业"])]),
        p("续表"),
        table(&[plain(&HEAD), plain(&["2", "6", "乙", "某企业"])]),
        table(&[plain(&["3", "7", "丙", "某企业"])]),
        table(&[plain(&["条款", "修改意见"]), plain(&["8", "丁"])]),
    ]
    .concat();
    let reading = opinions(&body);
    assert_eq!(said(&reading), [(4, "5", "甲"), (6, "6", "乙"), (7, "7", "丙"), (9, "8", "丁")]);
    assert!(reading.notes.contains(&Note::TableNotRead { table: 1 }), "{:?}", reading.notes);
}

#[test]
fn headings_in_two_rows_belong_together() {
    let up = r#"<w:vMerge w:val="restart"/>"#;
    let body = table(&[
        row(&[
            with(up, "序号"),
            with(up, "章条号"),
            with(up, "意见内容"),
            with(r#"<w:gridSpan w:val="2"/>"#, "处理意见"),
        ]),
        row(&[
            with("<w:vMerge/>", ""),
            with("<w:vMerge/>", ""),
            with("<w:vMerge/>", ""),
            cell("采纳情况"),
            cell("理由"),
        ]),
        plain(&["1", "5", "甲", "不采纳", "依据不足"]),
    ]);
    let reading = opinions(&body);
    let row = &reading.rows[0].value;
    assert_eq!(row.comment, "甲");
    assert_eq!(row.disposition, Some(quanheng_domain::comment::Disposition::Rejected));
    assert_eq!(row.disposition_reason, "依据不足");
}

#[test]
fn our_own_table_knows_its_rows_in_any_order_of_rows_and_columns() {
    let ids = ["01976a007d0070008000000000000001", "01976a007d0070008000000000000002"];
    let paper = Paper {
        title: "表".into(),
        lines: Vec::new(),
        columns: [("序号", 1), ("意见内容", 4)].map(|(name, share)| (name.into(), share)).into(),
        rows: vec![vec!["1".into(), "甲".into()], vec!["2".into(), "乙".into()]],
        marks: ids.map(str::to_owned).into(),
        footer: Vec::new(),
        language: "zh-CN".into(),
    };
    let reading = read_as::<Opinions>(&write_docx(&paper).unwrap(), &Limits::default()).unwrap();
    let known: Vec<_> = reading.rows.iter().map(|row| row.value.id.unwrap().uuid()).collect();
    assert_eq!(known.iter().map(|id| id.simple().to_string()).collect::<Vec<_>>(), ids);
}

#[test]
fn files_made_to_harm_are_refused() {
    let entity = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document {W}><w:body/></w:document>"
    );
    let deep = format!("{}{}", "<w:p>".repeat(300), "</w:p>".repeat(300));
    for body in [entity.as_str(), deep.as_str(), "<w:tbl>"] {
        let fault = read_as::<Opinions>(&docx(body), &Limits::default()).unwrap_err();
        assert!(matches!(fault, TableError::Damaged { .. }), "{fault:?}");
    }
    let small = Limits { inflated: 100, ..Limits::default() };
    let fault = read_as::<Opinions>(&docx(&table(&[plain(&HEAD)])), &small).unwrap_err();
    assert_eq!(fault, TableError::Inflates { limit: 100 });
    let none = read_as::<Opinions>(&docx(&p("没有表")), &Limits::default()).unwrap_err();
    assert_eq!(none, TableError::NoHeader);
}
