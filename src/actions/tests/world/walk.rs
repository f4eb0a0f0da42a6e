//! Projects walked to a stage by the real moves, with the papers, people and votes that each asks for.

use chrono::{Days, Months, NaiveDate, TimeDelta};
use quanheng_actions::{
    ActionError, ballot,
    project::{
        Advance, Advanced, Suggest, Suggested, advance, details::AskedUnit, details::Details,
        suggest, units,
    },
};
use quanheng_db::{
    ballots::{self, VoteRow},
    documents::{self, DocumentRow},
    projects::{self, ConsentRow, ProjectRow},
    rounds,
};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    document::DocumentKind,
    ids::{BallotId, DocumentId, PersonId, ProjectId, RoundId, SpecificationId},
    lifecycle::{Adoption, Field, Input, Move, Openness, ProjectKind},
    people::{Actor, ProjectRole, Role},
    records::{Choice, Origin, Visibility, VoteChannel},
    refusal::RefusalCode,
    rules::RecipientClass,
    specification::{Category, Level},
    stage::Stage,
};

use super::{Who, World};

impl World {
    /// A new suggestion of a calibration specification, with the committee's drafter named as lead drafter.
    pub fn suggestion(&self) -> ProjectId {
        self.suggested(ProjectKind::Make, None)
    }

    /// A new project of a kind; all but new texts name an edition.
    pub fn suggested(
        &self,
        kind: ProjectKind,
        specification: Option<SpecificationId>,
    ) -> ProjectId {
        let command = Suggest {
            kind,
            category: Category::CalibrationSpecification,
            level: Level::National,
            authority: None,
            committee: Some(self.committee),
            title_zh: "科里奥利质量流量计校准规范".into(),
            title_en: "Calibration Specification of Coriolis Mass Flow Meters".into(),
            openness: Openness::Open,
            adoption: Adoption::None,
            livelihood: false,
            specification,
            details: Details {
                need: "现行规范不适用".into(),
                scope: "质量流量计的校准".into(),
                ..Details::default()
            },
            origin: Origin::Proposed,
        };
        let Suggested { project, .. } = self.act(suggest, self.outsider, &command).unwrap();
        let named = units::NamePerson {
            project,
            person: self.drafter,
            role: ProjectRole::LeadDrafter,
            named: true,
        };
        self.act(units::name_person, self.secretary, &named).unwrap();
        project
    }

    /// A new project that stands at the stage; the clock has moved on as far as the rules asked.
    pub fn project_at(&self, stage: Stage) -> ProjectId {
        let project = self.suggestion();
        self.walk(project, stage);
        project
    }

    /// Walks a project on along the main line until it stands at the stage.
    pub fn walk(&self, project: ProjectId, stage: Stage) {
        for _ in 0..40 {
            let at = self.project(project).stage;
            if at == stage {
                return;
            }
            self.step(project, at);
        }
        panic!("the main line does not lead to {stage}");
    }

    /// An edition that was published the whole way, to be examined again or abolished.
    pub fn edition(&self) -> SpecificationId {
        self.project(self.project_at(Stage::Published)).specification_id.unwrap()
    }

    /// The row of a project.
    pub fn project(&self, id: ProjectId) -> ProjectRow {
        self.read(|conn| projects::find(conn, id)).unwrap()
    }

    /// The latest round of a project.
    pub fn round(&self, project: ProjectId) -> RoundId {
        self.read(|conn| rounds::latest_of(conn, project)).unwrap().id
    }

    /// The latest ballot of a purpose of a project.
    pub fn ballot(&self, project: ProjectId, purpose: BallotPurpose) -> BallotId {
        self.read(|conn| ballots::latest_of(conn, project, purpose)).unwrap().id
    }

    /// Takes a move.
    pub fn take(
        &self,
        who: impl Who,
        project: ProjectId,
        key: Move,
        fields: &[(Field, String)],
    ) -> Result<Advanced, ActionError> {
        let input = Input(fields.iter().cloned().collect());
        self.act(advance, who, &Advance { project, key, input, if_version: None })
    }

    /// Takes a move and enters every document that it asks for.
    pub fn take_with_papers(
        &self,
        who: impl Who,
        project: ProjectId,
        key: Move,
        fields: &[(Field, String)],
    ) -> Advanced {
        let actor = who.actor(self);
        loop {
            match self.take(actor.clone(), project, key, fields) {
                Err(ActionError::Refused(refusal))
                    if refusal.code == RefusalCode::DocumentsMissing =>
                {
                    for kind in refusal.facts["missing"].split(',') {
                        self.document(project, kind.parse().unwrap());
                    }
                }
                other => break other.unwrap_or_else(|error| panic!("{key}: {error:?}")),
            }
        }
    }

