//! Care of a published text (发布后): trainings, effect evaluations, early re-examination and the answers to feedback, for the
//! secretariat of its committee and the officers of its authority.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    specification::care::{self, EarlyReexamination, Evaluation, FeedbackAnswer, Training},
};
use quanheng_db::{
    conn::AnyConn,
    deadlines::{self, DeadlineRow},
    projects::{self, ProjectRow},
    specifications::{self, EvaluationRow, FeedbackRow, SpecificationRow, TrainingRow},
};
use quanheng_domain::{
    Keyed, Locale, deadline,
    ids::{FeedbackId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    people::Actor,
    records::{EvaluationSuggestion, FeedbackOutcome},
};
use rocket::{Route, State, get, http::Status, post, routes};
use serde::Serialize;

use super::{Shelf, edition, reported, specification::identity};
use crate::pages::{
    address,
    projects::{Again, Fold, FormView, Part, word},
};
use crate::views::{
    Cell, Column, Crumb, Deadline, Empty, FieldKind, FormFault, Link, PageHead, Row, Table, Text,
    Tone,
};
use crate::{Answer, App, Page, SignedIn, Typed, WebError};

/// What those in whose care a text is may propose about it.
const PROPOSED: [ProjectKind; 4] =
    [ProjectKind::Amendment, ProjectKind::Corrigendum, ProjectKind::Revise, ProjectKind::Abolition];

/// An answer, or the page again with what was typed.
type Done = Result<Answer, Page>;

struct File {
    edition: SpecificationRow,
    trainings: Vec<TrainingRow>,
    evaluations: Vec<EvaluationRow>,
    feedback: Vec<FeedbackRow>,
    deadlines: Vec<DeadlineRow>,
    running: Option<ProjectRow>,
}

fn read(conn: &mut AnyConn, actor: &Actor, id: SpecificationId) -> Result<File, ActionError> {
    let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    Ok(File {
        trainings: specifications::trainings_of(conn, id)?,
        evaluations: specifications::evaluations_of(conn, id)?,
        feedback: specifications::feedback_of(conn, id)?,
        deadlines: deadlines::open_of(conn, id.cast())?,
        running: projects::of_specification(conn, id)?
            .into_iter()
            .find(|project| !project.stage.is_final()),
        edition,
    })
}

#[derive(Serialize)]
struct CarePage {
    head: PageHead,
    faults: Vec<FormFault>,
    cases: Vec<Case>,
    answered: Vec<reported::Told>,
    trainings: Table,
    training: Fold,
    evaluations: Table,
    evaluation: Fold,
    early: Early,
    deadlines: Vec<Deadline>,
    links: Vec<Link>,
}

/// A feedback case that waits for its answer; only those in whose care the text is see who wrote.
#[derive(Serialize)]
struct Case {
    id: String,
    day: String,
    place: Text,
    who: String,
    contact: String,
    text: String,
    form: FormView,
}

/// Whether an early re-examination can be opened, and the form if so.
#[derive(Serialize)]
struct Early {
    sentence: Text,
    running: Option<Link>,
    fold: Option<Fold>,
}

fn table(caption: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let caption = Text::word("care", caption);
    Table {
        columns: columns.iter().map(|key| Column::new(Text::word("care-column", key))).collect(),
        empty: Some(Empty { title: Text::said("care-none"), text: None, action: None }),
        caption,
        caption_hidden: true,
        rows,
    }
}

fn trainings(file: &File) -> Table {
    let line = |row: &TrainingRow| Row {
        cells: vec![
            edition::day_cell(&row.held_on.to_string()),
            Cell::text(row.place.clone()),
            Cell::text(row.people.to_string()),
            Cell::text(row.note.clone()),
        ],
        ..Row::default()
    };
    let mut table = table(
        "trainings",
        &["day", "place", "people", "note"],
        file.trainings.iter().map(line).collect(),
    );
    table.columns[2].numeric = true;
    table
}

fn evaluations(file: &File) -> Table {
    let line = |row: &EvaluationRow| Row {
        cells: vec![
            edition::day_cell(&row.done_on.to_string()),
            Cell::text(word(row.suggestion)),
            Cell::text(row.findings.clone()).note(row.method.clone()),
        ],
        ..Row::default()
    };
    let rows = file.evaluations.iter().map(line).collect();
    table("evaluations", &["day", "suggestion", "findings"], rows)
}

fn label(field: &str) -> Text {
    Text::word("care-field", field)
}

fn training(path: &str, again: Option<&Again>) -> Fold {
    let part = Part::new("training", again);
    let fields = vec![
        part.field(FieldKind::Date, "held_on", label("held-on")).required(),
        part.field(FieldKind::Text, "place", label("place")).required().attr("maxlength", 300),
        part.field(FieldKind::Number, "people", label("people"))
            .required()
            .attr("min", 0)
            .attr("inputmode", "numeric"),
        part.field(FieldKind::Textarea, "note", label("note"))
            .hint(Text::said("care-note-hint"))
            .attr("rows", 3)
            .attr("maxlength", 8_000),
    ];
    let (action, button) = (format!("{path}/trainings"), Text::said("care-training-button"));
    part.fold("care-training-one", FormView { action, fields, button })
}

fn evaluation(path: &str, again: Option<&Again>) -> Fold {
    let part = Part::new("evaluation", again);
    let long = |name: &str, rows: u32| {
        part.field(FieldKind::Textarea, name, label(name))
            .required()
            .attr("rows", rows)
            .attr("maxlength", 8_000)
    };
    let fields = vec![
        part.field(FieldKind::Date, "done_on", label("done-on")).required(),
        long("method", 3),
        long("findings", 6),
        part.choice(FieldKind::Radio, "suggestion", label("suggestion"), EvaluationSuggestion::ALL)
            .hint(Text::said("care-suggestion-hint"))
            .required(),
    ];
    let (action, button) = (format!("{path}/evaluations"), Text::said("care-evaluation-button"));
    part.fold("care-evaluation-one", FormView { action, fields, button })
}

fn early(file: &File, path: &str, again: Option<&Again>) -> Early {
    let abolished = !file.edition.abolished_on.is_empty();
    let key = match (abolished, &file.running) {
        (true, _) => "care-early-abolished",
        (false, Some(_)) => "care-early-running",
        (false, None) => "care-early-lead",
    };
    let part = Part::new("early", again);
    let fold = (!abolished && file.running.is_none()).then(|| {
        let fields = vec![
            part.field(FieldKind::Textarea, "reason", label("reason"))
                .required()
                .attr("rows", 4)
                .attr("maxlength", 8_000),
        ];
        let (action, button) = (format!("{path}/reexaminations"), Text::said("care-early-button"));
        part.fold("care-early-one", FormView { action, fields, button })
    });
    let running = file
        .running
        .as_ref()
        .map(|row| Link::new(format!("/projects/{}", row.id), Text::plain(row.title_zh.clone())));
    Early { sentence: Text::said(key), running, fold }
}

fn case(row: &FeedbackRow, path: &str, again: Option<&Again>) -> Case {
    let key = format!("answer-{}", row.id);
    let part = Part::new(&key, again);
    let fields = vec![
        part.field(FieldKind::Textarea, "answer", label("answer"))
            .hint(Text::said("care-answer-hint"))
            .required()
            .attr("rows", 4)
            .attr("maxlength", 8_000),
        part.choice(FieldKind::Radio, "outcome", label("outcome"), FeedbackOutcome::ALL).required(),
    ];
    Case {
        id: row.id.to_string(),
        day: deadline::day_of(row.at).to_string(),
        place: reported::place(row),
        who: row.name.clone(),
        contact: row.contact.clone(),
        text: row.text.clone(),
        form: FormView {
            action: format!("{path}/feedback/{}/answer", row.id),
            fields,
            button: Text::said("care-answer-button"),
        },
    }
}

fn view(file: &File, locale: Locale, now: DateTime<Utc>, again: Option<&Again>) -> CarePage {
    let row = &file.edition;
    let path = edition::href(row);
    let mut head = PageHead::new(Text::said("care-title"));
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::plain(row.number.clone()), href: Some(path.clone()) },
    ];
    head.code = Some(row.number.clone());
    head.lead = Some(edition::title_text(row, locale));
    let open = file.feedback.iter().filter(|row| row.answered_at.is_none());
    // A slip and an abolition are projects of their own, proposed like any other.
    let propose = |kind: ProjectKind| {
        let href =
            address::with("/projects/new", &[("kind", kind.key()), ("specification", &row.number)]);
        Link::new(href, Text::word("care-propose", kind.key()))
    };
    let running = file.deadlines.iter().filter(|row| !row.kind.is_reminder());
    CarePage {
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        cases: open.map(|row| case(row, &path, again)).collect(),
        answered: file.feedback.iter().filter_map(reported::feedback).collect(),
        trainings: trainings(file),
        training: training(&path, again),
        evaluations: evaluations(file),
        evaluation: evaluation(&path, again),
        early: early(file, &path, again),
        deadlines: running
            .map(|row| Deadline::new(row.due_at, now).labelled(word(row.kind)))
            .collect(),
        links: PROPOSED.map(propose).to_vec(),
    }
}

