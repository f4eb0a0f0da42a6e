//! Takes in tables of comments and dispositions (征求意见汇总处理表, FM-08): known rows are settled, new ones entered as received on paper.
//!
//! A good row never waits for a bad one: what cannot enter waits with its reason until somebody mends it or throws it away. The same
//! table twice changes nothing.

mod enter;
mod habit;
mod mend;
mod portion;
mod settle;
mod take;
mod told;
mod undo;

use std::collections::BTreeMap;

use quanheng_db::{
    comment_imports::{self, ImportLineRow, ImportRow},
    rounds::{self, CommentRow, RecipientRow},
};
use quanheng_domain::{
    clause::Clause,
    comment::ImportRowState,
    ids::{CommentId, ObjectId},
    people::Actor,
};
use quanheng_tables::{
    Matched, Row, Table,
    formats::{BadRow, Doubt, OpinionRow, Parsed, Reading, content_key},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::case::{Case, not_yours};
use crate::{
    ActionError, Tx,
    document::{may_know, place},
    names::fold,
    register::import::{Effect, ImportReport, RowReport},
};

pub use habit::{columns_of, said_of};
pub use mend::{MendRow, ThrowRow, mend_row, throw_row};
pub use portion::{Progress, Steps, enter_next};
pub use take::{MapColumns, TakeTable, TakenTable, map_columns, may_take, take_table};
pub use undo::{UndoTable, Undone, undo_table};

/// What is wrong with a row, or doubtful: column, sentence of `import.ftl`, and what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// Key of the column; none if the whole row is meant.
    pub column: Option<String>,
    /// Key of the sentence.
    pub reason: String,
    /// What stands in the file.
    pub found: String,
    /// Whether the row entered all the same.
    #[serde(default)]
    pub doubt: bool,
}

/// What the rows are measured against.
struct Known {
    case: Case,
    /// The draft by clause, if it was read.
    text: Vec<Clause>,
    /// Those who were asked.
    asked: Vec<RecipientRow>,
    /// The first of each folded name among them.
    asked_by_name: BTreeMap<String, ObjectId>,
    /// Comments by identity.
    by_id: BTreeMap<CommentId, CommentRow>,
    /// Identity by number.
    by_serial: BTreeMap<i32, CommentId>,
    /// Identity by what was said by whom.
    by_content: BTreeMap<String, CommentId>,
}

/// The key of a comment that is there, as a row of the table would have it.
fn key_of(row: &CommentRow) -> String {
    let parts = [&row.author_unit, &row.author_name, &row.clause, &row.body, &row.proposal];
    content_key(&parts.map(String::as_str))
}

impl Known {
    fn read(tx: &mut Tx<'_, '_>, case: Case) -> Result<Self, ActionError> {
        let (id, draft) = (case.round.id, case.round.document_id);
        let mut known = Self {
            text: place::text_of(tx.conn(), draft)?,
            asked: rounds::recipients_of(tx.conn(), id)?,
            asked_by_name: BTreeMap::new(),
            by_id: BTreeMap::new(),
            by_serial: BTreeMap::new(),
            by_content: BTreeMap::new(),
            case,
        };
        for line in known.asked.iter().filter(|line| !fold(&line.name).is_empty()) {
            known.asked_by_name.entry(fold(&line.name)).or_insert(line.id);
        }
        for row in rounds::confirmed_comments(tx.conn(), id)? {
            known.add(row);
        }
        Ok(known)
    }

    fn add(&mut self, row: CommentRow) {
        self.by_serial.insert(row.serial, row.id);
        self.by_content.entry(key_of(&row)).or_insert(row.id);
        self.by_id.insert(row.id, row);
    }
}

/// The case of a table for somebody who settles comments here.
fn case_for(tx: &mut Tx<'_, '_>, actor: &Actor, case: Case) -> Result<Case, ActionError> {
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    tx.lock(case.project.id.cast())?;
    Ok(case)
}

/// What came of the rows of a table.
struct Outcome {
    report: ImportReport,
    lines: Vec<ImportLineRow>,
}

/// Enters and settles the rows of a table and tells, row by row, what became of them.
fn run(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    import: &ImportRow,
    (table, matched): (&Table, &Matched),
    reading: Reading<OpinionRow>,
) -> Result<Outcome, ActionError> {
    let mut known = Known::read(tx, case.clone())?;
    let mut bad: Vec<BadRow> = reading.bad.clone();
    let targets = enter::enter(tx, actor, &reading, import, &mut known, &mut bad)?;
    let mut settled = settle::Settled::default();
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    // What was found on reading lies by line; what was found on settling is added to it.
    let mut of_line: BTreeMap<u64, Vec<RowFault>> = BTreeMap::new();
    for bad in &bad {
        of_line.entry(bad.line).or_default().push(fault(bad));
    }
    for (parsed, target) in reading.rows.iter().zip(targets) {
        let Some((id, new)) = target else { continue };
        let changed = match settle::settle(tx, actor, &mut known, &parsed.value, id)? {
            Ok(changed) => changed,
            Err((column, reason, found)) => {
                let one = BadRow { line: parsed.line, column: Some(column), reason, found };
                of_line.entry(one.line).or_default().push(fault(&one));
                bad.push(one);
                // A new comment has entered all the same; it waits for its disposition.
                if !new {
                    continue;
                }
                None
            }
        };
        if let Some(ruling) = &changed {
            settled.add(ruling, &known, id);
        }
        let told = report(&known, parsed, id, new, changed.is_some());
        lines.push(entered(import, &told, id, of_line.get(&parsed.line)));
        rows.push(told);
    }
    settled.record(tx, actor, &known.case)?;
    bad.sort_by_key(|bad| bad.line);
    rows.sort_by_key(|row: &RowReport| row.line);
    for line in &lines {
        of_line.remove(&u64::try_from(line.line).unwrap_or_default());
    }
    lines.extend(waiting(import, table, matched, of_line));
    let report =
        ImportReport { dry_run: false, rows, bad, notes: Vec::new(), also: BTreeMap::new() };
    Ok(Outcome { report, lines })
}

