//! The revision note (修订说明, part of 编写说明 FM-09): what was changed between two versions, for which comments, and which were not
//! taken up. It is put together from the texts and the table of dispositions; a person finishes it and enters it as a document.

use quanheng_actions::document::revised::{self, Figures, Revised};
use quanheng_actions::document::text as clauses;
use quanheng_actions::document::versions::{self, Version};
use quanheng_domain::Locale;
use quanheng_domain::clause::ClauseText;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde::Serialize;

use super::compare::{href as compare_href, label};
use super::edit::text_box;
use super::note_text;
use super::text::project_id;
use super::{ClauseView, anchor};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::idempotency::Once;
use crate::page::Page;
use crate::papers::{Form as Shape, Saved, official};
use crate::typed::Typed;
use crate::views::{Crumb, Field, FormFault, Link, PageHead, Text};
use crate::voice;

/// The address of the page.
pub fn href(project: ProjectId, from: &Version, to: &Version) -> String {
    format!("{}/note", compare_href(project, from, to))
}

#[derive(Serialize)]
struct NotePage {
    head: PageHead,
    faults: Vec<FormFault>,
    files: Vec<Link>,
    /// Comments that were taken up with a change, at clauses that did not change.
    unmoved: Vec<Link>,
    clauses: Vec<ClauseView>,
    edit: Option<EditForm>,
}

#[derive(Serialize)]
struct EditForm {
    action: String,
    open: bool,
    field: Field,
}

/// What the note is made of, read in one snapshot.
struct File {
    project: ProjectId,
    revised: Revised,
    to: Version,
    figures: Figures,
    keeps: bool,
}

async fn file(app: &App, actor: Actor, id: &str, from: &str, to: &str) -> Result<File, WebError> {
    let (project, from, to) = (project_id(id)?, from.to_owned(), to.to_owned());
    let file = app
        .read(move |conn| {
            let from = versions::version(conn, &actor, project, &from)?;
            let to = versions::version(conn, &actor, project, &to)?;
            let keeps = clauses::keeps(&to.project, &actor);
            let owner = from.project.id;
            let revised = revised::revised(conn, &actor, from, Some(to.clone()), None)?;
            let figures = revised::figures(conn, owner, &revised)?;
            Ok(File { project, revised, to, figures, keeps })
        })
        .await?;
    Ok(file)
}

/// The note in a language.
async fn written(
    app: &App,
    file: File,
    locale: Locale,
) -> Result<(File, ClauseText, String), WebError> {
    let words = app.words.clone();
    app.heavy(move || {
        let say = |text: &Text| voice::speak(&words, chrono_tz::Asia::Shanghai, locale, text);
        let (from, to) = (label(file.project, &file.revised.from), label(file.project, &file.to));
        let text = note_text::text(&file.revised, &file.figures, &from, &to, &say);
        let title = say(&title(&file));
        (file, text, title)
    })
    .await?
    .ok_or_else(WebError::busy)
}

fn title(file: &File) -> Text {
    Text::said("note-name").with("title", file.to.project.title_zh.as_str())
}

