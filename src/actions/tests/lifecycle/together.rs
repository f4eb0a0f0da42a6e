//! Two people at once: one wins, the other is told, and nothing happens twice.

use std::{sync::Barrier, thread};

use quanheng_actions::{
    ActionError,
    project::{Advance, advance},
};
use quanheng_domain::{
    document::DocumentKind,
    lifecycle::{Input, Move},
    refusal::RefusalCode,
    stage::Stage,
};

use super::note;
use crate::world::{World, on_each_backend};

// The web tells a conflict with the words of `RefusalCode::Stale`.
fn lost(answer: &Result<quanheng_actions::project::Advanced, ActionError>) -> bool {
    match answer {
        Err(ActionError::Conflict) => true,
        Err(ActionError::Refused(refusal)) => refusal.code == RefusalCode::NotFromHere,
        _ => false,
    }
}

fn race(world: &World, first: Move, second: Move, version: Option<i64>) {
    let project = world.project_at(Stage::Assessment);
    for paper in [DocumentKind::AssessmentOpinion, DocumentKind::PublicityNotice] {
        world.document(project, paper);
    }
    let seen = version.map(|_| world.project(project).version);
    let before = world.events(project).len();
    let barrier = Barrier::new(2);
    let run = |key: Move| {
        let actor = world.actor(world.officer);
        let input = Input(note().into_iter().collect());
        barrier.wait();
        world.act(advance, actor, &Advance { project, key, input, if_version: seen })
    };
    let answers = thread::scope(|scope| {
        let hands = [scope.spawn(|| run(first)), scope.spawn(|| run(second))];
        hands.map(|hand| hand.join().unwrap())
    });
    let won = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(won, 1, "{answers:?}");
    assert!(answers.iter().any(lost), "{answers:?}");
    let events = world.events(project);
    assert_eq!(events.len(), before + 1, "the loser leaves nothing behind");
    let stage = world.project(project).stage;
    assert_eq!(events.last().unwrap().to_stage, stage.to_string());
}

#[test]
fn of_two_who_take_the_same_move_one_wins() {
    on_each_backend(|world| race(world, Move::Publicise, Move::Publicise, None));
}

#[test]
fn of_two_who_decide_differently_one_wins_and_the_other_is_told() {
    on_each_backend(|world| {
        race(world, Move::ReturnApplication, Move::RefuseApplication, Some(0));
    });
}

#[test]
fn a_form_seen_before_the_last_change_is_stale() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Assessment);
        let seen = world.project(project).version;
        world.take(world.officer, project, Move::DeclareEmergency, &note()).unwrap();
        let input = Input(note().into_iter().collect());
        let late = Advance { project, key: Move::Publicise, input, if_version: Some(seen) };
        assert!(matches!(world.act(advance, world.officer, &late), Err(ActionError::Conflict)));
        assert_eq!(world.project(project).stage, Stage::Assessment);
    });
}
