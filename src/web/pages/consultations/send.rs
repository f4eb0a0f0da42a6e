//! Sending comments: by anybody with a confirmed address, by members and units that were asked, who may also have none.

use std::time::Duration;

use quanheng_actions::round::{
    Answer as RoundAnswer, Author, Confirm, Remark, Submit, Submitted, answer as answer_round,
    confirm as confirm_comments, own_path, submit::limits as sending, submit_comments,
};
use quanheng_domain::Keyed;
use quanheng_domain::clause::Clause;
use quanheng_domain::comment::{CommentKind, CommentSource, RecipientAnswer};
use quanheng_domain::lifecycle::FieldFault;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::file::RoundFile;
use super::show::{page, round_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::pages::projects::word;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormFault, FormPage, Text, Tone};
use crate::voice::fault_at;

/// Rows of an empty form; more can be sent with a second form.
const ROWS: usize = 3;
/// Most rows read from one form.
const MOST_ROWS: usize = 100;

/// The form for comments, as the page shows it.
#[derive(Serialize)]
pub struct SendView {
    action: String,
    author: Vec<Field>,
    rows: Vec<RowView>,
    /// Whether the reader was asked and may answer that there is no comment.
    owes: bool,
    answer: String,
    note: Field,
}

#[derive(Serialize)]
struct RowView {
    title: Text,
    fields: Vec<Field>,
}

/// What came back with faults.
pub struct Back {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Vec<FieldFault>,
}

impl Back {
    /// The faults for the head of the page.
    pub fn summary(&self) -> Vec<FormFault> {
        self.faults
            .iter()
            .map(|fault| FormFault { field: fault.field.clone(), text: crate::voice::fault(fault) })
            .collect()
    }
}

/// The form filled for a clause: its number, and its words as the wording that can be changed.
pub fn preset(clause: &Clause) -> Back {
    let named = if clause.number.is_empty() { &clause.heading } else { &clause.number };
    let typed = Typed::of([
        ("comments.0.clause", named.as_str()),
        ("comments.0.kind", CommentKind::Technical.key()),
        ("comments.0.proposal", &clause.plain()),
    ]);
    Back { typed, faults: Vec::new() }
}

/// The form of a running round; none where comments are not taken.
pub fn form(file: &RoundFile, back: Option<&Back>) -> Option<SendView> {
    let empty = Typed::default();
    let (typed, faults) =
        back.map_or((&empty, &[][..]), |back| (&back.typed, back.faults.as_slice()));
    let field = |kind, name: &str, label: &str| field(typed, faults, kind, name, label);
    let author = if file.me.is_some() { Vec::new() } else { author(typed, faults) };
    let shown = used(typed).max(ROWS);
    let row = |at: usize| {
        let name = |part: &str| format!("comments.{at}.{part}");
        let kind = field(FieldKind::Select, &name("kind"), "rounds-column-kind");
        let body = field(FieldKind::Textarea, &name("body"), "rounds-column-body")
            .attr("rows", 3)
            .attr("maxlength", 8_000);
        RowView {
            title: Text::said("rounds-number").with("n", at as u64 + 1),
            fields: vec![
                field(FieldKind::Text, &name("clause"), "rounds-column-clause")
                    .attr("maxlength", 120),
                CommentKind::ALL
                    .iter()
                    .fold(kind, |field, kind| field.choice(kind.key(), word(*kind))),
                body.draft(&format!("comment-{}-{at}", file.round.id)),
                field(FieldKind::Textarea, &name("proposal"), "rounds-column-proposal")
                    .attr("rows", 2)
                    .attr("maxlength", 8_000),
                field(FieldKind::Textarea, &name("reason"), "rounds-column-reason")
                    .attr("rows", 2)
                    .attr("maxlength", 8_000),
            ],
        }
    };
    file.is_running().then(|| SendView {
        action: format!("/consultations/{}/comments", file.round.id),
        author,
        rows: (0..shown).map(row).collect(),
        owes: file.owed().is_some(),
        answer: format!("/consultations/{}/answer", file.round.id),
        note: field(FieldKind::Text, "note", "rounds-cannot-why").attr("maxlength", 2_000),
    })
}

fn field(typed: &Typed, faults: &[FieldFault], kind: FieldKind, name: &str, label: &str) -> Field {
    Field::new(kind, name, Text::said(label)).value(typed.raw(name)).fault(fault_at(faults, name))
}

/// Who sends the comments, asked of those who did not sign in.
fn author(typed: &Typed, faults: &[FieldFault]) -> Vec<Field> {
    let field = |kind, name: &str, label: &str| field(typed, faults, kind, name, label);
    vec![
        field(FieldKind::Text, "name", "rounds-name")
            .attr("maxlength", 120)
            .attr("autocomplete", "name")
            .required(),
        field(FieldKind::Email, "contact", "rounds-contact")
            .hint(Text::said("rounds-contact-hint"))
            .attr("maxlength", 200)
            .required(),
        field(FieldKind::Text, "unit", "rounds-unit")
            .attr("maxlength", 200)
            .attr("autocomplete", "organization"),
        field(FieldKind::Checkbox, "publish_name", "rounds-publish-name"),
    ]
}

