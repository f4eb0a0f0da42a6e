//! The first fill of the world: rules, holidays, authority, committee and people.

use std::sync::Arc;

use chrono::NaiveDate;
use quanheng_actions::{ActionError, Tx};
use quanheng_clock::{Clock, Ids, ManualClock, SeededChance};
use quanheng_db::{
    Db,
    accounts::OfficerRow,
    bind,
    register::{self, AuthorityRow, CommitteeRow, SeatRow},
    rule_profiles::{self, HolidayRow, ProfileRow, RuleValueRow},
    schema::officers,
};
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    ids::{AuthorityId, CommitteeId, Id, OrganisationId, PersonId},
    people::{Interest, Role},
    rules::{self, RuleText},
    specification::Level,
};

use super::{Plan, World, people};

/// Days off of 2026 that the terms of a project may meet, and the National Day that makes the year complete.
const HOLIDAYS: &[(&str, &str)] = &[
    ("2026-04-04", "清明节"),
    ("2026-04-05", "清明节"),
    ("2026-04-06", "清明节"),
    ("2026-05-01", "劳动节"),
    ("2026-05-02", "劳动节"),
    ("2026-05-03", "劳动节"),
    ("2026-05-04", "劳动节"),
    ("2026-05-05", "劳动节"),
    ("2026-06-19", "端午节"),
    ("2026-10-01", "国庆节"),
    ("2026-10-02", "国庆节"),
    ("2026-10-05", "国庆节"),
    ("2026-10-06", "国庆节"),
    ("2026-10-07", "国庆节"),
];

/// Fills an empty database.
pub fn fill(db: Db, clock: Arc<ManualClock>, chance: Arc<SeededChance>, plan: &Plan) -> World {
    let id = || chance.uuid_of(&clock);
    let person = || PersonId::new(id());
    let mut world = World {
        db,
        authority: AuthorityId::new(id()),
        committee: CommitteeId::new(id()),
        chair: person(),
        vices: vec![person(), person()],
        secretary: person(),
        staff: person(),
        members: (0..plan.members).map(|_| person()).collect(),
        adviser: person(),
        corresponding: person(),
        officer: person(),
        drafter: person(),
        outsider: person(),
        drafting_unit: OrganisationId::new(id()),
        clock: Arc::clone(&clock),
        chance: Arc::clone(&chance),
    };
    rules_and_holidays(&world, plan);
    bodies(&world, (plan.profile, plan.mark));
    seats(&mut world);
    world
}

trait UuidOf {
    fn uuid_of(&self, clock: &ManualClock) -> uuid::Uuid;
}
impl UuidOf for SeededChance {
    fn uuid_of(&self, clock: &ManualClock) -> uuid::Uuid {
        let id: Id<()> = self.id(clock.now());
        id.uuid()
    }
}

fn rules_and_holidays(world: &World, plan: &Plan) {
    let plan = plan.clone();
    world
        .write(move |tx| {
            for profile in rules::seeds() {
                let mut row = ProfileRow {
                    id: tx.id(),
                    name: profile.name.clone(),
                    title_zh: profile.name.clone(),
                    title_en: profile.name.clone(),
                    authority_id: None,
                    committee_id: None,
                    valid_from: profile.valid_from,
                    published_at: tx.now(),
                    published_by: None,
                    reason: String::new(),
                    digest: String::new(),
                };
                let value = |rule: &rules::Rule| {
                    let text = RuleText::from(rule);
                    let own = plan
                        .rules
                        .iter()
                        .find(|(key, _)| profile.name == plan.profile && *key == text.key);
                    RuleValueRow {
                        profile_id: row.id,
                        value: own.map_or(text.value, |(_, value)| (*value).to_owned()),
                        unit: rule.unit().to_string(),
                        key: text.key,
                        article: text.article,
                        source: text.source,
                        mark: text.mark,
                        confirmed: text.confirmed,
                        note: text.note,
                    }
                };
                let values: Vec<_> = profile.rules().map(value).collect();
                row.digest = quanheng_actions::profiles::digest(&values);
                rule_profiles::insert(tx.conn(), &row, &values)?;
            }
            for (day, name) in HOLIDAYS {
                let day: NaiveDate = day.parse().unwrap();
                let row = HolidayRow {
                    day,
                    kind: "holiday".into(),
                    name: (*name).to_owned(),
                    basis: String::new(),
                };
                rule_profiles::put_holiday(tx.conn(), &row)?;
            }
            Ok(())
        })
        .unwrap();
}

