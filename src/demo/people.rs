//! People invented by role, their seats, terms and accounts. Nobody of them exists.

use chrono::{Days, NaiveDate};
use quanheng_actions::{
    ActionError, Tx,
    account::{access, people},
    committee::{seats, term},
    project::units,
};
use quanheng_db::{
    accounts::{self, AccountRow},
    register,
};
use quanheng_domain::{
    Locale,
    ids::{CommitteeId, PersonId},
    people::{Actor, Role},
};

use super::world::{Outside, Seats, World};

/// The committees that work in the demo; the first has the plain mail addresses.
const COMMITTEES: [&str; 5] = ["MTC3", "MTC1", "MTC2", "MTC5", "MTC13"];

/// Enters everybody.
pub fn invent(world: &mut World, password_hash: &str) -> anyhow::Result<()> {
    let hash = password_hash.to_owned();
    let (seats, outside) = world.write(move |tx| {
        let outside = without_seat(tx, &hash)?;
        let seats = COMMITTEES
            .iter()
            .enumerate()
            .map(|(at, code)| committee(tx, &hash, at, code))
            .collect::<Result<Vec<_>, _>>()?;
        Ok((seats, outside))
    })?;
    (world.seats, world.outside) = (seats, Some(outside));
    Ok(())
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

fn without_seat(tx: &mut Tx<'_, '_>, hash: &str) -> Result<Outside, ActionError> {
    let admin = person(tx, hash, "管理员·演示", "admin", "运行单位·演示")?;
    access::set_administrator(tx, &Actor::System, admin, true)?;
    let officer = person(tx, hash, "主管部门·演示", "officer", "主管部门·演示")?;
    let authority = register::authority_by_code(tx.conn(), "SAMR")?.ok_or(ActionError::NotFound)?;
    let office = people::Office { since: tx.today(), until: None };
    access::set_officer(tx, &Actor::System, officer, authority.id, office)?;
    Ok(Outside {
        drafter: person(tx, hash, "起草人·演示", "drafter", "起草单位·演示")?,
        reviewer: person(tx, hash, "主审人·演示", "reviewer", "主审单位·演示")?,
        officer,
        clerk: person(tx, hash, "单位职员·演示", "clerk", "使用单位·演示")?,
    })
}

fn committee(
    tx: &mut Tx<'_, '_>,
    hash: &str,
    at: usize,
    code: &'static str,
) -> Result<Seats, ActionError> {
    let row = register::committee_by_code(tx.conn(), code)?.ok_or(ActionError::NotFound)?;
    let since = tx.today();
    let first = at == 0;
    let mark = if first { "演示".to_owned() } else { format!("{code}演示") };
    let prefix = if first { String::new() } else { format!("{}-", code.to_lowercase()) };
    let members = if first { 15 } else { 7 };
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
    let term = term::Term { committee: row.id, number: 3, start: since, end: None };
    term::begin(tx, &Actor::System, &term)?;
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
        rank: i32::try_from(rank).unwrap_or(i32::MAX),
        reason: "演示换届".to_owned(),
    };
    seats::appoint(tx, &Actor::System, &command)?;
    Ok(())
}
