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
    ballot::{self, poll::Polled, tally},
    project::{Loaded, notices},
    tell,
};

/// Closes the review ballot of a project (row 17).
pub fn review(tx: &mut Tx<'_, '_>, loaded: &Loaded) -> Result<BallotId, ActionError> {
    let row = loaded.ballots.get(&BallotPurpose::Review).cloned().ok_or(ActionError::NotFound)?;
    close(tx, row)
}

/// Closes a ballot, keeps its count and ends its clocks.
pub fn close(tx: &mut Tx<'_, '_>, mut row: BallotRow) -> Result<BallotId, ActionError> {
    if row.closed_at.is_some() {
        return Ok(row.id);
    }
    let counted = tally::at_closing(tx.conn(), &row)?;
    row.result = Some(serde_json::to_value(counted).map_err(ActionError::unwritable)?);
    let now = tx.now();
    row.closed_at = Some(now);
    quanheng_db::deadlines::close_of_ballot(tx.conn(), row.id, now, "closed")?;
    if ballots::save(tx.conn(), &mut row)? { Ok(row.id) } else { Err(ActionError::Conflict) }
}

/// Ends the ballots of a project that ends: they have lost their object, and the votes in them lead to no result.
pub fn end_all(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: &ProjectRow,
) -> Result<(), ActionError> {
    let now = tx.now();
    let all = ballots::of_project(tx.conn(), project.id)?;
    for mut row in all.into_iter().filter(|row| row.closed_at.is_none()) {
        row.closed_at = Some(now);
        row.aborted_at = Some(now);
        quanheng_db::deadlines::close_of_ballot(tx.conn(), row.id, now, "project ended")?;
        if !ballots::save(tx.conn(), &mut row)? {
            return Err(ActionError::Conflict);
        }
        let event = tx.record(
            NewEvent::new(ObjectKind::Project, project.id.cast(), actor, "ballot_ended")
                .facts(serde_json::json!({ "ballot": row.id, "purpose": row.purpose })),
        )?;
        let mut about = notices::about(project);
        about.ballot = Some(row.id);
        let facts = notices::facts(tx, project)?;
        tell::tell(tx, &Notice { key: NoticeKey::BallotEnded, facts }, &about, Some(event))?;
    }
    Ok(())
}

/// Closes a ballot that no move counts, and tells the voters the result.
pub fn with_result(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
) -> Result<BallotId, ActionError> {
    let row = &polled.row;
    // Entered votes that nobody confirmed in time do not count; the record says how many there were.
    let unconfirmed = tally::waiting(&ballots::votes_of(tx.conn(), row.id)?).len();
    close(tx, row.clone())?;
    let tally = tally::at_closing(tx.conn(), row)?;
    let (kind, object) = polled.filed;
    let event = tx.record(NewEvent::new(kind, object, actor, "ballot_closed").facts(
        serde_json::json!({ "ballot": row.id, "purpose": row.purpose, "tally": tally, "unconfirmed": unconfirmed }),
    ))?;
    let facts = NoticeFacts { counts: ballot::counts(&tally), ..polled.facts(tx)? };
    let about = polled.about();
    tell::tell(tx, &Notice { key: NoticeKey::BallotResult, facts }, &about, Some(event))?;
    Ok(row.id)
}
