//! The desk: texts that wait for their announcement, announcements in preparation, and the numbers that were given.

use quanheng_actions::announcement::{self as verbs, Desk, Named, Prepare};
use quanheng_db::register::AuthorityRow;
use quanheng_domain::announcement::{NumberState, usual_force};
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::{Keyed, deadline};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::sheet::wording;
use crate::papers::official::official_voice;
use crate::views::{
    Cell, Column, Crumb, Empty, Field, FieldKind, FormFault, Link, PageHead, Pill, Row, Table,
    Text, Tone, faults_of,
};
use crate::voice::fault_at;
use crate::{Answer, App, Page, Typed, WebError, guards::Officer};

#[derive(Serialize)]
struct DeskPage {
    head: PageHead,
    faults: Vec<FormFault>,
    waiting: Vec<Waiting>,
    fields: Vec<Field>,
    none: Empty,
    drafts: Vec<Begun>,
    numbers: Table,
}

/// The texts of one authority that wait.
#[derive(Serialize)]
struct Waiting {
    name: String,
    texts: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    ticked: bool,
    number: String,
    project: Link,
    replaces: Option<Text>,
}

#[derive(Serialize)]
struct Begun {
    link: Link,
    title: String,
    count: Text,
}

type Again<'a> = Option<(&'a Typed, &'a [FieldFault])>;

fn line(text: &Named, again: Again<'_>) -> Line {
    let id = text.project.id.to_string();
    let old: Vec<Text> = text.replaces.iter().map(|(number, _)| Text::plain(number)).collect();
    Line {
        ticked: again.is_some_and(|(typed, _)| typed.all("texts").contains(&id.as_str())),
        number: text.number().to_owned(),
        project: Link::new(format!("/projects/{id}"), Text::plain(&text.project.title_zh)),
        replaces: (!old.is_empty())
            .then(|| Text::said("issuing-replaces").with_list("numbers", &old)),
        id,
    }
}

fn fields(again: Again<'_>) -> Vec<Field> {
    let field = |kind: FieldKind, name: &str, label: &str| {
        let made = Field::new(kind, name, Text::said(label));
        match again {
            Some((typed, faults)) => made.value(typed.raw(name)).fault(fault_at(faults, name)),
            None => made,
        }
    };
    vec![
        field(FieldKind::Text, "number", "issuing-field-number")
            .required()
            .hint(Text::said("issuing-field-number-hint"))
            .attr("maxlength", 300),
        field(FieldKind::Date, "issued_on", "issuing-field-issued"),
        field(FieldKind::Date, "effective_on", "issuing-field-force")
            .hint(Text::said("issuing-field-force-hint")),
    ]
}

fn waiting(desk: &Desk, again: Again<'_>) -> Vec<Waiting> {
    let of = |row: &AuthorityRow| {
        let own = desk.waiting.iter().filter(|text| text.project.authority_id == row.id);
        Waiting { name: row.name_zh.clone(), texts: own.map(|text| line(text, again)).collect() }
    };
    desk.authorities.iter().map(of).filter(|one| !one.texts.is_empty()).collect()
}

fn numbers(desk: &Desk) -> Table {
    let tone = |state: NumberState| match state {
        NumberState::Reserved => Tone::Info,
        NumberState::Used => Tone::Good,
        NumberState::Void => Tone::Bad,
    };
    let rows = desk.numbers.iter().map(|one| {
        let edition = &one.row.edition;
        let project = edition.project_id.map(|id| format!("/projects/{id}")).unwrap_or_default();
        let mut number = Cell {
            code: Some(one.row.number.clone()),
            ..Cell::link(project, edition.title_zh.as_str())
        };
        if let Some(party) = &one.party {
            let key = if one.row.left { "issuing-number-left" } else { "issuing-number-party" };
            number = number.note(Text::said(key).with("authority", party.name_zh.as_str()));
        }
        let state =
            Cell::pill(Pill::new(Text::word("number-state", one.state.key()), tone(one.state)));
        Row { cells: vec![number, state], ..Row::default() }
    });
    let columns = ["issuing-column-number", "issuing-column-state"];
    Table {
        caption: Text::said("issuing-numbers"),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows: rows.collect(),
        empty: Some(Empty { title: Text::said("issuing-numbers-none"), text: None, action: None }),
    }
}

