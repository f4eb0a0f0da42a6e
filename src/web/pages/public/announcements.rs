//! The announcements that issue, replace, confirm and abolish texts.

use std::sync::Arc;

use quanheng_db::catalogue;
use quanheng_domain::Keyed;
use quanheng_domain::ids::AnnouncementId;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Shelf, edition};
use crate::pages::address;
use crate::views::{Empty, Link, PageHead, Pager, Text};
use crate::{App, Page, Visitor, WebError};

const PAGE: i64 = 20;

#[derive(Serialize)]
struct AnnouncementsPage {
    head: PageHead,
    announcements: Vec<Announcement>,
    pager: Pager,
    empty: Empty,
}

#[derive(Serialize)]
struct Announcement {
    id: String,
    number: String,
    title: String,
    day: Option<String>,
    body: String,
    /// Whether every text it names is in the register.
    complete: bool,
    items: Vec<Item>,
    papers: [Link; 3],
}

#[derive(Serialize)]
struct Item {
    act: Text,
    edition: Link,
    title: Text,
    effective: Option<Text>,
}

fn head(visitor: &Visitor) -> PageHead {
    let mut head = PageHead::new(Text::said("announcements-title"));
    head.lead = Some(Text::said("announcements-lead"));
    if visitor.actor.person().is_some_and(|person| !person.authorities.is_empty()) {
        head.actions.push(Link::new("/announcement-drafts", Text::said("issuing-desk")));
    }
    head
}

/// The announcement as an official paper.
fn papers(id: AnnouncementId) -> [Link; 3] {
    let at = format!("/announcements/{id}/paper");
    [
        Link::new(at.clone(), Text::said("issuing-paper-print")),
        Link::new(format!("{at}.pdf"), Text::plain("PDF")),
        Link::new(format!("{at}.docx"), Text::plain("Word")),
    ]
}

#[get("/announcements?<page>")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    page: Option<i64>,
) -> Result<Page, WebError> {
    let (now, shelf, page) = (app.now(), Shelf::clone(shelf), address::page(page));
    let (rows, total, items, catalogue) = app
        .read(move |conn| {
            let (rows, total) = catalogue::announcements(conn, PAGE, (page - 1) * PAGE)?;
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let items = catalogue::items_of(conn, &ids)?;
            Ok((rows, total, items, shelf.catalogue(conn, now)?))
        })
        .await?;
    let catalogue = Arc::clone(&catalogue);
    let item = |item: &quanheng_db::specifications::AnnouncementItemRow| {
        let row = catalogue.edition(&item.specification_id)?;
        Some(Item {
            act: Text::word("announcements-act", item.act.key()),
            edition: edition::link(row),
            title: edition::title_text(row, visitor.locale),
            effective: edition::day(&item.effective_on),
        })
    };
    let announcements = rows
        .iter()
        .map(|row| Announcement {
            papers: papers(row.id),
            id: row.id.to_string(),
            number: row.number.clone(),
            title: row.title.clone(),
            day: row.on_day.map(|day| day.to_string()),
            body: row.body.clone(),
            complete: row.complete,
            items: items
                .iter()
                .filter(|one| one.announcement_id == row.id)
                .filter_map(item)
                .collect(),
        })
        .collect();
    let view = AnnouncementsPage {
        head: head(&visitor),
        announcements,
        pager: Pager::at("/announcements", page, PAGE, total),
        empty: Empty {
            title: Text::said("announcements-none"),
            text: Some(Text::said("announcements-none-text")),
            action: None,
        },
    };
    Ok(Page::new("pages/public/announcements", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
