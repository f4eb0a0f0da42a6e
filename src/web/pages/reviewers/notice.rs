//! The notice of a review (审定通知, FM-10), drawn up from the record: form, day and place, papers, who is called, what each must do before.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::document::may_read;
use quanheng_actions::profiles;
use quanheng_db::ballots;
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::ProjectRow;
use quanheng_db::register::{self, SeatRow};
use quanheng_domain::Keyed;
use quanheng_domain::ballot::{BallotForm, BallotPurpose, TallyRule};
use quanheng_domain::deadline;
use quanheng_domain::document::{DocumentCase, DocumentKind};
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::Actor;
use quanheng_domain::rules::{Profile, Rule, keys};
use quanheng_render::{Block, Cell, Paper, Table};
use rocket::{Route, State, get, post, routes};

use super::show::{self, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::typed::Typed;
use crate::views::Text;
use crate::voice;

/// What the paper is called in addresses.
const NAME: &str = "notice";

/// What the notice says, read in one snapshot.
struct File {
    project: ProjectRow,
    form: BallotForm,
    committee: String,
    /// Seats in their order with names and units; those with a vote first.
    called: Vec<(SeatRow, String, String)>,
    reviewers: Vec<String>,
    papers: Vec<DocumentRow>,
    /// Quorum and majority.
    rules: [Rule; 2],
    closes_at: Option<DateTime<Utc>>,
    /// Whether the reader keeps documents of the project.
    keeps: bool,
}

fn back(project: ProjectId) -> String {
    format!("/projects/{project}/review")
}

/// The address of the notice; nothing before the review has a day.
pub fn href(project: &ProjectRow) -> Option<String> {
    form_of(project)?;
    project.review_on.map(|_| format!("{}/{NAME}", back(project.id)))
}

fn form_of(project: &ProjectRow) -> Option<BallotForm> {
    project.review_form.as_deref().and_then(|form| BallotForm::from_key(form).ok())
}

fn read(
    conn: &mut AnyConn,
    id: ProjectId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<File, ActionError> {
    let desk = show::read(conn, id, actor, now)?;
    let (reviewers, keeps) = (desk.reviewers(), desk.keeps());
    let project = desk.project;
    let (Some(form), Some(day), Some(committee)) =
        (form_of(&project), project.review_on, project.committee_id)
    else {
        return Err(ActionError::NotFound);
    };
    let mut seats = register::seats_on(conn, committee, day)?;
    seats.retain(|seat| !seat.suspended && seat.role.may_speak());
    seats.sort_by_key(|seat| (!seat.role.is_voting(), seat.role, seat.rank, seat.id));
    let people =
        register::people_by(conn, &seats.iter().map(|seat| seat.person_id).collect::<Vec<_>>())?;
    let units: Vec<_> = seats.iter().filter_map(|seat| seat.organisation_id).collect();
    let units = register::organisations_by(conn, &units)?;
    let called = seats
        .into_iter()
        .map(|seat| {
            let person = people.iter().find(|row| row.id == seat.person_id);
            let unit = units.iter().find(|row| Some(row.id) == seat.organisation_id);
            let name = person.map(|row| row.name_zh.clone()).unwrap_or_default();
            (seat, name, unit.map(|row| row.name_zh.clone()).unwrap_or_default())
        })
        .collect();
    let profile = profiles::load(conn, project.profile_id)?;
    let papers = papers(conn, &project, &profile, actor)?;
    let rules = [
        profile.rule(TallyRule::quorum_key(BallotPurpose::Review, form)).clone(),
        profile.rule(TallyRule::pass_key(BallotPurpose::Review, form)).clone(),
    ];
    let ballot = ballots::latest_of(conn, id, BallotPurpose::Review)?;
    Ok(File {
        form,
        committee: register::committee(conn, committee)?.map(|row| row.name_zh).unwrap_or_default(),
        called,
        reviewers,
        papers,
        rules,
        closes_at: ballot.filter(|row| row.closed_at.is_none()).map(|row| row.closes_at),
        keeps,
        project,
    })
}

/// The papers that the rules release to the reviewers, the newest of each kind.
fn papers(
    conn: &mut AnyConn,
    project: &ProjectRow,
    profile: &Profile,
    actor: &Actor,
) -> Result<Vec<DocumentRow>, ActionError> {
    let case = DocumentCase { adoption: true, ..DocumentCase::plain(project.category) };
    let kinds = profile.documents(keys::DOCS_REVIEW, &case);
    let mut all = documents::of_project(conn, project.id)?;
    all.retain(|row| row.withdrawn_at.is_none() && may_read(project, row, actor));
    let newest = |kind: DocumentKind| {
        all.iter().filter(|row| row.kind == kind).max_by_key(|row| row.revision).cloned()
    };
    Ok(kinds.into_iter().filter_map(newest).collect())
}

fn paper(file: &File, base: &str, voice: &Voice<'_>) -> Paper {
    let project = &file.project;
    let title = Text::said("papers-notice-title").with("title", project.title_zh.as_str());
    let day = |day| voice.say(&Text::said("papers-on").with_date("day", day));
    let mut paper = voice.paper("papers-notice-title", "");
    paper.title = voice.say(&title);
    paper.header = project.number.clone().unwrap_or_default();
    let opening = match file.form {
        BallotForm::Meeting => "papers-notice-meeting",
        BallotForm::Correspondence => "papers-notice-correspondence",
    };
    let opening = Text::said(opening)
        .with("committee", file.committee.as_str())
        .with("title", project.title_zh.as_str());
    paper.blocks.push(Block::line(voice.word("papers-notice-whom")));
    paper.blocks.push(Block::paragraph(voice.say(&opening)));
    paper.blocks.push(voice.fields(fields(file, base, voice)));
    paper.blocks.push(Block::heading(voice.word("papers-notice-before")));
    for (at, key) in ["read", "declare", "absent", "vote"].iter().enumerate() {
        let said = Text::said(format!("papers-notice-{key}"))
            .with("n", at + 1)
            .with_text("quorum", &voice::rule_value(&file.rules[0]))
            .with_text("majority", &voice::rule_value(&file.rules[1]));
        paper.blocks.push(Block::paragraph(voice.say(&said)));
    }
    paper.blocks.push(Block::heading(voice.word("papers-notice-called")));
    paper.blocks.push(called(file, voice));
    paper.blocks.push(Block::right(file.committee.clone()));
    let sent = file.papers.iter().filter_map(|row| row.frozen_at).max();
    paper.blocks.push(Block::right(sent.map(|at| day(deadline::day_of(at))).unwrap_or_default()));
    paper
}

fn fields<'k>(file: &File, base: &str, voice: &Voice<'_>) -> Vec<(&'k str, String)> {
    let project = &file.project;
    let mut fields = vec![
        ("papers-notice-text", project.title_zh.clone()),
        ("papers-form", voice.say(&Text::word("ballot-form", file.form.key()))),
    ];
    if let Some(day) = project.review_on {
        fields.push(("papers-day", voice.say(&Text::said("papers-on").with_date("day", day))));
    }
    if !project.review_place.is_empty() {
        fields.push(("papers-place", project.review_place.clone()));
    }
    if let Some(until) = file.closes_at {
        let until = Text::said("papers-until").with_deadline("until", until.to_rfc3339());
        fields.push(("papers-notice-until", voice.say(&until)));
    }
    if !file.reviewers.is_empty() {
        fields.push(("papers-review-reviewer", file.reviewers.join("、")));
    }
    let paper = |row: &DocumentRow| {
        let at = format!("{base}/projects/{}/documents/{}", project.id, row.ordinal);
        format!("{}  {at}", voice.say(&Text::word("document-kind", row.kind.key())))
    };
    let papers: Vec<String> = file.papers.iter().map(paper).collect();
    fields.push(("papers-notice-papers", papers.join("\n")));
    fields.push(("papers-notice-page", format!("{base}/projects/{}/review", project.id)));
    fields
}

fn called(file: &File, voice: &Voice<'_>) -> Block {
    let row = |(at, (seat, name, unit)): (usize, &(SeatRow, String, String))| {
        let vote =
            if seat.role.is_voting() { "papers-notice-votes" } else { "papers-notice-speaks" };
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::centred(&**name),
            Cell::centred(voice.say(&Text::word("role", seat.role.key()))),
            Cell::new(&**unit),
            Cell::centred(voice.word(vote)),
        ]
    };
    Block::Table(Table {
        columns: vec![9, 20, 18, 36, 17],
        head: voice.headings(&[
            "papers-no",
            "papers-name",
            "papers-post",
            "papers-unit",
            "papers-notice-right",
        ]),
        rows: file.called.iter().enumerate().map(row).collect(),
    })
}

#[get("/projects/<id>/review/<name>")]
async fn show_notice(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    name: &str,
) -> Result<Official, WebError> {
    let (project, now) = (project_id(id)?, app.now());
    let (name, form) = Form::split(name);
    if name != NAME {
        return Err(WebError::not_found());
    }
    let actor = signed_in.actor;
    let file = app.read(move |conn| read(conn, project, &actor, now)).await?;
    let paper = paper(&file, &app.base_url, &official_voice(app));
    let back = back(project);
    let at = format!("{back}/{NAME}");
    let place = Place { at: &at, back: &back, keeps: file.keeps };
    official(app, paper, form.unwrap_or(Form::Html), place).await
}

#[post("/projects/<id>/review/<name>", data = "<typed>")]
async fn keep(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    name: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let (project, now, actor) = (project_id(id)?, app.now(), signed_in.actor.clone());
    if name != NAME {
        return Err(WebError::not_found());
    }
    let file = app.read(move |conn| read(conn, project, &actor, now)).await?;
    let paper = paper(&file, &app.base_url, &official_voice(app));
    let (kind, back) = (DocumentKind::ReviewNotice, back(project));
    kept(app, typed.once(), signed_in.actor, project, kind, paper, &back).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show_notice, keep]
}