fn line_of(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

/// A row that entered, with what is doubtful about it.
fn entered(
    import: &ImportRow,
    told: &RowReport,
    id: CommentId,
    bad: Option<&Vec<RowFault>>,
) -> ImportLineRow {
    let doubt = |doubt: &Doubt| RowFault {
        column: Some(doubt.column.to_owned()),
        reason: doubt.message_key.to_owned(),
        found: doubt.found.clone(),
        doubt: true,
    };
    let mut faults: Vec<RowFault> = told.doubts.iter().map(doubt).collect();
    let of_row = bad.into_iter().flatten().cloned();
    faults.extend(of_row.map(|bad| RowFault { doubt: true, ..bad }));
    ImportLineRow {
        import_id: import.id,
        line: line_of(told.line),
        state: match told.effect {
            Effect::Created => ImportRowState::Entered,
            Effect::Changed { .. } => ImportRowState::Changed,
            Effect::Unchanged => ImportRowState::Unchanged,
        },
        comment_id: Some(id),
        cells: json!({}),
        faults: json!(faults),
        note: String::new(),
        decided_by: None,
        decided_at: None,
    }
}

fn fault(bad: &BadRow) -> RowFault {
    RowFault {
        column: bad.column.map(str::to_owned),
        reason: bad.reason.to_owned(),
        found: bad.found.clone(),
        doubt: false,
    }
}

/// The rows that could not enter, with their cells, so that they can be mended where they wait.
fn waiting(
    import: &ImportRow,
    table: &Table,
    matched: &Matched,
    of_line: BTreeMap<u64, Vec<RowFault>>,
) -> Vec<ImportLineRow> {
    let by_line: BTreeMap<u64, &Row> = table.rows.iter().map(|row| (row.line, row)).collect();
    let cells = |line: u64| -> Value {
        let row = by_line.get(&line);
        let cells: BTreeMap<&str, &str> = row
            .map(|row| matched.keys().map(|key| (key, matched.text(row, key).trim())).collect())
            .unwrap_or_default();
        json!(cells)
    };
    of_line
        .into_iter()
        .map(|(line, faults)| ImportLineRow {
            import_id: import.id,
            line: line_of(line),
            state: ImportRowState::Waiting,
            comment_id: None,
            cells: cells(line),
            faults: json!(faults),
            note: String::new(),
            decided_by: None,
            decided_at: None,
        })
        .collect()
}

/// Keeps what became of the rows; what somebody decided stays. Tells how many rows have come to wait.
fn keep(
    tx: &mut Tx<'_, '_>,
    import: &ImportRow,
    lines: &[ImportLineRow],
) -> Result<usize, ActionError> {
    let before: BTreeMap<i64, ImportLineRow> = comment_imports::lines(tx.conn(), import.id)?
        .into_iter()
        .map(|line| (line.line, line))
        .collect();
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for line in lines {
        match before.get(&line.line) {
            None => new.push(line.clone()),
            // That it entered once is what its sender asks about, not that it changes nothing now.
            Some(old) if old.decided_at.is_some() || line.state == ImportRowState::Unchanged => {}
            Some(old) if old == line => {}
            Some(_) => changed.push(line.clone()),
        }
    }
    comment_imports::save_lines(tx.conn(), &changed)?;
    comment_imports::insert_lines(tx.conn(), &new)?;
    Ok(new.iter().filter(|line| line.state == ImportRowState::Waiting).count())
}

fn report(
    known: &Known,
    parsed: &Parsed<OpinionRow>,
    id: CommentId,
    new: bool,
    changed: bool,
) -> RowReport {
    let mut doubts = parsed.doubts.clone();
    let stored = known.by_id.get(&id);
    let words = fold(&parsed.value.comment);
    // Our own printed table says the reason below the comment.
    let differs = |row: &&CommentRow| !words.is_empty() && !words.starts_with(&fold(&row.body));
    if !new && stored.filter(differs).is_some() {
        let found = quanheng_tables::excerpt(&parsed.value.comment);
        doubts.push(Doubt {
            column: "comment",
            message_key: "import-doubt-comment-differs",
            found,
        });
    }
    let nameless = |row: &CommentRow| row.author_unit.is_empty() && row.author_name.is_empty();
    if new && stored.is_some_and(nameless) {
        let found = String::new();
        doubts.push(Doubt { column: "unit", message_key: "import-doubt-unit-unknown", found });
    }
    let effect = match (new, changed) {
        (true, _) => Effect::Created,
        (false, true) => Effect::Changed { fields: vec!["disposition"] },
        (false, false) => Effect::Unchanged,
    };
    let name = stored.map(|row| format!("{} {}", row.serial, row.clause).trim().to_owned());
    RowReport { line: parsed.line, name: name.unwrap_or_default(), effect, doubts }
}
