//! What people change about themselves: password, language, optional mail, name in English.

use quanheng_db::{
    accounts,
    register::{self, PersonRow},
};
use quanheng_domain::{
    Keyed, Locale,
    event::ObjectKind,
    ids::{EventId, PersonId, SessionId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, PersonActor},
};
use serde_json::json;

use super::about;
use crate::{ActionError, NewEvent, Tx, tell};

/// Changes the password; the caller has verified the old one. Every other session ends.
pub fn change_password(
    tx: &mut Tx<'_, '_>,
    actor: &PersonActor,
    present: Option<SessionId>,
    hash: &str,
) -> Result<(), ActionError> {
    let person = register::person(tx.conn(), actor.person)?.ok_or(ActionError::NotFound)?;
    let mut account = accounts::account(tx.conn(), actor.person)?
        .filter(|account| !account.disabled)
        .ok_or(ActionError::NotFound)?;
    account.password_hash = Some(hash.to_owned());
    account.password_changed_at = Some(tx.now());
    account.failures = 0;
    account.locked_until = None;
    accounts::save_account(tx.conn(), &account)?;
    accounts::end_sessions(tx.conn(), actor.person, present)?;
    let who = Actor::Person(actor.clone());
    let event = tx.record(NewEvent::new(
        ObjectKind::Person,
        actor.person.cast(),
        &who,
        "password_changed",
    ))?;
    tell_password_changed(tx, &person, event)
}

/// Tells the owner that the password changed, so that a stranger's change is noticed.
pub(super) fn tell_password_changed(
    tx: &mut Tx<'_, '_>,
    person: &PersonRow,
    event: EventId,
) -> Result<(), ActionError> {
    let facts = NoticeFacts {
        title: person.email.clone().unwrap_or_default(),
        path: "/sign-in".to_owned(),
        ..NoticeFacts::default()
    };
    tell::tell(tx, &Notice { key: NoticeKey::PasswordChanged, facts }, &about(person), Some(event))
        .map(drop)
}

/// What a person may set for herself.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Language of pages and mails.
    pub locale: Locale,
    /// Whether optional mail is wanted.
    pub optional_mail: bool,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Post (职务); may be empty.
    pub post: String,
    /// Title (职称); may be empty.
    pub title: String,
    /// The version of the person that the form showed.
    pub if_version: i64,
}

/// Saves what a person set for herself.
pub fn prefer(
    tx: &mut Tx<'_, '_>,
    actor: &PersonActor,
    wanted: &Preferences,
) -> Result<(), ActionError> {
    let mut person = register::person(tx.conn(), actor.person)?.ok_or(ActionError::NotFound)?;
    let mut account = accounts::account(tx.conn(), actor.person)?.ok_or(ActionError::NotFound)?;
    if person.version != wanted.if_version {
        return Err(ActionError::Conflict);
    }
    let fields = [("name_en", &wanted.name_en), ("post", &wanted.post), ("title", &wanted.title)];
    let faults: Vec<FieldFault> = fields
        .into_iter()
        .filter(|(_, text)| text.chars().any(char::is_control) || text.chars().count() > 100)
        .map(|(field, _)| FieldFault {
            bound: Some(100),
            ..FieldFault::new(field, FaultCode::TooLong)
        })
        .collect();
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    person.locale = wanted.locale.key().to_owned();
    person.name_en.clone_from(&wanted.name_en);
    person.post.clone_from(&wanted.post);
    person.title.clone_from(&wanted.title);
    account.optional_mail = wanted.optional_mail;
    if !register::save_person(tx.conn(), &mut person)? {
        return Err(ActionError::Conflict);
    }
    accounts::save_account(tx.conn(), &account)?;
    let who = Actor::Person(actor.clone());
    let facts = json!({ "locale": wanted.locale, "optional_mail": wanted.optional_mail });
    tx.record(
        NewEvent::new(ObjectKind::Person, actor.person.cast(), &who, "preferences_changed")
            .facts(facts),
    )?;
    Ok(())
}

/// Stops optional mail for the owner of a sealed link.
pub fn stop_optional_mail(tx: &mut Tx<'_, '_>, person: PersonId) -> Result<(), ActionError> {
    let mut account = accounts::account(tx.conn(), person)?.ok_or(ActionError::NotFound)?;
    if !account.optional_mail {
        return Ok(());
    }
    account.optional_mail = false;
    accounts::save_account(tx.conn(), &account)?;
    let facts = json!({ "optional_mail": false });
    let by_link =
        NewEvent::new(ObjectKind::Person, person.cast(), &Actor::Public, "optional_mail_stopped");
    tx.record(by_link.facts(facts))?;
    Ok(())
}