async fn page(
    app: &App,
    signed_in: &SignedIn,
    id: SpecificationId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let actor = signed_in.actor.clone();
    let file = app.read(move |conn| read(conn, &actor, id)).await?;
    let view = view(&file, signed_in.locale, app.now(), again);
    Ok(Page::new("pages/public/care", &view).private())
}

/// The answer of a form, or the page again with its faults.
async fn finish(
    app: &App,
    signed_in: &SignedIn,
    id: SpecificationId,
    (form, typed): (&str, Typed),
    done: Result<Answer, WebError>,
) -> Result<Done, WebError> {
    let faults = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error.into_faults()?,
    };
    let again = Again::new(form, typed, faults);
    let page = page(app, signed_in, id, Some(&again)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

fn said(number: &str, anchor: &str, key: &str) -> Answer {
    let to = format!("/specifications/{}/care#{anchor}", address::encoded(number));
    Answer::see(to).saying(Tone::Good, &Text::said(key))
}

/// A day of a form, with its fault at the field.
fn day(typed: &Typed, form: &str, field: &str, faults: &mut Vec<FieldFault>) -> NaiveDate {
    let code = match typed.day(&format!("{form}.{field}")) {
        Ok(Some(day)) => return day,
        Ok(None) => FaultCode::Missing,
        Err(fault) => fault.code,
    };
    faults.push(FieldFault::new(field, code));
    NaiveDate::default()
}

#[get("/specifications/<number>/care")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
) -> Result<Page, WebError> {
    let id = identity(app, shelf, &number).await?;
    page(app, &signed_in, id, None).await
}

