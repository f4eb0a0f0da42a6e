//! Agreements of recognition, reports of overlaps and surveys of effect over the API: what the pages of keepers and officers do.

use std::time::Duration;

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::comparison::{self, StrikeLine};
use quanheng_actions::specification::invite::{self, Invite};
use quanheng_actions::specification::overlap::{self, Report};
use quanheng_actions::specification::recognition::{self, Confirm, End, Propose};
use quanheng_actions::specification::survey::{self, Answer as Answered, Open, Way};
use quanheng_db::surveys;
use quanheng_domain::Keyed;
use quanheng_domain::ids::{AuthorityId, ObjectId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::records::EvaluationSuggestion;
use quanheng_domain::survey::{SurveyGroup, UseDegree};
use rocket::{Route, State, delete, get, http::Status, post, routes};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::keeping::authority;
use super::sent::{Body, body};
use super::specifications::find;
use super::{Listed, Reply, id};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError};

/// An agreement to propose; authorities by their codes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreement {
    authority: String,
    others: Vec<String>,
    title: String,
    #[serde(default)]
    basis: String,
    texts: Vec<String>,
    effective_on: NaiveDate,
}

#[post("/recognitions", data = "<sent>")]
async fn propose(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    sent: Body<Agreement>,
) -> Result<Answer, WebError> {
    let sent = body(sent)?;
    app.once(&once, move |tx| {
        let unknown = || ActionError::Invalid(vec![FieldFault::new("others", FaultCode::Unknown)]);
        let others: Result<Vec<AuthorityId>, ActionError> = sent
            .others
            .iter()
            .map(|code| {
                authority(tx.conn(), code).map_err(|error| match error {
                    ActionError::Invalid(_) => unknown(),
                    other => other,
                })
            })
            .collect();
        let command = Propose {
            authority: authority(tx.conn(), &sent.authority)?,
            others: others?,
            title: sent.title.clone(),
            basis: sent.basis.clone(),
            texts: sent.texts.join("\n"),
            effective_on: sent.effective_on,
        };
        let id = recognition::propose(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

/// The confirmation of a party.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmed {
    authority: String,
    document: String,
}

#[post("/recognitions/<agreement>/confirmation", data = "<sent>")]
async fn confirm(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    agreement: &str,
    sent: Body<Confirmed>,
) -> Result<Answer, WebError> {
    let (agreement, sent): (ObjectId, _) = (id(agreement)?, body(sent)?);
    app.once(&once, move |tx| {
        let authority = authority(tx.conn(), &sent.authority)?;
        let command = Confirm { agreement, authority, document: sent.document.clone() };
        recognition::confirm(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": agreement }))
    })
    .await
}

/// The end of an agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ended {
    ended_on: NaiveDate,
    note: String,
}

#[post("/recognitions/<agreement>/end", data = "<sent>")]
async fn end(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    agreement: &str,
    sent: Body<Ended>,
) -> Result<Answer, WebError> {
    let (agreement, sent) = (id(agreement)?, body(sent)?);
    let command = End { agreement, ended_on: sent.ended_on, note: sent.note };
    app.once(&once, move |tx| {
        recognition::end(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": agreement, "ended_on": command.ended_on }))
    })
    .await
}

/// A contradiction to report; texts by their numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contradiction {
    local: String,
    national: String,
    words: String,
}

#[post("/overlaps", data = "<sent>")]
async fn report(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    sent: Body<Contradiction>,
) -> Result<Answer, WebError> {
    let sent = body(sent)?;
    app.once(&once, move |tx| {
        let unknown = ActionError::Invalid(vec![FieldFault::new("local", FaultCode::Unknown)]);
        let local = match find(tx.conn(), &sent.local) {
            Ok(row) => row.id,
            Err(ActionError::NotFound) => return Err(unknown),
            Err(error) => return Err(error),
        };
        let (national, words) = (sent.national.clone(), sent.words.clone());
        let id = overlap::report(tx, &actor.actor, &Report { local, national, words })?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

#[delete("/comparisons/<study>/lines/<line>")]
async fn strike(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    study: &str,
    line: i32,
) -> Result<Answer, WebError> {
    let study: ObjectId = id(study)?;
    app.once(&once, move |tx| {
        comparison::strike_line(tx, &actor.actor, &StrikeLine { study, ordinal: line })?;
        Answer::json(Status::Ok, &json!({ "id": study, "line": line }))
    })
    .await
}

fn counts<K: Keyed>(all: &[(K, usize)]) -> Value {
    let one = |(key, n): &(K, usize)| (key.key().to_owned(), json!(n));
    Value::Object(all.iter().map(one).collect::<Map<String, Value>>())
}

fn told(sum: &survey::Sum) -> Value {
    let class = |one: &survey::ClassSum| {
        json!({
            "who": one.who, "degrees": counts(&one.degrees), "suggestions": counts(&one.suggestions), "volume": one.volume,
        })
    };
    json!({
        "groups": counts(&sum.groups), "degrees": counts(&sum.degrees), "suggestions": counts(&sum.suggestions),
        "volume": sum.volume, "classes": sum.classes.iter().map(class).collect::<Vec<_>>(),
    })
}

#[get("/specifications/<number>/surveys")]
async fn asked(app: &State<App>, actor: ApiActor, number: &str) -> Reply<Listed<Value>> {
    let number = number.to_owned();
    let read = app.read(move |conn| {
        let edition = find(conn, &number)?;
        care::must_keep(&actor.actor, &edition)?;
        let rows = surveys::of_edition(conn, edition.id)?;
        let ids: Vec<ObjectId> = rows.iter().map(|row| row.id).collect();
        let (answers, invites) =
            (surveys::answers_of(conn, &ids)?, surveys::invites_of(conn, &ids)?);
        let one = rows.iter().map(|row| {
            let own: Vec<_> =
                answers.iter().filter(|answer| answer.survey_id == row.id).cloned().collect();
            let invited = invites.iter().filter(|invite| invite.survey_id == row.id);
            let silent = invited.clone().filter(|invite| invite.answer_id.is_none()).count();
            json!({
                "id": row.id, "question": row.question, "closes_on": row.closes_on, "open_link": row.open_link,
                "invited": invited.count(), "silent": silent, "answers": own.len(), "sum": told(&survey::sum(&own)),
            })
        });
        Ok::<_, ActionError>(Listed::whole(one.collect()))
    });
    Ok(read.await?.into())
}

/// A survey to open; those who are asked one an entry, with name and address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Survey {
    closes_on: NaiveDate,
    #[serde(default)]
    question: String,
    #[serde(default)]
    open_link: bool,
    #[serde(default)]
    invited: Vec<String>,
}

#[post("/specifications/<number>/surveys", data = "<sent>")]
async fn open(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    sent: Body<Survey>,
) -> Result<Answer, WebError> {
    let (number, sent) = (number.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let command = Open {
            specification: find(tx.conn(), &number)?.id,
            question: sent.question.clone(),
            closes_on: sent.closes_on,
            open_link: sent.open_link,
            invited: sent.invited.join("\n"),
        };
        let id = survey::open(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

/// More who are asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Invited {
    invited: Vec<String>,
}

#[post("/surveys/<survey>/invitations", data = "<sent>")]
async fn ask(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    survey: &str,
    sent: Body<Invited>,
) -> Result<Answer, WebError> {
    let (survey, sent) = (id(survey)?, body(sent)?);
    let command = Invite { survey, invited: sent.invited.join("\n") };
    app.once(&once, move |tx| {
        let asked = invite::invite(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": survey, "asked": asked }))
    })
    .await
}

#[post("/surveys/<survey>/reminder")]
async fn remind(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    survey: &str,
) -> Result<Answer, WebError> {
    let survey: ObjectId = id(survey)?;
    app.once(&once, move |tx| {
        let reminded = invite::remind(tx, &actor.actor, &survey)?;
        Answer::json(Status::Ok, &json!({ "id": survey, "reminded": reminded }))
    })
    .await
}

/// An answer to a survey; the link is the secret of one who was asked and may be absent where the survey is an open one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    #[serde(default)]
    link: Option<String>,
    who: SurveyGroup,
    #[serde(default)]
    unit: String,
    degree: UseDegree,
    #[serde(default)]
    volume: i32,
    #[serde(default)]
    problems: String,
    #[serde(default)]
    benefit: String,
    #[serde(default)]
    answer: String,
    suggestion: EvaluationSuggestion,
}

#[post("/surveys/<survey>/answers", data = "<sent>")]
async fn answer(
    app: &State<App>,
    visitor: Visitor,
    once: Once,
    survey: &str,
    sent: Body<Said>,
) -> Result<Answer, WebError> {
    let (survey, sent) = (id(survey)?, body(sent)?);
    let hour = Duration::from_secs(3_600);
    app.budgets.spend(&format!("surveys:{}", visitor.address), 10, hour).await?;
    let command = Answered {
        way: sent.link.map_or(Way::Open(survey), Way::Link),
        who: sent.who,
        unit: sent.unit,
        degree: sent.degree,
        volume: sent.volume,
        problems: sent.problems,
        benefit: sent.benefit,
        answer: sent.answer,
        suggestion: sent.suggestion,
    };
    app.once(&once, move |tx| {
        let id = survey::answer(tx, &visitor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![propose, confirm, end, report, strike, asked, open, ask, remind, answer]
}
