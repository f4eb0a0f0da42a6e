//! Every refusal there is, produced by the real actions on every database, or by the test that is named here for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Mutex,
};

use chrono::{Days, Months, TimeDelta};
use quanheng_actions::{
    ActionError,
    ballot::start::{Start, start},
    document,
    project::{
        adjust::{Request, request},
        objection::{Object, object},
        units::{NamePerson, name_person},
    },
};
use quanheng_db::{documents, register, specifications};
use quanheng_domain::{
    Keyed,
    ballot::{BallotForm, BallotPurpose},
    document::DocumentKind,
    ids::{PersonId, ProjectId},
    lifecycle::{Field, Move, Openness, ProjectKind},
    people::{Actor, ProjectRole},
    records::{AdjustmentKind, Choice},
    refusal::RefusalCode::{self, *},
    specification::{Category, Level},
    stage::Stage,
};

use super::{
    Fields, alter, ask_for, consents, examined, field, join, note, noted, on_postgresql, reviewed,
    voted, weekday,
};
use crate::world::{Plan, Who, World, on_each_backend_with};

/// Refusals of verbs that have tests of their own, with the file that must name them.
const ELSEWHERE: &[(RefusalCode, &str)] = &[
    (NotOnRoll, "ballots/voices.rs"),
    (WithoutVote, "ballots/voices.rs"),
    (NoVoice, "ballots/voices.rs"),
    (Recused, "ballots/voices.rs"),
    (SecondPerson, "ballots/entered.rs"),
    (PaperUnconfirmed, "ballots/entered.rs"),
    (ReasonRequired, "ballots/entered.rs"),
    (VoteFinal, "ballots/entered.rs"),
    (BallotClosed, "ballots/closing.rs"),
    (NotAMeeting, "ballots/closing.rs"),
    (AlreadySigned, "ballots/signing.rs"),
    (DeclarationMissing, "ballots/duties.rs"),
    (ProxyNotAllowed, "ballots/edges.rs"),
    (ProxyTooLate, "ballots/edges.rs"),
    (ProxyTaken, "ballots/edges.rs"),
    (ChangesOpen, "ballots/duties.rs"),
    (DataNotShown, "dossiers.rs"),
    (AlreadySubmitted, "ballots/duties.rs"),
    (SecretVote, "ballots/secret.rs"),
    (CheckBinding, "rounds/binding.rs"),
    (ReceiptUnknown, "ballots/secret.rs"),
    (FatalFindings, "reviewers.rs"),
    (NotQualified, "reviewers.rs"),
    (NoObservers, "reviewers.rs"),
    (RoundNotRunning, "rounds/own.rs"),
    (CommentsOpen, "rounds/hearings.rs"),
    (CommentSettled, "rounds/own.rs"),
    (DispositionReason, "rounds/settle.rs"),
    (LinkEnded, "rounds/receive.rs"),
    (NotAnsweredYet, "rounds/settle.rs"),
    (AppealsUsedUp, "rounds/settle.rs"),
    (AppealTooLate, "rounds/settle.rs"),
    (TooMany, "rounds/receive.rs"),
    // Told by the web for every change that came too late.
    (Stale, "lifecycle/together.rs"),
    (TextAbolished, "care.rs"),
    (CaseRunning, "care.rs"),
    (FeedbackAnswered, "care.rs"),
    (SlipFull, "slips.rs"),
];

/// What a walk was refused.
pub struct Refused<'w> {
    /// The world.
    pub world: &'w World,
    /// What was refused so far.
    pub codes: BTreeSet<RefusalCode>,
}

