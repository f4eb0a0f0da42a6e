//! Documents of a project: entering one whose bytes are safe already, withdrawing, opening to the public, reading.

pub mod checks;
pub mod dossier;
pub mod follow;
pub mod margin;
pub mod place;
pub mod revised;
pub mod text;
pub mod versions;

use quanheng_db::{
    documents::{self, DocumentRow, DownloadRow},
    projects::{self, ProjectRow, Reader},
};
use quanheng_domain::{
    document::DocumentKind,
    event::ObjectKind,
    ids::{DocumentId, EventId, ProjectId},
    lifecycle::{FaultCode, FieldFault, Openness},
    notice::{Notice, NoticeKey},
    people::{Actor, Party},
    records::Visibility,
    refusal::{Refusal, RefusalCode},
    stage::{Phase, Stage},
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx, limits,
    project::{load::standing, notices},
    search, tell,
};

/// A document whose bytes lie in the store already.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The project.
    pub project: ProjectId,
    /// Kind.
    pub kind: DocumentKind,
    /// Title; the kind's name and revision are shown when empty.
    pub title: String,
    /// Cleaned file name.
    pub file_name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Remark.
    pub note: String,
}

/// A document entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// Identity.
    pub id: DocumentId,
    /// Place in the project.
    pub ordinal: i32,
    /// Revision within its kind.
    pub revision: i32,
}

/// Who may enter documents of a project.
const WRITERS: &[Party] = &[
    Party::Secretariat,
    Party::Drafter,
    Party::Officer,
    Party::PrincipalReviewer,
    Party::Chair,
    Party::Suggester,
];

/// Enters a document; an earlier one of the same kind stays as an earlier revision.
///
/// # Errors
/// `Refused` (not a party, the kind is frozen in this phase, the project has ended), `Invalid`, `NotFound`.
pub fn upload(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Upload,
) -> Result<Uploaded, ActionError> {
    let project = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
    may_write(&project, command.kind, actor)?;
    if project.openness == Openness::Placeholder {
        // State secrets may not be stored or processed here (Law on Guarding State Secrets, Art. 31).
        return Err(Refusal::new(RefusalCode::SecretProject).into());
    }
    refuse_sealed(command.kind)?;
    let bounds =
        [("title", &command.title, limits::TITLE), ("note", &command.note, limits::REMARK)];
    let long = bounds.iter().filter(|(_, text, most)| text.chars().count() > *most);
    let faults: Vec<FieldFault> =
        long.map(|(field, _, most)| limits::too_long(*field, *most)).collect();
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let all = documents::of_project(tx.conn(), command.project)?;
    let of_kind: Vec<&DocumentRow> = all.iter().filter(|row| row.kind == command.kind).collect();
    refuse_if_frozen(&project, command.kind, &of_kind)?;
    // The same bytes of the same kind again are the same document: pressing twice makes one.
    if let Some(same) =
        of_kind.iter().rev().find(|row| row.sha256 == command.sha256 && row.withdrawn_at.is_none())
    {
        return Ok(Uploaded { id: same.id, ordinal: same.ordinal, revision: same.revision });
    }
    let revision = of_kind.iter().map(|row| row.revision).max().unwrap_or(0) + 1;
    let row = DocumentRow {
        id: tx.id(),
        project_id: command.project,
        ordinal: all.iter().map(|row| row.ordinal).max().unwrap_or(0) + 1,
        kind: command.kind,
        revision,
        title: title_of(command),
        file_name: command.file_name.clone(),
        media_type: command.media_type.clone(),
        size: command.size,
        sha256: command.sha256.clone(),
        visibility: default_visibility(command.kind, project.openness),
        uploaded_by: actor.person().map(|person| person.person),
        uploaded_at: tx.now(),
        frozen_at: None,
        withdrawn_at: None,
        note: command.note.clone(),
    };
    documents::insert(tx.conn(), &row)?;
    let event = tx.record(NewEvent::new(ObjectKind::Project, command.project.cast(), actor, "document_uploaded").facts(json!({
        "document": row.id, "ordinal": row.ordinal, "kind": row.kind, "revision": revision, "file_name": row.file_name,
        "size": row.size, "sha256": row.sha256,
    })))?;
    if command.kind == DocumentKind::PlanAssignment && revision == 1 {
        ask_to_sign(tx, &project, event)?;
    }
    Ok(Uploaded { id: row.id, ordinal: row.ordinal, revision })
}

