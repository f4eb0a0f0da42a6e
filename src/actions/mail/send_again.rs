//! Queues a mail again that was given up, kept or frozen. Administrators only.

use quanheng_db::delivery;
use quanheng_domain::{event::ObjectKind, ids::MailId, people::Actor};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, account::require_administrator, found::system_object};

/// Queues the mail again.
///
/// # Errors
/// `NotFound` when there is none, `Conflict` when it is in a state that needs no repeat.
pub fn send_again(tx: &mut Tx<'_, '_>, actor: &Actor, mail: MailId) -> Result<(), ActionError> {
    require_administrator(actor)?;
    let now = tx.now();
    let row = delivery::mail(tx.conn(), mail)?.ok_or(ActionError::NotFound)?;
    if !delivery::send_again(tx.conn(), mail, now)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({ "mail": mail, "notice": row.notice, "was": row.state });
    tx.record(
        NewEvent::new(row.object_kind, row.object_id, actor, "mail_sent_again").facts(facts),
    )?;
    Ok(())
}

/// Lets every mail go that a restored backup froze, once an administrator has seen what is among them.
pub fn release_frozen(tx: &mut Tx<'_, '_>, actor: &Actor) -> Result<usize, ActionError> {
    require_administrator(actor)?;
    let now = tx.now();
    let released = delivery::release_frozen(tx.conn(), now)?;
    let facts = json!({ "released": released });
    let event =
        NewEvent::new(ObjectKind::System, system_object("outbox"), actor, "outbox_released");
    tx.record(event.facts(facts))?;
    Ok(released)
}

/// Gives up every mail that a restored backup froze, because it was sent before.
pub fn drop_frozen(tx: &mut Tx<'_, '_>, actor: &Actor) -> Result<usize, ActionError> {
    require_administrator(actor)?;
    let now = tx.now();
    let dropped = delivery::drop_frozen(tx.conn(), now)?;
    let facts = json!({ "dropped": dropped });
    let event = NewEvent::new(ObjectKind::System, system_object("outbox"), actor, "outbox_dropped");
    tx.record(event.facts(facts))?;
    Ok(dropped)
}
