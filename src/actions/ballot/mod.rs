//! Ballots: opening, voting, attendance, closing, signing, and the count.

use std::collections::BTreeMap;

use quanheng_domain::ballot::Tally;

pub mod close;
pub mod open;
pub mod tally;

/// The named numbers of a count, for mails and the ledger.
pub fn counts(tally: &Tally) -> BTreeMap<String, i64> {
    let pairs = [
        ("members", tally.members),
        ("present", tally.present),
        ("recused", tally.recused),
        ("yes", tally.yes),
        ("no", tally.no),
        ("abstain", tally.abstain),
        ("quorum_needed", tally.quorum_needed),
        ("yes_needed", tally.yes_needed),
    ];
    pairs.into_iter().map(|(name, number)| (name.to_owned(), i64::from(number))).collect()
}
