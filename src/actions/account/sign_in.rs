//! Signing in: looking up, waiting after wrong passwords, and beginning a session.
//!
//! The verb has three parts because hashing must not run inside a transaction: [`find`] reads, the caller verifies, [`finish`]
//! writes. Unknown, closed and waiting accounts get the same answer in the same time as a wrong password.

use chrono::{DateTime, Duration, Utc};
use quanheng_config::Security;
use quanheng_db::{accounts, conn::AnyConn, register};
use quanheng_domain::{event::ObjectKind, ids::PersonId, people::Actor};
use serde_json::json;

use super::session::{self, NewSession};
use crate::{ActionError, NewEvent, Tx, names};

/// What is known of an account before the password is verified.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// The hash of the password, if one was ever chosen.
    pub hash: Option<String>,
    /// Until when the account waits after wrong passwords.
    pub locked_until: Option<DateTime<Utc>>,
}

/// The open account of a mail address.
pub fn find(conn: &mut AnyConn, address: &str) -> Result<Option<Found>, ActionError> {
    let Some(key) = names::email_key(address) else { return Ok(None) };
    let Some(person) = register::person_by_email(conn, &key)? else { return Ok(None) };
    let account = accounts::account(conn, person.id)?.filter(|account| !account.disabled);
    Ok(account.map(|account| Found {
        person: person.id,
        hash: account.password_hash,
        locked_until: account.locked_until,
    }))
}

impl Found {
    /// Whether a password may be tried now. A browser that signed in here before need not wait for what strangers did.
    pub fn may_try(&self, now: DateTime<Utc>, known_browser: bool) -> bool {
        known_browser || self.locked_until.is_none_or(|until| now >= until)
    }
}

/// What came of an attempt; both are written down.
#[derive(Debug)]
pub enum Attempt {
    /// Signed in.
    In(NewSession),
    /// Not signed in; why is told to nobody.
    Refused,
}

/// Counts a wrong password, or begins a session.
pub fn finish(
    tx: &mut Tx<'_, '_>,
    person: PersonId,
    matches: bool,
    agent: &str,
    security: &Security,
) -> Result<Attempt, ActionError> {
    let mut account = accounts::account(tx.conn(), person)?.ok_or(ActionError::NotFound)?;
    // Closed between the reading and now.
    if account.disabled {
        return Ok(Attempt::Refused);
    }
    let now = tx.now();
    let row = register::person(tx.conn(), person)?.ok_or(ActionError::NotFound)?;
    let actor = Actor::Person(session::actor_of(tx.conn(), &row, account.administrator, now)?);
    if matches {
        account.failures = 0;
        account.locked_until = None;
        accounts::save_account(tx.conn(), &account)?;
        let begun = session::begin(tx, person, agent, security)?;
        tx.record(
            NewEvent::new(ObjectKind::Person, person.cast(), &actor, "signed_in")
                .facts(json!({ "session": begun.id })),
        )?;
        return Ok(Attempt::In(begun));
    }
    account.failures = account.failures.saturating_add(1);
    let wait = waiting(account.failures, security);
    account.locked_until = wait.map(|wait| tx.now() + wait);
    accounts::save_account(tx.conn(), &account)?;
    if let Some(until) = account.locked_until {
        // The person did not act: somebody who does not know the password did.
        tx.record(
            NewEvent::new(ObjectKind::Person, person.cast(), &Actor::Public, "sign_in_locked")
                .facts(json!({ "failures": account.failures, "until": until })),
        )?;
    }
    Ok(Attempt::Refused)
}

/// How long an account waits after so many wrong passwords in a row: doubled each time, never longer than the settings say.
fn waiting(failures: i32, security: &Security) -> Option<Duration> {
    let over = failures - i32::from(security.lockout_failures);
    let steps = u32::try_from(over).ok()?.min(20);
    let first = Duration::from_std(security.lockout_first.get()).ok()?;
    let longest = Duration::from_std(security.lockout_longest.get()).ok()?;
    Some(first.checked_mul(1 << steps).map_or(longest, |wait| wait.min(longest)))
}
