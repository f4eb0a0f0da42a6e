//! Files that come with comments: the form in parts that brings them, and handing them out to those who may read the comment.

use quanheng_actions::round::{NewFile, files};
use quanheng_db::comment_files::CommentFileRow;
use quanheng_domain::ids::CommentId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_store::sniff::FileKind;
use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::{FromForm, Route, State, get, post, routes};
use sha2::{Digest, Sha256};

use super::send::{self, Back};
use super::show::{page, round_id};
use crate::answer::Answer;
use crate::api::documents::Download;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::idempotency::Once;
use crate::page::Page;
use crate::receive;
use crate::typed::Typed;
use crate::views::{Link, Text};

/// The kinds of file that a comment may bring; archives and presentations are not among them.
pub const KINDS: [FileKind; 7] = [
    FileKind::Docx,
    FileKind::Xlsx,
    FileKind::Pdf,
    FileKind::Png,
    FileKind::Jpeg,
    FileKind::Text,
    FileKind::Csv,
];

/// The form for comments in parts.
#[derive(FromForm)]
struct Sending<'r> {
    #[field(default = "")]
    name: &'r str,
    #[field(default = "")]
    contact: &'r str,
    #[field(default = "")]
    unit: &'r str,
    #[field(default = "")]
    publish_name: &'r str,
    #[field(default = "")]
    website: &'r str,
    #[field(default = "")]
    proof: &'r str,
    comments: Vec<Row<'r>>,
}

/// One comment of it.
#[derive(FromForm)]
struct Row<'r> {
    #[field(default = "")]
    clause: &'r str,
    #[field(default = "")]
    kind: &'r str,
    #[field(default = "")]
    body: &'r str,
    #[field(default = "")]
    proposal: &'r str,
    #[field(default = "")]
    reason: &'r str,
    #[field(default = "")]
    quote: &'r str,
    files: Vec<TempFile<'r>>,
}

impl Sending<'_> {
    fn typed(&self) -> Typed {
        let mut typed = Typed::of([
            ("name", self.name),
            ("contact", self.contact),
            ("unit", self.unit),
            ("publish_name", self.publish_name),
            ("website", self.website),
            ("proof", self.proof),
        ]);
        for (at, row) in self.comments.iter().enumerate() {
            for (part, value) in [
                ("clause", row.clause),
                ("kind", row.kind),
                ("body", row.body),
                ("proposal", row.proposal),
                ("reason", row.reason),
                ("quote", row.quote),
            ] {
                typed.push(format!("comments.{at}.{part}"), value);
            }
        }
        typed
    }
}

/// Takes the files of a comment in; those chosen nowhere are empty parts of the form.
///
/// # Errors
/// As `receive::take_of`; 422 for more than the settings allow.
pub async fn taken(app: &App, all: &[TempFile<'_>], field: &str) -> Result<Vec<NewFile>, WebError> {
    let limits = &app.settings.limits;
    let chosen: Vec<&TempFile<'_>> = all.iter().filter(|file| file.len() > 0).collect();
    if chosen.len() > usize::from(limits.comment_files) {
        let bound = Some(i64::from(limits.comment_files));
        let fault = FieldFault { bound, ..FieldFault::new(field, FaultCode::TooLong) };
        return Err(WebError::invalid(vec![fault]));
    }
    let mut files = Vec::new();
    for file in chosen {
        let taken = receive::take_of(app, file, limits.comment_file.bytes(), &KINDS).await?;
        files.push(NewFile {
            file_name: taken.file_name,
            media_type: taken.media_type,
            size: taken.size,
            sha256: taken.sha256,
        });
    }
    Ok(files)
}

#[post("/consultations/<id>/comments", format = "multipart/form-data", data = "<form>", rank = 2)]
async fn send_parts(
    app: &State<App>,
    visitor: Visitor,
    once: Once,
    id: &str,
    form: Form<Sending<'_>>,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let typed = form.typed();
    let mut all = Vec::new();
    for (at, row) in form.comments.iter().enumerate() {
        let field = format!("comments.{at}.files");
        let error = match taken(app, &row.files, &field).await {
            Ok(files) => {
                all.push(files);
                continue;
            }
            Err(error) => error,
        };
        // A file that is not taken in costs nobody the words beside it.
        let status = error.status;
        let (told, faults) = match error.kind.as_str() {
            "unfit_file" | "too_large" | "no_room" => (Some((field, error.sentence())), Vec::new()),
            _ => (None, error.into_faults()?),
        };
        let back = Back { typed, faults, told };
        return Ok(Err(page(app, visitor.actor, round, Some(&back)).await?.status(status)));
    }
    let once = once.over(fingerprint(&typed, &all).as_slice());
    send::receive(app, visitor, round, &once, typed, all).await
}

/// What tells one filled form from another.
fn fingerprint(typed: &Typed, files: &[Vec<NewFile>]) -> Vec<u8> {
    let mut sha = Sha256::new();
    for (name, value) in typed.beginning("") {
        sha.update((name.len() as u64).to_be_bytes());
        sha.update(name);
        sha.update((value.len() as u64).to_be_bytes());
        sha.update(value);
    }
    for file in files.iter().flatten() {
        sha.update(&file.sha256);
    }
    sha.finalize().to_vec()
}

/// The address of a file of a comment.
pub fn href(row: &CommentFileRow) -> String {
    format!("/comments/{}/files/{}", row.comment_id, row.ordinal)
}

/// The files of a comment as links; a private page has addresses of its own.
pub fn links(files: &[CommentFileRow], address: impl Fn(&CommentFileRow) -> String) -> Vec<Link> {
    let link = |row: &CommentFileRow| Link::new(address(row), Text::plain(&row.file_name));
    files.iter().map(link).collect()
}

/// Opens a file of a comment for a reader.
///
/// # Errors
/// 404 for what the reader may not read.
pub async fn open(
    app: &App,
    visitor: Visitor,
    link: Option<String>,
    comment: &str,
    n: i32,
) -> Result<Download, WebError> {
    let comment: CommentId = comment.parse().map_err(|_| WebError::not_found())?;
    let actor = visitor.actor;
    let row =
        app.read(move |conn| files::readable(conn, &actor, link.as_deref(), comment, n)).await?;
    Download::stored(app, &row.sha256, row.file_name, row.media_type).await
}

#[get("/comments/<comment>/files/<n>")]
async fn one(
    app: &State<App>,
    visitor: Visitor,
    comment: &str,
    n: i32,
) -> Result<Download, WebError> {
    open(app, visitor, None, comment, n).await
}

#[get("/consultations/mine/<token>/<comment>/files/<n>")]
async fn by_link(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    comment: &str,
    n: &str,
) -> Result<Download, WebError> {
    // Whatever is no number names no file; a link tells nothing else.
    let n = n.parse().map_err(|_| WebError::not_found())?;
    open(app, visitor, Some(token.to_owned()), comment, n).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![send_parts, one, by_link]
}
