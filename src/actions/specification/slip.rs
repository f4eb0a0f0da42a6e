//! Amendment slips and corrigenda (修改单、勘误, E-15, E-16): their items, written clause by clause while the project runs, and the text
//! as it reads with those in force.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectRow},
    slips::{self, SlipItemRow, SlipRow},
    specifications,
};
use quanheng_domain::{
    clause::Clause,
    event::ObjectKind,
    ids::{ProjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
    slip::{SlipAct, SlipItem, merge},
    stage::{Phase, Stage},
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx, document, limits, profiles, project::load::standing, search::index,
};

/// Who writes the items of a slip.
const WRITERS: &[Party] = &[Party::Drafter, Party::Secretariat];

/// Whether a project makes a slip.
pub fn is_slip(row: &ProjectRow) -> bool {
    matches!(row.kind, ProjectKind::Amendment | ProjectKind::Corrigendum)
}

/// Whether the items may still change: until the dossier is with the authority, and again when it came back.
pub fn is_open(row: &ProjectRow) -> bool {
    let before = row.stage.phase() < Phase::Dossier || row.stage == Stage::DossierReturned;
    before && !row.stage.is_final()
}

/// Whether the actor writes the items of a slip.
pub fn writes(row: &ProjectRow, actor: &Actor) -> bool {
    let parties = actor.parties(&standing(row).owners);
    WRITERS.iter().any(|party| parties.contains(party))
}

fn writable(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
) -> Result<ProjectRow, ActionError> {
    tx.lock(project.cast())?;
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    if !is_slip(&row) || !document::may_know(&row, actor) {
        return Err(ActionError::NotFound);
    }
    if !writes(&row, actor) {
        let who = format!("{},{}", Party::Drafter, Party::Secretariat);
        return Err(Refusal::new(RefusalCode::NotYours).with("who", who).into());
    }
    if !is_open(&row) {
        return Err(Refusal::new(RefusalCode::NotFromHere).with("stage", row.stage).into());
    }
    Ok(row)
}

/// An item to enter.
#[derive(Debug, Clone)]
pub struct Enter {
    /// The project of the slip.
    pub project: ProjectId,
    /// The item.
    pub item: SlipItem,
}

/// Enters an item of a slip; its number within the slip.
///
/// # Errors
/// `Refused` for others than drafters and secretariat, once the dossier is with the authority, and beyond the number of items that the
/// rule allows a slip (a corrigendum, which changes nothing technical, has no such bound); `Invalid` for a clause or words that the text
/// does not have; `NotFound`.
pub fn enter(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Enter) -> Result<i32, ActionError> {
    let row = writable(tx, actor, command.project)?;
    let item = fair(&command.item)?;
    let there = slips::items_of(tx.conn(), &[row.id])?;
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    let most = profile.get(keys::AMENDMENT_ITEMS_MAX);
    let full = u32::try_from(there.len()).is_ok_and(|items| items >= most);
    if row.kind == ProjectKind::Amendment && full {
        let refusal = Refusal::by(RefusalCode::SlipFull, keys::AMENDMENT_ITEMS_MAX.key());
        return Err(refusal.with("most", most).citing(&profile).into());
    }
    fits(tx.conn(), &row, &there, &item)?;
    let new = SlipItemRow {
        project_id: row.id,
        ordinal: there.last().map_or(1, |last| last.ordinal + 1),
        kind: item.act,
        clause: item.clause,
        number: item.number,
        heading: item.heading,
        was: item.was,
        body: item.body,
        entered_at: tx.now(),
        entered_by: actor.person().map(|person| person.person),
    };
    slips::add_item(tx.conn(), &new)?;
    let facts = json!({ "item": new.ordinal, "act": new.kind, "clause": new.clause });
    let event = NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "slip_item_entered");
    tx.record(event.facts(facts))?;
    Ok(new.ordinal)
}

