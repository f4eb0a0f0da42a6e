//! Drafters are reminded of what they must deliver, each time the rules say, until it is delivered.

use chrono::{Days, TimeDelta};
use quanheng_db::deadlines;
use quanheng_domain::{ids::ProjectId, lifecycle::DeadlineKind, notice::NoticeKey, stage::Stage};

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
