//! The holes of the matrix of requirements, items and methods, and of the table of items (覆盖检查).

use quanheng_domain::check::{CheckKind, Skeleton};

use super::{
    Finding,
    items::Items,
    matrix::{Linked, MatrixRow},
    outline::Outline,
};

/// The holes of the matrix, and of the table of items.
pub(super) fn check(kind: Skeleton, text: &Outline) -> Vec<Finding> {
    let Linked { matrix, items } = Linked::new(text);
    let last = text.clauses.last().map_or("", |clause| clause.key.as_str());
    let Some(items_at) = items.at.filter(|_| !items.list.is_empty()) else {
        return vec![Finding::new(CheckKind::ItemsMissing, last, "")];
    };
    let place = &text.clauses[items_at].key;
    let mut found: Vec<Finding> = matrix.rows.iter().flat_map(|row| holes(row, place)).collect();
    if matches!(kind, Skeleton::Verification | Skeleton::VerificationRevised) {
        found.extend(kinds(&items, place));
    }
    found
}

fn holes(row: &MatrixRow, items: &str) -> Vec<Finding> {
    use CheckKind::*;
    let mut found = Vec::new();
    match (&row.item, row.requirements.first(), row.methods.first()) {
        (Some(_), requirement, method) => {
            if requirement.is_none() {
                found.push(Finding::new(ItemWithoutRequirement, items, &row.name));
            }
            if method.is_none() {
                found.push(Finding::new(ItemWithoutMethod, items, &row.name));
            }
        }
        (None, Some(requirement), method) => {
            found.push(Finding::new(RequirementWithoutItem, &requirement.key, &row.name));
            if method.is_none() {
                found.push(Finding::new(RequirementWithoutMethod, &requirement.key, &row.name));
            }
        }
        (None, None, Some(method)) => {
            found.push(Finding::new(MethodWithoutItem, &method.key, &row.name));
            found.push(Finding::new(MethodWithoutRequirement, &method.key, &row.name));
        }
        (None, None, None) => {}
    }
    found
}

/// The three kinds of verification that a table of items tells apart; in-use inspection has two names.
const KINDS: [&[&str]; 3] = [&["首次检定"], &["后续检定"], &["使用中检查", "使用中检验"]];

fn kinds(items: &Items, place: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for names in KINDS {
        let column = items
            .columns
            .iter()
            .position(|heading| names.iter().any(|name| heading.contains(name)));
        let Some(column) = column else {
            found.push(Finding::new(CheckKind::ColumnMissing, place, names[0]));
            continue;
        };
        let empty = items.list.iter().filter(|(_, cells)| {
            items.table && cells.get(column).is_none_or(|cell| cell.trim().is_empty())
        });
        found.extend(empty.map(|(name, _)| {
            Finding::new(CheckKind::CellEmpty, place, name).with("column", names[0])
        }));
    }
    found
}
