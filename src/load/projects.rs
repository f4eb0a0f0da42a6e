//! Projects with their rounds, comments and events, and the texts of the catalogue.

use chrono::{DateTime, Days, TimeDelta, Utc};
use quanheng_actions::specification::publish::search_text;
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::{DocumentId, ProjectId, RoundId, SpecificationId},
    number::{Series, SpecNumber},
};
use serde_json::{Value, json};

use super::{
    Set,
    committees::Seats,
    ledger::Happened,
    texts,
    writer::{instant, told},
};

/// Instruments that titles are made of.
const OF: [&str; 10] =
    ["压力", "温度", "流量", "电能", "质量", "长度", "频率", "光强", "湿度", "辐射"];
const WHAT: [&str; 8] =
    ["变送器", "测量仪", "标准装置", "传感器", "记录仪", "检测仪", "分析仪", "表"];
/// What comments say.
const REMARKS: [&str; 6] = [
    "该条未规定重复测量的次数，建议明确。",
    "环境温度的允许范围与引用文件不一致。",
    "不确定度评定示例缺少传播系数的推导。",
    "术语与JJF 1001的定义不一致。",
    "表格中单位符号应为正体。",
    "校准点的选取未考虑低量程的使用情况。",
];
/// The stages on the way, each so many days after the one before.
const WAY: [(&str, u64); 14] = [
    ("00.00", 0),
    ("00.99", 20),
    ("10.00", 20),
    ("10.30", 40),
    ("10.99", 40),
    ("20.20", 30),
    ("20.60", 200),
    ("20.99", 15),
    ("30.20", 15),
    ("30.60", 61),
    ("30.99", 50),
    ("40.20", 40),
    ("40.99", 30),
    ("60.60", 60),
];
/// Where comments are taken, in [`WAY`], and from where on all are settled.
const COMMENTING: usize = 8;
const SETTLED: usize = 10;

/// Writes texts and projects.
pub fn write(set: &mut Set<'_>, seats: &[Seats]) -> anyhow::Result<()> {
    for number in 0..u64::from(set.size.projects) {
        let seat = &seats[usize::try_from(number)? % seats.len()];
        let (old, new) = (text(set, seat, number, 1998)?, text(set, seat, number, 2014)?);
        let link = json!({ "new_id": new, "old_id": old, "whole": true });
        set.writer.row("replacements", link)?;
        project(set, seat, number, new)?;
    }
    Ok(())
}

fn title(number: u64) -> String {
    let (of, what) = (OF[(number % 10) as usize], WHAT[(number / 10 % 8) as usize]);
    format!("{of}{what}第{number}型校准规范·合成")
}

fn text(
    set: &mut Set<'_>,
    seat: &Seats,
    number: u64,
    year: u16,
) -> anyhow::Result<SpecificationId> {
    let at = set.ago(1_600);
    let id: SpecificationId = set.id(at);
    let project: Option<ProjectId> = set.size.texts.then(|| set.id(at));
    // Beyond the sequences that the real register holds.
    let spec = SpecNumber::new(Series::Jjf, None, u32::try_from(20_000 + number)?, None, year)?;
    let (canonical, title) = (spec.canonical(), title(number));
    let issued = format!("{}-{:02}-15", year, 1 + number % 12);
    let row = json!({
        "id": id, "version": 1, "number": canonical, "number_key": canonical, "sort_key": spec.sort_key(), "series": "JJF",
        "sequence": spec.sequence(), "year": year, "category": "calibration_specification", "level": "national",
        "title_zh": title, "title_en": format!("Synthetic Calibration Specification {number}"), "title_basis": "stated",
        "issued_on": issued, "effective_on": format!("{}-{:02}-15", year + 1, 1 + number % 12), "adoption": "none",
        "committee_id": seat.committee, "authority_id": set.authority, "search_text": search_text(&canonical, &title, ""),
        "project_id": project, "created_at": instant(at),
    });
    set.writer.row("specifications", row)?;
    if let Some(project) = project {
        texts::write(set, seat, (id, project), (&canonical, &title))?;
    }
    set.happened(Happened {
        object: (ObjectKind::Specification, id.cast()),
        at,
        actor: None,
        kind: "specification_entered",
        stages: ("", ""),
        facts: json!({ "number": canonical }),
    })?;
    set.done_with(id.cast());
    Ok(id)
}

