//! Principal reviewers: qualified, free of conflict, in turn; fatal findings keep the review from opening. And observers.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use quanheng_actions::{
    ActionError,
    ballot::{
        change::{Require, require},
        sign,
    },
    observer::{
        apply::{Apply, apply},
        decide::{Decide, decide},
    },
    project::units::{NamePerson, name_person},
    reviewer::{
        assign,
        finding::{self, Find, find},
        form::{Write, write},
        qualify::{Amend, Qualify, amend, qualify},
    },
};
use quanheng_db::reviews;
use quanheng_domain::{
    ballot::BallotPurpose,
    ids::{ObjectId, PersonId, ProjectId},
    lifecycle::{Field, Move},
    notice::NoticeKey,
    people::{Actor, ProjectRole},
    records::{Choice, Recommendation, Severity},
    refusal::RefusalCode,
    reviewer::ReviewPoint,
    rules::RuleKey,
    stage::Stage,
};

use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

fn certificate(world: &World, person: PersonId, number: &str) -> Qualify {
    Qualify {
        committee: world.committee,
        person,
        number: number.into(),
        scope: "流量".into(),
        valid_from: world.today() - Days::new(10),
        valid_until: world.today() + Days::new(3_000),
    }
}

fn naming(project: ProjectId, person: PersonId) -> NamePerson {
    NamePerson { project, person, role: ProjectRole::PrincipalReviewer, named: true }
}

fn review_of(world: &World, project: ProjectId) -> ObjectId {
    world.read(|conn| reviews::of_project(conn, project)).last().unwrap().id
}

fn settle(world: &World, who: PersonId, finding: ObjectId) -> Result<(), ActionError> {
    let actor = world.actor(who);
    world.write(move |tx| finding::settle(tx, &actor, finding, true))
}

fn answer(world: &World, who: PersonId, finding: ObjectId) -> Result<(), ActionError> {
    let actor = world.actor(who);
    world.write(move |tx| finding::answer(tx, &actor, finding, "已补充不确定度评定。"))
}

#[test]
fn an_open_fatal_finding_keeps_the_review_from_opening() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::PapersReleased);
        let reviewer = world.members[0];
        world.act(name_person, world.secretary, &naming(project, reviewer)).unwrap();
        let found = Find {
            review: review_of(world, project),
            clause: "7.3".into(),
            severity: Severity::Fatal,
            body: "缺少测量不确定度评定。".into(),
            proposal: "补充附录C。".into(),
        };
        assert_eq!(world.refusal(find, world.members[1], &found), RefusalCode::NotYours);
        assert_eq!(
            world.faulty(find, reviewer, &Find { body: " ".into(), ..found.clone() }),
            ["body"]
        );
        let id = world.act(find, reviewer, &found).unwrap();
        let minor = Find { severity: Severity::Minor, ..found };
        world.act(find, reviewer, &minor).unwrap();

        world.later(TimeDelta::days(45));
        let closes = (world.today() + Days::new(5)).to_string();
        let fields = [(Field::BallotClosesOn, closes)];
        let Err(ActionError::Refused(refusal)) =
            world.take(world.secretary, project, Move::OpenReview, &fields)
        else {
            panic!("the review opened");
        };
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::FatalFindings, Some(RuleKey::FatalFindingsBlock))
        );
        assert_eq!(refusal.facts["open"], "1");
        assert!(answer(world, world.members[1], id).is_err());
        answer(world, world.drafter, id).unwrap();
        assert!(settle(world, world.drafter, id).is_err(), "the reviewer settles, not the drafter");
        settle(world, reviewer, id).unwrap();
        world.walk(project, Stage::Reviewing);
        let kinds: Vec<String> =
            world.events(project).into_iter().map(|event| event.kind).collect();
        for kind in ["finding_added", "finding_answered", "finding_settled"] {
            assert!(kinds.iter().any(|found| found == kind), "{kind} in {kinds:?}");
        }
    });
}

