//! The dossier (报批材料): what the rules ask for and what is there, its seal, and the defects with which it comes back (E-6).

use quanheng_db::{
    ballots,
    conn::AnyConn,
    documents::{self, DocumentRow},
    dossiers::{self, DefectRow},
    events, outbox,
    projects::{self, ProjectRow},
    rounds,
};
use quanheng_domain::{
    document::DocumentKind,
    event::{Event, ObjectKind},
    ids::ProjectId,
    lifecycle::{Case, DocSet, FaultCode, Field, FieldFault, Input, Openness},
    people::{Actor, Party},
    records::Visibility,
    refusal::{Refusal, RefusalCode},
    rules::{RuleKey, keys},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Uploaded;
use crate::{
    ActionError, NewEvent, Tx, limits,
    project::load::{self, Loaded, standing},
};

/// More mails than any project has sent.
const MOST_MAILS: i64 = 100_000;

/// One line of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The kind of document.
    pub kind: DocumentKind,
    /// Whether the rules ask for it.
    pub required: bool,
    /// Paper copies that the authority wants besides the file.
    pub copies: u8,
    /// The newest revision that nobody withdrew.
    pub document: Option<DocumentRow>,
}

/// The dossier of a project as it stands.
pub struct Dossier {
    /// The project with its rules.
    pub loaded: Loaded,
    /// What is asked for, in the order of the rule, then what is there besides.
    pub items: Vec<Item>,
    /// The rule that lists what is asked for.
    pub rule: RuleKey,
    /// Defects with which it came back.
    pub defects: Vec<DefectRow>,
    /// The seals, the newest last.
    pub seals: Vec<DocumentRow>,
}

impl Dossier {
    /// The kinds that are asked for and are not there.
    pub fn missing(&self) -> Vec<DocumentKind> {
        let absent = self.items.iter().filter(|item| item.required && item.document.is_none());
        absent.map(|item| item.kind).collect()
    }

    /// Defects that nobody mended yet.
    pub fn open_defects(&self) -> usize {
        self.defects.iter().filter(|defect| defect.answered_at.is_none()).count()
    }

    /// Whether it can be sealed.
    ///
    /// # Errors
    /// The refusal, citing the rule that lists the documents.
    pub fn whole(&self) -> Result<(), Refusal> {
        let missing: Vec<String> = self.missing().iter().map(ToString::to_string).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let refusal = Refusal::by(RefusalCode::DocumentsMissing, self.rule);
        Err(refusal.with("missing", missing.join(",")).citing(&self.loaded.profile))
    }
}

/// Those who put the dossier together and those who receive it.
const HANDLERS: &[Party] = &[Party::Secretariat, Party::Officer];
/// Drafters see what is missing and mend defects.
const READERS: &[Party] = &[Party::Secretariat, Party::Officer, Party::Drafter];

fn must_handle(project: &ProjectRow, actor: &Actor, who: &[Party]) -> Result<(), ActionError> {
    let parties = actor.parties(&standing(project).owners);
    if who.iter().any(|party| parties.contains(party)) {
        return Ok(());
    }
    let who: Vec<String> = who.iter().map(ToString::to_string).collect();
    Err(Refusal::new(RefusalCode::NotYours).with("who", who.join(",")).into())
}

/// Whether the actor may see the dossier: secretariat, officers and drafters.
pub fn may_open(project: &ProjectRow, actor: &Actor) -> bool {
    must_handle(project, actor, READERS).is_ok()
}

/// Whether the actor may seal the dossier: secretariat and officers.
pub fn may_seal(project: &ProjectRow, actor: &Actor) -> bool {
    must_handle(project, actor, HANDLERS).is_ok()
}

