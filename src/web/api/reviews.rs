//! What surrounds a review: declarations, required changes, principal reviewers with their findings.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    ballot::{
        change::{Finish, Require, finish, require},
        declare::{Declare, declare},
        mandate::{Mandate, mandate},
    },
    reviewer::{
        finding::{self as findings, Find, find},
        form::{Write, write},
        qualify::{Qualify, qualify},
    },
};
use quanheng_db::{conn::AnyConn, reviews};
use quanheng_domain::{
    ids::{BallotId, CommitteeId, ObjectId, PersonId, ProjectId},
    people::Actor,
    records::{Recommendation, Severity},
    reviewer::ReviewPoint,
};
use rocket::{Route, State, get, http::Status, post, put, routes};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Reply,
    ballots::readable,
    id,
    projects::known,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

/// The body of a declaration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclarationBody {
    conflicted: bool,
    #[serde(default)]
    details: String,
}

#[post("/ballots/<ballot>/declaration", data = "<made>")]
async fn declaration(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    made: Body<DeclarationBody>,
) -> Result<Answer, WebError> {
    let (ballot, made): (BallotId, _) = (id(ballot)?, body(made)?);
    let command = Declare { ballot, conflicted: made.conflicted, details: made.details };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        declare(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "ballot": ballot, "conflicted": command.conflicted }))
    })
    .await
}

/// The body of a mandate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MandateBody {
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    words: String,
}

#[put("/ballots/<ballot>/mandate", data = "<given>")]
async fn give_mandate(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    given: Body<MandateBody>,
) -> Result<Answer, WebError> {
    let (ballot, given): (BallotId, _) = (id(ballot)?, body(given)?);
    let to = given.to.as_deref().map(id).transpose()?;
    let command = Mandate { ballot, to, words: given.words };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        mandate(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "ballot": ballot, "to": command.to }))
    })
    .await
}

/// The body that requires a change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeBody {
    #[serde(default)]
    clause: String,
    body: String,
    #[serde(default)]
    responsible: Option<String>,
}

#[post("/ballots/<ballot>/changes", data = "<wanted>")]
async fn change(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    wanted: Body<ChangeBody>,
) -> Result<Answer, WebError> {
    let (ballot, wanted): (BallotId, _) = (id(ballot)?, body(wanted)?);
    let responsible: Option<PersonId> = wanted.responsible.as_deref().map(id).transpose()?;
    let command = Require { ballot, clause: wanted.clause, body: wanted.body, responsible };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        let change = require(tx, &actor.actor, &command)?;
        Answer::json(Status::Created, &json!({ "id": change }))
    })
    .await
}

/// The body that says how a change was done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoneBody {
    note: String,
}

#[post("/ballots/<ballot>/changes/<change>/done", data = "<done>")]
async fn change_done(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    change: &str,
    done: Body<DoneBody>,
) -> Result<Answer, WebError> {
    let command = Finish { ballot: id(ballot)?, change: id(change)?, note: body(done)?.note };
    app.once(&once, move |tx| {
        readable(tx.conn(), command.ballot, &actor.actor)?;
        finish(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": command.change }))
    })
    .await
}

/// The body that enters a qualification.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct QualificationBody {
    person: String,
    number: String,
    #[serde(default)]
    scope: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
}

#[post("/committees/<committee>/qualifications", data = "<entered>")]
async fn qualification(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    committee: &str,
    entered: Body<QualificationBody>,
) -> Result<Answer, WebError> {
    let (committee, entered): (CommitteeId, _) = (id(committee)?, body(entered)?);
    let command = Qualify {
        committee,
        person: id(&entered.person)?,
        number: entered.number,
        scope: entered.scope,
        valid_from: entered.valid_from,
        valid_until: entered.valid_until,
    };
    app.once(&once, move |tx| {
        let made = qualify(tx, &actor.actor, &command)?;
        Answer::json(Status::Created, &json!({ "id": made }))
    })
    .await
}

/// A principal review as the API tells it.
#[derive(Debug, Clone, Serialize)]
struct Review {
    id: ObjectId,
    person: PersonId,
    qualification: String,
    assigned_at: DateTime<Utc>,
    submitted_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    recommendation: Option<Recommendation>,
    opinion: Option<String>,
    findings: Vec<FindingTold>,
}

#[derive(Debug, Clone, Serialize)]
struct FindingTold {
    id: ObjectId,
    ordinal: i32,
    clause: String,
    severity: Severity,
    body: String,
    proposal: String,
    answer: String,
    settled_at: Option<DateTime<Utc>>,
}

fn told(conn: &mut AnyConn, row: reviews::ReviewRow) -> Result<Review, ActionError> {
    let findings = reviews::findings_of(conn, row.id)?.into_iter().map(|row| FindingTold {
        id: row.id,
        ordinal: row.ordinal,
        clause: row.clause,
        severity: row.severity,
        body: row.body,
        proposal: row.proposal,
        answer: row.answer,
        settled_at: row.settled_at,
    });
    let handed_in = row.submitted_at.is_some();
    Ok(Review {
        findings: findings.collect(),
        id: row.id,
        person: row.person_id,
        qualification: row.qualification,
        assigned_at: row.assigned_at,
        submitted_at: row.submitted_at,
        ended_at: row.ended_at,
        // What is being written belongs to the reviewer until it is handed in.
        recommendation: row.recommendation.filter(|_| handed_in),
        opinion: handed_in.then_some(row.opinion),
    })
}

