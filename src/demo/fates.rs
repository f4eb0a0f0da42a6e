//! What becomes of a text in force: examined again on its day or before, confirmed, revised, or abolished.

use anyhow::Context;
use quanheng_actions::{project::suggest, specification::care};
use quanheng_db::{
    projects,
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    ballot::BallotPurpose,
    deadline,
    ids::{ProjectId, SpecificationId},
    lifecycle::{DeadlineKind, Field, Move, ProjectKind},
};
use std::cell::Cell;

use super::{
    projects::suggestion,
    walk::{Course, Walk},
    world::World,
};

/// Where a text of the demo's own stands today, or the case about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A case was given up, an abolition dropped, and a case is running.
    Examining,
    /// A case has its conclusion.
    Examined,
    /// Its abolition is proposed.
    Proposed,
    /// Its abolition is heard.
    Heard,
    /// It is abolished.
    Abolished,
}

/// The edition that a walk ended in.
pub fn edition(walk: &Walk<'_, '_>) -> anyhow::Result<SpecificationRow> {
    let id = walk.row()?.specification_id.context("a published text")?;
    let found = walk.world.read(|conn| Ok(specifications::find(conn, id)?))?;
    found.context("an edition")
}

/// A case about a text, with the people of the walk that made it.
fn case<'w, 'c>(walk: &Walk<'w, 'c>, project: ProjectId, note: &'static str) -> Walk<'w, 'c> {
    let course = Course { note, ..Course::default() };
    Walk {
        world: walk.world,
        seats: walk.seats.clone(),
        project,
        place: walk.place,
        against: 0,
        course,
        review_on: Cell::default(),
    }
}

/// Lets a text of the demo meet its fate once it is in force.
pub async fn meet(walk: &Walk<'_, '_>, fate: Fate) -> anyhow::Result<()> {
    let world = walk.world;
    let text = edition(walk)?;
    if let Some(force) = world.term_of(text.id.cast(), DeadlineKind::Force)? {
        world.until(force).await;
    }
    world.days_later(10).await?;
    let result = match fate {
        Fate::Examining => {
            let given_up = early(walk, text.id).await?;
            let reason = "复审范围调整，本次不再进行。（演示）";
            world.days_later(8).await?;
            let fields = [(Field::Note, reason.to_owned())];
            given_up.take(world.outside()?.officer, Move::Cancel, &fields).await?;
            let dropped = abolition(walk, &text).await?;
            world.days_later(12).await?;
            let reason = "仍有较多在用器具，不予废止。（演示）";
            let fields = [(Field::Note, reason.to_owned())];
            dropped.take(world.outside()?.officer, Move::DropAbolition, &fields).await?;
            world.days_later(3).await?;
            early(walk, text.id).await?;
            return Ok(());
        }
        Fate::Heard => {
            world.until_day(deadline::day_of(world.end) - chrono::Days::new(36)).await;
            abolition(walk, &text).await?;
            return Ok(());
        }
        Fate::Abolished => return abolished(walk, &text).await,
        Fate::Examined => "confirmed",
        Fate::Proposed => "abolish",
    };
    let case = early(walk, text.id).await?;
    conclude(&case, result).await?;
    if fate == Fate::Proposed {
        world.days_later(6).await?;
        case.take(world.outside()?.officer, Move::ProposeAbolition, &[]).await?;
    }
    Ok(())
}

/// The secretariat opens a case before its time.
async fn early<'w, 'c>(walk: &Walk<'w, 'c>, text: SpecificationId) -> anyhow::Result<Walk<'w, 'c>> {
    let actor = walk.world.actor(walk.seats.secretary)?;
    walk.world.count_project();
    let command = care::EarlyReexamination {
        specification: text,
        reason: "使用单位反映部分条款与现行设备不相适应。（演示）".to_owned(),
    };
    let project = walk.world.write(|tx| care::reexamine(tx, &actor, &command))?;
    walk.world.days_later(5).await?;
    Ok(case(walk, project, ""))
}

/// The members look at the text and vote, and the secretariat writes down what came of it.
pub async fn conclude(case: &Walk<'_, '_>, result: &str) -> anyhow::Result<()> {
    let (world, seats) = (case.world, &case.seats);
    let purpose = BallotPurpose::Reexamination;
    let ballot = world.start_ballot(seats, case.project, purpose, 15)?;
    world.minutes_later(45).await;
    world.vote(ballot, &seats.voters(), 0)?;
    world.until(world.latest_ballot(case.project, purpose)?.closes_at).await;
    world.days_later(4).await?;
    let mut fields = vec![(Field::ReexaminationResult, result.to_owned())];
    if case.course.note.is_empty() {
        fields.push((Field::Note, "委员和使用单位的意见一致。（演示）".to_owned()));
    }
    case.take(seats.secretary, Move::ConcludeReexamination, &fields).await
}

/// An abolition that is put to comment.
async fn abolition<'w, 'c>(
    walk: &Walk<'w, 'c>,
    text: &SpecificationRow,
) -> anyhow::Result<Walk<'w, 'c>> {
    let (world, seats) = (walk.world, &walk.seats);
    let kind = ProjectKind::Abolition;
    let command = suggestion(kind, text.category, seats, &text.title_zh, Some(text));
    let secretary = world.actor(seats.secretary)?;
    world.count_project();
    let project = world.write(|tx| suggest(tx, &secretary, &command))?.project;
    let case = case(walk, project, "");
    world.days_later(5).await?;
    case.take(seats.secretary, Move::Screen, &[]).await?;
    world.days_later(7).await?;
    case.take(seats.secretary, Move::TakeUp, &[]).await?;
    world.days_later(3).await?;
    let reason = "该计量器具已停止生产和使用，拟废止，征求意见。（演示）";
    let fields = [(Field::Note, reason.to_owned())];
    case.take(world.outside()?.officer, Move::OpenAbolition, &fields).await?;
    Ok(case)
}

async fn abolished(walk: &Walk<'_, '_>, text: &SpecificationRow) -> anyhow::Result<()> {
    let world = walk.world;
    let case = abolition(walk, text).await?;
    world.await_term(case.project.cast(), DeadlineKind::AbolitionEnd).await?;
    world.days_later(3).await?;
    let today = world.today();
    let fields = [
        (Field::Announcement, format!("演示公告{}年第{}号(废止)", today.format("%Y"), walk.place)),
        (Field::EffectiveOn, (today + chrono::Days::new(20)).to_string()),
        (Field::Note, "征求意见期间无不同意见，予以废止。（演示）".to_owned()),
    ];
    case.take(world.outside()?.officer, Move::Abolish, &fields).await
}

/// Waits for the day on which a text is examined again, and gives the case that the clock opened.
pub async fn due<'w, 'c>(
    walk: &Walk<'w, 'c>,
    text: SpecificationId,
    note: &'static str,
) -> anyhow::Result<Option<Walk<'w, 'c>>> {
    let world: &World<'_> = walk.world;
    let Some(day) = world.term_of(text.cast(), DeadlineKind::ReexaminationStart)? else {
        return Ok(None);
    };
    world.until(day).await;
    let cases = world.read(|conn| Ok(projects::of_specification(conn, text)?))?;
    let open = cases
        .into_iter()
        .find(|row| row.kind == ProjectKind::Reexamination && !row.stage.is_final());
    if open.is_some() {
        world.count_project();
    }
    Ok(open.map(|row| case(walk, row.id, note)))
}
