//! Why does it say this (条款沿革): the wordings of a clause through the versions, with the comments and votes that each had.

use quanheng_actions::ActionError;
use quanheng_actions::ballot::tally;
use quanheng_actions::document;
use quanheng_actions::document::place::{self, Placed};
use quanheng_actions::document::versions::{self, Compared, Version};
use quanheng_db::ballots::{self, BallotRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_domain::Keyed;
use quanheng_domain::ballot::Tally;
use quanheng_domain::clause::{Clause, Relation};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::Actor;
use quanheng_text::diff;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::projects::word;
use super::compare::{href, label, state};
use super::diff_view::{Side, SideView};
use super::text::project_id;
use super::{ClauseView, anchor, encoded, text_href};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{Crumb, Link, PageHead, Pill, Text, Tone};

/// The address of the history of a clause.
pub fn history_href(project: ProjectId, ordinal: i32, key: &str) -> String {
    format!("/projects/{project}/documents/{ordinal}/history?clause={}", encoded(key))
}

#[derive(Serialize)]
struct HistoryPage {
    head: PageHead,
    steps: Vec<Step>,
}

/// A version, the newest first.
#[derive(Serialize)]
struct Step {
    version: Link,
    at: String,
    state: Option<Pill>,
    unsure: bool,
    compare: Option<Link>,
    wording: Option<SideView>,
    clause: Option<ClauseView>,
    opinions: Vec<Opinion>,
    votes: Vec<Vote>,
    papers: Vec<Link>,
}

/// A vote on the version, with its result once it is closed and the conclusion once it is signed.
#[derive(Serialize)]
struct Vote {
    ballot: Link,
    sentence: Option<Text>,
    conclusion: String,
}

#[derive(Serialize)]
struct Opinion {
    number: Link,
    body: String,
    proposal: String,
    disposition: Option<Pill>,
    reason: String,
}

/// A version with the clause as it stood there.
struct Stage {
    version: Version,
    clause: Clause,
    /// The clause of the version before and whether the match is certain; none when it is new here or there is no version before.
    former: Option<(Version, Clause, bool)>,
    relation: Option<Relation>,
    opinions: Vec<Placed>,
    votes: Vec<(BallotRow, Option<Tally>)>,
    /// Minutes and conclusions that were entered while this version was the newest.
    papers: Vec<DocumentRow>,
    inside: bool,
}

struct File {
    project: ProjectId,
    stages: Vec<Stage>,
}

/// The version before another in the list of what can be compared.
fn former(all: &[Version], here: &Version) -> Option<Version> {
    let at = all.iter().position(|version| version.document.id == here.document.id)?;
    at.checked_sub(1).map(|at| all[at].clone())
}

fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
    key: &str,
) -> Result<File, ActionError> {
    let mut here = versions::version(conn, actor, project, &ordinal.to_string())?;
    let all = versions::versions(conn, actor, &here.project)?;
    let mut text = place::text_of(conn, Some(here.document.id))?;
    let mut at = text.iter().position(|clause| clause.key == key).ok_or(ActionError::NotFound)?;
    let mut stages = Vec::new();
    loop {
        let mut stage = stage(conn, actor, &here, &text, at)?;
        let Some(before) = former(&all, &here) else {
            stages.push(stage);
            break;
        };
        let Compared { old, new: _, links } =
            versions::compared(conn, before.document.id, here.document.id)?;
        let link = links.iter().find(|link| link.new == Some(at));
        stage.relation = link.map(|link| link.relation);
        let Some((link, from)) = link.and_then(|link| Some((link, link.old?))) else {
            stages.push(stage);
            break;
        };
        stage.former = Some((before.clone(), old[from].clone(), link.sure));
        stages.push(stage);
        (here, text, at) = (before, old, from);
    }
    Ok(File { project, stages })
}

fn stage(
    conn: &mut AnyConn,
    actor: &Actor,
    version: &Version,
    text: &[Clause],
    at: usize,
) -> Result<Stage, ActionError> {
    let clause = text[at].clone();
    let mut opinions = place::placed(conn, actor, &version.project, &version.document, text)?;
    // Those carried here from an earlier version are shown where they were made.
    opinions.retain(|placed| {
        placed.key == clause.key && placed.round.document_id == Some(version.document.id)
    });
    let inside = versions::inside(&version.project, actor);
    let mut votes = Vec::new();
    if inside {
        for ballot in ballots::of_project(conn, version.project.id)? {
            if ballot.document_id == Some(version.document.id) {
                let closed = ballot.closed_at.is_some();
                let tally = closed.then(|| tally::of(conn, &ballot)).transpose()?;
                votes.push((ballot, tally));
            }
        }
    }
    let papers = papers(conn, actor, version)?;
    Ok(Stage {
        version: version.clone(),
        clause,
        former: None,
        relation: None,
        opinions,
        votes,
        papers,
        inside,
    })
}

