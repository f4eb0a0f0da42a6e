//! Comparisons that read well, and that give both texts back.

use proptest::prelude::*;
use quanheng_domain::clause::{Block, Cell, Clause};

use super::*;
use crate::{
    map::map,
    sample::{cell, clause as made, regulation, rows, table},
};

/// Spans in one line: `[-removed-]`, `{+added+}`.
fn shown(spans: &[Span]) -> String {
    let one = |span: &Span| match span.kind {
        SpanKind::Equal => span.text.clone(),
        SpanKind::Removed => format!("[-{}-]", span.text),
        SpanKind::Added => format!("{{+{}+}}", span.text),
    };
    spans.iter().map(one).collect()
}
fn side(spans: &[Span], without: SpanKind) -> String {
    spans.iter().filter(|span| span.kind != without).map(|span| span.text.as_str()).collect()
}

#[test]
fn comparisons_read_well() {
    let table = [
        ("", "", ""),
        ("范围", "范围", "范围"),
        ("", "新增条文", "{+新增条文+}"),
        ("天平不应摆动。", "天平应摆动。", "天平[-不-]应摆动。"),
        ("误差不超过±2 dB。", "误差不超过±3 dB。", "误差不超过±[-2 dB-]{+3 dB+}。"),
        ("温度23℃", "温度25℃", "温度[-23℃-]{+25℃+}"),
        ("周期为12 个月", "周期为24 个月", "周期为[-12-]{+24+} 个月"),
        ("频率 10.5 kHz", "频率 10.5 MHz", "频率 [-10.5 kHz-]{+10.5 MHz+}"),
        ("密度 8000 kg/m³", "密度 7950 kg/m³", "密度 [-8000 kg/m³-]{+7950 kg/m³+}"),
        ("使用 balance 称量", "使用 balances 称量", "使用 [-balance-]{+balances+} 称量"),
        ("按 5.2.3 进行", "按 5.2.4 进行", "按 [-5.2.3-]{+5.2.4+} 进行"),
        ("甲。乙。", "甲。丙。乙。", "甲。{+丙。+}乙。"),
        ("外观、结构", "外观、标志、结构", "外观、{+标志、+}结构"),
        ("合格的发给证书", "不合格的发给通知书", "{+不+}合格的发给[-证-]{+通知+}书"),
        ("每年检定一次", "两年校准三回", "[-每年检定一次-]{+两年校准三回+}"),
        ("外观\n检定", "外观\n检定\n检定", "外观\n{+检定\n+}检定"),
    ];
    for (old, new, wanted) in table {
        assert_eq!(shown(&words(old, new)), wanted, "{old} / {new}");
    }
}

#[test]
fn no_salad_of_single_characters() {
    let old = "天平应放置在稳固的台面上，避免振动和气流的影响。";
    let new = "仪器须安装于坚实的基础之上，防止冲击和热源的干扰。";
    let spans = words(old, new);
    assert!(spans.len() <= 5, "{}", shown(&spans));
}

#[test]
fn blocks_are_compared_one_by_one() {
    let note = |text: &str| Block::Note { mark: "注".into(), text: text.into() };
    let line = |line: &str| Block::Formula { line: line.into(), picture: false };
    let mut old = made("5.1", "误差", "天平的误差按下式计算。\n结果保留两位。");
    old.blocks.extend([line("E = I - m"), note("空载时另行规定。")]);
    let mut new =
        made("5.2", "示值误差", "天平的示值误差按下式计算。\n载荷不少于五点。\n结果保留两位。");
    new.blocks.extend([line("E = I - m_0"), note("空载时另行规定。")]);
    let found = clause(&old, &new);
    assert_eq!(shown(&found.number), "[-5.1-]{+5.2+}");
    assert_eq!(shown(&found.heading), "{+示值+}误差");
    let changes: Vec<Change> = found.blocks.iter().map(|block| block.change).collect();
    use Change::{Added, Changed, Equal};
    assert_eq!(changes, [Changed, Added, Equal, Changed, Equal]);
    let Body::Formula { spans, picture } = &found.blocks[3].body else { panic!("{found:?}") };
    assert_eq!((shown(spans).as_str(), *picture), ("[-E = I - m-]{+E = I - m_0+}", false));
}

