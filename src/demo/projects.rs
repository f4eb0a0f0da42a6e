//! The projects of the demo: at least one standing today at every stage of the main line, and beside it where things went otherwise.

use anyhow::{Context, ensure};
use chrono::Days;
use quanheng_actions::{
    clock,
    project::{Suggest, details::Details, objection, suggest, units},
};
use quanheng_db::specifications::{self, SpecificationFilter, SpecificationRow};
use quanheng_domain::{
    ballot::BallotPurpose,
    deadline,
    ids::ProjectId,
    lifecycle::{Adoption, Field, Move, Openness, ProjectKind},
    people::{Actor, ProjectRole},
    records::Origin,
    specification::{Category, Level},
    stage::Stage,
};

use super::{
    morning,
    walk::{Walk, days_to},
    world::{Seats, World},
};

/// What is done at the stage at which a project stands today.
#[derive(Clone, Copy)]
enum Then {
    Nothing,
    ProposalBallot,
    Objection,
    Comments,
    SettleSome,
    OneConsent,
    SomeVotes,
    FailReview,
    ReturnDossier,
}

/// A project: stage, days it stands there, committee by place, kind of text, title of a real plan or notice, what is done then.
type Plan = (Stage, u64, usize, Category, &'static str, Then);

const CAL: Category = Category::CalibrationSpecification;
const REG: Category = Category::VerificationRegulation;

const PROJECTS: [Plan; 28] = [
    (Stage::Suggested, 3, 0, CAL, "主动活塞式流量标准装置校准规范", Then::Nothing),
    (Stage::Suggested, 9, 2, CAL, "电子水平尺校准规范", Then::Nothing),
    (Stage::Screening, 6, 0, REG, "气体超声流量计检定规程", Then::Nothing),
    (Stage::Taken, 3, 0, REG, "膜式燃气表检定规程", Then::ProposalBallot),
    (Stage::Applied, 5, 3, CAL, "抖晃校准仪校准规范", Then::Nothing),
    (Stage::Assessment, 6, 2, CAL, "圆锥螺纹量规校准规范", Then::Nothing),
    (Stage::Publicity, 12, 4, CAL, "超声声时标准棒校准规范", Then::Objection),
    (Stage::Planned, 10, 4, CAL, "超声猝发音信号源校准规范", Then::Nothing),
    (Stage::DraftingStarted, 7, 3, CAL, "静电放电电流靶校准规范", Then::Nothing),
    (Stage::Drafting, 50, 0, REG, "气体容积式流量计检定规程", Then::Nothing),
    (Stage::Drafting, 90, 4, CAL, "超声扫描显微镜校准规范", Then::Nothing),
    (Stage::DraftSubmitted, 4, 2, REG, "计米器检定规程", Then::Nothing),
    (Stage::DraftAccepted, 3, 4, REG, "噪声剂量计检定规程", Then::Nothing),
    (Stage::Commenting, 30, 0, REG, "冷水水表检定规程", Then::Comments),
    (Stage::Commenting, 12, 3, CAL, "低失真信号发生器校准规范", Then::Comments),
    (Stage::CommentsClosed, 15, 0, CAL, "红外耳温计黑体校准规范", Then::SettleSome),
    (Stage::CommentsTreated, 4, 2, CAL, "标准齿轮校准规范", Then::Nothing),
    (Stage::ReviewSubmitted, 4, 0, CAL, "无线压力数据采集仪校准规范", Then::OneConsent),
    (Stage::PapersReleased, 10, 4, CAL, "次声传感器校准规范", Then::Nothing),
    (Stage::Reviewing, 1, 0, CAL, "湿度传感器校准规范", Then::SomeVotes),
    (Stage::VotesCounted, 2, 4, CAL, "声矢量传感器校准规范", Then::Nothing),
    (Stage::VotesCounted, 25, 3, CAL, "脉冲分配放大器校准规范", Then::FailReview),
    (Stage::ReviewPassed, 6, 2, CAL, "量块校准规范", Then::Nothing),
    (Stage::DossierReceived, 3, 4, CAL, "超声波检测试块校准规范", Then::Nothing),
    (Stage::DossierCheck, 9, 0, CAL, "盐雾试验箱校准规范", Then::Nothing),
    (Stage::DossierCheck, 20, 2, CAL, "直角尺(垂直度)检查仪校准规范", Then::ReturnDossier),
    (Stage::Approved, 3, 3, CAL, "网络授时终端远程校准规范", Then::Nothing),
    (Stage::Published, 30, 4, CAL, "无线噪声测量仪校准规范", Then::Nothing),
];

/// Editions that came into force by the demo, last.
const IN_FORCE: Plan = (Stage::Published, 230, 0, CAL, "血液灌流装置校准规范", Then::Nothing);

/// Walks every project to where it stands today; tells how many there are.
pub fn walk_all(world: &World) -> anyhow::Result<usize> {
    let mut made = 0;
    for plan in PROJECTS.iter().chain([&IN_FORCE]) {
        made += 1;
        walk(world, made, plan).with_context(|| format!("{} at {}", plan.4, plan.0))?;
        ensure!(world.now() <= world.end, "{} reaches {} after the end", plan.4, plan.0);
        world.run_until(world.end)?;
    }
    reexamination(world).context("re-examination")?;
    abolition(world).context("abolition")?;
    Ok(made + 2)
}

fn walk(world: &World, place: usize, plan: &Plan) -> anyhow::Result<()> {
    let (target, days, committee, category, title, then) = *plan;
    let seats = &world.seats[committee];
    // Weekends and days off lengthen the way; the walk waits before its last step for what is left.
    let slack = if target == Stage::Suggested { 0 } else { 12 + days_to(target) / 8 };
    let day = deadline::day_of(world.end) - Days::new(days + days_to(target) + slack);
    world.clock.set(morning(world.working_day_before(day)?));
    let project = suggested(world, seats, category, title)?;
    let against = if matches!(then, Then::FailReview) { seats.voters().len() / 2 } else { 0 };
    let walk = Walk { world, seats, project, place, against };
    walk.to(target, days)?;
    finish(&walk, then)
}

fn suggested(
    world: &World,
    seats: &Seats,
    category: Category,
    title: &str,
) -> anyhow::Result<ProjectId> {
    let command = suggestion(ProjectKind::Make, category, seats, title, None);
    let outside = world.outside()?;
    let clerk = world.actor(outside.clerk)?;
    let project = world.write(move |tx| suggest(tx, &clerk, &command))?.project;
    world.minutes_later(20);
    let secretary = world.actor(seats.secretary)?;
    let people = [
        (outside.drafter, ProjectRole::LeadDrafter),
        (outside.reviewer, ProjectRole::PrincipalReviewer),
    ];
    world.write(move |tx| {
        for (person, role) in people {
            let named = units::NamePerson { project, person, role, named: true };
            units::name_person(tx, &secretary, &named)?;
        }
        Ok(())
    })?;
    Ok(project)
}

fn suggestion(
    kind: ProjectKind,
    category: Category,
    seats: &Seats,
    title: &str,
    edition: Option<&SpecificationRow>,
) -> Suggest {
    Suggest {
        kind,
        category,
        level: Level::National,
        authority: None,
        committee: Some(seats.committee),
        title_zh: title.to_owned(),
        title_en: String::new(),
        openness: Openness::Open,
        adoption: Adoption::None,
        livelihood: false,
        specification: edition.map(|row| row.id),
        details: Details {
            need: "现有方法不能满足量值溯源的需要,使用单位多次提出制定要求。(演示)".to_owned(),
            scope: format!("{title}所涉计量器具的计量特性、条件、项目和方法。"),
            ..Details::default()
        },
        origin: Origin::Demo,
    }
}

fn finish(walk: &Walk<'_>, then: Then) -> anyhow::Result<()> {
    let (world, seats, project) = (walk.world, walk.seats, walk.project);
    let outside = world.outside()?;
    let note = |text: &str| [(Field::Note, text.to_owned())];
    world.minutes_later(40);
    match then {
        Then::Nothing => Ok(()),
        Then::ProposalBallot => {
            let ballot = world.start_ballot(seats, project, BallotPurpose::Proposal, 10)?;
            world.vote(ballot, &seats.members[..6], 0)
        }
        Then::Objection => {
            let command = objection::Object {
                project,
                name: "异议人·演示".to_owned(),
                contact: "objector@demo.example".to_owned(),
                unit: "生产单位·演示".to_owned(),
                text: "项目范围与现行规程重复,建议先界定适用范围。(演示)".to_owned(),
            };
            world.write(move |tx| objection::object(tx, &Actor::Public, &command))?;
            Ok(())
        }
        Then::Comments => {
            let people = [seats.members[2], seats.members[3], outside.clerk];
            world.comment(project, &people)
        }
        Then::SettleSome => {
            world.days_later(2)?;
            world.settle(outside.drafter, project, 3)
        }
        Then::OneConsent => walk.consents(&[seats.chair]),
        Then::SomeVotes => {
            let ballot = world.latest_ballot(project, BallotPurpose::Review)?.id;
            world.vote(ballot, &seats.members[..7], 1)
        }
        Then::FailReview => {
            world.sign_review(seats, project, false)?;
            let reason = "同意票未达到规定比例。(演示)";
            walk.take(seats.secretary, Move::FailReview, &note(reason))
        }
        Then::ReturnDossier => {
            let reason = "不确定度评定报告缺少试验原始数据,请补充后重新报送。(演示)";
            walk.take(outside.officer, Move::ReturnDossier, &note(reason))
        }
    }
}

// A real edition of the committee; its case is invented.
fn edition(world: &World, committee: usize, skip: usize) -> anyhow::Result<SpecificationRow> {
    let filter = SpecificationFilter {
        text: None,
        category: None,
        level: Some(Level::National),
        committee: Some(world.seats[committee].committee),
        year: None,
    };
    let (rows, _) = world.read(|conn| Ok(specifications::list(conn, &filter, 200, 0)?))?;
    let standing =
        |row: &SpecificationRow| row.abolished_on.is_empty() && row.reported_status != "abolished";
    rows.into_iter().filter(standing).nth(skip).context("an edition of the committee")
}

fn days_ago(world: &World, days: u64) -> anyhow::Result<()> {
    let day = deadline::day_of(world.end) - Days::new(days);
    world.clock.set(morning(world.working_day_before(day)?));
    Ok(())
}

fn reexamination(world: &World) -> anyhow::Result<()> {
    let seats = &world.seats[0];
    days_ago(world, 20)?;
    let edition = edition(world, 0, 0)?;
    let project = world.write(move |tx| {
        let case = clock::open_case(tx, &edition, ProjectKind::Reexamination)?;
        clock::start_case(tx, &edition, case)?;
        Ok(case)
    })?;
    world.days_later(12)?;
    let ballot = world.start_ballot(seats, project, BallotPurpose::Reexamination, 20)?;
    world.vote(ballot, &seats.members[..5], 0)?;
    world.run_until(world.end)
}

fn abolition(world: &World) -> anyhow::Result<()> {
    let (seats, officer) = (&world.seats[0], world.outside()?.officer);
    days_ago(world, 40)?;
    let edition = edition(world, 0, 1)?;
    let command = suggestion(
        ProjectKind::Abolition,
        edition.category,
        seats,
        &edition.title_zh,
        Some(&edition),
    );
    let secretary = world.actor(seats.secretary)?;
    let project = world.write(move |tx| suggest(tx, &secretary, &command))?.project;
    let walk = Walk { world, seats, project, place: 0, against: 0 };
    world.days_later(5)?;
    walk.take(seats.secretary, Move::Screen, &[])?;
    world.days_later(7)?;
    walk.take(seats.secretary, Move::TakeUp, &[])?;
    let reason = "该计量器具已停止生产和使用,拟废止,征求意见。(演示)";
    world.days_later(3)?;
    walk.take(officer, Move::OpenAbolition, &[(Field::Note, reason.to_owned())])?;
    world.run_until(world.end)
}
