//! The gate: what is decided about every request before a route sees it – budget of the address, who looks, whether the form is ours.
//!
//! A request that may not pass is led to a route under `/-/` that answers with the error, because a fairing cannot answer itself.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use quanheng_actions::account::{digest, session, token};
use quanheng_db::accounts;
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::choose;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::http::{Method, Status};
use rocket::{Data, Request, Route, get, routes};

use crate::app::App;
use crate::error::WebError;
use crate::frame::{self, LOCALE_COOKIE};
use crate::viewer::{Viewer, Who, session_cookie_name};
use crate::views::{Frame, FrameUser, NavItem, Text};
use crate::{answer, csrf};

/// Purpose of the seal for form tokens.
pub(crate) const CSRF: &str = "csrf";

/// The fairing.
pub struct Gate;

/// Path and query as they were asked for, before the gate led the request elsewhere.
#[derive(Default)]
struct Asked(String);

/// The path as it was asked for; nothing before the gate looked.
pub fn asked_path<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let asked = request.local_cache(Asked::default);
    (!asked.0.is_empty()).then_some(asked.0.as_str())
}

/// Paths that need nothing of what the gate does.
fn is_bare(path: &str) -> bool {
    path.starts_with("/assets/") || matches!(path, "/favicon.ico" | "/healthz" | "/readyz")
}

