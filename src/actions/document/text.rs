//! The text of a document as clauses: keeping what was read out of a file or typed, correcting it, and saying that a doubtful place is right.
//!
//! Files are read before the transaction begins; here only clauses arrive.

use std::collections::BTreeSet;

use quanheng_db::{
    clauses::{self, ClauseRow, TextRow},
    conn::AnyConn,
    documents::{self, DocumentRow},
    projects::{self, ProjectRow},
};
use quanheng_domain::{
    clause::{Clause, ClauseText, Doubt},
    draft::{TextFault, TextState},
    event::ObjectKind,
    ids::{DocumentId, ProjectId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{follow, may_know, may_read};
use crate::{ActionError, NewEvent, Tx, project::load::standing, round::case::not_yours, search};

/// Who looks after the clauses of a draft.
const KEEPERS: &[Party] = &[Party::Drafter, Party::Secretariat];
/// Most clauses of a text; a specification of a hundred pages has a tenth of them.
const MOST_CLAUSES: usize = 10_000;

/// The clauses of a document as they are now.
#[derive(Debug, Clone)]
pub struct Kept {
    /// That it was read, and how.
    pub row: TextRow,
    /// Clauses, doubts and margin.
    pub text: ClauseText,
}

/// Reads the clauses of a document; none when nobody tried to read its file.
///
/// # Errors
/// Storage trouble, and stored values that make no sense.
pub fn kept(conn: &mut AnyConn, document: DocumentId) -> Result<Option<Kept>, ActionError> {
    let Some(row) = clauses::text(conn, document)? else { return Ok(None) };
    let id = document.to_string();
    let wrong = |column: &str| ActionError::inconsistent("clause_texts", column, &id, "JSON");
    let text = ClauseText {
        clauses: of_rows(clauses::of_document(conn, document)?)?,
        doubts: serde_json::from_value(row.doubts.clone()).map_err(|_| wrong("doubts"))?,
        margin: serde_json::from_value(row.margin.clone()).map_err(|_| wrong("margin"))?,
    };
    Ok(Some(Kept { row, text }))
}

fn of_rows(rows: Vec<ClauseRow>) -> Result<Vec<Clause>, ActionError> {
    let clause = |row: ClauseRow| {
        let blocks = serde_json::from_value(row.blocks).map_err(|_| {
            let id = format!("{}/{}", row.document_id, row.ordinal);
            ActionError::inconsistent("clauses", "blocks", &id, "JSON")
        })?;
        Ok(Clause {
            key: row.key,
            kind: row.kind,
            number: row.number,
            heading: row.heading,
            level: u8::try_from(row.level).unwrap_or(u8::MAX),
            blocks,
        })
    };
    rows.into_iter().map(clause).collect()
}

fn rows_of(document: DocumentId, all: &[Clause]) -> Result<Vec<ClauseRow>, ActionError> {
    let row = |(ordinal, clause): (i32, &Clause)| {
        Ok(ClauseRow {
            document_id: document,
            ordinal,
            key: clause.key.clone(),
            kind: clause.kind,
            number: clause.number.clone(),
            heading: clause.heading.clone(),
            level: i32::from(clause.level),
            blocks: serde_json::to_value(&clause.blocks).map_err(ActionError::unwritable)?,
            plain: clause.plain(),
        })
    };
    (1..).zip(all).map(row).collect()
}

/// What came out of a file, or what was typed.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document, entered already.
    pub document: DocumentId,
    /// The clauses, or why there are none.
    pub text: Result<ClauseText, TextFault>,
    /// Whether the clauses were typed; there is no other file then.
    pub typed: bool,
}

/// Keeps what was read out of the file of a document. What a person has corrected since, and a frozen text, are left as they are.
///
/// # Errors
/// `NotFound`, storage trouble.
pub fn keep(tx: &mut Tx<'_, '_>, actor: &Actor, reading: &Reading) -> Result<(), ActionError> {
    let id = reading.document;
    let document = documents::get(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let before = clauses::text(tx.conn(), id)?;
    if before.as_ref().is_some_and(|row| row.fault.is_none()) {
        return Ok(());
    }
    let empty = ClauseText::default();
    let text = reading.text.as_ref().unwrap_or(&empty);
    let fault = match &reading.text {
        Ok(text) if text.clauses.is_empty() => Some(TextFault::Empty),
        Ok(text) if text.clauses.len() > MOST_CLAUSES => Some(TextFault::TooLarge),
        Ok(_) => None,
        Err(fault) => Some(*fault),
    };
    let mut row = TextRow {
        document_id: id,
        version: before.as_ref().map_or(1, |row| row.version),
        state: match fault {
            Some(_) => TextState::Unreadable,
            None if reading.typed => TextState::Typed,
            None => TextState::Read,
        },
        fault,
        doubts: serde_json::to_value(&text.doubts).map_err(ActionError::unwritable)?,
        margin: serde_json::to_value(&text.margin).map_err(ActionError::unwritable)?,
        read_at: tx.now(),
        read_by: actor.person().map(|person| person.person),
    };
    if before.is_none() {
        clauses::insert_text(tx.conn(), &row)?;
    } else if !clauses::save_text(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    if fault.is_none() {
        let rows = rows_of(id, &text.clauses)?;
        clauses::replace(tx.conn(), id, &rows)?;
    }
    let facts = json!({
        "document": id, "ordinal": document.ordinal, "clauses": text.clauses.len(), "doubts": text.doubts.len(),
        "margin": text.margin.len(), "fault": fault,
    });
    let kind = if fault.is_none() { "text_read" } else { "text_unreadable" };
    let project = document.project_id;
    tx.record(NewEvent::new(ObjectKind::Project, project.cast(), actor, kind).facts(facts))?;
    if fault.is_none() {
        follow::follow(tx, actor, id)?;
        search::refresh(tx, project)?;
    }
    Ok(())
}

/// A correction of the clauses of a document.
#[derive(Debug, Clone)]
pub struct Correct {
    /// The project.
    pub project: ProjectId,
    /// Place of the document in the project.
    pub ordinal: i32,
    /// The version that was seen.
    pub if_version: Option<i64>,
    /// All clauses as they shall be, with the doubts that remain; the margin stays as the file had it.
    pub text: ClauseText,
}

/// Puts corrected clauses in the place of those that were read.
///
/// # Errors
/// `Refused` (neither drafter nor secretariat, frozen), `Invalid` (no clause, too many), `Conflict`, `NotFound`.
pub fn correct(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Correct) -> Result<i64, ActionError> {
    let document = changeable(tx, actor, command.project, command.ordinal)?;
    let text = &command.text;
    if let Some(fault) = faulty(&text.clauses) {
        return Err(ActionError::Invalid(vec![FieldFault::new("text", fault)]));
    }
    let before = kept(tx.conn(), document.id)?;
    let seen = before.as_ref().map_or(0, |kept| kept.row.version);
    if command.if_version.is_some_and(|version| version != seen) {
        return Err(ActionError::Conflict);
    }
    let old = before.as_ref().map(|kept| kept.text.clauses.as_slice()).unwrap_or_default();
    let changed = changed(old, &text.clauses);
    let typed = before.as_ref().is_some_and(|kept| kept.row.state == TextState::Typed);
    let margin = before.as_ref().map_or_else(|| json!([]), |kept| kept.row.margin.clone());
    let mut row = TextRow {
        document_id: document.id,
        version: seen.max(1),
        state: if typed { TextState::Typed } else { TextState::Corrected },
        fault: None,
        doubts: serde_json::to_value(&text.doubts).map_err(ActionError::unwritable)?,
        margin,
        read_at: tx.now(),
        read_by: actor.person().map(|person| person.person),
    };
    if before.is_none() {
        clauses::insert_text(tx.conn(), &row)?;
    } else if !clauses::save_text(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let rows = rows_of(document.id, &text.clauses)?;
    clauses::replace(tx.conn(), document.id, &rows)?;
    let facts = json!({
        "document": document.id, "ordinal": command.ordinal, "clauses": text.clauses.len(), "changed": changed,
    });
    let event = NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "text_corrected");
    tx.record(event.facts(facts))?;
    search::refresh(tx, document.project_id)?;
    follow::follow(tx, actor, document.id)?;
    Ok(row.version)
}

/// Names of the clauses that are not what they were, those that are gone included.
fn changed<'c>(old: &'c [Clause], new: &'c [Clause]) -> Vec<&'c str> {
    let of = |all: &'c [Clause], others: &[Clause]| {
        let differs = |clause: &&'c Clause| !others.contains(clause);
        all.iter().filter(differs).map(|clause| clause.key.as_str()).collect::<BTreeSet<_>>()
    };
    let mut names = of(old, new);
    names.extend(of(new, old));
    names.into_iter().collect()
}

fn faulty(all: &[Clause]) -> Option<FaultCode> {
    let keys: BTreeSet<&str> = all.iter().map(|clause| clause.key.as_str()).collect();
    if all.is_empty() {
        Some(FaultCode::Missing)
    } else if all.len() > MOST_CLAUSES {
        Some(FaultCode::TooLong)
    } else if keys.len() != all.len() || keys.contains("") {
        Some(FaultCode::Taken)
    } else {
        None
    }
}

/// That doubtful places are right as they are.
#[derive(Debug, Clone)]
pub struct Settle {
    /// The project.
    pub project: ProjectId,
    /// Place of the document in the project.
    pub ordinal: i32,
    /// The version that was seen.
    pub if_version: Option<i64>,
    /// The places, counted from zero in the order of the doubts.
    pub doubts: BTreeSet<usize>,
}

/// Takes doubts away that a person has looked at; with the last of them the text counts as corrected.
///
/// # Errors
/// As [`correct`].
pub fn settle(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Settle) -> Result<i64, ActionError> {
    let document = changeable(tx, actor, command.project, command.ordinal)?;
    let Some(mut kept) = kept(tx.conn(), document.id)? else { return Err(ActionError::NotFound) };
    if command.if_version.is_some_and(|version| version != kept.row.version) {
        return Err(ActionError::Conflict);
    }
    let (settled, left): (Vec<_>, Vec<_>) = std::mem::take(&mut kept.text.doubts)
        .into_iter()
        .enumerate()
        .partition(|(at, _)| command.doubts.contains(at));
    if settled.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("doubt", FaultCode::Missing)]));
    }
    let doubts = |all: Vec<(usize, Doubt)>| all.into_iter().map(|(_, doubt)| doubt).collect();
    let (settled, left): (Vec<Doubt>, Vec<Doubt>) = (doubts(settled), doubts(left));
    let mut row = kept.row;
    if left.is_empty() && row.state == TextState::Read {
        row.state = TextState::Corrected;
    }
    row.doubts = serde_json::to_value(&left).map_err(ActionError::unwritable)?;
    row.read_at = tx.now();
    row.read_by = actor.person().map(|person| person.person);
    if !clauses::save_text(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({
        "document": document.id, "ordinal": command.ordinal, "settled": settled, "left": left.len(),
    });
    let event = NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "text_looked_at");
    tx.record(event.facts(facts))?;
    Ok(row.version)
}

