//! Amendment slips and corrigenda (修改单、勘误): what each of their items does to a clause, and the text as it reads with them.

use serde::{Deserialize, Serialize};

use crate::{
    clause::{Block, Clause, ClauseKind},
    keyed,
};

keyed! {
    /// What an item of a slip does, in the words of the practice (更改、补充、删除、改用新条文).
    SlipAct as "slip act" {
        /// Words give way to other words (更改).
        Change = "change",
        /// Words, or a clause of its own, are added (补充).
        Add = "add",
        /// The clause goes; its number stays (删除).
        Delete = "delete",
        /// The clause reads anew (改用新条文).
        Replace = "replace",
    }
}

/// One item of a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipItem {
    /// What it does.
    pub act: SlipAct,
    /// The clause it touches; of an added clause the one behind which it stands.
    pub clause: String,
    /// Number of an added clause; empty where words are added to a clause that is there.
    pub number: String,
    /// Heading of an added clause, or the new heading of one that reads anew; empty keeps what there is.
    pub heading: String,
    /// The words that give way.
    pub was: String,
    /// The new words.
    pub body: String,
}

/// What an item did to a clause of the reading view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Which slip, counted from 0 in the order given.
    pub slip: usize,
    /// What it did.
    pub act: SlipAct,
    /// How the clause read before; empty for an added one.
    pub before: String,
}

/// A clause as it reads with the slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The clause.
    pub clause: Clause,
    /// What was done to it, the earliest first.
    pub touches: Vec<Touch>,
}

/// The text with its slips, and what could not be put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The clauses in reading order.
    pub clauses: Vec<Merged>,
    /// Items whose clause or words are not in the text, as (slip, item), both counted from 0.
    pub astray: Vec<(usize, usize)>,
}

/// Puts the items of slips into a text, slip after slip in the order in which they came into force.
pub fn merge(clauses: &[Clause], slips: &[Vec<SlipItem>]) -> Reading {
    let fresh = |clause: &Clause| Merged { clause: clause.clone(), touches: Vec::new() };
    let mut reading = Reading { clauses: clauses.iter().map(fresh).collect(), astray: Vec::new() };
    for (slip, items) in slips.iter().enumerate() {
        for (place, item) in items.iter().enumerate() {
            if !apply(&mut reading.clauses, slip, item) {
                reading.astray.push((slip, place));
            }
        }
    }
    reading
}

/// A clause's name without spaces and the words around it: `第 5.2 条` is `5.2`.
fn bare(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = name.strip_prefix('第').unwrap_or(&name);
    let inner = inner.strip_suffix(['条', '章', '款']).unwrap_or(inner);
    if inner.is_empty() { name } else { inner.to_owned() }
}

/// Where a clause stands that somebody named.
pub fn place_of<'c>(mut clauses: impl Iterator<Item = &'c Clause>, name: &str) -> Option<usize> {
    let name = bare(name);
    clauses.position(|clause| bare(&clause.key) == name || bare(&clause.number) == name)
}

fn apply(clauses: &mut Vec<Merged>, slip: usize, item: &SlipItem) -> bool {
    let Some(at) = place_of(clauses.iter().map(|one| &one.clause), &item.clause) else {
        return false;
    };
    if item.act == SlipAct::Add && !item.number.is_empty() {
        add_clause(clauses, at, slip, item);
        return true;
    }
    let one = &mut clauses[at];
    let before = said(&one.clause);
    match item.act {
        SlipAct::Change => {
            if item.was.is_empty() || !change(&mut one.clause, &item.was, &item.body) {
                return false;
            }
        }
        SlipAct::Add => one.clause.blocks.push(Block::Words { text: item.body.clone() }),
        SlipAct::Delete => one.clause.blocks.clear(),
        SlipAct::Replace => {
            if !item.heading.is_empty() {
                one.clause.heading.clone_from(&item.heading);
            }
            // Tables and figures of their own stay where they stand; the words give way.
            one.clause.blocks.retain(|block| matches!(block, Block::Place { .. }));
            one.clause.blocks.insert(0, Block::Words { text: item.body.clone() });
        }
    }
    one.touches.push(Touch { slip, act: item.act, before });
    true
}

