//! Whom a round asks, and the publication of answers where no move of the life cycle publishes them.

use quanheng_actions::project::details::AskedUnit;
use quanheng_actions::round::{AskUnits, ask_units, publish_hearing};
use quanheng_domain::{ids::RoundId, rules::RecipientClass};
use rocket::{Route, State, http::Status, post, put, routes};
use serde::Deserialize;

use super::{
    id,
    projects::known,
    rounds::readable,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

/// The body that says which units outside the committee are asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    units: Vec<Unit>,
    #[serde(default)]
    if_version: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    name: String,
    class: RecipientClass,
    #[serde(default)]
    address: String,
}

#[put("/projects/<project>/recipients", data = "<asked>")]
async fn ask(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    asked: Body<Asked>,
) -> Result<Answer, WebError> {
    let (project, asked) = (id(project)?, body(asked)?);
    let unit = |unit: Unit| AskedUnit { name: unit.name, class: unit.class, address: unit.address };
    let command = AskUnits {
        project,
        units: asked.units.into_iter().map(unit).collect(),
        if_version: asked.if_version,
    };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        let added = ask_units(tx, &actor.actor, &command)?;
        Answer::json(
            Status::Ok,
            &serde_json::json!({ "project": project, "units": command.units.len(), "added": added }),
        )
    })
    .await
}

#[post("/rounds/<round>/publication")]
async fn publish(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
) -> Result<Answer, WebError> {
    let round: RoundId = id(round)?;
    app.once(&once, move |tx| {
        readable(tx.conn(), round, &actor.actor)?;
        let event = publish_hearing(tx, &actor.actor, &round)?;
        Answer::json(Status::Ok, &serde_json::json!({ "round": round, "event": event }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![ask, publish]
}
