//! Wanted columns and the headers people write: own order, either language, any width, case and spacing.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::{
    Note, Row, Table, TableError,
    clean::{fold, tidy},
};

/// A column that a format knows.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its stable key, also the English header of exports.
    pub key: &'static str,
    /// Other headers that mean it, in Chinese and English.
    pub names: &'static [&'static str],
    /// Whether a file without it is refused.
    pub required: bool,
}

impl Column {
    /// The key of the column's name in `import.ftl`.
    pub fn message_key(&self) -> String {
        column_message_key(self.key)
    }
}

/// The key under which `import.ftl` names a column, from the column's own key.
pub fn column_message_key(key: &str) -> String {
    format!("import-column-{}", key.replace('_', "-"))
}

/// The columns of a format.
#[derive(Debug, Clone, Copy)]
pub struct Columns(pub &'static [Column]);

/// Where the wanted columns stand in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    places: Vec<(&'static str, usize)>,
}

impl Matched {
    /// The place of a column in the file, counted from 0.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == key).map(|&(_, place)| place)
    }

    /// The column that stands at a place.
    pub fn key_at(&self, place: usize) -> Option<&'static str> {
        self.places.iter().find(|&&(_, at)| at == place).map(|&(key, _)| key)
    }

    /// The columns that were found, in no particular order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.places.iter().map(|&(key, _)| key)
    }

    /// The text of a cell, empty where the file lacks the column.
    pub fn text<'r>(&self, row: &'r Row, key: &str) -> &'r str {
        self.place(key).map_or("", |place| row.cell(place))
    }
}

/// The headers of a format, folded once for many comparisons.
pub(crate) struct Lexicon(HashMap<String, &'static str>);

/// What a person said of the headings of a sender: the column that each means; an empty key leaves a heading aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(BTreeMap<String, String>);

impl Mapping {
    /// Says what a heading means; an empty key leaves it aside.
    pub fn say(&mut self, heading: &str, key: &str) {
        self.0.insert(tidy(heading).text, key.to_owned());
    }

    /// What was said of a heading.
    pub fn of(&self, heading: &str) -> Option<&str> {
        self.0.get(heading).map(String::as_str)
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what was said of further headings; what was said later holds.
    pub fn extend(&mut self, later: &Self) {
        self.0.extend(later.0.iter().map(|(heading, key)| (heading.clone(), key.clone())));
    }
}

impl Columns {
    pub(crate) fn lexicon(&self) -> Lexicon {
        self.lexicon_with(&Mapping::default())
    }

    /// The headings of the format with those that a person gave a meaning.
    pub(crate) fn lexicon_with(&self, mapping: &Mapping) -> Lexicon {
        let mut names = HashMap::new();
        for (heading, key) in &mapping.0 {
            if let Some(column) = self.0.iter().find(|column| column.key == key) {
                names.insert(fold(heading), column.key);
            }
        }
        for column in self.0 {
            for name in std::iter::once(&column.key).chain(column.names) {
                // An earlier column keeps a name that a later one also bears.
                names.entry(fold(name)).or_insert(column.key);
            }
        }
        Lexicon(names)
    }

    /// Finds the columns in a table's headers; adds notes on unknown and doubled ones, or lists all that are missing.
    pub fn find(&self, table: &mut Table) -> Result<Matched, TableError> {
        let (matched, notes) = self.assign(table, &Mapping::default());
        let missing = self.missing(&matched);
        if !missing.is_empty() {
            return Err(TableError::MissingColumns { missing, found: table.headers.clone() });
        }
        table.notes.extend(notes);
        Ok(matched)
    }

    /// Finds the columns in a table's headers by what a person said of them, else by their names; notes tell what was left aside.
    pub fn assign(&self, table: &Table, mapping: &Mapping) -> (Matched, Vec<Note>) {
        let lexicon = self.lexicon();
        let mut places: Vec<(&'static str, usize)> = Vec::new();
        let mut notes = Vec::new();
        for (place, header) in table.headers.iter().enumerate() {
            let said = mapping.of(header);
            let key = match said {
                Some(key) => self.0.iter().find(|column| column.key == key).map(|found| found.key),
                None => lexicon.meaning(header),
            };
            match key {
                Some(key) if places.iter().any(|&(known, _)| known == key) => {
                    notes.push(Note::HeaderTwice { header: header.clone() });
                }
                Some(key) => places.push((key, place)),
                None if header.is_empty() => {}
                None => notes.push(Note::UnknownColumn { header: header.clone() }),
            }
        }
        (Matched { places }, notes)
    }

    /// The needed columns that have no header.
    pub fn missing(&self, matched: &Matched) -> Vec<&'static str> {
        let needed = self.0.iter().filter(|column| column.required);
        needed
            .filter(|column| matched.place(column.key).is_none())
            .map(|column| column.key)
            .collect()
    }
}

impl Lexicon {
    /// How many columns the format has.
    pub(crate) fn columns(&self) -> usize {
        let mut keys: Vec<&str> = self.0.values().copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }

    /// How many different wanted columns a row names; the row that names most is the header.
    pub(crate) fn score(&self, cells: &[String]) -> usize {
        let mut met: Vec<&str> = cells.iter().filter_map(|cell| self.meaning(cell)).collect();
        met.sort_unstable();
        met.dedup();
        met.len()
    }

    /// The column a header means: as a whole, without its bracketed remark, or by one part of a bilingual header.
    pub(crate) fn meaning(&self, header: &str) -> Option<&'static str> {
        const LONGEST_HEADER: usize = 100;
        if header.chars().nth(LONGEST_HEADER).is_some() {
            return None;
        }
        self.exactly(header).or_else(|| self.exactly(&without_brackets(header))).or_else(|| {
            header.split(['/', '／', '\n', '|']).rev().find_map(|part| self.exactly(part))
        })
    }

    fn exactly(&self, header: &str) -> Option<&'static str> {
        self.0.get(&fold(header)).copied()
    }
}

