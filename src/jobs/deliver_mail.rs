//! Drains the outbox: claims what is due, sends it outside any transaction, writes what became of it.
//!
//! A mail is held by a lease while it is in the air. Whoever dies with it leaves it to the next run, which repeats it with the
//! same Message-ID; a mail is lost in no case and doubled only where nobody can know whether it arrived.

mod attempt;
mod keep;
mod retry;

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use quanheng_actions::{ActionError, Tx, mail::report_bounce};
use quanheng_clock::{Chance, Clock};
use quanheng_db::{
    Db, DbError,
    delivery::{self, Outcome, Settlement},
    outbox::MailRow,
};
use quanheng_domain::{
    Locale,
    ids::{MailId, PersonId},
    notice::NoticeKey,
};
use quanheng_mail::{Composer, Mailbox, Transport};
use tokio::task::JoinSet;

pub use attempt::POSSIBLY_DELIVERED;
use attempt::{Attempt, Verdict};
pub use keep::keep_waiting;

/// How mail is delivered; the settings `mail`, `site` and `jobs` in the form this job needs.
#[derive(Clone)]
pub struct DeliveryOptions {
    /// Name of the site in each language.
    pub site: BTreeMap<Locale, String>,
    /// Address of the site, for links.
    pub base_url: String,
    /// Sender.
    pub from: Mailbox,
    /// Where answers go, if anybody reads them.
    pub reply_to: Option<String>,
    /// Zone in which time limits are told.
    pub zone: Tz,
    /// How many mails one look at the outbox takes.
    pub batch: u32,
    /// How long a mail in the air is held before somebody else may take it over.
    pub lease: TimeDelta,
    /// Most mails to one address within an hour.
    pub per_address_hour: usize,
    /// How long a mail is tried.
    pub give_up_after: TimeDelta,
    /// Path of the page on which this person stops optional notices of this kind without signing in.
    pub stop_path: Option<StopPath>,
}

/// Makes the path that stops a notice for a person.
pub type StopPath = Arc<dyn Fn(PersonId, NoticeKey) -> String + Send + Sync>;

/// Delivers the mail of one instance.
pub struct MailDelivery {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance, for the jitter and new ids.
    pub chance: Arc<dyn Chance>,
    /// Makes the letters.
    pub composer: Arc<Composer>,
    /// Sends them.
    pub transport: Arc<Transport>,
    /// How.
    pub options: DeliveryOptions,
}

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed to the next server.
    pub sent: usize,
    /// Left in the outbox, because no way out is configured.
    pub kept: usize,
    /// To be tried again.
    pub retried: usize,
    /// Given up.
    pub given_up: usize,
    /// Put off, because the address has had its share of this hour.
    pub postponed: usize,
    /// The server could not be reached, so the rest waits for the next run.
    pub outage: bool,
}

