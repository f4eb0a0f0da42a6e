//! How comments are settled, hidden and admitted, and the gate that waits for all of them.

use chrono::TimeDelta;
use quanheng_actions::{
    ActionError,
    round::{
        Admit, Dispose, DisposeMany, Hide, React, Ruling, admit, dispose, dispose_many, hide, react,
    },
};
use quanheng_db::{comments, rounds};
use quanheng_domain::{
    comment::{Disposition, Reaction},
    ids::CommentId,
    lifecycle::Move,
    notice::NoticeKey,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{comment, facts_of, running, sent_by};
use crate::world::on_each_backend;

fn ruling(code: Disposition, reason: &str) -> Ruling {
    Ruling { code, reason: reason.into(), text_changed: Some(true), duplicate_of: None }
}

fn on(comment: CommentId, ruling: Ruling) -> Dispose {
    Dispose { comment, ruling, if_version: None }
}

#[test]
fn each_code_is_given_by_those_who_may_and_with_a_reason_where_asked() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let id = sent_by(world, world.members[0], row.id, "1");
        world.walk(project, Stage::CommentsClosed);
        for who in [world.members[0], world.chair, world.officer] {
            let code = world.refusal(dispose, who, &on(id, ruling(Disposition::Accepted, "")));
            assert_eq!(code, RefusalCode::NotYours);
        }
        for code in [Disposition::Partly, Disposition::Rejected] {
            let refusal = world.refused(dispose, world.drafter, &on(id, ruling(code, "  ")));
            assert_eq!(refusal.code, RefusalCode::DispositionReason);
            world.act(dispose, world.drafter, &on(id, ruling(code, "理由"))).unwrap();
            assert_eq!(comment(world, id).disposition, Some(code));
        }
        let withdrawn = on(id, ruling(Disposition::Withdrawn, ""));
        assert_eq!(world.faulty(dispose, world.drafter, &withdrawn), ["reason", "code"]);
        let settled = world
            .act(dispose, world.secretary, &on(id, ruling(Disposition::Accepted, "")))
            .unwrap();
        assert_eq!(settled.disposed_by, Some(world.secretary));
        let stale = Dispose { if_version: Some(1), ..on(id, ruling(Disposition::Accepted, "")) };
        assert!(matches!(world.act(dispose, world.drafter, &stale), Err(ActionError::Conflict)));
        let seen = Dispose { if_version: Some(settled.version), ..stale };
        world.act(dispose, world.drafter, &seen).unwrap();
        let unknown = on(world.id(), ruling(Disposition::Accepted, ""));
        assert!(matches!(world.act(dispose, world.drafter, &unknown), Err(ActionError::NotFound)));
    });
}

#[test]
fn merges_lead_to_another_standing_comment_of_the_project_and_never_back() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let ids: Vec<_> = (0..3).map(|n| sent_by(world, world.members[n], row.id, "1")).collect();
        let (_, elsewhere) = running(world);
        let foreign = sent_by(world, world.members[3], elsewhere.id, "1");
        world.at(row.closes_at);
        world.take_with_papers(
            quanheng_domain::people::Actor::System,
            project,
            Move::CloseComments,
            &[],
        );
        let merge = |from: CommentId, to: Option<CommentId>| {
            on(from, Ruling { duplicate_of: to, ..ruling(Disposition::Merged, "") })
        };
        for target in [None, Some(ids[0]), Some(foreign), Some(world.id())] {
            let fields = world.faulty(dispose, world.drafter, &merge(ids[0], target));
            assert_eq!(fields, ["duplicate_of"], "{target:?}");
        }
        world.act(dispose, world.drafter, &merge(ids[0], Some(ids[1]))).unwrap();
        world.act(dispose, world.drafter, &merge(ids[1], Some(ids[2]))).unwrap();
        let circle = world.faulty(dispose, world.drafter, &merge(ids[2], Some(ids[0])));
        assert_eq!(circle, ["duplicate_of"]);
        let mixed =
            on(ids[2], Ruling { duplicate_of: Some(ids[0]), ..ruling(Disposition::Accepted, "") });
        assert_eq!(world.faulty(dispose, world.drafter, &mixed), ["duplicate_of"]);
        // A comment that gets an answer of its own is merged no more.
        world.act(dispose, world.drafter, &on(ids[0], ruling(Disposition::Accepted, ""))).unwrap();
        assert_eq!(comment(world, ids[0]).duplicate_of, None);
    });
}

#[test]
fn many_are_settled_alike_or_none_of_them() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let ids: Vec<_> = (0..3).map(|n| sent_by(world, world.members[n], row.id, "1")).collect();
        world.walk(project, Stage::CommentsClosed);
        let many = |versions: [Option<i64>; 3]| DisposeMany {
            comments: ids.iter().copied().zip(versions).collect(),
            ruling: ruling(Disposition::Rejected, "同一理由"),
        };
        let stale = many([Some(1), Some(1), Some(9)]);
        assert!(matches!(
            world.act(dispose_many, world.drafter, &stale),
            Err(ActionError::Conflict)
        ));
        assert!(ids.iter().all(|id| comment(world, *id).disposition.is_none()));
        assert_eq!(world.act(dispose_many, world.drafter, &many([Some(1); 3])).unwrap().len(), 3);
        let events = world.event_kinds(project);
        assert_eq!(events.iter().filter(|kind| *kind == "comments_settled").count(), 1);
        let none = DisposeMany { comments: vec![], ruling: ruling(Disposition::Accepted, "") };
        assert_eq!(world.faulty(dispose_many, world.drafter, &none), ["comments"]);
    });
}

