//! Asking named users and laboratories for their answers to a survey of effect: each has a link of its own, whose secret is stored
//! hashed, answers once, and is reminded while silent.

use std::collections::HashSet;

use quanheng_db::{
    accounts::{self, LinkRow},
    conn::AnyConn,
    deadlines::DeadlineRow,
    outbox::Recipient,
    specifications::SpecificationRow,
    surveys::{self, SurveyInviteRow, SurveyRow},
};
use quanheng_domain::{
    Keyed, Locale, deadline,
    event::ObjectKind,
    ids::{EventId, ObjectId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
    records::LinkPurpose,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{care, survey};
use crate::{ActionError, NewEvent, Tx, clock, limits, names, tell};

/// More than one letter should ask at once.
const MOST: usize = 500;

/// Who is asked: a name, which may be empty, and a mail address.
pub type Asked = (String, String);

/// The names and addresses of a list, one a line: an address alone, or a name before or after it.
///
/// # Errors
/// The fault at the field for a line without an address and for too many.
pub fn listed(list: &str) -> Result<Vec<Asked>, FieldFault> {
    let mut asked: Vec<Asked> = Vec::new();
    let lines = list.lines().map(str::trim).enumerate();
    for (line_at, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let parts = line.split(|c: char| c.is_whitespace() || ",;，；、<>\t".contains(c));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let found =
            parts.iter().enumerate().find_map(|(at, part)| Some((at, names::email_key(part)?)));
        let Some((at, address)) = found else {
            return Err(FieldFault::in_line("invited", FaultCode::NoAddressInLine, line_at));
        };
        let name: Vec<&str> =
            parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, part)| *part).collect();
        let name = name.join(" ");
        if name.chars().count() > limits::TITLE {
            return Err(limits::too_long("invited", limits::TITLE));
        }
        if asked.iter().all(|(_, known)| *known != address) {
            asked.push((name, address));
        }
    }
    if asked.len() > MOST {
        return Err(limits::too_long("invited", MOST));
    }
    Ok(asked)
}

/// More who are asked.
#[derive(Debug, Clone)]
pub struct Invite {
    /// The questionnaire.
    pub survey: ObjectId,
    /// Who is asked: one a line, a name and a mail address.
    pub invited: String,
}

/// Asks more users and laboratories; how many had not been asked before.
///
/// # Errors
/// `Refused` for others than secretariat and officers and after the last day; `Invalid` for a line without an address and an empty
/// list; `NotFound`.
pub fn invite(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Invite) -> Result<usize, ActionError> {
    let (row, edition) = running(tx, actor, command.survey)?;
    let asked = listed(&command.invited).map_err(|fault| ActionError::Invalid(vec![fault]))?;
    if asked.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("invited", FaultCode::Missing)]));
    }
    ask(tx, actor, (&row, &edition), &asked)
}

fn running(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    survey: ObjectId,
) -> Result<(SurveyRow, SpecificationRow), ActionError> {
    tx.lock(survey)?;
    let (row, edition) = survey::find(tx.conn(), survey)?;
    care::must_keep(actor, &edition)?;
    if row.closes_on < tx.today() {
        return Err(Refusal::new(RefusalCode::LinkEnded).into());
    }
    Ok((row, edition))
}

/// Asks those of a list who were not asked before; how many they were.
pub(super) fn ask(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    (row, edition): (&SurveyRow, &SpecificationRow),
    asked: &[Asked],
) -> Result<usize, ActionError> {
    let known: HashSet<String> =
        surveys::invites_of(tx.conn(), &[row.id])?.into_iter().map(|one| one.address).collect();
    let new: Vec<&Asked> = asked.iter().filter(|(_, address)| !known.contains(address)).collect();
    // The ledger counts them; addresses are personal data and stay out of it.
    let event =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "survey_invited");
    let event = tx.record(event.facts(json!({ "survey": row.id, "asked": new.len() })))?;
    for (name, address) in &new {
        let one = SurveyInviteRow {
            id: tx.id(),
            survey_id: row.id,
            name: name.clone(),
            address: address.clone(),
            locale: Locale::Chinese.key().to_owned(),
            invited_at: tx.now(),
            reminded_at: None,
            answer_id: None,
        };
        surveys::add_invite(tx.conn(), &one)?;
        letter(tx, NoticeKey::SurveyInvited, (row, edition), &one, event)?;
    }
    Ok(new.len())
}