/// One more than the place of the last row in which anything was typed.
fn used(typed: &Typed) -> usize {
    let filled = |at: &usize| {
        ["clause", "body", "proposal", "reason"]
            .iter()
            .any(|part| !typed.raw(&format!("comments.{at}.{part}")).trim().is_empty())
    };
    (0..MOST_ROWS).rev().find(filled).map_or(0, |at| at + 1)
}

fn remarks(typed: &Typed) -> Vec<Remark> {
    let remark = |at: usize| {
        let name = |part: &str| format!("comments.{at}.{part}");
        Remark {
            clause: typed.line(&name("clause")),
            kind: CommentKind::from_key(typed.raw(&name("kind"))).unwrap_or(CommentKind::General),
            body: typed.text(&name("body")),
            proposal: typed.text(&name("proposal")),
            reason: typed.text(&name("reason")),
            quote: typed.text(&name("quote")),
        }
    };
    let blank = |remark: &Remark| {
        [&remark.clause, &remark.body, &remark.proposal, &remark.reason]
            .iter()
            .all(|text| text.is_empty())
    };
    let mut all: Vec<Remark> = (0..used(typed)).map(remark).collect();
    // Rows left empty between others keep their place, so that faults stand at the right row; those at the end are gone already.
    if all.iter().all(blank) {
        all.clear();
    }
    all
}

#[post("/consultations/<id>/comments", data = "<typed>")]
async fn send(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let limits = &app.settings.limits;
    app.budgets
        .spend(
            &format!("comments:{}", visitor.address),
            u32::from(limits.comments_hour),
            Duration::from_secs(3_600),
        )
        .await?;
    // A field that people do not see is filled by machines only.
    if !typed.raw("website").is_empty() {
        return Err(WebError::malformed());
    }
    let author = Author {
        name: typed.line("name"),
        contact: typed.line("contact"),
        unit: typed.line("unit"),
        publish_name: typed.ticked("publish_name"),
        locale: visitor.locale,
    };
    let (confirm_within, most_a_day) = sending(&app.settings.security);
    let command = Submit {
        round,
        author,
        remarks: remarks(&typed),
        source: CommentSource::Page,
        confirm_within,
        most_a_day,
    };
    let actor = visitor.actor.clone();
    let sent = app
        .once(typed.once(), move |tx| {
            let text = match submit_comments(tx, &actor, &command)? {
                Submitted::AwaitsConfirmation { comments, until } => {
                    Text::said("rounds-confirm-sent")
                        .with("n", comments.len() as u64)
                        .with_instant("until", until.to_rfc3339())
                }
                Submitted::Received(receipt) => {
                    Text::said("rounds-received").with("receipt", receipt.number.as_str())
                }
            };
            Ok(Answer::see(format!("/consultations/{round}")).saying(Tone::Good, &text))
        })
        .await;
    let error = match sent {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let back = Back { faults: error.into_faults()?, typed };
    Ok(Err(page(app, visitor.actor, round, Some(&back)).await?.status(Status::UnprocessableEntity)))
}

#[post("/consultations/<id>/answer", data = "<typed>")]
async fn answer(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let answer =
        RecipientAnswer::from_key(typed.raw("answer")).map_err(|_| WebError::malformed())?;
    // One press says "no comment", whatever stands in the box for the other answer.
    let note = if answer == RecipientAnswer::Cannot { typed.text("note") } else { String::new() };
    let command = RoundAnswer { round, answer, recipient: None, note };
    let to = if typed.raw("back") == "desk" {
        "/desk".to_owned()
    } else {
        format!("/consultations/{round}")
    };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            answer_round(tx, &actor, &command)?;
            Ok(Answer::see(&to).saying(Tone::Good, &Text::said("rounds-answer-kept")))
        })
        .await;
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let back = Back { faults: error.into_faults()?, typed };
    let page = page(app, signed_in.actor, round, Some(&back)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

// Opening a link must not confirm: scanners of mail open links too.
#[get("/consultations/confirm/<token>", rank = 1)]
fn confirm_form(token: &str) -> Page {
    let form = FormPage::new(
        Text::said("rounds-confirm-title"),
        format!("/consultations/confirm/{token}"),
        Vec::new(),
        Text::said("rounds-confirm-button"),
    )
    .lead(Text::said("rounds-confirm-lead"));
    Page::new("pages/forms/form", &form).private()
}

#[post("/consultations/confirm/<token>", rank = 1, data = "<typed>")]
async fn confirm(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let command = Confirm { token: token.to_owned() };
    app.once(typed.once(), move |tx| {
        let receipt = confirm_comments(tx, &visitor.actor, &command)?;
        let text = Text::said("rounds-received").with("receipt", receipt.number.as_str());
        Ok(Answer::see(own_path(&command.token)).saying(Tone::Good, &text))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![send, answer, confirm_form, confirm]
}
