//! Documents of a project: taking one in, handing one out, withdrawing, opening.

use std::io::SeekFrom;

use quanheng_actions::document::text::{Reading, keep};
use quanheng_actions::document::{self, Upload};
use quanheng_actions::{ActionError, document as verb};
use quanheng_db::{documents, projects};
use quanheng_domain::Keyed;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::records::Visibility;
use quanheng_store::sniff::{self, Bounds, Unfit};
use quanheng_store::{Hash, Received, names};
use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{FromForm, Route, State, get, post, routes};
use tokio::io::AsyncSeekExt;

use super::forms::Again;
use super::show::{Done, Section, finish, once_more, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::idempotency::Once;
use crate::pages::drafts;
use crate::reading;
use crate::receive::words_of;
use crate::typed::Typed;
use crate::views::{Text, Tone};

/// The upload form; a file is read from a temporary place, never from memory.
#[derive(FromForm)]
struct Uploads<'r> {
    document: UploadForm<'r>,
}

/// Its fields, named `document.<field>` like those of every form of the page.
#[derive(FromForm)]
struct UploadForm<'r> {
    #[field(default = "")]
    kind: &'r str,
    #[field(default = "")]
    title: &'r str,
    #[field(default = "")]
    note: &'r str,
    file: Option<TempFile<'r>>,
}

#[post("/projects/<id>/documents", data = "<form>")]
async fn upload(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    once: Once,
    id: &str,
    form: Form<Uploads<'_>>,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let form = form.into_inner().document;
    let typed = Typed::of([
        ("document.kind", form.kind),
        ("document.title", form.title),
        ("document.note", form.note),
    ]);
    let (title, note) = (typed.line("document.title"), typed.text("document.note"));
    let kind = DocumentKind::from_key(typed.raw("document.kind"));
    let taken = match (kind, form.file) {
        (Ok(kind), Some(file)) => match take(app, &file).await {
            Ok(taken) => {
                let command = Upload {
                    project,
                    kind,
                    title,
                    file_name: taken.name,
                    media_type: taken.media_type,
                    size: taken.size,
                    sha256: taken.hash,
                    note,
                };
                enter(app, &once, signed_in, command).await
            }
            Err(error) => Err(error),
        },
        (Err(_), _) => Err(WebError::invalid(vec![FieldFault::new("kind", FaultCode::Missing)])),
        (_, None) => Err(WebError::invalid(vec![FieldFault::new("file", FaultCode::Missing)])),
    };
    match taken {
        // A file that is not taken in costs nobody what was typed beside it.
        Err(error) if matches!(error.kind.as_str(), "unfit_file" | "too_large" | "no_room") => {
            let told = Some(("file".to_owned(), error.sentence()));
            let again = Again { told, ..Again::new("document", typed, Vec::new()) };
            once_more(app, &visitor, project, &again, error.status).await
        }
        taken => finish(app, &visitor, project, "document", typed, taken).await,
    }
}

/// Enters a file that is kept, and its clauses if its kind has any; they are read before the transaction begins.
async fn enter(
    app: &App,
    once: &Once,
    signed_in: SignedIn,
    command: Upload,
) -> Result<Answer, WebError> {
    let Upload { project, kind, size, .. } = command;
    let read = reading::of_kind(app, kind, &command.sha256, &command.media_type, size).await?;
    let actor = signed_in.actor;
    app.once(once, move |tx| {
        let kept = verb::upload(tx, &actor, &command)?;
        let said = Text::said("projects-document-kept")
            .with_text("kind", &super::forms::word(kind))
            .with("revision", kept.revision);
        let Some(text) = read.clone() else {
            return Ok(Answer::see(Section::Documents.href(project)).saying(Tone::Good, &said));
        };
        let clauses = drafts::said(&text);
        let tone = if text.is_ok() { Tone::Good } else { Tone::Warn };
        keep(tx, &actor, &Reading { document: kept.id, text, typed: false })?;
        let to = drafts::text_href(project, kept.ordinal);
        let both = Text::said("drafts-kept").with_text("kept", &said).with_text("read", &clauses);
        Ok(Answer::see(to).saying(tone, &both))
    })
    .await
}

/// A file that lies in the store.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Cleaned file name.
    pub name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hex.
    pub hash: String,
}

