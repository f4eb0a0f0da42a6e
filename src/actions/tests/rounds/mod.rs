//! Comment rounds: sending, confirming, answering, settling, publishing, and everything that is refused.

mod again;
mod answers;
mod binding;
mod hearings;
mod index;
mod own;
mod receive;
mod settle;
mod unit;
mod watch;

use chrono::TimeDelta;
use quanheng_actions::round::{Author, Remark, Submit, Submitted, submit_comments};
use quanheng_db::{
    comments,
    outbox::MailRow,
    rounds,
    rounds::{CommentRow, RoundRow},
};
use quanheng_domain::{
    Locale,
    comment::{CommentKind, CommentSource},
    ids::{CommentId, ProjectId, RoundId},
    notice::NoticeFacts,
    people::Actor,
    stage::Stage,
};

use crate::world::{Who, World};

/// A comment on a clause.
fn remark(clause: &str, body: &str) -> Remark {
    Remark {
        clause: clause.into(),
        kind: CommentKind::Technical,
        body: body.into(),
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
    }
}

/// Somebody of the public.
fn stranger(contact: &str) -> Author {
    Author {
        name: "某水表企业职员·演示".into(),
        contact: contact.into(),
        unit: "某水表企业·演示".into(),
        publish_name: false,
        locale: Locale::Chinese,
    }
}

/// Comments to send; the author is looked at for the public only.
fn sending(round: RoundId, remarks: Vec<Remark>) -> Submit {
    Submit {
        round,
        author: stranger("someone@firm.example"),
        remarks,
        source: CommentSource::Page,
        confirm_within: TimeDelta::days(3),
        most_a_day: 5,
    }
}

/// A project whose round has just opened, with the round.
fn running(world: &World) -> (ProjectId, RoundRow) {
    let project = world.project_at(Stage::Commenting);
    let id = world.round(project);
    (project, round(world, id))
}

fn round(world: &World, id: RoundId) -> RoundRow {
    world.read(|conn| rounds::find(conn, id)).unwrap()
}

fn comment(world: &World, id: CommentId) -> CommentRow {
    world.read(|conn| comments::find(conn, id)).unwrap()
}

/// Sends one comment as a person and gives its identity.
fn sent_by(world: &World, who: impl Who, round: RoundId, clause: &str) -> CommentId {
    let command = sending(round, vec![remark(clause, "意见")]);
    match world.act(submit_comments, who, &command).unwrap() {
        Submitted::Received(receipt) => receipt.comments[0].0,
        other => panic!("not received but {other:?}"),
    }
}

/// Sends comments as the public and gives the secret of the link with their identities.
fn sent_by_public(world: &World, command: &Submit) -> (String, Vec<CommentId>) {
    let before = world.mails(quanheng_domain::notice::NoticeKey::CommentConfirm).len();
    let Submitted::AwaitsConfirmation { comments, .. } =
        world.act(submit_comments, Actor::Public, command).unwrap()
    else {
        panic!("the public must confirm");
    };
    let mails = world.mails(quanheng_domain::notice::NoticeKey::CommentConfirm);
    assert_eq!(mails.len(), before + 1);
    (secret_of(mails.last().unwrap()), comments)
}

fn facts_of(mail: &MailRow) -> NoticeFacts {
    serde_json::from_value(mail.payload.clone()).unwrap()
}

/// The secret at the end of the link in a mail.
fn secret_of(mail: &MailRow) -> String {
    facts_of(mail).secret_path.unwrap().rsplit('/').next().unwrap().to_owned()
}
