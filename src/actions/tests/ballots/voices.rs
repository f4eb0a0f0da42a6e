//! Those without a vote: their vote is refused with its rule, their words are kept apart and never counted.

use quanheng_actions::{
    ActionError,
    ballot::{
        cast::{Cast, Taken, cast},
        opine::opine,
    },
};
use quanheng_db::ballots;
use quanheng_domain::{
    ids::{BallotId, PersonId},
    people::Role,
    records::Choice,
    refusal::{Refusal, RefusalCode},
    rules::RuleKey,
};

use super::{counted, for_another, own, reviewing, votes};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

fn kept(world: &World, ballot: BallotId) -> Vec<(PersonId, String)> {
    let rows = world.read(|conn| ballots::opinions_of(conn, ballot));
    rows.into_iter().map(|row| (row.person_id, row.text)).collect()
}

fn worded(ballot: BallotId) -> Cast {
    Cast {
        reason: "第5.2条的温度范围偏窄。".into(),
        remark: "建议放宽到0℃~45℃。".into(),
        ..own(ballot, Choice::No)
    }
}

fn refused_but_kept(world: &World, who: PersonId, command: &Cast) -> Refusal {
    match world.act(cast, who, command).unwrap() {
        Taken::Opinion(refusal) => *refusal,
        Taken::Vote(receipt) => panic!("voted: {receipt:?}"),
    }
}

fn opined(world: &World, who: PersonId, ballot: BallotId) -> Result<(), ActionError> {
    let actor = world.actor(who);
    world.write(move |tx| opine(tx, &actor, ballot, "同意草案的技术路线。"))
}

#[test]
fn what_an_adviser_votes_is_refused_and_kept_as_an_opinion() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let before = counted(world, ballot);
        let refusal = refused_but_kept(world, world.adviser, &worded(ballot));
        assert_eq!(refusal.code, RefusalCode::WithoutVote);
        assert_eq!(refusal.rule, Some(RuleKey::NonVotersSpeak));
        let cited = refusal.cited.expect("the rule is cited");
        assert!(cited.article.contains("第三十六条"), "{}", cited.article);
        let text = "第5.2条的温度范围偏窄。\n\n建议放宽到0℃~45℃。";
        assert_eq!(kept(world, ballot), [(world.adviser, text.to_owned())]);
        assert_eq!(votes(world, ballot).len(), 0);
        assert_eq!(counted(world, ballot), before, "an opinion changes no count");
        let last = world.events(project).pop().unwrap();
        assert_eq!(last.kind, "opinion_recorded");
        assert_eq!(last.facts["vote_refused"], "without_vote");

        let bare = world.refusal(cast, world.corresponding, &own(ballot, Choice::Yes));
        assert_eq!(bare, RefusalCode::WithoutVote);
        opined(world, world.corresponding, ballot).unwrap();
        assert_eq!(kept(world, ballot).len(), 2);
        assert_eq!(world.refusal(cast, world.officer, &worded(ballot)), RefusalCode::NotOnRoll);
    });
}

#[test]
fn a_drafter_is_recused_and_heard_and_an_observer_only_listens() {
    on_each_backend(|world| {
        world.seat(world.drafter, Role::Member, 90);
        world.seat(world.outsider, Role::Observer, 91);
        let (_, ballot) = reviewing(world);
        let refusal = refused_but_kept(world, world.drafter, &worded(ballot));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::Recused, Some(RuleKey::DrafterCanVote))
        );
        assert_eq!(kept(world, ballot).len(), 1);

        let heard = world.refusal(cast, world.outsider, &worded(ballot));
        assert_eq!(heard, RefusalCode::WithoutVote);
        match opined(world, world.outsider, ballot) {
            Err(ActionError::Refused(refusal)) => assert_eq!(refusal.code, RefusalCode::NoVoice),
            other => panic!("{other:?}"),
        }
        assert_eq!(kept(world, ballot).len(), 1, "what an observer writes is not kept");
    });
}

#[test]
fn a_paper_of_an_adviser_is_kept_as_the_advisers_opinion() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let mut paper = for_another(ballot, world.adviser, Choice::Yes);
        paper.remark = "同意,无修改意见。".into();
        let refusal = refused_but_kept(world, world.secretary, &paper);
        assert_eq!(refusal.code, RefusalCode::WithoutVote);
        assert_eq!(kept(world, ballot), [(world.adviser, "同意,无修改意见。".to_owned())]);
    });
}

#[test]
fn a_profile_may_leave_those_without_a_vote_unheard() {
    let plan = Plan { rules: &[("non_voters_speak", "false")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (_, ballot) = reviewing(world);
        let refused = world.refusal(cast, world.adviser, &worded(ballot));
        assert_eq!(refused, RefusalCode::WithoutVote);
        match opined(world, world.adviser, ballot) {
            Err(ActionError::Refused(refusal)) => assert_eq!(refusal.code, RefusalCode::NoVoice),
            other => panic!("{other:?}"),
        }
        assert!(kept(world, ballot).is_empty());
    });
}
