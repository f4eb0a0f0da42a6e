//! What those who keep a committee do on its page.

use chrono::NaiveDate;
use quanheng_actions::committee::{
    enrol::{Enrol, enrol},
    found::{Change, change},
    seats::{Leave, Suspend, leave, suspend},
    term::{Renew, Term, renew},
};
use quanheng_db::register::CommitteeRow;
use quanheng_domain::deadline;
use quanheng_domain::ids::{CommitteeId, SeatId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use rocket::{Route, post, routes};

use super::{data, path};
use crate::pages::projects::Again;
use crate::pages::public::committees::{find, show};
use crate::pages::reader::{Reader, Sent, SignedReader, back};
use crate::{Done, Fields, Page, Typed, WebError};

/// A form of the page, with the committee it is about.
async fn sent<'r>(
    reader: Reader<'r>,
    code: &str,
    typed: Typed,
) -> Result<Sent<'r, CommitteeRow>, WebError> {
    let (held, asked, now) = (reader.shelf.clone(), code.to_owned(), reader.app.now());
    let find = move |conn: &mut _| Ok(find(&*held.catalogue(conn, now)?, &asked).cloned());
    let row = reader.app.read(find).await?.ok_or_else(WebError::not_found)?;
    let page = path(&row);
    Ok(reader.sent(row, page, typed))
}

async fn page(
    reader: Reader<'_>,
    row: CommitteeRow,
    again: Option<Again>,
) -> Result<Page, WebError> {
    show(&reader, row.segment(), None, again.as_ref()).await
}

#[post("/committees/<code>", data = "<typed>")]
async fn save(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = sent(reader.0, code, typed).await?;
    let committee = sent.about.id;
    sent.act(
        "data",
        |form| {
            let (entry, renamed_on) = (data::entry(form)?, form.day("renamed_on")?);
            Ok(Change { committee, if_version: form.version()?, entry, renamed_on })
        },
        |tx, actor, command| {
            let row = change(tx, actor, command)?;
            Ok(back("", "keeping-data-saved").at(path(&row)))
        },
        page,
    )
    .await
}

#[post("/committees/<code>/members", data = "<typed>")]
async fn appoint(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = sent(reader.0, code, typed).await?;
    let committee = sent.about.id;
    sent.act(
        "appoint",
        |form| {
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
        page,
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
    let sent = sent(reader.0, code, typed).await?;
    let committee = sent.about.id;
    sent.act(
        "seat",
        |form| deed(form, committee, today),
        |tx, actor, deed| {
            match deed {
                Deed::Leave(command) => leave(tx, actor, command)?,
                Deed::Suspend(command) => suspend(tx, actor, command)?,
            }
            Ok(back("", "keeping-seat-changed"))
        },
        page,
    )
    .await
}

#[post("/committees/<code>/terms", data = "<typed>")]
async fn term(reader: SignedReader<'_>, code: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = sent(reader.0, code, typed).await?;
    let committee = sent.about.id;
    sent.act(
        "term",
        |form| {
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
        page,
    )
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![save, appoint, seat, term]
}
