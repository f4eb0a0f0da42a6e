//! Founding a committee (成立委员会) and changing its data; whoever approves it keeps it (谁审批、谁监管).

use chrono::{Datelike, NaiveDate};
use quanheng_db::{
    AnyConn, imports,
    register::{self, CommitteeNameRow, CommitteeRow},
};
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState, code_of},
    event::ObjectKind,
    ids::{AuthorityId, CommitteeId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Owners, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::{Map, Value, json};

use crate::{ActionError, NewEvent, Tx, limits, names, project::units};

/// The first year that a committee may bear as the year of its founding: a bound of technique against slips of the pen.
const FIRST_YEAR: i32 = 1900;

/// A committee as typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `MTC1`, `MTC1/SC1`, `MTC1/WG1`, or as the authority numbers its own; may be empty.
    pub code: String,
    /// Kind.
    pub kind: CommitteeKind,
    /// The committee above; needed for sub-committees and working groups.
    pub parent: Option<CommitteeId>,
    /// The authority that approves and supervises it.
    pub authority: AuthorityId,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// What it works on.
    pub scope_zh: String,
    /// The unit that hosts its secretariat (秘书处承担单位); entered in the register when it is met for the first time. May be empty.
    pub host: String,
    /// The year of its founding.
    pub established_year: Option<i32>,
}

impl Entry {
    /// A committee as it stands, for whoever changes some of it.
    ///
    /// # Errors
    /// What the database says.
    pub fn of(conn: &mut AnyConn, row: &CommitteeRow) -> Result<Self, ActionError> {
        let host = match row.host_id {
            Some(id) => register::organisation(conn, id)?.map(|host| host.name_zh),
            None => None,
        };
        Ok(Self {
            code: row.code.clone().unwrap_or_default(),
            kind: row.kind,
            parent: row.parent_id,
            authority: row.authority_id,
            name_zh: row.name_zh.clone(),
            name_en: row.name_en.clone(),
            scope_zh: row.scope_zh.clone(),
            host: host.unwrap_or_default(),
            established_year: row.established_year,
        })
    }
}

/// New data of a committee.
#[derive(Debug, Clone)]
pub struct Change {
    /// The committee.
    pub committee: CommitteeId,
    /// The version that the form showed.
    pub if_version: i64,
    /// The data as they shall be.
    pub entry: Entry,
    /// From which day it bears another name; today when left out.
    pub renamed_on: Option<NaiveDate>,
}

/// Whether somebody keeps the committees of an authority: its officers, administrators and the clock do (domain rules, 2.1 and 2.4).
pub fn keeps(actor: &Actor, authority: AuthorityId) -> bool {
    let parties = actor.parties(&Owners { project: None, committee: None, authority });
    [Party::Officer, Party::Administrator, Party::System]
        .iter()
        .any(|party| parties.contains(party))
}

/// Refuses whoever does not keep the committees of an authority.
pub(super) fn require(actor: &Actor, authority: AuthorityId) -> Result<(), ActionError> {
    if keeps(actor, authority) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into())
    }
}

/// Founds a committee; it is in preparation (筹建) until its first term begins.
///
/// # Errors
/// `Refused` for others than officers of its authority and administrators; `Invalid` with the fields that are wrong.
pub fn found(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    entry: &Entry,
) -> Result<CommitteeRow, ActionError> {
    require(actor, entry.authority)?;
    let code = checked(tx, entry, None)?;
    let mut row = CommitteeRow {
        id: tx.id(),
        version: 1,
        code,
        name_key: String::new(),
        name_zh: String::new(),
        name_en: String::new(),
        kind: entry.kind,
        parent_id: None,
        authority_id: entry.authority,
        scope_zh: String::new(),
        host_id: None,
        established_year: None,
        term_no: None,
        term_start: None,
        term_end: None,
        state: CommitteeState::Preparing,
        note: String::new(),
    };
    fill(tx, &mut row, entry)?;
    register::insert_committee(tx.conn(), &row)?;
    let facts = json!({
        "code": row.code, "name": row.name_zh, "kind": row.kind, "parent": row.parent_id, "authority": row.authority_id,
        "host": entry.host.trim(), "year": row.established_year,
    });
    tx.record(
        NewEvent::new(ObjectKind::Committee, row.id.cast(), actor, "committee_founded")
            .facts(facts),
    )?;
    Ok(row)
}