impl MailDelivery {
    /// Sends everything that is due; returns when nothing is left, when the server is out, or when `go_on` says no.
    ///
    /// # Errors
    /// Storage trouble; what was in the air is then repeated after its lease.
    pub async fn run(&self, go_on: impl Fn() -> bool) -> Result<Delivered, ActionError> {
        let mut done = Delivered::default();
        'looks: loop {
            let due = self.due().await?;
            let before = done;
            for some in due.chunks(self.transport.width()) {
                if !go_on() {
                    break 'looks;
                }
                self.deliver(some, &mut done).await?;
                if done.outage {
                    break 'looks;
                }
            }
            // Another worker may have taken all of them; it will also see to the rest.
            if done == before {
                break;
            }
        }
        self.transport.rest().await;
        Ok(done)
    }

    async fn due(&self) -> Result<Vec<MailId>, DbError> {
        let (now, batch) = (self.clock.now(), self.options.batch);
        self.db.read(move |conn| Ok(delivery::next(conn, now, batch)?)).await
    }

    /// Claims these mails, sends those it got, and writes the outcome.
    async fn deliver(&self, mails: &[MailId], done: &mut Delivered) -> Result<(), ActionError> {
        let (claimed, postponed) = self.claim(mails.to_vec()).await?;
        done.postponed += postponed;
        if claimed.is_empty() {
            return Ok(());
        }
        let attempts = self.send_all(claimed).await;
        let reached = attempts.iter().any(|attempt| !matches!(attempt.verdict, Verdict::Outage(_)));
        done.outage = !reached;
        for attempt in &attempts {
            match &attempt.verdict {
                Verdict::Sent(_) => done.sent += 1,
                Verdict::Kept => done.kept += 1,
                Verdict::GiveUp { .. } => done.given_up += 1,
                Verdict::Outage(_) | Verdict::Postponed(_) | Verdict::AnswerLost(_) => {
                    done.retried += 1
                }
            }
        }
        let too_old = self.settle(attempts).await?;
        done.retried -= too_old;
        done.given_up += too_old;
        Ok(())
    }

    async fn claim(&self, mails: Vec<MailId>) -> Result<(Vec<MailRow>, usize), ActionError> {
        let (lease, share) = (self.options.lease, self.options.per_address_hour);
        let job = move |conn: &mut quanheng_db::WriteConn<'_>| {
            let now = conn.now();
            let mut claimed = Vec::new();
            let mut postponed = 0;
            for id in &mails {
                let Some(mail) = delivery::claim(conn.conn(), *id, now, now + lease)? else {
                    continue;
                };
                match over_its_share(conn, &mail, share, now)? {
                    Some(later) => {
                        delivery::postpone(conn.conn(), *id, later)?;
                        postponed += 1;
                    }
                    None => claimed.push(mail),
                }
            }
            Ok::<_, ActionError>((claimed, postponed))
        };
        self.db.write(self.now(), job).await
    }

    async fn send_all(&self, mails: Vec<MailRow>) -> Vec<Attempt> {
        let mut sending = JoinSet::new();
        for mail in mails {
            let (composer, transport) = (self.composer.clone(), self.transport.clone());
            let (options, now) = (self.options.clone(), self.clock.now());
            sending.spawn(async move {
                attempt::make(mail, &composer, &transport, &options, now).await
            });
        }
        let mut attempts = Vec::new();
        while let Some(attempt) = sending.join_next().await {
            match attempt {
                Ok(attempt) => attempts.push(attempt),
                // Its lease ends by itself, so the mail is tried again.
                Err(error) => tracing::error!(%error, "an attempt to send mail broke off"),
            }
        }
        attempts
    }

    /// Writes what became of the attempts; tells how many that could have been tried again were given up for their age.
    async fn settle(&self, attempts: Vec<Attempt>) -> Result<usize, ActionError> {
        let chance = self.chance.clone();
        let give_up_after = self.options.give_up_after;
        let job = move |conn: &mut quanheng_db::WriteConn<'_>| {
            let mut too_old = 0;
            for attempt in &attempts {
                let now = conn.now();
                let settlement = attempt.settlement(now, give_up_after, &*chance);
                if !delivery::settle(conn.conn(), &settlement, now)? {
                    continue;
                }
                let retryable = !matches!(attempt.verdict, Verdict::GiveUp { .. });
                too_old += usize::from(retryable && settlement.outcome == Outcome::GivenUp);
                follow(conn, &*chance, attempt, &settlement)?;
            }
            Ok::<_, ActionError>(too_old)
        };
        self.db.write(self.now(), job).await
    }

    fn now(&self) -> impl Fn() -> DateTime<Utc> + Send + 'static {
        let clock = self.clock.clone();
        move || clock.now()
    }
}

/// The instant from which the address may have another mail, if it has had its share of the last hour.
fn over_its_share(
    conn: &mut quanheng_db::WriteConn<'_>,
    mail: &MailRow,
    share: usize,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, ActionError> {
    let hour = TimeDelta::hours(1);
    let sent = delivery::sent_to(conn.conn(), &mail.address, now - hour)?;
    let oldest_that_counts = sent.len().checked_sub(share).and_then(|at| sent.get(at));
    Ok(oldest_that_counts.map(|oldest| *oldest + hour))
}

/// What follows from an outcome besides the row itself.
fn follow(
    conn: &mut quanheng_db::WriteConn<'_>,
    chance: &dyn Chance,
    attempt: &Attempt,
    settlement: &Settlement,
) -> Result<(), ActionError> {
    let mail = &attempt.mail;
    match (&settlement.outcome, mail.person_id) {
        (Outcome::Sent, Some(person)) => delivery::forget_failures(conn.conn(), person)?,
        (Outcome::GivenUp, _) => {
            let refused = matches!(attempt.verdict, Verdict::GiveUp { address: true, .. });
            let told = conn.attempt(|conn| {
                report_bounce(&mut Tx::new(conn, chance), mail, &settlement.note, refused)
            });
            // The mail stays visible as given up; failing here would only repeat the letters of this batch.
            if let Err(error) = told {
                tracing::error!(%error, mail = %mail.id, "nobody could be told of an undeliverable mail");
            }
        }
        _ => {}
    }
    Ok(())
}
