//! The clauses of a document: reading them, and the places that a keeper should look at.

use quanheng_actions::document::text::{self as clauses, Kept, Settle};
use quanheng_actions::document::versions::{self, Version};
use quanheng_actions::{ActionError, round};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::DocumentRow;
use quanheng_db::projects::ProjectRow;
use quanheng_db::rounds;
use quanheng_domain::clause::{Clause, ClauseKind, ClauseText, Doubt};
use quanheng_domain::draft::TextState;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::{Actor, Party};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::super::projects::word;
use super::margin::{self, MarginView};
use super::{ClauseView, anchor, compare, history_href, text_href};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::reading;
use crate::typed::Typed;
use crate::views::{Crumb, Empty, Link, PageHead, Pill, Text, Tone};

/// What the page shows, read in one snapshot.
pub struct TextFile {
    /// The project.
    pub project: ProjectRow,
    /// The document.
    pub document: DocumentRow,
    /// Its clauses; none when nobody tried to read the file.
    pub kept: Option<Kept>,
    /// Whether the reader looks after the clauses.
    pub keeps: bool,
    /// The version before this one, if there is one to compare with.
    pub before: Option<Version>,
    /// The running round on this project, for the secretariat, which may enter what stands on the margin.
    pub round: Option<rounds::RoundRow>,
}

/// Reads the file of the page.
///
/// # Errors
/// `NotFound` for what the reader may not know of.
pub fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    project: ProjectId,
    ordinal: i32,
) -> Result<TextFile, ActionError> {
    let (project, document) = clauses::of_reader(conn, actor, project, ordinal)?;
    let kept = clauses::kept(conn, document.id)?;
    let latest = rounds::latest_of(conn, project.id)?;
    let running = latest.filter(|round| round.status == RoundStatus::Running);
    let keeps = clauses::keeps(&project, actor);
    let round = match running {
        Some(round) => {
            let case = round::Case { round, project: project.clone() };
            case.parties(actor).contains(&Party::Secretariat).then_some(case.round)
        }
        None => None,
    };
    let all = versions::versions(conn, actor, &project)?;
    let here = all.iter().position(|version| version.document.id == document.id);
    let before = here.and_then(|at| at.checked_sub(1)).map(|at| all[at].clone());
    Ok(TextFile { project, document, kept, keeps, before, round })
}

#[derive(Serialize)]
struct TextPage {
    head: PageHead,
    frozen: bool,
    unread: Option<Empty>,
    read_action: Option<String>,
    contents: Vec<Content>,
    clauses: Vec<Line>,
    doubts: Option<DoubtsView>,
    margin: Option<MarginView>,
    original: Link,
}

/// A line of the table of contents.
#[derive(Serialize)]
pub struct Content {
    /// Where it leads.
    pub href: String,
    /// Number and heading.
    pub text: String,
    /// 1 or 2.
    pub depth: u8,
    /// Comments there, where they are counted.
    pub count: usize,
}

#[derive(Serialize)]
struct Line {
    clause: ClauseView,
    edit: Option<String>,
    history: String,
    doubts: Vec<DoubtLine>,
}

#[derive(Serialize)]
struct DoubtsView {
    action: Option<String>,
    version: i64,
    lines: Vec<DoubtLine>,
}

#[derive(Clone, Serialize)]
struct DoubtLine {
    at: usize,
    href: String,
    place: String,
    kind: Text,
    words: String,
}

/// The table of contents of a text: front parts, chapters, their clauses and annexes.
pub fn contents(all: &[Clause], count: impl Fn(&str) -> usize) -> Vec<Content> {
    let shown = |clause: &&Clause| {
        let part =
            matches!(clause.kind, ClauseKind::Front | ClauseKind::Clause | ClauseKind::Annex);
        part && clause.level <= 2 && !clause.title().is_empty()
    };
    let line = |clause: &Clause| Content {
        href: format!("#{}", anchor(&clause.key)),
        text: clause.title(),
        depth: clause.level.max(1),
        count: count(&clause.key),
    };
    all.iter().filter(shown).map(line).collect()
}

