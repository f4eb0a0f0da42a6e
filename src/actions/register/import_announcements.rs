//! Takes announcements (公告) into the register, with the texts they name.

use quanheng_db::specifications::{self, AnnouncementItemRow, AnnouncementRow};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AnnouncementId, AuthorityId},
    number::SpecNumber,
    partial_date::PartialDate,
    people::Actor,
    records::AnnouncementAct,
    specification::Level,
};
use quanheng_tables::formats::{
    self, AnnouncementKind, NumberWithRemark, Reading, speaks_of_abolition,
};
use serde_json::json;

use super::{
    authorities,
    import::{Effect, ImportOptions, ImportReport, Work, run},
    lookups,
};
use crate::{ActionError, Tx};

/// Imports announcements; each is known by its printed name and number, and only texts it did not name yet are added.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_announcements(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::AnnouncementRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, |_| 0, one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::AnnouncementRow,
) -> Result<(String, Effect), ActionError> {
    let name = row.announcement.clone();
    let (id, is_new) = match specifications::announcement_by_number(tx.conn(), &name)? {
        Some(known) => (known.id, false),
        None => (create(tx, work, row)?, true),
    };
    let mut added = Vec::new();
    for item in &row.specifications {
        if add(tx, work, row, id, item)? {
            added.push(item.number.to_string());
        }
    }
    if !is_new && !added.is_empty() {
        work.record(
            tx,
            ObjectKind::Announcement,
            id.cast(),
            "import_changed",
            json!({ "added": added }),
        )?;
    }
    let effect = match (is_new, added.is_empty()) {
        (true, _) => Effect::Created,
        (false, false) => Effect::Changed { fields: vec!["specifications_found"] },
        (false, true) => Effect::Unchanged,
    };
    Ok((name, effect))
}

fn create(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::AnnouncementRow,
) -> Result<AnnouncementId, ActionError> {
    let authority_id = authority(tx, work, row)?;
    let kind = match row.kind {
        AnnouncementKind::NationalApproval | AnnouncementKind::ProvincialApproval => {
            "approval".to_owned()
        }
        other => other.to_string(),
    };
    let body = row
        .other_items
        .iter()
        .map(String::as_str)
        .chain(row.note.as_deref())
        .collect::<Vec<_>>()
        .join("\n");
    let announcement = AnnouncementRow {
        id: tx.id(),
        number: row.announcement.clone(),
        title: String::new(),
        kind,
        on_day: row.date.and_then(PartialDate::exact),
        authority_id,
        body,
        complete: row.complete,
        created_at: tx.now(),
    };
    specifications::insert_announcement(tx.conn(), &announcement)?;
    let facts = json!({ "number": announcement.number, "kind": announcement.kind, "on": row.date.map(|date| date.to_string()) });
    work.record(tx, ObjectKind::Announcement, announcement.id.cast(), "imported", facts)?;
    Ok(announcement.id)
}

/// The authority that announced: that of the texts, or else by the beginning of the name.
fn authority(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::AnnouncementRow,
) -> Result<AuthorityId, ActionError> {
    if let Some(first) = row.specifications.first() {
        return authorities::of_mark(tx, work, first.number.level(), first.number.mark());
    }
    let local = row.announcement.contains('省') || row.kind == AnnouncementKind::ProvincialApproval;
    let level = if local || row.announcement.starts_with("上海") {
        Level::Provincial
    } else {
        Level::National
    };
    authorities::of_committee(tx, work, Some(level), &row.announcement, None)
}

/// Names a text in the announcement, and tells the text its announcement where it knew none.
fn add(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::AnnouncementRow,
    id: AnnouncementId,
    item: &NumberWithRemark,
) -> Result<bool, ActionError> {
    let specification_id = lookups::edition(tx, work, &item.number)?;
    let act = match row.kind {
        _ if item.remark.as_deref().is_some_and(speaks_of_abolition) => AnnouncementAct::Abolishes,
        AnnouncementKind::DateChange => AnnouncementAct::Amends,
        _ => AnnouncementAct::Issues,
    };
    let effective = effective_on(row, &item.number);
    let effective_on = effective.map(|day| day.to_string()).unwrap_or_default();
    let named = AnnouncementItemRow {
        announcement_id: id,
        specification_id,
        act,
        effective_on: effective_on.clone(),
    };
    if !specifications::add_announcement_item(tx.conn(), &named)? {
        return Ok(false);
    }
    if act == AnnouncementAct::Issues {
        tell_edition(tx, work, row, specification_id, &effective_on)?;
    }
    Ok(true)
}

fn tell_edition(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::AnnouncementRow,
    id: quanheng_domain::ids::SpecificationId,
    effective_on: &str,
) -> Result<(), ActionError> {
    let mut edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let mut changes = super::import::Changes::default();
    let issued = row.date.map(|date| date.to_string()).unwrap_or_default();
    for (field, slot, new) in [
        ("announcement", &mut edition.announcement, row.announcement.as_str()),
        ("issued_on", &mut edition.issued_on, issued.as_str()),
        ("effective_on", &mut edition.effective_on, effective_on),
    ] {
        if slot.is_empty() && !new.is_empty() {
            changes.text(field, slot, Some(new))?;
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    if !specifications::save(tx.conn(), &mut edition)? {
        return Err(ActionError::Conflict);
    }
    work.record(tx, ObjectKind::Specification, id.cast(), "import_changed", changes.facts())
}

/// The day on which a text enters into force by this announcement: its own, or the one that is said of all.
fn effective_on(row: &formats::AnnouncementRow, number: &SpecNumber) -> Option<PartialDate> {
    let own = row.effective.iter().find(|(of, _)| of.as_ref() == Some(number));
    own.or_else(|| row.effective.iter().find(|(of, _)| of.is_none())).map(|(_, day)| *day)
}
