//! Citations between published texts: found in the texts themselves, then confirmed; and the walk to all who cite a text before it
//! is revised or abolished (影响核查).

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use quanheng_db::{
    clauses,
    conn::AnyConn,
    relations::{self, CitationRow, ImpactRow},
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{CommitteeId, ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeKey},
    number::SpecNumber,
    people::Actor,
    refusal::{Refusal, RefusalCode},
    relation::{CitationState, ImpactAnswer},
};
use serde_json::json;

use super::{care, catalogue::Catalogue};
use crate::{ActionError, NewEvent, Tx, clock, limits, search::index, tell};

/// How far the walk goes from citation to citation.
const FARTHEST: usize = 4;

/// The plain forms under which an edition is cited: with its year and without.
pub fn names_of(edition: &SpecificationRow) -> [String; 2] {
    let text = edition.number_key.rsplit_once('-').map_or("", |(text, _)| text);
    [edition.number_key.clone(), text.to_owned()]
}

/// Looks for citations in the published text of an edition; what a person decided stays, what the text no longer says goes.
///
/// # Errors
/// Storage trouble.
pub fn find(tx: &mut Tx<'_, '_>, edition: &SpecificationRow) -> Result<(), ActionError> {
    let Some((_, document)) = index::published(tx.conn(), edition)? else { return Ok(()) };
    let Some(kept) = crate::document::text::kept(tx.conn(), document.id)? else { return Ok(()) };
    let own = names_of(edition);
    let mut told: BTreeMap<String, (String, String)> = BTreeMap::new();
    for citation in quanheng_text::checks::citations(&kept.text.clauses) {
        let known = SpecNumber::parse(&citation.number)
            .map_or_else(|_| citation.number.clone(), |parsed| parsed.number.canonical());
        // What stands before the first chapter names predecessors, and a text does not cite itself.
        if !citation.front && !own.contains(&known) && known.len() <= 60 {
            told.entry(known).or_insert((citation.at, citation.words));
        }
    }
    for row in relations::cited_by(tx.conn(), edition.id)? {
        if told.remove(&row.cited).is_none() && row.state == CitationState::Found {
            relations::forget_citation(tx.conn(), row.id)?;
        }
    }
    for (cited, (clause, words)) in told {
        let row = CitationRow {
            id: tx.id(),
            specification_id: edition.id,
            cited,
            clause,
            words: words.chars().take(limits::NAME).collect(),
            state: CitationState::Found,
            entered_at: tx.now(),
            decided_by: None,
            decided_at: None,
        };
        relations::add_citation(tx.conn(), &row)?;
    }
    Ok(())
}

/// A citation that a person enters, for texts that the register holds no clauses of.
#[derive(Debug, Clone)]
pub struct Cite {
    /// The edition that cites.
    pub specification: SpecificationId,
    /// What it cites, in any written form.
    pub cited: String,
    /// Where; may be empty.
    pub clause: String,
}

/// Enters a citation, confirmed from the start.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` for what is no number or is there already, `NotFound`.
pub fn cite(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Cite) -> Result<ObjectId, ActionError> {
    let edition = kept(tx.conn(), actor, command.specification)?;
    let fault = |field: &str, code| ActionError::Invalid(vec![FieldFault::new(field, code)]);
    let typed = command.cited.trim();
    if typed.is_empty() {
        return Err(fault("cited", FaultCode::Missing));
    }
    if typed.chars().count() > limits::NAME || command.clause.chars().count() > limits::NAME {
        return Err(ActionError::Invalid(vec![limits::too_long("cited", limits::NAME)]));
    }
    let cited = plain_of(typed).ok_or_else(|| fault("cited", FaultCode::NotANumber))?;
    if names_of(&edition).contains(&cited) {
        return Err(fault("cited", FaultCode::Unchanged));
    }
    let known = relations::cited_by(tx.conn(), edition.id)?;
    let mut row = match known.into_iter().find(|row| row.cited == cited) {
        Some(row) if row.state == CitationState::Confirmed => {
            return Err(fault("cited", FaultCode::Unchanged));
        }
        Some(row) => row,
        None => CitationRow {
            id: tx.id(),
            specification_id: edition.id,
            cited,
            clause: command.clause.trim().to_owned(),
            words: typed.to_owned(),
            state: CitationState::Found,
            entered_at: tx.now(),
            decided_by: None,
            decided_at: None,
        },
    };
    if relations::citation(tx.conn(), row.id)?.is_none() {
        relations::add_citation(tx.conn(), &row)?;
    }
    settle(tx, actor, &mut row, CitationState::Confirmed)?;
    Ok(row.id)
}

