//! How a text hangs together with others: what it cites and who cites it, near and far; and, for those in whose care it is, the
//! confirmation of what was found and the questions to others before it is changed (影响核查).

use std::sync::Arc;

use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::specification::relations::{self as verbs, Ask, Cite, Decide, Dependent};
use quanheng_actions::{ActionError, specification::care};
use quanheng_db::relations::{self, CitationRow, ImpactRow};
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::ids::ObjectId;
use quanheng_domain::people::Actor;
use quanheng_domain::relation::{CitationState, ImpactAnswer};
use quanheng_domain::{Keyed, Locale, deadline};
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::{Shelf, edition, fulltext, specification::identity};
use crate::pages::address;
use crate::pages::projects::{Again, FormView, Part, word};
use crate::pages::reader::below;
use crate::views::{
    Cell, Column, Empty, FieldKind, FormFault, Link, PageHead, Pill, Row, Table, Text, Tone,
};
use crate::{Answer, App, Done, Page, PageForm, SignedIn, Typed, Visitor, WebError};

/// What the page shows, read in one snapshot.
struct Read {
    catalogue: Arc<Catalogue>,
    row: SpecificationRow,
    cites: Vec<CitationRow>,
    dependents: Vec<Dependent>,
    asked: Vec<ImpactRow>,
    waiting: Vec<ImpactRow>,
    readable: bool,
    keeps: bool,
}

#[derive(Serialize)]
struct RelationsPage {
    head: PageHead,
    faults: Vec<FormFault>,
    cites: Vec<CitationView>,
    cites_none: Text,
    cited_by: Table,
    impact: Table,
    waiting: Vec<Waiting>,
    cite: Option<FormView>,
    ask: Option<FormView>,
}

#[derive(Serialize)]
struct CitationView {
    cited: Link,
    known: bool,
    title: Option<Text>,
    state: Option<Pill>,
    sure: Pill,
    confirmed: bool,
    clause: Option<Link>,
    /// Where a keeper says whether it is one.
    decide: Option<String>,
}

/// A question that waits for an answer about this text.
#[derive(Serialize)]
struct Waiting {
    changed: Link,
    reason: String,
    at: String,
    form: FormView,
}

async fn read(app: &App, shelf: &Shelf, actor: &Actor, number: &str) -> Result<Read, WebError> {
    let (now, shelf, number, actor) = (app.now(), shelf.clone(), number.to_owned(), actor.clone());
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        let row = catalogue.find(&number).cloned().ok_or(ActionError::NotFound)?;
        let keeps = care::keeps(&actor, &row);
        Ok::<_, ActionError>(Read {
            cites: relations::cited_by(conn, row.id)?,
            dependents: verbs::dependents(conn, &catalogue, &row, deadline::day_of(now))?,
            asked: relations::impact_of(conn, row.id)?,
            waiting: if keeps { relations::asked_about(conn, row.id)? } else { Vec::new() },
            readable: verbs::has_clauses(conn, &row)?,
            keeps,
            catalogue,
            row,
        })
    });
    Ok(read.await?)
}

fn path(row: &SpecificationRow) -> String {
    format!("{}/relations", edition::href(row))
}

fn sure(state: CitationState) -> Pill {
    let tone = match state {
        CitationState::Confirmed => Tone::Good,
        CitationState::Found => Tone::Info,
        CitationState::Dismissed => Tone::Faded,
    };
    Pill::new(word(state), tone)
}

/// The edition that a citation means: the one of the year, else the newest of the text.
fn meant<'c>(catalogue: &'c Catalogue, cited: &str) -> Option<&'c SpecificationRow> {
    catalogue.find(cited).or_else(|| {
        let any = catalogue.find(&format!("{cited}-2000"));
        any.or_else(|| {
            let prefix = format!("{cited}-");
            catalogue.editions.iter().rev().find(|row| row.number_key.starts_with(&prefix))
        })
    })
}

fn cites(read: &Read, locale: Locale, on: chrono::NaiveDate) -> Vec<CitationView> {
    let shown = |row: &&CitationRow| read.keeps || row.state != CitationState::Dismissed;
    let view = |row: &CitationRow| {
        let known = meant(&read.catalogue, &row.cited);
        let href = known
            .map_or_else(|| address::with("/specifications", &[("q", &row.cited)]), edition::href);
        CitationView {
            cited: Link::new(href, Text::plain(&row.cited)),
            known: known.is_some(),
            title: known.map(|known| edition::title_text(known, locale)),
            state: known.map(|known| edition::pill(read.catalogue.state(&known.id, on))),
            sure: sure(row.state),
            confirmed: row.state == CitationState::Confirmed,
            clause: (!row.clause.is_empty()).then(|| {
                let href = fulltext::clause_href(&read.row, &row.clause);
                Link::new(href, Text::plain(&row.clause))
            }),
            decide: read
                .keeps
                .then(|| format!("{}/citations/{}", edition::href(&read.row), row.id)),
        }
    };
    read.cites.iter().filter(shown).map(view).collect()
}

