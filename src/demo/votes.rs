//! Ballots of the demo: opened, voted on by members one by one, counted and signed.

use chrono::{Days, NaiveDate};
use quanheng_actions::ballot::{cast, sign, start};
use quanheng_db::{ballots, projects};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::{BallotId, PersonId, ProjectId},
    people::ProjectRole,
    records::{Choice, VoteChannel},
};

use super::world::{Seats, World, actor_of};

impl World<'_> {
    /// Opens a ballot that no move opens, for about a week.
    pub fn start_ballot(
        &self,
        seats: &Seats,
        project: ProjectId,
        purpose: BallotPurpose,
        days: u64,
    ) -> anyhow::Result<BallotId> {
        let last: NaiveDate = self.today() + Days::new(days);
        let command = start::Start {
            project,
            purpose,
            form: BallotForm::Correspondence,
            closes_on: self.working_day(last)?,
            question: String::new(),
        };
        let actor = self.actor(seats.secretary)?;
        Ok(self.write(|tx| start::start(tx, &actor, &command))?)
    }

    /// The latest ballot of a purpose.
    pub fn latest_ballot(
        &self,
        project: ProjectId,
        purpose: BallotPurpose,
    ) -> anyhow::Result<ballots::BallotRow> {
        let found = self.read(|conn| Ok(ballots::latest_of(conn, project, purpose)?))?;
        found.ok_or_else(|| anyhow::anyhow!("no ballot"))
    }

    /// Lets people vote; the first `against` of them say no.
    pub fn vote(
        &self,
        ballot: BallotId,
        people: &[PersonId],
        against: usize,
    ) -> anyhow::Result<()> {
        self.write(|tx| {
            for (at, person) in people.iter().enumerate() {
                let now = tx.now();
                let actor = actor_of(tx.conn(), *person, now)?;
                let (choice, reason) = if at < against {
                    (Choice::No, "演示：测量范围与现有标准器的能力不一致，建议修改后再审。")
                } else {
                    (Choice::Yes, "")
                };
                let vote = cast::Cast {
                    ballot,
                    person: None,
                    choice,
                    reason: reason.to_owned(),
                    remark: String::new(),
                    channel: VoteChannel::Online,
                    source: String::new(),
                    scan: None,
                    receipt: String::new(),
                };
                cast::cast(tx, &actor, &vote)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Signs the conclusion of the review: the chair, then each principal reviewer.
    pub fn sign_review(
        &self,
        seats: &Seats,
        project: ProjectId,
        passed: bool,
    ) -> anyhow::Result<()> {
        let ballot = self.latest_ballot(project, BallotPurpose::Review)?.id;
        let actor = self.actor(seats.chair)?;
        let text = if passed {
            "审定委员会审阅了报审材料，听取了起草组汇报，同意通过审定。起草组按审定意见修改后报批。（演示）"
        } else {
            "审定委员会审阅了报审材料，同意票未达到规定比例，未通过审定。起草组按意见修改后再次提交审定。（演示）"
        };
        self.write(|tx| sign::sign(tx, &actor, ballot, text))?;
        let people = self.read(|conn| Ok(projects::people_of(conn, project)?))?;
        let named = people.iter().filter(|row| row.role == ProjectRole::PrincipalReviewer);
        for row in named {
            let actor = self.actor(row.person_id)?;
            self.write(|tx| sign::sign(tx, &actor, ballot, text))?;
        }
        Ok(())
    }
}

impl Seats {
    /// Everybody with a vote: members, vice-chair, chair.
    pub fn voters(&self) -> Vec<PersonId> {
        self.members.iter().copied().chain([self.vice, self.chair]).collect()
    }
}
