//! What every instance stands on: authorities, rule profiles, holidays. Laid at each start; what is there is left alone.

use chrono::NaiveDate;
use quanheng_clock::to_microseconds;
use quanheng_db::{
    conn::AnyConn,
    register,
    rule_profiles::{self, HolidayRow, ProfileRow, RuleValueRow},
};
use quanheng_domain::{
    Keyed,
    calendar::DayKind,
    event::ObjectKind,
    ids::{AuthorityId, ObjectId},
    people::Actor,
    rules::{self, Profile, RuleText},
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    ActionError, NewEvent, Tx, profiles,
    register::authorities::{self, NATIONAL},
};

/// The starter calendar of public holidays.
const HOLIDAYS: &str = include_str!("../../config/register/holidays.csv");

/// An authority whose profile the product brings with it; more are entered by administrators and imports.
struct Founder {
    code: &'static str,
    title_zh: &'static str,
    title_en: &'static str,
}

const fn founder(code: &'static str, title_zh: &'static str, title_en: &'static str) -> Founder {
    Founder { code, title_zh, title_en }
}

const FOUNDERS: [Founder; 4] = [
    founder(
        NATIONAL.code,
        "国家计量技术规范规则",
        "Rules for national metrological technical specifications",
    ),
    founder(
        "JS",
        "江苏省地方计量技术规范规则",
        "Rules for local metrological technical specifications of Jiangsu",
    ),
    founder(
        "HB",
        "湖北省地方计量技术规范规则",
        "Rules for local metrological technical specifications of Hubei",
    ),
    founder(
        "MOT",
        "交通运输部门计量技术规范规则",
        "Rules for departmental metrological technical specifications of transport",
    ),
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

/// Lays what is missing; says how many things were laid. Every start does it.
pub fn found(tx: &mut Tx<'_, '_>) -> Result<usize, FoundError> {
    Ok(authorities_and_profiles(tx)? + usize::from(holidays(tx)?))
}

/// Lays the authorities and their rule profiles; an import that meets an empty register does so too, and brings its own calendar.
pub fn authorities_and_profiles(tx: &mut Tx<'_, '_>) -> Result<usize, ActionError> {
    let mut laid = 0;
    for founder in &FOUNDERS {
        let known = authorities::known(founder.code).ok_or(ActionError::NotFound)?;
        let there =
            register::authority_by_code(tx.conn(), founder.code).map_err(ActionError::from)?;
        laid += usize::from(there.is_none());
        let authority = match there {
            Some(row) => row.id,
            None => known.enter(tx, &Actor::System)?.id,
        };
        laid += usize::from(profile(tx, founder, known.profile, authority)?);
    }
    Ok(laid)
}

/// Publishes the first fill of a profile unless a version of that name is there.
fn profile(
    tx: &mut Tx<'_, '_>,
    founder: &Founder,
    name: &str,
    authority: AuthorityId,
) -> Result<bool, ActionError> {
    if rule_profiles::versions(tx.conn())?.iter().any(|row| row.name == name) {
        return Ok(false);
    }
    let Some(seed) = rules::seed(name) else { return Ok(false) };
    let mut row = ProfileRow {
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
        digest: String::new(),
    };
    let values = values(&row, &seed);
    row.digest = profiles::digest(&values);
    rule_profiles::insert(tx.conn(), &row, &values)?;
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