fn cited_by(read: &Read, locale: Locale, on: chrono::NaiveDate) -> Table {
    let line = |one: &Dependent| {
        let row = read.catalogue.edition(&one.edition)?;
        let committee = read.catalogue.committee(row.committee_id);
        let name = committee.map_or_else(
            || Text::plain(&row.committee_printed),
            |one| edition::committee_link(one, locale).text,
        );
        Some(Row {
            cells: vec![
                Cell {
                    code: Some(row.number.clone()),
                    ..Cell::link(path(row), edition::title_text(row, locale))
                },
                Cell::pill(edition::pill(read.catalogue.state(&row.id, on))),
                Cell::text(Text::said("relations-distance").with("n", one.distance as u64))
                    .note(Text::plain(&one.by.cited)),
                Cell::text(name),
            ],
            ..Row::default()
        })
    };
    let rows = read.dependents.iter().filter_map(line).collect();
    let columns = [
        "catalogue-column-title",
        "catalogue-column-state",
        "relations-column-distance",
        "relations-column-committee",
    ];
    table("relations-cited-by", &columns, rows, "relations-cited-by-none")
}

fn impact(read: &Read, locale: Locale) -> Table {
    let line = |row: &ImpactRow| {
        let dependent = read.catalogue.edition(&row.dependent_id)?;
        let answer = match row.answer {
            Some(ImpactAnswer::NotAffected) => {
                Pill::new(word(ImpactAnswer::NotAffected), Tone::Good)
            }
            Some(answer) => Pill::new(word(answer), Tone::Warn),
            None => Pill::new(Text::said("relations-waiting"), Tone::Info),
        };
        let mut note = Cell::text(row.note.clone());
        note.note =
            Some(Text::said("projects-instant").with_instant("at", row.opened_at.to_rfc3339()));
        Some(Row {
            cells: vec![
                Cell {
                    code: Some(dependent.number.clone()),
                    ..Cell::link(path(dependent), edition::title_text(dependent, locale))
                },
                Cell::pill(answer),
                note,
            ],
            ..Row::default()
        })
    };
    let rows = read.asked.iter().filter_map(line).collect();
    let columns = ["catalogue-column-title", "relations-column-answer", "relations-column-note"];
    table("relations-impact", &columns, rows, "relations-impact-none")
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

fn waiting(read: &Read, again: Option<&Again>) -> Vec<Waiting> {
    let view = |row: &ImpactRow| {
        let changed = read.catalogue.edition(&row.changed_id)?;
        let key = format!("impact-{}", row.id);
        let part = Part::new(&key, again);
        let fields = vec![
            part.choice(
                FieldKind::Radio,
                "answer",
                Text::said("relations-answer"),
                ImpactAnswer::ALL,
            )
            .required(),
            part.field(FieldKind::Textarea, "note", Text::said("relations-answer-note"))
                .attr("rows", 2)
                .attr("maxlength", 2_000),
        ];
        Some(Waiting {
            changed: edition::link(changed),
            reason: row.reason.clone(),
            at: row.opened_at.to_rfc3339(),
            form: FormView {
                action: format!("{}/impact/{}", edition::href(&read.row), row.id),
                fields,
                button: Text::said("relations-answer-send"),
            },
        })
    };
    read.waiting.iter().filter(|row| row.answered_at.is_none()).filter_map(view).collect()
}

fn view(app: &App, read: &Read, locale: Locale, again: Option<&Again>) -> RelationsPage {
    let (row, on) = (&read.row, deadline::day_of(app.now()));
    let mut head = edition::head(row, "relations-title");
    head.lead = Some(edition::title_text(row, locale));
    let part = Part::new("cite", again);
    let cite = || FormView {
        action: format!("{}/citations", edition::href(row)),
        fields: vec![
            part.field(FieldKind::Text, "cited", Text::said("relations-cite-number"))
                .required()
                .attr("maxlength", 120),
            part.field(FieldKind::Text, "clause", Text::said("relations-cite-clause"))
                .attr("maxlength", 60),
        ],
        button: Text::said("relations-cite"),
    };
    let part_ask = Part::new("ask", again);
    let ask = || FormView {
        action: format!("{}/impact", edition::href(row)),
        fields: vec![
            part_ask
                .field(FieldKind::Textarea, "reason", Text::said("relations-ask-reason"))
                .hint(Text::said("relations-ask-hint"))
                .required()
                .attr("rows", 3)
                .attr("maxlength", 2_000),
        ],
        button: Text::said("relations-ask"),
    };
    let none = if read.readable { "relations-cites-none" } else { "relations-cites-no-text" };
    RelationsPage {
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        cites: cites(read, locale, on),
        cites_none: Text::said(none),
        cited_by: cited_by(read, locale, on),
        impact: impact(read, locale),
        waiting: waiting(read, again),
        cite: read.keeps.then(cite),
        ask: (read.keeps && !read.dependents.is_empty()).then(ask),
    }
}

const TEMPLATE: &str = "pages/public/relations";

#[get("/specifications/<number>/relations")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    number: &str,
) -> Result<Page, WebError> {
    let read = read(app, shelf, &visitor.actor, number).await?;
    Ok(Page::new(TEMPLATE, &view(app, &read, visitor.locale, None)))
}