/// The item with what its act needs and nothing else.
fn fair(item: &SlipItem) -> Result<SlipItem, ActionError> {
    let needs_body = item.act != SlipAct::Delete;
    let needs_was = item.act == SlipAct::Change;
    let needed = [
        ("clause", &item.clause, true, limits::NAME),
        ("number", &item.number, false, limits::NAME),
        ("heading", &item.heading, false, limits::TITLE),
        ("was", &item.was, needs_was, limits::TEXT),
        ("body", &item.body, needs_body, limits::TEXT),
    ];
    let mut faults = Vec::new();
    for (field, text, needed, most) in needed {
        if needed && text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
    if needs_was && !item.was.trim().is_empty() && item.was.trim() == item.body.trim() {
        faults.push(FieldFault::new("body", FaultCode::Unchanged));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let only = |wanted: bool, text: &str| match wanted {
        true => text.trim().to_owned(),
        false => String::new(),
    };
    Ok(SlipItem {
        act: item.act,
        clause: item.clause.trim().to_owned(),
        number: only(item.act == SlipAct::Add, &item.number),
        heading: only(matches!(item.act, SlipAct::Add | SlipAct::Replace), &item.heading),
        was: only(needs_was, &item.was),
        body: only(needs_body, &item.body),
    })
}

/// Where the register holds the clauses of the text, an item names one of them, and words that stand in it.
fn fits(
    conn: &mut AnyConn,
    row: &ProjectRow,
    there: &[SlipItemRow],
    item: &SlipItem,
) -> Result<(), ActionError> {
    let Some(edition) = row.specification_id else { return Ok(()) };
    let Some(clauses) = clauses_of(conn, edition)? else { return Ok(()) };
    let published = of_edition(conn, edition)?;
    let mut slips: Vec<Vec<SlipItem>> = published.into_iter().map(|slip| slip.items).collect();
    let mut own: Vec<SlipItem> = there.iter().map(SlipItemRow::item).collect();
    own.push(item.clone());
    let (slip, place) = (slips.len(), own.len() - 1);
    slips.push(own);
    let read = merge(&clauses, &slips);
    if !read.astray.contains(&(slip, place)) {
        return Ok(());
    }
    let clauses = read.clauses.iter().map(|one| &one.clause);
    let known = quanheng_domain::slip::place_of(clauses, &item.clause).is_some();
    let fault = match known {
        true => FieldFault::new("was", FaultCode::NotInClause),
        false => FieldFault::new("clause", FaultCode::Unknown),
    };
    Err(ActionError::Invalid(vec![fault]))
}

fn clauses_of(
    conn: &mut AnyConn,
    edition: SpecificationId,
) -> Result<Option<Vec<Clause>>, ActionError> {
    let edition = specifications::find(conn, edition)?.ok_or(ActionError::NotFound)?;
    let Some((_, published)) = index::published(conn, &edition)? else { return Ok(None) };
    let kept = document::text::kept(conn, published.id)?;
    Ok(kept.filter(|kept| kept.row.fault.is_none()).map(|kept| kept.text.clauses))
}

/// An item to take out.
#[derive(Debug, Clone)]
pub struct Strike {
    /// The project of the slip.
    pub project: ProjectId,
    /// Which item.
    pub ordinal: i32,
}

/// Takes an item out of a slip.
///
/// # Errors
/// As [`enter`]; `NotFound` for an item that is not there.
pub fn strike(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Strike) -> Result<(), ActionError> {
    let row = writable(tx, actor, command.project)?;
    if !slips::remove_item(tx.conn(), row.id, command.ordinal)? {
        return Err(ActionError::NotFound);
    }
    let event = NewEvent::new(ObjectKind::Project, row.id.cast(), actor, "slip_item_struck");
    tx.record(event.facts(json!({ "item": command.ordinal })))?;
    Ok(())
}

/// Notes a slip that was published, so that the text reads with it from its day on.
///
/// # Errors
/// Storage trouble.
pub fn publish(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    edition: SpecificationId,
    (announcement, issued_on, effective_on): (&str, NaiveDate, NaiveDate),
) -> Result<i32, ActionError> {
    let before = slips::of_edition(tx.conn(), edition)?;
    let like = before.iter().filter(|slip| slip.kind == row.kind).map(|slip| slip.ordinal);
    let new = SlipRow {
        project_id: row.id,
        specification_id: edition,
        kind: row.kind,
        ordinal: like.max().unwrap_or(0) + 1,
        announcement: announcement.to_owned(),
        issued_on,
        effective_on,
    };
    slips::add(tx.conn(), &new)?;
    Ok(new.ordinal)
}

/// A published slip with its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The slip.
    pub row: SlipRow,
    /// Its items, in order.
    pub items: Vec<SlipItem>,
}

/// The published slips of an edition with their items, in the order in which they came into force.
///
/// # Errors
/// Storage trouble.
pub fn of_edition(conn: &mut AnyConn, id: SpecificationId) -> Result<Vec<Slip>, ActionError> {
    let rows = slips::of_edition(conn, id)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ProjectId> = rows.iter().map(|row| row.project_id).collect();
    let mut items: HashMap<ProjectId, Vec<SlipItem>> = HashMap::new();
    for row in slips::items_of(conn, &ids)? {
        items.entry(row.project_id).or_default().push(row.item());
    }
    let slip =
        |row: SlipRow| Slip { items: items.remove(&row.project_id).unwrap_or_default(), row };
    Ok(rows.into_iter().map(slip).collect())
}

/// The clauses of an edition as they read with the slips that are given, for search and papers.
pub fn merged(clauses: &[Clause], slips: &[Slip]) -> Vec<Clause> {
    let items: Vec<Vec<SlipItem>> = slips.iter().map(|slip| slip.items.clone()).collect();
    merge(clauses, &items).clauses.into_iter().map(|one| one.clause).collect()
}
