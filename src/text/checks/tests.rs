//! What each check says about invented texts, and what it leaves alone.

use std::collections::HashMap;

use proptest::prelude::*;
use quanheng_domain::{Keyed, check::Skeleton::*, clause::Block};

use super::*;
use crate::sample::{clause, formula, regulation, table};

mod citing;
mod covering;
mod measuring;

/// A register of a few numbers.
#[derive(Default)]
struct Register(HashMap<&'static str, Standing>);

impl Known for Register {
    fn status(&self, number: &str) -> Option<Standing> {
        self.0.get(number).cloned()
    }
}

fn in_force() -> Register {
    Register(HashMap::from([
        ("JJG 99-2022", Standing::InForce),
        ("JJF 1001-2011", Standing::InForce),
    ]))
}

/// Findings as rule, place and words.
fn told(kind: Skeleton, text: &[Clause]) -> Vec<(CheckKind, String, String)> {
    check(kind, text, &in_force()).into_iter().map(|f| (f.rule, f.at, f.words)).collect()
}

/// Only those of one rule, as place and words.
fn of(rule: CheckKind, text: &[Clause]) -> Vec<(String, String)> {
    told(Verification, text)
        .into_iter()
        .filter(|(found, ..)| *found == rule)
        .map(|(_, at, words)| (at, words))
        .collect()
}

fn pair(at: &str, words: &str) -> (String, String) {
    (at.to_owned(), words.to_owned())
}

/// A whole calibration specification.
fn calibration() -> Vec<Clause> {
    vec![
        clause("引言", "引言", "本规范为首次制定。"),
        clause("1", "范围", "本规范适用于三环天线的校准。"),
        clause("2", "引用文件", "JJF 1001—2011 通用计量术语及定义"),
        clause("3", "术语和计量单位", ""),
        clause("3.1", "确认系数", "参考电流与测得电流之比，用分贝(dB)表示。"),
        clause("4", "概述", "天线由三个大环组成，用语按 JJF 1001—2011。"),
        clause(
            "5",
            "计量特性",
            "确认系数与参考曲线之差一般不超过 ±2 dB；外观及工作正常性应满足使用。",
        ),
        clause("6", "校准条件", ""),
        clause("6.1", "环境条件", "温度 (23±5) ℃，相对湿度不大于 80 %。"),
        clause("6.2", "测量标准及其他设备", "信号源、接收机和巴伦-偶极子。"),
        clause("7", "校准项目和校准方法", ""),
        clause("7.1", "校准项目", "外观及工作正常性检查、确认系数。"),
        clause("7.2", "外观及工作正常性检查", "目视检查环体并通电。"),
        clause("7.3", "确认系数", "逐环放置偶极子并记录读数，按式(1)计算。"),
        formula("式1", "F = I_r - I_m"),
        clause("7.3.1", "", "式中：F——确认系数，dB；Ir——参考电流；Im——测得电流。"),
        clause("8", "校准结果表达", "证书给出各频率点的结果。"),
        clause("9", "复校时间间隔", "建议不超过 1 年。"),
        clause("A", "原始记录内页格式", ""),
        clause("B", "校准证书内页格式", ""),
        clause("C", "主要项目校准不确定度评定示例", ""),
    ]
}

#[test]
fn a_sound_text_gets_no_remark() {
    assert_eq!(told(Verification, &regulation()), []);
    assert_eq!(told(Calibration, &calibration()), []);
}

#[test]
fn an_empty_text_is_no_fault_of_the_checks() {
    for kind in Skeleton::ALL {
        assert!(check(*kind, &[], &Register::default()).iter().all(|f| f.at.is_empty()));
    }
    let strange = [clause("5", "", ""), clause("5#2", "", ""), table("表1", "", &[])];
    for kind in Skeleton::ALL {
        check(*kind, &strange, &Register::default());
    }
}

#[test]
fn every_finding_has_its_place_in_the_text() {
    let text = calibration();
    for kind in Skeleton::ALL {
        for finding in check(*kind, &text, &Register::default()) {
            assert!(text.iter().any(|clause| clause.key == finding.at), "{finding:?}");
        }
    }
}

#[test]
fn missing_chapters_are_told_where_they_should_stand() {
    let without = |key: &str| -> Vec<Clause> {
        regulation().into_iter().filter(|clause| clause.key != key).collect()
    };
    let rule = CheckKind::ChapterMissing;
    assert_eq!(of(rule, &without("1")), [pair("引言", "范围")]);
    assert_eq!(of(rule, &without("7.5")), [pair("7.4", "检定周期")]);
    assert_eq!(of(rule, &without("4")), [pair("3.2", "概述")]);
    assert_eq!(of(CheckKind::AnnexMissing, &without("B")), [pair("A", "证书内页格式")]);
}

#[test]
fn chapters_out_of_order_are_told() {
    let mut text = regulation();
    let scope = text.remove(1);
    text.insert(2, scope);
    let found: Vec<Finding> = check(Verification, &text, &in_force())
        .into_iter()
        .filter(|finding| finding.rule == CheckKind::ChapterOrder)
        .collect();
    assert_eq!(found.len(), 1);
    assert!(["范围", "引用文件"].contains(&found[0].args["chapter"].as_str()), "{found:?}");
}

#[test]
fn the_revised_rule_wants_other_names() {
    let found = told(VerificationRevised, &regulation());
    let rules: Vec<CheckKind> = found.iter().map(|(rule, ..)| *rule).collect();
    assert!(found.contains(&(CheckKind::ChapterMissing, "3.2".into(), "计量器具类别说明".into())));
    assert_eq!(rules.iter().filter(|rule| **rule == CheckKind::AnnexStatus).count(), 2);
    let mut text = regulation();
    text[8].heading = "计量器具类别说明".into();
    for annex in &mut text[30..] {
        annex.heading = format!("（资料性）{}", annex.heading);
    }
    assert_eq!(told(VerificationRevised, &text), []);
}

#[test]
fn other_kinds_have_chapters_of_their_own() {
    let of = |kind: Skeleton| -> Vec<String> {
        told(kind, &calibration())
            .into_iter()
            .filter(|(rule, ..)| *rule == CheckKind::ChapterMissing)
            .map(|(.., words)| words)
            .collect()
    };
    assert_eq!(of(Scheme), ["基准", "计量标准", "工作计量器具", "框图"]);
    assert!(of(TypeEvaluation).contains(&"法制管理要求".to_owned()));
    assert!(of(Verification).contains(&"计量器具控制".to_owned()));
}

fn odd_words() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "JJG",
        "JJF",
        "ＪＪＧ",
        "GB/T",
        "OIML R",
        "(",
        "（铁道）",
        ")",
        "99",
        "—2022",
        "-",
        " ",
        "\u{a0}",
        "10",
        "10.5",
        ".",
        "kg",
        "KG",
        "mmHg",
        "℃",
        "°F",
        "Å",
        "ppm",
        "/",
        "式中",
        "：",
        "I_1",
        "m_(标)",
        "——",
        "_",
        "^",
        "{",
        "}",
        "\\",
        "天平",
        "检定项目",
        "见表",
        "、",
        "。",
        "\n",
        "𝑥",
        "e\u{301}",
        "\u{200b}",
        "\u{202e}",
        "1)",
        "a）",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    fn odd_text()(parts in prop::collection::vec((odd_words(), odd_words(), 0..5_u8, prop::sample::select(vec!["引用文件", "术语", "计量性能要求", "检定方法", "检定项目", ""])), 0..12)) -> Vec<Clause> {
        parts.into_iter().enumerate().map(|(at, (heading, words, level, name))| {
            let mut made = clause(&format!("{}", at + 1), &format!("{heading}{name}"), &words);
            made.level = level;
            made.blocks.push(Block::Formula { line: words.clone(), picture: false });
            let cells = words.split('。').map(crate::sample::cell).collect::<Vec<_>>();
            made.blocks.push(Block::Table { rows: vec![cells, vec![crate::sample::cell(&heading)]], head: u16::from(level) });
            made
        }).collect()
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_checked(text in odd_text()) {
        for kind in Skeleton::ALL {
            for finding in check(*kind, &text, &Register::default()) {
                prop_assert!(finding.at.is_empty() == text.is_empty());
            }
        }
        matrix(&text);
    }
}