fn project(
    set: &mut Set<'_>,
    seat: &Seats,
    number: u64,
    replaced: SpecificationId,
) -> anyhow::Result<()> {
    // One in ten takes comments now, six in ten are past it, the rest is spread over the way.
    let reached = match number % 10 {
        0 => COMMENTING,
        1..=6 => WAY.len() - 1,
        _ => usize::try_from(set.below(WAY.len() as u64))?,
    };
    let age: u64 = WAY[..=reached].iter().map(|(_, days)| days).sum::<u64>()
        + if reached == COMMENTING { 10 } else { set.below(500) };
    let began = set.ago(age);
    let id: ProjectId = set.id(began);
    let since = row(set, seat, (id, number), (reached, began), replaced)?;
    let object = (ObjectKind::Project, id.cast());
    let (mut at, mut before) = (began, "");
    for (step, (stage, days)) in WAY[..=reached].iter().enumerate() {
        at += TimeDelta::days(i64::try_from(*days)?);
        let actor = Some((seat.secretary.0, seat.secretary.1.as_str()));
        let facts = json!({ "to": stage });
        set.happened(Happened {
            object,
            at,
            actor,
            kind: "moved",
            stages: (before, stage),
            facts,
        })?;
        before = stage;
        if step == COMMENTING {
            round(set, seat, (id, number), at, reached)?;
        }
    }
    let (wanted, all) = (set.size.events, u64::from(set.size.projects));
    while set.ledger.events < wanted * (number + 1) / all {
        let actor = Some((seat.secretary.0, seat.secretary.1.as_str()));
        let facts = json!({ "kind": "other", "size": set.below(90_000).to_string() });
        let stages = ("", "");
        set.happened(Happened {
            object,
            at: since,
            actor,
            kind: "document_uploaded",
            stages,
            facts,
        })?;
    }
    set.done_with(id.cast());
    Ok(())
}

fn row(
    set: &mut Set<'_>,
    seat: &Seats,
    (id, number): (ProjectId, u64),
    (reached, began): (usize, DateTime<Utc>),
    replaced: SpecificationId,
) -> anyhow::Result<DateTime<Utc>> {
    let days: u64 = WAY[..=reached].iter().map(|(_, days)| days).sum();
    let since = began + TimeDelta::days(i64::try_from(days)?);
    let due = deadline::day_of(began).checked_add_days(Days::new(900));
    let details = json!({
        "approval_document": "", "asked": [], "international": "", "merged_into": "", "need": "合成数据", "receipt": "",
        "related": "", "reserved_number": "", "scope": "合成数据", "suggested_by": "", "suggester_address": "",
        "suggester_locale": "zh-CN", "urgency": "",
    });
    let row = json!({
        "id": id, "version": reached + 1, "number": format!("{}-{number:06}", seat.code), "kind": "revise",
        "category": "calibration_specification", "level": "national", "authority_id": set.authority,
        "committee_id": seat.committee, "profile_id": set.profile, "stage": WAY[reached].0, "stage_since": instant(since),
        "openness": "open", "adoption": "none", "title_zh": title(number), "plan_document": "合成计划",
        "plan_on": deadline::day_of(began), "due_on": due, "origin": "demo", "details": details.to_string(),
        "created_at": instant(began),
    });
    set.writer.row("projects", row)?;
    set.writer.row(
        "project_replaces",
        json!({ "project_id": id, "specification_id": replaced, "whole": true }),
    )?;
    let (drafter, added) =
        (seat.members[usize::try_from(number)? % seat.members.len()].0, instant(began));
    let people = json!({
        "project_id": id, "person_id": drafter, "role": "lead_drafter", "organisation_id": seat.host, "added_at": added,
    });
    set.writer.row("project_people", people)?;
    let unit = json!({ "project_id": id, "organisation_id": seat.host, "lead": true, "rank": 1 });
    set.writer.row("project_units", unit)?;
    Ok(since)
}

