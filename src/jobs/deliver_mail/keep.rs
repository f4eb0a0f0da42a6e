//! Filing all mail that waits as kept: written out, readable on the outbox page, and never sent.

use quanheng_actions::ActionError;
use quanheng_db::{WriteConn, outbox};
use quanheng_mail::Composer;

use super::{DeliveryOptions, attempt};

/// How many mails are read at once.
const PAGE: i64 = 500;

/// Writes the letter of every mail that waits, as of the instant at which it was entered, and files it as kept; tells how many.
///
/// For an instance that lets no mail out and enters a long history at once, such as the demo: the outbox then shows what people
/// were told, as [`super::MailDelivery`] would have left it without a way out.
///
/// # Errors
/// Storage trouble. A letter that cannot be composed is logged and stays in the outbox.
pub fn keep_waiting(
    conn: &mut WriteConn<'_>,
    composer: &Composer,
    options: &DeliveryOptions,
) -> Result<usize, ActionError> {
    let mut kept = 0;
    let mut last = None;
    loop {
        let page = outbox::waiting_after(conn.conn(), last, PAGE)?;
        let Some(end) = page.last() else { return Ok(kept) };
        last = Some(end.id);
        for mail in &page {
            match attempt::compose(mail, composer, options, mail.created_at) {
                Ok(letter) => {
                    let (id, subject, text) = (&letter.message_id, &letter.subject, &letter.text);
                    kept += usize::from(outbox::keep(conn.conn(), mail.id, id, subject, text)?);
                }
                Err(note) => {
                    tracing::error!(mail = %mail.id, notice = %mail.notice, %note, "a mail cannot be composed");
                }
            }
        }
    }
}
