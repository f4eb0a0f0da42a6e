//! One attempt with one mail: compose, send, judge.

use chrono::{DateTime, TimeDelta, Utc};
use quanheng_clock::Chance;
use quanheng_db::{
    delivery::{Outcome, Settlement},
    outbox::MailRow,
};
use quanheng_domain::{
    Keyed, Locale,
    notice::{Fact, Notice, NoticeFacts},
};
use quanheng_mail::{
    Composer, Delivery, Frame, MailError, Message, Recipient, Transport,
    compose::message_id,
    transport::{Delay, Refused, mask},
};

use super::{DeliveryOptions, retry};

/// How the note of a mail begins whose letter was handed over without an answer (可能已送达).
pub const POSSIBLY_DELIVERED: &str = "possibly delivered: ";

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken, with the server's answer.
    Sent(String),
    /// No way out is configured.
    Kept,
    /// The server is out.
    Outage(String),
    /// The server wants it later.
    Postponed(String),
    /// Handed over, answer lost.
    AnswerLost(String),
    /// Refused for good.
    GiveUp {
        /// What was said.
        note: String,
        /// True where the address was refused.
        address: bool,
    },
}

/// A mail with what came of sending it.
pub(super) struct Attempt {
    pub mail: MailRow,
    /// The letter; nothing where it could not be composed.
    pub letter: Option<Message>,
    pub verdict: Verdict,
}

/// Composes and sends one mail.
pub(super) async fn make(
    mail: MailRow,
    composer: &Composer,
    transport: &Transport,
    options: &DeliveryOptions,
    now: DateTime<Utc>,
) -> Attempt {
    let letter = match compose(&mail, composer, options, now) {
        Ok(letter) => letter,
        Err(note) => {
            tracing::error!(mail = %mail.id, notice = %mail.notice, %note, "a mail cannot be composed");
            return Attempt {
                mail,
                letter: None,
                verdict: Verdict::GiveUp { note, address: false },
            };
        }
    };
    let verdict = match transport.send(&letter).await {
        Ok(Delivery::Sent { reply }) => Verdict::Sent(reply),
        Ok(Delivery::Kept) => Verdict::Kept,
        Err(MailError::Retry { reply, why: Delay::Outage }) => Verdict::Outage(reply),
        Err(MailError::Retry { reply, why: Delay::Postponed }) => Verdict::Postponed(reply),
        Err(MailError::Retry { reply, why: Delay::AnswerLost }) => Verdict::AnswerLost(reply),
        Err(MailError::GiveUp { reply, refused }) => {
            Verdict::GiveUp { note: reply, address: refused == Refused::Address }
        }
    };
    Attempt { mail, letter: Some(letter), verdict }
}

pub(super) fn compose(
    mail: &MailRow,
    composer: &Composer,
    options: &DeliveryOptions,
    now: DateTime<Utc>,
) -> Result<Message, String> {
    let facts: NoticeFacts = serde_json::from_value(mail.payload.clone())
        .map_err(|error| mask(&format!("the stored facts cannot be read: {error}")))?;
    let locale = Locale::from_key(&mail.locale).unwrap_or(Locale::Chinese);
    let stop = options.stop_path.as_ref().zip(mail.person_id);
    let recipient = Recipient {
        name: mail.name.clone(),
        email: mail.address.clone(),
        locale,
        reason: mail.audience,
        unsubscribe: stop.map(|(path, person)| path(person, mail.notice)),
    };
    let frame = Frame {
        site: options.site.get(&locale).cloned().unwrap_or_default(),
        base_url: options.base_url.clone(),
        from: options.from.clone(),
        reply_to: options.reply_to.clone(),
        message_id: message_id(mail.id, &options.base_url),
        conversation: Some(mail.object_id),
        zone: options.zone,
        now,
    };
    let notice = Notice { key: mail.notice, facts };
    composer.compose(&notice, &recipient, &frame).map_err(|error| mask(&error.to_string()))
}

impl Attempt {
    /// What to write into the row.
    pub fn settlement(
        &self,
        now: DateTime<Utc>,
        give_up_after: TimeDelta,
        chance: &dyn Chance,
    ) -> Settlement {
        let outcome = self.outcome(now, give_up_after, chance);
        let secret = self.mail.notice.row().needs.contains(&Fact::Secret);
        // Where no mail leaves, the outbox page is the only place to read the link.
        let hide = secret && outcome != Outcome::Kept;
        let (message_id, subject, text) = match &self.letter {
            Some(letter) => {
                (letter.message_id.clone(), letter.subject.clone(), letter.text.clone())
            }
            None => Default::default(),
        };
        let done_with = secret && matches!(outcome, Outcome::Sent | Outcome::GivenUp);
        Settlement {
            id: self.mail.id,
            outcome,
            note: self.note(),
            message_id,
            subject,
            body_text: if hide { String::new() } else { text },
            payload: done_with.then(|| without_secret(&self.mail.payload)),
        }
    }

    fn outcome(
        &self,
        now: DateTime<Utc>,
        give_up_after: TimeDelta,
        chance: &dyn Chance,
    ) -> Outcome {
        let failed = self.mail.attempts.saturating_add(1);
        let again = |outage| {
            if retry::is_too_old(now, self.mail.created_at, failed, give_up_after) {
                return Outcome::GivenUp;
            }
            Outcome::Again { send_after: retry::next_attempt(now, failed, outage, chance) }
        };
        match &self.verdict {
            Verdict::Sent(_) => Outcome::Sent,
            Verdict::Kept => Outcome::Kept,
            Verdict::GiveUp { .. } => Outcome::GivenUp,
            Verdict::Outage(_) => again(true),
            Verdict::Postponed(_) => again(false),
            // Once more with the same Message-ID, and not a third time: it has arrived or it never will.
            Verdict::AnswerLost(_) if self.was_possibly_delivered() => Outcome::GivenUp,
            Verdict::AnswerLost(_) => again(false),
        }
    }

    fn was_possibly_delivered(&self) -> bool {
        self.mail.last_error.starts_with(POSSIBLY_DELIVERED)
    }

    /// What the server said; a mail that may have arrived before keeps saying so.
    fn note(&self) -> String {
        let (said, lost) = match &self.verdict {
            Verdict::Sent(_) | Verdict::Kept => ("", false),
            Verdict::Outage(said) | Verdict::Postponed(said) => (said.as_str(), false),
            Verdict::AnswerLost(said) => (said.as_str(), true),
            Verdict::GiveUp { note, .. } => (note.as_str(), false),
        };
        if lost || self.was_possibly_delivered() {
            let said = if said.is_empty() { "an earlier attempt had no answer" } else { said };
            return format!("{POSSIBLY_DELIVERED}{said}");
        }
        said.to_owned()
    }
}

fn without_secret(payload: &serde_json::Value) -> serde_json::Value {
    let mut payload = payload.clone();
    if let Some(facts) = payload.as_object_mut() {
        facts.insert("secret_path".to_owned(), serde_json::Value::Null);
    }
    payload
}
