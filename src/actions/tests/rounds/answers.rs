//! Whom is asked, and the answers without comments.

use chrono::TimeDelta;
use quanheng_actions::{
    ActionError,
    project::details::AskedUnit,
    round::{Answer, AskUnits, answer, ask_units},
};
use quanheng_db::rounds;
use quanheng_domain::{
    comment::RecipientAnswer, notice::NoticeKey, refusal::RefusalCode, rules::RecipientClass,
    stage::Stage,
};

use super::{running, sent_by};
use crate::world::on_each_backend;

fn unit(name: &str, address: &str) -> AskedUnit {
    AskedUnit { name: name.into(), class: RecipientClass::Maker, address: address.into() }
}

#[test]
fn one_press_answers_while_the_round_runs() {
    on_each_backend(|world| {
        let (project, row) = running(world);
        let own = |answer| Answer { round: row.id, answer, recipient: None, note: String::new() };
        let no_comment = own(RecipientAnswer::NoComment);
        world.act(answer, world.members[0], &no_comment).unwrap();
        world.act(answer, world.members[0], &no_comment).unwrap();
        assert_eq!(world.faulty(answer, world.members[1], &own(RecipientAnswer::Cannot)), ["note"]);
        assert_eq!(
            world.faulty(answer, world.members[1], &own(RecipientAnswer::Comments)),
            ["answer"]
        );
        let cannot = Answer { note: "出差".into(), ..own(RecipientAnswer::Cannot) };
        world.act(answer, world.members[1], &cannot).unwrap();
        assert_eq!(world.refusal(answer, world.outsider, &no_comment), RefusalCode::NotOnRoll);

        sent_by(world, world.members[2], row.id, "1");
        world.act(answer, world.members[2], &no_comment).unwrap();
        let of = |person| world.read(|conn| rounds::recipient_of(conn, row.id, person)).unwrap();
        assert_eq!(of(world.members[0]).answer, Some(RecipientAnswer::NoComment));
        assert_eq!(of(world.members[1]).answer, Some(RecipientAnswer::Cannot));
        assert_eq!(
            of(world.members[2]).answer,
            Some(RecipientAnswer::Comments),
            "comments outweigh"
        );

        let lines = world.read(|conn| rounds::recipients_of(conn, row.id));
        let asked = lines.iter().find(|line| line.person_id.is_none()).unwrap();
        let mut for_unit = Answer { recipient: Some(asked.id), ..no_comment.clone() };
        assert_eq!(
            world.faulty(answer, world.staff, &for_unit),
            ["note"],
            "how it came must be said"
        );
        for_unit.note = "来函".into();
        assert_eq!(world.refusal(answer, world.members[3], &for_unit), RefusalCode::NotYours);
        world.act(answer, world.staff, &for_unit).unwrap();

        world.at(row.closes_at - TimeDelta::microseconds(1));
        world.act(answer, world.members[4], &no_comment).unwrap();
        world.at(row.closes_at);
        assert_eq!(
            world.refusal(answer, world.members[5], &no_comment),
            RefusalCode::RoundNotRunning
        );
        world.walk(project, Stage::CommentsClosed);
        assert_eq!(
            world.refusal(answer, world.members[5], &no_comment),
            RefusalCode::RoundNotRunning
        );
        world.act(answer, world.staff, &for_unit).unwrap();
    });
}

#[test]
fn units_are_listed_before_the_round_and_only_added_while_it_runs() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::DraftAccepted);
        let ask = |units: Vec<AskedUnit>| AskUnits { project, units, if_version: None };
        let first = ask(vec![unit("甲厂", "a@firm.example"), unit("乙厂", ""), unit("甲 厂", "")]);
        assert_eq!(world.act(ask_units, world.secretary, &first).unwrap(), 0);
        let bad = ask(vec![unit(" ", "x@y.example"), unit("丙厂", "not an address")]);
        let fields = world.faulty(ask_units, world.secretary, &bad);
        assert_eq!(fields, ["units.0.name", "units.1.address"]);
        assert_eq!(world.refusal(ask_units, world.members[0], &first), RefusalCode::NotYours);
        let stale = AskUnits { if_version: Some(1), ..first.clone() };
        assert!(matches!(
            world.act(ask_units, world.secretary, &stale),
            Err(ActionError::Conflict)
        ));
        let second = ask(vec![unit("丁厂", "d@firm.example")]);
        world.act(ask_units, world.secretary, &second).unwrap();

        world.walk(project, Stage::Commenting);
        let id = world.round(project);
        let names = || -> Vec<String> {
            let lines = world.read(|conn| rounds::recipients_of(conn, id));
            lines
                .into_iter()
                .filter(|line| line.person_id.is_none())
                .map(|line| line.name)
                .collect()
        };
        assert_eq!(names().len(), 6, "the walk lists six units anew");
        let told = world.mails(NoticeKey::RoundOpened).len();
        let more = ask(vec![
            unit("使用单位01·演示", ""),
            unit("戊厂", "e@firm.example"),
            unit("己厂", ""),
        ]);
        assert_eq!(world.act(ask_units, world.secretary, &more).unwrap(), 2);
        assert_eq!(
            world.act(ask_units, world.secretary, &more).unwrap(),
            0,
            "nobody is asked twice"
        );
        assert_eq!(names().len(), 8);
        let mails = world.mails(NoticeKey::RoundOpened);
        assert_eq!(mails.len(), told + 1);
        assert_eq!(mails.last().unwrap().address, "e@firm.example");
    });
}
