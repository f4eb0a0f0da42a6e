//! What a reader finds in the file; the typeface is that of the machine.

use super::*;
use crate::{Align, Block, Cell, PageNumber, Signature, Table};

fn typefaces() -> Typefaces {
    Typefaces::find(None, None).expect("fonts-noto-cjk is installed where tests run")
}

fn paper() -> Paper {
    let row = |n: usize| {
        vec![
            Cell::centred(n.to_string()),
            Cell::new(format!("第{n}位委员·演示")),
            Cell::new("中国计量科学研究院力学与声学计量科学研究所力值与扭矩室"),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = (1..=60).map(row).collect();
    rows.insert(0, vec![Cell::centred("0").down(3), Cell::new("甲"), Cell::new("某院")]);
    rows.insert(1, vec![Cell::new("乙"), Cell::new("某所")]);
    rows.insert(2, vec![Cell::new("丙"), Cell::new("某站")]);
    Paper {
        title: "审定会签到表".into(),
        subtitle: "JJG 1234-2026 数字指示秤".into(),
        header: "MTC1 〔2026〕1".into(),
        page_number: PageNumber { before: "第 ".into(), between: " 页 共 ".into(), after: " 页".into() },
        language: "zh-CN".into(),
        landscape: false,
        blocks: vec![
            Block::heading("一、依据"),
            Block::paragraph("根据《国家计量技术规范管理办法》（国家市场监督管理总局令第89号），全国法制计量管理计量技术委员会于2026年3月1日审定了本规程，到会委员超过全体委员的三分之二，同意的超过到会委员的四分之三。".repeat(2)),
            Block::Fields { fields: vec![("编号：".into(), "〔2026〕7".into())] },
            Block::Table(Table {
                columns: vec![1, 3, 6],
                head: vec![vec![Cell::label("序号"), Cell::label("姓名"), Cell::label("单位")]],
                rows,
            }),
            Block::Line { text: "右侧落款".into(), align: Align::Right },
            Block::Signatures {
                signatures: vec![
                    Signature { label: "主任委员：".into(), name: "主任委员·演示".into(), at: "2026年3月1日".into() },
                    Signature { label: "主审人：".into(), ..Signature::default() },
                ],
            },
            Block::PageBreak,
        ],
    }
}

fn words(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect()
}

#[test]
fn what_was_written_is_read_again() {
    let bytes = pdf(&paper(), &typefaces()).unwrap();
    let text = words(&bytes);
    for said in [
        "审定会签到表",
        "一、依据",
        "第60位委员·演示",
        "右侧落款",
        "主任委员：主任委员·演示",
        "〔2026〕7",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn pages_are_counted_and_headings_repeated() {
    let bytes = pdf(&paper(), &typefaces()).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let pages = document.get_pages();
    assert!(pages.len() > 2, "{}", pages.len());
    for number in pages.keys() {
        let text: String = document.extract_text(&[*number]).unwrap().split_whitespace().collect();
        assert!(text.contains(&format!("第{number}页共{}页", pages.len())), "{text}");
        assert!(text.contains("MTC1〔2026〕1"), "the head stands on every page: {text}");
        if *number < u32::try_from(pages.len()).unwrap() {
            assert!(text.contains("序号姓名单位"), "{text}");
        }
    }
}

#[test]
fn a_row_that_no_page_holds_is_divided_and_nothing_is_lost() {
    let long: String = (0..400).map(|n| format!("第{n}条意见。")).collect();
    let mut paper = Paper { title: "意见".into(), ..Paper::default() };
    paper.blocks = vec![Block::Table(Table {
        columns: vec![1, 3],
        head: vec![vec![Cell::label("序号"), Cell::label("意见")]],
        rows: vec![vec![Cell::new("1"), Cell::new(long)], vec![Cell::new("2"), Cell::new("末行")]],
    })];
    let bytes = pdf(&paper, &typefaces()).unwrap();
    let text = words(&bytes).replace("序号意见", "");
    for n in [0, 1, 199, 200, 399] {
        assert!(text.contains(&format!("第{n}条意见。")), "{n}");
    }
    assert!(text.contains("末行"));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let typefaces = typefaces();
    let (one, two) = (pdf(&paper(), &typefaces).unwrap(), pdf(&paper(), &typefaces).unwrap());
    assert_eq!(one, two);
    assert!(one.len() < 300 << 10, "the typeface is cut down: {}", one.len());
}
