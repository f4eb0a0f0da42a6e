//! Reports: the annual report of a committee, and the overview of all.

use rocket::{Responder, Route, State, get, routes};

use crate::error::WebError;
use crate::pages::reports::{file, overview, show};
use crate::papers::{Form, Saved};
use crate::{App, Page, Visitor};

/// A report as page or file.
#[derive(Responder)]
enum Shown {
    Page(Page),
    File(Saved),
}

#[get("/reports/<kind>/<year>/<committee>")]
async fn report(
    app: &State<App>,
    visitor: Visitor,
    kind: &str,
    year: &str,
    committee: &str,
) -> Result<Shown, WebError> {
    let (year, (segment, form)) = (file::year(year)?, Form::split(committee));
    let form = form.unwrap_or(Form::Json);
    let (now, locale) = (app.now(), visitor.locale);
    match kind {
        "annual" => {
            let (actor, segment) = (visitor.actor.clone(), segment.to_owned());
            let file = app.read(move |conn| file::read(conn, &actor, year, &segment, now)).await?;
            Ok(match show::dressed(app, &file, form, locale, now).await? {
                show::Dressed::Page(page) => Shown::Page(page),
                show::Dressed::File(saved) => Shown::File(saved),
            })
        }
        "national" => {
            let person = visitor.actor.person().ok_or_else(WebError::not_found)?;
            let mut authorities = overview::supervised(person)?;
            let segment = segment.to_owned();
            let read = app.read(move |conn| {
                overview::narrow(conn, &mut authorities, &segment)?;
                overview::read(conn, authorities.as_ref(), year, now)
            });
            let read = read.await?;
            Ok(match overview::dressed(app, &read, form, locale, now).await? {
                overview::Dressed::Page(page) => Shown::Page(page),
                overview::Dressed::File(saved) => Shown::File(saved),
            })
        }
        _ => Err(WebError::not_found()),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![report]
}
