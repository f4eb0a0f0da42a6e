//! The main line, step by step: every move with its papers, people, votes and waiting times.

use anyhow::{Context, anyhow, bail};
use chrono::{Datelike, Days, Months};
use quanheng_actions::{
    ActionError,
    document::{self, Upload},
    project::{Advance, advance, consent},
};
use quanheng_db::{
    documents,
    projects::{self, ProjectRow},
};
use quanheng_domain::{
    ballot::BallotPurpose,
    deadline,
    document::DocumentKind,
    ids::{PersonId, ProjectId},
    lifecycle::{DeadlineKind, Field, Input, Move},
    people::Actor,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{
    morning, papers,
    world::{Seats, World},
};

/// The main line with the days that a project usually stays at each stage, waiting times included.
pub const LINE: [(Stage, u64); 24] = [
    (Stage::Suggested, 6),
    (Stage::Screening, 9),
    (Stage::Taken, 10),
    (Stage::Applied, 8),
    (Stage::Assessment, 10),
    (Stage::Publicity, 34),
    (Stage::Planned, 12),
    (Stage::DraftingStarted, 10),
    (Stage::Drafting, 120),
    (Stage::DraftSubmitted, 6),
    (Stage::DraftAccepted, 4),
    (Stage::Commenting, 66),
    (Stage::CommentsClosed, 25),
    (Stage::CommentsTreated, 7),
    (Stage::ReviewSubmitted, 5),
    (Stage::PapersReleased, 50),
    (Stage::Reviewing, 6),
    (Stage::VotesCounted, 3),
    (Stage::ReviewPassed, 12),
    (Stage::DossierReceived, 5),
    (Stage::DossierCheck, 20),
    (Stage::Approved, 4),
    (Stage::Numbered, 4),
    (Stage::Published, 0),
];

/// A project on its way.
pub struct Walk<'w> {
    /// The world.
    pub world: &'w World,
    /// The committee.
    pub seats: &'w Seats,
    /// The project.
    pub project: ProjectId,
    /// Its place in the list of the demo, for numbers.
    pub place: usize,
    /// How many say no in the review.
    pub against: usize,
}

