//! Comments of the public that the secretariat looks at before they count (意见审核): admitted or refused, one or many at once.

use quanheng_actions::ActionError;
use quanheng_actions::round::{Case, Moderate, moderate};
use quanheng_db::comment_files::{self, CommentFileRow};
use quanheng_db::comment_watch::{self, WatchRow};
use quanheng_db::rounds::CommentRow;
use quanheng_domain::ids::{CommentId, RoundId};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::watch::Verdict;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::super::projects::word;
use super::attached;
use super::show::round_id;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{
    Crumb, Empty, Field, FieldKind, FormFault, Link, PageHead, Pill, Text, Tone, faults_of,
};
use crate::voice::{fault, fault_at};

/// The address of the page.
pub fn href(round: RoundId) -> String {
    format!("/consultations/{round}/held")
}

#[derive(Serialize)]
struct HeldPage {
    head: PageHead,
    faults: Vec<FormFault>,
    action: String,
    waiting: Vec<HeldView>,
    refused: Vec<HeldView>,
    reason: Field,
    empty: Option<Empty>,
}

#[derive(Serialize)]
struct HeldView {
    id: String,
    chosen: bool,
    author: String,
    clause: Text,
    body: String,
    proposal: String,
    why: Pill,
    at: String,
    confirmed: bool,
    files: Vec<Link>,
    reason: String,
}

struct File {
    case: Case,
    held: Vec<(WatchRow, CommentRow, Vec<CommentFileRow>)>,
}

async fn file(app: &App, actor: Actor, id: RoundId) -> Result<File, WebError> {
    let file = app
        .read(move |conn| {
            let case = Case::read(conn, id)?;
            let parties = case.parties(&actor);
            let may = [Party::Secretariat, Party::Officer].iter().any(|one| parties.contains(one));
            if !may {
                return Err(ActionError::Forbidden);
            }
            let mut held = Vec::new();
            for (watch, row) in comment_watch::of_round(conn, id)? {
                let files = comment_files::of_comment(conn, row.id)?;
                held.push((watch, row, files));
            }
            Ok(File { case, held })
        })
        .await?;
    Ok(file)
}

fn one(watch: &WatchRow, row: &CommentRow, files: &[CommentFileRow], typed: &Typed) -> HeldView {
    let parts = [row.author_name.as_str(), &row.author_unit, &row.author_contact];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let id = row.id.to_string();
    HeldView {
        chosen: typed.all("comment").contains(&id.as_str()),
        id,
        author: parts.join(" \u{b7} "),
        clause: if row.clause.is_empty() {
            Text::said("rounds-whole-text")
        } else {
            Text::plain(&row.clause)
        },
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        why: Pill::new(word(watch.why), Tone::Warn),
        at: row.received_at.to_rfc3339(),
        confirmed: watch.confirmed_at.is_some(),
        files: attached::links(files, attached::href),
        reason: watch.reason.clone(),
    }
}

fn view(file: &File, typed: &Typed, faults: &[FieldFault]) -> HeldPage {
    let (round, project) = (&file.case.round, &file.case.project);
    let mut head = PageHead::new(Text::said("held-title"));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/consultations/{}", round.id)),
        },
        Crumb { text: Text::said("held-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::said("held-lead"));
    let of = |verdict: Option<Verdict>| {
        let some = file.held.iter().filter(move |(watch, ..)| watch.verdict == verdict);
        some.map(|(watch, row, files)| one(watch, row, files, typed)).collect::<Vec<_>>()
    };
    let (waiting, refused) = (of(None), of(Some(Verdict::Refused)));
    let reason = Field::new(FieldKind::Text, "reason", Text::said("held-reason"))
        .hint(Text::said("held-reason-hint"))
        .value(typed.raw("reason"))
        .fault(fault_at(faults, "reason"))
        .attr("maxlength", 2_000);
    let mut summary = faults_of(std::slice::from_ref(&reason));
    let others = faults.iter().filter(|one| one.field != "reason");
    summary.extend(others.map(|one| FormFault { field: String::new(), text: fault(one) }));
    HeldPage {
        head,
        faults: summary,
        action: href(round.id),
        empty: (waiting.is_empty() && refused.is_empty()).then(|| Empty {
            title: Text::said("held-none"),
            text: None,
            action: Some(Link::new(
                format!("/consultations/{}", round.id),
                Text::said("reading-to-round"),
            )),
        }),
        waiting,
        refused,
        reason,
    }
}

#[get("/consultations/<id>/held")]
async fn show(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let file = file(app, signed_in.actor, round_id(id)?).await?;
    let page = view(&file, &Typed::default(), &[]);
    Ok(Page::new("pages/consultations/held", &page).private())
}

#[post("/consultations/<id>/held", data = "<typed>")]
async fn decide(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let verdict: Verdict =
        typed.choice("verdict").map_err(|fault| WebError::invalid(vec![fault]))?;
    let ids: Result<Vec<CommentId>, _> = typed.all("comment").into_iter().map(str::parse).collect();
    let comments = ids.map_err(|_| WebError::malformed())?;
    let command = Moderate { round, comments, verdict, reason: typed.text("reason") };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            let n = moderate(tx, &actor, &command)?;
            let said = match command.verdict {
                Verdict::Admitted => "held-admitted",
                Verdict::Refused => "held-refused-done",
            };
            let said = Text::said(said).with("n", n as u64);
            Ok(Answer::see(href(round)).saying(Tone::Good, &said))
        })
        .await;
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let faults = error.into_faults()?;
    let file = file(app, signed_in.actor, round).await?;
    let page = Page::new("pages/consultations/held", &view(&file, &typed, &faults)).private();
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, decide]
}
