//! The page of one round: the draft, the closing hour, comments and what became of them.

use quanheng_actions::document::place;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{Answers, Disposition as Code};
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::drafts::ClauseView;
use super::super::projects::word;
use super::answers::{self, AnswersView};
use super::file::{self, Extent, RoundFile};
use super::send::{self, Back, SendView};
use super::{attached, held, letter, outcome, since, unit};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::kept::{Asked, Found, KeptPage};
use crate::page::Page;
use crate::papers::Form;
use crate::views::{
    CommentCard, Crumb, Deadline, Disposition, FileRow, FormFault, Link, Meter, PageHead, Pager,
    Pill, Text, Tone,
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
    pager: Option<Pager>,
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

#[get("/consultations/<id>?<clause>&<page>")]
async fn show(
    app: &State<App>,
    visitor: Visitor,
    asked: Asked<'_>,
    id: &str,
    clause: Option<&str>,
    page: Option<u32>,
) -> Result<Result<KeptPage, Page>, WebError> {
    let id = round_id(id)?;
    if let Some(key) = clause.filter(|key| !key.is_empty()) {
        return Ok(Err(about_clause(app, visitor.actor, id, key).await?));
    }
    let version = match asked.kept(app, TEMPLATE).await? {
        Found::Page(page) => return Ok(Ok(page)),
        Found::Render(version) => version,
    };
    let turned = page.unwrap_or(1).max(1);
    Ok(Err(turned_page(app, visitor.actor, id, None, turned).await?.keep_if(version)))
}

/// The page with the form filled for one clause of the draft; for a clause that it does not have the form is empty.
async fn about_clause(app: &App, actor: Actor, id: RoundId, key: &str) -> Result<Page, WebError> {
    let (now, key, part) = (app.now(), key.to_owned(), part_of(app, 1));
    let (file, clause) = app
        .read(move |conn| {
            let file = file::read_part(conn, id, &actor, now, part)?;
            let text = place::text_of(conn, file.draft.as_ref().map(|draft| draft.id))?;
            let clause = text.into_iter().find(|clause| clause.key == key);
            Ok((file, clause))
        })
        .await?;
    let preset = clause.as_ref().map(send::preset);
    let mut page = view(&file, preset.as_ref(), (1, size(app)));
    page.about = clause.as_ref().filter(|_| page.send.is_some()).map(ClauseView::of);
    Ok(Page::new(TEMPLATE, &page))
}

/// Comments on one page.
fn size(app: &App) -> u64 {
    u64::from(app.settings.limits.page_size_max)
}

fn part_of(app: &App, page: u32) -> Extent {
    let size = i64::from(app.settings.limits.page_size_max);
    Extent::Slice(size, i64::from(page - 1) * size)
}

/// The page of a round, with an empty form or one that came back.
pub async fn page(
    app: &App,
    actor: Actor,
    id: RoundId,
    back: Option<&Back>,
) -> Result<Page, WebError> {
    turned_page(app, actor, id, back, 1).await
}

async fn turned_page(
    app: &App,
    actor: Actor,
    id: RoundId,
    back: Option<&Back>,
    turned: u32,
) -> Result<Page, WebError> {
    let (now, part) = (app.now(), part_of(app, turned));
    let file = app.read(move |conn| file::read_part(conn, id, &actor, now, part)).await?;
    Ok(Page::new(TEMPLATE, &view(&file, back, (u64::from(turned), size(app)))))
}

fn view(file: &RoundFile, back: Option<&Back>, (turned, size): (u64, u64)) -> RoundPage {
    let total = file.total.unsigned_abs();
    let href = |page| format!("/consultations/{}?page={page}#comments", file.round.id);
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
        pager: (total > size).then(|| Pager::new(turned, size, total, href)),
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
    file.mine.then(|| {
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
    let (all, done) = (file.total.unsigned_abs(), file.settled.unsigned_abs());
    let label = Text::said("rounds-settled").with("done", done).with("all", all);
    let open = Text::said("rounds-unsettled").with("n", all - done);
    (file.inside && all > 0).then(|| {
        Meter::of(label.clone(), &[("good", done, label), ("warn", all - done, open)], all, None)
    })
}

/// What became of a comment; one that is merged into another has the answer of that one.
pub fn outcome_of(row: &CommentRow, target: Option<&CommentRow>) -> Disposition {
    let answered = target.unwrap_or(row);
    let reason = [&row.disposition_reason, &answered.disposition_reason];
    let ruled = target.and_then(|target| target.disposition);
    Disposition {
        code: row.disposition.map(|code| code.key().to_owned()).unwrap_or_default(),
        reason: reason.into_iter().find(|reason| !reason.is_empty()).cloned(),
        text_changed: row.text_changed.or(answered.text_changed),
        proposed: row.published_at.is_none() && row.disposition != Some(Code::Withdrawn),
        merged_into: target.map(|target| {
            let words = Text::said("rounds-number").with("n", target.serial);
            Link::new(format!("#c{}", target.serial), words)
        }),
        by: ruled.map(|code| {
            let what = Text::word("disposition", code.key());
            Text::said("rounds-merged-answer").with_text("what", &what)
        }),
    }
}

/// A comment as a card, with author and outcome as this reader may see them.
pub fn card(file: &RoundFile, row: &CommentRow) -> CommentCard {
    let (author, unit) = file.author(row).unwrap_or_default();
    let published = row.published_at.is_some();
    // The words are the author's own until the answers are published together; the editor's are a proposal until then.
    let target = row.duplicate_of.and_then(|id| file.targets.get(&id));
    let disposition =
        row.disposition.filter(|_| published || file.inside).map(|_| outcome_of(row, target));
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
