//! Search, citations both ways, the impact walk, and plans of re-examination.

use quanheng_actions::ActionError;
use quanheng_actions::search;
use quanheng_actions::specification::relations::{
    self as verbs, Answer as Said, Ask, Cite, Decide,
};
use quanheng_actions::specification::{catalogue::segment, reexamination};
use quanheng_db::relations;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::{deadline, ids::ObjectId, relation::ImpactAnswer};
use rocket::{Route, State, get, http::Status, post, routes};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Listed, Reply, committees, day, id,
    sent::{Body, body},
    slice,
    specifications::find,
};
use crate::pages::public::Shelf;
use crate::{Answer, ApiActor, App, Once, WebError};

#[get("/search?<q>&<on>&<limit>&<offset>")]
async fn searched(
    app: &State<App>,
    shelf: &State<Shelf>,
    q: String,
    on: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<Value>> {
    let (limit, offset) = slice(limit, offset)?;
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let on = day(on.as_deref())?.unwrap_or_else(|| deadline::day_of(now));
    let listed = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let asked = search::search(conn, &catalogue, &q, on)?;
            let total = i64::try_from(asked.hits.len()).unwrap_or(i64::MAX);
            let shown: Vec<&SpecificationRow> = asked
                .hits
                .iter()
                .skip(usize::try_from(offset).unwrap_or(usize::MAX))
                .take(usize::try_from(limit).unwrap_or(0))
                .map(|hit| &catalogue.editions[hit.place])
                .collect();
            let lines = search::mark::lines(conn, &shown, &asked.terms)?;
            let told = shown.iter().map(|row| {
                let lines = lines.get(&row.id).into_iter().flatten().map(|line| {
                    json!({ "clause": line.key, "number": line.number, "heading": line.heading, "pieces": line.pieces })
                });
                json!({
                    "number": row.number, "segment": segment(row), "title_zh": row.title_zh, "title_en": row.title_en,
                    "status": catalogue.state(&row.id, on), "lines": lines.collect::<Vec<_>>(),
                })
            });
            Ok(Listed::new(told.collect(), total, offset))
        })
        .await?;
    Ok(listed.into())
}

#[get("/specifications/<number>/relations")]
async fn show(app: &State<App>, shelf: &State<Shelf>, number: &str) -> Reply<Value> {
    let (now, shelf, number) = (app.now(), Shelf::clone(shelf), number.to_owned());
    let told = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let row = catalogue.find(&number).ok_or(ActionError::NotFound)?;
            let cites = relations::cited_by(conn, row.id)?.into_iter().map(|one| {
                json!({ "id": one.id, "cited": one.cited, "clause": one.clause, "words": one.words, "state": one.state })
            });
            let dependents = verbs::dependents(conn, &catalogue, row, deadline::day_of(now))?;
            let cited_by = dependents.iter().filter_map(|one| {
                let number = &catalogue.edition(&one.edition)?.number;
                Some(json!({ "number": number, "distance": one.distance, "cited": one.by.cited, "clause": one.by.clause, "state": one.by.state }))
            });
            let impact = relations::impact_of(conn, row.id)?.into_iter().map(|one| {
                let number = catalogue.edition(&one.dependent_id).map(|row| row.number.clone());
                json!({ "id": one.id, "number": number, "opened_at": one.opened_at, "answer": one.answer, "note": one.note, "answered_at": one.answered_at })
            });
            Ok(json!({
                "cites": cites.collect::<Vec<_>>(), "cited_by": cited_by.collect::<Vec<_>>(), "impact": impact.collect::<Vec<_>>(),
            }))
        })
        .await?;
    Ok(told.into())
}

/// A citation to enter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited {
    cited: String,
    #[serde(default)]
    clause: String,
}

