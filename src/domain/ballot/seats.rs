//! Whose seat votes when units hold many: one vote a unit where the rule says so, and the drafting unit's share (edge case 5).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::excess_of_unit;
use crate::{
    fraction::Fraction,
    ids::{BallotId, OrganisationId, PersonId},
    keyed,
};

keyed! {
    /// Why somebody on the roll may not vote though the role would.
    Recusal as "recusal" {
        /// Drafts the text (起草人).
        Drafter = "drafter",
        /// Drawn by lot: the drafting unit holds more than its share (起草单位超过比例,抽签).
        UnitShare = "unit_share",
        /// The unit votes by another seat (每单位一票).
        UnitVote = "unit_vote",
        /// Declared an interest (申报利益关系).
        Interest = "interest",
    }
}

/// Somebody who would vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voter {
    /// Who.
    pub person: PersonId,
    /// Of which unit.
    pub unit: Option<OrganisationId>,
    /// True where the unit drafts the text.
    pub of_drafting_unit: bool,
}

/// The place of a person in the lot of a ballot: anybody can draw it again from the two identities.
pub fn lot(ballot: BallotId, person: PersonId) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(ballot.to_string().as_bytes());
    sha.update(person.to_string().as_bytes());
    sha.finalize().into()
}

/// Voters beyond the first of each unit, in the order given, which is that of the seats.
pub fn beyond_one_a_unit(voters: &[Voter]) -> Vec<PersonId> {
    let mut seen = std::collections::BTreeSet::new();
    voters
        .iter()
        .filter(|voter| voter.unit.is_some_and(|unit| !seen.insert(unit)))
        .map(|voter| voter.person)
        .collect()
}

/// Voters of drafting units who must abstain by lot, so that each such unit holds at most this share of those who vote.
pub fn drawn_out(ballot: BallotId, voters: &[Voter], most: Fraction) -> Vec<PersonId> {
    let mut units: BTreeMap<OrganisationId, Vec<PersonId>> = BTreeMap::new();
    for voter in voters.iter().filter(|voter| voter.of_drafting_unit) {
        if let Some(unit) = voter.unit {
            units.entry(unit).or_default().push(voter.person);
        }
    }
    let mut left = u32::try_from(voters.len()).unwrap_or(u32::MAX);
    let mut out = Vec::new();
    for mut people in units.into_values() {
        let held = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let excess = excess_of_unit(left, held, most);
        people.sort_by_key(|person| lot(ballot, *person));
        left -= excess;
        out.extend(people.into_iter().take(usize::try_from(excess).unwrap_or(usize::MAX)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot() -> BallotId {
        BallotId::new(uuid::Uuid::from_u128(7))
    }

    fn voter(person: u128, unit: u128, of_drafting_unit: bool) -> Voter {
        Voter {
            person: PersonId::new(uuid::Uuid::from_u128(person)),
            unit: Some(OrganisationId::new(uuid::Uuid::from_u128(unit))),
            of_drafting_unit,
        }
    }

    #[test]
    fn edge_05_the_drafting_unit_holds_at_most_its_share_by_lot() {
        let quarter = Fraction::new(1, 4).unwrap();
        // Six of twelve are of the drafting unit: of six others two may stay (2 of 8 is a quarter).
        let all: Vec<Voter> =
            (0..12).map(|n| voter(n, if n < 6 { 99 } else { n }, n < 6)).collect();
        let out = drawn_out(ballot(), &all, quarter);
        assert_eq!(out.len(), 4);
        assert_eq!(drawn_out(ballot(), &all, quarter), out, "the lot can be drawn again");
        let left: Vec<Voter> =
            all.iter().filter(|voter| !out.contains(&voter.person)).copied().collect();
        assert!(drawn_out(ballot(), &left, quarter).is_empty());
        // A unit that drafts nothing keeps every seat.
        let none: Vec<Voter> = (0..12).map(|n| voter(n, 99, false)).collect();
        assert!(drawn_out(ballot(), &none, quarter).is_empty());
    }

    #[test]
    fn one_vote_a_unit_goes_to_its_first_seat() {
        let all = [voter(1, 5, false), voter(2, 5, false), voter(3, 6, false)];
        assert_eq!(beyond_one_a_unit(&all), [all[1].person]);
    }
}
