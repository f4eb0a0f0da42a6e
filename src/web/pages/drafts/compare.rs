//! Two versions of a text compared: side by side or inline, what did not change folded away, with the comments that name each changed clause.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_actions::document::place::{self, Placed};
use quanheng_actions::document::versions::{self, Compared, Version};
use quanheng_domain::clause::Relation;
use quanheng_domain::ids::ProjectId;
use quanheng_text::diff::{self, Pair};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::projects::word;
use super::diff_view::{Side, SideView};
use super::text::{project_id, version as version_name};
use super::{ClauseView, anchor, text_href};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{Choice, Crumb, Link, PageHead, Pill, Text, Tone};

/// The address of a comparison.
pub fn href(project: ProjectId, from: &Version, to: &Version) -> String {
    format!("/projects/{project}/documents/{}/compare/{}", name(project, from), name(project, to))
}

/// What a version is called in an address: its place, or its identity when it belongs to another project.
pub fn name(project: ProjectId, version: &Version) -> String {
    if version.project.id == project {
        version.document.ordinal.to_string()
    } else {
        version.document.id.to_string()
    }
}

#[derive(Serialize)]
struct ComparePage {
    head: PageHead,
    action: String,
    from: Vec<Choice>,
    to: Vec<Choice>,
    inline: bool,
    other_view: Link,
    left: Text,
    right: Text,
    changed: u64,
    jump: Vec<Jump>,
    rows: Vec<Row>,
    unsure: Option<Link>,
}

#[derive(Serialize)]
struct Jump {
    href: String,
    label: String,
    state: Pill,
    causes: Vec<Link>,
}

/// Either a run of clauses that did not change, or one that did.
#[derive(Serialize)]
struct Row {
    folded: Option<Folded>,
    change: Option<ChangeView>,
}

#[derive(Serialize)]
struct Folded {
    count: u64,
    range: String,
    clauses: Vec<ClauseView>,
}

#[derive(Serialize)]
struct ChangeView {
    id: String,
    label: String,
    state: Pill,
    unsure: bool,
    causes: Vec<Link>,
    left: Option<SideView>,
    right: Option<SideView>,
    both: Option<SideView>,
}

/// Everything the page shows, read in one snapshot.
struct File {
    project: ProjectId,
    all: Vec<Version>,
    from: Version,
    to: Version,
    compared: Compared,
    placed: Vec<Placed>,
    decides: bool,
}

/// A relation in words with its colour.
pub fn state(relation: Relation) -> Pill {
    let tone = match relation {
        Relation::New => Tone::Good,
        Relation::Removed => Tone::Bad,
        Relation::Same => Tone::Plain,
        Relation::Moved | Relation::Reworded | Relation::MovedReworded => Tone::Info,
    };
    Pill::new(word(relation), tone)
}

fn causes(file: &File) -> BTreeMap<String, Vec<Link>> {
    let mut by_key: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for placed in file.placed.iter().filter(|placed| !placed.key.is_empty()) {
        let serial = placed.comment.serial;
        let href = format!("/consultations/{}#c{serial}", placed.round.id);
        let link = Link::new(href, Text::said("rounds-number").with("n", serial));
        by_key.entry(placed.key.clone()).or_default().push(link);
    }
    by_key
}

fn rows(file: &File, inline: bool) -> Vec<Row> {
    let Compared { old, new, links } = &file.compared;
    let causes = causes(file);
    let mut rows: Vec<Row> = Vec::new();
    let mut still: Vec<ClauseView> = Vec::new();
    for pair in diff::texts(old, new, links) {
        match (pair.changed || !pair.sure, pair.new) {
            (false, Some(new_at)) => still.push(ClauseView::of(&new[new_at])),
            _ => {
                rows.extend(folded(&mut still));
                rows.push(Row { folded: None, change: Some(change(file, &pair, inline, &causes)) });
            }
        }
    }
    rows.extend(folded(&mut still));
    rows
}

fn folded(still: &mut Vec<ClauseView>) -> Option<Row> {
    let clauses = std::mem::take(still);
    let title = |clause: &ClauseView| {
        if clause.number.is_empty() { clause.heading.clone() } else { clause.number.clone() }
    };
    let range = match (clauses.first().map(title)?, clauses.last().map(title)?) {
        (first, last) if first == last => first,
        (first, last) => format!("{first} – {last}"),
    };
    let count = clauses.len() as u64;
    Some(Row { folded: Some(Folded { count, range, clauses }), change: None })
}

fn change(
    file: &File,
    pair: &Pair,
    inline: bool,
    causes: &BTreeMap<String, Vec<Link>>,
) -> ChangeView {
    let old = pair.old.map(|at| &file.compared.old[at]);
    let new = pair.new.map(|at| &file.compared.new[at]);
    let shown = new.or(old);
    let side = |side: Side| pair.diff.as_ref().map(|diff| side.of(diff));
    ChangeView {
        id: match (new, old) {
            (Some(clause), _) => anchor(&clause.key),
            (None, Some(clause)) => format!("was-{}", anchor(&clause.key)),
            (None, None) => String::new(),
        },
        label: shown.map(|clause| clause.title()).unwrap_or_default(),
        state: state(pair.relation),
        unsure: !pair.sure,
        causes: old.and_then(|clause| causes.get(&clause.key)).cloned().unwrap_or_default(),
        left: side(Side::Old).filter(|_| !inline && old.is_some()),
        right: side(Side::New).filter(|_| !inline && new.is_some()),
        both: side(Side::Both).filter(|_| inline),
    }
}

