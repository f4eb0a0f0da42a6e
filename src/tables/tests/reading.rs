//! Files as customers send them: workbooks with titles, merged and hidden parts, and files that are no tables.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use quanheng_tables::{
    Cell, Column, Columns, FileKind, Limits, Note, RowFault, Sheet, Table, TableError, read,
    write_xlsx,
};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

const WANTED: Columns = Columns(&[
    Column { key: "number", names: &["编号"], required: true },
    Column { key: "title", names: &["名称"], required: true },
    Column { key: "issued_on", names: &["发布日期"], required: false },
]);

fn open(bytes: &[u8]) -> Result<Table, TableError> {
    read(bytes, Some(&WANTED), &Limits::default())
}

fn lines(table: &Table) -> Vec<(u64, Vec<&str>)> {
    table
        .rows
        .iter()
        .map(|row| (row.line, row.cells.iter().map(String::as_str).collect()))
        .collect()
}

/// A workbook of one sheet with the given XML inside `sheetData` and after it.
fn raw_workbook(data: &str, after: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{after}</worksheet>"#
            ),
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_printed_list_is_read_below_its_title_with_merged_cells_and_dates() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("说明").unwrap().write(0, 0, "填写说明").unwrap();
    let secret = workbook.add_worksheet().set_name("底稿").unwrap();
    secret.write(0, 0, "编号").unwrap().set_hidden(true);
    let day = Format::new().set_num_format("yyyy/m/d");
    let page = workbook.add_worksheet().set_name("清单").unwrap();
    let plain = Format::new();
    page.merge_range(0, 0, 0, 2, "2024 年规程清单", &plain).unwrap();
    page.merge_range(1, 0, 2, 0, "编 号", &plain).unwrap();
    page.merge_range(1, 1, 2, 1, "名称（中文）", &plain).unwrap();
    page.merge_range(1, 2, 1, 3, "日期", &plain).unwrap();
    page.write(2, 2, "发布日期").unwrap();
    page.write(2, 3, "备注").unwrap();
    page.merge_range(3, 0, 4, 0, "JJG 1-1999", &plain).unwrap();
    page.write(3, 1, "钢直尺").unwrap();
    page.write_datetime_with_format(
        3,
        2,
        chrono::NaiveDate::from_ymd_opt(1999, 5, 7).unwrap(),
        &day,
    )
    .unwrap();
    page.write(4, 1, "钢卷尺").unwrap();
    page.write(4, 2, 36_287).unwrap();
    page.write_formula(6, 0, Formula::new("=\"JJG \"&\"2-1999\"").set_result("JJG 2-1999"))
        .unwrap();
    page.write(6, 1, 1.5).unwrap();
    let table = open(&workbook.save_to_buffer().unwrap()).unwrap();

    assert_eq!(table.headers, ["编 号", "名称（中文）", "发布日期", "备注"]);
    assert_eq!(
        lines(&table),
        [
            (4, vec!["JJG 1-1999", "钢直尺", "1999-05-07"]),
            (5, vec!["JJG 1-1999", "钢卷尺", "36287"]),
            (7, vec!["JJG 2-1999", "1.5"]),
        ]
    );
    for note in [
        Note::SheetTaken("清单".into()),
        Note::SheetNotRead("说明".into()),
        Note::SheetHidden("底稿".into()),
        Note::AboveHeader { rows: 2 },
        Note::MergedFilled { cells: 3 },
    ] {
        assert!(table.notes.contains(&note), "{note:?} not in {:?}", table.notes);
    }
}

#[test]
fn cells_that_hold_no_value_are_faults_of_their_row() {
    let header = text_cell("A1", "编号") + &text_cell("B1", "名称");
    let long = text_cell("B4", &"长".repeat(32_768));
    let data = format!(
        r#"<row r="1">{header}</row><row r="2">{}<c r="B2"><f>C2</f></c></row><row r="3">{}<c r="B3" t="e"><v>#REF!</v></c></row><row r="4">{}{long}</row>"#,
        text_cell("A2", "JJG 1-1999"),
        text_cell("A3", "JJG 2-1999"),
        text_cell("A4", "JJG 3-1999"),
    );
    let table = open(&raw_workbook(&data, "")).unwrap();
    let faults: Vec<_> = table.rows.iter().map(|row| row.faults.clone()).collect();
    assert_eq!(
        faults,
        [
            vec![RowFault::NoSavedValue { column: 1 }],
            vec![RowFault::ErrorValue { column: 1, shown: "#REF!".into() }],
            vec![RowFault::CellTooLong { column: 1, chars: 32_768 }],
        ]
    );
}

