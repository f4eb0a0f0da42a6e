//! Reviews that are invalid or fail (E-3, E-4): where they lead, that results stay, and that a profile says when it is enough.

use chrono::{Days, TimeDelta};
use quanheng_actions::{
    ActionError,
    project::consent::{Consent, consent},
};
use quanheng_db::ballots;
use quanheng_domain::{
    ballot::BallotPurpose,
    ids::{BallotId, ProjectId},
    lifecycle::{Field, Move},
    notice::NoticeKey,
    records::Choice,
    refusal::{Refusal, RefusalCode},
    rules::RuleKey,
    stage::Stage,
};

use super::{own, reviewing, row, taken};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

fn note() -> [(Field, String); 1] {
    [(Field::Note, "未达到法定人数,另行召集。".to_owned())]
}

fn refused(world: &World, project: ProjectId, key: Move, fields: &[(Field, String)]) -> Refusal {
    match world.take(world.secretary, project, key, fields) {
        Err(ActionError::Refused(refusal)) => refusal,
        other => panic!("not refused but {other:?}"),
    }
}

/// The review ends with these votes in favour and nobody else there.
fn ended(world: &World, ballot: BallotId, in_favour: usize, against: usize) {
    let voters = world.voters();
    world.vote_all(ballot, &voters[..in_favour], Choice::Yes);
    world.vote_all(ballot, &voters[in_favour..in_favour + against], Choice::No);
    world.at(row(world, ballot).closes_at);
    world.tick();
}

#[test]
fn a_review_without_quorum_is_convened_again_with_a_reason_and_the_chairs_consent() {
    on_each_backend(|world| {
        let (project, first) = reviewing(world);
        ended(world, first, 13, 0);
        assert_eq!(world.project(project).stage, Stage::VotesCounted);
        let result = row(world, first).result.unwrap();
        assert_eq!(
            (result["quorum_met"].as_bool(), result["passed"].as_bool()),
            (Some(false), Some(false))
        );

        // Thirteen of thirteen agree, and still it neither passed nor failed: it was none.
        for key in [Move::PassReview, Move::FailReview, Move::EndAfterFailure] {
            let refusal = refused(world, project, key, &note());
            assert!(
                matches!(refusal.code, RefusalCode::ReviewNotPassed | RefusalCode::ReviewNotFailed),
                "{key}: {refusal:?}"
            );
        }
        let consents = refused(world, project, Move::Reconvene, &note());
        assert_eq!(consents.code, RefusalCode::ConsentMissing);
        let agreed = Consent { project, agreed: true, note: String::new() };
        for leader in [world.chair, world.vices[0], world.vices[1]] {
            world.act(consent, leader, &agreed).unwrap();
        }
        let bare = world.take(world.secretary, project, Move::Reconvene, &[]);
        let Err(ActionError::Refused(bare)) = bare else { panic!("without a reason: {bare:?}") };
        assert_eq!((bare.code, bare.fields[0].field.as_str()), (RefusalCode::InvalidInput, "note"));
        world.take(world.secretary, project, Move::Reconvene, &note()).unwrap();
        assert_eq!(world.project(project).stage, Stage::ReviewInvalid);
        assert_eq!(world.project(project).failures, 0, "an invalid review is no failure");
        let event = world.events(project).pop().unwrap();
        assert_eq!(event.note, note()[0].1);
        let told = world.mails(NoticeKey::ReviewInvalid);
        assert!(told.iter().any(|mail| mail.address == world.address(world.members[17])));
        assert!(told.iter().any(|mail| mail.address == world.address(world.drafter)));

        let closes = (world.today() + Days::new(3)).to_string();
        let open = [(Field::BallotClosesOn, closes)];
        world.take_with_papers(world.secretary, project, Move::OpenReview, &open);
        let second = world.ballot(project, BallotPurpose::Review);
        assert_ne!(first, second, "a new ballot, with a roll of its own");
        assert_eq!(row(world, second).ordinal, 2);
        ended(world, second, 21, 0);
        assert_eq!(row(world, first).result.unwrap()["quorum_met"], false, "the old result stays");
        assert_eq!(row(world, second).result.unwrap()["passed"], true);
    });
}

