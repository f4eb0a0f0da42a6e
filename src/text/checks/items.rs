//! The items of verification, calibration or evaluation (检定项目、校准项目): from their table, or from a list in words.

use quanheng_domain::clause::Cell;

use super::outline::{Outline, sentences, tight};

/// Rows of a table, and how many of them are headings.
pub(super) type Rows<'a> = (&'a [Vec<Cell>], usize);

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// Place of the clause that holds the table or list.
    pub(super) at: Option<usize>,
    /// Whether it is a table.
    pub(super) table: bool,
    /// Headings of the columns after the names.
    pub(super) columns: Vec<String>,
    /// Each name with its cells.
    pub(super) list: Vec<(String, Vec<String>)>,
}

/// Headings of the column that names the items.
const NAMES: &[&str] = &[
    "检定项目",
    "校准项目",
    "试验项目",
    "型式评价项目",
    "评价项目",
    "检查项目",
    "检测项目",
    "项目名称",
    "项目",
];
/// Headings of clauses that list them.
const LISTS: &[&str] = &["检定项目", "校准项目", "试验项目", "型式评价项目", "评价项目"];

pub(super) fn items(text: &Outline) -> Items {
    let tables =
        (0..text.clauses.len()).flat_map(|at| text.tables(at).map(move |table| (at, table)));
    let named = tables.filter_map(|(at, table)| {
        let caption = tight(&text.clauses[at].heading);
        let said = LISTS.iter().any(|name| caption.contains(name));
        read(at, table).map(|(strength, items)| (strength + 2 * usize::from(said), items))
    });
    // The strongest, and among equals the first.
    let mut best: Option<(usize, Items)> = None;
    for (strength, items) in named {
        if best.as_ref().is_none_or(|(other, _)| strength > *other) {
            best = Some((strength, items));
        }
    }
    best.filter(|(strength, _)| *strength > 1).map_or_else(|| in_words(text), |(_, items)| items)
}

/// A table whose first row has a column of items; how strongly it looks like the table of items.
fn read(at: usize, (rows, head): Rows) -> Option<(usize, Items)> {
    let first = rows.first()?;
    let headings: Vec<String> = columns(first);
    let (column, name) = headings.iter().enumerate().find_map(|(at, heading)| {
        NAMES.iter().find(|name| heading.contains(**name)).map(|name| (at, *name))
    })?;
    let kinds = ["首次", "后续", "使用中", "条款", "方法", "要求"];
    let strength = usize::from(LISTS.contains(&name))
        + headings.iter().filter(|heading| kinds.iter().any(|kind| heading.contains(kind))).count();
    let mut list = Vec::new();
    let mut above: Vec<u16> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let cells = placed(row, &mut above);
        let name = cells.get(column).cloned().unwrap_or_default();
        if at < head.max(1) || name.trim().is_empty() || headings.get(column) == Some(&tight(&name))
        {
            continue;
        }
        list.push((name.trim().replace('\n', ""), cells.into_iter().skip(column + 1).collect()));
    }
    let columns = headings.into_iter().skip(column + 1).collect();
    Some((strength, Items { at: Some(at), table: true, columns, list }))
}

/// The headings of the columns, one for each column that a cell covers.
fn columns(row: &[Cell]) -> Vec<String> {
    row.iter()
        .flat_map(|cell| {
            std::iter::repeat_n(tight(&cell.text), usize::from(cell.across.clamp(1, 64)))
        })
        .collect()
}

/// The cells of a row at their columns; those covered from above are empty.
fn placed(row: &[Cell], above: &mut Vec<u16>) -> Vec<String> {
    let mut found = Vec::new();
    let mut cells = row.iter();
    loop {
        let column = found.len();
        if let Some(more) = above.get_mut(column).filter(|more| **more > 0) {
            *more -= 1;
            found.push(String::new());
            continue;
        }
        let Some(cell) = cells.next() else { return found };
        for _ in 0..cell.across.clamp(1, 64) {
            let column = found.len();
            if above.len() <= column {
                above.resize(column + 1, 0);
            }
            above[column] = cell.down.saturating_sub(1);
            found.push(cell.text.clone());
        }
    }
}

/// Items that a clause of such a heading lists in words.
fn in_words(text: &Outline) -> Items {
    let lists = |at: &usize| {
        let heading = tight(&text.clauses[*at].heading);
        LISTS.iter().any(|name| heading.ends_with(name)) && text.headed(*at).next().is_none()
    };
    let Some(at) = (0..text.clauses.len()).find(lists) else { return Items::default() };
    let mut list = Vec::new();
    for sentence in text.within(at).flat_map(|at| sentences(&text.clauses[at]).into_iter().skip(1))
    {
        let told = sentence.rsplit(['：', ':']).next().unwrap_or(sentence);
        for piece in told.split(['、', '；', ';', '，', ',', '。', '\n']) {
            let name = unmarked(piece.trim());
            let refers = ["见", "按", "如", "应", "由"].iter().any(|word| name.contains(word));
            if (2..=20).contains(&name.chars().count()) && !refers {
                list.push((name.to_owned(), Vec::new()));
            }
        }
    }
    Items { at: Some(at), table: false, columns: Vec::new(), list }
}

/// A piece of a list without its mark: `a)`, `1)`, `(2)`, `—`.
fn unmarked(piece: &str) -> &str {
    let after = piece
        .find([')', '）'])
        .filter(|at| *at <= 4)
        .map_or(piece, |at| piece[at..].strip_prefix([')', '）']).unwrap_or(piece));
    after.trim_start_matches(['—', '-', '–', '•', '·', ' '])
}
