//! The verbs: one action is one transaction that loads, asks the domain, and writes rows, event, deadlines and mail together or nothing.
//!
//! Each file is one verb, `noun/verb.rs`. Nothing here knows of HTTP, templates or SMTP.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod account;
pub mod announcement;
pub mod ballot;
pub mod clock;
pub mod committee;
pub mod document;
pub mod error;
pub mod found;
pub mod ledger;
pub mod limits;
pub mod mail;
pub mod names;
pub mod observer;
pub mod profile;
pub mod profiles;
pub mod project;
pub mod register;
pub mod report;
pub mod reviewer;
pub mod round;
pub mod search;
pub mod specification;
pub mod tell;
pub mod tx;

pub use error::ActionError;
pub use tx::{NewEvent, Tx};
