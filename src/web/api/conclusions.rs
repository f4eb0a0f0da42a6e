//! The conclusion of a ballot over the API: its text, signatures made here, and signatures from paper.

use quanheng_actions::ballot::{conclude, sign};
use quanheng_domain::{
    ballot::signing::SignaturePart,
    ids::{BallotId, ObjectId},
};
use rocket::{Route, State, http::Status, post, put, routes};
use serde::Deserialize;
use serde_json::json;

use super::{
    ballots::readable,
    id,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

/// The body of a text; `seen` is the hash of the text it was edited from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConclusionBody {
    conclusion: String,
    #[serde(default)]
    seen: String,
}

#[put("/ballots/<ballot>/conclusion", data = "<written>")]
async fn conclusion(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    written: Body<ConclusionBody>,
) -> Result<Answer, WebError> {
    let (ballot, written): (BallotId, _) = (id(ballot)?, body(written)?);
    let command = conclude::Edit { ballot, text: written.conclusion, seen: written.seen };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        let hash = conclude::edit(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "ballot": ballot, "sha256": hash }))
    })
    .await
}

/// The body of a signature: the text, or the hash of the text that stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureBody {
    #[serde(default)]
    conclusion: String,
    #[serde(default)]
    sha256: String,
}

#[post("/ballots/<ballot>/signature", data = "<signed>")]
async fn signature(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    signed: Body<SignatureBody>,
) -> Result<Answer, WebError> {
    let (ballot, signed): (BallotId, _) = (id(ballot)?, body(signed)?);
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        let hash = match signed.sha256.is_empty() {
            true => sign::sign(tx, &actor.actor, ballot, &signed.conclusion)?,
            false => sign::sign_shown(tx, &actor.actor, ballot, &signed.sha256)?,
        };
        Answer::json(Status::Ok, &json!({ "ballot": ballot, "sha256": hash }))
    })
    .await
}

/// The body of a signature from paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperBody {
    part: SignaturePart,
    person: String,
    scan: String,
}

#[post("/ballots/<ballot>/signatures", data = "<entered>")]
async fn from_paper(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    entered: Body<PaperBody>,
) -> Result<Answer, WebError> {
    let (ballot, entered): (BallotId, _) = (id(ballot)?, body(entered)?);
    let (person, scan) = (id(&entered.person)?, id(&entered.scan)?);
    let command = conclude::Scan { ballot, part: entered.part, person, scan };
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        let signature = conclude::enter_scan(tx, &actor.actor, &command)?;
        Answer::json(Status::Created, &json!({ "ballot": ballot, "id": signature }))
    })
    .await
}

#[post("/ballots/<ballot>/signatures/<signature>/confirmation")]
async fn confirmation(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    ballot: &str,
    signature: &str,
) -> Result<Answer, WebError> {
    let (ballot, signature): (BallotId, ObjectId) = (id(ballot)?, id(signature)?);
    app.once(&once, move |tx| {
        readable(tx.conn(), ballot, &actor.actor)?;
        conclude::confirm_scan(tx, &actor.actor, ballot, signature)?;
        Answer::json(Status::Ok, &json!({ "ballot": ballot, "signature": signature }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![conclusion, signature, from_paper, confirmation]
}
