//! Projects: listing, suggesting, and where one stands.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    document::{self, may_know},
    project::{self, Suggest, details::Details, load},
};
use quanheng_db::{
    conn::AnyConn,
    deadlines,
    projects::{self, ProjectFilter, ProjectRow},
    register,
};
use quanheng_domain::{
    Keyed, deadline,
    ids::{AuthorityId, CommitteeId, ProjectId, SpecificationId},
    lifecycle::{self, Adoption, DeadlineKind, Openness, ProjectKind},
    people::{Actor, Party},
    records::Origin,
    specification::{Category, Level},
    stage::Stage,
};
use rocket::{Route, State, get, http::Status, post, routes};
use serde::{Deserialize, Serialize};

use super::{
    Listed, Reply, id, key,
    sent::{Body, body},
    slice,
};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError};

/// A project as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Project {
    id: ProjectId,
    version: i64,
    number: Option<String>,
    kind: ProjectKind,
    category: Category,
    level: Level,
    authority: String,
    committee: Option<String>,
    stage: Stage,
    stage_since: DateTime<Utc>,
    openness: Openness,
    adoption: Adoption,
    emergency: bool,
    livelihood: bool,
    title_zh: String,
    title_en: String,
    specification: Option<SpecificationId>,
    plan_document: String,
    plan_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    overdue: bool,
    extensions: i32,
    failures: i32,
    result: Option<String>,
    who_acts_now: Vec<Party>,
    deadlines: Vec<Deadline>,
}

/// A clock that runs.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// Which.
    pub kind: DeadlineKind,
    /// The first instant after it.
    pub due_at: DateTime<Utc>,
}

fn told(conn: &mut AnyConn, row: ProjectRow, today: NaiveDate) -> Result<Project, ActionError> {
    let authority =
        register::authority(conn, row.authority_id)?.map(|a| a.code).unwrap_or_default();
    let committee = match row.committee_id {
        Some(id) => register::committee(conn, id)?.map(|c| c.code.unwrap_or(c.name_zh)),
        None => None,
    };
    let clocks = deadlines::open_of(conn, row.id.cast())?;
    let standing = load::standing(&row);
    Ok(Project {
        overdue: !row.stage.is_final() && row.due_on.is_some_and(|due| due < today),
        who_acts_now: lifecycle::who_acts_now(&standing),
        deadlines: clocks
            .into_iter()
            .map(|clock| Deadline { kind: clock.kind, due_at: clock.due_at })
            .collect(),
        id: row.id,
        version: row.version,
        number: row.number,
        kind: row.kind,
        category: row.category,
        level: row.level,
        authority,
        committee,
        stage: row.stage,
        stage_since: row.stage_since,
        openness: row.openness,
        adoption: row.adoption,
        emergency: row.emergency,
        livelihood: row.livelihood,
        title_zh: row.title_zh,
        title_en: row.title_en,
        specification: row.specification_id,
        plan_document: row.plan_document,
        plan_on: row.plan_on,
        due_on: row.due_on,
        extensions: row.extensions,
        failures: row.failures,
        result: row.result,
    })
}

#[allow(clippy::too_many_arguments, reason = "the query parameters of the contract")]
#[get("/projects?<stage>&<committee>&<overdue>&<q>&<limit>&<offset>")]
async fn list(
    app: &State<App>,
    visitor: Visitor,
    stage: Option<String>,
    committee: Option<String>,
    overdue: Option<bool>,
    q: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<Project>> {
    let (limit, offset) = slice(limit, offset)?;
    let today = deadline::day_of(app.now());
    // Two digits name a phase, five a stage.
    let stages = match stage.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) if text.len() == 2 => {
            let phase: Vec<Stage> =
                Stage::ALL.iter().copied().filter(|stage| stage.phase().key() == text).collect();
            if phase.is_empty() {
                return Err(WebError::malformed());
            }
            Some(phase)
        }
        Some(text) => key::<Stage>(Some(text))?.map(|stage| vec![stage]),
    };
    let listed = app
        .read(move |conn| {
            let committee = match committee.filter(|code| !code.trim().is_empty()) {
                Some(code) => Some(super::committees::find(conn, &code)?.id),
                None => None,
            };
            let filter = ProjectFilter {
                stages,
                committee,
                overdue_on: overdue.unwrap_or(false).then_some(today),
                text: q,
                reader: document::reader(&visitor.actor),
                ..ProjectFilter::default()
            };
            let (rows, total) = projects::list(conn, &filter, limit, offset)?;
            let items = rows
                .into_iter()
                .map(|row| told(conn, row, today))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Listed::new(items, total, offset))
        })
        .await?;
    Ok(listed.into())
}

