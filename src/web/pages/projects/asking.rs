//! Asking units outside the committee, and the hearings that no move opens or publishes.

use quanheng_actions::project::details::AskedUnit;
use quanheng_actions::round::{
    AskUnits, OpenHearing, ask_units, open_reexamination_round, publish_hearing,
};
use quanheng_domain::Keyed;
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::rules::RecipientClass;
use rocket::{Route, State, post, routes};

use super::show::{Done, MOST_ASKED, Section, finish, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::typed::Typed;
use crate::views::{Text, Tone};

/// The units as typed, and in which line of the form each stood.
fn units(typed: &Typed) -> (Vec<AskedUnit>, Vec<usize>) {
    let mut units = Vec::new();
    let mut lines = Vec::new();
    for at in 0..MOST_ASKED {
        let line = |field: &str| typed.line(&format!("asked.{at}.{field}"));
        let (name, address) = (line("name"), line("address"));
        if name.is_empty() && address.is_empty() {
            continue;
        }
        let class = RecipientClass::from_key(&line("class")).unwrap_or(RecipientClass::User);
        units.push(AskedUnit { name, class, address });
        lines.push(at);
    }
    (units, lines)
}

/// Faults of the list at the lines of the form.
fn at_lines(error: WebError, lines: &[usize]) -> WebError {
    match error.into_faults() {
        Err(error) => error,
        Ok(faults) => {
            let moved = faults.into_iter().map(|fault| {
                let mut parts = fault.field.split('.').skip(1);
                let line = parts.next().and_then(|at| lines.get(at.parse::<usize>().ok()?));
                match (line, parts.next()) {
                    (Some(line), Some(field)) => {
                        FieldFault { field: format!("{line}.{field}"), ..fault.clone() }
                    }
                    _ => fault.clone(),
                }
            });
            WebError::invalid(moved.collect())
        }
    }
}

#[post("/projects/<id>/asked", data = "<typed>")]
async fn ask(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let (units, lines) = units(&typed);
    let (actor, command) = (signed_in.actor, AskUnits { project, units, if_version: None });
    let done = app
        .once(typed.once(), move |tx| {
            let told = ask_units(tx, &actor, &command)?;
            let said = Text::said("asking-saved")
                .with("n", command.units.len() as u64)
                .with("told", told as u64);
            Ok(Answer::see(Section::Comments.href(project)).saying(Tone::Good, &said))
        })
        .await
        .map_err(|error| at_lines(error, &lines));
    finish(app, &visitor, project, "asked", typed, done).await
}

#[post("/projects/<id>/hearing", data = "<typed>")]
async fn hear(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let day = typed.day("hearing.closes_on");
    let done = match day {
        Err(fault) => Err(WebError::invalid(vec![FieldFault::new("closes_on", fault.code)])),
        Ok(None) => Err(WebError::invalid(vec![FieldFault::new("closes_on", FaultCode::Missing)])),
        Ok(Some(closes_on)) => {
            let command = OpenHearing { project, closes_on, note: typed.text("hearing.note") };
            let actor = signed_in.actor;
            app.once(typed.once(), move |tx| {
                open_reexamination_round(tx, &actor, &command)?;
                Ok(Answer::see(Section::Comments.href(project))
                    .saying(Tone::Good, &Text::said("asking-heard")))
            })
            .await
        }
    };
    finish(app, &visitor, project, "hearing", typed, done).await
}

#[post("/consultations/<id>/publication", data = "<typed>")]
async fn publish(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let round: RoundId = id.parse().map_err(|_| WebError::not_found())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        publish_hearing(tx, &actor, &round)?;
        Ok(Answer::see(format!("/consultations/{round}"))
            .saying(Tone::Good, &Text::said("asking-published")))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![ask, hear, publish]
}
