//! How comments come in.

use std::thread;

use chrono::{Days, TimeDelta};
use quanheng_actions::{
    ActionError,
    round::{Confirm, EnterPaper, Submitted, confirm, enter_paper, own_path, submit_comments},
};
use quanheng_db::{projects, rounds};
use quanheng_domain::{
    comment::{CommentSource, RecipientAnswer},
    document::DocumentKind,
    lifecycle::Openness,
    notice::NoticeKey,
    people::Actor,
    refusal::RefusalCode,
    rules::{RecipientClass, RuleKey},
    stage::Stage,
};

use super::{
    comment, facts_of, remark, round, running, sending, sent_by, sent_by_public, stranger,
};
use crate::world::{Plan, on_each_backend, on_each_backend_with};

#[test]
fn a_public_comment_counts_once_its_address_is_confirmed() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let remarks = vec![remark("5.1.2", "建议注明水温"), remark("附录A", "建议增加一栏")];
        let (secret, ids) = sent_by_public(world, &sending(row.id, remarks));
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, true)), (0, 0));
        let stored = comment(world, ids[0]);
        assert_eq!((stored.serial, stored.confirmed_at, stored.publish_name), (0, None, false));
        assert!(
            !stored.token_hash.unwrap().contains(&secret),
            "the secret itself is stored nowhere"
        );

        let wrong = Confirm { token: "no-such-link".into() };
        assert!(matches!(world.act(confirm, Actor::Public, &wrong), Err(ActionError::NotFound)));
        let command = Confirm { token: secret.clone() };
        let receipt = world.act(confirm, Actor::Public, &command).unwrap();
        assert_eq!(receipt.comments, [(ids[0], 1), (ids[1], 2)]);
        assert!(receipt.number.ends_with("-1~2") && !receipt.late, "{receipt:?}");
        assert_eq!(world.act(confirm, Actor::Public, &command).unwrap(), receipt);
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (2, 2));

        let mails = world.mails(NoticeKey::CommentReceived);
        assert_eq!(mails.len(), 1, "a second press sends nothing");
        let facts = facts_of(&mails[0]);
        assert_eq!(facts.receipt.as_deref(), Some(receipt.number.as_str()));
        assert_eq!(facts.secret_path, Some(own_path(&secret)));
        assert_eq!(facts.items.len(), 2);
        let events = world.event_kinds(project);
        assert_eq!(events.iter().filter(|kind| *kind == "comments_received").count(), 1);
        let ledger = format!("{:?}", world.events(project));
        assert!(!ledger.contains("someone@firm.example"), "no personal data in the ledger");
    });
}

#[test]
fn a_link_ends_and_an_address_has_a_budget() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let command = sending(row.id, vec![remark("1", "意见")]);
        let (secret, _) = sent_by_public(world, &command);
        world.later(TimeDelta::days(3));
        let late = Confirm { token: secret };
        assert_eq!(world.refusal(confirm, Actor::Public, &late), RefusalCode::LinkEnded);
        for _ in 0..5 {
            sent_by_public(world, &command);
        }
        assert_eq!(world.refusal(submit_comments, Actor::Public, &command), RefusalCode::TooMany);
        let mut other = command.clone();
        other.author = stranger("another@firm.example");
        sent_by_public(world, &other);
        world.later(TimeDelta::days(1));
        sent_by_public(world, &command);
    });
}

#[test]
fn people_of_the_register_are_received_at_once_by_their_seat() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let table = [
            (world.members[0], RecipientClass::Member),
            (world.corresponding, RecipientClass::CorrespondingUnit),
            (world.adviser, RecipientClass::Member),
            (world.outsider, RecipientClass::Public),
            (world.officer, RecipientClass::Public),
        ];
        for (serial, (person, class)) in (1..).zip(table) {
            let id = sent_by(world, person, row.id, "4.2");
            let stored = comment(world, id);
            assert_eq!((stored.serial, stored.author_class), (serial, class));
            assert_eq!(stored.person_id, Some(person));
            assert_eq!(stored.author_contact, world.address(person));
            assert_eq!(stored.confirmed_at, Some(world.now()));
        }
        let line = world.read(|conn| rounds::recipient_of(conn, row.id, world.members[0])).unwrap();
        assert_eq!(line.answer, Some(RecipientAnswer::Comments));
        let silent =
            world.read(|conn| rounds::recipient_of(conn, row.id, world.members[1])).unwrap();
        assert_eq!(silent.answered_at, None);
        assert_eq!(world.mails(NoticeKey::CommentReceived).len(), 5);
        let command = sending(row.id, vec![remark("1", "意见")]);
        assert_eq!(world.refusal(submit_comments, world.drafter, &command), RefusalCode::Recused);
        assert!(matches!(
            world.act(submit_comments, Actor::System, &command),
            Err(ActionError::Forbidden)
        ));
    });
}

