//! Annual reports of the demo: last year's in every state, the year before accepted, this year's begun by the first committee.

use anyhow::Context;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quanheng_actions::report::{self as verbs, Correct, Take, Write};
use quanheng_domain::{
    deadline,
    ids::PersonId,
    report::{ReportPart, ReportStep},
};
use quanheng_reports::{annual, figure::FigureKey};
use serde_json::Value;

use super::{
    morning,
    people::FLOW,
    turns::Story,
    world::{Seats, World},
};

/// How far last year's report of a committee has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Draft,
    ToSign,
    Submitted,
    Returned,
    Accepted,
}

/// By the short name of the committee.
const LAST_YEAR: [(&str, Far); 5] = [
    (FLOW, Far::Submitted),
    ("mtc1", Far::Accepted),
    ("mtc2", Far::Returned),
    ("mtc5", Far::ToSign),
    ("mtc13", Far::Draft),
];

/// What the secretariats wrote; a part that is not named stays empty.
const WORDS: [(ReportPart, &str); 7] = [
    (
        ReportPart::Composition,
        "本年度召开全体会议一次、主任委员办公会两次，委员出席率符合章程要求。（演示）",
    ),
    (
        ReportPart::FieldTrends,
        "本领域计量需求由单点检定转向在线、动态和远程校准，企业对不确定度评定和数字化证书的要求明显提高。\n国际上相关国际建议正在修订，重点是软件保护和型式评价的协调。（演示）",
    ),
    (
        ReportPart::TextSystem,
        "现行规范基本覆盖主要参数，动态测量和在线校准方面仍有空白，已列入体系框架。（演示）",
    ),
    (
        ReportPart::Work,
        "全年按计划推进制修订项目，征求意见全部逐条处理并公布结果。\n开展规范宣贯一次，参加国际建议的回函投票两次。（演示）",
    ),
    (
        ReportPart::ResultsProblems,
        "审定一次通过的比例较高，报批材料质量有所改进。\n个别项目试验周期较长，存在逾期风险，已商请起草单位增加试验力量。（演示）",
    ),
    (
        ReportPart::NextYear,
        "拟申报制修订项目三项，完成到期规范复审，召开全体会议一次，组织宣贯两次。（演示）",
    ),
    (ReportPart::Money, "经费由秘书处承担单位保障，主要用于会议和试验验证，收支平衡。（演示）"),
];

/// The committees that report, and how far each has come, with the morning on which they begin.
pub fn all<'s>(world: &'s World<'_>) -> anyhow::Result<Vec<(DateTime<Utc>, Story<'s>)>> {
    let today = deadline::day_of(world.end);
    // Decisions fall on the ninth of February; before that day nobody has decided on last year's reports yet.
    let last = if day(today.year(), 2, 10)? <= today { today.year() - 1 } else { today.year() - 2 };
    let begins = morning(day(last, 1, 8)?);
    let story = |(short, far)| -> (DateTime<Utc>, Story<'s>) {
        (begins, Box::pin(report(world, short, far, last)))
    };
    Ok(LAST_YEAR.into_iter().map(story).collect())
}

/// The reports of one committee: the year before last accepted, last year's as far as it has come, this year's begun by the first.
async fn report(world: &World<'_>, short: &'static str, far: Far, last: i32) -> anyhow::Result<()> {
    let seats = world.seats(short)?;
    reported(world, &seats, last - 1, Far::Accepted).await?;
    world.until_day(day(last + 1, 1, 8)?).await;
    reported(world, &seats, last, far).await?;
    if short != FLOW {
        return Ok(());
    }
    // The running year's report is open in front of the first secretary.
    let yesterday = deadline::day_of(world.end).pred_opt().context("the calendar")?;
    world.until_day(yesterday).await;
    for (part, text) in [WORDS[1], WORDS[3]] {
        let words = Words { seats: &seats, year: yesterday.year() };
        words.write(world, part, text, part == ReportPart::FieldTrends)?;
    }
    Ok(())
}

struct Words<'s> {
    seats: &'s Seats,
    year: i32,
}

fn day(year: i32, month: u32, day: u32) -> anyhow::Result<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).context("the calendar")
}

