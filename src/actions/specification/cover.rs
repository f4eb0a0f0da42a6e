//! The cover of an edition (封面信息, 4.3) and the measurement standards that use it (计量标准): prepared from the project, completed by
//! those in whose care the text is.

use chrono::NaiveDate;
use quanheng_db::{
    covers::{self, CoverRow, MeasurementStandardRow},
    projects::{self, ProjectRow},
    register, specifications,
};
use quanheng_domain::{
    cover::{is_book_number, is_ccs, is_ics},
    event::ObjectKind,
    ids::{ObjectId, OrganisationId, PersonId, SpecificationId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, ProjectRole},
};
use serde_json::json;

use super::care;
use crate::{ActionError, NewEvent, Tx, limits};

/// What a person enters of the cover.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// International classes (ICS).
    pub ics: String,
    /// Chinese classes (CCS).
    pub ccs: String,
    /// Who printed it.
    pub publisher: String,
    /// Book number.
    pub isbn: String,
    /// Who interprets it.
    pub interpreter: String,
    /// Units that took part, divided by semicolons.
    pub joining_units: String,
    /// Drafters with their units, one a line.
    pub drafters: String,
    /// People who took part, one a line.
    pub joining_drafters: String,
    /// The statement of approval.
    pub statement: String,
}

/// A cover as it is entered for an edition.
#[derive(Debug, Clone)]
pub struct EnterCover {
    /// The edition.
    pub specification: SpecificationId,
    /// Its cover.
    pub cover: Cover,
}

/// Enters the cover of an edition, or puts it right.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` for classes and book numbers that are none and for what is too long,
/// `NotFound`.
pub fn enter(tx: &mut Tx<'_, '_>, actor: &Actor, command: &EnterCover) -> Result<(), ActionError> {
    let edition =
        specifications::find(tx.conn(), command.specification)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let cover = &command.cover;
    let lines = [
        ("ics", &cover.ics, limits::TITLE),
        ("ccs", &cover.ccs, limits::TITLE),
        ("publisher", &cover.publisher, limits::TITLE),
        ("isbn", &cover.isbn, limits::NAME),
        ("interpreter", &cover.interpreter, limits::TITLE),
        ("joining_units", &cover.joining_units, limits::NOTE),
        ("drafters", &cover.drafters, limits::NOTE),
        ("joining_drafters", &cover.joining_drafters, limits::NOTE),
        ("statement", &cover.statement, limits::NOTE),
    ];
    let long = lines.iter().filter(|(_, text, most)| text.chars().count() > *most);
    let mut faults: Vec<FieldFault> =
        long.map(|(field, _, most)| limits::too_long(*field, *most)).collect();
    let shapes = [
        ("ics", is_ics(&cover.ics)),
        ("ccs", is_ccs(&cover.ccs)),
        ("isbn", cover.isbn.trim().is_empty() || is_book_number(&cover.isbn)),
    ];
    let wrong = shapes.iter().filter(|(_, fair)| !fair);
    faults.extend(wrong.map(|(field, _)| FieldFault::new(*field, FaultCode::OtherKind)));
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let by = actor.person().map(|person| person.person);
    let row = row(tx, edition.id, cover, by);
    covers::put_cover(tx.conn(), &row)?;
    tx.record(
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "cover_entered").facts(
            json!({ "ics": cover.ics.trim(), "ccs": cover.ccs.trim(), "isbn": cover.isbn.trim() }),
        ),
    )?;
    Ok(())
}

/// The row of a cover as it is entered now.
pub(crate) fn row(
    tx: &Tx<'_, '_>,
    specification_id: SpecificationId,
    cover: &Cover,
    entered_by: Option<PersonId>,
) -> CoverRow {
    let line = |text: &str| text.trim().to_owned();
    CoverRow {
        specification_id,
        ics: line(&cover.ics),
        ccs: line(&cover.ccs),
        publisher: line(&cover.publisher),
        isbn: line(&cover.isbn),
        interpreter: line(&cover.interpreter),
        joining_units: line(&cover.joining_units),
        drafters: line(&cover.drafters),
        joining_drafters: line(&cover.joining_drafters),
        statement: line(&cover.statement),
        entered_at: tx.now(),
        entered_by,
    }
}

