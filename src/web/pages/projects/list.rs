//! Every project the reader may know of, narrowed by what stands in the address.

use std::collections::BTreeMap;

use quanheng_actions::project::load::standing;
use quanheng_actions::{ActionError, document};
use quanheng_db::ballots::{self, BallotRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_db::projects::{self, ProjectFilter, ProjectRow};
use quanheng_db::register::{self, CommitteeRow};
use quanheng_domain::ids::{BallotId, CommitteeId, ObjectId, PersonId, ProjectId};
use quanheng_domain::lifecycle::who_acts_now;
use quanheng_domain::people::PersonActor;
use quanheng_domain::stage::{Phase, Stage};
use quanheng_domain::{Keyed, deadline};
use rocket::{FromForm, Route, State, get, routes};
use serde::Serialize;

use super::forms::{joined, word};
use super::show::tone;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::pages::address;
use crate::pages::ballots::ribbon::Ribbons;
use crate::views::{
    Cell, Chosen, Column, Deadline, Empty, Field, FieldKind, Filters, Link, PageHead, Pager, Pill,
    Row, Table, Text, Tone,
};

const PATH: &str = "/projects";
const PAGE: i64 = 40;

/// What the reader chose, as it stands in the address.
#[derive(Debug, Clone, Default, FromForm)]
pub struct Asked {
    q: Option<String>,
    phase: Option<String>,
    committee: Option<String>,
    state: Option<String>,
    page: Option<i64>,
}

const NAMES: [&str; 4] = ["q", "phase", "committee", "state"];
const STATES: [&str; 3] = ["running", "overdue", "ended"];

impl Asked {
    fn value(&self, name: &str) -> &str {
        let value = match name {
            "q" => &self.q,
            "phase" => &self.phase,
            "committee" => &self.committee,
            _ => &self.state,
        };
        value.as_deref().map_or("", str::trim)
    }

    fn href(&self, changed: &str, to: &str) -> String {
        let pairs =
            NAMES.map(|name| (name, if name == changed { to } else { self.value(name) })).to_vec();
        address::with(PATH, &pairs)
    }

    /// The stages that are asked for; none: all.
    fn stages(&self) -> Result<Option<Vec<Stage>>, WebError> {
        let phase = address::key::<Phase>(self.phase.as_deref())?;
        let ended = self.value("state") == "ended";
        if !ended && phase.is_none() {
            return Ok(None);
        }
        let fits = |stage: &Stage| {
            phase.is_none_or(|phase| stage.phase() == phase) && (!ended || stage.is_final())
        };
        Ok(Some(Stage::ALL.iter().copied().filter(fits).collect()))
    }
}

#[derive(Serialize)]
struct ListPage {
    head: PageHead,
    filters: Filters,
    table: Table,
    pager: Pager,
}

struct Found {
    rows: Vec<ProjectRow>,
    total: i64,
    page: i64,
    next: BTreeMap<ObjectId, DeadlineRow>,
    committees: Vec<CommitteeRow>,
    ballots: BTreeMap<ProjectId, BallotRow>,
    ribbons: Ribbons,
    me: Option<PersonId>,
}

impl Found {
    fn committee(&self, id: Option<CommitteeId>) -> Option<&CommitteeRow> {
        self.committees.iter().find(|row| Some(row.id) == id)
    }
}

fn titled(row: &CommitteeRow) -> String {
    match &row.code {
        Some(code) => format!("{code} {}", row.name_zh),
        None => row.name_zh.clone(),
    }
}

fn filters(asked: &Asked, found: &Found) -> Filters {
    let all = || Text::said("projects-list-all");
    let phases = Phase::ALL.iter().fold(
        Field::new(FieldKind::Select, "phase", Text::said("projects-list-phase")).choice("", all()),
        |field, phase| field.choice(phase.key(), Text::word("stage", phase.key())),
    );
    let committees = found.committees.iter().fold(
        Field::new(FieldKind::Select, "committee", Text::said("projects-list-committee"))
            .choice("", all()),
        |field, row| field.choice(&row.segment(), Text::plain(titled(row))),
    );
    let states = STATES.iter().fold(
        Field::new(FieldKind::Select, "state", Text::said("projects-list-state")).choice("", all()),
        |field, state| field.choice(state, Text::word("projects-list", state)),
    );
    let chosen = NAMES.iter().filter(|name| !asked.value(name).is_empty()).map(|name| {
        let value = asked.value(name);
        let text = match *name {
            "phase" => Text::word("stage", value),
            "state" => Text::word("projects-list", value),
            "committee" => Text::plain(
                found
                    .committees
                    .iter()
                    .find(|row| row.segment() == value)
                    .map_or_else(|| value.to_owned(), titled),
            ),
            _ => Text::plain(value),
        };
        Chosen { text, href: asked.href(name, "") }
    });
    let chosen: Vec<Chosen> = chosen.collect();
    Filters {
        action: PATH.to_owned(),
        fields: vec![
            Field::new(FieldKind::Search, "q", Text::said("projects-list-q"))
                .value(asked.value("q"))
                .attr("maxlength", 100),
            phases.value(asked.value("phase")),
            committees.value(asked.value("committee")),
            states.value(asked.value("state")),
        ],
        clear_href: (!chosen.is_empty()).then(|| PATH.to_owned()),
        chosen,
        total: Text::said("projects-list-total").with("n", found.total),
    }
}

/// The ballot of each project that a list shows: the one that runs, else the last one that was counted; only those that the
/// reader may know of.
fn seen_ballots(
    conn: &mut AnyConn,
    person: &PersonActor,
    rows: &[ProjectRow],
) -> Result<BTreeMap<ProjectId, BallotRow>, ActionError> {
    let sees = |row: &&ProjectRow| {
        person.administrator
            || person.authorities.contains(&row.authority_id)
            || person.seats.iter().any(|seat| Some(seat.committee) == row.committee_id)
    };
    let ids: Vec<ProjectId> = rows.iter().filter(sees).map(|row| row.id).collect();
    let mut shown: BTreeMap<ProjectId, BallotRow> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(shown);
    }
    for ballot in ballots::of_projects(conn, &ids)? {
        let Some(project) = ballot.project_id.filter(|_| ballot.aborted_at.is_none()) else {
            continue;
        };
        let runs = |kept: &BallotRow| kept.closed_at.is_none();
        if !shown.get(&project).is_some_and(runs) {
            shown.insert(project, ballot);
        }
    }
    Ok(shown)
}

