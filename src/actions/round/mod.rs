//! Comment rounds: opening, receiving, settling and publishing comments.

pub mod open;
pub mod publish;

use std::collections::BTreeMap;

use quanheng_db::rounds;
use quanheng_domain::{comment::Disposition, ids::RoundId, notice::Count};

use crate::{ActionError, Tx};

/// The named numbers of a round, for mails.
pub fn counts(tx: &mut Tx<'_, '_>, round: RoundId) -> Result<BTreeMap<Count, i64>, ActionError> {
    let comments = rounds::confirmed_comments(tx.conn(), round)?;
    let asked = rounds::recipients_of(tx.conn(), round)?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let with = |code: Disposition| {
        number(comments.iter().filter(|comment| comment.disposition == Some(code)).count())
    };
    Ok(BTreeMap::from([
        (Count::Asked, number(asked.len())),
        (Count::Answered, number(asked.iter().filter(|line| line.answered_at.is_some()).count())),
        (Count::Comments, number(comments.len())),
        (Count::Accepted, with(Disposition::Accepted)),
        (Count::PartlyAccepted, with(Disposition::Partly)),
        (Count::NotAccepted, with(Disposition::Rejected)),
    ]))
}