    /// Enters a document of a kind, whose bytes nobody asks for.
    pub fn document(&self, project: ProjectId, kind: DocumentKind) -> DocumentId {
        let (id, now) = (self.id(), self.now());
        self.write(move |tx| {
            let all = documents::of_project(tx.conn(), project)?;
            let revision = all
                .iter()
                .filter(|row| row.kind == kind)
                .map(|row| row.revision)
                .max()
                .unwrap_or(0)
                + 1;
            let row = DocumentRow {
                id,
                project_id: project,
                ordinal: all.iter().map(|row| row.ordinal).max().unwrap_or(0) + 1,
                kind,
                revision,
                title: format!("{kind} {revision}"),
                file_name: format!("{kind}-{revision}.pdf"),
                media_type: "application/pdf".into(),
                size: 1_000,
                sha256: format!("{:0>64}", id.uuid().simple()),
                visibility: Visibility::Committee,
                uploaded_by: None,
                uploaded_at: now,
                frozen_at: None,
                withdrawn_at: None,
                note: String::new(),
            };
            Ok(documents::insert(tx.conn(), &row)?)
        })
        .unwrap();
        id
    }

    /// Consent of the chair and both vice-chairs for the present stage.
    pub fn consents(&self, project: ProjectId) {
        let (since, at) = (self.project(project).stage_since, self.now());
        let people = [
            (self.chair, Role::Chair),
            (self.vices[0], Role::ViceChair),
            (self.vices[1], Role::ViceChair),
        ];
        self.write(move |tx| {
            for (person_id, role) in people {
                let row = ConsentRow {
                    project_id: project,
                    person_id,
                    stage_since: since,
                    role,
                    agreed: true,
                    note: String::new(),
                    at,
                };
                projects::put_consent(tx.conn(), &row)?;
            }
            Ok(())
        })
        .unwrap();
    }

    /// Opens the vote on the application.
    pub fn open_proposal_ballot(&self, project: ProjectId, closes_on: NaiveDate) -> BallotId {
        let committee = self.committee;
        self.write(move |tx| {
            let now = tx.now();
            let loaded = quanheng_actions::project::load(tx.conn(), project, now)?;
            let new = ballot::open::NewBallot {
                committee,
                purpose: BallotPurpose::Proposal,
                form: BallotForm::Correspondence,
                question: loaded.row.title_zh.clone(),
                closes_at: quanheng_domain::deadline::end_of(closes_on),
                secret: false,
            };
            let row = loaded.row.clone();
            ballot::open::of_project(tx, &loaded, &row, &new)
        })
        .unwrap()
    }

    /// Lets these people be present and vote.
    pub fn vote_all(&self, id: BallotId, people: &[PersonId], choice: Choice) {
        let people = people.to_vec();
        self.write(move |tx| {
            let now = tx.now();
            for mut line in ballots::roll_of(tx.conn(), id)? {
                if !people.contains(&line.person_id) || !line.may_vote {
                    continue;
                }
                line.present = true;
                line.present_at = Some(now);
                ballots::save_roll(tx.conn(), &line)?;
                let vote = VoteRow {
                    id: tx.id(),
                    ballot_id: id,
                    person_id: line.person_id,
                    ordinal: 1,
                    choice,
                    reason: String::new(),
                    remark: String::new(),
                    cast_at: now,
                    cast_by: line.person_id,
                    channel: VoteChannel::Online,
                    source: String::new(),
                    scan_id: None,
                    confirmed_by: None,
                    confirmed_at: None,
                };
                ballots::add_vote(tx.conn(), &vote)?;
            }
            Ok(())
        })
        .unwrap();
    }

    /// Closes a ballot that is not a review, at its instant.
    pub fn close_ballot(&self, id: BallotId) {
        let row = self.read(|conn| ballots::find(conn, id)).unwrap();
        self.at(row.closes_at);
        self.write(move |tx| ballot::close::close(tx, row.clone())).unwrap();
    }

    /// Signs the conclusion of a ballot as the chair.
    pub fn sign(&self, id: BallotId) {
        let (chair, at) = (self.chair, self.now());
        self.write(move |tx| {
            let mut row = ballots::find(tx.conn(), id)?.unwrap();
            row.conclusion = "通过审定。".into();
            row.signed_by = Some(chair);
            row.signed_at = Some(at);
            Ok(ballots::save(tx.conn(), &mut row)?)
        })
        .unwrap();
    }

    /// Units outside the committee that will be asked to comment.
    pub fn asked_units(&self, project: ProjectId, count: usize) {
        self.write(move |tx| {
            let mut row = projects::find(tx.conn(), project)?.unwrap();
            let mut details = Details::read(&row.details)?;
            details.asked = (1..=count)
                .map(|n| AskedUnit {
                    name: format!("使用单位{n:02}·演示"),
                    class: RecipientClass::User,
                    address: format!("unit-{n:02}@demo.example"),
                })
                .collect();
            row.details = details.write()?;
            Ok(projects::save(tx.conn(), &mut row)?)
        })
        .unwrap();
    }