fn view(file: &File, text: &ClauseText, back: Option<(&str, Vec<FieldFault>)>) -> NotePage {
    let base = href(file.project, &file.revised.from, &file.to);
    let mut head = PageHead::new(Text::said("note-title"));
    head.crumbs = super::text::crumbs(&file.to.project, &file.to.document);
    let compare = compare_href(file.project, &file.revised.from, &file.to);
    head.crumbs.push(Crumb { text: Text::said("drafts-compare"), href: Some(compare.clone()) });
    head.crumbs.push(Crumb { text: Text::said("note-title"), href: None });
    head.code = file.to.project.number.clone();
    head.lead = Some(
        Text::said("note-lead")
            .with_text("from", &label(file.project, &file.revised.from))
            .with_text("to", &label(file.project, &file.to)),
    );
    let faults = back.as_ref().map(|(_, faults)| faults.as_slice()).unwrap_or_default();
    let value = match &back {
        Some((typed, _)) => (*typed).to_owned(),
        None => quanheng_text::write_typed(text),
    };
    let unmoved = note_text::unmoved(&file.revised).map(|(placed, clause)| {
        let words = Text::said("note-unmoved-line")
            .with("n", placed.comment.serial)
            .with("clause", clause.title());
        Link::new(format!("{compare}#{}", anchor(&clause.key)), words)
    });
    NotePage {
        head,
        faults: faults
            .iter()
            .map(|one| FormFault { field: one.field.clone(), text: voice::fault(one) })
            .collect(),
        files: vec![
            Link::new(format!("{base}/note.pdf"), Text::plain("PDF")),
            Link::new(format!("{base}/note.docx"), Text::plain("Word")),
            Link::new(format!("{base}/note.txt"), Text::said("note-as-text")),
        ],
        unmoved: unmoved.collect(),
        clauses: text.clauses.iter().map(ClauseView::of).collect(),
        edit: file.keeps.then(|| EditForm {
            action: base,
            open: back.is_some(),
            field: text_box(value).fault(voice::fault_at(faults, "text")),
        }),
    }
}

#[get("/projects/<id>/documents/<from>/compare/<to>/note")]
async fn show(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    from: &str,
    to: &str,
) -> Result<Page, WebError> {
    let file = file(app, visitor.actor, id, from, to).await?;
    let (file, text, _) = written(app, file, visitor.locale).await?;
    Ok(Page::new("pages/drafts/note", &view(&file, &text, None)))
}

#[get("/projects/<id>/documents/<from>/compare/<to>/note/<name>")]
async fn download(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    from: &str,
    to: &str,
    name: &str,
) -> Result<Saved, WebError> {
    let form = match name {
        "note.docx" => Some(Shape::Docx),
        "note.pdf" => Some(Shape::Pdf),
        "note.txt" => None,
        _ => return Err(WebError::not_found()),
    };
    let file = file(app, visitor.actor, id, from, to).await?;
    let (_, text, title) = written(app, file, visitor.locale).await?;
    if let Some(form) = form {
        return official::file(app, note_text::paper(&text, &title, visitor.locale), form).await;
    }
    let bytes = quanheng_text::write_typed(&text).into_bytes();
    let name = Some(format!("{title}.txt"));
    Ok(Saved { bytes, media_type: "text/plain; charset=utf-8", name })
}

/// The form in parts, because a note is longer than a form of fields may be.
#[derive(FromForm)]
struct NoteForm<'r> {
    #[field(default = "")]
    text: &'r str,
}

#[post("/projects/<id>/documents/<from>/compare/<to>/note", data = "<form>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    once: Once,
    id: &str,
    from: &str,
    to: &str,
    form: Form<NoteForm<'_>>,
) -> Result<Result<Answer, Page>, WebError> {
    let once = once.over(form.text.as_bytes());
    let typed = Typed::of([("text", form.text)]);
    let file = file(app, signed_in.actor.clone(), id, from, to).await?;
    if !file.keeps {
        return Err(WebError::forbidden());
    }
    let text = quanheng_text::read_typed(&typed.text("text"));
    let (file, made, title) = written(app, file, signed_in.locale).await?;
    if text.clauses.is_empty() {
        let faults = vec![FieldFault::new("text", FaultCode::Missing)];
        let page = view(&file, &made, Some((form.text, faults)));
        let page = Page::new("pages/drafts/note", &page).status(Status::UnprocessableEntity);
        return Ok(Err(page));
    }
    let paper = note_text::paper(&text, &title, signed_in.locale);
    let (project, kind) = (file.to.project.id, DocumentKind::DraftingNote);
    let back = format!("/projects/{project}/documents");
    let answer = official::kept(app, &once, signed_in.actor, project, kind, paper, &back).await?;
    Ok(Ok(answer))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, download, save]
}
