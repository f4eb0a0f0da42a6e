//! The rows of the review and voting rules (domain rules, 3.6) about what is kept and who is refused; those that figures alone
//! decide are tested where the counting is done.

use proptest::prelude::*;
use quanheng_actions::ballot::{
    cast::{Cast, cast, opine},
    meeting::{Position, argue},
    shares::{self, Share, Wanted},
    tally,
};
use quanheng_db::{ballot_parts, ballots, register};
use quanheng_domain::{
    ids::{BallotId, PersonId},
    people::{Interest, Role},
    records::{Choice, Stance},
    refusal::RefusalCode,
    rules::{RuleKey, seed},
};

use super::{close, counted, own, reviewing, row, taken, votes};
use crate::world::{World, on_each_backend};

#[test]
fn row_record_votes_opinions_and_arguments_are_kept_apart_in_writing() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let no = Cast { reason: "缺少低温试验。".into(), ..own(ballot, Choice::No) };
        taken(world, world.members[0], &no);
        let adviser = world.actor(world.adviser);
        world.write(move |tx| opine(tx, &adviser, ballot, "建议放宽。")).unwrap();
        let side = Position {
            ballot,
            clause: "5.2".into(),
            person: None,
            stance: Stance::Against,
            body: "见试验报告表3。".into(),
        };
        world.act(argue, world.members[0], &side).unwrap();
        let opinions = world.read(|conn| ballots::opinions_of(conn, ballot));
        let arguments = world.read(|conn| ballot_parts::positions_of(conn, ballot));
        assert_eq!((votes(world, ballot).len(), opinions.len(), arguments.len()), (1, 1, 1));
        assert_eq!(
            (opinions[0].person_id, arguments[0].person_id),
            (world.adviser, world.members[0])
        );
        let kinds = world.event_kinds(project);
        let last: Vec<&str> = kinds.iter().rev().take(3).rev().map(String::as_str).collect();
        assert_eq!(last, ["vote_cast", "opinion_recorded", "position_recorded"]);
        assert_eq!(counted(world, ballot).present, 1, "only a vote is counted");
    });
}

#[test]
fn row_non_voters_are_refused_a_vote_under_the_rule_that_lets_them_speak() {
    on_each_backend(|world| {
        world.seat(world.outsider, Role::Invited, 90);
        let (_, ballot) = reviewing(world);
        for person in [world.adviser, world.corresponding, world.outsider] {
            let refused = world.refused(cast, person, &own(ballot, Choice::Yes));
            assert_eq!(
                (refused.code, refused.rule),
                (RefusalCode::WithoutVote, Some(RuleKey::NonVotersSpeak))
            );
        }
        assert!(votes(world, ballot).is_empty());
    });
}

#[test]
fn row_user_side_is_counted_by_units_and_short_of_a_quarter_is_a_warning_only() {
    on_each_backend(|world| {
        let profile = seed("national").unwrap();
        let voters = world.voters();
        let side = |world: &World| {
            let (committee, today) = (world.committee, world.today());
            let all = voters.iter().copied().collect();
            let found = world.ask(|conn| shares::shares(conn, committee, &all, &profile, today));
            let [users] = <[Share; 1]>::try_from(found.unwrap()).expect("no rule on expert groups");
            users
        };
        let all = side(world);
        assert_eq!((all.held, all.voters, all.needed, all.is_short()), (21, 21, 6, false));
        assert_eq!((all.wanted, all.rule.key.as_str()), (Wanted::Users, "user_share_min"));
        of_testing_bodies(world, &voters[6..]);
        assert_eq!((side(world).held, side(world).is_short()), (6, false), "just a quarter");
        of_testing_bodies(world, &voters[5..]);
        assert_eq!((side(world).held, side(world).is_short()), (5, true));
        // Where an expert group may review in place of the committee, its size and those from outside are told too.
        let local = seed("jiangsu").unwrap();
        let group = |world: &World, people: &[PersonId]| {
            let (committee, today) = (world.committee, world.today());
            let all = people.iter().copied().collect();
            let found = world.ask(|conn| shares::shares(conn, committee, &all, &local, today));
            let told = |one: Share| (one.rule.key.clone(), one.held, one.needed, one.is_short());
            found.unwrap().into_iter().skip(1).map(told).collect::<Vec<_>>()
        };
        let size = |held, short| ("expert_group_min".to_owned(), held, 7, short);
        let outside =
            |held, needed, short| ("external_expert_share_min".to_owned(), held, needed, short);
        assert_eq!(group(world, &voters[..10]), [size(10, false), outside(5, 5, false)]);
        assert_eq!(group(world, &voters[..11]), [size(11, false), outside(5, 6, true)]);
        assert_eq!(group(world, &voters[..6]), [size(6, true), outside(5, 3, false)]);
        // The review opens and passes all the same.
        let (_, ballot) = reviewing(world);
        for voter in &voters {
            taken(world, *voter, &own(ballot, Choice::Yes));
        }
        close(world, world.secretary, ballot).unwrap();
        assert_eq!(row(world, ballot).result.unwrap()["passed"], true);
    });
}

