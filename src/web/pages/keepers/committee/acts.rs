//! What those who keep a committee do on its page.

use chrono::NaiveDate;
use quanheng_actions::committee::{
    enrol::{Enrol, enrol},
    found::{Change, change},
    seats::{Leave, Suspend, leave, suspend},
    term::{Renew, Term, renew},
};
use quanheng_actions::{ActionError, Tx};
use quanheng_db::register::CommitteeRow;
use quanheng_domain::deadline;
use quanheng_domain::ids::{CommitteeId, SeatId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use rocket::{Route, post, routes};

use super::{data, path};
use crate::pages::projects::Again;
use crate::pages::public::committees::{find, show};
use crate::pages::reader::{Back, Reader, SignedReader, back};
use crate::{Done, Fields, Typed, WebError};

/// A form of the page: taken, or the page again with what was typed.
async fn act<C: Send + 'static>(
    reader: SignedReader<'_>,
    code: &str,
    (form, typed): (&str, Typed),
    read: impl FnOnce(Fields<'_>, CommitteeId) -> Result<C, FieldFault>,
    verb: impl FnMut(&mut Tx<'_, '_>, &Actor, &C) -> Result<Back, ActionError> + Send + 'static,
) -> Result<Done, WebError> {
    let reader = reader.0;
    let (held, asked, now) = (reader.shelf.clone(), code.to_owned(), reader.app.now());
    let find = move |conn: &mut _| Ok(find(&*held.catalogue(conn, now)?, &asked).cloned());
    let row = reader.app.read(find).await?.ok_or_else(WebError::not_found)?;
    let (committee, path) = (row.id, path(&row));
    let page = async |reader: Reader<'_>, row: CommitteeRow, again: Option<Again>| {
        show(&reader, row.segment(), None, again.as_ref()).await
    };
    reader.sent(row, path, typed).act(form, |fields| read(fields, committee), verb, page).await
}

#[post("/committees/<code>", data = "<typed>")]
async fn save(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    act(
        reader,
        code,
        ("data", typed),
        |form, committee| {
            let (entry, renamed_on) = (data::entry(form)?, form.day("renamed_on")?);
            Ok(Change { committee, if_version: form.version()?, entry, renamed_on })
        },
        |tx, actor, command| {
            let row = change(tx, actor, command)?;
            Ok(back("", "keeping-data-saved").at(path(&row)))
        },
    )
    .await
}

#[post("/committees/<code>/members", data = "<typed>")]
async fn appoint(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    act(
        reader,
        code,
        ("appoint", typed),
        |form, committee| {
            Ok(Enrol {
                committee,
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
        |tx, actor, command| {
            enrol(tx, actor, command)?;
            Ok(back("", "keeping-appointed"))
        },
    )
    .await
}

/// What is done to a seat.
enum Deed {
    Leave(Leave),
    Suspend(Suspend),
}

fn deed(form: Fields<'_>, committee: CommitteeId, today: NaiveDate) -> Result<Deed, FieldFault> {
    let seat: SeatId = form.needed_id("seat")?;
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
        "" => Err(FieldFault::new("deed", FaultCode::Missing)),
        _ => Err(FieldFault::new("deed", FaultCode::NotAChoice)),
    }
}

#[post("/committees/<code>/seats", data = "<typed>")]
async fn seat(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    let today = deadline::day_of(reader.0.app.now());
    act(
        reader,
        code,
        ("seat", typed),
        move |form, committee| deed(form, committee, today),
        |tx, actor, deed| {
            match deed {
                Deed::Leave(command) => leave(tx, actor, command)?,
                Deed::Suspend(command) => suspend(tx, actor, command)?,
            }
            Ok(back("", "keeping-seat-changed"))
        },
    )
    .await
}

#[post("/committees/<code>/terms", data = "<typed>")]
async fn term(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    act(
        reader,
        code,
        ("term", typed),
        |form, committee| {
            let term = Term {
                committee,
                number: form.needed_number("number")?,
                start: form.needed_day("start")?,
                end: form.day("end")?,
            };
            Ok(Renew { term, go_on: form.ids("go_on")?, reason: form.line("reason") })
        },
        |tx, actor, command| {
            renew(tx, actor, command)?;
            Ok(back("", "keeping-term-begun"))
        },
    )
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![save, appoint, seat, term]
}
