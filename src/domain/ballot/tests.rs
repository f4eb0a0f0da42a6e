//! The cases of the charter, the faults of counts, and properties that hold for all counts.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::{Keyed, rules::seed};

mod rows;

fn rule(purpose: BallotPurpose, form: BallotForm) -> TallyRule {
    static NATIONAL: LazyLock<Profile> = LazyLock::new(|| seed("national").unwrap());
    TallyRule::for_form(&NATIONAL, purpose, form)
}
fn review() -> TallyRule {
    rule(BallotPurpose::Review, BallotForm::Meeting)
}
fn count(members: u32, present: u32, recused: u32, yes: u32, no: u32, abstain: u32) -> Count {
    Count::new(Figures { members, present, recused, yes, no, abstain }).unwrap()
}

#[test]
fn edge_12_the_table_of_the_charter_in_integers() {
    for (members, quorum, present, needed) in
        [(32, 22, 22, 17), (25, 17, 17, 13), (41, 28, 30, 23), (15, 10, 10, 8)]
    {
        let pass = tally(&count(members, present, 0, needed, present - needed, 0), &review());
        assert_eq!(
            (pass.quorum_needed, pass.quorum_met, pass.yes_needed, pass.passed),
            (quorum, true, needed, true)
        );
        let fail =
            tally(&count(members, present, 0, needed - 1, present - needed + 1, 0), &review());
        assert!(fail.quorum_met && !fail.passed);
        let empty = tally(&count(members, quorum - 1, 0, quorum - 1, 0, 0), &review());
        assert!(!empty.quorum_met && !empty.passed);
        assert_eq!(empty.missing, Missing::More { present: 1, yes: 0 });
    }
}

#[test]
fn an_abstention_weighs_like_a_no_unless_it_is_left_out() {
    let rule = review();
    assert!(!tally(&count(32, 24, 0, 17, 0, 7), &rule).passed);
    assert!(tally(&count(32, 24, 0, 18, 0, 6), &rule).passed);
    let without = TallyRule { abstention_counts: false, ..rule };
    let result = tally(&count(32, 24, 0, 17, 0, 7), &without);
    assert!(result.passed && result.yes_needed == 13);
    assert!(
        !tally(&count(3, 3, 0, 0, 0, 3), &without).passed,
        "nobody in favour is never a majority"
    );
}

#[test]
fn the_recused_count_neither_for_the_quorum_nor_for_the_majority() {
    let result = tally(&count(32, 24, 2, 17, 5, 0), &review());
    assert_eq!(
        (result.quorum_needed, result.quorum_met, result.yes_needed, result.passed),
        (22, true, 17, true)
    );
    let result = tally(&count(32, 23, 2, 21, 0, 0), &review());
    assert!(!result.quorum_met && !result.passed, "21 of 32 are not two thirds");
}

#[test]
fn replies_are_counted_like_people() {
    let rule = rule(BallotPurpose::Review, BallotForm::Correspondence);
    assert_eq!(rule.majority_of, BallotBase::Replies);
    assert!(tally(&count(32, 22, 0, 17, 5, 0), &rule).passed);
    assert!(!tally(&count(32, 21, 0, 21, 0, 0), &rule).quorum_met);
}

#[test]
fn edge_09_a_tie_is_not_adopted() {
    let rule = rule(BallotPurpose::Matter, BallotForm::Meeting);
    assert!(!tally(&count(30, 20, 0, 10, 10, 0), &rule).passed);
    assert!(tally(&count(30, 20, 0, 11, 9, 0), &rule).passed);
}

#[test]
fn what_is_missing_is_told_while_a_vote_runs() {
    let rule = review();
    assert_eq!(
        tally(&count(32, 22, 0, 10, 2, 0), &rule).missing,
        Missing::More { present: 0, yes: 7 }
    );
    assert_eq!(
        tally(&count(32, 20, 0, 10, 0, 0), &rule).missing,
        Missing::More { present: 2, yes: 7 }
    );
    assert_eq!(tally(&count(32, 22, 0, 17, 5, 0), &rule).missing, Missing::Nothing);
    // With 9 against, 23 of 32 are the most that can agree, and 24 are needed.
    assert_eq!(tally(&count(32, 22, 0, 13, 9, 0), &rule).missing, Missing::OutOfReach);
    assert_eq!(
        tally(&count(32, 22, 0, 14, 8, 0), &rule).missing,
        Missing::More { present: 0, yes: 3 }
    );
}

