//! The conclusion: written by the secretariat, signed here or on paper, void when changed; and ballots that end with their project.

use quanheng_actions::{
    ActionError,
    ballot::{
        conclude::{self, Edit, Scan, confirm_scan, edit, enter_scan, hash_of},
        sign::sign_shown,
        start::{Start, start},
    },
    project::units::{NamePerson, name_person},
};
use quanheng_db::{ballots, conclusions, deadlines};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose, signing::SignaturePart},
    document::DocumentKind,
    ids::{BallotId, PersonId, ProjectId},
    lifecycle::{Field, Move, ProjectKind},
    notice::NoticeKey,
    people::ProjectRole,
    records::Choice,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{close, own, reviewing, row, sign, taken};
use crate::world::{World, on_each_backend};

const TEXT: &str = "通过审定,按会议意见修改后报批。";

fn counted_with_reviewer(world: &World) -> (ProjectId, BallotId) {
    let project = world.project_at(Stage::PapersReleased);
    let reviewer = world.outsider;
    let role = ProjectRole::PrincipalReviewer;
    let named = NamePerson { project, person: reviewer, role, named: true };
    world.act(name_person, world.secretary, &named).unwrap();
    world.walk(project, Stage::Reviewing);
    let ballot = world.ballot(project, BallotPurpose::Review);
    world.vote_all(ballot, &world.voters(), Choice::Yes);
    close(world, world.secretary, ballot).unwrap();
    (project, ballot)
}

fn written(ballot: BallotId, text: &str) -> Edit {
    Edit { ballot, text: text.into(), seen: String::new() }
}

fn shown(
    world: &World,
    who: PersonId,
    ballot: BallotId,
    hash: &str,
) -> Result<String, ActionError> {
    let (actor, hash) = (world.actor(who), hash.to_owned());
    world.write(move |tx| sign_shown(tx, &actor, ballot, &hash))
}

fn code<T: std::fmt::Debug>(result: Result<T, ActionError>) -> RefusalCode {
    match result {
        Err(ActionError::Refused(refusal)) => refusal.code,
        other => panic!("not refused but {other:?}"),
    }
}

fn count(world: &World, project: ProjectId, kind: &str) -> usize {
    world.event_kinds(project).iter().filter(|one| *one == kind).count()
}

#[test]
fn chair_and_principal_reviewer_sign_the_very_text_that_stands() {
    on_each_backend(|world| {
        let (project, ballot) = counted_with_reviewer(world);
        assert_eq!(
            code(world.act(edit, world.chair, &written(ballot, TEXT))),
            RefusalCode::NotYours
        );
        assert_eq!(world.faulty(edit, world.secretary, &written(ballot, "  ")), ["conclusion"]);
        let hash = world.act(edit, world.secretary, &written(ballot, TEXT)).unwrap();
        assert_eq!(hash, hash_of(TEXT));
        let other = shown(world, world.chair, ballot, &hash_of("另一文本"));
        assert!(matches!(other, Err(ActionError::Conflict)), "{other:?}");
        assert_eq!(shown(world, world.chair, ballot, &hash).unwrap(), hash);
        let half = world.take(world.secretary, project, Move::PassReview, &[]);
        assert_eq!(code(half), RefusalCode::NotSigned, "the principal reviewer has not signed");
        assert_eq!(code(shown(world, world.members[0], ballot, &hash)), RefusalCode::NotYours);
        shown(world, world.outsider, ballot, &hash).unwrap();
        assert_eq!(code(shown(world, world.outsider, ballot, &hash)), RefusalCode::AlreadySigned);
        let kept = world.read(|conn| conclusions::signatures_of(conn, ballot));
        let parts: Vec<_> = kept.iter().map(|one| (one.part, one.person_id)).collect();
        assert_eq!(
            parts,
            [(SignaturePart::Chair, world.chair), (SignaturePart::Reviewer, world.outsider)]
        );
        assert!(kept.iter().all(|one| one.sha256 == hash && one.stands()));
        world.take_with_papers(world.secretary, project, Move::PassReview, &[]);
        // What was acted upon stays as it is.
        let late = world.act(edit, world.secretary, &written(ballot, "不通过。"));
        assert_eq!(code(late), RefusalCode::AlreadySigned);
    });
}

