//! The re-examination of a committee's texts: the queue by age and evidence, the plan of the year, what was missed, the results as
//! one table (复审结果汇总表, FM-19), and the questionnaire of each text (复审意见表, FM-18).

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use quanheng_actions::ActionError;
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::specification::reexamination::{self as verbs, PlanYear, Queue, Queued};
use quanheng_db::register::CommitteeRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::ids::SpecificationId;
use quanheng_domain::lifecycle::Openness;
use quanheng_domain::{Keyed, Locale, deadline};
use quanheng_render::{Block, Cell as PaperCell, Paper, Signature, Table as PaperTable};
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::committees::find;
use super::{Shelf, edition};
use crate::pages::address;
use crate::papers::official::{Official, Place, official};
use crate::papers::{Form, Voice};
use crate::views::{Cell, Column, Crumb, Empty, Link, PageHead, Pill, Row, Table, Text, Tone};
use crate::{Answer, App, Page, SignedIn, Typed, Visitor, WebError};

/// What the page shows, read in one snapshot.
struct Read {
    catalogue: Arc<Catalogue>,
    committee: CommitteeRow,
    queue: Queue,
    plans: bool,
}

#[derive(Serialize)]
struct QueuePage {
    head: PageHead,
    path: String,
    lines: Vec<Line>,
    empty: Empty,
    missed: Table,
    done: Table,
    summary: Vec<Link>,
    plan: Option<PlanForm>,
}

/// The years for which a secretariat may plan.
#[derive(Serialize)]
struct PlanForm {
    action: String,
    years: Vec<i32>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    link: Link,
    title: Text,
    due: Option<Text>,
    overdue: bool,
    reasons: Vec<Text>,
    planned: Vec<Text>,
    running: Option<Link>,
    form: String,
}

async fn read(app: &App, shelf: &Shelf, visitor: &Visitor, code: &str) -> Result<Read, WebError> {
    let (now, shelf, code, actor) =
        (app.now(), shelf.clone(), code.to_owned(), visitor.actor.clone());
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        let committee = find(&catalogue, &code).cloned().ok_or(ActionError::NotFound)?;
        let today = deadline::day_of(now);
        let mut queue = verbs::queue(conn, &catalogue, committee.id, today)?;
        let plans = verbs::may_plan(&actor, &committee);
        if !plans {
            queue.done.retain(|(_, _, case)| case.openness == Openness::Open);
        }
        Ok::<_, ActionError>(Read { plans, catalogue, committee, queue })
    });
    Ok(read.await?)
}

fn path(committee: &CommitteeRow) -> String {
    format!("/committees/{}/reexamination", address::encoded(&committee.segment()))
}

fn reasons(one: &Queued) -> Vec<Text> {
    let evidence = &one.evidence;
    let mut said = Vec::new();
    if !evidence.cited_changed.is_empty() {
        let list = evidence.cited_changed.join("、");
        said.push(Text::said("reexam-cited-changed").with("list", list));
    }
    if !evidence.source_renewed.is_empty() {
        let list = evidence.source_renewed.join("、");
        said.push(Text::said("reexam-source-renewed").with("list", list));
    }
    if evidence.feedback > 0 {
        said.push(Text::said("reexam-feedback").with("n", evidence.feedback));
    }
    if evidence.amendments > 0 {
        said.push(Text::said("reexam-amendments").with("n", evidence.amendments));
    }
    if evidence.unused {
        said.push(Text::said("reexam-unused"));
    }
    said
}

fn line(read: &Read, one: &Queued, locale: Locale) -> Line {
    let row = &read.catalogue.editions[one.place];
    Line {
        id: row.id.to_string(),
        link: edition::link(row),
        title: edition::title_text(row, locale),
        due: one.evidence.due_on.map(|on| Text::said("catalogue-day").with_date("day", on)),
        overdue: one.evidence.overdue,
        reasons: reasons(one),
        planned: one
            .planned
            .iter()
            .map(|year| Text::said("reexam-in-plan").with("year", year.to_string()))
            .collect(),
        running: one.running.as_ref().filter(|case| case.openness == Openness::Open).map(|case| {
            Link::new(format!("/projects/{}", case.id), Text::word("stage", case.stage.key()))
        }),
        form: format!("{}/reexamination-form", edition::href(row)),
    }
}

fn table(caption: &str, columns: &[&str], rows: Vec<Row>, none: &str) -> Table {
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: Some(Empty { title: Text::said(none), text: None, action: None }),
    }
}

fn cell_of(row: &SpecificationRow, locale: Locale) -> Cell {
    Cell {
        code: Some(row.number.clone()),
        ..Cell::link(edition::href(row), edition::title_text(row, locale))
    }
}

