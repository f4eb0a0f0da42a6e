//! The description of the API for people: one page of our own from the same table as the OpenAPI document, without scripts.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::Value;

use super::openapi::{Access, OPERATIONS, Operation, document};
use crate::views::{Cell, Column, PageHead, Row, Table, Text};
use crate::{Page, WebError};

/// One schema with the way it is written.
#[derive(Serialize)]
struct Schema {
    name: String,
    json: String,
}

#[derive(Serialize)]
struct DocsPage {
    head: PageHead,
    table: Table,
    schemas: Vec<Schema>,
}

fn row(one: &Operation) -> Row {
    let mut takes: Vec<String> =
        one.query.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    takes.extend(one.body.map(|body| format!("{{ {body} }}")));
    let who = match one.access {
        Access::Public => "api-docs-public",
        Access::Token => "api-docs-token",
    };
    let code = format!("{} /api/v1{}", one.method.to_uppercase(), one.path);
    Row {
        cells: vec![
            Cell { code: Some(code), ..Cell::default() },
            Cell::text(one.summary),
            Cell::text(Text::said(who)),
            Cell::text(takes.join(", ")),
            Cell::text(one.answer),
        ],
        ..Row::default()
    }
}

#[get("/docs")]
fn docs() -> Result<Page, WebError> {
    let columns = ["path", "does", "who", "takes", "answers"];
    let schemas = match &document()["components"]["schemas"] {
        Value::Object(all) => all
            .iter()
            .map(|(name, schema)| Schema { name: name.clone(), json: format!("{schema:#}") })
            .collect(),
        _ => Vec::new(),
    };
    let mut head = PageHead::new(Text::said("api-docs-title"));
    head.lead = Some(Text::said("api-docs-lead"));
    let table = Table {
        caption: Text::said("api-docs-operations"),
        caption_hidden: false,
        columns: columns.map(|name| Column::new(Text::said(format!("api-docs-{name}")))).into(),
        rows: OPERATIONS.iter().map(row).collect(),
        empty: None,
    };
    Ok(Page::new("pages/public/api-docs", &DocsPage { head, table, schemas }))
}

/// The route of the page.
pub fn routes() -> Vec<Route> {
    routes![docs]
}
