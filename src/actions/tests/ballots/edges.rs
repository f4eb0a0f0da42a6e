//! The edge cases 3 to 14 and 24 of the domain rules about votes, each by its number; the sixth has its own file, the arithmetic of
//! the ninth and twelfth is tested where it is done.

use chrono::{Datelike, Days, Months, TimeDelta, Weekday};
use quanheng_actions::ballot::{
    attend::attend,
    cast::{Cast, Taken, cast},
    mandate::{Mandate, mandate as give},
};
use quanheng_db::ballots;
use quanheng_domain::{
    ballot::{BallotPurpose, seats::Recusal},
    deadline,
    ids::{BallotId, PersonId},
    lifecycle::{Field, Move},
    notice::NoticeKey,
    people::Role,
    records::Choice,
    refusal::RefusalCode,
    rules::RuleKey,
    stage::Stage,
};

use super::{close, counted, own, reviewing, sign, taken};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

fn present(world: &World, ballot: BallotId, person: PersonId, here: bool) {
    let actor = world.actor(world.secretary);
    world.write(move |tx| attend(tx, &actor, ballot, person, here)).unwrap();
}

#[test]
fn edge_03_a_member_who_drafts_counts_in_the_membership_and_not_among_the_voters() {
    on_each_backend(|world| {
        world.seat(world.drafter, Role::Member, 90);
        let (_, ballot) = reviewing(world);
        present(world, ballot, world.drafter, true);
        let tally = counted(world, ballot);
        assert_eq!((tally.members, tally.present, tally.recused), (22, 1, 1));
        assert_eq!(tally.quorum_needed, 15, "measured against the full membership");
        // Fourteen others are no quorum of 22, though fifteen people are there.
        let voters = world.voters();
        for voter in &voters[..14] {
            taken(world, *voter, &own(ballot, Choice::Yes));
        }
        let tally = counted(world, ballot);
        assert_eq!((tally.present, tally.quorum_met, tally.passed), (15, false, false));
        taken(world, voters[14], &own(ballot, Choice::Yes));
        let tally = counted(world, ballot);
        assert_eq!((tally.yes_needed, tally.passed), (12, true), "three quarters of fifteen");
    });
}

#[test]
fn edge_04_a_chair_who_drafts_is_recused_and_a_vice_chair_signs() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::PapersReleased);
        let named = quanheng_actions::project::units::NamePerson {
            project,
            person: world.chair,
            role: quanheng_domain::people::ProjectRole::Drafter,
            named: true,
        };
        world.act(quanheng_actions::project::units::name_person, world.secretary, &named).unwrap();
        world.walk(project, Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        let refusal = world.refused(cast, world.chair, &own(ballot, Choice::Yes));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::Recused, Some(RuleKey::DrafterCanVote))
        );
        for voter in world.voters().into_iter().skip(1) {
            taken(world, voter, &own(ballot, Choice::Yes));
        }
        close(world, world.secretary, ballot).unwrap();
        assert!(sign(world, world.chair, ballot).is_err());
        sign(world, world.vices[0], ballot).unwrap();
    });
}

#[test]
fn edge_05_the_drafting_unit_holds_at_most_a_quarter_of_the_voters_by_lot() {
    on_each_backend(|world| {
        // Ten people of the drafting unit take seats: with 21 other members at most seven of them may vote.
        for at in 0..10 {
            let person = world.newcomer("起草单位人员·演示", Some(world.drafting_unit));
            world.seat(person, Role::Member, 100 + at);
        }
        let (_, ballot) = reviewing(world);
        let roll = world.read(|conn| ballots::roll_of(conn, ballot));
        let drawn: Vec<_> = roll
            .iter()
            .filter(|line| line.recusal.as_deref() == Some(Recusal::UnitShare.to_string().as_str()))
            .collect();
        assert_eq!(drawn.len(), 3);
        assert_eq!(roll.iter().filter(|line| line.may_vote).count(), 28);
        let refusal = world.refused(cast, drawn[0].person_id, &own(ballot, Choice::Yes));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::Recused, Some(RuleKey::DrafterUnitShareMax))
        );
    });
}

