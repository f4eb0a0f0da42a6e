//! Ballots: who votes, who is only heard, votes entered for others, the closing instant, and who signs.

mod closing;
mod conclusions;
mod duties;
mod edges;
mod entered;
mod failing;
mod host;
mod later_edges;
mod matters;
mod rows;
mod secret;
mod signing;
mod voices;

use chrono::Days;
use quanheng_actions::{
    ActionError,
    ballot::{
        cast::{Cast, Taken, VoteReceipt, cast},
        start::{Start, start},
        tally,
    },
};
use quanheng_db::ballots::{self, BallotRow, VoteRow};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose, Tally},
    ids::{BallotId, PersonId, ProjectId},
    records::{Choice, VoteChannel},
    stage::Stage,
};

use crate::world::{Who, World};

/// A vote of one's own.
fn own(ballot: BallotId, choice: Choice) -> Cast {
    Cast {
        ballot,
        person: None,
        choice,
        reason: String::new(),
        remark: String::new(),
        channel: VoteChannel::Online,
        source: String::new(),
        scan: None,
        receipt: String::new(),
    }
}

/// A vote that the secretariat enters for somebody.
fn for_another(ballot: BallotId, person: PersonId, choice: Choice) -> Cast {
    Cast {
        person: Some(person),
        channel: VoteChannel::Paper,
        source: "书面票,4月2日寄到".into(),
        ..own(ballot, choice)
    }
}

/// A project under review with its ballot.
fn reviewing(world: &World) -> (ProjectId, BallotId) {
    let project = world.project_at(Stage::Reviewing);
    (project, world.ballot(project, BallotPurpose::Review))
}

/// Opens a vote by correspondence on some matter of a project.
fn matter(world: &World, project: ProjectId, days: u64) -> BallotId {
    let command = Start {
        project,
        purpose: BallotPurpose::Matter,
        form: BallotForm::Correspondence,
        closes_on: world.today() + Days::new(days),
        question: "是否邀请国外专家参加审定".into(),
    };
    world.act(start, world.secretary, &command).unwrap()
}

/// The receipt of a vote that must be taken.
fn taken(world: &World, who: impl Who, command: &Cast) -> VoteReceipt {
    match world.act(cast, who, command).unwrap() {
        Taken::Vote(receipt) => receipt,
        Taken::Opinion(refusal) => panic!("kept as an opinion: {refusal:?}"),
    }
}

fn row(world: &World, ballot: BallotId) -> BallotRow {
    world.read(|conn| ballots::find(conn, ballot)).unwrap()
}

fn votes(world: &World, ballot: BallotId) -> Vec<VoteRow> {
    world.read(|conn| ballots::votes_of(conn, ballot))
}

fn counted(world: &World, ballot: BallotId) -> Tally {
    let row = row(world, ballot);
    world.ask(|conn| tally::of(conn, &row)).unwrap()
}

/// Signs as a person.
fn sign(world: &World, who: PersonId, ballot: BallotId) -> Result<String, ActionError> {
    let actor = world.actor(who);
    world.write(move |tx| {
        quanheng_actions::ballot::sign::sign(tx, &actor, ballot, "通过审定,按会议意见修改后报批。")
    })
}

/// Closes by hand as a person.
fn close(world: &World, who: PersonId, ballot: BallotId) -> Result<(), ActionError> {
    let actor = world.actor(who);
    world.write(move |tx| quanheng_actions::ballot::sign::close(tx, &actor, ballot))
}
