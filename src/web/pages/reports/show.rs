//! The page of a report: its parts with the state of each, every figure leading to its records, and what the reader may do now.

use chrono::{DateTime, Utc};
use quanheng_actions::report::Sight;
use quanheng_domain::people::Actor;
use quanheng_domain::records::ReportState;
use quanheng_domain::report::{ReportPart, ReportStep, title};
use quanheng_domain::{Keyed, deadline};
use quanheng_reports::annual::groups;
use quanheng_reports::figure::{FigureGroup, FigureKey};
use rocket::http::Status;
use rocket::{Responder, Route, State, get, routes};
use serde::Serialize;

use super::acts;
use super::file::{self, ReportFile};
use crate::error::WebError;
use crate::guards::Visitor;
use crate::pages::projects::{Again, FormView, word};
use crate::papers::{Form, Saved, Voice, print, say, sheets, told};
use crate::views::{
    Crumb, Deadline, FormFault, Link, PageHead, RuleCite, Step, StopState, Text, Tone,
};
use crate::{App, Page, voice};

#[derive(Serialize)]
struct ReportPage {
    head: PageHead,
    faults: Vec<FormFault>,
    notes: Vec<Note>,
    way: Vec<Step>,
    outline: Vec<Entry>,
    parts: Vec<PartView>,
    due: Option<Due>,
    turn: Option<Text>,
    forms: Vec<ActForm>,
    files: Vec<Link>,
    trail: Vec<Text>,
}

/// Something that has to be known before the report is read.
#[derive(Serialize)]
struct Note {
    tone: Tone,
    text: Text,
    quote: Option<String>,
}

/// An entry of the outline.
#[derive(Serialize)]
struct Entry {
    href: String,
    number: usize,
    title: Text,
    state: Option<crate::views::Pill>,
}

#[derive(Serialize)]
struct PartView {
    id: &'static str,
    number: usize,
    title: Text,
    state: Option<crate::views::Pill>,
    groups: Vec<GroupView>,
    paragraphs: Vec<String>,
    missing: Option<Text>,
    saved: Option<Text>,
    edit: Option<Link>,
}

#[derive(Serialize)]
struct GroupView {
    title: Text,
    clauses: Vec<say::Clause>,
    nothing: Text,
    lines: Vec<say::Line>,
    flags: Vec<Text>,
}

#[derive(Serialize)]
struct Due {
    deadline: Deadline,
    rule: RuleCite,
}

/// What the reader may do now.
#[derive(Serialize)]
struct ActForm {
    id: &'static str,
    lead: Text,
    grave: bool,
    form: FormView,
}

fn way(file: &ReportFile) -> Vec<Step> {
    let at = match file.paper.state {
        None | Some(ReportState::Draft | ReportState::Returned) => 0,
        Some(ReportState::ToSign) => 1,
        Some(ReportState::Signed) => 2,
        Some(ReportState::Submitted) => 3,
        Some(ReportState::Accepted) => 4,
    };
    let names =
        ["reports-way-write", "reports-way-sign", "reports-way-submit", "reports-way-decide"];
    names
        .iter()
        .enumerate()
        .map(|(place, name)| Step {
            text: Text::said(*name),
            href: None,
            state: match place.cmp(&at) {
                std::cmp::Ordering::Less => StopState::Done,
                std::cmp::Ordering::Equal => StopState::Current,
                std::cmp::Ordering::Greater => StopState::Ahead,
            },
        })
        .collect()
}

fn notes(file: &ReportFile) -> Vec<Note> {
    let paper = &file.paper;
    let note = |tone, text: Text| Note { tone, text, quote: None };
    let mut notes = Vec::new();
    if file.sight == Sight::Public {
        notes.push(note(Tone::Info, Text::said("reports-note-public")));
        return notes;
    }
    if paper.state == Some(ReportState::Returned) {
        notes.push(Note {
            tone: Tone::Warn,
            text: Text::said("reports-note-returned")
                .with("who", paper.decided_by.as_deref().unwrap_or_default()),
            quote: Some(paper.decision_note.clone()),
        });
    }
    if file.is_late() {
        let due = file.days.due.unwrap_or(file.today);
        notes.push(note(Tone::Bad, Text::said("reports-note-late").with_date("due", due)));
    }
    if paper.is_frozen() {
        let at = paper.signed_at.map(|at| at.to_rfc3339()).unwrap_or_default();
        notes.push(note(
            Tone::Info,
            Text::said("reports-note-frozen")
                .with_instant("at", at)
                .with("moved", paper.moved.len() as u64),
        ));
    } else if paper.year == chrono::Datelike::year(&file.today) {
        notes.push(note(Tone::Info, Text::said("reports-note-running")));
    }
    notes
}

