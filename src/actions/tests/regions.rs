//! Several authorities: joint numbers of both models, agreements of recognition, texts beside national ones, and international studies.

use chrono::{Days, NaiveDate};
use quanheng_actions::{
    announcement,
    project::parties::{JoinParty, join_party},
    specification::{
        catalogue::Catalogue,
        comparison::{self as study, Begin, Conclude, Line, StrikeLine},
        overlap::{self, Decide, Report},
        recognition::{self as agreed, Confirm, End, Propose},
    },
};
use quanheng_db::{comparisons, overlaps, projects, recognitions, register, specifications};
use quanheng_domain::{
    announcement::NumberState,
    comparison::{Difference, StudyConclusion},
    ids::{AuthorityId, PersonId, ProjectId, SpecificationId},
    lifecycle::{Field, Move, ProjectKind},
    notice::NoticeKey,
    overlap::{OverlapKind, OverlapOutcome},
    people::Actor,
    recognition::RecognitionState,
    refusal::RefusalCode,
    specification::Level,
    stage::Stage,
};

use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

/// A province with an officer of its own.
fn province(world: &World, code: &'static str, mark: &'static str) -> (AuthorityId, PersonId) {
    let id: AuthorityId = world.id();
    let officer = world.newcomer(code, None);
    world
        .write(move |tx| {
            let row = register::AuthorityRow {
                id,
                code: code.into(),
                level: Level::Provincial,
                name_zh: format!("{code}主管部门·演示"),
                name_en: String::new(),
                mark: Some(mark.into()),
                profile: "national".into(),
                zone: "Asia/Shanghai".into(),
            };
            register::insert_authority(tx.conn(), &row)?;
            let since = tx.today();
            let office = quanheng_actions::account::people::Office { since, until: None };
            quanheng_actions::account::access::set_officer(tx, &Actor::System, officer, id, office)
        })
        .unwrap();
    (id, officer)
}

/// A joint project that both authorities approved, with the other one and its officer.
fn approved_with_tianjin(world: &World) -> (ProjectId, AuthorityId, PersonId) {
    let (tianjin, their_officer) = province(world, "TJ-T", "津");
    let project = world.project_at(Stage::DossierCheck);
    world.act(join_party, world.officer, &JoinParty { project, authority: tianjin }).unwrap();
    let document = |mark: &str| [(Field::ApprovalDocument, format!("{mark}市监〔2026〕1号"))];
    world.take(their_officer, project, Move::ApproveAsParty, &document("津")).unwrap();
    world.take_with_papers(world.officer, project, Move::Approve, &document("京"));
    (project, tianjin, their_officer)
}

#[test]
fn a_joint_text_has_a_number_for_each_province_and_keeps_void_the_one_of_who_leaves() {
    on_each_backend_with(&Plan { mark: Some("京"), ..Plan::default() }, |world| {
        let (project, tianjin, their_officer) = approved_with_tianjin(world);
        let number = |text: &str| {
            let fields = [(Field::SpecificationNumber, text.to_owned())];
            world.take(world.officer, project, Move::AssignNumber, &fields)
        };
        assert!(number("JJF(京)/(沪)3001-2026").is_err(), "Shanghai takes no part");
        assert!(number("JJF(京沪) 3001-2026").is_err(), "nor in one number");
        number("JJF(京)/(津)3001-2026").unwrap();
        let edition = world.project(project).specification_id.unwrap();
        let row = world.read(|conn| specifications::find(conn, edition)).unwrap();
        assert_eq!(row.number, "JJF(京) 3001-2026");
        let joint = || world.read(|conn| recognitions::joint_numbers_of(conn, edition));
        assert_eq!(joint()[0].number, "JJF(津) 3001-2026");

        let register = |person: PersonId| -> Vec<(String, NumberState)> {
            let actor = world.actor(person);
            let desk = world.ask(|conn| announcement::desk(conn, &actor)).unwrap();
            desk.numbers.into_iter().map(|one| (one.row.number, one.state)).collect()
        };
        let (own, theirs) = ("JJF(京) 3001-2026".to_owned(), "JJF(津) 3001-2026".to_owned());
        let reserved = |number: &String| (number.clone(), NumberState::Reserved);
        assert_eq!(register(world.officer), [reserved(&own), reserved(&theirs)]);
        assert_eq!(register(their_officer), [reserved(&theirs)]);

        let leaves =
            [(Field::PartyAuthority, tianjin.to_string()), (Field::Note, "另行制定。".to_owned())];
        world.take(world.officer, project, Move::DropParty, &leaves).unwrap();
        assert!(joint()[0].void_at.is_some());
        // The void number is never given again.
        let second = world.project_at(Stage::Approved);
        let again = [(Field::SpecificationNumber, "JJF(津) 3001-2026".to_owned())];
        let refused = world.take(world.officer, second, Move::AssignNumber, &again).unwrap_err();
        assert!(format!("{refused:?}").contains("NumberTaken"), "{refused:?}");
        let void = (theirs, NumberState::Void);
        assert_eq!(register(world.officer), [reserved(&own), void.clone()]);
        assert_eq!(register(their_officer), [void]);
    });
}

