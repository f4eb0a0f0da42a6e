//! The project page: head, beam and whose turn it is over one of its parts, each with an address of its own.

mod adjustments;
mod asked;
mod blocks;
mod disputes;
mod head;
mod joint;
mod opinions;
mod papers;
mod people;
mod trail;

use quanheng_actions::document::dossier;
use quanheng_actions::specification::slip;
use quanheng_domain::Keyed;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::Party;
use rocket::http::Status;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::cards::{cards, is_in_reach};
use super::file::{self, ProjectFile};
use super::forms::{Again, FormView};
use super::letter;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::pages::reviewers::notice;
use crate::typed::{Kept, Typed};
use crate::views::{
    Beam, Column, CommentCard, DataBlock, Empty, EventRow, Field, FormFault, Link, MoveCard,
    PageHead, PaperLine, Row, RuleCite, Tab, Table, Tabs, Text, Turn,
};

pub use asked::MOST as MOST_ASKED;
pub use head::tone;

/// Either where to go, or the page again with what was typed.
pub type Done = Result<Answer, Page>;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Moves, people, facts.
    Overview,
    /// Documents and their revisions.
    Documents,
    /// Comment rounds and objections.
    Comments,
    /// Ballots.
    Review,
    /// Events.
    History,
    /// Mail.
    Mails,
}

impl Section {
    /// The part that holds a form of the page.
    fn of_form(form: &str) -> Self {
        match form {
            "document" => Self::Documents,
            "objection" | "asked" | "hearing" => Self::Comments,
            answer if answer.starts_with("answer-") => Self::Comments,
            "ballot" => Self::Review,
            _ => Self::Overview,
        }
    }

    /// The address of the part.
    pub fn href(self, project: ProjectId) -> String {
        let part = match self {
            Self::Overview => return format!("/projects/{project}"),
            Self::Documents => "documents",
            Self::Comments => "comments",
            Self::Review => "review",
            Self::History => "history",
            Self::Mails => "mails",
        };
        format!("/projects/{project}/{part}")
    }
}

/// The view of `pages/projects/show`; one of the parts is filled.
#[derive(Serialize)]
struct ProjectPage {
    head: PageHead,
    faults: Vec<FormFault>,
    /// The rule that refused the form that came back.
    cite: Option<RuleCite>,
    /// What was typed into a form that the page no longer has.
    typed: Vec<Kept>,
    tabs: Tabs,
    beam: Beam,
    turn: Option<Turn>,
    overview: Option<Overview>,
    documents: Option<Documents>,
    comments: Option<Comments>,
    review: Option<Review>,
    history: Option<Vec<EventRow>>,
    mails: Option<Table>,
}

#[derive(Serialize)]
struct Overview {
    moves: Vec<MoveCard>,
    other_moves: Vec<MoveCard>,
    adjustments: Table,
    adjustment: Option<FormView>,
    refusal: Option<FormView>,
    joint: Option<joint::Joint>,
    people: Vec<people::PersonLine>,
    naming: Option<FormView>,
    naming_open: bool,
    units: Vec<people::UnitLine>,
    unit_naming: Option<FormView>,
    unit_naming_open: bool,
    consents: Vec<people::ConsentLine>,
    consent: Option<FormView>,
    blocks: Vec<DataBlock>,
    deadlines: Vec<blocks::DeadlineLine>,
    latest: Vec<EventRow>,
    all: Link,
}

#[derive(Serialize)]
struct Documents {
    /// The page of the dossier, for those who put it together or receive it.
    dossier: Option<String>,
    /// The items of an amendment slip or corrigendum.
    slip: Option<String>,
    papers: Vec<papers::Paper>,
    upload: Option<papers::UploadView>,
    upload_open: bool,
}

#[derive(Serialize)]
struct Comments {
    rounds: Table,
    letter: Option<PaperLine>,
    asked: Option<asked::AskedView>,
    hearing: Option<FormView>,
    publication: Option<FormView>,
    objections: Vec<opinions::ObjectionLine>,
    objection: Option<FormView>,
}

#[derive(Serialize)]
struct Review {
    reviewers: String,
    /// The notice of the review, for those inside once it has a day.
    notice: Option<String>,
    disputes: Vec<CommentCard>,
    ballots: Table,
    opening: Option<FormView>,
}

/// The project of an address; anything else is not found.
pub fn project_id(id: &str) -> Result<ProjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

