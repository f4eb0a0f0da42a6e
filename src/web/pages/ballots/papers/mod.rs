//! The papers of a ballot (FM-11 to FM-13): filled from what is on record, for print, for Word and as PDF files.

mod outcome;
mod roll;

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_db::ballots::RollRow;
use quanheng_db::conn::AnyConn;
use quanheng_db::{projects, register, reviews};
use quanheng_domain::ballot::BallotForm;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::{BallotId, ProjectId};
use quanheng_domain::people::{Actor, Party, ProjectRole};
use quanheng_domain::records::Choice;
use quanheng_domain::reviewer::ReviewPoint;
use quanheng_domain::{Keyed, keyed};
use quanheng_render::Paper;
use rocket::{Route, State, get, post, routes};
use std::collections::BTreeMap;

use super::file::{BallotFile, read_whole};
use super::show::ballot_id;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::typed::Typed;
use crate::views::Text;

keyed! {
    /// A paper of a ballot; the key is part of its address.
    ReviewPaper as "paper of a ballot" {
        /// FM-11 签到表
        SignIn = "sign-in",
        /// FM-12 表决票
        Ballots = "ballots",
        /// FM-13 审定意见书
        Conclusion = "conclusion",
        /// 会议纪要
        Minutes = "minutes",
        /// 无表决权人员意见
        Opinions = "opinions",
        /// 不同意见及依据材料
        Dissent = "dissent",
    }
}

impl ReviewPaper {
    /// What it is called.
    pub fn name(self) -> Text {
        Text::word("review-paper", self.key())
    }

    /// The document that it is once somebody keeps it.
    pub fn document(self) -> DocumentKind {
        match self {
            Self::SignIn => DocumentKind::SignInSheet,
            Self::Ballots => DocumentKind::BallotPapers,
            Self::Conclusion => DocumentKind::ReviewConclusion,
            Self::Minutes => DocumentKind::Minutes,
            Self::Opinions => DocumentKind::NonVoterOpinions,
            Self::Dissent => DocumentKind::DissentPapers,
        }
    }

    /// True when there is something to put on it.
    pub fn is_there(self, file: &BallotFile) -> bool {
        let meets = file.ballot.form == BallotForm::Meeting;
        match self {
            Self::SignIn => meets,
            Self::Ballots => true,
            Self::Conclusion => file.ballot.is_counted(),
            Self::Minutes => meets && file.ballot.is_counted(),
            Self::Opinions => !file.opinions.is_empty(),
            Self::Dissent => objections(file).next().is_some(),
        }
    }
}

/// What the papers say besides what is on the page of the ballot.
pub struct Filled {
    /// The ballot.
    pub file: BallotFile,
    /// Professional titles of those on the roll.
    titles: BTreeMap<quanheng_domain::ids::PersonId, String>,
    /// The principal reviewers of the project.
    reviewers: Vec<(quanheng_domain::ids::PersonId, String)>,
    /// What the principal reviewers wrote about each point, as handed in.
    judged: Vec<(ReviewPoint, String)>,
}

