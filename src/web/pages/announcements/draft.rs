//! An announcement in preparation: its wording and days, what is doubtful about them, its paper, and its issue.

use quanheng_actions::announcement::{self as verbs, Draft, Edit, Issue};
use quanheng_domain::Keyed;
use quanheng_domain::ids::AnnouncementId;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_render::Paper;
use quanheng_store::names;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::desk::today;
use super::sheet::{Line, Sheet, paper, wording};
use crate::pages::projects::{Again, FormView};
use crate::papers::Form;
use crate::papers::official::{NO_TYPEFACE, Official, Place, file, official, official_voice};
use crate::views::{
    Crumb, Field, FieldKind, FormFault, Link, PageHead, Pill, RuleCite, Text, Tone, faults_of,
};
use crate::voice::{cite_rule, fault_at};
use crate::{Answer, App, Page, Typed, WebError, guards::Officer};

#[derive(Serialize)]
struct DraftPage {
    head: PageHead,
    faults: Vec<FormFault>,
    /// The rule that held the issue back.
    cite: Option<RuleCite>,
    doubts: Vec<Told>,
    papers: Vec<Link>,
    texts: Vec<Link>,
    edit: Option<FormView>,
    issue: Option<FormView>,
    throw_away: Option<FormView>,
}

/// A doubt with the rule behind it.
#[derive(Serialize)]
struct Told {
    text: Text,
    cite: Option<RuleCite>,
}

fn href(id: AnnouncementId) -> String {
    format!("/announcement-drafts/{id}")
}

fn id_of(id: &str) -> Result<AnnouncementId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

async fn read(app: &App, officer: &Officer, id: AnnouncementId) -> Result<Draft, WebError> {
    let (actor, today) = (officer.signed_in.actor.clone(), today(app));
    Ok(app.read(move |conn| verbs::read(conn, &actor, id, today)).await?)
}

fn version(draft: &Draft) -> Field {
    Field::new(FieldKind::Hidden, "if_version", Text::plain(""))
        .value(draft.row.version.to_string())
}

fn fields(draft: &Draft, again: Option<(&Typed, &[FieldFault])>) -> Vec<Field> {
    let row = &draft.row;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let field = |kind: FieldKind, name: &str, label: &str, value: String| {
        let made = Field::new(kind, name, Text::said(label));
        match again {
            Some((typed, faults)) => made.value(typed.raw(name)).fault(fault_at(faults, name)),
            None => made.value(value),
        }
    };
    vec![
        version(draft),
        field(FieldKind::Text, "number", "issuing-field-number", row.number.clone()).required(),
        field(FieldKind::Text, "title", "issuing-field-title", row.title.clone()).required(),
        field(FieldKind::Textarea, "body", "issuing-field-body", row.body.clone())
            .required()
            .attr("rows", 8)
            .attr("maxlength", 20_000),
        field(FieldKind::Date, "issued_on", "issuing-field-issued", day(row.issued_on)),
        field(FieldKind::Date, "effective_on", "issuing-field-force", day(row.effective_on)),
        Field::new(FieldKind::Checkbox, "anew", Text::said("issuing-field-anew"))
            .hint(Text::said("issuing-field-anew-hint")),
    ]
}

fn view(draft: &Draft, again: Option<(&Typed, &[FieldFault])>) -> DraftPage {
    let (row, at) = (&draft.row, href(draft.row.id));
    let mut head = PageHead::new(Text::plain(&row.title));
    head.code = Some(row.number.clone());
    head.crumbs = vec![
        Crumb { text: Text::said("issuing-title"), href: Some("/announcement-drafts".to_owned()) },
        Crumb { text: Text::plain(&row.number), href: None },
    ];
    head.pill = Some(match (row.ended_at, row.issued) {
        (None, _) => Pill::new(Text::said("issuing-state-open"), Tone::Info),
        (Some(_), true) => Pill::new(Text::said("issuing-state-issued"), Tone::Good),
        (Some(_), false) => Pill::new(Text::said("issuing-state-thrown-away"), Tone::Bad),
    });
    let doubts = draft.doubts.iter().map(|(doubt, profile)| Told {
        text: Text::word("force-doubt", doubt.kind.key()).with_date("day", doubt.day),
        cite: doubt.rule.map(|rule| cite_rule(profile.rule(rule))),
    });
    let texts = draft.texts.iter().map(|text| {
        let said = Text::said("issuing-named")
            .with("title", text.project.title_zh.as_str())
            .with("number", text.number());
        Link::new(format!("/projects/{}", text.project.id), said)
    });
    let open = row.ended_at.is_none();
    let form = |verb: &str, button: &str| FormView {
        action: format!("{at}/{verb}"),
        fields: vec![version(draft)],
        button: Text::said(button),
    };
    let fields = fields(draft, again);
    DraftPage {
        head,
        faults: faults_of(&fields),
        cite: None,
        doubts: doubts.collect(),
        papers: vec![
            Link::new(format!("{at}/paper"), Text::said("issuing-paper-print")),
            Link::new(format!("{at}/paper.pdf"), Text::plain("PDF")),
            Link::new(format!("{at}/paper.docx"), Text::plain("Word")),
        ],
        texts: texts.collect(),
        edit: open.then(|| FormView {
            action: at.clone(),
            fields,
            button: Text::said("button-save"),
        }),
        issue: (open && row.issued_on.is_some() && row.effective_on.is_some())
            .then(|| form("issue", "issuing-issue")),
        throw_away: open.then(|| form("throw-away", "issuing-throw-away")),
    }
}

