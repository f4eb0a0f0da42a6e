//! Comment rounds as their users meet them: sending, the desk, one's own comments, the table.

mod again;
mod asking;
mod bad_rows;
mod desk;
pub mod door;
mod imports;
mod letters;
mod many;
mod mine;
mod portions;
mod send;
mod tables;
mod undo;
mod units;

use chrono::TimeDelta;
use quanheng_actions::round::{Author, Remark, Submit, Submitted, submit_comments};
use quanheng_db::rounds::{self, CommentRow, RoundRow};
use quanheng_domain::{
    Locale,
    comment::{CommentKind, CommentSource},
    ids::{CommentId, PersonId, ProjectId, RoundId},
    stage::Stage,
};

use crate::committee::Committee;

/// A project whose round has just opened.
pub fn running(all: &Committee) -> (ProjectId, RoundRow) {
    let project = all.world.project_at(Stage::Commenting);
    let round = all.world.round(project);
    (project, all.world.read(|conn| rounds::find(conn, round)).unwrap())
}

/// The comments of a round, by number.
pub fn comments(all: &Committee, round: RoundId) -> Vec<CommentRow> {
    all.world.read(|conn| rounds::confirmed_comments(conn, round))
}

/// Sends a comment as a person of the register.
pub fn sent(all: &Committee, who: PersonId, round: RoundId, clause: &str, body: &str) -> CommentId {
    let remark = Remark {
        clause: clause.into(),
        kind: CommentKind::Technical,
        body: body.into(),
        proposal: "改为（20±5）℃".into(),
        reason: String::new(),
        quote: String::new(),
    };
    let author = Author {
        name: String::new(),
        contact: String::new(),
        unit: String::new(),
        publish_name: false,
        locale: Locale::Chinese,
    };
    let command = Submit {
        round,
        author,
        remarks: vec![remark],
        source: CommentSource::Page,
        confirm_within: TimeDelta::days(3),
        most_a_day: 20,
    };
    match all.world.act(submit_comments, who, &command).unwrap() {
        Submitted::Received(receipt) => receipt.comments[0].0,
        other => panic!("not received but {other:?}"),
    }
}
