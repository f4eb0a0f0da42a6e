//! The annual report of a committee (FM-23): written by the secretary, signed by the chair, submitted, accepted or returned by the officer.

use std::collections::BTreeMap;

use quanheng_db::{
    register::{self, CommitteeRow},
    reports::{self, ReportRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, Owners, Party},
    records::ReportState,
    refusal::{Refusal, RefusalCode},
};
use serde_json::{Value, json};

use crate::{ActionError, NewEvent, Tx, committee::seats, tell};

/// The narrative boxes of the report (FM-23).
pub const NARRATIVES: &[&str] = &[
    "field_trends",
    "text_system",
    "work",
    "results_problems",
    "next_year",
    "sub_committees",
    "money",
    "proposals",
];

/// A report to be written.
#[derive(Debug, Clone)]
pub struct Write {
    /// The committee.
    pub committee: CommitteeId,
    /// The year it is about.
    pub year: i32,
    /// The texts by box.
    pub narratives: BTreeMap<String, String>,
    /// Corrections of figures: figure, number, explanation; a correction without explanation is refused.
    pub corrections: Vec<Correction>,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// A correction of a computed figure; the computed one stays visible beside it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Correction {
    /// Key of the figure.
    pub figure: String,
    /// The number that should stand.
    pub value: i64,
    /// Why.
    pub reason: String,
}

/// A step of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The secretary hands it to the chair.
    HandToChair,
    /// The chair signs.
    Sign,
    /// The chair or secretary submits the signed report.
    Submit,
    /// The officer accepts.
    Accept,
    /// The officer returns it.
    Return,
}

fn parties(actor: &Actor, committee: &CommitteeRow) -> std::collections::BTreeSet<Party> {
    actor.parties(&Owners {
        project: None,
        committee: Some(committee.id),
        authority: committee.authority_id,
    })
}

fn not_yours(who: Party) -> ActionError {
    Refusal::new(RefusalCode::NotYours).with("who", who).into()
}

/// Writes the report; begins it when there is none.
///
/// # Errors
/// `Refused` for others than the secretariat or once it was signed, `Conflict` when somebody else wrote meanwhile, `Invalid`.
pub fn write(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Write,
) -> Result<ReportRow, ActionError> {
    let committee =
        register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    if !parties(actor, &committee).contains(&Party::Secretariat) {
        return Err(not_yours(Party::Secretariat));
    }
    let faults = faults(command);
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let narratives = serde_json::to_value(&command.narratives).map_err(ActionError::unwritable)?;
    let corrections =
        serde_json::to_value(&command.corrections).map_err(ActionError::unwritable)?;
    let now = tx.now();
    let written_by = actor.person().map(|person| person.person);
    let row = match reports::find(tx.conn(), command.committee, command.year)? {
        None => {
            let row = ReportRow {
                id: tx.id(),
                version: 1,
                committee_id: command.committee,
                year: command.year,
                state: ReportState::Draft,
                figures: Value::Null,
                narratives,
                corrections,
                written_by,
                signed_by: None,
                signed_at: None,
                submitted_at: None,
                decided_by: None,
                decided_at: None,
                decision_note: String::new(),
                updated_at: now,
            };
            reports::insert(tx.conn(), &row)?;
            row
        }
        Some(mut row) => {
            if command.if_version.is_some_and(|seen| seen != row.version) {
                return Err(ActionError::Conflict);
            }
            if !matches!(
                row.state,
                ReportState::Draft | ReportState::Returned | ReportState::ToSign
            ) {
                return Err(Refusal::new(RefusalCode::ReportNotHere)
                    .with("state", row.state)
                    .into());
            }
            row.narratives = narratives;
            row.corrections = corrections;
            row.written_by = written_by;
            row.updated_at = now;
            save(tx, &mut row)?;
            row
        }
    };
    tx.record(
        NewEvent::new(ObjectKind::Report, row.id.cast(), actor, "report_written")
            .facts(json!({ "committee": row.committee_id, "year": row.year, "corrections": command.corrections })),
    )?;
    Ok(row)
}

fn save(tx: &mut Tx<'_, '_>, row: &mut ReportRow) -> Result<(), ActionError> {
    if reports::save(tx.conn(), row)? { Ok(()) } else { Err(ActionError::Conflict) }
}

