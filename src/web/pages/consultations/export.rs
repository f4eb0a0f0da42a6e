//! The table of comments and dispositions (征求意见汇总处理表) as CSV and as a workbook.

use chrono::{DateTime, Utc};
use quanheng_domain::Keyed;
use quanheng_store::names;
use quanheng_tables::{Cell, CsvOptions, Sheet, write_csv, write_xlsx};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};

use super::super::projects::word;
use super::file::{self, RoundFile};
use super::show::round_id;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::views::Text;
use crate::voice;

/// The headers of the table, in the order of its columns.
const HEADERS: &[&str] = &[
    "rounds-column-serial",
    "rounds-column-clause",
    "rounds-column-kind",
    "rounds-column-body",
    "rounds-column-proposal",
    "rounds-column-reason",
    "rounds-column-author",
    "rounds-column-unit",
    "rounds-column-received",
    "rounds-column-late",
    "rounds-column-disposition",
    "rounds-column-disposition-reason",
    "rounds-column-changed",
];

/// A table to be saved by the reader.
struct TableFile {
    bytes: Vec<u8>,
    media_type: &'static str,
    name: String,
}

impl<'r> Responder<'r, 'static> for TableFile {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(Header::new("Content-Type", self.media_type))
            .header(Header::new("Content-Disposition", names::attachment(&self.name)))
            .header(Header::new("Cache-Control", "no-store"))
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

#[get("/consultations/<id>/table.csv")]
async fn csv(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    let sheet = sheet(app, visitor, id).await?;
    let bytes =
        write_csv(&sheet, CsvOptions::default()).map_err(|error| WebError::fault(&error))?;
    Ok(TableFile {
        bytes,
        media_type: "text/csv; charset=utf-8",
        name: format!("{}.csv", sheet.name),
    })
}

#[get("/consultations/<id>/table.xlsx")]
async fn xlsx(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    let sheet = sheet(app, visitor, id).await?;
    let name = format!("{}.xlsx", sheet.name);
    let task = tokio::task::spawn_blocking(move || write_xlsx(&[sheet]));
    let file =
        task.await.map_err(|_| WebError::busy())?.map_err(|error| WebError::fault(&error))?;
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(TableFile { bytes: file.bytes, media_type, name })
}

async fn sheet(app: &App, visitor: Visitor, id: &str) -> Result<Sheet, WebError> {
    let (id, now, locale, actor) = (round_id(id)?, app.now(), visitor.locale, visitor.actor);
    let file = app.read(move |conn| file::read(conn, id, &actor, now)).await?;
    let say = |text: &Text| voice::speak(&app.words, chrono_tz::Asia::Shanghai, locale, text);
    Ok(Sheet {
        name: say(&Text::said("rounds-table-name").with("title", file.project.title_zh.as_str())),
        headers: HEADERS.iter().map(|key| say(&Text::said(*key))).collect(),
        rows: file.comments.iter().map(|row| line(&file, row, &say)).collect(),
    })
}

fn line(
    file: &RoundFile,
    row: &quanheng_db::rounds::CommentRow,
    say: &dyn Fn(&Text) -> String,
) -> Vec<Cell> {
    let (author, unit) = file.author(row).unwrap_or_default();
    let settled = row.disposition.filter(|_| file.inside || row.published_at.is_some());
    let yes_no = |yes: bool| say(&Text::said(if yes { "rounds-yes" } else { "rounds-no" }));
    vec![
        Cell::Integer(i64::from(row.serial)),
        Cell::from(row.clause.as_str()),
        Cell::from(say(&word(row.kind))),
        Cell::from(row.body.as_str()),
        Cell::from(row.proposal.as_str()),
        Cell::from(row.reason.as_str()),
        Cell::from(author),
        Cell::from(unit),
        Cell::Moment(local(row.received_at)),
        Cell::from(yes_no(row.late)),
        Cell::from(settled.map(|code| say(&Text::word("disposition", code.key())))),
        Cell::from(settled.map(|_| row.disposition_reason.clone())),
        Cell::from(row.text_changed.filter(|_| settled.is_some()).map(yes_no)),
    ]
}

fn local(at: DateTime<Utc>) -> chrono::NaiveDateTime {
    at.with_timezone(&chrono_tz::Asia::Shanghai).naive_local()
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![csv, xlsx]
}