fn table_rows(found: &ClauseDiff) -> Vec<String> {
    let Body::Table { rows, .. } = &found.blocks[0].body else { panic!("{found:?}") };
    let row = |row: &RowDiff| row.cells.iter().map(|cell| shown(&cell.spans)).collect::<Vec<_>>();
    rows.iter().map(|r| format!("{}: {}", r.change, row(r).join("|"))).collect()
}

#[test]
fn rows_and_columns_that_came_or_went_are_told() {
    let lines = ["等级|误差|方法", "特种|3|7.3.1", "高|5|7.3.2", "中|8|7.3.3"];
    let old = table("表1", "误差", &lines);
    let same = clause(&old, &old);
    assert!(table_rows(&same).iter().all(|row| row.starts_with("equal")));
    let row = table("表1", "误差", &[lines[0], lines[1], "超高|4|7.3.9", lines[2], lines[3]]);
    assert_eq!(
        table_rows(&clause(&old, &row))[1..4],
        ["equal: 特种|3|7.3.1", "added: {+超高+}|{+4+}|{+7.3.9+}", "equal: 高|5|7.3.2"]
    );
    let column = ["等级|单位|误差|方法", "特种|mg|3|7.3.1", "高|mg|6|7.3.2", "中|mg|8|7.3.3"];
    assert_eq!(
        table_rows(&clause(&old, &table("表1", "误差", &column))),
        [
            "changed: 等级|{+单位+}|误差|方法",
            "changed: 特种|{+mg+}|3|7.3.1",
            "changed: 高|{+mg+}|[-5-]{+6+}|7.3.2",
            "changed: 中|{+mg+}|8|7.3.3"
        ]
    );
    let narrow = ["等级|误差", "特种|3", "高|5"];
    assert_eq!(
        table_rows(&clause(&old, &table("表1", "误差", &narrow))),
        [
            "changed: 等级|误差|[-方法-]",
            "changed: 特种|3|[-7.3.1-]",
            "changed: 高|5|[-7.3.2-]",
            "removed: [-中-]|[-8-]|[-7.3.3-]"
        ]
    );
}

#[test]
fn merged_cells_keep_their_span_as_long_as_the_table_keeps_its_shape() {
    let wide = |text: &str, across: u16, down: u16| Cell { text: text.into(), across, down };
    let table = |limit: &str, more: bool| {
        let mut all = vec![
            vec![wide("等级", 1, 2), wide("误差", 2, 1)],
            vec![cell("首次"), cell("后续")],
            vec![cell("特种"), cell(limit), cell("6")],
        ];
        if more {
            all.extend(rows(&["高|5|10"]));
        }
        Clause { blocks: vec![Block::Table { rows: all, head: 2 }], ..made("表1", "误差", "") }
    };
    let found = clause(&table("3", false), &table("4", false));
    let Body::Table { rows, head } = &found.blocks[0].body else { panic!("{found:?}") };
    let widths: Vec<Vec<(u16, u16)>> = rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| (cell.across, cell.down)).collect())
        .collect();
    assert_eq!(widths, [vec![(1, 2), (2, 1)], vec![(1, 1); 2], vec![(1, 1); 3]]);
    assert_eq!(*head, 2);
    let found = clause(&table("3", false), &table("3", true));
    let Body::Table { rows, .. } = &found.blocks[0].body else { panic!("{found:?}") };
    assert!(rows.iter().all(|row| row.cells.len() == 3));
    assert_eq!(rows.last().unwrap().change, Change::Added);
}

#[test]
fn removed_clauses_stand_where_they_stood() {
    let old = regulation();
    let mut new = regulation();
    new.remove(11);
    new[5].blocks = made("", "", "用于划分等级的以质量单位表示的值。").blocks;
    let pairs = texts(&old, &new, &map(&old, &new));
    let at = pairs.iter().position(|pair| pair.relation == Relation::Removed).unwrap();
    assert_eq!(pairs[at].old, Some(11));
    assert_eq!(pairs[at - 1].new, Some(10));
    let changed: Vec<usize> =
        pairs.iter().filter(|pair| pair.changed).filter_map(|pair| pair.old).collect();
    assert_eq!(changed, [5, 11]);
    assert!(pairs.iter().all(|pair| pair.changed == pair.diff.is_some()));
    let news: Vec<usize> = pairs.iter().filter_map(|pair| pair.new).collect();
    assert!(news.is_sorted());
    assert_eq!(news.len(), new.len());
}

