//! Taking a move.

use quanheng_actions::project::{Advance, advance};
use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::{Field, Input, Move, Shape};
use rocket::{Route, State, post, routes};

use super::forms::word;
use super::show::{Done, finish, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::typed::Typed;
use crate::views::{Text, Tone};

#[post("/projects/<id>/moves", data = "<typed>")]
async fn take(
    app: &State<App>,
    visitor: Visitor,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let project = project_id(id)?;
    let key = Move::from_key(typed.raw("move")).map_err(|_| WebError::malformed())?;
    let command =
        Advance { project, key, input: input(&typed, key), if_version: Some(typed.version()) };
    let actor = signed_in.actor;
    let taken = app
        .once(typed.once(), move |tx| {
            let done = advance(tx, &actor, &command)?;
            let said = Text::said("projects-moved")
                .with_text("move", &word(key))
                .with_text("to", &word(done.to))
                .with("told", i64::try_from(done.told).unwrap_or(i64::MAX));
            Ok(Answer::see(format!("/projects/{project}")).saying(Tone::Good, &said))
        })
        .await;
    finish(app, &visitor, project, key.key(), typed, taken).await
}

/// The fields of the move as typed; their names begin with the key of the move.
fn input(typed: &Typed, key: Move) -> Input {
    let filled = Field::ALL.iter().filter_map(|field| {
        let name = format!("{}.{}", key.key(), field.key());
        let text = match field.shape() {
            Shape::Text(_) => typed.text(&name),
            Shape::Line(_) | Shape::Day | Shape::Choice(_) => typed.line(&name),
        };
        (!text.is_empty()).then_some((*field, text))
    });
    Input(filled.collect())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![take]
}
