//! Who signs the conclusion: the chair, in absence the vice-chairs in their order, marked as acting.

use quanheng_actions::ActionError;
use quanheng_domain::{
    ids::PersonId,
    people::{ProjectRole, Role},
    records::Choice,
    refusal::RefusalCode,
};

use super::{close, reviewing, row, sign};
use crate::world::{World, on_each_backend};

fn code<T: std::fmt::Debug>(result: Result<T, ActionError>) -> RefusalCode {
    match result {
        Err(ActionError::Refused(refusal)) => refusal.code,
        other => panic!("not refused but {other:?}"),
    }
}

fn voted_by(world: &World, people: &[PersonId]) -> quanheng_domain::ids::BallotId {
    let (_, ballot) = reviewing(world);
    world.vote_all(ballot, people, Choice::Yes);
    ballot
}

#[test]
fn the_chair_who_came_signs_once_and_nobody_else() {
    on_each_backend(|world| {
        let ballot = voted_by(world, &world.voters());
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::BallotStillOpen);
        close(world, world.secretary, ballot).unwrap();
        assert_eq!(code(sign(world, world.vices[0], ballot)), RefusalCode::NotYours);
        assert_eq!(code(sign(world, world.members[0], ballot)), RefusalCode::NotYours);
        let hash = sign(world, world.chair, ballot).unwrap();
        assert_eq!(row(world, ballot).conclusion_hash, Some(hash));
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::AlreadySigned);
        let event = world.events(row(world, ballot).project_id.unwrap()).pop().unwrap();
        assert_eq!((event.kind.as_str(), event.on_behalf_of.as_str()), ("conclusion_signed", ""));
        assert_eq!(event.facts["acting"], false);
    });
}

#[test]
fn for_an_absent_chair_the_first_vice_chair_who_came_acts() {
    on_each_backend(|world| {
        // Neither the chair nor the first vice-chair came.
        let came: Vec<_> = [world.vices[1]].into_iter().chain(world.members.clone()).collect();
        let ballot = voted_by(world, &came);
        close(world, world.secretary, ballot).unwrap();
        assert_eq!(code(sign(world, world.members[0], ballot)), RefusalCode::NotYours);
        sign(world, world.vices[1], ballot).unwrap();
        let event = world.events(row(world, ballot).project_id.unwrap()).pop().unwrap();
        assert_eq!(event.on_behalf_of, "主任委员·演示");
        assert_eq!(event.facts["acting"], true);
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::AlreadySigned);
    });
}

#[test]
fn a_chair_who_drafts_leaves_the_signature_to_the_first_vice_chair() {
    on_each_backend(|world| {
        let project = world.project_at(quanheng_domain::stage::Stage::PapersReleased);
        let named = quanheng_actions::project::units::NamePerson {
            project,
            person: world.chair,
            role: ProjectRole::Drafter,
            named: true,
        };
        world.act(quanheng_actions::project::units::name_person, world.secretary, &named).unwrap();
        world.walk(project, quanheng_domain::stage::Stage::Reviewing);
        let ballot = world.ballot(project, quanheng_domain::ballot::BallotPurpose::Review);
        world.vote_all(ballot, &world.voters(), Choice::Yes);
        close(world, world.secretary, ballot).unwrap();
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::NotYours);
        assert_eq!(code(sign(world, world.vices[1], ballot)), RefusalCode::NotYours);
        sign(world, world.vices[0], ballot).unwrap();
    });
}

#[test]
fn whoever_left_office_signs_no_more() {
    on_each_backend(|world| {
        let ballot = voted_by(world, &world.voters());
        close(world, world.secretary, ballot).unwrap();
        world.unseat(world.chair);
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::NotYours);
        world.seat(world.outsider, Role::Chair, 0);
        assert_eq!(code(sign(world, world.outsider, ballot)), RefusalCode::NotYours);
        sign(world, world.vices[0], ballot).unwrap();
    });
}
