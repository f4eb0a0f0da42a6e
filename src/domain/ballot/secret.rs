//! Secret votes (无记名投票): slips in one box, each under the hash of a receipt that only the voter holds.
//!
//! The box is one sorted list that is written anew as a whole with every vote, so that neither order nor row nor time of a slip is
//! on record; who voted is a mark on the roll. What this protects and what not: `docs/decisions/005-secret-ballots.md`.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{ids::BallotId, records::Choice};

/// The shortest receipt taken: what is shorter could be guessed from its hash.
pub const RECEIPT_MIN: usize = 16;

/// A vote without a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slip {
    /// Hash of the receipt, lower-case hex.
    pub receipt: String,
    /// The choice, as its stable key.
    pub choice: String,
}

/// The slips of a ballot, sorted by the hashes of their receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BallotBox {
    slips: Vec<Slip>,
}

/// The hash under which a slip lies: of the ballot and the receipt, so that one receipt in two ballots links nothing.
pub fn receipt_hash(ballot: BallotId, receipt: &str) -> String {
    let mut sha = Sha256::new();
    sha.update(ballot.to_string().as_bytes());
    sha.update([0]);
    sha.update(receipt.trim().as_bytes());
    hex::encode(sha.finalize())
}

impl BallotBox {
    /// Puts a slip in under a receipt nobody used; false when the receipt is taken.
    pub fn put(&mut self, hash: String, choice: Choice) -> bool {
        let slip = Slip { receipt: hash, choice: crate::Keyed::key(choice).to_owned() };
        match self.slips.binary_search_by(|other| other.receipt.cmp(&slip.receipt)) {
            Ok(_) => false,
            Err(at) => {
                self.slips.insert(at, slip);
                true
            }
        }
    }

    /// Changes the slip of a receipt; false when there is none.
    pub fn change(&mut self, hash: &str, choice: Choice) -> bool {
        match self.slips.binary_search_by(|other| other.receipt.as_str().cmp(hash)) {
            Ok(at) => {
                self.slips[at].choice = crate::Keyed::key(choice).to_owned();
                true
            }
            Err(_) => false,
        }
    }

    /// The choice under a receipt.
    pub fn choice_of(&self, hash: &str) -> Option<Choice> {
        let at = self.slips.binary_search_by(|other| other.receipt.as_str().cmp(hash)).ok()?;
        crate::Keyed::from_key(&self.slips[at].choice).ok()
    }

    /// The choices, in the order of the hashes.
    pub fn choices(&self) -> impl Iterator<Item = Choice> {
        self.slips.iter().filter_map(|slip| crate::Keyed::from_key(&slip.choice).ok())
    }

    /// The slips, for the list that is published after closing.
    pub fn slips(&self) -> &[Slip] {
        &self.slips
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(ballot: u128, receipt: &str) -> String {
        receipt_hash(BallotId::new(uuid::Uuid::from_u128(ballot)), receipt)
    }

    #[test]
    fn the_box_is_the_same_in_whatever_order_the_slips_came() {
        let slips = [("aaaa", Choice::Yes), ("bbbb", Choice::No), ("cccc", Choice::Abstain)];
        let filled = |order: [usize; 3]| {
            let mut made = BallotBox::default();
            for at in order {
                assert!(made.put(hash(1, slips[at].0), slips[at].1));
            }
            serde_json::to_string(&made).unwrap()
        };
        assert_eq!(filled([0, 1, 2]), filled([2, 0, 1]));
        assert_eq!(filled([0, 1, 2]), filled([1, 2, 0]));
    }

    #[test]
    fn a_receipt_finds_its_slip_and_no_other() {
        let mut made = BallotBox::default();
        assert!(made.put(hash(1, "one"), Choice::Yes));
        assert!(!made.put(hash(1, "one"), Choice::No), "a receipt names one slip");
        assert_eq!(made.choice_of(&hash(1, " one ")), Some(Choice::Yes));
        assert_eq!(made.choice_of(&hash(2, "one")), None, "of another ballot");
        assert!(made.change(&hash(1, "one"), Choice::No));
        assert!(!made.change(&hash(1, "two"), Choice::No));
        assert_eq!(made.choices().collect::<Vec<_>>(), [Choice::No]);
    }
}