/// A document of a project whose clauses the actor may change now, read under the project's lock.
fn changeable(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
) -> Result<DocumentRow, ActionError> {
    tx.lock(project.cast())?;
    let (row, document) = of_reader(tx.conn(), actor, project, ordinal)?;
    if !keeps(&row, actor) {
        return Err(not_yours(KEEPERS));
    }
    if document.frozen_at.is_some() {
        return Err(Refusal::new(RefusalCode::DocumentFrozen).with("kind", document.kind).into());
    }
    if row.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    Ok(document)
}

/// Keeps what was read out of a file that lay there unread, on a keeper's word.
///
/// # Errors
/// `Refused` to others than drafter and secretariat, `NotFound`.
pub fn read_late(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
    text: &Result<ClauseText, TextFault>,
) -> Result<(), ActionError> {
    tx.lock(project.cast())?;
    let (row, document) = of_reader(tx.conn(), actor, project, ordinal)?;
    if !keeps(&row, actor) {
        return Err(not_yours(KEEPERS));
    }
    keep(tx, actor, &Reading { document: document.id, text: text.clone(), typed: false })
}

/// Whether the actor looks after the clauses of the project's drafts.
pub fn keeps(project: &ProjectRow, actor: &Actor) -> bool {
    let parties = actor.parties(&standing(project).owners);
    KEEPERS.iter().any(|party| parties.contains(party))
}

/// A text of a project that the actor may read, by its place.
///
/// # Errors
/// `NotFound` for what the actor may not know of, for withdrawn documents and for those that hold no text of the specification.
pub fn of_reader(
    conn: &mut AnyConn,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
) -> Result<(ProjectRow, DocumentRow), ActionError> {
    let row = projects::find(conn, project)?.ok_or(ActionError::NotFound)?;
    let document = documents::find(conn, project, ordinal)?.ok_or(ActionError::NotFound)?;
    let fair = may_know(&row, actor)
        && may_read(&row, &document, actor)
        && document.withdrawn_at.is_none()
        && document.kind.is_text();
    if fair { Ok((row, document)) } else { Err(ActionError::NotFound) }
}
