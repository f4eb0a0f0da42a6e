//! The committees as a tree, and each with its roll as it stood on any day.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{ActionError, specification::catalogue::Catalogue};
use quanheng_db::{
    catalogue,
    conn::AnyConn,
    projects::{self, ProjectFilter, ProjectRow},
    register::{
        self, AuthorityRow, CommitteeNameRow, CommitteeRow, OrganisationRow, PersonRow, SeatRow,
    },
    reports::ReportRow,
    specifications::SpecificationRow,
};
use quanheng_domain::{
    Keyed, Locale, committee::CommitteeState, deadline, people::Actor, records::ReportState,
    stage::Phase,
};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::matters::{self, Matters};
use super::{Shelf, binding, edition};
use crate::pages::address;
use crate::pages::keepers::committee::{self as keeping, Keeping};
use crate::pages::projects::Again;
use crate::pages::reader::Reader;
use crate::views::{
    Cell, Column, Crumb, DataBlock, DataRow, Datum, Empty, Field, FieldKind, FormFault, Link,
    PageHead, Pager, Pill, Row, RuleCite, Table, Text, Tone,
};
use crate::{App, Page, Visitor, WebError};

const MOST_PROJECTS: i64 = 300;
const MOST_DEPTH: u8 = 4;
/// Branches of the tree a page.
const PAGE: i64 = 40;

#[derive(Serialize)]
struct CommitteesPage {
    head: PageHead,
    branches: Vec<Branch>,
    pager: Pager,
    empty: Empty,
}

#[derive(Serialize)]
struct Branch {
    link: Link,
    kind: Text,
    pill: Pill,
    scope: String,
    children: Vec<Branch>,
}

#[derive(Serialize)]
struct CommitteePage {
    head: PageHead,
    faults: Vec<FormFault>,
    cite: Option<RuleCite>,
    matters: Option<Matters>,
    keeping: Option<Keeping>,
    path: String,
    data: DataBlock,
    day: Field,
    roll: Table,
    voting: u64,
    stages: Vec<Phased>,
    editions: Table,
    reports: Vec<Link>,
    calendar: String,
    feed: String,
}

#[derive(Serialize)]
struct Phased {
    title: Text,
    projects: Vec<Link>,
}

/// How a committee stands, in a pill.
pub fn pill(state: CommitteeState) -> Pill {
    let tone = match state {
        CommitteeState::InTerm => Tone::Good,
        CommitteeState::Preparing | CommitteeState::Renewing => Tone::Info,
        CommitteeState::Rectifying | CommitteeState::Suspended => Tone::Warn,
        CommitteeState::Merged | CommitteeState::Dissolved => Tone::Faded,
    };
    Pill::new(Text::word("committee-state", state.key()), tone)
}

fn branch(all: &[CommitteeRow], row: &CommitteeRow, locale: Locale, depth: u8) -> Branch {
    // Deeper than any committee; a circle in the data ends here.
    let below = all.iter().filter(|one| depth < MOST_DEPTH && one.parent_id == Some(row.id));
    Branch {
        link: edition::committee_link(row, locale),
        kind: Text::word("committee-kind", row.kind.key()),
        pill: pill(row.state),
        scope: row.scope_zh.clone(),
        children: below.map(|one| branch(all, one, locale, depth + 1)).collect(),
    }
}

#[get("/committees?<page>")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    page: Option<i64>,
) -> Result<Page, WebError> {
    let (now, shelf, page) = (app.now(), Shelf::clone(shelf), address::page(page));
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let rows = &catalogue.committees;
    let mut head = PageHead::new(Text::said("committees-title"));
    head.lead = Some(
        Text::said("committees-lead").with("n", u64::try_from(rows.len()).unwrap_or_default()),
    );
    let keeps = visitor
        .actor
        .person()
        .is_some_and(|person| person.administrator || !person.authorities.is_empty());
    if keeps {
        head.actions = vec![Link::new("/admin/committees", Text::said("admin-committees-keep"))];
    }
    let top: Vec<&CommitteeRow> = rows.iter().filter(|row| row.parent_id.is_none()).collect();
    let count = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    let shown = top.iter().skip(count((page - 1) * PAGE)).take(count(PAGE));
    let branches = shown.map(|row| branch(rows, row, visitor.locale, 0)).collect();
    let view = CommitteesPage {
        head,
        branches,
        pager: Pager::at("/committees", page, PAGE, i64::try_from(top.len()).unwrap_or(i64::MAX)),
        empty: Empty { title: Text::said("committees-none"), text: None, action: None },
    };
    Ok(Page::new("pages/public/committees", &view))
}

