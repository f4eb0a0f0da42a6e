//! What is written can be read again unchanged, and is never run as a formula.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use proptest::prelude::*;
use quanheng_tables::{Cell, CsvOptions, Limits, Note, Sheet, Table, read, write_csv, write_xlsx};

fn sheet(texts: &[&str]) -> Sheet {
    Sheet {
        name: "意见".into(),
        headers: vec!["no".into(), "text".into()],
        rows: texts
            .iter()
            .zip(1..)
            .map(|(text, no)| vec![Cell::Integer(no), Cell::from(*text)])
            .collect(),
    }
}

fn second_column(table: &Table) -> Vec<&str> {
    table.rows.iter().map(|row| row.cell(1)).collect()
}

/// Texts that spreadsheets would run or change.
const HOSTILE: [&str; 17] = [
    "=cmd|'/C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    "'quoted'",
    "a,b;c\t\"d\"",
    "line 1\nline 2",
    "0012",
    "\n=1",
    "=\"a\"",
];

#[test]
fn csv_guards_formulas_and_reads_back_the_same() {
    let bytes = write_csv(&sheet(&HOSTILE), CsvOptions::default()).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let text = std::str::from_utf8(&bytes).unwrap();
    let mut raw =
        csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    for (record, original) in raw.records().zip(HOSTILE) {
        let cell = record.unwrap()[1].to_owned();
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
            "{cell:?}"
        );
        assert!(cell == original || cell == format!("'{original}"));
    }
    let table = read(&bytes, None, &Limits::default()).unwrap();
    assert_eq!(second_column(&table), HOSTILE);
}

#[test]
fn workbooks_hold_texts_as_texts_and_days_as_days() {
    let mut written = sheet(&HOSTILE);
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    written.rows.push(vec![Cell::Day(day), Cell::Moment(day.and_hms_opt(9, 5, 0).unwrap())]);
    written.rows.push(vec![Cell::Decimal(2.5), Cell::Integer(i64::MAX)]);
    written.rows.push(vec![Cell::Empty, Cell::from("https://example.org/")]);
    let file = write_xlsx(&[written.clone(), written]).unwrap();
    assert_eq!(file.shortened, []);
    let table = read(&file.bytes, None, &Limits::default()).unwrap();
    let back = second_column(&table);
    assert_eq!(&back[..HOSTILE.len()], HOSTILE);
    let rest: Vec<(&str, &str)> =
        table.rows[HOSTILE.len()..].iter().map(|row| (row.cell(0), row.cell(1))).collect();
    assert_eq!(
        rest,
        [
            ("2026-11-22", "2026-11-22 09:05:00"),
            ("2.5", "9223372036854775807"),
            ("", "https://example.org/")
        ]
    );
    assert!(table.notes.contains(&Note::SheetNotRead("意见 2".into())));
}

#[test]
fn sheet_names_become_legal_and_long_texts_are_cut_and_told() {
    let names = [
        "",
        "History",
        "a/b[c]:*?\\",
        "很".repeat(40).as_str(),
        "很".repeat(41).as_str(),
        "'x'",
        "X",
    ]
    .map(|name| Sheet { name: name.into(), ..sheet(&["x"]) });
    assert!(write_xlsx(&names).is_ok());
    let file = write_xlsx(&[sheet(&["short", &"长".repeat(40_000)])]).unwrap();
    assert_eq!(
        file.shortened.iter().map(|cut| (cut.row, cut.column)).collect::<Vec<_>>(),
        [(3, 2)]
    );
    assert_eq!(
        read(&file.bytes, None, &Limits::default()).unwrap().rows[1].cell(1).chars().count(),
        32_767
    );
    assert!(write_xlsx(&[]).is_ok());
}

proptest! {
    #[test]
    fn any_cells_survive_csv(cells in proptest::collection::vec("[a-z'=,;\"\n\t 名＝-]{0,12}", 1..20), mark in any::<bool>()) {
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        let bytes = write_csv(&sheet(&texts), CsvOptions { byte_order_mark: mark }).unwrap();
        let table = read(&bytes, None, &Limits::default()).unwrap();
        prop_assert_eq!(second_column(&table), texts);
    }

    #[test]
    fn ordinary_readers_agree_on_plain_csv(rows in proptest::collection::vec(proptest::collection::vec("[a-z,;\" \n名]{1,6}", 3..=3), 2..12)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["h1", "h2", "h3"]).unwrap();
        for row in &rows { writer.write_record(row).unwrap(); }
        let bytes = writer.into_inner().unwrap();
        let table = read(&bytes, None, &Limits::default()).unwrap();
        let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        prop_assert!(table.rows.iter().map(|row| &row.cells).eq(filled));
    }
}
