//! The ballots that concern the reader, each with its ribbon: what is open, and what was decided.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_db::ballots::{self, BallotRow, RollRow, VoteRow};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_db::register;
use quanheng_domain::ids::{BallotId, CommitteeId, PersonId, ProjectId};
use quanheng_domain::people::PersonActor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::show::{cells, choice};
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::projects::word;
use crate::views::{
    Cell, Column, Deadline, Empty, Link, PageHead, Pager, Pill, Ribbon, Row, Table, Text, Tone,
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
    rolls: BTreeMap<BallotId, Vec<RollRow>>,
    votes: BTreeMap<(BallotId, PersonId), VoteRow>,
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
    let mut rolls: BTreeMap<BallotId, Vec<RollRow>> = BTreeMap::new();
    for line in ballots::rolls_of(conn, &ids)? {
        rolls.entry(line.ballot_id).or_default().push(line);
    }
    // The last version of a vote that counts.
    let votes = ballots::votes_of_all(conn, &ids)?
        .into_iter()
        .filter(VoteRow::counts)
        .map(|vote| ((vote.ballot_id, vote.person_id), vote))
        .collect();
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
        rolls,
        votes,
    })
}

/// The ribbon of a ballot: one cell for everybody with a vote.
fn ribbon(found: &Found, ballot: BallotId, me: PersonId) -> Ribbon {
    let roll = found.rolls.get(&ballot).map_or(&[][..], Vec::as_slice);
    let word = |line: &RollRow| match found.votes.get(&(ballot, line.person_id)) {
        _ if !line.may_vote => "recused",
        _ if line.voted => "voted",
        Some(vote) => choice(vote.choice),
        None => "silent",
    };
    let cells = cells(roll, word, Some(me));
    let count = |choice: &str| cells.iter().filter(|cell| cell.choice == choice).count() as u64;
    let sentence = Text::said("ballots-ribbon")
        .with("yes", count("yes"))
        .with("no", count("no"))
        .with("abstain", count("abstain"))
        .with("silent", count("silent"));
    let blocking = cells.iter().any(|cell| cell.mine && cell.choice == "no");
    Ribbon { cells, sentence, href: Some(format!("{PATH}/{ballot}")), blocking }
}

fn state(found: &Found, row: &BallotRow, me: PersonId) -> Pill {
    let called = found
        .rolls
        .get(&row.id)
        .is_some_and(|roll| roll.iter().any(|line| line.person_id == me && line.may_vote));
    let slip = |line: &RollRow| line.person_id == me && line.voted;
    let voted = found.votes.contains_key(&(row.id, me))
        || found.rolls.get(&row.id).is_some_and(|roll| roll.iter().any(slip));
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
    let votes = Cell { ribbon: Some(ribbon(found, row.id, me)), ..Cell::default() };
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
    let (person, now, page) = (signed_in.person.clone(), app.now(), page.unwrap_or(1).max(1));
    let me = person.person;
    let found = app.read(move |conn| read(conn, &person, page)).await?;
    let lines = |rows: &[BallotRow]| -> Vec<Row> {
        rows.iter().map(|row| line(&found, row, me, now)).collect()
    };
    let mut head = PageHead::new(Text::said("ballots-list-title"));
    head.lead = Some(Text::said("ballots-list-lead"));
    head.actions = vec![Link::new("/ballots/rights", Text::said("rights-title"))];
    let size = |number: i64| u64::try_from(number).unwrap_or(0);
    let view = ListPage {
        head,
        open: table("ballots-list-open", "ballots-list-open-none", lines(&found.open)),
        closed: table("ballots-list-closed", "ballots-list-closed-none", lines(&found.closed)),
        pager: Pager::new(size(page), size(PAGE), size(found.total), |page| {
            format!("{PATH}?page={page}")
        }),
    };
    Ok(Page::new("pages/ballots/list", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
