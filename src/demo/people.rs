//! People invented by role, their seats, terms and accounts. Nobody of them exists.

use anyhow::Context;
use chrono::{Days, NaiveDate};
use quanheng_actions::{
    ActionError, Tx,
    account::{access, people},
    committee::{seats, term},
    names,
    project::units,
};
use quanheng_db::{
    accounts::{self, AccountRow},
    register::{self, CommitteeRow},
};
use quanheng_domain::{
    Locale,
    ids::{CommitteeId, PersonId},
    people::{Actor, Role},
};

use super::world::{Outside, Seats, World};

/// A committee that works in the demo.
pub struct Body {
    /// Its short name in the demo, and how the mail addresses of its people begin; the committee of the sign-ins has the plain ones.
    pub short: &'static str,
    /// Its code, or its name where no code is known.
    pub known_as: &'static str,
    /// Month in which its invented people take their seats; none for when the demo's own projects begin.
    pub since: Option<(i32, u32)>,
}

const fn body(short: &'static str, known_as: &'static str, since: Option<(i32, u32)>) -> Body {
    Body { short, known_as, since }
}

/// The committee whose people are told at the start.
pub const FLOW: &str = "mtc3";

/// The committees that work in the demo.
pub const BODIES: [Body; 14] = [
    body(FLOW, "MTC3", Some((2022, 11))),
    body("liquid", "全国流量计量技术委员会液体流量分技术委员会", Some((2014, 9))),
    body("mtc1", "MTC1", None),
    body("mtc2", "MTC2", None),
    body("mtc5", "MTC5", Some((2001, 9))),
    body("mtc13", "MTC13", Some((2018, 9))),
    body("mtc20", "MTC20", Some((2009, 8))),
    body("geometry", "全国几何量工程参量计量技术委员会", Some((2016, 10))),
    body("belt", "全国衡器计量技术委员会自动衡器分技术委员会", Some((2016, 8))),
    body("pressure", "全国压力计量技术委员会", Some((2016, 9))),
    body("chemistry", "全国物理化学计量技术委员会", Some((2014, 2))),
    body("temperature", "全国温度计量技术委员会", None),
    body("time", "全国时间频率计量技术委员会", None),
    body("medicine", "全国医学计量技术委员会", None),
];

/// Enters those who hold no seat.
pub fn without_seat(world: &World<'_>, hash: &str) -> anyhow::Result<()> {
    let outside = world.write(|tx| {
        let admin = person(tx, hash, "管理员·演示", "admin", "运行单位·演示")?;
        access::set_administrator(tx, &Actor::System, admin, true)?;
        let officer = person(tx, hash, "主管部门·演示", "officer", "主管部门·演示")?;
        let authority =
            register::authority_by_code(tx.conn(), "SAMR")?.ok_or(ActionError::NotFound)?;
        let office = people::Office { since: tx.today(), until: None };
        access::set_officer(tx, &Actor::System, officer, authority.id, office)?;
        Ok(Outside {
            drafter: person(tx, hash, "起草人·演示", "drafter", "起草单位·演示")?,
            reviewer: person(tx, hash, "主审人·演示", "reviewer", "主审单位·演示")?,
            officer,
            clerk: person(tx, hash, "单位职员·演示", "clerk", "使用单位·演示")?,
        })
    })?;
    world.know(outside);
    Ok(())
}

/// The life of a committee: its people take their seats, and at the end of each term the next one begins.
pub async fn committee(world: &World<'_>, body: &'static Body, hash: &str) -> anyhow::Result<()> {
    let (seats, mut number) = world.write(|tx| {
        let row = found(tx, body.known_as)?;
        let number = row.term_no.unwrap_or(0) + 1;
        begin(tx, row.id, number)?;
        Ok((seated(tx, hash, body, &row)?, number))
    })?;
    let committee = seats.committee;
    world.seat(body.short, seats);
    loop {
        let end = world
            .read(|conn| Ok(register::committee(conn, committee)?))?
            .and_then(|row| row.term_end)
            .context("a term has an end")?;
        world.until_day(end).await;
        number += 1;
        world.write(|tx| begin(tx, committee, number))?;
    }
}

