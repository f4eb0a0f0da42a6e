//! What surrounds a vote: declarations of interests, required changes, contested clauses.

use quanheng_actions::{
    ActionError,
    ballot::{
        cast::{Cast, cast},
        change::{Finish, Require, finish, require},
        declare::{Declare, declare},
        meeting::{Position, argue, go_to},
    },
};
use quanheng_db::ballot_parts;
use quanheng_domain::{
    lifecycle::Move,
    records::{Choice, Stance},
    refusal::RefusalCode,
    rules::RuleKey,
    stage::Stage,
};

use super::{counted, own, reviewing, taken};
use crate::world::{Plan, on_each_backend, on_each_backend_with};

#[test]
fn whoever_declares_an_interest_is_recused_until_it_is_taken_back() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let member = world.members[0];
        taken(world, member, &own(ballot, Choice::Yes));
        let bare = Declare { ballot, conflicted: true, details: " ".into() };
        assert_eq!(world.faulty(declare, member, &bare), ["details"]);
        let conflicted =
            Declare { details: "与起草单位有合作项目".into(), ..bare.clone() };
        world.act(declare, member, &conflicted).unwrap();
        let tally = counted(world, ballot);
        assert_eq!((tally.present, tally.recused, tally.yes), (1, 1, 0), "the vote counts no more");
        let refusal = world.refused(cast, member, &own(ballot, Choice::Yes));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::Recused, Some(RuleKey::InterestDeclaration))
        );
        assert_eq!(world.events(project).pop().unwrap().kind, "interest_declared");
        world.act(declare, member, &Declare { conflicted: false, ..bare }).unwrap();
        assert_eq!(counted(world, ballot).yes, 1);
        let none = Declare { ballot, conflicted: false, details: String::new() };
        assert_eq!(world.refusal(declare, world.adviser, &none), RefusalCode::WithoutVote);
    });
}

#[test]
fn where_the_rule_asks_nobody_votes_before_declaring() {
    let plan = Plan { rules: &[("interest_declaration", "true")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (_, ballot) = reviewing(world);
        let member = world.members[0];
        let refusal = world.refused(cast, member, &own(ballot, Choice::Yes));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::DeclarationMissing, Some(RuleKey::InterestDeclaration))
        );
        assert!(refusal.cited.is_some(), "the rule is cited");
        let none = Declare { ballot, conflicted: false, details: String::new() };
        world.act(declare, member, &none).unwrap();
        taken(world, member, &own(ballot, Choice::Yes));
    });
}

#[test]
fn an_abstention_gives_reasons_where_the_rule_asks_for_them() {
    let plan = Plan { rules: &[("vote_abstain_reason_required", "true")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (_, ballot) = reviewing(world);
        let refused = world.refusal(cast, world.members[0], &own(ballot, Choice::Abstain));
        assert_eq!(refused, RefusalCode::ReasonRequired);
        let reasoned = Cast { reason: "不熟悉该领域".into(), ..own(ballot, Choice::Abstain) };
        taken(world, world.members[0], &reasoned);
    });
}

#[test]
fn edge_14_required_changes_are_done_before_the_dossier_goes_out() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::ReviewPassed);
        let ballot = world.ballot(project, quanheng_domain::ballot::BallotPurpose::Review);
        let wanted = Require {
            ballot,
            clause: "5.2.3".into(),
            body: "补充低温下的试验数据".into(),
            responsible: None,
        };
        assert_eq!(world.refusal(require, world.members[0], &wanted), RefusalCode::NotYours);
        let empty = Require { body: " ".into(), ..wanted.clone() };
        assert_eq!(world.faulty(require, world.secretary, &empty), ["body"]);
        let change = world.act(require, world.secretary, &wanted).unwrap();
        let Err(ActionError::Refused(refusal)) =
            world.take(world.secretary, project, Move::SubmitDossier, &[])
        else {
            panic!("the dossier went out");
        };
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::ChangesOpen, Some(RuleKey::ChangesBeforeDossier))
        );
        let done = Finish { ballot, change, note: "已补充表4".into() };
        assert_eq!(world.refusal(finish, world.members[0], &done), RefusalCode::NotYours);
        world.act(finish, world.drafter, &done).unwrap();
        assert_eq!(world.refusal(finish, world.drafter, &done), RefusalCode::AlreadySubmitted);
        assert_eq!(world.read(|conn| ballot_parts::open_changes_of(conn, project)), 0);
    });
}

#[test]
fn edge_52_both_sides_of_a_contested_clause_are_kept() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let secretary = world.actor(world.secretary);
        world.write(move |tx| go_to(tx, &secretary, ballot, "5.2.3")).unwrap();
        let place = world.read(|conn| ballot_parts::place_of(conn, ballot)).unwrap();
        assert_eq!(place.clause, "5.2.3");
        let against = Position {
            ballot,
            clause: "5.2.3".into(),
            person: None,
            stance: Stance::Against,
            body: "试验数据不支持该限值。".into(),
        };
        world.act(argue, world.members[0], &against).unwrap();
        let said = Position {
            person: Some(world.members[1]),
            stance: Stance::For,
            body: "与国际建议一致。".into(),
            ..against.clone()
        };
        assert_eq!(world.refusal(argue, world.members[2], &said), RefusalCode::NotYours);
        world.act(argue, world.secretary, &said).unwrap();
        let kept = world.read(|conn| ballot_parts::positions_of(conn, ballot));
        let sides: Vec<Stance> = kept.iter().map(|row| row.stance).collect();
        assert_eq!(sides, [Stance::Against, Stance::For]);
        assert_eq!(world.events(project).pop().unwrap().kind, "position_recorded");
    });
}
