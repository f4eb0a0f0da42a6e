//! The list of annual reports: for a committee's people their own by year, for officers and administrators all of a year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::report::{self, DueDays, Sight};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::{self, CommitteeRow};
use quanheng_db::reports::{self, ReportRow};
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::people::{Actor, Party, PersonActor};
use quanheng_domain::records::ReportState;
use quanheng_domain::report::is_open;
use quanheng_domain::{Locale, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::{print, say};
use crate::views::{Cell, Column, Empty, Link, PageHead, Pill, Row, Tab, Table, Tabs, Text, Tone};
use crate::{App, Page};

/// Years shown of a committee's own reports, the running one among them.
const OWN_YEARS: i32 = 4;

#[derive(Serialize)]
struct ListPage {
    head: PageHead,
    own: Option<Table>,
    years: Option<Tabs>,
    counts: Vec<Counted>,
    all: Option<Table>,
    empty: Option<Empty>,
}

/// How many reports of the year stand somewhere; narrows the list.
#[derive(Serialize)]
struct Counted {
    href: String,
    count: usize,
    text: Text,
    tone: Tone,
    current: bool,
}

/// Where a report stands as officers sort them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Late,
    Due,
    In,
    Returned,
    Accepted,
}

impl Standing {
    const ALL: [Self; 5] = [Self::Late, Self::Due, Self::Returned, Self::In, Self::Accepted];

