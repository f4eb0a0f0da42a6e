//! Marks who is there (签到).

use quanheng_db::ballots::{self, RollRow};
use quanheng_domain::{
    ballot::BallotForm,
    ids::{BallotId, PersonId},
    people::Actor,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::poll::polled;
use crate::{ActionError, NewEvent, Tx};

/// Marks presence: the secretariat for anybody, a person for herself.
///
/// # Errors
/// `Refused` when closed, where nobody meets, for others, or for somebody who is not on the roll.
pub fn attend(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ballot: BallotId,
    person: PersonId,
    present: bool,
) -> Result<(), ActionError> {
    let polled = polled(tx, ballot)?;
    polled.require_open(tx.now())?;
    if polled.row.form != BallotForm::Meeting {
        return Err(Refusal::new(RefusalCode::NotAMeeting).into());
    }
    if actor.person().is_none_or(|acting| acting.person != person) {
        polled.require_secretariat(actor)?;
    }
    let line = polled.line(person)?;
    if line.present == present {
        return Ok(());
    }
    let marked = RollRow { present, present_at: present.then_some(tx.now()), ..line.clone() };
    ballots::save_roll(tx.conn(), &marked)?;
    let (kind, object) = polled.filed;
    tx.record(NewEvent::new(kind, object, actor, "attendance_marked").facts(
        json!({ "ballot": ballot, "person": person, "name": line.name, "present": present }),
    ))?;
    Ok(())
}
