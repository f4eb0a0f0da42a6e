//! What reaches the secretariat by letter, by mail or in a meeting: a comment with its scan, and answers without comments.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::document::{self, Upload, may_know};
use quanheng_actions::round::case::not_yours;
use quanheng_actions::round::{
    Answer as RoundAnswer, Author, Case, EnterPaper, Remark, answer as answer_round, enter_paper,
    remind_silent,
};
use quanheng_db::conn::AnyConn;
use quanheng_db::rounds::{self, RecipientRow};
use quanheng_domain::comment::{CommentKind, CommentSource, RecipientAnswer};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault, RoundStatus};
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::rules::RecipientClass;
use quanheng_domain::{Keyed, Locale, deadline};
use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::{FromForm, Route, State, get, post, routes};
use serde::Serialize;

use super::asked::{Coverage, Covered, coverage, covered};
use super::show::round_id;
use crate::pages::projects::{Again, FormView, Part, take_file, word};
use crate::views::{
    Cell, Column, Crumb, Empty, FieldKind, FormFault, PageHead, Pill, Row, Table, Text, Tone,
};
use crate::{Answer, App, Once, Page, SignedIn, Typed, WebError};

/// The ways by which a single comment reaches the secretariat.
const SOURCES: &[CommentSource] =
    &[CommentSource::Letter, CommentSource::Mail, CommentSource::Meeting];
/// The answers that are no comment.
const REPLIES: &[RecipientAnswer] = &[RecipientAnswer::NoComment, RecipientAnswer::Cannot];

type Done = Result<Answer, Page>;

struct File {
    case: Case,
    asked: Vec<RecipientRow>,
    coverage: Coverage,
    now: DateTime<Utc>,
}

impl File {
    fn takes(&self) -> bool {
        matches!(self.case.round.status, RoundStatus::Running | RoundStatus::Closed)
    }
}

