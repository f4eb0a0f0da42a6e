//! Publishes the answers of a round together (row 13).

use quanheng_db::rounds::{self, RoundRow};

use crate::{ActionError, Tx};

/// Marks every settled comment of the round as answered in public.
pub fn publish(tx: &mut Tx<'_, '_>, round: &RoundRow) -> Result<(), ActionError> {
    let now = tx.now();
    rounds::publish_answers(tx.conn(), round.id, now)?;
    Ok(())
}
