//! Documents of a project: list, upload, download.

use chrono::{DateTime, Utc};
use quanheng_actions::{
    ActionError,
    document::{
        self, Upload, may_read,
        text::{Reading, keep},
    },
};
use quanheng_db::documents::{self, DocumentRow};
use quanheng_domain::{document::DocumentKind, ids::DocumentId, records::Visibility};
use quanheng_store::names;
use rocket::{
    FromForm, Route, State,
    form::Form,
    fs::TempFile,
    get,
    http::{ContentType, Header, Status},
    post,
    response::Responder,
    routes,
};
use serde::Serialize;

use super::{Listed, Reply, id, key, projects::known};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError, reading, receive};

/// A document as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    id: DocumentId,
    n: i32,
    kind: DocumentKind,
    revision: i32,
    title: String,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
    visibility: Visibility,
    uploaded_at: DateTime<Utc>,
    frozen_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
}

impl From<DocumentRow> for Document {
    fn from(row: DocumentRow) -> Self {
        Self {
            id: row.id,
            n: row.ordinal,
            kind: row.kind,
            revision: row.revision,
            title: row.title,
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            visibility: row.visibility,
            uploaded_at: row.uploaded_at,
            frozen_at: row.frozen_at,
            withdrawn_at: row.withdrawn_at,
        }
    }
}

#[get("/projects/<project>/documents")]
async fn list(app: &State<App>, visitor: Visitor, project: &str) -> Reply<Listed<Document>> {
    let project = id(project)?;
    let all = app
        .read(move |conn| {
            let row = known(conn, project, &visitor.actor)?;
            let readable = documents::of_project(conn, project)?
                .into_iter()
                .filter(|document| may_read(&row, document, &visitor.actor));
            Ok(readable.map(Document::from).collect())
        })
        .await?;
    Ok(Listed::whole(all).into())
}

/// The multipart form of an upload.
#[derive(FromForm)]
pub struct Sent<'r> {
    kind: String,
    #[field(default = String::new())]
    title: String,
    #[field(default = String::new())]
    note: String,
    file: TempFile<'r>,
}

#[post("/projects/<project>/documents", data = "<sent>")]
async fn upload(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    sent: Form<Sent<'_>>,
) -> Result<Answer, WebError> {
    let project = id(project)?;
    let kind = key::<DocumentKind>(Some(&sent.kind))?.ok_or_else(WebError::malformed)?;
    let taken = receive::take(app, &sent.file).await?;
    let command = Upload {
        project,
        kind,
        title: sent.title.clone(),
        file_name: taken.file_name,
        media_type: taken.media_type,
        size: taken.size,
        sha256: taken.sha256,
        note: sent.note.clone(),
    };
    let (hash, kind_of) = (&command.sha256, &command.media_type);
    let read = reading::of_kind(app, command.kind, hash, kind_of, command.size).await?;
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        let done = document::upload(tx, &actor.actor, &command)?;
        if let Some(text) = read.clone() {
            keep(tx, &actor.actor, &Reading { document: done.id, text, typed: false })?;
        }
        let told = serde_json::json!({ "id": done.id, "n": done.ordinal, "revision": done.revision, "sha256": command.sha256 });
        Ok(Answer::json(Status::Created, &told)?.at(format!("/api/v1/projects/{project}/documents/{}", done.ordinal)))
    })
    .await
}

/// A file as a download: never shown inside the site.
pub struct Download {
    file: rocket::tokio::fs::File,
    name: String,
    media_type: String,
    size: u64,
}

impl Download {
    /// Opens a file of the store under a name.
    ///
    /// # Errors
    /// 500 when the stored bytes are damaged, 503 when the store is not reachable.
    pub async fn stored(
        app: &App,
        sha256: &str,
        name: String,
        media_type: String,
    ) -> Result<Self, WebError> {
        let hash =
            sha256.parse().map_err(|_| WebError::new(Status::InternalServerError, "fault"))?;
        let opened = app.store.get(hash).await?;
        let file = rocket::tokio::fs::File::from_std(opened.file);
        Ok(Self { file, name, media_type, size: opened.size })
    }
}

impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, _: &'r rocket::Request<'_>) -> rocket::response::Result<'static> {
        let mut answer = rocket::Response::build();
        answer
            .header(ContentType::parse_flexible(&self.media_type).unwrap_or(ContentType::Binary))
            .header(Header::new("Content-Disposition", names::attachment(&self.name)))
            .header(Header::new("Content-Security-Policy", "sandbox; default-src 'none'"))
            .header(Header::new("Content-Length", self.size.to_string()))
            .header(Header::new("Cache-Control", "private, no-store"))
            .streamed_body(self.file);
        answer.ok()
    }
}

/// Opens a document of a project for an actor who may read it, and notes who fetched what is not public.
///
/// # Errors
/// 404 for what the actor may not know of, 500 when the stored bytes are damaged, 503 when the store is not reachable.
pub async fn open(
    app: &App,
    visitor: &Visitor,
    project: &str,
    n: i32,
) -> Result<Download, WebError> {
    let project = id(project)?;
    let actor = visitor.actor.clone();
    let row = app
        .read(move |conn| {
            let row = known(conn, project, &actor)?;
            let document = documents::find(conn, project, n)?.ok_or(ActionError::NotFound)?;
            if may_read(&row, &document, &actor) {
                Ok(document)
            } else {
                Err(ActionError::NotFound)
            }
        })
        .await?;
    let download =
        Download::stored(app, &row.sha256, row.file_name.clone(), row.media_type.clone());
    let download = download.await?;
    if row.visibility != Visibility::Open {
        let (actor, noted) = (visitor.actor.clone(), row.clone());
        app.write(move |tx| document::note_download(tx, &actor, &noted)).await?;
    }
    Ok(download)
}

#[get("/projects/<project>/documents/<n>")]
async fn download(
    app: &State<App>,
    visitor: Visitor,
    project: &str,
    n: i32,
) -> Result<Download, WebError> {
    open(app, &visitor, project, n).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, upload, download]
}
