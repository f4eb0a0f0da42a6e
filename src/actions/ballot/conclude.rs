//! The conclusion of a ballot (审定结论): its text with every version kept, and signatures that come from paper (edge case 46).
//!
//! The record drafts it, the secretariat edits it, and who signs signs exactly the text that stands; a change afterwards voids
//! the signatures, on record, and the signers are asked again.

use quanheng_db::{
    AnyConn,
    ballots::{self, BallotRow},
    conclusions::{self, SignatureRow, TextRow},
    documents, projects, register,
};
use quanheng_domain::{
    ballot::signing::SignaturePart,
    document::DocumentKind,
    ids::{BallotId, DocumentId, ObjectId, PersonId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Audience, Notice, NoticeFacts, NoticeKey},
    people::{Actor, ProjectRole, Role},
    refusal::{Refusal, RefusalCode},
    stage::Stage,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::poll::{Polled, polled, signers};
use crate::{ActionError, NewEvent, Tx, account, limits, tell};

/// A text to put in place of the one before.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The ballot.
    pub ballot: BallotId,
    /// The text.
    pub text: String,
    /// SHA-256 of the text it was edited from; another one that was written meanwhile refuses. Empty: whatever stands.
    pub seen: String,
}

/// A signature on a sheet of paper.
#[derive(Debug, Clone, Copy)]
pub struct Scan {
    /// The ballot.
    pub ballot: BallotId,
    /// Signed as what.
    pub part: SignaturePart,
    /// Who signed.
    pub person: PersonId,
    /// The scan of the sheet, a document of the project.
    pub scan: DocumentId,
}

/// SHA-256 of a text in UTF-8, in hex: what a signature is made under.
pub fn hash_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The principal reviewers of the project of a ballot who sign its conclusion; nobody where it is no review.
pub fn reviewers(conn: &mut AnyConn, row: &BallotRow) -> Result<Vec<PersonId>, ActionError> {
    let project = row.project_id.filter(|_| row.purpose.kind().concludes_review);
    let Some(project) = project else { return Ok(Vec::new()) };
    let people = projects::people_of(conn, project)?;
    let named = people.into_iter().filter(|row| row.role == ProjectRole::PrincipalReviewer);
    Ok(named.map(|row| row.person_id).collect())
}

/// Whether everybody signed who has to: the chair, or who acts for the chair, and each principal reviewer.
pub fn is_signed(conn: &mut AnyConn, row: &BallotRow) -> Result<bool, ActionError> {
    if row.signed_at.is_none() {
        return Ok(false);
    }
    let needed = reviewers(conn, row)?;
    if needed.is_empty() {
        return Ok(true);
    }
    let all = conclusions::signatures_of(conn, row.id)?;
    let signed = |person: &PersonId| {
        all.iter().any(|one| {
            one.stands() && one.part == SignaturePart::Reviewer && one.person_id == *person
        })
    };
    Ok(needed.iter().all(signed))
}

/// True once the conclusion was acted upon: the review has passed on the strength of it, or the project has ended.
pub fn is_settled(polled_stage: Option<Stage>, row: &BallotRow) -> bool {
    let passed = row.result.as_ref().and_then(|result| result["passed"].as_bool());
    polled_stage.is_some_and(|stage| {
        let rests = row.purpose.kind().concludes_review && passed == Some(true);
        stage.is_final() || (rests && stage != Stage::VotesCounted)
    })
}

pub(super) fn refuse_uncounted(polled: &Polled) -> Result<(), ActionError> {
    if polled.row.is_counted() {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::BallotStillOpen).into())
}

fn refuse_settled(polled: &Polled) -> Result<(), ActionError> {
    if is_settled(polled.project.as_ref().map(|project| project.stage), &polled.row) {
        return Err(Refusal::new(RefusalCode::AlreadySigned).into());
    }
    Ok(())
}

/// Writes the text of the conclusion; signatures under the one before are void from then on.
///
/// # Errors
/// `Refused` for others than the secretariat, before the count, and once the conclusion was acted upon; `Conflict` when
/// somebody else wrote meanwhile; `Invalid` without words.
pub fn edit(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Edit) -> Result<String, ActionError> {
    let mut polled = polled(tx, command.ballot)?;
    polled.require_secretariat(actor)?;
    refuse_uncounted(&polled)?;
    refuse_settled(&polled)?;
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let before = hash_of(&polled.row.conclusion);
    if !command.seen.is_empty() && !polled.row.conclusion.is_empty() && command.seen != before {
        return Err(ActionError::Conflict);
    }
    let text = written(&command.text)?;
    let hash = hash_of(text);
    if hash == before {
        return Ok(hash);
    }
    let voided = void(tx, actor, &mut polled)?;
    let ordinal = write(tx, &mut polled.row, text, by)?;
    if !ballots::save(tx.conn(), &mut polled.row)? {
        return Err(ActionError::Conflict);
    }
    let (kind, object) = polled.filed;
    tx.record(NewEvent::new(kind, object, actor, "conclusion_edited").facts(
        json!({ "ballot": polled.row.id, "n": ordinal, "sha256": hash, "voided": voided }),
    ))?;
    Ok(hash)
}

