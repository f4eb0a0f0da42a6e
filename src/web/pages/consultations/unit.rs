//! What a unit gathers before it sends (单位汇总): its people write, its contact puts right, drops and sends all at once.

use std::collections::BTreeMap;

use quanheng_actions::round::unit::{
    ChangeRemark, NoteRemark, SendUnit, UnitRound, change_remark, note_remark, of_unit, send_unit,
    waiting,
};
use quanheng_db::register;
use quanheng_db::unit_remarks::{self, UnitRemarkRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::{ObjectId, PersonId, RoundId};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::super::projects::word;
use super::remark;
use super::send::received;
use super::show::round_id;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Crumb, Deadline, Field, FieldKind, FormFault, PageHead, Text, Tone, faults_of};
use crate::voice::{fault, fault_at};

/// The address of the page.
pub fn href(round: RoundId) -> String {
    format!("/consultations/{round}/unit")
}

#[derive(Serialize)]
struct UnitPage {
    head: PageHead,
    faults: Vec<FormFault>,
    due: Deadline,
    waiting: Vec<RemarkView>,
    gone: Vec<RemarkView>,
    write: Vec<Field>,
    action: String,
    send: Option<SendView>,
    contact: Option<Text>,
    answered: bool,
}

#[derive(Serialize)]
struct RemarkView {
    id: String,
    clause: Text,
    kind: Text,
    body: String,
    proposal: String,
    reason: String,
    who: String,
    at: String,
    state: Option<Text>,
    form: Option<RemarkForm>,
}

#[derive(Serialize)]
struct RemarkForm {
    action: String,
    version: i64,
    fields: Vec<Field>,
    open: bool,
}

#[derive(Serialize)]
struct SendView {
    action: String,
    seen: Vec<String>,
    publish: Field,
    button: Text,
}

/// A form that came back: its name, what was typed, what is wrong.
struct Back {
    form: String,
    typed: Typed,
    faults: Vec<FieldFault>,
}

struct File {
    round: UnitRound,
    rows: Vec<UnitRemarkRow>,
    names: BTreeMap<PersonId, String>,
    now: chrono::DateTime<chrono::Utc>,
}

async fn file(app: &App, actor: Actor, id: RoundId) -> Result<File, WebError> {
    let now = app.now();
    let file = app
        .read(move |conn| {
            let round = of_unit(conn, &actor, id)?;
            let rows = unit_remarks::of_unit(conn, id, round.unit.id)?;
            let mut people: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
            people.extend(round.contact);
            people.sort_unstable();
            people.dedup();
            let people = register::people_by(conn, &people)?;
            let names = people.into_iter().map(|row| (row.id, row.name_zh)).collect();
            Ok(File { round, rows, names, now })
        })
        .await?;
    Ok(file)
}

/// The fields of a remark below a prefix, as they stand or as they came back.
fn fields(prefix: &str, row: Option<&UnitRemarkRow>, back: Option<&Back>) -> Vec<Field> {
    let faults = back.map_or(&[][..], |back| back.faults.as_slice());
    let stored = |part: &str| match (row, part) {
        (Some(row), "clause") => row.clause.clone(),
        (Some(row), "kind") => row.kind.key().to_owned(),
        (Some(row), "body") => row.body.clone(),
        (Some(row), "proposal") => row.proposal.clone(),
        (Some(row), "reason") => row.reason.clone(),
        _ => String::new(),
    };
    let typed = |back: &Back, part: &str| back.typed.raw(&format!("{prefix}.{part}")).to_owned();
    let value = |part: &str| back.map_or_else(|| stored(part), |back| typed(back, part));
    remark::fields(prefix, value, |part| fault_at(faults, part), Field::required)
}

fn remark_view(file: &File, row: &UnitRemarkRow, back: Option<&Back>) -> RemarkView {
    let prefix = format!("r-{}", row.id);
    let back = back.filter(|back| back.form == prefix);
    let mine = row.person_id == file.round.me || file.round.is_contact();
    let state = match (row.sent_at, row.dropped_at) {
        (Some(_), _) => Some(Text::said("unit-sent")),
        (None, Some(_)) => Some(Text::said("unit-dropped")),
        (None, None) => None,
    };
    RemarkView {
        id: prefix.clone(),
        clause: if row.clause.is_empty() {
            Text::said("rounds-whole-text")
        } else {
            Text::plain(&row.clause)
        },
        kind: word(row.kind),
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        reason: row.reason.clone(),
        who: file.names.get(&row.person_id).cloned().unwrap_or_default(),
        at: row.written_at.to_rfc3339(),
        state,
        form: (mine && row.sent_at.is_none()).then(|| RemarkForm {
            action: format!("{}/{}", href(file.round.case.round.id), row.id),
            version: row.version,
            fields: fields(&prefix, Some(row), back),
            open: back.is_some(),
        }),
    }
}

