//! The start page: what is asked of the public now, and what has changed among the texts in force.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{ActionError, specification::catalogue::Catalogue};
use quanheng_db::{
    catalogue::{self, Noticed},
    conn::AnyConn,
    projects::{self, ProjectFilter, ProjectRow},
    rounds::RoundRow,
    specifications::SpecificationRow,
};
use quanheng_domain::{Keyed, Locale, deadline, stage::Stage, validity::ValidityState};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Shelf, edition};
use crate::views::{Cell, Column, Deadline, Empty, Row, Table, Text};
use crate::{App, Asked, Found, KeptPage, Page, Visitor, WebError};

const TEMPLATE: &str = "pages/public/home";
const MOST_LINES: usize = 8;
const MOST_ROUNDS: i64 = 20;
const MOST_NOTICED: i64 = 20;

#[derive(Serialize)]
struct HomePage {
    in_force: u64,
    consultations: Table,
    proposals: Table,
    issued: Table,
    coming: Table,
    ended: Table,
}

struct Read {
    catalogue: Arc<Catalogue>,
    rounds: Vec<RoundRow>,
    commented: Vec<ProjectRow>,
    noticed: Vec<Noticed>,
}

fn read(conn: &mut AnyConn, shelf: &Shelf, now: DateTime<Utc>) -> Result<Read, ActionError> {
    let rounds = catalogue::open_rounds(conn, now, MOST_ROUNDS)?;
    let ids = rounds.iter().map(|round| round.project_id).collect();
    let filter = ProjectFilter {
        ids: Some(ids),
        reader: Some(projects::Reader::default()),
        ..ProjectFilter::default()
    };
    let (commented, _) = projects::list(conn, &filter, MOST_ROUNDS, 0)?;
    Ok(Read {
        catalogue: shelf.catalogue(conn, now)?,
        rounds,
        commented,
        noticed: catalogue::under_notice(conn, None, MOST_NOTICED, 0)?.0,
    })
}

fn consultations(read: &Read, locale: Locale, now: DateTime<Utc>) -> Table {
    let line = |round: &RoundRow| {
        let project = read.commented.iter().find(|project| project.id == round.project_id)?;
        let committee = read.catalogue.committee(project.committee_id);
        let title = Cell::link(
            format!("/consultations/{}", round.id),
            edition::project_title(project, locale),
        );
        let title = match committee {
            Some(committee) => title.note(edition::committee_link(committee, locale).text),
            None => title,
        };
        let kind = Cell::text(Text::word("home-round", round.purpose.key()));
        let closes =
            Cell { deadline: Some(Deadline::new(round.closes_at, now)), ..Cell::default() };
        Some(Row { cells: vec![title, kind, closes], ..Row::default() })
    };
    Table {
        caption: Text::said("home-consultations"),
        caption_hidden: true,
        columns: ["home-column-text", "home-column-kind", "home-column-closes"]
            .map(|key| Column::new(Text::said(key)))
            .to_vec(),
        rows: read.rounds.iter().filter_map(line).collect(),
        empty: Some(nothing("home-consultations-none", "home-consultations-none-text")),
    }
}

fn nothing(title: &str, text: &str) -> Empty {
    Empty { title: Text::said(title), text: Some(Text::said(text)), action: None }
}

/// The table of projects under publicity.
pub fn proposals(
    rows: &[Noticed],
    catalogue: &Catalogue,
    locale: Locale,
    now: DateTime<Utc>,
) -> Table {
    let line = |(project, end): &Noticed| {
        let title = Cell::link(
            format!("/proposals/{}", project.id),
            edition::project_title(project, locale),
        );
        let title = match project.stage {
            Stage::DossierCheck => title.note(Text::said("proposals-result")),
            _ => title,
        };
        let committee = catalogue
            .committee(project.committee_id)
            .map(|committee| edition::committee_link(committee, locale));
        let committee =
            committee.map_or_else(Cell::default, |link| Cell::link(link.href, link.text));
        let closes = Cell { deadline: end.map(|end| Deadline::new(end, now)), ..Cell::default() };
        Row { cells: vec![title, committee, closes], ..Row::default() }
    };
    Table {
        caption: Text::said("home-proposals"),
        caption_hidden: true,
        columns: ["home-column-text", "home-column-committee", "home-column-closes"]
            .map(|key| Column::new(Text::said(key)))
            .to_vec(),
        rows: rows.iter().map(line).collect(),
        empty: Some(nothing("home-proposals-none", "home-proposals-none-text")),
    }
}

/// Editions whose date lies in the past, newest first.
pub fn latest(
    catalogue: &Catalogue,
    date: impl Fn(&SpecificationRow) -> &str,
    today: NaiveDate,
    most: usize,
) -> Vec<&SpecificationRow> {
    latest_of(catalogue.editions.iter(), date, today, most)
}

/// The same among some editions.
pub fn latest_of<'r>(
    rows: impl Iterator<Item = &'r SpecificationRow>,
    date: impl Fn(&SpecificationRow) -> &str,
    today: NaiveDate,
    most: usize,
) -> Vec<&'r SpecificationRow> {
    let today = today.to_string();
    let reached = |row: &&SpecificationRow| !date(row).is_empty() && date(row) <= today.as_str();
    let mut rows: Vec<&SpecificationRow> = rows.filter(reached).collect();
    let order = |a: &&SpecificationRow, b: &&SpecificationRow| {
        date(b).cmp(date(a)).then_with(|| a.sort_key.cmp(&b.sort_key))
    };
    // Of twenty thousand only a few are shown; the rest need no order.
    if most < rows.len() {
        rows.select_nth_unstable_by(most, order);
        rows.truncate(most);
    }
    rows.sort_by(order);
    rows
}

fn coming(catalogue: &Catalogue, today: NaiveDate) -> Vec<&SpecificationRow> {
    let states = catalogue.states(today);
    let pending = catalogue.editions.iter().zip(states.iter());
    let pending = pending.filter(|(_, state)| **state == ValidityState::Pending);
    let mut rows: Vec<&SpecificationRow> = pending.map(|(row, _)| row).collect();
    rows.sort_by(|a, b| {
        a.effective_on.cmp(&b.effective_on).then_with(|| a.sort_key.cmp(&b.sort_key))
    });
    rows.truncate(MOST_LINES);
    rows
}

#[get("/")]
async fn home(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    asked: Asked<'_>,
) -> Result<Result<KeptPage, Page>, WebError> {
    let version = match asked.kept(app, TEMPLATE).await? {
        Found::Page(page) => return Ok(Ok(page)),
        Found::Render(version) => version,
    };
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let today = deadline::day_of(now);
    let read = app.read(move |conn| read(conn, &shelf, now)).await?;
    let (catalogue, locale) = (&read.catalogue, visitor.locale);
    let in_force = catalogue.states(today).iter().filter(|state| state.is_in_force()).count();
    let table = |caption, rows: &[&SpecificationRow]| {
        edition::table(caption, rows, catalogue, today, locale)
    };
    let view = HomePage {
        in_force: u64::try_from(in_force).unwrap_or(u64::MAX),
        consultations: consultations(&read, locale, now),
        proposals: proposals(&read.noticed, catalogue, locale, now),
        issued: table("home-issued", &latest(catalogue, |row| &row.issued_on, today, MOST_LINES)),
        coming: table("home-coming", &coming(catalogue, today)),
        ended: table("home-ended", &latest(catalogue, |row| &row.abolished_on, today, MOST_LINES)),
    };
    Ok(Err(Page::new(TEMPLATE, &view).keep_if(version)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![home]
}