fn faults(command: &Write) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (name, text) in &command.narratives {
        if !NARRATIVES.contains(&name.as_str()) {
            faults.push(FieldFault::new(name.as_str(), FaultCode::NotAsked));
        } else if text.chars().count() > 20_000 {
            faults.push(FieldFault {
                bound: Some(20_000),
                ..FieldFault::new(name.as_str(), FaultCode::TooLong)
            });
        }
    }
    for correction in
        command.corrections.iter().filter(|correction| correction.reason.trim().is_empty())
    {
        faults.push(FieldFault::new(format!("reason-{}", correction.figure), FaultCode::Missing));
    }
    faults
}

/// Takes a step with a report. `figures` are the computed ones; they are frozen into the report when the chair signs.
///
/// # Errors
/// `Refused` for the wrong party or state, `Invalid` for a return without reason, `Conflict`.
pub fn step(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    committee: CommitteeId,
    year: i32,
    step: Step,
    note: &str,
    figures: Value,
) -> Result<(), ActionError> {
    let committee = register::committee(tx.conn(), committee)?.ok_or(ActionError::NotFound)?;
    let mut row = reports::find(tx.conn(), committee.id, year)?.ok_or(ActionError::NotFound)?;
    let (from, to, who, key): (&[ReportState], _, _, _) = match step {
        Step::HandToChair => (
            &[ReportState::Draft, ReportState::Returned],
            ReportState::ToSign,
            Party::Secretariat,
            NoticeKey::ReportToSign,
        ),
        Step::Sign => {
            (&[ReportState::ToSign], ReportState::Signed, Party::Chair, NoticeKey::ReportToSign)
        }
        Step::Submit => (
            &[ReportState::Signed],
            ReportState::Submitted,
            Party::Secretariat,
            NoticeKey::ReportSubmitted,
        ),
        Step::Accept => (
            &[ReportState::Submitted],
            ReportState::Accepted,
            Party::Officer,
            NoticeKey::ReportAccepted,
        ),
        Step::Return => (
            &[ReportState::Submitted],
            ReportState::Returned,
            Party::Officer,
            NoticeKey::ReportReturned,
        ),
    };
    if !parties(actor, &committee).contains(&who) {
        return Err(not_yours(who));
    }
    if !from.contains(&row.state) {
        return Err(Refusal::new(RefusalCode::ReportNotHere).with("state", row.state).into());
    }
    if step == Step::Return && note.trim().is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("note", FaultCode::Missing)]));
    }
    let before = row.state;
    apply(tx, actor, &mut row, step, note, figures);
    row.state = to;
    row.updated_at = tx.now();
    save(tx, &mut row)?;
    let (before, after) = (before.to_string(), to.to_string());
    let event = tx.record(NewEvent {
        stages: Some((&before, &after)),
        ..NewEvent::new(ObjectKind::Report, row.id.cast(), actor, "report_step")
            .note(note.trim())
            .facts(json!({ "committee": committee.id, "year": year }))
    })?;
    if step == Step::Sign {
        return Ok(());
    }
    let about = tell::About {
        object_kind: ObjectKind::Report,
        object_id: row.id.cast(),
        ..seats::about(&committee)
    };
    let facts = NoticeFacts {
        path: format!(
            "/reports/annual/{year}/{}",
            committee
                .code
                .clone()
                .map_or_else(|| committee.id.to_string(), |c| c.replace('/', "-"))
        ),
        reason: (!note.trim().is_empty()).then(|| note.trim().to_owned()),
        number: Some(year.to_string()),
        ..seats::facts(&committee)
    };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

fn apply(
    tx: &Tx<'_, '_>,
    actor: &Actor,
    row: &mut ReportRow,
    step: Step,
    note: &str,
    figures: Value,
) {
    let person = actor.person().map(|person| person.person);
    match step {
        Step::HandToChair => {}
        Step::Sign => {
            row.figures = figures;
            row.signed_by = person;
            row.signed_at = Some(tx.now());
        }
        Step::Submit => row.submitted_at = Some(tx.now()),
        Step::Accept | Step::Return => {
            row.decided_by = person;
            row.decided_at = Some(tx.now());
            note.trim().clone_into(&mut row.decision_note);
        }
    }
}