#[test]
fn one_vote_per_unit_goes_to_its_first_seat_where_the_rule_says_so() {
    let plan = Plan { rules: &[("one_vote_per_unit", "true")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let people: Vec<PersonId> = (0..2)
            .map(|at| {
                let person = world.newcomer("同单位委员·演示", Some(world.drafting_unit));
                world.seat(person, Role::Member, 100 + at);
                person
            })
            .collect();
        let (_, ballot) = reviewing(world);
        let roll = world.read(|conn| ballots::roll_of(conn, ballot));
        let line = |person| roll.iter().find(|line| line.person_id == person).unwrap();
        assert!(line(people[0]).may_vote);
        assert_eq!(line(people[1]).recusal.as_deref(), Some("unit_vote"));
    });
}

#[test]
fn edge_07_what_an_adviser_votes_is_refused_and_kept() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let vote = Cast { reason: "建议补充试验。".into(), ..own(ballot, Choice::No) };
        match world.act(cast, world.adviser, &vote).unwrap() {
            Taken::Opinion(refusal) => assert_eq!(refusal.code, RefusalCode::WithoutVote),
            Taken::Vote(receipt) => panic!("voted: {receipt:?}"),
        }
        assert_eq!(world.read(|conn| ballots::opinions_of(conn, ballot)).len(), 1);
        assert_eq!(counted(world, ballot).no, 0);
    });
}

#[test]
fn edge_08_nobody_votes_for_another_member() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let proxy = Cast {
            person: Some(world.members[1]),
            source: "委托".into(),
            channel: quanheng_domain::records::VoteChannel::Letter,
            ..own(ballot, Choice::Yes)
        };
        assert_eq!(world.refusal(cast, world.members[0], &proxy), RefusalCode::NotYours);
        let mandate = Mandate { ballot, to: Some(world.members[0]), words: "出差".into() };
        let refused = world.refused(give, world.members[1], &mandate);
        assert_eq!(
            (refused.code, refused.rule),
            (RefusalCode::ProxyNotAllowed, Some(RuleKey::ProxyAllowed))
        );
        assert!(refused.cited.is_some(), "the rule is cited");
    });
}

#[test]
fn edge_08_where_the_rule_allows_it_one_other_votes_by_a_mandate_given_before_the_meeting() {
    let plan = Plan { rules: &[("proxy_allowed", "true")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (project, ballot) = reviewing(world);
        let [absent, proxy, second] = [world.members[1], world.members[0], world.members[2]];
        let mandate =
            Mandate { ballot, to: Some(proxy), words: "出差，同意送审稿。".into() };
        let bare = Mandate { words: " ".into(), to: Some(absent), ..mandate.clone() };
        assert_eq!(world.faulty(give, absent, &bare), ["to", "words"]);
        world.act(give, absent, &mandate).unwrap();
        assert_eq!(world.events(project).pop().unwrap().kind, "mandate_given");
        let asked = world.mails(NoticeKey::MandateGiven);
        assert_eq!(asked.iter().map(|mail| mail.person_id).collect::<Vec<_>>(), [Some(proxy)]);
        let full = world.refused(give, second, &mandate);
        assert_eq!(
            (full.code, full.rule),
            (RefusalCode::ProxyTaken, Some(RuleKey::ProxyPerPersonMax))
        );
        let for_absent = Cast { person: Some(absent), ..own(ballot, Choice::Yes) };
        assert_eq!(world.refusal(cast, second, &for_absent), RefusalCode::NotYours);
        let receipt = taken(world, proxy, &for_absent);
        assert!(!receipt.waits, "the mandate is the confirmation");
        taken(world, proxy, &own(ballot, Choice::Yes));
        let tally = counted(world, ballot);
        assert_eq!((tally.present, tally.yes), (2, 2), "whoever is represented takes part");
        // The meeting has begun: no more mandates, and whoever comes after all votes for herself.
        let late = Mandate { to: Some(world.members[3]), ..mandate.clone() };
        assert_eq!(world.refusal(give, second, &late), RefusalCode::ProxyTooLate);
        let own_no = Cast { reason: "缺少低温试验。".into(), ..own(ballot, Choice::No) };
        taken(world, absent, &own_no);
        assert_eq!(counted(world, ballot).yes, 1);
        let back = Mandate { to: None, ..mandate };
        world.act(give, absent, &back).unwrap();
        world.act(give, absent, &back).unwrap();
        assert_eq!(world.mails(NoticeKey::MandateWithdrawn).len(), 1, "told once");
        assert_eq!(world.refusal(cast, proxy, &for_absent), RefusalCode::NotYours);
    });
}

