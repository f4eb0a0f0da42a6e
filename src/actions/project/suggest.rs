//! Receives a suggestion (项目建议书, row 1) from anybody, with a receipt; also opens amendment, corrigendum, abolition and re-examination.

use quanheng_db::{
    outbox::Recipient,
    projects::{self, ProjectPersonRow, ProjectReplaceRow, ProjectRow},
    register, specifications,
};
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::{AuthorityId, CommitteeId, ProfileId, ProjectId, SpecificationId},
    lifecycle::{Adoption, FaultCode, FieldFault, Openness, ProjectKind},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, ProjectRole},
    records::Origin,
    specification::{Category, Level},
    stage::Stage,
};
use serde_json::json;

use super::{details::Details, notices};
use crate::{ActionError, NewEvent, Tx, limits, names, profiles, tell};

/// A suggestion as filled in (FM-01).
#[derive(Debug, Clone)]
pub struct Suggest {
    /// Kind of work.
    pub kind: ProjectKind,
    /// Category of the text.
    pub category: Category,
    /// Level of the text.
    pub level: Level,
    /// The authority that will decide; that of the committee when left out, else the national one.
    pub authority: Option<AuthorityId>,
    /// Suggested committee (建议归口).
    pub committee: Option<CommitteeId>,
    /// Chinese title.
    pub title_zh: String,
    /// English title.
    pub title_en: String,
    /// How public.
    pub openness: Openness,
    /// Adoption planned.
    pub adoption: Adoption,
    /// Touches people's livelihood.
    pub livelihood: bool,
    /// The edition it revises, amends, corrects, examines or abolishes.
    pub specification: Option<SpecificationId>,
    /// The fields of the form.
    pub details: Details,
    /// Where it came from.
    pub origin: Origin,
}

/// A suggestion received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The project.
    pub project: ProjectId,
    /// The receipt number.
    pub receipt: String,
}

/// Receives a suggestion.
///
/// # Errors
/// `Invalid` with every faulty field; storage trouble.
pub fn suggest(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Suggest,
) -> Result<Suggested, ActionError> {
    let faults = faults(command, actor);
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let row = row_of(tx, actor, command)?;
    projects::insert(tx.conn(), &row)?;
    if let (ProjectKind::Revise | ProjectKind::Abolition, Some(edition)) =
        (row.kind, row.specification_id)
    {
        let replaced = ProjectReplaceRow {
            project_id: row.id,
            specification_id: edition,
            whole: true,
            detail: String::new(),
        };
        projects::add_replaced(tx.conn(), &replaced)?;
    }
    if let Some(person) = actor.person() {
        let named = ProjectPersonRow {
            project_id: row.id,
            person_id: person.person,
            role: ProjectRole::Suggester,
            organisation_id: register::person(tx.conn(), person.person)?
                .and_then(|row| row.organisation_id),
            added_at: tx.now(),
        };
        projects::add_person(tx.conn(), &named)?;
    }
    let details = Details::read(&row.details)?;
    let stage = row.stage.to_string();
    let event = tx.record(NewEvent {
        source: "1",
        stages: Some(("", &stage)),
        ..NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "suggest").facts(json!({
            "title": row.title_zh, "kind": row.kind, "category": row.category, "level": row.level, "receipt": details.receipt,
        }))
    })?;
    if !is_placeholder(command) {
        receipt(tx, &row, &details, event)?;
    }
    Ok(Suggested { project: row.id, receipt: details.receipt })
}

fn faults(command: &Suggest, actor: &Actor) -> Vec<FieldFault> {
    let details = &command.details;
    let mut faults = Vec::new();
    let mut text = |field: &str, value: &str, required: bool, most: usize| {
        let bad = value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        if required && value.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if value.chars().count() > most {
            faults.push(limits::too_long(field, most));
        } else if bad {
            faults.push(FieldFault::new(field, FaultCode::BadCharacters));
        }
    };
    text("title_zh", &command.title_zh, true, limits::TITLE);
    text("title_en", &command.title_en, false, limits::LONG_TITLE);
    let grounds = command.origin == Origin::Proposed && !is_placeholder(command);
    text("need", &details.need, grounds, limits::GROUNDS);
    text("scope", &details.scope, grounds, limits::GROUNDS);
    text("related", &details.related, false, limits::GROUNDS);
    text("international", &details.international, false, limits::LONG_TITLE);
    text(
        "suggested_by",
        &details.suggested_by,
        actor.person().is_none() && command.origin == Origin::Proposed,
        limits::NAME,
    );
    if matches!(actor, Actor::Public) && names::email_key(&details.suggester_address).is_none() {
        let code = if details.suggester_address.trim().is_empty() {
            FaultCode::Missing
        } else {
            FaultCode::NotAnAddress
        };
        faults.push(FieldFault::new("suggester_address", code));
    }
    if !matches!(command.kind, ProjectKind::Make) && command.specification.is_none() {
        faults.push(FieldFault::new("specification", FaultCode::Missing));
    }
    faults
}

