//! Taking a table of comments in at the desk, and telling row by row what became of it.

use rocket::form::Form;
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::show::round_id;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::import_form::{self, Imported, Line, TableForm};
use crate::page::Page;
use crate::views::{Cell, Column, Crumb, Link, PageHead, Row, Table, Text, Tone};

#[derive(Serialize)]
struct ImportedPage {
    head: PageHead,
    sentence: Text,
    bad: Option<Table>,
    doubtful: Option<Table>,
    notes: Vec<Text>,
    back: Link,
}

fn table(title: &str, lines: Vec<Line>, tone: Tone) -> Option<Table> {
    let columns = ["rimport-line", "rimport-column", "rimport-why"];
    let rows: Vec<Row> = lines
        .into_iter()
        .map(|line| Row {
            cells: vec![
                Cell::text(Text::plain(line.line.to_string())),
                Cell::text(line.column.unwrap_or_else(|| Text::said("rimport-whole-row"))),
                Cell::text(line.text),
            ],
            tone,
            id: None,
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        caption: Text::said(title),
        caption_hidden: false,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: None,
    })
}

fn page(round: &str, imported: &Imported) -> ImportedPage {
    let desk = format!("/consultations/{round}/desk");
    let (created, changed, unchanged) = imported.counts();
    let mut head = PageHead::new(Text::said("rimport-title"));
    head.crumbs = vec![
        Crumb { text: Text::said("rdesk-title"), href: Some(desk.clone()) },
        Crumb { text: Text::said("rimport-title"), href: None },
    ];
    ImportedPage {
        head,
        sentence: Text::said("rimport-done")
            .with("created", created as u64)
            .with("changed", changed as u64)
            .with("unchanged", unchanged as u64)
            .with("bad", imported.report.bad_lines() as u64),
        bad: table("rimport-bad", imported.bad(), Tone::Bad),
        doubtful: table("rimport-doubtful", imported.doubtful(), Tone::Warn),
        notes: imported.notes(),
        back: Link::new(desk, Text::said("rimport-back")),
    }
}

#[post("/consultations/<id>/import", data = "<form>")]
async fn import(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    form: Form<TableForm<'_>>,
) -> Result<Page, WebError> {
    let imported = import_form::take(app, signed_in.actor, round_id(id)?, form).await?;
    Ok(Page::new("pages/consultations/imported", &page(id, &imported)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![import]
}
