//! What somebody owes (待我处理), and the secretary's board of projects by phase.

mod reports;
mod waiting;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::project::load::standing;
use quanheng_db::ballots::{self, BallotRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::rounds::{self, RoundRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::{CommitteeId, ObjectId, ProjectId};
use quanheng_domain::lifecycle::{Move, rows_from, who_acts_now};
use quanheng_domain::people::{Actor, Party, PersonActor, Role};
use quanheng_domain::stage::{Phase, Stage};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use self::reports::Owed;
use self::waiting::Waiting;
use super::projects::{joined, word};
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::views::{
    Board, BoardCard, BoardColumn, Cell, Column, Deadline, Empty, Link, PageHead, Row, Table, Text,
    Tone,
};

/// Projects looked at for one person; more than one person can have in hand.
const MOST_PROJECTS: i64 = 2_000;
/// Cards shown in a column of the board.
const CARDS_SHOWN: usize = 40;

struct Desk {
    projects: Vec<ProjectRow>,
    titles: BTreeMap<ProjectId, String>,
    next: BTreeMap<ObjectId, DeadlineRow>,
    votes: Vec<BallotRow>,
    comments: Vec<RoundRow>,
    unsigned: Vec<BallotRow>,
    consents: Vec<ProjectId>,
    joint: Vec<ProjectId>,
    waiting: Waiting,
    reports: Vec<Owed>,
}

fn read(conn: &mut AnyConn, person: &PersonActor, now: DateTime<Utc>) -> Result<Desk, ActionError> {
    let committees: Vec<CommitteeId> = person.seats.iter().map(|seat| seat.committee).collect();
    let authorities: Vec<_> = person.authorities.iter().copied().collect();
    let named: Vec<ProjectId> = person.projects.iter().map(|(project, _)| *project).collect();
    let projects = projects::running_of(conn, &committees, &authorities, &named, MOST_PROJECTS)?;
    let objects: Vec<ObjectId> = projects.iter().map(|row| row.id.cast()).collect();
    let mut next = BTreeMap::new();
    for row in
        deadlines::open_of_many(conn, &objects)?.into_iter().filter(|row| !row.kind.is_reminder())
    {
        next.entry(row.object_id).or_insert(row);
    }
    let chaired: Vec<CommitteeId> = person
        .seats
        .iter()
        .filter(|seat| seat.role == Role::Chair)
        .map(|seat| seat.committee)
        .collect();
    let comments = rounds::owed_by(conn, person.person)?;
    let waiting = Waiting::read(conn, person, &projects)?;
    let votes = ballots::owed_by(conn, person.person, now)?;
    let mut titles: BTreeMap<ProjectId, String> =
        projects.iter().map(|row| (row.id, row.title_zh.clone())).collect();
    let wanted = comments
        .iter()
        .chain(&waiting.unit)
        .map(|round| round.project_id)
        .chain(votes.iter().filter_map(|ballot| ballot.project_id));
    let unknown: Vec<ProjectId> = wanted.filter(|id| !titles.contains_key(id)).collect();
    if !unknown.is_empty() {
        let filter =
            projects::ProjectFilter { ids: Some(unknown), ..projects::ProjectFilter::default() };
        let (found, _) = projects::list(conn, &filter, MOST_PROJECTS, 0)?;
        titles.extend(found.into_iter().map(|row| (row.id, row.title_zh)));
    }
    let consents = consents_owed(conn, person, &projects)?;
    let joint = approvals_owed(conn, person, &projects)?;
    Ok(Desk {
        waiting,
        reports: reports::owed(conn, person, now)?,
        unsigned: ballots::unsigned_of(conn, &chaired)?,
        projects,
        titles,
        next,
        votes,
        comments,
        consents,
        joint,
    })
}

/// Projects that wait for this person's consent to their review.
fn consents_owed(
    conn: &mut AnyConn,
    person: &PersonActor,
    all: &[ProjectRow],
) -> Result<Vec<ProjectId>, ActionError> {
    let actor = Actor::Person(person.clone());
    let mut owed = Vec::new();
    for row in all.iter().filter(|row| row.stage == Stage::ReviewSubmitted) {
        let parties = actor.parties(&standing(row).owners);
        let asked = (parties.contains(&Party::Chair) || parties.contains(&Party::ViceChair))
            && !parties.contains(&Party::Drafter);
        if asked
            && !projects::consents_of(conn, row.id, row.stage_since)?
                .iter()
                .any(|given| given.person_id == person.person)
        {
            owed.push(row.id);
        }
    }
    Ok(owed)
}

/// Joint projects whose approval this person's authority has still to give (E-25).
fn approvals_owed(
    conn: &mut AnyConn,
    person: &PersonActor,
    all: &[ProjectRow],
) -> Result<Vec<ProjectId>, ActionError> {
    let mut owed = Vec::new();
    let joined = |row: &&ProjectRow| {
        row.stage == Stage::DossierCheck && !person.authorities.contains(&row.authority_id)
    };
    for row in all.iter().filter(joined) {
        let pending = projects::parties_of(conn, row.id)?.into_iter().any(|party| {
            person.authorities.contains(&party.authority_id)
                && party.approved_at.is_none()
                && party.dropped_at.is_none()
        });
        if pending {
            owed.push(row.id);
        }
    }
    Ok(owed)
}

#[derive(Serialize)]
struct DeskPage {
    head: PageHead,
    asked: Option<Asked>,
    sections: Vec<Section>,
    empty: Option<Empty>,
}

#[derive(Serialize)]
struct Section {
    id: &'static str,
    title: Text,
    count: u64,
    table: Table,
}

/// Rounds in which the reader was asked; "no comment" is one press.
#[derive(Serialize)]
struct Asked {
    count: u64,
    rounds: Vec<AskedRound>,
}

#[derive(Serialize)]
struct AskedRound {
    href: String,
    answer: String,
    title: String,
    closes: Deadline,
}

fn asked(desk: &Desk, now: DateTime<Utc>) -> Option<Asked> {
    let rounds: Vec<AskedRound> = desk
        .comments
        .iter()
        .map(|row| AskedRound {
            href: format!("/consultations/{}#send", row.id),
            answer: format!("/consultations/{}/answer", row.id),
            title: desk.titles.get(&row.project_id).cloned().unwrap_or_default(),
            closes: Deadline::new(row.closes_at, now),
        })
        .collect();
    (!rounds.is_empty()).then_some(Asked { count: rounds.len() as u64, rounds })
}

/// A row with the instant it is sorted by.
type Due = (Option<DateTime<Utc>>, Row);

/// A section with its rows by what runs out first: the overdue on top, what has no date at the end.
fn section(id: &'static str, mut dated: Vec<Due>) -> Option<Section> {
    dated.sort_by_key(|(due, _)| (due.is_none(), *due));
    let rows: Vec<Row> = dated.into_iter().map(|(_, row)| row).collect();
    let title = Text::said(format!("desk-{id}"));
    let columns =
        ["desk-what", "desk-task", "desk-until"].map(|key| Column::new(Text::said(key))).to_vec();
    let table = Table { caption: title.clone(), caption_hidden: true, columns, rows, empty: None };
    (!table.rows.is_empty()).then_some(Section { id, title, count: table.rows.len() as u64, table })
}

fn line(
    href: String,
    title: &str,
    task: Text,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Due {
    let due = Cell { deadline: at.map(|at| Deadline::new(at, now)), ..Cell::default() };
    let tone = due.deadline.as_ref().map_or(Tone::Plain, |deadline| deadline.tone);
    let cells = vec![Cell::link(href, Text::plain(title)), Cell::text(task), due];
    (at, Row { cells, tone, id: None })
}

fn sections(desk: &Desk, actor: &Actor, now: DateTime<Utc>) -> Vec<Section> {
    let title = |id: ProjectId| desk.titles.get(&id).cloned().unwrap_or_default();
    let due = |id: ProjectId| desk.next.get(&id.cast()).map(|row| row.due_at);
    let ballot = |row: &BallotRow, key: &str| {
        let name = row.project_id.map_or_else(|| row.question.clone(), title);
        let task = Text::said(key).with_text("purpose", &word(row.purpose));
        line(format!("/ballots/{}", row.id), &name, task, Some(row.closes_at), now)
    };
    let votes = desk.votes.iter().map(|row| ballot(row, "desk-task-vote")).collect();
    let sign = desk.unsigned.iter().map(|row| ballot(row, "desk-task-sign")).collect();
    let consents = desk.consents.iter().map(|id| {
        line(
            format!("/projects/{id}#consents"),
            &title(*id),
            Text::said("desk-task-consent"),
            due(*id),
            now,
        )
    });
    let joint = desk.joint.iter().map(|id| {
        let href = format!("/projects/{id}#move-{}", Move::ApproveAsParty.key());
        line(href, &title(*id), word(Move::ApproveAsParty), due(*id), now)
    });
    let steps = desk.projects.iter().filter_map(|row| {
        let standing = standing(row);
        let parties = actor.parties(&standing.owners);
        let mine = who_acts_now(&standing).iter().any(|party| parties.contains(party));
        let main = rows_from(row.kind, row.stage)
            .find(|row| row.main && row.who.iter().any(|party| parties.contains(party)))?;
        mine.then(|| {
            line(
                format!("/projects/{}#move-{}", row.id, main.key.key()),
                &row.title_zh,
                word(main.key),
                due(row.id),
                now,
            )
        })
    });
    let steps = joint.chain(steps).collect();
    let reports = desk.reports.iter().map(|owed| {
        let title = quanheng_domain::report::title(&owed.committee, owed.year);
        line(owed.path.clone(), &title, Text::said(owed.task), owed.due, now)
    });
    let waiting = desk.waiting.lines(&title, &due, now);
    [
        section("votes", votes),
        section("sign", sign),
        section("consents", consents.collect()),
        section("waiting", waiting),
        section("steps", steps),
        section("reports", reports.collect()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[get("/desk")]
async fn desk(app: &State<App>, signed_in: SignedIn) -> Result<Page, WebError> {
    let (person, now) = (signed_in.person.clone(), app.now());
    let desk = app.read(move |conn| read(conn, &person, now)).await?;
    let sections = sections(&desk, &signed_in.actor, now);
    let asked = asked(&desk, now);
    let owed: u64 = sections.iter().map(|section| section.count).sum::<u64>()
        + asked.as_ref().map_or(0, |asked| asked.count);
    let mut head = PageHead::new(Text::said("desk-title"));
    head.lead = Some(Text::said("desk-lead").with("n", owed));
    head.actions = vec![
        Link::new("/projects/new", Text::said("desk-new")),
        Link::new("/board", Text::said("desk-board")),
    ];
    let empty = (owed == 0).then(|| Empty {
        title: Text::said("desk-nothing"),
        text: Some(Text::said("desk-nothing-text")),
        action: Some(Link::new("/board", Text::said("desk-board"))),
    });
    Ok(Page::new("pages/desk/desk", &DeskPage { head, asked, sections, empty }))
}

#[derive(Serialize)]
struct BoardPage {
    head: PageHead,
    board: Board,
}

fn card(row: &ProjectRow, next: Option<&DeadlineRow>, now: DateTime<Utc>) -> BoardCard {
    let days = (now - row.stage_since).num_days().max(0);
    let deadline = next.map(|next| Deadline::new(next.due_at, now).labelled(word(next.kind)));
    let late = row.due_on.is_some_and(|due| due < quanheng_domain::deadline::day_of(now));
    let tone = match &deadline {
        _ if late => Tone::Bad,
        Some(deadline) => deadline.tone,
        None => Tone::Plain,
    };
    BoardCard {
        href: format!("/projects/{}", row.id),
        code: row.number.clone().unwrap_or_default(),
        title: Text::plain(&row.title_zh),
        stage: word(row.stage),
        age: Text::said("desk-age").with("days", days),
        tone,
        turn: joined(who_acts_now(&standing(row)).into_iter().map(word).collect()),
        deadline,
    }
}

#[get("/board")]
async fn board(app: &State<App>, signed_in: SignedIn) -> Result<Page, WebError> {
    let (person, now) = (signed_in.person.clone(), app.now());
    let desk = app.read(move |conn| read(conn, &person, now)).await?;
    let columns = Phase::ALL.iter().map(|phase| {
        let here: Vec<&ProjectRow> =
            desk.projects.iter().filter(|row| row.stage.phase() == *phase).collect();
        let shown =
            here.iter().take(CARDS_SHOWN).map(|row| card(row, desk.next.get(&row.id.cast()), now));
        BoardColumn {
            code: phase.key().to_owned(),
            title: Text::word("stage", phase.key()),
            href: format!("/projects?phase={}", phase.key()),
            count: here.len() as u64,
            cards: shown.collect(),
            more: here.len().saturating_sub(CARDS_SHOWN) as u64,
        }
    });
    let mut head = PageHead::new(Text::said("desk-board-title"));
    head.lead = Some(Text::said("desk-board-lead").with("n", desk.projects.len() as u64));
    head.actions = vec![Link::new("/projects/new", Text::said("desk-new"))];
    Ok(Page::new(
        "pages/desk/board",
        &BoardPage { head, board: Board { columns: columns.collect() } },
    ))
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![desk, board]
}
