//! Agreements of mutual recognition between authorities (等效互认, F45): proposed by one, confirmed by each, ended by any of them.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    outbox,
    recognitions::{self, RecognitionPartyRow, RecognitionRow, RecognitionTextRow},
    register,
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AuthorityId, EventId, ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    number::SpecNumber,
    people::{Actor, Party},
    recognition::{RecognitionState, state},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, limits, tell};

/// An agreement with its parties and texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognition {
    /// The agreement.
    pub row: RecognitionRow,
    /// Its parties.
    pub parties: Vec<RecognitionPartyRow>,
    /// Its texts, in order.
    pub texts: Vec<SpecificationId>,
}

impl Recognition {
    /// Where it stands on a day.
    pub fn state(&self, on: NaiveDate) -> RecognitionState {
        let open = self.parties.iter().filter(|party| party.confirmed_at.is_none()).count();
        state(open, self.row.effective_on, self.row.ended_on, on)
    }
}

/// Every agreement, the newest first.
///
/// # Errors
/// Storage trouble.
pub fn all(conn: &mut AnyConn) -> Result<Vec<Recognition>, ActionError> {
    let mut parties: HashMap<ObjectId, Vec<RecognitionPartyRow>> = HashMap::new();
    for row in recognitions::parties(conn)? {
        parties.entry(row.recognition_id).or_default().push(row);
    }
    let mut texts: HashMap<ObjectId, Vec<SpecificationId>> = HashMap::new();
    for row in recognitions::texts(conn)? {
        texts.entry(row.recognition_id).or_default().push(row.specification_id);
    }
    let whole = |row: RecognitionRow| Recognition {
        parties: parties.remove(&row.id).unwrap_or_default(),
        texts: texts.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(recognitions::all(conn)?.into_iter().map(whole).collect())
}

/// The agreements that name a text.
///
/// # Errors
/// Storage trouble.
pub fn of_edition(
    conn: &mut AnyConn,
    id: SpecificationId,
) -> Result<Vec<Recognition>, ActionError> {
    let named = recognitions::naming(conn, id)?;
    if named.is_empty() {
        return Ok(Vec::new());
    }
    Ok(all(conn)?.into_iter().filter(|one| named.contains(&one.row.id)).collect())
}

/// An agreement to propose.
#[derive(Debug, Clone)]
pub struct Propose {
    /// The authority that proposes; one that the actor serves.
    pub authority: AuthorityId,
    /// The other parties.
    pub others: Vec<AuthorityId>,
    /// What is agreed, in a line.
    pub title: String,
    /// The document.
    pub basis: String,
    /// Numbers of the texts, one a line.
    pub texts: String,
    /// First day.
    pub effective_on: NaiveDate,
}

fn serves(actor: &Actor, authority: AuthorityId) -> bool {
    actor.person().is_some_and(|person| person.authorities.contains(&authority))
}

fn not_yours() -> ActionError {
    Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into()
}

/// Proposes an agreement; the party that proposes it confirms it with that.
///
/// # Errors
/// `Refused` for others than officers of the proposing authority; `Invalid` without another party, without a title, and for texts that
/// the register does not have.
pub fn propose(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Propose,
) -> Result<ObjectId, ActionError> {
    if !serves(actor, command.authority) {
        return Err(not_yours());
    }
    let (mut parties, texts) = checked(tx.conn(), command)?;
    let (id, now) = (tx.id(), tx.now());
    let by = actor.person().map(|person| person.person);
    let row = RecognitionRow {
        id,
        title: command.title.trim().to_owned(),
        basis: command.basis.trim().to_owned(),
        effective_on: command.effective_on,
        ended_on: None,
        note: String::new(),
        proposed_at: now,
        proposed_by: by,
    };
    parties.push(command.authority);
    let party = |authority_id: &AuthorityId| {
        let own = *authority_id == command.authority;
        RecognitionPartyRow {
            recognition_id: id,
            authority_id: *authority_id,
            confirmed_at: own.then_some(now),
            confirmed_by: by.filter(|_| own),
            document: if own { row.basis.clone() } else { String::new() },
        }
    };
    let parties: Vec<RecognitionPartyRow> = parties.iter().map(party).collect();
    let text = |(ordinal, specification_id): (i32, &SpecificationId)| RecognitionTextRow {
        recognition_id: id,
        specification_id: *specification_id,
        ordinal,
    };
    let named: Vec<RecognitionTextRow> = (1..).zip(&texts).map(text).collect();
    recognitions::add(tx.conn(), &row, &parties, &named)?;
    let facts = json!({ "agreement": id, "title": row.title });
    let event = note(tx, actor, &texts, "recognition_proposed", facts)?;
    let whole = Recognition { row, parties, texts };
    let facts = NoticeFacts { date: Some(command.effective_on), ..NoticeFacts::default() };
    tell(tx, actor, (&whole, NoticeKey::RecognitionProposed, facts), event)?;
    Ok(id)
}

/// The other parties and the texts of an agreement, or what is wrong with them.
fn checked(
    conn: &mut AnyConn,
    command: &Propose,
) -> Result<(Vec<AuthorityId>, Vec<SpecificationId>), ActionError> {
    let mut faults = Vec::new();
    for (field, text, needed) in [("title", &command.title, true), ("basis", &command.basis, false)]
    {
        if needed && text.trim().is_empty() {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        } else if text.chars().count() > limits::TITLE {
            faults.push(limits::too_long(field, limits::TITLE));
        }
    }
    let mut parties: Vec<AuthorityId> = command.others.clone();
    parties.retain(|id| *id != command.authority);
    parties.sort_unstable();
    parties.dedup();
    let known = register::all_authorities(conn)?;
    if parties.is_empty() {
        faults.push(FieldFault::new("others", FaultCode::Missing));
    } else if parties.iter().any(|id| known.iter().all(|row| row.id != *id)) {
        faults.push(FieldFault::new("others", FaultCode::Unknown));
    }
    let texts = numbered(conn, &command.texts, &mut faults)?;
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    Ok((parties, texts))
}

/// The texts of a list of numbers, one a line.
fn numbered(
    conn: &mut AnyConn,
    list: &str,
    faults: &mut Vec<FieldFault>,
) -> Result<Vec<SpecificationId>, ActionError> {
    let mut found = Vec::new();
    let lines = list.split(['\n', ';', '；']).map(str::trim).enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let known = match SpecNumber::parse(line) {
            Ok(parsed) => specifications::by_number(conn, &parsed.number.canonical())?,
            Err(_) => None,
        };
        match known {
            Some(row) if !found.contains(&row.id) => found.push(row.id),
            Some(_) => {}
            None => faults.push(FieldFault::in_line("texts", FaultCode::UnknownInLine, at)),
        }
    }
    if found.is_empty() && list.trim().is_empty() {
        faults.push(FieldFault::new("texts", FaultCode::Missing));
    }
    Ok(found)
}