#[test]
fn only_the_qualified_review_where_the_rule_asks_for_it() {
    let plan = Plan { rules: &[("principal_reviewer_qualified", "true")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::ReviewSubmitted);
        let reviewer = world.members[0];
        let refusal = world.refused(name_person, world.secretary, &naming(project, reviewer));
        assert_eq!(
            (refusal.code, refusal.rule),
            (RefusalCode::NotQualified, Some(RuleKey::PrincipalReviewerQualified))
        );
        let entered = certificate(world, reviewer, "ZS-2026-001");
        assert_eq!(world.refusal(qualify, world.members[1], &entered), RefusalCode::NotYours);
        let id = world.act(qualify, world.secretary, &entered).unwrap();
        assert_eq!(world.faulty(qualify, world.secretary, &entered), ["number"]);
        world.act(name_person, world.secretary, &naming(project, reviewer)).unwrap();
        let review = world.read(|conn| reviews::of_project(conn, project)).pop().unwrap();
        assert_eq!(review.qualification, "ZS-2026-001");

        let revoke = Amend::Revoke("连续两次未按时提交".into());
        let secretary = world.actor(world.secretary);
        world.write(move |tx| amend(tx, &secretary, id, &revoke)).unwrap();
        let other = world.project_at(Stage::ReviewSubmitted);
        assert_eq!(
            world.refusal(name_person, world.secretary, &naming(other, reviewer)),
            RefusalCode::NotQualified
        );
    });
}

#[test]
fn whoever_drafts_never_reviews_and_the_turn_passes_the_absent() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::ReviewSubmitted);
        let conflicted = world.newcomer("起草单位人员·演示", Some(world.drafting_unit));
        let refused = world.refusal(name_person, world.secretary, &naming(project, conflicted));
        assert_eq!(refused, RefusalCode::Recused);
        let refused = world.refusal(name_person, world.secretary, &naming(project, world.drafter));
        assert_eq!(refused, RefusalCode::Recused);

        let (one, two) = (world.members[0], world.members[1]);
        let first = world.act(qualify, world.secretary, &certificate(world, one, "A")).unwrap();
        world.act(qualify, world.secretary, &certificate(world, two, "B")).unwrap();
        let turn = |world: &World, project: ProjectId| -> Vec<PersonId> {
            let (row, today) = (world.project(project), world.today());
            let line = world.ask(|conn| assign::turn(conn, &row, today)).unwrap();
            line.into_iter().map(|person| person.id).collect()
        };
        assert_eq!(turn(world, project).len(), 2);
        let (secretary, until) = (world.actor(world.secretary), world.today() + Days::new(9));
        let away = |until| {
            let secretary = secretary.clone();
            world.write(move |tx| amend(tx, &secretary, first, &Amend::Absent(Some(until))))
        };
        let over = away(world.today() - Days::new(1));
        assert!(matches!(over, Err(ActionError::Invalid(faults)) if faults[0].field == "until"));
        away(until).unwrap();
        assert_eq!(turn(world, project), [two]);
        world.later(TimeDelta::days(10));
        world.act(name_person, world.secretary, &naming(project, two)).unwrap();
        assert_eq!(turn(world, project), [one], "whoever reviews the text is not proposed again");
        let other = world.project_at(Stage::ReviewSubmitted);
        assert_eq!(turn(world, other), [one, two], "whoever has a review in hand comes last");
    });
}

#[test]
fn the_form_is_handed_in_once_with_a_recommendation() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::PapersReleased);
        let reviewer = world.members[0];
        world.act(name_person, world.secretary, &naming(project, reviewer)).unwrap();
        let draft = Write {
            review: review_of(world, project),
            checklist: BTreeMap::from([(ReviewPoint::Uncertainty, "预算完整".to_owned())]),
            opinion: String::new(),
            recommendation: None,
            submit: false,
        };
        world.act(write, reviewer, &draft).unwrap();
        let bare = Write { submit: true, ..draft.clone() };
        assert_eq!(world.faulty(write, reviewer, &bare), ["opinion", "recommendation"]);
        let full = Write {
            opinion: "可以提交审定。".into(),
            recommendation: Some(Recommendation::Ready),
            ..bare
        };
        assert_eq!(world.refusal(write, world.members[1], &full), RefusalCode::NotYours);
        world.act(write, reviewer, &full).unwrap();
        assert_eq!(world.refusal(write, reviewer, &full), RefusalCode::AlreadySubmitted);
        let row = world.read(|conn| reviews::of_project(conn, project)).pop().unwrap();
        assert_eq!(row.recommendation, Some(Recommendation::Ready));
        assert!(row.submitted_at.is_some() && row.document_id.is_some());
        assert_eq!(row.checklist["uncertainty"], "预算完整");
    });
}

