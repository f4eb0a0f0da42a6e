//! The validity of editions on a day, from their dates and the links among them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    ids::SpecificationId,
    partial_date::PartialDate,
    rules::{self, keys},
    validity::{Life, Register, Validity},
};

use crate::{ActionError, profiles};

// A chain of replacements longer than this is a circle or an error of entry.
const LONGEST_CHAIN: usize = 32;

/// Some editions with every edition that bears on their validity.
pub struct Surroundings {
    /// The register of their lives and links.
    pub register: Register<SpecificationId>,
    /// The rows, those asked for and those around them.
    pub rows: BTreeMap<SpecificationId, SpecificationRow>,
}

/// Reads some editions and everything that replaces them or that they replace, link by link.
///
/// # Errors
/// A stored date that is none, or storage trouble.
pub fn surroundings(
    conn: &mut AnyConn,
    ids: &[SpecificationId],
    on: NaiveDate,
) -> Result<Surroundings, ActionError> {
    let lead = match profiles::in_force(conn, rules::SEED_NAMES[0], on) {
        Ok(profile) => profile.get(keys::FORCE_LEAD_LONGEST_MONTHS),
        Err(ActionError::NotFound) => rules::seeds()[0].get(keys::FORCE_LEAD_LONGEST_MONTHS),
        Err(other) => return Err(other),
    };
    let mut register = Register::new(lead);
    let mut rows = BTreeMap::new();
    let mut wanted: BTreeSet<SpecificationId> = ids.iter().copied().collect();
    for _ in 0..LONGEST_CHAIN {
        let fresh: Vec<SpecificationId> =
            wanted.iter().copied().filter(|id| !rows.contains_key(id)).collect();
        if fresh.is_empty() {
            break;
        }
        for row in specifications::by_ids(conn, &fresh)? {
            register.enter(row.id, life(&row)?);
            rows.insert(row.id, row);
        }
        for link in specifications::links_of(conn, &fresh)? {
            register.link(link.old_id, link.new_id, link.whole);
            wanted.extend([link.old_id, link.new_id]);
        }
    }
    Ok(Surroundings { register, rows })
}

/// The dates of an edition; the year of its number bounds the issue where no date is known.
pub fn life(row: &SpecificationRow) -> Result<Life, ActionError> {
    let date = |column: &str, text: &str| -> Result<Option<PartialDate>, ActionError> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|_| ActionError::inconsistent("specifications", column, row.id, text))
    };
    let life = Life {
        issued: date("issued_on", &row.issued_on)?,
        effective: date("effective_on", &row.effective_on)?,
        abolished: date("abolished_on", &row.abolished_on)?,
        ..Life::default()
    };
    // A text that is still being made has a number and no date: it is not in force on any day.
    if row.project_id.is_some() && row.issued_on.is_empty() {
        return Ok(life);
    }
    Ok(u16::try_from(row.year).map_or(life, |year| life.issued_at_least_in(year)))
}

/// The validity of one edition on a day.
pub fn validity_on(
    conn: &mut AnyConn,
    row: &SpecificationRow,
    on: NaiveDate,
) -> Result<Validity<SpecificationId>, ActionError> {
    let around = surroundings(conn, &[row.id], on)?;
    around.register.validity(&row.id, on).ok_or(ActionError::NotFound)
}
