//! Whether the process lives and whether it can work; for load balancers and watchdogs.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use quanheng_actions::found;
use quanheng_db::{accounts, delivery, migrate};
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use crate::app::App;

/// Whether requests are taken; off from the stop signal on, so that a load balancer goes elsewhere.
#[derive(Debug)]
pub struct Taking(AtomicBool);

impl Default for Taking {
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

impl Taking {
    /// Takes no more requests from now on.
    pub fn stop(&self) {
        self.0.store(false, SeqCst);
    }

    /// Whether requests are taken.
    pub fn is_on(&self) -> bool {
        self.0.load(SeqCst)
    }
}

/// One thing that must work.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    /// Whether requests are kept away while it is not well; what only delays work leaves the site open.
    required: bool,
}

impl Check {
    fn required(name: &'static str, ok: bool) -> Self {
        Self { name, ok, required: true }
    }
}

/// Room on the disk without which nothing can be written soon.
const LEAST_ROOM: u64 = 64 << 20;
/// Mail that waits for longer than this is told to watchdogs.
const MAIL_WAITS: chrono::TimeDelta = chrono::TimeDelta::hours(1);

#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    checks: Vec<Check>,
}

struct Ready(Readiness);

impl<'r> Responder<'r, 'static> for Ready {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let status = if self.0.ready { Status::Ok } else { Status::ServiceUnavailable };
        let mut answer = Response::build_from(Json(self.0).respond_to(request)?);
        answer.status(status).header(Header::new("Cache-Control", "no-store")).ok()
    }
}

#[get("/healthz")]
fn healthz() -> &'static str {
    "ok\n"
}

#[get("/readyz")]
async fn readyz(app: &State<App>, taking: &State<std::sync::Arc<Taking>>) -> Ready {
    let mut checks = vec![Check::required("taking", taking.is_on())];
    checks.push(Check::required("database", told("database", writes_and_reads(app).await)));
    let db = app.db.clone();
    let migrated = tokio::task::spawn_blocking(move || migrate::check(&db)).await;
    checks.push(Check::required("migrations", matches!(migrated, Ok(Ok(())))));
    let files = tokio::time::timeout(std::time::Duration::from_secs(5), app.store.probe()).await;
    checks.push(Check::required("files", matches!(files, Ok(Ok(())))));
    let room = quanheng_store::free_bytes(app.settings.data_dir());
    checks.push(Check::required("room", room.is_ok_and(|free| free >= LEAST_ROOM)));
    let mail = told("outbox", mail_goes_out(app).await);
    checks.push(Check { name: "outbox", ok: mail, required: false });
    let ready = checks.iter().all(|check| check.ok || !check.required);
    Ready(Readiness { ready, checks })
}

/// Writes a row and reads it, and looks whether the ground was laid.
async fn writes_and_reads(app: &App) -> Result<bool, quanheng_actions::ActionError> {
    let mark = app.now().to_rfc3339();
    let written = mark.clone();
    app.write(move |tx| {
        let now = tx.now();
        Ok(accounts::put_setting(tx.conn(), "readiness", &written, now)?)
    })
    .await?;
    app.read(move |conn| {
        Ok(accounts::setting(conn, "readiness")?.is_some() && found::is_founded(conn)?)
    })
    .await
}

/// Whether no mail waits for long.
async fn mail_goes_out(app: &App) -> Result<bool, quanheng_actions::ActionError> {
    let now = app.now();
    app.read(move |conn| {
        let oldest = delivery::backlog(conn)?.oldest;
        Ok(oldest.is_none_or(|since| now.signed_duration_since(since) <= MAIL_WAITS))
    })
    .await
}

fn told(what: &str, outcome: Result<bool, quanheng_actions::ActionError>) -> bool {
    outcome.unwrap_or_else(|error| {
        tracing::warn!(%error, what, "not ready");
        false
    })
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![healthz, readyz]
}
