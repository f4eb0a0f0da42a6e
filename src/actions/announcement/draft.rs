//! An announcement is prepared, worded and, if it comes to nothing, thrown away.

use chrono::NaiveDate;
use quanheng_db::{
    announcement_drafts::{self as drafts, DraftRow, DraftTextRow},
    projects::{self, ProjectFilter},
    specifications,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AnnouncementId, AuthorityId, ProjectId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use serde_json::json;

use super::{MOST_WAITING, must_serve, waits};
use crate::{ActionError, NewEvent, Tx};

/// The longest wording, in characters.
const LONGEST: usize = 20_000;
/// The longest title or number, in characters.
const LONGEST_LINE: usize = 300;

/// An announcement to be prepared; its wording is made from the texts by who asks.
#[derive(Debug, Clone)]
pub struct Prepare {
    /// Who issues it.
    pub authority: AuthorityId,
    /// The projects whose texts it issues, in order.
    pub projects: Vec<ProjectId>,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its wording.
    pub body: String,
    /// The day of issue, if decided.
    pub issued_on: Option<NaiveDate>,
    /// The day of force, if decided.
    pub effective_on: Option<NaiveDate>,
}

/// New wording and days of an announcement in preparation.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The draft.
    pub id: AnnouncementId,
    /// The version that was seen.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its wording.
    pub body: String,
    /// The day of issue, if decided.
    pub issued_on: Option<NaiveDate>,
    /// The day of force, if decided.
    pub effective_on: Option<NaiveDate>,
}

fn line(faults: &mut Vec<FieldFault>, field: &str, text: &str, longest: usize) {
    if text.trim().is_empty() {
        faults.push(FieldFault::new(field, FaultCode::Missing));
    } else if text.chars().count() > longest {
        let bound = i64::try_from(longest).ok();
        faults.push(FieldFault { bound, ..FieldFault::new(field, FaultCode::TooLong) });
    }
}

/// What is wrong with wording and days.
fn faults(
    tx: &mut Tx<'_, '_>,
    number: &str,
    title: &str,
    body: &str,
    days: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<FieldFault>, ActionError> {
    let mut faults = Vec::new();
    line(&mut faults, "number", number, LONGEST_LINE);
    line(&mut faults, "title", title, LONGEST_LINE);
    line(&mut faults, "body", body, LONGEST);
    if specifications::announcement_by_number(tx.conn(), number.trim())?.is_some() {
        faults.push(FieldFault::new("number", FaultCode::Taken));
    }
    if let (Some(issued), Some(force)) = days
        && force < issued
    {
        faults.push(FieldFault::new("effective_on", FaultCode::TooEarly));
    }
    Ok(faults)
}

fn refuse(faults: Vec<FieldFault>) -> Result<(), ActionError> {
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}

/// Begins an announcement of texts that wait.
///
/// # Errors
/// `Refused` for others than officers of the authority; `Invalid` for a number that is taken, or texts that do not wait or stand in
/// another draft.
pub fn prepare(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Prepare,
) -> Result<AnnouncementId, ActionError> {
    must_serve(actor, command.authority)?;
    tx.lock(command.authority.cast())?;
    let days = (command.issued_on, command.effective_on);
    let mut faults = faults(tx, &command.number, &command.title, &command.body, days)?;
    let filter = ProjectFilter { ids: Some(command.projects.clone()), ..ProjectFilter::default() };
    let (rows, _) = projects::list(tx.conn(), &filter, MOST_WAITING, 0)?;
    let open = drafts::open_of(tx.conn(), &[command.authority])?;
    let ids: Vec<AnnouncementId> = open.iter().map(|row| row.id).collect();
    let taken = drafts::texts_of(tx.conn(), &ids)?;
    let fit = rows.iter().filter(|row| {
        row.authority_id == command.authority
            && waits(row)
            && !taken.iter().any(|text| text.project_id == row.id)
    });
    if command.projects.is_empty() {
        faults.push(FieldFault::new("texts", FaultCode::Missing));
    } else if fit.count() != command.projects.len() {
        faults.push(FieldFault::new("texts", FaultCode::NotAChoice));
    }
    refuse(faults)?;
    let row = DraftRow {
        id: tx.id(),
        version: 1,
        authority_id: command.authority,
        number: command.number.trim().to_owned(),
        title: command.title.trim().to_owned(),
        body: command.body.trim().to_owned(),
        issued_on: command.issued_on,
        effective_on: command.effective_on,
        created_at: tx.now(),
        created_by: actor.person().map(|person| person.person),
        ended_at: None,
        issued: false,
    };
    let text = |(project_id, ordinal): (&ProjectId, i32)| DraftTextRow {
        draft_id: row.id,
        project_id: *project_id,
        ordinal,
    };
    let texts: Vec<DraftTextRow> = command.projects.iter().zip(1..).map(text).collect();
    drafts::insert(tx.conn(), &row, &texts)?;
    record(tx, actor, &row, "announcement_prepared", json!({ "projects": command.projects }))?;
    Ok(row.id)
}

/// A draft of an authority that the actor serves, open still and at the version that was seen.
pub(super) fn held(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: AnnouncementId,
    version: i64,
) -> Result<DraftRow, ActionError> {
    let row = drafts::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    must_serve(actor, row.authority_id)?;
    if row.ended_at.is_some() || row.version != version {
        return Err(ActionError::Conflict);
    }
    Ok(row)
}

pub(super) fn save(tx: &mut Tx<'_, '_>, row: &mut DraftRow) -> Result<(), ActionError> {
    if drafts::save(tx.conn(), row)? { Ok(()) } else { Err(ActionError::Conflict) }
}

pub(super) fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &DraftRow,
    kind: &str,
    mut facts: serde_json::Value,
) -> Result<(), ActionError> {
    facts["number"] = json!(row.number);
    tx.record(NewEvent::new(ObjectKind::Announcement, row.id.cast(), actor, kind).facts(facts))?;
    Ok(())
}

/// Saves wording and days of an announcement in preparation.
///
/// # Errors
/// `Refused` for others than officers of its authority, `Conflict` when somebody changed or ended it, `Invalid`.
pub fn edit(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Edit) -> Result<(), ActionError> {
    let mut row = held(tx, actor, command.id, command.version)?;
    let days = (command.issued_on, command.effective_on);
    refuse(faults(tx, &command.number, &command.title, &command.body, days)?)?;
    command.number.trim().clone_into(&mut row.number);
    command.title.trim().clone_into(&mut row.title);
    command.body.trim().clone_into(&mut row.body);
    (row.issued_on, row.effective_on) = days;
    save(tx, &mut row)?;
    let facts = json!({ "issued_on": row.issued_on, "effective_on": row.effective_on });
    record(tx, actor, &row, "announcement_edited", facts)
}

/// Throws an announcement in preparation away; its texts wait again.
///
/// # Errors
/// `Refused` for others than officers of its authority, `Conflict` when somebody changed or ended it.
pub fn throw_away(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &(AnnouncementId, i64),
) -> Result<(), ActionError> {
    let mut row = held(tx, actor, command.0, command.1)?;
    row.ended_at = Some(tx.now());
    save(tx, &mut row)?;
    record(tx, actor, &row, "announcement_thrown_away", json!({}))
}
