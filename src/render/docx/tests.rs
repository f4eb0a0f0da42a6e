//! What a word processor finds in the parts.

use std::io::Read as _;

use quick_xml::{Reader, events::Event};

use super::*;
use crate::{Align, Block, Cell, PageNumber, Signature, Table};

const PARTS: [&str; 7] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/document.xml",
];

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn paper() -> Paper {
    Paper {
        title: "审定会签到表".into(),
        subtitle: "a<b & \"c\"\u{7}".into(),
        header: "MTC1 〔2026〕1".into(),
        page_number: PageNumber {
            before: "第 ".into(),
            between: " 页 共 ".into(),
            after: " 页".into(),
        },
        language: "zh-CN".into(),
        landscape: false,
        blocks: vec![
            Block::paragraph("第一段\n第二段"),
            Block::Fields { fields: vec![("编号：".into(), "7".into())] },
            Block::Table(Table {
                columns: vec![1, 2, 3],
                head: vec![vec![Cell::label("序号"), Cell::label("姓名与单位").over(2)]],
                rows: vec![
                    vec![Cell::centred("1").down(2), Cell::new("甲"), Cell::new("某院")],
                    vec![Cell::new("乙"), Cell::new("某所\n某室")],
                    vec![Cell::new("缺格")],
                ],
            }),
            Block::Line { text: "右".into(), align: Align::Right },
            Block::PageBreak,
            Block::Signatures {
                signatures: vec![Signature {
                    label: "主任委员：".into(),
                    name: "主任委员·演示".into(),
                    at: "2026年3月1日".into(),
                }],
            },
        ],
    }
}

#[test]
fn every_part_is_well_formed() {
    let bytes = docx(&paper()).unwrap();
    for name in PARTS {
        let text = part(&bytes, name);
        let mut reader = Reader::from_str(&text);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
}

#[test]
fn merged_cells_fill_every_row_of_the_grid() {
    let text = part(&docx(&paper()).unwrap(), "word/document.xml");
    let table = text.split("<w:tbl>").nth(1).unwrap().split("</w:tbl>").next().unwrap();
    let mut rows = 0;
    for row in table.split("<w:tr>").skip(1) {
        let spans: usize = row
            .split("<w:tc>")
            .skip(1)
            .map(|cell| {
                cell.split(r#"gridSpan w:val=""#)
                    .nth(1)
                    .map_or(1, |rest| rest.split('"').next().unwrap().parse().unwrap())
            })
            .sum();
        assert_eq!(spans, 3, "{row}");
        rows += 1;
    }
    assert_eq!(rows, 4);
    assert_eq!(table.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 1);
    assert_eq!(table.matches("<w:vMerge/>").count(), 1);
    assert!(table.contains("<w:tblHeader/>"));
}

#[test]
fn faces_and_margins_are_those_of_official_papers() {
    let bytes = docx(&paper()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    for face in ["宋体", "黑体", "仿宋"] {
        assert!(styles.contains(&format!(r#"w:eastAsia="{face}""#)), "{face}");
    }
    let text = part(&bytes, "word/document.xml");
    assert!(text.contains(r#"w:top="2098" w:right="1474" w:bottom="1984" w:left="1588""#));
    assert!(text.contains("a&lt;b &amp; &quot;c&quot;</w:t>"), "what people wrote is escaped");
    assert!(text.contains("某所</w:t><w:br/>"));
    assert!(part(&bytes, "word/footer1.xml").contains(" NUMPAGES "));
    assert!(part(&bytes, "word/header1.xml").contains("MTC1 〔2026〕1"));
    let across = Paper { landscape: true, ..paper() };
    let text = part(&docx(&across).unwrap(), "word/document.xml");
    assert!(text.contains(r#"w:w="16838" w:h="11906" w:orient="landscape""#));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(docx(&paper()).unwrap(), docx(&paper()).unwrap());
}
