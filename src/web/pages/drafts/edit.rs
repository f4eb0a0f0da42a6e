//! Correcting clauses: one of them or the whole text, as typed text in a box; nothing typed is lost.

use quanheng_actions::ActionError;
use quanheng_actions::document::text::{self as clauses, Correct};
use quanheng_domain::clause::ClauseText;
use quanheng_domain::draft::with_clause;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde::Serialize;

use super::text::{self, TextFile, project_id};
use super::{anchor, text_href};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::idempotency::Once;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Crumb, Field, FieldKind, FormFault, Link, PageHead, Text, Tone};
use crate::voice::{fault, fault_at};

/// The view of `pages/drafts/edit`.
#[derive(Serialize)]
pub struct EditPage {
    /// Head of the page.
    pub head: PageHead,
    /// Where the form goes.
    pub action: String,
    /// Faults of the form.
    pub faults: Vec<FormFault>,
    /// The fields, the box last.
    pub fields: Vec<Field>,
    /// Words of the button.
    pub button: Text,
    /// Way back without a change.
    pub back: Link,
}

/// The box for typed clauses.
pub fn text_box(value: String) -> Field {
    let rows = value.lines().count().clamp(8, 40);
    Field::new(FieldKind::Textarea, "text", Text::said("drafts-box"))
        .value(value)
        .attr("rows", rows)
        .attr("spellcheck", "false")
        .required()
}

/// What came back with faults.
struct Back {
    text: String,
    faults: Vec<FieldFault>,
    sentence: Option<Text>,
}

fn view(file: &TextFile, key: &str, back: Option<Back>) -> Result<EditPage, WebError> {
    let kept = file.kept.as_ref();
    let all = kept.map(|kept| kept.text.clone()).unwrap_or_default();
    let part = match key {
        "" => all,
        key => {
            let found = all.clauses.into_iter().find(|clause| clause.key == key);
            let clause = found.ok_or_else(WebError::not_found)?;
            ClauseText { clauses: vec![clause], ..ClauseText::default() }
        }
    };
    let title = match part.clauses.first().filter(|_| !key.is_empty()) {
        Some(clause) => Text::said("drafts-edit-clause").with("clause", clause.title()),
        None => Text::said("drafts-edit-whole"),
    };
    let mut head = PageHead::new(title.clone());
    head.crumbs = text::crumbs(&file.project, &file.document);
    head.crumbs.push(Crumb { text: title, href: None });
    head.lead = Some(Text::said("drafts-edit-lead"));
    let base = text_href(file.project.id, file.document.ordinal);
    let written = || quanheng_text::write_typed(&part);
    let (value, faults, sentence) = match back {
        Some(back) => (back.text, back.faults, back.sentence),
        None => (written(), Vec::new(), None),
    };
    let hidden = |name: &str, value: String| {
        Field::new(FieldKind::Hidden, name, Text::plain("")).value(value)
    };
    let summary = faults.iter().map(|one| FormFault { field: one.field.clone(), text: fault(one) });
    let whole = sentence.into_iter().map(|text| FormFault { field: String::new(), text });
    Ok(EditPage {
        head,
        action: format!("{base}/edit"),
        faults: whole.chain(summary).collect(),
        fields: vec![
            hidden("if_version", kept.map_or(0, |kept| kept.row.version).to_string()),
            hidden("clause", key.to_owned()),
            text_box(value).fault(fault_at(&faults, "text")),
        ],
        button: Text::said("drafts-save"),
        back: Link::new(format!("{base}#{}", anchor(key)), Text::said("button-cancel")),
    })
}

async fn file(app: &App, actor: Actor, project: ProjectId, n: i32) -> Result<TextFile, WebError> {
    let file = app.read(move |conn| text::read(conn, &actor, project, n)).await?;
    if file.keeps { Ok(file) } else { Err(WebError::forbidden()) }
}

#[get("/projects/<id>/documents/<ordinal>/text/edit?<clause>")]
async fn edit(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    clause: Option<&str>,
) -> Result<Page, WebError> {
    let file = file(app, signed_in.actor, project_id(id)?, ordinal).await?;
    let view = view(&file, clause.unwrap_or_default(), None)?;
    Ok(Page::new("pages/drafts/edit", &view).private())
}

/// A whole text is longer than a form of fields may be, so it comes in parts like a file.
#[derive(FromForm)]
struct EditForm<'r> {
    if_version: &'r str,
    #[field(default = "")]
    clause: &'r str,
    text: &'r str,
}

#[post("/projects/<id>/documents/<ordinal>/text/edit", data = "<form>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    once: Once,
    id: &str,
    ordinal: i32,
    form: Form<EditForm<'_>>,
) -> Result<Result<Answer, Page>, WebError> {
    let project = project_id(id)?;
    let once = once.over(form.text.as_bytes());
    let typed = Typed::of([("text", form.text), ("if_version", form.if_version)]);
    let (key, words, seen) = (form.clause.to_owned(), typed.text("text"), typed.version());
    let actor = signed_in.actor.clone();
    let (part, whole) = (key.clone(), words.clone());
    let done = app
        .once(&once, move |tx| {
            if whole.trim().is_empty() {
                let fault = FieldFault::new("text", FaultCode::Missing);
                return Err(ActionError::Invalid(vec![fault]));
            }
            let mut text = quanheng_text::read_typed(&whole);
            if !part.is_empty() {
                let (_, document) = clauses::of_reader(tx.conn(), &actor, project, ordinal)?;
                let kept = clauses::kept(tx.conn(), document.id)?;
                let all = kept.map(|kept| kept.text).unwrap_or_default();
                text = with_clause(&all, &part, text)
                    .map(|text| quanheng_text::judged_again(&all, text))
                    .ok_or(ActionError::Conflict)?;
            }
            let command = Correct { project, ordinal, if_version: Some(seen), text };
            clauses::correct(tx, &actor, &command)?;
            let to = format!("{}#{}", text_href(project, ordinal), anchor(&part));
            Ok(Answer::see(to).saying(Tone::Good, &Text::said("drafts-saved")))
        })
        .await;
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let (sentence, faults, key) = match error.status.code {
        422 if !error.fields.is_empty() => (None, error.fields.clone(), key),
        // Somebody else was faster; the clause may not even be there any more, so the words go back into the box of the whole.
        409 if error.kind == "stale" => (Some(Text::said("drafts-stale")), Vec::new(), key),
        409 => (Some(error.sentence()), Vec::new(), key),
        _ => return Err(error),
    };
    let file = file(app, signed_in.actor, project, ordinal).await?;
    let again = |key: &str| {
        let back = Back { text: words.clone(), faults: faults.clone(), sentence: sentence.clone() };
        view(&file, key, Some(back))
    };
    let view = again(&key).or_else(|_| again(""))?;
    let status = if faults.is_empty() { Status::Conflict } else { Status::UnprocessableEntity };
    Ok(Err(Page::new("pages/drafts/edit", &view).private().status(status)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![edit, save]
}
