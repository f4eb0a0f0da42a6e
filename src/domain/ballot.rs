//! Quorum and majority: pure arithmetic on counts, in integers, under the rules of a profile.
//!
//! `present` counts everybody there (or everybody who replied), the recused among them. The quorum compares those present and
//! not recused with all members; the majority compares the yes votes with those present and not recused, so an abstention
//! weighs like a "no" unless the profile leaves abstentions out.

pub mod kind;
pub mod seats;
pub mod secret;
pub mod signing;

use serde::{Deserialize, Serialize};

use crate::{
    fraction::{Fraction, Majority},
    keyed,
    records::Choice,
    rules::{Profile, RuleKey, keys},
};

keyed! {
    /// What is voted on.
    BallotPurpose as "ballot purpose" {
        /// Whether to apply for a project (立项表决).
        Proposal = "proposal",
        /// Whether a draft passes its review (审定).
        Review = "review",
        /// The result of a re-examination (复审).
        Reexamination = "reexamination",
        /// Any other matter of the committee (一般事项).
        Matter = "matter",
        /// An election (选举).
        Election = "election",
    }
}

keyed! {
    /// How a vote is taken.
    BallotForm as "ballot form" {
        /// In a meeting (会审).
        Meeting = "meeting",
        /// By correspondence (函审).
        Correspondence = "correspondence",
    }
}

keyed! {
    /// Of whom the majority is taken.
    BallotBase as "ballot base" {
        /// Of the members present (到会委员).
        Present = "present",
        /// Of the replies (回函).
        Replies = "replies",
    }
}

/// The rules of one ballot, kept with it so that it is always judged as it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRule {
    /// Share of all members that must take part.
    pub quorum: Fraction,
    /// Share that must agree.
    pub majority: Majority,
    /// Of whom.
    pub majority_of: BallotBase,
    /// Whether an abstention stays in the number of which the majority is taken.
    pub abstention_counts: bool,
    /// How the vote is taken.
    pub form: BallotForm,
}

impl TallyRule {
    /// The rules of a profile for a ballot of this purpose and form.
    pub fn for_form(profile: &Profile, purpose: BallotPurpose, form: BallotForm) -> Self {
        Self {
            quorum: profile.get(purpose.kind().quorum.of(form)),
            majority: profile.get(purpose.kind().majority.of(form)),
            majority_of: match form {
                BallotForm::Meeting => BallotBase::Present,
                BallotForm::Correspondence => BallotBase::Replies,
            },
            abstention_counts: profile.get(keys::ABSTENTION_COUNTS),
            form,
        }
    }

    /// The rule that sets the quorum, for refusals to cite.
    pub const fn quorum_key(purpose: BallotPurpose, form: BallotForm) -> RuleKey {
        purpose.kind().quorum.of(form).key()
    }

    /// The rule that sets the majority, for refusals to cite.
    pub const fn pass_key(purpose: BallotPurpose, form: BallotForm) -> RuleKey {
        purpose.kind().majority.of(form).key()
    }
}

/// Counts that fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    members: u32,
    present: u32,
    recused: u32,
    yes: u32,
    no: u32,
    abstain: u32,
}

/// Counts as somebody gives them, to be checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Voting members on the roll when the ballot opened.
    pub members: u32,
    /// Members present, or replies received; the recused among them.
    pub present: u32,
    /// Those present who may not vote on this matter.
    #[serde(default)]
    pub recused: u32,
    /// Votes in favour.
    pub yes: u32,
    /// Votes against.
    pub no: u32,
    /// Abstentions.
    pub abstain: u32,
}

/// Why counts do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountFault {
    /// A committee without members cannot vote.
    #[error("there are no members")]
    NoMembers,
    /// More present than there are members.
    #[error("{present} present of {members} members")]
    PresentAboveMembers {
        /// Those present.
        present: u32,
        /// All members.
        members: u32,
    },
    /// More recused than present.
    #[error("{recused} recused of {present} present")]
    RecusedAbovePresent {
        /// Those recused.
        recused: u32,
        /// Those present.
        present: u32,
    },
    /// More votes than voters.
    #[error("{votes} votes of {voters} voters")]
    VotesAboveVoters {
        /// Votes of every kind.
        votes: u64,
        /// Those present and not recused.
        voters: u32,
    },
}

