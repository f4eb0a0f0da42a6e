//! What every instance stands on: authorities, rule profiles, holidays. Laid at each start; what is there is left alone.

use chrono::NaiveDate;
use quanheng_clock::to_microseconds;
use quanheng_db::{
    conn::AnyConn,
    register::{self, AuthorityRow},
    rule_profiles::{self, HolidayRow, ProfileRow, RuleValueRow},
};
use quanheng_domain::{
    Keyed,
    calendar::DayKind,
    event::ObjectKind,
    ids::{AuthorityId, ObjectId},
    people::Actor,
    rules::{self, Profile, RuleText},
    specification::Level,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{ActionError, NewEvent, Tx};

/// The starter calendar of public holidays.
const HOLIDAYS: &str = include_str!("../../config/register/holidays.csv");

struct Founder {
    code: &'static str,
    level: Level,
    name_zh: &'static str,
    name_en: &'static str,
    mark: Option<&'static str>,
    profile: &'static str,
    title_zh: &'static str,
    title_en: &'static str,
}

/// The authorities whose profiles the product brings with it; more are entered by administrators.
const FOUNDERS: [Founder; 4] = [
    Founder {
        code: "SAMR",
        level: Level::National,
        name_zh: "国家市场监督管理总局",
        name_en: "State Administration for Market Regulation",
        mark: None,
        profile: "national",
        title_zh: "国家计量技术规范规则",
        title_en: "Rules for national metrological technical specifications",
    },
    Founder {
        code: "JS",
        level: Level::Provincial,
        name_zh: "江苏省市场监督管理局",
        name_en: "Jiangsu Administration for Market Regulation",
        mark: Some("苏"),
        profile: "jiangsu",
        title_zh: "江苏省地方计量技术规范规则",
        title_en: "Rules for local metrological technical specifications of Jiangsu",
    },
    Founder {
        code: "HB",
        level: Level::Provincial,
        name_zh: "湖北省市场监督管理局",
        name_en: "Hubei Administration for Market Regulation",
        mark: Some("鄂"),
        profile: "hubei",
        title_zh: "湖北省地方计量技术规范规则",
        title_en: "Rules for local metrological technical specifications of Hubei",
    },
    Founder {
        code: "MOT",
        level: Level::Departmental,
        name_zh: "交通运输部",
        name_en: "Ministry of Transport",
        mark: Some("交通"),
        profile: "mot",
        title_zh: "交通运输部门计量技术规范规则",
        title_en: "Rules for departmental metrological technical specifications of transport",
    },
];

/// Why the ground could not be laid.
#[derive(Debug, thiserror::Error)]
pub enum FoundError {
    /// Storage trouble.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// A line of the compiled-in calendar is none.
    #[error("holidays.csv, line {0}")]
    Holiday(usize),
}

impl From<quanheng_db::DbError> for FoundError {
    fn from(error: quanheng_db::DbError) -> Self {
        Self::Action(error.into())
    }
}

/// Lays what is missing; says how many things were laid.
pub fn found(tx: &mut Tx<'_, '_>) -> Result<usize, FoundError> {
    let mut laid = 0;
    for founder in &FOUNDERS {
        let (authority, new) = authority(tx, founder)?;
        laid += usize::from(new);
        laid += usize::from(profile(tx, founder, authority)?);
    }
    laid += usize::from(holidays(tx)?);
    Ok(laid)
}

fn authority(tx: &mut Tx<'_, '_>, founder: &Founder) -> Result<(AuthorityId, bool), ActionError> {
    if let Some(row) = register::authority_by_code(tx.conn(), founder.code)? {
        return Ok((row.id, false));
    }
    let row = AuthorityRow {
        id: tx.id(),
        code: founder.code.to_owned(),
        level: founder.level,
        name_zh: founder.name_zh.to_owned(),
        name_en: founder.name_en.to_owned(),
        mark: founder.mark.map(str::to_owned),
        profile: founder.profile.to_owned(),
        zone: "Asia/Shanghai".to_owned(),
    };
    register::insert_authority(tx.conn(), &row)?;
    let facts = json!({ "authority": row.code, "name": row.name_zh });
    tx.record(
        NewEvent::new(ObjectKind::System, row.id.cast(), &Actor::System, "authority_founded")
            .facts(facts),
    )?;
    Ok((row.id, true))
}

/// Publishes the first fill of a profile unless a version of that name is there.
fn profile(
    tx: &mut Tx<'_, '_>,
    founder: &Founder,
    authority: AuthorityId,
) -> Result<bool, ActionError> {
    if rule_profiles::versions(tx.conn())?.iter().any(|row| row.name == founder.profile) {
        return Ok(false);
    }
    let Some(seed) = rules::seed(founder.profile) else { return Ok(false) };
    let row = ProfileRow {
        id: tx.id(),
        name: seed.name.clone(),
        title_zh: founder.title_zh.to_owned(),
        title_en: founder.title_en.to_owned(),
        authority_id: Some(authority),
        committee_id: None,
        valid_from: seed.valid_from,
        published_at: to_microseconds(tx.now()),
        published_by: None,
        reason: "首次建立 / first fill".to_owned(),
    };
    rule_profiles::insert(tx.conn(), &row, &values(&row, &seed))?;
    let facts =
        json!({ "profile": row.name, "valid_from": row.valid_from, "rules": seed.rules().count() });
    tx.record(
        NewEvent::new(ObjectKind::Profile, row.id.cast(), &Actor::System, "profile_published")
            .facts(facts),
    )?;
    Ok(true)
}

/// The rows of a profile's rules.
pub fn values(row: &ProfileRow, profile: &Profile) -> Vec<RuleValueRow> {
    profile
        .rules()
        .map(|rule| {
            let text = RuleText::from(rule);
            RuleValueRow {
                profile_id: row.id,
                key: text.key,
                value: text.value,
                unit: rule.unit().key().to_owned(),
                article: text.article,
                source: text.source,
                mark: text.mark,
                confirmed: text.confirmed,
                note: text.note,
            }
        })
        .collect()
}

/// Fills an empty calendar.
fn holidays(tx: &mut Tx<'_, '_>) -> Result<bool, FoundError> {
    if !rule_profiles::holidays(tx.conn()).map_err(ActionError::from)?.is_empty() {
        return Ok(false);
    }
    let mut days = 0;
    for (number, line) in
        HOLIDAYS.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty())
    {
        let row = holiday(line).ok_or(FoundError::Holiday(number + 1))?;
        rule_profiles::put_holiday(tx.conn(), &row).map_err(ActionError::from)?;
        days += 1;
    }
    let object = system_object("holidays");
    tx.record(
        NewEvent::new(ObjectKind::System, object, &Actor::System, "holidays_founded")
            .facts(json!({ "days": days })),
    )?;
    Ok(true)
}

fn holiday(line: &str) -> Option<HolidayRow> {
    let mut cells = line.splitn(4, ',').map(str::trim);
    let (day, kind, name, basis) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let kind = match kind {
        "holiday" => DayKind::Holiday,
        "make-up working day" => DayKind::Workday,
        _ => return None,
    };
    Some(HolidayRow {
        day: NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?,
        kind: kind.key().to_owned(),
        name: name.to_owned(),
        basis: basis.to_owned(),
    })
}

/// The fixed identity under which the ledger keeps what belongs to the system as a whole (`holidays`, `settings`, `imports`).
pub fn system_object(name: &str) -> ObjectId {
    let hash = Sha256::digest(format!("quanheng system object {name}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    ObjectId::new(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Whether the ground was laid, for the readiness check.
pub fn is_founded(conn: &mut AnyConn) -> Result<bool, ActionError> {
    Ok(register::authority_by_code(conn, FOUNDERS[0].code)?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_starter_calendar_is_a_day() {
        for (number, line) in HOLIDAYS.lines().enumerate().skip(1) {
            assert!(holiday(line).is_some(), "line {}: {line}", number + 1);
        }
    }
}
