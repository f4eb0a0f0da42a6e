//! What those who keep a committee do on its page.

use quanheng_actions::committee::{
    enrol::{Enrol, enrol},
    found::{Change, change},
    seats::{Leave, Suspend, leave, suspend},
    term::{Renew, Term, renew},
};
use quanheng_db::register::CommitteeRow;
use quanheng_domain::deadline;
use quanheng_domain::ids::SeatId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use rocket::{Route, State, post, routes};

use super::super::Shelf;
use super::super::committees::{find, show};
use super::{data, path};
use crate::page_form::{Done, PageForm};
use crate::views::{Text, Tone};
use crate::{Answer, App, SignedIn, Typed, Visitor, WebError};

async fn committee(app: &App, shelf: &Shelf, code: &str) -> Result<CommitteeRow, WebError> {
    let (held, asked, now) = (shelf.clone(), code.to_owned(), app.now());
    let found =
        app.read(move |conn| Ok(find(&*held.catalogue(conn, now)?, &asked).cloned())).await?;
    found.ok_or_else(WebError::not_found)
}

fn back(row: &CommitteeRow, said: &str) -> Answer {
    Answer::see(path(row)).saying(Tone::Good, &Text::said(said))
}

fn missing(field: &str) -> FieldFault {
    FieldFault::new(field, FaultCode::Missing)
}

#[post("/committees/<code>", data = "<typed>")]
async fn save(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    signed_in: SignedIn,
    code: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let row = committee(app, shelf, &code).await?;
    let id = row.id;
    PageForm::new(app, signed_in.actor, "data", typed)
        .act(
            |form| {
                let if_version = form.line("if_version").parse().unwrap_or(0);
                let (entry, renamed_on) = (data::entry(form)?, form.day("renamed_on")?);
                Ok(Change { committee: id, if_version, entry, renamed_on })
            },
            |tx, actor, command| Ok(back(&change(tx, actor, command)?, "keeping-data-saved")),
            async |_, again| show(app, shelf, &visitor, code, None, Some(&again)).await,
        )
        .await
}

#[post("/committees/<code>/members", data = "<typed>")]
async fn appoint(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    signed_in: SignedIn,
    code: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let row = committee(app, shelf, &code).await?;
    let id = row.id;
    PageForm::new(app, signed_in.actor, "appoint", typed)
        .act(
            |form| {
                Ok(Enrol {
                    committee: id,
                    name: form.line("name"),
                    email: form.line("email"),
                    unit: form.line("unit"),
                    role: form.choice("role")?,
                    since: form.needed_day("since")?,
                    until: form.day("until")?,
                    rank: form.number("rank")?,
                    reason: form.line("reason"),
                })
            },
            move |tx, actor, command| {
                enrol(tx, actor, command)?;
                Ok(back(&row, "keeping-appointed"))
            },
            async |_, again| show(app, shelf, &visitor, code, None, Some(&again)).await,
        )
        .await
}

/// What is done to a seat.
enum Deed {
    Leave(Leave),
    Suspend(Suspend),
}

#[post("/committees/<code>/seats", data = "<typed>")]
async fn seat(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    signed_in: SignedIn,
    code: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let row = committee(app, shelf, &code).await?;
    let (committee, today) = (row.id, deadline::day_of(app.now()));
    PageForm::new(app, signed_in.actor, "seat", typed)
        .act(
            |form| {
                let seat: SeatId = form.id("seat")?.ok_or_else(|| missing("seat"))?;
                let reason = form.line("reason");
                match form.raw("deed").as_str() {
                    "leave" => {
                        let until = form.day("until")?.unwrap_or(today);
                        Ok(Deed::Leave(Leave { committee, seat, until, reason }))
                    }
                    deed @ ("suspend" | "resume") => {
                        let suspended = deed == "suspend";
                        Ok(Deed::Suspend(Suspend { committee, seat, suspended, reason }))
                    }
                    "" => Err(missing("deed")),
                    _ => Err(FieldFault::new("deed", FaultCode::NotAChoice)),
                }
            },
            move |tx, actor, deed| {
                match deed {
                    Deed::Leave(command) => leave(tx, actor, command)?,
                    Deed::Suspend(command) => suspend(tx, actor, command)?,
                }
                Ok(back(&row, "keeping-seat-changed"))
            },
            async |_, again| show(app, shelf, &visitor, code, None, Some(&again)).await,
        )
        .await
}

#[post("/committees/<code>/terms", data = "<typed>")]
async fn term(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    signed_in: SignedIn,
    code: String,
    typed: Typed,
) -> Result<Done, WebError> {
    let row = committee(app, shelf, &code).await?;
    let committee = row.id;
    PageForm::new(app, signed_in.actor, "term", typed)
        .act(
            |form| {
                let term = Term {
                    committee,
                    number: form.number("number")?.ok_or_else(|| missing("number"))?,
                    start: form.needed_day("start")?,
                    end: form.day("end")?,
                };
                let go_on = form.ids("go_on")?;
                Ok(Renew { term, go_on, reason: form.line("reason") })
            },
            move |tx, actor, command| {
                renew(tx, actor, command)?;
                Ok(back(&row, "keeping-term-begun"))
            },
            async |_, again| show(app, shelf, &visitor, code, None, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![save, appoint, seat, term]
}