/// The ballots that a list shows, with their ribbons.
fn votes(
    conn: &mut AnyConn,
    who: Option<&PersonActor>,
    rows: &[ProjectRow],
) -> Result<(BTreeMap<ProjectId, BallotRow>, Ribbons), ActionError> {
    let Some(person) = who else { return Ok(Default::default()) };
    let ballots = seen_ballots(conn, person, rows)?;
    let shown: Vec<BallotId> = ballots.values().map(|ballot| ballot.id).collect();
    let ribbons = Ribbons::read(conn, &shown)?;
    Ok((ballots, ribbons))
}

fn line(found: &Found, row: &ProjectRow, now: chrono::DateTime<chrono::Utc>) -> Row {
    let next = found.next.get(&row.id.cast()).filter(|_| !row.stage.is_final());
    let late = !row.stage.is_final() && row.due_on.is_some_and(|due| due < deadline::day_of(now));
    let committee = found.committee(row.committee_id).map_or_else(Cell::default, |committee| {
        Cell::link(format!("/committees/{}", committee.segment()), Text::plain(titled(committee)))
    });
    let turn = joined(who_acts_now(&standing(row)).into_iter().map(word).collect());
    let turn = turn.filter(|_| !row.stage.is_final()).map_or_else(Cell::default, Cell::text);
    let mut stage = Cell::pill(Pill::new(word(row.stage), tone(row.stage)));
    let days = (now - row.stage_since).num_days().max(0);
    if !row.stage.is_final() {
        stage.note = Some(Text::said("desk-age").with("days", days));
    }
    let due = Cell {
        deadline: next.map(|next| Deadline::new(next.due_at, now).labelled(word(next.kind))),
        pill: late.then(|| Pill::new(Text::said("projects-list-late"), Tone::Bad)),
        ..Cell::default()
    };
    let name = Cell {
        code: row.number.clone(),
        ..Cell::link(format!("{PATH}/{}", row.id), Text::plain(&row.title_zh))
    };
    stage.ribbon = found.ballots.get(&row.id).map(|ballot| found.ribbons.of(ballot, found.me));
    Row {
        cells: vec![name.note(word(row.kind)), stage, committee, turn, due],
        tone: if late { Tone::Bad } else { Tone::Plain },
        id: None,
    }
}

