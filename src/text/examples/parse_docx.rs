//! How long a Word file of 60 pages takes to become clauses, against unpacking it and reading its XML once:
//! `cargo run --release -p quanheng-text --example parse_docx`.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    hint::black_box,
    io::{self, Cursor, Read, Write},
    time::{Duration, Instant},
};

use quick_xml::{Reader, events::Event};

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/files/paper.rs"]
mod paper;

use paper::{Paper, cell, p, r, rp, t, table};

/// Paragraphs, tables and formulas as a standard has them, about 900 characters a page.
fn file(pages: usize) -> Vec<u8> {
    let formula = "<m:oMathPara><m:oMath><m:r><m:t>E=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:sSub><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sub><m:r><m:t>0</m:t></m:r></m:sub></m:sSub></m:den></m:f></m:oMath></m:oMathPara>";
    let fonts = "<w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"宋体\" w:hAnsi=\"Times New Roman\" w:hint=\"eastAsia\"/><w:szCs w:val=\"21\"/>";
    let mut body = String::new();
    for page in 1..=pages {
        body += &t(&format!("{page} 第{page}部分的要求"));
        for at in 1..=6 {
            body += &t(&format!("{page}.{at} 示值误差"));
            let sentence = "天平的示值误差、重复性和偏载误差应符合规定,".repeat(4);
            body += &p(&(rp(fonts, &sentence)
                + &rp(fonts, "检定时环境温度变化不超过 ")
                + &r("1 ℃/h。")));
        }
        body += &p(formula);
        body += &t(&format!("表{page} 最大允许误差"));
        let rows: Vec<Vec<String>> = (0..12)
            .map(|row| {
                (0..5)
                    .map(|at| cell("<w:tcW w:w=\"1800\" w:type=\"dxa\"/>", &format!("{row}.{at}")))
                    .collect()
            })
            .collect();
        body += &table(&rows);
    }
    Paper::of(body).bytes()
}

fn scan(bytes: &[u8]) -> usize {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let mut reader = Reader::from_str(&text);
    let mut events = 0;
    while !matches!(reader.read_event().unwrap(), Event::Eof) {
        events += 1;
    }
    events
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..30).map(|_| once(&mut work)).min().unwrap()
}

fn main() -> io::Result<()> {
    let (bytes, double) = (file(60), file(120));
    let clauses = quanheng_text::read_docx(&bytes).unwrap().clauses.len();
    let (bare, own, twice) = (
        best(|| scan(&bytes)),
        best(|| quanheng_text::read_docx(&bytes).unwrap()),
        best(|| quanheng_text::read_docx(&double).unwrap()),
    );
    let ratio = |of: Duration, by: Duration| of.as_secs_f64() / by.as_secs_f64();
    let mut out = io::stdout().lock();
    writeln!(out, "60 pages, {clauses} clauses, {} kB", bytes.len() / 1000)?;
    writeln!(out, "unzip and scan {bare:?}, clauses {own:?}, ratio {:.2}", ratio(own, bare))?;
    writeln!(out, "120 pages {twice:?}, growth {:.2}", ratio(twice, own))
}
