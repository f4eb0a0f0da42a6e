//! Takes in the table of comments and dispositions (征求意见汇总处理表, FM-08): known rows are settled, new ones entered as received on paper.
//!
//! A good row never waits for a bad one, and the same table twice changes nothing.

mod enter;
mod settle;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quanheng_db::rounds::{self, CommentRow};
use quanheng_domain::{
    comment::CommentSource,
    ids::{CommentId, RoundId},
    people::Actor,
};
use quanheng_tables::formats::{BadRow, Doubt, OpinionRow, Parsed, Reading, content_key};
use serde_json::json;

use super::case::{Case, not_yours};
use crate::{
    ActionError, Tx,
    document::may_know,
    names::fold,
    register::import::{Effect, ImportReport, RowReport},
};

/// A table for a round.
#[derive(Debug, Clone)]
pub struct ImportTable {
    /// The round.
    pub round: RoundId,
    /// How comments came that the table does not say it of: letter, mail or meeting.
    pub source: CommentSource,
    /// When they came, where the table does not say it.
    pub received_on: NaiveDate,
    /// Name of the file, for the ledger.
    pub file_name: String,
}

/// What the rows are measured against.
struct Known {
    case: Case,
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
        let mut known = Self {
            by_id: BTreeMap::new(),
            by_serial: BTreeMap::new(),
            by_content: BTreeMap::new(),
            case,
        };
        for row in rounds::confirmed_comments(tx.conn(), known.case.round.id)? {
            known.by_serial.insert(row.serial, row.id);
            known.by_content.entry(key_of(&row)).or_insert(row.id);
            known.by_id.insert(row.id, row);
        }
        Ok(known)
    }
}

/// Takes a table in and tells, row by row, what became of it.
///
/// # Errors
/// `NotFound` for rounds one may not know of, `Refused` to those who do not settle comments here; faults of rows are told, not raised.
pub fn import_table(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<OpinionRow>,
    command: &ImportTable,
) -> Result<ImportReport, ActionError> {
    let case = Case::of_round(tx, command.round)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    let mut known = Known::read(tx, case)?;
    let mut bad: Vec<BadRow> = reading.bad.clone();
    let targets = enter::enter(tx, actor, reading, command, &mut known, &mut bad)?;
    let mut settled = settle::Settled::default();
    let mut rows = Vec::new();
    for (parsed, target) in reading.rows.iter().zip(targets) {
        let Some((id, new)) = target else { continue };
        let changed = match settle::settle(tx, actor, &mut known, &parsed.value, id)? {
            Ok(changed) => changed,
            Err((column, reason, found)) => {
                bad.push(BadRow { line: parsed.line, column: Some(column), reason, found });
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
        rows.push(report(&known, parsed, id, new, changed.is_some()));
    }
    settled.record(tx, actor, &known.case)?;
    bad.sort_by_key(|bad| bad.line);
    let notes = reading.notes.iter().map(quanheng_tables::Note::message).collect();
    let report = ImportReport { dry_run: false, rows, bad, notes, also: BTreeMap::new() };
    if report.created() + report.changed() > 0 {
        let facts = json!({
            "round": command.round, "file": command.file_name, "created": report.created(),
            "changed": report.changed(), "bad": report.bad_lines(),
        });
        known.case.record(tx, actor, "table_imported", "", facts)?;
    }
    Ok(report)
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
    let words = &parsed.value.comment;
    // Our own printed table says the reason below the comment.
    let differs =
        |row: &&CommentRow| !words.is_empty() && !fold(words).starts_with(&fold(&row.body));
    if !new && stored.filter(differs).is_some() {
        let found = quanheng_tables::excerpt(words);
        doubts.push(Doubt {
            column: "comment",
            message_key: "import-doubt-comment-differs",
            found,
        });
    }
    if new && parsed.value.unit.is_empty() && parsed.value.author.is_empty() {
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
