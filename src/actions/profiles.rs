//! Rule profiles and the holiday calendar as the rules need them.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    register,
    rule_profiles::{self, ProfileRow, RuleValueRow},
};
use quanheng_domain::{
    calendar::{Calendar, CalendarDay},
    ids::{AuthorityId, CommitteeId, ProfileId},
    rules::{self, Profile, RuleText},
};

use crate::ActionError;

/// The stored version of a profile, complete: rules that it did not know yet come from the first fill of the same name.
pub fn load(conn: &mut AnyConn, id: ProfileId) -> Result<Arc<Profile>, ActionError> {
    let (row, values) = rule_profiles::find(conn, id)?.ok_or(ActionError::NotFound)?;
    complete(row, values)
}

fn complete(row: ProfileRow, values: Vec<RuleValueRow>) -> Result<Arc<Profile>, ActionError> {
    let base = rules::seed(&row.name).or_else(|| rules::seed(rules::SEED_NAMES[0]));
    let texts = values.into_iter().map(|value| RuleText {
        key: value.key,
        value: value.value,
        article: value.article,
        source: value.source,
        mark: value.mark,
        confirmed: value.confirmed,
        note: value.note,
    });
    Ok(Arc::new(Profile::from_texts(Some(row.id), row.name, row.valid_from, texts, base.as_ref())?))
}

/// The version of a profile that applies on a day.
pub fn in_force(
    conn: &mut AnyConn,
    name: &str,
    day: NaiveDate,
) -> Result<Arc<Profile>, ActionError> {
    let row = rule_profiles::in_force(conn, name, day)?.ok_or(ActionError::NotFound)?;
    let values = rule_profiles::values_of(conn, row.id)?;
    complete(row, values)
}

/// The holiday calendar as entered.
pub fn calendar(conn: &mut AnyConn) -> Result<Calendar, ActionError> {
    let mut days = BTreeMap::new();
    for row in rule_profiles::holidays(conn)? {
        let kind = row
            .kind
            .parse()
            .map_err(|_| ActionError::inconsistent("holidays", "kind", row.day, &row.kind))?;
        days.insert(row.day, CalendarDay { kind, name: row.name });
    }
    Ok(Calendar::from_days(days))
}

/// The name of the profile that applies to a committee: its own if it has one, else its authority's.
pub fn name_for(
    conn: &mut AnyConn,
    authority: AuthorityId,
    committee: Option<CommitteeId>,
) -> Result<String, ActionError> {
    if let Some(committee) = committee
        && let Some(own) = rule_profiles::of_committee(conn, committee)?
    {
        return Ok(own.name);
    }
    Ok(register::authority(conn, authority)?.ok_or(ActionError::NotFound)?.profile)
}