/// The plain form of a cited number: of ours with or without year, of other families as written.
fn plain_of(typed: &str) -> Option<String> {
    if let Ok(parsed) = SpecNumber::parse(typed) {
        return Some(parsed.number.canonical());
    }
    // Without a year: read with one and cut it off again.
    if let Ok(parsed) = SpecNumber::parse(&format!("{typed}-2000")) {
        let plain = parsed.number.canonical();
        return plain.rsplit_once('-').map(|(text, _)| text.to_owned());
    }
    let named = typed.chars().any(|c| c.is_ascii_digit()) && typed.chars().any(char::is_alphabetic);
    named.then(|| typed.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn kept(
    conn: &mut AnyConn,
    actor: &Actor,
    id: SpecificationId,
) -> Result<SpecificationRow, ActionError> {
    let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    Ok(edition)
}

fn settle(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &mut CitationRow,
    state: CitationState,
) -> Result<(), ActionError> {
    row.state = state;
    row.decided_by = actor.person().map(|person| person.person);
    row.decided_at = Some(tx.now());
    relations::save_citation(tx.conn(), row)?;
    let kind = match state {
        CitationState::Dismissed => "citation_dismissed",
        CitationState::Confirmed | CitationState::Found => "citation_confirmed",
    };
    let object = row.specification_id.cast();
    let facts = json!({ "citation": row.id, "cited": row.cited, "clause": row.clause });
    tx.record(NewEvent::new(ObjectKind::Specification, object, actor, kind).facts(facts))?;
    Ok(())
}

/// What a person says of a citation that was found.
#[derive(Debug, Clone)]
pub struct Decide {
    /// The citation.
    pub citation: ObjectId,
    /// True for a citation, false for what only looks like one.
    pub confirmed: bool,
}

/// Confirms a citation that was found, or says that it is none.
///
/// # Errors
/// `Refused` for others than secretariat and officers of the citing text, `NotFound`.
pub fn decide(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Decide) -> Result<(), ActionError> {
    let mut row = relations::citation(tx.conn(), command.citation)?.ok_or(ActionError::NotFound)?;
    kept(tx.conn(), actor, row.specification_id)?;
    let state = if command.confirmed { CitationState::Confirmed } else { CitationState::Dismissed };
    if row.state == state {
        return Ok(());
    }
    settle(tx, actor, &mut row, state)
}

/// A text that hangs on another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependent {
    /// The edition that cites.
    pub edition: SpecificationId,
    /// How many citations away, from 1.
    pub distance: usize,
    /// The citation by which it was reached.
    pub by: CitationRow,
}

/// Every edition that may be used on a day and cites a text, directly or through others, the nearest first.
///
/// # Errors
/// Storage trouble.
pub fn dependents(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    edition: &SpecificationRow,
    on: NaiveDate,
) -> Result<Vec<Dependent>, ActionError> {
    let mut seen: HashSet<SpecificationId> = HashSet::from([edition.id]);
    let mut found = Vec::new();
    let mut edge = vec![edition.clone()];
    for distance in 1..=FARTHEST {
        let names: Vec<String> =
            edge.iter().flat_map(names_of).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            break;
        }
        edge.clear();
        for by in relations::citing(conn, &names)? {
            let id = by.specification_id;
            let Some(row) = catalogue.edition(&id) else { continue };
            // What is no longer used need not be looked at; what is unknown must be.
            if catalogue.state(&id, on).is_over() || !seen.insert(id) {
                continue;
            }
            edge.push(row.clone());
            found.push(Dependent { edition: id, distance, by });
        }
    }
    Ok(found)
}

/// The wish to change a text, before which those who cite it are asked.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The edition that is to change.
    pub specification: SpecificationId,
    /// What is intended, in words.
    pub reason: String,
}

