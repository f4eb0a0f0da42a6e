//! The closing instant: every vote is counted or refused, whoever comes first; and every ballot has its own clock.

use std::{
    sync::{Barrier, mpsc},
    thread,
    time::Duration,
};

use quanheng_actions::{
    ActionError,
    ballot::{attend::attend, cast::cast, start::Start, start::start},
};
use quanheng_db::{ballots, deadlines};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    lifecycle::DeadlineKind,
    notice::NoticeKey,
    records::Choice,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{close, matter, own, reviewing, row, taken, votes};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

#[test]
fn a_vote_at_the_closing_instant_is_late() {
    on_each_backend(|world| {
        let (_, ballot) = reviewing(world);
        let closes_at = row(world, ballot).closes_at;
        world.at(closes_at - chrono::TimeDelta::microseconds(1));
        taken(world, world.members[0], &own(ballot, Choice::Yes));
        world.at(closes_at);
        let late = world.refused(cast, world.members[1], &own(ballot, Choice::Yes));
        assert_eq!(late.code, RefusalCode::BallotClosed);
        let actor = world.actor(world.members[1]);
        let person = world.members[1];
        let here = world.write(move |tx| attend(tx, &actor, ballot, person, true));
        assert!(
            matches!(here, Err(ActionError::Refused(refusal)) if refusal.code == RefusalCode::BallotClosed)
        );
        world.tick();
        assert_eq!(row(world, ballot).result.unwrap()["yes"], 1);
    });
}

#[test]
fn of_many_votes_at_the_end_each_is_counted_or_refused() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        for _ in 0..3 {
            let ballot = matter(world, project, 3);
            rush(world, ballot);
        }
    });
}

fn rush(world: &World, ballot: quanheng_domain::ids::BallotId) {
    let closes_at = row(world, ballot).closes_at;
    let voters = world.voters();
    let together = Barrier::new(voters.len() + 1);
    let together = &together;
    let accepted: usize = thread::scope(|scope| {
        let casting: Vec<_> = voters
            .iter()
            .map(|voter| {
                scope.spawn(move || {
                    let actor = world.actor(*voter);
                    together.wait();
                    match world.act(cast, actor, &own(ballot, Choice::Yes)) {
                        Ok(_) => 1,
                        Err(ActionError::Refused(refusal)) => {
                            assert_eq!(refusal.code, RefusalCode::BallotClosed);
                            0
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                })
            })
            .collect();
        let closing = scope.spawn(move || {
            together.wait();
            world.at(closes_at);
            close(world, world.secretary, ballot).unwrap();
        });
        closing.join().unwrap();
        casting.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let closed = row(world, ballot);
    assert!(closed.closed_at.is_some());
    assert_eq!(votes(world, ballot).len(), accepted, "what was refused left nothing behind");
    assert_eq!(closed.result.unwrap()["yes"], accepted, "what was taken was counted");
    world.later(chrono::TimeDelta::hours(9));
}

#[test]
fn a_vote_under_way_is_waited_for_by_the_count() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let ballot = matter(world, project, 3);
        let (voted, has_voted) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let actor = world.actor(world.members[0]);
        thread::scope(|scope| {
            let voting = scope.spawn(move || {
                world.write(move |tx| {
                    cast(tx, &actor, &own(ballot, Choice::Yes))?;
                    voted.send(()).unwrap();
                    // Bounded, so that a database with a single writer only waits for nothing.
                    let _ = may_go_on.recv_timeout(Duration::from_millis(500));
                    Ok(())
                })
            });
            has_voted.recv().unwrap();
            world.at(row(world, ballot).closes_at);
            let closing = scope.spawn(move || close(world, world.secretary, ballot));
            closing.join().unwrap().unwrap();
            let _ = go_on.send(());
            voting.join().unwrap().unwrap();
        });
        assert_eq!(row(world, ballot).result.unwrap()["yes"], 1, "the vote came first and counts");
    });
}

#[test]
fn nobody_signs_in_to_a_ballot_by_correspondence() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let ballot = matter(world, project, 3);
        let (actor, person) = (world.actor(world.members[0]), world.members[0]);
        let here = world.write(move |tx| attend(tx, &actor, ballot, person, true));
        assert!(
            matches!(here, Err(ActionError::Refused(refusal)) if refusal.code == RefusalCode::NotAMeeting)
        );
    });
}