#[test]
fn counts_that_do_not_fit_are_told_apart() {
    let faults = |members, present, recused, yes| {
        Count::new(Figures { members, present, recused, yes, no: 0, abstain: 0 }).unwrap_err()
    };
    assert_eq!(faults(0, 0, 0, 0), [CountFault::NoMembers]);
    assert_eq!(faults(5, 6, 0, 0), [CountFault::PresentAboveMembers { present: 6, members: 5 }]);
    assert_eq!(faults(5, 3, 4, 0), [CountFault::RecusedAbovePresent { recused: 4, present: 3 }]);
    assert_eq!(faults(5, 5, 2, 4), [CountFault::VotesAboveVoters { votes: 4, voters: 3 }]);
    assert_eq!(faults(0, 6, 7, 1).len(), 4);
    let most = Figures {
        members: 1,
        present: 1,
        recused: 0,
        yes: u32::MAX,
        no: u32::MAX,
        abstain: u32::MAX,
    };
    assert!(Count::new(most).is_err());
    assert!(tally(&count(u32::MAX, u32::MAX, 0, u32::MAX, 0, 0), &review()).passed);
}

#[test]
fn every_purpose_and_form_has_its_rule() {
    for purpose in BallotPurpose::ALL.iter().copied() {
        for form in BallotForm::ALL.iter().copied() {
            let rule = rule(purpose, form);
            assert!(rule.quorum.num() > 0, "{purpose} {form}");
            assert_ne!(TallyRule::quorum_key(purpose, form), TallyRule::pass_key(purpose, form));
            let json = serde_json::to_string(&rule).unwrap();
            assert_eq!(serde_json::from_str::<TallyRule>(&json).unwrap(), rule);
        }
    }
}

#[test]
fn a_unit_gives_up_seats_until_it_holds_its_share() {
    let quarter = "1/4".parse().unwrap();
    for (voters, of_unit, excess) in [
        (20, 5, 0),
        (20, 6, 2),
        (20, 8, 4),
        (4, 1, 0),
        (3, 1, 1),
        (3, 3, 3),
        (0, 0, 0),
        (10, 0, 0),
        (2, 9, 2),
    ] {
        assert_eq!(excess_of_unit(voters, of_unit, quarter), excess, "{of_unit} of {voters}");
    }
    assert_eq!(excess_of_unit(3, 3, "1/1".parse().unwrap()), 0);
}

fn any_count() -> impl Strategy<Value = Count> {
    (1_u32..200, 0_u32..200, 0_u32..20, prop::collection::vec(0_u8..4, 0..200)).prop_map(
        |(members, present, recused, votes)| {
            let present = present.min(members);
            let recused = recused.min(present);
            let votes =
                votes.into_iter().take((present - recused) as usize).filter_map(
                    |vote| match vote {
                        0 => Some(Choice::Yes),
                        1 => Some(Choice::No),
                        2 => Some(Choice::Abstain),
                        _ => None,
                    },
                );
            Count::new(figures(members, present, recused, votes)).unwrap()
        },
    )
}
fn any_rule() -> impl Strategy<Value = TallyRule> {
    (prop::sample::select(BallotPurpose::ALL), prop::sample::select(BallotForm::ALL), any::<bool>())
        .prop_map(|(purpose, form, abstention_counts)| TallyRule {
            abstention_counts,
            ..rule(purpose, form)
        })
}