fn row_of(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Suggest,
) -> Result<ProjectRow, ActionError> {
    let (now, today) = (tx.now(), tx.today());
    let (authority_id, committee_id, profile_id) = resolved(tx, command, today)?;
    let details = filled(tx, actor, command, today);
    Ok(ProjectRow {
        id: tx.id(),
        version: 1,
        number: None,
        kind: command.kind,
        category: command.category,
        level: command.level,
        authority_id,
        committee_id,
        profile_id,
        stage: if command.kind == ProjectKind::Reexamination {
            Stage::Reexamining
        } else {
            Stage::Suggested
        },
        stage_since: now,
        withdrawn_from: None,
        openness: command.openness,
        adoption: command.adoption,
        emergency: false,
        livelihood: command.livelihood,
        title_zh: command.title_zh.trim().to_owned(),
        title_en: command.title_en.trim().to_owned(),
        specification_id: command.specification,
        parent_id: None,
        plan_document: String::new(),
        plan_on: None,
        due_on: None,
        extensions: 0,
        failures: 0,
        review_form: None,
        review_on: None,
        review_place: String::new(),
        result: None,
        origin: command.origin,
        details: details.write()?,
        created_at: now,
    })
}

// Who will decide: as asked for, else the authority of the committee, else the national one; and the rules in force there.
fn resolved(
    tx: &mut Tx<'_, '_>,
    command: &Suggest,
    today: chrono::NaiveDate,
) -> Result<(AuthorityId, Option<CommitteeId>, ProfileId), ActionError> {
    let missing =
        |field: &str| ActionError::Invalid(vec![FieldFault::new(field, FaultCode::Unknown)]);
    let edition = match command.specification {
        Some(id) => {
            Some(specifications::find(tx.conn(), id)?.ok_or_else(|| missing("specification"))?)
        }
        None => None,
    };
    let committee_id =
        command.committee.or(edition.as_ref().and_then(|edition| edition.committee_id));
    let committee = match committee_id {
        Some(id) => Some(register::committee(tx.conn(), id)?.ok_or_else(|| missing("committee"))?),
        None => None,
    };
    let authority_id = match (command.authority, &committee) {
        (Some(id), _) => {
            register::authority(tx.conn(), id)?.ok_or_else(|| missing("authority"))?.id
        }
        (None, Some(committee)) => committee.authority_id,
        (None, None) => {
            register::authority_by_code(tx.conn(), NATIONAL)?
                .ok_or_else(|| missing("authority"))?
                .id
        }
    };
    let name = profiles::name_for(tx.conn(), authority_id, committee_id)?;
    let profile = quanheng_db::rule_profiles::in_force(tx.conn(), &name, today)?
        .ok_or_else(|| missing("authority"))?;
    Ok((authority_id, committee_id, profile.id))
}

/// Whether only that the project exists may be kept here (edge case 44): a name in code and its kind, no words about it.
fn is_placeholder(command: &Suggest) -> bool {
    command.openness == Openness::Placeholder
}

fn filled(tx: &Tx<'_, '_>, actor: &Actor, command: &Suggest, today: chrono::NaiveDate) -> Details {
    let mut details = match is_placeholder(command) {
        true => Details::default(),
        false => command.details.clone(),
    };
    details.receipt = receipt_number(tx, today);
    if let Some(person) = actor.person()
        && details.suggested_by.trim().is_empty()
    {
        details.suggested_by.clone_from(&person.name);
    }
    if details.suggester_locale.is_empty() {
        details.suggester_locale = Locale::Chinese.to_string();
    }
    details
}

/// Code of the national authority in the register.
pub const NATIONAL: &str = "SAMR";

// A receipt is short enough to be read out and says the day; it opens nothing.
fn receipt_number(tx: &Tx<'_, '_>, today: chrono::NaiveDate) -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    let letter = |_| {
        char::from(LETTERS[usize::try_from(tx.chance().below(LETTERS.len() as u64)).unwrap_or(0)])
    };
    format!("JY{}-{}", today.format("%Y%m%d"), (0..6).map(letter).collect::<String>())
}

fn receipt(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    details: &Details,
    event: quanheng_domain::ids::EventId,
) -> Result<(), ActionError> {
    if row.origin != Origin::Proposed {
        return Ok(());
    }
    let mut about = notices::about(row);
    if !details.suggester_address.is_empty() {
        about.concerned = vec![Recipient {
            person: None,
            name: details.suggested_by.clone(),
            address: details.suggester_address.trim().to_owned(),
            locale: details.suggester_locale.clone(),
        }];
    }
    let facts = NoticeFacts { receipt: Some(details.receipt.clone()), ..notices::facts(tx, row)? };
    tell::tell(tx, &Notice { key: NoticeKey::SuggestionReceived, facts }, &about, Some(event))?;
    Ok(())
}
