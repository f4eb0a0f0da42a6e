//! Care of a published text: what is recorded, what it leads to, and what is refused.

use chrono::{Days, NaiveDate};
use quanheng_actions::ActionError;
use quanheng_actions::specification::care::{
    EarlyReexamination, Evaluation, Feedback, FeedbackAnswer, Training, answer, evaluate, feedback,
    reexamine, train,
};
use quanheng_actions::specification::invite::{self, Invite};
use quanheng_actions::specification::survey::{self, Answer, Open, Way, sum};
use quanheng_db::{projects, specifications, surveys};
use quanheng_domain::{
    ids::{ObjectId, SpecificationId},
    lifecycle::ProjectKind,
    notice::NoticeKey,
    people::Actor,
    records::{EvaluationSuggestion, FeedbackOutcome},
    refusal::RefusalCode,
    survey::{SurveyGroup, UseDegree},
};

use crate::world::{World, on_each_backend};

fn early(id: SpecificationId) -> EarlyReexamination {
    EarlyReexamination { specification: id, reason: "国际文件已经修订。".into() }
}

fn reported(id: SpecificationId) -> Feedback {
    Feedback {
        specification: id,
        name: "使用单位·演示".into(),
        contact: "user-01@demo.example".into(),
        clause: "6.2".into(),
        text: "环境温度的要求与附录不一致。".into(),
    }
}

fn cases(world: &World, id: SpecificationId) -> usize {
    let all = world.read(|conn| projects::of_specification(conn, id));
    all.iter().filter(|project| project.kind == ProjectKind::Reexamination).count()
}

#[test]
fn trainings_and_evaluations_tell_what_has_been_and_belong_to_secretariat_and_officer() {
    on_each_backend(|world| {
        let id = world.edition();
        let training = |held_on: NaiveDate, people: i32| Training {
            specification: id,
            held_on,
            place: "演示培训教室".into(),
            people,
            note: String::new(),
        };
        let today = world.today();
        let tomorrow = today + Days::new(1);
        assert_eq!(
            world.refusal(train, world.members[0], &training(today, 30)),
            RefusalCode::NotYours
        );
        let faults = world.faulty(train, world.secretary, &training(tomorrow, -1));
        assert_eq!(faults, ["held_on", "people"]);
        world.act(train, world.staff, &training(today, 30)).unwrap();
        let kept = world.read(|conn| specifications::trainings_of(conn, id));
        assert_eq!((kept.len(), kept[0].people), (1, 30));

        let mut evaluation = Evaluation {
            specification: id,
            done_on: today,
            method: "问卷调查".into(),
            findings: "部分条款难以执行。".into(),
            suggestion: EvaluationSuggestion::EarlyReexamination,
            survey: None,
        };
        world.act(evaluate, world.officer, &evaluation).unwrap();
        assert_eq!(cases(world, id), 1, "the suggestion opens the case");
        evaluation.findings = "再次调查，结论相同。".into();
        world.act(evaluate, world.officer, &evaluation).unwrap();
        assert_eq!(cases(world, id), 1, "a text that is examined already is not examined twice");
        assert_eq!(world.read(|conn| specifications::evaluations_of(conn, id)).len(), 2);
    });
}

#[test]
fn an_early_reexamination_needs_a_reason_a_valid_text_and_nothing_else_running() {
    on_each_backend(|world| {
        let id = world.edition();
        let silent = EarlyReexamination { reason: " ".into(), ..early(id) };
        assert_eq!(world.faulty(reexamine, world.secretary, &silent), ["reason"]);
        assert_eq!(world.refusal(reexamine, world.drafter, &early(id)), RefusalCode::NotYours);
        world.act(reexamine, world.secretary, &early(id)).unwrap();
        assert_eq!(cases(world, id), 1);
        assert!(!world.mails(NoticeKey::ReexaminationOpened).is_empty());
        let again = world.refused(reexamine, world.secretary, &early(id));
        assert_eq!(again.code, RefusalCode::CaseRunning);
        assert!(!again.facts["project"].is_empty());

        let gone = world.edition();
        let abolished = world.write(move |tx| {
            let mut row = specifications::find(tx.conn(), gone)?.unwrap();
            row.abolished_on = tx.today().to_string();
            Ok(specifications::save(tx.conn(), &mut row)?)
        });
        assert!(abolished.unwrap());
        assert_eq!(
            world.refusal(reexamine, world.secretary, &early(gone)),
            RefusalCode::TextAbolished
        );
    });
}

