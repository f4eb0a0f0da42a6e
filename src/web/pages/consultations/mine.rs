//! A commenter's own comments and what became of them: by the private link of a mail, or by one's account.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_actions::round::{
    Case, Edit, React, Withdraw, by_link, edit, own_path, react, withdraw,
};
use quanheng_actions::{ActionError, round::react::until};
use quanheng_db::comment_counts;
use quanheng_db::comment_files::CommentFileRow;
use quanheng_db::comments::{self, ReactionRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::Reaction;
use quanheng_domain::ids::{CommentId, RoundId};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, post, routes};

use super::file;
use super::mine_view::{self, Back, Mine, field_name, prefix};
use super::remark;
use super::show::round_id;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Text, Tone};
use crate::voice;

type Done = Result<Result<Answer, Page>, WebError>;

/// Whose comments: those of a private link, or those of the account in a round.
#[derive(Debug, Clone)]
enum Whose {
    Link(String),
    Account(RoundId),
}

impl Whose {
    fn path(&self) -> String {
        match self {
            Self::Link(token) => own_path(token),
            Self::Account(round) => format!("/consultations/{round}/mine"),
        }
    }

    fn link(&self) -> Option<String> {
        match self {
            Self::Link(token) => Some(token.clone()),
            Self::Account(_) => None,
        }
    }
}

fn read(
    conn: &mut AnyConn,
    whose: &Whose,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Mine, ActionError> {
    let mut own: Vec<CommentRow> = match (whose, actor.person()) {
        (Whose::Link(token), _) => by_link(conn, token)?,
        (Whose::Account(round), Some(person)) => comments::of_person(conn, *round, person.person)?,
        (Whose::Account(_), None) => Vec::new(),
    };
    own.retain(|row| row.confirmed_at.is_some());
    let round = own.first().map(|row| row.round_id).ok_or(ActionError::NotFound)?;
    let case = Case::read(conn, round)?;
    let published = own.iter().find_map(|row| row.published_at);
    let until = published.map(|at| until(conn, &case, at)).transpose()?;
    let mut reactions: Vec<ReactionRow> = comments::reactions_in(conn, round)?;
    reactions.retain(|said| own.iter().any(|row| row.id == said.comment_id));
    let targets = file::targets(conn, &own)?;
    let ids: Vec<CommentId> = own.iter().map(|row| row.id).collect();
    let mut files: BTreeMap<CommentId, Vec<CommentFileRow>> = BTreeMap::new();
    for row in comment_counts::files(conn, &ids)? {
        files.entry(row.comment_id).or_default().push(row);
    }
    let by_link = matches!(whose, Whose::Link(_));
    Ok(Mine { case, comments: own, targets, files, by_link, reactions, until, now })
}

async fn show(
    app: &App,
    whose: Whose,
    actor: Actor,
    back: Option<&Back>,
) -> Result<Page, WebError> {
    let (now, path) = (app.now(), whose.path());
    let mine = app.read(move |conn| read(conn, &whose, &actor, now)).await?;
    Ok(Page::new("pages/consultations/mine", &mine_view::page(&mine, &path, back)).private())
}

#[get("/consultations/mine/<token>", rank = 1)]
async fn by_token(app: &State<App>, visitor: Visitor, token: &str) -> Result<Page, WebError> {
    show(app, Whose::Link(token.to_owned()), visitor.actor, None).await
}

#[get("/consultations/<id>/mine")]
async fn by_account(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    show(app, Whose::Account(round_id(id)?), signed_in.actor, None).await
}

/// What somebody does with an own comment.
#[derive(Debug, Clone, Copy)]
enum Act {
    React,
    Withdraw,
    Edit,
}

async fn act(app: &App, whose: Whose, actor: Actor, comment: &str, act: Act, typed: Typed) -> Done {
    let comment: CommentId = comment.parse().map_err(|_| WebError::not_found())?;
    let (link, path, doer) = (whose.link(), whose.path(), actor.clone());
    let sent = typed.clone();
    let done = app
        .once(typed.once(), move |tx| {
            let link = link.clone();
            let said = match act {
                Act::React => {
                    let reaction = Reaction::from_key(sent.raw("reaction"))
                        .map_err(|_| ActionError::NotFound)?;
                    // What was written for an objection is dropped by who agrees after all.
                    let objects = reaction == Reaction::Objects;
                    let note = if objects {
                        sent.text(&field_name(comment, "note"))
                    } else {
                        String::new()
                    };
                    react(tx, &doer, &React { comment, link, reaction, note })?;
                    if objects { "mine-objected" } else { "mine-agreed" }
                }
                Act::Withdraw => {
                    let forget_me = sent.ticked("forget_me");
                    withdraw(tx, &doer, &Withdraw { comment, link, forget_me })?;
                    "mine-withdrawn"
                }
                Act::Edit => {
                    let remark = remark::read(&sent, &prefix(comment));
                    let if_version = Some(sent.version());
                    edit(tx, &doer, &Edit { comment, link, remark, if_version })?;
                    "mine-edited"
                }
            };
            Ok(Answer::see(&path).saying(Tone::Good, &Text::said(said)))
        })
        .await;
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let sentence = match error.status.code {
        422 => None,
        // Any other refusal takes the form off this page, so what was typed comes back on the page of the error.
        409 if error.kind == "stale" => Some(error.sentence()),
        _ => return Err(error),
    };
    let cited = error.refusal.as_deref().and_then(|refusal| refusal.cited.as_deref());
    let faults: Vec<FieldFault> = error.fields;
    let back = Back { comment, typed, faults, sentence, cite: cited.map(voice::cite) };
    let page = show(app, whose, actor, Some(&back)).await?;
    Ok(Err(page.status(error.status)))
}

#[post("/consultations/mine/<token>/<comment>/react", rank = 1, data = "<typed>")]
async fn react_by_token(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Link(token.to_owned()), visitor.actor, comment, Act::React, typed).await
}

#[post("/consultations/mine/<token>/<comment>/withdraw", rank = 1, data = "<typed>")]
async fn withdraw_by_token(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Link(token.to_owned()), visitor.actor, comment, Act::Withdraw, typed).await
}

#[post("/consultations/mine/<token>/<comment>/edit", rank = 1, data = "<typed>")]
async fn edit_by_token(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Link(token.to_owned()), visitor.actor, comment, Act::Edit, typed).await
}

#[post("/consultations/<id>/mine/<comment>/react", data = "<typed>")]
async fn react_by_account(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Account(round_id(id)?), signed_in.actor, comment, Act::React, typed).await
}

#[post("/consultations/<id>/mine/<comment>/withdraw", data = "<typed>")]
async fn withdraw_by_account(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Account(round_id(id)?), signed_in.actor, comment, Act::Withdraw, typed).await
}

#[post("/consultations/<id>/mine/<comment>/edit", data = "<typed>")]
async fn edit_by_account(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    typed: Typed,
) -> Done {
    act(app, Whose::Account(round_id(id)?), signed_in.actor, comment, Act::Edit, typed).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![
        by_token,
        by_account,
        react_by_token,
        withdraw_by_token,
        edit_by_token,
        react_by_account,
        withdraw_by_account,
        edit_by_account
    ]
}
