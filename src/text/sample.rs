//! Invented texts for tests, after the outlines of a calibration specification and of a verification regulation.

use quanheng_domain::clause::{Block, Cell, Clause, ClauseKind};

/// A clause of this key, with its words.
pub fn clause(key: &str, heading: &str, words: &str) -> Clause {
    let annex = key.starts_with(|first: char| first.is_ascii_uppercase());
    let dots = u8::try_from(key.matches('.').count()).unwrap();
    let (kind, number, level) = match key {
        _ if key.starts_with('表') => (ClauseKind::Table, key.to_owned(), 3),
        _ if key.starts_with('式') => (ClauseKind::Formula, format!("({})", &key[3..]), 3),
        _ if key.starts_with('图') => (ClauseKind::Figure, key.to_owned(), 3),
        _ if annex && dots == 0 => (ClauseKind::Annex, format!("附录{key}"), 1),
        _ if key.starts_with(|first: char| first.is_ascii_digit()) || annex => {
            (ClauseKind::Clause, key.to_owned(), 1 + dots)
        }
        _ => (ClauseKind::Front, String::new(), 1),
    };
    let blocks = words.lines().map(|text| Block::Words { text: text.into() }).collect();
    Clause { key: key.into(), kind, number, heading: heading.into(), level, blocks }
}

/// A cell of one row and one column.
pub fn cell(text: &str) -> Cell {
    Cell { text: text.into(), across: 1, down: 1 }
}

/// Rows of cells divided by `|`.
pub fn rows(lines: &[&str]) -> Vec<Vec<Cell>> {
    lines.iter().map(|line| line.split('|').map(|text| cell(text.trim())).collect()).collect()
}

/// A table clause with one heading row.
pub fn table(key: &str, caption: &str, lines: &[&str]) -> Clause {
    Clause { blocks: vec![Block::Table { rows: rows(lines), head: 1 }], ..clause(key, caption, "") }
}

/// A formula clause.
pub fn formula(key: &str, line: &str) -> Clause {
    Clause {
        blocks: vec![Block::Formula { line: line.into(), picture: false }],
        ..clause(key, "", "")
    }
}

/// A whole verification regulation.
pub fn regulation() -> Vec<Clause> {
    vec![
        clause(
            "引言",
            "引言",
            "本规程依据有关编写规则制定，是对上一版的修订，主要差异见编写说明。",
        ),
        clause("1", "范围", "本规程适用于机械天平的首次检定、后续检定和使用中检查。"),
        clause(
            "2",
            "引用文件",
            "本规程引用下列文件：\nJJG 99—2022 砝码\nJJF 1001—2011 通用计量术语及定义",
        ),
        clause("3", "术语和计量单位", ""),
        clause("3.1", "术语", ""),
        clause("3.1.1", "检定分度值", "用于划分天平等级的以质量单位表示的值。"),
        clause("3.1.2", "横梁不等臂性误差", "横梁两臂长度不等引起的示值之差。"),
        clause("3.2", "计量单位", "天平使用的质量单位为千克(kg)、克(g)和毫克(mg)。"),
        clause(
            "4",
            "概述",
            "机械天平按杠杆原理工作，分为双盘天平和单盘天平，以检定分度值划分等级，量值以砝码(JJG 99—2022)传递，术语按 JJF 1001—2011。",
        ),
        clause("5", "计量性能要求", ""),
        clause("5.1", "准确度等级", "天平按检定分度值和分度数划分为特种和高准确度两级。"),
        clause("5.2", "示值重复性", "同一载荷多次称量结果之差不超过 1 个分度值。"),
        clause("5.3", "横梁不等臂性误差", "横梁不等臂性误差不超过表 1 的规定。"),
        table("表1", "最大允许误差", &["等级|最大允许误差", "特种|3 分度", "高|5 分度"]),
        clause("6", "通用技术要求", ""),
        clause("6.1", "外观要求", "铭牌信息应完整，涂层应无脱落。"),
        clause("6.2", "结构要求", "开关机构应平稳，横梁摆动应自由。"),
        clause("7", "计量器具控制", ""),
        clause(
            "7.1",
            "检定条件",
            "检定时温度为 (18～26) ℃，温度波动不大于 1 ℃/h，相对湿度不大于 75 %。",
        ),
        clause("7.2", "检定项目", "检定项目见表 2。"),
        table(
            "表2",
            "检定项目一览表",
            &[
                "检定项目|首次检定|后续检定|使用中检查",
                "外观要求|+|+|+",
                "结构要求|+|+|-",
                "示值重复性|+|+|+",
                "横梁不等臂性误差|+|+|-",
            ],
        ),
        clause("7.3", "检定方法", ""),
        clause("7.3.1", "外观要求", "目视检查铭牌和涂层。"),
        clause("7.3.2", "结构要求", "反复开启和关闭，观察横梁摆动。"),
        clause("7.3.3", "示值重复性", "以同一砝码连续称量不少于 6 次，读取平衡位置。"),
        clause("7.3.4", "横梁不等臂性误差", "在两盘各加等量砝码，交换后再读，按式(1)计算。"),
        formula("式1", "Y = (I_1 + I_2) / 2 - I_0"),
        clause(
            "7.3.5",
            "计算",
            "式中：Y——横梁不等臂性误差；I_1、I_2——交换前后的平衡位置；I_0——空载平衡位置。",
        ),
        clause("7.4", "检定结果的处理", "检定合格的发给检定证书，不合格的发给检定结果通知书。"),
        clause("7.5", "检定周期", "检定周期一般不超过 1 年。"),
        clause("A", "检定记录格式", "记录格式见下表。"),
        clause("B", "检定证书内页格式", "内页格式由检定机构决定。"),
    ]
}