#[test]
fn feedback_is_answered_once_by_mail_and_leads_where_its_outcome_says() {
    on_each_backend(|world| {
        let id = world.edition();
        let nameless = Feedback { name: String::new(), contact: "nobody".into(), ..reported(id) };
        assert_eq!(world.faulty(feedback, Actor::Public, &nameless), ["name", "contact"]);
        let case = world.act(feedback, Actor::Public, &reported(id)).unwrap();
        let told = world.mails(NoticeKey::FeedbackReceived);
        assert!(told.iter().any(|mail| mail.address == world.address(world.secretary)));
        let reply = FeedbackAnswer {
            feedback: case,
            answer: "已转提前复审。".into(),
            outcome: FeedbackOutcome::Reexamination,
        };
        assert_eq!(world.refusal(answer, world.outsider, &reply), RefusalCode::NotYours);
        let silent = FeedbackAnswer { answer: String::new(), ..reply.clone() };
        assert_eq!(world.faulty(answer, world.secretary, &silent), ["answer"]);
        world.act(answer, world.secretary, &reply).unwrap();
        assert_eq!(cases(world, id), 1);
        let told = world.mails(NoticeKey::FeedbackAnswered);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].address, "user-01@demo.example");
        assert_eq!(world.refusal(answer, world.officer, &reply), RefusalCode::FeedbackAnswered);
    });
}

#[test]
fn a_survey_is_answered_by_link_until_its_last_day_and_summed_up() {
    on_each_backend(|world| {
        let id = world.edition();
        let wish = |closes_on| Open {
            specification: id,
            question: "附录 B 是否够用？".into(),
            closes_on,
            open_link: true,
            invited: String::new(),
        };
        let last = world.today() + Days::new(20);
        assert_eq!(world.refusal(survey::open, world.outsider, &wish(last)), RefusalCode::NotYours);
        let over = wish(world.today() - Days::new(1));
        assert_eq!(world.faulty(survey::open, world.secretary, &over), ["closes_on"]);
        let survey = world.act(survey::open, world.secretary, &wish(last)).unwrap();
        let said = |suggestion, problems: &str, volume| Answer {
            way: Way::Open(survey),
            who: SurveyGroup::Laboratory,
            unit: "检定站·演示".into(),
            degree: UseDegree::Often,
            volume,
            problems: problems.into(),
            benefit: String::new(),
            answer: "够用。".into(),
            suggestion,
        };
        let silent = said(EvaluationSuggestion::Amend, " ", -1);
        let faults = world.faulty(survey::answer, Actor::Public, &silent);
        assert_eq!(faults, ["volume", "problems"]);
        let content = said(EvaluationSuggestion::Keep, "", 120);
        world.act(survey::answer, Actor::Public, &content).unwrap();
        let wishes = said(EvaluationSuggestion::Amend, "6.2 与附录不一致。", 30);
        world.act(survey::answer, Actor::Public, &wishes).unwrap();
        let all = world.read(|conn| surveys::answers_of(conn, &[survey]));
        let sum = sum(&all);
        assert_eq!((sum.volume, sum.groups.as_slice()), (150, &[(SurveyGroup::Laboratory, 2)][..]));
        let kinds = [(EvaluationSuggestion::Keep, 1), (EvaluationSuggestion::Amend, 1)];
        assert_eq!(sum.suggestions, kinds);
        world.later(chrono::TimeDelta::days(21));
        let late = world.refusal(survey::answer, Actor::Public, &content);
        assert_eq!(late, RefusalCode::LinkEnded);
    });
}

/// The secrets of the letters of a notice, by address.
fn secrets(world: &World, key: NoticeKey) -> Vec<(String, String)> {
    let secret = |payload: &serde_json::Value| {
        let path = payload["secret_path"].as_str().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    };
    let mails = world.mails(key);
    mails.iter().map(|mail| (mail.address.clone(), secret(&mail.payload))).collect()
}

