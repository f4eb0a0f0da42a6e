//! Accounts: signing in and out, passwords, invitations, one-time links, API tokens, and the administrators' register of people.
//!
//! Secrets (session, link, token) leave this room once, to their owner; what is stored is their SHA-256. Password hashing is slow
//! on purpose and therefore never runs inside a transaction: see [`password`].

pub mod access;
pub mod link;
pub mod organisation;
pub mod password;
pub mod people;
pub mod profile;
pub mod session;
pub mod sign_in;
pub mod token;
pub mod weak;

use quanheng_db::{accounts::AccountRow, outbox::Recipient, register::PersonRow};
use quanheng_domain::{event::ObjectKind, people::Actor};
use sha2::{Digest, Sha256};

use crate::{ActionError, Tx, tell::About};

/// What is stored of a secret of 256 random bits: its SHA-256 in hex. Guessable secrets (passwords) go through [`password`].
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Refuses everybody but administrators.
pub(crate) fn require_administrator(actor: &Actor) -> Result<(), ActionError> {
    match actor {
        Actor::System => Ok(()),
        Actor::Person(person) if person.administrator => Ok(()),
        Actor::Person(_) | Actor::Public => Err(ActionError::Forbidden),
    }
}

/// A person without password, rights or failures.
pub(crate) fn blank_account(tx: &Tx<'_, '_>, person: &PersonRow) -> AccountRow {
    AccountRow {
        person_id: person.id,
        password_hash: None,
        administrator: false,
        disabled: false,
        failures: 0,
        locked_until: None,
        password_changed_at: None,
        optional_mail: true,
        created_at: tx.now(),
    }
}

/// A notice about one account goes to that person alone.
pub(crate) fn about(person: &PersonRow) -> About {
    About {
        followed: Vec::new(),
        concerned: recipient(person).into_iter().collect(),
        ..About::new(ObjectKind::Person, person.id.cast())
    }
}

/// The person as a recipient of mail, if there is an address.
pub(crate) fn recipient(person: &PersonRow) -> Option<Recipient> {
    Some(Recipient {
        person: Some(person.id),
        name: person.name_zh.clone(),
        address: person.email.clone()?,
        locale: person.locale.clone(),
    })
}
