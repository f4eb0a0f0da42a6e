//! Care of a published text: what is recorded, what it leads to, and what is refused.

use chrono::{Days, NaiveDate};
use quanheng_actions::specification::care::{
    EarlyReexamination, Evaluation, Feedback, FeedbackAnswer, Training, answer, evaluate, feedback,
    reexamine, train,
};
use quanheng_actions::specification::survey::{self, Answer, Open, sum};
use quanheng_db::{projects, specifications, surveys};
use quanheng_domain::{
    ids::SpecificationId,
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
        let wish =
            |closes_on| Open {
                specification: id, question: "附录 B 是否够用？".into(), closes_on
            };
        let last = world.today() + Days::new(20);
        assert_eq!(world.refusal(survey::open, world.outsider, &wish(last)), RefusalCode::NotYours);
        let over = wish(world.today() - Days::new(1));
        assert_eq!(world.faulty(survey::open, world.secretary, &over), ["closes_on"]);
        let survey = world.act(survey::open, world.secretary, &wish(last)).unwrap();
        let said = |suggestion, problems: &str, volume| Answer {
            survey,
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
