//! Stopping optional mail from the mail itself, without signing in (RFC 8058).

use quanheng_actions::account::profile;
use quanheng_domain::ids::PersonId;
use rocket::{Route, State, get, post, routes};

use crate::answer::Answer;
use crate::app::App;
use crate::csrf::Seal;
use crate::error::WebError;
use crate::page::Page;
use crate::views::{FormPage, Text, Tone};

/// Purpose of the seal in the links.
const PURPOSE: &str = "mail-stop";

/// The path that stops optional mail for a person; it does nothing else, so it may be used again.
pub fn path(seal: &Seal, person: PersonId) -> String {
    format!("/mail/stop/{person}/{}", seal.code(PURPOSE, &person.to_string()))
}

fn owner(app: &App, person: &str, code: &str) -> Result<PersonId, WebError> {
    let id: PersonId = person.parse().map_err(|_| WebError::not_found())?;
    if app.seal.holds(PURPOSE, &id.to_string(), code) { Ok(id) } else { Err(WebError::not_found()) }
}

#[get("/mail/stop/<person>/<code>")]
fn ask(app: &State<App>, person: &str, code: &str) -> Result<Page, WebError> {
    owner(app, person, code)?;
    let action = format!("/mail/stop/{person}/{code}");
    let form = FormPage::new(
        Text::said("account-mail-stop-title"),
        action,
        Vec::new(),
        Text::said("account-mail-stop-button"),
    )
    .lead(Text::said("account-mail-stop-lead"));
    Ok(Page::new("pages/forms/form", &form).private())
}

#[post("/mail/stop/<person>/<code>")]
async fn stop(app: &State<App>, person: &str, code: &str) -> Result<Answer, WebError> {
    let person = owner(app, person, code)?;
    app.write(move |tx| profile::stop_optional_mail(tx, person)).await?;
    Ok(Answer::see("/").saying(Tone::Good, &Text::said("account-mail-stopped")))
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![ask, stop]
}