/// Changes the data of a committee; a name that it gives up stays with its days.
///
/// # Errors
/// `Refused` for others than officers of its authority, of the new one where that changes, and administrators; `Conflict` when
/// somebody changed it meanwhile; `Invalid` with the fields that are wrong; `NotFound`.
pub fn change(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Change,
) -> Result<CommitteeRow, ActionError> {
    let before = register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    require(actor, before.authority_id)?;
    let entry = &command.entry;
    require(actor, entry.authority)?;
    if before.version != command.if_version {
        return Err(ActionError::Conflict);
    }
    let code = checked(tx, entry, Some(&before))?;
    if command.renamed_on.is_some_and(|day| day > tx.today()) {
        let fault = FieldFault::new("renamed_on", FaultCode::NotYet);
        return Err(ActionError::Invalid(vec![fault]));
    }
    let mut row = CommitteeRow { code, kind: entry.kind, ..before.clone() };
    row.authority_id = entry.authority;
    fill(tx, &mut row, entry)?;
    let changed = differences(&before, &row);
    if changed.is_empty() {
        return Ok(before);
    }
    if !register::save_committee(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    // Another width or spacing is the same name.
    if row.name_key != before.name_key {
        let until = command.renamed_on.unwrap_or_else(|| tx.today());
        remember(tx, &before, until)?;
    }
    tx.record(
        NewEvent::new(ObjectKind::Committee, row.id.cast(), actor, "committee_changed")
            .facts(Value::Object(changed)),
    )?;
    Ok(row)
}

fn fill(tx: &mut Tx<'_, '_>, row: &mut CommitteeRow, entry: &Entry) -> Result<(), ActionError> {
    entry.name_zh.trim().clone_into(&mut row.name_zh);
    row.name_key = names::fold(&entry.name_zh);
    entry.name_en.trim().clone_into(&mut row.name_en);
    entry.scope_zh.trim().clone_into(&mut row.scope_zh);
    row.parent_id = entry.parent;
    row.established_year = entry.established_year;
    let host = entry.host.trim();
    row.host_id = if host.is_empty() { None } else { Some(units::organisation(tx, host)?) };
    Ok(())
}

// The old name with its days: from the end of the name before it, where that is known.
fn remember(
    tx: &mut Tx<'_, '_>,
    before: &CommitteeRow,
    until: NaiveDate,
) -> Result<(), ActionError> {
    let known = imports::former_names(tx.conn(), before.id)?;
    let since = known.iter().filter_map(|name| name.until).filter(|day| *day < until).max();
    let row = CommitteeNameRow {
        id: tx.id(),
        committee_id: before.id,
        name_zh: before.name_zh.clone(),
        since,
        until: Some(until),
    };
    imports::insert_former_name(tx.conn(), &row)?;
    Ok(())
}

/// What differs, each with what it was and what it is.
fn differences(before: &CommitteeRow, after: &CommitteeRow) -> Map<String, Value> {
    let told = |row: &CommitteeRow| {
        [
            ("code", json!(row.code)),
            ("name", json!(row.name_zh)),
            ("name_en", json!(row.name_en)),
            ("kind", json!(row.kind)),
            ("parent", json!(row.parent_id)),
            ("authority", json!(row.authority_id)),
            ("scope", json!(row.scope_zh)),
            ("host", json!(row.host_id)),
            ("year", json!(row.established_year)),
        ]
    };
    told(before)
        .into_iter()
        .zip(told(after))
        .filter(|((_, was), (_, is))| was != is)
        .map(|((key, was), (_, is))| (key.to_owned(), json!({ "was": was, "is": is })))
        .collect()
}

/// What is wrong with an entry; its code as it is stored.
fn checked(
    tx: &mut Tx<'_, '_>,
    entry: &Entry,
    own: Option<&CommitteeRow>,
) -> Result<Option<String>, ActionError> {
    let mut faults = Vec::new();
    texts(entry, &mut faults);
    let others: Vec<CommitteeRow> = register::all_committees(tx.conn())?
        .into_iter()
        .filter(|row| own.is_none_or(|own| own.id != row.id))
        .collect();
    let key = names::fold(&entry.name_zh);
    if others.iter().any(|other| other.name_key == key) {
        faults.push(FieldFault::new("name_zh", FaultCode::Taken));
    }
    if register::authority(tx.conn(), entry.authority)?.is_none() {
        faults.push(FieldFault::new("authority", FaultCode::Unknown));
    }
    let parent = parent(entry, own, &others, &mut faults);
    let code = code(entry, parent, own, &others, &mut faults);
    let this_year = tx.today().year();
    if entry.established_year.is_some_and(|year| !(FIRST_YEAR..=this_year).contains(&year)) {
        let fault = FieldFault::new("established_year", FaultCode::NotACount);
        faults.push(FieldFault { bound: Some(i64::from(this_year)), ..fault });
    }
    if faults.is_empty() { Ok(code) } else { Err(ActionError::Invalid(faults)) }
}

fn texts(entry: &Entry, faults: &mut Vec<FieldFault>) {
    if entry.name_zh.trim().is_empty() {
        faults.push(FieldFault::new("name_zh", FaultCode::Missing));
    }
    for (field, text, most) in [
        ("name_zh", &entry.name_zh, limits::TITLE),
        ("name_en", &entry.name_en, limits::LONG_TITLE),
        ("host", &entry.host, limits::NAME),
        ("scope_zh", &entry.scope_zh, limits::NOTE),
    ] {
        let lines = field == "scope_zh";
        if text.chars().any(|c| c.is_control() && !(lines && c == '\n')) {
            faults.push(FieldFault::new(field, FaultCode::BadCharacters));
        } else if text.trim().chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
}

/// The committee above, if it can be that.
fn parent<'c>(
    entry: &Entry,
    own: Option<&CommitteeRow>,
    others: &'c [CommitteeRow],
    faults: &mut Vec<FieldFault>,
) -> Option<&'c CommitteeRow> {
    let mut fault = |code| faults.push(FieldFault::new("parent", code));
    let Some(id) = entry.parent else {
        if entry.kind != CommitteeKind::Committee {
            fault(FaultCode::Missing);
        }
        return None;
    };
    let Some(found) = others.iter().find(|row| row.id == id) else {
        fault(FaultCode::Unknown);
        return None;
    };
    // A working group has nothing below it, and nothing stands below itself.
    let mut above = Some(found);
    let mut depth = 0;
    let circle = loop {
        match above {
            Some(row) if own.is_some_and(|own| row.parent_id == Some(own.id)) => break true,
            Some(_) if depth > others.len() => break true,
            Some(row) => above = others.iter().find(|other| Some(other.id) == row.parent_id),
            None => break false,
        }
        depth += 1;
    };
    if circle || found.kind == CommitteeKind::WorkingGroup {
        fault(FaultCode::NotAChoice);
        return None;
    }
    Some(found)
}

/// The code in its one form; what stands already is not asked again.
fn code(
    entry: &Entry,
    parent: Option<&CommitteeRow>,
    own: Option<&CommitteeRow>,
    others: &[CommitteeRow],
    faults: &mut Vec<FieldFault>,
) -> Option<String> {
    let typed = entry.code.trim();
    let stays = own.is_some_and(|own| {
        own.code.as_deref() == Some(typed)
            && own.kind == entry.kind
            && own.parent_id == entry.parent
    });
    if typed.is_empty() {
        return None;
    }
    if stays {
        return Some(typed.to_owned());
    }
    let above = parent.and_then(|row| row.code.as_deref());
    let Some(code) = code_of(typed, entry.kind, above) else {
        faults.push(FieldFault::new("code", FaultCode::NotACode));
        return None;
    };
    let segment = code.replace('/', "-");
    if others.iter().any(|other| other.segment().eq_ignore_ascii_case(&segment)) {
        faults.push(FieldFault::new("code", FaultCode::Taken));
    }
    Some(code)
}
