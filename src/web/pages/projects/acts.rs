//! What people do with a project besides moving it: naming people, consenting, objecting, asking for an adjustment.

use std::time::Duration;

use quanheng_actions::ballot::start::{Start, start};
use quanheng_actions::project::{adjust, consent, objection, parties, units};
use quanheng_actions::{ActionError, names};
use quanheng_db::register;
use quanheng_domain::Keyed;
use quanheng_domain::ids::{ObjectionId, PersonId, ProjectId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::ProjectRole;
use quanheng_domain::records::AdjustmentKind;
use rocket::{Route, State, post, routes};

use super::show::{Done, Section, finish, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::typed::Typed;
use crate::views::{Text, Tone};

fn said(project: ProjectId, part: Section, anchor: &str, key: &str) -> Answer {
    Answer::see(format!("{}#{anchor}", part.href(project))).saying(Tone::Good, &Text::said(key))
}

#[post("/projects/<id>/people", data = "<typed>")]
async fn name_person(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let role = typed.choice::<ProjectRole>("people.role");
    let (email, actor) = (typed.line("people.email"), signed_in.actor);
    let done = match role {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(role) => {
            app.once(typed.once(), move |tx| {
                let key = names::email_key(&email);
                let person = match key {
                    Some(key) => register::person_by_email(tx.conn(), &key)?,
                    None => None,
                };
                let unknown =
                    || ActionError::Invalid(vec![FieldFault::new("email", FaultCode::Unknown)]);
                let person = person.ok_or_else(unknown)?.id;
                units::name_person(
                    tx,
                    &actor,
                    &units::NamePerson { project, person, role, named: true },
                )?;
                Ok(said(project, Section::Overview, "people", "projects-person-named"))
            })
            .await
        }
    };
    finish(app, &visitor, project, "people", typed, done).await
}

#[post("/projects/<id>/units", data = "<typed>")]
async fn name_unit(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let command = units::NameUnit {
        project,
        unit: typed.line("units.unit"),
        lead: typed.ticked("units.lead"),
        named: typed.raw("units.named") != "no",
    };
    let actor = signed_in.actor;
    let done = app
        .once(typed.once(), move |tx| {
            units::name_unit(tx, &actor, &command)?;
            let key = if command.named { "projects-unit-named" } else { "projects-unit-removed" };
            Ok(said(project, Section::Overview, "units", key))
        })
        .await;
    finish(app, &visitor, project, "units", typed, done).await
}

#[post("/projects/<id>/people/<person>/<role>/remove", data = "<typed>")]
async fn remove_person(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    person: &str,
    role: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let person: PersonId = person.parse().map_err(|_| WebError::not_found())?;
    let role = ProjectRole::from_key(role).map_err(|_| WebError::not_found())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        units::name_person(tx, &actor, &units::NamePerson { project, person, role, named: false })?;
        Ok(said(project, Section::Overview, "people", "projects-person-removed"))
    })
    .await
}

#[post("/projects/<id>/consents", data = "<typed>")]
async fn give_consent(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor;
    let command = consent::Consent {
        project,
        agreed: typed.raw("consent.agreed") == "yes",
        note: typed.text("consent.note"),
    };
    let fair = matches!(typed.raw("consent.agreed"), "yes" | "no");
    let done = if fair {
        app.once(typed.once(), move |tx| {
            consent::consent(tx, &actor, &command)?;
            Ok(said(project, Section::Overview, "consents", "projects-consent-kept"))
        })
        .await
    } else {
        Err(WebError::invalid(vec![FieldFault::new("agreed", FaultCode::Missing)]))
    };
    finish(app, &visitor, project, "consent", typed, done).await
}

// Anybody may object while the publicity runs; an address may do so a few times an hour.
#[post("/projects/<id>/objections", data = "<typed>")]
async fn object(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let most = u32::from(app.settings.limits.comments_hour);
    app.budgets
        .spend(&format!("objections:{}", visitor.address), most, Duration::from_secs(3_600))
        .await?;
    // A field that people do not see is filled by machines only.
    if !typed.raw("objection.website").is_empty() {
        return Err(WebError::malformed());
    }
    let command = objection::Object {
        project,
        name: typed.line("objection.name"),
        contact: typed.line("objection.contact"),
        unit: typed.line("objection.unit"),
        text: typed.text("objection.text"),
    };
    let actor = visitor.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            objection::object(tx, &actor, &command)?;
            Ok(said(project, Section::Comments, "objections", "projects-objection-received"))
        })
        .await;
    finish(app, &visitor, project, "objection", typed, done).await
}

