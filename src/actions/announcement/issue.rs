//! An announcement is issued: every text of it is published, or none is.

use quanheng_db::{
    announcement_drafts::{self as drafts, DraftRow},
    projects,
    specifications::{self, AnnouncementRow},
};
use quanheng_domain::{
    document::DocumentKind,
    ids::{AnnouncementId, ProjectId},
    lifecycle::{FaultCode, Field, FieldFault, Input, Move},
    people::Actor,
};
use serde_json::json;

use super::draft::{held, record, save};
use crate::{
    ActionError, Tx,
    document::{Upload, upload},
    project::advance::{Advance, advance},
};

/// An announcement to be issued as it stands.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The draft.
    pub id: AnnouncementId,
    /// The version that was seen.
    pub version: i64,
    /// The announcement as a paper, which every project keeps among its documents.
    pub paper: Paper,
}

/// The paper of an announcement, its bytes in the store.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Cleaned file name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// The paper as a document of a project.
fn kept(row: &DraftRow, paper: &Paper, project: ProjectId) -> Upload {
    Upload {
        project,
        kind: DocumentKind::Announcement,
        title: row.title.clone(),
        file_name: paper.file_name.clone(),
        media_type: paper.media_type.clone(),
        size: paper.size,
        sha256: paper.sha256.clone(),
        note: row.number.clone(),
    }
}

/// The fact of a refusal that names the text which it holds back.
pub const HELD_BACK: &str = "held_back";

/// Says of a refusal which of the texts it is about.
fn held_back(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
    error: ActionError,
) -> Result<ActionError, ActionError> {
    let ActionError::Refused(refusal) = error else { return Ok(error) };
    let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
    Ok(refusal.with(HELD_BACK, row.title_zh).into())
}

/// Issues an announcement: its texts are published with its number and days, in one transaction with their events, clocks and mails.
///
/// # Errors
/// `Refused` with the rule that holds a text back; `Invalid` while a day is missing; `Conflict` when somebody changed it.
pub fn issue(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Issue) -> Result<usize, ActionError> {
    let mut row = held(tx, actor, command.id, command.version)?;
    let (Some(issued_on), Some(effective_on)) = (row.issued_on, row.effective_on) else {
        let days = [("issued_on", row.issued_on), ("effective_on", row.effective_on)];
        let missing = days.iter().filter(|(_, day)| day.is_none());
        return Err(ActionError::Invalid(
            missing.map(|(field, _)| FieldFault::new(*field, FaultCode::Missing)).collect(),
        ));
    };
    if specifications::announcement_by_number(tx.conn(), &row.number)?.is_some() {
        return Err(ActionError::Invalid(vec![FieldFault::new("number", FaultCode::Taken)]));
    }
    // The texts find the announcement by its number and add themselves to it.
    let announcement = AnnouncementRow {
        id: row.id,
        number: row.number.clone(),
        title: row.title.clone(),
        kind: "approval".to_owned(),
        on_day: Some(issued_on),
        authority_id: row.authority_id,
        body: row.body.clone(),
        complete: true,
        created_at: tx.now(),
    };
    specifications::insert_announcement(tx.conn(), &announcement)?;
    let input = Input(
        [
            (Field::Announcement, row.number.clone()),
            (Field::IssuedOn, issued_on.to_string()),
            (Field::EffectiveOn, effective_on.to_string()),
        ]
        .into(),
    );
    let texts = drafts::texts_of(tx.conn(), &[row.id])?;
    for text in &texts {
        upload(tx, actor, &kept(&row, &command.paper, text.project_id))?;
        let publish = Advance {
            project: text.project_id,
            key: Move::Publish,
            input: input.clone(),
            if_version: None,
        };
        if let Err(error) = advance(tx, actor, &publish) {
            return Err(held_back(tx, text.project_id, error)?);
        }
    }
    row.ended_at = Some(tx.now());
    row.issued = true;
    save(tx, &mut row)?;
    let facts =
        json!({ "issued_on": issued_on, "effective_on": effective_on, "texts": texts.len() });
    record(tx, actor, &row, "announcement_issued", facts)?;
    Ok(texts.len())
}
