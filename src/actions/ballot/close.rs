//! Closes a ballot: from then on nothing about it changes.

use quanheng_db::{
    ballots::{self, BallotRow},
    projects::ProjectRow,
};
use quanheng_domain::{
    ballot::BallotPurpose,
    event::ObjectKind,
    ids::BallotId,
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
};

use crate::{
    ActionError, NewEvent, Tx,
    ballot::{self, tally},
    project::{Loaded, notices},
    tell,
};

/// Closes the review ballot of a project (row 17).
pub fn review(tx: &mut Tx<'_, '_>, loaded: &Loaded) -> Result<BallotId, ActionError> {
    let row = loaded.ballots.get(&BallotPurpose::Review).cloned().ok_or(ActionError::NotFound)?;
    close(tx, row)
}

/// Closes a ballot and keeps its count.
pub fn close(tx: &mut Tx<'_, '_>, mut row: BallotRow) -> Result<BallotId, ActionError> {
    if row.closed_at.is_some() {
        return Ok(row.id);
    }
    let counted = tally::of(tx.conn(), &row)?;
    row.result = Some(serde_json::to_value(counted).map_err(ActionError::unwritable)?);
    row.closed_at = Some(tx.now());
    if ballots::save(tx.conn(), &mut row)? { Ok(row.id) } else { Err(ActionError::Conflict) }
}

/// Closes a ballot of a project whose instant has come, and tells the voters the result.
pub fn by_clock(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    row: BallotRow,
) -> Result<BallotId, ActionError> {
    let purpose = row.purpose;
    let id = close(tx, row.clone())?;
    let tally = tally::of(tx.conn(), &row)?;
    let event = tx.record(
        NewEvent::new(ObjectKind::Project, project.id.cast(), &Actor::System, "ballot_closed")
            .facts(serde_json::json!({ "ballot": id, "purpose": purpose, "tally": tally })),
    )?;
    let mut about = notices::about(project);
    about.ballot = Some(id);
    let facts = NoticeFacts {
        counts: ballot::counts(&tally),
        path: format!("/ballots/{id}"),
        ..notices::facts(tx, project)?
    };
    tell::tell(tx, &Notice { key: NoticeKey::BallotResult, facts }, &about, Some(event))?;
    Ok(id)
}