#[test]
fn nothing_is_too_large_or_too_odd() {
    let long: String =
        (0..9_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * 7919 % 20_000)).collect();
    let other: String =
        (0..9_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * 11_003 % 20_000)).collect();
    let spans = words(&long, &other);
    assert_eq!(side(&spans, SpanKind::Added), long);
    assert_eq!(side(&spans, SpanKind::Removed), other);
    let odd = Clause {
        blocks: vec![Block::Table {
            rows: vec![vec![Cell { text: "a".into(), across: u16::MAX, down: u16::MAX }]; 3],
            head: 9,
        }],
        ..made("表1", "", "")
    };
    clause(&odd, &table("表1", "", &[]));
    clause(&odd, &odd);
}

#[test]
fn a_long_text_is_compared_as_closely_as_a_short_one() {
    let long: String =
        (0..9_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * n % 8_191)).collect();
    let letters: Vec<char> = long.chars().collect();
    let mut other = letters.clone();
    other.splice(2_000..2_003, "（新）".chars());
    other.drain(5_000..5_002);
    let new: String = other.iter().collect();
    let spans = words(&long, &new);
    let changed: usize = spans
        .iter()
        .filter(|span| span.kind != SpanKind::Equal)
        .map(|span| span.text.chars().count())
        .sum();
    assert!(changed <= 8, "{changed} characters");
    assert_eq!(side(&spans, SpanKind::Removed), new);
}

fn any_words() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "天平", "误差", "应", "不", "的", "。", "，", " ", "\n", "10", "10 kg", "mm", "±",
        "e\u{301}", "é", "𠮷", "\u{200b}", "5.2.3", "balance", "(", "）", "℃",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_comparison_gives_both_texts_back(old in any_words(), new in any_words()) {
        let spans = words(&old, &new);
        prop_assert_eq!(side(&spans, SpanKind::Added), old.clone());
        prop_assert_eq!(side(&spans, SpanKind::Removed), new.clone());
        prop_assert!(spans.iter().all(|span| !span.text.is_empty()));
        for pair in spans.windows(2) {
            prop_assert!(pair[0].kind != pair[1].kind);
            prop_assert!((pair[0].kind, pair[1].kind) != (SpanKind::Added, SpanKind::Removed));
        }
        prop_assert_eq!(old == new, spans.iter().all(|span| span.kind == SpanKind::Equal));
    }

    #[test]
    fn pieces_joined_are_the_text(text in any_words()) {
        prop_assert_eq!(super::tokens::tokens(&text).concat(), text);
    }

    #[test]
    fn every_cell_of_both_tables_is_told(
        old in prop::collection::vec(prop::collection::vec("[甲乙丙]{0,2}", 1..5), 0..6),
        new in prop::collection::vec(prop::collection::vec("[甲乙丙]{0,2}", 1..5), 0..6),
    ) {
        let made = |rows: &Vec<Vec<String>>| Clause {
            blocks: vec![Block::Table { rows: rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect(), head: 1 }],
            ..made("表1", "", "")
        };
        let found = clause(&made(&old), &made(&new));
        let Body::Table { rows, .. } = &found.blocks[0].body else { panic!("no table") };
        for (cells, without) in [(&old, SpanKind::Added), (&new, SpanKind::Removed)] {
            let mut told: Vec<String> = rows.iter().flat_map(|row| &row.cells).map(|cell| side(&cell.spans, without)).filter(|text| !text.is_empty()).collect();
            let mut wanted: Vec<String> = cells.iter().flatten().filter(|text| !text.is_empty()).cloned().collect();
            told.sort_unstable();
            wanted.sort_unstable();
            prop_assert_eq!(told, wanted);
        }
    }
}
