//! Every row of the table is taken on every database; each walk has a world of its own, because time only goes on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use chrono::TimeDelta;
use quanheng_actions::{ActionError, project::details::Details};
use quanheng_db::{rounds, schema::projects as table};
use quanheng_domain::{
    Keyed,
    ids::ProjectId,
    lifecycle::{Adoption, FaultCode, Field, Move, ProjectKind, ROWS, RoundStatus},
    people::Actor,
    records::{AdjustmentKind, Choice},
    stage::Stage,
};

use super::{
    alter, ask_for, consents, examined, field, join, note, noted, on_postgresql, reviewed, weekday,
};
use crate::world::{Plan, World, on_each_backend, on_each_backend_with};

/// Rows that no walk takes yet, with the reason. It may only shrink.
const NOT_TAKEN: &[(Move, &str)] = &[];

const WALKS: &[fn(&World)] = &[
    to_publication,
    declined,
    application,
    fast_track_of_an_adoption,
    fast_track_of_a_revision,
    drafting,
    comments,
    reviews,
    dossier,
    refused_approval,
    corrigendum,
    reexaminations,
    adjustments,
    withdrawal,
    joint_project,
];

#[test]
fn every_row_of_the_table_is_taken() {
    let taken: Mutex<BTreeMap<bool, BTreeSet<usize>>> = Mutex::default();
    let note_rows = |world: &World| {
        taken.lock().unwrap().entry(on_postgresql(world)).or_default().extend(rows_of(world));
    };
    for walk in WALKS {
        on_each_backend(|world| {
            walk(world);
            note_rows(world);
        });
    }
    let lapsing = Plan { rules: &[("overdue_action", "auto_lapse")], ..Plan::default() };
    on_each_backend_with(&lapsing, |world| {
        lapse(world);
        note_rows(world);
    });
    for (postgresql, rows) in taken.into_inner().unwrap() {
        let missing: Vec<String> = ROWS
            .iter()
            .enumerate()
            .filter(|(at, row)| {
                !rows.contains(at) && !NOT_TAKEN.iter().any(|(key, _)| *key == row.key)
            })
            .map(|(_, row)| format!("{} ({})", row.key, row.source))
            .collect();
        assert!(missing.is_empty(), "never taken (PostgreSQL: {postgresql}): {missing:#?}");
        for (key, reason) in NOT_TAKEN {
            let at = ROWS.iter().position(|row| row.key == *key).unwrap();
            assert!(!rows.contains(&at), "{key} is taken now: strike it from the list ({reason})");
        }
    }
}

/// The rows that the ledger of a world tells of.
fn rows_of(world: &World) -> BTreeSet<usize> {
    use diesel::prelude::*;
    let all: Vec<(ProjectId, ProjectKind)> =
        world.read(|conn| table::table.select((table::id, table::kind)).load(conn));
    let mut rows = BTreeSet::new();
    for (project, kind) in all {
        for event in world.events(project) {
            // What opens a project leads from nowhere (row 1).
            let (Ok(key), false) = (Move::from_key(&event.kind), event.from_stage.is_empty())
            else {
                continue;
            };
            let from = Stage::from_key(&event.from_stage).unwrap();
            let row = ROWS.iter().position(|row| {
                row.key == key && row.source == event.source && row.leaves(kind, from)
            });
            rows.insert(row.unwrap_or_else(|| panic!("{key} from {from} is no row of the table")));
        }
    }
    rows
}

fn to_publication(world: &World) {
    let project = world.project_at(Stage::PapersReleased);
    world.later(TimeDelta::days(45));
    let opening =
        [field(Field::BallotClosesOn, weekday(world, 3)), field(Field::Place, "线上会议")];
    world.take_with_papers(world.secretary, project, Move::OpenReview, &opening);
    world.walk(project, Stage::Approved);
    let numbered = [
        field(Field::SpecificationNumber, "JJF 3999-2027"),
        field(Field::Replaces, "JJG 99999-1999 部分"),
    ];
    let replaced = world.take(world.officer, project, Move::AssignNumber, &numbered);
    let Err(ActionError::Invalid(faults)) = replaced else { panic!("{replaced:?}") };
    assert_eq!((faults[0].code, faults[0].bound), (FaultCode::UnknownInLine, Some(1)));
    world.walk(project, Stage::Published);
    // What the moves asked for stands on the project.
    let row = world.project(project);
    let details: Details = serde_json::from_value(row.details).unwrap();
    assert_eq!(
        (row.review_place.as_str(), details.approval_document.is_empty()),
        ("线上会议", false)
    );
}