impl Walk<'_> {
    /// The row of the project.
    pub fn row(&self) -> anyhow::Result<ProjectRow> {
        let id = self.project;
        let found = self.world.read(|conn| Ok(projects::find(conn, id)?))?;
        found.context("a project that was suggested")
    }

    /// Walks on until the project stands at a stage of the main line, reached so many days before the end if the rules leave time.
    pub fn to(&self, target: Stage, days: u64) -> anyhow::Result<()> {
        for _ in 0..LINE.len() {
            let at = self.row()?.stage;
            if at == target {
                return Ok(());
            }
            if let Some(lead) = lead_before(at, target) {
                let end = deadline::day_of(self.world.end);
                let day = end.checked_sub_days(Days::new(days + lead)).context("the calendar")?;
                self.world.run_until(morning(self.world.working_day_before(day)?))?;
            }
            self.step(at).with_context(|| format!("from {at}"))?;
        }
        bail!("the main line does not lead to {target}")
    }

    /// Takes a move; papers that it asks for are entered first.
    pub fn take(&self, who: PersonId, key: Move, fields: &[(Field, String)]) -> anyhow::Result<()> {
        self.world.minutes_later(7);
        let actor = self.world.actor(who)?;
        let mut done = self.advance(&actor, key, fields);
        if let Err(ActionError::Refused(refusal)) = &done
            && refusal.code == RefusalCode::DocumentsMissing
        {
            let missing = refusal.facts.get("missing").cloned().unwrap_or_default();
            for kind in missing.split(',') {
                let kind = kind.parse().map_err(|_| anyhow!("{kind}: no kind of document"))?;
                self.enter(&actor, kind)?;
            }
            self.world.minutes_later(5);
            done = self.advance(&actor, key, fields);
        }
        done.map_err(|error| anyhow!("{key}: {error:?}"))
    }

    fn advance(
        &self,
        actor: &Actor,
        key: Move,
        fields: &[(Field, String)],
    ) -> Result<(), ActionError> {
        let input = Input(fields.iter().cloned().collect());
        let command = Advance { project: self.project, key, input, if_version: None };
        let actor = actor.clone();
        self.world.write(move |tx| advance(tx, &actor, &command)).map(drop)
    }

    /// Enters a paper.
    pub fn enter(&self, actor: &Actor, kind: DocumentKind) -> anyhow::Result<()> {
        let row = self.row()?;
        let id = self.project;
        let all = self.world.read(|conn| Ok(documents::of_project(conn, id)?))?;
        let revision = all.iter().filter(|row| row.kind == kind).count() + 1;
        let (file_name, text) = papers::paper(kind, row.category, &row.title_zh, revision);
        let (sha256, size) = self.world.keep(text.as_bytes())?;
        let upload = Upload {
            project: id,
            kind,
            title: String::new(),
            file_name,
            media_type: "text/plain".to_owned(),
            size,
            sha256,
            note: "演示材料".to_owned(),
        };
        let actor = actor.clone();
        self.world
            .write(move |tx| document::upload(tx, &actor, &upload))
            .map_err(|error| anyhow!("{kind}: {error:?}"))?;
        Ok(())
    }

    /// Consent of these people to what comes next.
    pub fn consents(&self, people: &[PersonId]) -> anyhow::Result<()> {
        for person in people {
            let actor = self.world.actor(*person)?;
            let command =
                consent::Consent { project: self.project, agreed: true, note: String::new() };
            self.world.write(move |tx| consent::consent(tx, &actor, &command))?;
        }
        Ok(())
    }

    fn step(&self, at: Stage) -> anyhow::Result<()> {
        match at {
            Stage::Suggested
            | Stage::Screening
            | Stage::Taken
            | Stage::Applied
            | Stage::Assessment
            | Stage::Publicity => self.proposal(at),
            Stage::Planned
            | Stage::DraftingStarted
            | Stage::Drafting
            | Stage::DraftSubmitted
            | Stage::DraftAccepted => self.drafting(at),
            Stage::Commenting | Stage::CommentsClosed | Stage::CommentsTreated => self.comments(at),
            Stage::ReviewSubmitted
            | Stage::PapersReleased
            | Stage::Reviewing
            | Stage::VotesCounted => self.review(at),
            _ => self.approval(at),
        }
    }

    fn proposal(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, officer) =
            (self.world, self.seats.secretary, self.world.outside()?.officer);
        match at {
            Stage::Suggested => {
                world.days_later(5)?;
                self.take(secretary, Move::Screen, &[])
            }
            Stage::Screening => {
                world.days_later(8)?;
                self.take(secretary, Move::TakeUp, &[])
            }
            Stage::Taken => {
                let purpose = BallotPurpose::Proposal;
                let ballot = world.start_ballot(self.seats, self.project, purpose, 7)?;
                world.vote(ballot, &self.seats.voters(), 0)?;
                world.run_until(world.latest_ballot(self.project, purpose)?.closes_at)?;
                world.days_later(1)?;
                self.take(secretary, Move::Apply, &[])
            }
            Stage::Applied => {
                world.days_later(7)?;
                self.take(officer, Move::Assess, &[])
            }
            Stage::Assessment => {
                world.days_later(9)?;
                self.take(officer, Move::Publicise, &[])
            }
            _ => {
                world.await_term(self.project.cast(), DeadlineKind::PublicityEnd)?;
                let today = world.today();
                let (year, place) = (today.year(), self.place);
                let fields = [
                    (Field::PlanDocument, format!("演示计划〔{year}〕{place}号")),
                    (Field::ProjectNumber, format!("{}-{year}-{place:03}", self.seats.code)),
                    (Field::PlanOn, today.to_string()),
                ];
                self.take(officer, Move::IncludeInPlan, &fields)
            }
        }
    }

    fn drafting(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, drafter) =
            (self.world, self.seats.secretary, self.world.outside()?.drafter);
        match at {
            Stage::Planned => {
                world.days_later(11)?;
                self.take(secretary, Move::StartDrafting, &[])
            }
            Stage::DraftingStarted => {
                world.days_later(9)?;
                self.take(drafter, Move::BeginDraft, &[])
            }
            Stage::Drafting => {
                world.days_later(60)?;
                let note = "试验工作按计划进行,讨论稿已完成。(演示)";
                self.take(drafter, Move::ReportProgress, &[(Field::Note, note.to_owned())])?;
                world.days_later(58)?;
                self.take(drafter, Move::SubmitDraft, &[])
            }
            Stage::DraftSubmitted => {
                world.days_later(5)?;
                self.take(secretary, Move::AcceptDraft, &[])
            }
            _ => {
                world.days_later(2)?;
                world.ask_outside(self.seats, self.project)?;
                let closes = world.working_day(world.today() + Days::new(62))?;
                self.take(secretary, Move::OpenComments, &[(Field::ClosesOn, closes.to_string())])
            }
        }
    }

    fn comments(&self, at: Stage) -> anyhow::Result<()> {
        let (world, drafter) = (self.world, self.world.outside()?.drafter);
        match at {
            Stage::Commenting => {
                world.days_later(20)?;
                let people = [self.seats.members[0], self.seats.members[1], world.outside()?.clerk];
                world.comment(self.project, &people)?;
                world.run_until(world.round(self.project)?.closes_at)
            }
            Stage::CommentsClosed => {
                world.days_later(22)?;
                world.settle(drafter, self.project, usize::MAX)?;
                self.take(drafter, Move::FinishDisposition, &[])
            }
            _ => {
                world.days_later(5)?;
                self.take(drafter, Move::SubmitForReview, &[])
            }
        }
    }

    fn review(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary) = (self.world, self.seats.secretary);
        match at {
            Stage::ReviewSubmitted => {
                world.days_later(3)?;
                self.consents(&[self.seats.chair, self.seats.vice])?;
                let day = world.working_day(world.today() + Months::new(1) + Days::new(12))?;
                let fields = [
                    (Field::ReviewForm, "meeting".to_owned()),
                    (Field::ReviewOn, day.to_string()),
                    (Field::Place, "演示会议室".to_owned()),
                ];
                self.take(secretary, Move::ReleasePapers, &fields)
            }
            Stage::PapersReleased => {
                world.await_term(self.project.cast(), DeadlineKind::PapersLead)?;
                let closes = world.working_day(world.today() + Days::new(3))?;
                let fields = [(Field::BallotClosesOn, closes.to_string())];
                self.take(secretary, Move::OpenReview, &fields)
            }
            Stage::Reviewing => {
                let ballot = world.latest_ballot(self.project, BallotPurpose::Review)?;
                world.vote(ballot.id, &self.seats.voters(), self.against)?;
                world.run_until(ballot.closes_at)
            }
            _ => {
                world.days_later(2)?;
                world.sign_review(self.seats, self.project, true)?;
                self.take(secretary, Move::PassReview, &[])
            }
        }
    }

    fn approval(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, officer) =
            (self.world, self.seats.secretary, self.world.outside()?.officer);
        let (year, place) = (world.today().year(), self.place);
        match at {
            Stage::ReviewPassed => {
                world.days_later(11)?;
                self.take(secretary, Move::SubmitDossier, &[])
            }
            Stage::DossierReceived => {
                world.days_later(4)?;
                self.take(officer, Move::CheckDossier, &[])
            }
            Stage::DossierCheck => {
                world.days_later(18)?;
                let document = (Field::ApprovalDocument, format!("演示批〔{year}〕{place}号"));
                self.take(officer, Move::Approve, &[document])
            }
            Stage::Approved => {
                world.days_later(3)?;
                // The running numbers of real texts have four digits and do not begin with 9.
                let number = (Field::SpecificationNumber, format!("JJF {}-{year}", 9_000 + place));
                self.take(officer, Move::AssignNumber, &[number])
            }
            Stage::Numbered => {
                world.days_later(3)?;
                let today = world.today();
                let fields = [
                    (Field::Announcement, format!("演示公告{}年第{place}号", today.year())),
                    (Field::IssuedOn, today.to_string()),
                    (Field::EffectiveOn, (today + Months::new(6)).to_string()),
                ];
                self.take(officer, Move::Publish, &fields)
            }
            other => bail!("the main line does not lead on from {other}"),
        }
    }
}

/// Days between the end of the wait and the arrival at the target, at the stage where the walk waits for the right day.
fn lead_before(at: Stage, target: Stage) -> Option<u64> {
    let place = |stage| LINE.iter().position(|(other, _)| *other == stage);
    let (here, there) = (place(at)?, place(target)?);
    // The clock itself leads on from a running round or ballot, so that the waiting is done before it opens.
    let by_clock = |index: usize| matches!(LINE[index].0, Stage::Commenting | Stage::Reviewing);
    // From these two the walk leads on as soon as a term has ended, from the others after some days.
    let own = match at {
        Stage::Publicity | Stage::PapersReleased => 0,
        _ => LINE[here].1,
    };
    if here + 1 == there && !by_clock(here) {
        return Some(own);
    }
    (here + 2 == there && by_clock(here + 1)).then(|| own + LINE[here + 1].1)
}

/// Days from the suggestion to the arrival at a stage.
pub fn days_to(target: Stage) -> u64 {
    LINE.iter().take_while(|(stage, _)| *stage != target).map(|(_, days)| days).sum()
}
