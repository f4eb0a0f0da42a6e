//! The life of texts over the API: announcements, international sources and studies, agreements of recognition, overlaps, kept searches.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::search::saved;
use quanheng_actions::specification::comparison::{self, Begin, Conclude, Line};
use quanheng_actions::specification::international::followed;
use quanheng_actions::specification::overlap::{self, Decide};
use quanheng_actions::specification::recognition;
use quanheng_db::comparisons::{self, ComparisonLineRow};
use quanheng_db::specifications::{self, AnnouncementItemRow};
use quanheng_db::{catalogue, overlaps, register, saved_searches};
use quanheng_domain::comparison::{Difference, StudyConclusion};
use quanheng_domain::deadline;
use quanheng_domain::ids::{AnnouncementId, AuthorityId, ObjectId, SpecificationId};
use quanheng_domain::overlap::OverlapOutcome;
use quanheng_domain::source::Standing;
use rocket::{Route, State, delete, get, http::Status, post, routes};
use serde::Deserialize;
use serde_json::{Value, json};

use super::sent::{Body, body};
use super::specifications::find;
use super::{Listed, Reply, id, slice};
use crate::pages::public::Shelf;
use crate::{Answer, ApiActor, App, Once, WebError};

#[get("/announcements?<limit>&<offset>")]
async fn announcements(
    app: &State<App>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<Value>> {
    let (limit, offset) = slice(limit, offset)?;
    let read = app.read(move |conn| {
        let (rows, total) = catalogue::announcements(conn, limit, offset)?;
        let ids: Vec<AnnouncementId> = rows.iter().map(|row| row.id).collect();
        let mut items: HashMap<AnnouncementId, Vec<AnnouncementItemRow>> = HashMap::new();
        for item in catalogue::items_of(conn, &ids)? {
            items.entry(item.announcement_id).or_default().push(item);
        }
        let named: Vec<SpecificationId> =
            items.values().flatten().map(|item| item.specification_id).collect();
        let texts = specifications::by_ids(conn, &named)?;
        let number = |id: SpecificationId| {
            texts.iter().find(|row| row.id == id).map(|row| row.number.as_str())
        };
        let told = rows.iter().map(|row| {
            let texts = items.get(&row.id).into_iter().flatten().map(|item| {
                json!({ "number": number(item.specification_id), "act": item.act, "effective_on": item.effective_on })
            });
            json!({
                "id": row.id, "number": row.number, "title": row.title, "on": row.on_day, "body": row.body,
                "complete": row.complete, "texts": texts.collect::<Vec<_>>(),
            })
        });
        Ok::<_, ActionError>(Listed::new(told.collect(), total, offset))
    });
    Ok(read.await?.into())
}

#[get("/sources?<moved>")]
async fn sources(
    app: &State<App>,
    shelf: &State<Shelf>,
    moved: Option<bool>,
) -> Reply<Listed<Value>> {
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let today = deadline::day_of(now);
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        let adopted = catalogue.editions.iter().filter(|row| !row.adopted_source.is_empty());
        let sources = followed(conn, adopted)?;
        let mut told = Vec::new();
        for row in &catalogue.editions {
            if !catalogue.state(&row.id, today).is_in_force() {
                continue;
            }
            for one in sources.get(&row.id).into_iter().flatten() {
                if moved.unwrap_or(false) && !one.moved() {
                    continue;
                }
                let (standing, newest) = match one.standing {
                    Standing::Untold => ("untold", None),
                    Standing::Current => ("current", None),
                    Standing::Renewed { newest } => ("renewed", Some(newest)),
                    Standing::Withdrawn => ("withdrawn", None),
                };
                told.push(json!({
                    "number": row.number, "adoption": row.adoption, "source": one.source.key(), "edition": one.source.edition,
                    "standing": standing, "newest": newest,
                }));
            }
        }
        Ok::<_, ActionError>(Listed::whole(told))
    });
    Ok(read.await?.into())
}

#[get("/searches")]
async fn searches(app: &State<App>, actor: ApiActor) -> Reply<Listed<Value>> {
    let person = actor.person.person;
    let rows = app.read(move |conn| Ok(saved_searches::of_person(conn, person)?)).await?;
    let told = rows.into_iter().map(|row| {
        json!({ "id": row.id, "q": row.question, "saved_at": row.saved_at, "seen_at": row.seen_at })
    });
    Ok(Listed::whole(told.collect()).into())
}

/// A search to keep.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    q: String,
}