fn bodies(world: &World, (profile, mark): (&'static str, Option<&'static str>)) {
    let (authority, committee, unit) = (world.authority, world.committee, world.drafting_unit);
    world
        .write(move |tx| {
            let authority = AuthorityRow {
                id: authority,
                code: "SAMR".into(),
                level: Level::National,
                name_zh: "国家主管部门·演示".into(),
                name_en: "National authority (demo)".into(),
                mark: mark.map(str::to_owned),
                profile: profile.to_owned(),
                zone: "Asia/Shanghai".into(),
            };
            register::insert_authority(tx.conn(), &authority)?;
            people::organisation(tx.conn(), unit, "起草单位·演示", Interest::Testing)?;
            let committee = CommitteeRow {
                id: committee,
                version: 1,
                code: Some("MTC3".into()),
                name_key: "全国流量计量技术委员会·演示".into(),
                name_zh: "全国流量计量技术委员会·演示".into(),
                name_en: "Flow committee (demo)".into(),
                kind: CommitteeKind::Committee,
                parent_id: None,
                authority_id: authority.id,
                scope_zh: "流量计量".into(),
                host_id: None,
                established_year: Some(2019),
                term_no: Some(2),
                term_start: NaiveDate::from_ymd_opt(2024, 1, 1),
                term_end: NaiveDate::from_ymd_opt(2030, 12, 31),
                state: CommitteeState::InTerm,
                note: String::new(),
            };
            Ok(register::insert_committee(tx.conn(), &committee)?)
        })
        .unwrap();
}

fn seats(world: &mut World) {
    let mut named = vec![
        (world.chair, "主任委员·演示".to_owned(), Some(Role::Chair)),
        (world.secretary, "秘书长·演示".to_owned(), Some(Role::SecretaryGeneral)),
        (world.staff, "秘书处·演示".to_owned(), Some(Role::SecretariatStaff)),
        (world.adviser, "顾问·演示".to_owned(), Some(Role::Adviser)),
        (world.corresponding, "通讯单位·演示".to_owned(), Some(Role::CorrespondingUnit)),
        (world.officer, "主管部门·演示".to_owned(), None),
        (world.drafter, "起草人·演示".to_owned(), None),
        (world.outsider, "单位职员·演示".to_owned(), None),
    ];
    named.extend(
        world
            .vices
            .iter()
            .enumerate()
            .map(|(at, id)| (*id, format!("副主任委员{:02}·演示", at + 1), Some(Role::ViceChair))),
    );
    named.extend(
        world
            .members
            .iter()
            .enumerate()
            .map(|(at, id)| (*id, format!("委员{:02}·演示", at + 1), Some(Role::Member))),
    );
    let (committee, authority, officer) = (world.committee, world.authority, world.officer);
    let (drafter, drafting_unit) = (world.drafter, world.drafting_unit);
    world
        .write(move |tx| {
            for (rank, (id, name, role)) in named.iter().enumerate() {
                let unit = if *id == drafter { drafting_unit } else { own_unit(tx, name)? };
                let row = people::person_row(*id, name, Some(unit), tx.now());
                register::insert_person(tx.conn(), &row)?;
                let Some(role) = *role else { continue };
                let seat = SeatRow {
                    id: tx.id(),
                    committee_id: committee,
                    person_id: *id,
                    role,
                    organisation_id: Some(unit),
                    since: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
                    until: None,
                    suspended: false,
                    reason: String::new(),
                    rank: i32::try_from(rank).unwrap(),
                };
                register::insert_seat(tx.conn(), &seat)?;
            }
            serve(tx, officer, authority)
        })
        .unwrap();
}

fn own_unit(tx: &mut Tx<'_, '_>, person: &str) -> Result<OrganisationId, ActionError> {
    let id = tx.id();
    people::organisation(tx.conn(), id, &format!("{person}所在单位"), Interest::User)?;
    Ok(id)
}

fn serve(
    tx: &mut Tx<'_, '_>,
    person_id: PersonId,
    authority_id: AuthorityId,
) -> Result<(), ActionError> {
    use diesel::prelude::*;
    let row = OfficerRow {
        person_id,
        authority_id,
        since: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
        until: None,
    };
    let there: i64 = officers::table
        .filter(officers::person_id.eq(bind(person_id)))
        .count()
        .get_result(tx.conn())?;
    if there == 0 {
        diesel::insert_into(officers::table).values(&row).execute(tx.conn())?;
    }
    Ok(())
}
