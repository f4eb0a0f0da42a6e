//! Organisations (单位): entering and correcting them, with the interest they stand for. Administrators only.

use quanheng_db::register::{self, OrganisationRow};
use quanheng_domain::{
    event::ObjectKind,
    ids::OrganisationId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Interest},
};
use serde_json::json;

use super::require_administrator;
use crate::{ActionError, NewEvent, Tx, limits, names};

/// An organisation as typed in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// The interest it stands for in a committee (domain rules, 2.3).
    pub interest: Interest,
    /// Micro, small or medium enterprise (中小微企业).
    pub small_firm: bool,
    /// Region; may be empty.
    pub region: String,
}

fn checked(
    tx: &mut Tx<'_, '_>,
    entry: &Entry,
    own: Option<OrganisationId>,
) -> Result<String, ActionError> {
    let mut faults = Vec::new();
    if entry.name_zh.trim().is_empty() {
        faults.push(FieldFault::new("name_zh", FaultCode::Missing));
    }
    for (field, text) in
        [("name_zh", &entry.name_zh), ("name_en", &entry.name_en), ("region", &entry.region)]
    {
        if text.chars().any(char::is_control) {
            faults.push(FieldFault::new(field, FaultCode::BadCharacters));
        } else if text.chars().count() > limits::TITLE {
            faults.push(limits::too_long(field, limits::TITLE));
        }
    }
    let key = names::fold(&entry.name_zh);
    if register::organisation_by_name(tx.conn(), &key)?.is_some_and(|other| Some(other.id) != own) {
        faults.push(FieldFault::new("name_zh", FaultCode::Taken));
    }
    if faults.is_empty() { Ok(key) } else { Err(ActionError::Invalid(faults)) }
}

fn row(id: OrganisationId, key: String, entry: &Entry) -> OrganisationRow {
    OrganisationRow {
        id,
        name_zh: entry.name_zh.trim().to_owned(),
        name_en: entry.name_en.trim().to_owned(),
        name_key: key,
        interest: entry.interest,
        small_firm: entry.small_firm,
        region: entry.region.trim().to_owned(),
    }
}

/// Enters an organisation.
pub fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    entry: &Entry,
) -> Result<OrganisationId, ActionError> {
    require_administrator(actor)?;
    let key = checked(tx, entry, None)?;
    let row = row(tx.id(), key, entry);
    register::insert_organisation(tx.conn(), &row)?;
    record(tx, actor, &row, "organisation_entered")?;
    Ok(row.id)
}

/// Corrects an organisation.
pub fn correct(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: OrganisationId,
    entry: &Entry,
) -> Result<(), ActionError> {
    require_administrator(actor)?;
    register::organisation(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let key = checked(tx, entry, Some(id))?;
    let row = row(id, key, entry);
    register::save_organisation(tx.conn(), &row)?;
    record(tx, actor, &row, "organisation_corrected")
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &OrganisationRow,
    kind: &str,
) -> Result<(), ActionError> {
    let facts = json!({ "name": row.name_zh, "interest": row.interest, "small_firm": row.small_firm, "region": row.region });
    tx.record(NewEvent::new(ObjectKind::Organisation, row.id.cast(), actor, kind).facts(facts))?;
    Ok(())
}