fn view(file: &File, back: Option<&Back>) -> UnitPage {
    let (round, project) = (&file.round.case.round, &file.round.case.project);
    let mut head = PageHead::new(Text::said("unit-title"));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/consultations/{}", round.id)),
        },
        Crumb { text: Text::said("unit-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::said("unit-lead").with("unit", file.round.unit.name_zh.as_str()));
    let out: Vec<&UnitRemarkRow> = waiting(&file.rows).collect();
    let gone = file.rows.iter().filter(|row| row.dropped_at.is_some() || row.sent_at.is_some());
    let write = fields("new", None, back.filter(|back| back.form == "new"));
    let mut faults = faults_of(&write);
    if let Some(back) = back.filter(|back| back.form != "new") {
        faults.extend(back.faults.iter().map(|one| FormFault {
            field: format!("{}.{}", back.form, one.field),
            text: fault(one),
        }));
    }
    let contact = file.round.contact.and_then(|id| file.names.get(&id));
    UnitPage {
        head,
        faults,
        due: Deadline::new(round.closes_at, file.now),
        send: (file.round.is_contact() && !out.is_empty()).then(|| SendView {
            action: format!("{}/send", href(round.id)),
            seen: out.iter().map(|row| format!("{}:{}", row.id, row.version)).collect(),
            publish: Field::new(
                FieldKind::Checkbox,
                "publish_name",
                Text::said("rounds-publish-name"),
            ),
            button: Text::said("unit-send").with("n", out.len() as u64),
        }),
        waiting: out.into_iter().map(|row| remark_view(file, row, back)).collect(),
        gone: gone.map(|row| remark_view(file, row, back)).collect(),
        write,
        action: href(round.id),
        contact: (!file.round.is_contact()).then(|| match contact {
            Some(name) => Text::said("unit-contact").with("name", name.as_str()),
            None => Text::said("unit-contact-none"),
        }),
        answered: file.round.line.answered_at.is_some(),
    }
}

fn page(file: &File, back: Option<&Back>) -> Page {
    Page::new("pages/consultations/unit", &view(file, back)).private()
}

#[get("/consultations/<id>/unit")]
async fn show(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let file = file(app, signed_in.actor, round_id(id)?).await?;
    Ok(page(&file, None))
}

/// The answer, or the page again with what was typed.
async fn finish(
    app: &App,
    actor: Actor,
    round: RoundId,
    (form, typed): (String, Typed),
    done: Result<Answer, WebError>,
) -> Result<Result<Answer, Page>, WebError> {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let status = error.status;
    let back = Back { form, typed, faults: error.into_faults()? };
    let file = file(app, actor, round).await?;
    Ok(Err(page(&file, Some(&back)).status(status)))
}

#[post("/consultations/<id>/unit", data = "<typed>")]
async fn write(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let command = NoteRemark { round, remark: remark::read(&typed, "new") };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            let id = note_remark(tx, &actor, &command)?;
            let text = Text::said("unit-written");
            Ok(Answer::see(format!("{}#r-{id}", href(round))).saying(Tone::Good, &text))
        })
        .await;
    finish(app, signed_in.actor, round, ("new".to_owned(), typed), done).await
}

// After the route whose last segment is a word.
#[post("/consultations/<id>/unit/<remark_id>", data = "<typed>", rank = 2)]
async fn change(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    remark_id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let which: ObjectId = remark_id.parse().map_err(|_| WebError::not_found())?;
    let form = format!("r-{which}");
    let drops = typed.raw("do") == "drop";
    let command = ChangeRemark {
        round,
        id: which,
        remark: (!drops).then(|| remark::read(&typed, &form)),
        if_version: Some(typed.version()),
    };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            change_remark(tx, &actor, &command)?;
            let text = Text::said(if drops { "unit-was-dropped" } else { "unit-changed" });
            Ok(Answer::see(href(round)).saying(Tone::Good, &text))
        })
        .await;
    finish(app, signed_in.actor, round, (form, typed), done).await
}

#[post("/consultations/<id>/unit/send", data = "<typed>", rank = 1)]
async fn send(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let round = round_id(id)?;
    let mut seen = Vec::new();
    for one in typed.all("seen") {
        let (id, version) = one.split_once(':').ok_or_else(WebError::malformed)?;
        let id: ObjectId = id.parse().map_err(|_| WebError::malformed())?;
        seen.push((id, version.parse().map_err(|_| WebError::malformed())?));
    }
    let command = SendUnit { round, seen, publish_name: typed.ticked("publish_name") };
    let actor = signed_in.actor.clone();
    let done = app
        .once(typed.once(), move |tx| {
            let receipt = send_unit(tx, &actor, &command)?;
            let to = format!("/consultations/{round}/mine");
            Ok(Answer::see(to).saying(Tone::Good, &received(&receipt)))
        })
        .await;
    finish(app, signed_in.actor, round, ("send".to_owned(), typed), done).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, write, change, send]
}
