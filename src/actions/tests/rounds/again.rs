//! A second round: what became of the comments of the first, and what was changed in the text because of them.

use chrono::TimeDelta;
use quanheng_actions::{
    document::{
        revised,
        text::{Reading, keep},
        versions::Version,
    },
    round::{
        Case, Dispose, React, Ruling, Submitted, Withdraw, compare, dispose, react,
        submit_comments, withdraw,
    },
};
use quanheng_db::{documents, rounds};
use quanheng_domain::{
    comment::{Disposition, Reaction},
    course::Course,
    document::DocumentKind,
    ids::{CommentId, DocumentId, RoundId},
    lifecycle::{Field, Move},
    notice::NoticeKey,
    people::Actor,
    stage::Stage,
};

use super::{facts_of, remark, round, running, sending};
use crate::world::{Who, World, on_each_backend};

const FIRST: &str = "1 范围\n本规范适用于质量流量计的校准。\n5 计量特性\n5.1 示值误差\n示值误差不超过±0.2%。\n5.2 重复性\n重复性不超过0.1%。\n";
const SECOND: &str = "1 范围\n本规范适用于科里奥利质量流量计的校准。\n5 计量特性\n5.1 零点漂移\n零点漂移应予修正。\n5.2 示值误差\n示值误差不超过±0.15%。\n5.3 重复性\n重复性不超过0.1%。\n";

fn reads(world: &World, document: DocumentId, text: &str) {
    let text = quanheng_text::read_typed(text);
    world
        .write(move |tx| {
            let reading = Reading { document, text: Ok(text.clone()), typed: false };
            keep(tx, &Actor::System, &reading)
        })
        .unwrap();
}

fn said(world: &World, who: impl Who, round: RoundId, clause: &str, body: &str) -> CommentId {
    let command = sending(round, vec![remark(clause, body)]);
    match world.act(submit_comments, who, &command).unwrap() {
        Submitted::Received(receipt) => receipt.comments[0].0,
        other => panic!("not received but {other:?}"),
    }
}

fn settle(world: &World, comment: CommentId, code: Disposition) {
    let reason = if code == Disposition::Accepted { "" } else { "试验数据不支持" };
    let ruling =
        Ruling { code, reason: reason.into(), text_changed: Some(true), duplicate_of: None };
    let command = Dispose { comment, ruling, if_version: None };
    world.act(dispose, world.drafter, &command).unwrap();
}

/// A project in its second round on a second draft; the comments of the first in the order accepted, declined, agreed, repeated, withdrawn.
fn second(world: &World) -> (RoundId, RoundId, Vec<CommentId>) {
    let (project, row) = running(world);
    let first = row.id;
    reads(world, row.document_id.unwrap(), FIRST);
    let m = &world.members;
    let ids = vec![
        said(world, m[0], first, "1", "建议限定为科里奥利质量流量计"),
        said(world, m[1], first, "5.2", "重复性应为0.05%"),
        said(world, m[2], first, "5.2", "重复性的试验次数偏少"),
        said(world, m[3], first, "5.1", "示值误差的限值过宽，建议改为±0.15%"),
        said(world, m[4], first, "5.1", "撤回的意见"),
    ];
    let gone = Withdraw { comment: ids[4], link: None, forget_me: false };
    world.act(withdraw, m[4], &gone).unwrap();
    world.walk(project, Stage::CommentsClosed);
    settle(world, ids[0], Disposition::Accepted);
    for id in &ids[1..4] {
        settle(world, *id, Disposition::Rejected);
    }
    world.walk(project, Stage::CommentsTreated);
    let agrees =
        React { comment: ids[2], link: None, reaction: Reaction::Agrees, note: String::new() };
    world.act(react, m[2], &agrees).unwrap();
    let reason = [(Field::Note, "技术内容有较大改动".to_owned())];
    world.take_with_papers(world.secretary, project, Move::CommentAgain, &reason);
    world.document(project, DocumentKind::CommentDraft);
    world.walk(project, Stage::Commenting);
    let second = world.round(project);
    assert_ne!(first, second);
    reads(world, round(world, second).document_id.unwrap(), SECOND);
    (first, second, ids)
}

