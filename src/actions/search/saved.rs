//! Searches that people keep: once a day each is asked anew, and what came since goes to its owner by mail.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use quanheng_db::{
    conn::AnyConn,
    outbox::Recipient,
    register,
    saved_searches::{self, SavedRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
};
use serde_json::json;

use super::{cut, search};
use crate::{ActionError, NewEvent, Tx, specification::catalogue::Catalogue, tell};

/// Searches of one person; more are not looked through by people either.
const MOST: usize = 30;
/// Lines of one mail.
const MOST_ITEMS: usize = 20;
/// How often a search is asked anew.
const PERIOD: TimeDelta = TimeDelta::hours(24);
/// Searches asked in one round of the job.
const AT_ONCE: i64 = 200;

/// Keeps a search; the same one twice is one.
///
/// # Errors
/// `Forbidden` for guests, `Invalid` for an empty question or too many searches.
pub fn keep(tx: &mut Tx<'_, '_>, actor: &Actor, question: &str) -> Result<ObjectId, ActionError> {
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let question: String = question.trim().chars().take(cut::LONGEST).collect();
    if cut::terms(&question).is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("q", FaultCode::Missing)]));
    }
    let own = saved_searches::of_person(tx.conn(), person)?;
    if let Some(same) = own.iter().find(|row| row.question == question) {
        return Ok(same.id);
    }
    if own.len() >= MOST {
        let bound = i64::try_from(MOST).ok();
        let fault = FieldFault { bound, ..FieldFault::new("q", FaultCode::TooLong) };
        return Err(ActionError::Invalid(vec![fault]));
    }
    let now = tx.now();
    let row = SavedRow { id: tx.id(), person_id: person, question, saved_at: now, seen_at: now };
    saved_searches::insert(tx.conn(), &row)?;
    let event = NewEvent::new(ObjectKind::Person, person.cast(), actor, "search_saved");
    tx.record(event.facts(json!({ "search": row.id })))?;
    Ok(row.id)
}

/// Forgets a search.
///
/// # Errors
/// `Forbidden` for guests, `NotFound` for searches of others.
pub fn forget(tx: &mut Tx<'_, '_>, actor: &Actor, id: ObjectId) -> Result<(), ActionError> {
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    if !saved_searches::delete(tx.conn(), person, id)? {
        return Err(ActionError::NotFound);
    }
    let event = NewEvent::new(ObjectKind::Person, person.cast(), actor, "search_forgotten");
    tx.record(event.facts(json!({ "search": id })))?;
    Ok(())
}

/// Asks the searches whose day has come anew and tells their owners what came since; how many mails were written.
///
/// # Errors
/// Storage trouble.
pub fn run(tx: &mut Tx<'_, '_>) -> Result<usize, ActionError> {
    let now = tx.now();
    let due = saved_searches::seen_before(tx.conn(), now - PERIOD, AT_ONCE)?;
    let Some(oldest) = due.iter().map(|row| row.seen_at).min() else { return Ok(0) };
    let any = saved_searches::news_since(tx.conn(), oldest)?;
    let today = tx.today();
    let catalogue = if any.is_empty() { None } else { Some(Catalogue::load(tx.conn(), today)?) };
    let mut told = 0;
    for mut row in due {
        if let Some(catalogue) = &catalogue {
            told += usize::from(ask_anew(tx, catalogue, &row)?);
        }
        row.seen_at = now;
        saved_searches::save(tx.conn(), &row)?;
    }
    Ok(told)
}

/// What a search finds among the texts of which there is news since it was last asked.
fn found(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    row: &SavedRow,
    today: NaiveDate,
) -> Result<Vec<usize>, ActionError> {
    let news: HashSet<SpecificationId> =
        saved_searches::news_since(conn, row.seen_at)?.into_iter().map(|id| id.cast()).collect();
    let asked = search(conn, catalogue, &row.question, today)?;
    let fresh = |place: &usize| news.contains(&catalogue.editions[*place].id);
    Ok(asked.hits.into_iter().map(|hit| hit.place).filter(fresh).collect())
}

fn ask_anew(
    tx: &mut Tx<'_, '_>,
    catalogue: &Catalogue,
    row: &SavedRow,
) -> Result<bool, ActionError> {
    let today = tx.today();
    let places = found(tx.conn(), catalogue, row, today)?;
    let people = register::people_by(tx.conn(), &[row.person_id])?;
    let (Some(person), false) = (people.into_iter().next(), places.is_empty()) else {
        return Ok(false);
    };
    let Some(address) = person.email else { return Ok(false) };
    let item = |place: &usize| {
        let edition = &catalogue.editions[*place];
        NoticeItem {
            label: edition.number.clone(),
            text: edition.title_zh.clone(),
            ..NoticeItem::default()
        }
    };
    let facts = NoticeFacts {
        title: row.question.clone(),
        path: format!("/specifications?q={}", encoded(&row.question)),
        items: places.iter().take(MOST_ITEMS).map(item).collect(),
        ..NoticeFacts::default()
    };
    let about = tell::About {
        concerned: vec![Recipient {
            person: Some(person.id),
            name: person.name_zh,
            address,
            locale: person.locale,
        }],
        followed: Vec::new(),
        ..tell::About::new(ObjectKind::Person, row.person_id.cast())
    };
    let notice = Notice { key: NoticeKey::SearchMatched, facts };
    Ok(tell::tell(tx, &notice, &about, None)? > 0)
}

/// A question in the query of an address.
fn encoded(text: &str) -> String {
    let fair = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if fair(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
