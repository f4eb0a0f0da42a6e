//! Takes a calendar of holidays and make-up working days (节假日和调休) into the register.

use quanheng_db::rule_profiles::{self, HolidayRow};
use quanheng_domain::{event::ObjectKind, ids::ObjectId, people::Actor};
use quanheng_tables::formats::{self, Reading};
use serde_json::json;

use super::import::{Effect, ImportOptions, ImportReport, Work, run};
use crate::{ActionError, Tx};

/// The object under which the ledger keeps changes of the calendar.
pub fn calendar_object() -> ObjectId {
    ObjectId::new(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001))
}

/// Imports days of the calendar; each is known by its date.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_holidays(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::HolidayRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    let known: std::collections::BTreeSet<_> =
        rule_profiles::holidays(tx.conn())?.into_iter().map(|row| row.day).collect();
    run(
        tx,
        actor,
        reading,
        options,
        |_| 0,
        |tx, work, row| one(tx, work, row, known.contains(&row.date)),
    )
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::HolidayRow,
    known: bool,
) -> Result<(String, Effect), ActionError> {
    let day = HolidayRow {
        day: row.date,
        kind: row.kind.to_string(),
        name: row.name.clone().unwrap_or_default(),
        basis: row.basis.clone().unwrap_or_default(),
    };
    let changed = rule_profiles::put_holiday(tx.conn(), &day)?;
    if changed {
        let facts =
            json!({ "day": day.day, "kind": day.kind, "name": day.name, "basis": day.basis });
        work.record(
            tx,
            ObjectKind::System,
            calendar_object(),
            if known { "import_changed" } else { "imported" },
            facts,
        )?;
    }
    let effect = match (changed, known) {
        (false, _) => Effect::Unchanged,
        (true, false) => Effect::Created,
        (true, true) => Effect::Changed { fields: vec!["day"] },
    };
    Ok((row.date.to_string(), effect))
}