fn result(case: &quanheng_db::projects::ProjectRow) -> Text {
    match &case.result {
        Some(result) => Text::word("reexamination-result", result),
        None => Text::word("stage", case.stage.key()),
    }
}

fn view(read: &Read, visitor: &Visitor, today: NaiveDate) -> QueuePage {
    let (locale, path) = (visitor.locale, path(&read.committee));
    let name = edition::committee_link(&read.committee, locale);
    let mut head = PageHead::new(Text::said("reexam-title"));
    head.lead = Some(Text::said("reexam-lead"));
    let crumb = |text: Text, href: Option<String>| Crumb { text, href };
    head.crumbs = vec![
        crumb(Text::said("nav-committees"), Some("/committees".to_owned())),
        crumb(name.text, Some(name.href)),
        crumb(Text::said("reexam-title"), None),
    ];
    let missed = read.queue.missed.iter().map(|(year, place)| Row {
        cells: vec![
            cell_of(&read.catalogue.editions[*place], locale),
            Cell::text(year.to_string()),
            Cell::pill(Pill::new(Text::said("reexam-missed-one"), Tone::Bad)),
        ],
        ..Row::default()
    });
    let done = read.queue.done.iter().map(|(year, place, case)| Row {
        cells: vec![
            cell_of(&read.catalogue.editions[*place], locale),
            Cell::text(year.to_string()),
            Cell::link(format!("/projects/{}", case.id), result(case)),
        ],
        ..Row::default()
    });
    let columns = ["catalogue-column-title", "catalogue-facet-year", "reexam-column-result"];
    let mut years: Vec<i32> = read.queue.done.iter().map(|(year, ..)| *year).collect();
    years.dedup();
    QueuePage {
        head,
        lines: read.queue.texts.iter().map(|one| line(read, one, locale)).collect(),
        empty: Empty { title: Text::said("reexam-none"), text: None, action: None },
        missed: table("reexam-missed", &columns, missed.collect(), "reexam-missed-none"),
        done: table("reexam-done", &columns, done.collect(), "reexam-done-none"),
        summary: years
            .into_iter()
            .map(|year| {
                let said = Text::said("reexam-summary-of").with("year", year.to_string());
                Link::new(format!("{path}/{year}"), said)
            })
            .collect(),
        plan: read.plans.then(|| PlanForm {
            action: format!("{path}/plan"),
            years: (today.year()..=today.year() + 2).collect(),
        }),
        path,
    }
}

#[get("/committees/<code>/reexamination")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    code: &str,
) -> Result<Page, WebError> {
    let read = read(app, shelf, &visitor, code).await?;
    let view = view(&read, &visitor, deadline::day_of(app.now()));
    Ok(Page::new("pages/public/reexaminations", &view))
}

#[post("/committees/<code>/reexamination/plan", data = "<typed>")]
async fn plan(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    visitor: Visitor,
    code: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let read = read(app, shelf, &visitor, code).await?;
    let editions: Result<Vec<SpecificationId>, _> =
        typed.all("edition").into_iter().map(str::parse).collect();
    let editions = editions.map_err(|_| WebError::malformed())?;
    let year = typed.raw("year").parse().map_err(|_| WebError::malformed())?;
    let to = path(&read.committee);
    if editions.is_empty() {
        return Ok(Answer::see(&to).saying(Tone::Warn, &Text::said("reexam-plan-nothing")));
    }
    let command = PlanYear { committee: read.committee.id, year, editions };
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        let entered = verbs::plan(tx, &actor, &command)?;
        let said = Text::said("reexam-planned").with("n", entered as u64);
        Ok(Answer::see(&to).saying(Tone::Good, &said))
    })
    .await
}

/// The results of a year as one table (FM-19).
fn summary(read: &Read, year: i32, voice: &Voice<'_>) -> Paper {
    let mut paper = voice.paper("reexam-summary-title", &read.committee.name_zh);
    paper.landscape = true;
    paper.header = year.to_string();
    let own = read.queue.done.iter().filter(|(of, ..)| *of == year);
    let rows = own.enumerate().map(|(at, (_, place, case))| {
        let row = &read.catalogue.editions[*place];
        let queued = read.queue.texts.iter().find(|one| one.place == *place);
        let said = queued.map(reasons).unwrap_or_default();
        let said: Vec<String> = said.iter().map(|text| voice.say(text)).collect();
        vec![
            PaperCell::centred((at + 1).to_string()),
            PaperCell::new(&*row.number),
            PaperCell::new(&*row.title_zh),
            PaperCell::centred(&*row.issued_on),
            PaperCell::centred(&*row.effective_on),
            PaperCell::centred(voice.say(&result(case))),
            PaperCell::new(said.join("；")),
        ]
    });
    let head = voice.headings(&[
        "papers-no",
        "dossier-column-number",
        "dossier-column-title",
        "catalogue-column-issued",
        "catalogue-column-effective",
        "reexam-column-result",
        "reexam-column-evidence",
    ]);
    let columns = vec![1, 4, 8, 3, 3, 3, 6];
    paper.blocks.push(Block::Table(PaperTable { columns, head, rows: rows.collect() }));
    let place = |key: &str| Signature { label: voice.word(key), ..Signature::default() };
    paper.blocks.push(Block::Signatures {
        signatures: vec![place("papers-sign-chair"), place("dossier-sign-committee")],
    });
    paper
}

