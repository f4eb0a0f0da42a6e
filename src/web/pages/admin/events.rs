//! Looking through the ledger of the whole instance.

use chrono::NaiveDate;
use quanheng_db::directory::{self, EventFilter};
use quanheng_db::events::EventRow;
use quanheng_domain::event::ObjectKind;
use quanheng_domain::{Keyed, deadline};
use rocket::form::FromForm;
use rocket::{Route, State, get, routes};

use super::{ListPage, head, kept, pager, slice};
use crate::views::{Cell, Column, Empty, Field, FieldKind, Filters, Row, Table, Text};
use crate::{Admin, App, Page, WebError};

/// What is looked for, as typed.
#[derive(Debug, Default, FromForm)]
struct Asked<'r> {
    object: Option<&'r str>,
    kind: Option<&'r str>,
    actor: Option<&'r str>,
    actor_id: Option<&'r str>,
    from: Option<&'r str>,
    until: Option<&'r str>,
    page: Option<u32>,
}

fn filter(asked: &Asked<'_>) -> EventFilter {
    let text = |given: Option<&str>| {
        given.unwrap_or_default().trim().chars().take(100).collect::<String>()
    };
    let day = |given: Option<&str>| {
        given.and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
    };
    EventFilter {
        object_kind: asked.object.and_then(|key| ObjectKind::from_key(key).ok()),
        kind: text(asked.kind),
        actor: text(asked.actor),
        actor_id: asked.actor_id.and_then(|id| id.parse().ok()),
        from: day(asked.from).and_then(|day| day.pred_opt()).map(deadline::end_of),
        until: day(asked.until).map(deadline::end_of),
    }
}

/// The facts on one line, cut where a table would burst.
fn told(event: &EventRow) -> String {
    let facts = if event.facts.is_null() { String::new() } else { event.facts.to_string() };
    let whole = if event.note.is_empty() { facts } else { format!("{} {facts}", event.note) };
    let short: String = whole.chars().take(160).collect();
    if short.len() < whole.len() { format!("{short}…") } else { short }
}

fn fields(asked: &Asked<'_>) -> Vec<Field> {
    let given = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let mut object = Field::new(FieldKind::Select, "object", Text::said("admin-event-object"))
        .value(given(asked.object))
        .choice("", Text::said("admin-all"));
    for one in ObjectKind::ALL {
        object = object.choice(one.key(), Text::word("object-kind", one.key()));
    }
    vec![
        object,
        Field::new(FieldKind::Text, "kind", Text::said("admin-event-kind"))
            .value(given(asked.kind)),
        Field::new(FieldKind::Text, "actor", Text::said("admin-event-actor"))
            .value(given(asked.actor)),
        Field::new(FieldKind::Date, "from", Text::said("admin-event-from"))
            .value(given(asked.from)),
        Field::new(FieldKind::Date, "until", Text::said("admin-event-until"))
            .value(given(asked.until)),
        Field::new(FieldKind::Hidden, "actor_id", Text::plain("")).value(given(asked.actor_id)),
    ]
}

#[get("/admin/events?<asked..>")]
async fn list(app: &State<App>, _admin: Admin, asked: Asked<'_>) -> Result<Page, WebError> {
    let filter = filter(&asked);
    let (number, offset) = slice(asked.page);
    let (events, total) =
        app.read(move |conn| Ok(directory::events(conn, &filter, super::PAGE, offset)?)).await?;
    let row = |event: &EventRow| Row {
        cells: vec![
            Cell::text(Text::said("admin-at").with_instant("at", event.at.to_rfc3339())),
            Cell::text(event.actor.clone()),
            Cell { code: Some(event.kind.clone()), ..Cell::default() },
            Cell::text(Text::word("object-kind", event.object_kind.key()))
                .note(event.object_id.to_string()),
            Cell::text(told(event)),
        ],
        ..Row::default()
    };
    let pairs = [
        ("object", asked.object),
        ("kind", asked.kind),
        ("actor", asked.actor),
        ("actor_id", asked.actor_id),
        ("from", asked.from),
        ("until", asked.until),
    ]
    .map(|(name, value)| (name, value.unwrap_or_default()));
    let columns = [
        "letter-at",
        "admin-event-actor",
        "admin-event-kind",
        "admin-event-object",
        "admin-event-facts",
    ];
    let view = ListPage {
        head: head(Text::said("admin-events")),
        filters: Some(Filters {
            action: "/admin/events".to_owned(),
            fields: fields(&asked),
            chosen: Vec::new(),
            clear_href: pairs
                .iter()
                .any(|(_, value)| !value.is_empty())
                .then(|| "/admin/events".to_owned()),
            total: Text::said("admin-events-total").with("n", total),
        }),
        table: Table {
            caption: Text::said("admin-events"),
            caption_hidden: true,
            columns: columns.map(|key| Column::new(Text::said(key))).into(),
            rows: events.iter().map(row).collect(),
            empty: Some(Empty {
                title: Text::said("admin-nothing-found"),
                text: None,
                action: None,
            }),
        },
        pager: pager(number, total, &kept(&pairs)),
    };
    Ok(Page::new("pages/admin/list", &view))
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![list]
}