fn table(found: &Found, now: chrono::DateTime<chrono::Utc>) -> Table {
    let columns = [
        "projects-list-project",
        "projects-list-stage",
        "projects-list-committee",
        "projects-list-turn",
        "projects-list-due",
    ];
    Table {
        caption: Text::said("projects-list-title"),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows: found.rows.iter().map(|row| line(found, row, now)).collect(),
        empty: Some(Empty {
            title: Text::said("projects-list-none"),
            text: Some(Text::said("projects-list-none-text")),
            action: None,
        }),
    }
}

fn head(signed_in: bool) -> PageHead {
    let mut head = PageHead::new(Text::said("projects-list-title"));
    head.lead = Some(Text::said("projects-list-lead"));
    if signed_in {
        head.actions = vec![
            Link::new("/projects/new", Text::said("desk-new")),
            Link::new("/board", Text::said("desk-board")),
        ];
    }
    head
}

#[get("/projects?<asked..>")]
async fn list(app: &State<App>, visitor: Visitor, asked: Asked) -> Result<Page, WebError> {
    let now = app.now();
    let stages = asked.stages()?;
    let state = asked.value("state").to_owned();
    if !state.is_empty() && !STATES.contains(&state.as_str()) {
        return Err(WebError::malformed());
    }
    let (wanted, text) = (asked.value("committee").to_owned(), asked.value("q").to_owned());
    let reader = document::reader(&visitor.actor);
    let who = visitor.actor.person().cloned();
    let page = asked.page.unwrap_or(1).max(1);
    let found = app
        .read(move |conn| {
            let committees = register::all_committees(conn)?;
            let committee = committees
                .iter()
                .find(|row| !wanted.is_empty() && row.segment().eq_ignore_ascii_case(&wanted))
                .map(|row| row.id);
            let unknown = !wanted.is_empty() && committee.is_none();
            let filter = ProjectFilter {
                stages,
                committee,
                overdue_on: (state == "overdue").then(|| deadline::day_of(now)),
                running: state == "running",
                text: (!text.is_empty()).then_some(text),
                ids: unknown.then(Vec::new),
                reader,
                ..ProjectFilter::default()
            };
            let (rows, total) = projects::list(conn, &filter, PAGE, (page - 1) * PAGE)?;
            let objects: Vec<ObjectId> = rows.iter().map(|row| row.id.cast()).collect();
            let mut next = BTreeMap::new();
            for row in deadlines::open_of_many(conn, &objects)? {
                if !row.kind.is_reminder() {
                    next.entry(row.object_id).or_insert(row);
                }
            }
            let (ballots, ribbons) = votes(conn, who.as_ref(), &rows)?;
            let me = who.map(|person| person.person);
            Ok(Found { rows, total, page, next, committees, ballots, ribbons, me })
        })
        .await?;
    let head = head(visitor.actor.person().is_some());
    let base = asked.href("", "");
    let joint = if base.contains('?') { '&' } else { '?' };
    let size = |number: i64| u64::try_from(number).unwrap_or(0);
    let view = ListPage {
        head,
        filters: filters(&asked, &found),
        table: table(&found, now),
        pager: Pager::new(size(found.page), size(PAGE), size(found.total), |page| {
            format!("{base}{joint}page={page}")
        }),
    };
    Ok(Page::new("pages/projects/list", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
