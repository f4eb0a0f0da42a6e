//! Comment rounds of the demo: what members and others write, and how the drafter settles it.

use anyhow::Context;
use chrono::TimeDelta;
use quanheng_actions::round::{
    Author, Dispose, Remark, Ruling, Submit, ask, dispose, submit_comments,
};
use quanheng_db::{
    projects,
    rounds::{self, RoundRow},
};
use quanheng_domain::{
    Locale,
    comment::{CommentKind, CommentSource, Disposition},
    ids::{PersonId, ProjectId},
    rules::RecipientClass,
    specification::Category,
};

use super::{
    papers,
    world::{Seats, World, actor_of},
};

/// Clause, kind, comment, proposal and reason.
const REMARKS: [(&str, CommentKind, &str, &str, &str); 6] = [
    (
        "1",
        CommentKind::General,
        "适用范围未说明测量上限。",
        "在范围中写明测量上限。",
        "便于使用者判断是否适用。",
    ),
    ("4", CommentKind::Editorial, "概述中的工作原理表述过于简略。", "补充原理示意图。", ""),
    (
        "5",
        CommentKind::Technical,
        "示值误差的要求与标准器的能力不匹配。",
        "将最大允许误差与测量范围分段对应。",
        "试验报告表2的数据支持分段。",
    ),
    (
        "6.1",
        CommentKind::Technical,
        "环境温度范围偏严，现场难以满足。",
        "环境温度改为(20±10)℃。",
        "多数使用单位在现场校准。",
    ),
    (
        "7.2",
        CommentKind::Technical,
        "未规定重复测量的次数。",
        "规定每个校准点测量不少于3次。",
        "不确定度评定需要重复性数据。",
    ),
    ("9", CommentKind::Editorial, "复校时间间隔的措辞建议与同类规范一致。", "", ""),
];

impl World<'_> {
    /// Lists units outside the committee that will be asked to comment.
    pub fn ask_outside(&self, seats: &Seats, project: ProjectId) -> anyhow::Result<()> {
        let classes = [RecipientClass::User, RecipientClass::Public];
        let unit = |n: usize| quanheng_actions::project::details::AskedUnit {
            name: format!("使用单位{n:02}·演示"),
            class: classes[n % 2],
            // The others are asked by letter.
            address: if n <= 2 { format!("asked-{n:02}@demo.example") } else { String::new() },
        };
        let command =
            ask::AskUnits { project, units: (1..=16).map(unit).collect(), if_version: None };
        let actor = self.actor(seats.secretary)?;
        self.write(|tx| ask::ask_units(tx, &actor, &command))?;
        Ok(())
    }

    /// The latest round of a project.
    pub fn round(&self, project: ProjectId) -> anyhow::Result<RoundRow> {
        let found = self.read(|conn| Ok(rounds::latest_of(conn, project)?))?;
        found.ok_or_else(|| anyhow::anyhow!("no round"))
    }

    /// Two members and somebody from outside comment.
    pub fn comment(&self, project: ProjectId, people: &[PersonId]) -> anyhow::Result<()> {
        let round = self.round(project)?.id;
        let found = self.read(|conn| Ok(projects::find(conn, project)?))?;
        let category = found.context("a project with a round")?.category;
        self.write(|tx| {
            for (at, person) in people.iter().enumerate() {
                let now = tx.now();
                let actor = actor_of(tx.conn(), *person, now)?;
                let remarks = (0..2).map(|n| remark(category, at * 2 + n)).collect();
                let author = Author {
                    name: String::new(),
                    contact: String::new(),
                    unit: String::new(),
                    publish_name: at == 0,
                    locale: Locale::Chinese,
                };
                let command = Submit {
                    round,
                    author,
                    remarks,
                    source: CommentSource::Page,
                    confirm_within: TimeDelta::days(7),
                    most_a_day: 20,
                };
                submit_comments(tx, &actor, &command)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Settles comments that are open, at most so many.
    pub fn settle(&self, drafter: PersonId, project: ProjectId, most: usize) -> anyhow::Result<()> {
        let round = self.round(project)?.id;
        let actor = self.actor(drafter)?;
        self.write(|tx| {
            let open = rounds::confirmed_comments(tx.conn(), round)?
                .into_iter()
                .filter(|comment| comment.disposition.is_none());
            for (at, comment) in open.take(most).enumerate() {
                let command = Dispose { comment: comment.id, ruling: ruling(at), if_version: None };
                dispose(tx, &actor, &command)?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn remark(category: Category, at: usize) -> Remark {
    let (clause, kind, body, proposal, reason) = REMARKS[at % REMARKS.len()];
    Remark {
        clause: papers::clause_of(category, clause).to_owned(),
        kind,
        body: body.to_owned(),
        proposal: proposal.to_owned(),
        reason: reason.to_owned(),
        quote: String::new(),
    }
}

fn ruling(at: usize) -> Ruling {
    let (code, reason, changed) = match at % 3 {
        0 => (Disposition::Accepted, "", true),
        1 => (Disposition::Partly, "采纳原则，措辞按编写规则调整。", true),
        _ => (Disposition::Rejected, "试验数据不支持放宽，维持原条款。", false),
    };
    Ruling { code, reason: reason.to_owned(), text_changed: Some(changed), duplicate_of: None }
}