#[test]
fn after_a_stop_the_clock_reminds_once_and_of_nothing_that_is_over() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let silent = world.voters().len();
        let reminded = || world.mails(NoticeKey::BallotReminder).len();
        matter(world, project, 20);
        // All three reminders fell due while the clock stood.
        world.pass(chrono::TimeDelta::days(20));
        assert_eq!(reminded(), silent);
        world.pass(chrono::TimeDelta::days(2));
        assert_eq!(reminded(), silent, "the end says nothing of reminders");
        matter(world, project, 20);
        world.pass(chrono::TimeDelta::days(30));
        assert_eq!(reminded(), silent, "the vote is over");
    });
}

#[test]
fn reminders_follow_their_rule_whatever_it_counts_by() {
    let plan = Plan {
        rules: &[("reminders_ballot", "1 months, 1/2, 10 days, 2 days")],
        ..Plan::default()
    };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::Drafting);
        let ballot = matter(world, project, 60);
        let closes_at = row(world, ballot).closes_at;
        let open = world.read(|conn| deadlines::open_of(conn, project.cast()));
        let days = |kind| -> Vec<i64> {
            let own = open.iter().filter(|row| row.ballot_id == Some(ballot) && row.kind == kind);
            own.map(|row| (closes_at - row.due_at).num_days()).collect()
        };
        assert!((28..=31).contains(&days(DeadlineKind::BallotReminderFar)[0]));
        assert_eq!(days(DeadlineKind::BallotReminderNear), [30]);
        assert_eq!(days(DeadlineKind::BallotReminderLast), [10, 2]);
    });
}

#[test]
fn each_ballot_of_a_project_keeps_its_own_clock() {
    on_each_backend(|world| {
        let (project, review) = reviewing(world);
        let early = matter(world, project, 1);
        let late = matter_by_meeting(world, project);
        let open = |ballot| {
            let rows = world.read(|conn| deadlines::open_of(conn, project.cast()));
            rows.into_iter()
                .filter(|row| row.kind == DeadlineKind::BallotEnd && row.ballot_id == Some(ballot))
                .count()
        };
        assert_eq!((open(review), open(early)), (1, 1));
        assert_eq!(late, RefusalCode::BallotRunning);

        world.at(row(world, early).closes_at);
        world.tick();
        assert!(row(world, early).closed_at.is_some());
        assert!(row(world, review).closed_at.is_none(), "the other ballot runs on");
        assert_eq!((open(review), open(early)), (1, 0));
        assert_eq!(world.project(project).stage, Stage::Reviewing);
        assert!(!world.mails(NoticeKey::BallotResult).is_empty());

        world.at(row(world, review).closes_at);
        world.tick();
        assert_eq!(world.project(project).stage, Stage::VotesCounted);
        assert_eq!(open(review), 0);
        let closed = world.read(|conn| ballots::of_project(conn, project));
        assert!(closed.iter().all(|ballot| ballot.closed_at.is_some()));
    });
}

fn matter_by_meeting(world: &World, project: quanheng_domain::ids::ProjectId) -> RefusalCode {
    let command = Start {
        project,
        purpose: BallotPurpose::Matter,
        form: BallotForm::Meeting,
        closes_on: world.today() + chrono::Days::new(2),
        question: String::new(),
    };
    world.refusal(start, world.secretary, &command)
}

#[test]
fn a_ballot_of_an_ended_project_takes_no_votes() {
    use quanheng_domain::lifecycle::{Field, Move};
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let note = [(Field::Note, "上位文件废止".to_owned())];
        world.take(world.officer, project, Move::Cancel, &note).unwrap();
        let refused = world.refusal(cast, world.chair, &own(ballot, Choice::Yes));
        assert_eq!(refused, RefusalCode::ProjectEnded);
    });
}
