//! What waits, retries and polls: the clock's worker and the mail worker. They change state only by calling actions.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod deliver_mail;
pub mod housekeeping;
pub mod run_deadlines;
