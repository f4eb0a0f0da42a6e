//! Sending comments: by anybody with a confirmed address, by members and units that were asked, who may also have none.

use std::time::Duration;

use quanheng_actions::round::{
    Answer as RoundAnswer, Author, Confirm, NewFile, Receipt, Remark, Submit, Submitted,
    answer as answer_round, attach, confirm as confirm_comments, hold, own_path,
    submit::limits as sending, submit_comments,
};
use quanheng_actions::{ActionError, Tx};
use quanheng_domain::Keyed;
use quanheng_domain::clause::Clause;
use quanheng_domain::comment::{CommentKind, CommentSource, RecipientAnswer};
use quanheng_domain::ids::{CommentId, RoundId};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Actor;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::file::{self, Extent, RoundFile};
use super::remark;
use super::show::{page, round_id};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::idempotency::Once;
use crate::page::Page;
use crate::proof::{self, Door};
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
    /// Where the script asks for a challenge; none for people with an account, who need no proof.
    proof: Option<String>,
    /// Whether the reader was asked and may answer that there is no comment.
    owes: bool,
    answer: String,
    note: Field,
}

#[derive(Serialize)]
struct RowView {
    title: Text,
    /// Whether it stands open; further rows wait folded until something is to be said in them.
    open: bool,
    fields: Vec<Field>,
}

/// What came back with faults.
pub struct Back {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Vec<FieldFault>,
    /// What is wrong with a file, with its field.
    pub told: Option<(String, Text)>,
}

impl Back {
    /// The faults for the head of the page.
    pub fn summary(&self) -> Vec<FormFault> {
        let faults = self.faults.iter().map(|fault| FormFault {
            field: fault.field.clone(),
            text: crate::voice::fault(fault),
        });
        let told = self.told.iter();
        let told = told.map(|(field, text)| FormFault { field: field.clone(), text: text.clone() });
        faults.chain(told).collect()
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
    Back { typed, faults: Vec::new(), told: None }
}

/// The form of a running round; none where comments are not taken.
pub fn form(file: &RoundFile, back: Option<&Back>) -> Option<SendView> {
    let empty = Typed::default();
    let (typed, faults) =
        back.map_or((&empty, &[][..]), |back| (&back.typed, back.faults.as_slice()));
    let field = |kind, name: &str, label: &str| field(typed, faults, kind, name, label);
    let author = if file.me.is_some() { Vec::new() } else { author(typed, faults) };
    let written = used(typed);
    let shown = written.max(ROWS);
    let row = |at: usize| {
        let prefix = format!("comments.{at}");
        let name = |part: &str| format!("{prefix}.{part}");
        let mut fields = remark::fields(
            &prefix,
            |part| typed.raw(&name(part)).to_owned(),
            |part| fault_at(faults, &name(part)),
            |body| body.draft(&format!("comment-{}-{at}", file.round.id)),
        );
        fields.push(files_field(&name("files"), file_fault(back, &name("files"))));
        RowView {
            title: Text::said("rounds-number").with("n", at as u64 + 1),
            open: at == 0 || at < written || fields.iter().any(|field| field.fault.is_some()),
            fields,
        }
    };
    file.is_running().then(|| SendView {
        action: format!("/consultations/{}/comments", file.round.id),
        author,
        rows: (0..shown).map(row).collect(),
        proof: file.me.is_none().then(|| format!("/consultations/{}/challenge", file.round.id)),
        owes: file.owed().is_some(),
        answer: format!("/consultations/{}/answer", file.round.id),
        note: field(FieldKind::Text, "note", "rounds-cannot-why").attr("maxlength", 2_000),
    })
}

fn field(typed: &Typed, faults: &[FieldFault], kind: FieldKind, name: &str, label: &str) -> Field {
    Field::new(kind, name, Text::said(label)).value(typed.raw(name)).fault(fault_at(faults, name))
}

fn file_fault(back: Option<&Back>, name: &str) -> Option<Text> {
    let back = back?;
    let told = back.told.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone());
    told.or_else(|| fault_at(&back.faults, name))
}

/// Where files of a comment are chosen.
pub fn files_field(name: &str, fault: Option<Text>) -> Field {
    Field::new(FieldKind::File, name, Text::said("rounds-files"))
        .hint(Text::said("rounds-files-hint"))
        .fault(fault)
        .attr("multiple", "multiple")
        .attr("accept", ".docx,.xlsx,.pdf,.png,.jpg,.jpeg,.txt,.csv")
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
    let filled = |at: &usize| remark::is_typed(typed, &format!("comments.{at}"));
    (0..MOST_ROWS).rev().find(filled).map_or(0, |at| at + 1)
}