/// Minutes and conclusions of meetings that the reader may see, entered after this version and before the next one.
fn papers(
    conn: &mut AnyConn,
    actor: &Actor,
    version: &Version,
) -> Result<Vec<DocumentRow>, ActionError> {
    let all = documents::of_project(conn, version.project.id)?;
    let later = all.iter().filter(|row| {
        row.ordinal > version.document.ordinal && row.kind.is_text() && row.withdrawn_at.is_none()
    });
    let next = later.map(|row| row.ordinal).min().unwrap_or(i32::MAX);
    let mut found = all;
    found.retain(|row| {
        (version.document.ordinal..next).contains(&row.ordinal)
            && matches!(row.kind, DocumentKind::ReviewConclusion | DocumentKind::Minutes)
            && row.withdrawn_at.is_none()
            && document::may_read(&version.project, row, actor)
    });
    Ok(found)
}

fn step(project: ProjectId, stage: &Stage) -> Step {
    let version = &stage.version;
    let here = text_href(version.project.id, version.document.ordinal);
    let wording =
        stage.former.as_ref().map(|(_, old, _)| Side::Both.of(&diff::clause(old, &stage.clause)));
    Step {
        version: Link::new(
            format!("{here}#{}", anchor(&stage.clause.key)),
            label(project, version),
        ),
        at: version.document.uploaded_at.to_rfc3339(),
        state: stage.relation.map(state),
        unsure: stage.former.as_ref().is_some_and(|(.., sure)| !sure),
        compare: stage.former.as_ref().map(|(before, ..)| {
            let text =
                Text::said("drafts-compare-with").with_text("other", &label(project, before));
            Link::new(
                format!("{}#{}", href(project, before, version), anchor(&stage.clause.key)),
                text,
            )
        }),
        clause: wording.is_none().then(|| ClauseView::of(&stage.clause)),
        wording,
        opinions: stage.opinions.iter().map(|placed| opinion(placed, stage.inside)).collect(),
        votes: stage.votes.iter().map(|(ballot, tally)| vote(ballot, tally.as_ref())).collect(),
        papers: stage.papers.iter().map(paper).collect(),
    }
}

fn paper(row: &DocumentRow) -> Link {
    let href = format!("/projects/{}/documents/{}", row.project_id, row.ordinal);
    let text = Text::said("history-paper")
        .with_text("kind", &word(row.kind))
        .with("name", row.title.as_str())
        .with_instant("at", row.uploaded_at.to_rfc3339());
    Link::new(href, text)
}

fn opinion(placed: &Placed, inside: bool) -> Opinion {
    let row = &placed.comment;
    let answered = inside || row.published_at.is_some();
    let given = row.disposition.filter(|_| answered);
    Opinion {
        number: Link::new(
            format!("/consultations/{}#c{}", placed.round.id, row.serial),
            Text::said("rounds-number").with("n", row.serial),
        ),
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        disposition: given.map(|code| Pill::new(Text::word("disposition", code.key()), Tone::Info)),
        reason: if answered { row.disposition_reason.clone() } else { String::new() },
    }
}

fn vote(ballot: &BallotRow, tally: Option<&Tally>) -> Vote {
    let ended = ballot.closed_at.unwrap_or(ballot.closes_at);
    let text = Text::said(if tally.is_some() { "history-voted" } else { "history-voting" })
        .with_text("purpose", &word(ballot.purpose))
        .with_instant("at", ended.to_rfc3339());
    let signed = ballot.signed_at.is_some();
    Vote {
        ballot: Link::new(format!("/ballots/{}", ballot.id), text),
        sentence: tally.map(crate::tally::sentence),
        // Before it is signed the conclusion is a draft.
        conclusion: if signed { ballot.conclusion.clone() } else { String::new() },
    }
}

#[get("/projects/<id>/documents/<ordinal>/history?<clause>")]
async fn history(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    ordinal: i32,
    clause: &str,
) -> Result<Page, WebError> {
    let (project, key) = (project_id(id)?, clause.to_owned());
    let file = app.read(move |conn| read(conn, &visitor.actor, project, ordinal, &key)).await?;
    let Some(newest) = file.stages.first() else { return Err(WebError::not_found()) };
    let version = &newest.version;
    let mut head = PageHead::new(Text::said("history-title").with("clause", newest.clause.title()));
    head.crumbs = super::text::crumbs(&version.project, &version.document);
    head.crumbs.push(Crumb { text: Text::said("history-why"), href: None });
    head.code = version.project.number.clone();
    head.lead = Some(Text::plain(&version.project.title_zh));
    let steps = file.stages.iter().map(|stage| step(file.project, stage)).collect();
    Ok(Page::new("pages/drafts/history", &HistoryPage { head, steps }))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![history]
}
