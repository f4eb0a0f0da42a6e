//! One box over everything that is public: texts, projects, committees.

use quanheng_actions::search::{Searched, cut, mark};
use quanheng_actions::{names, search as engine};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_db::register::CommitteeRow;
use quanheng_db::saved_searches;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::ids::ObjectId;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::found::{self, Found};
use super::{Shelf, edition};
use crate::pages::address;
use crate::views::{Empty, Field, FieldKind, Link, PageHead, Text, Tone};
use crate::{Answer, App, Page, SignedIn, Typed, Visitor, WebError};

const MOST: usize = 20;

#[derive(Serialize)]
struct SearchPage {
    head: PageHead,
    asked: bool,
    field: Field,
    meant: Vec<Link>,
    specifications: Vec<Found>,
    all_href: String,
    projects: Vec<Hit>,
    committees: Vec<Link>,
    nothing: Option<Empty>,
    /// The reader's own searches.
    saved: Vec<SavedView>,
    may_keep: bool,
    q: String,
}

#[derive(Serialize)]
struct SavedView {
    link: Link,
    forget: String,
}

#[derive(Serialize)]
struct Hit {
    link: Link,
    stage: Text,
}

impl SavedView {
    fn of(row: &saved_searches::SavedRow) -> Self {
        let href = address::with("/search", &[("q", &row.question)]);
        Self {
            link: Link::new(href, Text::plain(&row.question)),
            forget: format!("/search/saved/{}/forget", row.id),
        }
    }
}

/// Whether a committee is what was asked for.
fn is_named(row: &CommitteeRow, terms: &[String]) -> bool {
    let all = names::fold(&format!(
        "{}|{}|{}|{}",
        row.code.as_deref().unwrap_or_default(),
        row.name_zh,
        row.name_en,
        row.scope_zh
    ));
    !terms.is_empty() && terms.iter().all(|word| all.contains(word))
}

#[get("/search?<q>")]
async fn search(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    q: Option<String>,
) -> Result<Page, WebError> {
    let q: String = q.unwrap_or_default().trim().chars().take(cut::LONGEST).collect();
    let (now, shelf, locale, text) = (app.now(), Shelf::clone(shelf), visitor.locale, q.clone());
    let on = deadline::day_of(now);
    let me = visitor.actor.person().map(|person| person.person);
    let (catalogue, projects, searched, lines, saved) = app
        .read(move |conn| {
            let filter = ProjectFilter {
                text: Some(text.clone()),
                reader: Some(projects::Reader::default()),
                ..ProjectFilter::default()
            };
            let projects = if text.is_empty() {
                Vec::new()
            } else {
                projects::newest(conn, &filter, MOST as i64)?
            };
            let catalogue = shelf.catalogue(conn, now)?;
            let searched = engine::search(conn, &catalogue, &text, on)?;
            let shown: Vec<&SpecificationRow> =
                searched.hits.iter().take(MOST).map(|hit| &catalogue.editions[hit.place]).collect();
            let lines = mark::lines(conn, &shown, &searched.terms)?;
            let saved = match me {
                Some(me) => saved_searches::of_person(conn, me)?,
                None => Vec::new(),
            };
            Ok((catalogue, projects, searched, lines, saved))
        })
        .await?;
    let Searched { hits, terms, meant } = searched;
    let committees: Vec<Link> = catalogue
        .committees
        .iter()
        .filter(|row| is_named(row, &terms))
        .take(MOST)
        .map(|row| edition::committee_link(row, locale))
        .collect();
    let projects: Vec<Hit> = projects
        .iter()
        .map(|row| Hit {
            link: Link::new(format!("/projects/{}", row.id), edition::project_title(row, locale)),
            stage: Text::word("stage", row.stage.key()),
        })
        .collect();
    let nothing =
        (!q.is_empty() && hits.is_empty() && committees.is_empty() && projects.is_empty()).then(
            || Empty {
                title: Text::said("search-none").with("q", q.clone()),
                text: Some(Text::said("search-none-text")),
                action: Some(Link::new("/specifications", Text::said("catalogue-title"))),
            },
        );
    let mut head = PageHead::new(Text::said("search-title"));
    if !hits.is_empty() {
        let n = u64::try_from(hits.len()).unwrap_or_default();
        head.lead = Some(Text::said("search-found").with("n", n));
    }
    let shown: Vec<&SpecificationRow> =
        hits.iter().take(MOST).map(|hit| &catalogue.editions[hit.place]).collect();
    let view = SearchPage {
        head,
        asked: !q.is_empty(),
        field: Field::new(FieldKind::Search, "q", Text::said("search-field"))
            .value(q.clone())
            .attr("maxlength", cut::LONGEST),
        meant: meant
            .iter()
            .filter_map(|id| catalogue.edition(id))
            .map(|row| Link::new(edition::href(row), Text::plain(&row.number)))
            .collect(),
        specifications: found::found(&shown, &lines, &terms, &catalogue, (on, locale)),
        all_href: if hits.len() > MOST {
            address::with("/specifications", &[("q", &q)])
        } else {
            String::new()
        },
        projects,
        committees,
        nothing,
        may_keep: me.is_some() && !terms.is_empty() && !saved.iter().any(|row| row.question == q),
        saved: saved.iter().map(SavedView::of).collect(),
        q,
    };
    Ok(Page::new("pages/public/search", &view))
}

#[post("/search/saved", data = "<typed>")]
async fn keep(app: &State<App>, signed_in: SignedIn, typed: Typed) -> Result<Answer, WebError> {
    let (question, actor) = (typed.line("q"), signed_in.actor);
    let to = address::with("/search", &[("q", &question)]);
    app.once(typed.once(), move |tx| {
        engine::saved::keep(tx, &actor, &question)?;
        Ok(Answer::see(&to).saying(Tone::Good, &Text::said("search-kept")))
    })
    .await
}

#[post("/search/saved/<id>/forget", data = "<typed>")]
async fn forget(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let id: ObjectId = id.parse().map_err(|_| WebError::not_found())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        engine::saved::forget(tx, &actor, id)?;
        Ok(Answer::see("/search").saying(Tone::Good, &Text::said("search-forgotten")))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![search, keep, forget]
}
