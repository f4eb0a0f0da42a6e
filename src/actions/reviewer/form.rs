//! The form of the principal reviewer (主审意见表, FM-14): saved while it is written, then submitted with a recommendation.

use std::collections::BTreeMap;

use quanheng_db::{
    documents, projects,
    projects::ProjectRow,
    reviews::{self, ReviewRow},
};
use quanheng_domain::{
    document::DocumentKind,
    event::ObjectKind,
    ids::ObjectId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    records::Recommendation,
    refusal::{Refusal, RefusalCode},
    reviewer::ReviewPoint,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, limits};

/// The form as it is written.
#[derive(Debug, Clone)]
pub struct Write {
    /// The review.
    pub review: ObjectId,
    /// What was found about each point.
    pub checklist: BTreeMap<ReviewPoint, String>,
    /// The opinion as a whole.
    pub opinion: String,
    /// The recommendation, if there is one yet.
    pub recommendation: Option<Recommendation>,
    /// True hands the form in; it then stays as it is.
    pub submit: bool,
}

/// The review of an identity with its project, for whoever wrote it.
pub(super) fn own(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: ObjectId,
) -> Result<(ReviewRow, ProjectRow), ActionError> {
    let row = reviews::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    tx.lock(row.project_id.cast())?;
    let row = reviews::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let project = projects::find(tx.conn(), row.project_id)?.ok_or(ActionError::NotFound)?;
    let mine = actor.person().is_some_and(|person| person.person == row.person_id);
    if !mine || row.ended_at.is_some() {
        return Err(Refusal::new(RefusalCode::NotYours)
            .with("who", Party::PrincipalReviewer)
            .into());
    }
    if project.stage.is_final() {
        return Err(Refusal::new(RefusalCode::ProjectEnded).into());
    }
    Ok((row, project))
}

/// Saves the form, or hands it in.
///
/// # Errors
/// `Refused` for others than the reviewer and after it was submitted; `Invalid` for what is too long, and for a submission without
/// recommendation or opinion; `NotFound`.
pub fn write(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Write) -> Result<(), ActionError> {
    let (mut row, project) = own(tx, actor, command.review)?;
    if row.submitted_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let mut faults = Vec::new();
    if command.opinion.chars().count() > limits::TEXT {
        faults.push(limits::too_long("opinion", limits::TEXT));
    }
    for (point, text) in &command.checklist {
        if text.chars().count() > limits::NOTE {
            faults.push(limits::too_long(quanheng_domain::Keyed::key(*point), limits::NOTE));
        }
    }
    if command.submit && command.opinion.trim().is_empty() {
        faults.push(FieldFault::new("opinion", FaultCode::Missing));
    }
    if command.submit && command.recommendation.is_none() {
        faults.push(FieldFault::new("recommendation", FaultCode::Missing));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let points: BTreeMap<String, &String> = command
        .checklist
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(point, text)| (point.to_string(), text))
        .collect();
    row.checklist = serde_json::to_value(points).map_err(ActionError::unwritable)?;
    row.opinion = command.opinion.trim().to_owned();
    row.recommendation = command.recommendation;
    if command.submit {
        row.submitted_at = Some(tx.now());
        row.document_id = documents::newest(tx.conn(), project.id, DocumentKind::ReviewDraft)?
            .map(|document| document.id);
    }
    if !reviews::save(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let kind = if command.submit { "principal_review_submitted" } else { "principal_review_saved" };
    tx.record(NewEvent::new(ObjectKind::Project, project.id.cast(), actor, kind).facts(json!({
        "review": row.id, "recommendation": row.recommendation, "document": row.document_id,
    })))?;
    Ok(())
}
