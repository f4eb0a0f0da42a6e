//! Keeping committees over the API: founding and changing them, terms, appointments and the end of seats.

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::committee::{
    enrol::{Enrol, enrol},
    found::{Change, Entry, change, found},
    seats::{Leave, Suspend, leave, suspend},
    term::{Renew, Term, renew},
};
use quanheng_db::{conn::AnyConn, register};
use quanheng_domain::committee::CommitteeKind;
use quanheng_domain::ids::{AuthorityId, CommitteeId, SeatId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Role;
use rocket::{Route, State, http::Status, patch, post, routes};
use serde::Deserialize;
use serde_json::json;

use super::{
    committees::find,
    id,
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

fn unknown(field: &str) -> ActionError {
    ActionError::Invalid(vec![FieldFault::new(field, FaultCode::Unknown)])
}

/// The authority of a code.
///
/// # Errors
/// `Invalid` at the field `authority`.
pub fn authority(conn: &mut AnyConn, code: &str) -> Result<AuthorityId, ActionError> {
    let found = register::authority_by_code(conn, code.trim())?;
    found.map(|row| row.id).ok_or_else(|| unknown("authority"))
}

/// The committee above by its code; none when empty.
fn parent(conn: &mut AnyConn, code: &str) -> Result<Option<CommitteeId>, ActionError> {
    if code.trim().is_empty() {
        return Ok(None);
    }
    match find(conn, code) {
        Ok(row) => Ok(Some(row.id)),
        Err(ActionError::NotFound) => Err(unknown("parent")),
        Err(error) => Err(error),
    }
}

/// The body that founds a committee.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCommittee {
    kind: CommitteeKind,
    authority: String,
    name_zh: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    parent: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    scope_zh: String,
    #[serde(default)]
    secretariat_host: String,
    #[serde(default)]
    established_year: Option<i32>,
}

#[post("/committees", data = "<sent>")]
async fn make(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    sent: Body<NewCommittee>,
) -> Result<Answer, WebError> {
    let sent = body(sent)?;
    app.once(&once, move |tx| {
        let entry = Entry {
            code: sent.code.clone(),
            kind: sent.kind,
            parent: parent(tx.conn(), &sent.parent)?,
            authority: authority(tx.conn(), &sent.authority)?,
            name_zh: sent.name_zh.clone(),
            name_en: sent.name_en.clone(),
            scope_zh: sent.scope_zh.clone(),
            host: sent.secretariat_host.clone(),
            established_year: sent.established_year,
        };
        let row = found(tx, &actor.actor, &entry)?;
        let told = json!({ "id": row.id, "code": row.code, "version": row.version });
        Answer::json(Status::Created, &told)
    })
    .await
}

/// The body that changes a committee: what is left out stays, an empty text takes away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommitteeChange {
    if_version: i64,
    #[serde(default)]
    kind: Option<CommitteeKind>,
    #[serde(default)]
    authority: Option<String>,
    #[serde(default)]
    name_zh: Option<String>,
    #[serde(default)]
    renamed_on: Option<NaiveDate>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    name_en: Option<String>,
    #[serde(default)]
    scope_zh: Option<String>,
    #[serde(default)]
    secretariat_host: Option<String>,
    #[serde(default)]
    established_year: Option<i32>,
}

fn merged(
    conn: &mut AnyConn,
    mut entry: Entry,
    sent: &CommitteeChange,
) -> Result<Entry, ActionError> {
    let put = |place: &mut String, sent: &Option<String>| {
        if let Some(text) = sent {
            place.clone_from(text);
        }
    };
    put(&mut entry.name_zh, &sent.name_zh);
    put(&mut entry.code, &sent.code);
    put(&mut entry.name_en, &sent.name_en);
    put(&mut entry.scope_zh, &sent.scope_zh);
    put(&mut entry.host, &sent.secretariat_host);
    entry.kind = sent.kind.unwrap_or(entry.kind);
    entry.established_year = sent.established_year.or(entry.established_year);
    if let Some(code) = &sent.authority {
        entry.authority = authority(conn, code)?;
    }
    if let Some(code) = &sent.parent {
        entry.parent = parent(conn, code)?;
    }
    Ok(entry)
}

