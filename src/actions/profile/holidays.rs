//! Entering and taking out days of the holiday calendar, by which working days are counted.

use chrono::NaiveDate;
use quanheng_db::rule_profiles::{self, HolidayRow};
use quanheng_domain::{
    Keyed,
    calendar::DayKind,
    event::ObjectKind,
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, register::import_holidays::calendar_object};

/// A day of the calendar as entered.
#[derive(Debug, Clone)]
pub struct Holiday {
    /// The day.
    pub day: NaiveDate,
    /// Holiday or make-up working day.
    pub kind: DayKind,
    /// What it is called.
    pub name: String,
    /// The announcement it rests on.
    pub basis: String,
}

fn administrator(actor: &Actor) -> Result<(), ActionError> {
    match actor {
        Actor::System => Ok(()),
        Actor::Person(person) if person.administrator => Ok(()),
        Actor::Person(_) | Actor::Public => Err(ActionError::Forbidden),
    }
}

/// Enters or replaces a day; deadlines that run already keep their day.
///
/// # Errors
/// `Forbidden` for others than administrators, `Invalid` without a basis.
pub fn put(tx: &mut Tx<'_, '_>, actor: &Actor, holiday: &Holiday) -> Result<(), ActionError> {
    administrator(actor)?;
    if holiday.basis.trim().is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("basis", FaultCode::Missing)]));
    }
    let row = HolidayRow {
        day: holiday.day,
        kind: holiday.kind.key().to_owned(),
        name: holiday.name.trim().to_owned(),
        basis: holiday.basis.trim().to_owned(),
    };
    if rule_profiles::put_holiday(tx.conn(), &row)? {
        let facts =
            json!({ "day": row.day, "kind": row.kind, "name": row.name, "basis": row.basis });
        tx.record(
            NewEvent::new(ObjectKind::System, calendar_object(), actor, "holiday_put").facts(facts),
        )?;
    }
    Ok(())
}

/// Takes a day out of the calendar.
///
/// # Errors
/// `Forbidden` for others than administrators, `NotFound` when it is not there.
pub fn remove(tx: &mut Tx<'_, '_>, actor: &Actor, day: NaiveDate) -> Result<(), ActionError> {
    administrator(actor)?;
    if !rule_profiles::remove_holiday(tx.conn(), day)? {
        return Err(ActionError::NotFound);
    }
    tx.record(
        NewEvent::new(ObjectKind::System, calendar_object(), actor, "holiday_removed")
            .facts(json!({ "day": day })),
    )?;
    Ok(())
}
