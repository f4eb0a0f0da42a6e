//! What is done on the page of a ballot.

use quanheng_actions::ballot::sign::{self, is_complete};
use quanheng_actions::ballot::{cast, confirm};
use quanheng_db::ballots::{RollRow, VoteRow};
use quanheng_domain::Keyed;
use quanheng_domain::ballot::BallotForm;
use quanheng_domain::ids::{BallotId, PersonId, VoteId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Party;
use quanheng_domain::records::{Choice, VoteChannel};
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::conclusion;
use super::file::BallotFile;
use super::show::{ballot_id, page};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page_form::{Done, Fields, PageForm};
use crate::pages::projects::{Again, FormView, Part, word};
use crate::typed::Typed;
use crate::views::{FieldKind, Text, Tone};

/// The forms the reader may fill in.
#[derive(Serialize)]
pub struct Forms {
    pub(super) vote: Option<FormView>,
    proxy: Option<FormView>,
    waiting: Vec<Waiting>,
    attendance: Vec<Present>,
    opinion: Option<FormView>,
    close: Option<FormView>,
    sign: Option<FormView>,
}

/// A vote that somebody of the secretariat entered and another has still to confirm.
#[derive(Serialize)]
struct Waiting {
    name: String,
    choice: Text,
    channel: Text,
    source: String,
    reason: Option<String>,
    scan: Option<String>,
    by: Text,
    /// Where it is confirmed; absent for whoever entered it.
    action: Option<String>,
}

/// One line of the attendance list.
#[derive(Serialize)]
struct Present {
    name: String,
    role: Text,
    person: String,
    present: bool,
    action: Option<String>,
}

/// The forms as they stand, one of them perhaps come back.
pub fn forms(file: &BallotFile, again: Option<&Again>) -> Forms {
    let open = file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    let secretariat = file.parties.contains(&Party::Secretariat);
    let mine = file.roll.iter().find(|line| Some(line.person_id) == file.me);
    let votes = open && mine.is_some_and(|line| line.may_vote);
    let speaks = |line: &RollRow| line.role.is_voting() || line.role.may_speak();
    Forms {
        vote: votes.then(|| vote(file, again)),
        proxy: (open && secretariat && !file.ballot.secret).then(|| proxy(file, again)),
        waiting: if secretariat { waiting(file, open) } else { Vec::new() },
        attendance: attendance(file, open, secretariat),
        opinion: (open && mine.is_some_and(|line| !line.may_vote && speaks(line)))
            .then(|| opinion(file, again)),
        close: (secretariat && may_close(file)).then(|| FormView {
            action: format!("/ballots/{}/close", file.ballot.id),
            fields: Vec::new(),
            button: Text::said("ballots-close"),
        }),
        sign: conclusion::sign_form(file, again),
    }
}

/// Whether the ballot may be ended by hand; otherwise it ends by itself at its instant.
fn may_close(file: &BallotFile) -> bool {
    let BallotFile { ballot, roll, votes, waiting, now, .. } = file;
    let over = *now >= ballot.closes_at;
    let complete = || is_complete(ballot.form, roll, |person| votes.contains_key(&person));
    ballot.closed_at.is_none() && (over || waiting.is_empty() && complete())
}

fn choices(part: Part<'_>, chosen: Option<Choice>) -> crate::views::Field {
    let field = part.field(FieldKind::Radio, "choice", Text::said("ballots-choice"));
    let field = match chosen {
        Some(chosen) if !part.is_back() => field.value(chosen.key()),
        _ => field,
    };
    Choice::ALL
        .iter()
        .fold(field, |field, choice| field.choice(choice.key(), Text::word("vote", choice.key())))
        .required()
}

fn vote(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("vote", again);
    if file.ballot.secret {
        return secret(file, part);
    }
    let last = file.me.and_then(|me| file.votes.get(&me)).and_then(|votes| votes.last());
    let (reason, remark) = last.map_or(("", ""), |vote| (&*vote.reason, &*vote.remark));
    FormView {
        action: format!("/ballots/{}/votes", file.ballot.id),
        fields: vec![
            choices(part, last.map(|vote| vote.choice)),
            part.stored(FieldKind::Textarea, "reason", Text::said("ballots-reason"), reason)
                .hint(Text::said("ballots-reason-hint"))
                .attr("rows", 3)
                .attr("maxlength", 4_000),
            part.stored(FieldKind::Textarea, "remark", Text::said("ballots-remark"), remark)
                .attr("rows", 2)
                .attr("maxlength", 4_000),
        ],
        button: Text::said(if last.is_some() { "ballots-vote-again" } else { "ballots-vote" }),
    }
}

/// A secret vote: a choice and a receipt, no words.
fn secret(file: &BallotFile, part: Part<'_>) -> FormView {
    let voted = file.roll.iter().any(|line| Some(line.person_id) == file.me && line.voted);
    let receipt = part.field(FieldKind::Text, "receipt", Text::said("ballots-receipt"));
    let receipt = match voted {
        true => receipt.hint(Text::said("ballots-receipt-again")),
        false if part.is_back() => receipt.hint(Text::said("ballots-receipt-hint")),
        false => receipt.hint(Text::said("ballots-receipt-hint")).value(file.fresh.as_str()),
    };
    FormView {
        action: format!("/ballots/{}/votes", file.ballot.id),
        fields: vec![
            choices(part, None),
            receipt.attr("maxlength", 200).attr("autocomplete", "off").required(),
        ],
        button: Text::said(if voted { "ballots-vote-again" } else { "ballots-vote" }),
    }
}

fn proxy(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("proxy", again);
    let voters = file.roll.iter().filter(|line| line.may_vote);
    let none = part
        .field(FieldKind::Select, "person", Text::said("ballots-proxy-person"))
        .choice("", Text::said("projects-choose"));
    let mut channels =
        vec![VoteChannel::Meeting, VoteChannel::Paper, VoteChannel::Letter, VoteChannel::Phone];
    channels.retain(|one| *one != VoteChannel::Meeting || file.ballot.form == BallotForm::Meeting);
    FormView {
        action: format!("/ballots/{}/votes/entered", file.ballot.id),
        fields: vec![
            voters
                .fold(none, |field, line| {
                    field.choice(&line.person_id.to_string(), Text::plain(&line.name))
                })
                .required(),
            part.choice(FieldKind::Select, "channel", Text::said("ballots-channel"), &channels)
                .required(),
            choices(part, None),
            part.field(FieldKind::Textarea, "reason", Text::said("ballots-reason"))
                .attr("rows", 2)
                .attr("maxlength", 4_000),
            part.field(FieldKind::Textarea, "source", Text::said("ballots-source"))
                .hint(Text::said("ballots-source-hint"))
                .attr("rows", 2)
                .attr("maxlength", 4_000)
                .required(),
            conclusion::sheet_field(file, part, "ballots-scan")
                .hint(Text::said("ballots-scan-hint")),
        ],
        button: Text::said("ballots-proxy-enter"),
    }
}

fn waiting(file: &BallotFile, open: bool) -> Vec<Waiting> {
    let name = |id: PersonId| {
        file.roll.iter().find(|line| line.person_id == id).map_or("", |line| &line.name).to_owned()
    };
    let sheet = |vote: &VoteRow| {
        let row = file.around.sheets.iter().find(|row| Some(row.id) == vote.scan_id)?;
        Some(format!("/projects/{}/documents/{}", row.project_id, row.ordinal))
    };
    let line = |vote: &VoteRow| Waiting {
        name: name(vote.person_id),
        choice: Text::word("vote", vote.choice.key()),
        channel: word(vote.channel),
        source: vote.source.clone(),
        reason: (!vote.reason.is_empty()).then(|| vote.reason.clone()),
        scan: sheet(vote),
        by: Text::said("ballots-entered-at").with_instant("at", vote.cast_at.to_rfc3339()),
        action: (open && file.me != Some(vote.cast_by))
            .then(|| format!("/ballots/{}/votes/{}/confirm", file.ballot.id, vote.id)),
    };
    file.waiting.iter().map(line).collect()
}

/// The attendance list of a meeting.
fn attendance(file: &BallotFile, open: bool, secretariat: bool) -> Vec<Present> {
    if file.ballot.form != BallotForm::Meeting {
        return Vec::new();
    }
    let line = |line: &RollRow| Present {
        name: line.name.clone(),
        role: word(line.role),
        person: line.person_id.to_string(),
        present: line.present,
        action: (open && (secretariat || Some(line.person_id) == file.me))
            .then(|| format!("/ballots/{}/attendance", file.ballot.id)),
    };
    file.roll.iter().map(line).collect()
}

fn opinion(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("opinion", again);
    FormView {
        action: format!("/ballots/{}/opinions", file.ballot.id),
        fields: vec![
            part.field(FieldKind::Textarea, "text", Text::said("ballots-opinion"))
                .attr("rows", 4)
                .attr("maxlength", 8_000)
                .required(),
        ],
        button: Text::said("ballots-opinion-send"),
    }
}

fn said(id: BallotId, key: &str) -> Answer {
    Answer::see(format!("/ballots/{id}")).saying(Tone::Good, &Text::said(key))
}

/// The vote as typed in the form.
fn voted(form: Fields<'_>, own: bool, ballot: BallotId) -> Result<cast::Cast, FieldFault> {
    let person: Option<PersonId> = form.id("person")?;
    if !own && person.is_none() {
        return Err(FieldFault::new("person", FaultCode::Missing));
    }
    Ok(cast::Cast {
        ballot,
        person: person.filter(|_| !own),
        choice: form.choice("choice")?,
        reason: form.text("reason"),
        remark: form.text("remark"),
        channel: if own { VoteChannel::Online } else { form.choice("channel")? },
        source: form.text("source"),
        scan: form.id("scan")?,
        receipt: form.line("receipt"),
    })
}

fn taken(ballot: BallotId, taken: &cast::Taken) -> Answer {
    match taken {
        cast::Taken::Vote(receipt) if receipt.waits => said(ballot, "ballots-entered"),
        cast::Taken::Vote(_) => said(ballot, "ballots-voted"),
        cast::Taken::Opinion(_) => Answer::see(format!("/ballots/{ballot}#opinions"))
            .saying(Tone::Warn, &Text::said("ballots-kept-as-opinion")),
    }
}

async fn take_vote(
    app: &App,
    signed_in: SignedIn,
    id: &str,
    form: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    let own = form == "vote";
    PageForm::new(app, signed_in.actor, form, typed)
        .act(
            |form| voted(form, own, ballot),
            move |tx, actor, command| Ok(taken(ballot, &cast::cast(tx, actor, command)?)),
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/votes", data = "<typed>")]
async fn vote_own(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    take_vote(app, signed_in, id, "vote", typed).await
}

#[post("/ballots/<id>/votes/entered", data = "<typed>")]
async fn vote_for(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    take_vote(app, signed_in, id, "proxy", typed).await
}

#[post("/ballots/<id>/votes/<vote>/confirm", data = "<typed>")]
async fn confirm_vote(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    vote: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let ballot = ballot_id(id)?;
    let vote: VoteId = vote.parse().map_err(|_| WebError::not_found())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        confirm::confirm(tx, &actor, &confirm::Confirm { ballot, vote })?;
        Ok(said(ballot, "ballots-confirmed"))
    })
    .await
}

#[post("/ballots/<id>/attendance", data = "<typed>")]
async fn attend(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let ballot = ballot_id(id)?;
    let person: PersonId = typed.raw("person").parse().map_err(|_| WebError::malformed())?;
    let (actor, present) = (signed_in.actor, typed.ticked("present"));
    let back = if typed.raw("to") == "meeting" { "/meeting" } else { "#roll" };
    app.once(typed.once(), move |tx| {
        cast::attend(tx, &actor, ballot, person, present)?;
        Ok(Answer::see(format!("/ballots/{ballot}{back}")))
    })
    .await
}

#[post("/ballots/<id>/opinions", data = "<typed>")]
async fn opine(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "opinion", typed)
        .act(
            |form| Ok(form.text("text")),
            move |tx, actor, text| {
                cast::opine(tx, actor, ballot, text)?;
                Ok(said(ballot, "ballots-opinion-kept"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/close", data = "<typed>")]
async fn close(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let ballot = ballot_id(id)?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        sign::close(tx, &actor, ballot)?;
        Ok(said(ballot, "ballots-closed"))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![vote_own, vote_for, confirm_vote, attend, opine, close]
}
