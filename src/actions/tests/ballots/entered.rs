//! Votes that the secretariat enters: source, second person, mail to the member, and counting only then.

use quanheng_actions::ballot::{
    cast::{Cast, cast},
    confirm::{Confirm, confirm},
};
use quanheng_db::ballots;
use quanheng_domain::{
    ids::{BallotId, PersonId},
    notice::NoticeKey,
    records::{Choice, VoteChannel},
    refusal::RefusalCode,
};

use super::{close, counted, for_another, own, reviewing, row, taken, votes};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

fn last_vote(world: &World, ballot: BallotId, person: PersonId) -> Confirm {
    let vote = votes(world, ballot).into_iter().rfind(|vote| vote.person_id == person);
    Confirm { ballot, vote: vote.unwrap().id }
}

fn refusal_of(result: Result<(), quanheng_actions::ActionError>) -> RefusalCode {
    match result {
        Err(quanheng_actions::ActionError::Refused(refusal)) => refusal.code,
        other => panic!("not refused but {other:?}"),
    }
}

#[test]
fn an_entered_vote_counts_when_a_second_person_confirmed_it() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let member = world.members[0];
        let entered = for_another(ballot, member, Choice::Yes);
        let receipt = taken(world, world.secretary, &entered);
        assert!(receipt.waits && receipt.ordinal == 1 && receipt.before.is_none());
        assert_eq!((counted(world, ballot).yes, counted(world, ballot).present), (0, 0));
        let owed = world.read(|conn| ballots::owed_by(conn, member, world.now()));
        assert!(owed.iter().any(|row| row.id == ballot), "the member may still vote herself");

        let mails = world.mails(NoticeKey::VoteEntered);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].address, world.address(member));
        assert_eq!(mails[0].payload["reason"], entered.source);

        // In a meeting the ballot might end once all present have voted, but not over an unconfirmed vote.
        taken(world, world.members[1], &own(ballot, Choice::Yes));
        assert_eq!(
            refusal_of(close(world, world.secretary, ballot)),
            RefusalCode::PaperUnconfirmed
        );

        let vote = last_vote(world, ballot, member);
        assert_eq!(world.refusal(confirm, world.secretary, &vote), RefusalCode::SecondPerson);
        assert_eq!(world.refusal(confirm, world.chair, &vote), RefusalCode::NotYours);
        world.act(confirm, world.staff, &vote).unwrap();
        assert_eq!((counted(world, ballot).yes, counted(world, ballot).present), (2, 2));
        let events = world.events(project).len();
        world.act(confirm, world.staff, &vote).unwrap();
        assert_eq!(world.events(project).len(), events, "confirming again changes nothing");

        let last = taken(world, member, &own(ballot, Choice::Abstain));
        assert_eq!((last.ordinal, last.before, last.waits), (2, Some(Choice::Yes), false));
        assert_eq!((counted(world, ballot).yes, counted(world, ballot).abstain), (1, 1));
    });
}

#[test]
fn an_entered_vote_names_its_source_and_is_the_secretariats_to_enter() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let entered = for_another(ballot, world.members[0], Choice::Yes);
        assert_eq!(world.refusal(cast, world.members[1], &entered), RefusalCode::NotYours);
        let bare = Cast { source: " ".into(), channel: VoteChannel::Online, ..entered.clone() };
        assert_eq!(world.faulty(cast, world.secretary, &bare), ["source", "channel"]);
        let scan = Cast { scan: Some(world.id()), ..entered.clone() };
        assert_eq!(world.faulty(cast, world.secretary, &scan), ["scan"]);
        let long = Cast { reason: "长".repeat(4_001), ..entered };
        assert_eq!(world.faulty(cast, world.secretary, &long), ["reason"]);

        taken(world, world.members[2], &own(ballot, Choice::Yes));
        let not_entered = last_vote(world, ballot, world.members[2]);
        assert!(matches!(
            world.act(confirm, world.staff, &not_entered),
            Err(quanheng_actions::ActionError::NotFound)
        ));
        let silent = Cast { reason: String::new(), ..own(ballot, Choice::No) };
        assert_eq!(world.refusal(cast, world.members[3], &silent), RefusalCode::ReasonRequired);
    });
}

#[test]
fn what_nobody_confirmed_in_time_does_not_count() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        taken(world, world.secretary, &for_another(ballot, world.members[0], Choice::Yes));
        let vote = last_vote(world, ballot, world.members[0]);
        world.at(row(world, ballot).closes_at);
        assert_eq!(world.refusal(confirm, world.staff, &vote), RefusalCode::BallotClosed);
        world.tick();
        let result = row(world, ballot).result.unwrap();
        assert_eq!((&result["yes"], &result["present"]), (&0.into(), &0.into()));
    });
}

#[test]
fn a_final_vote_stays_as_it_was_cast() {
    let plan = Plan { rules: &[("vote_change_allowed", "false")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (_, ballot) = reviewing(world);
        taken(world, world.chair, &own(ballot, Choice::Yes));
        let again = world.refused(cast, world.chair, &own(ballot, Choice::Abstain));
        assert_eq!(again.code, RefusalCode::VoteFinal);
        assert_eq!(counted(world, ballot).yes, 1);
    });
}
