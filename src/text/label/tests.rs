//! Numbers at the beginning of a line, and what only looks like one.

use super::*;

fn found(text: &str) -> Option<(ClauseKind, String, &str, &str)> {
    label(text).map(|label| (label.kind, label.key, label.number, label.rest))
}

#[test]
fn numbers_at_the_beginning_of_a_line_are_read() {
    use ClauseKind::{Annex, Clause, Figure, Table};
    let rows: [(&str, ClauseKind, &str, &str, &str); 30] = [
        ("1 范围", Clause, "1", "1", "范围"),
        ("1\u{3000}范围", Clause, "1", "1", "范围"),
        ("1\t范围", Clause, "1", "1", "范围"),
        ("1 Scope", Clause, "1", "1", "Scope"),
        ("5. 计量特性", Clause, "5", "5.", "计量特性"),
        ("5.2.3 示值误差", Clause, "5.2.3", "5.2.3", "示值误差"),
        ("5.2.3", Clause, "5.2.3", "5.2.3", ""),
        ("5.2天平计量性能", Clause, "5.2", "5.2", "天平计量性能"),
        ("５．２　天平", Clause, "5.2", "５．２", "天平"),
        ("10.12.3 复校", Clause, "10.12.3", "10.12.3", "复校"),
        ("7.3. 方法", Clause, "7.3", "7.3.", "方法"),
        ("5.3 年稳定性", Clause, "5.3", "5.3", "年稳定性"),
        ("第五章 总则", Clause, "5", "第五章", "总则"),
        ("第 12 章 附则", Clause, "12", "第 12 章", "附则"),
        ("附录A 原始记录", Annex, "A", "附录A", "原始记录"),
        ("附 录 A", Annex, "A", "附 录 A", ""),
        ("附录B（资料性附录）记录", Annex, "B", "附录B", "（资料性附录）记录"),
        ("Annex C Examples", Annex, "C", "Annex C", "Examples"),
        ("APPENDIX D", Annex, "D", "APPENDIX D", ""),
        ("A.2 概述", Clause, "A.2", "A.2", "概述"),
        ("A.2.1 原理", Clause, "A.2.1", "A.2.1", "原理"),
        ("表3 最大允许误差", Table, "表3", "表3", "最大允许误差"),
        ("表 3 最大允许误差", Table, "表3", "表 3", "最大允许误差"),
        ("表A.1 记录", Table, "表A.1", "表A.1", "记录"),
        ("表5-2 记录", Table, "表5-2", "表5-2", "记录"),
        ("Table 3 Limits", Table, "表3", "Table 3", "Limits"),
        ("表3", Table, "表3", "表3", ""),
        ("图1 结构示意图", Figure, "图1", "图1", "结构示意图"),
        ("Figure A.1 Coils", Figure, "图A.1", "Figure A.1", "Coils"),
        ("Fig. 2: Coils", Figure, "图2", "Fig. 2", "Coils"),
    ];
    for (text, kind, key, number, rest) in rows {
        assert_eq!(found(text), Some((kind, key.to_owned(), number, rest)), "{text}");
    }
}

#[test]
fn quantities_dates_lists_and_references_are_no_numbers() {
    let rows = [
        "0.5 mg",
        "0.5mg的砝码",
        "2.5 kg 的砝码",
        "20 ℃时",
        "100 %",
        "3个月",
        "3 个月内",
        "5年",
        "2019年9月27日",
        "2019-09-27",
        "2019.09.27",
        "2019.9.27",
        "1)外观",
        "1) 外观",
        "1)外观",
        "a) 外观",
        "(1) 外观",
        "1、外观",
        "5.2和5.3",
        "5.2 和 5.3",
        "5.2～5.4",
        "5~10 次",
        "1.05",
        "1.0",
        "表1中规定",
        "表1和表2",
        "表1的规定",
        "表1给出了限值",
        "附录A中给出",
        "附录A.2",
        "图1所示",
        "图1 所示",
        "A2 纸",
        "JJG 98-2019",
        "表面光洁",
        "图形符号",
        "12345 号",
        "1/2",
        "3×3",
        "3 × 3",
        "",
        " ",
        "附录",
        "表",
        "5mm",
        "5.2Accuracy",
        "U.S.",
        "0 引言",
    ];
    for text in rows {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn a_table_that_goes_on_says_so() {
    for text in ["续表3", "表3(续)", "表3（续）", "表 3 (continued)"] {
        let label = label(text).unwrap();
        assert!(
            label.continued && label.key == "表3" && label.rest.is_empty(),
            "{text}: {label:?}"
        );
    }
    assert!(!label("表3 (续流)误差").unwrap().continued);
}

#[test]
fn a_number_that_is_known_to_be_one_stands_before_any_words() {
    assert_eq!(number("5.2 和田玉").unwrap().key, "5.2");
    assert_eq!(number("3 个体差异").unwrap().rest, "个体差异");
}

#[test]
fn front_parts_are_known_by_their_words() {
    for (text, key) in
        [("引 言", "引言"), ("前\u{3000}言", "前言"), ("Contents", "目次"), ("目录", "目次")]
    {
        assert_eq!(front(text), Some((ClauseKind::Front, key)), "{text}");
    }
    assert_eq!(front("参考文献"), Some((ClauseKind::Annex, "参考文献")));
    assert_eq!(front("引言部分说明"), None);
}

#[test]
fn notes_and_examples_are_known_by_their_mark() {
    let rows = [
        ("注：见表。", "注", "见表。"),
        ("注1：见表。", "注1", "见表。"),
        ("注 2: 见表。", "注2", "见表。"),
        ("示例：", "示例", ""),
        ("NOTE 1: see", "NOTE 1", "see"),
        ("Example: x", "Example", "x"),
        ("⁽¹²⁾ 见附录", "⁽¹²⁾", "见附录"),
    ];
    for (text, mark, rest) in rows {
        assert_eq!(note(text), Some((mark.to_owned(), rest)), "{text}");
    }
    for text in ["注意：切勿", "注册", "例如：", "⁽⁾ x", "⁽a⁾", "noted: x"] {
        assert_eq!(note(text), None, "{text}");
    }
}

#[test]
fn numbers_of_formulas_stand_at_the_end() {
    let rows = [
        ("E = m g (4)", "E = m g", "(4)", "式4"),
        ("E = m g\t（４）", "E = m g", "（４）", "式4"),
        ("E = m………(A.1)", "E = m", "(A.1)", "式A.1"),
        ("E = m (5-1)", "E = m", "(5-1)", "式5-1"),
        ("(3)", "", "(3)", "式3"),
    ];
    for (text, body, number, key) in rows {
        assert_eq!(formula_number(text), Some((body, number, key.to_owned())), "{text}");
    }
    for text in ["f(4)", "E = m (kg)", "见式 (4 )mm", "E = f (x)", "(2019a)", "按 (4", ""] {
        assert_eq!(formula_number(text), None, "{text}");
    }
}

#[test]
fn lines_that_explain_symbols_are_known() {
    for text in ["式中：", "m——质量，kg；", "ΔE — 误差", "where: x", "U_rel——不确定度"]
    {
        assert!(is_symbol_line(text), "{text}");
    }
    for text in ["校准——在规定条件下", "应符合要求", "—— 第一项"] {
        assert!(!is_symbol_line(text), "{text}");
    }
}