    const fn key(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Due => "due",
            Self::In => "in",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    fn of(state: Option<ReportState>, days: Option<&DueDays>, today: NaiveDate) -> Self {
        match state {
            Some(ReportState::Accepted) => Self::Accepted,
            Some(ReportState::Submitted) => Self::In,
            Some(ReportState::Returned) => Self::Returned,
            _ if days.is_some_and(|days| days.is_late(today)) => Self::Late,
            _ => Self::Due,
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Late => Text::said("reports-standing-late"),
            Self::Due => Text::said("reports-standing-due"),
            Self::In => Text::said("reports-standing-in"),
            Self::Returned => Text::said("reports-standing-returned"),
            Self::Accepted => Text::said("reports-standing-accepted"),
        }
    }
}

struct Listed {
    year: i32,
    years: Vec<i32>,
    own: Vec<CommitteeRow>,
    own_reports: Vec<ReportRow>,
    own_days: BTreeMap<(CommitteeId, i32), DueDays>,
    all: Vec<CommitteeRow>,
    all_reports: BTreeMap<CommitteeId, ReportRow>,
    days: BTreeMap<(CommitteeId, i32), DueDays>,
    today: NaiveDate,
}

/// The year that is reported on now: the running one once reporting has opened, which is where most committees are; else the last.
fn usual_year(today: NaiveDate) -> i32 {
    if today.month() == 12 { today.year() } else { today.year() - 1 }
}

fn read(
    conn: &mut AnyConn,
    person: &PersonActor,
    year: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Listed, ActionError> {
    let today = deadline::day_of(now);
    let year = year.unwrap_or_else(|| usual_year(today));
    let seated: BTreeSet<CommitteeId> = person.seats.iter().map(|seat| seat.committee).collect();
    let committees = register::all_committees(conn)?;
    let actor = Actor::Person(person.clone());
    let inside = |row: &&CommitteeRow| report::sight(&actor, row, None) == Sight::Inside;
    let own: Vec<CommitteeRow> =
        committees.iter().filter(|row| seated.contains(&row.id)).filter(inside).cloned().collect();
    let served =
        |row: &CommitteeRow| person.administrator || person.authorities.contains(&row.authority_id);
    let all: Vec<CommitteeRow> =
        committees.into_iter().filter(|row| served(row) && report::owes(row)).collect();
    let ids: Vec<CommitteeId> = own.iter().map(|row| row.id).collect();
    let asked: Vec<i32> = own_years(today).collect();
    let own_days = report::days_of(conn, &own, &asked, today)?;
    let years: BTreeSet<i32> = reports::years(conn)?
        .into_iter()
        .chain([today.year(), today.year() - 1, year])
        .filter(|year| *year <= today.year())
        .collect();
    Ok(Listed {
        days: report::days_of(conn, &all, &[year], today)?,
        all_reports: reports::of_year(conn, year)?
            .into_iter()
            .map(|row| (row.committee_id, row))
            .collect(),
        own_reports: reports::of_committees(conn, &ids)?,
        years: years.into_iter().rev().collect(),
        year,
        own,
        own_days,
        all,
        today,
    })
}

fn own_years(today: NaiveDate) -> impl Iterator<Item = i32> {
    (0..OWN_YEARS).map(move |back| today.year() - back)
}

fn due_note(state: Option<ReportState>, days: Option<&DueDays>, today: NaiveDate) -> Option<Text> {
    let days = days?;
    let due = days.due?;
    match state {
        Some(ReportState::Submitted | ReportState::Accepted | ReportState::Returned) => None,
        _ if days.is_late(today) => {
            let over = (today - due).num_days();
            Some(Text::said("reports-late-since").with_date("due", due).with("n", over))
        }
        _ => Some(Text::said("reports-due-on").with_date("due", due)),
    }
}

fn name(row: &CommitteeRow, locale: Locale) -> Text {
    Text::plain(print::committee_name(row, locale))
}

fn state_cell(state: Option<ReportState>, late: bool) -> Cell {
    if late && state.is_none_or(|state| state == ReportState::Draft) {
        let text = say::state(state).text;
        return Cell::pill(Pill::new(text, Tone::Bad));
    }
    Cell::pill(say::state(state))
}

/// What the reader has to do with a report of this state, in a word.
fn act(actor: &Actor, row: &CommitteeRow, state: Option<ReportState>) -> &'static str {
    let mine = report::parties(actor, row);
    match state {
        state if is_open(state) && mine.contains(&Party::Secretariat) => "reports-act-write",
        Some(ReportState::ToSign) if mine.contains(&Party::Chair) => "reports-act-sign",
        Some(ReportState::Signed) if mine.contains(&Party::Secretariat) => "reports-act-submit",
        Some(ReportState::Submitted) if mine.contains(&Party::Officer) => "reports-act-decide",
        _ => "reports-act-read",
    }
}

fn own_table(listed: &Listed, actor: &Actor, locale: Locale) -> Table {
    let mut rows = Vec::new();
    for committee in &listed.own {
        for year in own_years(listed.today) {
            let found = listed
                .own_reports
                .iter()
                .find(|row| row.committee_id == committee.id && row.year == year);
            let state = found.map(|row| row.state);
            let days = listed.own_days.get(&(committee.id, year));
            // What nobody began and nobody asks for any more is no line of the list.
            if found.is_none() && year < listed.today.year() - 1 {
                continue;
            }
            let late = Standing::of(state, days, listed.today) == Standing::Late;
            let path = report::path(committee, year);
            let title = Text::said("reports-annual").with("year", year.to_string());
            let mut status = state_cell(state, late);
            status.note = due_note(state, days, listed.today);
            rows.push(Row {
                cells: vec![
                    Cell { code: committee.code.clone(), ..Cell::link(&path, title) }
                        .note(name(committee, locale)),
                    status,
                    submitted(found),
                    Cell::link(path, Text::said(act(actor, committee, state))),
                ],
                tone: if late { Tone::Bad } else { Tone::Plain },
                id: None,
            });
        }
    }
    Table {
        caption: Text::said("reports-own"),
        caption_hidden: true,
        columns: vec![
            Column::new(Text::said("reports-column-report")),
            Column::new(Text::said("reports-column-state")),
            Column::new(Text::said("reports-column-submitted")),
            Column::new(Text::said("reports-column-next")),
        ],
        rows,
        empty: None,
    }
}

fn submitted(row: Option<&ReportRow>) -> Cell {
    let at = row.and_then(|row| row.submitted_at).map(deadline::day_of);
    at.map_or_else(
        || Cell::text(Text::plain("–")),
        |day| Cell::text(Text::said("catalogue-day").with_date("day", day)),
    )
}

fn standing_of(listed: &Listed, row: &CommitteeRow) -> Standing {
    let state = listed.all_reports.get(&row.id).map(|report| report.state);
    Standing::of(state, listed.days.get(&(row.id, listed.year)), listed.today)
}

fn all_table(listed: &Listed, actor: &Actor, locale: Locale, wanted: Option<Standing>) -> Table {
    let shown = listed
        .all
        .iter()
        .filter(|row| wanted.is_none_or(|wanted| standing_of(listed, row) == wanted));
    let rows = shown.map(|row| {
        let report = listed.all_reports.get(&row.id);
        let state = report.map(|report| report.state);
        let days = listed.days.get(&(row.id, listed.year));
        let late = standing_of(listed, row) == Standing::Late;
        let path = report::path(row, listed.year);
        let mut status = state_cell(state, late);
        status.note = due_note(state, days, listed.today);
        Row {
            cells: vec![
                Cell { code: row.code.clone(), ..Cell::link(&path, name(row, locale)) },
                status,
                submitted(report),
                Cell::link(path, Text::said(act(actor, row, state))),
            ],
            tone: if late { Tone::Bad } else { Tone::Plain },
            id: None,
        }
    });
    Table {
        caption: Text::said("reports-all").with("year", listed.year.to_string()),
        caption_hidden: true,
        columns: vec![
            Column::new(Text::said("reports-column-committee")),
            Column::new(Text::said("reports-column-state")),
            Column::new(Text::said("reports-column-submitted")),
            Column::new(Text::said("reports-column-next")),
        ],
        rows: rows.collect(),
        empty: Some(Empty {
            title: Text::said("reports-none-here"),
            text: None,
            action: Some(Link::new(
                format!("/reports?year={}", listed.year),
                Text::said("reports-show-all"),
            )),
        }),
    }
}

fn counts(listed: &Listed, wanted: Option<Standing>) -> Vec<Counted> {
    let of = |standing: Standing| {
        listed.all.iter().filter(|row| standing_of(listed, row) == standing).count()
    };
    let mut counts = vec![Counted {
        href: format!("/reports?year={}", listed.year),
        count: listed.all.len(),
        text: Text::said("reports-standing-all"),
        tone: Tone::Plain,
        current: wanted.is_none(),
    }];
    counts.extend(Standing::ALL.into_iter().map(|standing| Counted {
        href: format!("/reports?year={}&state={}", listed.year, standing.key()),
        count: of(standing),
        text: standing.text(),
        tone: if standing == Standing::Late && of(standing) > 0 { Tone::Bad } else { Tone::Plain },
        current: wanted == Some(standing),
    }));
    counts
}

/// The row of years above a list; `href` makes the address of a year.
pub fn year_tabs(years: &[i32], current: i32, href: impl Fn(i32) -> String) -> Tabs {
    let tab = |year: &i32| Tab {
        href: href(*year),
        text: Text::said("reports-year").with("year", year.to_string()),
        current: *year == current,
        count: None,
    };
    Tabs { label: Text::said("reports-years"), items: years.iter().map(tab).collect() }
}

#[get("/reports?<year>&<state>")]
async fn list(
    app: &State<App>,
    signed_in: SignedIn,
    year: Option<&str>,
    state: Option<&str>,
) -> Result<Page, WebError> {
    let year = year.map(super::file::year).transpose()?;
    let wanted = match state.filter(|key| !key.is_empty()) {
        None => None,
        Some(key) => {
            let known = Standing::ALL.into_iter().find(|standing| standing.key() == key);
            Some(known.ok_or_else(WebError::malformed)?)
        }
    };
    let (person, now, locale) = (signed_in.person.clone(), app.now(), signed_in.locale);
    let listed = app.read(move |conn| read(conn, &person, year, now)).await?;
    let actor = &signed_in.actor;
    let supervises = signed_in.person.administrator || !signed_in.person.authorities.is_empty();
    // Whoever has no committee and none to supervise has nothing to look for here.
    if !supervises && listed.own.is_empty() {
        return Err(WebError::not_found());
    }
    let mut head = PageHead::new(Text::said("reports-title"));
    let lead = if supervises { "reports-lead-all" } else { "reports-lead-own" };
    head.lead = Some(Text::said(lead));
    if supervises {
        let to = format!("/overview?year={}", listed.year);
        head.actions = vec![Link::new(to, Text::said("nav-overview"))];
    }
    let view = ListPage {
        head,
        own: (!listed.own.is_empty()).then(|| own_table(&listed, actor, locale)),
        years: supervises
            .then(|| year_tabs(&listed.years, listed.year, |year| format!("/reports?year={year}"))),
        counts: if supervises { counts(&listed, wanted) } else { Vec::new() },
        all: supervises.then(|| all_table(&listed, actor, locale, wanted)),
        empty: None,
    };
    Ok(Page::new("pages/reports/list", &view).private())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