#[test]
fn a_common_number_stands_in_the_register_of_each_province() {
    on_each_backend_with(&Plan { mark: Some("京"), ..Plan::default() }, |world| {
        let (project, _, their_officer) = approved_with_tianjin(world);
        let number = [(Field::SpecificationNumber, "JJF(京津) 3002-2026".to_owned())];
        world.take(world.officer, project, Move::AssignNumber, &number).unwrap();
        for person in [world.officer, their_officer] {
            let actor = world.actor(person);
            let desk = world.ask(|conn| announcement::desk(conn, &actor)).unwrap();
            let numbers: Vec<_> =
                desk.numbers.iter().map(|one| (one.row.number.as_str(), one.state)).collect();
            assert_eq!(numbers, [("JJF(京津) 3002-2026", NumberState::Reserved)]);
        }
    });
}

#[test]
fn an_agreement_is_confirmed_by_each_party_and_ended_by_any() {
    on_each_backend(|world| {
        let (other, their_officer) = province(world, "JS-T", "苏");
        let edition = world.edition();
        let number = world.read(|conn| specifications::find(conn, edition)).unwrap().number;
        let from = world.today() + Days::new(3);
        let wish = |texts: &str| Propose {
            authority: world.authority,
            others: vec![other],
            title: "流量计量规范等效互认".into(),
            basis: "协议〔2026〕1号".into(),
            texts: texts.into(),
            effective_on: from,
        };
        assert_eq!(
            world.refusal(agreed::propose, world.secretary, &wish(&number)),
            RefusalCode::NotYours
        );
        assert_eq!(world.faulty(agreed::propose, world.officer, &wish("JJG 9999-1999")), ["texts"]);
        let alone = Propose { others: vec![world.authority], ..wish(&number) };
        assert_eq!(world.faulty(agreed::propose, world.officer, &alone), ["others"]);
        let id = world.act(agreed::propose, world.officer, &wish(&number)).unwrap();
        let state = |on| world.ask(|conn| agreed::of_edition(conn, edition)).unwrap()[0].state(on);
        assert_eq!(state(from), RecognitionState::Proposed);
        let confirm =
            Confirm { agreement: id, authority: other, document: "苏市监〔2026〕2号".into() };
        assert_eq!(world.refusal(agreed::confirm, world.officer, &confirm), RefusalCode::NotYours);
        world.act(agreed::confirm, their_officer, &confirm).unwrap();
        let twice = world.refusal(agreed::confirm, their_officer, &confirm);
        assert_eq!(twice, RefusalCode::AlreadySubmitted);
        assert_eq!(state(world.today()), RecognitionState::Confirmed);
        assert_eq!(state(from), RecognitionState::InForce);
        let end =
            End { agreement: id, ended_on: from + Days::new(1), note: "修订后另议。".into() };
        assert_eq!(world.refusal(agreed::end, world.secretary, &end), RefusalCode::NotYours);
        world.act(agreed::end, their_officer, &end).unwrap();
        assert_eq!(state(from + Days::new(1)), RecognitionState::Ended);
        // Each step is told to the other party's officer.
        let told = |key, person| {
            world.mails(key).iter().filter(|mail| mail.person_id == Some(person)).count()
        };
        assert_eq!(told(NoticeKey::RecognitionProposed, their_officer), 1);
        assert_eq!(told(NoticeKey::RecognitionConfirmed, world.officer), 1);
        assert_eq!(told(NoticeKey::RecognitionEnded, world.officer), 1);
        assert_eq!(told(NoticeKey::RecognitionEnded, their_officer), 0);
    });
}