fn round(
    set: &mut Set<'_>,
    seat: &Seats,
    (project, number): (ProjectId, u64),
    at: DateTime<Utc>,
    reached: usize,
) -> anyhow::Result<()> {
    let (open, settled) = (reached == COMMENTING, reached >= SETTLED);
    let status = match (open, settled) {
        (true, _) => "running",
        (_, true) => "published",
        _ => "closed",
    };
    let (id, document): (RoundId, DocumentId) = (set.id(at), set.id(at));
    let closes = deadline::start_of(deadline::day_of(at + TimeDelta::days(61)));
    let paper = json!({
        "id": document, "project_id": project, "ordinal": 1, "kind": "comment_draft", "revision": 1,
        "title": title(number), "file_name": format!("征求意见稿-{number}.txt"), "media_type": "text/plain",
        "size": set.file.size, "sha256": set.file.hash.to_string(), "visibility": "open",
        "uploaded_by": seat.secretary.0, "uploaded_at": instant(at), "frozen_at": instant(at),
    });
    set.writer.row("documents", paper)?;
    let share = share(set, number);
    let row = json!({
        "id": id, "version": 1, "project_id": project, "ordinal": 1, "document_id": document, "purpose": "draft",
        "status": status, "opens_at": instant(at), "closes_at": instant(closes),
        "profile_id": set.profile, "next_serial": share + 1,
    });
    set.writer.row("rounds", row)?;
    if open {
        let deadline = json!({
            "id": set.id::<()>(at), "object_kind": "project", "object_id": project, "kind": "round_end", "ordinal": 1,
            "opened_at": instant(at), "due_at": instant(closes),
        });
        set.writer.row("deadlines", deadline)?;
    }
    for serial in 1..=share {
        comment(set, seat, (project, id), serial, at, settled)?;
    }
    Ok(())
}

/// How many of all comments fall to this project's round: the same to each of the seven in ten that have one for sure.
fn share(set: &Set<'_>, number: u64) -> u64 {
    let projects = u64::from(set.size.projects);
    let with_round = |n: u64| n / 10 * 7 + (n % 10).min(7);
    let upto = |n: u64| u64::from(set.size.comments) * with_round(n) / with_round(projects).max(1);
    upto(number + 1) - upto(number)
}

fn comment(
    set: &mut Set<'_>,
    seat: &Seats,
    (project, round): (ProjectId, RoundId),
    serial: u64,
    opened: DateTime<Utc>,
    settled: bool,
) -> anyhow::Result<()> {
    let minutes = set.below(9 * 24 * 60);
    let at = opened + TimeDelta::minutes(i64::try_from(minutes)?);
    let id = set.id::<()>(at);
    let remark = REMARKS[usize::try_from(set.below(6))?];
    let mut row = json!({
        "id": id, "version": 1, "round_id": round, "serial": serial, "author_name": format!("单位{serial:04}·合成"),
        "author_contact": format!("unit-{serial}@load.example"), "author_unit": format!("使用单位{serial:04}·合成"),
        "author_class": "public", "publish_name": true, "clause": format!("{}.{}", 1 + set.below(8), 1 + set.below(9)),
        "kind": "technical", "body": remark, "proposal": "按上述意见修改。", "reason": "合成数据", "source": "page",
        "received_at": instant(at), "confirmed_at": instant(at), "locale": "zh-CN",
    });
    let object = (ObjectKind::Project, project.cast());
    let facts = json!({
        "round": round, "serials": [serial], "receipt": format!("YJ{serial:06}"), "late": false, "source": "page",
        "at": told(at),
    });
    let stages = ("", "");
    set.happened(Happened { object, at, actor: None, kind: "comments_received", stages, facts })?;
    if settled {
        let done = opened + TimeDelta::days(80);
        let code = ["A", "P", "N"][usize::try_from(set.below(3))?];
        row["disposition"] = Value::from(code);
        row["disposition_reason"] = Value::from("按编写规则处理。");
        row["text_changed"] = Value::from(code != "N");
        row["disposed_by"] = json!(seat.secretary.0);
        row["disposed_at"] = Value::from(instant(done));
        row["published_at"] = Value::from(instant(done));
        let facts = json!({
            "round": round, "comments": [{ "comment": id, "serial": serial }], "code": code, "text_changed": code != "N",
            "duplicate_of": Value::Null,
        });
        let actor = Some((seat.secretary.0, seat.secretary.1.as_str()));
        set.happened(Happened {
            object,
            at: done,
            actor,
            kind: "comments_settled",
            stages,
            facts,
        })?;
    }
    set.writer.row("comments", row)
}
