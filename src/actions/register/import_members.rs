//! Takes the roll of a committee (委员名单) into the register: people, their units and their seats.

use chrono::{Days, NaiveDate};
use quanheng_db::{
    imports,
    register::{self, CommitteeRow, PersonRow, SeatRow},
};
use quanheng_domain::{
    Keyed, Locale,
    event::ObjectKind,
    ids::OrganisationId,
    people::{Actor, Role},
};
use quanheng_tables::formats::{self, Reading};
use serde_json::json;

use super::{
    import::{Changes, Effect, ImportOptions, ImportReport, Work, run},
    lookups,
};
use crate::{
    ActionError, Tx,
    committee::term::{self, Term},
    names,
};

/// Imports members; each person is known by the e-mail address, or without one by name and unit.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_members(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::MemberRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, |_| 0, one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::MemberRow,
) -> Result<(String, Effect), ActionError> {
    let Some(committee) = lookups::committee(tx, &row.committee)? else {
        return Err(work.refuse("committee", "import-bad-no-such-committee", &row.committee));
    };
    let mut changes = Changes::default();
    begin_term(tx, work, row, &committee, &mut changes)?;
    let organisation = match &row.unit {
        Some(unit) => {
            let (id, changed) =
                lookups::organisation_with(tx, work, unit, row.interest, row.small_firm)?;
            if changed {
                changes.noted("unit", json!(unit));
            }
            Some(id)
        }
        None => None,
    };
    let (person, is_new) = person(tx, work, row, organisation, &committee, &mut changes)?;
    for role in &row.roles {
        seat(tx, work, row, &committee, &person, organisation, *role, &mut changes)?;
    }
    Ok((row.name.clone(), if is_new { Effect::Created } else { changes.effect() }))
}

/// Begins the term that a roll speaks of, if it runs today and the register knows only an earlier one.
fn begin_term(
    tx: &mut Tx<'_, '_>,
    work: &Work<'_>,
    row: &formats::MemberRow,
    committee: &CommitteeRow,
    changes: &mut Changes,
) -> Result<(), ActionError> {
    let (Some(number), Some(start)) =
        (row.term.and_then(|term| i32::try_from(term).ok()), row.since)
    else {
        return Ok(());
    };
    let today = tx.today();
    let end = row.until.and_then(day_after);
    let runs = start <= today && end.is_none_or(|end| end > today);
    if !runs || committee.term_no.is_some_and(|known| known >= number) {
        return Ok(());
    }
    term::begin(tx, work.actor, &Term { committee: committee.id, number, start, end })?;
    changes.noted("term", json!(number));
    Ok(())
}

/// The roll names the last day, the register the first day after it.
fn day_after(last: NaiveDate) -> Option<NaiveDate> {
    last.checked_add_days(Days::new(1))
}

fn person(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::MemberRow,
    organisation: Option<OrganisationId>,
    committee: &CommitteeRow,
    changes: &mut Changes,
) -> Result<(PersonRow, bool), ActionError> {
    let Some(mut known) = known_person(tx, work, row, organisation, committee)? else {
        return enter_person(tx, work, row, organisation).map(|person| (person, true));
    };
    let mut own = Changes::default();
    own.option("email", &mut known.email, row.email.clone())?;
    known.email_key = known.email.as_deref().and_then(names::email_key);
    own.option("organisation", &mut known.organisation_id, organisation)?;
    own.text("post", &mut known.post, row.post.as_deref())?;
    own.text("title", &mut known.title, row.title.as_deref())?;
    if !own.is_empty() {
        if !register::save_person(tx.conn(), &mut known)? {
            return Err(ActionError::Conflict);
        }
        work.record(tx, ObjectKind::Person, known.id.cast(), "import_changed", own.facts())?;
        changes.noted("person", own.facts());
    }
    Ok((known, false))
}

/// The person a row means, or none if the register does not know one; who cannot be told from others is refused.
fn known_person(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::MemberRow,
    organisation: Option<OrganisationId>,
    committee: &CommitteeRow,
) -> Result<Option<PersonRow>, ActionError> {
    if let Some(key) = row.email.as_deref().and_then(names::email_key)
        && let Some(found) = register::person_by_email(tx.conn(), &key)?
    {
        if names::fold(&found.name_zh) == names::fold(&row.name) {
            return Ok(Some(found));
        }
        return Err(work.refuse("email", "import-bad-email-of-another", &found.name_zh));
    }
    let mut candidates = imports::people_named(tx.conn(), &row.name)?;
    // A person with another address is another person.
    candidates.retain(|person| row.email.is_none() || person.email.is_none());
    candidates.retain(|person| {
        organisation.is_none()
            || person.organisation_id.is_none()
            || person.organisation_id == organisation
    });
    if candidates.len() > 1 || organisation.is_none() {
        let seated: Vec<_> = register::seats_of_committee(tx.conn(), committee.id)?
            .into_iter()
            .map(|seat| seat.person_id)
            .collect();
        candidates.retain(|person| seated.contains(&person.id));
    }
    match candidates.len() {
        0 | 1 => Ok(candidates.pop()),
        _ => Err(work.refuse("name", "import-bad-namesakes", &row.name)),
    }
}