/// The page again with what was typed.
async fn again(
    (app, shelf): (&App, &Shelf),
    (actor, locale): (Actor, Locale),
    number: &str,
    back: &Again,
) -> Result<Page, WebError> {
    let read = read(app, shelf, &actor, number).await?;
    Ok(Page::new(TEMPLATE, &view(app, &read, locale, Some(back))))
}

#[post("/specifications/<number>/citations", data = "<typed>")]
async fn cite(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (specification, locale) = (identity(app, shelf, number).await?, signed_in.locale);
    let to = below(number, "relations");
    PageForm::new(app, signed_in.actor, "cite", typed)
        .act(
            |form| {
                Ok(Cite { specification, cited: form.line("cited"), clause: form.line("clause") })
            },
            move |tx, actor, command| {
                verbs::cite(tx, actor, command)?;
                Ok(Answer::see(&to).saying(Tone::Good, &Text::said("relations-cited")))
            },
            async |actor, form| again((app, shelf), (actor, locale), number, &form).await,
        )
        .await
}

#[post("/specifications/<number>/citations/<citation>", data = "<typed>")]
async fn decide(
    app: &State<App>,
    signed_in: SignedIn,
    number: &str,
    citation: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let citation: ObjectId = citation.parse().map_err(|_| WebError::not_found())?;
    let command = Decide { citation, confirmed: typed.raw("confirmed") == "true" };
    let (actor, to) = (signed_in.actor, below(number, "relations"));
    app.once(typed.once(), move |tx| {
        verbs::decide(tx, &actor, &command)?;
        Ok(Answer::see(&to).saying(Tone::Good, &Text::said("relations-decided")))
    })
    .await
}

#[post("/specifications/<number>/impact", data = "<typed>")]
async fn ask(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (specification, locale) = (identity(app, shelf, number).await?, signed_in.locale);
    let to = below(number, "relations");
    PageForm::new(app, signed_in.actor, "ask", typed)
        .act(
            |form| Ok(Ask { specification, reason: form.text("reason") }),
            move |tx, actor, command| {
                let asked = verbs::ask(tx, actor, command)?;
                let said = Text::said("relations-asked").with("n", asked as u64);
                Ok(Answer::see(format!("{to}#impact")).saying(Tone::Good, &said))
            },
            async |actor, form| again((app, shelf), (actor, locale), number, &form).await,
        )
        .await
}

#[post("/specifications/<number>/impact/<task>", data = "<typed>")]
async fn answer(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    task: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let id: ObjectId = task.parse().map_err(|_| WebError::not_found())?;
    let (to, locale) = (below(number, "relations"), signed_in.locale);
    PageForm::new(app, signed_in.actor, format!("impact-{id}"), typed)
        .act(
            |form| {
                let (answer, note) = (form.choice("answer")?, form.text("note"));
                Ok(verbs::Answer { task: id, answer, note })
            },
            move |tx, actor, command| {
                verbs::answer(tx, actor, command)?;
                Ok(Answer::see(&to).saying(Tone::Good, &Text::said("relations-answered")))
            },
            async |actor, form| again((app, shelf), (actor, locale), number, &form).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, cite, decide, ask, answer]
}