/// Reads the page for the secretariat.
fn read(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<File, ActionError> {
    let case = Case::read(conn, id)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.parties(actor).contains(&Party::Secretariat) {
        return Err(not_yours(&[Party::Secretariat]));
    }
    let asked = rounds::recipients_of(conn, id)?;
    let coverage = coverage(conn, &case, &asked)?;
    Ok(File { asked, coverage, case, now })
}

#[derive(Serialize)]
struct LettersPage {
    head: PageHead,
    faults: Vec<FormFault>,
    over: bool,
    paper: Option<FormView>,
    reply: Option<FormView>,
    remind: Option<FormView>,
    asked: Table,
    coverage: Vec<Covered>,
}

fn label(field: &str) -> Text {
    Text::word("letters-field", field)
}

fn paper(file: &File, again: Option<&Again>) -> FormView {
    let part = Part::new("paper", again);
    let line = |name: &str, most: u32| {
        part.field(FieldKind::Text, name, label(name)).attr("maxlength", most)
    };
    let long = |name: &str, rows: u32| {
        part.field(FieldKind::Textarea, name, label(name))
            .attr("rows", rows)
            .attr("maxlength", 8_000)
    };
    let today = deadline::day_of(file.now).to_string();
    let mut received = part.field(FieldKind::Date, "received_on", label("received-on"));
    let mut kind = part.choice(FieldKind::Radio, "kind", label("kind"), CommentKind::ALL);
    if !part.is_back() {
        received = received.value(today.clone());
        kind = kind.value(CommentKind::Technical.key());
    }
    let nobody = part
        .field(FieldKind::Select, "recipient", label("recipient"))
        .hint(Text::said("letters-recipient-hint"))
        .choice("", Text::said("letters-recipient-none"));
    let recipient = file.asked.iter().fold(nobody, |field, line| {
        field.choice(&line.id.to_string(), Text::plain(line.name.clone()))
    });
    let scan = part
        .field(FieldKind::File, "scan", label("scan"))
        .hint(Text::said("letters-scan-hint"))
        .attr("accept", ".pdf,.png,.jpg,.jpeg,.docx");
    FormView {
        action: format!("/consultations/{}/letters", file.case.round.id),
        fields: vec![
            part.choice(FieldKind::Radio, "source", label("source"), SOURCES).required(),
            received.attr("max", today).required(),
            recipient,
            line("name", 120).hint(Text::said("letters-name-hint")),
            line("unit", 200),
            part.choice(FieldKind::Select, "class", label("class"), RecipientClass::ALL),
            line("contact", 200).hint(Text::said("letters-contact-hint")),
            line("clause", 120),
            kind.required(),
            long("body", 5).required(),
            long("proposal", 3),
            long("reason", 3),
            scan,
        ],
        button: Text::said("letters-enter"),
    }
}

fn reply(file: &File, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("reply", again);
    let silent: Vec<&RecipientRow> =
        file.asked.iter().filter(|line| line.answered_at.is_none()).collect();
    let nobody = part
        .field(FieldKind::Select, "recipient", label("recipient"))
        .choice("", Text::said("projects-choose"));
    (!silent.is_empty()).then(|| FormView {
        action: format!("/consultations/{}/replies", file.case.round.id),
        fields: vec![
            silent
                .into_iter()
                .fold(nobody, |field, line| {
                    field.choice(&line.id.to_string(), Text::plain(line.name.clone()))
                })
                .required(),
            part.choice(FieldKind::Radio, "answer", label("answer"), REPLIES)
                .hint(Text::said("letters-answer-hint"))
                .required(),
            part.field(FieldKind::Textarea, "note", label("note"))
                .hint(Text::said("letters-note-hint"))
                .attr("rows", 2)
                .attr("maxlength", 2_000)
                .required(),
        ],
        button: Text::said("letters-reply"),
    })
}

/// The button that reminds the silent while the round runs.
fn remind(file: &File) -> Option<FormView> {
    let silent = file.asked.iter().filter(|line| line.answered_at.is_none()).count();
    (silent > 0 && file.case.round.status == RoundStatus::Running).then(|| FormView {
        action: format!("/consultations/{}/remind", file.case.round.id),
        fields: Vec::new(),
        button: Text::said("letters-remind").with("n", silent as u64),
    })
}

fn asked(file: &File) -> Table {
    let line = |row: &RecipientRow| {
        let day =
            |at: DateTime<Utc>| Text::said("catalogue-day").with_date("day", deadline::day_of(at));
        let state = match row.answer {
            None => Pill::new(Text::said("letters-silent"), Tone::Warn),
            Some(answer) => Pill::new(word(answer), Tone::Good),
        };
        Row {
            cells: vec![
                Cell::text(row.name.clone()).note(word(row.class)),
                Cell::text(day(row.asked_at)),
                Cell::pill(state),
                row.answered_at.map_or_else(|| Cell::text(""), |at| Cell::text(day(at))),
            ],
            ..Row::default()
        }
    };
    let columns = ["name", "asked", "answer", "answered"];
    Table {
        caption: Text::said("letters-asked"),
        caption_hidden: true,
        columns: columns.map(|key| Column::new(Text::word("letters-column", key))).to_vec(),
        rows: file.asked.iter().map(line).collect(),
        empty: Some(Empty { title: Text::said("letters-asked-none"), text: None, action: None }),
    }
}

fn view(file: &File, again: Option<&Again>) -> LettersPage {
    let (round, project) = (&file.case.round, &file.case.project);
    let mut head = PageHead::new(Text::said("letters-title"));
    head.crumbs = vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb {
            text: Text::said("projects-round")
                .with("n", round.ordinal)
                .with_text("purpose", &word(round.purpose)),
            href: Some(format!("/consultations/{}", round.id)),
        },
        Crumb { text: Text::said("letters-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::said("letters-lead"));
    let takes = file.takes();
    LettersPage {
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        over: !takes,
        paper: takes.then(|| paper(file, again)),
        reply: takes.then(|| reply(file, again)).flatten(),
        remind: remind(file),
        asked: asked(file),
        coverage: covered(&file.coverage),
    }
}

async fn page(
    app: &App,
    actor: Actor,
    round: RoundId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let now = app.now();
    let file = app.read(move |conn| read(conn, round, &actor, now)).await?;
    Ok(Page::new("pages/consultations/letters", &view(&file, again)).private())
}

/// The answer of a form, or the page again with its faults.
async fn finish(
    app: &App,
    actor: Actor,
    round: RoundId,
    (form, typed): (&str, Typed),
    done: Result<Answer, WebError>,
) -> Result<Done, WebError> {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let mut again = Again::new(form, typed, Vec::new());
    let status = error.status;
    if matches!(error.kind.as_str(), "unfit_file" | "too_large" | "no_room") {
        // A file that is not taken in costs nobody what was typed beside it.
        again.told = Some(("scan".to_owned(), error.sentence()));
    } else {
        again.faults = error.into_faults()?;
    }
    for fault in &mut again.faults {
        // One comment is sent; its place in the list is no place of the form.
        if let Some(field) = fault.field.strip_prefix("comments.0.") {
            fault.field = field.to_owned();
        }
    }
    let page = page(app, actor, round, Some(&again)).await?;
    Ok(Err(page.status(status)))
}

#[get("/consultations/<id>/letters")]
async fn show(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    page(app, signed_in.actor, round_id(id)?, None).await
}

/// The form with a scan, its fields named like those of every form of a page.
#[derive(FromForm)]
struct Papers<'r> {
    paper: PaperForm<'r>,
}

#[derive(FromForm)]
struct PaperForm<'r> {
    source: Option<&'r str>,
    received_on: Option<&'r str>,
    recipient: Option<&'r str>,
    name: Option<&'r str>,
    unit: Option<&'r str>,
    class: Option<&'r str>,
    contact: Option<&'r str>,
    clause: Option<&'r str>,
    kind: Option<&'r str>,
    body: Option<&'r str>,
    proposal: Option<&'r str>,
    reason: Option<&'r str>,
    scan: Option<TempFile<'r>>,
}

fn typed_of(form: &PaperForm<'_>) -> Typed {
    Typed::of([
        ("paper.source", form.source.unwrap_or_default()),
        ("paper.received_on", form.received_on.unwrap_or_default()),
        ("paper.recipient", form.recipient.unwrap_or_default()),
        ("paper.name", form.name.unwrap_or_default()),
        ("paper.unit", form.unit.unwrap_or_default()),
        ("paper.class", form.class.unwrap_or_default()),
        ("paper.contact", form.contact.unwrap_or_default()),
        ("paper.clause", form.clause.unwrap_or_default()),
        ("paper.kind", form.kind.unwrap_or_default()),
        ("paper.body", form.body.unwrap_or_default()),
        ("paper.proposal", form.proposal.unwrap_or_default()),
        ("paper.reason", form.reason.unwrap_or_default()),
    ])
}

/// The comment as typed; a day and choices that are none are faults at their fields.
fn entered(typed: &Typed, round: RoundId) -> Result<EnterPaper, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let source = CommentSource::from_key(typed.raw("paper.source")).ok();
    let kind = CommentKind::from_key(typed.raw("paper.kind")).ok();
    let class = RecipientClass::from_key(typed.raw("paper.class")).ok();
    let received = typed.day("paper.received_on");
    for (field, there) in
        [("source", source.is_some()), ("kind", kind.is_some()), ("class", class.is_some())]
    {
        if !there {
            faults.push(FieldFault::new(field, FaultCode::Missing));
        }
    }
    let day = match received {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            faults.push(FieldFault::new("received_on", FaultCode::Missing));
            None
        }
        Err(fault) => {
            faults.push(FieldFault::new("received_on", fault.code));
            None
        }
    };
    let recipient = typed.id("paper.recipient").unwrap_or_else(|fault| {
        faults.push(FieldFault::new("recipient", fault.code));
        None
    });
    let (Some(source), Some(kind), Some(class), Some(received_on)) = (source, kind, class, day)
    else {
        return Err(faults);
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let author = Author {
        name: typed.line("paper.name"),
        contact: typed.line("paper.contact"),
        unit: typed.line("paper.unit"),
        publish_name: false,
        locale: Locale::Chinese,
    };
    let remark = Remark {
        clause: typed.line("paper.clause"),
        kind,
        body: typed.text("paper.body"),
        proposal: typed.text("paper.proposal"),
        reason: typed.text("paper.reason"),
        quote: String::new(),
    };
    let remarks = vec![remark];
    Ok(EnterPaper { round, author, class, source, received_on, remarks, scan: None, recipient })
}