// The text, or what is wrong with it.
pub(super) fn written(text: &str) -> Result<&str, ActionError> {
    let text = text.trim();
    if text.is_empty() {
        let fault = FieldFault::new("conclusion", FaultCode::Missing);
        return Err(ActionError::Invalid(vec![fault]));
    }
    if text.chars().count() > limits::CONCLUSION {
        let fault = limits::too_long("conclusion", limits::CONCLUSION);
        return Err(ActionError::Invalid(vec![fault]));
    }
    Ok(text)
}

/// Keeps a version of the text and puts it on the ballot, which the caller saves.
pub(super) fn write(
    tx: &mut Tx<'_, '_>,
    row: &mut BallotRow,
    text: &str,
    by: PersonId,
) -> Result<i32, ActionError> {
    let ordinal =
        conclusions::texts_of(tx.conn(), row.id)?.last().map_or(1, |last| last.ordinal + 1);
    let version = TextRow {
        id: tx.id(),
        ballot_id: row.id,
        ordinal,
        body: text.to_owned(),
        sha256: hash_of(text),
        written_by: by,
        written_at: tx.now(),
    };
    conclusions::add_text(tx.conn(), &version)?;
    text.clone_into(&mut row.conclusion);
    Ok(ordinal)
}

// Voids what was signed under the text before, on record, and asks the signers again.
fn void(tx: &mut Tx<'_, '_>, actor: &Actor, polled: &mut Polled) -> Result<usize, ActionError> {
    let now = tx.now();
    let (kind, object) = polled.filed;
    let mut asked = Vec::new();
    let all = conclusions::signatures_of(tx.conn(), polled.row.id)?;
    for mut row in all.into_iter().filter(|row| row.voided_at.is_none()) {
        row.voided_at = Some(now);
        if !conclusions::save_signature(tx.conn(), &mut row)? {
            return Err(ActionError::Conflict);
        }
        asked.push((row.person_id, row.part, row.sha256));
    }
    // Signed before texts and signatures were kept one by one.
    if let (true, Some(person), Some(hash)) =
        (asked.is_empty(), polled.row.signed_by, polled.row.conclusion_hash.clone())
    {
        asked.push((person, SignaturePart::Chair, hash));
    }
    polled.row.signed_by = None;
    polled.row.signed_at = None;
    polled.row.conclusion_hash = None;
    for (person, part, hash) in &asked {
        let facts =
            json!({ "ballot": polled.row.id, "part": part, "person": person, "sha256": hash });
        let event =
            tx.record(NewEvent::new(kind, object, actor, "signature_voided").facts(facts))?;
        let signer = register::person(tx.conn(), *person)?.ok_or(ActionError::NotFound)?;
        if let Some(recipient) = account::recipient(&signer) {
            let facts: NoticeFacts = polled.facts(tx)?;
            let notice = Notice { key: NoticeKey::SignatureVoided, facts };
            let about = polled.about();
            tell::tell_one(tx, &notice, &about, Some(event), Audience::Concerned, &recipient)?;
        }
    }
    Ok(asked.len())
}

/// Who may still sign, each as what, and whether in place of the chair.
///
/// # Errors
/// What the database says.
pub fn open_parts(
    tx: &mut AnyConn,
    row: &BallotRow,
    roll: &[ballots::RollRow],
    today: chrono::NaiveDate,
) -> Result<Vec<(SignaturePart, PersonId, bool)>, ActionError> {
    let all = conclusions::signatures_of(tx, row.id)?;
    let mut open = Vec::new();
    if row.signed_at.is_none() {
        let order = signers(tx, row, roll, today)?;
        open.extend(order.iter().map(|one| (SignaturePart::Chair, one.person, one.acting)));
    }
    for person in reviewers(tx, row)? {
        let signed = all.iter().any(|one| {
            one.stands() && one.part == SignaturePart::Reviewer && one.person_id == person
        });
        if !signed {
            open.push((SignaturePart::Reviewer, person, false));
        }
    }
    Ok(open)
}

