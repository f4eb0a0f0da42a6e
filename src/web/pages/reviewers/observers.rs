//! Observers (旁听): anybody applies to listen to a review that touches livelihood; secretariat and chair decide.

use quanheng_actions::ActionError;
use quanheng_actions::document;
use quanheng_actions::observer::{
    apply::{self, Apply},
    decide::{self, Decide},
};
use quanheng_db::projects;
use quanheng_db::reviews::ObserverRow;
use quanheng_domain::ids::{ObjectId, ProjectId};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::acts::{Done, finish, said};
use super::show::{Desk, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::pages::projects::{Again, FormView, Part};
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormPage, Pill, Text, Tone};
use crate::voice;

/// An application as secretariat and chair see it.
#[derive(Serialize)]
pub(super) struct ObserverLine {
    name: String,
    unit: String,
    contact: String,
    reason: String,
    state: Pill,
    record: String,
    admit: Option<String>,
    attended: Option<String>,
    decline: Option<FormView>,
    remove: Option<FormView>,
}

/// An application on the page.
pub(super) fn observer_line(desk: &Desk, row: &ObserverRow, again: Option<&Again>) -> ObserverLine {
    let path = format!("/projects/{}/observers/{}", desk.project.id, row.id);
    let state = match (row.admitted, row.removed_at, row.attended_at) {
        (_, Some(_), _) => Pill::new(Text::said("observers-removed"), Tone::Bad),
        (Some(true), None, Some(_)) => Pill::new(Text::said("observers-attended"), Tone::Good),
        (Some(true), None, None) => Pill::new(Text::said("observers-admitted"), Tone::Good),
        (Some(false), ..) => Pill::new(Text::said("observers-declined"), Tone::Faded),
        (None, ..) => Pill::new(Text::said("observers-waiting"), Tone::Warn),
    };
    let key = format!("observer-{}", row.id);
    let part = Part::new(&key, again);
    let reasoned = |what: &str, button: &str| FormView {
        action: format!("{path}/{what}"),
        fields: vec![
            part.field(FieldKind::Text, "reason", Text::said("reviewers-reason"))
                .attr("maxlength", 500)
                .required(),
        ],
        button: Text::said(button),
    };
    let inside = row.admitted == Some(true) && row.removed_at.is_none();
    ObserverLine {
        name: row.name.clone(),
        unit: row.unit.clone(),
        contact: row.contact.clone(),
        reason: row.reason.clone(),
        state,
        record: [row.decision.as_str(), row.record.as_str()].join(" ").trim().to_owned(),
        admit: row.admitted.is_none().then(|| format!("{path}/admit")),
        attended: (inside && row.attended_at.is_none()).then(|| format!("{path}/attended")),
        decline: row.admitted.is_none().then(|| reasoned("decline", "observers-decline")),
        remove: inside.then(|| reasoned("remove", "observers-remove")),
    }
}

#[post("/projects/<id>/observers/<row>/<what>", data = "<typed>")]
async fn decide_about(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    row: &str,
    what: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let row: ObjectId = row.parse().map_err(|_| WebError::not_found())?;
    let form = format!("observer-{row}");
    let reason = typed.text(&format!("{form}.reason"));
    let what = match what {
        "admit" => Decide::Admit,
        "attended" => Decide::Attended,
        "decline" => Decide::Decline(reason),
        "remove" => Decide::Remove(reason),
        _ => return Err(WebError::not_found()),
    };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            decide::decide(tx, &actor, row, &what)?;
            Ok(said(project, "observers", "observers-noted"))
        })
        .await;
    finish(app, signed_in.actor, project, &form, typed, done).await
}

fn form(project: ProjectId, title: &str, typed: &Typed, again: Option<&Again>) -> FormPage {
    let field = |kind, name: &str, label: &str| {
        let fault = again.and_then(|again| voice::fault_at(&again.faults, name));
        Field::new(kind, name, Text::said(label)).value(typed.raw(name)).fault(fault)
    };
    let fields = vec![
        field(FieldKind::Text, "name", "observers-name").attr("maxlength", 120).required(),
        field(FieldKind::Text, "unit", "observers-unit").attr("maxlength", 200),
        field(FieldKind::Text, "contact", "observers-contact").attr("maxlength", 200).required(),
        field(FieldKind::Textarea, "reason", "observers-why")
            .attr("rows", 3)
            .attr("maxlength", 2_000)
            .required(),
        field(FieldKind::Checkbox, "promised", "observers-promise").required(),
    ];
    let action = rocket::uri!(send(project.to_string()));
    FormPage::new(Text::said("observers-apply"), action, fields, Text::said("observers-send"))
        .lead(Text::said("observers-lead").with("title", title))
}

async fn title(app: &App, visitor: &Visitor, id: ProjectId) -> Result<String, WebError> {
    let actor = visitor.actor.clone();
    let row = app
        .read(move |conn| {
            let row = projects::find(conn, id)?.ok_or(ActionError::NotFound)?;
            if !document::may_know(&row, &actor) || !apply::admits(conn, &row)? {
                return Err(ActionError::NotFound);
            }
            Ok(row)
        })
        .await?;
    Ok(row.title_zh)
}

#[get("/projects/<id>/observe")]
async fn ask(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    let project = project_id(id)?;
    let title = title(app, &visitor, project).await?;
    Ok(Page::new("pages/forms/form", &form(project, &title, &Typed::default(), None)))
}

#[post("/projects/<id>/observe", data = "<typed>")]
async fn send(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let title = title(app, &visitor, project).await?;
    let command = Apply {
        project,
        name: typed.line("name"),
        unit: typed.line("unit"),
        contact: typed.line("contact"),
        reason: typed.text("reason"),
        promised: typed.ticked("promised"),
    };
    let actor = visitor.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            apply::apply(tx, &actor, &command)?;
            Ok(Answer::see(format!("/projects/{project}"))
                .saying(Tone::Good, &Text::said("observers-sent")))
        })
        .await;
    let faults = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error.into_faults()?,
    };
    let again = Again::new("", typed.clone(), faults);
    let view = form(project, &title, &typed, Some(&again));
    Ok(Err(Page::new("pages/forms/form", &view).status(Status::UnprocessableEntity)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![decide_about, ask, send]
}
