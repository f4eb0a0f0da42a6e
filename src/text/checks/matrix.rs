//! Requirements, items and methods of a text side by side, so that the holes show (要求—项目—方法对照).

use quanheng_domain::clause::{Clause, ClauseKind};
use serde::{Deserialize, Serialize};

use super::{
    items::{Items, items},
    names::{bare, best},
    outline::{Outline, tight},
};

/// Requirements, items and methods side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// Key of the clause that holds the table or list of items; none when there is none.
    pub items_at: Option<String>,
    /// Headings of the columns of that table after the names, such as 首次检定.
    pub columns: Vec<String>,
    /// One row for each item, then for each requirement without item, then for each method without item.
    pub rows: Vec<MatrixRow>,
}

/// A property with what is required of it, and how it is tested.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Name of the property.
    pub name: String,
    /// Clauses that require something of it.
    pub requirements: Vec<Named>,
    /// Its row in the table of items.
    pub item: Option<MatrixItem>,
    /// Clauses that test it.
    pub methods: Vec<Named>,
}

/// A clause by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Key of the clause.
    pub key: String,
    /// Its number and heading; for a row of a table of requirements, the row's name.
    pub title: String,
}

/// A row of the table of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixItem {
    /// Key of the clause that holds the table.
    pub at: String,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
}

/// Chapters that require something.
const REQUIREMENTS: &[&str] =
    &["计量性能要求", "计量特性", "计量要求", "通用技术要求", "技术要求", "法制管理要求"];
/// Chapters and sections that describe methods.
const METHODS: &[&str] = &["检定方法", "校准方法", "试验方法", "试验项目的试验"];
/// Headings among requirements that nobody tests, and headings among methods that test nothing.
const NOT_TESTED: &[&str] = &[
    "准确度等级",
    "等级划分",
    "分类",
    "分级",
    "总则",
    "概述",
    "一般要求",
    "通则",
    "一般规定",
    "参考工作条件",
    "额定工作条件",
];
const NOT_TESTING: &[&str] = &[
    "准备",
    "预热",
    "计算",
    "数据处理",
    "一般要求",
    "总则",
    "通则",
    "项目",
    "条件",
    "设备",
    "结果处理",
    "合格判据",
    "注意事项",
    "安装",
];

/// A requirement or a method: its clause, what it is called, and its bare name.
struct Part {
    at: usize,
    title: String,
}

/// The matrix of a text.
pub fn matrix(text: &[Clause]) -> Matrix {
    Linked::new(&Outline::new(text)).matrix
}

/// The matrix, and what the checks need beside it.
pub(super) struct Linked {
    pub(super) matrix: Matrix,
    pub(super) items: Items,
}

impl Linked {
    pub(super) fn new(text: &Outline) -> Self {
        let (requirements, methods, items) = (requirements(text), methods(text), items(text));
        let bares = |parts: &[Part]| parts.iter().map(|part| bare(&part.title)).collect::<Vec<_>>();
        let (required, tested) = (bares(&requirements), bares(&methods));
        let named = |part: &Part| {
            let clause = &text.clauses[part.at];
            let own = part.title == clause.heading;
            let title = if own { clause.title() } else { part.title.clone() };
            Named { key: clause.key.clone(), title }
        };
        let (mut used, mut tests) = (vec![false; requirements.len()], vec![false; methods.len()]);
        let mut rows = Vec::new();
        for (name, cells) in &items.list {
            let short = bare(name);
            let ours = cited(text, cells, &requirements, best(&short, &required));
            let theirs = cited(text, cells, &methods, best(&short, &tested));
            ours.iter().for_each(|at| used[*at] = true);
            theirs.iter().for_each(|at| tests[*at] = true);
            let mut found: Vec<Named> = ours.iter().map(|at| named(&requirements[*at])).collect();
            if found.is_empty() {
                found.extend(in_prose(text, &short));
            }
            let at = items.at.map_or(String::new(), |at| text.clauses[at].key.clone());
            let item = Some(MatrixItem { at, cells: cells.clone() });
            let methods = theirs.iter().map(|at| named(&methods[*at])).collect();
            rows.push(MatrixRow { name: name.clone(), requirements: found, item, methods });
        }
        for (at, part) in requirements.iter().enumerate().filter(|(at, _)| !used[*at]) {
            let fitting = best(&required[at], &tested);
            fitting.iter().for_each(|at| tests[*at] = true);
            let methods = fitting.iter().map(|at| named(&methods[*at])).collect();
            let requirements = vec![named(part)];
            rows.push(MatrixRow { name: part.title.clone(), requirements, item: None, methods });
        }
        // A method below or above one that serves is part of it.
        let kin = |one: usize, other: usize| {
            text.within(one).contains(&other) || text.within(other).contains(&one)
        };
        for at in 0..methods.len() {
            let part = &methods[at];
            if !(0..methods.len()).any(|other| tests[other] && kin(methods[other].at, part.at)) {
                let methods = vec![named(part)];
                rows.push(MatrixRow { name: part.title.clone(), methods, ..MatrixRow::default() });
            }
        }
        let items_at = items.at.map(|at| text.clauses[at].key.clone());
        let matrix = Matrix { items_at, columns: items.columns.clone(), rows };
        Self { matrix, items }
    }
}

