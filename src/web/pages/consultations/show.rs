//! The page of one round: the draft, the closing hour, comments and what became of them.

use quanheng_actions::document::place;
use quanheng_domain::Keyed;
use quanheng_domain::comment::Answers;
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::drafts::ClauseView;
use super::super::projects::word;
use super::answers::{self, AnswersView};
use super::file::{self, RoundFile};
use super::send::{self, Back, SendView};
use super::{attached, held, letter, outcome, since, unit};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::kept::{Asked, Found, KeptPage};
use crate::page::Page;
use crate::papers::Form;
use crate::views::{
    CommentCard, Crumb, Deadline, Disposition, FileRow, FormFault, Link, Meter, PageHead, Pill,
    Text, Tone,
};

/// The template of the page.
const TEMPLATE: &str = "pages/consultations/show";

#[derive(Serialize)]
struct RoundPage {
    head: PageHead,
    closes: Deadline,
    reason: String,
    draft: Option<[FileRow; 1]>,
    answers: Option<AnswersView>,
    own: Option<Link>,
    settled: Option<Meter>,
    comments: Vec<CommentCard>,
    table: Option<Exports>,
    faults: Vec<FormFault>,
    about: Option<ClauseView>,
    send: Option<SendView>,
}

#[derive(Serialize)]
struct Exports {
    csv: String,
    xlsx: String,
    docx: String,
}

/// The round of an address; anything else is not found.
pub fn round_id(id: &str) -> Result<RoundId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[get("/consultations/<id>?<clause>")]
async fn show(
    app: &State<App>,
    visitor: Visitor,
    asked: Asked<'_>,
    id: &str,
    clause: Option<&str>,
) -> Result<Result<KeptPage, Page>, WebError> {
    let id = round_id(id)?;
    if let Some(key) = clause.filter(|key| !key.is_empty()) {
        return Ok(Err(about_clause(app, visitor.actor, id, key).await?));
    }
    let version = match asked.kept(app, TEMPLATE).await? {
        Found::Page(page) => return Ok(Ok(page)),
        Found::Render(version) => version,
    };
    Ok(Err(page(app, visitor.actor, id, None).await?.keep_if(version)))
}

/// The page with the form filled for one clause of the draft; for a clause that it does not have the form is empty.
async fn about_clause(app: &App, actor: Actor, id: RoundId, key: &str) -> Result<Page, WebError> {
    let (now, key) = (app.now(), key.to_owned());
    let (file, clause) = app
        .read(move |conn| {
            let file = file::read(conn, id, &actor, now)?;
            let text = place::text_of(conn, file.draft.as_ref().map(|draft| draft.id))?;
            let clause = text.into_iter().find(|clause| clause.key == key);
            Ok((file, clause))
        })
        .await?;
    let preset = clause.as_ref().map(send::preset);
    let mut page = view(&file, preset.as_ref());
    page.about = clause.as_ref().filter(|_| page.send.is_some()).map(ClauseView::of);
    Ok(Page::new(TEMPLATE, &page))
}

/// The page of a round, with an empty form or one that came back.
pub async fn page(
    app: &App,
    actor: Actor,
    id: RoundId,
    back: Option<&Back>,
) -> Result<Page, WebError> {
    let now = app.now();
    let file = app.read(move |conn| file::read(conn, id, &actor, now)).await?;
    Ok(Page::new(TEMPLATE, &view(&file, back)))
}

fn view(file: &RoundFile, back: Option<&Back>) -> RoundPage {
    RoundPage {
        head: head(file),
        closes: if file.now < file.round.closes_at {
            Deadline::new(file.round.closes_at, file.now)
        } else {
            Deadline::ended(file.round.closes_at)
        }
        .labelled(Text::said("rounds-closes")),
        reason: file.round.reason.clone(),
        draft: draft(file).map(|row| [row]),
        answers: answers::view(Answers::count(file.asked.iter().map(|line| line.answer))),
        own: own(file),
        settled: settled(file),
        comments: file.comments.iter().map(|row| card(file, row)).collect(),
        table: (!file.comments.is_empty()).then(|| Exports {
            csv: format!("/consultations/{}/table.csv", file.round.id),
            xlsx: format!("/consultations/{}/table.xlsx", file.round.id),
            docx: format!("/consultations/{}/table.docx", file.round.id),
        }),
        faults: back.map(Back::summary).unwrap_or_default(),
        about: None,
        send: send::form(file, back),
    }
}

