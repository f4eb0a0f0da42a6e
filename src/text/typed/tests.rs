//! Typed text there and back.

use proptest::prelude::*;
use quanheng_domain::clause::{Block, Cell, ClauseText};

use super::{cells, read_typed, write_typed};

fn round(text: &ClauseText) {
    let written = write_typed(text);
    let again = read_typed(&written);
    assert_eq!(again.clauses, text.clauses, "written as:\n{written}");
}

#[test]
fn what_a_person_types_is_written_back_as_it_was() {
    let typed = "引言\n首次制定。\n\n1 范围\n本规范用于天线。\n\n5 计量特性\n5.1 误差\n5.1.1 误差不大于 2 dB。\n表1 限值\n| e | mpe |\n|---|\n| 1 | 0.5 |\n注：见 5。\n此外不应偏载。\n$ E = m_1 (1)\n式中：\n";
    let text = read_typed(typed);
    assert_eq!(write_typed(&text), typed);
    round(&text);
}

#[test]
fn signs_say_what_the_machine_would_see_wrongly() {
    let text = read_typed(
        "1 范围\n\\2 概述\n# 2 概述是一个句子。\n## 附加说明\n\\\\x\n一行\\\n第二行\n末尾\\\\\n$ f = g (4) ()\n$! (2)\n![x]\\\\]",
    );
    let keys: Vec<&str> = text.clauses.iter().map(|clause| clause.key.as_str()).collect();
    assert_eq!(keys, ["1", "2", "附加说明", "式2"]);
    assert_eq!(text.clauses[0].plain(), "2 概述");
    assert_eq!(text.clauses[1].heading, "概述是一个句子。");
    assert_eq!(
        (text.clauses[2].level, text.clauses[2].blocks[..3].to_vec()),
        (
            2,
            ["\\x", "一行\n第二行", "末尾\\"]
                .map(|text| Block::Words { text: text.into() })
                .to_vec()
        )
    );
    assert!(
        text.clauses[2]
            .blocks
            .contains(&Block::Formula { line: "f = g (4)".into(), picture: false })
    );
    round(&text);
}

#[test]
fn merged_cells_are_written_with_marks() {
    let cell = |text: &str, across, down| Cell { text: text.into(), across, down };
    let rows = vec![
        vec![cell("a", 2, 2), cell("b|\n\\", 1, 1), cell("", 1, 3)],
        vec![cell("<", 1, 1)],
        vec![cell("^", 1, 1), cell("---", 2, 1)],
    ];
    let written = cells::write(&rows, 2);
    assert_eq!(
        written,
        "| a | < | b\\|\\n\\\\ |  |\n| ^ | < | \\< | ^ |\n|---|\n| \\^ | \\--- | < | ^ |"
    );
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(cells::read(&lines), (rows, 2));
}

#[test]
fn marks_that_lead_nowhere_are_empty_cells() {
    let (rows, head) = cells::read(&["| ^ | < | x", "|"]);
    assert_eq!((rows.len(), head, rows[0].len()), (2, 0, 2));
    assert_eq!(rows[0][0].across, 2);
}

/// Lines as people and accidents write them.
fn line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "范围",
        "1",
        "2",
        "3",
        "1.1",
        "1.2",
        "2.1",
        "A.1",
        "附录A",
        "附录B",
        "附 录 C",
        "表1",
        "表2",
        "续表1",
        "图1",
        "式中：",
        "注：",
        "注1：",
        "示例：",
        "(1)",
        "（2）",
        "E = m",
        "m——质量",
        "。",
        ";",
        "引言",
        "目次",
        "参考文献",
        "\\",
        "\\\\",
        "#",
        "##",
        "$",
        "$!",
        "|",
        "<",
        "^",
        "---",
        "|a|b|",
        "![x]",
        "]",
        "\t",
        " ",
        " ",
        "…",
        "0.5 mg",
        "第三章",
        "(规范性附录)",
        "单位：mg",
        "⁽¹⁾",
        "()",
        "1)",
        "5 个",
        "计量性能要求",
        "应符合表1的规定",
        "（续）",
        "(续)",
        "a",
        "\u{200b}",
        "2 x",
    ]);
    prop::collection::vec(word, 0..6).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clauses_that_were_written_are_read_as_the_same(lines in prop::collection::vec(line(), 0..16)) {
        round(&read_typed(&lines.join("\n")));
    }

    #[test]
    fn any_text_is_read_and_written(text in "\\PC{0,200}|[\\x00-\\x7f\\n]{0,200}") {
        round(&read_typed(&text));
    }
}
