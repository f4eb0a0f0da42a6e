//! Departmental and local texts beside national ones (F24, E-19): the checker that puts pairs beside each other, and the log of what became
//! of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use quanheng_db::{
    outbox::Recipient,
    overlaps::{self, OverlapRow},
    projects, register, specifications,
    specifications::SpecificationRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AuthorityId, EventId, ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    notice::{Audience, Notice, NoticeFacts, NoticeItem, NoticeKey},
    overlap::{OverlapKind, OverlapOutcome, object_of, overlap},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    specification::Level,
};
use serde_json::json;

use super::{care, catalogue::Catalogue};
use crate::{ActionError, NewEvent, Tx, clock, limits, tell};

/// A pair that overlaps: the departmental or local text, the national one, and why.
pub type Pair<'c> = (&'c SpecificationRow, &'c SpecificationRow, OverlapKind);

/// The departmental and local texts in force on a day that overlap with national ones in force.
pub fn pairs(catalogue: &Catalogue, on: NaiveDate) -> Vec<Pair<'_>> {
    let in_force = |row: &&SpecificationRow| catalogue.state(&row.id, on).is_in_force();
    let mut national: HashMap<String, Vec<&SpecificationRow>> = HashMap::new();
    let key = |row: &SpecificationRow| match object_of(&row.title_zh) {
        object if object.is_empty() => row.title_zh.clone(),
        object => object,
    };
    let all = catalogue.editions.iter().filter(|row| row.title_zh != row.number);
    for row in all.clone().filter(|row| row.level == Level::National).filter(in_force) {
        national.entry(key(row)).or_default().push(row);
    }
    let below = |row: &&SpecificationRow| {
        matches!(row.level, Level::Departmental | Level::Provincial | Level::Regional)
    };
    let mut found = Vec::new();
    for local in all.filter(below).filter(in_force) {
        for above in national.get(&key(local)).into_iter().flatten() {
            let alike = local.category == above.category;
            if let Some(kind) = overlap(&above.title_zh, &local.title_zh, alike) {
                found.push((local, *above, kind));
            }
        }
    }
    found
}

