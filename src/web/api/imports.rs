//! Tables of comments that were handed in, over the API: what waits, putting it right, leaving it out, taking a table back.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::round::table::RowFault;
use quanheng_actions::round::{
    MendRow, ThrowRow, UndoTable, may_take, mend_row, throw_row, undo_table,
};
use quanheng_db::comment_imports;
use quanheng_db::conn::AnyConn;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{ImportRowState, ImportState};
use quanheng_domain::ids::{CommentId, ImportId, RoundId};
use rocket::http::Status;
use rocket::{Route, State, get, post, put, routes};
use serde::{Deserialize, Serialize};

use super::{
    Listed, Reply, id,
    sent::{Body, body},
};
use crate::pages::address;
use crate::pages::consultations::imports;
use crate::views::Text;
use crate::{Answer, ApiActor, App, Once, Visitor, WebError, voice};

/// A table as the API tells it.
#[derive(Debug, Serialize)]
struct TableTold {
    id: ImportId,
    version: i64,
    file_name: String,
    sender: String,
    state: ImportState,
    created_at: DateTime<Utc>,
    rows: BTreeMap<&'static str, i64>,
}

#[get("/rounds/<round>/imports")]
async fn list(app: &State<App>, actor: ApiActor, round: &str) -> Reply<Listed<TableTold>> {
    let round: RoundId = id(round)?;
    let all = app.read(move |conn| imports::all(conn, round, &actor.actor)).await?;
    let items = all.tables.into_iter().map(|(row, file, counts)| TableTold {
        id: row.id,
        version: row.version,
        file_name: file.map(|file| file.file_name).unwrap_or_default(),
        sender: row.sender,
        state: row.state,
        created_at: row.created_at,
        rows: counts.into_iter().map(|(state, n)| (state.key(), n)).collect(),
    });
    Ok(Listed::whole(items.collect()).into())
}

/// A row as the API tells it.
#[derive(Debug, Serialize)]
struct RowTold {
    line: i64,
    state: ImportRowState,
    comment: Option<CommentId>,
    cells: serde_json::Value,
    faults: Vec<FaultTold>,
    note: String,
}

#[derive(Debug, Serialize)]
struct FaultTold {
    column: Option<String>,
    reason: String,
    message: String,
    found: String,
    doubt: bool,
}

/// A table of this round; those of others are none here.
fn of_round(conn: &mut AnyConn, round: RoundId, import: ImportId) -> Result<(), ActionError> {
    comment_imports::find(conn, import)?
        .filter(|row| row.round_id == round)
        .map(drop)
        .ok_or(ActionError::NotFound)
}

#[get("/rounds/<round>/imports/<import>/rows?<state>")]
async fn rows(
    app: &State<App>,
    actor: ApiActor,
    visitor: Visitor,
    round: &str,
    import: &str,
    state: Option<&str>,
) -> Reply<Listed<RowTold>> {
    let (round, import): (RoundId, ImportId) = (id(round)?, id(import)?);
    let wanted = address::key::<ImportRowState>(state)?;
    let lines = app
        .read(move |conn| {
            may_take(conn, round, &actor.actor)?;
            of_round(conn, round, import)?;
            Ok(comment_imports::lines(conn, import)?)
        })
        .await?;
    let told = |fault: RowFault| {
        let why = Text::said(fault.reason.as_str()).with("found", fault.found.as_str());
        let zone = chrono_tz::Asia::Shanghai;
        FaultTold {
            message: voice::speak(&app.words, zone, visitor.locale, &why),
            column: fault.column,
            reason: fault.reason,
            found: fault.found,
            doubt: fault.doubt,
        }
    };
    let mut items = Vec::new();
    for line in lines.into_iter().filter(|line| wanted.is_none_or(|state| line.state == state)) {
        let faults: Vec<RowFault> =
            serde_json::from_value(line.faults).map_err(ActionError::unwritable)?;
        items.push(RowTold {
            line: line.line,
            state: line.state,
            comment: line.comment_id,
            cells: line.cells,
            faults: faults.into_iter().map(told).collect(),
            note: line.note,
        });
    }
    Ok(Listed::whole(items).into())
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mend {
    cells: BTreeMap<String, String>,
    #[serde(default)]
    as_whole: bool,
}

#[put("/rounds/<round>/imports/<import>/rows/<line>", data = "<mend>")]
async fn mend(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    import: &str,
    line: i64,
    mend: Body<Mend>,
) -> Result<Answer, WebError> {
    let (round, import): (RoundId, ImportId) = (id(round)?, id(import)?);
    let mend = body(mend)?;
    let command = MendRow { import, line, cells: mend.cells, as_whole: mend.as_whole };
    app.once(&once, move |tx| {
        of_round(tx.conn(), round, import)?;
        let state = mend_row(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &serde_json::json!({ "line": line, "state": state }))
    })
    .await
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: String,
    #[serde(default)]
    if_version: Option<i64>,
}

#[post("/rounds/<round>/imports/<import>/rows/<line>/throw", data = "<why>")]
async fn throw(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    import: &str,
    line: i64,
    why: Body<Why>,
) -> Result<Answer, WebError> {
    let (round, import): (RoundId, ImportId) = (id(round)?, id(import)?);
    let command = ThrowRow { import, line, reason: body(why)?.reason };
    app.once(&once, move |tx| {
        of_round(tx.conn(), round, import)?;
        throw_row(tx, &actor.actor, &command)?;
        let state = ImportRowState::Thrown;
        Answer::json(Status::Ok, &serde_json::json!({ "line": line, "state": state }))
    })
    .await
}

#[post("/rounds/<round>/imports/<import>/undo", data = "<why>")]
async fn undo(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    import: &str,
    why: Body<Why>,
) -> Result<Answer, WebError> {
    let (round, import): (RoundId, ImportId) = (id(round)?, id(import)?);
    let why = body(why)?;
    let command = UndoTable { import, reason: why.reason, if_version: why.if_version };
    app.once(&once, move |tx| {
        of_round(tx.conn(), round, import)?;
        let done = undo_table(tx, &actor.actor, &command)?;
        let told = serde_json::json!({ "import": import, "gone": done.gone, "kept": done.kept });
        Answer::json(Status::Ok, &told)
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, rows, mend, throw, undo]
}