impl Refused<'_> {
    /// Takes a move that must be refused for this reason; nothing of it may remain.
    fn refuse(
        &mut self,
        code: RefusalCode,
        who: impl Who,
        project: ProjectId,
        key: Move,
        fields: &[(Field, String)],
    ) {
        let before = self.world.project(project);
        let events = self.world.events(project).len();
        let actor = who.actor(self.world);
        let mut answer = self.world.take(actor.clone(), project, key, fields);
        // Papers are entered so that the condition in question is reached.
        while let Err(ActionError::Refused(refusal)) = &answer
            && refusal.code == DocumentsMissing
            && code != DocumentsMissing
        {
            for kind in refusal.facts["missing"].split(',') {
                self.world.document(project, kind.parse().unwrap());
            }
            answer = self.world.take(actor.clone(), project, key, fields);
        }
        match answer {
            Err(ActionError::Refused(refusal)) => assert_eq!(refusal.code, code, "{key}"),
            other => panic!("{key} was to be refused with {code}: {other:?}"),
        }
        assert_eq!(self.world.project(project), before, "a refused move changes nothing");
        assert_eq!(self.world.events(project).len(), events);
        self.codes.insert(code);
    }

    /// Notes a refusal of another verb.
    pub fn other<T: std::fmt::Debug>(&mut self, code: RefusalCode, answer: Result<T, ActionError>) {
        match answer {
            Err(ActionError::Refused(refusal)) => assert_eq!(refusal.code, code),
            other => panic!("was to be refused with {code}: {other:?}"),
        }
        self.codes.insert(code);
    }
}

type Walk = fn(&mut Refused<'_>);

/// A world in which these rules differ.
pub fn plan(rules: &'static [(&'static str, &'static str)]) -> Plan {
    Plan { rules, ..Plan::default() }
}

fn walks() -> Vec<(Plan, Walk)> {
    vec![
        (plan(&[("amendment_max", "0")]), amendment),
        (Plan::default(), reexamination),
        (Plan::default(), super::people::seats_and_reports),
        (Plan::default(), suggestion),
        (Plan::default(), application),
        (Plan::default(), publicity),
        (Plan::default(), plan_and_extension),
        (plan(&[("drafters_max", "1"), ("fast_track_revision", "refused")]), drafters),
        (Plan { members: 4, ..Plan::default() }, few_recipients),
        (Plan::default(), comments),
        (plan(&[("review_form_calibration", "meeting_required")]), papers),
        (Plan::default(), nobody_votes),
        (Plan::default(), passed_review),
        (Plan::default(), failed_reviews),
        (Plan::default(), authority),
    ]
}

#[test]
fn every_refusal_is_produced() {
    let seen: Mutex<BTreeMap<bool, BTreeSet<RefusalCode>>> = Mutex::default();
    for (plan, walk) in walks() {
        on_each_backend_with(&plan, |world| {
            let mut refused = Refused { world, codes: BTreeSet::new() };
            walk(&mut refused);
            let mut seen = seen.lock().unwrap();
            seen.entry(on_postgresql(world)).or_default().extend(refused.codes);
        });
    }
    for (postgresql, codes) in seen.into_inner().unwrap() {
        let missing: Vec<_> = RefusalCode::ALL
            .iter()
            .filter(|code| {
                let listed = ELSEWHERE.iter().any(|(there, _)| there == *code);
                !codes.contains(code) && !listed
            })
            .collect();
        assert!(missing.is_empty(), "never refused (PostgreSQL: {postgresql}): {missing:?}");
        for (code, _) in ELSEWHERE {
            assert!(!codes.contains(code), "{code} is produced here: strike it from the list");
        }
    }
}

#[test]
fn what_is_refused_elsewhere_is_tested_there() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (code, file) in ELSEWHERE {
        let text = fs::read_to_string(tests.join(file)).unwrap();
        assert!(text.contains(&format!("RefusalCode::{code:?}")), "{file} does not name {code}");
    }
}

fn suggestion(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.suggestion();
    refused.refuse(NotFromHere, world.officer, project, Move::Approve, &note());
    refused.refuse(NotYours, world.outsider, project, Move::Screen, &[]);
    refused.refuse(InvalidInput, world.secretary, project, Move::Decline, &[]);
    let child = noted(vec![field(Field::TitleZh, "第2部分")]);
    refused.refuse(NotInPlan, world.officer, project, Move::Split, &child);
    let party = noted(vec![field(Field::PartyAuthority, world.authority)]);
    refused.refuse(NotJoint, world.officer, project, Move::DropParty, &party);
    refused.refuse(AdjustmentMissing, world.officer, project, Move::Change, &note());
    refused.refuse(NotOverdue, Actor::System, project, Move::Lapse, &[]);
    refused.refuse(ConsentMissing, world.secretary, project, Move::Withdraw, &note());
    world.take(world.officer, project, Move::DeclareEmergency, &note()).unwrap();
    refused.refuse(AlreadyEmergency, world.officer, project, Move::DeclareEmergency, &note());
    world.walk(project, Stage::Screening);
    refused.refuse(DocumentsMissing, world.secretary, project, Move::TakeUp, &[]);
    world.take(world.secretary, project, Move::Decline, &note()).unwrap();
    let late = Request {
        project,
        kind: AdjustmentKind::Change,
        reason: "改名".into(),
        wanted: "新名".into(),
    };
    refused.other(ProjectEnded, world.act(request, world.secretary, &late));
}

