//! Who signs the conclusion of a ballot: the chair, and in the chair's absence the vice-chairs in their listed order (edge cases 4
//! and 42); and the principal reviewers of a text that was reviewed (FM-13).

use crate::{ids::PersonId, keyed, people::Role};

keyed! {
    /// As what somebody signs a conclusion.
    SignaturePart as "part of signature" {
        /// As the chair, or in the chair's place (主任委员).
        Chair = "chair",
        /// As principal reviewer (主审人).
        Reviewer = "reviewer",
    }
}

/// Somebody who leads the committee and stands on the roll of the ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    /// Who.
    pub person: PersonId,
    /// Chair or vice-chair.
    pub role: Role,
    /// True for a drafter of the text.
    pub recused: bool,
    /// True for those who came, or replied.
    pub took_part: bool,
}

/// Somebody who may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signer {
    /// Who.
    pub person: PersonId,
    /// True when the signature stands in place of the chair's (代行).
    pub acting: bool,
}

/// Those who may sign, in order: each leader unless recused, until the first who took part; nobody behind that one is needed.
///
/// `leaders` come in the order of the seats, the chair first.
pub fn signers(leaders: &[Leader]) -> Vec<Signer> {
    let mut may = Vec::new();
    for leader in leaders.iter().filter(|leader| !leader.recused) {
        may.push(Signer { person: leader.person, acting: leader.role != Role::Chair });
        if leader.took_part {
            break;
        }
    }
    may
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leader(place: u128, role: Role, recused: bool, took_part: bool) -> Leader {
        Leader { person: PersonId::new(uuid::Uuid::from_u128(place)), role, recused, took_part }
    }
    fn places(leaders: &[Leader]) -> Vec<(u128, bool)> {
        signers(leaders).iter().map(|one| (one.person.uuid().as_u128(), one.acting)).collect()
    }

    #[test]
    fn the_chair_who_took_part_signs_alone() {
        let all = [
            leader(1, Role::Chair, false, true),
            leader(2, Role::ViceChair, false, true),
            leader(3, Role::ViceChair, false, true),
        ];
        assert_eq!(places(&all), [(1, false)]);
    }

    #[test]
    fn in_absence_the_vice_chairs_act_in_their_order() {
        let mut all = [
            leader(1, Role::Chair, false, false),
            leader(2, Role::ViceChair, false, true),
            leader(3, Role::ViceChair, false, true),
        ];
        assert_eq!(places(&all), [(1, false), (2, true)]);
        all[0].recused = true;
        assert_eq!(places(&all), [(2, true)]);
        all[1].took_part = false;
        assert_eq!(places(&all), [(2, true), (3, true)]);
        all[1].recused = true;
        assert_eq!(places(&all), [(3, true)]);
        all[2].recused = true;
        assert_eq!(places(&all), []);
    }
}