/// The answer to a form of the page: on the way, or the page again with the faults at their fields.
pub async fn finish(
    app: &App,
    visitor: &Visitor,
    project: ProjectId,
    form: &str,
    typed: Typed,
    done: Result<Answer, WebError>,
) -> Result<Done, WebError> {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let status = error.status;
    let again = Again::of(form, typed, error)?;
    once_more(app, visitor, project, &again, status).await
}

/// The page again with a form that was not taken, and why.
pub async fn once_more(
    app: &App,
    visitor: &Visitor,
    project: ProjectId,
    again: &Again,
    status: Status,
) -> Result<Done, WebError> {
    let view = view(app, visitor, project, Section::of_form(&again.form), Some(again)).await?;
    Ok(Err(Page::new("pages/projects/show", &view).status(status)))
}

async fn page(app: &App, visitor: &Visitor, id: &str, section: Section) -> Result<Page, WebError> {
    let view = view(app, visitor, project_id(id)?, section, None).await?;
    Ok(Page::new("pages/projects/show", &view))
}

#[get("/projects/<id>")]
async fn overview(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::Overview).await
}

#[get("/projects/<id>/documents")]
async fn documents(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::Documents).await
}

#[get("/projects/<id>/comments")]
async fn comments(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::Comments).await
}

#[get("/projects/<id>/review")]
async fn review(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::Review).await
}

#[get("/projects/<id>/history")]
async fn history(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::History).await
}

#[get("/projects/<id>/mails")]
async fn mails(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    page(app, &visitor, id, Section::Mails).await
}

async fn view(
    app: &App,
    visitor: &Visitor,
    id: ProjectId,
    section: Section,
    again: Option<&Again>,
) -> Result<ProjectPage, WebError> {
    let (actor, now) = (visitor.actor.clone(), app.now());
    let file = app.read(move |conn| file::read(conn, id, section, &actor, now)).await?;
    if !file.inside && matches!(section, Section::Review | Section::Mails) {
        return Err(WebError::not_found());
    }
    let mut page = ProjectPage {
        head: head::head(&file),
        faults: Vec::new(),
        cite: again.and_then(|again| again.cite.clone()),
        typed: Vec::new(),
        tabs: tabs(&file, section),
        beam: head::beam(&file),
        turn: head::turn(&file),
        overview: None,
        documents: None,
        comments: None,
        review: None,
        history: None,
        mails: None,
    };
    match section {
        Section::Overview => page.overview = Some(overview_of(&file, again)),
        Section::Documents => {
            let sees_dossier = dossier::may_open(&file.loaded.row, &visitor.actor);
            page.documents = Some(documents_of(&file, sees_dossier, again));
        }
        Section::Comments => {
            page.comments = Some(Comments {
                rounds: opinions::rounds(&file),
                letter: letter::line(&file.loaded.row, file.is(Party::Secretariat)),
                asked: asked::asked(&file, again),
                hearing: asked::hearing(&file, again),
                publication: asked::publication(&file),
                objections: opinions::objections(&file, again),
                objection: opinions::objection(&file, again),
            });
        }
        Section::Review => {
            page.review = Some(Review {
                reviewers: format!("/projects/{id}/reviewers"),
                notice: notice::href(&file.loaded.row),
                disputes: disputes::disputes(&file),
                ballots: opinions::ballots(&file),
                opening: opinions::opening(&file, again),
            });
        }
        Section::History => page.history = Some(trail::history(&file)),
        Section::Mails => page.mails = Some(trail::mails(&file)),
    }
    page.faults = faults(&page, again);
    page.typed = lost(&page, again);
    Ok(page)
}

fn documents_of(file: &ProjectFile, sees_dossier: bool, again: Option<&Again>) -> Documents {
    Documents {
        dossier: sees_dossier.then(|| format!("/projects/{}/dossier", file.loaded.row.id)),
        slip: slip::is_slip(&file.loaded.row)
            .then(|| format!("/projects/{}/slip", file.loaded.row.id)),
        papers: papers::papers(file),
        upload: papers::upload(file, again),
        upload_open: again.is_some() || file.documents.is_empty(),
    }
}

fn overview_of(file: &ProjectFile, again: Option<&Again>) -> Overview {
    let (moves, other_moves) = cards(file, again)
        .into_iter()
        .partition(|card| card.allowed || card.open || mine(file, &card.key));
    let latest = trail::history(file);
    Overview {
        moves,
        other_moves,
        adjustments: adjustments::adjustments(file),
        adjustment: adjustments::adjustment(file, again),
        refusal: adjustments::refusal(file, again),
        joint: joint::joint(file, again),
        people: people::people(file),
        naming: people::naming(file, again),
        naming_open: again.is_some_and(|again| again.form == "people"),
        units: people::units(file),
        unit_naming: people::unit_naming(file, again),
        unit_naming_open: again.is_some_and(|again| again.form == "units"),
        consents: people::consents(file),
        consent: people::consent(file, again),
        blocks: blocks::blocks(file),
        deadlines: blocks::deadlines(file),
        latest,
        all: Link::new(
            Section::History.href(file.loaded.row.id),
            Text::said("projects-history-all").with("n", file.event_count() as u64),
        ),
    }
}