#[patch("/committees/<code>", data = "<sent>")]
async fn alter(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    sent: Body<CommitteeChange>,
) -> Result<Answer, WebError> {
    let (code, sent) = (code.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let row = find(tx.conn(), &code)?;
        let stands = Entry::of(tx.conn(), &row)?;
        let entry = merged(tx.conn(), stands, &sent)?;
        let (if_version, renamed_on) = (sent.if_version, sent.renamed_on);
        let command = Change { committee: row.id, if_version, entry, renamed_on };
        let row = change(tx, &actor.actor, &command)?;
        let told = json!({ "id": row.id, "code": row.code, "version": row.version });
        Answer::json(Status::Ok, &told)
    })
    .await
}

/// The body of an appointment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewMember {
    role: Role,
    since: NaiveDate,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    until: Option<NaiveDate>,
    #[serde(default)]
    rank: Option<i32>,
    #[serde(default)]
    reason: String,
}

#[post("/committees/<code>/members", data = "<sent>")]
async fn appoint(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    sent: Body<NewMember>,
) -> Result<Answer, WebError> {
    let (code, sent) = (code.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let command = Enrol {
            committee: find(tx.conn(), &code)?.id,
            name: sent.name.clone(),
            email: sent.email.clone(),
            unit: sent.unit.clone(),
            role: sent.role,
            since: sent.since,
            until: sent.until,
            rank: sent.rank,
            reason: sent.reason.clone(),
        };
        let seat = enrol(tx, &actor.actor, &command)?;
        Answer::json(Status::Created, &json!({ "seat": seat }))
    })
    .await
}

/// The body that ends a seat.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatEnd {
    until: NaiveDate,
    reason: String,
}

#[post("/committees/<code>/members/<seat>/leave", data = "<sent>")]
async fn end(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    seat: &str,
    sent: Body<SeatEnd>,
) -> Result<Answer, WebError> {
    let (code, seat, sent): (_, SeatId, _) = (code.to_owned(), id(seat)?, body(sent)?);
    app.once(&once, move |tx| {
        let committee = find(tx.conn(), &code)?.id;
        let (until, reason) = (sent.until, sent.reason.clone());
        leave(tx, &actor.actor, &Leave { committee, seat, until, reason })?;
        Answer::json(Status::Ok, &json!({ "seat": seat, "until": until }))
    })
    .await
}

/// The body that suspends a seat or takes the suspension back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatSuspension {
    suspended: bool,
    reason: String,
}

#[post("/committees/<code>/members/<seat>/suspension", data = "<sent>")]
async fn pause(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    seat: &str,
    sent: Body<SeatSuspension>,
) -> Result<Answer, WebError> {
    let (code, seat, sent): (_, SeatId, _) = (code.to_owned(), id(seat)?, body(sent)?);
    app.once(&once, move |tx| {
        let committee = find(tx.conn(), &code)?.id;
        let (suspended, reason) = (sent.suspended, sent.reason.clone());
        suspend(tx, &actor.actor, &Suspend { committee, seat, suspended, reason })?;
        Answer::json(Status::Ok, &json!({ "seat": seat, "suspended": suspended }))
    })
    .await
}

/// The body that begins a term.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTerm {
    number: i32,
    start: NaiveDate,
    #[serde(default)]
    end: Option<NaiveDate>,
    /// Seats that go on; the others end.
    go_on: Vec<SeatId>,
    #[serde(default)]
    reason: String,
}

#[post("/committees/<code>/terms", data = "<sent>")]
async fn begin(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    code: &str,
    sent: Body<NewTerm>,
) -> Result<Answer, WebError> {
    let (code, sent) = (code.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let committee = find(tx.conn(), &code)?.id;
        let term = Term { committee, number: sent.number, start: sent.start, end: sent.end };
        let command = Renew { term, go_on: sent.go_on.clone(), reason: sent.reason.clone() };
        renew(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": committee, "number": sent.number }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![make, alter, appoint, end, pause, begin]
}