/// A copy of an edition in the care of a province, with another number.
fn local_copy(world: &World, of: SpecificationId, authority: AuthorityId) -> SpecificationId {
    let id: SpecificationId = world.id();
    world
        .write(move |tx| {
            let mut row = specifications::find(tx.conn(), of)?.unwrap();
            row.id = id;
            row.number = "JJF(苏) 77-2025".into();
            row.number_key = row.number.clone();
            row.sort_key = "local".into();
            row.level = Level::Provincial;
            row.authority_id = authority;
            (row.project_id, row.committee_id) = (None, None);
            row.effective_on = "2025-06-01".into();
            row.issued_on = "2025-03-01".into();
            Ok(specifications::insert(tx.conn(), &row)?)
        })
        .unwrap();
    id
}

#[test]
fn local_texts_beside_national_ones_are_found_once_and_decided_with_reasons() {
    on_each_backend(|world| {
        let (other, their_officer) = province(world, "JS-T", "苏");
        let national = world.edition();
        world.later(chrono::TimeDelta::days(300));
        let local = local_copy(world, national, other);
        assert_eq!(world.refusal(overlap::check, world.secretary, &()), RefusalCode::NotYours);
        assert_eq!(world.act(overlap::check, their_officer, &()).unwrap(), 1);
        assert_eq!(world.act(overlap::check, world.officer, &()).unwrap(), 0, "known already");
        let case = || world.read(overlaps::all).remove(0);
        assert_eq!((case().local_id, case().kind), (local, OverlapKind::SameTitle));
        let decide = |outcome, note: &str| Decide { case: case().id, outcome, note: note.into() };
        let silent = decide(OverlapOutcome::Abolish, " ");
        assert_eq!(world.faulty(overlap::decide, their_officer, &silent), ["note"]);
        let abolish = decide(OverlapOutcome::Abolish, "国家规范已覆盖。");
        assert_eq!(world.refusal(overlap::decide, world.outsider, &abolish), RefusalCode::NotYours);
        world.act(overlap::decide, their_officer, &abolish).unwrap();
        // The keeper of the national text hears of both, who acted of neither.
        let told = |key| -> Vec<Option<PersonId>> {
            world.mails(key).iter().map(|mail| mail.person_id).collect()
        };
        for key in [NoticeKey::OverlapOpened, NoticeKey::OverlapDecided] {
            assert!(told(key).contains(&Some(world.officer)), "{key}");
            assert!(!told(key).contains(&Some(their_officer)), "{key}");
        }
        let opened = world.read(|conn| projects::of_specification(conn, local));
        assert_eq!((opened.len(), opened[0].kind), (1, ProjectKind::Abolition));
        let twice = world.refusal(overlap::decide, their_officer, &abolish);
        assert_eq!(twice, RefusalCode::AlreadySubmitted);

        let number = world.read(|conn| specifications::find(conn, national)).unwrap().number;
        let report = |national: &str| Report {
            local,
            national: national.into(),
            words: "地方规范 6.2 的允许误差宽于国家规范 5.1。".into(),
        };
        assert_eq!(
            world.faulty(overlap::report, their_officer, &report("JJF(苏) 77-2025")),
            ["national"]
        );
        world.act(overlap::report, world.secretary, &report(&number)).unwrap();
        assert_eq!(world.read(overlaps::all).len(), 2);
        let today = world.today();
        let catalogue = world.ask(|conn| Catalogue::load(conn, today)).unwrap();
        assert_eq!(overlap::pairs(&catalogue, today).len(), 1);
    });
}