/// Reads the dossier of a project.
///
/// # Errors
/// `Refused` for others than secretariat, officers and drafters, `NotFound` for projects that one may not know of.
pub fn dossier(
    conn: &mut AnyConn,
    actor: &Actor,
    project: ProjectId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Dossier, ActionError> {
    let loaded = load::load(conn, project, now)?;
    if !super::may_know(&loaded.row, actor) {
        return Err(ActionError::NotFound);
    }
    must_handle(&loaded.row, actor, READERS)?;
    let (facts, input) = (loaded.facts(), Input::default());
    let case = Case { project: &loaded.standing, facts: &facts, input: &input };
    let wanted = case.documents(DocSet::Dossier);
    let all = &loaded.documents;
    let there = || all.iter().rev().filter(|row| row.withdrawn_at.is_none());
    let newest = |kind: DocumentKind| there().find(|row| row.kind == kind).cloned();
    let asked = loaded.profile.get(keys::DOCS_DOSSIER);
    let copies = |kind: DocumentKind| {
        asked.iter().filter(|need| need.kind == kind).map(|need| need.copies).max().unwrap_or(0)
    };
    let required = |kind: &DocumentKind| {
        let (kind, copies) = (*kind, copies(*kind));
        Item { kind, required: true, copies, document: newest(kind) }
    };
    let mut items: Vec<Item> = wanted.iter().map(required).collect();
    for row in all.iter().filter(|row| row.kind != DocumentKind::SealedDossier) {
        if items.iter().all(|item| item.kind != row.kind)
            && let Some(document) = newest(row.kind)
        {
            let (kind, document) = (row.kind, Some(document));
            items.push(Item { kind, required: false, copies: 0, document });
        }
    }
    let seals = all.iter().filter(|row| row.kind == DocumentKind::SealedDossier).cloned();
    let rule = keys::DOCS_DOSSIER.key();
    let seals = seals.collect();
    let defects = dossiers::defects_of(conn, project)?;
    Ok(Dossier { items, rule, defects, seals, loaded })
}

/// One line of the events in a sealed dossier: the event with the hash that the ledger has for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventLine {
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// Its hash.
    pub hash: String,
}

/// What does not fit in the chain of events of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A line that is no event.
    #[error("event {place} cannot be read")]
    Unreadable {
        /// Line, from 1.
        place: usize,
    },
    /// An event whose hash does not fit its content, or that does not follow the one before it.
    #[error("event {place} does not follow from the one before it")]
    Broken {
        /// Line, from 1.
        place: usize,
    },
}

/// Walks the events of a sealed dossier; how many there are.
///
/// # Errors
/// The first event that does not fit.
pub fn walk(lines: &str) -> Result<usize, ChainFault> {
    let (mut before, mut walked) = (String::new(), 0);
    for (at, line) in lines.lines().enumerate() {
        let place = at + 1;
        let line: EventLine =
            serde_json::from_str(line).map_err(|_| ChainFault::Unreadable { place })?;
        let event = &line.event;
        let follows = event.previous_hash == before
            && usize::try_from(event.object_seq) == Ok(place)
            && event.hash() == line.hash;
        if !follows {
            return Err(ChainFault::Broken { place });
        }
        before = line.hash;
        walked = place;
    }
    Ok(walked)
}

fn lines(rows: impl Iterator<Item = Value>) -> Vec<u8> {
    rows.map(|row| format!("{row}\n")).collect::<String>().into_bytes()
}

