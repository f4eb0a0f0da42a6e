//! A public commenter confirms the mail address by the link: only then do the comments count (3.5).

use quanheng_db::{accounts, comments, rounds};
use quanheng_domain::{
    ids::RoundId,
    lifecycle::RoundStatus,
    people::Actor,
    records::LinkPurpose,
    refusal::{Refusal, RefusalCode},
};

use super::{
    case::Case,
    receive::{self, Receipt},
    watch,
};
use crate::{ActionError, Tx, names};

/// The link as it came.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The secret of the link.
    pub token: String,
}

/// Confirms the comments of a link. A second press gives the same receipt.
///
/// # Errors
/// `NotFound` for a link that never was; `Refused` when it has ended or the round was broken off.
pub fn confirm(tx: &mut Tx<'_, '_>, _: &Actor, command: &Confirm) -> Result<Receipt, ActionError> {
    let hash = names::secret_hash(command.token.trim());
    let link = accounts::link(tx.conn(), &hash)?
        .filter(|link| link.purpose == LinkPurpose::Comment)
        .ok_or(ActionError::NotFound)?;
    let round: RoundId = link.object_id.ok_or(ActionError::NotFound)?.cast();
    let case = Case::of_round(tx, round)?;
    let mut rows = comments::by_link(tx.conn(), &hash)?;
    if let Some(confirmed) = rows.first().and_then(|row| row.confirmed_at) {
        return Ok(receive::receipt_of(quanheng_domain::deadline::day_of(confirmed), &rows));
    }
    let now = tx.now();
    // A second press while the comments wait for the secretariat says the same as the first.
    if link.used_at.is_some() && watch::confirmed(tx, &case, &rows)? {
        return Ok(Receipt::held(&rows));
    }
    let ended = link.ends_at <= now || rows.is_empty();
    if ended || !accounts::use_link(tx.conn(), &hash, now)? {
        return Err(Refusal::new(RefusalCode::LinkEnded).into());
    }
    if case.round.status == RoundStatus::Aborted {
        return Err(Refusal::new(RefusalCode::RoundNotRunning).into());
    }
    if watch::confirmed(tx, &case, &rows)? {
        return Ok(Receipt::held(&rows));
    }
    receive::number(tx, &case, &mut rows)?;
    // Who sent in time is in time; only what comes after the answers were published can no longer be weighed.
    let published = case.round.status == RoundStatus::Published;
    let address = rows.first().map(|row| row.author_contact.to_lowercase()).unwrap_or_default();
    let asked = rounds::recipients_of(tx.conn(), round)?
        .into_iter()
        .find(|line| !line.address.is_empty() && line.address.to_lowercase() == address);
    for row in &mut rows {
        row.late |= published;
        if let Some(line) = &asked {
            row.author_class = line.class;
        }
        if !comments::save(tx.conn(), row)? {
            return Err(ActionError::Conflict);
        }
    }
    receive::finish(tx, &Actor::Public, &case, &rows, asked, Some(command.token.trim()))
}
