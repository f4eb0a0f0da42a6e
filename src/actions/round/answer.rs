//! The answers of those who were asked and have no comment: one press each (FM-06).

use quanheng_db::rounds;
use quanheng_domain::{
    comment::RecipientAnswer,
    ids::{ObjectId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{case::Case, receive, text};
use crate::{ActionError, Tx, limits};

/// An answer without comments.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The round.
    pub round: RoundId,
    /// No comment, or cannot answer.
    pub answer: RecipientAnswer,
    /// Whose answer the secretariat enters; one's own when left out.
    pub recipient: Option<ObjectId>,
    /// Reason, or how the answer reached the secretariat.
    pub note: String,
}

/// Notes an answer of somebody who was asked: one's own while the round runs, another's until its answers are public.
///
/// # Errors
/// `Refused` when the round is over or the actor was not asked; `Invalid` for "comments", which answer by themselves, and for an
/// answer entered for others without saying how it came.
pub fn answer(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Answer) -> Result<(), ActionError> {
    let case = Case::of_round(tx, command.round)?;
    let person = actor.person().ok_or(ActionError::Forbidden)?;
    let mut faults = Vec::new();
    if command.answer == RecipientAnswer::Comments {
        faults.push(FieldFault::new("answer", FaultCode::NotAChoice));
    }
    let for_another = command.recipient.is_some();
    let stated = for_another || command.answer == RecipientAnswer::Cannot;
    text::lines(&mut faults, "note", &command.note, stated, limits::NOTE);
    let line = match command.recipient {
        Some(id) => {
            case.require(actor, &[Party::Secretariat])?;
            rounds::recipient(tx.conn(), id)?
                .filter(|line| line.round_id == command.round)
                .ok_or(ActionError::NotFound)?
        }
        None => rounds::recipient_of(tx.conn(), command.round, person.person)?
            .ok_or_else(|| Refusal::new(RefusalCode::NotOnRoll))?,
    };
    text::refuse(faults)?;
    // A letter that came in time may be noted when the round has closed; oneself answers only while it runs.
    if for_another {
        case.must_not_have_ended()?
    } else {
        case.must_run(tx)?
    }
    let (id, name) = (line.id, line.name.clone());
    receive::answered(tx, line, command.answer)?;
    let facts =
        json!({ "round": case.round.id, "recipient": id, "name": name, "answer": command.answer });
    case.record(tx, actor, "round_answered", &command.note, facts)?;
    Ok(())
}