#[test]
fn every_faulty_field_is_named() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let mut command = sending(row.id, vec![remark("5\r\n6", " "), remark("7", "意见")]);
        command.author.name = String::new();
        command.author.contact = "nobody@nowhere\nBcc: x@y.example".into();
        let fields = world.faulty(submit_comments, Actor::Public, &command);
        assert_eq!(fields, ["name", "contact", "comments.0.clause", "comments.0.body"]);
        let empty = sending(row.id, vec![]);
        assert_eq!(world.faulty(submit_comments, Actor::Public, &empty), ["comments"]);
        let long = sending(row.id, vec![remark("1", &"长".repeat(8_001))]);
        assert_eq!(world.faulty(submit_comments, world.outsider, &long), ["comments.0.body"]);
        let many = sending(row.id, vec![remark("1", "意见"); 501]);
        assert_eq!(world.faulty(submit_comments, world.outsider, &many), ["comments"]);
    });
}

#[test]
fn the_closing_instant_is_the_first_that_is_late() {
    let micro = TimeDelta::microseconds(1);
    on_each_backend(|world| {
        let (_, row) = running(world);
        world.at(row.closes_at - micro);
        let in_time = sent_by(world, world.members[0], row.id, "1");
        assert!(!comment(world, in_time).late);
        for step in [TimeDelta::zero(), micro, TimeDelta::days(2)] {
            world.at(row.closes_at + step);
            let late = sent_by(world, world.members[1], row.id, "2");
            assert!(comment(world, late).late, "{step}");
        }
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (1, 1));
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, true)), (4, 4));
    });
}

#[test]
fn late_comments_are_refused_or_counted_where_the_profile_says_so() {
    let refuse = Plan { rules: &[("comment_late_policy", "refuse")], ..Plan::default() };
    on_each_backend_with(&refuse, |world| {
        let (project, row) = running(world);
        world.walk(project, Stage::CommentsClosed);
        let command = sending(row.id, vec![remark("1", "意见")]);
        let refusal = world.refused(submit_comments, world.members[0], &command);
        assert_eq!(refusal.code, RefusalCode::RoundNotRunning);
        assert_eq!(refusal.rule, Some(RuleKey::CommentLatePolicy));
    });
    let count = Plan { rules: &[("comment_late_policy", "record_and_count")], ..Plan::default() };
    on_each_backend_with(&count, |world| {
        let (project, row) = running(world);
        world.walk(project, Stage::CommentsClosed);
        sent_by(world, world.members[0], row.id, "1");
        let finish = world.take(
            world.drafter,
            project,
            quanheng_domain::lifecycle::Move::FinishDisposition,
            &[],
        );
        let Err(ActionError::Refused(refusal)) = finish else { panic!("{finish:?}") };
        assert_eq!(refusal.code, RefusalCode::CommentsOpen);
    });
}

#[test]
fn who_sent_in_time_is_in_time_though_the_address_is_confirmed_later() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        world.at(row.closes_at - TimeDelta::minutes(1));
        let (secret, ids) = sent_by_public(world, &sending(row.id, vec![remark("1", "意见")]));
        world.walk(project, Stage::CommentsClosed);
        world.act(confirm, Actor::Public, &Confirm { token: secret }).unwrap();
        assert!(!comment(world, ids[0]).late);
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, false)), (1, 1));
    });
}

#[test]
fn nothing_comes_in_once_the_answers_are_published() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        world.at(row.closes_at - TimeDelta::minutes(1));
        let (secret, ids) = sent_by_public(world, &sending(row.id, vec![remark("1", "意见")]));
        world.walk(project, Stage::CommentsTreated);
        let command = sending(row.id, vec![remark("1", "意见")]);
        for actor in [Actor::Public, world.actor(world.members[0])] {
            let code = world.refusal(submit_comments, actor, &command);
            assert_eq!(code, RefusalCode::RoundNotRunning);
        }
        // The link was pressed too late to be weighed, so the comment is kept as late.
        world.act(confirm, Actor::Public, &Confirm { token: secret }).unwrap();
        assert!(comment(world, ids[0]).late);
    });
}