/// Asks the committee of every text that cites an edition directly; committees with an open question on it are not asked twice.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` without words, `NotFound`.
pub fn ask(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Ask) -> Result<usize, ActionError> {
    let edition = kept(tx.conn(), actor, command.specification)?;
    let reason = command.reason.trim();
    if reason.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("reason", FaultCode::Missing)]));
    }
    if reason.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("reason", limits::NOTE)]));
    }
    tx.lock(edition.id.cast())?;
    let today = tx.today();
    let catalogue = Catalogue::load(tx.conn(), today)?;
    let open: HashSet<SpecificationId> = relations::impact_of(tx.conn(), edition.id)?
        .into_iter()
        .filter(|row| row.answered_at.is_none())
        .map(|row| row.dependent_id)
        .collect();
    let direct: Vec<Dependent> = dependents(tx.conn(), &catalogue, &edition, today)?
        .into_iter()
        .filter(|one| one.distance == 1 && !open.contains(&one.edition))
        .collect();
    let event = tx.record(
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "impact_asked")
            .note(reason)
            .facts(json!({ "asked": direct.len() })),
    )?;
    for one in &direct {
        let Some(dependent) = catalogue.edition(&one.edition) else { continue };
        let row = ImpactRow {
            id: tx.id(),
            changed_id: edition.id,
            dependent_id: dependent.id,
            committee_id: dependent.committee_id,
            clause: one.by.clause.clone(),
            reason: reason.to_owned(),
            opened_at: tx.now(),
            opened_by: actor.person().map(|person| person.person),
            answer: None,
            note: String::new(),
            answered_at: None,
            answered_by: None,
        };
        relations::add_impact(tx.conn(), &row)?;
        let facts = clock::edition_facts(tx, dependent)?;
        let facts = NoticeFacts {
            reason: Some(format!("{} {}：{reason}", edition.number, edition.title_zh)),
            path: format!("{}/relations", facts.path),
            ..facts
        };
        let about = clock::about_edition(dependent);
        tell::tell(tx, &Notice { key: NoticeKey::ImpactAsked, facts }, &about, Some(event))?;
    }
    Ok(direct.len())
}

/// The answer of those who keep a text that cites.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The question.
    pub task: ObjectId,
    /// The answer.
    pub answer: ImpactAnswer,
    /// In words; needed unless the text is not affected.
    pub note: String,
}

/// Answers a question.
///
/// # Errors
/// `Refused` for others than those who keep the citing text and for one that was answered; `Invalid` without words; `NotFound`.
pub fn answer(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Answer) -> Result<(), ActionError> {
    let mut row = relations::impact(tx.conn(), command.task)?.ok_or(ActionError::NotFound)?;
    kept(tx.conn(), actor, row.dependent_id)?;
    let note = command.note.trim();
    if note.is_empty() && command.answer != ImpactAnswer::NotAffected {
        return Err(ActionError::Invalid(vec![FieldFault::new("note", FaultCode::Missing)]));
    }
    if note.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("note", limits::NOTE)]));
    }
    row.answer = Some(command.answer);
    row.note = note.to_owned();
    row.answered_at = Some(tx.now());
    row.answered_by = actor.person().map(|person| person.person);
    if !relations::answer_impact(tx.conn(), &row)? {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let facts = json!({ "task": row.id, "dependent": row.dependent_id, "answer": row.answer });
    let event =
        NewEvent::new(ObjectKind::Specification, row.changed_id.cast(), actor, "impact_answered");
    tx.record(event.note(note).facts(facts))?;
    Ok(())
}

/// What waits for the answer of committees, with the text that is to change and the one that cites it.
///
/// # Errors
/// Storage trouble.
pub fn waiting(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
) -> Result<Vec<(ImpactRow, SpecificationRow, SpecificationRow)>, ActionError> {
    let rows = relations::waiting_for(conn, committees)?;
    let ids: Vec<SpecificationId> =
        rows.iter().flat_map(|row| [row.changed_id, row.dependent_id]).collect();
    let texts = specifications::by_ids(conn, &ids)?;
    let text = |id: SpecificationId| texts.iter().find(|row| row.id == id).cloned();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (changed, dependent) = (text(row.changed_id)?, text(row.dependent_id)?);
            Some((row, changed, dependent))
        })
        .collect())
}

/// Clauses that can be read are a condition of finding; told so that pages can say why nothing was found.
///
/// # Errors
/// Storage trouble.
pub fn has_clauses(conn: &mut AnyConn, edition: &SpecificationRow) -> Result<bool, ActionError> {
    let Some((_, document)) = index::published(conn, edition)? else { return Ok(false) };
    Ok(clauses::text(conn, document.id)?.is_some_and(|row| row.fault.is_none()))
}
