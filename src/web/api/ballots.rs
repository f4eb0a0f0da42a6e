//! Ballots: opening, the tally, voting, presence, closing, signing.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    ballot::{
        attend::attend,
        cast::{self, Cast, Taken},
        confirm::{Confirm, confirm},
        known::may_know,
        matter::{StartMatter, start_matter},
        opine::opine,
        sign::close,
        start::{Start, start},
        tally,
    },
    project::{self, Advance},
};
use quanheng_db::{ballots, conn::AnyConn, register};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::{BallotId, CommitteeId, PersonId, ProjectId, VoteId},
    lifecycle::{Field, Input, Move},
    people::{Actor, Role},
    records::{Choice, VoteChannel},
};
use rocket::{Route, State, get, http::Status, post, put, routes};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Reply, id,
    projects::known,
    rules::TallyTold,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError, problem::Problem};
use crate::{pages::ballots::papers, papers::official::Official};

/// A ballot as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Ballot {
    id: BallotId,
    project: Option<ProjectId>,
    purpose: BallotPurpose,
    form: BallotForm,
    question: String,
    quorum: String,
    majority: String,
    ordinal: i32,
    secret: bool,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    aborted_at: Option<DateTime<Utc>>,
    signed_at: Option<DateTime<Utc>>,
    conclusion_sha256: Option<String>,
    roll: Vec<Line>,
    tally: TallyTold,
    /// Votes entered for others that wait for a second person; the committee's record.
    waiting: Vec<WaitingVote>,
}

/// A vote that the secretariat entered and nobody has confirmed.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingVote {
    id: VoteId,
    person: PersonId,
    choice: Choice,
    channel: VoteChannel,
    source: String,
    entered_by: PersonId,
    entered_at: DateTime<Utc>,
}

/// A line of the roll; the choice is shown for recorded ballots to those who may read the ballot.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    person: PersonId,
    name: String,
    unit: String,
    role: Role,
    may_vote: bool,
    recusal: Option<String>,
    present: bool,
    /// For a secret vote: that a slip was put in.
    voted: bool,
    choice: Option<Choice>,
    reason: Option<String>,
}

/// A ballot as one actor may read it.
pub struct Readable {
    row: ballots::BallotRow,
    roll: Vec<ballots::RollRow>,
    /// Whether names and choices are the actor's to read, as the committee's record; the public reads the counts.
    record: bool,
}

/// A ballot that the actor may know of: on a project those who know the project read its counts, on a matter of the committee those
/// who keep its record.
pub fn readable(
    conn: &mut AnyConn,
    ballot: BallotId,
    actor: &Actor,
) -> Result<Readable, ActionError> {
    let row = ballots::find(conn, ballot)?.ok_or(ActionError::NotFound)?;
    let project = row.project_id.map(|project| known(conn, project, actor)).transpose()?;
    let committee = register::committee(conn, row.committee_id)?;
    let roll = ballots::roll_of(conn, row.id)?;
    let record = may_know(&row, project.as_ref(), committee.as_ref(), &roll, actor);
    match project.is_some() || record {
        true => Ok(Readable { row, roll, record }),
        false => Err(ActionError::NotFound),
    }
}

fn told(vote: &ballots::VoteRow) -> WaitingVote {
    WaitingVote {
        id: vote.id,
        person: vote.person_id,
        choice: vote.choice,
        channel: vote.channel,
        source: vote.source.clone(),
        entered_by: vote.cast_by,
        entered_at: vote.cast_at,
    }
}