/// Looks for texts that overlap with national ones and opens a case for every pair that has none; how many. Officers of a national
/// authority look at all texts, others at those of their own.
///
/// # Errors
/// `Refused` for others than officers.
pub fn check(tx: &mut Tx<'_, '_>, actor: &Actor, (): &()) -> Result<usize, ActionError> {
    let served = actor.person().map(|person| person.authorities.clone()).unwrap_or_default();
    if served.is_empty() {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
    let authorities = register::all_authorities(tx.conn())?;
    let everything =
        authorities.iter().any(|row| row.level == Level::National && served.contains(&row.id));
    let own = |authority: AuthorityId| everything || served.contains(&authority);
    let today = tx.today();
    let catalogue = Catalogue::load(tx.conn(), today)?;
    let known: HashSet<(SpecificationId, SpecificationId)> =
        overlaps::all(tx.conn())?.into_iter().map(|row| (row.local_id, row.national_id)).collect();
    let mut opened = Vec::new();
    for (local, national, kind) in pairs(&catalogue, today) {
        if own(local.authority_id) && !known.contains(&(local.id, national.id)) {
            let (_, event) = open(tx, actor, (local, national, kind), "")?;
            opened.push((local, national, event));
        }
    }
    tell_keepers(tx, actor, &opened, (NoticeKey::OverlapOpened, None))?;
    Ok(opened.len())
}

/// A case for a letter: the departmental or local text, the national one, and the event.
type Case<'c> = (&'c SpecificationRow, &'c SpecificationRow, EventId);

/// Tells the keepers of both sides, each in one letter that lists all cases of that keeper, but not the one who acted.
fn tell_keepers(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    cases: &[Case<'_>],
    (key, reason): (NoticeKey, Option<&str>),
) -> Result<(), ActionError> {
    let (today, own) = (tx.today(), actor.person().map(|person| person.person));
    let mut letters: BTreeMap<String, (Recipient, Vec<&Case<'_>>)> = BTreeMap::new();
    for case in cases {
        let mut told = HashSet::new();
        for side in [case.0, case.1] {
            let about = clock::about_edition(side);
            for audience in [Audience::Secretariat, Audience::Officers] {
                for one in tell::group(tx.conn(), today, audience, &about)? {
                    let to = one.address.to_lowercase();
                    if (one.person.is_some() && one.person == own) || !told.insert(to.clone()) {
                        continue;
                    }
                    letters.entry(to).or_insert_with(|| (one, Vec::new())).1.push(case);
                }
            }
        }
    }
    for (recipient, own) in letters.into_values() {
        let Some((local, _, event)) = own.first() else { continue };
        let item = |(local, national, _): &&Case<'_>| NoticeItem {
            label: local.number.clone(),
            text: local.title_zh.clone(),
            note: format!("{} {}", national.number, national.title_zh),
            ..NoticeItem::default()
        };
        let facts = NoticeFacts {
            title: local.title_zh.clone(),
            path: "/overlaps".to_owned(),
            reason: reason.map(str::to_owned),
            items: own.iter().map(item).collect(),
            ..NoticeFacts::default()
        };
        let about = tell::About {
            concerned: vec![recipient],
            ..tell::About::new(ObjectKind::Specification, local.id.cast())
        };
        tell::tell(tx, &Notice { key, facts }, &about, Some(*event))?;
    }
    Ok(())
}

fn open(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    (local, national, kind): Pair<'_>,
    words: &str,
) -> Result<(ObjectId, EventId), ActionError> {
    let by = actor.person().map(|person| person.person);
    let row = OverlapRow {
        id: tx.id(),
        local_id: local.id,
        national_id: national.id,
        kind,
        words: words.to_owned(),
        opened_at: tx.now(),
        opened_by: by.filter(|_| kind == OverlapKind::Contradiction),
        outcome: None,
        note: String::new(),
        decided_at: None,
        decided_by: None,
    };
    overlaps::add(tx.conn(), &row)?;
    let facts = json!({ "case": row.id, "kind": kind, "with": national.number });
    let event = NewEvent::new(ObjectKind::Specification, local.id.cast(), actor, "overlap_found");
    let event = tx.record(NewEvent { source: "E-19", ..event.facts(facts) })?;
    Ok((row.id, event))
}

/// A contradiction that a person reports.
#[derive(Debug, Clone)]
pub struct Report {
    /// The departmental or local text.
    pub local: SpecificationId,
    /// The national text, in any written form of its number.
    pub national: String,
    /// Which clauses say what.
    pub words: String,
}

/// Reports that a departmental or local text contradicts a national one.
///
/// # Errors
/// `Refused` for others than those who keep one of the two texts; `Invalid` for a number that is none of a national text, without
/// words, and for a text that is national itself; `NotFound`.
pub fn report(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Report,
) -> Result<ObjectId, ActionError> {
    let local = specifications::find(tx.conn(), command.local)?.ok_or(ActionError::NotFound)?;
    let mut faults = Vec::new();
    if local.level == Level::National {
        faults.push(FieldFault::new("local", FaultCode::OtherKind));
    }
    let parsed = quanheng_domain::number::SpecNumber::parse(&command.national).ok();
    let national = match &parsed {
        Some(parsed) => specifications::by_number(tx.conn(), &parsed.number.canonical())?,
        None => None,
    };
    let national = national.filter(|row| row.level == Level::National);
    if national.is_none() {
        let code = if parsed.is_some() { FaultCode::Unknown } else { FaultCode::NotANumber };
        faults.push(FieldFault::new("national", code));
    }
    let words = command.words.trim();
    if words.is_empty() {
        faults.push(FieldFault::new("words", FaultCode::Missing));
    } else if words.chars().count() > limits::NOTE {
        faults.push(limits::too_long("words", limits::NOTE));
    }
    let Some(national) = national.filter(|_| faults.is_empty()) else {
        return Err(ActionError::Invalid(faults));
    };
    if !care::keeps(actor, &national) {
        care::must_keep(actor, &local)?;
    }
    let (case, event) = open(tx, actor, (&local, &national, OverlapKind::Contradiction), words)?;
    let told = [(&local, &national, event)];
    tell_keepers(tx, actor, &told, (NoticeKey::OverlapOpened, Some(words)))?;
    Ok(case)
}

/// What becomes of a case.
#[derive(Debug, Clone)]
pub struct Decide {
    /// The case.
    pub case: ObjectId,
    /// What becomes of it.
    pub outcome: OverlapOutcome,
    /// Why.
    pub note: String,
}

/// Decides a case; an abolition opens its project, unless the text is being worked on already.
///
/// # Errors
/// `Refused` for others than those who keep the departmental or local text, and for a case that was decided; `Invalid` without reasons;
/// `NotFound`.
pub fn decide(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Decide) -> Result<(), ActionError> {
    let mut row = overlaps::find(tx.conn(), command.case)?.ok_or(ActionError::NotFound)?;
    let local = specifications::find(tx.conn(), row.local_id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &local)?;
    let note = command.note.trim();
    if note.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("note", FaultCode::Missing)]));
    }
    if note.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("note", limits::NOTE)]));
    }
    row.outcome = Some(command.outcome);
    row.note = note.to_owned();
    row.decided_at = Some(tx.now());
    row.decided_by = actor.person().map(|person| person.person);
    if !overlaps::decide(tx.conn(), &row)? {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let event = NewEvent::new(ObjectKind::Specification, local.id.cast(), actor, "overlap_decided");
    let facts = json!({ "case": row.id, "outcome": command.outcome });
    let event = tx.record(NewEvent { source: "E-19", ..event.note(note).facts(facts) })?;
    let national =
        specifications::find(tx.conn(), row.national_id)?.ok_or(ActionError::NotFound)?;
    let told = [(&local, &national, event)];
    tell_keepers(tx, actor, &told, (NoticeKey::OverlapDecided, Some(note)))?;
    if command.outcome == OverlapOutcome::Abolish && local.abolished_on.is_empty() {
        let all = projects::of_specification(tx.conn(), local.id)?;
        if all.iter().all(|project| project.stage.is_final()) {
            clock::open_case(tx, &local, ProjectKind::Abolition)?;
        }
    }
    Ok(())
}
