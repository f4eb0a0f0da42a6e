//! Which international documents the texts in force follow, and where a newer edition is in force or the source is withdrawn.

use quanheng_actions::ActionError;
use quanheng_actions::specification::international::{Followed, followed};
use quanheng_db::comparisons;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::source::Standing;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Shelf, edition};
use crate::pages::keepers::comparisons as studies;
use crate::views::{Cell, Column, Crumb, Empty, Link, PageHead, Pill, Row, Table, Text, Tone};
use crate::{App, Page, Visitor, WebError};

#[derive(Serialize)]
struct InternationalPage {
    head: PageHead,
    texts: Table,
    tasks: Table,
}

fn standing(one: &Followed) -> Pill {
    match one.standing {
        Standing::Untold => Pill::new(Text::said("international-untold"), Tone::Plain),
        Standing::Current => Pill::new(Text::said("international-current"), Tone::Good),
        Standing::Renewed { .. } => {
            Pill::new(Text::said("international-renewed").with("newest", one.newest()), Tone::Warn)
        }
        Standing::Withdrawn => Pill::new(Text::said("international-withdrawn"), Tone::Bad),
    }
}

fn line(row: &SpecificationRow, one: &Followed, visitor: &Visitor) -> Row {
    let own = one.source.edition.map(|year| format!(":{year}")).unwrap_or_default();
    Row {
        cells: vec![
            Cell {
                code: Some(row.number.clone()),
                ..Cell::link(edition::href(row), edition::title_text(row, visitor.locale))
            },
            Cell::text(Text::word("adoption", row.adoption.key())),
            Cell::text(Text::plain(format!("{}{own}", one.source.key()))),
            Cell::pill(standing(one)),
        ],
        ..Row::default()
    }
}

#[get("/international?<moved>")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    moved: Option<bool>,
) -> Result<Page, WebError> {
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let today = deadline::day_of(now);
    let (catalogue, sources, running) = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let adopted = catalogue.editions.iter().filter(|row| !row.adopted_source.is_empty());
            let sources = followed(conn, adopted)?;
            let running = comparisons::running(conn)?;
            Ok::<_, ActionError>((catalogue, sources, running))
        })
        .await?;
    let only = moved.unwrap_or(false);
    let rows = catalogue
        .editions
        .iter()
        .filter(|row| sources.contains_key(&row.id))
        .filter(|row| catalogue.state(&row.id, today).is_in_force())
        .flat_map(|row| sources[&row.id].iter().map(move |one| (row, one)))
        .filter(|(_, one)| !only || one.moved())
        .map(|(row, one)| line(row, one, &visitor));
    let mut head = PageHead::new(Text::said("international-title"));
    head.lead = Some(Text::said("international-lead"));
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::said("international-title"), href: None },
    ];
    head.actions.push(match only {
        true => Link::new("/international", Text::said("international-all")),
        false => Link::new("/international?moved=true", Text::said("international-moved")),
    });
    let columns = [
        "catalogue-column-title",
        "international-column-degree",
        "international-column-source",
        "international-column-standing",
    ];
    let texts = Table {
        caption: Text::said("international-title"),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows: rows.collect(),
        empty: Some(Empty {
            title: Text::said("international-none"),
            text: Some(Text::said("international-none-text")),
            action: None,
        }),
    };
    let compared: Vec<_> = running
        .iter()
        .filter_map(|row| Some((row.specification_id, catalogue.edition(&row.specification_id)?)))
        .collect();
    let tasks = studies::tasks(&running, &compared, now);
    Ok(Page::new("pages/public/international", &InternationalPage { head, texts, tasks }))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
