//! The versions of a text and how their clauses belong together: by the machine where it is certain, else by a person's decision.

use std::collections::BTreeMap;

use quanheng_db::{
    clauses::{self, LinkRow},
    conn::AnyConn,
    documents::{self, DocumentRow},
    projects::{self, ProjectRow},
};
use quanheng_domain::{
    clause::{Clause, Relation},
    document::DocumentKind,
    event::ObjectKind,
    ids::{DocumentId, ProjectId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use quanheng_text::map::{self, Decision, Link};
use serde_json::json;

use super::{follow, may_know, may_read, text};
use crate::{ActionError, NewEvent, Tx, project::load::standing, round::case::not_yours};

/// A text that can be compared.
#[derive(Debug, Clone)]
pub struct Version {
    /// The project it belongs to, which for an edition that is to be replaced is another one.
    pub project: ProjectRow,
    /// The document.
    pub document: DocumentRow,
}

/// The texts that a project's text can be compared with: its own in their order, after the editions that it will replace.
pub fn versions(
    conn: &mut AnyConn,
    actor: &Actor,
    project: &ProjectRow,
) -> Result<Vec<Version>, ActionError> {
    let mut found = Vec::new();
    for replaced in projects::replaces_of(conn, project.id)? {
        for former in projects::of_specification(conn, replaced.specification_id)? {
            if former.id == project.id || !may_know(&former, actor) {
                continue;
            }
            for document in clauses::readable_of(conn, former.id)? {
                if document.kind == DocumentKind::PublishedText {
                    found.push(Version { project: former.clone(), document });
                }
            }
        }
    }
    for document in clauses::readable_of(conn, project.id)? {
        found.push(Version { project: project.clone(), document });
    }
    found.retain(|version| may_read(&version.project, &version.document, actor));
    Ok(found)
}

/// A text by its place in the project or, for those of other projects, by its identity.
///
/// # Errors
/// `NotFound` for what cannot be compared or may not be read.
pub fn version(
    conn: &mut AnyConn,
    actor: &Actor,
    project: ProjectId,
    name: &str,
) -> Result<Version, ActionError> {
    let found = match (name.parse::<i32>(), name.parse::<DocumentId>()) {
        (Ok(ordinal), _) => documents::find(conn, project, ordinal)?,
        (_, Ok(id)) => documents::get(conn, id)?,
        _ => None,
    };
    let document = found.ok_or(ActionError::NotFound)?;
    let (project, document) = text::of_reader(conn, actor, document.project_id, document.ordinal)?;
    Ok(Version { project, document })
}

/// Two texts with the links of their clauses.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Clauses of the earlier text.
    pub old: Vec<Clause>,
    /// Clauses of the later text.
    pub new: Vec<Clause>,
    /// What became of each clause, after what people decided.
    pub links: Vec<Link>,
}

/// Maps the clauses of two texts, after what people decided.
///
/// # Errors
/// `NotFound` when one of them was not read by clause.
pub fn compared(
    conn: &mut AnyConn,
    from: DocumentId,
    to: DocumentId,
) -> Result<Compared, ActionError> {
    let clauses_of = |conn: &mut AnyConn, id| {
        let kept = text::kept(conn, id)?.filter(|kept| kept.row.fault.is_none());
        Ok::<_, ActionError>(kept.ok_or(ActionError::NotFound)?.text.clauses)
    };
    let (old, new) = (clauses_of(conn, from)?, clauses_of(conn, to)?);
    let rows = clauses::links(conn, from, to)?;
    let links = map::map(&old, &new);
    let links = if rows.is_empty() {
        links
    } else {
        map::decided(&old, &new, &links, &decisions(&old, &new, &rows))
    };
    Ok(Compared { old, new, links })
}

/// The decisions that still name clauses of these texts; a correction may have taken one away.
fn decisions(old: &[Clause], new: &[Clause], rows: &[LinkRow]) -> Vec<Decision> {
    let places = |all: &[Clause]| -> BTreeMap<String, usize> {
        all.iter().enumerate().map(|(at, clause)| (clause.key.clone(), at)).collect()
    };
    let (olds, news) = (places(old), places(new));
    let decision = |row: &LinkRow| {
        let old = olds.get(&row.from_key).copied();
        let new = news.get(&row.to_key).copied();
        let known = (row.from_key.is_empty() || old.is_some())
            && (row.to_key.is_empty() || new.is_some())
            && (old.is_some() || new.is_some());
        known.then_some(Decision { old, new })
    };
    rows.iter().filter_map(decision).collect()
}

/// A person's decision about a clause of two texts.
#[derive(Debug, Clone)]
pub struct DecideLink {
    /// The earlier text.
    pub from: DocumentId,
    /// The later text, whose project's keepers decide.
    pub to: DocumentId,
    /// Clause of the earlier text; none when the clause of the later text is new.
    pub old: Option<String>,
    /// Clause of the later text; none when the clause of the earlier text was removed.
    pub new: Option<String>,
}

/// Decides how a clause of a text stands to one of a later text; the last decision holds.
///
/// # Errors
/// `Refused` to others than drafter and secretariat, and when the project has ended; `Invalid` for clauses that are not there; `NotFound`.
pub fn decide_link(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &DecideLink,
) -> Result<(), ActionError> {
    let person = actor.person().map(|person| person.person).ok_or(ActionError::Forbidden)?;
    let found = documents::get(tx.conn(), command.to)?.ok_or(ActionError::NotFound)?;
    tx.lock(found.project_id.cast())?;
    let to = version(tx.conn(), actor, found.project_id, &command.to.to_string())?;
    let from = version(tx.conn(), actor, found.project_id, &command.from.to_string())?;
    if !text::keeps(&to.project, actor) {
        return Err(not_yours(&[Party::Drafter, Party::Secretariat]));
    }
    if to.project.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    let compared = compared(tx.conn(), from.document.id, to.document.id)?;
    let place = |key: &Option<String>, all: &[Clause]| {
        key.as_ref().map(|key| all.iter().position(|clause| clause.key == *key))
    };
    let (old, new) = (place(&command.old, &compared.old), place(&command.new, &compared.new));
    if old == Some(None) || new == Some(None) || old.is_none() && new.is_none() {
        return Err(ActionError::Invalid(vec![FieldFault::new("to", FaultCode::Unknown)]));
    }
    let relation = match (old.flatten(), new.flatten()) {
        (Some(old), Some(new)) => map::relation(&compared.old[old], &compared.new[new]),
        (Some(_), None) => Relation::Removed,
        _ => Relation::New,
    };
    let row = LinkRow {
        id: tx.id(),
        from_document: from.document.id,
        to_document: to.document.id,
        from_key: command.old.clone().unwrap_or_default(),
        to_key: command.new.clone().unwrap_or_default(),
        relation,
        decided_by: person,
        decided_at: tx.now(),
    };
    clauses::insert_link(tx.conn(), &row)?;
    let facts = json!({
        "from": row.from_document, "to": row.to_document, "old": row.from_key, "new": row.to_key, "relation": relation,
    });
    let project = to.project.id;
    let event = NewEvent::new(ObjectKind::Project, project.cast(), actor, "clause_link_decided");
    tx.record(event.facts(facts))?;
    // What was not certain may be so now.
    follow::follow(tx, actor, to.document.id)
}

/// Whether the actor decides what the machine left open between two texts.
pub fn decides(to: &Version, actor: &Actor) -> bool {
    text::keeps(&to.project, actor) && !to.project.stage.is_final()
}

/// Whether the actor works on the project or has a seat in its committee, and so reads what is not public yet.
pub fn inside(project: &ProjectRow, actor: &Actor) -> bool {
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    let parties = actor.parties(&standing(project).owners);
    seated || parties.iter().any(|party| *party != Party::Anyone)
}
