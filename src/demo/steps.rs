//! The steps of the main line, stage by stage: who acts, after how many days, with which fields and votes.

use anyhow::bail;
use chrono::{Datelike, Days, Months, NaiveDate};
use quanheng_domain::{
    ballot::BallotPurpose,
    deadline,
    lifecycle::{DeadlineKind, Field, Move},
    stage::Stage,
};

use super::walk::Walk;

impl Walk<'_, '_> {
    /// Does what leads on from a stage.
    pub async fn step(&self, at: Stage) -> anyhow::Result<()> {
        match at {
            Stage::Suggested
            | Stage::Screening
            | Stage::Taken
            | Stage::Applied
            | Stage::Assessment
            | Stage::Publicity => self.proposal(at).await,
            Stage::Planned | Stage::DraftingStarted | Stage::Drafting | Stage::DraftSubmitted => {
                self.drafting(at).await
            }
            Stage::DraftAccepted
            | Stage::CommentsAgain
            | Stage::Commenting
            | Stage::CommentsClosed
            | Stage::CommentsTreated => self.comments(at).await,
            Stage::ReviewSubmitted
            | Stage::PapersReleased
            | Stage::Reviewing
            | Stage::VotesCounted => self.review(at).await,
            _ => self.approval(at).await,
        }
    }

