//! Writing a part of the annual report, and confirming it.

use quanheng_db::reports::ReportRow;
use quanheng_domain::{
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    report::{PartText, ReportPart, Wording},
};
use serde_json::json;

use super::{committee, keep, open_report, parts_of};
use crate::{ActionError, NewEvent, Tx, limits};

/// A part of a report to be saved.
#[derive(Debug, Clone)]
pub struct Write {
    /// The committee.
    pub committee: CommitteeId,
    /// The year it is about.
    pub year: i32,
    /// The part.
    pub part: ReportPart,
    /// Its words; empty where the figures say all.
    pub text: String,
    /// Whether words and figures were found right.
    pub confirmed: bool,
    /// The version that was seen, zero for a report that was not begun.
    pub if_version: Option<i64>,
}

/// Saves a part of the report; begins the report when there is none.
///
/// # Errors
/// `Refused` for others than the secretariat or while the report is on its way, `Conflict` when somebody else wrote meanwhile,
/// `Invalid` for a text that is too long or a confirmed part without the words it needs, `NotFound` for a year to come.
pub fn write(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Write,
) -> Result<ReportRow, ActionError> {
    let committee = committee(tx, command.committee)?;
    let (mut row, is_new) = open_report(tx, actor, &committee, command.year, command.if_version)?;
    if let Some(fault) = fault(command) {
        return Err(ActionError::Invalid(vec![fault]));
    }
    let mut parts = parts_of(&row)?;
    let saved = PartText {
        text: command.text.trim().to_owned(),
        confirmed: command.confirmed,
        by: actor.label().to_owned(),
        at: Some(tx.now()),
    };
    parts.insert(command.part, saved);
    row.narratives = serde_json::to_value(&parts).map_err(ActionError::unwritable)?;
    keep(tx, actor, &mut row, is_new)?;
    tx.record(NewEvent::new(ObjectKind::Report, row.id.cast(), actor, "report_written").facts(
        json!({
            "committee": row.committee_id, "year": row.year, "part": command.part,
            "text": command.text.trim(), "confirmed": command.confirmed,
        }),
    ))?;
    Ok(row)
}

fn fault(command: &Write) -> Option<FieldFault> {
    let text = command.text.trim();
    if text.chars().count() > limits::REPORT_TEXT {
        return Some(limits::too_long("text", limits::REPORT_TEXT));
    }
    let silent = text.is_empty() && command.part.wording() == Wording::Must;
    (command.confirmed && silent).then(|| FieldFault::new("text", FaultCode::Missing))
}
