//! Takes a list of committees (技术委员会名录) into the register.

use quanheng_db::{
    imports,
    register::{self, CommitteeNameRow, CommitteeRow},
};
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    event::ObjectKind,
    people::Actor,
};
use quanheng_tables::formats::{self, Reading};
use serde_json::json;

use super::{
    authorities,
    import::{Changes, Effect, ImportOptions, ImportReport, Work, run},
    lookups,
};
use crate::{ActionError, Tx, names};

/// Imports committees; each is known by its code or its name, present or former.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_committees(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::CommitteeRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    // Committees come before their sub-committees, wherever they stand in the file.
    let order = |row: &formats::CommitteeRow| match row.kind {
        CommitteeKind::Committee => 0,
        CommitteeKind::SubCommittee => 1,
        CommitteeKind::WorkingGroup => 2,
    };
    run(tx, actor, reading, options, order, one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::CommitteeRow,
) -> Result<(String, Effect), ActionError> {
    let name = row.code.clone().unwrap_or_else(|| row.name_zh.clone());
    let by_code = match &row.code {
        Some(code) => register::committee_by_code(tx.conn(), code)?,
        None => None,
    };
    let by_name = register::committee_by_name(tx.conn(), &names::fold(&row.name_zh))?;
    let existing = match (by_code, by_name) {
        (Some(a), Some(b)) if a.id != b.id => {
            return Err(work.refuse("code", "import-bad-two-committees", &name));
        }
        (a, b) => a.or(b),
    };
    let effect = match existing {
        Some(existing) => update(tx, work, existing, row)?,
        None => create(tx, work, row)?,
    };
    Ok((name, effect))
}

fn create(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::CommitteeRow,
) -> Result<Effect, ActionError> {
    let authority_id =
        authorities::of_committee(tx, work, row.level, &row.name_zh, row.authority.as_deref())?;
    let mut committee = CommitteeRow {
        id: tx.id(),
        version: 1,
        code: row.code.clone(),
        name_key: names::fold(&row.name_zh),
        name_zh: row.name_zh.clone(),
        name_en: String::new(),
        kind: row.kind,
        parent_id: None,
        authority_id,
        scope_zh: String::new(),
        host_id: None,
        established_year: None,
        term_no: None,
        term_start: None,
        term_end: None,
        state: CommitteeState::InTerm,
        note: String::new(),
    };
    fill(tx, work, &mut committee, row, &mut Changes::default())?;
    register::insert_committee(tx.conn(), &committee)?;
    former_names(tx, &committee, row)?;
    work.record(
        tx,
        ObjectKind::Committee,
        committee.id.cast(),
        "imported",
        json!({ "code": committee.code, "name": committee.name_zh, "kind": committee.kind, "host": row.host, "former_names": row.former_names }),
    )?;
    Ok(Effect::Created)
}

fn update(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    mut committee: CommitteeRow,
    row: &formats::CommitteeRow,
) -> Result<Effect, ActionError> {
    let mut changes = Changes::default();
    if names::fold(&row.name_zh) != committee.name_key {
        remember(tx, &committee, &committee.name_zh.clone())?;
        committee.name_key = names::fold(&row.name_zh);
    }
    changes.text("name_zh", &mut committee.name_zh, Some(&row.name_zh))?;
    changes.option("code", &mut committee.code, row.code.clone())?;
    changes.set("kind", &mut committee.kind, Some(row.kind))?;
    if row.authority.is_some() {
        let authority =
            authorities::of_committee(tx, work, row.level, &row.name_zh, row.authority.as_deref())?;
        changes.set("authority", &mut committee.authority_id, Some(authority))?;
    }
    fill(tx, work, &mut committee, row, &mut changes)?;
    let added = former_names(tx, &committee, row)?;
    if !added.is_empty() {
        changes.noted("former_names", json!(added));
    }
    if !changes.is_empty() {
        if !register::save_committee(tx.conn(), &mut committee)? {
            return Err(ActionError::Conflict);
        }
        work.record(
            tx,
            ObjectKind::Committee,
            committee.id.cast(),
            "import_changed",
            changes.facts(),
        )?;
    }
    Ok(changes.effect())
}

/// What new and known committees take over alike.
fn fill(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    committee: &mut CommitteeRow,
    row: &formats::CommitteeRow,
    changes: &mut Changes,
) -> Result<(), ActionError> {
    let host = match &row.host {
        Some(host) => Some(lookups::organisation(tx, work, host)?),
        None => None,
    };
    let parent = match &row.parent {
        Some(parent) => {
            let found = lookups::committee(tx, parent)?.filter(|found| found.id != committee.id);
            if found.is_none() {
                work.doubt("parent", "import-doubt-parent-not-found", parent);
            }
            found.map(|found| found.id)
        }
        None => None,
    };
    changes.option("parent", &mut committee.parent_id, parent)?;
    changes.option("host", &mut committee.host_id, host)?;
    changes.text("name_en", &mut committee.name_en, row.name_en.as_deref())?;
    changes.text("scope_zh", &mut committee.scope_zh, row.scope_zh.as_deref())?;
    changes.option("established_year", &mut committee.established_year, row.established_year)?;
    changes.text("note", &mut committee.note, row.note.as_deref())
}

/// Remembers former names that are not known yet; gives those that were new.
fn former_names(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    row: &formats::CommitteeRow,
) -> Result<Vec<String>, ActionError> {
    let mut added = Vec::new();
    for name in &row.former_names {
        if remember(tx, committee, name)? {
            added.push(name.clone());
        }
    }
    Ok(added)
}

fn remember(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    name: &str,
) -> Result<bool, ActionError> {
    let known = imports::former_names(tx.conn(), committee.id)?;
    if known.iter().any(|row| names::fold(&row.name_zh) == names::fold(name)) {
        return Ok(false);
    }
    let row = CommitteeNameRow {
        id: tx.id(),
        committee_id: committee.id,
        name_zh: name.to_owned(),
        since: None,
        until: None,
    };
    imports::insert_former_name(tx.conn(), &row)?;
    Ok(true)
}