fn head(file: &RoundFile) -> PageHead {
    let mut head = PageHead::new(Text::plain(&file.project.title_zh));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb { text: Text::plain(&file.project.title_zh), href: None },
    ];
    head.code = file.project.number.clone();
    head.pill = Some(Pill::new(
        word(file.round.status),
        if file.is_running() { Tone::Info } else { Tone::Faded },
    ));
    head.facts = vec![
        Text::said("projects-round")
            .with("n", file.round.ordinal)
            .with_text("purpose", &word(file.round.purpose)),
        word(file.project.kind),
        word(file.project.category),
    ];
    head.facts.extend(file.committee.iter().map(|committee| Text::plain(&committee.name_zh)));
    if file.settles {
        let href = format!("/consultations/{}/desk", file.round.id);
        head.actions.push(Link::new(href, Text::said("rounds-to-desk")));
    }
    if file.secretariat {
        let href = format!("/consultations/{}/letters", file.round.id);
        head.actions.push(Link::new(href, Text::said("letters-title")));
        for (form, words) in [(Form::Pdf, "letter-open-pdf"), (Form::Docx, "letter-open")] {
            head.actions.push(Link::new(letter::href(file.round.id, form), Text::said(words)));
        }
    }
    if file.draft.is_some() {
        let href = format!("/consultations/{}/text", file.round.id);
        head.actions.insert(0, Link::new(href, Text::said("reading-open")));
    }
    let href = format!("/projects/{}", file.project.id);
    head.actions.push(Link::new(href, Text::said("rounds-to-project")));
    if file.unit {
        head.actions.push(Link::new(unit::href(file.round.id), Text::said("unit-title")));
    }
    if file.held > 0 {
        let text = Text::said("held-waiting").with("n", file.held);
        head.actions.push(Link::new(held::href(file.round.id), text));
    }
    if file.round.status == RoundStatus::Published {
        let href = outcome::href(file.round.id);
        head.actions.insert(0, Link::new(href, Text::said("outcome-title")));
    }
    if file.round.ordinal > 1 {
        let href = since::href(file.round.id);
        head.actions.push(Link::new(href, Text::said("since-title")));
    }
    head
}

/// The way to the reader's own comments, if there are any.
fn own(file: &RoundFile) -> Option<Link> {
    let mine = file.comments.iter().any(|row| file.me.is_some() && row.person_id == file.me);
    mine.then(|| {
        let href = format!("/consultations/{}/mine", file.round.id);
        Link::new(href, Text::said("rounds-mine"))
    })
}

fn draft(file: &RoundFile) -> Option<FileRow> {
    let row = file.draft.as_ref()?;
    Some(FileRow {
        kind: word(row.kind),
        name: Some(row.file_name.clone()),
        href: Some(format!("/projects/{}/documents/{}", row.project_id, row.ordinal)),
        size: u64::try_from(row.size).ok(),
        sha256: Some(row.sha256.clone()),
        at: Some(row.uploaded_at.to_rfc3339()),
        by: None,
        version: Some(Text::said("projects-revision").with("n", row.revision)),
        required: false,
        upload_href: None,
    })
}

fn settled(file: &RoundFile) -> Option<Meter> {
    let all = file.comments.len() as u64;
    let done = file
        .comments
        .iter()
        .filter(|row| row.disposition.is_some_and(|code| code.is_settled()))
        .count() as u64;
    let label = Text::said("rounds-settled").with("done", done).with("all", all);
    let open = Text::said("rounds-unsettled").with("n", all - done);
    (file.inside && all > 0).then(|| {
        Meter::of(label.clone(), &[("good", done, label), ("warn", all - done, open)], all, None)
    })
}

/// A comment as a card, with author and outcome as this reader may see them.
pub fn card(file: &RoundFile, row: &quanheng_db::rounds::CommentRow) -> CommentCard {
    let (author, unit) = file.author(row).unwrap_or_default();
    let published = row.published_at.is_some();
    // The words are the author's own until the answers are published together; the editor's are a proposal until then.
    let disposition =
        row.disposition.filter(|_| published || file.inside).map(|code| Disposition {
            code: code.key().to_owned(),
            reason: (!row.disposition_reason.is_empty()).then(|| row.disposition_reason.clone()),
            text_changed: row.text_changed,
            proposed: !published,
            merged_into: row.duplicate_of.and_then(|id| file.serials.get(&id)).map(|serial| {
                Link::new(format!("#c{serial}"), Text::said("rounds-number").with("n", *serial))
            }),
            by: None,
        });
    CommentCard {
        number: row.serial.to_string(),
        id: format!("c{}", row.serial),
        clause: if row.clause.is_empty() {
            Text::said("rounds-whole-text")
        } else {
            Text::plain(&row.clause)
        },
        clause_href: None,
        kind: Some(Pill::new(word(row.kind), Tone::Plain)),
        author,
        unit: (!unit.is_empty()).then_some(unit),
        source: file.inside.then(|| word(row.source)),
        at: row.received_at.to_rfc3339(),
        quote: None,
        remark: row.body.clone(),
        proposal: (!row.proposal.is_empty()).then(|| row.proposal.clone()),
        attachments: file
            .files
            .get(&row.id)
            .map_or_else(Vec::new, |files| attached::links(files, attached::href)),
        support: 0,
        late: row.late,
        disposition,
        replies: Vec::new(),
        actions: Vec::new(),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show]
}