#[post("/specifications/<number>/citations", data = "<typed>")]
async fn cite(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    typed: Body<Cited>,
) -> Result<Answer, WebError> {
    let (number, typed) = (number.to_owned(), body(typed)?);
    app.once(&once, move |tx| {
        let specification = find(tx.conn(), &number)?.id;
        let command =
            Cite { specification, cited: typed.cited.clone(), clause: typed.clause.clone() };
        let id = verbs::cite(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

/// Whether it is a citation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    confirmed: bool,
}

#[post("/citations/<citation>/decision", data = "<told>")]
async fn decide(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    citation: &str,
    told: Body<Decided>,
) -> Result<Answer, WebError> {
    let (citation, told): (ObjectId, _) = (id(citation)?, body(told)?);
    app.once(&once, move |tx| {
        verbs::decide(tx, &actor.actor, &Decide { citation, confirmed: told.confirmed })?;
        Answer::json(Status::Ok, &json!({ "id": citation, "confirmed": told.confirmed }))
    })
    .await
}

/// What is to change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    reason: String,
}

#[post("/specifications/<number>/impact", data = "<wish>")]
async fn ask(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    wish: Body<Wish>,
) -> Result<Answer, WebError> {
    let (number, wish) = (number.to_owned(), body(wish)?);
    app.once(&once, move |tx| {
        let specification = find(tx.conn(), &number)?.id;
        let command = Ask { specification, reason: wish.reason.clone() };
        let asked = verbs::ask(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "asked": asked }))
    })
    .await
}

/// The answer of those who keep a text that cites.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Impact {
    answer: ImpactAnswer,
    #[serde(default)]
    note: String,
}

#[post("/impact/<task>/answer", data = "<told>")]
async fn answer(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    task: &str,
    told: Body<Impact>,
) -> Result<Answer, WebError> {
    let (task, told): (ObjectId, _) = (id(task)?, body(told)?);
    let command = Said { task, answer: told.answer, note: told.note };
    app.once(&once, move |tx| {
        verbs::answer(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": task, "answer": command.answer }))
    })
    .await
}

#[get("/committees/<code>/reexamination")]
async fn queue(app: &State<App>, shelf: &State<Shelf>, code: &str) -> Reply<Value> {
    let (now, shelf, code) = (app.now(), Shelf::clone(shelf), code.to_owned());
    let told = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let committee = committees::find(conn, &code)?;
            let today = deadline::day_of(now);
            let queue = reexamination::queue(conn, &catalogue, committee.id, today)?;
            let number = |place: usize| catalogue.editions[place].number.clone();
            let texts = queue.texts.iter().map(|one| {
                let evidence = &one.evidence;
                json!({
                    "number": number(one.place), "due_on": evidence.due_on, "overdue": evidence.overdue,
                    "cited_changed": evidence.cited_changed, "feedback": evidence.feedback,
                    "amendments": evidence.amendments, "unused": evidence.unused, "planned": one.planned,
                })
            });
            let missed = queue.missed.iter().map(|(year, place)| json!({ "year": year, "number": number(*place) }));
            let done = queue.done.iter().map(|(year, place, case)| {
                json!({ "year": year, "number": number(*place), "result": case.result, "stage": case.stage })
            });
            Ok(json!({
                "texts": texts.collect::<Vec<_>>(), "missed": missed.collect::<Vec<_>>(), "done": done.collect::<Vec<_>>(),
            }))
        })
        .await?;
    Ok(told.into())
}

/// The plan of a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    year: i32,
    numbers: Vec<String>,
}

#[post("/committees/<code>/reexamination", data = "<wanted>")]
async fn plan(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    wanted: Body<Planned>,
) -> Result<Answer, WebError> {
    let (code, wanted) = (code.to_owned(), body(wanted)?);
    app.once(&once, move |tx| {
        let committee = committees::find(tx.conn(), &code)?.id;
        let editions: Result<Vec<_>, ActionError> =
            wanted.numbers.iter().map(|number| Ok(find(tx.conn(), number)?.id)).collect();
        let command = reexamination::PlanYear { committee, year: wanted.year, editions: editions? };
        let planned = reexamination::plan(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "planned": planned }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![searched, show, cite, decide, ask, answer, queue, plan]
}