fn title_of(command: &Upload) -> String {
    let typed = command.title.trim();
    if typed.is_empty() { command.file_name.clone() } else { typed.to_owned() }
}

// The first assignment book goes to all who sign it; a signed copy that comes back is a later revision.
fn ask_to_sign(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    event: EventId,
) -> Result<(), ActionError> {
    let facts = notices::facts(tx, project)?;
    let notice = Notice { key: NoticeKey::TaskBookToSign, facts };
    tell::tell(tx, &notice, &notices::about(project), Some(event))?;
    Ok(())
}

// What bears this name was put together from the record; nobody's file takes its place.
fn refuse_sealed(kind: DocumentKind) -> Result<(), ActionError> {
    if kind == DocumentKind::SealedDossier {
        return Err(ActionError::Invalid(vec![FieldFault::new("kind", FaultCode::Unknown)]));
    }
    Ok(())
}

fn may_write(project: &ProjectRow, kind: DocumentKind, actor: &Actor) -> Result<(), ActionError> {
    let parties = actor.parties(&standing(project).owners);
    if !WRITERS.iter().any(|party| parties.contains(party)) && *actor != Actor::System {
        let who: Vec<String> = WRITERS.iter().map(ToString::to_string).collect();
        return Err(Refusal::new(RefusalCode::NotYours).with("who", who.join(",")).into());
    }
    let files = kind.follows_publication() && project.stage == Stage::Published;
    if project.stage.is_final() && !files && !parties.contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    Ok(())
}

// Edge case 21: a draft that people are commenting or voting on is not replaced under their hands.
fn refuse_if_frozen(
    project: &ProjectRow,
    kind: DocumentKind,
    of_kind: &[&DocumentRow],
) -> Result<(), ActionError> {
    let open_in = match kind {
        DocumentKind::CommentDraft => project.stage != quanheng_domain::stage::Stage::Commenting,
        DocumentKind::ReviewDraft => {
            use quanheng_domain::stage::Stage::{PapersReleased, Reviewing, VotesCounted};
            !matches!(project.stage, PapersReleased | Reviewing | VotesCounted)
        }
        DocumentKind::ApprovalDraft => {
            use quanheng_domain::stage::Stage::{
                Approved, DossierCheck, DossierReceived, Numbered,
            };
            !matches!(project.stage, DossierReceived | DossierCheck | Approved | Numbered)
        }
        _ => true,
    };
    let frozen = of_kind.iter().any(|row| row.frozen_at.is_some());
    if frozen && !open_in {
        Err(Refusal::new(RefusalCode::DocumentFrozen).with("kind", kind).into())
    } else {
        Ok(())
    }
}

// Everything is open except projects that need secrecy (O89 Art. 6); working papers stay with the committee until they are put to comment.
fn default_visibility(kind: DocumentKind, openness: Openness) -> Visibility {
    match (kind, openness) {
        (_, Openness::Internal | Openness::Placeholder) => Visibility::Committee,
        (DocumentKind::SourceOriginal | DocumentKind::SourceTranslation, _) => {
            Visibility::Restricted
        }
        (
            DocumentKind::CommentDraft
            | DocumentKind::CommentLetter
            | DocumentKind::PublishedText
            | DocumentKind::Announcement
            | DocumentKind::DataDisplayRecord,
            _,
        ) => Visibility::Open,
        _ => Visibility::Committee,
    }
}

/// Withdraws a document that nothing has been decided on; the bytes and the event stay.
///
/// # Errors
/// `Refused` when it is frozen or the actor is no party, `NotFound`.
pub fn withdraw(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    let mut document =
        documents::find(tx.conn(), project, ordinal)?.ok_or(ActionError::NotFound)?;
    may_write(&row, document.kind, actor)?;
    if document.frozen_at.is_some() {
        return Err(Refusal::new(RefusalCode::DocumentFrozen).with("kind", document.kind).into());
    }
    if document.withdrawn_at.is_none() {
        document.withdrawn_at = Some(tx.now());
        documents::save(tx.conn(), &document)?;
        tx.record(
            NewEvent::new(ObjectKind::Project, project.cast(), actor, "document_withdrawn").facts(
                json!({ "document": document.id, "ordinal": ordinal, "kind": document.kind }),
            ),
        )?;
        search::refresh(tx, project)?;
    }
    Ok(())
}

