//! The register of people: entering, correcting, opening and closing accounts. Administrators only.

use chrono::NaiveDate;
use quanheng_config::Security;
use quanheng_db::{
    accounts,
    register::{self, PersonRow},
};
use quanheng_domain::{
    Keyed, Locale,
    event::ObjectKind,
    ids::{OrganisationId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use serde_json::json;

use super::{blank_account, link, require_administrator};
use crate::{ActionError, NewEvent, Tx, limits, names};

/// A person as typed in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name in Chinese, or as written on documents.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Mail address; may be empty, then there is no account.
    pub email: String,
    /// Language.
    pub locale: Locale,
    /// Unit.
    pub organisation: Option<OrganisationId>,
    /// Post (职务).
    pub post: String,
    /// Title (职称).
    pub title: String,
}

/// A person with nothing but a name; the caller inserts the row.
pub(crate) fn blank_person(
    tx: &Tx<'_, '_>,
    name: &str,
    email: Option<(&str, String)>,
    locale: Locale,
) -> PersonRow {
    PersonRow {
        id: tx.id(),
        version: 1,
        name_zh: name.trim().to_owned(),
        name_en: String::new(),
        email_key: email.as_ref().map(|(_, key)| key.clone()),
        email: email.map(|(address, _)| address.trim().to_owned()),
        locale: locale.key().to_owned(),
        organisation_id: None,
        post: String::new(),
        title: String::new(),
        demo: false,
        mail_failures: 0,
        created_at: tx.now(),
    }
}

/// What is wrong with an entry, and the key of its address.
fn checked(
    tx: &mut Tx<'_, '_>,
    entry: &Entry,
    own: Option<PersonId>,
) -> Result<Option<String>, ActionError> {
    let mut faults = Vec::new();
    if entry.name_zh.trim().is_empty() {
        faults.push(FieldFault::new("name_zh", FaultCode::Missing));
    }
    for (field, text) in [
        ("name_zh", &entry.name_zh),
        ("name_en", &entry.name_en),
        ("post", &entry.post),
        ("title", &entry.title),
    ] {
        if text.chars().any(char::is_control) {
            faults.push(FieldFault::new(field, FaultCode::BadCharacters));
        } else if text.chars().count() > limits::REGISTER_NAME {
            faults.push(limits::too_long(field, limits::REGISTER_NAME));
        }
    }
    let key = names::email_key(&entry.email);
    if !entry.email.trim().is_empty() && key.is_none() {
        faults.push(FieldFault::new("email", FaultCode::NotAnAddress));
    }
    if let Some(key) = &key
        && register::person_by_email(tx.conn(), key)?.is_some_and(|other| Some(other.id) != own)
    {
        faults.push(FieldFault::new("email", FaultCode::Taken));
    }
    if let Some(organisation) = entry.organisation
        && register::organisation(tx.conn(), organisation)?.is_none()
    {
        faults.push(FieldFault::new("organisation", FaultCode::Unknown));
    }
    if faults.is_empty() { Ok(key) } else { Err(ActionError::Invalid(faults)) }
}

/// Enters a person.
pub fn enter(tx: &mut Tx<'_, '_>, actor: &Actor, entry: &Entry) -> Result<PersonRow, ActionError> {
    require_administrator(actor)?;
    let key = checked(tx, entry, None)?;
    let email = key.map(|key| (entry.email.as_str(), key));
    let mut person = blank_person(tx, &entry.name_zh, email, entry.locale);
    fill(&mut person, entry);
    register::insert_person(tx.conn(), &person)?;
    tx.record(
        NewEvent::new(ObjectKind::Person, person.id.cast(), actor, "person_entered")
            .facts(facts_of(&person)),
    )?;
    Ok(person)
}

fn fill(person: &mut PersonRow, entry: &Entry) {
    person.name_zh = entry.name_zh.trim().to_owned();
    person.name_en = entry.name_en.trim().to_owned();
    person.locale = entry.locale.key().to_owned();
    person.organisation_id = entry.organisation;
    person.post = entry.post.trim().to_owned();
    person.title = entry.title.trim().to_owned();
}

// Addresses stay out of the ledger, whose rows can never be erased.
fn facts_of(person: &PersonRow) -> serde_json::Value {
    json!({ "name": person.name_zh, "organisation": person.organisation_id, "post": person.post, "title": person.title })
}

/// Corrects a person; `if_version` is what the form showed.
pub fn correct(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: PersonId,
    if_version: i64,
    entry: &Entry,
) -> Result<PersonRow, ActionError> {
    require_administrator(actor)?;
    let mut person = register::person(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    if person.version != if_version {
        return Err(ActionError::Conflict);
    }
    let key = checked(tx, entry, Some(id))?;
    let moved = person.email_key != key;
    fill(&mut person, entry);
    if moved {
        person.email = key.is_some().then(|| entry.email.trim().to_owned());
        person.email_key = key;
        person.mail_failures = 0;
        // Whoever reads the new address must prove it before using the account.
        accounts::end_sessions(tx.conn(), id, None)?;
    }
    if !register::save_person(tx.conn(), &mut person)? {
        return Err(ActionError::Conflict);
    }
    let mut facts = facts_of(&person);
    facts["address_changed"] = json!(moved);
    tx.record(
        NewEvent::new(ObjectKind::Person, id.cast(), actor, "person_corrected").facts(facts),
    )?;
    Ok(person)
}

/// Opens an account for a person and mails the invitation; says the token of the link.
pub fn invite(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: PersonId,
    security: &Security,
) -> Result<String, ActionError> {
    require_administrator(actor)?;
    let person = register::person(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    if person.email.is_none() {
        return Err(ActionError::Invalid(vec![FieldFault::new("email", FaultCode::Missing)]));
    }
    match accounts::account(tx.conn(), id)? {
        None => {
            let account = blank_account(tx, &person);
            accounts::insert_account(tx.conn(), &account)?;
        }
        Some(account) if account.disabled => return Err(ActionError::Conflict),
        Some(_) => {}
    }
    link::invite(tx, actor, &person, security)
}

/// Closes or reopens an account; closing ends every session at once.
pub fn set_disabled(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: PersonId,
    disabled: bool,
) -> Result<(), ActionError> {
    require_administrator(actor)?;
    if actor.person().is_some_and(|person| person.person == id) {
        return Err(ActionError::Forbidden);
    }
    let mut account = accounts::account(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    if account.disabled == disabled {
        return Ok(());
    }
    account.disabled = disabled;
    accounts::save_account(tx.conn(), &account)?;
    accounts::end_sessions(tx.conn(), id, None)?;
    let kind = if disabled { "account_closed" } else { "account_reopened" };
    tx.record(NewEvent::new(ObjectKind::Person, id.cast(), actor, kind))?;
    Ok(())
}

/// An office: an authority and the days it is held.
#[derive(Debug, Clone, Copy)]
pub struct Office {
    /// First day.
    pub since: NaiveDate,
    /// First day on which it no longer holds.
    pub until: Option<NaiveDate>,
}
