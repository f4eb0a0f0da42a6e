//! Settles comments as the rows of a table say, as far as the rules let them.

use std::collections::BTreeMap;

use quanheng_domain::{comment::Disposition, ids::CommentId, people::Actor, refusal::RefusalCode};
use quanheng_tables::formats::OpinionRow;
use serde_json::{Value, json};

use super::super::{
    case::Case,
    dispose::{self, Ruling},
};
use super::Known;
use crate::{ActionError, Tx};

/// What was given, or why not: column, reason, what was found.
type Given = Result<Option<Ruling>, (&'static str, &'static str, String)>;

/// Settles a comment as its row says; nothing where the row says nothing new.
pub fn settle(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    known: &mut Known,
    row: &OpinionRow,
    id: CommentId,
) -> Result<Given, ActionError> {
    let (Some(code), Some(stored)) = (row.disposition, known.by_id.get(&id)) else {
        return Ok(Ok(None));
    };
    let mut duplicate_of = None;
    if code == Disposition::Merged {
        let serial = row.merged_into.and_then(|serial| i32::try_from(serial).ok());
        duplicate_of = serial.and_then(|serial| known.by_serial.get(&serial)).copied();
        if duplicate_of.is_none() {
            let found = row.merged_into.map(|serial| serial.to_string()).unwrap_or_default();
            return Ok(Err(("merged_into", "import-bad-merged-into", found)));
        }
    }
    let ruling = Ruling {
        code,
        reason: row.disposition_reason.clone(),
        // An empty cell says nothing about the text.
        text_changed: row.text_changed.or(stored.text_changed),
        duplicate_of,
    };
    let same = stored.disposition == Some(code)
        && stored.disposition_reason.trim() == ruling.reason.trim()
        && stored.text_changed == ruling.text_changed
        && stored.duplicate_of == duplicate_of;
    if same || stored.disposition == Some(Disposition::Withdrawn) && code == Disposition::Withdrawn
    {
        return Ok(Ok(None));
    }
    let mut comment = stored.clone();
    match dispose::check(tx, actor, &known.case, &comment, &ruling) {
        Ok(()) => {}
        Err(error) => return refused(error, &ruling).map(Err),
    }
    dispose::apply(tx, actor, &known.case, &mut comment, &ruling)?;
    known.by_id.insert(id, comment);
    Ok(Ok(Some(ruling)))
}

/// A refusal of one row as a line of the report; what is no refusal stops the import.
fn refused(
    error: ActionError,
    ruling: &Ruling,
) -> Result<(&'static str, &'static str, String), ActionError> {
    match error {
        ActionError::Refused(refusal) if refusal.code == RefusalCode::DispositionReason => {
            Ok(("disposition_reason", "import-bad-reason-missing", String::new()))
        }
        ActionError::Refused(_) => Ok(("disposition", "import-bad-comment-settled", String::new())),
        ActionError::Invalid(faults) => {
            let merged = faults.iter().any(|fault| fault.field == "duplicate_of");
            Ok(if merged {
                ("merged_into", "import-bad-merged-into", String::new())
            } else {
                ("disposition", "import-bad-disposition", ruling.code.to_string())
            })
        }
        other => Err(other),
    }
}

/// Comments settled alike, so that the ledger tells each ruling once.
#[derive(Default)]
pub struct Settled(BTreeMap<String, (Ruling, Vec<Value>)>);

impl Settled {
    /// Adds a comment that was settled.
    pub fn add(&mut self, ruling: &Ruling, known: &Known, id: CommentId) {
        let key = format!(
            "{}\u{1f}{}\u{1f}{:?}\u{1f}{:?}",
            ruling.code, ruling.reason, ruling.text_changed, ruling.duplicate_of
        );
        let serial = known.by_id.get(&id).map(|row| row.serial);
        let (_, lines) = self.0.entry(key).or_insert_with(|| (ruling.clone(), Vec::new()));
        lines.push(json!({ "comment": id, "serial": serial }));
    }

    /// Writes one event for each ruling.
    pub fn record(
        self,
        tx: &mut Tx<'_, '_>,
        actor: &Actor,
        case: &Case,
    ) -> Result<(), ActionError> {
        for (ruling, lines) in self.0.into_values() {
            dispose::record(tx, actor, case, &ruling, &lines)?;
        }
        Ok(())
    }
}