/// Notes in the ledger of every text what happened to an agreement that names it; the last event.
fn note(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    texts: &[SpecificationId],
    kind: &str,
    facts: serde_json::Value,
) -> Result<Option<EventId>, ActionError> {
    let mut last = None;
    for text in texts {
        let event = NewEvent::new(ObjectKind::Specification, text.cast(), actor, kind);
        last = Some(tx.record(event.facts(facts.clone()))?);
    }
    Ok(last)
}

/// Tells the officers of the parties, but not the one who acted.
fn tell(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    (one, key, facts): (&Recognition, NoticeKey, NoticeFacts),
    event: Option<EventId>,
) -> Result<(), ActionError> {
    let item = |row: SpecificationRow| NoticeItem {
        label: row.number,
        text: row.title_zh,
        ..NoticeItem::default()
    };
    let facts = NoticeFacts {
        title: one.row.title.clone(),
        path: format!("/recognitions#a-{}", one.row.id),
        items: specifications::by_ids(tx.conn(), &one.texts)?.into_iter().map(item).collect(),
        ..facts
    };
    let mut about = tell::About::new(ObjectKind::Specification, one.row.id);
    if let Some(text) = one.texts.first() {
        about.object_id = text.cast();
    }
    about.followed.clear();
    let (today, own) = (tx.today(), actor.person().map(|person| person.person));
    for party in &one.parties {
        let officers = outbox::officers_of(tx.conn(), party.authority_id, today)?;
        about.concerned.extend(officers.into_iter().filter(|one| one.person != own));
    }
    tell::tell(tx, &Notice { key, facts }, &about, event)?;
    Ok(())
}