/// The record of a project for its dossier, as files of JSON lines: events with their chain, comments with dispositions, ballots
/// with the votes by name, mails. Votes of a secret ballot stay in their box.
pub fn record(
    conn: &mut AnyConn,
    project: ProjectId,
) -> Result<Vec<(&'static str, Vec<u8>)>, ActionError> {
    let mut events_file = Vec::new();
    for row in events::of_object(conn, project.cast())? {
        let line = EventLine { event: row.event(), hash: row.hash.clone() };
        events_file.extend(serde_json::to_vec(&line).map_err(ActionError::unwritable)?);
        events_file.push(b'\n');
    }
    let mut comments = Vec::new();
    for round in rounds::of_project(conn, project)? {
        comments.extend(rounds::confirmed_comments(conn, round.id)?.into_iter().map(|row| {
            json!({
                "round": round.ordinal, "n": row.serial, "clause": row.clause, "kind": row.kind, "body": row.body,
                "proposal": row.proposal, "reason": row.reason, "unit": row.author_unit, "author": row.author_name,
                "source": row.source, "received_at": row.received_at, "late": row.late, "disposition": row.disposition,
                "disposition_reason": row.disposition_reason, "text_changed": row.text_changed,
            })
        }));
    }
    let mut polls = Vec::new();
    for ballot in ballots::of_project(conn, project)? {
        let roll = ballots::roll_of(conn, ballot.id)?;
        let votes = if ballot.secret { Vec::new() } else { ballots::votes_of(conn, ballot.id)? };
        let name = |id| roll.iter().find(|line| line.person_id == id).map(|line| line.name.clone());
        let votes: Vec<Value> = votes
            .iter()
            .map(|vote| json!({ "name": name(vote.person_id), "n": vote.ordinal, "choice": vote.choice, "reason": vote.reason, "remark": vote.remark, "cast_at": vote.cast_at, "channel": vote.channel }))
            .collect();
        polls.push(json!({
            "ballot": ballot.id, "purpose": ballot.purpose, "form": ballot.form, "n": ballot.ordinal, "question": ballot.question,
            "quorum": ballot.quorum, "majority": ballot.majority, "opens_at": ballot.opens_at, "closes_at": ballot.closes_at,
            "closed_at": ballot.closed_at, "result": ballot.result, "conclusion": ballot.conclusion,
            "conclusion_hash": ballot.conclusion_hash, "signed_at": ballot.signed_at, "secret": ballot.secret,
            "on_roll": roll.len(), "votes": votes,
        }));
    }
    let (mails, _) = outbox::list(conn, Some(project.cast()), None, MOST_MAILS, 0)?;
    let mails = mails.into_iter().map(|mail| {
        json!({
            "mail": mail.id, "notice": mail.notice, "audience": mail.audience, "to": mail.name, "subject": mail.subject,
            "state": mail.state, "sent_at": mail.sent_at, "event": mail.event_id,
        })
    });
    Ok(vec![
        ("record/events.jsonl", events_file),
        ("record/comments.jsonl", lines(comments.into_iter())),
        ("record/ballots.jsonl", lines(polls.into_iter())),
        ("record/mails.jsonl", lines(mails)),
    ])
}

/// A seal to enter: the archive lies in the store already.
#[derive(Debug, Clone)]
pub struct Seal {
    /// The project.
    pub project: ProjectId,
    /// The name of the file.
    pub file_name: String,
    /// Bytes of the archive.
    pub size: i64,
    /// SHA-256 of the archive.
    pub sha256: String,
    /// SHA-256 of its check file.
    pub root: String,
    /// How many parts are inside.
    pub parts: usize,
    /// The version of the project that the archive was made from.
    pub version: i64,
}

/// Enters a sealed dossier as a document that is frozen from the start; its fingerprints go into the ledger.
///
/// # Errors
/// `Refused` for others than secretariat and officers, for secret projects, and while documents are missing; `Conflict` when the
/// project changed since the archive was made.
pub fn seal(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Seal) -> Result<Uploaded, ActionError> {
    tx.lock(command.project.cast())?;
    let now = tx.now();
    let held = dossier(tx.conn(), actor, command.project, now)?;
    let row = &held.loaded.row;
    must_handle(row, actor, HANDLERS)?;
    if row.openness == Openness::Placeholder {
        return Err(Refusal::new(RefusalCode::SecretProject).into());
    }
    if row.version != command.version {
        return Err(ActionError::Conflict);
    }
    held.whole()?;
    let revision = held.seals.iter().map(|seal| seal.revision).max().unwrap_or(0) + 1;
    let document = DocumentRow {
        id: tx.id(),
        project_id: command.project,
        ordinal: held.loaded.documents.iter().map(|row| row.ordinal).max().unwrap_or(0) + 1,
        kind: DocumentKind::SealedDossier,
        revision,
        title: command.file_name.clone(),
        file_name: command.file_name.clone(),
        media_type: "application/zip".to_owned(),
        size: command.size,
        sha256: command.sha256.clone(),
        visibility: Visibility::Restricted,
        uploaded_by: actor.person().map(|person| person.person),
        uploaded_at: now,
        frozen_at: Some(now),
        withdrawn_at: None,
        note: command.root.clone(),
    };
    documents::insert(tx.conn(), &document)?;
    let facts = json!({
        "document": document.id, "ordinal": document.ordinal, "revision": revision, "sha256": command.sha256,
        "root": command.root, "parts": command.parts,
    });
    let event = NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "dossier_sealed");
    tx.record(NewEvent { source: "19", ..event.facts(facts) })?;
    Ok(Uploaded { id: document.id, ordinal: document.ordinal, revision })
}