fn application(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::Taken);
    refused.refuse(ProposalNotVoted, world.secretary, project, Move::Apply, &[]);
    let open = |purpose| Start {
        project,
        purpose,
        form: BallotForm::Correspondence,
        closes_on: world.today() + Days::new(5),
        question: String::new(),
    };
    refused.other(
        BallotNotHere,
        world.act(start, world.secretary, &open(BallotPurpose::Reexamination)),
    );
    voted(world, project, BallotPurpose::Proposal, Choice::No);
    refused.refuse(ProposalNotPassed, world.secretary, project, Move::Apply, &[]);
    let again = Start { closes_on: world.today() + Days::new(9), ..open(BallotPurpose::Proposal) };
    world.act(start, world.secretary, &again).unwrap();
    refused.other(BallotRunning, world.act(start, world.secretary, &again));
    let committee = world.committee;
    world
        .write(move |tx| {
            let mut row = register::committee(tx.conn(), committee)?.unwrap();
            row.term_end = Some(tx.today() - Months::new(13));
            Ok(register::save_committee(tx.conn(), &mut row)?)
        })
        .unwrap();
    refused.refuse(TermEnded, world.secretary, project, Move::Apply, &[]);
}

fn publicity(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::Assessment);
    alter(world, project, |row| row.openness = Openness::Placeholder);
    refused.refuse(SecretProject, world.officer, project, Move::Publicise, &[]);
    alter(world, project, |row| row.openness = Openness::Open);
    world.walk(project, Stage::Publicity);
    let enter = [
        field(Field::PlanDocument, "计量函〔2026〕2号"),
        field(Field::ProjectNumber, "MTC3-2026-77"),
        field(Field::PlanOn, world.today()),
    ];
    refused.refuse(PublicityRunning, world.officer, project, Move::IncludeInPlan, &enter);
    let objection = Object {
        project,
        name: "某使用单位·演示".into(),
        contact: "objector@demo.example".into(),
        unit: String::new(),
        text: "名称与现行国家标准不一致。".into(),
    };
    world.act(object, Actor::Public, &objection).unwrap();
    world.later(TimeDelta::days(40));
    refused.refuse(ObjectionsOpen, world.officer, project, Move::IncludeInPlan, &enter);
    world.take(world.officer, project, Move::RefuseApplication, &note()).unwrap();
    refused.refuse(NotWithdrawn, world.officer, project, Move::Reopen, &note());
}

fn plan_and_extension(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::Planned);
    name(world, project, world.drafter, ProjectRole::LeadDrafter, false);
    refused.refuse(DraftersMissing, world.secretary, project, Move::StartDrafting, &[]);
    name(world, project, world.drafter, ProjectRole::LeadDrafter, true);
    refused.refuse(NotAdoption, world.secretary, project, Move::FastTrackAdoption, &note());
    let due = world.project(project).due_on.unwrap();
    let until = |months| noted(vec![field(Field::DueOn, due + Months::new(months))]);
    ask_for(world, project, AdjustmentKind::Extension);
    refused.refuse(ExtensionTooLong, world.officer, project, Move::Extend, &until(13));
    world.take(world.officer, project, Move::Extend, &until(2)).unwrap();
    ask_for(world, project, AdjustmentKind::Extension);
    refused.refuse(ExtensionsUsedUp, world.officer, project, Move::Extend, &until(4));

    let late = world.project_at(Stage::Planned);
    let due = world.project(late).due_on.unwrap();
    world.at(quanheng_domain::deadline::start_of(due - Days::new(5)));
    ask_for(world, late, AdjustmentKind::Extension);
    let longer = noted(vec![field(Field::DueOn, due + Months::new(2))]);
    refused.refuse(ExtensionTooLate, world.officer, late, Move::Extend, &longer);
    world.at(quanheng_domain::deadline::end_of(due));
    refused.refuse(LapseNotAutomatic, world.officer, late, Move::Lapse, &[]);
}

