//! The table of moves against the real actions: every row is taken, every refusal is produced, and of two movers one wins.

mod guards;
mod people;
mod refusals;
mod reminders;
mod results;
mod rows;
mod together;

use chrono::{DateTime, Days, NaiveDate, Utc};
use quanheng_actions::{
    ballot::start::{Start, start},
    project::{
        adjust::{Request, request},
        consent::{Consent, consent},
    },
};
use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectPartyRow, ProjectRow},
    register::{self, AuthorityRow},
};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::{AuthorityId, BallotId, ProjectId, SpecificationId},
    lifecycle::{Field, Move, ProjectKind},
    people::{Actor, PersonActor},
    records::{AdjustmentKind, Choice},
    specification::Level,
};

use crate::world::World;

type Fields = Vec<(Field, String)>;

fn field(field: Field, value: impl ToString) -> (Field, String) {
    (field, value.to_string())
}

fn note() -> Fields {
    vec![field(Field::Note, "理由见附件")]
}

fn noted(mut fields: Fields) -> Fields {
    fields.extend(note());
    fields
}

/// True on the server, false on the file.
fn on_postgresql(world: &World) -> bool {
    world.read(|conn| Ok(matches!(conn, AnyConn::Pg(_))))
}

/// Changes what no action changes; never the stage, which the database would refuse.
fn alter(world: &World, project: ProjectId, change: impl Fn(&mut ProjectRow) + Send + 'static) {
    world
        .write(move |tx| {
            let mut row = projects::find(tx.conn(), project)?.unwrap();
            change(&mut row);
            assert!(projects::save(tx.conn(), &mut row)?);
            Ok(())
        })
        .unwrap();
}

/// A weekday some days on.
fn weekday(world: &World, days: u64) -> NaiveDate {
    use chrono::{Datelike, Weekday};
    let mut day = world.today() + Days::new(days);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day + Days::new(1);
    }
    day
}

/// Chair and vice-chairs agree, by the action.
fn consents(world: &World, project: ProjectId) {
    let command = Consent { project, agreed: true, note: String::new() };
    for person in [world.chair, world.vices[0], world.vices[1]] {
        world.act(consent, person, &command).unwrap();
    }
}

/// Opens a ballot, lets everybody choose and closes it at its instant.
fn voted(world: &World, project: ProjectId, purpose: BallotPurpose, choice: Choice) -> BallotId {
    let command = Start {
        project,
        purpose,
        form: BallotForm::Correspondence,
        closes_on: world.today() + Days::new(5),
        question: String::new(),
    };
    let ballot = world.act(start, world.secretary, &command).unwrap();
    world.vote_all(ballot, &world.voters(), choice);
    at_its_end(world, ballot);
    world.tick();
    ballot
}

fn at_its_end(world: &World, ballot: BallotId) -> DateTime<Utc> {
    let end = world.read(|conn| quanheng_db::ballots::find(conn, ballot)).unwrap().closes_at;
    world.at(end);
    end
}

/// Lets everybody choose in the running review and counts.
fn reviewed(world: &World, project: ProjectId, choice: Option<Choice>) {
    let ballot = world.ballot(project, BallotPurpose::Review);
    if let Some(choice) = choice {
        world.vote_all(ballot, &world.voters(), choice);
    }
    at_its_end(world, ballot);
    world.take_with_papers(world.secretary, project, Move::CountVotes, &[]);
}

/// A re-examination of an edition that was voted on and has this result.
fn examined(world: &World, edition: SpecificationId, result: &str) -> ProjectId {
    let project = world.suggested(ProjectKind::Reexamination, Some(edition));
    voted(world, project, BallotPurpose::Reexamination, Choice::Yes);
    let fields = noted(vec![field(Field::ReexaminationResult, result)]);
    world.take_with_papers(world.secretary, project, Move::ConcludeReexamination, &fields);
    project
}

fn ask_for(world: &World, project: ProjectId, kind: AdjustmentKind) {
    let reason = "试验周期延长".to_owned();
    let command = Request { project, kind, reason, wanted: "见附件".into() };
    world.act(request, world.secretary, &command).unwrap();
}

/// Joins another authority to a project; its officer approves for it.
fn join(world: &World, project: ProjectId, code: &'static str) -> (AuthorityId, Actor) {
    let id: AuthorityId = world.id();
    world
        .write(move |tx| {
            let row = AuthorityRow {
                id,
                code: code.into(),
                level: Level::Provincial,
                name_zh: format!("{code}主管部门·演示"),
                name_en: String::new(),
                mark: None,
                profile: "national".into(),
                zone: "Asia/Shanghai".into(),
            };
            register::insert_authority(tx.conn(), &row)?;
            let party = ProjectPartyRow {
                project_id: project,
                authority_id: id,
                approved_at: None,
                approval_document: String::new(),
                dropped_at: None,
            };
            Ok(projects::add_party(tx.conn(), &party)?)
        })
        .unwrap();
    let Actor::Person(outsider) = world.actor(world.outsider) else { unreachable!() };
    (id, Actor::Person(PersonActor { authorities: [id].into(), ..outsider }))
}
