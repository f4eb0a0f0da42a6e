//! Ballots: opening, voting, attendance, closing, signing, and the count.

use std::collections::BTreeMap;

use quanheng_domain::{ballot::Tally, notice::Count};

pub mod attend;
pub mod box_vote;
pub mod cast;
pub mod change;
pub mod close;
pub mod conclude;
pub mod confirm;
pub mod declare;
pub mod known;
pub mod mandate;
pub mod matter;
pub mod meeting;
pub mod missed;
pub mod open;
pub mod opine;
pub mod poll;
pub mod shares;
pub mod sign;
pub mod start;
pub mod tally;

/// The named numbers of a count, for mails.
pub fn counts(tally: &Tally) -> BTreeMap<Count, i64> {
    let pairs = [
        (Count::Members, tally.members),
        (Count::Present, tally.present),
        (Count::Recused, tally.recused),
        (Count::Yes, tally.yes),
        (Count::No, tally.no),
        (Count::Abstain, tally.abstain),
        (Count::QuorumNeeded, tally.quorum_needed),
        (Count::YesNeeded, tally.yes_needed),
    ];
    pairs.into_iter().map(|(name, number)| (name, i64::from(number))).collect()
}
