//! What the database itself refuses, were an action ever to forget it.

use quanheng_actions::ActionError;
use quanheng_db::{ballots, projects};
use quanheng_domain::{ballot::BallotPurpose, records::Choice, stage::Stage};

use super::reviewed;
use crate::world::on_each_backend;

fn says(answer: Result<(), ActionError>, words: &str) {
    let error = format!("{:?}", answer.unwrap_err());
    assert!(error.contains(words), "{error}");
}

#[test]
fn no_stage_is_written_without_its_event() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        for stage in [Stage::Published, Stage::DraftSubmitted, Stage::DraftingStarted] {
            let answer = world.write(move |tx| {
                let mut row = projects::find(tx.conn(), project)?.unwrap();
                row.stage = stage;
                projects::save(tx.conn(), &mut row)?;
                Ok(())
            });
            says(answer, "a stage changes only with its event");
        }
        assert_eq!(world.project(project).stage, Stage::Drafting);
    });
}

#[test]
fn a_closed_ballot_takes_no_vote_and_stays_as_it_was_counted_and_signed() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        reviewed(world, project, Some(Choice::Yes));
        let answer = world.write(move |tx| {
            let mut vote = ballots::votes_of(tx.conn(), ballot)?.remove(0);
            (vote.id, vote.ordinal) = (tx.id(), 2);
            Ok(ballots::add_vote(tx.conn(), &vote)?)
        });
        says(answer, "a closed ballot takes no vote");
        let change = move |change: fn(&mut ballots::BallotRow)| {
            world.write(move |tx| {
                let mut row = ballots::find(tx.conn(), ballot)?.unwrap();
                change(&mut row);
                ballots::save(tx.conn(), &mut row)?;
                Ok(())
            })
        };
        says(change(|row| row.closed_at = None), "stays as it was counted");
        says(change(|row| row.result = None), "stays as it was counted");
        world.sign(ballot);
        says(change(|row| row.conclusion = "未通过。".into()), "a signed conclusion stays");
        says(change(|row| row.signed_at = None), "a signed conclusion stays");
        change(|row| row.note = "归档".into()).unwrap();
    });
}