#[post("/projects/<id>/objections/<objection>/answer", data = "<typed>")]
async fn answer(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    objection: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let objection_id: ObjectionId = objection.parse().map_err(|_| WebError::not_found())?;
    let form = format!("answer-{objection_id}");
    let (actor, text) = (signed_in.actor, typed.text(&format!("{form}.answer")));
    let done = app
        .once(typed.once(), move |tx| {
            objection::answer(tx, &actor, objection_id, &text)?;
            Ok(said(project, Section::Comments, "objections", "projects-objection-answered"))
        })
        .await;
    finish(app, &visitor, project, &form, typed, done).await
}

#[post("/projects/<id>/adjustments", data = "<typed>")]
async fn ask_adjustment(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor;
    let done = match typed.choice::<AdjustmentKind>("adjustment.kind") {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(kind) => {
            let command = adjust::Request {
                project,
                kind,
                reason: typed.text("adjustment.reason"),
                wanted: typed.text("adjustment.wanted"),
            };
            app.once(typed.once(), move |tx| {
                adjust::request(tx, &actor, &command)?;
                Ok(said(project, Section::Overview, "adjustments", "projects-adjustment-asked"))
            })
            .await
        }
    };
    finish(app, &visitor, project, "adjustment", typed, done).await
}

#[post("/projects/<id>/adjustments/refuse", data = "<typed>")]
async fn refuse_adjustment(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let (actor, reason) = (signed_in.actor, typed.text("refusal.note"));
    let done = app
        .once(typed.once(), move |tx| {
            adjust::refuse(tx, &actor, project, &reason)?;
            Ok(said(project, Section::Overview, "adjustments", "projects-adjustment-refused"))
        })
        .await;
    finish(app, &visitor, project, "refusal", typed, done).await
}

#[post("/projects/<id>/ballots", data = "<typed>")]
async fn open_ballot(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor;
    let done = match ballot_of(&typed, project) {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(command) => {
            app.once(typed.once(), move |tx| {
                let ballot = start(tx, &actor, &command)?;
                Ok(Answer::see(format!("/ballots/{ballot}"))
                    .saying(Tone::Good, &Text::said("projects-ballot-started")))
            })
            .await
        }
    };
    finish(app, &visitor, project, "ballot", typed, done).await
}

/// The ballot to open as typed.
fn ballot_of(typed: &Typed, project: quanheng_domain::ids::ProjectId) -> Result<Start, FieldFault> {
    let closes_on =
        typed.day("ballot.closes_on").map_err(|fault| FieldFault::new("closes_on", fault.code))?;
    Ok(Start {
        project,
        purpose: typed.choice("ballot.purpose")?,
        form: typed.choice("ballot.form")?,
        closes_on: closes_on.ok_or_else(|| FieldFault::new("closes_on", FaultCode::Missing))?,
        question: typed.line("ballot.question"),
    })
}

#[post("/projects/<id>/parties", data = "<typed>")]
async fn join(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor;
    let done = match typed.id("joint.authority") {
        Ok(Some(authority)) => {
            let command = parties::JoinParty { project, authority };
            app.once(typed.once(), move |tx| {
                parties::join_party(tx, &actor, &command)?;
                Ok(said(project, Section::Overview, "joint", "projects-party-joined"))
            })
            .await
        }
        Ok(None) => Err(WebError::invalid(vec![FieldFault::new("authority", FaultCode::Missing)])),
        Err(fault) => Err(WebError::invalid(vec![FieldFault::new("authority", fault.code)])),
    };
    finish(app, &visitor, project, "joint", typed, done).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![
        name_person,
        name_unit,
        remove_person,
        give_consent,
        object,
        answer,
        ask_adjustment,
        refuse_adjustment,
        open_ballot,
        join
    ]
}