fn page_of(file: &TextFile) -> TextPage {
    let (id, ordinal) = (file.project.id, file.document.ordinal);
    let base = text_href(id, ordinal);
    let kept = file.kept.as_ref().filter(|kept| kept.row.fault.is_none());
    let changes = file.keeps && file.document.frozen_at.is_none();
    let doubts: Vec<DoubtLine> =
        kept.filter(|_| file.keeps).map(|kept| doubts(&kept.text)).unwrap_or_default();
    let lines = kept.into_iter().flat_map(|kept| &kept.text.clauses).map(|clause| {
        let href = format!("#{}", anchor(&clause.key));
        Line {
            clause: ClauseView::of(clause),
            edit: changes.then(|| format!("{base}/edit?clause={}", encoded(&clause.key))),
            history: history_href(id, ordinal, &clause.key),
            doubts: doubts.iter().filter(|doubt| doubt.href == href).cloned().collect(),
        }
    });
    TextPage {
        head: head(file, changes && kept.is_some()),
        frozen: file.document.frozen_at.is_some(),
        unread: unread(file),
        read_action: (file.keeps && kept.is_none()).then(|| format!("{base}/read")),
        contents: kept.map(|kept| contents(&kept.text.clauses, |_| 0)).unwrap_or_default(),
        clauses: lines.collect(),
        doubts: kept.filter(|_| !doubts.is_empty()).map(|kept| DoubtsView {
            action: changes.then(|| format!("{base}/doubts")),
            version: kept.row.version,
            lines: doubts.clone(),
        }),
        margin: margin::view(file),
        original: Link::new(
            format!("/projects/{id}/documents/{ordinal}"),
            Text::plain(&file.document.file_name),
        ),
    }
}

/// A key in the query of an address.
pub fn encoded(key: &str) -> String {
    rocket::http::RawStr::new(key).percent_encode().to_string().replace('#', "%23")
}

/// A clause as a reader would name it; keys have marks of their own.
pub fn place(all: &[Clause], key: &str) -> String {
    let named = all.iter().find(|clause| clause.key == key).map(Clause::title);
    named.filter(|title| !title.is_empty()).unwrap_or_else(|| key.to_owned())
}

fn doubts(text: &ClauseText) -> Vec<DoubtLine> {
    let line = |(at, doubt): (usize, &Doubt)| DoubtLine {
        at,
        href: format!("#{}", anchor(&doubt.at)),
        place: place(&text.clauses, &doubt.at),
        kind: word(doubt.kind),
        words: doubt.words.clone(),
    };
    text.doubts.iter().enumerate().map(line).collect()
}

fn unread(file: &TextFile) -> Option<Empty> {
    let (title, text) = match &file.kept {
        None => (Text::said("drafts-unread"), Text::said("drafts-unread-text")),
        Some(kept) => (Text::said("drafts-unreadable"), word(kept.row.fault?)),
    };
    let href = format!("/projects/{}/documents/{}", file.project.id, file.document.ordinal);
    Some(Empty {
        title,
        text: Some(text),
        action: Some(Link::new(href, Text::said("drafts-original"))),
    })
}

/// The head of a page about the text of a document, with the way back to the project.
pub fn crumbs(project: &ProjectRow, document: &DocumentRow) -> Vec<Crumb> {
    vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb {
            text: Text::said("projects-documents"),
            href: Some(format!("/projects/{}/documents", project.id)),
        },
        Crumb { text: version(document), href: Some(text_href(project.id, document.ordinal)) },
    ]
}

fn document_href(project: &ProjectRow, document: &DocumentRow) -> String {
    format!("/projects/{}/documents/{}", project.id, document.ordinal)
}

/// What a document is called among the versions of a project: its kind and revision.
pub fn version(document: &DocumentRow) -> Text {
    Text::said("drafts-version")
        .with_text("kind", &word(document.kind))
        .with("n", document.revision)
}

