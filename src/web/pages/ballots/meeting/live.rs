//! What the clients of a meeting follow: the figures as events, or asked for; and whether the page must be loaded anew.
//!
//! One watcher a process wakes the streams; the first that wakes reads the meeting, the others take what it read.

use std::collections::HashMap;
use std::sync::Arc;

use quanheng_actions::document::text;
use quanheng_db::ballot_parts;
use quanheng_domain::ids::BallotId;
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, Locale};
use rocket::response::stream::{Event, EventStream};
use rocket::serde::json::Json;
use rocket::{Route, Shutdown, State, get, routes};
use serde::Serialize;
use tokio::sync::Mutex;

use super::super::file::read;
use super::super::show::{ballot_id, sentence};
use super::{Numbers, mark, numbers, place_of};
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::voice;
use crate::watch::{Seen, Watch};

/// Meetings kept at once; a process serves fewer.
const MOST: usize = 64;

/// What every client shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Live {
    /// Changes when the page must be loaded anew: another clause, another argument, the end.
    page: String,
    sentence: String,
    #[serde(flatten)]
    numbers: Numbers,
}

/// A meeting in a language.
type Room = (BallotId, &'static str);

/// The meetings as they were read last, each for a language.
#[derive(Default)]
pub struct Rooms(Mutex<HashMap<Room, (Seen, Live)>>);

impl Rooms {
    /// A meeting at a sight of the ledger, read by the first who asks. Whoever asks was let in before: the figures are the same for all.
    async fn at(
        &self,
        app: &App,
        seen: Seen,
        actor: &Actor,
        locale: Locale,
        id: BallotId,
    ) -> Result<Live, WebError> {
        let key = (id, locale.key());
        let mut rooms = self.0.lock().await;
        if let Some((at, live)) = rooms.get(&key)
            && *at == seen
        {
            return Ok(live.clone());
        }
        let read = live(app, actor.clone(), locale, id).await?;
        if rooms.len() >= MOST {
            rooms.retain(|_, (at, _)| *at == seen);
        }
        rooms.insert(key, (seen, read.clone()));
        Ok(read)
    }
}

async fn live(app: &App, actor: Actor, locale: Locale, id: BallotId) -> Result<Live, WebError> {
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
    let said = voice::speak(&app.words, app.settings.site.zone, locale, &sentence(&file).0);
    Ok(Live { page: mark(&file, &clause, positions), sentence: said, numbers: numbers(&file) })
}

#[get("/ballots/<id>/meeting/state")]
async fn state(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
) -> Result<Json<Live>, WebError> {
    Ok(Json(live(app, signed_in.actor, visitor.locale, ballot_id(id)?).await?))
}

#[get("/ballots/<id>/meeting/events")]
async fn events(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    mut end: Shutdown,
    watch: &State<Arc<Watch>>,
    rooms: &State<Arc<Rooms>>,
) -> Result<EventStream![], WebError> {
    let (app, id, locale, actor) =
        (App::clone(app), ballot_id(id)?, visitor.locale, signed_in.actor);
    // Followed before it is read, so that nothing that happens in between is missed.
    let mut news = watch.follow(&app);
    let rooms = Arc::clone(rooms);
    // Whoever may not know of the ballot is told so before the stream begins.
    let mut now = live(&app, actor.clone(), locale, id).await?;
    Ok(EventStream! {
        loop {
            yield Event::json(&now);
            loop {
                rocket::tokio::select! {
                    woken = news.changed() => if woken.is_err() { return },
                    _ = &mut end => return,
                }
                let seen = *news.borrow_and_update();
                match rooms.at(&app, seen, &actor, locale, id).await {
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