#[post("/searches", data = "<sent>")]
async fn keep_search(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    sent: Body<Search>,
) -> Result<Answer, WebError> {
    let sent = body(sent)?;
    app.once(&once, move |tx| {
        let id = saved::keep(tx, &actor.actor, &sent.q)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

#[delete("/searches/<search>")]
async fn forget_search(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    search: &str,
) -> Result<Answer, WebError> {
    let search: ObjectId = id(search)?;
    app.once(&once, move |tx| {
        saved::forget(tx, &actor.actor, search)?;
        Answer::json(Status::Ok, &json!({ "id": search }))
    })
    .await
}

#[get("/recognitions")]
async fn recognitions(app: &State<App>) -> Reply<Listed<Value>> {
    let today = deadline::day_of(app.now());
    let read = app.read(move |conn| {
        let authorities = register::all_authorities(conn)?;
        let code = |id: AuthorityId| authorities.iter().find(|row| row.id == id).map(|row| row.code.as_str());
        let mut told = Vec::new();
        for one in recognition::all(conn)? {
            let texts = specifications::by_ids(conn, &one.texts)?;
            let parties = one.parties.iter().map(|party| {
                json!({ "authority": code(party.authority_id), "confirmed_at": party.confirmed_at, "document": party.document })
            });
            told.push(json!({
                "id": one.row.id, "title": one.row.title, "basis": one.row.basis, "effective_on": one.row.effective_on,
                "ended_on": one.row.ended_on, "note": one.row.note, "state": one.state(today),
                "parties": parties.collect::<Vec<_>>(),
                "texts": texts.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(),
            }));
        }
        Ok::<_, ActionError>(Listed::whole(told))
    });
    Ok(read.await?.into())
}

#[get("/overlaps")]
async fn cases(app: &State<App>, _actor: ApiActor) -> Reply<Listed<Value>> {
    let read = app.read(move |conn| {
        let rows = overlaps::all(conn)?;
        let ids: Vec<SpecificationId> =
            rows.iter().flat_map(|row| [row.local_id, row.national_id]).collect();
        let texts = specifications::by_ids(conn, &ids)?;
        let number = |id: SpecificationId| {
            texts.iter().find(|row| row.id == id).map(|row| row.number.as_str())
        };
        let told = rows.iter().map(|row| {
            json!({
                "id": row.id, "local": number(row.local_id), "national": number(row.national_id), "kind": row.kind, "words": row.words,
                "opened_at": row.opened_at, "outcome": row.outcome, "note": row.note, "decided_at": row.decided_at,
            })
        });
        Ok::<_, ActionError>(Listed::whole(told.collect()))
    });
    Ok(read.await?.into())
}

#[post("/overlaps/check")]
async fn check(app: &State<App>, actor: ApiActor, once: Once) -> Result<Answer, WebError> {
    app.once(&once, move |tx| {
        let opened = overlap::check(tx, &actor.actor, &())?;
        Answer::json(Status::Ok, &json!({ "opened": opened }))
    })
    .await
}

/// What becomes of an overlap.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    outcome: OverlapOutcome,
    note: String,
}

#[post("/overlaps/<case>/decision", data = "<sent>")]
async fn decide(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    case: &str,
    sent: Body<Outcome>,
) -> Result<Answer, WebError> {
    let (case, sent) = (id(case)?, body(sent)?);
    let command = Decide { case, outcome: sent.outcome, note: sent.note };
    app.once(&once, move |tx| {
        overlap::decide(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": case, "outcome": command.outcome }))
    })
    .await
}

fn told(line: &ComparisonLineRow) -> Value {
    json!({
        "line": line.ordinal, "clause": line.clause, "source_clause": line.source_clause, "indicator": line.indicator,
        "ours": line.ours, "theirs": line.theirs, "difference": line.difference, "cause": line.cause,
    })
}

#[get("/specifications/<number>/comparisons")]
async fn studies(app: &State<App>, number: &str) -> Reply<Listed<Value>> {
    let number = number.to_owned();
    let read = app.read(move |conn| {
        let edition = find(conn, &number)?;
        let rows = comparisons::of_edition(conn, edition.id)?;
        let ids: Vec<ObjectId> = rows.iter().map(|row| row.id).collect();
        let lines = comparisons::lines_of(conn, &ids)?;
        let study = rows.iter().map(|row| {
            let own = lines.iter().filter(|line| line.comparison_id == row.id).map(told);
            json!({
                "id": row.id, "source": row.source, "owner": row.owner, "due_on": row.due_on, "conclusion": row.conclusion,
                "note": row.note, "concluded_at": row.concluded_at, "lines": own.collect::<Vec<_>>(),
            })
        });
        Ok::<_, ActionError>(Listed::whole(study.collect()))
    });
    Ok(read.await?.into())
}

/// A study to begin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Study {
    source: String,
    owner: String,
    #[serde(default)]
    owner_address: String,
    due_on: NaiveDate,
}

#[post("/specifications/<number>/comparisons", data = "<sent>")]
async fn begin(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    sent: Body<Study>,
) -> Result<Answer, WebError> {
    let (number, sent) = (number.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let command = Begin {
            specification: find(tx.conn(), &number)?.id,
            source: sent.source.clone(),
            owner: sent.owner.clone(),
            owner_address: sent.owner_address.clone(),
            due_on: sent.due_on,
        };
        let id = comparison::begin(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

/// A line of a study.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineSent {
    #[serde(default)]
    clause: String,
    #[serde(default)]
    source_clause: String,
    indicator: String,
    #[serde(default)]
    ours: String,
    #[serde(default)]
    theirs: String,
    difference: Difference,
    #[serde(default)]
    cause: String,
}

#[post("/comparisons/<study>/lines", data = "<sent>")]
async fn add_line(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    study: &str,
    sent: Body<LineSent>,
) -> Result<Answer, WebError> {
    let (study, sent) = (id(study)?, body(sent)?);
    let command = Line {
        study,
        clause: sent.clause,
        source_clause: sent.source_clause,
        indicator: sent.indicator,
        ours: sent.ours,
        theirs: sent.theirs,
        difference: sent.difference,
        cause: sent.cause,
    };
    app.once(&once, move |tx| {
        let line = comparison::add_line(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "line": line }))
    })
    .await
}

/// What a study concludes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Concluded {
    conclusion: StudyConclusion,
    note: String,
}

#[post("/comparisons/<study>/conclusion", data = "<sent>")]
async fn conclude(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    study: &str,
    sent: Body<Concluded>,
) -> Result<Answer, WebError> {
    let (study, sent) = (id(study)?, body(sent)?);
    let command = Conclude { study, conclusion: sent.conclusion, note: sent.note };
    app.once(&once, move |tx| {
        comparison::conclude(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": study, "conclusion": command.conclusion }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![
        announcements,
        sources,
        searches,
        keep_search,
        forget_search,
        recognitions,
        cases,
        check,
        decide,
        studies,
        begin,
        add_line,
        conclude
    ]
}