fn name(world: &World, project: ProjectId, person: PersonId, role: ProjectRole, named: bool) {
    let command = NamePerson { project, person, role, named };
    world.act(name_person, world.secretary, &command).unwrap();
}

fn drafters(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::Planned);
    name(world, project, world.outsider, ProjectRole::Drafter, true);
    refused.refuse(TooManyDrafters, world.secretary, project, Move::StartDrafting, &[]);
    alter(world, project, |row| row.kind = ProjectKind::Revise);
    refused.refuse(FastTrackClosed, world.officer, project, Move::FastTrackRevision, &note());
}

fn few_recipients(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::DraftAccepted);
    let closes = [field(Field::ClosesOn, weekday(world, 75))];
    refused.refuse(TooFewRecipients, world.secretary, project, Move::OpenComments, &closes);
}

fn comments(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::DraftAccepted);
    let soon = [field(Field::ClosesOn, weekday(world, 3))];
    refused.refuse(RoundTooShort, world.secretary, project, Move::OpenComments, &soon);
    let draft = world.read(|conn| documents::newest(conn, project, DocumentKind::CommentDraft));
    let (secretary, ordinal) = (world.actor(world.secretary), draft.unwrap().ordinal);
    world.write(move |tx| document::withdraw(tx, &secretary, project, ordinal)).unwrap();
    refused.refuse(DraftMissing, world.secretary, project, Move::OpenComments, &soon);
    world.document(project, DocumentKind::CommentDraft);
    world.walk(project, Stage::Commenting);
    refused.refuse(RoundStillOpen, Actor::System, project, Move::CloseComments, &[]);
    let earlier = noted(soon.to_vec());
    refused.refuse(NotLater, world.secretary, project, Move::ExtendComments, &earlier);
    let frozen = world.read(|conn| documents::newest(conn, project, DocumentKind::CommentDraft));
    let (secretary, ordinal) = (world.actor(world.secretary), frozen.unwrap().ordinal);
    let answer = world.write(move |tx| document::withdraw(tx, &secretary, project, ordinal));
    refused.other(DocumentFrozen, answer);
}

fn release(form: &str, on: impl ToString) -> Fields {
    vec![field(Field::ReviewForm, form), field(Field::ReviewOn, on)]
}

fn papers(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::ReviewSubmitted);
    let (secretary, key) = (world.secretary, Move::ReleasePapers);
    consents(world, project);
    let far = world.today() + Months::new(4);
    refused.refuse(ReviewFormRefused, secretary, project, key, &release("correspondence", far));
    let soon = weekday(world, 5);
    refused.refuse(LeadTooShort, secretary, project, key, &release("meeting", soon));
    world.walk(project, Stage::PapersReleased);
    let open = [field(Field::BallotClosesOn, weekday(world, 3))];
    refused.refuse(LeadRunning, secretary, project, Move::OpenReview, &open);
    let over = [field(Field::BallotClosesOn, world.today() - TimeDelta::days(1))];
    refused.refuse(InvalidInput, secretary, project, Move::OpenReview, &over);
    world.walk(project, Stage::Reviewing);
    refused.refuse(BallotStillOpen, secretary, project, Move::CountVotes, &[]);
}

fn nobody_votes(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::PapersReleased);
    world.later(TimeDelta::days(45));
    for voter in world.voters() {
        world.unseat(voter);
    }
    let open = [field(Field::BallotClosesOn, weekday(world, 3))];
    refused.refuse(NoVoters, world.secretary, project, Move::OpenReview, &open);
}

fn passed_review(refused: &mut Refused<'_>) {
    let world = refused.world;
    let project = world.project_at(Stage::VotesCounted);
    refused.refuse(ReviewNotFailed, world.secretary, project, Move::FailReview, &note());
    refused.refuse(ReviewWasValid, world.secretary, project, Move::Reconvene, &note());
    refused.refuse(NotSigned, world.secretary, project, Move::PassReview, &[]);
}