fn declined(world: &World) {
    let project = world.suggestion();
    world.take(world.officer, project, Move::DeclareEmergency, &note()).unwrap();
    world.take(world.secretary, project, Move::Decline, &note()).unwrap();
}

fn application(world: &World) {
    let project = world.project_at(Stage::Assessment);
    world.take(world.officer, project, Move::ReturnApplication, &note()).unwrap();
    world.take_with_papers(world.secretary, project, Move::SupplementApplication, &[]);
    world.take(world.officer, project, Move::RefuseApplication, &note()).unwrap();
}

fn fast_track_of_an_adoption(world: &World) {
    let project = world.suggestion();
    alter(world, project, |row| row.adoption = Adoption::Identical);
    world.walk(project, Stage::Planned);
    world.take_with_papers(world.secretary, project, Move::FastTrackAdoption, &note());
    assert_eq!(world.project(project).stage, Stage::DraftAccepted);
}

fn fast_track_of_a_revision(world: &World) {
    let edition = world.edition();
    let project = world.suggested(ProjectKind::Revise, Some(edition));
    world.walk(project, Stage::Planned);
    world.take(world.officer, project, Move::FastTrackRevision, &note()).unwrap();
    assert_eq!(world.project(project).stage, Stage::CommentsTreated);
}

fn drafting(world: &World) {
    let project = world.project_at(Stage::Drafting);
    world.take(world.drafter, project, Move::ReportProgress, &note()).unwrap();
    world.walk(project, Stage::DraftSubmitted);
    world.take(world.secretary, project, Move::ReturnDraft, &note()).unwrap();
}

fn comments(world: &World) {
    let project = world.project_at(Stage::Commenting);
    let later = noted(vec![field(Field::ClosesOn, weekday(world, 120))]);
    world.take(world.secretary, project, Move::ExtendComments, &later).unwrap();
    world.take(world.secretary, project, Move::AbortComments, &note()).unwrap();
    let again = [field(Field::ClosesOn, weekday(world, 75))];
    world.take_with_papers(world.secretary, project, Move::OpenComments, &again);
    world.walk(project, Stage::CommentsClosed);
    world.take(world.secretary, project, Move::CommentAgain, &note()).unwrap();
}

fn reviews(world: &World) {
    let project = world.project_at(Stage::ReviewSubmitted);
    world.take(world.secretary, project, Move::ReturnReviewDraft, &note()).unwrap();
    world.walk(project, Stage::Reviewing);
    reviewed(world, project, None);
    consents(world, project);
    world.take(world.secretary, project, Move::Reconvene, &note()).unwrap();
    let open = [field(Field::BallotClosesOn, weekday(world, 3))];
    world.take_with_papers(world.secretary, project, Move::OpenReview, &open);
    reviewed(world, project, Some(Choice::No));
    world.take(world.secretary, project, Move::FailReview, &note()).unwrap();
    world.take_with_papers(world.drafter, project, Move::ResubmitForReview, &note());
    world.walk(project, Stage::Reviewing);
    reviewed(world, project, Some(Choice::No));
    world.take(world.secretary, project, Move::EndAfterFailure, &note()).unwrap();
    assert_eq!(world.project(project).stage, Stage::ReviewAbandoned);
}

fn dossier(world: &World) {
    let project = world.project_at(Stage::DossierReceived);
    world.take(world.officer, project, Move::ReturnDossier, &note()).unwrap();
    world.take_with_papers(world.secretary, project, Move::ResubmitDossier, &note());
    world.take(world.officer, project, Move::ReturnDossier, &note()).unwrap();
    world.take(world.secretary, project, Move::BackToReview, &note()).unwrap();
    world.walk(project, Stage::DossierReceived);
    world.take(world.officer, project, Move::ReturnDossier, &note()).unwrap();
    world.take(world.secretary, project, Move::BackToDrafting, &note()).unwrap();
}

fn refused_approval(world: &World) {
    let project = world.project_at(Stage::DossierCheck);
    world.take(world.officer, project, Move::RefuseApproval, &note()).unwrap();
}

fn corrigendum(world: &World) {
    let edition = world.edition();
    let project = world.suggested(ProjectKind::Corrigendum, Some(edition));
    world.take_with_papers(world.secretary, project, Move::SubmitCorrigendum, &note());
    world.walk(project, Stage::Approved);
    let fields = [
        field(Field::Announcement, "2027年第9号"),
        field(Field::IssuedOn, world.today()),
        field(Field::EffectiveOn, weekday(world, 1)),
    ];
    world.take_with_papers(world.officer, project, Move::Publish, &fields);
}

