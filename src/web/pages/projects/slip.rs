//! The items of an amendment slip or corrigendum (修改单、勘误), written clause by clause while the project runs.

use quanheng_actions::specification::slip::{self as verbs, Enter, Strike};
use quanheng_actions::{ActionError, document, profiles};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::slips::{self, SlipItemRow};
use quanheng_db::specifications::{self, SpecificationRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::ProjectKind;
use quanheng_domain::people::Actor;
use quanheng_domain::rules::keys;
use quanheng_domain::slip::{SlipAct, SlipItem};
use rocket::{Route, State, get, post, routes};

use super::forms::{Again, FormView, Part, word};
use super::show::project_id;
use crate::pages::public::text_href;
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{Crumb, Field, FieldKind, Link, PageHead, Pill, Text, Tone};
use crate::{Answer, App, Done, Page, PageForm, SignedIn, Typed, Visitor, WebError};

struct Read {
    project: ProjectRow,
    edition: Option<SpecificationRow>,
    items: Vec<SlipItemRow>,
    most: u32,
    writes: bool,
}

fn href(project: ProjectId) -> String {
    format!("/projects/{project}/slip")
}

fn label(field: &str) -> Text {
    Text::word("slip-field", field)
}

async fn read(app: &App, actor: Actor, id: ProjectId) -> Result<Read, WebError> {
    let read = app.read(move |conn| {
        let project = projects::find(conn, id)?.ok_or(ActionError::NotFound)?;
        if !verbs::is_slip(&project) || !document::may_know(&project, &actor) {
            return Err(ActionError::NotFound);
        }
        let edition = match project.specification_id {
            Some(id) => specifications::find(conn, id)?,
            None => None,
        };
        Ok(Read {
            edition,
            items: slips::items_of(conn, &[id])?,
            most: profiles::load(conn, project.profile_id)?.get(keys::AMENDMENT_ITEMS_MAX),
            writes: verbs::writes(&project, &actor) && verbs::is_open(&project),
            project,
        })
    });
    Ok(read.await?)
}

fn card(read: &Read, row: &SlipItemRow) -> Card {
    let mut lines = Vec::new();
    let place = |key: &str, text: &str| Text::word("slip-line", key).with("text", text);
    for (key, text) in [("number", &row.number), ("heading", &row.heading), ("was", &row.was)] {
        if !text.is_empty() {
            lines.push(place(key, text));
        }
    }
    if !row.body.is_empty() {
        lines.push(place("body", &row.body));
    }
    let strike = || FormView {
        action: format!("{}/{}/strike", href(read.project.id), row.ordinal),
        fields: Vec::new(),
        button: Text::said("slip-strike"),
    };
    Card {
        pill: Some(Pill::new(word(row.kind), Tone::Info)),
        lines,
        forms: if read.writes { vec![strike()] } else { Vec::new() },
        ..Card::new(
            format!("item-{}", row.ordinal),
            Text::said("slip-item").with("n", row.ordinal).with("clause", row.clause.as_str()),
        )
    }
}

fn fields(again: Option<&Again>) -> Vec<Field> {
    let part = Part::new("item", again);
    let line = |name: &str, most: u32| {
        part.field(FieldKind::Text, name, label(name)).attr("maxlength", most)
    };
    let long = |name: &str| {
        part.field(FieldKind::Textarea, name, label(name)).attr("rows", 3).attr("maxlength", 8_000)
    };
    vec![
        part.choice(FieldKind::Radio, "act", label("act"), SlipAct::ALL).required(),
        line("clause", 120).hint(Text::said("slip-hint-clause")).required(),
        line("number", 120).hint(Text::said("slip-hint-number")),
        line("heading", 200),
        long("was").hint(Text::said("slip-hint-was")),
        long("body").hint(Text::said("slip-hint-body")),
    ]
}

async fn page(
    app: &App,
    actor: Actor,
    id: ProjectId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let read = read(app, actor, id).await?;
    let project = &read.project;
    let mut head = PageHead::new(Text::word("slip-of", project.kind.key()));
    head.code = read.edition.as_ref().map(|edition| edition.number.clone());
    head.lead = Some(Text::plain(&project.title_zh));
    head.crumbs = vec![
        Crumb { text: Text::plain(&project.title_zh), href: Some(format!("/projects/{id}")) },
        Crumb { text: Text::word("slip-of", project.kind.key()), href: None },
    ];
    let lead = match project.kind {
        ProjectKind::Amendment => Text::said("slip-lead-bounded").with("most", read.most),
        _ => Text::said("slip-lead"),
    };
    let text = read.edition.as_ref().map(|edition| {
        Link::new(
            text_href(edition),
            Text::said("slip-text").with("number", edition.number.as_str()),
        )
    });
    let form =
        FormView { action: href(id), fields: fields(again), button: Text::said("slip-enter") };
    let items = Section {
        lead: Some(if read.items.is_empty() { Text::said("slip-none") } else { lead.clone() }),
        cards: read.items.iter().map(|row| card(&read, row)).collect(),
        links: text.into_iter().collect(),
        ..Section::new("items", Text::said("slip-items"))
    };
    let mut sections = vec![items];
    if read.writes {
        sections.push(Section {
            lead: Some(lead),
            forms: vec![form],
            ..Section::new("enter", Text::said("slip-enter-title"))
        });
    }
    Ok(Sections::new(head, sections, again).page())
}

#[get("/projects/<id>/slip")]
async fn show(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, visitor.actor, project_id(id)?, None).await
}

fn back(id: ProjectId, key: &str) -> Answer {
    Answer::see(format!("{}#items", href(id))).saying(Tone::Good, &Text::said(key))
}

#[post("/projects/<id>/slip", data = "<typed>")]
async fn enter(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    PageForm::new(app, signed_in.actor, "item", typed)
        .act(
            |form| {
                let item = SlipItem {
                    act: form.choice("act")?,
                    clause: form.line("clause"),
                    number: form.line("number"),
                    heading: form.line("heading"),
                    was: form.text("was"),
                    body: form.text("body"),
                };
                Ok(Enter { project, item })
            },
            move |tx, actor, command| {
                verbs::enter(tx, actor, command)?;
                Ok(back(project, "slip-entered"))
            },
            async |actor, again| page(app, actor, project, Some(&again)).await,
        )
        .await
}

#[post("/projects/<id>/slip/<ordinal>/strike", data = "<typed>")]
async fn strike(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let (project, actor) = (project_id(id)?, signed_in.actor);
    app.once(typed.once(), move |tx| {
        verbs::strike(tx, &actor, &Strike { project, ordinal })?;
        Ok(back(project, "slip-struck"))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, enter, strike]
}
