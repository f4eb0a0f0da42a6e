//! The national overview: committees by stage, what the year brought beside the year before, and how far the reports have come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::report::{self, DueDays};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::{self, CommitteeRow};
use quanheng_domain::ids::{AuthorityId, CommitteeId};
use quanheng_domain::people::PersonActor;
use quanheng_domain::records::ReportState;
use quanheng_domain::stage::Phase;
use quanheng_domain::{Keyed, Locale, deadline};
use quanheng_reports::figure::FigureKey;
use quanheng_reports::national::{self, Line, Overview};
use rocket::{Responder, Route, State, get, routes};
use serde::Serialize;

use super::list::year_tabs;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::{Form, Saved, Voice, print, say, sheets, told};
use crate::views::{Link, PageHead, Pill, Tabs, Text, Tone};
use crate::{App, Page};

/// Years before the running one that can be looked at.
const YEARS_BACK: i32 = 5;

#[derive(Serialize)]
struct OverviewPage {
    head: PageHead,
    years: Tabs,
    sums: Vec<Sum>,
    phases: Vec<Phased>,
    overdue: usize,
    matrix: Vec<MatrixRow>,
    columns: Vec<Text>,
    brought: Vec<Brought>,
    totals: Vec<Number>,
    total_share: Option<String>,
    silent: Vec<Link>,
    reports: Vec<Counted>,
    files: Vec<Link>,
    year: String,
}

/// A sum over all committees in a sentence.
#[derive(Serialize)]
struct Sum {
    text: Text,
    before: Text,
    change: Option<say::Change>,
}

#[derive(Serialize)]
struct Phased {
    code: &'static str,
    title: Text,
    total: usize,
}

#[derive(Serialize)]
struct MatrixRow {
    committee: Link,
    code: Option<String>,
    cells: Vec<MatrixCell>,
    overdue: usize,
    total: usize,
}

#[derive(Serialize)]
struct MatrixCell {
    label: Text,
    count: usize,
    /// How dark the cell is, 0 to 4.
    weight: usize,
    href: String,
}

#[derive(Serialize)]
struct Brought {
    committee: Link,
    code: Option<String>,
    share: Option<String>,
    numbers: Vec<Number>,
    report: Pill,
    report_href: String,
}

#[derive(Serialize)]
struct Number {
    label: Text,
    value: i64,
    href: Option<String>,
    change: Option<say::Change>,
    flag: bool,
}

#[derive(Serialize)]
struct Counted {
    href: String,
    count: usize,
    text: Text,
    tone: Tone,
}

/// The figures of the table of the year, besides the share on time.
const SHOWN: &[FigureKey] = &[
    FigureKey::Planned,
    FigureKey::OnTime,
    FigureKey::Late,
    FigureKey::Rounds,
    FigureKey::Comments,
    FigureKey::Reviews,
    FigureKey::Published,
    FigureKey::ReexaminationsDue,
    FigureKey::ReexaminationsDone,
];

/// The overview with the days of the reports.
pub struct Read {
    /// The overview.
    pub overview: Overview,
    days: BTreeMap<(CommitteeId, i32), DueDays>,
    today: NaiveDate,
}

/// The authorities that somebody supervises: all for an administrator; none at all means the overview does not exist.
///
/// # Errors
/// `NotFound` for others than officers and administrators.
pub fn supervised(person: &PersonActor) -> Result<Option<BTreeSet<AuthorityId>>, ActionError> {
    match (person.administrator, person.authorities.is_empty()) {
        (true, _) => Ok(None),
        (false, false) => Ok(Some(person.authorities.clone())),
        (false, true) => Err(ActionError::NotFound),
    }
}

/// Leaves of what somebody supervises the authority that an address names; `all` leaves everything.
///
/// # Errors
/// `NotFound` for an authority that is none, or that somebody else supervises.
pub fn narrow(
    conn: &mut AnyConn,
    authorities: &mut Option<BTreeSet<AuthorityId>>,
    code: &str,
) -> Result<(), ActionError> {
    if code == "all" {
        return Ok(());
    }
    let row = register::authority_by_code(conn, code)?.ok_or(ActionError::NotFound)?;
    if authorities.as_ref().is_some_and(|mine| !mine.contains(&row.id)) {
        return Err(ActionError::NotFound);
    }
    *authorities = Some(BTreeSet::from([row.id]));
    Ok(())
}

