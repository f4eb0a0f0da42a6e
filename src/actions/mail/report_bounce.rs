//! Tells the secretariat and the administrators that a mail cannot be delivered, so that the person is told by other means (edge case 48).

use quanheng_db::{delivery, outbox::MailRow, register};
use quanheng_domain::{
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx,
    tell::{self, About},
};

/// From this many undeliverable mails in a row the address counts as bad, and the secretariat is told once more.
const BAD_ADDRESS: i32 = 3;

/// Records that a mail was refused for good and tells those who can help; says how many mails in a row failed for the person.
///
/// `reply` is what the server said, masked; `address_refused` is true where it refused the address and not the letter.
///
/// # Errors
/// Storage trouble, and facts of the mail that cannot be read.
pub fn report_bounce(
    tx: &mut Tx<'_, '_>,
    mail: &MailRow,
    reply: &str,
    address_refused: bool,
) -> Result<Option<i32>, ActionError> {
    let failures = match mail.person_id {
        Some(person) if address_refused => {
            delivery::count_failure(tx.conn(), person, &mail.address)?
        }
        _ => None,
    };
    let facts: NoticeFacts = serde_json::from_value(mail.payload.clone()).map_err(|error| {
        ActionError::inconsistent("outbox", "payload", mail.id, &error.to_string())
    })?;
    let event = NewEvent::new(mail.object_kind, mail.object_id, &Actor::System, "mail_bounced")
        .facts(json!({
            "mail": mail.id,
            "notice": mail.notice,
            "person": mail.person_id,
            "reply": reply,
            "failures": failures,
        }));
    let event = tx.record(event)?;
    if worth_telling(mail, failures) {
        let notice = Notice { key: NoticeKey::MailBounced, facts: bounce(mail, facts, reply) };
        let committee = register::committee_by_code(tx.conn(), &notice.facts.committee_code)?;
        let mut about = About::new(mail.object_kind, mail.object_id);
        about.committee = committee.map(|committee| committee.id);
        tell::tell(tx, &notice, &about, Some(event))?;
    }
    Ok(failures)
}

/// Not about mails that say that mail fails, not about addresses that a stranger typed, and not at every single failure.
fn worth_telling(mail: &MailRow, failures: Option<i32>) -> bool {
    let stranger = mail.person_id.is_none() && mail.notice == NoticeKey::CommentConfirm;
    mail.notice != NoticeKey::MailBounced
        && !stranger
        && matches!(failures, None | Some(1 | BAD_ADDRESS))
}

fn bounce(mail: &MailRow, facts: NoticeFacts, reply: &str) -> NoticeFacts {
    let name = if mail.name.trim().is_empty() { &mail.address } else { &mail.name };
    NoticeFacts {
        committee_code: facts.committee_code,
        committee: facts.committee,
        title: facts.title,
        number: facts.number,
        draft: facts.draft,
        path: facts.path,
        person: Some(name.clone()),
        reason: Some(if reply.is_empty() { "-".to_owned() } else { reply.to_owned() }),
        ..NoticeFacts::default()
    }
}