fn whole(tx: &mut Tx<'_, '_>, id: ObjectId) -> Result<Recognition, ActionError> {
    tx.lock(id)?;
    let found = all(tx.conn())?.into_iter().find(|one| one.row.id == id);
    found.ok_or(ActionError::NotFound)
}

/// The confirmation of a party.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The agreement.
    pub agreement: ObjectId,
    /// The party; one that the actor serves.
    pub authority: AuthorityId,
    /// The document of the confirmation.
    pub document: String,
}

/// Confirms an agreement for a party.
///
/// # Errors
/// `Refused` for others than officers of that party and when it has confirmed before or the agreement has ended; `Invalid`; `NotFound`.
pub fn confirm(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Confirm) -> Result<(), ActionError> {
    let agreement = whole(tx, command.agreement)?;
    let own = agreement.parties.iter().find(|party| party.authority_id == command.authority);
    let mut party = own.cloned().ok_or(ActionError::NotFound)?;
    if !serves(actor, command.authority) {
        return Err(not_yours());
    }
    if party.confirmed_at.is_some() || agreement.row.ended_on.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    if command.document.trim().is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("document", FaultCode::Missing)]));
    }
    if command.document.chars().count() > limits::TITLE {
        return Err(ActionError::Invalid(vec![limits::too_long("document", limits::TITLE)]));
    }
    party.confirmed_at = Some(tx.now());
    party.confirmed_by = actor.person().map(|person| person.person);
    party.document = command.document.trim().to_owned();
    recognitions::save_party(tx.conn(), &party)?;
    let facts = json!({ "agreement": agreement.row.id, "authority": party.authority_id, "document": party.document });
    let event = note(tx, actor, &agreement.texts, "recognition_confirmed", facts)?;
    let name = register::authority(tx.conn(), party.authority_id)?.map(|row| row.name_zh);
    let date = Some(agreement.row.effective_on);
    let facts = NoticeFacts { date, person: name, ..NoticeFacts::default() };
    tell(tx, actor, (&agreement, NoticeKey::RecognitionConfirmed, facts), event)
}

/// The end of an agreement.
#[derive(Debug, Clone)]
pub struct End {
    /// The agreement.
    pub agreement: ObjectId,
    /// First day after it.
    pub ended_on: NaiveDate,
    /// Why.
    pub note: String,
}

/// Ends an agreement from a day on.
///
/// # Errors
/// `Refused` for others than officers of its parties and when it has ended; `Invalid` for a day that is over and without a reason;
/// `NotFound`.
pub fn end(tx: &mut Tx<'_, '_>, actor: &Actor, command: &End) -> Result<(), ActionError> {
    let mut agreement = whole(tx, command.agreement)?;
    if !agreement.parties.iter().any(|party| serves(actor, party.authority_id)) {
        return Err(not_yours());
    }
    if agreement.row.ended_on.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let mut faults = Vec::new();
    if command.ended_on < tx.today() {
        faults.push(FieldFault::new("ended_on", FaultCode::Over));
    }
    if command.note.trim().is_empty() {
        faults.push(FieldFault::new("note", FaultCode::Missing));
    } else if command.note.chars().count() > limits::NOTE {
        faults.push(limits::too_long("note", limits::NOTE));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    agreement.row.ended_on = Some(command.ended_on);
    agreement.row.note = command.note.trim().to_owned();
    recognitions::save(tx.conn(), &agreement.row)?;
    let facts = json!({ "agreement": agreement.row.id, "on": command.ended_on });
    let event = note(tx, actor, &agreement.texts, "recognition_ended", facts)?;
    let facts = NoticeFacts {
        date: Some(command.ended_on),
        reason: Some(agreement.row.note.clone()),
        ..NoticeFacts::default()
    };
    tell(tx, actor, (&agreement, NoticeKey::RecognitionEnded, facts), event)
}