    async fn proposal(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, officer) =
            (self.world, self.seats.secretary, self.world.outside()?.officer);
        match at {
            Stage::Suggested => {
                self.pause(at, 5).await?;
                self.take(secretary, Move::Screen, &[]).await
            }
            Stage::Screening => {
                self.pause(at, 8).await?;
                self.take(secretary, Move::TakeUp, &[]).await
            }
            Stage::Taken => {
                let purpose = BallotPurpose::Proposal;
                let ballot = world.start_ballot(&self.seats, self.project, purpose, 7)?;
                world.minutes_later(45).await;
                world.vote(ballot, &self.seats.voters(), 0)?;
                world.until(world.latest_ballot(self.project, purpose)?.closes_at).await;
                world.days_later(1).await?;
                self.take(secretary, Move::Apply, &[]).await
            }
            Stage::Applied => {
                self.pause(at, 7).await?;
                self.take(officer, Move::Assess, &[]).await
            }
            Stage::Assessment => {
                self.pause(at, 9).await?;
                self.take(officer, Move::Publicise, &[]).await
            }
            _ => self.plan().await,
        }
    }

    async fn plan(&self) -> anyhow::Result<()> {
        let world = self.world;
        world.await_term(self.project.cast(), DeadlineKind::PublicityEnd).await?;
        self.pause(Stage::Publicity, 0).await?;
        let today = world.today();
        let (year, place) = (today.year(), self.place);
        let document =
            self.course.plan.map_or_else(|| format!("演示计划〔{year}〕{place}号"), str::to_owned);
        let fields = [
            (Field::PlanDocument, document),
            (Field::ProjectNumber, format!("{}-{year}-{place:03}", self.seats.code)),
            (Field::PlanOn, today.to_string()),
        ];
        self.take(world.outside()?.officer, Move::IncludeInPlan, &fields).await
    }

    async fn drafting(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, drafter) =
            (self.world, self.seats.secretary, self.world.outside()?.drafter);
        match at {
            Stage::Planned => {
                self.pause(at, 11).await?;
                self.take(secretary, Move::StartDrafting, &[]).await
            }
            Stage::DraftingStarted => {
                self.pause(at, 9).await?;
                self.take(drafter, Move::BeginDraft, &[]).await
            }
            Stage::Drafting => {
                world.days_later(60).await?;
                let note = "试验工作按计划进行，讨论稿已完成。（演示）";
                let fields = [(Field::Note, note.to_owned())];
                self.take(drafter, Move::ReportProgress, &fields).await?;
                self.pause(at, 58).await?;
                self.take(drafter, Move::SubmitDraft, &[]).await
            }
            _ => {
                self.pause(at, 5).await?;
                self.take(secretary, Move::AcceptDraft, &[]).await
            }
        }
    }

    async fn comments(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary, drafter) =
            (self.world, self.seats.secretary, self.world.outside()?.drafter);
        match at {
            Stage::DraftAccepted => {
                self.pause(at, 2).await?;
                world.ask_outside(&self.seats, self.project)?;
                self.open_round(62).await
            }
            Stage::CommentsAgain => {
                match self.course.second_round {
                    Some(day) => world.until_day(day).await,
                    None => world.days_later(20).await?,
                }
                self.open_round(33).await
            }
            Stage::Commenting => {
                world.days_later(20).await?;
                let people = [self.seats.members[0], self.seats.members[1], world.outside()?.clerk];
                world.comment(self.project, &people)?;
                world.until(world.round(self.project)?.closes_at).await;
                Ok(())
            }
            Stage::CommentsClosed => {
                self.pause(at, 22).await?;
                world.settle(drafter, self.project, usize::MAX)?;
                world.minutes_later(30).await;
                if self.course.second_round.is_some() && world.round(self.project)?.ordinal == 1 {
                    let note = "修改较多，再次征求意见。（演示）";
                    let fields = [(Field::Note, note.to_owned())];
                    return self.take(secretary, Move::CommentAgain, &fields).await;
                }
                self.take(drafter, Move::FinishDisposition, &[]).await
            }
            _ => {
                self.pause(at, 5).await?;
                self.take(drafter, Move::SubmitForReview, &[]).await
            }
        }
    }

    async fn open_round(&self, days: u64) -> anyhow::Result<()> {
        let closes = self.world.working_day(self.world.today() + Days::new(days))?;
        let fields = [(Field::ClosesOn, closes.to_string())];
        self.take(self.seats.secretary, Move::OpenComments, &fields).await
    }

    async fn review(&self, at: Stage) -> anyhow::Result<()> {
        let (world, secretary) = (self.world, self.seats.secretary);
        match at {
            Stage::ReviewSubmitted => {
                self.pause(at, 3).await?;
                self.consents(&[self.seats.chair, self.seats.vice])?;
                let fields = [
                    (Field::ReviewForm, "meeting".to_owned()),
                    (Field::ReviewOn, self.review_day()?.to_string()),
                    (Field::Place, "演示会议室".to_owned()),
                ];
                self.take(secretary, Move::ReleasePapers, &fields).await?;
                world.minutes_later(35).await;
                world.find_faults(self.project)
            }
            Stage::PapersReleased => {
                world.await_term(self.project.cast(), DeadlineKind::PapersLead).await?;
                self.pause(at, 0).await?;
                world.settle_faults(self.project)?;
                let closes = world.working_day(world.today() + Days::new(3))?;
                let fields = [(Field::BallotClosesOn, closes.to_string())];
                self.take(secretary, Move::OpenReview, &fields).await
            }
            Stage::Reviewing => {
                let ballot = world.latest_ballot(self.project, BallotPurpose::Review)?;
                world.minutes_later(45).await;
                world.vote(ballot.id, &self.seats.voters(), self.against)?;
                world.until(ballot.closes_at).await;
                Ok(())
            }
            _ => {
                world.days_later(2).await?;
                world.sign_review(&self.seats, self.project, true)?;
                self.take(secretary, Move::PassReview, &[]).await
            }
        }
    }

    fn review_day(&self) -> anyhow::Result<NaiveDate> {
        let known = self.course.days.get(&Stage::PapersReleased).copied();
        match known.or(self.review_on.get()) {
            Some(day) => Ok(day),
            None => self.world.working_day(self.world.today() + Months::new(1) + Days::new(12)),
        }
    }

    async fn approval(&self, at: Stage) -> anyhow::Result<()> {
        let (secretary, officer) = (self.seats.secretary, self.world.outside()?.officer);
        match at {
            Stage::ReviewPassed => {
                self.pause(at, 11).await?;
                self.take(secretary, Move::SubmitDossier, &[]).await
            }
            Stage::DossierReceived => {
                self.pause(at, 4).await?;
                self.take(officer, Move::CheckDossier, &[]).await
            }
            Stage::DossierCheck => {
                self.pause(at, 18).await?;
                let year = self.world.today().year();
                let document = format!("演示批〔{year}〕{}号", self.place);
                self.take(officer, Move::Approve, &[(Field::ApprovalDocument, document)]).await
            }
            Stage::Approved => {
                self.pause(at, 3).await?;
                self.take(officer, Move::AssignNumber, &self.number()).await
            }
            Stage::Numbered => {
                self.pause(at, 3).await?;
                self.take(officer, Move::Publish, &self.announcement()).await
            }
            other => bail!("the main line does not lead on from {other}"),
        }
    }

    fn number(&self) -> Vec<(Field, String)> {
        // The running numbers of real texts have four digits and do not begin with 9.
        let invented = || format!("JJF {}-{}", 9_000 + self.place, self.world.today().year());
        let number = self.course.number.map_or_else(invented, str::to_owned);
        let mut fields = vec![(Field::SpecificationNumber, number)];
        if !self.course.replaces.is_empty() {
            fields.push((Field::Replaces, self.course.replaces.to_owned()));
        }
        fields
    }

    fn announcement(&self) -> [(Field, String); 3] {
        let today = self.world.today();
        let number = format!("演示公告{}年第{}号", today.year(), self.place);
        let effective = self.course.effective.unwrap_or(today + Months::new(6));
        [
            (Field::Announcement, number),
            (Field::IssuedOn, deadline::day_of(self.world.now()).to_string()),
            (Field::EffectiveOn, effective.to_string()),
        ]
    }
}