/// Counts the defects of a dossier that the authority sends back: every line of the reason that says something is one.
pub(crate) fn returned(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    input: &Input,
) -> Result<(), ActionError> {
    let before = dossiers::defects_of(tx.conn(), project)?;
    let time = before.last().map_or(0, |row| row.time) + 1;
    let note = input.text(Field::Note).unwrap_or_default();
    let bodies = note.lines().map(unnumbered).filter(|line| !line.is_empty());
    for (ordinal, body) in (1..).zip(bodies) {
        let row = DefectRow {
            project_id: project,
            time,
            ordinal,
            body: body.to_owned(),
            found_at: tx.now(),
            found_by: actor.person().map(|person| person.person),
            answer: String::new(),
            answered_at: None,
            answered_by: None,
        };
        dossiers::add_defect(tx.conn(), &row)?;
    }
    Ok(())
}

/// A line of a list without the number or dot that people write before it.
fn unnumbered(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let dotted = bare.trim_start_matches(['.', '、', ')', '）', '．', '-', '·', '•']);
    // A line that begins with a figure and no mark after it, such as "3 个附件缺失", keeps its figure.
    if bare.len() < line.len() && dotted.len() == bare.len() { line } else { dotted.trim_start() }
}

/// A defect that was mended.
#[derive(Debug, Clone)]
pub struct Mend {
    /// The project.
    pub project: ProjectId,
    /// At which return it was found.
    pub time: i32,
    /// Its number there.
    pub ordinal: i32,
    /// How it was mended.
    pub answer: String,
}

/// Says how a defect was mended.
///
/// # Errors
/// `Refused` for others than drafters and secretariat and for a defect that was mended; `Invalid` without words; `NotFound`.
pub fn mend(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Mend) -> Result<(), ActionError> {
    let project = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    must_handle(&project, actor, &[Party::Secretariat, Party::Drafter])?;
    let answer = command.answer.trim();
    if answer.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("answer", FaultCode::Missing)]));
    }
    if answer.chars().count() > limits::NOTE {
        return Err(ActionError::Invalid(vec![limits::too_long("answer", limits::NOTE)]));
    }
    let mut row = dossiers::defects_of(tx.conn(), command.project)?
        .into_iter()
        .find(|row| (row.time, row.ordinal) == (command.time, command.ordinal))
        .ok_or(ActionError::NotFound)?;
    row.answer = answer.to_owned();
    row.answered_at = Some(tx.now());
    row.answered_by = actor.person().map(|person| person.person);
    if !dossiers::mend_defect(tx.conn(), &row)? {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let event = NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "defect_mended");
    let facts = json!({ "time": row.time, "n": row.ordinal, "body": row.body });
    tx.record(NewEvent { source: "E-6", ..event.note(answer).facts(facts) })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::unnumbered;

    #[test]
    fn numbers_before_lines_are_dropped_and_figures_inside_are_kept() {
        let cases = [
            ("1. 缺试验报告", "缺试验报告"),
            ("2、附录 B 未编号", "附录 B 未编号"),
            ("（3）略", "（3）略"),
            ("3 个附件缺失", "3 个附件缺失"),
            ("- 单位不符", "单位不符"),
            ("  ", ""),
        ];
        for (line, wanted) in cases {
            assert_eq!(unnumbered(line), wanted);
        }
    }
}