#[test]
fn a_round_that_is_not_public_does_not_exist_for_the_public() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        world
            .write(move |tx| {
                let mut project = projects::find(tx.conn(), project)?.unwrap();
                project.openness = Openness::Internal;
                Ok(projects::save(tx.conn(), &mut project)?)
            })
            .unwrap();
        let command = sending(row.id, vec![remark("1", "意见")]);
        let foreigner = world.newcomer("外单位职员·演示", None);
        for actor in [Actor::Public, world.actor(foreigner)] {
            let answer = world.act(submit_comments, actor, &command);
            assert!(matches!(answer, Err(ActionError::NotFound)), "{answer:?}");
        }
        sent_by(world, world.members[0], row.id, "1");
    });
}

#[test]
fn comments_on_paper_are_entered_with_source_day_and_scan() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let scan = world.document(project, DocumentKind::Other);
        let closing = quanheng_domain::deadline::day_of(row.closes_at - TimeDelta::seconds(1));
        world.walk(project, Stage::CommentsClosed);
        world.later(TimeDelta::days(3));
        let asked = world.read(|conn| rounds::recipients_of(conn, row.id));
        let unit = asked.iter().find(|line| line.name.starts_with("使用单位01")).unwrap();
        let mut command = EnterPaper {
            round: row.id,
            author: quanheng_actions::round::Author { name: String::new(), ..stranger("") },
            class: RecipientClass::Public,
            source: CommentSource::Letter,
            received_on: closing,
            remarks: vec![remark("6.3", "来函意见")],
            scan: Some(scan),
            recipient: Some(unit.id),
        };
        let receipt = world.act(enter_paper, world.staff, &command).unwrap();
        let stored = comment(world, receipt.comments[0].0);
        assert_eq!(
            (stored.late, stored.scan_id, stored.source),
            (false, Some(scan), CommentSource::Letter)
        );
        assert_eq!(stored.author_class, RecipientClass::User);
        let line = world.read(|conn| rounds::recipient(conn, unit.id)).unwrap();
        assert_eq!(line.answer, Some(RecipientAnswer::Comments));

        command.received_on = closing + Days::new(1);
        let receipt = world.act(enter_paper, world.staff, &command).unwrap();
        assert!(receipt.late, "a letter of the day after the last is late");

        command.received_on = world.today() + Days::new(1);
        command.source = CommentSource::Page;
        command.scan = Some(world.id());
        command.recipient = Some(world.id());
        let fields = world.faulty(enter_paper, world.staff, &command);
        assert_eq!(fields, ["source", "received_on", "scan", "recipient"]);
        for who in [world.members[0], world.drafter] {
            assert_eq!(world.refusal(enter_paper, who, &command), RefusalCode::NotYours);
        }
    });
}

#[test]
fn a_unit_that_was_asked_answers_from_the_address_it_was_asked_at() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let asked = world.mails(NoticeKey::RoundOpened);
        assert!(asked.iter().any(|mail| mail.address == "unit-02@demo.example"), "units are told");
        let mut command = sending(row.id, vec![remark("1", "意见")]);
        command.author = stranger("Unit-02@demo.example");
        let (secret, ids) = sent_by_public(world, &command);
        world.act(confirm, Actor::Public, &Confirm { token: secret }).unwrap();
        assert_eq!(comment(world, ids[0]).author_class, RecipientClass::User);
        let lines = world.read(|conn| rounds::recipients_of(conn, row.id));
        let answered: Vec<_> = lines.iter().filter(|line| line.answered_at.is_some()).collect();
        assert_eq!(answered.len(), 1);
        assert_eq!(answered[0].name, "使用单位02·演示");
        let silent = world.read(|conn| quanheng_db::outbox::silent_in_round(conn, row.id));
        let units = silent.iter().filter(|recipient| recipient.person.is_none()).count();
        assert_eq!(units, 5);
    });
}

#[test]
fn forty_senders_at_once_get_forty_numbers() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let senders: Vec<_> =
            world.voters().into_iter().map(|person| world.actor(person)).collect();
        let command = sending(row.id, vec![remark("1", "甲"), remark("2", "乙")]);
        let serials: Vec<i32> = thread::scope(|scope| {
            let handles: Vec<_> = senders
                .iter()
                .map(|actor| scope.spawn(|| world.act(submit_comments, actor.clone(), &command)))
                .collect();
            let submitted = handles.into_iter().map(|handle| handle.join().unwrap().unwrap());
            let serials = |submitted| match submitted {
                Submitted::Received(receipt) => receipt.comments,
                Submitted::AwaitsConfirmation { .. } => panic!("members need not confirm"),
            };
            submitted.flat_map(serials).map(|(_, serial)| serial).collect()
        });
        let mut sorted = serials.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (1..=42).collect::<Vec<i32>>());
        assert_eq!(round(world, row.id).next_serial, 43);
    });
}
