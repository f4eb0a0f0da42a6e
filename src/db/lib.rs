//! The room `db`: the only room that knows tables, columns and which database this is.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod accounts;
pub mod ballots;
pub mod conn;
pub mod deadlines;
pub mod documents;
pub mod events;
mod keys;
pub mod outbox;
pub mod projects;
pub mod register;
pub mod reports;
pub mod rounds;
pub mod rows;
pub mod rule_profiles;
pub mod schema;
pub mod specifications;
pub mod types;

pub use rows::bind;
