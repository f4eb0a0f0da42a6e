//! Which checks of drafts bind in a committee, over the API.

use std::collections::BTreeSet;

use quanheng_actions::document::checks::{BindChecks, bind_checks, bound};
use quanheng_domain::check::CheckKind;
use rocket::{Route, State, get, http::Status, put, routes};
use serde::{Deserialize, Serialize};

use super::{
    Reply,
    committees::find,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

/// The checks of a committee as the API tells them.
#[derive(Debug, Serialize)]
struct Bound {
    binding: BTreeSet<CheckKind>,
    advice: BTreeSet<CheckKind>,
}

#[get("/committees/<code>/checks")]
async fn show(app: &State<App>, code: &str) -> Reply<Bound> {
    let code = code.to_owned();
    let told = app
        .read(move |conn| {
            let committee = find(conn, &code)?.id;
            let binding = bound(conn, committee)?;
            let all: BTreeSet<CheckKind> =
                <CheckKind as quanheng_domain::Keyed>::ALL.iter().copied().collect();
            Ok(Bound { advice: all.difference(&binding).copied().collect(), binding })
        })
        .await?;
    Ok(told.into())
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bind {
    binding: BTreeSet<CheckKind>,
    #[serde(default)]
    note: String,
}

#[put("/committees/<code>/checks", data = "<bind>")]
async fn save(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    bind: Body<Bind>,
) -> Result<Answer, WebError> {
    let (code, bind) = (code.to_owned(), body(bind)?);
    app.once(&once, move |tx| {
        let committee = find(tx.conn(), &code)?.id;
        let checks = bind.binding.clone();
        let command = BindChecks { committee, checks, note: bind.note.clone() };
        let changed = bind_checks(tx, &actor.actor, &command)?;
        let told = serde_json::json!({ "binding": command.checks, "changed": changed });
        Answer::json(Status::Ok, &told)
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, save]
}
