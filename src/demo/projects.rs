//! The projects of the demo: one standing today at every stage there is, on the main line and beside it.

use anyhow::{Context, ensure};
use chrono::{DateTime, Days, Utc};
use quanheng_actions::project::{Suggest, details::Details, objection, suggest, units};
use quanheng_db::specifications::SpecificationRow;
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
use std::cell::Cell;

use super::{
    fates::{self, Fate},
    morning,
    people::FLOW,
    walk::{Course, Walk, days_to},
    world::{Seats, World},
};

/// What is done at the stage at which a walk ends.
#[derive(Clone, Copy)]
pub enum Then {
    /// It stands there.
    Nothing,
    /// The committee votes on the proposal.
    ProposalBallot,
    /// Somebody objects to the publicity.
    Objection,
    /// Comments come in.
    Comments,
    /// Some comments are settled.
    SettleSome,
    /// All comments are settled and the draft goes out again.
    CommentAgain,
    /// One of two consents is there.
    OneConsent,
    /// Some have voted.
    SomeVotes,
    /// Too few vote.
    NoQuorum,
    /// Too many say no.
    FailReview,
    /// A move with a reason, by the secretariat or the authority.
    Secretary(Move, &'static str),
    /// The same by the authority.
    Officer(Move, &'static str),
    /// What becomes of the text once it is in force.
    Fate(Fate),
}

/// A project: stage, days it stands there, committee, kind of text, title (most of real plans and notices), what is done then.
type Plan = (Stage, u64, &'static str, Category, &'static str, Then);

/// What households meet, so that people may listen to its review.
const LIVELIHOOD: [&str; 4] = ["水表", "燃气表", "容积式流量计", "血"];

const CAL: Category = Category::CalibrationSpecification;
const REG: Category = Category::VerificationRegulation;
const SCHEME: Category = Category::VerificationScheme;
const TYPE: Category = Category::TypeEvaluation;
const OTHER: Category = Category::Other;

const PROJECTS: [Plan; 45] = [
    (Stage::Suggested, 3, FLOW, CAL, "流量积算仪校准规范(演示)", Then::Nothing),
    (Stage::Suggested, 9, "mtc2", CAL, "电子水平尺校准规范", Then::Nothing),
    (Stage::Screening, 6, FLOW, REG, "气体超声流量计检定规程", Then::Nothing),
    (Stage::Taken, 3, FLOW, TYPE, "膜式燃气表型式评价大纲", Then::ProposalBallot),
    (Stage::Applied, 5, "mtc5", CAL, "抖晃校准仪校准规范", Then::Nothing),
    (Stage::Assessment, 6, "mtc2", CAL, "圆锥螺纹量规校准规范", Then::Nothing),
    (Stage::Publicity, 12, "mtc13", CAL, "超声声时标准棒校准规范", Then::Objection),
    (Stage::Planned, 10, "mtc13", CAL, "超声猝发音信号源校准规范", Then::Nothing),
    (Stage::DraftingStarted, 7, "mtc5", CAL, "静电放电电流靶校准规范", Then::Nothing),
    (Stage::Drafting, 50, FLOW, REG, "超声波燃气表检定规程", Then::Nothing),
    (Stage::Drafting, 90, "mtc13", CAL, "超声扫描显微镜校准规范", Then::Nothing),
    (Stage::DraftSubmitted, 4, "mtc2", REG, "计米器检定规程", Then::Nothing),
    (Stage::DraftAccepted, 3, "mtc13", REG, "噪声剂量计检定规程", Then::Nothing),
    (Stage::Commenting, 30, FLOW, TYPE, "冷水水表型式评价大纲", Then::Comments),
    (Stage::Commenting, 12, "mtc5", CAL, "低失真信号发生器校准规范", Then::Comments),
    (Stage::Commenting, 8, "mtc1", OTHER, "国家计量检定规程编写规则", Then::Comments),
    (Stage::CommentsClosed, 15, FLOW, TYPE, "气体超声流量计型式评价大纲", Then::SettleSome),
    (Stage::CommentsTreated, 4, "mtc2", CAL, "标准齿轮校准规范", Then::Nothing),
    (Stage::ReviewSubmitted, 4, FLOW, TYPE, "气体容积式流量计型式评价大纲", Then::OneConsent),
    (Stage::PapersReleased, 10, "mtc13", CAL, "次声传感器校准规范", Then::Nothing),
    (Stage::Reviewing, 1, FLOW, SCHEME, "气体流速计量器具检定系统表", Then::SomeVotes),
    (Stage::VotesCounted, 2, "mtc13", CAL, "声矢量传感器校准规范", Then::Nothing),
    (Stage::VotesCounted, 25, "time", CAL, "脉冲分配放大器校准规范", Then::FailReview),
    (Stage::ReviewPassed, 6, "mtc2", CAL, "量块校准规范", Then::Nothing),
    (Stage::DossierReceived, 3, "mtc13", CAL, "超声波检测试块校准规范", Then::Nothing),
    (Stage::DossierCheck, 9, FLOW, CAL, "热式气体质量流量计校准规范(演示)", Then::Nothing),
    (Stage::DossierCheck, 20, "mtc2", CAL, "直角尺(垂直度)检查仪校准规范", RETURNED),
    (Stage::Approved, 3, "time", CAL, "网络授时终端远程校准规范", Then::Nothing),
    (Stage::Numbered, 2, "mtc1", OTHER, "计量器具型式评价大纲编写导则(演示)", Then::Nothing),
    (Stage::Published, 30, "mtc13", CAL, "无线噪声测量仪校准规范", Then::Nothing),
    (Stage::Published, 100, "mtc1", OTHER, "法制计量管理计算机软件通用要求(演示)", Then::Nothing),
    (Stage::Suggested, 60, "temperature", REG, "标准铂铑10-铂热电偶检定规程", DECLINED),
    (Stage::Assessment, 35, "chemistry", CAL, "薄层色谱扫描仪校准规范", INCOMPLETE),
    (Stage::Assessment, 90, "mtc1", OTHER, "计量器具软件测评指南(演示)", REFUSED),
    (Stage::Drafting, 150, "pressure", CAL, "电离真空计校准规范", CANCELLED),
    (Stage::CommentsClosed, 30, "chemistry", CAL, "湿度传感器校准规范", Then::CommentAgain),
    (Stage::CommentsTreated, 60, "geometry", CAL, "透镜中心偏差测量仪校准规范", CANCELLED),
    (Stage::Reviewing, 12, "pressure", CAL, "无线压力数据采集仪校准规范", Then::NoQuorum),
    (Stage::ReviewSubmitted, 45, "belt", CAL, "核子皮带秤校准规范", CANCELLED),
    (Stage::DossierCheck, 70, "temperature", CAL, "盐雾试验箱校准规范", REJECTED),
    (Stage::Published, 330, FLOW, CAL, "明渠流量计校准规范(演示)", Then::Fate(Fate::Examining)),
    (Stage::Published, 320, "medicine", CAL, "血液灌流装置校准规范", Then::Fate(Fate::Examined)),
    (Stage::Published, 340, "mtc20", CAL, "糖化血红蛋白分析仪校准规范", Then::Fate(Fate::Proposed)),
    (Stage::Published, 300, "mtc2", CAL, "线纹尺检定装置校准规范(演示)", Then::Fate(Fate::Heard)),
    (Stage::Published, 360, "mtc13", CAL, "声学波浪测量仪校准规范", Then::Fate(Fate::Abolished)),
];

const RETURNED: Then = Then::Officer(
    Move::ReturnDossier,
    "不确定度评定报告缺少试验原始数据，请补充后重新报送。（演示）",
);
const DECLINED: Then =
    Then::Secretary(Move::Decline, "与在办项目内容重复，建议并入该项目。（演示）");
const INCOMPLETE: Then =
    Then::Officer(Move::ReturnApplication, "申报书未说明与现行规范的关系，请补充。（演示）");
const REFUSED: Then =
    Then::Officer(Move::RefuseApplication, "不属于计量技术规范的范围，不予立项。（演示）");
const CANCELLED: Then = Then::Officer(Move::Cancel, "管理政策调整，项目不再适宜继续。（演示）");
const REJECTED: Then =
    Then::Officer(Move::RefuseApproval, "主要技术指标与上位规程不协调，不予批准。（演示）");

/// Whether the demo walks a project of this title.
pub fn walks(title: &str) -> bool {
    PROJECTS.iter().any(|plan| plan.4 == title)
}

/// The projects with their places, from 1.
pub fn all() -> impl Iterator<Item = (usize, &'static Plan)> {
    (1..).zip(&PROJECTS)
}

/// The morning on which a project is suggested, so that it can stand where it shall.
pub fn begins(world: &World<'_>, plan: &Plan) -> anyhow::Result<DateTime<Utc>> {
    let (target, days, ..) = *plan;
    // Weekends and days off lengthen the way; the walk waits before its last step for what is left.
    let slack = if target == Stage::Suggested { 0 } else { 12 + days_to(target) / 8 };
    let day = deadline::day_of(world.end) - Days::new(days + days_to(target) + slack);
    Ok(morning(world.working_day_before(day)?))
}

/// Walks a project to where it stands today.
pub async fn walk(world: &World<'_>, place: usize, plan: &Plan) -> anyhow::Result<()> {
    let (target, days, committee, category, title, then) = *plan;
    let seats = world.seats(committee)?;
    let command = suggestion(ProjectKind::Make, category, &seats, title, None);
    let project = suggested(world, &seats, &command).await?;
    name_units(world, &seats, project)?;
    let against = if matches!(then, Then::FailReview) { seats.voters().len() / 2 } else { 0 };
    let walk = Walk {
        world,
        seats,
        project,
        place,
        against,
        course: Course::default(),
        review_on: Cell::default(),
    };
    let told = async {
        walk.to(target, Some(days)).await?;
        ensure!(world.now() <= world.end, "after the end");
        finish(&walk, then).await
    };
    told.await.with_context(|| format!("{title} at {target}"))
}

/// Enters a suggestion as somebody outside, and names who will draft and review.
pub async fn suggested(
    world: &World<'_>,
    seats: &Seats,
    command: &Suggest,
) -> anyhow::Result<ProjectId> {
    world.count_project();
    let outside = world.outside()?;
    let clerk = world.actor(outside.clerk)?;
    let project = world.write(|tx| suggest(tx, &clerk, command))?.project;
    world.minutes_later(20).await;
    name_people(world, seats, project)?;
    Ok(project)
}

/// Names who will draft and review.
pub fn name_people(world: &World<'_>, seats: &Seats, project: ProjectId) -> anyhow::Result<()> {
    let outside = world.outside()?;
    world.qualify_reviewer(seats)?;
    let secretary = world.actor(seats.secretary)?;
    let people = [
        (outside.drafter, ProjectRole::LeadDrafter),
        (outside.reviewer, ProjectRole::PrincipalReviewer),
    ];
    world.write(|tx| {
        for (person, role) in people {
            let named = units::NamePerson { project, person, role, named: true };
            units::name_person(tx, &secretary, &named)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Names the units that will draft; those of real texts stand in the register.
fn name_units(world: &World<'_>, seats: &Seats, project: ProjectId) -> anyhow::Result<()> {
    let secretary = world.actor(seats.secretary)?;
    world.write(|tx| {
        for (unit, lead) in [("起草单位·演示", true), ("参加起草单位·演示", false)]
        {
            let unit = units::NameUnit { project, unit: unit.to_owned(), lead, named: true };
            units::name_unit(tx, &secretary, &unit)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A suggestion to a committee.
pub fn suggestion(
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
        livelihood: LIVELIHOOD.iter().any(|word| title.contains(word)),
        specification: edition.map(|row| row.id),
        details: Details {
            need: "现有方法不能满足量值溯源的需要，使用单位多次提出制定要求。（演示）".to_owned(),
            scope: format!("{title}所涉计量器具的计量特性、条件、项目和方法。"),
            ..Details::default()
        },
        origin: Origin::Demo,
    }
}

async fn finish(walk: &Walk<'_, '_>, then: Then) -> anyhow::Result<()> {
    let (world, seats, project) = (walk.world, &walk.seats, walk.project);
    let outside = world.outside()?;
    let note = |text: &str| [(Field::Note, text.to_owned())];
    world.minutes_later(40).await;
    match then {
        Then::Nothing => Ok(()),
        Then::ProposalBallot => {
            let ballot = world.start_ballot(seats, project, BallotPurpose::Proposal, 10)?;
            world.minutes_later(45).await;
            world.vote(ballot, &seats.members[..6], 0)
        }
        Then::Objection => {
            let command = objection::Object {
                project,
                name: "异议人·演示".to_owned(),
                contact: "objector@demo.example".to_owned(),
                unit: "生产单位·演示".to_owned(),
                text: "项目范围与现行规程重复，建议先界定适用范围。（演示）".to_owned(),
            };
            world.write(|tx| objection::object(tx, &Actor::Public, &command))?;
            Ok(())
        }
        Then::Comments => {
            world.minutes_later(30).await;
            world.comment(project, &[seats.members[2], seats.members[3], outside.clerk])
        }
        Then::SettleSome => {
            world.days_later(2).await?;
            world.settle(outside.drafter, project, 3)
        }
        Then::CommentAgain => {
            world.days_later(4).await?;
            world.settle(outside.drafter, project, usize::MAX)?;
            let reason = "技术内容修改较多，拟再次征求意见。（演示）";
            walk.take(seats.secretary, Move::CommentAgain, &note(reason)).await
        }
        Then::OneConsent => walk.consents(&[seats.chair]),
        Then::SomeVotes => {
            let ballot = world.latest_ballot(project, BallotPurpose::Review)?.id;
            world.vote(ballot, &seats.members[..7], 1)
        }
        Then::NoQuorum => no_quorum(walk).await,
        Then::FailReview => {
            world.sign_review(seats, project, false)?;
            let reason = "同意票未达到规定比例。（演示）";
            walk.take(seats.secretary, Move::FailReview, &note(reason)).await
        }
        Then::Secretary(key, reason) => walk.take(seats.secretary, key, &note(reason)).await,
        Then::Officer(key, reason) => walk.take(outside.officer, key, &note(reason)).await,
        Then::Fate(fate) => fates::meet(walk, fate).await,
    }
}

async fn no_quorum(walk: &Walk<'_, '_>) -> anyhow::Result<()> {
    let (world, seats) = (walk.world, &walk.seats);
    let ballot = world.latest_ballot(walk.project, BallotPurpose::Review)?;
    world.vote(ballot.id, &seats.members[..3], 0)?;
    world.until(ballot.closes_at).await;
    world.days_later(1).await?;
    walk.consents(&[seats.chair, seats.vice])?;
    let reason = "到会委员不足法定人数，审定无效，另行召集。（演示）";
    walk.take(seats.secretary, Move::Reconvene, &[(Field::Note, reason.to_owned())]).await
}
