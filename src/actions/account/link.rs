//! One-time links: set-up of the first administrator, invitation, new password.

use chrono::{DateTime, Duration, Utc};
use quanheng_config::{Security, Span};
use quanheng_db::{
    accounts::{self, LinkRow},
    conn::AnyConn,
    register::{self, PersonRow},
};
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::PersonId,
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
    records::LinkPurpose,
};
use serde_json::json;

use super::{about, blank_account, digest, session};
use crate::{ActionError, NewEvent, Tx, names, tell};

/// How long the set-up link of a new instance works; it is printed on the machine itself.
const SETUP_HOURS: i64 = 72;

/// A link that can still be used.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// The person it is for; nobody for the set-up.
    pub person: Option<PersonRow>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
}

/// The open link of a token; `NotFound` for one that is unknown, used or over, without telling which.
pub fn open(
    conn: &mut AnyConn,
    purpose: LinkPurpose,
    token: &str,
    now: DateTime<Utc>,
) -> Result<OpenLink, ActionError> {
    let link = accounts::link(conn, &digest(token))?
        .filter(|link| link.purpose == purpose && link.used_at.is_none() && now < link.ends_at)
        .ok_or(ActionError::NotFound)?;
    let person = match link.person_id {
        Some(id) => Some(register::person(conn, id)?.ok_or(ActionError::NotFound)?),
        None => None,
    };
    Ok(OpenLink { person, ends_at: link.ends_at })
}

fn issue(
    tx: &mut Tx<'_, '_>,
    purpose: LinkPurpose,
    person: Option<PersonId>,
    life: Duration,
) -> Result<(String, DateTime<Utc>), ActionError> {
    let (now, token) = (tx.now(), tx.token());
    // An older link of the same purpose would be a second key to the same door.
    accounts::use_links_of(tx.conn(), purpose, person, now)?;
    let row = LinkRow {
        token_hash: digest(&token),
        purpose,
        person_id: person,
        object_id: None,
        created_at: now,
        ends_at: now + life,
        used_at: None,
    };
    accounts::insert_link(tx.conn(), &row)?;
    Ok((token, row.ends_at))
}

fn life(span: Span) -> Duration {
    Duration::from_std(span.get()).unwrap_or_else(|_| Duration::days(3))
}

/// A fresh set-up link while there is no administrator; nothing once there is one.
pub fn offer_setup(tx: &mut Tx<'_, '_>) -> Result<Option<String>, ActionError> {
    if accounts::administrators(tx.conn())? > 0 {
        return Ok(None);
    }
    issue(tx, LinkPurpose::Setup, None, Duration::hours(SETUP_HOURS)).map(|(token, _)| Some(token))
}

/// The first administrator.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// Token of the link.
    pub token: String,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Language.
    pub locale: Locale,
    /// Hash of the password.
    pub hash: String,
}

/// Makes the first administrator with the set-up link.
pub fn set_up(tx: &mut Tx<'_, '_>, command: &SetUp) -> Result<PersonId, ActionError> {
    let now = tx.now();
    open(tx.conn(), LinkPurpose::Setup, &command.token, now)?;
    if !accounts::use_link(tx.conn(), &digest(&command.token), now)?
        || accounts::administrators(tx.conn())? > 0
    {
        return Err(ActionError::NotFound);
    }
    let key = names::email_key(&command.email).ok_or_else(|| {
        ActionError::Invalid(vec![FieldFault::new("email", FaultCode::NotAnAddress)])
    })?;
    let person = match register::person_by_email(tx.conn(), &key)? {
        Some(person) => person,
        None => {
            let person = super::people::blank_person(
                tx,
                &command.name,
                Some((&command.email, key)),
                command.locale,
            );
            register::insert_person(tx.conn(), &person)?;
            person
        }
    };
    let known = accounts::account(tx.conn(), person.id)?;
    let mut account = known.clone().unwrap_or_else(|| blank_account(tx, &person));
    account.administrator = true;
    account.disabled = false;
    account.password_hash = Some(command.hash.clone());
    account.password_changed_at = Some(now);
    match known {
        Some(_) => accounts::save_account(tx.conn(), &account)?,
        None => accounts::insert_account(tx.conn(), &account)?,
    }
    let actor = Actor::Person(session::actor_of(tx.conn(), &person, true, now)?);
    tx.record(NewEvent::new(ObjectKind::Person, person.id.cast(), &actor, "administrator_set_up"))?;
    Ok(person.id)
}

