//! What is done on the page of the principal reviewers.

use std::collections::BTreeMap;

use quanheng_actions::reviewer::{
    finding::{self, Find},
    form::{self, Write},
    qualify::{self, Amend, Qualify},
};
use quanheng_actions::{ActionError, names};
use quanheng_db::{projects, register};
use quanheng_domain::Keyed;
use quanheng_domain::ids::{ObjectId, ProjectId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::records::{Recommendation, Severity};
use quanheng_domain::reviewer::ReviewPoint;
use rocket::http::Status;
use rocket::{Route, State, post, routes};

use super::show::{page, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::projects::Again;
use crate::typed::Typed;
use crate::views::{Text, Tone};

pub(super) type Done = Result<Answer, Page>;

/// The answer to an act: the page anew, at the place where it was done.
pub(super) fn said(project: ProjectId, anchor: &str, key: &str) -> Answer {
    Answer::see(format!("/projects/{project}/reviewers#{anchor}"))
        .saying(Tone::Good, &Text::said(key))
}

/// The way on, or the page again with the faults at their fields.
pub(super) async fn finish(
    app: &App,
    actor: Actor,
    project: ProjectId,
    form: &str,
    typed: Typed,
    done: Result<Answer, WebError>,
) -> Result<Done, WebError> {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let again = Again::new(form, typed, error.into_faults()?);
    let page = page(app, actor, project, Some(&again)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

fn object(id: &str) -> Result<ObjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[post("/projects/<id>/reviewers/register", data = "<typed>")]
async fn enter(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (project, actor) = (project_id(id)?, signed_in.actor.clone());
    let missing = |field: &str| FieldFault::new(field, FaultCode::Missing);
    let day = |field: &str| {
        let fault = |fault: FieldFault| FieldFault::new(field, fault.code);
        typed.day(&format!("qualify.{field}")).map_err(fault)?.ok_or_else(|| missing(field))
    };
    let done = match (day("valid_from"), day("valid_until")) {
        (Ok(valid_from), Ok(valid_until)) => {
            let (email, number) = (typed.line("qualify.email"), typed.line("qualify.number"));
            let scope = typed.line("qualify.scope");
            app.once(typed.once(), move |tx| {
                let row = projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
                let committee = row.committee_id.ok_or(ActionError::NotFound)?;
                let person = match names::email_key(&email) {
                    Some(key) => register::person_by_email(tx.conn(), &key)?,
                    None => None,
                };
                let unknown =
                    || ActionError::Invalid(vec![FieldFault::new("email", FaultCode::Unknown)]);
                let person = person.ok_or_else(unknown)?.id;
                let command = Qualify {
                    committee,
                    person,
                    number: number.clone(),
                    scope: scope.clone(),
                    valid_from,
                    valid_until,
                };
                qualify::qualify(tx, &actor, &command)?;
                Ok(said(project, "register", "reviewers-qualified"))
            })
            .await
        }
        (from, until) => {
            let faults = [from.err(), until.err()].into_iter().flatten().collect();
            Err(WebError::invalid(faults))
        }
    };
    finish(app, signed_in.actor, project, "qualify", typed, done).await
}

#[post("/projects/<id>/reviewers/register/<row>/<what>", data = "<typed>")]
async fn amend(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    row: &str,
    what: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (project, row, actor) = (project_id(id)?, object(row)?, signed_in.actor.clone());
    let (form, change) = match what {
        "absence" => {
            let form = format!("away-{row}");
            let until = typed.day(&format!("{form}.until"));
            (form, until.map(Amend::Absent).map_err(|fault| FieldFault::new("until", fault.code)))
        }
        "revoke" => {
            let form = format!("revoke-{row}");
            let reason = typed.text(&format!("{form}.reason"));
            (form, Ok(Amend::Revoke(reason)))
        }
        _ => return Err(WebError::not_found()),
    };
    let done = match change {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(change) => {
            app.once(typed.once(), move |tx| {
                qualify::amend(tx, &actor, row, &change)?;
                Ok(said(project, "register", "reviewers-amended"))
            })
            .await
        }
    };
    finish(app, signed_in.actor, project, &form, typed, done).await
}

#[post("/projects/<id>/reviews/<review>", data = "<typed>")]
async fn write(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    review: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (project, review, actor) = (project_id(id)?, object(review)?, signed_in.actor.clone());
    let checklist: BTreeMap<ReviewPoint, String> = ReviewPoint::ALL
        .iter()
        .map(|point| (*point, typed.text(&format!("review.{}", point.key()))))
        .collect();
    let command = Write {
        review,
        checklist,
        opinion: typed.text("review.opinion"),
        recommendation: Recommendation::from_key(typed.raw("review.recommendation")).ok(),
        submit: typed.ticked("review.submit"),
    };
    let done = app
        .once(typed.once(), move |tx| {
            form::write(tx, &actor, &command)?;
            let key = if command.submit { "reviewers-sent" } else { "reviewers-saved" };
            Ok(said(project, "reviews", key))
        })
        .await;
    finish(app, signed_in.actor, project, "review", typed, done).await
}

#[post("/projects/<id>/reviews/<review>/findings", data = "<typed>")]
async fn add_finding(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    review: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (project, review, actor) = (project_id(id)?, object(review)?, signed_in.actor.clone());
    let done = match typed.choice::<Severity>("finding.severity") {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(severity) => {
            let command = Find {
                review,
                severity,
                clause: typed.line("finding.clause"),
                body: typed.text("finding.body"),
                proposal: typed.text("finding.proposal"),
            };
            app.once(typed.once(), move |tx| {
                finding::find(tx, &actor, &command)?;
                Ok(said(project, "reviews", "reviewers-found"))
            })
            .await
        }
    };
    finish(app, signed_in.actor, project, "finding", typed, done).await
}

#[post("/projects/<id>/findings/<row>/<what>", data = "<typed>")]
async fn on_finding(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    row: &str,
    what: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (project, row, actor) = (project_id(id)?, object(row)?, signed_in.actor.clone());
    let form = format!("answer-{row}");
    let text = typed.text(&format!("{form}.text"));
    let what = what.to_owned();
    if !matches!(what.as_str(), "answer" | "settled" | "reopened") {
        return Err(WebError::not_found());
    }
    let done = app
        .once(typed.once(), move |tx| {
            match what.as_str() {
                "answer" => finding::answer(tx, &actor, row, &text)?,
                other => finding::settle(tx, &actor, row, other == "settled")?,
            }
            Ok(said(project, "reviews", "reviewers-noted"))
        })
        .await;
    finish(app, signed_in.actor, project, &form, typed, done).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![enter, amend, write, add_finding, on_finding]
}
