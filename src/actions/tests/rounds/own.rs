//! What commenters do with their own comments.

use quanheng_actions::{
    ActionError,
    round::{Confirm, Dispose, Edit, Ruling, Withdraw, by_link, confirm, dispose, edit, withdraw},
};
use quanheng_db::rounds;
use quanheng_domain::{comment::Disposition, people::Actor, refusal::RefusalCode, stage::Stage};

use super::{comment, remark, running, sending, sent_by, sent_by_public};
use crate::world::on_each_backend;

#[test]
fn comments_are_changed_by_their_author_while_the_round_runs() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let id = sent_by(world, world.members[0], row.id, "1");
        let change = Edit {
            comment: id,
            link: None,
            remark: remark("2", "改后的意见"),
            if_version: Some(1),
        };
        assert_eq!(world.act(edit, world.members[0], &change).unwrap(), 2);
        assert!(matches!(world.act(edit, world.members[0], &change), Err(ActionError::Conflict)));
        for other in [world.actor(world.members[1]), world.actor(world.secretary), Actor::Public] {
            assert!(matches!(world.act(edit, other, &change), Err(ActionError::NotFound)));
        }
        let events = world.events(project);
        let kept = events.iter().find(|event| event.kind == "comment_edited").unwrap();
        assert_eq!(kept.facts["before"]["clause"], "1", "the former text stays in the ledger");

        let again = Edit { if_version: None, ..change };
        let faulty = Edit { remark: remark("1", ""), ..again.clone() };
        assert_eq!(world.faulty(edit, world.members[0], &faulty), ["body"]);
        world.at(row.closes_at);
        assert_eq!(world.refusal(edit, world.members[0], &again), RefusalCode::RoundNotRunning);
        world.walk(project, Stage::CommentsClosed);
        assert_eq!(world.refusal(edit, world.members[0], &again), RefusalCode::RoundNotRunning);
    });
}

#[test]
fn a_private_link_shows_changes_and_withdraws_without_an_account() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let (secret, ids) =
            sent_by_public(world, &sending(row.id, vec![remark("1", "甲"), remark("2", "乙")]));
        world.act(confirm, Actor::Public, &Confirm { token: secret.clone() }).unwrap();
        assert_eq!(world.ask(|conn| by_link(conn, &secret)).unwrap().len(), 2);
        assert!(world.ask(|conn| by_link(conn, "another")).unwrap().is_empty());
        let change = Edit {
            comment: ids[0],
            link: Some(secret.clone()),
            remark: remark("1.1", "甲改"),
            if_version: None,
        };
        world.act(edit, Actor::Public, &change).unwrap();
        let wrong = Withdraw { comment: ids[1], link: Some("another".into()), forget_me: false };
        assert!(matches!(world.act(withdraw, Actor::Public, &wrong), Err(ActionError::NotFound)));
        let own = Withdraw { comment: ids[1], link: Some(secret), forget_me: true };
        world.act(withdraw, Actor::Public, &own).unwrap();
        world.act(withdraw, Actor::Public, &own).unwrap();
        let gone = comment(world, ids[1]);
        assert_eq!(gone.disposition, Some(Disposition::Withdrawn));
        assert_eq!((gone.author_name.as_str(), gone.author_contact.as_str()), ("", ""));
        assert_eq!(gone.body, "乙", "the text stays for the audit");
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (2, 1));
    });
}

#[test]
fn withdrawing_reopens_what_was_merged_into_it_and_ends_with_publication() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let target = sent_by(world, world.members[0], row.id, "1");
        let merged = sent_by(world, world.members[1], row.id, "1");
        let kept = sent_by(world, world.members[2], row.id, "3");
        world.walk(project, Stage::CommentsClosed);
        let ruling = |code, reason: &str, duplicate_of| Ruling {
            code,
            reason: reason.into(),
            text_changed: Some(true),
            duplicate_of,
        };
        let rule = |comment, ruling| Dispose { comment, ruling, if_version: None };
        let merge = rule(merged, ruling(Disposition::Merged, "", Some(target)));
        world.act(dispose, world.drafter, &merge).unwrap();
        let own = Withdraw { comment: target, link: None, forget_me: false };
        world.act(withdraw, world.members[0], &own).unwrap();
        let reopened = comment(world, merged);
        assert_eq!(
            (reopened.disposition, reopened.duplicate_of),
            (Some(Disposition::Pending), None)
        );
        let withdrawn = rule(target, ruling(Disposition::Accepted, "", None));
        assert_eq!(world.refusal(dispose, world.drafter, &withdrawn), RefusalCode::CommentSettled);

        for id in [merged, kept] {
            world
                .act(dispose, world.drafter, &rule(id, ruling(Disposition::Accepted, "", None)))
                .unwrap();
        }
        world.walk(project, Stage::CommentsTreated);
        let late = Withdraw { comment: kept, link: None, forget_me: false };
        assert_eq!(world.refusal(withdraw, world.members[2], &late), RefusalCode::CommentSettled);
    });
}