/// The scan as a document of the round's project, once its bytes are safe; nothing when none was sent.
async fn scanned(
    app: &App,
    actor: &Actor,
    round: RoundId,
    scan: Option<&TempFile<'_>>,
) -> Result<Option<Upload>, WebError> {
    let Some(scan) = scan.filter(|file| file.len() > 0) else { return Ok(None) };
    let (reader, now) = (actor.clone(), app.now());
    // Bytes are kept only for those who may enter them.
    let project =
        app.read(move |conn| Ok(read(conn, round, &reader, now)?.case.project.id)).await?;
    let taken = take_file(app, scan).await?;
    Ok(Some(Upload {
        project,
        kind: DocumentKind::Other,
        title: String::new(),
        file_name: taken.name,
        media_type: taken.media_type,
        size: taken.size,
        sha256: taken.hash,
        note: String::new(),
    }))
}

#[post("/consultations/<id>/letters", data = "<form>")]
async fn enter(
    app: &State<App>,
    signed_in: SignedIn,
    once: Once,
    id: &str,
    form: Form<Papers<'_>>,
) -> Result<Done, WebError> {
    let round = round_id(id)?;
    let form = form.into_inner().paper;
    let typed = typed_of(&form);
    let actor = signed_in.actor.clone();
    let done = match entered(&typed, round) {
        Err(faults) => Err(WebError::invalid(faults)),
        Ok(command) => match scanned(app, &actor, round, form.scan.as_ref()).await {
            Err(error) => Err(error),
            Ok(scan) => {
                app.once(&once, move |tx| {
                    let mut command = command.clone();
                    if let Some(scan) = &scan {
                        command.scan = Some(document::upload(tx, &actor, scan)?.id);
                    }
                    let receipt = enter_paper(tx, &actor, &command)?;
                    let text = Text::said("letters-entered").with("receipt", receipt.number);
                    Ok(Answer::see(format!("/consultations/{round}/letters"))
                        .saying(Tone::Good, &text))
                })
                .await
            }
        },
    };
    finish(app, signed_in.actor, round, ("paper", typed), done).await
}