fn remarks(typed: &Typed) -> Vec<Remark> {
    let remark = |at: usize| remark::read(typed, &format!("comments.{at}"));
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

#[post("/consultations/<id>/comments", data = "<typed>", rank = 3)]
async fn send(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let once = typed.once().clone();
    receive(app, visitor, round_id(id)?, &once, typed, Vec::new()).await
}

/// Receives the comments of a form, each row with its files.
pub async fn receive(
    app: &App,
    visitor: Visitor,
    round: RoundId,
    once: &Once,
    typed: Typed,
    files: Vec<Vec<NewFile>>,
) -> Result<Result<Answer, Page>, WebError> {
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
    let mut remarks = remarks(&typed);
    // A file in a row without words: the row is there, and what it lacks is said at it.
    let last = files.iter().rposition(|files| !files.is_empty()).map_or(0, |at| at + 1);
    remarks.extend((remarks.len()..last).map(|_| blank_remark()));
    let door = match visitor.actor {
        Actor::Public => {
            let words = remarks.iter().flat_map(|remark| {
                [&remark.body, &remark.proposal, &remark.reason].map(String::as_str)
            });
            Some(Door::pass(app, visitor.address, round, typed.raw("proof"), words).await?)
        }
        Actor::Person(_) | Actor::System => None,
    };
    let author = Author {
        name: typed.line("name"),
        contact: typed.line("contact"),
        unit: typed.line("unit"),
        publish_name: typed.ticked("publish_name"),
        locale: visitor.locale,
    };
    let (confirm_within, most_a_day) = sending(&app.settings.security);
    let source = CommentSource::Page;
    let command = Submit { round, author, remarks, source, confirm_within, most_a_day };
    let actor = visitor.actor.clone();
    let most = usize::from(limits.comment_files);
    let sent = app
        .once(once, move |tx| {
            let done = submit_comments(tx, &actor, &command)?;
            let text = entered(tx, &actor, door.as_ref(), &done, &files, most)?;
            Ok(Answer::see(format!("/consultations/{round}")).saying(Tone::Good, &text))
        })
        .await;
    let error = match sent {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let back = Back { faults: error.into_faults()?, typed, told: None };
    Ok(Err(page(app, visitor.actor, round, Some(&back)).await?.status(Status::UnprocessableEntity)))
}

/// What belongs to comments that were just submitted: their files, and whether a person looks at them first; gives the words for the sender.
pub fn entered(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    door: Option<&Door>,
    done: &Submitted,
    files: &[Vec<NewFile>],
    most: usize,
) -> Result<Text, ActionError> {
    let ids: Vec<CommentId> = match done {
        Submitted::AwaitsConfirmation { comments, .. } => comments.clone(),
        Submitted::Received(receipt) => receipt.comments.iter().map(|(id, _)| *id).collect(),
    };
    for (id, files) in ids.iter().zip(files) {
        attach(tx, actor, *id, files, most)?;
    }
    Ok(match done {
        Submitted::AwaitsConfirmation { until, .. } => {
            let why = door.map(|door| door.held(tx)).transpose()?.flatten();
            if let Some(why) = why {
                hold(tx, &ids, why)?;
            }
            Text::said(if why.is_some() { "rounds-confirm-held" } else { "rounds-confirm-sent" })
                .with("n", ids.len() as u64)
                .with_instant("until", until.to_rfc3339())
        }
        Submitted::Received(receipt) => received(receipt),
    })
}

/// What somebody is told whose comments came in: the receipt, and whether they came after the end.
pub fn received(receipt: &Receipt) -> Text {
    let key = match (receipt.held, receipt.late) {
        (true, _) => "rounds-held",
        (false, true) => "rounds-received-late",
        (false, false) => "rounds-received",
    };
    Text::said(key).with("receipt", receipt.number.as_str())
}

fn blank_remark() -> Remark {
    Remark {
        clause: String::new(),
        kind: CommentKind::General,
        body: String::new(),
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
    }
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
    let back = Back { faults: error.into_faults()?, typed, told: None };
    let page = page(app, signed_in.actor, round, Some(&back)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

#[get("/consultations/<id>/challenge")]
async fn ask_proof(app: &State<App>, visitor: Visitor, id: &str) -> Result<Answer, WebError> {
    let id = round_id(id)?;
    let now = app.now();
    let read = move |conn: &mut _| file::read_part(conn, id, &visitor.actor, now, Extent::Nothing);
    let file = app.read(read).await?;
    if !file.is_running() {
        return Err(WebError::not_found());
    }
    Answer::json(Status::Ok, &proof::challenge(app, id)).map_err(WebError::from)
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
        let to = if receipt.held { "/consultations".to_owned() } else { own_path(&command.token) };
        Ok(Answer::see(to).saying(Tone::Good, &received(&receipt)))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![send, answer, ask_proof, confirm_form, confirm]
}