impl Count {
    /// The checked counts, or every fault in them.
    pub fn new(figures: Figures) -> Result<Self, Vec<CountFault>> {
        let Figures { members, present, recused, yes, no, abstain } = figures;
        let mut faults = Vec::new();
        if members == 0 {
            faults.push(CountFault::NoMembers);
        }
        if present > members {
            faults.push(CountFault::PresentAboveMembers { present, members });
        }
        if recused > present {
            faults.push(CountFault::RecusedAbovePresent { recused, present });
        }
        let (votes, voters) =
            (u64::from(yes) + u64::from(no) + u64::from(abstain), present.saturating_sub(recused));
        if votes > u64::from(voters) {
            faults.push(CountFault::VotesAboveVoters { votes, voters });
        }
        if faults.is_empty() {
            Ok(Self { members, present, recused, yes, no, abstain })
        } else {
            Err(faults)
        }
    }

    /// Those present and not recused.
    pub const fn voters(&self) -> u32 {
        self.present - self.recused
    }

    /// Those present and not recused whose vote is not in, or was invalid.
    pub const fn not_cast(&self) -> u32 {
        self.voters() - self.yes - self.no - self.abstain
    }
}

/// What is still missing for a ballot to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "missing", rename_all = "snake_case")]
pub enum Missing {
    /// Nothing: it has passed.
    Nothing,
    /// More people or more agreement.
    More {
        /// Members more that must take part.
        present: u32,
        /// Yes votes more that are needed among those who take part, or who make the quorum when they are fewer.
        yes: u32,
    },
    /// Even if every absent member came and all open votes were in favour, it would not pass.
    OutOfReach,
}

/// The result of a ballot, with the figures that lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Voting members on the roll.
    pub members: u32,
    /// Everybody present or everybody who replied, the recused included.
    pub present: u32,
    /// Those present who may not vote.
    pub recused: u32,
    /// Votes in favour.
    pub yes: u32,
    /// Votes against.
    pub no: u32,
    /// Abstentions.
    pub abstain: u32,
    /// How many present and not recused the quorum needs.
    pub quorum_needed: u32,
    /// Whether they are there.
    pub quorum_met: bool,
    /// How many votes in favour the majority needs: of those who take part, or who make the quorum while they are fewer.
    pub yes_needed: u32,
    /// Whether quorum and majority are reached.
    pub passed: bool,
    /// What is still missing.
    pub missing: Missing,
}

/// The result of these counts under these rules.
pub fn tally(count: &Count, rule: &TallyRule) -> Tally {
    let Count { members, present, recused, yes, no, abstain } = *count;
    let voters = count.voters();
    let quorum_needed = rule.quorum.at_least_of(members);
    let quorum_met = voters >= quorum_needed;
    let left_out = if rule.abstention_counts { 0 } else { abstain };
    // A majority of fewer than the quorum would say too little: it shrinks while people are still to come.
    let yes_needed = rule.majority.needed_of(voters.max(quorum_needed) - left_out);
    let passed = quorum_met && yes >= yes_needed;

    let absent = members - present;
    let most_voters = voters + absent;
    let most_yes = yes + count.not_cast() + absent;
    let reachable =
        most_voters >= quorum_needed && most_yes >= rule.majority.needed_of(most_voters - left_out);
    let missing = if passed {
        Missing::Nothing
    } else if reachable {
        Missing::More {
            present: quorum_needed.saturating_sub(voters),
            yes: yes_needed.saturating_sub(yes),
        }
    } else {
        Missing::OutOfReach
    };
    Tally {
        members,
        present,
        recused,
        yes,
        no,
        abstain,
        quorum_needed,
        quorum_met,
        yes_needed,
        passed,
        missing,
    }
}

/// The figures of a roll and its votes; the order of the votes does not matter.
pub fn figures(
    members: u32,
    present: u32,
    recused: u32,
    votes: impl IntoIterator<Item = Choice>,
) -> Figures {
    let start = Figures { members, present, recused, ..Figures::default() };
    votes.into_iter().fold(start, |mut figures, vote| {
        let slot = match vote {
            Choice::Yes => &mut figures.yes,
            Choice::No => &mut figures.no,
            Choice::Abstain => &mut figures.abstain,
        };
        *slot = slot.saturating_add(1);
        figures
    })
}

/// How many voters of one unit must abstain by lot or by the unit's choice, so that it holds at most this share of those left.
pub fn excess_of_unit(voters: u32, of_unit: u32, most: Fraction) -> u32 {
    let of_unit = of_unit.min(voters);
    let others = voters - of_unit;
    // Alone, a unit holds the whole whatever its number: only a share of one lets it keep a seat.
    (0..=of_unit)
        .rev()
        .find(|kept| !most.exceeded_by(*kept, others + kept))
        .map_or(of_unit, |kept| of_unit - kept)
}

#[cfg(test)]
mod tests;