#[test]
fn edge_10_whoever_left_before_voting_is_not_there_and_who_voted_was() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let voters = world.voters();
        for voter in &voters {
            present(world, ballot, *voter, true);
        }
        assert!(counted(world, ballot).quorum_met);
        // Thirteen vote and eight leave without a vote: thirteen of twenty-one are no quorum.
        for voter in &voters[..13] {
            taken(world, *voter, &own(ballot, Choice::Yes));
        }
        for voter in &voters[13..] {
            present(world, ballot, *voter, false);
        }
        let tally = counted(world, ballot);
        assert_eq!((tally.present, tally.quorum_needed, tally.quorum_met), (13, 14, false));
        assert!(!tally.passed);
        // A fourteenth votes and leaves: at the moment of the vote fourteen took part.
        taken(world, voters[13], &own(ballot, Choice::Yes));
        present(world, ballot, voters[13], false);
        let tally = counted(world, ballot);
        assert_eq!((tally.present, tally.quorum_met, tally.passed), (14, true, true));
    });
}

#[test]
fn edge_11_online_and_on_site_both_count_as_present() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        present(world, ballot, world.members[0], true);
        taken(world, world.members[1], &own(ballot, Choice::Yes));
        assert_eq!(counted(world, ballot).present, 2);
    });
}

#[test]
fn edge_13_a_closed_ballot_never_changes() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        for voter in world.voters() {
            taken(world, voter, &own(ballot, Choice::Yes));
        }
        close(world, world.secretary, ballot).unwrap();
        let late = world.refusal(cast, world.members[0], &own(ballot, Choice::No));
        assert_eq!(late, RefusalCode::BallotClosed);
        assert_eq!(counted(world, ballot).yes, 21);
        assert_eq!(world.project(project).stage, Stage::VotesCounted);
    });
}

#[test]
fn edge_09_a_tie_of_the_committee_is_not_adopted_and_nobody_has_a_casting_vote() {
    // Eight voters, the chair among them.
    let plan = Plan { members: 5, ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::Drafting);
        let ballot = super::matter(world, project, 3);
        for (at, voter) in world.voters().into_iter().enumerate() {
            let (choice, reason) = match at % 2 {
                0 => (Choice::Yes, ""),
                _ => (Choice::No, "条件不成熟"),
            };
            taken(world, voter, &Cast { reason: reason.into(), ..own(ballot, choice) });
        }
        world.at(super::row(world, ballot).closes_at);
        world.tick();
        let result = super::row(world, ballot).result.unwrap();
        assert_eq!((result["yes"].as_u64(), result["no"].as_u64()), (Some(4), Some(4)));
        assert_eq!(result["passed"], false);
        let more = world.refusal(cast, world.chair, &own(ballot, Choice::Yes));
        assert_eq!(more, RefusalCode::BallotClosed);
    });
}

#[test]
fn edge_14_agreeing_with_changes_counts_as_yes() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let changes =
            Cast { remark: "5.2.3按会议意见修改。".into(), ..own(ballot, Choice::Yes) };
        for voter in world.voters() {
            taken(world, voter, &changes);
        }
        let tally = counted(world, ballot);
        assert_eq!((tally.yes, tally.no, tally.passed), (21, 0, true));
    });
}

#[test]
fn edge_24_the_review_begins_on_the_day_for_which_its_papers_went_out_in_time() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::ReviewSubmitted);
        world.consents(project);
        // A month from then falls on a day off, to which a term that runs forward would not keep.
        while (world.today() + Months::new(1)).weekday() != Weekday::Sat {
            world.later(TimeDelta::days(1));
        }
        let day = world.today() + Months::new(1);
        let fields = [(Field::ReviewForm, "meeting".into()), (Field::ReviewOn, day.to_string())];
        world.take_with_papers(world.secretary, project, Move::ReleasePapers, &fields);
        world.at(deadline::start_of(day));
        let until = [(Field::BallotClosesOn, (day + Days::new(1)).to_string())];
        world.take_with_papers(world.secretary, project, Move::OpenReview, &until);
        assert_eq!(world.project(project).stage, Stage::Reviewing);
    });
}