    /// One step of the main line from a stage.
    fn step(&self, project: ProjectId, at: Stage) {
        use Field::{
            Announcement, ApprovalDocument, BallotClosesOn, ClosesOn, EffectiveOn, IssuedOn,
            PlanDocument, PlanOn, ProjectNumber, ReviewForm, ReviewOn, SpecificationNumber,
        };
        let (secretary, officer, drafter) = (self.secretary, self.officer, self.drafter);
        let today = self.today();
        let text = |field: Field, value: &str| (field, value.to_owned());
        let day = |field: Field, value: NaiveDate| (field, value.to_string());
        match at {
            Stage::Suggested => {
                self.take_with_papers(secretary, project, Move::Screen, &[]);
            }
            Stage::Screening => {
                self.take_with_papers(secretary, project, Move::TakeUp, &[]);
            }
            Stage::Taken => {
                let ballot = self.open_proposal_ballot(project, today + Days::new(7));
                self.vote_all(ballot, &self.voters(), Choice::Yes);
                self.close_ballot(ballot);
                self.take_with_papers(secretary, project, Move::Apply, &[]);
            }
            Stage::Applied => {
                self.take_with_papers(officer, project, Move::Assess, &[]);
            }
            Stage::Assessment => {
                self.take_with_papers(officer, project, Move::Publicise, &[]);
            }
            Stage::Publicity => {
                self.later(TimeDelta::days(40));
                let fields = [
                    text(PlanDocument, "计量函〔2026〕1号"),
                    text(ProjectNumber, &project.to_string()[19..]),
                    day(PlanOn, self.today()),
                ];
                self.take_with_papers(officer, project, Move::IncludeInPlan, &fields);
            }
            Stage::Planned => {
                self.take_with_papers(secretary, project, Move::StartDrafting, &[]);
            }
            Stage::DraftingStarted => {
                self.take_with_papers(drafter, project, Move::BeginDraft, &[]);
            }
            Stage::Drafting => {
                self.take_with_papers(drafter, project, Move::SubmitDraft, &[]);
            }
            Stage::DraftSubmitted => {
                self.take_with_papers(secretary, project, Move::AcceptDraft, &[]);
            }
            Stage::CommentsAgain | Stage::DraftAccepted => {
                self.asked_units(project, 6);
                let closes = working_day(today + Days::new(75));
                self.take_with_papers(
                    secretary,
                    project,
                    Move::OpenComments,
                    &[day(ClosesOn, closes)],
                );
            }
            Stage::Commenting => {
                let closes = self.read(|conn| rounds::latest_of(conn, project)).unwrap().closes_at;
                self.at(closes);
                self.take_with_papers(Actor::System, project, Move::CloseComments, &[]);
            }
            Stage::CommentsClosed => {
                self.take_with_papers(drafter, project, Move::FinishDisposition, &[]);
            }
            Stage::CommentsTreated => {
                self.take_with_papers(drafter, project, Move::SubmitForReview, &[]);
            }
            Stage::ReviewSubmitted => {
                self.consents(project);
                let fields = [text(ReviewForm, "meeting"), day(ReviewOn, today + Months::new(2))];
                self.take_with_papers(secretary, project, Move::ReleasePapers, &fields);
            }
            Stage::PapersReleased => {
                self.later(TimeDelta::days(45));
                let closes = working_day(self.today() + Days::new(3));
                self.take_with_papers(
                    secretary,
                    project,
                    Move::OpenReview,
                    &[day(BallotClosesOn, closes)],
                );
            }
            Stage::Reviewing => {
                let ballot = self.ballot(project, BallotPurpose::Review);
                self.vote_all(ballot, &self.voters(), Choice::Yes);
                let closes = self.read(|conn| ballots::find(conn, ballot)).unwrap().closes_at;
                self.at(closes);
                self.take_with_papers(secretary, project, Move::CountVotes, &[]);
            }
            Stage::VotesCounted => {
                self.sign(self.ballot(project, BallotPurpose::Review));
                self.take_with_papers(secretary, project, Move::PassReview, &[]);
            }
            Stage::ReviewPassed => {
                self.take_with_papers(secretary, project, Move::SubmitDossier, &[]);
            }
            Stage::DossierReceived => {
                self.take_with_papers(officer, project, Move::CheckDossier, &[]);
            }
            Stage::DossierCheck => {
                self.take_with_papers(
                    officer,
                    project,
                    Move::Approve,
                    &[text(ApprovalDocument, "计量批〔2027〕1号")],
                );
            }
            Stage::Approved => {
                let number = format!("JJF {}-{}", 3_000 + today_number(today), 2027);
                self.take_with_papers(
                    officer,
                    project,
                    Move::AssignNumber,
                    &[text(SpecificationNumber, &number)],
                );
            }
            Stage::Numbered => {
                let fields = [
                    text(Announcement, "2027年第1号"),
                    day(IssuedOn, today),
                    day(EffectiveOn, working_day(today + Months::new(7))),
                ];
                self.take_with_papers(officer, project, Move::Publish, &fields);
            }
            other => panic!("the main line does not lead on from {other}"),
        }
    }
}

fn today_number(today: NaiveDate) -> u32 {
    use chrono::Datelike;
    today.ordinal()
}

// Weekends are the only days off that the figures above can meet.
fn working_day(day: NaiveDate) -> NaiveDate {
    use chrono::{Datelike, Weekday};
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}
