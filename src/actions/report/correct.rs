//! Correcting a computed figure of the annual report: beside it and explained, never over it.

use quanheng_db::reports::ReportRow;
use quanheng_domain::{
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    report::Correction,
};
use serde_json::json;

use super::{committee, corrections_of, keep, open_report};
use crate::{ActionError, NewEvent, Tx, limits};

/// The largest number that a figure may be corrected to.
pub const LARGEST: i64 = 1_000_000;

/// A correction to be made.
#[derive(Debug, Clone)]
pub struct Correct {
    /// The committee.
    pub committee: CommitteeId,
    /// The year it is about.
    pub year: i32,
    /// Key of the figure, from the set that the caller computes.
    pub figure: String,
    /// What the records give.
    pub computed: i64,
    /// The number that should stand; none withdraws the correction before.
    pub value: Option<i64>,
    /// Why.
    pub reason: String,
    /// The version that was seen, zero for a report that was not begun.
    pub if_version: Option<i64>,
}

/// Enters a correction after those that were made before.
///
/// # Errors
/// `Refused` for others than the secretariat or while the report is on its way, `Conflict`, `Invalid` without an explanation, with a number
/// that is none, or with nothing that would change.
pub fn correct(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Correct,
) -> Result<ReportRow, ActionError> {
    let committee = committee(tx, command.committee)?;
    let (mut row, is_new) = open_report(tx, actor, &committee, command.year, command.if_version)?;
    let mut all = corrections_of(&row)?;
    let before = all.iter().rev().find(|made| made.figure == command.figure);
    let faults = faults(command, before.and_then(|made| made.value));
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let made = Correction {
        figure: command.figure.clone(),
        computed: command.computed,
        value: command.value,
        reason: command.reason.trim().to_owned(),
        by: actor.label().to_owned(),
        at: tx.now(),
    };
    let facts = json!({
        "committee": row.committee_id, "year": row.year, "figure": made.figure,
        "computed": made.computed, "value": made.value,
    });
    let note = made.reason.clone();
    all.push(made);
    row.corrections = serde_json::to_value(&all).map_err(ActionError::unwritable)?;
    keep(tx, actor, &mut row, is_new)?;
    tx.record(
        NewEvent::new(ObjectKind::Report, row.id.cast(), actor, "report_corrected")
            .note(&note)
            .facts(facts),
    )?;
    Ok(row)
}

fn faults(command: &Correct, before: Option<i64>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let stands = before.unwrap_or(command.computed);
    match command.value {
        Some(value) if !(0..=LARGEST).contains(&value) => faults.push(FieldFault {
            bound: Some(LARGEST),
            ..FieldFault::new("value", FaultCode::NotACount)
        }),
        Some(value) if value == stands => {
            faults.push(FieldFault::new("value", FaultCode::Unchanged));
        }
        None if before.is_none() => faults.push(FieldFault::new("value", FaultCode::Missing)),
        _ => {}
    }
    let length = command.reason.trim().chars().count();
    if length == 0 {
        faults.push(FieldFault::new("reason", FaultCode::Missing));
    } else if length > limits::NOTE {
        faults.push(limits::too_long("reason", limits::NOTE));
    }
    faults
}