fn failed_reviews(refused: &mut Refused<'_>) {
    let world = refused.world;
    let secretary = world.secretary;
    let project = world.project_at(Stage::Reviewing);
    reviewed(world, project, Some(Choice::No));
    refused.refuse(ReviewNotPassed, secretary, project, Move::PassReview, &[]);
    refused.refuse(FailuresLeft, secretary, project, Move::EndAfterFailure, &note());
    world.take(secretary, project, Move::FailReview, &note()).unwrap();
    world.take_with_papers(world.drafter, project, Move::ResubmitForReview, &note());
    world.walk(project, Stage::Reviewing);
    reviewed(world, project, Some(Choice::No));
    refused.refuse(FailuresUsedUp, secretary, project, Move::FailReview, &note());
}

fn authority(refused: &mut Refused<'_>) {
    let world = refused.world;
    let officer = world.officer;
    let edition = world.edition();
    let project = world.project_at(Stage::DossierCheck);
    // The edition is in force by now.
    world.later(TimeDelta::days(90));
    let document = [field(Field::ApprovalDocument, "计量批〔2028〕1号")];
    refused.refuse(NoPartyPending, officer, project, Move::ApproveAsParty, &document);
    let taken = world
        .write(move |tx| {
            let mut row = specifications::find(tx.conn(), edition)?.unwrap();
            row.category = Category::VerificationRegulation;
            assert!(specifications::save(tx.conn(), &mut row)?);
            Ok(row.number)
        })
        .unwrap();
    alter(world, project, |row| {
        (row.level, row.category) = (Level::Provincial, Category::VerificationRegulation);
    });
    refused.refuse(HigherTextExists, officer, project, Move::Approve, &document);
    alter(world, project, |row| {
        (row.level, row.category) = (Level::National, Category::CalibrationSpecification);
    });
    let (_, party) = join(world, project, "JS-T");
    refused.refuse(PartiesPending, officer, project, Move::Approve, &document);
    world.take(party, project, Move::ApproveAsParty, &document).unwrap();
    world.walk(project, Stage::Approved);
    let number = [field(Field::SpecificationNumber, taken)];
    refused.refuse(NumberTaken, officer, project, Move::AssignNumber, &number);
    let free = [field(Field::SpecificationNumber, "JJF 3999-2027")];
    world.take_with_papers(officer, project, Move::AssignNumber, &free);
    let publish = |issued: chrono::NaiveDate, force: chrono::NaiveDate| {
        [
            field(Field::Announcement, "2028年第3号"),
            field(Field::IssuedOn, issued),
            field(Field::EffectiveOn, force),
        ]
    };
    let today = world.today();
    let backwards = publish(today, today - Days::new(1));
    refused.refuse(DatesOutOfOrder, officer, project, Move::Publish, &backwards);
    let at_once = publish(today, today + Days::new(1));
    refused.refuse(ForceTooSoon, officer, project, Move::Publish, &at_once);
}

fn amendment(refused: &mut Refused<'_>) {
    let world = refused.world;
    let edition = world.edition();
    let project = world.suggested(ProjectKind::Amendment, Some(edition));
    // The papers of a slip are its own list, and the draft of the slip is put to comment all the same.
    world.document(project, DocumentKind::CommentDraft);
    world.walk(project, Stage::Approved);
    let today = world.today();
    let fields = [
        field(Field::Announcement, "2028年第4号"),
        field(Field::IssuedOn, today),
        field(Field::EffectiveOn, today),
    ];
    refused.refuse(AmendmentsUsedUp, world.officer, project, Move::Publish, &fields);
}

fn reexamination(refused: &mut Refused<'_>) {
    let world = refused.world;
    let edition = world.edition();
    let project = world.suggested(ProjectKind::Reexamination, Some(edition));
    let result = noted(vec![field(Field::ReexaminationResult, "confirmed")]);
    let conclude = Move::ConcludeReexamination;
    refused.refuse(ReexaminationNotVoted, world.secretary, project, conclude, &result);
    let abolished = examined(world, edition, "abolish");
    refused.refuse(OtherResult, world.officer, abolished, Move::Confirm, &[]);
    world.take(world.officer, abolished, Move::ProposeAbolition, &[]).unwrap();
    world.take(world.officer, abolished, Move::OpenAbolition, &note()).unwrap();
    let abolish = noted(vec![
        field(Field::Announcement, "2028年第5号"),
        field(Field::EffectiveOn, weekday(world, 90)),
    ]);
    refused.refuse(AbolitionStillOpen, world.officer, abolished, Move::Abolish, &abolish);
    world.tick();
}
