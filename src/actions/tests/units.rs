//! Drafting units of a project: named, taken out, and the first one held by the plan; and who leads the drafting.

use chrono::{Days, TimeDelta};
use quanheng_actions::project::units::{NamePerson, NameUnit, name_person, name_unit};
use quanheng_db::{deadlines, projects, register};
use quanheng_domain::{
    deadline, ids::ProjectId, lifecycle::DeadlineKind, notice::NoticeKey, people::ProjectRole,
    refusal::RefusalCode, stage::Stage,
};

use crate::world::{World, on_each_backend};

const FIRST: &str = "国家水大流量计量站·演示";
const OTHER: &str = "参加单位·演示";

fn naming(project: ProjectId, unit: &str, lead: bool) -> NameUnit {
    NameUnit { project, unit: unit.to_owned(), lead, named: true }
}

fn taking_out(project: ProjectId, unit: &str) -> NameUnit {
    NameUnit { named: false, ..naming(project, unit, false) }
}

/// The units as they stand, the first one marked.
fn units(world: &World, project: ProjectId) -> Vec<(String, bool)> {
    world.read(|conn| {
        let units = projects::units_of(conn, project)?;
        let ids: Vec<_> = units.iter().map(|unit| unit.organisation_id).collect();
        let known = register::organisations_by(conn, &ids)?;
        let name = |id| known.iter().find(|row| row.id == id).unwrap().name_zh.clone();
        Ok(units.iter().map(|unit| (name(unit.organisation_id), unit.lead)).collect())
    })
}

#[test]
fn drafting_units_are_named_and_the_first_one_is_held_by_the_plan() {
    on_each_backend(|world| {
        let project = world.suggestion();
        let before = units(world, project);
        assert!(before.is_empty(), "{before:?}");
        // The first that is named leads until another is said to.
        world.act(name_unit, world.secretary, &naming(project, OTHER, false)).unwrap();
        assert_eq!(units(world, project), [(OTHER.to_owned(), true)]);
        world.act(name_unit, world.secretary, &naming(project, FIRST, true)).unwrap();
        let both = [(FIRST.to_owned(), true), (OTHER.to_owned(), false)];
        assert_eq!(units(world, project), both);
        // Written otherwise, it is the same unit.
        world.act(name_unit, world.secretary, &naming(project, " 参加单位·演示 ", false)).unwrap();
        assert_eq!(units(world, project), both);
        assert_eq!(
            world.refusal(name_unit, world.outsider, &naming(project, "外单位", false)),
            RefusalCode::NotYours
        );
        assert_eq!(world.faulty(name_unit, world.secretary, &naming(project, " ", true)), ["unit"]);
        let long = "长".repeat(121);
        assert_eq!(
            world.faulty(name_unit, world.secretary, &naming(project, &long, true)),
            ["unit"]
        );

        world.walk(project, Stage::Planned);
        let held = [naming(project, OTHER, true), taking_out(project, FIRST)];
        for command in &held {
            let refused = world.refusal(name_unit, world.secretary, command);
            assert_eq!(refused, RefusalCode::AdjustmentMissing);
        }
        assert_eq!(units(world, project), both);
        world.act(name_unit, world.secretary, &taking_out(project, OTHER)).unwrap();
        assert_eq!(units(world, project), [(FIRST.to_owned(), true)]);
        let kinds = world.event_kinds(project);
        let count = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
        assert_eq!((count("unit_named"), count("unit_removed")), (3, 1));
    });
}

#[test]
fn edge_36_a_planned_project_without_a_lead_drafter_gets_another_in_time() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let name = |person, named| {
            let role = ProjectRole::LeadDrafter;
            world
                .act(name_person, world.secretary, &NamePerson { project, person, role, named })
                .unwrap();
        };
        let vacant = || -> Vec<_> {
            let open = world.read(|conn| deadlines::open_of(conn, project.cast()));
            let due = open.iter().filter(|row| row.kind == DeadlineKind::DrafterVacant);
            due.map(|row| row.due_at).collect()
        };
        name(world.drafter, false);
        let due = vacant();
        assert!(due[0] >= deadline::end_of(world.today() + Days::new(30)), "{due:?}");
        name(world.members[3], true);
        assert!(vacant().is_empty());
        name(world.members[3], false);
        let overdue = world.mails(NoticeKey::MilestoneOverdue).len();
        world.pass(TimeDelta::days(45));
        assert!(vacant().is_empty());
        assert!(world.mails(NoticeKey::MilestoneOverdue).len() > overdue);
    });
}
