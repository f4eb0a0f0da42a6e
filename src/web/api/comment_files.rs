//! Files of comments, and the challenge that a script answers before it sends comments without an account.

use quanheng_actions::round::{AddFiles, add_files};
use quanheng_db::comment_files::CommentFileRow;
use quanheng_domain::ids::{CommentId, RoundId};
use rocket::{FromForm, Route, State, form::Form, fs::TempFile, get, http::Status, post, routes};
use serde::Serialize;

use super::{Reply, documents::Download, id, rounds::readable};
use crate::pages::consultations::attached;
use crate::proof::{self, Challenge};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError};

/// A file of a comment as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct FileTold {
    n: i32,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
}

impl From<&CommentFileRow> for FileTold {
    fn from(row: &CommentFileRow) -> Self {
        Self {
            n: row.ordinal,
            file_name: row.file_name.clone(),
            media_type: row.media_type.clone(),
            size: row.size,
            sha256: row.sha256.clone(),
        }
    }
}

/// The multipart form of files.
#[derive(FromForm)]
struct Sent<'r> {
    file: Vec<TempFile<'r>>,
}

#[post("/comments/<comment>/files", data = "<sent>")]
async fn add(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    comment: &str,
    sent: Form<Sent<'_>>,
) -> Result<Answer, WebError> {
    let comment: CommentId = id(comment)?;
    let files = attached::taken(app, &sent.file, "file").await?;
    let most = usize::from(app.settings.limits.comment_files);
    let command = AddFiles { comment, link: None, files, most };
    app.once(&once, move |tx| {
        let all = add_files(tx, &actor.actor, &command)?;
        let told: Vec<FileTold> = all.iter().map(FileTold::from).collect();
        Answer::json(Status::Created, &serde_json::json!({ "files": told }))
    })
    .await
}

#[get("/comments/<comment>/files/<n>")]
async fn one(
    app: &State<App>,
    visitor: Visitor,
    comment: &str,
    n: i32,
) -> Result<Download, WebError> {
    attached::open(app, visitor, None, comment, n).await
}

#[get("/rounds/<round>/challenge")]
async fn challenge(app: &State<App>, visitor: Visitor, round: &str) -> Reply<Challenge> {
    let round: RoundId = id(round)?;
    app.read(move |conn| readable(conn, round, &visitor.actor)).await?;
    Ok(proof::challenge(app, round).into())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![add, one, challenge]
}
