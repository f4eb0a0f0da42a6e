//! Files that come with comments, and comments that a person looks at before they count.

use chrono::TimeDelta;
use quanheng_actions::{
    ActionError,
    round::{
        AddFiles, Confirm, Dispose, Moderate, NewFile, Ruling, Submitted, add_files, attach,
        confirm, dispose, files, hold, moderate, own_path, submit_comments, sweep_unconfirmed,
    },
};
use quanheng_db::{comment_files, comment_watch, comments, rounds};
use quanheng_domain::{
    comment::Disposition,
    ids::{CommentId, RoundId},
    notice::NoticeKey,
    people::Actor,
    refusal::RefusalCode,
    stage::Stage,
    watch::{Verdict, Watch},
};

use super::{comment, facts_of, remark, running, secret_of, sending, sent_by, stranger};
use crate::world::{World, on_each_backend};

fn file(name: &str) -> NewFile {
    NewFile {
        file_name: format!("{name}.pdf"),
        media_type: "application/pdf".into(),
        size: 1_000,
        sha256: format!("{:0>64}", name.len()),
    }
}

/// Comments of a stranger that are held, with the secret of their link.
fn held(world: &World, round: RoundId, contact: &str, bodies: &[&str]) -> (String, Vec<CommentId>) {
    let mut command = sending(round, bodies.iter().map(|body| remark("1", body)).collect());
    command.author = stranger(contact);
    let ids = world
        .write(move |tx| {
            let Submitted::AwaitsConfirmation { comments, .. } =
                submit_comments(tx, &Actor::Public, &command)?
            else {
                panic!("the public must confirm");
            };
            hold(tx, &comments, Watch::NoProof)?;
            Ok(comments)
        })
        .unwrap();
    let mails = world.mails(NoticeKey::CommentConfirm);
    (secret_of(mails.last().unwrap()), ids)
}

fn verdict(round: RoundId, comments: Vec<CommentId>, verdict: Verdict, reason: &str) -> Moderate {
    Moderate { round, comments, verdict, reason: reason.into() }
}

#[test]
fn a_held_comment_counts_when_it_is_confirmed_and_admitted() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let (secret, ids) = held(world, row.id, "a@firm.example", &["甲", "乙"]);
        let command = Confirm { token: secret };
        let receipt = world.act(confirm, Actor::Public, &command).unwrap();
        assert!(receipt.held && receipt.number.is_empty(), "{receipt:?}");
        assert_eq!(world.act(confirm, Actor::Public, &command).unwrap(), receipt);
        let counts = world.read(|conn| rounds::comment_counts(conn, row.id, true));
        assert_eq!(counts, (0, 2), "what waits keeps the stage shut");
        let waiting = world.read(|conn| comment_watch::waiting_of(conn, &[project]));
        assert_eq!(waiting, [(project, row.id, 2)]);
        assert!(world.mails(NoticeKey::CommentReceived).is_empty());
        let waits = world.mails(NoticeKey::CommentHeld);
        assert_eq!((waits.len(), facts_of(&waits[0]).items.len()), (1, 2), "told once");

        let admit = verdict(row.id, vec![ids[0]], Verdict::Admitted, "");
        assert_eq!(world.refusal(moderate, world.members[0], &admit), RefusalCode::NotYours);
        assert_eq!(world.act(moderate, world.secretary, &admit).unwrap(), 2, "sent together");
        assert_eq!(world.act(moderate, world.secretary, &admit).unwrap(), 0);
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, true)), (2, 2));
        let mails = world.mails(NoticeKey::CommentReceived);
        assert_eq!(mails.len(), 1);
        assert!(facts_of(&mails[0]).secret_path.unwrap().starts_with(&own_path("")));
        let kinds = world.event_kinds(project);
        assert!(kinds.contains(&"comments_admitted".into()), "{kinds:?}");

        // Admitted first, confirmed afterwards: received like everybody.
        let (secret, ids) = held(world, row.id, "b@firm.example", &["丙"]);
        let admit = verdict(row.id, ids.clone(), Verdict::Admitted, "");
        world.act(moderate, world.secretary, &admit).unwrap();
        assert_eq!(comment(world, ids[0]).serial, 0);
        let receipt = world.act(confirm, Actor::Public, &Confirm { token: secret }).unwrap();
        assert_eq!((receipt.held, receipt.comments[0].1), (false, 3));
        let refuse = verdict(row.id, ids, Verdict::Refused, "广告");
        assert_eq!(world.faulty(moderate, world.secretary, &refuse), ["comments"]);
    });
}

