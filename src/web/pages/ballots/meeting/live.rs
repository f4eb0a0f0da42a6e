//! What the clients of a meeting follow: the figures as events, or asked for; and whether the page must be loaded anew.

use std::time::Duration;

use quanheng_actions::document::text;
use quanheng_db::ballot_parts;
use quanheng_domain::ids::BallotId;
use quanheng_domain::people::Actor;
use rocket::response::stream::{Event, EventStream};
use rocket::serde::json::Json;
use rocket::{Route, Shutdown, State, get, routes};
use serde::Serialize;

use super::super::file::read;
use super::super::show::{ballot_id, sentence};
use super::{Numbers, mark, numbers, place_of};
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::voice;

/// How often a stream looks whether something changed.
const BEAT: Duration = Duration::from_secs(2);

/// What every client shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Live {
    /// Changes when the page must be loaded anew: another clause, another argument, the end.
    page: String,
    sentence: String,
    #[serde(flatten)]
    numbers: Numbers,
}

async fn live(app: &App, actor: Actor, visitor: &Spoken, id: BallotId) -> Result<Live, WebError> {
    let now = app.now();
    let (file, clause, positions) = app
        .read(move |conn| {
            let file = read(conn, id, &actor, now)?;
            let mut clause = place_of(conn, id)?;
            if let (true, Some(draft)) = (clause.is_empty(), &file.draft) {
                let kept = text::kept(conn, draft.id)?;
                let first = kept.and_then(|kept| kept.text.clauses.into_iter().next());
                clause = first.map(|clause| clause.key).unwrap_or_default();
            }
            let positions = ballot_parts::positions_of(conn, id)?.len();
            Ok((file, clause, positions))
        })
        .await?;
    let said = voice::speak(&app.words, app.settings.site.zone, visitor.0, &sentence(&file).0);
    Ok(Live { page: mark(&file, &clause, positions), sentence: said, numbers: numbers(&file) })
}

/// The language a client reads.
#[derive(Debug, Clone, Copy)]
struct Spoken(quanheng_domain::Locale);

#[get("/ballots/<id>/meeting/state")]
async fn state(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
) -> Result<Json<Live>, WebError> {
    Ok(Json(live(app, signed_in.actor, &Spoken(visitor.locale), ballot_id(id)?).await?))
}

#[get("/ballots/<id>/meeting/events")]
async fn events(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    mut end: Shutdown,
) -> Result<EventStream![], WebError> {
    let (app, id, spoken) = (App::clone(app), ballot_id(id)?, Spoken(visitor.locale));
    // Whoever may not know of the ballot is told so before the stream begins.
    let mut now = live(&app, signed_in.actor.clone(), &spoken, id).await?;
    Ok(EventStream! {
        loop {
            yield Event::json(&now);
            loop {
                rocket::tokio::select! {
                    () = rocket::tokio::time::sleep(BEAT) => {}
                    _ = &mut end => return,
                }
                match live(&app, signed_in.actor.clone(), &spoken, id).await {
                    Ok(next) if next == now => {}
                    Ok(next) => { now = next; break }
                    Err(_) => return,
                }
            }
        }
    })
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![state, events]
}