#[get("/ballots/<ballot>")]
async fn one(app: &State<App>, visitor: Visitor, ballot: &str) -> Reply<Ballot> {
    let ballot: BallotId = id(ballot)?;
    let actor = visitor.actor.clone();
    let (row, roll, votes, waiting, counted) = app
        .read(move |conn| {
            let Readable { row, roll, record } = readable(conn, ballot, &actor)?;
            let all = ballots::votes_of(conn, ballot)?;
            let waiting: Vec<WaitingVote> = tally::waiting(&all).into_iter().map(told).collect();
            let votes = tally::last_votes(all);
            let counted = tally::of(conn, &row)?;
            let (roll, waiting) = if record { (roll, waiting) } else { Default::default() };
            Ok((row, roll, votes, waiting, counted))
        })
        .await?;
    let line = |line: ballots::RollRow| Line {
        choice: votes.get(&line.person_id).map(|vote| vote.choice),
        reason: votes.get(&line.person_id).map(|vote| vote.reason.clone()),
        person: line.person_id,
        name: line.name,
        unit: line.unit,
        role: line.role,
        may_vote: line.may_vote,
        recusal: line.recusal,
        present: line.present,
        voted: line.voted,
    };
    let sealed = row.is_sealed();
    Ok(Ballot {
        id: row.id,
        project: row.project_id,
        purpose: row.purpose,
        form: row.form,
        question: row.question,
        quorum: row.quorum,
        majority: row.majority,
        ordinal: row.ordinal,
        secret: row.secret,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        closed_at: row.closed_at,
        aborted_at: row.aborted_at,
        signed_at: row.signed_at,
        conclusion_sha256: row.conclusion_hash,
        roll: roll.into_iter().map(line).collect(),
        tally: TallyTold::of(app, &visitor, counted, sealed),
        waiting,
    }
    .into())
}

/// The body that opens a ballot.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBallot {
    purpose: BallotPurpose,
    form: BallotForm,
    closes_on: NaiveDate,
    #[serde(default)]
    question: String,
}

#[post("/projects/<project>/ballots", data = "<new>")]
async fn open(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    new: Body<NewBallot>,
) -> Result<Answer, WebError> {
    let (project, new): (ProjectId, _) = (id(project)?, body(new)?);
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        let ballot = if new.purpose == BallotPurpose::Review {
            let input =
                Input([(Field::BallotClosesOn, new.closes_on.to_string())].into_iter().collect());
            project::advance(
                tx,
                &actor.actor,
                &Advance { project, key: Move::OpenReview, input, if_version: None },
            )?;
            ballots::latest_of(tx.conn(), project, BallotPurpose::Review)?
                .ok_or(ActionError::NotFound)?
                .id
        } else {
            let command = Start {
                project,
                purpose: new.purpose,
                form: new.form,
                closes_on: new.closes_on,
                question: new.question.clone(),
            };
            start(tx, &actor.actor, &command)?
        };
        Ok(Answer::json(Status::Created, &json!({ "id": ballot }))?
            .at(format!("/api/v1/ballots/{ballot}")))
    })
    .await
}

/// The body that opens a vote on a matter of the committee itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewMatter {
    form: BallotForm,
    closes_on: NaiveDate,
    question: String,
    #[serde(default)]
    election: bool,
    #[serde(default)]
    secret: bool,
}

#[post("/committees/<committee>/ballots", data = "<new>")]
async fn open_matter(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    committee: &str,
    new: Body<NewMatter>,
) -> Result<Answer, WebError> {
    let (committee, new): (CommitteeId, _) = (id(committee)?, body(new)?);
    let NewMatter { form, closes_on, question, election, secret } = new;
    let command = StartMatter { committee, form, closes_on, question, election, secret };
    app.once(&once, move |tx| {
        let ballot = start_matter(tx, &actor.actor, &command)?;
        Ok(Answer::json(Status::Created, &json!({ "id": ballot }))?
            .at(format!("/api/v1/ballots/{ballot}")))
    })
    .await
}

/// The body of a vote.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct VoteBody {
    choice: Choice,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    remark: String,
    #[serde(default)]
    person: Option<String>,
    #[serde(default = "meeting")]
    channel: VoteChannel,
    #[serde(default)]
    source: String,
    #[serde(default)]
    scan: Option<String>,
    #[serde(default)]
    receipt: String,
}

fn meeting() -> VoteChannel {
    VoteChannel::Meeting
}

