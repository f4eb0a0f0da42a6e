//! Takes a catalogue of editions (规程规范目录) into the register, with what each replaces.

use quanheng_db::{
    covers::{self, CoverRow},
    specifications::{self, ReplacementRow, SpecificationRow},
};
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::SpecificationId,
    lifecycle::{DeadlineKind, OpenDeadline},
    partial_date::PartialDate,
    people::Actor,
};
use quanheng_tables::formats::{self, BodyKind, Reading, StatedStatus};
use serde_json::json;

use super::{
    import::{Changes, Effect, ImportOptions, ImportReport, Work, run},
    lookups::{self, STUB},
};
use crate::{
    ActionError, Tx, profiles,
    specification::{
        cover::{self, Cover},
        publish::{schedule_reexamination, search_text},
    },
};

/// What marks a title that was translated back and not read from the text.
const TRANSLATED: &str = "translated";

/// Imports editions; each is known by its number in the plain form.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_specifications(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::SpecificationRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    // An edition comes before those that replace it, so that it is not entered as a stub first.
    run(tx, actor, reading, options, |row| row.number.year(), one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::SpecificationRow,
) -> Result<(String, Effect), ActionError> {
    let name = row.number.canonical();
    let (mut edition, is_new) = match specifications::by_number(tx.conn(), &name)? {
        Some(known) => (known, false),
        None => (lookups::blank_edition(tx, work, &row.number)?, true),
    };
    let mut changes = Changes::default();
    fill(tx, work, &mut edition, row, &mut changes)?;
    let cover = classes(tx, edition.id, row, &mut changes)?;
    if is_new {
        specifications::insert(tx.conn(), &edition)?;
        let facts = json!({
            "number": edition.number, "printed": row.printed, "title": edition.title_zh, "issued_on": edition.issued_on,
            "effective_on": edition.effective_on, "reported_status": edition.reported_status,
        });
        work.record(tx, ObjectKind::Specification, edition.id.cast(), "imported", facts)?;
    } else if !changes.is_empty() {
        if !specifications::save(tx.conn(), &mut edition)? {
            return Err(ActionError::Conflict);
        }
        work.record(
            tx,
            ObjectKind::Specification,
            edition.id.cast(),
            "import_changed",
            changes.facts(),
        )?;
    }
    if let Some(cover) = cover {
        covers::put_cover(tx.conn(), &cover)?;
    }
    if is_new || !changes.is_empty() {
        clocks(tx, &edition, row)?;
    }
    let linked = links(tx, work, &edition, row)?;
    if linked > 0 {
        changes.noted("replaces", json!(linked));
    }
    Ok((name, if is_new { Effect::Created } else { changes.effect() }))
}

fn fill(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    edition: &mut SpecificationRow,
    row: &formats::SpecificationRow,
    changes: &mut Changes,
) -> Result<(), ActionError> {
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
    // An unknown status says nothing against one that is known, nor does a number alone or a list that states none.
    let silent = row.number_only || !row.status_told || !edition.reported_status.is_empty();
    let status = match row.status {
        StatedStatus::Unknown if silent => None,
        status => Some(status.to_string()),
    };
    let basis = if row.title_zh_translated { TRANSLATED } else { "" };
    let units = (!row.drafting_units.is_empty()).then(|| row.drafting_units.join(";"));
    changes.set("category", &mut edition.category, Some(row.category))?;
    changes.set("level", &mut edition.level, row.level)?;
    // A file that knows only the number says nothing against a title that is known.
    if !row.number_only {
        changes.text("title_zh", &mut edition.title_zh, Some(&row.title_zh))?;
        changes.text("title_basis", &mut edition.title_basis, Some(basis))?;
    }
    changes.text("title_en", &mut edition.title_en, row.title_en.as_deref())?;
    changes.text("announcement", &mut edition.announcement, row.announcement.as_deref())?;
    changes.option(
        "last_reexamined_on",
        &mut edition.last_reexamined_on,
        row.last_reexamined_on,
    )?;
    changes.set("issued_on", &mut edition.issued_on, date(row.issued_on))?;
    changes.set("effective_on", &mut edition.effective_on, date(row.effective_on))?;
    changes.set("abolished_on", &mut edition.abolished_on, date(row.abolished_on))?;
    if let Some(status) = status {
        changes.set("reported_status", &mut edition.reported_status, Some(status))?;
        changes.text("reported_basis", &mut edition.reported_basis, row.status_basis.as_deref())?;
    }
    changes.set("adoption", &mut edition.adoption, row.adoption)?;
    changes.text("adopted_source", &mut edition.adopted_source, row.adopted_source.as_deref())?;
    changes.text("committee_printed", &mut edition.committee_printed, row.body.as_deref())?;
    changes.option("committee", &mut edition.committee_id, responsible(tx, work, row)?)?;
    changes.set("drafting_units", &mut edition.drafting_units, units)?;
    changes.text("note", &mut edition.note, row.note.as_deref())?;
    edition.search_text = search_text(&edition.number, &edition.title_zh, &edition.title_en);
    Ok(())
}