/// Counts, judges and keeps an uploaded file.
///
/// # Errors
/// A fault at the field `file` when there is none, 413 for one too large, 422 `unfit_file` with words for what is not taken.
pub async fn take(app: &App, file: &TempFile<'_>) -> Result<Taken, WebError> {
    let raw = file
        .raw_name()
        .map(|name| name.dangerous_unsafe_unsanitized_raw().as_str())
        .unwrap_or_default();
    let name = names::clean(raw);
    if raw.is_empty() || file.len() == 0 {
        return Err(WebError::invalid(vec![FieldFault::new("file", FaultCode::Missing)]));
    }
    let mut opened = file.open().await.map_err(|error| WebError::fault(&error))?;
    let limit = app.settings.files.max_upload.bytes();
    let received = app.store.receive(&mut opened, limit).await?;
    let sought = name.clone();
    let judged = tokio::task::spawn_blocking(move || judge(received, &sought))
        .await
        .map_err(|_| WebError::busy())?;
    let (received, media_type) = judged?;
    let stored = app.store.keep(received).await?;
    Ok(Taken {
        name,
        media_type,
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        hash: stored.hash.to_string(),
    })
}

fn judge(received: Received, name: &str) -> Result<(Received, String), WebError> {
    let mut file = received.open().map_err(|error| WebError::fault(&error))?;
    match sniff::judge(&mut file, name, Bounds::default()) {
        Ok(judged) => Ok((received, judged.kind.media_type().to_owned())),
        Err(Unfit::Unreadable(error)) => Err(WebError::fault(&error)),
        Err(unfit) => Err(WebError::new(rocket::http::Status::UnprocessableEntity, "unfit_file")
            .saying(words_of(&unfit))),
    }
}

/// A file to be saved by the reader; never shown inside this site.
pub struct Download {
    /// The bytes.
    file: tokio::fs::File,
    size: u64,
    media_type: String,
    name: String,
}

impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(Header::new("Content-Type", self.media_type))
            .header(Header::new("Content-Disposition", names::attachment(&self.name)))
            .header(Header::new("Cache-Control", "private, no-cache"))
            .sized_body(usize::try_from(self.size).ok(), self.file)
            .ok()
    }
}

#[get("/projects/<id>/documents/<ordinal>")]
async fn download(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    ordinal: i32,
) -> Result<Download, WebError> {
    let project = project_id(id)?;
    let actor = visitor.actor.clone();
    let row = app
        .read(move |conn| {
            let project_row = projects::find(conn, project)?.ok_or(ActionError::NotFound)?;
            let row = documents::find(conn, project, ordinal)?.ok_or(ActionError::NotFound)?;
            // What one may not read does not exist for one.
            let fair = document::may_know(&project_row, &actor)
                && document::may_read(&project_row, &row, &actor);
            if fair && row.withdrawn_at.is_none() { Ok(row) } else { Err(ActionError::NotFound) }
        })
        .await?;
    let hash: Hash = row
        .sha256
        .parse()
        .map_err(|_| WebError::of_status(rocket::http::Status::InternalServerError))?;
    let opened = app.store.get(hash).await?;
    let mut file = tokio::fs::File::from(opened.file);
    file.seek(SeekFrom::Start(0)).await.map_err(|error| WebError::fault(&error))?;
    let download = Download {
        file,
        size: opened.size,
        media_type: row.media_type.clone(),
        name: row.file_name.clone(),
    };
    if row.visibility != Visibility::Open {
        let actor = visitor.actor;
        app.write(move |tx| document::note_download(tx, &actor, &row)).await?;
    }
    Ok(download)
}

#[post("/projects/<id>/documents/<ordinal>/withdraw", data = "<typed>")]
async fn withdraw(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        document::withdraw(tx, &actor, project, ordinal)?;
        Ok(Answer::see(Section::Documents.href(project))
            .saying(Tone::Good, &Text::said("projects-document-withdrawn")))
    })
    .await
}

#[post("/projects/<id>/documents/<ordinal>/visibility", data = "<typed>")]
async fn visibility(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let visibility =
        Visibility::from_key(typed.raw("visibility")).map_err(|_| WebError::malformed())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        document::set_visibility(tx, &actor, project, ordinal, visibility)?;
        Ok(Answer::see(Section::Documents.href(project))
            .saying(Tone::Good, &Text::said("projects-document-visibility")))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![upload, download, withdraw, visibility]
}