/// Heading and words of a clause.
fn said(clause: &Clause) -> String {
    let parts = [clause.heading.clone(), clause.plain()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn add_clause(clauses: &mut Vec<Merged>, at: usize, slip: usize, item: &SlipItem) {
    let anchor = &clauses[at].clause;
    let level = anchor.level;
    let inner = item.number.starts_with(&format!("{}.", anchor.number));
    // Behind everything that stands in the clause before it.
    let inside = clauses[at + 1..].iter().take_while(|one| one.clause.level > level).count();
    let clause = Clause {
        key: item.number.clone(),
        kind: match anchor.kind {
            ClauseKind::Annex => ClauseKind::Annex,
            _ => ClauseKind::Clause,
        },
        number: item.number.clone(),
        heading: item.heading.clone(),
        level: if inner { level.saturating_add(1) } else { level },
        blocks: vec![Block::Words { text: item.body.clone() }],
    };
    let touch = Touch { slip, act: SlipAct::Add, before: String::new() };
    clauses.insert(at + 1 + inside, Merged { clause, touches: vec![touch] });
}

/// Puts words in the place of others wherever they stand in a clause; whether they stood anywhere.
fn change(clause: &mut Clause, was: &str, new: &str) -> bool {
    let mut found = false;
    let mut put = |text: &mut String| {
        if text.contains(was) {
            found = true;
            *text = text.replace(was, new);
        }
    };
    put(&mut clause.heading);
    for block in &mut clause.blocks {
        match block {
            Block::Words { text }
            | Block::Note { text, .. }
            | Block::Formula { line: text, .. } => {
                put(text);
            }
            Block::Table { rows, .. } => {
                rows.iter_mut().flatten().for_each(|cell| put(&mut cell.text));
            }
            Block::Figure { .. } | Block::Place { .. } => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(number: &str, level: u8, words: &str) -> Clause {
        Clause {
            key: number.into(),
            kind: ClauseKind::Clause,
            number: number.into(),
            heading: format!("第{number}条标题"),
            level,
            blocks: vec![Block::Words { text: words.into() }],
        }
    }

    fn item(act: SlipAct, clause: &str, was: &str, body: &str) -> SlipItem {
        let (clause, was, body) = (clause.to_owned(), was.to_owned(), body.to_owned());
        SlipItem { act, clause, number: String::new(), heading: String::new(), was, body }
    }

    #[test]
    fn every_act_reads_in_its_clause_and_what_finds_no_place_is_told() {
        let text = [
            clause("5", 1, "总则。"),
            clause("5.1", 2, "环境温度为(20±5)℃。"),
            clause("5.2", 2, "湿度不大于85%。"),
            clause("6", 1, "检定周期一般不超过1年。"),
        ];
        let added = SlipItem {
            number: "5.3".into(),
            heading: "电源".into(),
            ..item(SlipAct::Add, "5.2", "", "电压为(220±22)V。")
        };
        let first = vec![
            item(SlipAct::Change, "第5.1条", "(20±5)℃", "(20±2)℃"),
            added,
            item(SlipAct::Change, "5.2", "没有这些字", "别的字"),
            item(SlipAct::Delete, "9.9", "", ""),
        ];
        let second = vec![
            item(SlipAct::Delete, "5.2", "", ""),
            item(SlipAct::Replace, "6", "", "检定周期一般不超过2年。"),
            item(SlipAct::Change, "5.1", "(20±2)℃", "(20±1)℃"),
        ];
        let read = merge(&text, &[first, second]);
        let names: Vec<&str> = read.clauses.iter().map(|one| one.clause.key.as_str()).collect();
        assert_eq!(names, ["5", "5.1", "5.2", "5.3", "6"]);
        assert_eq!(read.astray, [(0, 2), (0, 3)]);
        assert_eq!(read.clauses[1].clause.plain(), "环境温度为(20±1)℃。");
        let slips: Vec<usize> = read.clauses[1].touches.iter().map(|touch| touch.slip).collect();
        assert_eq!(slips, [0, 1]);
        assert!(read.clauses[1].touches[0].before.contains("(20±5)℃"));
        assert!(read.clauses[2].clause.blocks.is_empty() && read.clauses[2].clause.number == "5.2");
        assert_eq!((read.clauses[3].clause.level, read.clauses[3].touches.len()), (2, 1));
        assert_eq!(read.clauses[4].clause.plain(), "检定周期一般不超过2年。");
        assert!(read.clauses[0].touches.is_empty());
    }
}
