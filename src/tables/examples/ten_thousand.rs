//! Measures the tables of a large round: ten thousand comments written as workbook, document and CSV, and read back.
//!
//! `cargo run --release -p quanheng-tables --example ten_thousand [rows]`

use std::io::Write;
use std::time::Instant;

use quanheng_tables::formats::{Opinions, read_as};
use quanheng_tables::{Cell, CsvOptions, Limits, Paper, Sheet, write_csv, write_docx, write_xlsx};

const HEADINGS: [&str; 7] =
    ["序号", "章节号", "类型", "意见内容", "建议修改为", "提出单位", "处理意见"];

fn row(n: usize) -> [String; 7] {
    [
        n.to_string(),
        format!("{}.{}", 5 + n % 7, 1 + n % 23),
        ["技术", "编辑", "一般"][n % 3].to_owned(),
        format!("第{n}条：示值误差的最大允许误差在低温环境下难以满足，建议结合试验数据再作论证。"),
        format!("最大允许误差为±{}.{} %。", n % 3, n % 10),
        format!("某计量技术机构{}", n % 400),
        ["采纳", "部分采纳：另行表述", "不采纳：依据不足"][n % 3].to_owned(),
    ]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let rows: Vec<[String; 7]> = (1..=count).map(row).collect();
    let sheet = Sheet {
        name: "意见".into(),
        headers: HEADINGS.map(str::to_owned).to_vec(),
        rows: rows
            .iter()
            .map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect())
            .collect(),
    };
    let paper = Paper {
        title: "征求意见汇总处理表".into(),
        columns: HEADINGS.iter().map(|head| ((*head).to_owned(), 1)).collect(),
        marks: (0..count).map(|n| format!("01976a007d00700080{n:014x}")).collect(),
        rows: rows.iter().map(|row| row.to_vec()).collect(),
        language: "zh-CN".into(),
        ..Paper::default()
    };
    let mut out = std::io::stdout().lock();
    let start = Instant::now();
    let xlsx = write_xlsx(std::slice::from_ref(&sheet))?.bytes;
    writeln!(out, "xlsx written  {:>8.1} ms, {} bytes", ms(start), xlsx.len())?;
    let start = Instant::now();
    let docx = write_docx(&paper)?;
    writeln!(out, "docx written  {:>8.1} ms, {} bytes", ms(start), docx.len())?;
    let start = Instant::now();
    let csv = write_csv(&sheet, CsvOptions::default())?;
    writeln!(out, "csv written   {:>8.1} ms, {} bytes", ms(start), csv.len())?;
    for (name, bytes) in [("xlsx", &xlsx), ("docx", &docx), ("csv", &csv)] {
        let start = Instant::now();
        let reading = read_as::<Opinions>(bytes, &Limits::default())?;
        writeln!(out, "{name:<4} read     {:>8.1} ms, {} rows", ms(start), reading.rows.len())?;
    }
    Ok(())
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1_000.0
}
