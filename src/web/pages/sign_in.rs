//! Signing in and out.

use std::time::Duration;

use quanheng_actions::account::session;
use quanheng_actions::account::sign_in::{self as verb, Attempt};
use quanheng_actions::{ActionError, names};
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::Redirect;
use rocket::time::Duration as Days;
use rocket::{Route, State, get, post, routes};

use super::preferences::own_path;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::typed::Typed;
use crate::viewer;
use crate::views::{Field, FieldKind, FormPage, Text, Tone};

/// Cookie of a browser that has signed in here before; its owner need not wait for what strangers did to the account.
const DEVICE_COOKIE: &str = "device";
const DEVICE_DAYS: i64 = 365;

/// What the browser calls itself.
struct Agent(String);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Agent {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self(
            request.headers().get_one("User-Agent").unwrap_or_default().to_owned(),
        ))
    }
}

fn form(email: &str, next: &str) -> FormPage {
    let fields = vec![
        Field::new(FieldKind::Hidden, "next", Text::plain("")).value(next),
        Field::new(FieldKind::Email, "email", Text::said("field-email"))
            .required()
            .value(email)
            .attr("autocomplete", "username")
            .attr("maxlength", 254),
        Field::new(FieldKind::Password, "password", Text::said("field-password"))
            .required()
            .attr("autocomplete", "current-password")
            .attr("maxlength", 512),
    ];
    FormPage::new(
        Text::said("account-sign-in-title"),
        "/sign-in",
        fields,
        Text::said("frame-sign-in"),
    )
    .lead(Text::said("account-sign-in-lead"))
    .link("/forgot", Text::said("account-forgot-title"))
}

#[get("/sign-in?<next>")]
fn show(next: Option<&str>, visitor: Visitor) -> Result<Page, Redirect> {
    let next = next.and_then(own_path).unwrap_or("/desk");
    if visitor.actor.person().is_some() {
        return Err(Redirect::to(next.to_owned()));
    }
    Ok(Page::new("pages/forms/form", &form("", next)).private())
}

fn refused(email: &str, next: &str) -> Page {
    let form = form(email, next).refused(Text::said("account-sign-in-refused"));
    Page::new("pages/forms/form", &form).status(Status::UnprocessableEntity)
}

#[post("/sign-in", data = "<typed>")]
async fn enter(
    app: &State<App>,
    visitor: Visitor,
    agent: Agent,
    jar: &CookieJar<'_>,
    typed: Typed,
) -> Result<Result<Redirect, Page>, WebError> {
    let per_minute = u32::from(app.settings.limits.sign_in_minute);
    app.budgets
        .spend(&format!("sign-in:{}", visitor.address), per_minute, Duration::from_secs(60))
        .await?;
    // An hour's budget slows those who try one password on many accounts.
    let per_hour = per_minute.saturating_mul(10);
    app.budgets
        .spend(&format!("sign-in-hour:{}", visitor.address), per_hour, Duration::from_secs(3_600))
        .await?;
    let (email, next) = (typed.line("email"), typed.line("next"));
    let next = own_path(&next).unwrap_or("/desk").to_owned();
    let password: String = typed.raw("password").chars().take(512).collect();
    let sought = email.clone();
    let found = app.read(move |conn| verb::find(conn, &sought)).await?;
    let known_browser =
        found.as_ref().is_some_and(|found| knows(app, jar, &found.person.to_string()));
    let may_try = found.as_ref().is_some_and(|found| found.may_try(app.now(), known_browser));
    if known_browser && let Some(found) = &found {
        let bucket = format!("sign-in-device:{}", found.person);
        app.budgets.spend(&bucket, per_minute, Duration::from_secs(60)).await?;
    }
    // Whatever is known of the account, one password is hashed, so that the answer takes as long.
    let hash = found.as_ref().filter(|_| may_try).and_then(|found| found.hash.clone());
    let matches = app.verify(hash, password).await?;
    let Some(found) = found.filter(|_| may_try) else {
        tracing::info!(address = %visitor.address, "sign-in refused");
        return Ok(Err(refused(&email, &next)));
    };
    let (security, person, agent) = (app.settings.clone(), found.person, agent.0);
    let attempt =
        app.write(move |tx| verb::finish(tx, person, matches, &agent, &security.security)).await?;
    match attempt {
        Attempt::In(begun) => {
            jar.add(viewer::session_cookie(app, &begun.secret));
            remember(app, jar, &begun.person.to_string());
            Ok(Ok(Redirect::to(next)))
        }
        Attempt::Refused => {
            tracing::info!(address = %visitor.address, person = %person, "sign-in refused");
            Ok(Err(refused(&email, &next)))
        }
    }
}

/// Whether this browser has signed in to the account before.
fn knows(app: &App, jar: &CookieJar<'_>, person: &str) -> bool {
    jar.get(DEVICE_COOKIE).is_some_and(|cookie| {
        cookie.value().split('.').any(|code| app.seal.holds(DEVICE_COOKIE, person, code))
    })
}

/// Remembers that this browser signed in to the account; the last three accounts are kept.
fn remember(app: &App, jar: &CookieJar<'_>, person: &str) {
    let code = app.seal.code(DEVICE_COOKIE, person);
    let old = jar.get(DEVICE_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let others = old.split('.').filter(|other| *other != code && other.len() == code.len()).take(2);
    let value = std::iter::once(code.as_str()).chain(others).collect::<Vec<_>>().join(".");
    let secure = app.settings.security.cookies_secure(app.base_url.starts_with("https://"));
    jar.add(
        Cookie::build((DEVICE_COOKIE, value))
            .path("/sign-in")
            .http_only(true)
            .secure(secure)
            .same_site(SameSite::Lax)
            .max_age(Days::days(DEVICE_DAYS)),
    );
}

#[post("/sign-out")]
async fn leave(
    app: &State<App>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
) -> Result<Answer, WebError> {
    let (person, session) = (signed_in.person, signed_in.session.id);
    match app.write(move |tx| session::end(tx, &person, session)).await {
        // It ended meanwhile, which is what was wanted.
        Ok(()) | Err(ActionError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    drop_session(app, jar);
    Ok(Answer::see("/").saying(Tone::Good, &Text::said("account-signed-out")))
}

/// Takes the session cookie back.
pub(super) fn drop_session(app: &App, jar: &CookieJar<'_>) {
    jar.remove(viewer::session_cookie(app, ""));
}

/// Whether a text can be a mail address at all, for forms that must not tell more.
pub(super) fn is_address(text: &str) -> bool {
    names::email_key(text).is_some()
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![show, enter, leave]
}
