//! Checks that a committee makes binding: who may, what is told, and the draft that does not go out.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Weekday};
use quanheng_actions::document::{
    checks::{BindChecks, bind_checks},
    text::{Reading, keep},
};
use quanheng_db::{documents, events};
use quanheng_domain::{
    check::CheckKind,
    document::DocumentKind,
    ids::DocumentId,
    lifecycle::{Field, Move},
    people::Actor,
    refusal::RefusalCode,
    stage::Stage,
};

use crate::world::{World, on_each_backend};

fn reads(world: &World, document: DocumentId, text: &str) {
    let text = quanheng_text::read_typed(text);
    world
        .write(move |tx| {
            let reading = Reading { document, text: Ok(text.clone()), typed: false };
            keep(tx, &Actor::System, &reading)
        })
        .unwrap();
}

#[test]
fn a_finding_of_a_binding_check_keeps_the_draft_from_going_out() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::DraftAccepted);
        let newest = |conn: &mut _| documents::newest(conn, project, DocumentKind::CommentDraft);
        let draft = match world.read(newest) {
            Some(row) => row.id,
            None => world.document(project, DocumentKind::CommentDraft),
        };
        reads(
            world,
            draft,
            "1 范围\n本规程适用于水表的检定。\n5 计量性能要求\n5.1 管径\n管径 2 英寸。\n",
        );
        let units = BTreeSet::from([CheckKind::UnitNotLegal, CheckKind::TermTwice]);
        let bind =
            BindChecks {
                committee: world.committee, checks: units, note: "主任会议定".into()
            };
        for who in [world.members[0], world.drafter, world.officer] {
            assert_eq!(world.refusal(bind_checks, who, &bind), RefusalCode::NotYours);
        }
        assert_eq!(world.act(bind_checks, world.chair, &bind).unwrap(), 2);
        assert_eq!(world.act(bind_checks, world.secretary, &bind).unwrap(), 0, "said already");

        let mut closes = world.today() + Days::new(75);
        while matches!(closes.weekday(), Weekday::Sat | Weekday::Sun) {
            closes = closes + Days::new(1);
        }
        let fields = [(Field::ClosesOn, closes.to_string())];
        let refused = loop {
            match world.take(world.secretary, project, Move::OpenComments, &fields) {
                Err(quanheng_actions::ActionError::Refused(no))
                    if no.code == RefusalCode::DocumentsMissing =>
                {
                    for kind in no.facts["missing"].split(',') {
                        world.document(project, kind.parse().unwrap());
                    }
                }
                Err(quanheng_actions::ActionError::Refused(refusal)) => break refusal,
                other => panic!("not refused but {other:?}"),
            }
        };
        assert_eq!(refused.code, RefusalCode::CheckBinding);
        let fact = |name: &str| refused.facts[name].as_str();
        assert_eq!((fact("check"), fact("words"), fact("n")), ("unit_not_legal", "英寸", "1"));
        assert_eq!(fact("at"), "5.1");
        assert_eq!(world.project(project).stage, Stage::DraftAccepted);

        let advice = BindChecks { checks: BTreeSet::from([CheckKind::TermTwice]), ..bind.clone() };
        assert_eq!(world.act(bind_checks, world.secretary, &advice).unwrap(), 1);
        world.walk(project, Stage::Commenting);
        let committee = world.committee;
        let told = world.ask(|conn| Ok(events::of_object(conn, committee.cast())?)).unwrap();
        let kinds = told.iter().filter(|event| event.kind == "checks_bound").count();
        assert_eq!(kinds, 2, "each change is told once");
    });
}
