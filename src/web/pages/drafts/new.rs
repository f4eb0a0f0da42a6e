//! A draft typed clause by clause, without a file: what was typed is stored as the original.

use quanheng_actions::ActionError;
use quanheng_actions::document::text::{self as clauses, Reading};
use quanheng_actions::document::{self, Upload};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_domain::Keyed;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_store::names;
use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};

use super::super::projects::word;
use super::edit::{EditPage, text_box};
use super::text::project_id;
use super::text_href;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::idempotency::Once;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Crumb, Field, FieldKind, FormFault, Link, PageHead, Text, Tone};
use crate::voice::{fault, fault_at};

/// The address of the form.
pub fn href(project: ProjectId) -> String {
    format!("/projects/{project}/drafts/new")
}

fn view(project: &ProjectRow, typed: &Typed, faults: &[FieldFault]) -> EditPage {
    let mut head = PageHead::new(Text::said("drafts-new"));
    head.crumbs = vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb {
            text: Text::said("projects-documents"),
            href: Some(format!("/projects/{}/documents", project.id)),
        },
        Crumb { text: Text::said("drafts-new"), href: None },
    ];
    head.lead = Some(Text::said("drafts-new-lead"));
    let kinds = DocumentKind::ALL.iter().filter(|kind| kind.is_text());
    let kind = Field::new(FieldKind::Select, "kind", Text::said("projects-document-kind"));
    let kind = kinds
        .fold(kind.choice("", Text::said("projects-choose")), |field, kind| {
            field.choice(kind.key(), word(*kind))
        })
        .value(typed.raw("kind"))
        .fault(fault_at(faults, "kind"))
        .required();
    let line = |name: &str, label: &str, most: u32| {
        Field::new(FieldKind::Text, name, Text::said(label))
            .value(typed.raw(name))
            .fault(fault_at(faults, name))
            .attr("maxlength", most)
    };
    EditPage {
        head,
        action: href(project.id),
        faults: faults
            .iter()
            .map(|one| FormFault { field: one.field.clone(), text: fault(one) })
            .collect(),
        fields: vec![
            kind,
            line("title", "projects-document-title", 200),
            line("note", "projects-document-note", 500),
            text_box(typed.raw("text").to_owned())
                .draft(&format!("draft-{}", project.id))
                .fault(fault_at(faults, "text")),
        ],
        button: Text::said("drafts-new-save"),
        back: Link::new(format!("/projects/{}/documents", project.id), Text::said("button-cancel")),
    }
}

async fn project(
    app: &App,
    actor: quanheng_domain::people::Actor,
    id: ProjectId,
) -> Result<ProjectRow, WebError> {
    let row = app
        .read(move |conn| {
            let row = projects::find(conn, id)?.ok_or(ActionError::NotFound)?;
            if document::may_know(&row, &actor) {
                Ok((clauses::keeps(&row, &actor), row))
            } else {
                Err(ActionError::NotFound)
            }
        })
        .await?;
    if row.0 { Ok(row.1) } else { Err(WebError::forbidden()) }
}

#[get("/projects/<id>/drafts/new")]
async fn form(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let row = project(app, signed_in.actor, project_id(id)?).await?;
    Ok(Page::new("pages/drafts/edit", &view(&row, &Typed::default(), &[])).private())
}

/// The form in parts, because a whole text is longer than a form of fields may be.
#[derive(FromForm)]
struct NewForm<'r> {
    #[field(default = "")]
    kind: &'r str,
    #[field(default = "")]
    title: &'r str,
    #[field(default = "")]
    note: &'r str,
    #[field(default = "")]
    text: &'r str,
}

#[post("/projects/<id>/drafts/new", data = "<form>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    once: Once,
    id: &str,
    form: Form<NewForm<'_>>,
) -> Result<Result<Answer, Page>, WebError> {
    let row = project(app, signed_in.actor.clone(), project_id(id)?).await?;
    let once = once.over(form.text.as_bytes());
    let typed = Typed::of([
        ("kind", form.kind),
        ("title", form.title),
        ("note", form.note),
        ("text", form.text),
    ]);
    let error = match enter(app, signed_in, &once, &row, &typed).await {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    // A refusal says why at the head of the form, with everything that was typed still in it.
    let sentence = (error.status == Status::Conflict).then(|| error.sentence());
    let (faults, status) = match &sentence {
        Some(_) => (Vec::new(), Status::Conflict),
        None => (error.into_faults()?, Status::UnprocessableEntity),
    };
    let mut page = view(&row, &typed, &faults);
    page.faults.extend(sentence.map(|text| FormFault { field: String::new(), text }));
    Ok(Err(Page::new("pages/drafts/edit", &page).private().status(status)))
}

async fn enter(
    app: &App,
    signed_in: SignedIn,
    once: &Once,
    row: &ProjectRow,
    typed: &Typed,
) -> Result<Answer, WebError> {
    let (project, words) = (row.id, typed.text("text"));
    let kind = DocumentKind::from_key(typed.raw("kind")).ok().filter(|kind| kind.is_text());
    let mut faults = Vec::new();
    if kind.is_none() {
        faults.push(FieldFault::new("kind", FaultCode::Missing));
    }
    let text = quanheng_text::read_typed(&words);
    if text.clauses.is_empty() {
        faults.push(FieldFault::new("text", FaultCode::Missing));
    }
    let Some(kind) = kind.filter(|_| faults.is_empty()) else {
        return Err(WebError::invalid(faults));
    };
    let limit = app.settings.files.max_upload.bytes();
    let stored = app.store.put(words.as_bytes(), limit).await?;
    let title = typed.line("title");
    let base = if title.is_empty() { row.title_zh.as_str() } else { title.as_str() };
    let command = Upload {
        project,
        kind,
        file_name: names::clean(&format!("{base}.txt")),
        title,
        media_type: "text/plain; charset=utf-8".to_owned(),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.hash.to_string(),
        note: typed.text("note"),
    };
    let actor = signed_in.actor;
    app.once(once, move |tx| {
        let kept = document::upload(tx, &actor, &command)?;
        let reading = Reading { document: kept.id, text: Ok(text.clone()), typed: true };
        clauses::keep(tx, &actor, &reading)?;
        let said = Text::said("drafts-typed")
            .with("clauses", text.clauses.len() as u64)
            .with("doubts", text.doubts.len() as u64);
        Ok(Answer::see(text_href(project, kept.ordinal)).saying(Tone::Good, &said))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![form, save]
}