#[test]
fn comments_of_two_rounds_are_new_repeated_resolved_declined_or_withdrawn() {
    on_each_backend(|world| {
        let (_, second, ids) = second(world);
        // The same matter at the clause that has another number now, and a new one.
        let again =
            said(world, world.members[5], second, "5.2", "示值误差的限值仍过宽，建议改为±0.1%");
        let new = said(world, world.members[6], second, "5.1", "零点漂移没有限值");
        let secretary = world.actor(world.secretary);
        let compared = world
            .ask(|conn| {
                let case = Case::read(conn, second)?;
                compare::compared(conn, &secretary, &case)
            })
            .unwrap()
            .unwrap();
        let course = |id: CommentId| {
            let line = compared.lines.iter().find(|line| {
                [&line.earlier, &line.later].into_iter().flatten().any(|row| row.id == id)
            });
            line.unwrap().course
        };
        assert_eq!(course(ids[0]), Course::Resolved);
        assert_eq!(course(ids[1]), Course::Declined);
        assert_eq!(course(ids[2]), Course::Resolved, "its author agrees");
        assert_eq!(course(ids[4]), Course::Withdrawn);
        assert_eq!((course(ids[3]), course(again)), (Course::Repeated, Course::Repeated));
        assert_eq!(course(new), Course::New);
        assert_eq!(compared.lines.len(), 6, "a repeated comment stands in one line");

        // Outside, comments of the running round are not known, and so nothing is repeated.
        let public = world
            .ask(|conn| {
                let case = Case::read(conn, second)?;
                compare::compared(conn, &Actor::Public, &case)
            })
            .unwrap()
            .unwrap();
        assert!(public.lines.iter().all(|line| line.later.is_none()));
        assert!(!public.lines.iter().any(|line| line.course == Course::Withdrawn));
    });
}

#[test]
fn who_spoke_before_is_told_of_the_second_round_and_drafters_of_what_comes_each_day() {
    on_each_backend(|world| {
        let (_, second, _) = second(world);
        let told = world.mails(NoticeKey::RoundReopened);
        for spoke in &world.members[..4] {
            let mine: Vec<_> = told.iter().filter(|mail| mail.person_id == Some(*spoke)).collect();
            assert_eq!(mine.len(), 1, "one mail for whoever sits in the committee and spoke");
            assert_eq!(facts_of(mine[0]).reason.as_deref(), Some("技术内容有较大改动"));
        }
        assert_eq!(round(world, second).reason, "技术内容有较大改动");

        world.pass(TimeDelta::days(1));
        assert!(world.mails(NoticeKey::CommentDigest).is_empty(), "a day without comments");
        said(world, world.members[5], second, "5.2", "示值误差的限值仍过宽");
        said(world, world.members[6], second, "5.1", "零点漂移没有限值");
        world.pass(TimeDelta::days(1));
        world.tick();
        let digests = world.mails(NoticeKey::CommentDigest);
        assert_eq!(digests.len(), 1, "once a day, to the drafter");
        assert_eq!(digests[0].person_id, Some(world.drafter));
        let texts: Vec<String> =
            facts_of(&digests[0]).items.into_iter().map(|item| item.text).collect();
        assert_eq!(texts, ["示值误差的限值仍过宽", "零点漂移没有限值"]);
    });
}

#[test]
fn what_was_said_stands_beside_what_was_changed() {
    on_each_backend(|world| {
        let (first, _, ids) = second(world);
        let secretary = world.actor(world.secretary);
        let (found, figures) = world
            .ask(|conn| {
                let case = Case::read(conn, first)?;
                let draft = case.round.document_id.unwrap();
                let document = documents::get(conn, draft)?.unwrap();
                let from = Version { project: case.project.clone(), document };
                let next = revised::next_of(conn, &secretary, &from)?;
                let found = revised::revised(conn, &secretary, from, next, Some(case.round.id))?;
                let figures = revised::figures(conn, case.project.id, &found)?;
                Ok((found, figures))
            })
            .unwrap();
        let spots: Vec<(Option<&str>, Option<&str>, usize, bool)> = found
            .spots()
            .map(|spot| {
                (
                    spot.old.map(|clause| clause.key.as_str()),
                    spot.new.map(|clause| clause.key.as_str()),
                    spot.comments.len(),
                    spot.pair.changed,
                )
            })
            .collect();
        assert!(spots.contains(&(Some("1"), Some("1"), 1, true)), "{spots:?}");
        assert!(spots.contains(&(None, Some("5.1"), 0, true)), "{spots:?}");
        let errors = spots.iter().find(|spot| spot.0 == Some("5.1")).unwrap();
        assert_eq!((errors.1, errors.2), (Some("5.2"), 2), "{spots:?}");
        assert_eq!(
            (figures.comments, figures.accepted, figures.rejected, figures.open),
            (4, 1, 3, 0),
            "a withdrawn comment is not counted"
        );
        assert_eq!(found.all_comments().len(), ids.len());
        let asked = world.read(|conn| rounds::recipients_of(conn, first)).len();
        assert_eq!(figures.answers.sent, asked);
    });
}