struct Read {
    row: CommitteeRow,
    catalogue: Arc<Catalogue>,
    authority: Option<AuthorityRow>,
    host: Option<OrganisationRow>,
    names: Vec<CommitteeNameRow>,
    seats: Vec<SeatRow>,
    people: Vec<PersonRow>,
    units: Vec<OrganisationRow>,
    projects: Vec<ProjectRow>,
    reports: Vec<ReportRow>,
    matters: Option<matters::Read>,
    keeping: Option<keeping::Read>,
}

/// A committee by its code (`MTC1`, `MTC1-SC1`, `MTC1/SC1`) or identity.
pub fn find<'c>(catalogue: &'c Catalogue, code: &str) -> Option<&'c CommitteeRow> {
    catalogue
        .committees
        .iter()
        .find(|row| row.segment().eq_ignore_ascii_case(&code.trim().replace('/', "-")))
}

fn read(
    conn: &mut AnyConn,
    shelf: &Shelf,
    code: &str,
    on: NaiveDate,
    (actor, now): (&Actor, DateTime<Utc>),
) -> Result<Read, ActionError> {
    let catalogue = shelf.catalogue(conn, now)?;
    let row = find(&catalogue, code).cloned().ok_or(ActionError::NotFound)?;
    let seats = register::seats_on(conn, row.id, on)?;
    let people: Vec<_> = seats.iter().map(|seat| seat.person_id).collect();
    let units: Vec<_> =
        seats.iter().filter_map(|seat| seat.organisation_id).chain(row.host_id).collect();
    let units = register::organisations_by(conn, &units)?;
    let filter = ProjectFilter {
        committee: Some(row.id),
        reader: Some(projects::Reader::default()),
        ..ProjectFilter::default()
    };
    let (projects, _) = projects::list(conn, &filter, MOST_PROJECTS, 0)?;
    Ok(Read {
        authority: register::authority(conn, row.authority_id)?,
        host: units.iter().find(|unit| Some(unit.id) == row.host_id).cloned(),
        names: catalogue::former_names(conn, row.id)?,
        people: register::people_by(conn, &people)?,
        reports: catalogue::reports_of(conn, row.id)?,
        matters: matters::read(conn, &row, actor)?,
        keeping: keeping::read(conn, &catalogue, &row, (actor, deadline::day_of(now)))?,
        seats,
        units,
        projects,
        catalogue,
        row,
    })
}

fn data(read: &Read, locale: Locale) -> DataBlock {
    let row = &read.row;
    let line = |label: &str, values: Vec<Datum>| {
        DataRow::new(Text::word("committees-data", label), values)
    };
    let day = |day: Option<NaiveDate>| {
        day.map(|day| Datum::text(Text::said("catalogue-day").with_date("day", day)))
            .into_iter()
            .collect()
    };
    let authority = read
        .authority
        .as_ref()
        .map(|one| Datum::text(edition::in_language(locale, &one.name_zh, &one.name_en)));
    let host = read
        .host
        .as_ref()
        .map(|one| Datum::text(edition::in_language(locale, &one.name_zh, &one.name_en)));
    let parent = read
        .catalogue
        .committee(row.parent_id)
        .map(|parent| edition::committee_link(parent, locale));
    let scope = (!row.scope_zh.is_empty()).then(|| Datum::text(row.scope_zh.clone()));
    let names = read.names.iter().map(|name| Datum {
        note: name.until.map(|until| Text::said("committees-until").with_date("day", until)),
        ..Datum::text(name.name_zh.clone())
    });
    let term =
        row.term_no.map(|number| Datum::text(Text::said("committees-term").with("n", number)));
    let rows = vec![
        line("scope", scope.into_iter().collect()),
        line("authority", authority.into_iter().collect()),
        line("parent", parent.map(|link| Datum::link(link.href, link.text)).into_iter().collect()),
        line("host", host.into_iter().collect()),
        line(
            "established",
            row.established_year.map(|year| Datum::text(year.to_string())).into_iter().collect(),
        ),
        line("term", term.into_iter().collect()),
        line("term-start", day(row.term_start)),
        line("term-end", day(row.term_end)),
        line("former", names.collect()),
    ];
    let rows = rows.into_iter().filter(|row| !row.values.is_empty()).collect();
    DataBlock { title: Text::said("committees-data-title"), rows, next: None }
}

