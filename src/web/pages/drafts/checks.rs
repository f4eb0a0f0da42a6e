//! Checks of a draft (文本检查): advice with a place in the text, and requirements, items and methods side by side.

use std::collections::BTreeSet;

use quanheng_actions::document::checks::{BINDERS, Register, bound, findings, outlines};
use quanheng_actions::document::{place, text as clauses};
use quanheng_actions::project::load::standing;
use quanheng_db::documents::DocumentRow;
use quanheng_db::projects::ProjectRow;
use quanheng_domain::Keyed;
use quanheng_domain::check::{CheckKind, Skeleton};
use quanheng_domain::clause::Clause;
use quanheng_domain::deadline;
use quanheng_text::checks::{self, Finding, MatrixRow, Named};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::projects::word;
use super::super::public::{Shelf, binding};
use super::text::{crumbs, project_id};
use super::{anchor, text_href};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{Crumb, Empty, Link, PageHead, Pill, Text, Tone};

#[derive(Serialize)]
struct ChecksPage {
    head: PageHead,
    findings: Vec<Line>,
    matrix: Option<MatrixView>,
    empty: Option<Empty>,
    /// The other outline that texts of this kind may follow.
    outline: Option<Outline>,
}

#[derive(Serialize)]
struct Outline {
    now: Text,
    other: Link,
}

#[derive(Serialize)]
struct Line {
    place: Link,
    says: Text,
    words: String,
    binds: bool,
}

#[derive(Serialize)]
struct MatrixView {
    columns: Vec<String>,
    rows: Vec<MatrixLine>,
}

#[derive(Serialize)]
struct MatrixLine {
    name: String,
    requirements: Vec<Link>,
    item: Option<Link>,
    cells: Vec<String>,
    methods: Vec<Link>,
}

struct File {
    project: ProjectRow,
    document: DocumentRow,
    text: Vec<Clause>,
    register: Register,
    binds: BTreeSet<CheckKind>,
    /// Where the reader says which checks bind, if it is the reader's to say.
    binder: Option<String>,
}

fn line(base: &str, finding: &Finding, binds: bool) -> Line {
    let mut says = Text::word("check", finding.rule.key()).with("words", finding.words.as_str());
    for (name, value) in &finding.args {
        says = says.with(name, value.as_str());
    }
    Line {
        place: Link::new(
            format!("{base}#{}", anchor(&finding.at)),
            Text::plain(finding.at.as_str()),
        ),
        says,
        words: finding.words.clone(),
        binds,
    }
}

fn matrix(base: &str, text: &[Clause]) -> Option<MatrixView> {
    let found = checks::matrix(text);
    let link = |named: &Named| {
        let href = format!("{base}#{}", anchor(&named.key));
        Link::new(href, Text::plain(named.title.as_str()))
    };
    let row = |row: &MatrixRow| MatrixLine {
        name: row.name.clone(),
        requirements: row.requirements.iter().map(link).collect(),
        item: row.item.as_ref().map(|item| {
            let href = format!("{base}#{}", anchor(&item.at));
            Link::new(href, Text::plain(item.at.as_str()))
        }),
        cells: match &row.item {
            Some(item) => item.cells.clone(),
            None => vec![String::new(); found.columns.len()],
        },
        methods: row.methods.iter().map(link).collect(),
    };
    (!found.rows.is_empty()).then(|| MatrixView {
        columns: found.columns.clone(),
        rows: found.rows.iter().map(row).collect(),
    })
}

fn view(file: &File, chosen: Option<Skeleton>) -> ChecksPage {
    let base = text_href(file.project.id, file.document.ordinal);
    let all = outlines(file.project.category);
    let kind = chosen.filter(|one| all.contains(one)).or_else(|| all.first().copied());
    let other = all.iter().find(|one| Some(**one) != kind);
    let mut findings = findings(kind, &file.text, &file.register);
    let binds = |finding: &Finding| file.binds.contains(&finding.rule);
    // What keeps the draft from going out comes first; within, the order of the text stays.
    findings.sort_by_key(|finding| !binds(finding));
    let mut head = PageHead::new(Text::said("checks-title"));
    head.crumbs = crumbs(&file.project, &file.document);
    head.crumbs.push(Crumb { text: Text::said("checks-title"), href: None });
    head.code = file.project.number.clone();
    head.lead = Some(Text::said("checks-lead"));
    let (count, tone) =
        (findings.len() as u64, if findings.is_empty() { Tone::Good } else { Tone::Warn });
    head.pill = Some(Pill::new(Text::said("checks-count").with("n", count), tone));
    head.facts = vec![word(file.project.category)];
    if let Some(href) = &file.binder {
        head.actions = vec![Link::new(href.clone(), Text::said("checks-binding-link"))];
    }
    let here = format!("/projects/{}/documents/{}/checks", file.project.id, file.document.ordinal);
    ChecksPage {
        head,
        outline: kind.zip(other).map(|(now, other)| Outline {
            now: Text::said("checks-outline").with_text("outline", &word(now)),
            other: Link::new(
                format!("{here}?outline={}", other.key()),
                Text::said("checks-outline-other").with_text("outline", &word(*other)),
            ),
        }),
        empty: findings.is_empty().then(|| Empty {
            title: Text::said("checks-none"),
            text: None,
            action: Some(Link::new(base.clone(), Text::said("drafts-read-clauses"))),
        }),
        findings: findings.iter().map(|one| line(&base, one, binds(one))).collect(),
        matrix: kind.and_then(|_| matrix(&base, &file.text)),
    }
}

#[get("/projects/<id>/documents/<ordinal>/checks?<outline>")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    id: &str,
    ordinal: i32,
    outline: Option<&str>,
) -> Result<Page, WebError> {
    let chosen = match outline.filter(|key| !key.is_empty()) {
        Some(key) => Some(Skeleton::from_key(key).map_err(|_| WebError::malformed())?),
        None => None,
    };
    let (project, now, shelf) = (project_id(id)?, app.now(), Shelf::clone(shelf));
    let file = app
        .read(move |conn| {
            let (project, document) = clauses::of_reader(conn, &visitor.actor, project, ordinal)?;
            let text = place::text_of(conn, Some(document.id))?;
            let catalogue = shelf.catalogue(conn, now)?;
            let register = Register { catalogue, on: deadline::day_of(now) };
            let binds = match project.committee_id {
                Some(committee) => bound(conn, committee)?,
                None => BTreeSet::new(),
            };
            let parties = visitor.actor.parties(&standing(&project).owners);
            let committee = register.catalogue.committee(project.committee_id).map(binding::href);
            let binder = committee.filter(|_| BINDERS.iter().any(|party| parties.contains(party)));
            Ok(File { project, document, text, register, binds, binder })
        })
        .await?;
    if file.text.is_empty() {
        return Err(WebError::not_found());
    }
    let page = app.heavy(move || view(&file, chosen)).await?.ok_or_else(WebError::busy)?;
    Ok(Page::new("pages/drafts/checks", &page))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show]
}
