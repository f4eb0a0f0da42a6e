//! The dossier of a project: checklist, seals, defects.

use quanheng_actions::document::dossier::{self, Mend};
use quanheng_domain::{Keyed, ids::ProjectId};
use rocket::{Route, State, get, http::Status, post, routes};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Reply,
    documents::Document,
    id,
    projects::known,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError, pages::projects::dossier as packed};

#[get("/projects/<project>/dossier")]
async fn show(app: &State<App>, actor: ApiActor, project: &str) -> Reply<Value> {
    let (project, now): (ProjectId, _) = (id(project)?, app.now());
    let told = app
        .read(move |conn| {
            let held = dossier::dossier(conn, &actor.actor, project, now)?;
            let items = held.items.iter().map(|item| {
                json!({ "kind": item.kind, "required": item.required, "document": item.document.clone().map(Document::from) })
            });
            let defects = held.defects.iter().map(|row| {
                json!({ "time": row.time, "n": row.ordinal, "body": row.body, "found_at": row.found_at, "answer": row.answer, "answered_at": row.answered_at })
            });
            let seals = held.seals.iter().map(|row| json!({ "document": Document::from(row.clone()), "root": row.note }));
            Ok(json!({
                "rule": held.rule.key(), "missing": held.missing(), "items": items.collect::<Vec<_>>(),
                "defects": defects.collect::<Vec<_>>(), "seals": seals.collect::<Vec<_>>(),
            }))
        })
        .await?;
    Ok(told.into())
}

#[post("/projects/<project>/dossier/seal")]
async fn seal(
    app: &State<App>,
    actor: ApiActor,
    visitor: Visitor,
    once: Once,
    project: &str,
) -> Result<Answer, WebError> {
    let made = packed::seal(app, &visitor, id(project)?).await?;
    app.once(&once, move |tx| {
        let kept = dossier::seal(tx, &actor.actor, &made)?;
        let told = json!({ "id": kept.id, "n": kept.ordinal, "revision": kept.revision, "sha256": made.sha256, "root": made.root, "parts": made.parts });
        Answer::json(Status::Ok, &told)
    })
    .await
}

/// How a defect was mended.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mended {
    answer: String,
}

#[post("/projects/<project>/dossier/defects/<time>/<n>", data = "<told>")]
async fn mend(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    time: i32,
    n: i32,
    told: Body<Mended>,
) -> Result<Answer, WebError> {
    let (project, told): (ProjectId, _) = (id(project)?, body(told)?);
    let command = Mend { project, time, ordinal: n, answer: told.answer };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        dossier::mend(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "time": time, "n": n }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, seal, mend]
}