fn enter_person(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::MemberRow,
    organisation: Option<OrganisationId>,
) -> Result<PersonRow, ActionError> {
    let email_key = row.email.as_deref().and_then(names::email_key);
    let person = PersonRow {
        id: tx.id(),
        version: 1,
        name_zh: row.name.clone(),
        name_en: String::new(),
        email: row.email.clone(),
        email_key,
        locale: Locale::Chinese.to_string(),
        organisation_id: organisation,
        post: row.post.clone().unwrap_or_default(),
        title: row.title.clone().unwrap_or_default(),
        demo: false,
        mail_failures: 0,
        created_at: tx.now(),
    };
    register::insert_person(tx.conn(), &person)?;
    work.record(
        tx,
        ObjectKind::Person,
        person.id.cast(),
        "imported",
        json!({ "name": person.name_zh, "unit": row.unit }),
    )?;
    work.entered("people");
    Ok(person)
}

/// Enters the seat, or brings a known one in line with the roll; a later beginning in the same role opens a new seat.
#[allow(clippy::too_many_arguments, reason = "what a seat joins")]
fn seat(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::MemberRow,
    committee: &CommitteeRow,
    person: &PersonRow,
    organisation: Option<OrganisationId>,
    role: Role,
    changes: &mut Changes,
) -> Result<(), ActionError> {
    let today = tx.today();
    let until = row.until.and_then(day_after);
    let mut known: Vec<SeatRow> = register::seats_of_committee(tx.conn(), committee.id)?;
    known.retain(|seat| seat.person_id == person.id && seat.role == role);
    if let Some(mut seat) = matching(&known, row.since, today) {
        let mut own = Changes::default();
        own.set("since", &mut seat.since, row.since)?;
        own.option("until", &mut seat.until, until)?;
        own.option("organisation", &mut seat.organisation_id, organisation)?;
        if !own.is_empty() {
            register::save_seat(tx.conn(), &seat)?;
            record(tx, work, committee, person, "seat_import_changed", &seat)?;
            changes.noted("seat", own.facts());
        }
        return Ok(());
    }
    let since = row.since.or(committee.term_start).unwrap_or_else(|| {
        work.doubt("since", "import-doubt-since-assumed", &today.to_string());
        today
    });
    for mut earlier in known.into_iter().filter(|seat| seat.until.is_none() && seat.since < since) {
        earlier.until = Some(since);
        register::save_seat(tx.conn(), &earlier)?;
        record(tx, work, committee, person, "seat_import_changed", &earlier)?;
    }
    let rank = Role::ALL.iter().position(|known| *known == role).unwrap_or_default();
    let seat = SeatRow {
        id: tx.id(),
        committee_id: committee.id,
        person_id: person.id,
        role,
        organisation_id: organisation.or(person.organisation_id),
        since,
        until: until.filter(|until| *until > since),
        suspended: false,
        reason: row.document.clone().unwrap_or_default(),
        rank: i32::try_from(rank).unwrap_or(i32::MAX),
    };
    register::insert_seat(tx.conn(), &seat)?;
    record(tx, work, committee, person, "seat_imported", &seat)?;
    changes.noted("role", json!(role));
    Ok(())
}

/// The seat that a roll speaks of: that of the same first day, else one that is held today and did not begin before the day named.
fn matching(known: &[SeatRow], since: Option<NaiveDate>, today: NaiveDate) -> Option<SeatRow> {
    let held = |seat: &&SeatRow| seat.until.is_none_or(|until| until > today);
    match since {
        Some(day) => known
            .iter()
            .find(|seat| seat.since == day)
            .or_else(|| known.iter().filter(held).find(|seat| seat.since > day)),
        None => known.iter().find(held),
    }
    .cloned()
}

fn record(
    tx: &mut Tx<'_, '_>,
    work: &Work<'_>,
    committee: &CommitteeRow,
    person: &PersonRow,
    what: &str,
    seat: &SeatRow,
) -> Result<(), ActionError> {
    let facts = json!({ "person": person.id, "name": person.name_zh, "role": seat.role, "since": seat.since, "until": seat.until, "document": seat.reason });
    work.record(tx, ObjectKind::Committee, committee.id.cast(), what, facts)
}