/// A letter with a new secret; those of earlier letters go on opening the same questionnaire.
fn letter(
    tx: &mut Tx<'_, '_>,
    key: NoticeKey,
    (row, edition): (&SurveyRow, &SpecificationRow),
    invite: &SurveyInviteRow,
    event: EventId,
) -> Result<(), ActionError> {
    let (secret, closes) = (tx.token(), deadline::end_of(row.closes_on));
    let link = LinkRow {
        token_hash: names::secret_hash(&secret),
        purpose: LinkPurpose::Survey,
        person_id: None,
        object_id: Some(invite.id),
        created_at: tx.now(),
        ends_at: closes,
        used_at: None,
    };
    accounts::insert_link(tx.conn(), &link)?;
    let facts = NoticeFacts {
        secret_path: Some(format!("/surveys/links/{secret}")),
        due: Some(closes),
        date: None,
        ..clock::edition_facts(tx, edition)?
    };
    let mut about = clock::about_edition(edition);
    about.concerned.push(Recipient {
        person: None,
        name: invite.name.clone(),
        address: invite.address.clone(),
        locale: invite.locale.clone(),
    });
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

/// Who was asked by a link with this secret.
///
/// # Errors
/// `NotFound`.
pub fn of_secret(conn: &mut AnyConn, secret: &str) -> Result<SurveyInviteRow, ActionError> {
    let link = accounts::link(conn, &names::secret_hash(secret))?
        .filter(|link| link.purpose == LinkPurpose::Survey);
    let id = link.and_then(|link| link.object_id).ok_or(ActionError::NotFound)?;
    surveys::invite(conn, id)?.ok_or(ActionError::NotFound)
}

/// Reminds those who were asked and are silent; how many they are.
///
/// # Errors
/// `Refused` for others than secretariat and officers and after the last day; `NotFound`.
pub fn remind(tx: &mut Tx<'_, '_>, actor: &Actor, survey: &ObjectId) -> Result<usize, ActionError> {
    let (row, edition) = running(tx, actor, *survey)?;
    remind_silent(tx, actor, (&row, &edition))
}

fn remind_silent(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    (row, edition): (&SurveyRow, &SpecificationRow),
) -> Result<usize, ActionError> {
    let mut silent = surveys::invites_of(tx.conn(), &[row.id])?;
    silent.retain(|one| one.answer_id.is_none());
    if silent.is_empty() {
        return Ok(0);
    }
    let event =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "survey_reminded");
    let event = tx.record(event.facts(json!({ "survey": row.id, "silent": silent.len() })))?;
    let now = tx.now();
    for one in &silent {
        surveys::note_reminder(tx.conn(), one.id, now)?;
        letter(tx, NoticeKey::SurveyReminder, (row, edition), one, event)?;
    }
    Ok(silent.len())
}

/// The clock's reminder of the silent. A clock and its survey were opened in one moment.
///
/// # Errors
/// Storage trouble.
pub fn remind_on(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &DeadlineRow,
) -> Result<&'static str, ActionError> {
    let (all, today) = (surveys::of_edition(tx.conn(), edition.id)?, tx.today());
    let mut told = 0;
    for survey in all.iter().filter(|one| one.opened_at == row.opened_at && one.closes_on >= today)
    {
        told += remind_silent(tx, &Actor::System, (survey, edition))?;
    }
    Ok(if told == 0 { "nobody is silent" } else { "told" })
}