/// Puts the cover of a new edition together from what its project knows: units behind the first, drafters with their units, and the
/// committee that interprets the text.
///
/// # Errors
/// Storage trouble.
pub fn prepare(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    edition: SpecificationId,
    committee: &str,
) -> Result<(), ActionError> {
    let units = projects::units_of(tx.conn(), project.id)?;
    let people = projects::people_of(tx.conn(), project.id)?;
    let drafts =
        |role: ProjectRole| matches!(role, ProjectRole::LeadDrafter | ProjectRole::Drafter);
    let people: Vec<_> = people.into_iter().filter(|row| drafts(row.role)).collect();
    let known: Vec<OrganisationId> = units
        .iter()
        .map(|unit| unit.organisation_id)
        .chain(people.iter().filter_map(|row| row.organisation_id))
        .collect();
    let organisations = register::organisations_by(tx.conn(), &known)?;
    let unit = |id: OrganisationId| {
        organisations.iter().find(|one| one.id == id).map_or("", |one| one.name_zh.as_str())
    };
    let ids: Vec<PersonId> = people.iter().map(|row| row.person_id).collect();
    let names = register::people_by(tx.conn(), &ids)?;
    let mut drafters = Vec::new();
    for row in &people {
        let Some(person) = names.iter().find(|one| one.id == row.person_id) else { continue };
        let line = match row.organisation_id.map(unit).filter(|unit| !unit.is_empty()) {
            Some(unit) => format!("{}（{unit}）", person.name_zh),
            None => person.name_zh.clone(),
        };
        if !drafters.contains(&line) {
            drafters.push(line);
        }
    }
    let joining = units.iter().filter(|row| !row.lead).map(|row| unit(row.organisation_id));
    let cover = Cover {
        interpreter: committee.to_owned(),
        joining_units: joining.collect::<Vec<_>>().join(";"),
        drafters: drafters.join("\n"),
        ..Cover::default()
    };
    let row = row(tx, edition, &cover, None);
    covers::put_cover(tx.conn(), &row)?;
    Ok(())
}

/// A measurement standard that uses an edition (F22).
#[derive(Debug, Clone)]
pub struct Standard {
    /// The edition.
    pub specification: SpecificationId,
    /// Its name.
    pub name: String,
    /// Number of its certificate.
    pub certificate: String,
    /// Who keeps it.
    pub keeper: String,
    /// Last day of the certificate.
    pub valid_until: Option<NaiveDate>,
}

/// Enters a measurement standard.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` for empty fields and for a certificate that is entered already.
pub fn add_standard(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Standard,
) -> Result<ObjectId, ActionError> {
    let edition =
        specifications::find(tx.conn(), command.specification)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let mut faults = Vec::new();
    for (field, text) in [
        ("name", &command.name),
        ("certificate", &command.certificate),
        ("keeper", &command.keeper),
    ] {
        if text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > limits::TITLE {
            faults.push(limits::too_long(field, limits::TITLE));
        }
    }
    tx.lock(edition.id.cast())?;
    let certificate = command.certificate.trim();
    let there = covers::standards_of(tx.conn(), edition.id)?;
    if there.iter().any(|one| one.certificate == certificate) {
        faults.push(FieldFault::new("certificate", FaultCode::Taken));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let row = MeasurementStandardRow {
        id: tx.id(),
        specification_id: edition.id,
        name: command.name.trim().to_owned(),
        certificate: certificate.to_owned(),
        keeper: command.keeper.trim().to_owned(),
        valid_until: command.valid_until,
        entered_at: tx.now(),
        entered_by: actor.person().map(|person| person.person),
    };
    covers::add_standard(tx.conn(), &row)?;
    let facts = json!({ "standard": row.id, "certificate": row.certificate, "keeper": row.keeper });
    let event =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "standard_entered");
    tx.record(event.facts(facts))?;
    Ok(row.id)
}

/// Takes a measurement standard out that no longer uses the edition.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `NotFound`.
pub fn remove_standard(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: &ObjectId,
) -> Result<(), ActionError> {
    let row = covers::standard(tx.conn(), *id)?.ok_or(ActionError::NotFound)?;
    let edition =
        specifications::find(tx.conn(), row.specification_id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    covers::remove_standard(tx.conn(), row.id)?;
    let facts = json!({ "standard": row.id, "certificate": row.certificate });
    let event =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "standard_removed");
    tx.record(event.facts(facts))?;
    Ok(())
}