/// Reads the overview of a year over these authorities, or over all.
///
/// # Errors
/// Storage trouble; `NotFound` for a year to come.
pub fn read(
    conn: &mut AnyConn,
    authorities: Option<&BTreeSet<AuthorityId>>,
    year: i32,
    now: DateTime<Utc>,
) -> Result<Read, ActionError> {
    let today = deadline::day_of(now);
    if year > today.year() {
        return Err(ActionError::NotFound);
    }
    let overview =
        national::overview(conn, authorities, year, now)?.ok_or(ActionError::NotFound)?;
    let rows: Vec<CommitteeRow> =
        overview.lines.iter().map(|line| line.committee.clone()).collect();
    Ok(Read { days: report::days_of(conn, &rows, &[year], today)?, overview, today })
}

fn link(line: &Line, locale: Locale) -> Link {
    let name = print::committee_name(&line.committee, locale);
    Link::new(format!("/committees/{}", line.committee.segment()), Text::plain(name))
}

/// Hundredths of what was finished that were on time, rounded down; none where nothing was finished.
fn share(on_time: i64, late: i64) -> Option<String> {
    let all = on_time + late;
    (all > 0).then(|| format!("{}%", on_time * 100 / all))
}

fn sums(overview: &Overview) -> Vec<Sum> {
    use FigureKey::*;
    [Published, OnTime, Late, Comments, Reviews, ReexaminationsDone]
        .into_iter()
        .map(|key| {
            let (now, before) = overview.number(key);
            Sum {
                text: say::sentence(key, now),
                before: Text::said("reports-before").with("n", before),
                change: say::change(key, now, before),
            }
        })
        .collect()
}

fn matrix(overview: &Overview, locale: Locale) -> Vec<MatrixRow> {
    let most = overview
        .lines
        .iter()
        .flat_map(|line| line.standing.iter().map(|(_, count)| *count))
        .max()
        .unwrap_or(0)
        .max(1);
    let row = |line: &Line| {
        let cells = line.standing.iter().map(|(phase, count)| MatrixCell {
            label: Text::word("stage", phase.key()),
            count: *count,
            weight: (count * 4).div_ceil(most),
            href: format!("/committees/{}#stages", line.committee.segment()),
        });
        MatrixRow {
            committee: link(line, locale),
            code: line.committee.code.clone(),
            cells: cells.collect(),
            overdue: line.overdue,
            total: line.standing.iter().map(|(_, count)| *count).sum(),
        }
    };
    overview.lines.iter().map(row).filter(|row| row.total > 0).collect()
}

fn number(key: FigureKey, (now, before): (i64, i64), href: Option<String>) -> Number {
    Number {
        label: say::figure(key),
        value: now,
        href: href.filter(|_| now > 0 || before > 0),
        change: say::change(key, now, before),
        flag: now == 0 && before > 0,
    }
}

fn brought(read: &Read, locale: Locale) -> Vec<Brought> {
    let year = read.overview.year;
    let loud = read.overview.lines.iter().filter(|line| !line.is_silent());
    loud.map(|line| {
        let path = report::path(&line.committee, year);
        let numbers = SHOWN.iter().map(|key| {
            number(*key, line.number(*key), Some(format!("{path}/figures/{}", key.key())))
        });
        let (on_time, late) = (line.number(FigureKey::OnTime).0, line.number(FigureKey::Late).0);
        let mut state = say::state(line.state);
        if is_late(read, line) {
            state.tone = Tone::Bad;
        }
        Brought {
            committee: link(line, locale),
            code: line.committee.code.clone(),
            share: share(on_time, late),
            numbers: numbers.collect(),
            report: state,
            report_href: path,
        }
    })
    .collect()
}

fn is_late(read: &Read, line: &Line) -> bool {
    let handed_in = matches!(line.state, Some(ReportState::Submitted | ReportState::Accepted));
    !handed_in
        && report::owes(&line.committee)
        && read
            .days
            .get(&(line.committee.id, read.overview.year))
            .is_some_and(|days| days.is_late(read.today))
}

