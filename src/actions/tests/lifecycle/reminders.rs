//! Drafters are reminded of what they must deliver, each time the rules say, until it is delivered.

use chrono::{Days, TimeDelta};
use quanheng_actions::specification::care::{EarlyReexamination, reexamine};
use quanheng_db::{deadlines, projects};
use quanheng_domain::{
    ids::ProjectId,
    lifecycle::{DeadlineKind, ProjectKind},
    notice::NoticeKey,
    stage::Stage,
};

use crate::world::{Plan, World, on_each_backend_with};

fn pass_until(world: &World, days: i64) {
    for _ in 0..days {
        world.pass(TimeDelta::days(1));
    }
}

fn due(world: &World, project: ProjectId) -> chrono::DateTime<chrono::Utc> {
    let open = world.read(|conn| deadlines::open_of(conn, project.cast()));
    open.iter().find(|row| row.kind == DeadlineKind::ProgressReport).unwrap().due_at
}

#[test]
fn drafters_are_reminded_of_a_milestone_as_often_as_the_rules_say_and_not_once_it_is_delivered() {
    let plan = Plan { rules: &[("reminders_milestone", "7 days, 2 days")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::Drafting);
        let before = world.mails(NoticeKey::MilestoneDue).len();
        let due = due(world, project);
        world.at(due.checked_sub_days(Days::new(9)).unwrap());
        pass_until(world, 8);
        let told = world.mails(NoticeKey::MilestoneDue);
        assert_eq!(told.len() - before, 2, "seven days before and two days before");
        assert!(told[before..].iter().all(|mail| mail.person_id == Some(world.drafter)));

        // Delivered: the next milestone waits with reminders of its own.
        let note = [(quanheng_domain::lifecycle::Field::Note, "已完成样机试验".to_owned())];
        let report = quanheng_domain::lifecycle::Move::ReportProgress;
        world.take_with_papers(world.drafter, project, report, &note);
        pass_until(world, 3);
        assert_eq!(world.mails(NoticeKey::MilestoneDue).len() - before, 2);
    });
}

#[test]
fn whoever_examines_a_text_again_is_reminded_as_the_rules_say_until_it_is_concluded() {
    let plan = Plan { rules: &[("reminders_reexam", "30 days, 7 days")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let specification = world.edition();
        let early =
            EarlyReexamination { specification, reason: "国际文件已经修订。".into() };
        world.act(reexamine, world.secretary, &early).unwrap();
        let all = world.read(|conn| projects::of_specification(conn, specification));
        let case = all.iter().find(|row| row.kind == ProjectKind::Reexamination).unwrap().id;
        let open = world.read(|conn| deadlines::open_of(conn, case.cast()));
        let end = open.iter().find(|row| row.kind == DeadlineKind::ReexaminationEnd).unwrap();
        world.at(end.due_at.checked_sub_days(Days::new(31)).unwrap());
        assert_eq!(world.mails(NoticeKey::ReexaminationClosing), []);
        pass_until(world, 30);
        let told = world.mails(NoticeKey::ReexaminationClosing);
        let people: Vec<_> = told.iter().filter_map(|mail| mail.person_id).collect();
        assert_eq!(people.iter().filter(|who| **who == world.secretary).count(), 2);
        assert!(!people.contains(&world.members[0]) && !people.contains(&world.officer));
        let due = told[0].payload["due"].as_str().unwrap().to_owned();
        assert_eq!(due.parse::<chrono::DateTime<chrono::Utc>>().unwrap(), end.due_at);
    });
}