#[get("/committees/<code>/reexamination/<name>")]
async fn batch(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    code: &str,
    name: &str,
) -> Result<Official, WebError> {
    let (year, form) = Form::split(name);
    let year: i32 = year.parse().map_err(|_| WebError::not_found())?;
    let read = read(app, shelf, &visitor, code).await?;
    if !read.queue.done.iter().any(|(of, ..)| *of == year) {
        return Err(WebError::not_found());
    }
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale: visitor.locale };
    let back = path(&read.committee);
    let paper = summary(&read, year, &voice);
    let at = format!("{back}/{year}");
    official(app, paper, form.unwrap_or(Form::Html), Place::read(&at, &back)).await
}

/// The questions of FM-18 with the answers to tick.
const QUESTIONS: [(&str, &str); 9] = [
    ("reexam-q-source", "reexam-a-source"),
    ("reexam-q-level", "reexam-a-level"),
    ("reexam-q-overlap", "reexam-a-overlap"),
    ("reexam-q-merge", "reexam-a-merge"),
    ("reexam-q-force", "reexam-a-force"),
    ("reexam-q-defects", "reexam-a-defects"),
    ("reexam-q-use", "reexam-a-use"),
    ("reexam-q-law", "reexam-a-law"),
    ("reexam-q-result", "reexam-a-result"),
];

fn questionnaire(row: &SpecificationRow, committee: &str, voice: &Voice<'_>) -> Paper {
    let mut paper = voice.paper("reexam-form-title", &row.title_zh);
    paper.header = row.number.clone();
    let line = |key: &str, value: &str| {
        vec![PaperCell::label(voice.word(key)), PaperCell::new(value.to_owned())]
    };
    let last = row.last_reexamined_on.map(|on| on.to_string()).unwrap_or_default();
    let adoption = format!(
        "{} {}",
        voice.say(&Text::word("adoption", row.adoption.key())),
        row.adopted_source
    );
    let mut rows = vec![
        line("dossier-column-number", &row.number),
        line("specification-title-zh", &row.title_zh),
        line("specification-committee", committee),
        line("specification-issued", &row.issued_on),
        line("specification-effective", &row.effective_on),
        line("specification-reexamined", &last),
        line("specification-adoption", adoption.trim()),
    ];
    rows.extend(QUESTIONS.iter().map(|(question, answers)| {
        vec![PaperCell::label(voice.word(question)), PaperCell::new(voice.word(answers))]
    }));
    rows.push(line("reexam-q-reason", "\n\n\n"));
    rows.push(line("reexam-q-revise", "\n\n"));
    paper.blocks.push(Block::Table(PaperTable { columns: vec![1, 2], head: Vec::new(), rows }));
    let place = |key: &str| Signature { label: voice.word(key), ..Signature::default() };
    let signatures = vec![place("reexam-sign-unit"), place("papers-sign-chair")];
    paper.blocks.push(Block::Signatures { signatures });
    paper
}

#[get("/specifications/<number>/<name>", rank = 5)]
async fn form(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    number: &str,
    name: &str,
) -> Result<Official, WebError> {
    let (name, form) = Form::split(name);
    if name != "reexamination-form" {
        return Err(WebError::not_found());
    }
    let (held, now, asked) = (Shelf::clone(shelf), app.now(), number.to_owned());
    let catalogue = app.read(move |conn| held.catalogue(conn, now)).await?;
    let row = catalogue.find(&asked).ok_or_else(WebError::not_found)?;
    let committee = catalogue.committee(row.committee_id);
    let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale: visitor.locale };
    let back = edition::href(row);
    let paper = questionnaire(row, name, &voice);
    let at = format!("{back}/reexamination-form");
    official(app, paper, form.unwrap_or(Form::Html), Place::read(&at, &back)).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, plan, batch, form]
}
