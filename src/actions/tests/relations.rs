//! Citations and the impact walk, the plan of re-examination, and searches that people keep.

use chrono::{Datelike, TimeDelta};
use quanheng_actions::{
    document::text::{Reading, keep},
    search::saved,
    specification::{
        catalogue::Catalogue,
        reexamination::{self, PlanYear, plan},
        relations::{self as verbs, Answer, Ask, Cite, Decide, answer, ask, cite, decide},
    },
};
use quanheng_db::{documents, relations, specifications};
use quanheng_domain::{
    document::DocumentKind,
    ids::SpecificationId,
    notice::NoticeKey,
    refusal::RefusalCode,
    relation::{CitationState, ImpactAnswer},
};

use crate::world::{World, on_each_backend};

/// Gives the published text of an edition clauses.
pub fn read_text(world: &World, edition: SpecificationId, typed: &str) {
    let row = world.read(|conn| specifications::find(conn, edition)).unwrap();
    let project = row.project_id.unwrap();
    let text = world.read(|conn| documents::newest(conn, project, DocumentKind::PublishedText));
    let reading = Reading {
        document: text.unwrap().id,
        text: Ok(quanheng_text::read_typed(typed)),
        typed: true,
    };
    let actor = world.actor(world.secretary);
    world.write(move |tx| keep(tx, &actor, &reading)).unwrap();
}

#[test]
fn citations_are_found_confirmed_and_asked_about_before_a_text_changes() {
    on_each_backend(|world| {
        let citing = world.edition();
        let typed = "1 范围\n本规范适用于质量流量计。\n2 引用文件\nJJG 1038-2008 科里奥利质量流量计\nJJF 1001-2011 通用计量术语及定义\n3 概述\n按JJG 1038-2008检定。\n";
        read_text(world, citing, typed);
        let cites = |id| world.read(|conn| relations::cited_by(conn, id));
        let found = cites(citing);
        let numbers: Vec<&str> = found.iter().map(|row| row.cited.as_str()).collect();
        assert_eq!(numbers, ["JJF 1001-2011", "JJG 1038-2008"]);
        assert!(found.iter().all(|row| row.state == CitationState::Found));

        let none = Decide { citation: found[0].id, confirmed: false };
        assert_eq!(world.refusal(decide, world.members[0], &none), RefusalCode::NotYours);
        world.act(decide, world.secretary, &none).unwrap();
        world
            .act(decide, world.officer, &Decide { citation: found[1].id, confirmed: true })
            .unwrap();
        // Reading the text again leaves what people decided.
        let row = world.read(|conn| specifications::find(conn, citing)).unwrap();
        world.write(move |tx| verbs::find(tx, &row)).unwrap();
        let states: Vec<CitationState> = cites(citing).iter().map(|row| row.state).collect();
        assert_eq!(states, [CitationState::Dismissed, CitationState::Confirmed]);

        // A second text, which cites the first by hand, without a year.
        let far = world.edition();
        let first = world.read(|conn| specifications::find(conn, citing)).unwrap();
        let without_year = first.number_key.rsplit_once('-').unwrap().0.to_owned();
        let typed = Cite { specification: far, cited: without_year, clause: "5".into() };
        world.act(cite, world.secretary, &typed).unwrap();
        assert_eq!(world.faulty(cite, world.secretary, &typed), ["cited"]);
        let wrong = Cite { cited: "无".into(), ..typed };
        assert_eq!(world.faulty(cite, world.secretary, &wrong), ["cited"]);

        let today = world.today();
        let catalogue = world.ask(|conn| Catalogue::load(conn, today)).unwrap();
        let hang = world.ask(|conn| verbs::dependents(conn, &catalogue, &first, today)).unwrap();
        assert_eq!(
            hang.iter().map(|one| (one.edition, one.distance)).collect::<Vec<_>>(),
            [(far, 1)]
        );

        let wish = Ask { specification: citing, reason: "拟修订测量范围。".into() };
        assert_eq!(world.refusal(ask, world.outsider, &wish), RefusalCode::NotYours);
        assert_eq!(world.act(ask, world.secretary, &wish).unwrap(), 1);
        assert_eq!(world.act(ask, world.secretary, &wish).unwrap(), 0, "asked once");
        assert!(!world.mails(NoticeKey::ImpactAsked).is_empty());
        let task = world.read(|conn| relations::asked_about(conn, far)).remove(0);
        let reply = |answer, note: &str| Answer { task: task.id, answer, note: note.into() };
        let bare = reply(ImpactAnswer::Revise, " ");
        assert_eq!(world.faulty(answer, world.secretary, &bare), ["note"]);
        world.act(answer, world.secretary, &reply(ImpactAnswer::NotAffected, "")).unwrap();
        let again = reply(ImpactAnswer::Amend, "表 2");
        assert_eq!(world.refusal(answer, world.secretary, &again), RefusalCode::AlreadySubmitted);
    });
}

#[test]
fn the_queue_of_re_examination_has_its_evidence_and_what_was_planned_and_missed() {
    on_each_backend(|world| {
        let edition = world.edition();
        let year = world.today().year();
        let queue = || {
            let today = world.today();
            let catalogue = world.ask(|conn| Catalogue::load(conn, today)).unwrap();
            world
                .ask(|conn| reexamination::queue(conn, &catalogue, world.committee, today))
                .unwrap()
        };
        let planned = |year| PlanYear { committee: world.committee, year, editions: vec![edition] };
        assert_eq!(world.refusal(plan, world.officer, &planned(year)), RefusalCode::NotYours);
        assert_eq!(world.faulty(plan, world.secretary, &planned(year - 1)), ["year"]);
        assert_eq!(world.act(plan, world.secretary, &planned(year)).unwrap(), 1);
        assert_eq!(world.act(plan, world.secretary, &planned(year)).unwrap(), 0);
        assert_eq!(queue().missed, []);
        // Six years on the text is in force, overdue, and the plan was missed.
        world.later(TimeDelta::days(6 * 366));
        let late = queue();
        assert_eq!(late.missed.len(), 1);
        assert_eq!(late.missed[0].0, year);
        let one = &late.texts[0];
        assert!(one.evidence.overdue && one.evidence.weight() >= 10, "{:?}", one.evidence);
        assert_eq!(one.planned, [year]);
    });
}

#[test]
fn a_kept_search_tells_once_what_came_since() {
    on_each_backend(|world| {
        let keeper = world.actor(world.members[0]);
        world.write(move |tx| saved::keep(tx, &keeper, "质量流量计")).unwrap();
        let run = || world.write(saved::run).unwrap();
        world.later(TimeDelta::hours(25));
        assert_eq!(run(), 0, "nothing has come");
        world.edition();
        world.later(TimeDelta::hours(25));
        assert_eq!(run(), 1);
        assert_eq!(run(), 0, "asked a moment ago");
        world.later(TimeDelta::hours(25));
        assert_eq!(run(), 0, "told before");
        let mails = world.mails(NoticeKey::SearchMatched);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].payload["path"].as_str().unwrap().starts_with("/specifications?q=%E8"));
    });
}