fn view(desk: &Desk, again: Again<'_>) -> DeskPage {
    let mut head = PageHead::new(Text::said("issuing-title"));
    head.lead = Some(Text::said("issuing-lead"));
    head.crumbs = vec![
        Crumb { text: Text::said("announcements-title"), href: Some("/announcements".to_owned()) },
        Crumb { text: Text::said("issuing-title"), href: None },
    ];
    let drafts = desk.drafts.iter().map(|(row, count)| Begun {
        link: Link::new(format!("/announcement-drafts/{}", row.id), Text::plain(&row.number)),
        title: row.title.clone(),
        count: Text::said("issuing-count").with("n", *count as u64),
    });
    let mut faults: Vec<FormFault> = again.map(|_| faults_of(&fields(again))).unwrap_or_default();
    let texts = again.and_then(|(_, faults)| fault_at(faults, "texts"));
    faults.extend(
        texts.map(|_| FormFault { field: String::new(), text: Text::said("issuing-texts-fault") }),
    );
    DeskPage {
        head,
        faults,
        waiting: waiting(desk, again),
        fields: fields(again),
        none: Empty {
            title: Text::said("issuing-none"),
            text: Some(Text::said("issuing-none-text")),
            action: None,
        },
        drafts: drafts.collect(),
        numbers: numbers(desk),
    }
}

async fn read(app: &App, officer: &Officer) -> Result<Desk, WebError> {
    let actor = officer.signed_in.actor.clone();
    Ok(app.read(move |conn| verbs::desk(conn, &actor)).await?)
}

#[get("/announcement-drafts")]
async fn show(app: &State<App>, officer: Officer) -> Result<Page, WebError> {
    let desk = read(app, &officer).await?;
    Ok(Page::new("pages/announcements/desk", &view(&desk, None)).private())
}

/// What was typed, with the usual day of force where none was, and the wording made from the texts.
async fn command(app: &App, desk: &Desk, typed: &Typed) -> Result<Prepare, WebError> {
    let mut faults = Vec::new();
    let mut day = |name: &str| {
        typed.day(name).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        })
    };
    let (issued_on, mut effective_on) = (day("issued_on"), day("effective_on"));
    if !faults.is_empty() {
        return Err(WebError::invalid(faults));
    }
    let ticked = typed.all("texts");
    let texts: Vec<Named> = desk
        .waiting
        .iter()
        .filter(|text| ticked.contains(&text.project.id.to_string().as_str()))
        .cloned()
        .collect();
    // One announcement is of one authority; the action refuses texts of another.
    let Some(first) = texts.first().filter(|_| texts.len() == ticked.len()) else {
        let gone = FieldFault::new("texts", FaultCode::NotAChoice);
        return Err(WebError::invalid(vec![gone]));
    };
    let (authority, profile) = (first.project.authority_id, first.project.profile_id);
    if let (Some(issued), None) = (issued_on, effective_on) {
        let profile = app.read(move |conn| quanheng_actions::profiles::load(conn, profile)).await?;
        effective_on = Some(usual_force(issued, &profile));
    }
    let (title, body) = wording(&texts, effective_on, &official_voice(app));
    let projects: Vec<ProjectId> = texts.iter().map(|text| text.project.id).collect();
    let number = typed.line("number");
    Ok(Prepare { authority, projects, number, title, body, issued_on, effective_on })
}

#[post("/announcement-drafts", data = "<typed>")]
async fn prepare(
    app: &State<App>,
    officer: Officer,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let desk = read(app, &officer).await?;
    let actor = officer.signed_in.actor.clone();
    let done = match command(app, &desk, &typed).await {
        Ok(command) => {
            app.once(typed.once(), move |tx| {
                let id = verbs::prepare(tx, &actor, &command)?;
                let to = format!("/announcement-drafts/{id}");
                Ok(Answer::see(to).saying(Tone::Good, &Text::said("issuing-prepared")))
            })
            .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let page = Page::new("pages/announcements/desk", &view(&desk, Some((&typed, &faults))));
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

/// Today in the authority's zone, for doubts about days.
pub(super) fn today(app: &App) -> chrono::NaiveDate {
    deadline::day_of(app.now())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, prepare]
}
