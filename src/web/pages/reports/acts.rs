//! What is done with a report: handed over, sent back, signed, submitted, accepted, returned.

use quanheng_actions::report::{self, Take};
use quanheng_actions::{ActionError, Tx};
use quanheng_domain::Keyed;
use quanheng_domain::people::Actor;
use quanheng_domain::report::{ReportPart, ReportStep};
use quanheng_reports::annual;
use rocket::http::Status;
use rocket::{Route, State, post, routes};

use super::file::{self, ReportFile};
use super::show;
use crate::answer::Answer;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::pages::projects::{Again, FormView, Part};
use crate::papers::say;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormFault, Text, Tone};
use crate::{App, Page, voice};

/// The form of a step, empty or come back.
pub fn form(file: &ReportFile, step: ReportStep, again: Option<&Again>) -> FormView {
    let part = Part::new(step.key(), again);
    let hidden = |name: &str, value: String| {
        Field::new(FieldKind::Hidden, name, Text::plain("")).value(value)
    };
    let mut fields = vec![
        hidden("step", step.key().to_owned()),
        hidden("if_version", file.paper.version.to_string()),
    ];
    if step.asks_reason() {
        fields.push(
            part.field(FieldKind::Textarea, "note", Text::said("reports-reason"))
                .attr("rows", 4)
                .attr("maxlength", 4_000)
                .required(),
        );
    } else if step == ReportStep::Accept {
        fields.push(
            part.field(FieldKind::Textarea, "note", Text::said("reports-remark"))
                .attr("rows", 2)
                .attr("maxlength", 4_000),
        );
    }
    FormView {
        action: format!("{}/steps", file.path()),
        fields,
        button: Text::word("report-step", step.key()),
    }
}

/// What is wrong, each line leading to the part or field.
pub fn summary(again: &Again) -> Vec<FormFault> {
    let line =
        |fault: &quanheng_domain::lifecycle::FieldFault| match ReportPart::from_key(&fault.field) {
            Ok(part) => FormFault {
                field: String::new(),
                text: Text::said("reports-part-missing").with_text("part", &say::part(part)),
            },
            Err(_) => FormFault {
                field: format!("{}.{}", again.form, fault.field),
                text: voice::fault(fault),
            },
        };
    again.faults.iter().map(line).collect()
}

/// Takes a step, with the figures of this very moment for the signature.
pub fn take(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    year: i32,
    segment: &str,
    step: ReportStep,
    note: &str,
    if_version: Option<i64>,
) -> Result<(), ActionError> {
    let now = tx.now();
    let file = file::read_inside(tx.conn(), actor, year, segment, now)?;
    let committee = &file.paper.committee;
    let figures = if step == ReportStep::Sign {
        let records =
            annual::records(tx.conn(), &[committee.id], year)?.ok_or(ActionError::NotFound)?;
        let figures = annual::figures(&records, committee, year).ok_or(ActionError::NotFound)?;
        annual::frozen(&figures)
    } else {
        serde_json::Value::Null
    };
    let command =
        Take { committee: committee.id, year, step, note: note.to_owned(), figures, if_version };
    report::step(tx, actor, &command).map(drop)
}

#[post("/reports/annual/<year>/<committee>/steps", data = "<typed>")]
async fn steps(
    app: &State<App>,
    signed_in: SignedIn,
    year: &str,
    committee: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (year, segment) = (file::year(year)?, committee.to_owned());
    let step = ReportStep::from_key(typed.raw("step")).map_err(|_| WebError::malformed())?;
    let note = typed.text(&format!("{}.note", step.key()));
    let (actor, seen, place) = (signed_in.actor.clone(), typed.version(), segment.clone());
    let back = format!("/reports/annual/{year}/{committee}");
    let done = app.once(typed.once(), move |tx| {
        take(tx, &actor, year, &place, step, &note, Some(seen))?;
        let said = Text::word("report-step-done", step.key());
        Ok(Answer::see(&back).saying(Tone::Good, &said))
    });
    let error = match done.await {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let again = Again::new(step.key(), typed, error.into_faults()?);
    let page = show::page(app, signed_in.actor, year, segment, Some(&again)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![steps]
}
