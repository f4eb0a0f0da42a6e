//! One box over everything that is public: texts, projects, committees.

use quanheng_actions::{names, specification::catalogue::words_of};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Shelf, edition};
use crate::pages::address;
use crate::views::{Empty, Field, FieldKind, Link, PageHead, Table, Text};
use crate::{App, Page, Visitor, WebError};

const MOST: usize = 20;

#[derive(Serialize)]
struct SearchPage {
    head: PageHead,
    asked: bool,
    field: Field,
    specifications: Table,
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

#[get("/search?<q>")]
async fn search(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    q: Option<String>,
) -> Result<Page, WebError> {
    let q: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let (now, shelf, locale, text) = (app.now(), Shelf::clone(shelf), visitor.locale, q.clone());
    let (catalogue, projects) = app
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
            Ok((shelf.catalogue(conn, now)?, projects))
        })
        .await?;
    let words = words_of(&q);
    let found: Vec<_> = if words.is_empty() {
        Vec::new()
    } else {
        catalogue
            .editions
            .iter()
            .filter(|row| words.iter().all(|word| row.search_text.contains(word)))
            .collect()
    };
    let named = |row: &&quanheng_db::register::CommitteeRow| {
        let all = names::fold(&format!(
            "{}|{}|{}|{}",
            row.code.as_deref().unwrap_or_default(),
            row.name_zh,
            row.name_en,
            row.scope_zh
        ));
        !words.is_empty() && words.iter().all(|word| all.contains(word))
    };
    let committees: Vec<Link> = catalogue
        .committees
        .iter()
        .filter(named)
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
        (!q.is_empty() && found.is_empty() && committees.is_empty() && projects.is_empty()).then(
            || Empty {
                title: Text::said("search-none").with("q", q.clone()),
                text: Some(Text::said("search-none-text")),
                action: Some(Link::new("/specifications", Text::said("catalogue-title"))),
            },
        );
    let mut head = PageHead::new(Text::said("search-title"));
    if !found.is_empty() {
        head.lead = Some(
            Text::said("search-found").with("n", u64::try_from(found.len()).unwrap_or_default()),
        );
    }
    let shown: Vec<_> = found.iter().copied().take(MOST).collect();
    let view = SearchPage {
        head,
        asked: !q.is_empty(),
        field: Field::new(FieldKind::Search, "q", Text::said("search-field"))
            .value(q.clone())
            .attr("maxlength", 100),
        specifications: edition::table(
            "search-specifications",
            &shown,
            &catalogue,
            deadline::day_of(now),
            locale,
        ),
        all_href: if found.len() > MOST {
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
