//! Requirements, items, methods, columns, terms.

use super::*;

fn at(text: &[Clause], key: &str) -> usize {
    text.iter().position(|clause| clause.key == key).unwrap()
}

#[test]
fn the_matrix_of_a_verification_regulation() {
    let found = matrix(&regulation());
    assert_eq!(found.items_at.as_deref(), Some("表2"));
    assert_eq!(found.columns, ["首次检定", "后续检定", "使用中检查"]);
    let rows: Vec<String> = found
        .rows
        .iter()
        .map(|row| {
            let keys = |list: &[Named]| {
                list.iter().map(|named| named.key.clone()).collect::<Vec<_>>().join(",")
            };
            let cells = row.item.as_ref().map(|item| item.cells.join("")).unwrap_or_default();
            format!("{} {} {cells} {}", row.name, keys(&row.requirements), keys(&row.methods))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "外观要求 6.1 +++ 7.3.1",
            "结构要求 6.2 ++- 7.3.2",
            "示值重复性 5.2 +++ 7.3.3",
            "横梁不等臂性误差 5.3 ++- 7.3.4"
        ]
    );
}

#[test]
fn the_matrix_of_a_calibration_specification() {
    let found = matrix(&calibration());
    assert_eq!(found.items_at.as_deref(), Some("7.1"));
    let names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["外观及工作正常性检查", "确认系数"]);
    assert_eq!(found.rows[0].methods[0].key, "7.2");
    assert_eq!(found.rows[1].requirements[0].key, "5");
}

#[test]
fn holes_are_told() {
    let mut text = regulation();
    let method = at(&text, "7.3.3");
    text.remove(method);
    assert_eq!(of(CheckKind::ItemWithoutMethod, &text), [pair("表2", "示值重复性")]);
    let mut text = regulation();
    let requirement = at(&text, "5.2");
    text.remove(requirement);
    assert_eq!(of(CheckKind::ItemWithoutRequirement, &text), [pair("表2", "示值重复性")]);
    let mut text = regulation();
    let Block::Table { rows, .. } = &mut text[20].blocks[0] else { panic!("no table") };
    rows.remove(3);
    assert_eq!(of(CheckKind::RequirementWithoutItem, &text), [pair("5.2", "示值重复性")]);
    assert_eq!(of(CheckKind::RequirementWithoutMethod, &text), []);
    let mut text = regulation();
    text.insert(14, clause("5.4", "灵敏度", "灵敏度不小于规定值。"));
    assert_eq!(of(CheckKind::RequirementWithoutItem, &text), [pair("5.4", "灵敏度")]);
    assert_eq!(of(CheckKind::RequirementWithoutMethod, &text), [pair("5.4", "灵敏度")]);
    let mut text = regulation();
    text.insert(26, clause("7.3.6", "灵敏度", "加小砝码观察。"));
    assert_eq!(of(CheckKind::MethodWithoutItem, &text), [pair("7.3.6", "灵敏度")]);
    assert_eq!(of(CheckKind::MethodWithoutRequirement, &text), [pair("7.3.6", "灵敏度")]);
    let mut text = regulation();
    text.remove(20);
    text[19].blocks.clear();
    assert_eq!(of(CheckKind::ItemsMissing, &text).len(), 1);
}

#[test]
fn a_table_that_cites_clauses_is_followed_by_number() {
    let mut text = regulation();
    text[20] = table(
        "表2",
        "检定项目",
        &[
            "序号|检定项目|技术要求条款|检定方法条款|首次检定|后续检定|使用中检查",
            "1|甲|6.1|7.3.1|+|+|+",
            "2|乙|6.2|7.3.2|+|+|+",
            "3|丙|5.2|7.3.3|+|+|+",
            "4|丁|5.3|7.3.4|+|+|+",
        ],
    );
    let found = matrix(&text);
    assert_eq!(found.rows.len(), 4);
    assert_eq!(
        (found.rows[2].requirements[0].key.as_str(), found.rows[2].methods[0].key.as_str()),
        ("5.2", "7.3.3")
    );
    assert_eq!(told(Verification, &text), []);
}

#[test]
fn the_three_kinds_of_verification_have_columns() {
    let mut text = regulation();
    text[20] = table(
        "表2",
        "检定项目",
        &[
            "检定项目|首次检定|使用中检验",
            "外观|+|+",
            "结构|+|",
            "示值重复性|+|+",
            "横梁不等臂性误差|+|-",
        ],
    );
    assert_eq!(of(CheckKind::ColumnMissing, &text), [pair("表2", "后续检定")]);
    assert_eq!(of(CheckKind::CellEmpty, &text), [pair("表2", "结构")]);
}

#[test]
fn terms_twice_or_idle() {
    let mut text = regulation();
    text.insert(7, clause("3.1.3", "检定分度值 verification scale interval", "同上。"));
    text.insert(8, clause("3.1.4", "骑码", "放在标尺上的小砝码。"));
    assert_eq!(of(CheckKind::TermTwice, &text), [pair("3.1.3", "检定分度值")]);
    assert_eq!(of(CheckKind::TermUnused, &text), [pair("3.1.4", "骑码")]);
}
