//! Puts a slip into the box of a secret vote (无记名投票): who voted is on the roll, what lies in the box has no name, order or time.

use quanheng_db::{
    ballot_parts,
    ballots::{self, RollRow},
};
use quanheng_domain::{
    ballot::secret::{RECEIPT_MIN, receipt_hash},
    ids::BallotId,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    records::Choice,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    cast::{Cast, VoteReceipt, mark_present},
    poll::Polled,
    tally,
};
use crate::{ActionError, NewEvent, Tx};

/// Takes a secret vote, or changes the slip that lies under the receipt.
pub(super) fn put(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    polled: &Polled,
    line: &RollRow,
    command: &Cast,
    on_behalf: bool,
) -> Result<VoteReceipt, ActionError> {
    // A hand-writing or a style would give the voter away as surely as a name.
    let written = !command.reason.trim().is_empty() || !command.remark.trim().is_empty();
    if on_behalf || written {
        return Err(Refusal::new(RefusalCode::SecretVote).into());
    }
    let receipt = command.receipt.trim();
    if !line.voted && receipt.chars().count() < RECEIPT_MIN {
        let fault = FieldFault::new("receipt", FaultCode::TooShort);
        let bound = i64::try_from(RECEIPT_MIN).ok();
        return Err(ActionError::Invalid(vec![FieldFault { bound, ..fault }]));
    }
    let hash = receipt_hash(polled.row.id, receipt);
    let mut slips = tally::box_of(tx.conn(), polled.row.id)?;
    if line.voted {
        if !slips.change(&hash, command.choice) {
            return Err(Refusal::new(RefusalCode::ReceiptUnknown).into());
        }
    } else if !slips.put(hash, command.choice) {
        return Err(ActionError::Invalid(vec![FieldFault::new("receipt", FaultCode::Taken)]));
    }
    let mut row = ballot_parts::box_of(tx.conn(), polled.row.id)?.ok_or(ActionError::NotFound)?;
    row.slips = serde_json::to_value(&slips).map_err(ActionError::unwritable)?;
    if !ballot_parts::save_box(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    mark_voted(tx, line)?;
    let (kind, object) = polled.filed;
    // That somebody voted is on record, as on a list at the door; what and in which order is not.
    tx.record(
        NewEvent::new(kind, object, actor, "vote_cast")
            .facts(json!({ "ballot": polled.row.id, "secret": true })),
    )?;
    Ok(VoteReceipt { ordinal: 1, before: None, waits: false })
}

fn mark_voted(tx: &mut Tx<'_, '_>, line: &RollRow) -> Result<(), ActionError> {
    if !line.voted {
        ballots::save_roll(tx.conn(), &RollRow { voted: true, ..line.clone() })?;
        mark_present(tx, &RollRow { voted: true, ..line.clone() })?;
    }
    Ok(())
}

/// What lies under a receipt, once the ballot is closed; nothing when no slip bears it.
///
/// # Errors
/// `Refused` while the ballot is open, `NotFound` for a ballot that is not secret.
pub fn check_receipt(
    conn: &mut quanheng_db::AnyConn,
    id: BallotId,
    receipt: &str,
) -> Result<Option<Choice>, ActionError> {
    let row = ballots::find(conn, id)?.filter(|row| row.secret).ok_or(ActionError::NotFound)?;
    if row.closed_at.is_none() {
        return Err(Refusal::new(RefusalCode::BallotStillOpen).into());
    }
    Ok(tally::box_of(conn, id)?.choice_of(&receipt_hash(id, receipt)))
}
