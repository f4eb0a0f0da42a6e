//! Rights beyond a seat: administrator of the system, officer of an authority.

use quanheng_db::{
    accounts::{self, OfficerRow},
    register,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AuthorityId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use serde_json::json;

use super::{blank_account, people::Office, require_administrator};
use crate::{ActionError, NewEvent, Tx};

/// Makes a person an administrator or takes it back; the last one stays.
pub fn set_administrator(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: PersonId,
    administrator: bool,
) -> Result<(), ActionError> {
    require_administrator(actor)?;
    let person = register::person(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let known = accounts::account(tx.conn(), id)?;
    let mut account = known.clone().unwrap_or_else(|| blank_account(tx, &person));
    if account.administrator == administrator {
        return Ok(());
    }
    if !administrator && !account.disabled && accounts::administrators(tx.conn())? <= 1 {
        return Err(ActionError::Forbidden);
    }
    account.administrator = administrator;
    match known {
        Some(_) => accounts::save_account(tx.conn(), &account)?,
        None => accounts::insert_account(tx.conn(), &account)?,
    }
    // Rights changed, so the person signs in anew under the shorter or longer idle time.
    accounts::end_sessions(tx.conn(), id, None)?;
    let kind = if administrator { "administrator_granted" } else { "administrator_revoked" };
    tx.record(NewEvent::new(ObjectKind::Person, id.cast(), actor, kind))?;
    Ok(())
}

/// Makes a person an officer of an authority for a time, or ends the office.
pub fn set_officer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: PersonId,
    authority: AuthorityId,
    office: Office,
) -> Result<(), ActionError> {
    require_administrator(actor)?;
    register::person(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let authority = register::authority(tx.conn(), authority)?.ok_or(ActionError::NotFound)?;
    if office.until.is_some_and(|until| until < office.since) {
        return Err(ActionError::Invalid(vec![FieldFault::new("until", FaultCode::NotADay)]));
    }
    let row = OfficerRow {
        person_id: id,
        authority_id: authority.id,
        since: office.since,
        until: office.until,
    };
    accounts::put_officer(tx.conn(), &row)?;
    let facts =
        json!({ "authority": authority.code, "since": office.since, "until": office.until });
    tx.record(NewEvent::new(ObjectKind::Person, id.cast(), actor, "officer_set").facts(facts))?;
    Ok(())
}
