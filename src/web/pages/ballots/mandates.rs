//! Letting another member vote, and voting for those who did (委托表决), on the page of a ballot whose rules allow it.

use quanheng_actions::ballot::{cast, mandate};
use quanheng_db::ballots::RollRow;
use quanheng_domain::Keyed;
use quanheng_domain::ids::PersonId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::records::{Choice, VoteChannel};
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::file::BallotFile;
use super::show::{ballot_id, page};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page_form::{Done, PageForm};
use crate::pages::projects::{Again, FormView, Part};
use crate::typed::Typed;
use crate::views::{FieldKind, Text, Tone};

/// The forms around mandates.
#[derive(Serialize)]
pub struct Mandates {
    mandate: Option<FormView>,
    mandate_open: bool,
    proxied: Option<FormView>,
    mandate_words: Vec<Text>,
}

/// The forms as they stand, one of them perhaps come back.
pub fn mandates(file: &BallotFile, again: Option<&Again>) -> Mandates {
    let open = file.proxies && file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    let mine = file.roll.iter().find(|line| Some(line.person_id) == file.me);
    let mine = mine.filter(|line| open && line.may_vote);
    let given: Vec<(&RollRow, &str)> = file
        .mandates
        .iter()
        .filter(|row| open && Some(row.proxy_id) == file.me)
        .filter_map(|row| {
            let line = file.roll.iter().find(|line| line.person_id == row.person_id)?;
            Some((line, row.words.as_str()))
        })
        .collect();
    let words = |(line, words): &(&RollRow, &str)| {
        Text::said("ballots-proxied-words").with("name", line.name.as_str()).with("words", *words)
    };
    Mandates {
        mandate: mine.map(|line| mandate_form(file, line, again)),
        mandate_open: Part::new("mandate", again).is_back(),
        proxied: (!given.is_empty()).then(|| proxied(file, &given, again)),
        mandate_words: given.iter().map(words).collect(),
    }
}

fn mandate_form(file: &BallotFile, mine: &RollRow, again: Option<&Again>) -> FormView {
    let part = Part::new("mandate", again);
    let made = file.mandates.iter().find(|row| row.person_id == mine.person_id);
    let to = part.field(FieldKind::Select, "to", Text::said("ballots-mandate-to"));
    let words = part.field(FieldKind::Textarea, "words", Text::said("ballots-mandate-words"));
    let (to, words) = match made.filter(|_| !part.is_back()) {
        Some(made) => (to.value(made.proxy_id.to_string()), words.value(made.words.as_str())),
        None => (to, words),
    };
    let others = file.roll.iter().filter(|line| line.may_vote && line.person_id != mine.person_id);
    FormView {
        action: format!("/ballots/{}/mandate", file.ballot.id),
        fields: vec![
            others.fold(to.choice("", Text::said("ballots-mandate-none")), |field, line| {
                field.choice(&line.person_id.to_string(), Text::plain(&line.name))
            }),
            words
                .hint(Text::said("ballots-mandate-words-hint"))
                .attr("rows", 3)
                .attr("maxlength", 2_000),
        ],
        button: Text::said("ballots-mandate-give"),
    }
}

fn proxied(file: &BallotFile, given: &[(&RollRow, &str)], again: Option<&Again>) -> FormView {
    let part = Part::new("proxied", again);
    let person = part.field(FieldKind::Select, "person", Text::said("ballots-proxied-for"));
    let choice = part.field(FieldKind::Radio, "choice", Text::said("ballots-choice"));
    FormView {
        action: format!("/ballots/{}/votes/proxied", file.ballot.id),
        fields: vec![
            given
                .iter()
                .fold(person, |field, (line, _)| {
                    field.choice(&line.person_id.to_string(), Text::plain(&line.name))
                })
                .required(),
            Choice::ALL
                .iter()
                .fold(choice, |field, choice| {
                    field.choice(choice.key(), Text::word("vote", choice.key()))
                })
                .required(),
            part.field(FieldKind::Textarea, "reason", Text::said("ballots-reason"))
                .hint(Text::said("ballots-reason-hint"))
                .attr("rows", 2)
                .attr("maxlength", 4_000),
        ],
        button: Text::said("ballots-proxied-vote"),
    }
}

#[post("/ballots/<id>/mandate", data = "<typed>")]
async fn give(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "mandate", typed)
        .act(
            |form| Ok(mandate::Mandate { ballot, to: form.id("to")?, words: form.text("words") }),
            move |tx, actor, command| {
                mandate::mandate(tx, actor, command)?;
                let key = match command.to {
                    Some(_) => "ballots-mandate-given",
                    None => "ballots-mandate-back",
                };
                let back = Answer::see(format!("/ballots/{ballot}"));
                Ok(back.saying(Tone::Good, &Text::said(key)))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/votes/proxied", data = "<typed>")]
async fn vote_proxied(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "proxied", typed)
        .act(
            |form| {
                let person: Option<PersonId> = form.id("person")?;
                let person = person.ok_or_else(|| FieldFault::new("person", FaultCode::Missing))?;
                Ok(cast::Cast {
                    ballot,
                    person: Some(person),
                    choice: form.choice("choice")?,
                    reason: form.text("reason"),
                    remark: String::new(),
                    channel: VoteChannel::Proxy,
                    source: String::new(),
                    scan: None,
                    receipt: String::new(),
                })
            },
            move |tx, actor, command| {
                cast::cast(tx, actor, command)?;
                let back = Answer::see(format!("/ballots/{ballot}"));
                Ok(back.saying(Tone::Good, &Text::said("ballots-voted")))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![give, vote_proxied]
}