#[test]
fn a_failed_review_goes_back_to_the_drafters_and_the_second_ends_the_project() {
    on_each_backend(|world| {
        let (project, first) = reviewing(world);
        ended(world, first, 15, 6);
        let valid = refused(world, project, Move::Reconvene, &note());
        assert_eq!(valid.code, RefusalCode::ReviewWasValid);
        let early = refused(world, project, Move::EndAfterFailure, &note());
        assert_eq!(
            (early.code, early.rule),
            (RefusalCode::FailuresLeft, Some(RuleKey::ReviewFailuresMax))
        );
        world.take(world.secretary, project, Move::FailReview, &note()).unwrap();
        assert_eq!(world.project(project).stage, Stage::ReviewFailed);
        assert!(
            world
                .mails(NoticeKey::ReviewFailed)
                .iter()
                .any(|mail| mail.address == world.address(world.drafter))
        );
        world.take_with_papers(world.drafter, project, Move::ResubmitForReview, &note());
        world.walk(project, Stage::Reviewing);
        let second = world.ballot(project, BallotPurpose::Review);
        ended(world, second, 15, 6);
        let again = refused(world, project, Move::FailReview, &note());
        assert_eq!(
            (again.code, again.rule),
            (RefusalCode::FailuresUsedUp, Some(RuleKey::ReviewFailuresMax))
        );
        world.take(world.secretary, project, Move::EndAfterFailure, &note()).unwrap();
        assert_eq!(world.project(project).stage, Stage::ReviewAbandoned);
        assert!(!world.mails(NoticeKey::ProjectCancelled).is_empty());
        for ballot in [first, second] {
            assert_eq!(row(world, ballot).result.unwrap()["yes"], 15, "no result is ever edited");
        }
    });
}

#[test]
fn the_profile_says_after_how_many_failures_a_project_ends() {
    let plan = Plan { rules: &[("review_failures_max", "1")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (project, ballot) = reviewing(world);
        ended(world, ballot, 15, 6);
        assert_eq!(
            refused(world, project, Move::FailReview, &note()).code,
            RefusalCode::FailuresUsedUp
        );
        world.take(world.secretary, project, Move::EndAfterFailure, &note()).unwrap();
    });
    let plan = Plan { rules: &[("review_failures_max", "3")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let (project, ballot) = reviewing(world);
        ended(world, ballot, 15, 6);
        world.take(world.secretary, project, Move::FailReview, &note()).unwrap();
        world.take_with_papers(world.drafter, project, Move::ResubmitForReview, &note());
        world.walk(project, Stage::Reviewing);
        ended(world, world.ballot(project, BallotPurpose::Review), 15, 6);
        world.take(world.secretary, project, Move::FailReview, &note()).unwrap();
    });
}

#[test]
fn each_reminder_goes_to_the_silent_and_a_quorum_at_risk_is_told_until_it_is_there() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let ballot = super::matter(world, project, 10);
        let end = row(world, ballot).closes_at;
        let voters = world.voters();
        let reminded = |world: &World| world.mails(NoticeKey::BallotReminder).len();
        let warned = |world: &World| world.mails(NoticeKey::QuorumAtRisk).len();

        taken(world, voters[0], &own(ballot, Choice::Yes));
        world.at(end - TimeDelta::days(7));
        world.tick();
        assert_eq!(
            (reminded(world), warned(world)),
            (20, 0),
            "a week before nothing is at risk yet"
        );

        world.at(end - TimeDelta::days(3));
        world.tick();
        assert_eq!(reminded(world), 40);
        let first = world.mails(NoticeKey::QuorumAtRisk);
        assert!(first.iter().any(|mail| mail.address == world.address(world.secretary)));
        assert!(first.iter().any(|mail| mail.address == world.address(world.chair)));
        assert_eq!(first[0].payload["counts"]["silent"], 20);

        // Eleven of 21 are what this matter needs.
        let needed = usize::try_from(super::counted(world, ballot).quorum_needed).unwrap();
        for voter in &voters[1..needed] {
            taken(world, *voter, &own(ballot, Choice::Yes));
        }
        world.at(end - TimeDelta::days(1));
        world.tick();
        assert_eq!(reminded(world), 40 + voters.len() - needed, "the last day's reminder too");
        assert_eq!(warned(world), first.len(), "the quorum is there");
        let all = world.mails(NoticeKey::BallotReminder);
        let late: Vec<_> = all[40..].iter().map(|mail| mail.address.clone()).collect();
        assert!(voters[..needed].iter().all(|voter| !late.contains(&world.address(*voter))));
        let open = world.read(|conn| ballots::owed_by(conn, voters[needed], world.now()));
        assert!(open.iter().any(|row| row.id == ballot));
    });
}
