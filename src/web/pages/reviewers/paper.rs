//! The form of a principal reviewer (主审意见表, FM-14), for print, as a Word document and as PDF.

use quanheng_db::reviews::{FindingRow, ReviewRow};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ObjectId;
use quanheng_domain::reviewer::ReviewPoint;
use quanheng_domain::{Keyed, deadline};
use quanheng_render::{Block, Cell, Paper, Signature, Table};
use rocket::{Route, State, get, post, routes};

use super::show::{Desk, desk_of, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::typed::Typed;
use crate::views::Text;

/// What the paper is called in addresses.
const NAME: &str = "form";

/// What was written about each point.
fn points(row: &ReviewRow, voice: &Voice<'_>) -> Block {
    let said = |point: &ReviewPoint| {
        let said = row.checklist.get(point.key()).and_then(|said| said.as_str()).unwrap_or("");
        let name = voice.say(&Text::word("review-point", point.key()));
        vec![Cell::new(name), Cell::new(said)]
    };
    Block::Table(Table {
        columns: vec![2, 3],
        head: voice.headings(&["papers-eval-item", "papers-eval-opinion"]),
        rows: ReviewPoint::ALL.iter().map(said).collect(),
    })
}

/// The findings with what the drafters answered.
fn found(findings: &[FindingRow], voice: &Voice<'_>) -> Block {
    if findings.is_empty() {
        return Block::paragraph(voice.word("papers-none"));
    }
    let line = |row: &FindingRow| {
        vec![
            Cell::centred(row.ordinal.to_string()),
            Cell::centred(&*row.clause),
            Cell::centred(voice.say(&Text::word("severity", row.severity.key()))),
            Cell::new(&*row.body),
            Cell::new(&*row.proposal),
            Cell::new(&*row.answer),
        ]
    };
    Block::Table(Table {
        columns: vec![9, 11, 12, 26, 21, 21],
        head: voice.headings(&[
            "papers-no",
            "papers-clause",
            "papers-review-severity",
            "papers-review-finding",
            "papers-review-proposal",
            "papers-review-answer",
        ]),
        rows: findings.iter().map(line).collect(),
    })
}

/// The paper of a review; nothing for a review that is none of the project's.
fn paper(desk: &Desk, review: ObjectId, voice: &Voice<'_>) -> Option<Paper> {
    let (row, findings) = desk.reviews.iter().find(|(row, _)| row.id == review)?;
    // Until it is handed in, what is written is the reviewer's own.
    if row.submitted_at.is_none() && desk.me != Some(row.person_id) {
        return None;
    }
    let date = |day| voice.say(&Text::said("papers-on").with_date("day", day));
    let mut paper = voice.paper("papers-review-title", &desk.project.title_zh);
    paper.header = desk.project.number.clone().unwrap_or_default();
    let mut head = vec![("papers-review-reviewer", desk.name(row.person_id))];
    if !row.qualification.is_empty() {
        let until = row.valid_until.map(date).unwrap_or_default();
        let held = Text::said("papers-review-held").with("number", row.qualification.as_str());
        head.push(("papers-review-qualification", voice.say(&held.with("until", until))));
    }
    head.push(("papers-review-assigned", desk.name(row.assigned_by)));
    head.push(("papers-day", date(deadline::day_of(row.submitted_at.unwrap_or(row.assigned_at)))));
    // Nobody is named who drafts or is of a drafting unit, so that the form can say it.
    head.push(("papers-review-interest", voice.word("papers-review-no-interest")));
    paper.blocks.push(voice.fields(head));
    paper.blocks.push(Block::heading(voice.word("papers-review-points")));
    paper.blocks.push(points(row, voice));
    paper.blocks.push(Block::heading(voice.word("papers-review-findings")));
    paper.blocks.push(found(findings, voice));
    paper.blocks.push(Block::heading(voice.word("papers-review-opinion")));
    paper.blocks.push(Block::paragraph(if row.opinion.is_empty() { "\n\n" } else { &row.opinion }));
    paper.blocks.push(Block::heading(voice.word("papers-review-recommendation")));
    let recommended = row.recommendation.map(|it| Text::word("recommendation", it.key()));
    paper.blocks.push(Block::paragraph(recommended.map(|it| voice.say(&it)).unwrap_or_default()));
    let signed = row.submitted_at;
    paper.blocks.push(Block::Signatures {
        signatures: vec![
            Signature {
                label: voice.word("papers-sign-reviewer"),
                name: signed.map(|_| desk.name(row.person_id)).unwrap_or_default(),
                at: String::new(),
            },
            Signature {
                label: voice.word("papers-sign-day"),
                name: signed.map(|at| date(deadline::day_of(at))).unwrap_or_default(),
                at: String::new(),
            },
        ],
    });
    Some(paper)
}

#[get("/projects/<id>/reviews/<review>/<name>")]
async fn show(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: crate::Visitor,
    id: &str,
    review: &str,
    name: &str,
) -> Result<Official, WebError> {
    let project = project_id(id)?;
    let review: ObjectId = review.parse().map_err(|_| WebError::not_found())?;
    let (name, form) = Form::split(name);
    if name != NAME {
        return Err(WebError::not_found());
    }
    let desk = desk_of(app, signed_in.actor, project).await?;
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale: visitor.locale };
    let paper = paper(&desk, review, &voice).ok_or_else(WebError::not_found)?;
    let back = format!("/projects/{project}/reviewers");
    let at = format!("/projects/{project}/reviews/{review}/{NAME}");
    let place = Place { at: &at, back: &back, keeps: desk.keeps() };
    official(app, paper, form.unwrap_or(Form::Html), place).await
}

#[post("/projects/<id>/reviews/<review>/form", data = "<typed>")]
async fn keep(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    review: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let review: ObjectId = review.parse().map_err(|_| WebError::not_found())?;
    let desk = desk_of(app, signed_in.actor.clone(), project).await?;
    let paper = paper(&desk, review, &official_voice(app)).ok_or_else(WebError::not_found)?;
    let (kind, back) = (DocumentKind::PrincipalReview, format!("/projects/{project}/reviewers"));
    kept(app, typed.once(), signed_in.actor, project, kind, paper, &back).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, keep]
}
