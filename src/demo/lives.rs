//! Real texts whose lives are told again, day by day, by the same actions as on any other day.
//!
//! Known days come from the sources (`lifecycle_chains.csv`, and `specifications.csv` for the first day of force). What no source
//! tells is filled in so that the rules are met, and its events say so.

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use quanheng_actions::specification::care;
use quanheng_db::{projects as project_rows, specifications};
use quanheng_domain::{
    ids::SpecificationId,
    lifecycle::{Move, ProjectKind},
    partial_date::PartialDate,
    records::EvaluationSuggestion,
    specification::Category,
    stage::Stage,
};
use quanheng_tables::formats::{ChainStage, LifecycleStepRow, Parsed};
use std::cell::Cell;

use super::{
    fates, morning,
    projects::{name_people, suggested, suggestion},
    register,
    walk::{Course, Walk},
    world::World,
};

/// What the ledger is told of steps that no source tells.
const INVENTED: &str = "演示补齐：公开资料未载此步骤，日期和内容系推定。";

/// How a day is known.
#[derive(Clone, Copy)]
pub enum When {
    /// A step of the chain, by its place.
    Step(u32),
    /// Told by the list of editions.
    Listed(i32, u32, u32),
    /// Filled in.
    Made(i32, u32, u32),
}

use When::{Listed, Made, Step};