/// Changes who may read a document. Secretariat and officers decide.
///
/// # Errors
/// `Refused` for others, `NotFound`.
pub fn set_visibility(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
    visibility: Visibility,
) -> Result<(), ActionError> {
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&row).owners);
    if !parties.contains(&Party::Secretariat) && !parties.contains(&Party::Officer) {
        return Err(Refusal::new(RefusalCode::NotYours)
            .with("who", format!("{},{}", Party::Secretariat, Party::Officer))
            .into());
    }
    let mut document =
        documents::find(tx.conn(), project, ordinal)?.ok_or(ActionError::NotFound)?;
    let before = document.visibility;
    document.visibility = visibility;
    documents::save(tx.conn(), &document)?;
    tx.record(
        NewEvent::new(ObjectKind::Project, project.cast(), actor, "document_visibility")
            .facts(json!({ "document": document.id, "ordinal": ordinal, "from": before, "to": visibility })),
    )?;
    search::refresh(tx, project)?;
    Ok(())
}

/// Whether the actor may read a document of the project.
pub fn may_read(project: &ProjectRow, document: &DocumentRow, actor: &Actor) -> bool {
    let parties = actor.parties(&standing(project).owners);
    let officer = parties.contains(&Party::Officer)
        || parties.contains(&Party::Administrator)
        || *actor == Actor::System;
    let inside = [Party::Secretariat, Party::Member, Party::Drafter, Party::PrincipalReviewer]
        .iter()
        .any(|party| parties.contains(party));
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    match document.visibility {
        // A comment draft becomes public with its round; before that it is a working paper.
        Visibility::Open if project.openness == Openness::Open => {
            document.kind != DocumentKind::CommentDraft
                || document.frozen_at.is_some()
                || project.stage.phase() >= Phase::Comment
                || inside
                || seated
                || officer
        }
        Visibility::Open | Visibility::Committee => {
            inside
                || seated
                || officer
                || parties.contains(&Party::Suggester)
                    && document.uploaded_by == actor.person().map(|p| p.person)
        }
        Visibility::Restricted => {
            officer
                || [Party::Secretariat, Party::Drafter, Party::PrincipalReviewer]
                    .iter()
                    .any(|party| parties.contains(party))
        }
    }
}

/// Whether the actor may know of the project at all; what one may not know of does not exist for them.
pub fn may_know(project: &ProjectRow, actor: &Actor) -> bool {
    if project.openness == Openness::Open {
        return true;
    }
    let parties = actor.parties(&standing(project).owners);
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    seated
        || *actor == Actor::System
        || [
            Party::Officer,
            Party::Administrator,
            Party::Secretariat,
            Party::Member,
            Party::Drafter,
            Party::PrincipalReviewer,
            Party::Suggester,
        ]
        .iter()
        .any(|party| parties.contains(party))
}

/// Of which projects the actor may know, as a list is narrowed to them; none: of all. It says the same as [`may_know`].
pub fn reader(actor: &Actor) -> Option<Reader> {
    let Some(person) = actor.person() else {
        return (*actor != Actor::System).then(Reader::default);
    };
    (!person.administrator).then(|| Reader {
        committees: person.seats.iter().map(|seat| seat.committee).collect(),
        authorities: person.authorities.iter().copied().collect(),
        named: person.projects.iter().map(|(project, _)| *project).collect(),
    })
}

/// Notes that somebody fetched a document that is not public (edge case 45).
pub fn note_download(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    document: &DocumentRow,
) -> Result<(), ActionError> {
    let row = DownloadRow {
        id: tx.id(),
        document_id: document.id,
        person_id: actor.person().map(|person| person.person),
        at: tx.now(),
    };
    documents::note_download(tx.conn(), &row)?;
    Ok(())
}