#[test]
fn the_gate_opens_when_every_comment_is_settled_and_each_author_gets_the_own_answers() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let first = sent_by(world, world.members[0], row.id, "1");
        let second = sent_by(world, world.members[1], row.id, "2");
        world.walk(project, Stage::CommentsClosed);
        sent_by(world, world.members[2], row.id, "3");
        let finish = |open: &str| {
            let refused = world.take(world.drafter, project, Move::FinishDisposition, &[]);
            let Err(ActionError::Refused(refusal)) = refused else { panic!("{refused:?}") };
            assert_eq!(
                (refusal.code, refusal.facts["open"].as_str()),
                (RefusalCode::CommentsOpen, open)
            );
        };
        finish("2");
        world.act(dispose, world.drafter, &on(first, ruling(Disposition::Accepted, ""))).unwrap();
        world.act(dispose, world.drafter, &on(second, ruling(Disposition::Pending, ""))).unwrap();
        finish("1");
        world
            .act(dispose, world.drafter, &on(second, ruling(Disposition::Rejected, "不适用")))
            .unwrap();
        world.take_with_papers(world.drafter, project, Move::FinishDisposition, &[]);

        let mails = world.mails(NoticeKey::DispositionPublished);
        assert_eq!(mails.len(), 3, "the late commenter is answered too");
        let of_second =
            mails.iter().find(|mail| mail.address == world.address(world.members[1])).unwrap();
        let items = facts_of(of_second).items;
        assert_eq!(items.len(), 1);
        assert_eq!(
            (items[0].code, items[0].note.as_str()),
            (Some(Disposition::Rejected), "不适用")
        );
        let published = on(first, ruling(Disposition::Rejected, "反悔"));
        assert_eq!(world.refusal(dispose, world.drafter, &published), RefusalCode::CommentSettled);
        let counts = facts_of(&world.mails(NoticeKey::DispositionOpen)[0]).counts;
        assert_eq!(
            counts[&quanheng_domain::notice::Count::Comments],
            2,
            "the late one is not counted"
        );
    });
}

#[test]
fn abuse_is_hidden_with_a_reason_and_shown_again() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let id = sent_by(world, world.outsider, row.id, "1");
        let public = || world.read(|conn| comments::public_of(conn, row.id)).len();
        let hiding = |hidden, reason: &str| Hide { comment: id, hidden, reason: reason.into() };
        assert_eq!(world.faulty(hide, world.staff, &hiding(true, " ")), ["reason"]);
        assert_eq!(
            world.refusal(hide, world.drafter, &hiding(true, "辱骂")),
            RefusalCode::NotYours
        );
        assert_eq!(public(), 1);
        world.act(hide, world.staff, &hiding(true, "辱骂")).unwrap();
        assert_eq!(public(), 0);
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (1, 1));
        world.act(hide, world.officer, &hiding(false, "")).unwrap();
        assert_eq!(public(), 1);
    });
}

#[test]
fn a_late_comment_counts_once_it_is_admitted() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        world.walk(project, Stage::CommentsClosed);
        let id = sent_by(world, world.members[0], row.id, "安全");
        let admitting = |reason: &str| Admit { comment: id, reason: reason.into() };
        assert_eq!(world.faulty(admit, world.secretary, &admitting("")), ["reason"]);
        assert_eq!(world.refusal(admit, world.drafter, &admitting("安全")), RefusalCode::NotYours);
        world.act(admit, world.secretary, &admitting("涉及人身安全")).unwrap();
        assert!(!comment(world, id).late);
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (1, 1));
        world.act(dispose, world.drafter, &on(id, ruling(Disposition::Accepted, ""))).unwrap();
        world.walk(project, Stage::CommentsTreated);
        assert_eq!(
            world.refusal(admit, world.secretary, &admitting("再次")),
            RefusalCode::CommentSettled
        );
    });
}

#[test]
fn a_commenter_objects_to_the_answer_once_and_in_time() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let asker = world.members[2];
        let sent = sent_by(world, asker, row.id, "1");
        let objects = |note: &str| React {
            comment: sent,
            link: None,
            reaction: Reaction::Objects,
            note: note.into(),
        };
        assert_eq!(
            world.refusal(react, asker, &objects("有数据支持")),
            RefusalCode::NotAnsweredYet
        );
        world.walk(project, Stage::CommentsClosed);
        let rejected = on(sent, ruling(Disposition::Rejected, "数据不足"));
        world.act(dispose, world.drafter, &rejected).unwrap();
        world.walk(project, Stage::CommentsTreated);
        assert!(comment(world, sent).published_at.is_some());
        assert_eq!(world.faulty(react, asker, &objects(" ")), ["note"]);
        world.act(react, asker, &objects("有数据支持")).unwrap();
        world.act(react, asker, &objects("有数据支持")).unwrap();
        assert_eq!(world.refusal(react, asker, &objects("再说")), RefusalCode::AppealsUsedUp);
        world.at(world.now() + TimeDelta::days(400));
        assert_eq!(world.refusal(react, asker, &objects("再说")), RefusalCode::AppealTooLate);
    });
}