fn reexaminations(world: &World) {
    let edition = world.edition();
    let confirmed = examined(world, edition, "confirmed");
    world.take(world.officer, confirmed, Move::Confirm, &[]).unwrap();
    let kept = examined(world, edition, "abolish");
    world.take(world.officer, kept, Move::ProposeAbolition, &[]).unwrap();
    world.take(world.officer, kept, Move::OpenAbolition, &note()).unwrap();
    world.take(world.officer, kept, Move::DropAbolition, &note()).unwrap();
    assert_eq!(last_round(world, kept), RoundStatus::Closed, "what was said is still answered");
    let revised = examined(world, edition, "revise");
    let bare = world.take(world.officer, revised, Move::DecideRevision, &[]).unwrap_err();
    assert!(format!("{bare:?}").contains("DocsReexaminationRevise"), "{bare:?}");
    world.take_with_papers(world.officer, revised, Move::DecideRevision, &[]);
    let abolished = examined(world, edition, "abolish");
    world.take(world.officer, abolished, Move::ProposeAbolition, &[]).unwrap();
    world.take(world.officer, abolished, Move::OpenAbolition, &note()).unwrap();
    world.later(chrono::TimeDelta::days(45));
    world.tick();
    let fields = noted(vec![
        field(Field::Announcement, "2028年第2号"),
        field(Field::EffectiveOn, weekday(world, 30)),
    ]);
    world.take_with_papers(world.officer, abolished, Move::Abolish, &fields);
    assert_eq!(world.project(abolished).stage, Stage::Abolished);
}

fn adjustments(world: &World) {
    let project = world.project_at(Stage::Drafting);
    ask_for(world, project, AdjustmentKind::Change);
    let renamed = noted(vec![field(Field::TitleZh, "质量流量计校准规范")]);
    world.take(world.officer, project, Move::Change, &renamed).unwrap();
    ask_for(world, project, AdjustmentKind::Extension);
    let due = world.project(project).due_on.unwrap();
    let longer = noted(vec![field(Field::DueOn, due + chrono::Months::new(3))]);
    world.take(world.officer, project, Move::Extend, &longer).unwrap();
    let child = noted(vec![field(Field::TitleZh, "质量流量计校准规范 第2部分")]);
    world.take(world.officer, project, Move::Split, &child).unwrap();
    let other = world.project_at(Stage::Planned);
    let into = noted(vec![field(Field::IntoProject, project)]);
    world.take(world.officer, other, Move::Merge, &into).unwrap();
    world.take(world.officer, project, Move::Cancel, &note()).unwrap();
}

fn last_round(world: &World, project: ProjectId) -> RoundStatus {
    world.read(|conn| rounds::latest_of(conn, project)).expect("it had a round").status
}

fn withdrawal(world: &World) {
    let project = world.project_at(Stage::Drafting);
    consents(world, project);
    world.take(world.chair, project, Move::Withdraw, &note()).unwrap();
    world.take(world.officer, project, Move::Reopen, &note()).unwrap();
    assert_eq!(world.project(project).stage, Stage::Drafting);
    // A round that was running is broken off, and the project comes back to where the next is opened.
    let project = world.project_at(Stage::Commenting);
    consents(world, project);
    world.take(world.chair, project, Move::Withdraw, &note()).unwrap();
    assert_eq!(last_round(world, project), RoundStatus::Aborted);
    world.take(world.officer, project, Move::Reopen, &note()).unwrap();
    assert_eq!(world.project(project).stage, Stage::CommentsAgain);
}

fn joint_project(world: &World) {
    let project = world.project_at(Stage::DossierCheck);
    let (_, officer) = join(world, project, "JS-T");
    let (leaving, _) = join(world, project, "ZJ-T");
    let document = [field(Field::ApprovalDocument, "苏市监批〔2027〕1号")];
    world.take(officer, project, Move::ApproveAsParty, &document).unwrap();
    let dropped = noted(vec![field(Field::PartyAuthority, leaving)]);
    world.take(world.officer, project, Move::DropParty, &dropped).unwrap();
    world.walk(project, Stage::Approved);
}

fn lapse(world: &World) {
    let project = world.project_at(Stage::Drafting);
    let due = world.project(project).due_on.unwrap();
    world.at(quanheng_domain::deadline::end_of(due));
    world.take(Actor::System, project, Move::Lapse, &[]).unwrap();
}