/// Reads a ballot for its papers.
///
/// # Errors
/// As the page of the ballot.
pub fn filled(
    conn: &mut AnyConn,
    id: BallotId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Filled, ActionError> {
    let file = read_whole(conn, id, actor, now)?;
    let ids: Vec<_> = file.roll.iter().map(|line| line.person_id).collect();
    let people = register::people_by(conn, &ids)?;
    let titles = people.into_iter().map(|person| (person.id, person.title)).collect();
    let mut reviewers = Vec::new();
    let reviews = file.ballot.purpose.kind().concludes_review;
    if let Some(project) = file.project.as_ref().filter(|_| reviews) {
        let named = projects::people_of(conn, project.id)?;
        let ids: Vec<_> = named
            .iter()
            .filter(|person| person.role == ProjectRole::PrincipalReviewer)
            .map(|person| person.person_id)
            .collect();
        reviewers
            .extend(register::people_by(conn, &ids)?.into_iter().map(|row| (row.id, row.name_zh)));
    }
    let judged = match file.project.as_ref().filter(|_| reviews) {
        Some(project) => judged(conn, project.id)?,
        None => Vec::new(),
    };
    Ok(Filled { file, titles, reviewers, judged })
}

/// What stands in the forms of the principal reviewers that were handed in, point by point.
fn judged(
    conn: &mut AnyConn,
    project: ProjectId,
) -> Result<Vec<(ReviewPoint, String)>, ActionError> {
    let mut judged = Vec::new();
    for review in reviews::of_project(conn, project)? {
        if review.submitted_at.is_none() || review.ended_at.is_some() {
            continue;
        }
        let said = |point: &ReviewPoint| {
            let said = review.checklist.get(point.key())?.as_str()?.trim();
            (!said.is_empty()).then(|| (*point, said.to_owned()))
        };
        judged.extend(ReviewPoint::ALL.iter().filter_map(said));
    }
    Ok(judged)
}

/// The text or question that the ballot is about.
fn about(file: &BallotFile) -> String {
    let title = file.project.as_ref().map_or(&file.ballot.question, |project| &project.title_zh);
    title.clone()
}

/// Those who did not agree and gave their reasons.
fn objections(
    file: &BallotFile,
) -> impl Iterator<Item = (&RollRow, &quanheng_db::ballots::VoteRow)> {
    file.roll.iter().filter(|line| line.may_vote).filter_map(|line| {
        let vote = file.votes.get(&line.person_id)?.last()?;
        (vote.choice != Choice::Yes && !vote.reason.is_empty()).then_some((line, vote))
    })
}

/// A paper with its words.
pub fn paper(kind: ReviewPaper, filled: &Filled, voice: &Voice<'_>) -> Paper {
    let mut paper = match kind {
        ReviewPaper::SignIn => roll::sign_in(filled, voice),
        ReviewPaper::Ballots => roll::ballots(filled, voice),
        ReviewPaper::Conclusion => outcome::conclusion(filled, voice),
        ReviewPaper::Minutes => outcome::minutes(filled, voice),
        ReviewPaper::Opinions => outcome::opinions(filled, voice),
        ReviewPaper::Dissent => outcome::dissent(filled, voice),
    };
    let file = &filled.file;
    let code = file.committee.as_ref().and_then(|committee| committee.code.clone());
    let number = file.project.as_ref().and_then(|project| project.number.clone());
    // The number of a project mostly begins with the code of its committee.
    let code = code.filter(|code| !number.as_ref().is_some_and(|number| number.starts_with(code)));
    paper.header = code.into_iter().chain(number).collect::<Vec<_>>().join("  ");
    paper
}

/// A paper of a ballot in the form its address asks for.
///
/// # Errors
/// Not found for readers who may not know of the ballot, other names, and papers on which nothing would stand.
pub async fn handed(
    app: &App,
    actor: Actor,
    locale: quanheng_domain::Locale,
    id: &str,
    name: &str,
) -> Result<Official, WebError> {
    let (id, now) = (ballot_id(id)?, app.now());
    let (name, form) = Form::split(name);
    let kind = ReviewPaper::from_key(name).map_err(|_| WebError::not_found())?;
    let filled = app.read(move |conn| filled(conn, id, &actor, now)).await?;
    if !kind.is_there(&filled.file) {
        return Err(WebError::not_found());
    }
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale };
    let back = format!("/ballots/{id}");
    let at = format!("{back}/papers/{}", kind.key());
    let place = Place { at: &at, back: &back, keeps: keeps(&filled.file) };
    official(app, paper(kind, &filled, &voice), form.unwrap_or(Form::Html), place).await
}

/// Whether the reader keeps papers of the ballot in its project.
pub fn keeps(file: &BallotFile) -> bool {
    file.project.is_some() && file.parties.contains(&Party::Secretariat)
}

#[post("/ballots/<id>/papers/<name>", data = "<typed>")]
async fn keep(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    name: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let (ballot, now, actor) = (ballot_id(id)?, app.now(), signed_in.actor.clone());
    let kind = ReviewPaper::from_key(name).map_err(|_| WebError::not_found())?;
    let filled = app.read(move |conn| filled(conn, ballot, &actor, now)).await?;
    let project = filled.file.ballot.project_id.filter(|_| kind.is_there(&filled.file));
    let project = project.ok_or_else(WebError::not_found)?;
    let paper = paper(kind, &filled, &official_voice(app));
    let (document, back) = (kind.document(), format!("/ballots/{ballot}"));
    kept(app, typed.once(), signed_in.actor, project, document, paper, &back).await
}

#[get("/ballots/<id>/papers/<name>")]
async fn show(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: crate::Visitor,
    id: &str,
    name: &str,
) -> Result<Official, WebError> {
    handed(app, signed_in.actor, visitor.locale, id, name).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, keep]
}