fn found(tx: &mut Tx<'_, '_>, known_as: &str) -> Result<CommitteeRow, ActionError> {
    if let Some(row) = register::committee_by_code(tx.conn(), known_as)? {
        return Ok(row);
    }
    register::committee_by_name(tx.conn(), &names::fold(known_as))?.ok_or(ActionError::NotFound)
}

fn begin(tx: &mut Tx<'_, '_>, committee: CommitteeId, number: i32) -> Result<(), ActionError> {
    let term = term::Term { committee, number, start: tx.today(), end: None };
    term::begin(tx, &Actor::System, &term)
}

fn person(
    tx: &mut Tx<'_, '_>,
    hash: &str,
    name: &str,
    address: &str,
    unit: &str,
) -> Result<PersonId, ActionError> {
    let entry = people::Entry {
        name_zh: name.to_owned(),
        name_en: String::new(),
        email: format!("{address}@demo.example"),
        locale: Locale::Chinese,
        organisation: Some(units::organisation(tx, unit)?),
        post: String::new(),
        title: String::new(),
    };
    let mut row = people::enter(tx, &Actor::System, &entry)?;
    row.demo = true;
    if !register::save_person(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let account = AccountRow {
        person_id: row.id,
        password_hash: Some(hash.to_owned()),
        administrator: false,
        disabled: false,
        failures: 0,
        locked_until: None,
        password_changed_at: Some(tx.now()),
        optional_mail: true,
        created_at: tx.now(),
    };
    accounts::insert_account(tx.conn(), &account)?;
    Ok(row.id)
}

fn seated(
    tx: &mut Tx<'_, '_>,
    hash: &str,
    body: &Body,
    row: &CommitteeRow,
) -> Result<Seats, ActionError> {
    let since = tx.today();
    let first = body.short == FLOW;
    let code = row.code.clone().unwrap_or_else(|| body.short.to_uppercase());
    let mark = if first { "演示".to_owned() } else { format!("{code}演示") };
    let prefix = if first { String::new() } else { format!("{}-", body.short) };
    let members = if first { 15 } else { 5 };
    let mut roll = vec![
        ("主任委员".to_owned(), "chair".to_owned(), Role::Chair),
        ("副主任委员".to_owned(), "vice".to_owned(), Role::ViceChair),
        ("秘书长".to_owned(), "secretary".to_owned(), Role::SecretaryGeneral),
        ("秘书处".to_owned(), "staff".to_owned(), Role::SecretariatStaff),
        ("顾问".to_owned(), "adviser".to_owned(), Role::Adviser),
        ("通讯单位".to_owned(), "unit".to_owned(), Role::CorrespondingUnit),
    ];
    let member = |n| (format!("委员{n:02}"), format!("member-{n:02}"), Role::Member);
    roll.extend((1..=members).map(member));
    let mut ids = Vec::new();
    for (rank, (name, address, role)) in roll.iter().enumerate() {
        let unit = format!("{name}所在单位·{mark}");
        let id = person(tx, hash, &format!("{name}·{mark}"), &format!("{prefix}{address}"), &unit)?;
        appoint(tx, row.id, id, *role, since, rank)?;
        ids.push(id);
    }
    Ok(Seats {
        committee: row.id,
        code,
        chair: ids[0],
        vice: ids[1],
        secretary: ids[2],
        members: ids.split_off(6),
    })
}

fn appoint(
    tx: &mut Tx<'_, '_>,
    committee: CommitteeId,
    person: PersonId,
    role: Role,
    since: NaiveDate,
    rank: usize,
) -> Result<(), ActionError> {
    let command = seats::Appoint {
        committee,
        person,
        role,
        organisation: None,
        since: since.checked_sub_days(Days::new(1)).unwrap_or(since),
        until: None,
        rank: i32::try_from(rank).unwrap_or(i32::MAX),
        reason: "演示换届".to_owned(),
    };
    seats::appoint(tx, &Actor::System, &command)?;
    Ok(())
}
