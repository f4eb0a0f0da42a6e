//! Principal reviews of the demo (主审): the register of each committee, what the reviewer finds, and what the drafters answer.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{Days, Months};
use quanheng_actions::reviewer::{finding, form, qualify};
use quanheng_db::reviews::{self, ReviewRow};
use quanheng_domain::{
    ids::ProjectId,
    records::{Recommendation, Severity},
    reviewer::ReviewPoint,
};

use super::world::{Seats, World};

/// Clause, severity, finding, proposal, and the answer of the drafters.
const FINDINGS: [(&str, Severity, &str, &str, &str); 2] = [
    (
        "5",
        Severity::Major,
        "计量要求与试验报告中给出的重复性数据未对应。",
        "在编写说明中补充数据来源。",
        "已在编写说明中补充试验数据的出处。",
    ),
    (
        "2",
        Severity::Editorial,
        "引用文件的名称应与现行版本的封面一致。",
        "逐条核对引用文件。",
        "已逐条核对。",
    ),
];

impl World<'_> {
    /// Enters the reviewer in the register of a committee, and anew when the last certificate has run out.
    pub fn qualify_reviewer(&self, seats: &Seats) -> anyhow::Result<()> {
        let committee = seats.committee;
        let today = self.today();
        let held = self.read(|conn| Ok(reviews::qualifications_of(conn, committee)?))?;
        if held.iter().any(|row| row.valid_until >= today) {
            return Ok(());
        }
        let command = qualify::Qualify {
            committee,
            person: self.outside()?.reviewer,
            number: format!("演示主审-{}-{:02}", seats.code, held.len() + 1),
            scope: "本委员会归口的计量技术规范（演示）".to_owned(),
            valid_from: today,
            valid_until: today + Months::new(12 * 5) - Days::new(1),
        };
        let actor = self.actor(seats.secretary)?;
        self.write(|tx| qualify::qualify(tx, &actor, &command).map(drop))?;
        Ok(())
    }

    /// The reviewer reads the papers and writes down what is to be looked at; a form once handed in stays.
    pub fn find_faults(&self, project: ProjectId) -> anyhow::Result<()> {
        let review = self.principal_review(project)?;
        if review.submitted_at.is_some() {
            return Ok(());
        }
        let review = review.id;
        let actor = self.actor(self.outside()?.reviewer)?;
        self.write(|tx| {
            for (clause, severity, body, proposal, _) in FINDINGS {
                let command = finding::Find {
                    review,
                    clause: clause.to_owned(),
                    severity,
                    body: body.to_owned(),
                    proposal: proposal.to_owned(),
                };
                finding::find(tx, &actor, &command)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The drafters answer, the reviewer takes the findings as settled and hands the form in.
    pub fn settle_faults(&self, project: ProjectId) -> anyhow::Result<()> {
        let review = self.principal_review(project)?;
        if review.submitted_at.is_some() {
            return Ok(());
        }
        let review = review.id;
        let outside = self.outside()?;
        let (drafter, reviewer) = (self.actor(outside.drafter)?, self.actor(outside.reviewer)?);
        let found = self.read(|conn| Ok(reviews::findings_of(conn, review)?))?;
        let sheet = form::Write {
            review,
            checklist: BTreeMap::from([
                (ReviewPoint::Structure, "结构符合编写规则。".to_owned()),
                (ReviewPoint::Units, "计量单位使用正确。".to_owned()),
                (ReviewPoint::Methods, "方法与要求逐项对应。".to_owned()),
            ]),
            opinion: "材料齐全，所提问题已经答复，可以提交审定。（演示）".to_owned(),
            recommendation: Some(Recommendation::Ready),
            submit: true,
        };
        self.write(|tx| {
            for (row, (.., answer)) in found.iter().zip(FINDINGS) {
                finding::answer(tx, &drafter, row.id, answer)?;
                finding::settle(tx, &reviewer, row.id, true)?;
            }
            form::write(tx, &reviewer, &sheet)
        })?;
        Ok(())
    }

    fn principal_review(&self, project: ProjectId) -> anyhow::Result<ReviewRow> {
        let all = self.read(|conn| Ok(reviews::of_project(conn, project)?))?;
        all.into_iter().find(|row| row.ended_at.is_none()).context("a principal review")
    }
}