#[rocket::async_trait]
impl Fairing for Gate {
    fn info(&self) -> Info {
        Info { name: "gate", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let path = request.uri().path().to_string();
        if is_bare(&path) {
            return;
        }
        let Some(app) = request.rocket().state::<App>().cloned() else { return };
        let asked = request.uri().to_string();
        request.local_cache(|| Asked(asked));
        if let Err(error) = look(&app, request, data).await {
            turn_away(request, &error);
        }
    }
}

/// Fills viewer and frame of the request, or says why it may not pass.
async fn look(app: &App, request: &mut Request<'_>, data: &mut Data<'_>) -> Result<(), WebError> {
    let address = app.address_of(request).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let most = u32::from(app.settings.limits.pages_minute);
    let first = if csrf::changes(request.method()) {
        csrf::first_fields(request, data).await
    } else {
        once_of_header(request)
    };
    let seen =
        match app.budgets.spend(&format!("pages:{address}"), most, Duration::from_secs(60)).await {
            Ok(()) => who(app, request).await,
            Err(error) => Err(error),
        };
    let (who, refused) = match seen {
        Ok((who, secret)) => {
            let refused = refuse(app, request, &who, secret.as_deref(), first.token.as_deref());
            fill_frame(app, request, &who, secret.as_deref());
            (who, refused)
        }
        Err(error) => {
            fill_frame(app, request, &Who::Guest, None);
            (Who::Guest, Some(error))
        }
    };
    request.local_cache(|| Viewer::new(address, who, first));
    refused.map_or(Ok(()), Err)
}

fn once_of_header(request: &Request<'_>) -> csrf::FirstFields {
    csrf::FirstFields {
        token: None,
        once: request.headers().get_one("Idempotency-Key").map(str::to_owned),
    }
}

/// Who looks, with the secret of the session.
async fn who(app: &App, request: &Request<'_>) -> Result<(Who, Option<String>), WebError> {
    if let Some(header) = request.headers().get_one("Authorization") {
        let Some(token) = header.strip_prefix("Bearer ").map(|token| token.trim().to_owned())
        else {
            return Ok((Who::BadToken, None));
        };
        return Ok((bearer(app, token).await?, None));
    }
    let secure = app.settings.security.cookies_secure(app.base_url.starts_with("https://"));
    let Some(secret) =
        request.cookies().get(session_cookie_name(secure)).map(|cookie| cookie.value().to_owned())
    else {
        return Ok((Who::Guest, None));
    };
    let (sought, settings, now) = (secret.clone(), app.settings.clone(), app.now());
    let resumed =
        app.read(move |conn| session::resume(conn, &sought, &settings.security, now)).await?;
    let Some(resumed) = resumed else { return Ok((Who::Guest, None)) };
    if resumed.note_due {
        let id = resumed.session.id;
        note(app, move |tx| Ok(accounts::touch_session(tx.conn(), id, now)?)).await;
    }
    Ok((Who::Session(Box::new(resumed)), Some(secret)))
}

async fn bearer(app: &App, token: String) -> Result<Who, WebError> {
    let bucket = format!("api:{}", &digest(&token)[..24]);
    app.budgets
        .spend(&bucket, u32::from(app.settings.limits.api_minute), Duration::from_secs(60))
        .await?;
    let now = app.now();
    let Some(bearer) = app.read(move |conn| token::bearer(conn, &token, now)).await? else {
        return Ok(Who::BadToken);
    };
    if bearer.note_due {
        let id = bearer.token;
        note(app, move |tx| Ok(accounts::touch_token(tx.conn(), id, now)?)).await;
    }
    Ok(Who::Bearer(Box::new(bearer)))
}

/// Notes a use; that this fails is no reason to refuse the reader.
async fn note<F>(app: &App, job: F)
where
    F: FnMut(&mut quanheng_actions::Tx<'_, '_>) -> Result<(), quanheng_actions::ActionError>
        + Send
        + 'static,
{
    if let Err(error) = app.write(job).await {
        tracing::warn!(%error, "a use was not noted");
    }
}

/// Why a request that changes something is none of ours, if it is not.
fn refuse(
    app: &App,
    request: &Request<'_>,
    who: &Who,
    secret: Option<&str>,
    token: Option<&str>,
) -> Option<WebError> {
    let foreign = || {
        WebError::new(Status::Forbidden, "foreign_form")
            .saying(Text::said("error-text-foreign-form"))
    };
    if matches!(who, Who::BadToken) {
        return Some(WebError::unauthorized());
    }
    // A token in a header is not sent by browsers on their own.
    if !csrf::changes(request.method()) || matches!(who, Who::Bearer(_)) {
        return None;
    }
    if !csrf::own_origin(request, &app.base_url) {
        return Some(foreign());
    }
    // Whoever signs in need not have been nobody before: another tab may have been faster.
    if request.uri().path() == "/sign-in" {
        return None;
    }
    let secret = secret?;
    (!token.is_some_and(|token| app.seal.holds(CSRF, secret, token))).then(foreign)
}

fn turn_away(request: &mut Request<'_>, error: &WebError) {
    let path = format!(
        "/-/turned-away/{}/{}/{}",
        error.status.code,
        error.kind,
        error.retry_after.unwrap_or(0)
    );
    request.set_method(Method::Get);
    match Origin::parse_owned(path) {
        Ok(uri) => request.set_uri(uri),
        Err(error) => tracing::error!(%error, "a refusal has no address"),
    }
}

#[get("/-/turned-away/<status>/<kind>/<wait>")]
fn turned_away(status: u16, kind: &str, wait: i64) -> WebError {
    let error = match kind {
        "foreign_form" => {
            WebError::new(Status::Forbidden, kind).saying(Text::said("error-text-foreign-form"))
        }
        "unauthorized" => WebError::unauthorized(),
        "too_many_requests" => WebError::too_many(wait),
        "busy" => WebError::busy(),
        _ if status >= 500 => WebError::of_status(Status::InternalServerError),
        // The address was typed by hand.
        _ => WebError::not_found(),
    };
    if error.status.code == status { error } else { WebError::not_found() }
}

/// Fills the frame: language, theme, what is to be said, and the person with her part of the navigation.
fn fill_frame(app: &App, request: &Request<'_>, who: &Who, secret: Option<&str>) {
    let mut filled = frame::guest(request);
    let own = match who {
        Who::Session(resumed) => Locale::from_key(&resumed.person.locale).ok(),
        Who::Bearer(bearer) => Locale::from_key(&bearer.person.locale).ok(),
        Who::Guest | Who::BadToken => None,
    };
    let cookie = request.cookies().get(LOCALE_COOKIE).map(|cookie| cookie.value().to_owned());
    let accepted = request.headers().get_one("Accept-Language");
    // What this browser chose last is a clearer word than the account's habit.
    let chosen = cookie.as_deref().and_then(|key| Locale::from_key(key).ok()).or(own);
    filled.locale = choose(chosen, None, accepted, app.settings.site.default_locale);
    filled.base_url = app.base_url.to_string();
    filled.demo = app.demo;
    if request.method() == Method::Get {
        filled.flash = answer::take_flash(request);
    }
    if let (Who::Session(resumed), Some(secret)) = (who, secret) {
        filled.csrf = app.seal.code(CSRF, secret);
        filled.once = app.chance.token();
        filled.user = Some(frame_user(resumed));
        filled.desk = desk(resumed, &filled);
    }
    frame::fill(request, filled);
}

fn frame_user(resumed: &session::Resumed) -> FrameUser {
    let actor = &resumed.actor;
    let mut roles: Vec<Text> = Vec::new();
    if actor.administrator {
        roles.push(Text::word("party", "administrator"));
    }
    if !actor.authorities.is_empty() {
        roles.push(Text::word("party", "officer"));
    }
    let mut seats: Vec<_> = actor.seats.iter().map(|seat| seat.role).collect();
    seats.sort();
    seats.dedup();
    roles.extend(seats.into_iter().take(2).map(|role| Text::word("role", role.key())));
    FrameUser { name: actor.name.clone(), roles, owed: 0 }
}

/// The working part of the navigation; what a person may not open is not shown, and refused all the same.
fn desk(resumed: &session::Resumed, frame: &Frame) -> Vec<NavItem> {
    let actor = &resumed.actor;
    let path = frame.path.as_str();
    let works = actor.administrator
        || !actor.authorities.is_empty()
        || !actor.seats.is_empty()
        || !actor.projects.is_empty();
    let sits = actor.administrator || !actor.authorities.is_empty() || !actor.seats.is_empty();
    let supervises = actor.administrator || !actor.authorities.is_empty();
    [
        (true, "/desk", "nav-desk"),
        (works, "/projects", "nav-projects"),
        (works, "/ballots", "nav-ballots"),
        (sits, "/reports", "nav-reports"),
        (supervises, "/overview", "nav-overview"),
        (actor.administrator, "/admin", "nav-admin"),
    ]
    .into_iter()
    .filter(|(shown, ..)| *shown)
    .map(|(_, href, key)| NavItem::new(href, key, path))
    .collect()
}

/// The routes to which requests are led that may not pass.
pub fn routes() -> Vec<Route> {
    routes![turned_away]
}