/// What a row of the table cites by clause number, else what fits by name.
fn cited(text: &Outline, cells: &[String], parts: &[Part], named: Vec<usize>) -> Vec<usize> {
    let keys: Vec<&str> = cells
        .iter()
        .flat_map(|cell| {
            cell.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.'))
        })
        .filter(|key| key.contains('.') || key.len() == 1)
        .collect();
    let by_number: Vec<usize> = (0..parts.len())
        .filter(|at| keys.contains(&text.clauses[parts[*at].at].key.as_str()))
        .collect();
    if by_number.is_empty() { named } else { by_number }
}

/// A chapter of requirements without headings of its own that speaks of the property.
fn in_prose(text: &Outline, name: &str) -> Vec<Named> {
    if name.chars().count() < 2 {
        return Vec::new();
    }
    let chapters = requirement_chapters(text);
    let speaks = |at: &usize| bare(&tight(&text.clauses[*at].plain())).contains(name);
    chapters
        .into_iter()
        .flat_map(|chapter| text.within(chapter))
        .filter(speaks)
        .map(|at| Named { key: text.clauses[at].key.clone(), title: text.clauses[at].title() })
        .take(1)
        .collect()
}

fn requirement_chapters(text: &Outline) -> Vec<usize> {
    let holds = |heading: &str| REQUIREMENTS.iter().any(|name| heading.contains(name));
    text.chapters()
        .filter(|(_, clause)| clause.kind == ClauseKind::Clause && holds(&tight(&clause.heading)))
        .map(|(at, _)| at)
        .collect()
}

/// Headings without headings below them, and the rows of tables that list requirements.
fn requirements(text: &Outline) -> Vec<Part> {
    let mut found = Vec::new();
    for chapter in requirement_chapters(text) {
        let mut listed = false;
        for at in text.headed(chapter) {
            let heading = &text.clauses[at].heading;
            if text.headed(at).next().is_some() || excused(heading, NOT_TESTED) {
                continue;
            }
            listed = true;
            found.push(Part { at, title: heading.clone() });
        }
        if listed {
            continue;
        }
        for at in text.within(chapter) {
            for (rows, head) in text.tables(at) {
                found.extend(rows_of(rows, head).map(|title| Part { at, title }));
            }
        }
    }
    found
}

/// The names in the first column of a table whose heading says that it lists properties.
fn rows_of(
    rows: &[Vec<quanheng_domain::clause::Cell>],
    head: usize,
) -> impl Iterator<Item = String> {
    let heading = rows.first().and_then(|row| row.first()).map(|cell| tight(&cell.text));
    let lists = heading.is_some_and(|heading| {
        ["项目", "特性", "参数", "名称", "指标"].iter().any(|word| heading.contains(word))
    });
    let names = rows.iter().skip(head.max(1)).filter_map(|row| row.first());
    names
        .map(|cell| cell.text.trim().replace('\n', ""))
        .filter(move |name| lists && name.chars().count() >= 2 && !excused(name, NOT_TESTED))
}

/// Headed clauses below the sections that describe methods.
fn methods(text: &Outline) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for at in 0..text.clauses.len() {
        let clause = &text.clauses[at];
        let section = clause.kind == ClauseKind::Clause
            && METHODS.iter().any(|name| tight(&clause.heading).contains(name))
            // A method of a single property may be called so too: 示值误差的检定方法.
            && (text.parent(at).is_none() || METHODS.iter().any(|name| tight(&clause.heading) == *name));
        if !section || found.iter().any(|part| part.at == at) {
            continue;
        }
        let headed = text.headed(at).filter(|at| !excused(&text.clauses[*at].heading, NOT_TESTING));
        found.extend(headed.map(|at| Part { at, title: text.clauses[at].heading.clone() }));
    }
    found.sort_by_key(|part| part.at);
    found.dedup_by_key(|part| part.at);
    found
}

fn excused(heading: &str, names: &[&str]) -> bool {
    let heading = tight(heading);
    names.iter().any(|name| heading.contains(name))
}
