//! Units outside the committee that are asked to comment (FM-06): listed before the round, added and told while it runs.

use std::collections::BTreeSet;

use quanheng_db::{
    accounts,
    outbox::Recipient,
    projects,
    rounds::{self, RecipientRow, RoundRow},
};
use quanheng_domain::{
    Locale,
    comment::RoundPurpose,
    ids::{EventId, ProjectId, RoundId},
    lifecycle::{FaultCode, FieldFault, RoundStatus},
    notice::{Audience, Notice, NoticeFacts, NoticeKey},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    case::{Case, not_yours},
    text,
};
use crate::{
    ActionError, NewEvent, Tx, limits, names,
    project::{
        details::{AskedUnit, Details},
        load::standing,
    },
    tell,
};

/// The units to ask.
#[derive(Debug, Clone)]
pub struct AskUnits {
    /// The project.
    pub project: ProjectId,
    /// The units; before the round the whole list, while it runs those to be added.
    pub units: Vec<AskedUnit>,
    /// The version of the project that was seen.
    pub if_version: Option<i64>,
}

/// Sets whom to ask, or asks more while the round runs; whoever was asked stays asked. Tells how many were added to a running round.
///
/// # Errors
/// `Refused` to others than the secretariat and when the project has ended; `Invalid`; `Conflict`.
pub fn ask_units(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &AskUnits,
) -> Result<usize, ActionError> {
    tx.lock(command.project.cast())?;
    let mut project = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    if !actor.parties(&standing(&project).owners).contains(&Party::Secretariat) {
        return Err(not_yours(&[Party::Secretariat]));
    }
    if project.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    text::refuse(faults(&command.units))?;
    if command.if_version.is_some_and(|seen| seen != project.version) {
        return Err(ActionError::Conflict);
    }
    let mut details = Details::read(&project.details)?;
    let running = rounds::latest_of(tx.conn(), project.id)?
        .filter(|round| round.status == RoundStatus::Running);
    let before: BTreeSet<String> =
        details.asked.iter().map(|unit| names::fold(&unit.name)).collect();
    let mut added = Vec::new();
    let mut listed = BTreeSet::new();
    for unit in &command.units {
        let key = names::fold(&unit.name);
        if listed.insert(key.clone()) && !before.contains(&key) {
            added.push(trimmed(unit));
        }
    }
    if running.is_some() {
        details.asked.extend(added.iter().cloned());
    } else {
        let mut seen = BTreeSet::new();
        details.asked = command
            .units
            .iter()
            .filter(|unit| seen.insert(names::fold(&unit.name)))
            .map(trimmed)
            .collect();
    }
    project.details = details.write()?;
    if !projects::save(tx.conn(), &mut project)? {
        return Err(ActionError::Conflict);
    }
    let asked: Vec<&str> = details.asked.iter().map(|unit| unit.name.as_str()).collect();
    let event = NewEvent::new(
        quanheng_domain::event::ObjectKind::Project,
        project.id.cast(),
        actor,
        "units_asked",
    );
    let event = tx.record(event.facts(json!({ "units": asked })))?;
    let Some(round) = running else { return Ok(0) };
    let case = Case { round, project };
    for unit in &added {
        enter(tx, &case.round, unit)?;
    }
    tell_units(tx, &case, &added, Some(event))?;
    Ok(added.len())
}

fn trimmed(unit: &AskedUnit) -> AskedUnit {
    AskedUnit {
        name: unit.name.trim().to_owned(),
        class: unit.class,
        address: unit.address.trim().to_owned(),
    }
}

fn faults(units: &[AskedUnit]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if units.len() > limits::UNITS {
        return vec![limits::too_long("units", limits::UNITS)];
    }
    for (at, unit) in units.iter().enumerate() {
        text::line(&mut faults, &format!("units.{at}.name"), &unit.name, true, limits::TITLE);
        if !unit.address.trim().is_empty() && names::email_key(&unit.address).is_none() {
            faults.push(FieldFault::new(format!("units.{at}.address"), FaultCode::BadCharacters));
        }
    }
    faults
}

/// Enters a unit among those asked in a round.
pub fn enter(tx: &mut Tx<'_, '_>, round: &RoundRow, unit: &AskedUnit) -> Result<(), ActionError> {
    let line = RecipientRow {
        id: tx.id(),
        round_id: round.id,
        person_id: None,
        organisation_id: None,
        name: unit.name.clone(),
        class: unit.class,
        asked_at: tx.now(),
        answered_at: None,
        answer: None,
        address: unit.address.clone(),
    };
    rounds::add_recipient(tx.conn(), &line)?;
    Ok(())
}

/// Tells units with an address that their comments are asked for.
pub fn tell_units(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    units: &[AskedUnit],
    event: Option<EventId>,
) -> Result<usize, ActionError> {
    let mut facts = opening_facts(tx, case)?;
    let again = case.round.purpose == RoundPurpose::Again && !case.round.reason.is_empty();
    facts.reason = again.then(|| case.round.reason.clone());
    let key = if again { NoticeKey::RoundReopened } else { NoticeKey::RoundOpened };
    let notice = Notice { key, facts };
    let about = case.about();
    let mut told = 0;
    for unit in units.iter().filter(|unit| !unit.address.is_empty()) {
        let recipient = Recipient {
            person: None,
            name: unit.name.clone(),
            address: unit.address.clone(),
            locale: Locale::Chinese.to_string(),
        };
        told += usize::from(tell::tell_one(
            tx,
            &notice,
            &about,
            event,
            Audience::NotYetAnswered,
            &recipient,
        )?);
    }
    Ok(told)
}

/// Reminds those who were asked and have not answered, and nobody else; once a day, so that nobody is pestered. Tells how many mails go out.
///
/// # Errors
/// `Refused` to others than the secretariat, when the round does not run, and when they were reminded today.
pub fn remind_silent(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: RoundId,
) -> Result<usize, ActionError> {
    let case = Case::of_round(tx, round)?;
    case.require(actor, &[Party::Secretariat])?;
    case.must_run(tx)?;
    let tomorrow = quanheng_domain::deadline::end_of(tx.today());
    let day = (tomorrow - chrono::Duration::days(1)).timestamp();
    if accounts::spend(tx.conn(), &format!("round-reminder:{round}"), day, 1)? > 1 {
        let until = tomorrow.to_rfc3339();
        return Err(Refusal::new(RefusalCode::TooMany).with("until", until).into());
    }
    let lines = rounds::recipients_of(tx.conn(), round)?;
    let silent = lines.iter().filter(|line| line.answered_at.is_none()).count();
    let event =
        case.record(tx, actor, "silent_reminded", "", json!({ "round": round, "silent": silent }))?;
    let notice = Notice { key: NoticeKey::RoundReminder, facts: opening_facts(tx, &case)? };
    tell::tell(tx, &notice, &case.about(), Some(event))
}

/// What the mail says that asks for comments.
pub fn opening_facts(tx: &mut Tx<'_, '_>, case: &Case) -> Result<NoticeFacts, ActionError> {
    let draft =
        crate::project::notices::draft_label(tx, case.round.document_id, &case.project.title_zh)?;
    Ok(NoticeFacts {
        due: Some(case.round.closes_at),
        draft: draft.or_else(|| Some(case.project.title_zh.clone())),
        path: format!("/consultations/{}", case.round.id),
        ..crate::project::notices::facts(tx, &case.project)?
    })
}