/// The units of these people are testing bodies from now on.
fn of_testing_bodies(world: &World, people: &[PersonId]) {
    let people = people.to_vec();
    let changed = world.write(move |tx| {
        for person in register::people_by(tx.conn(), &people)? {
            let unit = person.organisation_id.expect("everybody has a unit");
            let mut row = register::organisation(tx.conn(), unit)?.expect("it is there");
            row.interest = Interest::Testing;
            register::save_organisation(tx.conn(), &row)?;
        }
        Ok(())
    });
    changed.unwrap();
}

#[test]
fn row_snapshot_who_joins_or_leaves_later_changes_no_count() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let (newcomer, leaver) = (world.newcomer("新委员·演示", None), world.members[0]);
        world.seat(newcomer, Role::Member, 99);
        world.unseat(leaver);
        let refused = world.refusal(cast, newcomer, &own(ballot, Choice::Yes));
        assert_eq!(refused, RefusalCode::NotOnRoll);
        taken(world, leaver, &own(ballot, Choice::Yes));
        let tally = counted(world, ballot);
        assert_eq!((tally.members, tally.present, tally.yes), (21, 1, 1));
    });
}

#[test]
fn row_lock_the_last_vote_before_closing_counts_and_every_version_is_kept() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        for voter in world.voters() {
            taken(world, voter, &own(ballot, Choice::Yes));
        }
        let no = Cast { reason: "见第5章。".into(), ..own(ballot, Choice::No) };
        let receipt = taken(world, world.members[0], &no);
        assert_eq!((receipt.ordinal, receipt.before), (2, Some(Choice::Yes)));
        taken(world, world.members[1], &no);
        taken(world, world.members[1], &own(ballot, Choice::Yes));
        assert_eq!((counted(world, ballot).yes, counted(world, ballot).no), (20, 1));
        close(world, world.secretary, ballot).unwrap();
        let versions: Vec<_> = votes(world, ballot)
            .into_iter()
            .filter(|vote| vote.person_id == world.members[1])
            .map(|vote| (vote.ordinal, vote.choice))
            .collect();
        assert_eq!(versions, [(1, Choice::Yes), (2, Choice::No), (3, Choice::Yes)]);
        let late = world.refusal(cast, world.members[0], &own(ballot, Choice::Yes));
        assert_eq!(late, RefusalCode::BallotClosed);
    });
}

/// Votes of a few people as the table gives them: in the order of person and ordinal, whatever the order in which they were cast.
fn recorded(cast: &[(u8, Choice)]) -> Vec<ballots::VoteRow> {
    let mut rows: Vec<ballots::VoteRow> = Vec::new();
    for (who, choice) in cast {
        let person = PersonId::new(uuid::Uuid::from_u128(u128::from(*who)));
        let before = rows.iter().filter(|row| row.person_id == person).count();
        rows.push(ballots::VoteRow {
            id: quanheng_domain::ids::VoteId::new(uuid::Uuid::from_u128(rows.len() as u128)),
            ballot_id: BallotId::new(uuid::Uuid::nil()),
            person_id: person,
            ordinal: i32::try_from(before).unwrap() + 1,
            choice: *choice,
            reason: String::new(),
            remark: String::new(),
            cast_at: crate::world::beginning(),
            cast_by: person,
            channel: quanheng_domain::records::VoteChannel::Online,
            source: String::new(),
            scan_id: None,
            confirmed_by: None,
            confirmed_at: None,
        });
    }
    rows.sort_by_key(|row| (row.person_id, row.ordinal));
    rows
}

proptest! {
    #[test]
    fn whoever_votes_first_the_same_last_votes_count(
        cast in prop::collection::vec((0_u8..12, 0_u8..3), 0..40),
        order in prop::collection::vec(any::<u32>(), 40),
    ) {
        let choice = |at: u8| [Choice::Yes, Choice::No, Choice::Abstain][usize::from(at)];
        let cast: Vec<(u8, Choice)> = cast.into_iter().map(|(who, at)| (who, choice(at))).collect();
        // The votes of each person stay in order; those of different people come in another.
        let mut other: Vec<usize> = (0..cast.len()).collect();
        other.sort_by_key(|at| order[*at]);
        let mut mixed: Vec<u8> = other.iter().map(|at| cast[*at].0).collect();
        let mut own = std::collections::BTreeMap::<u8, Vec<Choice>>::new();
        for (who, choice) in cast.iter().rev() {
            own.entry(*who).or_default().push(*choice);
        }
        let mixed: Vec<(u8, Choice)> =
            mixed.drain(..).map(|who| (who, own.get_mut(&who).unwrap().pop().unwrap())).collect();
        let last = |cast: &[(u8, Choice)]| -> Vec<(PersonId, Choice)> {
            tally::last_votes(recorded(cast)).into_iter().map(|(who, vote)| (who, vote.choice)).collect()
        };
        prop_assert_eq!(last(&cast), last(&mixed));
    }
}