fn reports(read: &Read) -> Vec<Counted> {
    let year = read.overview.year;
    let owing: Vec<&Line> =
        read.overview.lines.iter().filter(|line| report::owes(&line.committee)).collect();
    let of = |states: &[ReportState]| {
        owing.iter().filter(|line| line.state.is_some_and(|state| states.contains(&state))).count()
    };
    let late = owing
        .iter()
        .filter(|line| is_late(read, line) && line.state != Some(ReportState::Returned))
        .count();
    let done = of(&[ReportState::Submitted, ReportState::Accepted, ReportState::Returned]);
    let counted = |key: &str, count: usize, text: &str, bad: bool| Counted {
        href: format!("/reports?year={year}{key}"),
        count,
        text: Text::said(text),
        tone: if bad && count > 0 { Tone::Bad } else { Tone::Plain },
    };
    vec![
        counted("", owing.len(), "reports-standing-all", false),
        counted("&state=late", late, "reports-standing-late", true),
        counted(
            "&state=due",
            owing.len().saturating_sub(late + done),
            "reports-standing-due",
            false,
        ),
        counted(
            "&state=returned",
            of(&[ReportState::Returned]),
            "reports-standing-returned",
            false,
        ),
        counted("&state=in", of(&[ReportState::Submitted]), "reports-standing-in", false),
        counted(
            "&state=accepted",
            of(&[ReportState::Accepted]),
            "reports-standing-accepted",
            false,
        ),
    ]
}

fn view(read: &Read, locale: Locale) -> OverviewPage {
    let (overview, year) = (&read.overview, read.overview.year);
    let running: i32 = read.today.year();
    let years: Vec<i32> = (0..=YEARS_BACK).map(|back| running - back).collect();
    let mut head = PageHead::new(Text::said("overview-title"));
    head.lead = Some(
        Text::said("overview-lead")
            .with("n", overview.lines.len() as u64)
            .with("year", year.to_string())
            .with_date("today", read.today),
    );
    let loud = |line: &&Line| line.is_silent();
    let (on_time, late) =
        (overview.number(FigureKey::OnTime).0, overview.number(FigureKey::Late).0);
    OverviewPage {
        head,
        years: year_tabs(&years, year, |year| format!("/overview?year={year}")),
        sums: sums(overview),
        phases: Phase::ALL
            .iter()
            .map(|phase| Phased {
                code: phase.key(),
                title: Text::word("stage", phase.key()),
                total: overview.standing(*phase),
            })
            .collect(),
        overdue: overview.lines.iter().map(|line| line.overdue).sum(),
        matrix: matrix(overview, locale),
        columns: SHOWN.iter().map(|key| say::figure(*key)).collect(),
        brought: brought(read, locale),
        totals: SHOWN.iter().map(|key| number(*key, overview.number(*key), None)).collect(),
        total_share: share(on_time, late),
        silent: overview.lines.iter().filter(loud).map(|line| link(line, locale)).collect(),
        reports: reports(read),
        files: [Form::Html, Form::Xlsx, Form::Csv, Form::Json]
            .iter()
            .map(|form| {
                let href = format!("/api/v1/reports/national/{year}/all.{}", form.key());
                Link::new(href, Text::word("reports-form", form.key()))
            })
            .collect(),
        year: year.to_string(),
    }
}

/// The overview as page or file.
#[derive(Responder)]
pub enum Dressed {
    /// A page for print.
    Page(Page),
    /// A file.
    File(Saved),
}

/// The overview in a dress.
pub async fn dressed(
    app: &App,
    read: &Read,
    form: Form,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<Dressed, WebError> {
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale };
    let year = read.overview.year;
    let sheet = || sheets::national(&voice, &read.overview);
    let fault = |error: quanheng_tables::WriteError| WebError::fault(&error);
    Ok(match form {
        Form::Html => {
            let back = format!("/overview?year={year}");
            let view = print::national(&read.overview, &back, locale, now);
            Dressed::Page(Page::new("pages/reports/overview-print", &view).private())
        }
        Form::Xlsx => {
            let (name, sheets) = (sheet().name, vec![sheet()]);
            let task = tokio::task::spawn_blocking(move || Saved::workbook(&name, &sheets));
            Dressed::File(task.await.map_err(|_| WebError::busy())?.map_err(fault)?)
        }
        Form::Csv => {
            let sheet = sheet();
            Dressed::File(Saved::table(&sheet.name, &sheet).map_err(fault)?)
        }
        Form::Json => Dressed::File(Saved::json(&told::national(&read.overview))),
        Form::Pdf | Form::Docx => return Err(Form::not_made()),
    })
}

#[get("/overview?<year>")]
async fn overview(
    app: &State<App>,
    signed_in: SignedIn,
    year: Option<&str>,
) -> Result<Page, WebError> {
    let authorities = supervised(&signed_in.person)?;
    let now = app.now();
    let year = match year {
        Some(year) => super::file::year(year)?,
        None => deadline::day_of(now).year(),
    };
    let locale = signed_in.locale;
    let read = app.read(move |conn| read(conn, authorities.as_ref(), year, now)).await?;
    Ok(Page::new("pages/reports/overview", &view(&read, locale)).private())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![overview]
}