#[get("/announcement-drafts/<id>")]
async fn show(app: &State<App>, officer: Officer, id: &str) -> Result<Page, WebError> {
    let draft = read(app, &officer, id_of(id)?).await?;
    Ok(Page::new("pages/announcements/draft", &view(&draft, None)).private())
}

/// The announcement as a paper.
fn made(app: &App, draft: &Draft) -> Paper {
    let force = draft.row.effective_on.map(|day| day.to_string()).unwrap_or_default();
    let line = |text: &verbs::Named| Line {
        act: text.amends().then(|| Text::said("announcements-act-amends")),
        number: text.number().to_owned(),
        title: text.project.title_zh.clone(),
        replaces: text.replaces.clone(),
        effective: force.clone(),
    };
    let sheet = Sheet {
        number: &draft.row.number,
        title: &draft.row.title,
        body: &draft.row.body,
        authority: &draft.authority.name_zh,
        day: draft.row.issued_on,
        lines: draft.texts.iter().map(line).collect(),
    };
    paper(&sheet, &official_voice(app))
}

#[get("/announcement-drafts/<id>/<name>")]
async fn print(
    app: &State<App>,
    officer: Officer,
    id: &str,
    name: &str,
) -> Result<Official, WebError> {
    let (name, form) = Form::split(name);
    if name != "paper" {
        return Err(WebError::not_found());
    }
    let draft = read(app, &officer, id_of(id)?).await?;
    let (back, paper) = (href(draft.row.id), made(app, &draft));
    let at = format!("{back}/paper");
    official(app, paper, form.unwrap_or(Form::Html), Place::read(&at, &back)).await
}

/// What was typed; the wording is made anew from the texts where that was asked for.
fn command(app: &App, draft: &Draft, typed: &Typed) -> Result<Edit, WebError> {
    let day = |name: &str| typed.day(name).map_err(|fault| WebError::invalid(vec![fault]));
    let (issued_on, effective_on) = (day("issued_on")?, day("effective_on")?);
    let (title, body) = match typed.ticked("anew") {
        true => wording(&draft.texts, effective_on, &official_voice(app)),
        false => (typed.line("title"), typed.text("body")),
    };
    Ok(Edit {
        id: draft.row.id,
        version: typed.version(),
        number: typed.line("number"),
        title,
        body,
        issued_on,
        effective_on,
    })
}

#[post("/announcement-drafts/<id>", data = "<typed>")]
async fn edit(
    app: &State<App>,
    officer: Officer,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let draft = read(app, &officer, id_of(id)?).await?;
    let (actor, to) = (officer.signed_in.actor.clone(), href(draft.row.id));
    let done = match command(app, &draft, &typed) {
        Ok(command) => {
            app.once(typed.once(), move |tx| {
                verbs::edit(tx, &actor, &command)?;
                Ok(Answer::see(&to).saying(Tone::Good, &Text::said("issuing-saved")))
            })
            .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let page =
                Page::new("pages/announcements/draft", &view(&draft, Some((&typed, &faults))));
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

/// The paper in the store: a PDF file, or a Word document where no typeface is found.
async fn kept(app: &App, draft: &Draft) -> Result<verbs::Paper, WebError> {
    let saved = match file(app, made(app, draft), Form::Pdf).await {
        Err(error) if error.kind == NO_TYPEFACE => file(app, made(app, draft), Form::Docx).await?,
        other => other?,
    };
    let size = saved.bytes.len() as u64;
    let stored = app.store.put(saved.bytes.as_slice(), size).await?;
    Ok(verbs::Paper {
        file_name: names::clean(&saved.name.unwrap_or_default()),
        media_type: saved.media_type.to_owned(),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.hash.to_string(),
    })
}

#[post("/announcement-drafts/<id>/issue", data = "<typed>")]
async fn issue(
    app: &State<App>,
    officer: Officer,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let draft = read(app, &officer, id_of(id)?).await?;
    let paper = kept(app, &draft).await?;
    let command = Issue { id: draft.row.id, version: typed.version(), paper };
    let actor = officer.signed_in.actor;
    let done = app.once(typed.once(), move |tx| {
        let texts = verbs::issue(tx, &actor, &command)?;
        let said = Text::said("issuing-issued").with("n", texts as u64);
        Ok(Answer::see(format!("/announcements#a-{}", command.id)).saying(Tone::Good, &said))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => held_back(&draft, typed, error).map(Err),
    }
}

/// The page again with what stood against the issue, and which of the texts it holds back.
fn held_back(draft: &Draft, typed: Typed, error: WebError) -> Result<Page, WebError> {
    let (status, refusal) = (error.status, error.refusal.clone());
    let again = Again::of("issue", typed, error)?;
    let mut page = view(draft, None);
    page.faults = again.summary();
    page.cite = again.cite;
    let text = refusal.as_ref().and_then(|refusal| refusal.facts.get(verbs::HELD_BACK));
    if let Some(title) = text {
        let text = Text::said("issuing-held-back").with("title", title.as_str());
        page.faults.insert(0, FormFault { field: String::new(), text });
    }
    Ok(Page::new("pages/announcements/draft", &page).status(status).private())
}

#[post("/announcement-drafts/<id>/throw-away", data = "<typed>")]
async fn throw_away(
    app: &State<App>,
    officer: Officer,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let command = (id_of(id)?, typed.version());
    let actor = officer.signed_in.actor;
    app.once(typed.once(), move |tx| {
        verbs::throw_away(tx, &actor, &command)?;
        let said = Text::said("issuing-thrown-away");
        Ok(Answer::see("/announcement-drafts").saying(Tone::Good, &said))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, print, edit, issue, throw_away]
}
