//! The text of a draft by clause.

use quanheng_actions::document::text as clauses;
use quanheng_actions::document::versions::{self, Compared, Version};
use quanheng_domain::clause::{Clause, Doubt, Margin, Relation};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::draft::{TextFault, TextState};
use quanheng_domain::ids::{DocumentId, ProjectId};
use quanheng_text::diff::{self, ClauseDiff};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Reply, id};
use crate::{App, Visitor, WebError};

/// A text as the API tells it.
#[derive(Serialize)]
struct Told {
    n: i32,
    kind: DocumentKind,
    revision: i32,
    frozen: bool,
    state: TextState,
    fault: Option<TextFault>,
    version: i64,
    clauses: Vec<Clause>,
    /// Places to look at, for those who look after the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubts: Option<Vec<Doubt>>,
    /// Tracked changes and remarks, for those who look after the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<Vec<Margin>>,
}

#[get("/projects/<project>/documents/<n>/clauses")]
async fn told(app: &State<App>, visitor: Visitor, project: &str, n: i32) -> Reply<Told> {
    let project = id(project)?;
    let (row, document, kept) = app
        .read(move |conn| {
            let (row, document) = clauses::of_reader(conn, &visitor.actor, project, n)?;
            let kept = clauses::kept(conn, document.id)?;
            Ok((clauses::keeps(&row, &visitor.actor), document, kept))
        })
        .await?;
    let kept = kept.ok_or_else(WebError::not_found)?;
    let told = Told {
        n: document.ordinal,
        kind: document.kind,
        revision: document.revision,
        frozen: document.frozen_at.is_some(),
        state: kept.row.state,
        fault: kept.row.fault,
        version: kept.row.version,
        clauses: kept.text.clauses,
        doubts: row.then_some(kept.text.doubts),
        margin: row.then_some(kept.text.margin),
    };
    Ok(told.into())
}

/// Which text one side of a comparison is.
#[derive(Serialize)]
struct SideTold {
    document: DocumentId,
    project: ProjectId,
    n: i32,
    kind: DocumentKind,
    revision: i32,
}

impl From<&Version> for SideTold {
    fn from(version: &Version) -> Self {
        Self {
            document: version.document.id,
            project: version.project.id,
            n: version.document.ordinal,
            kind: version.document.kind,
            revision: version.document.revision,
        }
    }
}

/// One step of reading two texts, with the names of its clauses.
#[derive(Serialize)]
struct Step {
    old: Option<String>,
    new: Option<String>,
    relation: Relation,
    sure: bool,
    diff: Option<ClauseDiff>,
}

#[derive(Serialize)]
struct Diff {
    from: SideTold,
    to: SideTold,
    clauses: Vec<Step>,
}

#[get("/projects/<project>/documents/<n>/diff/<m>")]
async fn difference(
    app: &State<App>,
    visitor: Visitor,
    project: &str,
    n: &str,
    m: &str,
) -> Reply<Diff> {
    let (project, n, m) = (id(project)?, n.to_owned(), m.to_owned());
    let (from, to, compared) = app
        .read(move |conn| {
            let from = versions::version(conn, &visitor.actor, project, &n)?;
            let to = versions::version(conn, &visitor.actor, project, &m)?;
            let compared = versions::compared(conn, from.document.id, to.document.id)?;
            Ok((from, to, compared))
        })
        .await?;
    let Compared { old, new, links } = compared;
    let clauses = tokio::task::spawn_blocking(move || {
        let key = |at: Option<usize>, all: &[Clause]| at.map(|at| all[at].key.clone());
        let step = |pair: diff::Pair| Step {
            old: key(pair.old, &old),
            new: key(pair.new, &new),
            relation: pair.relation,
            sure: pair.sure,
            diff: pair.diff,
        };
        diff::texts(&old, &new, &links).into_iter().map(step).collect()
    })
    .await
    .map_err(|error| WebError::fault(&error))?;
    Ok(Diff { from: (&from).into(), to: (&to).into(), clauses }.into())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![told, difference]
}
