//! The room of mail: a notice and a recipient become a letter, and a letter goes out by the transport that is configured.
//!
//! Nothing here knows the database or decides who is told: rows come from the outbox, words from `templates/`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod compose;
mod context;
pub mod message;
pub mod templates;
pub mod transport;

pub use compose::{ComposeError, Composer, Frame, Recipient};
pub use message::{Mailbox, Message};
pub use transport::{Delivery, MailError, Transport};