/// The view of the overview as JSON, for tests.
#[cfg(test)]
pub(crate) async fn rendered_for(
    app: &App,
    visitor: &Visitor,
    id: ProjectId,
    section: Section,
) -> Result<serde_json::Value, WebError> {
    let view = view(app, visitor, id, section, None).await?;
    serde_json::to_value(&view).map_err(|error| WebError::fault(&error))
}

fn mine(file: &ProjectFile, key: &str) -> bool {
    file.moves.iter().any(|preview| is_in_reach(preview) && preview.row.key.key() == key)
}

/// The fields of every form on the page.
fn fields(page: &ProjectPage) -> Vec<&Field> {
    let mut shown: Vec<&Field> = Vec::new();
    let mut forms: Vec<&FormView> = Vec::new();
    if let Some(part) = &page.overview {
        // A move that may not be taken shows its conditions and no form.
        let offered = part.moves.iter().chain(&part.other_moves).filter(|card| card.allowed);
        shown.extend(offered.flat_map(|card| &card.fields));
        let joined = part.joint.as_ref().and_then(|joint| joint.fold.as_ref());
        forms.extend(joined.map(|fold| &fold.form));
        forms.extend(
            [&part.naming, &part.unit_naming, &part.consent, &part.adjustment, &part.refusal]
                .into_iter()
                .flatten(),
        );
    }
    if let Some(part) = &page.comments {
        shown.extend(part.asked.iter().flat_map(asked::AskedView::fields));
        forms.extend(&part.hearing);
        forms.extend(&part.objection);
        forms.extend(part.objections.iter().filter_map(|line| line.form.as_ref()));
    }
    if let Some(part) = &page.review {
        forms.extend(&part.opening);
    }
    if let Some(upload) = page.documents.as_ref().and_then(|part| part.upload.as_ref()) {
        shown.extend(&upload.fields);
    }
    shown.extend(forms.into_iter().flat_map(|form| &form.fields));
    shown
}

/// The faults of the form that came back; one that belongs to no field shown stands at the head of the page.
fn faults(page: &ProjectPage, again: Option<&Again>) -> Vec<FormFault> {
    let Some(again) = again else { return Vec::new() };
    let shown = fields(page);
    let mut faults = again.summary();
    for fault in &mut faults {
        if !shown.iter().any(|field| field.name == fault.field) {
            fault.field = String::new();
        }
    }
    faults
}

fn tabs(file: &ProjectFile, section: Section) -> Tabs {
    let project = file.loaded.row.id;
    let count = |number: usize| Some(number as u64).filter(|number| *number > 0);
    let tab = |part: Section, key: &str, count| Tab {
        href: part.href(project),
        text: Text::said(key),
        current: part == section,
        count,
    };
    let opinions = file.rounds.len() + file.objections.len();
    let mut items = vec![
        tab(Section::Overview, "projects-overview", None),
        tab(Section::Documents, "projects-documents", count(file.documents.len())),
        tab(Section::Comments, "projects-rounds", count(opinions)),
    ];
    if file.inside {
        items.push(tab(Section::Review, "projects-ballots", count(file.ballots.len())));
    }
    items.push(tab(Section::History, "projects-history", count(file.event_count())));
    if file.inside {
        items.push(tab(Section::Mails, "projects-mails", None));
    }
    Tabs { label: Text::said("projects-tabs"), items }
}

/// A table of the page; its section says what it is.
fn table(caption: &str, columns: &[&str], rows: Vec<Row>, empty: Option<&str>) -> Table {
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: empty.map(|key| Empty { title: Text::said(key), text: None, action: None }),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![overview, documents, comments, review, history, mails]
}

/// What was typed into a form that came back and that the page has no field for any more.
fn lost(page: &ProjectPage, again: Option<&Again>) -> Vec<Kept> {
    let shown = fields(page);
    let mut kept = again.map(|again| again.typed.kept()).unwrap_or_default();
    kept.retain(|kept| !shown.iter().any(|field| field.name == kept.name));
    kept
}
