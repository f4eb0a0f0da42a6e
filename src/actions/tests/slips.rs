//! Cover and measurement standards of an edition, and amendment slips from their first item to the text that reads with them.

use chrono::{Days, NaiveDate};
use quanheng_actions::specification::{
    cover::{Cover, EnterCover, Standard, add_standard, enter as enter_cover, remove_standard},
    slip::{self as verbs, Enter, Strike, enter, strike},
};
use quanheng_db::{covers, projects, slips};
use quanheng_domain::{
    ids::{ObjectId, ProjectId, SpecificationId},
    lifecycle::ProjectKind,
    refusal::RefusalCode,
    slip::{SlipAct, SlipItem, merge},
    stage::Stage,
};

use crate::{
    relations::read_text,
    world::{World, on_each_backend},
};

const TEXT: &str = "1 范围\n本规范适用于质量流量计。\n5 检定条件\n5.1 环境条件\n环境温度为(20±5)℃。\n6 检定周期\n一般不超过1年。\n";

/// A project of a slip on an edition.
fn slip_of(world: &World, edition: SpecificationId, kind: ProjectKind, stage: Stage) -> ProjectId {
    let made = world.project_at(stage);
    world
        .write(move |tx| {
            let mut row = projects::find(tx.conn(), made)?.unwrap();
            (row.kind, row.specification_id) = (kind, Some(edition));
            assert!(projects::save(tx.conn(), &mut row)?);
            Ok(made)
        })
        .unwrap()
}

fn item(act: SlipAct, clause: &str, was: &str, body: &str) -> SlipItem {
    let (clause, was, body) = (clause.to_owned(), was.to_owned(), body.to_owned());
    SlipItem { act, clause, number: String::new(), heading: String::new(), was, body }
}

#[test]
fn a_slip_is_written_within_the_rule_and_read_from_its_day_on() {
    on_each_backend(|world| {
        let edition = world.edition();
        read_text(world, edition, TEXT);
        let project = slip_of(world, edition, ProjectKind::Amendment, Stage::Drafting);
        let wish = |item: SlipItem| Enter { project, item };
        let warmer = item(SlipAct::Change, "5.1", "(20±5)℃", "(20±2)℃");
        assert_eq!(
            world.refusal(enter, world.outsider, &wish(warmer.clone())),
            RefusalCode::NotYours
        );
        for (wrong, field) in [
            (item(SlipAct::Change, "5.1", "", "新"), "was"),
            (item(SlipAct::Change, "5.1", "不在文中", "新"), "was"),
            (item(SlipAct::Delete, "9.9", "", ""), "clause"),
            (item(SlipAct::Replace, "6", "", " "), "body"),
        ] {
            assert_eq!(world.faulty(enter, world.secretary, &wish(wrong)), [field]);
        }
        assert_eq!(world.act(enter, world.drafter, &wish(warmer.clone())).unwrap(), 1);
        let longer = item(SlipAct::Replace, "6", "", "一般不超过2年。");
        assert_eq!(world.act(enter, world.secretary, &wish(longer)).unwrap(), 2);
        // The rule allows two items a slip.
        let third = wish(item(SlipAct::Delete, "1", "", ""));
        let full = world.refused(enter, world.secretary, &third);
        assert_eq!((full.code, full.facts["most"].as_str()), (RefusalCode::SlipFull, "2"));
        world.act(strike, world.secretary, &Strike { project, ordinal: 2 }).unwrap();
        assert_eq!(world.act(enter, world.secretary, &third).unwrap(), 2);

        let day = world.today() + Days::new(30);
        let publish = |project: ProjectId, day: NaiveDate| {
            world
                .write(move |tx| {
                    let row = projects::find(tx.conn(), project)?.unwrap();
                    verbs::publish(tx, &row, edition, ("2026年第9号", day - Days::new(10), day))
                })
                .unwrap()
        };
        assert_eq!(publish(project, day), 1);
        let second = slip_of(world, edition, ProjectKind::Amendment, Stage::DossierCheck);
        assert_eq!(publish(second, day + Days::new(5)), 2);
        let wrong = slip_of(world, edition, ProjectKind::Corrigendum, Stage::Drafting);
        assert_eq!(publish(wrong, day), 1, "corrigenda are counted by themselves");
        let all = world.ask(|conn| verbs::of_edition(conn, edition)).unwrap();
        assert_eq!(all.len(), 3);
        let items: Vec<Vec<SlipItem>> = all.iter().map(|slip| slip.items.clone()).collect();
        let read = merge(&quanheng_text::read_typed(TEXT).clauses, &items);
        assert!(read.astray.is_empty());
        let warm = read.clauses.iter().find(|one| one.clause.key == "5.1").unwrap();
        assert!(warm.clause.plain().contains("(20±2)℃") && warm.touches.len() == 1);

        // What stands with the authority is written no more.
        let late = Enter { project: second, item: warmer };
        assert_eq!(world.refusal(enter, world.secretary, &late), RefusalCode::NotFromHere);
        assert_eq!(world.read(|conn| slips::items_of(conn, &[second])), []);
    });
}

#[test]
fn a_cover_is_prepared_from_the_project_and_completed_by_its_keepers() {
    on_each_backend(|world| {
        let edition = world.edition();
        let kept = || world.read(|conn| covers::cover(conn, edition)).unwrap();
        assert!(!kept().interpreter.is_empty() && !kept().drafters.is_empty(), "{:?}", kept());
        let wrong = Cover { ics: "17.6".into(), isbn: "12345".into(), ..Cover::default() };
        let sent = |cover: Cover| EnterCover { specification: edition, cover };
        let faults = world.faulty(enter_cover, world.secretary, &sent(wrong));
        assert_eq!(faults, ["ics", "isbn"]);
        let right = Cover { ics: "17.060".into(), ccs: "A52".into(), ..Cover::default() };
        let refusal = world.refusal(enter_cover, world.members[0], &sent(right.clone()));
        assert_eq!(refusal, RefusalCode::NotYours);
        world.act(enter_cover, world.officer, &sent(right)).unwrap();
        assert_eq!((kept().ics.as_str(), kept().drafters.as_str()), ("17.060", ""));

        let standard = |certificate: &str| Standard {
            specification: edition,
            name: "质量流量计检定装置".into(),
            certificate: certificate.into(),
            keeper: "计量院·演示".into(),
            valid_until: None,
        };
        assert_eq!(world.faulty(add_standard, world.secretary, &standard(" ")), ["certificate"]);
        let id =
            world.act(add_standard, world.secretary, &standard("[2026]演量标证字第001号")).unwrap();
        let again = standard("[2026]演量标证字第001号");
        assert_eq!(world.faulty(add_standard, world.officer, &again), ["certificate"]);
        assert_eq!(world.read(|conn| covers::standards_of(conn, edition)).len(), 1);
        let gone: ObjectId = id;
        assert_eq!(world.refusal(remove_standard, world.outsider, &gone), RefusalCode::NotYours);
        world.act(remove_standard, world.secretary, &gone).unwrap();
        assert_eq!(world.read(|conn| covers::standards_of(conn, edition)), []);
    });
}