/// Mails a link with which the person chooses her password; says the token, for places without mail.
pub fn invite(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    person: &PersonRow,
    security: &Security,
) -> Result<String, ActionError> {
    let (token, due) =
        issue(tx, LinkPurpose::Invitation, Some(person.id), life(security.invitation_lifetime))?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Person, person.id.cast(), actor, "account_invited")
            .facts(json!({ "until": due })),
    )?;
    let facts = link_facts(person, format!("/invitation/{token}"), due);
    tell::tell(tx, &Notice { key: NoticeKey::AccountInvited, facts }, &about(person), Some(event))?;
    Ok(token)
}

/// Mails a link for a new password, if the address belongs to an open account; tells nobody whether it does.
pub fn ask_reset(
    tx: &mut Tx<'_, '_>,
    address: &str,
    security: &Security,
) -> Result<(), ActionError> {
    let Some(key) = names::email_key(address) else { return Ok(()) };
    let Some(person) = register::person_by_email(tx.conn(), &key)? else { return Ok(()) };
    let Some(account) =
        accounts::account(tx.conn(), person.id)?.filter(|account| !account.disabled)
    else {
        return Ok(());
    };
    if account.password_hash.is_none() {
        // Invited and not yet come: the way in is a new invitation, which proves the same.
        return invite(tx, &Actor::Public, &person, security).map(drop);
    }
    let (token, due) =
        issue(tx, LinkPurpose::Reset, Some(person.id), life(security.reset_lifetime))?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Person, person.id.cast(), &Actor::Public, "reset_asked")
            .facts(json!({ "until": due })),
    )?;
    let facts = link_facts(&person, format!("/reset/{token}"), due);
    tell::tell(tx, &Notice { key: NoticeKey::PasswordReset, facts }, &about(&person), Some(event))?;
    Ok(())
}

fn link_facts(person: &PersonRow, secret_path: String, due: DateTime<Utc>) -> NoticeFacts {
    NoticeFacts {
        title: person.email.clone().unwrap_or_default(),
        path: "/sign-in".to_owned(),
        secret_path: Some(secret_path),
        due: Some(due),
        ..NoticeFacts::default()
    }
}

/// Chooses a password with an invitation or a reset link; ends every session and tells the owner.
pub fn choose_password(
    tx: &mut Tx<'_, '_>,
    purpose: LinkPurpose,
    token: &str,
    hash: &str,
) -> Result<PersonId, ActionError> {
    let now = tx.now();
    let person = open(tx.conn(), purpose, token, now)?.person.ok_or(ActionError::NotFound)?;
    let mut account = accounts::account(tx.conn(), person.id)?
        .filter(|account| !account.disabled)
        .ok_or(ActionError::NotFound)?;
    if !accounts::use_link(tx.conn(), &digest(token), now)? {
        return Err(ActionError::NotFound);
    }
    let actor = Actor::Person(session::actor_of(tx.conn(), &person, account.administrator, now)?);
    account.password_hash = Some(hash.to_owned());
    account.password_changed_at = Some(now);
    account.failures = 0;
    account.locked_until = None;
    accounts::save_account(tx.conn(), &account)?;
    accounts::end_sessions(tx.conn(), person.id, None)?;
    let kind = if purpose == LinkPurpose::Invitation { "account_opened" } else { "password_reset" };
    let event = tx.record(NewEvent::new(ObjectKind::Person, person.id.cast(), &actor, kind))?;
    if purpose != LinkPurpose::Invitation {
        super::profile::tell_password_changed(tx, &person, event)?;
    }
    Ok(person.id)
}