/// A header without remarks such as （必填）.
fn without_brackets(header: &str) -> String {
    let mut depth = 0_usize;
    header
        .chars()
        .filter(|c| match c {
            '(' | '（' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | '）' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Columns = Columns(&[
        Column { key: "number", names: &["编号", "规程编号", "No."], required: true },
        Column { key: "title_zh", names: &["名称", "名称（中文）"], required: true },
        Column { key: "issued_on", names: &["发布日期"], required: false },
    ]);

    fn table(headers: &[&str]) -> Table {
        Table {
            headers: headers.iter().map(ToString::to_string).collect(),
            rows: vec![],
            notes: vec![],
        }
    }

    #[test]
    fn headers_are_met_in_any_order_width_and_language() {
        let mut own = table(&["备注", " 发布 日期（年月日）", "ＮＯ．", "名称\nTitle", "规程编号"]);
        let matched = WANTED.find(&mut own).unwrap();
        assert_eq!(
            (matched.place("number"), matched.place("title_zh"), matched.place("issued_on")),
            (Some(2), Some(3), Some(1))
        );
        assert_eq!(
            own.notes,
            [
                Note::UnknownColumn { header: "备注".into() },
                Note::HeaderTwice { header: "规程编号".into() }
            ]
        );
        let mut bracketed = table(&["Title_ZH", "Number"]);
        assert_eq!(WANTED.find(&mut bracketed).unwrap().place("title_zh"), Some(0));
    }

    #[test]
    fn all_missing_columns_are_listed_at_once() {
        let fault = WANTED.find(&mut table(&["甲", "发布日期"])).unwrap_err();
        assert_eq!(
            fault,
            TableError::MissingColumns {
                missing: vec!["number", "title_zh"],
                found: vec!["甲".into(), "发布日期".into()]
            }
        );
    }
}
