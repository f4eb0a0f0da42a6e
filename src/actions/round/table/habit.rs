//! What the headings of a sender mean: said once by a person, remembered for the committee, proposed next time.

use quanheng_db::{
    comment_imports::{self, HabitRow, ImportRow},
    conn::AnyConn,
};
use quanheng_domain::ids::{ObjectId, RoundId};
use quanheng_tables::Mapping;

use super::Case;
use crate::{ActionError, Tx, names};

/// The committee of a round, or the authority of a project without one.
fn holder(case: &Case) -> ObjectId {
    case.project.committee_id.map_or_else(|| case.project.authority_id.cast(), |id| id.cast())
}

/// A sender is known by the address, else by the name.
fn key(sender: &str, address: &str) -> String {
    names::email_key(address).unwrap_or_else(|| names::fold(sender))
}

/// What was said of the headings of this sender before.
pub fn said_of(
    conn: &mut AnyConn,
    round: RoundId,
    sender: &str,
    address: &str,
) -> Result<Mapping, ActionError> {
    let case = Case::read(conn, round)?;
    let kept = comment_imports::habit(conn, holder(&case), &key(sender, address))?;
    kept.map_or_else(|| Ok(Mapping::default()), |kept| mapping(kept.meanings))
}

/// What the headings of a table mean, as far as somebody said it.
pub fn columns_of(import: &ImportRow) -> Result<Mapping, ActionError> {
    mapping(import.meanings.clone())
}

fn mapping(stored: serde_json::Value) -> Result<Mapping, ActionError> {
    serde_json::from_value(stored).map_err(ActionError::unwritable)
}

/// Remembers what the headings of the sender of a table mean.
pub(super) fn remember(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    import: &ImportRow,
    said: &Mapping,
) -> Result<(), ActionError> {
    if said.is_empty() {
        return Ok(());
    }
    let (holder, sender) = (holder(case), key(&import.sender, &import.address));
    let mut columns = match comment_imports::habit(tx.conn(), holder, &sender)? {
        Some(kept) => mapping(kept.meanings)?,
        None => Mapping::default(),
    };
    columns.extend(said);
    let meanings = serde_json::to_value(&columns).map_err(ActionError::unwritable)?;
    let row = HabitRow { holder, sender, meanings, used_at: tx.now() };
    Ok(comment_imports::keep_habit(tx.conn(), &row)?)
}
