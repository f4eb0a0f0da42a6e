//! Matters of the committee itself: a simple majority, a tie is not adopted, the clock closes them.

use chrono::Days;
use quanheng_actions::ballot::matter::{StartMatter, start_matter};
use quanheng_db::events;
use quanheng_domain::{
    ballot::BallotForm, notice::NoticeKey, records::Choice, refusal::RefusalCode,
};

use super::{own, row, taken};
use crate::world::{Plan, on_each_backend_with};

#[test]
fn a_matter_of_the_committee_is_decided_by_simple_majority() {
    // Eight voters: a tie is possible.
    let plan = Plan { members: 5, ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let command = StartMatter {
            committee: world.committee,
            form: BallotForm::Correspondence,
            closes_on: world.today() + Days::new(7),
            question: "是否设立流量校准工作组".into(),
            election: false,
            secret: false,
        };
        let refused = world.refusal(start_matter, world.chair, &command);
        assert_eq!(refused, RefusalCode::NotYours);
        let bare = StartMatter {
            question: " ".into(),
            closes_on: world.today() - Days::new(1),
            ..command.clone()
        };
        let faults = world.faulty(start_matter, world.secretary, &bare);
        assert_eq!(faults, ["question", "closes_on"]);

        for in_favour in [4, 5] {
            let closes_on = world.today() + Days::new(7);
            let ballot = world
                .act(start_matter, world.secretary, &StartMatter { closes_on, ..command.clone() })
                .unwrap();
            for (at, voter) in world.voters().into_iter().enumerate() {
                let choice = if at < in_favour { Choice::Yes } else { Choice::Abstain };
                taken(world, voter, &own(ballot, choice));
            }
            world.at(row(world, ballot).closes_at);
            world.tick();
            let result = row(world, ballot).result.unwrap();
            assert_eq!(result["passed"], in_favour > 4, "{in_favour} of eight: {result}");
        }
        let kinds: Vec<String> = world
            .read(|conn| events::of_object(conn, world.committee.cast()))
            .into_iter()
            .map(|event| event.kind)
            .collect();
        assert_eq!(kinds.iter().filter(|kind| *kind == "ballot_closed").count(), 2, "{kinds:?}");
        assert!(!world.mails(NoticeKey::BallotResult).is_empty());
        let asked = world.mails(NoticeKey::MatterOpened);
        assert!(
            world
                .voters()
                .iter()
                .all(|voter| { asked.iter().any(|mail| mail.address == world.address(*voter)) })
        );
    });
}
