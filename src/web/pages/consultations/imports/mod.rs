//! Tables of comments that were handed in: what their columns are, what became of their rows, and the copy for their sender.
//!
//! Every file stands for itself: one that cannot be read, or whose columns are to be said first, keeps no other from entering.

mod copy;
mod read;
mod view;

use std::collections::BTreeMap;

use quanheng_actions::round::{
    MapColumns, MendRow, TakenTable, ThrowRow, UndoTable, map_columns, mend_row, throw_row,
    undo_table,
};
use quanheng_domain::comment::ImportRowState;
use quanheng_domain::ids::ImportId;
use quanheng_tables::Mapping;
use rocket::form::Form;
use rocket::{Route, State, get, post, routes};

use super::show::round_id;
use crate::import_form::{self, Handed, TableForm};
use crate::views::{Text, Tone};
use crate::{Answer, App, Page, SignedIn, Typed, WebError};

pub use read::all;

type Done = Result<Result<Answer, Page>, WebError>;

fn import_id(text: &str) -> Result<ImportId, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

fn list_path(round: &str) -> String {
    format!("/consultations/{round}/imports")
}

#[post("/consultations/<id>/import", data = "<form>")]
async fn hand_in(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    form: Form<TableForm<'_>>,
) -> Result<Answer, WebError> {
    let round = round_id(id)?;
    let mut handed = import_form::take_all(app, signed_in.actor, round, form).await?;
    if let [_] = handed.as_slice()
        && let Some(Handed { result, .. }) = handed.pop()
    {
        let taken = result?;
        let path = format!("{}/{}", list_path(id), taken.import);
        return Ok(Answer::see(path));
    }
    let (good, bad): (Vec<_>, Vec<_>) = handed.into_iter().partition(|one| one.result.is_ok());
    let refused: Vec<Text> = bad
        .iter()
        .filter_map(|one| {
            let fault = one.result.as_ref().err()?;
            let said = Text::said("rimport-refused-one").with("file", one.name.as_str());
            Some(said.with_text("why", &fault.sentence()))
        })
        .collect();
    let mut text = Text::said("rimport-taken").with("n", good.len() as u64);
    if !refused.is_empty() {
        text = Text::said("rimport-taken-some")
            .with("n", good.len() as u64)
            .with_list("refused", &refused);
    }
    let tone = if refused.is_empty() { Tone::Good } else { Tone::Warn };
    Ok(Answer::see(list_path(id)).saying(tone, &text))
}

#[get("/consultations/<id>/imports")]
async fn list(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let (round, actor) = (round_id(id)?, signed_in.actor);
    let all = app.read(move |conn| read::all(conn, round, &actor)).await?;
    Ok(Page::new("pages/consultations/imports", &view::list(&all)).private())
}

#[get("/consultations/<id>/imports/<import>")]
async fn show(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    import: &str,
) -> Result<Page, WebError> {
    let file = read::one(app, signed_in.actor, round_id(id)?, import_id(import)?).await?;
    Ok(page(&file, None))
}

fn page(file: &read::File, back: Option<&view::Back>) -> Page {
    Page::new("pages/consultations/import", &view::page(file, back)).private()
}

/// The answer, or the page again with what was typed.
async fn finish(
    app: &App,
    actor: quanheng_domain::people::Actor,
    (id, import): (&str, &str),
    (form, typed): (String, Typed),
    done: Result<Answer, WebError>,
) -> Done {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let status = error.status;
    let back = view::Back { form, typed, faults: error.into_faults()? };
    let file = read::one(app, actor, round_id(id)?, import_id(import)?).await?;
    Ok(Err(page(&file, Some(&back)).status(status)))
}