/// Takes a report as far as it has come, each step on its day after the year.
async fn reported(world: &World<'_>, seats: &Seats, year: i32, far: Far) -> anyhow::Result<()> {
    let words = Words { seats, year };
    let officer = world.outside()?.officer;
    world.until_day(day(year + 1, 1, 8)?).await;
    for (part, text) in WORDS {
        world.minutes_later(9).await;
        words.write(world, part, text, far != Far::Draft)?;
        if far == Far::Draft && part == ReportPart::TextSystem {
            break;
        }
    }
    if far == Far::Accepted && year + 1 < deadline::day_of(world.end).year() {
        words.correct(world)?;
    }
    let steps = [
        (Far::ToSign, ReportStep::HandToChair, seats.secretary, (1, 13), ""),
        (Far::Submitted, ReportStep::Sign, seats.chair, (1, 19), ""),
        (Far::Submitted, ReportStep::Submit, seats.secretary, (1, 21), ""),
    ];
    for (least, step, who, (month, on), note) in steps {
        if far >= least {
            world.until_day(day(year + 1, month, on)?).await;
            words.take(world, who, step, note)?;
        }
    }
    let decided = match far {
        Far::Returned => Some((
            ReportStep::Return,
            "请补充逾期项目的原因和预计完成时间，并核对宣贯次数。（演示）",
        )),
        Far::Accepted => Some((ReportStep::Accept, "")),
        Far::Draft | Far::ToSign | Far::Submitted => None,
    };
    if let Some((step, note)) = decided {
        world.until_day(day(year + 1, 2, 9)?).await;
        words.take(world, officer, step, note)?;
    }
    Ok(())
}

impl Words<'_> {
    fn write(
        &self,
        world: &World<'_>,
        part: ReportPart,
        text: &str,
        confirmed: bool,
    ) -> anyhow::Result<()> {
        let actor = world.actor(self.seats.secretary)?;
        let command = Write {
            committee: self.seats.committee,
            year: self.year,
            part,
            text: text.to_owned(),
            confirmed,
            if_version: None,
        };
        world
            .write(|tx| verbs::write(tx, &actor, &command))
            .with_context(|| format!("{} {} {part}", self.seats.code, self.year))?;
        Ok(())
    }

    /// One figure is corrected, so that the demo shows how that looks.
    fn correct(&self, world: &World<'_>) -> anyhow::Result<()> {
        let (committee, year) = (self.seats.committee, self.year);
        let actor = world.actor(self.seats.secretary)?;
        let command = Correct {
            committee,
            year,
            figure: quanheng_domain::Keyed::key(FigureKey::Suggested).to_owned(),
            computed: 0,
            value: Some(1),
            reason: "系统启用前收到的一项书面建议未录入。（演示）".to_owned(),
            if_version: None,
        };
        world
            .write(|tx| {
                let paper = figures(tx.conn(), committee, year)?;
                let computed = paper.iter().find(|one| one.key == FigureKey::Suggested);
                let computed = computed.map_or(0, |one| one.value);
                let command = Correct { computed, value: Some(computed + 1), ..command };
                verbs::correct(tx, &actor, &command)
            })
            .with_context(|| format!("{} {year}", self.seats.code))?;
        Ok(())
    }

    fn take(
        &self,
        world: &World<'_>,
        who: PersonId,
        step: ReportStep,
        note: &str,
    ) -> anyhow::Result<()> {
        let (committee, year) = (self.seats.committee, self.year);
        let actor = world.actor(who)?;
        world
            .write(|tx| {
                let figures = match step {
                    ReportStep::Sign => annual::frozen(&figures(tx.conn(), committee, year)?),
                    _ => Value::Null,
                };
                let command = Take {
                    committee,
                    year,
                    step,
                    note: note.to_owned(),
                    figures,
                    if_version: None,
                };
                verbs::step(tx, &actor, &command)
            })
            .with_context(|| format!("{} {year} {step}", self.seats.code))?;
        Ok(())
    }
}

fn figures(
    conn: &mut quanheng_db::conn::AnyConn,
    committee: quanheng_domain::ids::CommitteeId,
    year: i32,
) -> Result<Vec<quanheng_reports::Figure>, quanheng_actions::ActionError> {
    use quanheng_actions::ActionError::NotFound;
    let row = quanheng_db::register::committee(conn, committee)?.ok_or(NotFound)?;
    let records = annual::records(conn, &[committee], year)?.ok_or(NotFound)?;
    annual::figures(&records, &row, year).ok_or(NotFound)
}
