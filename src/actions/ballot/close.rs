//! Closes a ballot: from then on nothing about it changes.

use quanheng_db::ballots::{self, BallotRow};
use quanheng_domain::{ballot::BallotPurpose, ids::BallotId};

use crate::{ActionError, Tx, ballot::tally, project::Loaded};

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
    row.result = Some(serde_json::to_value(&counted).map_err(ActionError::unwritable)?);
    row.closed_at = Some(tx.now());
    if ballots::save(tx.conn(), &mut row)? { Ok(row.id) } else { Err(ActionError::Conflict) }
}
