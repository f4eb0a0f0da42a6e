//! The way of the annual report: to the chair, signed, submitted, accepted or returned.

use quanheng_db::{
    register::CommitteeRow,
    reports::{self, ReportRow},
};
use quanheng_domain::{
    Keyed,
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{FaultCode, FieldFault},
    notice::NoticeKey,
    people::Actor,
    refusal::{Refusal, RefusalCode},
    report::{ReportPart, ReportStep, Wording},
    rules::{RuleKey, keys},
};
use serde_json::{Value, json};

use super::{announce, committee, not_yours, parties, parts_of, profile_of, save};
use crate::{ActionError, NewEvent, Tx};

/// A step to be taken.
#[derive(Debug, Clone)]
pub struct Take {
    /// The committee.
    pub committee: CommitteeId,
    /// The year it is about.
    pub year: i32,
    /// The step.
    pub step: ReportStep,
    /// What is said with it; the reason of what goes back.
    pub note: String,
    /// The computed figures; they are frozen into the report when the chair signs and ignored by other steps.
    pub figures: Value,
    /// The version that was seen: nobody signs what was changed since it was read.
    pub if_version: Option<i64>,
}

/// Takes a step with a report.
///
/// # Errors
/// `Refused` for the wrong party, the wrong state, or before reporting opens; `Invalid` for a report with parts to be written or a
/// return without reason; `Conflict`.
pub fn step(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Take) -> Result<ReportRow, ActionError> {
    let committee = committee(tx, command.committee)?;
    let mut row =
        reports::find(tx.conn(), committee.id, command.year)?.ok_or(ActionError::NotFound)?;
    may(tx, actor, &committee, &row, command)?;
    let (before, note) = (row.state, command.note.trim());
    apply(tx, actor, &mut row, command);
    save(tx, &mut row)?;
    let (from, to) = (before.to_string(), row.state.to_string());
    let event = tx.record(NewEvent {
        stages: Some((&from, &to)),
        ..NewEvent::new(ObjectKind::Report, row.id.cast(), actor, "report_step")
            .note(note)
            .facts(json!({ "committee": committee.id, "year": row.year, "step": command.step }))
    })?;
    announce(tx, &committee, &row, tells(command.step), note, event)?;
    Ok(row)
}

fn tells(step: ReportStep) -> NoticeKey {
    match step {
        ReportStep::HandToChair => NoticeKey::ReportToSign,
        ReportStep::SendBack => NoticeKey::ReportSentBack,
        ReportStep::Sign => NoticeKey::ReportSigned,
        ReportStep::Submit => NoticeKey::ReportSubmitted,
        ReportStep::Accept => NoticeKey::ReportAccepted,
        ReportStep::Return => NoticeKey::ReportReturned,
    }
}

fn may(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    committee: &CommitteeRow,
    row: &ReportRow,
    command: &Take,
) -> Result<(), ActionError> {
    let step = command.step;
    if !parties(actor, committee).contains(&step.who()) {
        return Err(not_yours(step.who()));
    }
    if command.if_version.is_some_and(|seen| seen != row.version) {
        return Err(ActionError::Conflict);
    }
    if !step.from().contains(&row.state) {
        return Err(Refusal::new(RefusalCode::ReportNotHere).with("state", row.state).into());
    }
    if step.waits_for_opening() {
        opened(tx, committee, row.year)?;
    }
    let faults = faults(row, command)?;
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

fn opened(tx: &mut Tx<'_, '_>, committee: &CommitteeRow, year: i32) -> Result<(), ActionError> {
    let today = tx.today();
    let profile = profile_of(tx.conn(), committee, today)?;
    match profile.get(keys::ANNUAL_REPORT_OPENS).in_year(year) {
        Some(opens) if today < opens => {
            Err(Refusal::by(RefusalCode::ReportNotOpen, RuleKey::AnnualReportOpens)
                .with("opens", opens)
                .with("year", year)
                .citing(&profile)
                .into())
        }
        _ => Ok(()),
    }
}

fn faults(row: &ReportRow, command: &Take) -> Result<Vec<FieldFault>, ActionError> {
    if command.step.asks_reason() && command.note.trim().is_empty() {
        return Ok(vec![FieldFault::new("note", FaultCode::Missing)]);
    }
    if command.step != ReportStep::HandToChair {
        return Ok(Vec::new());
    }
    let written = parts_of(row)?;
    let silent = ReportPart::ALL.iter().filter(|part| {
        part.wording() == Wording::Must
            && written.get(part).is_none_or(|saved| saved.text.is_empty())
    });
    Ok(silent.map(|part| FieldFault::new(part.key(), FaultCode::Missing)).collect())
}

fn apply(tx: &Tx<'_, '_>, actor: &Actor, row: &mut ReportRow, command: &Take) {
    let person = actor.person().map(|person| person.person);
    match command.step {
        ReportStep::HandToChair | ReportStep::SendBack => {
            row.figures = Value::Null;
            (row.signed_by, row.signed_at) = (None, None);
        }
        ReportStep::Sign => {
            row.figures = command.figures.clone();
            (row.signed_by, row.signed_at) = (person, Some(tx.now()));
        }
        ReportStep::Submit => row.submitted_at = Some(tx.now()),
        ReportStep::Accept | ReportStep::Return => {
            (row.decided_by, row.decided_at) = (person, Some(tx.now()));
            command.note.trim().clone_into(&mut row.decision_note);
        }
    }
    row.state = command.step.to();
    row.updated_at = tx.now();
}