fn head(file: &TextFile, changes: bool) -> PageHead {
    let mut head = PageHead::new(Text::plain(&file.project.title_zh));
    head.crumbs = crumbs(&file.project, &file.document);
    head.code = file.project.number.clone();
    head.pill = Some(if file.document.frozen_at.is_some() {
        Pill::new(Text::said("drafts-frozen"), Tone::Faded)
    } else {
        match file.kept.as_ref().map(|kept| kept.row.state) {
            Some(state @ TextState::Unreadable) => Pill::new(word(state), Tone::Warn),
            Some(state @ TextState::Read) => Pill::new(word(state), Tone::Info),
            Some(state) => Pill::new(word(state), Tone::Good),
            None => Pill::new(Text::said("drafts-unread"), Tone::Plain),
        }
    });
    head.facts = vec![version(&file.document)];
    if let Some(kept) = file.kept.as_ref().filter(|kept| kept.row.fault.is_none()) {
        head.facts.push(Text::said("drafts-clauses").with("n", kept.text.clauses.len() as u64));
    }
    if changes {
        let href = format!("{}/edit", text_href(file.project.id, file.document.ordinal));
        head.actions.push(Link::new(href, Text::said("drafts-edit-whole")));
    }
    if file.kept.as_ref().is_some_and(|kept| kept.row.fault.is_none()) {
        let href = format!("{}/checks", document_href(&file.project, &file.document));
        head.actions.push(Link::new(href, Text::said("checks-title")));
    }
    if let Some(before) = &file.before {
        let here = Version { project: file.project.clone(), document: file.document.clone() };
        let text = Text::said("drafts-compare-with")
            .with_text("other", &compare::label(file.project.id, before));
        head.actions.push(Link::new(compare::href(file.project.id, before, &here), text));
    }
    let href = format!("/projects/{}/documents/{}", file.project.id, file.document.ordinal);
    head.actions.push(Link::new(href, Text::said("drafts-original")));
    head
}

#[get("/projects/<id>/documents/<ordinal>/text")]
async fn show(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    ordinal: i32,
) -> Result<Page, WebError> {
    let project = project_id(id)?;
    let file = app.read(move |conn| read(conn, &visitor.actor, project, ordinal)).await?;
    Ok(Page::new("pages/drafts/text", &page_of(&file)))
}

/// The project of an address; anything else is not found.
pub fn project_id(id: &str) -> Result<ProjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[post("/projects/<id>/documents/<ordinal>/text/read", data = "<typed>")]
async fn read_late(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor.clone();
    let row =
        app.read(move |conn| Ok(clauses::of_reader(conn, &actor, project, ordinal)?.1)).await?;
    let read = reading::read(app, &row.sha256, &row.media_type, row.size).await?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        clauses::read_late(tx, &actor, project, ordinal, &read)?;
        Ok(Answer::see(text_href(project, ordinal)).saying(Tone::Good, &said(&read)))
    })
    .await
}

/// What came out of a file, in a sentence.
pub fn said(read: &reading::Read) -> Text {
    match read {
        Ok(text) => Text::said("drafts-read")
            .with("clauses", text.clauses.len() as u64)
            .with("doubts", text.doubts.len() as u64),
        Err(fault) => Text::said("drafts-not-read").with_text("why", &word(*fault)),
    }
}

#[post("/projects/<id>/documents/<ordinal>/text/doubts", data = "<typed>")]
async fn settle(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let doubts = typed.all("doubt").into_iter().map(str::parse).collect::<Result<_, _>>();
    let command = Settle {
        project,
        ordinal,
        if_version: Some(typed.version()),
        doubts: doubts.map_err(|_| WebError::malformed())?,
    };
    let actor = signed_in.actor;
    let done = app
        .once(typed.once(), move |tx| {
            clauses::settle(tx, &actor, &command)?;
            let text = Text::said("drafts-settled").with("n", command.doubts.len() as u64);
            Ok(Answer::see(text_href(project, ordinal)).saying(Tone::Good, &text))
        })
        .await;
    // Nothing was ticked: nothing is lost by saying so on the page it came from.
    match done {
        Err(error) if error.status == Status::UnprocessableEntity => {
            let text = Text::said("drafts-settle-none");
            Ok(Answer::see(text_href(project, ordinal)).saying(Tone::Warn, &text))
        }
        done => done,
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, read_late, settle]
}