#[test]
fn dates_and_numbers_outside_any_calendar_do_not_panic() {
    let values =
        ["1e309", "-1", "0", "60", "2958465.999999", "99999999999999", "9007199254740993", "1e300"];
    let cells: String = (0..)
        .zip(values)
        .map(|(at, value)| {
            format!(r#"<row r="{}"><c r="A{0}" s="0"><v>{value}</v></c></row>"#, at + 2)
        })
        .collect();
    let data = format!(r#"<row r="1">{}</row>{cells}"#, text_cell("A1", "编号"));
    assert_eq!(open(&raw_workbook(&data, "")).unwrap().rows.len(), values.len());
}

#[test]
fn sheets_as_large_as_spreadsheets_allow_are_refused_before_they_cost_memory() {
    let far = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        text_cell("A1", "编号"),
        text_cell("A1048576", "甲")
    );
    assert_eq!(open(&raw_workbook(&far, "")).unwrap().rows[0].line, 1_048_576);
    let wide = format!(r#"<row r="1">{}</row>"#, text_cell("XFD1", "编号"));
    assert_eq!(
        open(&raw_workbook(&wide, "")),
        Err(TableError::TooManyColumns { limit: 256, line: 1 })
    );
    let merged = r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    assert!(open(&raw_workbook(&far, merged)).is_ok());
    let tall: String = (1..=12)
        .map(|row| format!(r#"<row r="{row}">{}</row>"#, text_cell(&format!("A{row}"), "编号")))
        .collect();
    let limits = Limits { rows: 10, ..Limits::default() };
    assert_eq!(
        read(&raw_workbook(&tall, ""), None, &limits),
        Err(TableError::TooManyRows { limit: 10 })
    );
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let bytes = raw_workbook(&" ".repeat(2_000_000), "");
    assert!(bytes.len() < 20_000);
    let limits = Limits { inflated: 1_000_000, ..Limits::default() };
    assert_eq!(read(&bytes, None, &limits), Err(TableError::Inflates { limit: 1_000_000 }));
    assert_eq!(
        read(&[b'a'; 11], None, &Limits { bytes: 10, ..Limits::default() }),
        Err(TableError::TooLarge { bytes: 11, limit: 10 })
    );
}

fn zip_of(names: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_no_tables_are_refused_by_what_they_are() {
    let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    let locked: Vec<u8> = ole
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let refused: [(Vec<u8>, FileKind); 11] = [
        (ole, FileKind::OldOffice),
        (locked, FileKind::Encrypted),
        (zip_of(&["ppt/presentation.xml", "ppt/vbaProject.bin"]), FileKind::OfficeDocument),
        (zip_of(&["xl/workbook.bin"]), FileKind::Xlsb),
        (zip_of(&["mimetype", "content.xml"]), FileKind::OpenDocument),
        (zip_of(&["a.txt"]), FileKind::Archive),
        (b"PK\x03\x04 not a zip at all".to_vec(), FileKind::Archive),
        (b"%PDF-1.7\n".to_vec(), FileKind::Pdf),
        (b"\n <HTML><table><tr><td>1</td></tr></table>".to_vec(), FileKind::WebPage),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), FileKind::Xml),
        (Vec::new(), FileKind::Nothing),
    ];
    for (bytes, kind) in refused {
        assert_eq!(open(&bytes), Err(TableError::NotATable(kind)));
    }
    assert!(matches!(
        open(&zip_of(&["xl/workbook.xml"])),
        Err(TableError::Damaged { .. } | TableError::NoVisibleSheet)
    ));
    assert_eq!(open(b"\n\n ,,\n"), Err(TableError::NoHeader));
}

#[test]
fn a_missing_column_is_told_with_what_was_found() {
    let mut table = open("名称,日期\n钢直尺,1999\n".as_bytes()).unwrap();
    let fault = WANTED.find(&mut table).unwrap_err();
    assert_eq!(
        fault,
        TableError::MissingColumns {
            missing: vec!["number"],
            found: vec!["名称".into(), "日期".into()]
        }
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = open(&bytes);
    }

    #[test]
    fn random_text_never_panics(text in "[\\x00-\\x7F,;\t\"\n\r编号名称']{0,300}") {
        let _ = open(text.as_bytes());
    }

    #[test]
    fn a_damaged_workbook_never_panics(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let sheet = Sheet { name: "S".into(), headers: vec!["编号".into(), "名称".into()], rows: vec![vec![Cell::from("JJG 1-1999"), Cell::Integer(5)]; 5] };
        let mut bytes = write_xlsx(&[sheet]).unwrap().bytes;
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = open(&bytes);
        let _ = open(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn damaged_sheet_markup_never_panics(data in "(<row r=\"[0-9]{1,12}\">|<c r=\"[A-Z]{0,9}[0-9]{0,12}\" t=\"[a-z]{0,3}\">|<v>[0-9eE.+-]{0,9}</v>|<f t=\"shared\" si=\"[0-9]{1,20}\" ref=\"A1:B[0-9]{1,12}\">|</c>|</row>|</f>|&amp;|text){0,20}") {
        let _ = open(&raw_workbook(&data, "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>"));
    }
}
