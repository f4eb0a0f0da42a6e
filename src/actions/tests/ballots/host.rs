//! A secretariat whose host drafts (edge case 6): its people of other units do the work of that project, and get its mail.

use quanheng_actions::{ActionError, committee::host, tell};
use quanheng_db::{projects, register};
use quanheng_domain::{
    event::ObjectKind,
    ids::{OrganisationId, PersonId, ProjectId},
    lifecycle::{Field, Move},
    notice::Audience,
    people::Role,
    refusal::RefusalCode,
    stage::Stage,
};

use crate::world::{World, on_each_backend};

fn unit_of(world: &World, person: PersonId) -> OrganisationId {
    world.read(|conn| register::person(conn, person)).unwrap().organisation_id.unwrap()
}

/// The unit hosts the secretariat from now on.
fn hosts(world: &World, unit: OrganisationId) {
    let committee = world.committee;
    let saved = world.write(move |tx| {
        let mut row = register::committee(tx.conn(), committee)?.ok_or(ActionError::NotFound)?;
        row.host_id = Some(unit);
        Ok(register::save_committee(tx.conn(), &mut row)?)
    });
    assert!(saved.unwrap());
}

/// The unit drafts the text of a project with the others.
fn drafts(world: &World, project: ProjectId, unit: OrganisationId) {
    let row = projects::ProjectUnitRow {
        project_id: project,
        organisation_id: unit,
        lead: false,
        rank: 9,
    };
    world.write(move |tx| Ok(projects::add_unit(tx.conn(), &row)?)).unwrap();
}

fn deputies(world: &World, project: ProjectId) -> Option<Vec<String>> {
    let (committee, today) = (world.committee, world.today());
    let found = world.ask(|conn| {
        let row = register::committee(conn, committee)?.ok_or(ActionError::NotFound)?;
        host::deputies(conn, &row, project, today)
    });
    found.unwrap()
}

fn told(world: &World, project: ProjectId) -> Vec<PersonId> {
    let mut about = tell::About::new(ObjectKind::Project, project.cast());
    (about.committee, about.project) = (Some(world.committee), Some(project));
    let today = world.today();
    let found = world.ask(|conn| tell::group(conn, today, Audience::Secretariat, &about));
    found.unwrap().into_iter().filter_map(|recipient| recipient.person).collect()
}

fn returned(world: &World, who: PersonId, project: ProjectId) -> Result<(), RefusalCode> {
    let note = [(Field::Note, "材料不全".to_owned())];
    match world.take(who, project, Move::ReturnReviewDraft, &note) {
        Ok(_) => Ok(()),
        Err(ActionError::Refused(refusal)) => Err(refusal.code),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn edge_06_where_the_host_drafts_a_deputy_of_another_unit_does_the_secretariats_work() {
    on_each_backend(|world| {
        let unit = unit_of(world, world.secretary);
        let theirs = world.project_at(Stage::ReviewSubmitted);
        let other = world.project_at(Stage::ReviewSubmitted);
        hosts(world, unit);
        assert_eq!(deputies(world, theirs), None, "the host drafts nothing yet");
        drafts(world, theirs, unit);

        assert_eq!(deputies(world, theirs), Some(vec!["秘书处·演示".to_owned()]));
        assert_eq!(told(world, theirs), [world.staff], "mail goes to whoever does the work");
        assert_eq!(told(world, other), [world.secretary, world.staff]);
        assert_eq!(returned(world, world.secretary, theirs), Err(RefusalCode::NotYours));
        assert_eq!(returned(world, world.secretary, other), Ok(()));
        assert_eq!(returned(world, world.staff, theirs), Ok(()));
    });
}

#[test]
fn edge_06_without_anybody_of_another_unit_the_work_goes_on_and_is_marked() {
    on_each_backend(|world| {
        let unit = unit_of(world, world.secretary);
        let project = world.project_at(Stage::ReviewSubmitted);
        hosts(world, unit);
        drafts(world, project, unit);
        world.unseat(world.staff);
        assert_eq!(deputies(world, project), Some(Vec::new()), "marked: nobody stands in");
        assert_eq!(told(world, project), [world.secretary]);
        assert_eq!(returned(world, world.secretary, project), Ok(()));
        // From the day a deputy of another unit is seated the duties are the deputy's.
        world.seat(world.outsider, Role::DeputySecretaryGeneral, 3);
        world.walk(project, Stage::ReviewSubmitted);
        assert_eq!(returned(world, world.secretary, project), Err(RefusalCode::NotYours));
        assert_eq!(returned(world, world.outsider, project), Ok(()));
    });
}