#[test]
fn a_refused_comment_is_kept_and_never_counts() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let (secret, ids) = held(world, row.id, "a@firm.example", &["广告"]);
        let bare = verdict(row.id, ids.clone(), Verdict::Refused, " ");
        assert_eq!(world.faulty(moderate, world.staff, &bare), ["reason"]);
        let none = verdict(row.id, Vec::new(), Verdict::Admitted, "");
        assert_eq!(world.faulty(moderate, world.staff, &none), ["comments"]);
        let refuse = verdict(row.id, ids.clone(), Verdict::Refused, "与规范无关的广告");
        assert_eq!(world.act(moderate, world.staff, &refuse).unwrap(), 1);
        let receipt = world.act(confirm, Actor::Public, &Confirm { token: secret }).unwrap();
        assert!(receipt.held);
        // An address that nobody confirmed gets no mail; with the confirmation comes the reason.
        let told = world.mails(NoticeKey::CommentRefused);
        assert_eq!(told.len(), 1);
        assert_eq!(facts_of(&told[0]).reason.as_deref(), Some("与规范无关的广告"));
        assert!(world.mails(NoticeKey::CommentHeld).is_empty());
        assert_eq!(world.read(|conn| rounds::comment_counts(conn, row.id, true)), (0, 0));
        let event = world.events(project).into_iter().find(|e| e.kind == "comments_refused");
        assert_eq!(event.unwrap().note, "与规范无关的广告");

        // Housekeeping forgets who never confirmed, and keeps what was refused or waits.
        let (_, waiting) = held(world, row.id, "b@firm.example", &["待审"]);
        let (_, silent) = held(world, row.id, "c@firm.example", &["无人确认"]);
        let mails = world.mails(NoticeKey::CommentConfirm);
        let waits = mails.iter().find(|mail| mail.address == "b@firm.example").unwrap();
        world.act(confirm, Actor::Public, &Confirm { token: secret_of(waits) }).unwrap();
        let before = world.now() + TimeDelta::hours(1);
        assert_eq!(world.write(move |tx| sweep_unconfirmed(tx, before)).unwrap(), 1);
        let refuse = verdict(row.id, waiting.clone(), Verdict::Refused, "重复的广告");
        world.act(moderate, world.staff, &refuse).unwrap();
        let told = world.mails(NoticeKey::CommentRefused);
        assert_eq!(told.last().unwrap().address, "b@firm.example");
        for (id, there) in [(ids[0], true), (waiting[0], true), (silent[0], false)] {
            assert_eq!(world.read(|conn| comments::find(conn, id)).is_some(), there);
        }
    });
}

#[test]
fn files_are_read_by_whoever_may_read_the_comment() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let id = sent_by(world, world.members[0], row.id, "1");
        let add = AddFiles {
            comment: id,
            link: None,
            files: vec![file("a"), file("a"), file("bb")],
            most: 2,
        };
        let all = world.act(add_files, world.members[0], &add).unwrap();
        assert_eq!(all.iter().map(|row| row.ordinal).collect::<Vec<_>>(), [1, 2]);
        let more = AddFiles { files: vec![file("ccc")], ..add.clone() };
        assert_eq!(world.faulty(add_files, world.members[0], &more), ["files"]);
        let none = AddFiles { files: Vec::new(), ..add.clone() };
        assert_eq!(world.faulty(add_files, world.members[0], &none), ["files"]);
        assert!(matches!(world.act(add_files, world.members[1], &add), Err(ActionError::NotFound)));
        world.later(TimeDelta::hours(1));
        let late = world.write(move |tx| attach(tx, &Actor::Public, id, &[file("dddd")], 5));
        assert!(matches!(late, Err(ActionError::NotFound)), "it came before");

        let reads = |actor: &Actor| {
            let actor = actor.clone();
            world.ask(move |conn| files::readable(conn, &actor, None, id, 1)).is_ok()
        };
        assert!(reads(&world.actor(world.members[0])) && reads(&world.actor(world.secretary)));
        assert!(!reads(&Actor::Public), "not before the answers are public");
        world.walk(project, Stage::CommentsClosed);
        let ruling = Ruling {
            code: Disposition::Accepted,
            reason: String::new(),
            text_changed: Some(true),
            duplicate_of: None,
        };
        let settle = Dispose { comment: id, ruling, if_version: None };
        world.act(dispose, world.drafter, &settle).unwrap();
        world.walk(project, Stage::CommentsTreated);
        assert!(reads(&Actor::Public));
        assert_eq!(world.read(|conn| comment_files::of_round(conn, row.id)).len(), 2);
        assert_eq!(world.refusal(add_files, world.members[0], &add), RefusalCode::RoundNotRunning);
    });
}