/// Enters a signature from the scan of the signed sheet; it stands once a second person has confirmed it.
///
/// # Errors
/// `Refused` for others than the secretariat, before the count, for people who do not sign; `Invalid` without text or scan.
pub fn enter_scan(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Scan,
) -> Result<ObjectId, ActionError> {
    let polled = polled(tx, command.ballot)?;
    polled.require_secretariat(actor)?;
    refuse_uncounted(&polled)?;
    let text = written(&polled.row.conclusion)?.to_owned();
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let today = tx.today();
    let open = open_parts(tx.conn(), &polled.row, &polled.roll, today)?;
    let found = open.iter().find(|(part, who, _)| (*part, *who) == (command.part, command.person));
    let Some((_, _, acting)) = found else {
        return Err(Refusal::new(RefusalCode::AlreadySigned).into());
    };
    let known = documents::get(tx.conn(), command.scan)?.filter(|row| {
        let kinds = [DocumentKind::ReviewConclusion, DocumentKind::Minutes, DocumentKind::Other];
        Some(row.project_id) == polled.row.project_id
            && row.withdrawn_at.is_none()
            && kinds.contains(&row.kind)
    });
    if known.is_none() {
        return Err(ActionError::Invalid(vec![FieldFault::new("scan", FaultCode::Unknown)]));
    }
    let row = SignatureRow {
        id: tx.id(),
        version: 1,
        ballot_id: polled.row.id,
        part: command.part,
        person_id: command.person,
        acting: *acting,
        sha256: hash_of(&text),
        signed_at: tx.now(),
        scan_id: Some(command.scan),
        entered_by: Some(by),
        confirmed_by: None,
        confirmed_at: None,
        voided_at: None,
    };
    conclusions::add_signature(tx.conn(), &row)?;
    let (kind, object) = polled.filed;
    tx.record(NewEvent::new(kind, object, actor, "signature_entered").facts(json!({
        "ballot": polled.row.id, "signature": row.id, "part": row.part, "person": row.person_id,
        "sha256": row.sha256, "scan": row.scan_id,
    })))?;
    Ok(row.id)
}

/// Confirms a signature that somebody else entered from the sheet; from then on it stands.
///
/// # Errors
/// `Refused` for others than the secretariat, for who entered it, and when the part was signed meanwhile; `NotFound`.
pub fn confirm_scan(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    signature: ObjectId,
) -> Result<(), ActionError> {
    let mut polled = polled(tx, ballot)?;
    polled.require_secretariat(actor)?;
    let by = actor.person().ok_or(ActionError::Forbidden)?.person;
    let all = conclusions::signatures_of(tx.conn(), ballot)?;
    let mut row = all
        .into_iter()
        .find(|row| row.id == signature && row.waits())
        .ok_or(ActionError::NotFound)?;
    if row.entered_by == Some(by) {
        return Err(Refusal::new(RefusalCode::SecondPerson).into());
    }
    let today = tx.today();
    let open = open_parts(tx.conn(), &polled.row, &polled.roll, today)?;
    if !open.iter().any(|(part, who, _)| (*part, *who) == (row.part, row.person_id)) {
        return Err(Refusal::new(RefusalCode::AlreadySigned).into());
    }
    let now = tx.now();
    row.confirmed_by = Some(by);
    row.confirmed_at = Some(now);
    if !conclusions::save_signature(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    stamp(tx, &mut polled.row, &row)?;
    let (kind, object) = polled.filed;
    let line = polled.roll.iter().find(|line| line.person_id == row.person_id);
    tx.record(NewEvent {
        on_behalf_of: line.map_or("", |line| line.name.as_str()),
        ..NewEvent::new(kind, object, actor, "signature_confirmed").facts(json!({
            "ballot": ballot, "signature": row.id, "part": row.part, "sha256": row.sha256,
        }))
    })?;
    Ok(())
}

/// Notes the chair's signature on the ballot itself, where lists and rules look for it.
pub(super) fn stamp(
    tx: &mut Tx<'_, '_>,
    row: &mut BallotRow,
    signature: &SignatureRow,
) -> Result<(), ActionError> {
    if signature.part == SignaturePart::Chair {
        row.conclusion_hash = Some(signature.sha256.clone());
        row.signed_by = Some(signature.person_id);
        row.signed_at = Some(tx.now());
    }
    if ballots::save(tx.conn(), row)? { Ok(()) } else { Err(ActionError::Conflict) }
}

/// The chair in whose place somebody signed; empty where the chair did.
pub(super) fn instead(polled: &Polled, acting: bool) -> &str {
    let chair = polled.roll.iter().find(|line| line.role == Role::Chair);
    chair.filter(|_| acting).map_or("", |line| line.name.as_str())
}
