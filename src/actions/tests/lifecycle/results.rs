//! What authorities may ask for beyond the national rules: a result is shown in public before it is approved, the training before
//! force leaves its papers, and what is secret leaves nothing.

use chrono::TimeDelta;
use quanheng_actions::{
    document::{Upload, upload},
    project::{
        Suggest,
        details::Details,
        objection::{Object, answer, object},
        suggest,
    },
    specification::care::{Training, train},
};
use quanheng_db::{catalogue, projects};
use quanheng_domain::{
    document::DocumentKind,
    ids::ProjectId,
    lifecycle::{Adoption, Field, Move, Openness, ProjectKind},
    notice::NoticeKey,
    people::Actor,
    records::Origin,
    refusal::RefusalCode,
    specification::{Category, Level},
    stage::Stage,
};

use super::field;
use crate::world::{Plan, World, on_each_backend_with};

fn noticed(world: &World) -> Vec<ProjectId> {
    let (rows, total) = world.read(|conn| catalogue::under_notice(conn, None, 10, 0));
    assert_eq!(usize::try_from(total).unwrap(), rows.len());
    rows.into_iter().map(|(row, _)| row.id).collect()
}

#[test]
fn a_result_stands_in_public_as_long_as_the_rules_ask_before_it_is_approved() {
    let plan = Plan { rules: &[("result_publicity_days", "10")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::DossierCheck);
        assert_eq!(noticed(world), [project]);
        world.document(project, DocumentKind::ApprovalDocument);
        let fields = [field(Field::ApprovalDocument, "计量批〔2027〕1号")];
        let approve = || {
            let done = world.take(world.officer, project, Move::Approve, &fields);
            done.map(drop).map_err(|error| format!("{error:?}"))
        };
        let early = approve().unwrap_err();
        assert!(
            early.contains("PublicityRunning") && early.contains("ResultPublicityDays"),
            "{early}"
        );
        let objection = Object {
            project,
            name: "使用单位·演示".into(),
            contact: "user-01@demo.example".into(),
            unit: String::new(),
            text: "与现行国家规范不一致。".into(),
        };
        let id = world.act(object, Actor::Public, &objection).unwrap();
        world.pass(TimeDelta::days(11));
        assert_eq!(noticed(world), []);
        let late = world.refusal(object, Actor::Public, &objection);
        assert_eq!(late, RefusalCode::NotFromHere);
        let open = approve().unwrap_err();
        assert!(open.contains("ObjectionsOpen"), "{open}");
        let officer = world.actor(world.officer);
        world.write(move |tx| answer(tx, &officer, id, "已核对，两处规定一致。")).unwrap();
        approve().unwrap();
    });
}

#[test]
fn a_training_without_the_papers_that_the_rules_file_is_still_missed_before_force() {
    let rules: &[_] = &[("publicity_before_force_types", "calibration_specification")];
    on_each_backend_with(&Plan { rules, ..Plan::default() }, |world| {
        let trained = || {
            let specification = world.edition();
            let training = Training {
                specification,
                held_on: world.today(),
                place: "演示培训教室".into(),
                people: 30,
                note: String::new(),
            };
            world.act(train, world.secretary, &training).unwrap();
            specification
        };
        let filed = trained();
        let all = world.read(|conn| projects::of_specification(conn, filed));
        let paper = |kind| Upload {
            project: all[0].id,
            kind,
            title: String::new(),
            file_name: "report.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1_000,
            sha256: "0".repeat(64),
            note: String::new(),
        };
        // The project has ended: its secretariat adds what followed, and nothing else.
        let other = world.refusal(upload, world.secretary, &paper(DocumentKind::Other));
        assert_eq!(other, RefusalCode::ProjectEnded);
        world.act(upload, world.secretary, &paper(DocumentKind::TrainingReport)).unwrap();
        let bare = trained();
        for _ in 0..8 {
            world.pass(TimeDelta::days(30));
        }
        let missed = world.mails(NoticeKey::TrainingMissing);
        let about: Vec<_> = missed.iter().map(|mail| mail.object_id).collect();
        assert!(about.contains(&bare.cast()) && !about.contains(&filed.cast()));
    });
}

#[test]
fn of_what_must_stay_secret_nothing_is_kept_but_that_it_exists() {
    on_each_backend_with(&Plan::default(), |world| {
        let secret = Suggest {
            kind: ProjectKind::Make,
            category: Category::CalibrationSpecification,
            level: Level::National,
            authority: None,
            committee: Some(world.committee),
            title_zh: "代号〇一".into(),
            title_en: String::new(),
            openness: Openness::Placeholder,
            adoption: Adoption::None,
            livelihood: false,
            specification: None,
            details: Details { need: "不应保存".into(), ..Details::default() },
            origin: Origin::Proposed,
        };
        let project = world.act(suggest, world.secretary, &secret).unwrap().project;
        let row = world.project(project);
        assert!(!row.details.to_string().contains("不应保存"), "{}", row.details);
        world.take(world.secretary, project, Move::Screen, &[]).unwrap();
        let note = [field(Field::Note, "另行办理")];
        world.take(world.secretary, project, Move::Decline, &note).unwrap();
        let told = |key| world.mails(key).iter().any(|mail| mail.object_id == project.cast());
        assert!(!told(NoticeKey::SuggestionReceived) && !told(NoticeKey::SuggestionDecided));
    });
}