fn roll(read: &Read, locale: Locale) -> Table {
    let line = |seat: &SeatRow| {
        let person = read.people.iter().find(|person| person.id == seat.person_id);
        let unit = read.units.iter().find(|unit| Some(unit.id) == seat.organisation_id);
        let name = person
            .map(|person| edition::in_language(locale, &person.name_zh, &person.name_en))
            .unwrap_or_default();
        let mut role = Cell::text(Text::word("role", seat.role.key()));
        if seat.suspended {
            role = role.note(Text::said("committees-suspended"));
        }
        let unit = unit
            .map(|unit| edition::in_language(locale, &unit.name_zh, &unit.name_en))
            .unwrap_or_default();
        Row {
            cells: vec![
                Cell::text(name),
                role,
                Cell::text(unit),
                edition::day_cell(&seat.since.to_string()),
            ],
            ..Row::default()
        }
    };
    Table {
        caption: Text::said("committees-roll"),
        caption_hidden: true,
        columns: ["committees-name", "committees-role", "committees-unit", "committees-since"]
            .map(|key| Column::new(Text::said(key)))
            .to_vec(),
        rows: read.seats.iter().map(line).collect(),
        empty: Some(Empty {
            title: Text::said("committees-roll-none"),
            text: Some(Text::said("committees-roll-none-text")),
            action: None,
        }),
    }
}

fn stages(read: &Read, locale: Locale) -> Vec<Phased> {
    let of = |phase: &Phase| {
        let here =
            read.projects.iter().filter(|row| row.stage.phase() == *phase && !row.stage.is_final());
        let projects: Vec<Link> = here
            .map(|row| {
                Link::new(format!("/projects/{}", row.id), edition::project_title(row, locale))
            })
            .collect();
        (!projects.is_empty()).then(|| Phased { title: Text::word("stage", phase.key()), projects })
    };
    Phase::ALL.iter().filter_map(of).collect()
}

#[get("/committees/<code>?<on>")]
async fn one(reader: Reader<'_>, code: String, on: Option<&str>) -> Result<Page, WebError> {
    show(&reader, code, address::day(on)?, None).await
}

/// The page of a committee as it stood on a day, today unless another is asked for; its form empty or come back.
pub async fn show(
    reader: &Reader<'_>,
    code: String,
    on: Option<NaiveDate>,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let (now, shelf, actor) = (reader.app.now(), reader.shelf.clone(), reader.actor.clone());
    let on = on.unwrap_or_else(|| deadline::day_of(now));
    let read = reader.app.read(move |conn| read(conn, &shelf, &code, on, (&actor, now))).await?;
    let view = view(&read, reader.locale, on, again);
    Ok(Page::new("pages/public/committee", &view))
}

fn view(read: &Read, locale: Locale, on: NaiveDate, again: Option<&Again>) -> CommitteePage {
    let row = &read.row;
    let segment = address::encoded(&row.segment());
    let path = format!("/committees/{segment}");
    let mut head =
        PageHead::new(Text::plain(edition::in_language(locale, &row.name_zh, &row.name_en)));
    head.crumbs =
        vec![Crumb { text: Text::said("committees-title"), href: Some("/committees".to_owned()) }];
    head.code = row.code.clone();
    head.pill = Some(pill(row.state));
    head.facts = vec![Text::word("committee-kind", row.kind.key())];
    if read.matters.as_ref().is_some_and(matters::Read::opens) {
        head.actions.push(Link::new(binding::href(row), Text::said("checks-binding-link")));
    }
    let editions: Vec<&SpecificationRow> =
        read.catalogue.editions.iter().filter(|one| one.committee_id == Some(row.id)).collect();
    let accepted = read.reports.iter().filter(|report| report.state == ReportState::Accepted);
    CommitteePage {
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        cite: again.and_then(|again| again.cite.clone()),
        keeping: read.keeping.as_ref().map(|found| keeping::view(found, row, again)),
        matters: read.matters.as_ref().map(|found| matters::view(found, &path, again)),
        path,
        data: data(read, locale),
        day: Field::new(FieldKind::Date, "on", Text::said("committees-on")).value(on.to_string()),
        roll: roll(read, locale),
        voting: u64::try_from(
            read.seats.iter().filter(|seat| seat.role.is_voting() && !seat.suspended).count(),
        )
        .unwrap_or_default(),
        stages: stages(read, locale),
        editions: edition::table("committees-editions", &editions, &read.catalogue, on, locale),
        reports: accepted
            .map(|report| {
                Link::new(
                    format!("/reports/annual/{}/{segment}", report.year),
                    Text::said("committees-report").with("year", report.year.to_string()),
                )
            })
            .collect(),
        calendar: format!("/calendar/{segment}.ics"),
        feed: format!("/feeds/{segment}.atom"),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one]
}
