//! Edge cases 40 to 53 of the domain rules as far as they touch ballots, each by its number; 46 and 52 stand where the conclusion
//! and the meeting are tested.

use quanheng_actions::ballot::{
    cast::cast,
    confirm::{Confirm, confirm},
    matter::{StartMatter, start_matter},
};
use quanheng_db::{ballots, register};
use quanheng_domain::{
    ballot::BallotForm,
    committee::{CommitteeKind, CommitteeState},
    ids::{BallotId, CommitteeId},
    lifecycle::{Field, Move},
    notice::NoticeKey,
    people::Role,
    records::Choice,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{close, counted, for_another, own, reviewing, row, sign, taken, votes};
use crate::world::{World, on_each_backend};

#[test]
fn edge_42_for_an_absent_chair_the_vice_chairs_act_in_their_order_and_the_act_is_logged() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let came: Vec<_> = world.vices.iter().chain(&world.members).copied().collect();
        world.vote_all(ballot, &came, Choice::Yes);
        close(world, world.secretary, ballot).unwrap();
        assert!(sign(world, world.vices[1], ballot).is_err(), "the first vice-chair comes first");
        sign(world, world.vices[0], ballot).unwrap();
        let event = world.events(project).pop().unwrap();
        assert_eq!(
            (event.kind.as_str(), event.on_behalf_of.as_str()),
            ("conclusion_signed", "主任委员·演示")
        );
        assert_eq!(event.facts["acting"], true);
    });
}

#[test]
fn edge_43_a_person_of_several_committees_votes_in_each_by_the_seat_held_there() {
    on_each_backend(|world| {
        let second = another_committee(world);
        let person = world.members[0];
        seat_in(world, second, person, Role::Adviser);
        let (here, there) = (matter_of(world, world.committee), matter_of(world, second));
        taken(world, person, &own(here, Choice::Yes));
        let refused = world.refusal(cast, person, &own(there, Choice::Yes));
        assert_eq!(refused, RefusalCode::WithoutVote, "an adviser there, a member here");
        assert_eq!((votes(world, here).len(), votes(world, there).len()), (1, 0));
        assert_eq!(counted(world, there).members, 1);
    });
}

fn another_committee(world: &World) -> CommitteeId {
    let id: CommitteeId = world.id();
    let authority_id = world.authority;
    let row = register::CommitteeRow {
        id,
        version: 1,
        code: Some("MTC9".into()),
        name_key: "全国压力计量技术委员会·演示".into(),
        name_zh: "全国压力计量技术委员会·演示".into(),
        name_en: "Pressure committee (demo)".into(),
        kind: CommitteeKind::Committee,
        parent_id: None,
        authority_id,
        scope_zh: "压力计量".into(),
        host_id: None,
        established_year: Some(2019),
        term_no: Some(1),
        term_start: chrono::NaiveDate::from_ymd_opt(2024, 1, 1),
        term_end: chrono::NaiveDate::from_ymd_opt(2030, 12, 31),
        state: CommitteeState::InTerm,
        note: String::new(),
    };
    world.write(move |tx| Ok(register::insert_committee(tx.conn(), &row)?)).unwrap();
    seat_in(world, id, world.secretary, Role::SecretaryGeneral);
    seat_in(world, id, world.outsider, Role::Chair);
    id
}

fn seat_in(
    world: &World,
    committee_id: CommitteeId,
    person_id: quanheng_domain::ids::PersonId,
    role: Role,
) {
    let row = register::SeatRow {
        id: world.id(),
        committee_id,
        person_id,
        role,
        organisation_id: None,
        since: world.today(),
        until: None,
        suspended: false,
        reason: String::new(),
        rank: 1,
    };
    world.write(move |tx| Ok(register::insert_seat(tx.conn(), &row)?)).unwrap();
}

fn matter_of(world: &World, committee: CommitteeId) -> BallotId {
    let command = StartMatter {
        committee,
        form: BallotForm::Correspondence,
        closes_on: world.today() + chrono::Days::new(7),
        question: "是否设立工作组".into(),
        election: false,
        secret: false,
    };
    world.act(start_matter, world.secretary, &command).unwrap()
}

#[test]
fn edge_47_a_paper_ballot_is_entered_by_one_and_counts_once_a_second_person_confirmed_it() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        let scan = world.document(project, quanheng_domain::document::DocumentKind::BallotPapers);
        let mut paper = for_another(ballot, world.members[0], Choice::Yes);
        paper.scan = Some(scan);
        assert!(taken(world, world.secretary, &paper).waits);
        assert_eq!(counted(world, ballot).yes, 0);
        let vote = votes(world, ballot).pop().unwrap();
        assert_eq!(vote.scan_id, Some(scan));
        let confirmed = Confirm { ballot, vote: vote.id };
        assert_eq!(world.refusal(confirm, world.secretary, &confirmed), RefusalCode::SecondPerson);
        world.act(confirm, world.staff, &confirmed).unwrap();
        assert_eq!(counted(world, ballot).yes, 1);
    });
}

#[test]
fn edge_48_a_member_without_an_address_stands_on_the_roll_and_may_vote_on_paper() {
    on_each_backend(|world| {
        let member = world.members[0];
        let address = world.address(member);
        world
            .write(move |tx| {
                let mut person = register::person(tx.conn(), member)?.unwrap();
                (person.email, person.email_key) = (None, None);
                register::save_person(tx.conn(), &mut person)?;
                Ok(())
            })
            .unwrap();
        let (_, ballot) = reviewing(world);
        let asked = world.mails(NoticeKey::ReviewOpened);
        assert!(asked.iter().all(|mail| mail.address != address));
        assert_eq!(counted(world, ballot).members, 21, "no mail, and a member all the same");
        let owed = world.read(|conn| ballots::owed_by(conn, member, world.now()));
        assert!(owed.iter().any(|row| row.id == ballot), "the task list shows it");
        taken(world, world.secretary, &for_another(ballot, member, Choice::Yes));
    });
}

#[test]
fn edge_39_ballots_that_run_when_a_project_is_ended_lead_to_no_result() {
    on_each_backend(|world| {
        let (project, ballot) = reviewing(world);
        taken(world, world.members[0], &own(ballot, Choice::Yes));
        let note = [(Field::Note, "归口委员会撤销".to_owned())];
        world.take(world.officer, project, Move::Cancel, &note).unwrap();
        let ended = row(world, ballot);
        assert!(ended.aborted_at.is_some() && ended.result.is_none());
        assert_eq!(world.mails(NoticeKey::BallotEnded).len(), 21);
    });
}

#[test]
fn edge_53_a_technical_change_after_the_vote_goes_back_to_review_and_is_voted_anew() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::DossierReceived);
        let first = world.ballot(project, quanheng_domain::ballot::BallotPurpose::Review);
        let note = [(Field::Note, "技术内容有改动,须重新审定".to_owned())];
        world.take(world.officer, project, Move::ReturnDossier, &note).unwrap();
        world.take(world.secretary, project, Move::BackToReview, &note).unwrap();
        assert_eq!(world.project(project).stage, Stage::ReviewSubmitted);
        world.walk(project, Stage::Reviewing);
        let second = world.ballot(project, quanheng_domain::ballot::BallotPurpose::Review);
        assert_ne!(first, second);
        assert_eq!(row(world, first).result.unwrap()["passed"], true, "the first result stays");
        assert!(row(world, second).result.is_none());
    });
}