#[put("/ballots/<ballot>/vote", data = "<vote>")]
async fn vote(
    app: &State<App>,
    actor: ApiActor,
    visitor: Visitor,
    once: Once,
    ballot: &str,
    vote: Body<VoteBody>,
) -> Result<Answer, WebError> {
    let (ballot, vote): (BallotId, _) = (id(ballot)?, body(vote)?);
    let command = Cast {
        ballot,
        person: vote.person.as_deref().map(id).transpose()?,
        choice: vote.choice,
        reason: vote.reason,
        remark: vote.remark,
        channel: vote.channel,
        source: vote.source,
        scan: vote.scan.as_deref().map(id).transpose()?,
        receipt: vote.receipt,
    };
    let (told, locale) = (App::clone(app), visitor.locale);
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        match cast::cast(tx, &actor.actor, &command)? {
            Taken::Vote(receipt) => {
                let (ordinal, before) = (receipt.ordinal, receipt.before);
                Answer::json(Status::Ok, &json!({ "ballot": ballot, "ordinal": ordinal, "before": before, "waits": receipt.waits }))
            }
            // Refused, and yet something was written: the opinion must not be rolled back with the vote.
            Taken::Opinion(refusal) => {
                let error = WebError::from(*refusal);
                let problem = Kept { problem: Problem::of(&told, &error, locale, ""), kept_as_opinion: true };
                Answer::json(error.status, &problem)
            }
        }
    })
    .await
}

/// The problem document of a vote that was refused while its words were kept as an opinion.
#[derive(Debug, Clone, Serialize)]
struct Kept {
    #[serde(flatten)]
    problem: Problem,
    kept_as_opinion: bool,
}

#[post("/ballots/<ballot>/votes/<vote>/confirmation")]
async fn confirmation(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    vote: &str,
) -> Result<Answer, WebError> {
    let command = Confirm { ballot: id(ballot)?, vote: id(vote)? };
    app.once(&once, move |tx| {
        readable(tx.conn(), command.ballot, &actor.actor)?;
        confirm(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "ballot": command.ballot, "vote": command.vote }))
    })
    .await
}

/// The body of an opinion.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpinionBody {
    text: String,
}

#[post("/ballots/<ballot>/opinions", data = "<opinion>")]
async fn opinion(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    opinion: Body<OpinionBody>,
) -> Result<Answer, WebError> {
    let (ballot, opinion): (BallotId, _) = (id(ballot)?, body(opinion)?);
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        opine(tx, &actor.actor, ballot, &opinion.text)?;
        Answer::json(Status::Created, &json!({ "ballot": ballot }))
    })
    .await
}

/// The body that marks presence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttendanceBody {
    #[serde(default)]
    person: Option<String>,
    present: bool,
}

#[post("/ballots/<ballot>/attendance", data = "<marked>")]
async fn attendance(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    marked: Body<AttendanceBody>,
) -> Result<Answer, WebError> {
    let (ballot, marked): (BallotId, _) = (id(ballot)?, body(marked)?);
    let person = match marked.person.as_deref() {
        Some(person) => id(person)?,
        None => actor.person.person,
    };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        attend(tx, &actor.actor, ballot, person, marked.present)?;
        Answer::json(
            Status::Ok,
            &json!({ "ballot": ballot, "person": person, "present": marked.present }),
        )
    })
    .await
}

#[post("/ballots/<ballot>/close")]
async fn end(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
) -> Result<Answer, WebError> {
    let ballot: BallotId = id(ballot)?;
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        close(tx, &actor.actor, ballot)?;
        Answer::json(Status::Ok, &json!({ "ballot": ballot }))
    })
    .await
}

#[get("/ballots/<ballot>/papers/<name>")]
async fn paper(
    app: &State<App>,
    actor: ApiActor,
    visitor: Visitor,
    ballot: &str,
    name: &str,
) -> Result<Official, WebError> {
    papers::handed(app, actor.actor, visitor.locale, ballot, name).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![one, open, open_matter, vote, confirmation, opinion, attendance, end, paper]
}