#[post("/consultations/<id>/imports/<import>/columns", data = "<typed>")]
async fn columns(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    import: &str,
    typed: Typed,
) -> Done {
    let file = read::one(app, signed_in.actor.clone(), round_id(id)?, import_id(import)?).await?;
    let mut said = Mapping::default();
    for (at, heading) in file.headings.iter().enumerate() {
        said.say(heading, typed.raw(&format!("columns.c{at}")));
    }
    let table = import_form::read_table(app, &file.document.sha256, &said).await?;
    let command = MapColumns {
        import: file.import.id,
        columns: said,
        as_whole: typed.raw("columns.unknown_clause") == "whole",
        if_version: Some(typed.version()),
    };
    let (actor, path) = (signed_in.actor.clone(), format!("{}/{import}", list_path(id)));
    let done = app
        .once(typed.once(), move |tx| {
            map_columns(tx, &actor, &command, &table)?;
            Ok(Answer::see(path.clone()).saying(Tone::Good, &Text::said("rimport-columns-said")))
        })
        .await;
    if done.is_ok() {
        let taken = TakenTable { import: file.import.id, report: None };
        import_form::enter_rest(app, taken).await?;
    }
    finish(app, signed_in.actor, (id, import), ("columns".to_owned(), typed), done).await
}

#[post("/consultations/<id>/imports/<import>/rows/<line>", data = "<typed>")]
async fn mend(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    import: &str,
    line: i64,
    typed: Typed,
) -> Done {
    let form = view::form_of(line);
    let prefix = format!("{form}.");
    let cells: BTreeMap<String, String> = typed
        .beginning(&prefix)
        .filter(|(field, _)| view::is_cell(field))
        .map(|(field, _)| (field.to_owned(), typed.text(&format!("{prefix}{field}"))))
        .collect();
    let command =
        MendRow { import: import_id(import)?, line, cells, as_whole: typed.raw("do") == "whole" };
    let (actor, path) = (signed_in.actor.clone(), format!("{}/{import}", list_path(id)));
    let done = app
        .once(typed.once(), move |tx| {
            let answer = Answer::see(format!("{path}#waiting"));
            Ok(match mend_row(tx, &actor, &command)? {
                ImportRowState::Waiting => {
                    let text = Text::said("rimport-still-waits").with("line", line);
                    Answer::see(format!("{path}#row-{line}")).saying(Tone::Warn, &text)
                }
                _ => answer.saying(Tone::Good, &Text::said("rimport-mended").with("line", line)),
            })
        })
        .await;
    finish(app, signed_in.actor, (id, import), (form, typed), done).await
}

#[post("/consultations/<id>/imports/<import>/rows/<line>/throw", data = "<typed>")]
async fn throw(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    import: &str,
    line: i64,
    typed: Typed,
) -> Done {
    let form = format!("t{line}");
    let reason = typed.text(&format!("{form}.reason"));
    let command = ThrowRow { import: import_id(import)?, line, reason };
    let (actor, path) = (signed_in.actor.clone(), format!("{}/{import}", list_path(id)));
    let done = app
        .once(typed.once(), move |tx| {
            throw_row(tx, &actor, &command)?;
            let text = Text::said("rimport-thrown").with("line", line);
            Ok(Answer::see(format!("{path}#waiting")).saying(Tone::Good, &text))
        })
        .await;
    finish(app, signed_in.actor, (id, import), (form, typed), done).await
}

#[post("/consultations/<id>/imports/<import>/undo", data = "<typed>")]
async fn undo(app: &State<App>, signed_in: SignedIn, id: &str, import: &str, typed: Typed) -> Done {
    let command = UndoTable {
        import: import_id(import)?,
        reason: typed.text("undo.reason"),
        if_version: Some(typed.version()),
    };
    let (actor, path) = (signed_in.actor.clone(), format!("{}/{import}", list_path(id)));
    let done = app
        .once(typed.once(), move |tx| {
            let undone = undo_table(tx, &actor, &command)?;
            let text = Text::said("rimport-undone")
                .with("gone", undone.gone as u64)
                .with("kept", undone.kept as u64);
            Ok(Answer::see(path.clone()).saying(Tone::Good, &text))
        })
        .await;
    finish(app, signed_in.actor, (id, import), ("undo".to_owned(), typed), done).await
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = copy::routes();
    routes.extend(routes![hand_in, list, show, columns, mend, throw, undo]);
    routes
}