#[test]
fn who_is_asked_in_a_survey_answers_once_by_an_own_link_and_only_the_silent_are_reminded() {
    on_each_backend(|world| {
        let id = world.edition();
        let wish = |invited: &str| Open {
            specification: id,
            question: String::new(),
            closes_on: world.today() + Days::new(40),
            open_link: false,
            invited: invited.into(),
        };
        assert_eq!(world.faulty(survey::open, world.secretary, &wish(" ")), ["invited"]);
        assert_eq!(world.faulty(survey::open, world.secretary, &wish("检定站")), ["invited"]);
        let list = "检定站·演示 <Lab-01@demo.example>\nuser-01@demo.example，用户·演示";
        let survey = world.act(survey::open, world.secretary, &wish(list)).unwrap();
        let more = Invite { survey, invited: "lab-01@demo.example\nlab-02@demo.example".into() };
        assert_eq!(world.refusal(invite::invite, world.outsider, &more), RefusalCode::NotYours);
        assert_eq!(world.act(invite::invite, world.secretary, &more).unwrap(), 1);
        let links = secrets(world, NoticeKey::SurveyInvited);
        assert_eq!(links.len(), 3);
        let said = |way| Answer {
            way,
            who: SurveyGroup::Laboratory,
            unit: String::new(),
            degree: UseDegree::Often,
            volume: 12,
            problems: String::new(),
            benefit: String::new(),
            answer: String::new(),
            suggestion: EvaluationSuggestion::Keep,
        };
        // The survey is not an open one, and no secret can be guessed from its identity.
        for way in [Way::Open(survey), Way::Link(survey.to_string())] {
            let lost = world.act(survey::answer, Actor::Public, &said(way)).unwrap_err();
            assert!(matches!(lost, ActionError::NotFound), "{lost:?}");
        }
        let own = said(Way::Link(links[0].1.clone()));
        world.act(survey::answer, Actor::Public, &own).unwrap();
        let twice = world.refusal(survey::answer, Actor::Public, &own);
        assert_eq!(twice, RefusalCode::AlreadySubmitted);
        assert_eq!(world.act(invite::remind, world.secretary, &survey).unwrap(), 2);
        let again = secrets(world, NoticeKey::SurveyReminder);
        assert!(again.iter().all(|(address, _)| *address != links[0].0), "{again:?}");
        // The secret of the reminder opens the same questionnaire.
        world.act(survey::answer, Actor::Public, &said(Way::Link(again[0].1.clone()))).unwrap();
        let first = links.iter().find(|(address, _)| *address == again[0].0).unwrap();
        let twice = world.refusal(survey::answer, Actor::Public, &said(Way::Link(first.1.clone())));
        assert_eq!(twice, RefusalCode::AlreadySubmitted);
        the_clock_and_the_evaluation(world, (id, survey), &again);
    });
}

/// The clock reminds who is still silent, and the evaluation rests on the sums.
fn the_clock_and_the_evaluation(
    world: &World,
    (id, survey): (SpecificationId, ObjectId),
    again: &[(String, String)],
) {
    world.pass(chrono::TimeDelta::days(39));
    let clocked = secrets(world, NoticeKey::SurveyReminder);
    assert!(clocked.len() > again.len());
    assert!(clocked[2..].iter().all(|(address, _)| *address == again[1].0), "{clocked:?}");
    let evaluation = Evaluation {
        specification: id,
        done_on: world.today(),
        method: "问卷。".into(),
        findings: "使用正常。".into(),
        suggestion: EvaluationSuggestion::Keep,
        survey: Some(survey),
    };
    world.act(evaluate, world.secretary, &evaluation).unwrap();
    let rows = world.read(|conn| quanheng_db::specifications::evaluations_of(conn, id));
    let behind = world.ask(|conn| survey::behind(conn, &[rows[0].id])).unwrap();
    let sum = &behind[&rows[0].id];
    assert_eq!((sum.volume, sum.classes.len(), sum.classes[0].volume), (24, 1, 24));
}