#[test]
fn a_change_after_a_signature_voids_it_on_record_and_asks_again() {
    on_each_backend(|world| {
        let (project, ballot) = counted_with_reviewer(world);
        let first = world.act(edit, world.secretary, &written(ballot, TEXT)).unwrap();
        shown(world, world.chair, ballot, &first).unwrap();
        shown(world, world.outsider, ballot, &first).unwrap();
        // Somebody who edits from a text that is gone does not overwrite the one that stands.
        let stale = Edit { seen: hash_of("旧文本"), ..written(ballot, "另一结论。") };
        let refused = world.act(edit, world.staff, &stale);
        assert!(matches!(refused, Err(ActionError::Conflict)), "{refused:?}");
        let same = Edit { seen: first.clone(), ..written(ballot, TEXT) };
        world.act(edit, world.staff, &same).unwrap();
        assert_eq!(count(world, project, "signature_voided"), 0, "nothing was changed");

        let better =
            Edit { seen: first.clone(), ..written(ballot, "通过审定。表1加注水温。") };
        let second = world.act(edit, world.staff, &better).unwrap();
        assert_ne!(first, second);
        assert_eq!(count(world, project, "signature_voided"), 2);
        assert_eq!(count(world, project, "conclusion_edited"), 2);
        let stands = row(world, ballot);
        assert_eq!((stands.signed_at, stands.conclusion_hash), (None, None));
        let all = world.read(|conn| conclusions::signatures_of(conn, ballot));
        assert!(all.iter().all(|one| one.voided_at.is_some() && one.sha256 == first));
        let texts = world.read(|conn| conclusions::texts_of(conn, ballot));
        assert_eq!(texts.iter().map(|one| one.ordinal).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(texts[0].body, TEXT, "the text that was signed is kept");
        let asked = world.mails(NoticeKey::SignatureVoided);
        assert!(asked.iter().any(|mail| mail.address == world.address(world.chair)));
        assert!(asked.iter().any(|mail| mail.address == world.address(world.outsider)));
        assert!(matches!(shown(world, world.chair, ballot, &first), Err(ActionError::Conflict)));
        shown(world, world.chair, ballot, &second).unwrap();
    });
}

#[test]
fn edge_46_a_signed_sheet_is_entered_by_one_and_confirmed_by_another() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        world.vote_all(ballot, &world.voters(), Choice::Yes);
        close(world, world.secretary, ballot).unwrap();
        let sheet = world.document(project, DocumentKind::ReviewConclusion);
        let draft = world.document(project, DocumentKind::TestReport);
        let part = SignaturePart::Chair;
        let entered = Scan { ballot, part, person: world.chair, scan: sheet };
        assert_eq!(world.faulty(enter_scan, world.secretary, &entered), ["conclusion"]);
        world.act(edit, world.secretary, &written(ballot, TEXT)).unwrap();
        let wrong = Scan { scan: draft, ..entered };
        assert_eq!(world.faulty(enter_scan, world.secretary, &wrong), ["scan"]);
        let nobody = Scan { person: world.members[0], ..entered };
        assert_eq!(world.refusal(enter_scan, world.secretary, &nobody), RefusalCode::AlreadySigned);
        let id = world.act(enter_scan, world.secretary, &entered).unwrap();
        assert_eq!(row(world, ballot).signed_at, None, "one person is not enough");
        let confirm = |who: PersonId| {
            let actor = world.actor(who);
            world.write(move |tx| confirm_scan(tx, &actor, ballot, id))
        };
        assert_eq!(code(confirm(world.secretary)), RefusalCode::SecondPerson);
        assert_eq!(code(confirm(world.chair)), RefusalCode::NotYours);
        confirm(world.staff).unwrap();
        let signed = row(world, ballot);
        assert_eq!(
            (signed.signed_by, signed.conclusion_hash),
            (Some(world.chair), Some(hash_of(TEXT)))
        );
        assert_eq!(code(sign(world, world.chair, ballot)), RefusalCode::AlreadySigned);
        assert_eq!(world.event_kinds(project).pop().unwrap(), "signature_confirmed");
    });
}

#[test]
fn a_ballot_ends_with_its_project_and_leads_to_nothing_when_it_comes_back() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        for voter in world.voters() {
            taken(world, voter, &own(ballot, Choice::Yes));
        }
        world.consents(project);
        let note = [(Field::Note, "政策调整".to_owned())];
        world.take(world.chair, project, Move::Withdraw, &note).unwrap();
        let ended = row(world, ballot);
        assert!(ended.closed_at.is_some() && ended.aborted_at == ended.closed_at);
        assert_eq!((ended.result, ended.conclusion.as_str()), (None, ""));
        assert!(world.event_kinds(project).contains(&"ballot_ended".to_owned()));
        let told = world.mails(NoticeKey::BallotEnded);
        assert!(told.iter().any(|mail| mail.address == world.address(world.members[0])));
        let late = ended.closes_at + chrono::TimeDelta::days(30);
        let waiting = world.read(|conn| deadlines::due(conn, late, 500));
        assert!(waiting.iter().all(|clock| clock.ballot_id != Some(ballot)), "its clocks ended");
        let refused = world.act(edit, world.secretary, &written(ballot, TEXT));
        assert_eq!(code(refused), RefusalCode::BallotStillOpen, "there is nothing to conclude");

        world.take(world.officer, project, Move::Reopen, &note).unwrap();
        assert_eq!(world.project(project).stage, Stage::PapersReleased);
        world.walk(project, Stage::Reviewing);
        let again = world.ballot(project, BallotPurpose::Review);
        assert_ne!(again, ballot);
        assert_eq!(row(world, again).ordinal, 2);
    });
}

#[test]
fn a_reexamination_asks_with_letters_of_its_own() {
    on_each_backend(|world| {
        let edition = world.edition();
        let project = world.suggested(ProjectKind::Reexamination, Some(edition));
        let command = Start {
            project,
            purpose: BallotPurpose::Reexamination,
            form: BallotForm::Correspondence,
            closes_on: world.today() + chrono::Days::new(10),
            question: "复审结论:继续有效".into(),
        };
        world.act(start, world.secretary, &command).unwrap();
        assert!(!world.mails(NoticeKey::ReexaminationBallotOpened).is_empty());
        let ballot = world.ballot(project, BallotPurpose::Reexamination);
        let review = world.mails(NoticeKey::ReviewOpened);
        assert!(
            review
                .iter()
                .all(|mail| !mail.payload["path"].as_str().unwrap().contains(&ballot.to_string()))
        );
    });
}

#[test]
fn nothing_is_signed_where_nobody_wrote_a_conclusion() {
    on_each_backend(|world| {
        let (_, ballot) = counted_with_reviewer(world);
        let early = shown(world, world.outsider, ballot, &hash_of(""));
        assert!(matches!(early, Err(ActionError::Invalid(_))), "{early:?}");
        assert!(
            !world
                .ask(|conn| {
                    let row = ballots::find(conn, ballot)?.ok_or(ActionError::NotFound)?;
                    conclude::is_signed(conn, &row)
                })
                .unwrap()
        );
    });
}
