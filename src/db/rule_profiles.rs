//! Dated versions of rule profiles and the holiday calendar.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{AuthorityId, CommitteeId, PersonId, ProfileId};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{holidays, rule_profiles, rule_values},
};

row! {
    /// A row of `rule_profiles`.
    pub struct ProfileRow in rule_profiles {
        key {
            /// Identity.
            id: ProfileId,
        }
        /// `name`
        name: String,
        /// `title_zh`
        title_zh: String,
        /// `title_en`
        title_en: String,
        /// `authority_id`
        authority_id: Option<AuthorityId>,
        /// `committee_id`
        committee_id: Option<CommitteeId>,
        /// `valid_from`
        valid_from: NaiveDate,
        /// `published_at`
        published_at: DateTime<Utc>,
        /// `published_by`
        published_by: Option<PersonId>,
        /// `reason`
        reason: String,
        /// Checksum of the values, or empty.
        digest: String,
    }
}

row! {
    /// A row of `rule_values`.
    pub struct RuleValueRow in rule_values {
        key {
            /// `profile_id`
            profile_id: ProfileId,
            /// `key`
            key: String,
        }
        /// `value`
        value: String,
        /// `unit`
        unit: String,
        /// `article`
        article: String,
        /// `source`
        source: String,
        /// `mark`
        mark: String,
        /// `confirmed`
        confirmed: bool,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `holidays`.
    pub struct HolidayRow in holidays {
        key {
            /// `day`
            day: NaiveDate,
        }
        /// `kind`
        kind: String,
        /// `name`
        name: String,
        /// `basis`
        basis: String,
    }
}

/// A profile version without its values.
pub fn find(conn: &mut AnyConn, id: ProfileId) -> QueryResult<Option<ProfileRow>> {
    rule_profiles::table.find(bind(id)).select(ProfileRow::as_select()).first(conn).optional()
}

/// The values of a profile version, by key.
pub fn values_of(conn: &mut AnyConn, id: ProfileId) -> QueryResult<Vec<RuleValueRow>> {
    rule_values::table
        .filter(rule_values::profile_id.eq(bind(id)))
        .order(rule_values::key)
        .select(RuleValueRow::as_select())
        .load(conn)
}

/// All versions of all profiles, by name and date.
pub fn versions(conn: &mut AnyConn) -> QueryResult<Vec<ProfileRow>> {
    rule_profiles::table
        .order((rule_profiles::name, rule_profiles::valid_from, rule_profiles::published_at))
        .select(ProfileRow::as_select())
        .load(conn)
}

/// The version of a profile that applies on a day: the latest that has begun, else the earliest.
pub fn in_force(conn: &mut AnyConn, name: &str, day: NaiveDate) -> QueryResult<Option<ProfileRow>> {
    let begun = rule_profiles::table
        .filter(rule_profiles::name.eq(name))
        .filter(rule_profiles::valid_from.le(day))
        .order((rule_profiles::valid_from.desc(), rule_profiles::published_at.desc()))
        .select(ProfileRow::as_select())
        .first(conn)
        .optional()?;
    if begun.is_some() {
        return Ok(begun);
    }
    rule_profiles::table
        .filter(rule_profiles::name.eq(name))
        .order((rule_profiles::valid_from, rule_profiles::published_at))
        .select(ProfileRow::as_select())
        .first(conn)
        .optional()
}

/// Enters a profile version with its values.
pub fn insert(conn: &mut AnyConn, row: &ProfileRow, values: &[RuleValueRow]) -> QueryResult<()> {
    diesel::insert_into(rule_profiles::table).values(row).execute(conn)?;
    for value in values {
        diesel::insert_into(rule_values::table).values(value).execute(conn)?;
    }
    Ok(())
}

/// The holiday calendar, every entered day.
pub fn holidays(conn: &mut AnyConn) -> QueryResult<Vec<HolidayRow>> {
    holidays::table.order(holidays::day).select(HolidayRow::as_select()).load(conn)
}

/// Enters or replaces a day of the calendar; says whether anything changed.
pub fn put_holiday(conn: &mut AnyConn, row: &HolidayRow) -> QueryResult<bool> {
    let there: Option<HolidayRow> =
        holidays::table.find(row.day).select(HolidayRow::as_select()).first(conn).optional()?;
    match there {
        Some(old) if &old == row => Ok(false),
        Some(_) => {
            diesel::update(holidays::table.find(row.day)).set(row).execute(conn).map(|_| true)
        }
        None => diesel::insert_into(holidays::table).values(row).execute(conn).map(|_| true),
    }
}

/// Takes a day out of the calendar.
pub fn remove_holiday(conn: &mut AnyConn, day: NaiveDate) -> QueryResult<bool> {
    diesel::delete(holidays::table.find(day)).execute(conn).map(|gone| gone == 1)
}

/// The newest profile version that a committee published for itself, if any.
pub fn of_committee(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Option<ProfileRow>> {
    rule_profiles::table
        .filter(rule_profiles::committee_id.eq(bind(Some(committee))))
        .order(rule_profiles::published_at.desc())
        .select(ProfileRow::as_select())
        .first(conn)
        .optional()
}