/// A study to be done by a day.
fn study_due(specification: SpecificationId, due_on: NaiveDate) -> Begin {
    Begin {
        specification,
        source: "OIML R 117-1:2019".into(),
        owner: "计量院·演示".into(),
        owner_address: "owner@demo.example".into(),
        due_on,
    }
}

#[test]
fn a_study_is_filled_line_by_line_with_causes_and_concluded_once() {
    on_each_backend(|world| {
        let specification = world.edition();
        let wish = |due_on| study_due(specification, due_on);
        let unreachable = Begin { owner_address: "owner".into(), ..wish(world.today()) };
        assert_eq!(world.faulty(study::begin, world.secretary, &unreachable), ["owner_address"]);
        let over = wish(world.today() - Days::new(1));
        assert_eq!(world.faulty(study::begin, world.secretary, &over), ["due_on"]);
        let good = wish(world.today() + Days::new(90));
        assert_eq!(world.refusal(study::begin, world.outsider, &good), RefusalCode::NotYours);
        let id = world.act(study::begin, world.secretary, &good).unwrap();
        let line = |difference, cause: &str| Line {
            study: id,
            clause: "5.1".into(),
            source_clause: "2.5.1".into(),
            indicator: "最大允许误差".into(),
            ours: "±0.5%".into(),
            theirs: "±0.3%".into(),
            difference,
            cause: cause.into(),
        };
        let end = Conclude {
            study: id,
            conclusion: StudyConclusion::AdoptPartly,
            note: "误差限值宜与国际一致。".into(),
        };
        assert_eq!(world.faulty(study::conclude, world.secretary, &end), ["conclusion"]);
        let silent = line(Difference::Laxer, "");
        assert_eq!(world.faulty(study::add_line, world.secretary, &silent), ["cause"]);
        let told = line(Difference::Laxer, "国内在用仪器尚达不到。");
        assert_eq!(world.act(study::add_line, world.secretary, &told).unwrap(), 1);
        let same = line(Difference::Same, "");
        assert_eq!(world.act(study::add_line, world.officer, &same).unwrap(), 2);
        world
            .act(study::strike_line, world.secretary, &StrikeLine { study: id, ordinal: 2 })
            .unwrap();
        world.act(study::conclude, world.secretary, &end).unwrap();
        let late = world.refusal(study::add_line, world.secretary, &told);
        assert_eq!(late, RefusalCode::AlreadySubmitted);
        assert_eq!(world.read(|conn| comparisons::lines_of(conn, &[id])).len(), 1);
        assert_eq!(world.read(comparisons::running), []);
    });
}

#[test]
fn who_compares_is_reminded_before_the_day_and_told_after_it_unless_it_is_concluded() {
    on_each_backend(|world| {
        let specification = world.edition();
        let wish = study_due(specification, world.today() + Days::new(60));
        world.act(study::begin, world.secretary, &wish).unwrap();
        assert_eq!(world.mails(NoticeKey::StudyDue), []);
        world.pass(chrono::TimeDelta::days(59));
        let told = |key| {
            world.mails(key).iter().filter(|mail| mail.address == "owner@demo.example").count()
        };
        assert!(told(NoticeKey::StudyDue) > 0);
        assert_eq!(told(NoticeKey::StudyOverdue), 0);
        world.pass(chrono::TimeDelta::days(2));
        assert_eq!(told(NoticeKey::StudyOverdue), 1);
        world.pass(chrono::TimeDelta::days(40));
        assert_eq!(told(NoticeKey::StudyOverdue), 1);
    });
}
