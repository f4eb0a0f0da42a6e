//! One box over everything that is public: texts, projects, committees.

use quanheng_actions::search::{Searched, cut, mark};
use quanheng_actions::{names, search as engine};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_db::register::CommitteeRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::found::{self, Found};
use super::{Shelf, edition};
use crate::pages::address;
use crate::views::{Empty, Field, FieldKind, Link, PageHead, Text};
use crate::{App, Page, Visitor, WebError};

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
}

#[derive(Serialize)]
struct Hit {
    link: Link,
    stage: Text,
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
    let (catalogue, projects, searched, lines) = app
        .read(move |conn| {
            let filter = ProjectFilter {
                text: Some(text.clone()),
                reader: Some(projects::Reader::default()),
                ..ProjectFilter::default()
            };
            let projects = if text.is_empty() {
                Vec::new()
            } else {
                projects::list(conn, &filter, MOST as i64, 0)?.0
            };
            let catalogue = shelf.catalogue(conn, now)?;
            let searched = engine::search(conn, &catalogue, &text, on)?;
            let shown: Vec<&SpecificationRow> =
                searched.hits.iter().take(MOST).map(|hit| &catalogue.editions[hit.place]).collect();
            let lines = mark::lines(conn, &shown, &searched.terms)?;
            Ok((catalogue, projects, searched, lines))
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
    };
    Ok(Page::new("pages/public/search", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![search]
}