fn group(file: &ReportFile, group: FigureGroup) -> GroupView {
    let inside = file.sight == Sight::Inside;
    let href = |key: FigureKey| inside.then(|| format!("{}/figures/{}", file.path(), key.key()));
    let lines = print::lines(&file.paper, group, href);
    let told: Vec<_> = lines.iter().map(|(key, line)| (*key, line)).collect();
    let flags = told.iter().filter(|(_, line)| line.flag).map(|(key, line)| {
        Text::said("reports-fell-to-zero")
            .with_text("name", &say::figure(*key))
            .with("n", line.previous)
    });
    GroupView {
        title: say::group(group),
        clauses: say::clauses(&told),
        nothing: Text::word("figure-nothing", group.key()),
        flags: flags.collect(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    }
}

fn part(file: &ReportFile, number: usize, part: ReportPart) -> PartView {
    let (paper, inside) = (&file.paper, file.sight == Sight::Inside);
    let saved = paper.parts.get(&part);
    let paragraphs = saved.map(|saved| print::paragraphs(&saved.text)).unwrap_or_default();
    let silent = paragraphs.is_empty() && groups(part).is_empty();
    let by = saved.filter(|_| inside).and_then(|saved| {
        let at = saved.at?;
        Some(
            Text::said("reports-part-saved")
                .with("who", saved.by.as_str())
                .with_instant("at", at.to_rfc3339()),
        )
    });
    PartView {
        id: part.key(),
        number,
        title: say::part(part),
        state: inside.then(|| say::part_state(paper.part_state(part))),
        groups: groups(part).iter().map(|one| group(file, *one)).collect(),
        missing: silent.then(|| Text::said("reports-part-empty")),
        saved: by,
        edit: file.writes().then(|| {
            let key = if paragraphs.is_empty()
                && part.wording() == quanheng_domain::report::Wording::Must
            {
                "reports-part-write"
            } else {
                "reports-part-edit"
            };
            Link::new(format!("{}/parts/{}", file.path(), part.key()), Text::said(key))
        }),
        paragraphs,
    }
}

fn act(file: &ReportFile, step: ReportStep, again: Option<&Again>) -> ActForm {
    ActForm {
        id: step.key(),
        lead: Text::word("report-step-lead", step.key()),
        grave: step.asks_reason(),
        form: acts::form(file, step, again),
    }
}

fn files(file: &ReportFile) -> Vec<Link> {
    let forms = [Form::Html, Form::Xlsx, Form::Csv, Form::Json];
    forms
        .iter()
        .map(|form| {
            let href = format!("{}.{}", file.path(), form.key());
            Link::new(href, Text::word("reports-form", form.key()))
        })
        .collect()
}

fn trail(file: &ReportFile) -> Vec<Text> {
    let paper = &file.paper;
    let line = |key: &str, who: &Option<String>, at: Option<DateTime<Utc>>| {
        let at = at?;
        let who = who.as_deref().unwrap_or("none");
        Some(Text::said(key).with("who", who).with_instant("at", at.to_rfc3339()))
    };
    let decided = match paper.state {
        Some(ReportState::Accepted) => "reports-trail-accepted",
        _ => "reports-trail-returned",
    };
    [
        line(
            "reports-trail-written",
            &paper.written_by,
            paper.updated_at.filter(|_| paper.signed_at.is_none()),
        ),
        line("reports-trail-signed", &paper.signed_by, paper.signed_at),
        line("reports-trail-submitted", &None, paper.submitted_at),
        line(decided, &paper.decided_by, paper.decided_at),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The head of every page of a report.
pub fn head(file: &ReportFile, below: Option<Text>) -> PageHead {
    let name = Text::said("reports-annual").with("year", file.paper.year.to_string());
    let mut head =
        PageHead::new(Text::plain(title(&file.paper.committee.name_zh, file.paper.year)));
    let list = Crumb { text: Text::said("nav-reports"), href: Some("/reports".to_owned()) };
    let code = file.paper.committee.segment();
    let this = Crumb {
        text: Text::said("reports-crumb").with_text("name", &name).with("code", code),
        href: below.is_some().then(|| file.path()),
    };
    head.crumbs = if file.sight == Sight::Inside { vec![list, this] } else { vec![this] };
    head.crumbs.extend(below.map(|text| Crumb { text, href: None }));
    head
}

fn view(file: &ReportFile, now: DateTime<Utc>, again: Option<&Again>) -> ReportPage {
    let inside = file.sight == Sight::Inside;
    let mut head = head(file, None);
    head.code = file.paper.committee.code.clone();
    head.pill = Some(say::state(file.paper.state));
    let shown: Vec<ReportPart> = file.parts().collect();
    let outline = shown.iter().enumerate().map(|(at, part)| Entry {
        href: format!("#{}", part.key()),
        number: at + 1,
        title: say::part(*part),
        state: inside.then(|| say::part_state(file.paper.part_state(*part))),
    });
    let due = file
        .days
        .due
        .filter(|_| {
            inside && !file.paper.is_in() && file.paper.state != Some(ReportState::Returned)
        })
        .map(|day| Due {
            deadline: Deadline::new(deadline::end_of(day), now),
            rule: voice::cite(&file.days.rule),
        });
    let turn = file.turn().filter(|_| inside);
    ReportPage {
        head,
        faults: again.map(acts::summary).unwrap_or_default(),
        notes: notes(file),
        way: if inside { way(file) } else { Vec::new() },
        outline: outline.collect(),
        parts: shown.iter().enumerate().map(|(at, one)| part(file, at + 1, *one)).collect(),
        due,
        turn: turn.map(|who| Text::said("reports-turn").with_text("who", &word(who))),
        forms: file.steps().into_iter().map(|step| act(file, step, again)).collect(),
        files: files(file),
        trail: if inside { trail(file) } else { Vec::new() },
    }
}

/// The page of a report, perhaps with a form that came back.
pub async fn page(
    app: &App,
    actor: Actor,
    year: i32,
    segment: String,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let now = app.now();
    let file = app.read(move |conn| file::read(conn, &actor, year, &segment, now)).await?;
    Ok(Page::new("pages/reports/show", &view(&file, now, again)).private())
}

/// A report as page or file.
#[derive(Responder)]
enum Shown {
    Page(Page),
    File(Saved),
}

/// Why a report is not shown: guests are led to sign in, everybody else is told that there is none.
#[derive(Responder)]
enum Shut {
    Guest(Status),
    Told(WebError),
}

impl From<WebError> for Shut {
    fn from(error: WebError) -> Self {
        Self::Told(error)
    }
}

#[get("/reports/annual/<year>/<committee>?<print>")]
async fn annual(
    app: &State<App>,
    visitor: Visitor,
    year: &str,
    committee: &str,
    print: Option<&str>,
) -> Result<Shown, Shut> {
    let (year, (segment, form)) = (file::year(year)?, Form::split(committee));
    let form = form.or(print.map(|_| Form::Html));
    let (actor, name) = (visitor.actor.clone(), segment.to_owned());
    let done = match form {
        None => page(app, actor, year, name, None).await.map(Shown::Page),
        Some(form) => dress(app, &visitor, year, name, form).await,
    };
    match done {
        // Every committee has a report for every year, so that this tells a guest nothing.
        Err(error) if error.status == Status::NotFound && visitor.actor == Actor::Public => {
            let wanted = segment.to_owned();
            match app.read(move |conn| file::committee(conn, &wanted)).await {
                Ok(_) => Err(Shut::Guest(Status::Unauthorized)),
                Err(_) => Err(Shut::Told(error)),
            }
        }
        other => Ok(other?),
    }
}

async fn dress(
    app: &App,
    visitor: &Visitor,
    year: i32,
    segment: String,
    form: Form,
) -> Result<Shown, WebError> {
    let (actor, locale, now) = (visitor.actor.clone(), visitor.locale, app.now());
    let file = app.read(move |conn| file::read(conn, &actor, year, &segment, now)).await?;
    dressed(app, &file, form, locale, now).await.map(|done| match done {
        Dressed::Page(page) => Shown::Page(page),
        Dressed::File(saved) => Shown::File(saved),
    })
}

/// A report in a dress.
pub enum Dressed {
    /// A page for print.
    Page(Page),
    /// A file.
    File(Saved),
}

/// A report that was read, in a dress.
pub async fn dressed(
    app: &App,
    file: &ReportFile,
    form: Form,
    locale: quanheng_domain::Locale,
    now: DateTime<Utc>,
) -> Result<Dressed, WebError> {
    let (paper, inside) = (&file.paper, file.sight == Sight::Inside);
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale };
    let name = sheets::annual_name(paper);
    let fault = |error: quanheng_tables::WriteError| WebError::fault(&error);
    Ok(match form {
        Form::Html => {
            let view = print::annual(paper, inside, &file.path(), locale, now);
            Dressed::Page(Page::new("pages/reports/print", &view).private())
        }
        Form::Xlsx => {
            let sheets = sheets::annual(&voice, paper, inside);
            let task = tokio::task::spawn_blocking(move || Saved::workbook(&name, &sheets));
            Dressed::File(task.await.map_err(|_| WebError::busy())?.map_err(fault)?)
        }
        Form::Csv => {
            let sheet = sheets::figures(&voice, paper);
            Dressed::File(Saved::table(&name, &sheet).map_err(fault)?)
        }
        Form::Json => Dressed::File(Saved::json(&told::annual(paper, &file.days, inside))),
        Form::Pdf | Form::Docx => return Err(Form::not_made()),
    })
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![annual]
}
