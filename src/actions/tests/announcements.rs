//! Announcements of many texts: prepared, weighed, edited, issued as one or not at all; and the states of numbers.

use chrono::Days;
use quanheng_actions::{
    ActionError,
    announcement::{self, Edit, Issue, Paper, Prepare, edit, issue, prepare, throw_away},
};
use quanheng_db::{announcement_drafts, catalogue, specifications};
use quanheng_domain::{
    announcement::{ForceDoubt, NumberState},
    document::DocumentKind,
    ids::{AnnouncementId, ProjectId},
    lifecycle::{Field, Move},
    refusal::RefusalCode,
    rules::keys,
    stage::Stage,
};

use crate::world::{World, on_each_backend};

/// A text with its number and what its publication asks for.
fn numbered(world: &World, number: &str) -> ProjectId {
    let project = world.project_at(Stage::Approved);
    let given = [(Field::SpecificationNumber, number.to_owned())];
    world.take(world.officer, project, Move::AssignNumber, &given).unwrap();
    world.document(project, DocumentKind::PublishedText);
    project
}

fn prepared(world: &World, projects: &[ProjectId]) -> Prepare {
    let issued = world.today();
    Prepare {
        authority: world.authority,
        projects: projects.to_vec(),
        number: "2026年第9号".to_owned(),
        title: "关于发布两项规范的公告".to_owned(),
        body: "现批准发布。\n自发布之日起六个月后实施。".to_owned(),
        issued_on: Some(issued),
        effective_on: issued.checked_add_days(Days::new(20)),
    }
}

fn issuing(id: AnnouncementId, version: i64) -> Issue {
    let paper = Paper {
        file_name: "公告.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 1_000,
        sha256: "ab".repeat(32),
    };
    Issue { id, version, paper }
}

#[test]
fn one_announcement_issues_all_its_texts_or_none() {
    on_each_backend(|world| {
        let texts = [numbered(world, "JJG 9001-2026"), numbered(world, "JJF 9002-2026")];
        let officer = world.actor(world.officer);
        let desk = world.ask(|conn| announcement::desk(conn, &officer)).unwrap();
        let waiting: Vec<_> = desk.waiting.iter().map(|text| text.project.id).collect();
        assert!(texts.iter().all(|text| waiting.contains(text)));
        assert!(desk.numbers.iter().all(|one| one.state == NumberState::Reserved));

        let command = prepared(world, &texts);
        assert_eq!(world.refusal(prepare, world.secretary, &command), RefusalCode::NotYours);
        let id = world.act(prepare, world.officer, &command).unwrap();
        world.act(throw_away, world.officer, &(id, 1)).unwrap();
        let desk = world.ask(|conn| announcement::desk(conn, &officer)).unwrap();
        assert_eq!(desk.waiting.len(), waiting.len(), "they wait again");
        let id = world.act(prepare, world.officer, &command).unwrap();
        let secretary = world.actor(world.secretary);
        let hidden = world.ask(|conn| announcement::desk(conn, &secretary).map(|_| ()));
        assert!(matches!(hidden, Err(ActionError::NotFound)));
        let again = Prepare { number: "2026年第10号".to_owned(), ..command.clone() };
        assert_eq!(world.faulty(prepare, world.officer, &again), ["texts"], "they stand in one");

        // The day of force is too soon by the rules: told beforehand, refused when issued, and then nothing has happened.
        let today = world.today();
        let read = || world.ask(|conn| announcement::read(conn, &officer, id, today)).unwrap();
        let told: Vec<_> =
            read().doubts.iter().map(|(doubt, _)| (doubt.kind, doubt.rule)).collect();
        assert!(
            told.contains(&(ForceDoubt::TooSoon, Some(keys::FORCE_LEAD_MIN.key()))),
            "{told:?}"
        );
        let refusal = world.refused(issue, world.officer, &issuing(id, 1));
        assert_eq!(refusal.code, RefusalCode::ForceTooSoon);
        assert!(texts.iter().all(|text| world.project(*text).stage == Stage::Numbered));
        assert!(world.read(|conn| specifications::announcement(conn, id)).is_none());

        let edited = Edit {
            id,
            version: 1,
            number: command.number.clone(),
            title: "关于发布《甲》等2项规范的公告".to_owned(),
            body: "现批准发布下列规范。".to_owned(),
            issued_on: command.issued_on,
            effective_on: today.checked_add_days(Days::new(200)),
        };
        world.act(edit, world.officer, &edited).unwrap();
        assert!(matches!(world.act(edit, world.officer, &edited), Err(ActionError::Conflict)));
        assert_eq!(world.act(issue, world.officer, &issuing(id, 2)).unwrap(), 2);
        let row = world.read(|conn| specifications::announcement(conn, id)).unwrap();
        assert_eq!((row.title.as_str(), row.on_day), (edited.title.as_str(), command.issued_on));
        let items = world.read(|conn| catalogue::items_of(conn, &[id]));
        assert_eq!(items.len(), 2);
        assert!(texts.iter().all(|text| world.project(*text).stage == Stage::Published));
        let draft = world.read(|conn| announcement_drafts::find(conn, id)).unwrap();
        assert!(draft.issued && draft.ended_at.is_some());
        let desk = world.ask(|conn| announcement::desk(conn, &officer)).unwrap();
        assert!(desk.numbers.iter().all(|one| one.state == NumberState::Used));
        assert!(matches!(
            world.act(issue, world.officer, &issuing(id, 3)),
            Err(ActionError::Conflict)
        ));
    });
}