#[get("/projects/<project>")]
async fn one(app: &State<App>, visitor: Visitor, project: &str) -> Reply<Project> {
    let (project, today) = (id(project)?, deadline::day_of(app.now()));
    let one = app
        .read(move |conn| {
            let row = known(conn, project, &visitor.actor)?;
            told(conn, row, today)
        })
        .await?;
    Ok(one.into())
}

/// A project that the actor may know of.
pub fn known(
    conn: &mut AnyConn,
    project: ProjectId,
    actor: &Actor,
) -> Result<ProjectRow, ActionError> {
    projects::find(conn, project)?.filter(|row| may_know(row, actor)).ok_or(ActionError::NotFound)
}

/// The body of a new suggestion.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProject {
    #[serde(default = "make")]
    kind: ProjectKind,
    category: Category,
    #[serde(default = "national")]
    level: Level,
    #[serde(default)]
    authority: Option<String>,
    #[serde(default)]
    committee: Option<String>,
    title_zh: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    specification: Option<String>,
    #[serde(default = "open")]
    openness: Openness,
    #[serde(default = "none")]
    adoption: Adoption,
    #[serde(default)]
    livelihood: bool,
    #[serde(default)]
    need: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    related: String,
    #[serde(default)]
    international: String,
    #[serde(default)]
    suggested_by: String,
}

fn make() -> ProjectKind {
    ProjectKind::Make
}
fn national() -> Level {
    Level::National
}
fn open() -> Openness {
    Openness::Open
}
fn none() -> Adoption {
    Adoption::None
}

#[post("/projects", data = "<new>")]
async fn create(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    new: Body<NewProject>,
) -> Result<Answer, WebError> {
    let new = body(new)?;
    app.once(&once, move |tx| {
        let command = command(tx.conn(), &new)?;
        let done = project::suggest(tx, &actor.actor, &command)?;
        let told = serde_json::json!({ "id": done.project, "receipt": done.receipt });
        Ok(Answer::json(Status::Created, &told)?.at(format!("/api/v1/projects/{}", done.project)))
    })
    .await
}

fn command(conn: &mut AnyConn, new: &NewProject) -> Result<Suggest, ActionError> {
    let committee: Option<CommitteeId> = match new.committee.as_deref() {
        Some(code) => Some(
            super::committees::find(conn, code).map_err(|error| unknown(error, "committee"))?.id,
        ),
        None => None,
    };
    let authority: Option<AuthorityId> = match new.authority.as_deref() {
        Some(code) => Some(
            register::authority_by_code(conn, code)?
                .ok_or_else(|| unknown(ActionError::NotFound, "authority"))?
                .id,
        ),
        None => None,
    };
    let specification = match new.specification.as_deref() {
        Some(number) => Some(
            super::specifications::find(conn, number)
                .map_err(|error| unknown(error, "specification"))?
                .id,
        ),
        None => None,
    };
    Ok(Suggest {
        kind: new.kind,
        category: new.category,
        level: new.level,
        authority,
        committee,
        title_zh: new.title_zh.clone(),
        title_en: new.title_en.clone(),
        openness: new.openness,
        adoption: new.adoption,
        livelihood: new.livelihood,
        specification,
        details: Details {
            need: new.need.clone(),
            scope: new.scope.clone(),
            related: new.related.clone(),
            international: new.international.clone(),
            suggested_by: new.suggested_by.clone(),
            ..Details::default()
        },
        origin: Origin::Proposed,
    })
}

// What a field names and does not exist is a fault of that field, not of the address.
fn unknown(error: ActionError, field: &str) -> ActionError {
    match error {
        ActionError::NotFound => ActionError::Invalid(vec![lifecycle::FieldFault::new(
            field,
            lifecycle::FaultCode::Unknown,
        )]),
        other => other,
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one, create]
}
