//! The ballots that concern the reader, each with its ribbon: what is open, and what was decided.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_db::ballots::{self, BallotRow};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_db::register;
use quanheng_domain::ids::{BallotId, CommitteeId, PersonId, ProjectId};
use quanheng_domain::people::PersonActor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::ribbon::Ribbons;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::address;
use crate::pages::projects::word;
use crate::views::{
    Cell, Column, Deadline, Empty, Link, PageHead, Pager, Pill, Row, Table, Text, Tone,
};

const PATH: &str = "/ballots";
/// Open ballots shown; a person has fewer in hand.
const MOST_OPEN: i64 = 200;
const PAGE: i64 = 30;

struct Found {
    open: Vec<BallotRow>,
    closed: Vec<BallotRow>,
    total: i64,
    titles: BTreeMap<ProjectId, String>,
    committees: BTreeMap<CommitteeId, String>,
    ribbons: Ribbons,
}

#[derive(Serialize)]
struct ListPage {
    head: PageHead,
    open: Table,
    closed: Table,
    pager: Pager,
}

fn read(
    conn: &mut quanheng_db::conn::AnyConn,
    person: &PersonActor,
    page: i64,
) -> Result<Found, quanheng_actions::ActionError> {
    let all = register::all_committees(conn)?;
    let mine: Vec<CommitteeId> = all
        .iter()
        .filter(|row| {
            person.administrator
                || person.authorities.contains(&row.authority_id)
                || person.seats.iter().any(|seat| seat.committee == row.id)
        })
        .map(|row| row.id)
        .collect();
    let (open, _) = ballots::known_to(conn, person.person, &mine, true, MOST_OPEN, 0)?;
    let (closed, total) =
        ballots::known_to(conn, person.person, &mine, false, PAGE, (page - 1) * PAGE)?;
    let ids: Vec<BallotId> = open.iter().chain(&closed).map(|row| row.id).collect();
    let ribbons = Ribbons::read(conn, &ids)?;
    let named: Vec<ProjectId> =
        open.iter().chain(&closed).filter_map(|row| row.project_id).collect();
    let most = i64::try_from(named.len()).unwrap_or(i64::MAX);
    let filter = ProjectFilter { ids: Some(named), ..ProjectFilter::default() };
    let titles = projects::list(conn, &filter, most, 0)?.0;
    Ok(Found {
        open,
        closed,
        total,
        titles: titles.into_iter().map(|row| (row.id, row.title_zh)).collect(),
        committees: all.into_iter().map(|row| (row.id, row.name_zh)).collect(),
        ribbons,
    })
}

fn state(found: &Found, row: &BallotRow, me: PersonId) -> Pill {
    let roll = found.ribbons.roll(row.id);
    let called = roll.iter().any(|line| line.person_id == me && line.may_vote);
    let voted = found.ribbons.has_voted(row.id, me);
    let passed =
        row.result.as_ref().and_then(|result| result.get("passed")).and_then(|it| it.as_bool());
    match (row.closed_at, passed) {
        _ if row.aborted_at.is_some() => Pill::new(Text::said("ballots-list-ended"), Tone::Plain),
        (None, _) if called && !voted => Pill::new(Text::said("ballots-list-yours"), Tone::Warn),
        (None, _) if voted => Pill::new(Text::said("ballots-list-voted"), Tone::Info),
        (None, _) => Pill::new(Text::said("projects-ballot-open"), Tone::Info),
        (Some(_), Some(true)) => Pill::new(Text::said("ballots-list-passed"), Tone::Good),
        (Some(_), Some(false)) => Pill::new(Text::said("ballots-list-failed"), Tone::Bad),
        (Some(_), None) => Pill::new(Text::said("projects-ballot-closed"), Tone::Plain),
    }
}

fn line(found: &Found, row: &BallotRow, me: PersonId, now: DateTime<Utc>) -> Row {
    let title = row
        .project_id
        .and_then(|id| found.titles.get(&id).cloned())
        .unwrap_or_else(|| row.question.clone());
    let committee = found.committees.get(&row.committee_id).cloned().unwrap_or_default();
    let until = match row.closed_at {
        None => Cell { deadline: Some(Deadline::new(row.closes_at, now)), ..Cell::default() },
        Some(_) => Cell::text(
            Text::said("projects-until").with_deadline("until", row.closes_at.to_rfc3339()),
        ),
    };
    let votes = Cell { ribbon: Some(found.ribbons.of(row, Some(me))), ..Cell::default() };
    Row {
        cells: vec![
            Cell::link(format!("{PATH}/{}", row.id), Text::plain(title))
                .note(Text::plain(committee)),
            Cell::text(word(row.purpose)).note(word(row.form)),
            votes,
            Cell::pill(state(found, row, me)),
            until,
        ],
        ..Row::default()
    }
}

fn table(caption: &str, empty: &str, rows: Vec<Row>) -> Table {
    let columns = [
        "ballots-list-what",
        "projects-ballot-name",
        "ballots-list-votes",
        "projects-ballot-state",
        "projects-closes",
    ];
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: Some(Empty { title: Text::said(empty), text: None, action: None }),
    }
}

#[get("/ballots?<page>")]
async fn list(app: &State<App>, signed_in: SignedIn, page: Option<i64>) -> Result<Page, WebError> {
    let (person, now, page) = (signed_in.person.clone(), app.now(), address::page(page));
    let me = person.person;
    let found = app.read(move |conn| read(conn, &person, page)).await?;
    let lines = |rows: &[BallotRow]| -> Vec<Row> {
        rows.iter().map(|row| line(&found, row, me, now)).collect()
    };
    let mut head = PageHead::new(Text::said("ballots-list-title"));
    head.lead = Some(Text::said("ballots-list-lead"));
    head.actions = vec![Link::new("/ballots/rights", Text::said("rights-title"))];
    let view = ListPage {
        head,
        open: table("ballots-list-open", "ballots-list-open-none", lines(&found.open)),
        closed: table("ballots-list-closed", "ballots-list-closed-none", lines(&found.closed)),
        pager: Pager::at(PATH, page, PAGE, found.total),
    };
    Ok(Page::new("pages/ballots/list", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