proptest! {
    #[test]
    fn votes_and_open_votes_sum_to_the_voters(count in any_count(), rule in any_rule()) {
        let result = tally(&count, &rule);
        prop_assert_eq!(result.yes + result.no + result.abstain + count.not_cast() + result.recused, result.present);
        prop_assert_eq!(result.passed, result.quorum_met && result.yes >= result.yes_needed);
        prop_assert_eq!(result.passed, result.missing == Missing::Nothing);
    }

    #[test]
    fn the_integers_say_what_the_shares_say(count in any_count()) {
        let result = tally(&count, &review());
        prop_assert_eq!(result.quorum_met, 3 * count.voters() >= 2 * count.members);
        let those = count.voters().max(result.quorum_needed);
        prop_assert_eq!(result.yes >= result.yes_needed, 4 * count.yes >= 3 * those && count.yes > 0);
    }

    #[test]
    fn one_more_in_favour_never_turns_a_pass_into_a_failure(count in any_count(), rule in any_rule()) {
        let before = tally(&count, &rule);
        let mut better = Vec::new();
        if count.not_cast() > 0 {
            better.push(Count { yes: count.yes + 1, ..count });
        }
        if count.no > 0 {
            better.push(Count { yes: count.yes + 1, no: count.no - 1, ..count });
        }
        if count.abstain > 0 {
            better.push(Count { yes: count.yes + 1, abstain: count.abstain - 1, ..count });
        }
        if count.present < count.members {
            better.push(Count { yes: count.yes + 1, present: count.present + 1, ..count });
        }
        for count in better {
            prop_assert!(!before.passed || tally(&count, &rule).passed);
        }
    }

    #[test]
    fn one_more_against_never_turns_a_failure_into_a_pass(count in any_count(), rule in any_rule()) {
        let before = tally(&count, &rule);
        let mut worse = Vec::new();
        if count.not_cast() > 0 {
            worse.push(Count { no: count.no + 1, ..count });
        }
        if count.yes > 0 {
            worse.push(Count { yes: count.yes - 1, no: count.no + 1, ..count });
            worse.push(Count { yes: count.yes - 1, abstain: count.abstain + 1, ..count });
            worse.push(Count { yes: count.yes - 1, ..count });
        }
        // More members with nobody more present only raises the quorum.
        worse.push(Count { members: count.members + 1, ..count });
        for count in worse {
            prop_assert!(before.passed || !tally(&count, &rule).passed);
        }
    }

    #[test]
    fn what_is_needed_is_the_least_that_carries(count in any_count(), rule in any_rule()) {
        let needed = tally(&count, &rule).yes_needed;
        let left_out = if rule.abstention_counts { 0 } else { count.abstain };
        let open = count.voters() - left_out;
        prop_assume!(open > 0 && tally(&count, &rule).quorum_met);
        prop_assert!(needed <= open, "everybody together can carry");
        let with = |yes: u32| Count { yes, no: open - yes, abstain: count.abstain.min(count.voters() - open), ..count };
        prop_assert!(tally(&with(needed), &rule).passed);
        prop_assert!(!tally(&with(needed - 1), &rule).passed);
    }

    #[test]
    fn what_is_missing_is_enough_and_no_less_is(count in any_count(), rule in any_rule()) {
        let Missing::More { present, yes } = tally(&count, &rule).missing else { return Ok(()) };
        // Those who come agree; those already there who have not voted agree as far as the sentence asks.
        let come = |present: u32, yes: u32| {
            let voted = yes.min(count.not_cast());
            let count = Count { present: count.present + present, yes: count.yes + present + voted, ..count };
            tally(&count, &rule)
        };
        prop_assert!(count.present + present <= count.members);
        prop_assert!(come(present, yes).quorum_met);
        prop_assert!(present == 0 || !come(present - 1, yes).quorum_met);
        if present == 0 && yes <= count.not_cast() {
            prop_assert!(come(0, yes).passed);
            prop_assert!(yes == 0 || !come(0, yes - 1).passed);
        }
    }

    #[test]
    fn out_of_reach_stays_out_of_reach(count in any_count(), rule in any_rule()) {
        prop_assume!(tally(&count, &rule).missing == Missing::OutOfReach);
        let absent = count.members - count.present;
        let best = Count { present: count.members, yes: count.yes + count.not_cast() + absent, ..count };
        prop_assert!(!tally(&best, &rule).passed);
    }

    #[test]
    fn the_order_of_the_votes_does_not_matter(votes in prop::collection::vec(0_u8..3, 0..60).prop_shuffle()) {
        let choice = |vote: &u8| match vote { 0 => Choice::Yes, 1 => Choice::No, _ => Choice::Abstain };
        let mut sorted = votes.clone();
        sorted.sort_unstable();
        let of = |votes: &[u8]| tally(&Count::new(figures(90, 60, 0, votes.iter().map(choice))).unwrap(), &review());
        prop_assert_eq!(of(&votes), of(&sorted));
    }

    #[test]
    fn a_unit_left_with_its_share_is_left_with_as_much_as_it_may(voters in 0_u32..300, of_unit in 0_u32..300, den in 1_u32..9) {
        let of_unit = of_unit.min(voters);
        let most = Fraction::new(1, den).unwrap();
        let excess = excess_of_unit(voters, of_unit, most);
        let holds = |excess: u32| !most.exceeded_by(of_unit - excess, voters - excess);
        prop_assert!(holds(excess));
        prop_assert!(excess == 0 || !holds(excess - 1));
    }
}
