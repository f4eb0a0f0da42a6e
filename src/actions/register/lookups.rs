//! Finding what a cell speaks of: organisations, committees and editions, entered when they are first met where that is safe.

use quanheng_db::{
    imports,
    register::{self, CommitteeRow, OrganisationRow},
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{OrganisationId, SpecificationId},
    lifecycle::Adoption,
    number::{Series, SpecNumber},
    people::Interest,
    specification::Category,
};
use quanheng_tables::formats::plain_code;
use serde_json::json;

use super::{
    authorities,
    import::{Changes, Work},
};
use crate::{ActionError, Tx, names, specification::publish::search_text};

/// The organisation of a name; a new one has an unknown interest until somebody says which.
pub(super) fn organisation(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    name: &str,
) -> Result<OrganisationId, ActionError> {
    organisation_with(tx, work, name, None, None).map(|(id, _)| id)
}

/// The same, taking over what the table says of its interest and size; tells whether the register changed.
pub(super) fn organisation_with(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    name: &str,
    interest: Option<Interest>,
    small_firm: Option<bool>,
) -> Result<(OrganisationId, bool), ActionError> {
    let key = names::fold(name);
    let Some(mut row) = register::organisation_by_name(tx.conn(), &key)? else {
        let row = OrganisationRow {
            id: tx.id(),
            name_zh: name.trim().to_owned(),
            name_en: String::new(),
            name_key: key,
            interest: interest.unwrap_or(Interest::Unknown),
            small_firm: small_firm.unwrap_or(false),
            region: String::new(),
        };
        register::insert_organisation(tx.conn(), &row)?;
        work.record(
            tx,
            ObjectKind::Organisation,
            row.id.cast(),
            "imported",
            json!({ "name": row.name_zh, "interest": row.interest }),
        )?;
        work.entered("organisations");
        return Ok((row.id, true));
    };
    let mut changes = Changes::default();
    changes.set(
        "interest",
        &mut row.interest,
        interest.filter(|interest| *interest != Interest::Unknown),
    )?;
    changes.set("small_firm", &mut row.small_firm, small_firm)?;
    if changes.is_empty() {
        return Ok((row.id, false));
    }
    register::save_organisation(tx.conn(), &row)?;
    work.record(tx, ObjectKind::Organisation, row.id.cast(), "import_changed", changes.facts())?;
    Ok((row.id, true))
}

/// The committee that a cell names by code, name or former name.
pub(super) fn committee(
    tx: &mut Tx<'_, '_>,
    cell: &str,
) -> Result<Option<CommitteeRow>, ActionError> {
    if let Some(code) = plain_code(cell)
        && let Some(found) = register::committee_by_code(tx.conn(), &code)?
    {
        return Ok(Some(found));
    }
    if let Some(found) = register::committee_by_name(tx.conn(), &names::fold(cell))? {
        return Ok(Some(found));
    }
    match imports::formerly_named(tx.conn(), cell)?.as_slice() {
        [one] => Ok(register::committee(tx.conn(), *one)?),
        // Two committees that once bore the name leave it open which is meant.
        _ => Ok(None),
    }
}

/// What marks an edition of which nothing but its number is known.
pub const STUB: &str = "stub";

/// The edition of a number; unknown numbers become stubs that say so.
pub(super) fn edition(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    number: &SpecNumber,
) -> Result<SpecificationId, ActionError> {
    if let Some(found) = specifications::by_number(tx.conn(), &number.canonical())? {
        return Ok(found.id);
    }
    let row = blank_edition(tx, work, number)?;
    specifications::insert(tx.conn(), &row)?;
    work.record(
        tx,
        ObjectKind::Specification,
        row.id.cast(),
        "imported",
        json!({ "number": row.number, "stub": true }),
    )?;
    work.entered("stub_editions");
    Ok(row.id)
}

/// An edition of which nothing but its number is known; not yet entered.
pub(super) fn blank_edition(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    number: &SpecNumber,
) -> Result<SpecificationRow, ActionError> {
    let canonical = number.canonical();
    let authority_id = authorities::of_mark(tx, work, number.level(), number.mark())?;
    Ok(SpecificationRow {
        id: tx.id(),
        version: 1,
        number_key: canonical.clone(),
        sort_key: number.sort_key(),
        series: number.series().to_string(),
        mark: number.mark().unwrap_or_default().to_owned(),
        sequence: i32::try_from(number.sequence()).unwrap_or(i32::MAX),
        year: i32::from(number.year()),
        category: match number.series() {
            Series::Jjg => Category::VerificationRegulation,
            Series::Jjf => Category::Other,
        },
        level: number.level(),
        title_zh: canonical.clone(),
        title_en: String::new(),
        title_basis: STUB.to_owned(),
        issued_on: String::new(),
        effective_on: String::new(),
        abolished_on: String::new(),
        reported_status: String::new(),
        reported_basis: String::new(),
        adoption: Adoption::None,
        adopted_source: String::new(),
        committee_id: None,
        committee_printed: String::new(),
        authority_id,
        drafting_units: String::new(),
        project_id: None,
        announcement: String::new(),
        last_reexamined_on: None,
        note: String::new(),
        search_text: search_text(&canonical, &canonical, ""),
        created_at: tx.now(),
        number: canonical,
    })
}