#[test]
fn edge_63_observers_listen_where_livelihood_is_touched_and_leave_when_sent_out() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::PapersReleased);
        let command = Apply {
            project,
            name: "市民·演示".into(),
            unit: String::new(),
            contact: "citizen@demo.example".into(),
            reason: "使用燃气表的居民".into(),
            promised: true,
        };
        assert_eq!(world.refusal(apply, Actor::Public, &command), RefusalCode::NoObservers);
        world
            .write(move |tx| {
                let mut row = quanheng_db::projects::find(tx.conn(), project)?.unwrap();
                row.livelihood = true;
                quanheng_db::projects::save(tx.conn(), &mut row)?;
                Ok(())
            })
            .unwrap();
        let bare = Apply { promised: false, contact: String::new(), ..command.clone() };
        assert_eq!(world.faulty(apply, Actor::Public, &bare), ["contact", "promised"]);
        let observer = world.act(apply, Actor::Public, &command).unwrap();
        let last = world.events(project).pop().unwrap();
        assert_eq!(last.kind, "observer_applied");
        assert!(!last.facts.to_string().contains("市民"), "the ledger holds no name of the public");

        let does = |who: PersonId, what: Decide| {
            let actor = world.actor(who);
            world.write(move |tx| decide(tx, &actor, observer, &what))
        };
        assert!(does(world.members[0], Decide::Admit).is_err());
        assert!(does(world.secretary, Decide::Attended).is_err(), "not before admission");
        does(world.secretary, Decide::Admit).unwrap();
        does(world.secretary, Decide::Attended).unwrap();
        assert!(does(world.chair, Decide::Remove(" ".into())).is_err(), "with a reason");
        does(world.chair, Decide::Remove("扰乱会场秩序".into())).unwrap();
        let row = world.read(|conn| reviews::observers_of(conn, project)).pop().unwrap();
        assert!(row.removed_at.is_some() && row.record == "扰乱会场秩序");
        assert_eq!(world.events(project).pop().unwrap().kind, "observer_removed");
    });
}

#[test]
fn a_reviewer_a_drafter_and_an_observer_are_told_what_concerns_them() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::PapersReleased);
        let reviewer = world.members[0];
        world.act(name_person, world.secretary, &naming(project, reviewer)).unwrap();
        let to = |key: NoticeKey| -> Vec<String> {
            world.mails(key).into_iter().map(|mail| mail.address).collect()
        };
        assert_eq!(to(NoticeKey::ReviewerAssigned), [world.address(reviewer)]);

        let applied = |name: &str| Apply {
            project,
            name: name.into(),
            unit: String::new(),
            contact: format!("{name}@demo.example"),
            reason: "使用燃气表的居民".into(),
            promised: true,
        };
        world
            .write(move |tx| {
                let mut row = quanheng_db::projects::find(tx.conn(), project)?.unwrap();
                row.livelihood = true;
                assert!(quanheng_db::projects::save(tx.conn(), &mut row)?);
                Ok(())
            })
            .unwrap();
        let decided = |name: &str, what: Decide| {
            let id = world.act(apply, Actor::Public, &applied(name)).unwrap();
            let secretary = world.actor(world.secretary);
            world.write(move |tx| decide(tx, &secretary, id, &what)).unwrap();
        };
        decided("observer-one", Decide::Admit);
        decided("observer-two", Decide::Decline("席位已满".into()));
        assert_eq!(to(NoticeKey::ObserverAdmitted), ["observer-one@demo.example"]);
        assert_eq!(to(NoticeKey::ObserverRefused), ["observer-two@demo.example"]);
        assert_eq!(world.mails(NoticeKey::ObserverRefused)[0].payload["reason"], "席位已满");

        world.walk(project, Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        world.vote_all(ballot, &world.voters(), Choice::Yes);
        let secretary = world.actor(world.secretary);
        world.write(move |tx| sign::close(tx, &secretary, ballot)).unwrap();
        assert!(to(NoticeKey::ConclusionToSign).contains(&world.address(reviewer)));
        let change = Require {
            ballot,
            clause: "5.2.3".into(),
            body: "补充低温下的试验数据".into(),
            responsible: Some(world.drafter),
        };
        world.act(require, world.secretary, &change).unwrap();
        assert_eq!(to(NoticeKey::ChangeRequired), [world.address(world.drafter)]);
    });
}
