//! A unit that gathers what its people say and sends it once.

use quanheng_actions::{
    ActionError,
    round::unit::{
        ChangeRemark, NoteRemark, SendUnit, change_remark, note_remark, of_unit, send_unit, waiting,
    },
};
use quanheng_db::{register, rounds, unit_remarks};
use quanheng_domain::{
    comment::RecipientAnswer, ids::ObjectId, notice::NoticeKey, people::Actor,
    refusal::RefusalCode, rules::RecipientClass,
};

use super::{remark, running};
use crate::world::on_each_backend;

#[test]
fn a_unit_gathers_what_its_people_say_and_sends_it_once() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let contact = world.corresponding;
        let unit = world.read(|conn| register::person(conn, contact)).unwrap();
        let unit = unit.organisation_id.unwrap();
        let colleague = world.newcomer("同事甲·演示", Some(unit));
        let other = world.newcomer("同事乙·演示", Some(unit));
        let note =
            |clause: &str, body: &str| NoteRemark { round: row.id, remark: remark(clause, body) };
        for who in [world.outsider, world.members[0], world.drafter, world.secretary] {
            let refused = world.act(note_remark, who, &note("5", "外人"));
            assert!(matches!(refused, Err(ActionError::NotFound)), "{refused:?}");
        }
        assert!(matches!(
            world.act(note_remark, Actor::Public, &note("5", "外人")),
            Err(ActionError::NotFound)
        ));
        assert_eq!(world.faulty(note_remark, colleague, &note("5", " ")), ["body"]);
        let first = world.act(note_remark, colleague, &note("5", "甲意见")).unwrap();
        let second = world.act(note_remark, other, &note("6", "乙意见")).unwrap();
        let third = world.act(note_remark, contact, &note("", "总体同意")).unwrap();
        let owed = world.read(|conn| unit_remarks::asked_through(conn, colleague));
        assert_eq!(owed.iter().map(|(round, _)| round.id).collect::<Vec<_>>(), [row.id]);
        let outside = world.read(|conn| rounds::confirmed_comments(conn, row.id));
        assert!(outside.is_empty(), "nothing goes out before the unit sends it");

        let change = |id: ObjectId, body: Option<&str>, seen: i64| ChangeRemark {
            round: row.id,
            id,
            remark: body.map(|body| remark("5.1", body)),
            if_version: Some(seen),
        };
        let of_other = world.act(change_remark, colleague, &change(second, Some("改"), 1));
        assert!(matches!(of_other, Err(ActionError::NotFound)), "colleagues change their own");
        world.act(change_remark, colleague, &change(first, Some("甲意见（改）"), 1)).unwrap();
        let stale = world.act(change_remark, contact, &change(first, Some("旧"), 1));
        assert!(matches!(stale, Err(ActionError::Conflict)));
        world.act(change_remark, contact, &change(second, None, 1)).unwrap();

        let all = world.read(|conn| unit_remarks::of_unit(conn, row.id, unit));
        let seen: Vec<_> = waiting(&all).map(|one| (one.id, one.version)).collect();
        assert_eq!(seen, [(first, 2), (third, 1)]);
        let send = SendUnit { round: row.id, seen: seen.clone(), publish_name: false };
        assert_eq!(world.refusal(send_unit, colleague, &send), RefusalCode::NotOnRoll);
        let blind = SendUnit { seen: seen[..1].to_vec(), ..send.clone() };
        assert!(matches!(world.act(send_unit, contact, &blind), Err(ActionError::Conflict)));
        let receipt = world.act(send_unit, contact, &send).unwrap();
        assert_eq!(receipt.comments.len(), 2);
        let sent = world.read(|conn| rounds::confirmed_comments(conn, row.id));
        let told: Vec<_> =
            sent.iter().map(|one| (one.clause.as_str(), one.body.as_str())).collect();
        assert_eq!(told, [("5.1", "甲意见（改）"), ("", "总体同意")]);
        assert!(sent.iter().all(|one| one.author_class == RecipientClass::CorrespondingUnit));
        assert!(sent.iter().all(|one| one.person_id == Some(contact)));
        assert_eq!(world.mails(NoticeKey::CommentReceived).len(), 1, "one receipt for all");
        let file = {
            let actor = world.actor(colleague);
            world.ask(|conn| of_unit(conn, &actor, row.id)).unwrap()
        };
        assert_eq!(file.line.answer, Some(RecipientAnswer::Comments));
        assert!(!file.is_contact());
        let late = change(first, Some("太晚"), 3);
        assert_eq!(world.refusal(change_remark, contact, &late), RefusalCode::AlreadySubmitted);
        assert_eq!(world.faulty(send_unit, contact, &send), ["comments"]);
        assert!(!world.event_kinds(project).iter().any(|kind| kind.starts_with("unit_")));

        world.act(note_remark, colleague, &note("7", "补充")).unwrap();
        world.at(row.closes_at);
        let closed = world.act(note_remark, colleague, &note("8", "截止之后"));
        let open = world.read(|conn| unit_remarks::of_unit(conn, row.id, unit)).len();
        assert!(matches!(closed, Err(ActionError::Refused(_))) == (open == 4), "{closed:?}");
    });
}
