//! Rounds that are open and those that have closed.

use std::collections::BTreeMap;

use quanheng_db::projects::{self, ProjectFilter, ProjectRow};
use quanheng_db::rounds::{self, RoundRow};
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::RoundStatus;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::projects::word;
use crate::app::App;
use crate::error::WebError;
use crate::page::Page;
use crate::views::{Cell, Column, Deadline, Empty, Link, PageHead, Pill, Row, Table, Text, Tone};

/// Rounds looked at, newest end first.
const MOST_ROUNDS: i64 = 200;

#[derive(Serialize)]
struct ListPage {
    head: PageHead,
    open: Table,
    past: Table,
}

fn table(caption: &str, empty: &str, rows: Vec<Row>) -> Table {
    let columns = ["rounds-project", "rounds-purpose", "rounds-closes"];
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: Some(Empty {
            title: Text::said(empty),
            text: None,
            action: Some(Link::new("/suggest", Text::said("rounds-suggest"))),
        }),
    }
}

#[get("/consultations")]
async fn list(app: &State<App>) -> Result<Page, WebError> {
    let (rounds, projects) = app
        .read(|conn| {
            let rounds = rounds::newest(conn, MOST_ROUNDS)?;
            let ids = rounds.iter().map(|round| round.project_id).collect();
            let filter = ProjectFilter {
                ids: Some(ids),
                reader: Some(projects::Reader::default()),
                ..ProjectFilter::default()
            };
            let (projects, _) = projects::list(conn, &filter, MOST_ROUNDS, 0)?;
            let projects: BTreeMap<ProjectId, ProjectRow> =
                projects.into_iter().map(|row| (row.id, row)).collect();
            Ok((rounds, projects))
        })
        .await?;
    let now = app.now();
    let line = |round: &RoundRow| {
        let project = projects.get(&round.project_id)?;
        let running = round.status == RoundStatus::Running && now < round.closes_at;
        let due = if running {
            Cell { deadline: Some(Deadline::new(round.closes_at, now)), ..Cell::default() }
        } else {
            Cell::text(
                Text::said("projects-until").with_deadline("until", round.closes_at.to_rfc3339()),
            )
        };
        let state = if running { Tone::Info } else { Tone::Faded };
        let title = Cell {
            code: project.number.clone(),
            ..Cell::link(format!("/consultations/{}", round.id), Text::plain(&project.title_zh))
        };
        let purpose = Cell {
            pill: Some(Pill::new(word(round.status), state)),
            ..Cell::text(word(round.purpose))
        };
        Some((running, Row { cells: vec![title, purpose, due], ..Row::default() }))
    };
    let (open, past): (Vec<_>, Vec<_>) =
        rounds.iter().filter_map(line).partition(|(running, _)| *running);
    let rows = |lines: Vec<(bool, Row)>| lines.into_iter().map(|(_, row)| row).collect::<Vec<_>>();
    let mut open = rows(open);
    // What closes first stands first; the query gives the newest end first.
    open.reverse();
    let mut head = PageHead::new(Text::said("rounds-title"));
    head.lead = Some(Text::said("rounds-lead"));
    let view = ListPage {
        head,
        open: table("rounds-open", "rounds-open-none", open),
        past: table("rounds-past", "rounds-past-none", rows(past)),
    };
    Ok(Page::new("pages/consultations/list", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
