//! Gaps, repeats and doubtful headings.

use quanheng_domain::clause::{Block, ClauseKind, ClauseText, DoubtKind};

use crate::read_typed;

fn keys(text: &ClauseText) -> Vec<&str> {
    text.clauses.iter().map(|clause| clause.key.as_str()).collect()
}

fn doubts(text: &ClauseText) -> Vec<(&str, DoubtKind)> {
    text.doubts.iter().map(|doubt| (doubt.at.as_str(), doubt.kind)).collect()
}

fn clause<'a>(text: &'a ClauseText, key: &str) -> &'a quanheng_domain::clause::Clause {
    text.clauses.iter().find(|clause| clause.key == key).unwrap()
}

#[test]
fn an_outline_becomes_clauses_with_depth_and_kind() {
    let text = read_typed(
        "JJF 1001-2024\n引 言\n首次制定。\n1 范围\n本规范用于天线。\n5 计量特性\n5.1 误差\n5.1.1 误差不大于 2 dB。\n5.1.2 重复性\n附录A\n(资料性附录)\n记录格式\nA.1 格式\n参考文献\n[1] JJF 1001",
    );
    assert_eq!(
        keys(&text),
        ["封面", "引言", "1", "5", "5.1", "5.1.1", "5.1.2", "A", "A.1", "参考文献"]
    );
    let levels: Vec<u8> = text.clauses.iter().map(|clause| clause.level).collect();
    assert_eq!(levels, [1, 1, 1, 1, 2, 3, 3, 1, 2, 1]);
    assert_eq!(clause(&text, "A").heading, "(资料性附录) 记录格式");
    assert_eq!(
        (clause(&text, "5.1.1").heading.as_str(), clause(&text, "5.1.1").plain().as_str()),
        ("", "误差不大于 2 dB。")
    );
    assert_eq!(clause(&text, "引言").kind, ClauseKind::Front);
    assert_eq!(clause(&text, "A").kind, ClauseKind::Annex);
    assert_eq!(doubts(&text), [("5", DoubtKind::Gap)]);
}

#[test]
fn gaps_and_repeats_are_doubts_and_keys_stay_unique() {
    let text = read_typed(
        "1 范围\n2 概述\n2.1 甲\n2.3 乙\n2.3 丙\n表1 限值\n|a|b|\n表3 限值\n|c|d|\n表3 限值\n|e|f|",
    );
    assert_eq!(keys(&text), ["1", "2", "2.1", "2.3", "2.3#2", "表1", "表3", "表3#2"]);
    assert_eq!(
        doubts(&text),
        [
            ("2.3", DoubtKind::Gap),
            ("2.3#2", DoubtKind::Twice),
            ("表3", DoubtKind::Gap),
            ("表3#2", DoubtKind::Twice)
        ]
    );
}

#[test]
fn items_of_lists_that_count_from_one_again_are_text_with_a_doubt() {
    let text = read_typed("1 范围\n2 概述\n1 第一项\n2 第二项\n2.5 kg 的砝码\n3个月内");
    assert_eq!(keys(&text), ["1", "2"]);
    assert_eq!(clause(&text, "2").blocks.len(), 4);
    assert_eq!(doubts(&text), [("2", DoubtKind::MaybeText), ("2", DoubtKind::MaybeText)]);
}

#[test]
fn tables_formulas_and_figures_are_clauses_and_the_text_after_them_goes_on() {
    let text = read_typed(
        "5 要求\n应符合表1。\n表1 限值\n单位：mg\n|e|mpe|\n|---|---|\n|1|0.5|\n注：见 5。\n此外不应偏载。\nE = m_1 - m_2 (1)\n式中：\nm_1——质量;\n按下图。\n![砝码]\n图1 砝码\n6 方法",
    );
    assert_eq!(keys(&text), ["5", "表1", "式1", "图1", "6"]);
    let five: Vec<String> = clause(&text, "5")
        .blocks
        .iter()
        .map(|block| match block {
            Block::Place { key } => format!("@{key}"),
            block => block.plain(),
        })
        .collect();
    assert_eq!(five, ["应符合表1。", "@表1", "此外不应偏载。", "@式1", "按下图。"]);
    assert_eq!(clause(&text, "表1").blocks.len(), 3);
    assert_eq!(clause(&text, "式1").plain(), "E = m_1 - m_2\n式中：\nm_1——质量;");
    assert_eq!(clause(&text, "图1").blocks, [Block::Figure { about: "砝码".into() }]);
    assert_eq!(clause(&text, "图1").level, 2);
    assert!(text.doubts.iter().all(|doubt| doubt.kind == DoubtKind::Gap), "{:?}", text.doubts);
}

#[test]
fn captions_below_and_tables_that_go_on_find_their_table() {
    let text = read_typed(
        "1 范围\n|a|b|\n表1 限值\n2 引用文件\n表2 记录\n|a|b|\n续表2\n|c|d|\n表2（续）\n|e|f|\n表2给出了记录。\n|x|y|",
    );
    assert_eq!(keys(&text), ["1", "表1", "2", "表2"]);
    assert_eq!(clause(&text, "表1").blocks.len(), 1);
    assert_eq!(clause(&text, "表2").blocks.len(), 3);
    assert_eq!(doubts(&text), [("2", DoubtKind::Unnumbered)]);
}

#[test]
fn contents_are_left_out() {
    let text = read_typed(
        "目 次\n引言……………(Ⅱ)\n1 范围 ………… 1\n2 引用文件 1\n附录A 记录 ...... 12\n引言\n首次。\n1 范围\n用于。",
    );
    assert_eq!(keys(&text), ["引言", "1"]);
}

#[test]
fn counted_notes_stay_one_note() {
    let text = read_typed(
        "1 范围\n2 引用文件\n3 项目\n表1 项目\n|a|b|\n注：\n1 “+”为需检项目。\n2 “-”为不需检项目。\n4 方法",
    );
    assert_eq!(keys(&text), ["1", "2", "3", "表1", "4"]);
    let Block::Note { mark, text: words } = &clause(&text, "表1").blocks[1] else { panic!() };
    assert_eq!((mark.as_str(), words.as_str()), ("注", "1 “+”为需检项目。\n2 “-”为不需检项目。"));
}