/// Those who work on the project or have a seat in its committee.
fn inside(conn: &mut AnyConn, project: ProjectId, actor: &Actor) -> Result<(), ActionError> {
    let row = known(conn, project, actor)?;
    let person = actor.person().ok_or(ActionError::NotFound)?;
    let works = person.administrator
        || person.authorities.contains(&row.authority_id)
        || person.projects.iter().any(|(other, _)| *other == project)
        || person.seats.iter().any(|seat| Some(seat.committee) == row.committee_id);
    if works { Ok(()) } else { Err(ActionError::NotFound) }
}

fn inside_of(conn: &mut AnyConn, review: ObjectId, actor: &Actor) -> Result<(), ActionError> {
    let row = reviews::find(conn, review)?.ok_or(ActionError::NotFound)?;
    inside(conn, row.project_id, actor)
}

fn inside_finding(conn: &mut AnyConn, finding: ObjectId, actor: &Actor) -> Result<(), ActionError> {
    let row = reviews::finding(conn, finding)?.ok_or(ActionError::NotFound)?;
    inside_of(conn, row.review_id, actor)
}

#[get("/projects/<project>/reviews")]
async fn of_project(app: &State<App>, actor: ApiActor, project: &str) -> Reply<Vec<Review>> {
    let project: ProjectId = id(project)?;
    let found = app
        .read(move |conn| {
            inside(conn, project, &actor.actor)?;
            let rows = reviews::of_project(conn, project)?;
            rows.into_iter().map(|row| told(conn, row)).collect::<Result<Vec<_>, ActionError>>()
        })
        .await?;
    Ok(found.into())
}

/// The body of the form of a principal review.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WriteBody {
    #[serde(default)]
    checklist: BTreeMap<ReviewPoint, String>,
    #[serde(default)]
    opinion: String,
    #[serde(default)]
    recommendation: Option<Recommendation>,
    #[serde(default)]
    submit: bool,
}

#[put("/reviews/<review>", data = "<written>")]
async fn write_form(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    review: &str,
    written: Body<WriteBody>,
) -> Result<Answer, WebError> {
    let (review, written): (ObjectId, _) = (id(review)?, body(written)?);
    let WriteBody { checklist, opinion, recommendation, submit } = written;
    let command = Write { review, checklist, opinion, recommendation, submit };
    app.once(&once, move |tx| {
        inside_of(tx.conn(), review, &actor.actor)?;
        write(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": review, "submitted": command.submit }))
    })
    .await
}

/// The body of a finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingBody {
    #[serde(default)]
    clause: String,
    severity: Severity,
    body: String,
    #[serde(default)]
    proposal: String,
}

#[post("/reviews/<review>/findings", data = "<found>")]
async fn add_finding(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    review: &str,
    found: Body<FindingBody>,
) -> Result<Answer, WebError> {
    let (review, found): (ObjectId, _) = (id(review)?, body(found)?);
    let FindingBody { clause, severity, body, proposal } = found;
    let command = Find { review, clause, severity, body, proposal };
    app.once(&once, move |tx| {
        inside_of(tx.conn(), review, &actor.actor)?;
        let made = find(tx, &actor.actor, &command)?;
        Answer::json(Status::Created, &json!({ "id": made }))
    })
    .await
}

/// The body of the answer to a finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    text: String,
}

#[post("/findings/<finding>/answer", data = "<given>")]
async fn answer(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    finding: &str,
    given: Body<AnswerBody>,
) -> Result<Answer, WebError> {
    let (finding, given): (ObjectId, _) = (id(finding)?, body(given)?);
    app.once(&once, move |tx| {
        inside_finding(tx.conn(), finding, &actor.actor)?;
        findings::answer(tx, &actor.actor, finding, &given.text)?;
        Answer::json(Status::Ok, &json!({ "id": finding }))
    })
    .await
}

/// The body that settles a finding or opens it again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettlementBody {
    settled: bool,
}

#[post("/findings/<finding>/settlement", data = "<made>")]
async fn settlement(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    finding: &str,
    made: Body<SettlementBody>,
) -> Result<Answer, WebError> {
    let (finding, made): (ObjectId, _) = (id(finding)?, body(made)?);
    app.once(&once, move |tx| {
        inside_finding(tx.conn(), finding, &actor.actor)?;
        findings::settle(tx, &actor.actor, finding, made.settled)?;
        Answer::json(Status::Ok, &json!({ "id": finding, "settled": made.settled }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![
        declaration,
        give_mandate,
        change,
        change_done,
        qualification,
        of_project,
        write_form,
        add_finding,
        answer,
        settlement
    ]
}
