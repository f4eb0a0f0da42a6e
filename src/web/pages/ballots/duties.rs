//! What surrounds the vote: the right to it, the declaration of interests, the receipt of a secret vote, and required changes.

use quanheng_actions::ballot::{box_vote, change, declare};
use quanheng_db::ballot_parts::ChangeRow;
use quanheng_db::ballots::RollRow;
use quanheng_domain::Keyed;
use quanheng_domain::ids::{BallotId, ObjectId};
use quanheng_domain::people::Party;
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::file::BallotFile;
use super::show::{ballot_id, page};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page_form::{Done, PageForm};
use crate::pages::projects::{Again, FormView, Part, word};
use crate::typed::Typed;
use crate::views::{FieldKind, Pill, Text, Tone};

/// What surrounds the vote, as the page shows it.
#[derive(Serialize)]
pub struct Duties {
    rights: Option<Text>,
    declaration: Option<FormView>,
    declaration_open: bool,
    receipt: Option<FormView>,
    slips: Vec<quanheng_domain::ballot::secret::Slip>,
    changes: Vec<ChangeLine>,
    change: Option<FormView>,
    change_open: bool,
}

/// A change that the review requires.
#[derive(Serialize)]
struct ChangeLine {
    n: i32,
    clause: String,
    body: String,
    responsible: Option<String>,
    state: Pill,
    done: Option<Text>,
    form: Option<FormView>,
}

/// What surrounds the vote.
pub fn duties(file: &BallotFile, again: Option<&Again>) -> Duties {
    let closed = file.ballot.closed_at.is_some();
    let leads = [Party::Secretariat, Party::Chair].iter().any(|party| file.parties.contains(party));
    let ends = file.project.as_ref().is_none_or(|project| project.stage.is_final());
    let adds = leads && !ends;
    Duties {
        rights: rights(file),
        declaration: declaration(file, again),
        declaration_open: Part::new("declaration", again).is_back(),
        receipt: (file.ballot.secret && closed).then(|| receipt(file, again)),
        slips: file.slips.slips().to_vec(),
        changes: file.changes.iter().map(|row| change_line(file, row, ends, again)).collect(),
        change: adds.then(|| new_change(file, again)),
        change_open: Part::new("change", again).is_back(),
    }
}

/// Why the reader may vote here, or may not.
fn rights(file: &BallotFile) -> Option<Text> {
    let me = file.me?;
    let Some(line) = file.roll.iter().find(|line| line.person_id == me) else {
        return file.parties.contains(&Party::Member).then(|| Text::said("ballots-right-off-roll"));
    };
    Some(match file.ballot.closed_at {
        Some(_) if line.may_vote => Text::said("ballots-right-voted"),
        _ => right_of(line),
    })
}

/// Why somebody on the roll may vote, or may not.
pub fn right_of(line: &RollRow) -> Text {
    match &line.recusal {
        Some(recusal) => {
            Text::said("ballots-right-recused").with_text("why", &Text::word("recusal", recusal))
        }
        None if line.may_vote => Text::said("ballots-right-votes"),
        None => Text::said("ballots-right-nonvoter").with_text("role", &word(line.role)),
    }
}

fn declaration(file: &BallotFile, again: Option<&Again>) -> Option<FormView> {
    let open = file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    let line = file.roll.iter().find(|line| Some(line.person_id) == file.me)?;
    if !open || file.project.is_none() || !line.role.is_voting() {
        return None;
    }
    let part = Part::new("declaration", again);
    let made = file.declarations.iter().find(|row| row.person_id == line.person_id);
    let which = part.field(FieldKind::Radio, "conflicted", Text::said("ballots-declaration-which"));
    let details =
        part.field(FieldKind::Textarea, "details", Text::said("ballots-declaration-details"));
    let (which, details) = match made.filter(|_| !part.is_back()) {
        Some(made) => (
            which.value(if made.conflicted { "yes" } else { "no" }),
            details.value(made.details.as_str()),
        ),
        None => (which, details),
    };
    Some(FormView {
        action: format!("/ballots/{}/declaration", file.ballot.id),
        fields: vec![
            which
                .choice("no", Text::said("ballots-declaration-none"))
                .choice("yes", Text::said("ballots-declaration-some"))
                .required(),
            details
                .hint(Text::said("ballots-declaration-details-hint"))
                .attr("rows", 2)
                .attr("maxlength", 2_000),
        ],
        button: Text::said("ballots-declaration-send"),
    })
}

fn receipt(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("receipt", again);
    FormView {
        action: format!("/ballots/{}/receipt", file.ballot.id),
        fields: vec![
            part.field(FieldKind::Text, "code", Text::said("ballots-receipt"))
                .attr("maxlength", 200)
                .attr("autocomplete", "off")
                .required(),
        ],
        button: Text::said("ballots-receipt-check-send"),
    }
}

