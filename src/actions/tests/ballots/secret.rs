//! Secret votes: counted exactly, linked to nobody, changed and checked by receipt alone.

use std::collections::BTreeSet;

use chrono::Days;
use quanheng_actions::ballot::{
    box_vote::check_receipt,
    cast::{Cast, cast},
    matter::{StartMatter, start_matter},
    tally,
};
use quanheng_db::{ballot_parts, ballots};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::BallotId,
    records::Choice,
    refusal::RefusalCode,
};

use super::{counted, for_another, own, row, taken, votes};
use crate::world::{Plan, World, on_each_backend_with};

fn election(world: &World) -> BallotId {
    let command = StartMatter {
        committee: world.committee,
        form: BallotForm::Correspondence,
        closes_on: world.today() + Days::new(7),
        question: "选举副主任委员".into(),
        election: true,
        secret: false,
    };
    world.act(start_matter, world.secretary, &command).unwrap()
}

fn slip(ballot: BallotId, choice: Choice, receipt: &str) -> Cast {
    Cast { receipt: receipt.into(), ..own(ballot, choice) }
}

fn receipt(at: usize) -> String {
    format!("receipt-of-voter-{at:04}")
}

#[test]
fn an_election_is_secret_counted_at_its_end_and_checked_by_receipt() {
    let plan = Plan { members: 5, ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let ballot = election(world);
        let opened = row(world, ballot);
        assert!(opened.secret && opened.purpose == BallotPurpose::Election);
        for (at, voter) in world.voters().into_iter().enumerate() {
            let choice = if at < 6 { Choice::Yes } else { Choice::No };
            taken(world, voter, &slip(ballot, choice, &receipt(at)));
        }
        assert!(votes(world, ballot).is_empty(), "no vote bears a name");
        let open = counted(world, ballot);
        assert_eq!((open.present, open.yes, open.no), (8, 0, 0), "what lies in the box is unseen");
        let early = world.ask(|conn| check_receipt(conn, ballot, &receipt(0)));
        assert!(early.is_err(), "nothing is told before the end");

        world.at(opened.closes_at);
        world.tick();
        let result = counted(world, ballot);
        assert_eq!((result.yes, result.no, result.passed), (6, 2, true));
        let kept = row(world, ballot).result.unwrap();
        assert_eq!((kept["yes"].as_u64(), kept["no"].as_u64()), (Some(6), Some(2)));
        let check = |code: &str| world.ask(|conn| check_receipt(conn, ballot, code)).unwrap();
        assert_eq!(check(&receipt(0)), Some(Choice::Yes));
        assert_eq!(check(&receipt(7)), Some(Choice::No));
        assert_eq!(check("receipt-of-nobody-1"), None);
    });
}

#[test]
fn ledger_and_tables_link_no_voter_to_a_choice() {
    let plan = Plan { members: 2, ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let ballot = election(world);
        for (at, voter) in world.voters().into_iter().enumerate() {
            taken(world, voter, &slip(ballot, Choice::No, &receipt(at)));
        }
        let object = world.committee.cast();
        let events = world.read(|conn| quanheng_db::events::of_object(conn, object));
        let cast: Vec<_> = events.iter().filter(|event| event.kind == "vote_cast").collect();
        assert_eq!(cast.len(), 5, "that they voted is on record, as on a list at the door");
        for event in cast {
            let keys: BTreeSet<&str> =
                event.facts.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, BTreeSet::from(["ballot", "secret"]));
        }
        let slips = world.read(|conn| ballot_parts::box_of(conn, ballot)).unwrap().slips;
        let text = slips.to_string();
        for (at, voter) in world.voters().into_iter().enumerate() {
            assert!(!text.contains(&voter.to_string()), "the box knows no person");
            assert!(!text.contains(&receipt(at)), "the box knows no receipt, only its hash");
        }
        let roll = world.read(|conn| ballots::roll_of(conn, ballot));
        assert!(roll.iter().filter(|line| line.may_vote).all(|line| line.voted));
    });
}

#[test]
fn a_secret_vote_is_changed_by_its_receipt_alone() {
    let plan = Plan { members: 2, ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let ballot = election(world);
        let (one, other) = (world.members[0], world.members[1]);
        taken(world, one, &slip(ballot, Choice::Yes, &receipt(1)));
        taken(world, other, &slip(ballot, Choice::Yes, &receipt(2)));
        let lost = world.refusal(cast, one, &slip(ballot, Choice::No, "some-other-receipt"));
        assert_eq!(lost, RefusalCode::ReceiptUnknown);
        taken(world, one, &slip(ballot, Choice::No, &receipt(1)));
        assert_eq!(
            world.faulty(cast, world.chair, &slip(ballot, Choice::No, &receipt(2))),
            ["receipt"]
        );
        assert_eq!(
            world.faulty(cast, world.chair, &slip(ballot, Choice::No, "short")),
            ["receipt"]
        );
        let entered = Cast { receipt: receipt(9), ..for_another(ballot, world.chair, Choice::Yes) };
        assert_eq!(world.refusal(cast, world.secretary, &entered), RefusalCode::SecretVote);
        let worded = Cast { reason: "理由".into(), ..slip(ballot, Choice::No, &receipt(8)) };
        assert_eq!(world.refusal(cast, world.chair, &worded), RefusalCode::SecretVote);
        world.at(row(world, ballot).closes_at);
        world.tick();
        let (yes, no) = (counted(world, ballot).yes, counted(world, ballot).no);
        assert_eq!((yes, no), (1, 1));
        assert_eq!(world.ask(|conn| tally::box_of(conn, ballot)).unwrap().slips().len(), 2);
    });
}
