//! The letter that asks for comments (征求意见函, FM-06) before its round is open: the rules want it among the papers when the round begins.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::project::details::Details;
use quanheng_actions::project::load::standing;
use quanheng_actions::round::open::asked_inside;
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register;
use quanheng_domain::deadline;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::rules::RecipientClass;
use quanheng_domain::stage::Stage;
use quanheng_render::{Block, Paper};
use rocket::{Route, State, get, post, routes};

use super::forms::word;
use super::show::{Section, project_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::pages::consultations::recipients;
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::typed::Typed;
use crate::views::{PaperLine, Text};

/// What the paper is called in addresses.
const NAME: &str = "asking";

/// What the letter says, read in one snapshot.
struct File {
    project: ProjectRow,
    committee: String,
    draft: Option<DocumentRow>,
    asked: Vec<(RecipientClass, String)>,
    now: DateTime<Utc>,
}

fn at(project: ProjectId) -> String {
    format!("/projects/{project}/letters/{NAME}")
}

/// The letter as a line of the project page: to the secretariat, while a round is about to be opened.
pub fn line(row: &ProjectRow, secretariat: bool) -> Option<PaperLine> {
    let time = matches!(row.stage, Stage::DraftAccepted | Stage::CommentsAgain);
    (time && secretariat)
        .then(|| PaperLine::new(at(row.id), word(DocumentKind::CommentLetter), true))
}

fn read(
    conn: &mut AnyConn,
    id: ProjectId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<File, ActionError> {
    let project = projects::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let secretariat = actor.parties(&standing(&project).owners).contains(&Party::Secretariat);
    if line(&project, secretariat).is_none() {
        return Err(ActionError::NotFound);
    }
    let committee = match project.committee_id {
        Some(committee) => register::committee(conn, committee)?,
        None => None,
    };
    let inside = asked_inside(conn, &project, deadline::day_of(now))?;
    let outside = Details::read(&project.details)?.asked;
    let asked = inside.into_iter().map(|(_, class, name)| (class, name));
    Ok(File {
        committee: committee.map(|row| row.name_zh).unwrap_or_default(),
        draft: documents::newest(conn, id, DocumentKind::CommentDraft)?,
        asked: asked.chain(outside.into_iter().map(|unit| (unit.class, unit.name))).collect(),
        now,
        project,
    })
}

fn paper(file: &File, base: &str, voice: &Voice<'_>) -> Paper {
    let File { project, draft, asked, .. } = file;
    let titled = |key: &str| Text::said(key).with("title", project.title_zh.as_str());
    let here = format!("{base}{}", Section::Comments.href(project.id));
    let mut fields = vec![("letter-field-text", project.title_zh.clone())];
    fields.extend(project.number.iter().map(|number| ("letter-field-number", number.clone())));
    if let Some(draft) = draft {
        let version = Text::said("drafts-version")
            .with_text("kind", &word(draft.kind))
            .with("n", draft.revision);
        fields.push(("letter-field-draft", voice.say(&version)));
        fields.push(("letter-field-hash", draft.sha256.clone()));
    }
    let day = Text::said("letter-day").with_date("day", deadline::day_of(file.now));
    let say = |text: &Text| voice.say(text);
    Paper {
        title: voice.say(&titled("letter-title")),
        header: project.number.clone().unwrap_or_default(),
        language: voice.locale.to_string(),
        blocks: vec![
            Block::line(voice.word("letter-whom")),
            Block::paragraph(voice.say(&titled("letter-asks-ahead"))),
            Block::paragraph(voice.say(&Text::said("letter-how").with("address", here))),
            voice.fields(fields),
            Block::heading(voice.word("letter-recipients")),
            recipients(asked.iter().map(|(class, name)| (*class, name.as_str())), &say),
            Block::note(voice.word("letter-privacy")),
            Block::right(file.committee.clone()),
            Block::right(voice.say(&day)),
        ],
        ..Paper::default()
    }
}

#[get("/projects/<id>/letters/<name>")]
async fn show(
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
    let file = app.read(move |conn| read(conn, project, &signed_in.actor, now)).await?;
    let paper = paper(&file, &app.base_url, &official_voice(app));
    let (at, back) = (at(project), Section::Comments.href(project));
    let place = Place { at: &at, back: &back, keeps: true };
    official(app, paper, form.unwrap_or(Form::Html), place).await
}

#[post("/projects/<id>/letters/<name>", data = "<typed>")]
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
    let (kind, back) = (DocumentKind::CommentLetter, Section::Comments.href(project));
    kept(app, typed.once(), signed_in.actor, project, kind, paper, &back).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, keep]
}
