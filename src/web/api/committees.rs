//! Committees and their rolls.

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_db::{conn::AnyConn, register, register::CommitteeRow};
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    deadline,
    ids::{CommitteeId, PersonId, SeatId},
    people::Role,
};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Listed, Reply, day};
use crate::App;

/// A committee as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Committee {
    id: CommitteeId,
    version: i64,
    code: Option<String>,
    name_zh: String,
    name_en: String,
    kind: CommitteeKind,
    parent: Option<String>,
    authority: String,
    scope_zh: String,
    secretariat_host: Option<String>,
    established_year: Option<i32>,
    term_no: Option<i32>,
    term_start: Option<NaiveDate>,
    term_end: Option<NaiveDate>,
    state: CommitteeState,
}

/// A line of a roll.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    seat: SeatId,
    person_id: PersonId,
    name: String,
    role: Role,
    unit: String,
    votes: bool,
    since: NaiveDate,
    until: Option<NaiveDate>,
    suspended: bool,
}

/// A committee by its code (`MTC1`, `MTC1-SC1` or `MTC1/SC1`) or identity.
pub fn find(conn: &mut AnyConn, code: &str) -> Result<CommitteeRow, ActionError> {
    let written = code.trim().to_uppercase();
    for candidate in [written.clone(), written.replace('-', "/")] {
        if let Some(row) = register::committee_by_code(conn, &candidate)? {
            return Ok(row);
        }
    }
    match code.parse::<CommitteeId>() {
        Ok(id) => register::committee(conn, id)?.ok_or(ActionError::NotFound),
        Err(_) => Err(ActionError::NotFound),
    }
}

fn told(conn: &mut AnyConn, rows: Vec<CommitteeRow>) -> Result<Vec<Committee>, ActionError> {
    let authorities = register::all_authorities(conn)?;
    let hosts: Vec<_> = rows.iter().filter_map(|row| row.host_id).collect();
    let hosts = register::organisations_by(conn, &hosts)?;
    let parents = register::all_committees(conn)?;
    let tell = |row: CommitteeRow| Committee {
        parent: row
            .parent_id
            .and_then(|id| parents.iter().find(|parent| parent.id == id))
            .and_then(|parent| parent.code.clone()),
        authority: authorities
            .iter()
            .find(|authority| authority.id == row.authority_id)
            .map(|a| a.code.clone())
            .unwrap_or_default(),
        secretariat_host: row
            .host_id
            .and_then(|id| hosts.iter().find(|host| host.id == id))
            .map(|host| host.name_zh.clone()),
        id: row.id,
        version: row.version,
        code: row.code,
        name_zh: row.name_zh,
        name_en: row.name_en,
        kind: row.kind,
        scope_zh: row.scope_zh,
        established_year: row.established_year,
        term_no: row.term_no,
        term_start: row.term_start,
        term_end: row.term_end,
        state: row.state,
    };
    Ok(rows.into_iter().map(tell).collect())
}

#[get("/committees")]
async fn list(app: &State<App>) -> Reply<Listed<Committee>> {
    let all = app
        .read(|conn| {
            let rows = register::all_committees(conn)?;
            told(conn, rows)
        })
        .await?;
    Ok(Listed::whole(all).into())
}

#[get("/committees/<code>")]
async fn one(app: &State<App>, code: String) -> Reply<Committee> {
    let one = app
        .read(move |conn| {
            let row = find(conn, &code)?;
            told(conn, vec![row])?.pop().ok_or(ActionError::NotFound)
        })
        .await?;
    Ok(one.into())
}

#[get("/committees/<code>/members?<on>")]
async fn members(app: &State<App>, code: String, on: Option<String>) -> Reply<Listed<Member>> {
    let on = day(on.as_deref())?.unwrap_or_else(|| deadline::day_of(app.now()));
    let roll = app
        .read(move |conn| {
            let committee = find(conn, &code)?;
            let seats = register::seats_on(conn, committee.id, on)?;
            let people: Vec<_> = seats.iter().map(|seat| seat.person_id).collect();
            let people = register::people_by(conn, &people)?;
            let units: Vec<_> = seats.iter().filter_map(|seat| seat.organisation_id).collect();
            let units = register::organisations_by(conn, &units)?;
            let member = |seat: register::SeatRow| Member {
                seat: seat.id,
                person_id: seat.person_id,
                name: people
                    .iter()
                    .find(|p| p.id == seat.person_id)
                    .map(|p| p.name_zh.clone())
                    .unwrap_or_default(),
                role: seat.role,
                unit: units
                    .iter()
                    .find(|u| Some(u.id) == seat.organisation_id)
                    .map(|u| u.name_zh.clone())
                    .unwrap_or_default(),
                votes: seat.role.is_voting() && !seat.suspended,
                since: seat.since,
                until: seat.until,
                suspended: seat.suspended,
            };
            Ok(seats.into_iter().map(member).collect())
        })
        .await?;
    Ok(Listed::whole(roll).into())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one, members]
}