#[post("/consultations/<id>/replies", data = "<typed>")]
async fn note_reply(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let round = round_id(id)?;
    let mut faults = Vec::new();
    let answer = RecipientAnswer::from_key(typed.raw("reply.answer")).ok();
    if answer.is_none() {
        faults.push(FieldFault::new("answer", FaultCode::Missing));
    }
    let recipient = typed.id("reply.recipient").ok().flatten();
    if recipient.is_none() {
        faults.push(FieldFault::new("recipient", FaultCode::Missing));
    }
    let actor = signed_in.actor.clone();
    let done = match answer.zip(recipient) {
        None => Err(WebError::invalid(faults)),
        Some((answer, recipient)) => {
            let note = typed.text("reply.note");
            let command = RoundAnswer { round, answer, recipient: Some(recipient), note };
            app.once(typed.once(), move |tx| {
                answer_round(tx, &actor, &command)?;
                Ok(Answer::see(format!("/consultations/{round}/letters#asked"))
                    .saying(Tone::Good, &Text::said("letters-replied")))
            })
            .await
        }
    };
    finish(app, signed_in.actor, round, ("reply", typed), done).await
}

#[post("/consultations/<id>/remind", data = "<typed>")]
async fn remind_now(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let (round, actor) = (round_id(id)?, signed_in.actor);
    app.once(typed.once(), move |tx| {
        let told = remind_silent(tx, &actor, round)?;
        let text = Text::said("letters-reminded").with("n", told as u64);
        Ok(Answer::see(format!("/consultations/{round}/letters#asked")).saying(Tone::Good, &text))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, enter, note_reply, remind_now]
}