/// What came of a re-examination.
#[derive(Clone, Copy)]
pub enum Examined {
    /// Concluded so many days after it began, with this result.
    After(u64, &'static str),
    /// Concluded on the day of a step of the chain.
    On(u32, &'static str),
    /// Turned into another kind of text, told by the life of this number.
    Became(&'static str),
    /// To be revised; the revision stands today at this stage, for so many days.
    Revised(Stage, u64),
}

/// How a life begins.
#[derive(Clone, Copy)]
pub enum Begin {
    /// With a suggestion to make a text.
    Made(i32, u32, u32),
    /// With a suggestion to revise an edition.
    Revising(&'static str, i32, u32, u32),
    /// With the re-examination of the text before.
    Examined,
}

/// A life as it is told.
pub struct Life {
    /// Its chain in the sources.
    pub chain: &'static str,
    /// The committee.
    pub committee: &'static str,
    /// Number of the text; empty for one that has none yet.
    pub number: &'static str,
    /// Its category.
    pub category: Category,
    /// Its title.
    pub title: &'static str,
    /// Its beginning.
    pub begin: Begin,
    /// Editions that must be known before.
    pub base: &'static [&'static str],
    /// What it replaces, one a line.
    pub replaces: &'static str,
    /// The plan document and its day, where the source names one.
    pub plan: Option<(&'static str, When)>,
    /// When the comment round opens.
    pub comments: When,
    /// When it opens again.
    pub again: Option<When>,
    /// When the review meets.
    pub review: When,
    /// Issue and force; without them the life stands today at a stage, for so many days.
    pub issue: Result<(When, When), (Stage, u64)>,
    /// Re-examinations, in order.
    pub examined: &'static [Examined],
    /// What the register notes about days that were filled in.
    pub note: &'static str,
}

mod told;
pub use told::LIVES;

/// Whether a life tells of a project of this title.
pub fn tells(title: &str) -> bool {
    LIVES.iter().any(|life| life.title == title)
}

/// The dated steps of the sources.
pub struct Sources(Vec<Parsed<LifecycleStepRow>>);

impl Sources {
    /// Reads them.
    pub fn read() -> anyhow::Result<Self> {
        Ok(Self(register::chains()?.rows))
    }

    fn step(&self, life: &Life, place: u32) -> anyhow::Result<&LifecycleStepRow> {
        let found = self.0.iter().map(|row| &row.value);
        let found = found.filter(|row| row.chain == life.chain).find(|row| row.step == place);
        found.with_context(|| format!("{} has no step {place}", life.chain))
    }

    /// A day, and what the ledger is told of how it is known.
    fn day(&self, life: &Life, when: When) -> anyhow::Result<(NaiveDate, String)> {
        match when {
            Made(year, month, day) | Listed(year, month, day) => {
                let listed = matches!(when, Listed(..));
                let day = NaiveDate::from_ymd_opt(year, month, day).context("a day")?;
                let told = format!("依据公开目录：{day} 实施。");
                Ok((day, if listed { told } else { INVENTED.to_owned() }))
            }
            Step(place) => {
                let row = self.step(life, place)?;
                let day = row.date.and_then(PartialDate::exact).context("a step with its day")?;
                let word = stage_word(row.stage);
                let reference = row.reference.as_deref().unwrap_or_default();
                Ok((day, format!("依据公开资料：{day} {word}（{reference}）。")))
            }
        }
    }
}

fn stage_word(stage: ChainStage) -> &'static str {
    match stage {
        ChainStage::Base | ChainStage::NumberYear => "原有规程",
        ChainStage::Plan => "立项",
        ChainStage::Comment => "征求意见",
        ChainStage::Review => "审定",
        ChainStage::ReviewPassed => "审定通过",
        ChainStage::Issued => "发布",
        ChainStage::Effective => "实施",
        ChainStage::ProvincialText => "地方规范",
        ChainStage::PeriodicReview => "复审",
    }
}

/// The morning on which a life begins; none for one that grows out of another.
pub fn begins(life: &Life) -> Option<DateTime<Utc>> {
    let (Begin::Made(year, month, day) | Begin::Revising(_, year, month, day)) = life.begin else {
        return None;
    };
    NaiveDate::from_ymd_opt(year, month, day).map(morning)
}

/// Tells a life that begins with a suggestion.
pub async fn tell(world: &World<'_>, sources: &Sources, place: usize) -> anyhow::Result<()> {
    let life = &LIVES[place];
    let told = async {
        register::before(world, life.base)?;
        let seats = world.seats(life.committee)?;
        let (kind, old) = match life.begin {
            Begin::Revising(old, ..) => (ProjectKind::Revise, Some(edition_of(world, old)?)),
            _ => (ProjectKind::Make, None),
        };
        world.days_later(0).await?;
        let command = suggestion(kind, life.category, &seats, life.title, old.as_ref());
        let project = suggested(world, &seats, &command).await?;
        let course = course(sources, life)?;
        let walk = Walk {
            world,
            seats,
            project,
            place: 200 + place,
            against: 0,
            course,
            review_on: Cell::default(),
        };
        onward(walk, sources, life).await
    };
    told.await.with_context(|| format!("{} {}", life.chain, life.title))
}

fn edition_of(world: &World<'_>, number: &str) -> anyhow::Result<specifications::SpecificationRow> {
    let found = world.read(|conn| Ok(specifications::by_number(conn, number)?))?;
    found.with_context(|| number.to_owned())
}

/// The days and notes that the sources prescribe.
fn course(sources: &Sources, life: &Life) -> anyhow::Result<Course> {
    let mut course = Course { note: INVENTED, replaces: life.replaces, ..Course::default() };
    let (comments, note) = sources.day(life, life.comments)?;
    course.days.insert(Stage::DraftAccepted, comments);
    course.notes.insert(Move::OpenComments, note);
    if let Some(again) = life.again {
        let (day, note) = sources.day(life, again)?;
        course.second_round = Some(day);
        course.notes.insert(Move::OpenComments, note);
    }
    if let Some((document, when)) = life.plan {
        let (day, note) = sources.day(life, when)?;
        (course.plan, _) = (Some(document), course.days.insert(Stage::Publicity, day));
        course
            .notes
            .insert(Move::IncludeInPlan, format!("依据公开资料：计划文号{document}。{note}"));
    }
    let (review, note) = sources.day(life, life.review)?;
    // Papers go out in time, and not a year ahead.
    course.days.insert(Stage::ReviewSubmitted, review - Days::new(45));
    course.days.insert(Stage::PapersReleased, review);
    course.notes.insert(Move::OpenReview, note.clone());
    course.notes.insert(Move::PassReview, note);
    if let Ok((issued, force)) = life.issue {
        let (issued, note) = sources.day(life, issued)?;
        let (force, force_note) = sources.day(life, force)?;
        course.days.insert(Stage::DossierCheck, issued - Days::new(21));
        course.days.insert(Stage::Approved, issued - Days::new(7));
        course.days.insert(Stage::Numbered, issued);
        course.effective = Some(force);
        course.number = Some(life.number);
        course.notes.insert(Move::Publish, format!("{note}{force_note}"));
    }
    Ok(course)
}

async fn onward(walk: Walk<'_, '_>, sources: &Sources, life: &Life) -> anyhow::Result<()> {
    if let Err((stage, days)) = life.issue {
        return walk.to(stage, Some(days)).await;
    }
    walk.to(Stage::Published, None).await?;
    let text = fates::edition(&walk)?;
    ensure!(text.number == life.number, "{} is not {}", text.number, life.number);
    in_force(&walk, text.id).await?;
    for examined in life.examined {
        let Some(case) = fates::due(&walk, text.id, INVENTED).await? else {
            bail!("{} is not examined", life.number)
        };
        let next = Box::pin(examine(case, sources, life, *examined)).await?;
        if let Some((walk, life)) = next {
            return Box::pin(onward(walk, sources, life)).await;
        }
    }
    Ok(())
}

/// Training before force where the rules ask for it, and the evaluation two years after.
async fn in_force(walk: &Walk<'_, '_>, id: SpecificationId) -> anyhow::Result<()> {
    let (world, seats) = (walk.world, &walk.seats);
    let force = walk.course.effective.context("a day of force")?;
    let actor = world.actor(seats.secretary)?;
    world.until_day(world.working_day_before(force - Days::new(25))?).await;
    let training = care::Training {
        specification: id,
        held_on: world.today(),
        place: "演示培训教室".to_owned(),
        people: 60,
        note: INVENTED.to_owned(),
    };
    world.write(|tx| care::train(tx, &actor, &training))?;
    world.until_day(world.working_day(force + Days::new(690))?).await;
    let evaluation = care::Evaluation {
        specification: id,
        done_on: world.today(),
        method: "问卷调查和实地走访。".to_owned(),
        findings: format!("各单位已按新文本开展工作，未发现需要提前修订的问题。{INVENTED}"),
        suggestion: EvaluationSuggestion::Keep,
        survey: None,
    };
    world.write(|tx| care::evaluate(tx, &actor, &evaluation))?;
    Ok(())
}

/// Concludes a case, and gives the life that grows out of it.
async fn examine<'w, 'c>(
    mut case: Walk<'w, 'c>,
    sources: &Sources,
    life: &Life,
    examined: Examined,
) -> anyhow::Result<Option<(Walk<'w, 'c>, &'static Life)>> {
    let (world, officer) = (case.world, case.world.outside()?.officer);
    let result = match examined {
        Examined::After(days, result) => {
            world.days_later(days).await?;
            result
        }
        Examined::On(place, result) => {
            let (day, note) = sources.day(life, Step(place))?;
            case.course.notes.insert(Move::ConcludeReexamination, note);
            // The ballot of two weeks ends on that day.
            world.until_day(day - Days::new(16)).await;
            result
        }
        Examined::Became(_) => "change_type",
        Examined::Revised(..) => "revise",
    };
    fates::conclude(&case, result).await?;
    world.days_later(12).await?;
    let decides = if result == "confirmed" { Move::Confirm } else { Move::DecideRevision };
    case.take(officer, decides, &[]).await?;
    let (number, stands) = match examined {
        Examined::Became(number) => (number, None),
        Examined::Revised(stage, days) => ("", Some((stage, days))),
        _ => return Ok(None),
    };
    let text = case.row()?.specification_id.context("a text that is examined")?;
    let revision = world
        .read(|conn| Ok(project_rows::of_specification(conn, text)?))?
        .into_iter()
        .find(|row| row.parent_id == Some(case.project))
        .context("a revision")?;
    name_people(world, &case.seats, revision.id)?;
    world.count_project();
    let next = LIVES.iter().find(|next| !number.is_empty() && next.number == number);
    let course = next.map_or(Ok(Course::default()), |next| course(sources, next))?;
    let walk = Walk { project: revision.id, course, ..case };
    if let Some((stage, days)) = stands {
        walk.to(stage, Some(days)).await?;
        return Ok(None);
    }
    next.map(|next| Some((walk, next))).with_context(|| format!("no life of {number}"))
}