#[post("/specifications/<number>/trainings", data = "<typed>")]
async fn train(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let id = identity(app, shelf, &number).await?;
    let mut faults = Vec::new();
    let people = typed.line("training.people").parse::<i32>();
    if people.is_err() {
        let bound = Some(1_000_000);
        faults.push(FieldFault { bound, ..FieldFault::new("people", FaultCode::NotACount) });
    }
    let command = Training {
        specification: id,
        held_on: day(&typed, "training", "held_on", &mut faults),
        place: typed.line("training.place"),
        people: people.unwrap_or_default(),
        note: typed.text("training.note"),
    };
    let actor = signed_in.actor.clone();
    let done = match faults.is_empty() {
        false => Err(WebError::invalid(faults)),
        true => {
            app.once(typed.once(), move |tx| {
                care::train(tx, &actor, &command)?;
                Ok(said(&number, "trainings", "care-trained"))
            })
            .await
        }
    };
    finish(app, &signed_in, id, ("training", typed), done).await
}

#[post("/specifications/<number>/evaluations", data = "<typed>")]
async fn evaluate(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let id = identity(app, shelf, &number).await?;
    let mut faults = Vec::new();
    let done_on = day(&typed, "evaluation", "done_on", &mut faults);
    let suggestion = typed.choice("evaluation.suggestion");
    let suggestion = suggestion.map_err(|fault| faults.push(fault)).ok();
    let actor = signed_in.actor.clone();
    let done = match suggestion.filter(|_| faults.is_empty()) {
        None => Err(WebError::invalid(faults)),
        Some(suggestion) => {
            let command = Evaluation {
                specification: id,
                done_on,
                method: typed.text("evaluation.method"),
                findings: typed.text("evaluation.findings"),
                suggestion,
            };
            app.once(typed.once(), move |tx| {
                care::evaluate(tx, &actor, &command)?;
                Ok(said(&number, "evaluations", "care-evaluated"))
            })
            .await
        }
    };
    finish(app, &signed_in, id, ("evaluation", typed), done).await
}

#[post("/specifications/<number>/reexaminations", data = "<typed>")]
async fn reexamine(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let id = identity(app, shelf, &number).await?;
    let command = EarlyReexamination { specification: id, reason: typed.text("early.reason") };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            let case = care::reexamine(tx, &actor, &command)?;
            Ok(Answer::see(format!("/projects/{case}"))
                .saying(Tone::Good, &Text::said("care-reexamined")))
        })
        .await;
    finish(app, &signed_in, id, ("early", typed), done).await
}

#[post("/specifications/<number>/feedback/<feedback>/answer", data = "<typed>")]
async fn answer(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
    feedback: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let id = identity(app, shelf, &number).await?;
    let feedback: FeedbackId = feedback.parse().map_err(|_| WebError::not_found())?;
    let form = format!("answer-{feedback}");
    let answer = typed.text(&format!("{form}.answer"));
    let actor = signed_in.actor.clone();
    let done = match typed.choice(&format!("{form}.outcome")) {
        Err(fault) => Err(WebError::invalid(vec![fault])),
        Ok(outcome) => {
            let command = FeedbackAnswer { feedback, answer, outcome };
            app.once(typed.once(), move |tx| {
                care::answer(tx, &actor, &command)?;
                Ok(said(&number, "feedback", "care-answered"))
            })
            .await
        }
    };
    finish(app, &signed_in, id, (&form, typed), done).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, train, evaluate, reexamine, answer]
}