/// The cover with the classes of the row, where it has others than were known.
fn classes(
    tx: &mut Tx<'_, '_>,
    edition: SpecificationId,
    row: &formats::SpecificationRow,
    changes: &mut Changes,
) -> Result<Option<CoverRow>, ActionError> {
    if row.ics.is_none() && row.ccs.is_none() {
        return Ok(None);
    }
    let known = covers::cover(tx.conn(), edition)?;
    let mut cover = known.unwrap_or_else(|| cover::row(tx, edition, &Cover::default(), None));
    let before = (cover.ics.clone(), cover.ccs.clone());
    changes.text("ics", &mut cover.ics, row.ics.as_deref())?;
    changes.text("ccs", &mut cover.ccs, row.ccs.as_deref())?;
    Ok((before != (cover.ics.clone(), cover.ccs.clone())).then_some(cover))
}

/// The responsible committee, by code or by its printed name; other bodies stay as printed.
fn responsible(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::SpecificationRow,
) -> Result<Option<quanheng_domain::ids::CommitteeId>, ActionError> {
    for cell in [&row.committee_code, &row.body].into_iter().flatten() {
        if let Some(found) = lookups::committee(tx, cell)? {
            return Ok(Some(found.id));
        }
    }
    let named = row.committee_code.as_ref().or(row.body.as_ref());
    if let Some(cell) =
        named.filter(|_| !matches!(row.body_kind, Some(BodyKind::Authority | BodyKind::Institute)))
    {
        work.doubt("committee_or_body", "import-doubt-committee-not-found", cell);
    }
    Ok(None)
}

/// Enters the links that the register does not have; a link that is there is left to its own table.
fn links(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    edition: &SpecificationRow,
    row: &formats::SpecificationRow,
) -> Result<usize, ActionError> {
    let known = specifications::links_of(tx.conn(), &[edition.id])?;
    let mut entered = 0;
    for old in row.replaces.iter().filter(|old| old.number != row.number) {
        let old_id = lookups::edition(tx, work, &old.number)?;
        let whole = old.remark.is_none();
        match known.iter().find(|link| link.new_id == edition.id && link.old_id == old_id) {
            Some(link) if link.whole != whole => {
                work.doubt("replaces", "import-doubt-link-differs", &old.number.to_string())
            }
            Some(_) => {}
            None => {
                let detail = old.remark.clone().unwrap_or_default();
                let link = ReplacementRow {
                    new_id: edition.id,
                    old_id,
                    whole,
                    detail,
                    basis: String::new(),
                };
                specifications::put_link(tx.conn(), &link)?;
                let facts = json!({ "old": old.number, "whole": whole, "detail": link.detail });
                work.record(
                    tx,
                    ObjectKind::Specification,
                    edition.id.cast(),
                    "replacement_imported",
                    facts,
                )?;
                entered += 1;
            }
        }
    }
    Ok(entered)
}

/// The clocks of an imported edition: those that are still to come, not the many that ran out before the register knew of it.
fn clocks(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &formats::SpecificationRow,
) -> Result<(), ActionError> {
    let standing = matches!(row.status, StatedStatus::InForce | StatedStatus::Upcoming);
    let Some(effective) = row
        .effective_on
        .and_then(PartialDate::exact)
        .filter(|_| standing && edition.title_basis != STUB)
    else {
        return Ok(());
    };
    let (now, today) = (tx.now(), tx.today());
    if effective > today {
        let force =
            OpenDeadline { kind: DeadlineKind::Force, due_at: deadline::start_of(effective) };
        tx.open_deadline(ObjectKind::Specification, edition.id.cast(), &force)?;
    }
    let name = profiles::name_for(tx.conn(), edition.authority_id, edition.committee_id)?;
    let profile = profiles::in_force(tx.conn(), &name, today)?;
    let due = deadline::corresponding_day(
        effective,
        profile.get(quanheng_domain::rules::keys::REEXAM_YEARS),
    );
    if deadline::start_of(due) > now {
        schedule_reexamination(tx, &profile, edition.id, effective)?;
    }
    Ok(())
}
