//! Rule profiles and the holiday calendar as the rules need them.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    register,
    rule_profiles::{self, ProfileRow, RuleValueRow},
    specifications::SpecificationRow,
};
use quanheng_domain::{
    calendar::{Calendar, CalendarDay},
    ids::{AuthorityId, CommitteeId, ProfileId},
    rules::{self, Profile, RuleText},
};

use sha2::{Digest, Sha256};

use crate::ActionError;

/// The stored version of a profile, complete: rules that it did not know yet come from the first fill of the same name.
pub fn load(conn: &mut AnyConn, id: ProfileId) -> Result<Arc<Profile>, ActionError> {
    let row = rule_profiles::find(conn, id)?.ok_or(ActionError::NotFound)?;
    read(conn, row)
}

/// The rules under which an edition is kept on a day.
///
/// # Errors
/// `NotFound` where there are none yet; storage trouble.
pub fn of_edition(
    conn: &mut AnyConn,
    edition: &SpecificationRow,
    day: NaiveDate,
) -> Result<Arc<Profile>, ActionError> {
    let name = name_for(conn, edition.authority_id, edition.committee_id)?;
    in_force(conn, &name, day)
}

/// How many versions are remembered; an authority publishes a few in a year.
const REMEMBERED: usize = 64;

// Versions that were read once, by checksum. A published version is never changed; one whose values were changed past Quanheng no
// longer has its checksum and is read each time.
static READ: LazyLock<Mutex<BTreeMap<String, Arc<Profile>>>> = LazyLock::new(Mutex::default);

/// The checksum of a version's values, in the order of their keys: SHA-256 in lower-case hexadecimal digits.
pub fn digest(values: &[RuleValueRow]) -> String {
    let mut values: Vec<_> = values.iter().collect();
    values.sort_by(|one, other| one.key.cmp(&other.key));
    let mut sum = Sha256::new();
    for value in values {
        let profile = value.profile_id.to_string();
        let confirmed = if value.confirmed { "confirmed" } else { "" };
        let parts =
            [&profile, &value.key, &value.value, &value.unit, &value.article, &value.source];
        for part in parts
            .into_iter()
            .chain([&value.mark, &value.note])
            .map(String::as_str)
            .chain([confirmed])
        {
            // The length keeps neighbours apart.
            sum.update(part.len().to_be_bytes());
            sum.update(part);
        }
    }
    hex::encode(sum.finalize())
}

fn read(conn: &mut AnyConn, row: ProfileRow) -> Result<Arc<Profile>, ActionError> {
    let remembered = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(profile) = remembered().get(&row.digest) {
        return Ok(Arc::clone(profile));
    }
    let values = rule_profiles::values_of(conn, row.id)?;
    let (sealed, sum) = (digest(&values), row.digest.clone());
    let profile = complete(row, values)?;
    if sealed == sum {
        let mut remembered = remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(sum, Arc::clone(&profile));
    }
    Ok(profile)
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
    read(conn, row)
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