/// What a version is called where versions of several projects may meet.
pub fn label(project: ProjectId, version: &Version) -> Text {
    let own = version_name(&version.document);
    match version.project.number.as_ref().filter(|_| version.project.id != project) {
        Some(number) => Text::said("drafts-other-version")
            .with("number", number.as_str())
            .with_text("own", &own),
        None => own,
    }
}

fn view(file: &File, inline: bool) -> ComparePage {
    let here = href(file.project, &file.from, &file.to);
    let rows = rows(file, inline);
    let changes = rows.iter().filter_map(|row| row.change.as_ref());
    let jump = changes.map(|change| Jump {
        href: format!("#{}", change.id),
        label: change.label.clone(),
        state: change.state.clone(),
        causes: change.causes.clone(),
    });
    let jump: Vec<Jump> = jump.collect();
    let choices = |chosen: &Version| {
        let choice = |version: &Version| Choice {
            value: name(file.project, version),
            text: label(file.project, version),
            hint: None,
            chosen: version.document.id == chosen.document.id,
        };
        file.all.iter().map(choice).collect()
    };
    let unsure = file.compared.links.iter().filter(|link| !link.sure).count() as u64;
    let text = Text::said("drafts-unsure").with("n", unsure);
    ComparePage {
        head: head(file),
        action: format!("/projects/{}/compare", file.project),
        from: choices(&file.from),
        to: choices(&file.to),
        inline,
        other_view: if inline {
            Link::new(here.clone(), Text::said("drafts-side-by-side"))
        } else {
            Link::new(format!("{here}?view=inline"), Text::said("drafts-inline"))
        },
        left: label(file.project, &file.from),
        right: label(file.project, &file.to),
        changed: jump.len() as u64,
        jump,
        rows,
        unsure: (file.decides && unsure > 0).then(|| Link::new(format!("{here}/links"), text)),
    }
}

fn head(file: &File) -> PageHead {
    let to = &file.to;
    let mut head = PageHead::new(Text::said("drafts-compare"));
    head.crumbs = super::text::crumbs(&to.project, &to.document);
    head.crumbs.push(Crumb { text: Text::said("drafts-compare"), href: None });
    head.code = to.project.number.clone();
    head.lead = Some(Text::plain(&to.project.title_zh));
    let href = text_href(to.project.id, to.document.ordinal);
    head.actions.push(Link::new(href, Text::said("drafts-read-clauses")));
    let note = super::note::href(file.project, &file.from, to);
    head.actions.push(Link::new(note, Text::said("note-title")));
    head
}

async fn file(
    app: &App,
    visitor: Visitor,
    id: &str,
    from: &str,
    to: &str,
) -> Result<File, WebError> {
    let project = project_id(id)?;
    let (from, to) = (from.to_owned(), to.to_owned());
    let file = app
        .read(move |conn| {
            let actor = &visitor.actor;
            let from = versions::version(conn, actor, project, &from)?;
            let to = versions::version(conn, actor, project, &to)?;
            let row = quanheng_db::projects::find(conn, project)?.ok_or(ActionError::NotFound)?;
            let compared = versions::compared(conn, from.document.id, to.document.id)?;
            let placed = place::placed(conn, actor, &from.project, &from.document, &compared.old)?;
            let all = versions::versions(conn, actor, &row)?;
            let decides = versions::decides(&to, actor);
            Ok(File { project, all, from, to, compared, placed, decides })
        })
        .await?;
    Ok(file)
}

#[get("/projects/<id>/documents/<from>/compare/<to>?<view>")]
async fn compare(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    from: &str,
    to: &str,
    view: Option<&str>,
) -> Result<Page, WebError> {
    let file = file(app, visitor, id, from, to).await?;
    let inline = view == Some("inline");
    // Two long texts take a while; other requests are not kept waiting.
    let page = app.heavy(move || self::view(&file, inline)).await?.ok_or_else(WebError::busy)?;
    Ok(Page::new("pages/drafts/compare", &page))
}

/// Leads from the form with the two selectors to the address of the comparison.
#[get("/projects/<id>/compare?<from>&<to>&<view>")]
async fn choose(id: &str, from: &str, to: &str, view: Option<&str>) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let fair = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if !fair(from) || !fair(to) {
        return Err(WebError::malformed());
    }
    let suffix = if view == Some("inline") { "?view=inline" } else { "" };
    Ok(Answer::see(format!("/projects/{project}/documents/{from}/compare/{to}{suffix}")))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![compare, choose]
}
