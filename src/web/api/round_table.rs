//! The table of comments and dispositions (FM-08) over the API: out in three formats, and in again.

use quanheng_domain::ids::{ImportId, RoundId};
use rocket::form::Form;
use rocket::serde::json::Json;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::id;
use crate::import_form::{self, Line, TableForm};
use crate::pages::consultations::export::{Format, TableFile, table};
use crate::views::Text;
use crate::{ApiActor, App, Visitor, WebError, voice};

#[get("/rounds/<round>/table.csv")]
async fn csv(app: &State<App>, visitor: Visitor, round: &str) -> Result<TableFile, WebError> {
    table(app, visitor, round, Format::Csv).await
}

#[get("/rounds/<round>/table.xlsx")]
async fn xlsx(app: &State<App>, visitor: Visitor, round: &str) -> Result<TableFile, WebError> {
    table(app, visitor, round, Format::Xlsx).await
}

#[get("/rounds/<round>/table.docx")]
async fn docx(app: &State<App>, visitor: Visitor, round: &str) -> Result<TableFile, WebError> {
    table(app, visitor, round, Format::Docx).await
}

/// A row, or a cell of it, that a person should look at.
#[derive(Debug, Serialize)]
struct Told {
    line: u64,
    column: Option<&'static str>,
    reason: &'static str,
    message: String,
    found: String,
}

/// What became of a table.
#[derive(Debug, Serialize)]
struct Report {
    import: ImportId,
    /// Whether rows are still being entered; the list of tables tells when all are in.
    entering: bool,
    waiting: i64,
    created: usize,
    changed: usize,
    unchanged: usize,
    bad: Vec<Told>,
    doubtful: Vec<Told>,
    notes: Vec<String>,
}

#[post("/rounds/<round>/import", data = "<form>")]
async fn import(
    app: &State<App>,
    actor: ApiActor,
    visitor: Visitor,
    round: &str,
    form: Form<TableForm<'_>>,
) -> Result<Json<Report>, WebError> {
    let round: RoundId = id(round)?;
    let imported = import_form::take(app, actor.actor, round, form).await?;
    let say =
        |text: &Text| voice::speak(&app.words, chrono_tz::Asia::Shanghai, visitor.locale, text);
    let told = |line: Line| Told {
        line: line.line,
        column: line.key,
        reason: line.reason,
        message: say(&line.text),
        found: line.found,
    };
    let (created, changed, unchanged) = imported.counts();
    Ok(Json(Report {
        import: imported.import,
        entering: imported.entering,
        waiting: imported.waiting,
        created,
        changed,
        unchanged,
        bad: imported.bad().into_iter().map(told).collect(),
        doubtful: imported.doubtful().into_iter().map(told).collect(),
        notes: imported.notes().iter().map(say).collect(),
    }))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![csv, xlsx, docx, import]
}
