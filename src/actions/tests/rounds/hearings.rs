//! Rounds without moves: re-examinations and abolitions.

use chrono::{Days, TimeDelta};
use quanheng_actions::round::{
    Dispose, OpenHearing, Ruling, close_hearing, dispose, open_reexamination_round, publish_hearing,
};
use quanheng_domain::{
    comment::{Disposition, RoundPurpose},
    lifecycle::{Field, Move, ProjectKind, RoundStatus},
    notice::NoticeKey,
    people::Actor,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{round, sent_by};
use crate::world::on_each_backend;

fn settled(comment: quanheng_domain::ids::CommentId) -> Dispose {
    let ruling = Ruling {
        code: Disposition::Rejected,
        reason: "仍在使用".into(),
        text_changed: None,
        duplicate_of: None,
    };
    Dispose { comment, ruling, if_version: None }
}

#[test]
fn users_are_heard_on_a_reexamination() {
    on_each_backend(|world| {
        let edition = world.edition();
        let project = world.suggested(ProjectKind::Reexamination, Some(edition));
        assert_eq!(world.project(project).stage, Stage::Reexamining);
        let closes_on = world.today() + Days::new(30);
        let open =
            OpenHearing { project, closes_on, note: "请各使用单位提出意见".into() };
        assert_eq!(
            world.refusal(open_reexamination_round, world.members[0], &open),
            RefusalCode::NotYours
        );
        let today = OpenHearing { closes_on: world.today(), ..open.clone() };
        assert_eq!(world.faulty(open_reexamination_round, world.secretary, &today), ["closes_on"]);
        let id = world.act(open_reexamination_round, world.secretary, &open).unwrap();
        let row = round(world, id);
        assert_eq!((row.purpose, row.status), (RoundPurpose::Reexamination, RoundStatus::Running));
        let again = world.refusal(open_reexamination_round, world.secretary, &open);
        assert_eq!(again, RefusalCode::RoundStillOpen);

        let comment = sent_by(world, world.corresponding, id, "3");
        assert_eq!(world.refusal(close_hearing, world.secretary, &id), RefusalCode::RoundStillOpen);
        assert_eq!(
            world.refusal(publish_hearing, world.secretary, &id),
            RefusalCode::RoundNotRunning
        );
        world.at(row.closes_at);
        world.tick();
        assert_eq!(round(world, id).status, RoundStatus::Closed);
        assert_eq!(
            world.refusal(close_hearing, world.secretary, &id),
            RefusalCode::RoundNotRunning
        );
        assert_eq!(world.refusal(publish_hearing, world.secretary, &id), RefusalCode::CommentsOpen);
        world.act(dispose, world.secretary, &settled(comment)).unwrap();
        let before = world.mails(NoticeKey::DispositionPublished).len();
        world.act(publish_hearing, world.secretary, &id).unwrap();
        assert_eq!(round(world, id).status, RoundStatus::Published);
        assert_eq!(world.mails(NoticeKey::DispositionPublished).len(), before + 1);
    });
}

#[test]
fn an_abolition_waits_for_its_hearing_and_its_answers() {
    on_each_backend(|world| {
        let edition = world.edition();
        let project = world.suggested(ProjectKind::Abolition, Some(edition));
        world.take_with_papers(world.secretary, project, Move::Screen, &[]);
        world.take_with_papers(world.secretary, project, Move::TakeUp, &[]);
        let reason = [(Field::Note, "已无使用单位".to_owned())];
        world.take_with_papers(world.officer, project, Move::OpenAbolition, &reason);
        let id = world.round(project);
        assert_eq!(round(world, id).purpose, RoundPurpose::Abolition);
        let comment = sent_by(world, world.members[0], id, "");
        world.at(round(world, id).closes_at + TimeDelta::hours(1));
        world.tick();
        assert_eq!(round(world, id).status, RoundStatus::Closed);
        world.act(dispose, world.officer, &settled(comment)).unwrap();
        world.act(publish_hearing, world.officer, &id).unwrap();
        let fields = [
            (Field::Announcement, "2028年第1号".to_owned()),
            (Field::EffectiveOn, (world.today() + Days::new(60)).to_string()),
            (Field::Note, "无人使用".to_owned()),
        ];
        world.take_with_papers(world.officer, project, Move::Abolish, &fields);
        assert_eq!(world.project(project).stage, Stage::Abolished);
    });
}

#[test]
fn a_round_of_a_draft_is_ended_by_its_moves_alone() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Commenting);
        let id = world.round(project);
        world.at(round(world, id).closes_at);
        for who in [world.actor(world.secretary), Actor::System] {
            assert_eq!(world.refusal(close_hearing, who, &id), RefusalCode::NotFromHere);
        }
    });
}
