//! The marked copy: the table as it was sent with a column that says what became of each row, for the desk and for its sender.

use std::collections::BTreeMap;

use quanheng_actions::round::table::RowFault;
use quanheng_actions::{ActionError, names};
use quanheng_db::comment_imports::{self, ImportLineRow};
use quanheng_domain::Locale;
use quanheng_domain::comment::ImportRowState;
use quanheng_domain::people::Actor;
use quanheng_tables::{
    Cell, CsvOptions, Paper, Sheet, Table, WriteError, column_message_key, write_csv, write_docx,
    write_xlsx,
};
use rocket::{Route, State, get, routes};

use super::super::super::projects::word;
use super::super::export::TableFile;
use super::read::{self, File};
use super::{import_id, round_id};
use crate::guards::Visitor;
use crate::import_form::read_table;
use crate::views::Text;
use crate::{App, SignedIn, WebError, voice};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What became of a row, in words.
fn outcome(file: &File, line: &ImportLineRow, faults: &[RowFault]) -> Text {
    let serial = line.comment_id.and_then(|id| file.serials.get(&id)).copied();
    match (line.state, serial) {
        (ImportRowState::Thrown, _) => {
            Text::said("rimport-mark-thrown").with("why", line.note.as_str())
        }
        (ImportRowState::Waiting, _) => {
            let why: Vec<Text> = faults
                .iter()
                .map(|fault| {
                    let why = Text::said(fault.reason.as_str()).with("found", fault.found.as_str());
                    let column = fault.column.as_deref().unwrap_or("comment");
                    Text::said("rimport-at-column")
                        .with_text("column", &Text::said(column_message_key(column)))
                        .with_text("why", &why)
                })
                .collect();
            Text::said("rimport-mark-waiting").with_list("why", &why)
        }
        (_, Some(serial)) => Text::said("rimport-mark-entered")
            .with_text("state", &word(line.state))
            .with("n", serial),
        (state, None) => word(state),
    }
}

async fn write(app: &App, file: File, locale: Locale) -> Result<TableFile, WebError> {
    let table = read_table(app, &file.document.sha256, &file.said).await?;
    let words = app.words.clone();
    let name = file.document.file_name.clone();
    let task = tokio::task::spawn_blocking(move || {
        let say = |text: &Text| voice::speak(&words, chrono_tz::Asia::Shanghai, locale, text);
        let of_line: BTreeMap<u64, String> = file
            .lines
            .iter()
            .map(|(line, faults)| {
                let number = u64::try_from(line.line).unwrap_or_default();
                (number, say(&outcome(&file, line, faults)))
            })
            .collect();
        let left_out = say(&Text::said("rimport-mark-left-out"));
        let mark = |line: u64| of_line.get(&line).unwrap_or(&left_out).clone();
        marked(&file.document.file_name, table, &say(&Text::said("rimport-mark")), mark, locale)
    });
    let (bytes, kind, ending) =
        task.await.map_err(|_| WebError::busy())?.map_err(|error| WebError::fault(&error))?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    Ok(TableFile::new(bytes, kind, format!("{stem}-marked.{ending}")))
}

type Written = Result<(Vec<u8>, &'static str, &'static str), WriteError>;

/// The table with one more column, in the format in which it came.
fn marked(
    name: &str,
    table: Table,
    heading: &str,
    mark: impl Fn(u64) -> String,
    locale: Locale,
) -> Written {
    let mut headers = table.headers;
    let width = headers.len();
    headers.push(heading.to_owned());
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<String> = (0..width).map(|at| row.cell(at).to_owned()).collect();
            cells.push(mark(row.line));
            cells
        })
        .collect();
    if name.to_lowercase().ends_with(".docx") {
        let paper = Paper {
            title: name.to_owned(),
            columns: headers.into_iter().map(|header| (header, 1)).collect(),
            rows,
            language: locale.to_string(),
            ..Paper::default()
        };
        return Ok((write_docx(&paper)?, DOCX, "docx"));
    }
    let rows = rows.into_iter().map(|cells| cells.into_iter().map(Cell::from).collect()).collect();
    let sheet = Sheet { name: heading.to_owned(), headers, rows };
    if name.to_lowercase().ends_with(".csv") {
        return Ok((write_csv(&sheet, CsvOptions::default())?, "text/csv; charset=utf-8", "csv"));
    }
    Ok((write_xlsx(&[sheet])?.bytes, XLSX, "xlsx"))
}

#[get("/consultations/<id>/imports/<import>/copy")]
async fn own(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    import: &str,
) -> Result<TableFile, WebError> {
    let file = read::one(app, signed_in.actor, round_id(id)?, import_id(import)?).await?;
    write(app, file, visitor.locale).await
}

#[get("/consultations/tables/<token>", rank = 1)]
async fn by_link(app: &State<App>, visitor: Visitor, token: &str) -> Result<TableFile, WebError> {
    let hash = names::secret_hash(token.trim());
    let file = app
        .read(move |conn| {
            let import = comment_imports::by_token(conn, &hash)?.ok_or(ActionError::NotFound)?;
            read::file(conn, import, &Actor::Public)
        })
        .await?;
    write(app, file, visitor.locale).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![own, by_link]
}