fn change_line(
    file: &BallotFile,
    row: &ChangeRow,
    ends: bool,
    again: Option<&Again>,
) -> ChangeLine {
    let key = format!("done-{}", row.ordinal);
    let part = Part::new(&key, again);
    let works =
        [Party::Secretariat, Party::Drafter].iter().any(|party| file.parties.contains(party))
            || (row.responsible_id.is_some() && row.responsible_id == file.me);
    let by = row.done_by.and_then(|by| file.names.get(&by)).map_or("", String::as_str);
    let done = row.done_at.map(|at| {
        Text::said("ballots-change-done-by")
            .with("name", by)
            .with_instant("at", at.to_rfc3339())
            .with("note", row.done_note.as_str())
    });
    let state = match done {
        Some(_) => Pill::new(Text::said("ballots-change-done"), Tone::Good),
        None => Pill::new(Text::said("ballots-change-open"), Tone::Warn),
    };
    let form = (works && !ends && done.is_none()).then(|| FormView {
        action: format!("/ballots/{}/changes/{}/done", file.ballot.id, row.id),
        fields: vec![
            part.field(FieldKind::Textarea, "note", Text::said("ballots-change-note"))
                .attr("rows", 2)
                .attr("maxlength", 2_000)
                .required(),
        ],
        button: Text::said("ballots-change-finish"),
    });
    ChangeLine {
        n: row.ordinal,
        clause: row.clause.clone(),
        body: row.body.clone(),
        responsible: row.responsible_id.and_then(|who| file.names.get(&who)).cloned(),
        state,
        done,
        form,
    }
}

fn new_change(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("change", again);
    let together = part
        .field(FieldKind::Select, "responsible", Text::said("ballots-change-responsible"))
        .choice("", Text::said("ballots-change-together"));
    let responsible = file.around.drafters.iter().fold(together, |field, person| {
        let name = file.names.get(person).map_or("", String::as_str);
        field.choice(&person.to_string(), Text::plain(name))
    });
    FormView {
        action: format!("/ballots/{}/changes", file.ballot.id),
        fields: vec![
            part.field(FieldKind::Text, "clause", Text::said("ballots-change-clause"))
                .attr("maxlength", 120),
            part.field(FieldKind::Textarea, "body", Text::said("ballots-change-body"))
                .attr("rows", 3)
                .attr("maxlength", 8_000)
                .required(),
            responsible,
        ],
        button: Text::said("ballots-change-save"),
    }
}

fn said(id: BallotId, anchor: &str, key: &str) -> Answer {
    Answer::see(format!("/ballots/{id}#{anchor}")).saying(Tone::Good, &Text::said(key))
}

#[post("/ballots/<id>/declaration", data = "<typed>")]
async fn declare_interest(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "declaration", typed)
        .act(
            |form| {
                let (conflicted, details) = (form.raw("conflicted") == "yes", form.text("details"));
                Ok(declare::Declare { ballot, conflicted, details })
            },
            move |tx, actor, command| {
                declare::declare(tx, actor, command)?;
                Ok(said(ballot, "declaration", "ballots-declared"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

// Never through `once`: an answer that is kept would join the voter to the slip.
#[post("/ballots/<id>/receipt", data = "<typed>")]
async fn check_receipt(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let ballot = ballot_id(id)?;
    let (code, actor, now) = (typed.line("receipt.code"), signed_in.actor, app.now());
    let found = app
        .read(move |conn| {
            super::file::read(conn, ballot, &actor, now)?;
            box_vote::check_receipt(conn, ballot, &code)
        })
        .await?;
    let (tone, text) = match found {
        Some(choice) => (Tone::Good, Text::word("ballots-receipt-counted", choice.key())),
        None => (Tone::Warn, Text::said("ballots-receipt-none")),
    };
    Ok(Answer::see(format!("/ballots/{ballot}#receipt")).saying(tone, &text))
}

#[post("/ballots/<id>/changes", data = "<typed>")]
async fn add_change(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "change", typed)
        .act(
            |form| {
                let (clause, body) = (form.line("clause"), form.text("body"));
                Ok(change::Require { ballot, clause, body, responsible: form.id("responsible")? })
            },
            move |tx, actor, command| {
                change::require(tx, actor, command)?;
                Ok(said(ballot, "changes", "ballots-change-added"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/changes/<change>/done", data = "<typed>")]
async fn finish_change(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    change: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    let change: ObjectId = change.parse().map_err(|_| WebError::not_found())?;
    // The page has one such form a change; its fields bear the number of the change.
    let number = typed.beginning("done-").find_map(|(rest, _)| rest.strip_suffix(".note"));
    let form = format!("done-{}", number.unwrap_or_default());
    PageForm::new(app, signed_in.actor, form, typed)
        .act(
            |form| Ok(change::Finish { ballot, change, note: form.text("note") }),
            move |tx, actor, command| {
                change::finish(tx, actor, command)?;
                Ok(said(ballot, "changes", "ballots-change-finished"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![declare_interest, check_receipt, add_change, finish_change]
}
