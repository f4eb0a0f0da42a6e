//! The room `db`: the only room that knows tables, columns and which database this is.
//!
//! - `address`, `conn`: opening SQLite or PostgreSQL by the scheme of the address.
//! - `pool`, `transaction`, `writer`, `lock`: the two doors `Db::read` and `Db::write`.
//! - `types`, `rows`: how domain types become columns.
//! - `portable`: everything else that differs between the two databases.
//! - `whole`: all tables as portable rows, for backups and moves.
//! - `migrate`: the tables of this program, made and checked.
//! - `error`: what can go wrong, the same for both.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod accounts;
pub mod address;
pub mod announcement_drafts;
pub mod ballot_parts;
pub mod ballots;
pub mod binding_checks;
pub mod catalogue;
pub mod clauses;
pub mod comment_care;
pub mod comment_counts;
pub mod comment_files;
pub mod comment_imports;
pub mod comment_index;
pub mod comment_watch;
pub mod comments;
pub mod comparisons;
pub mod conclusions;
pub mod conn;
pub mod covers;
pub mod deadlines;
// Lists for administrators.
pub mod delivery;
pub mod directory;
pub mod documents;
pub mod dossiers;
pub mod error;
pub mod events;
pub mod given_numbers;
pub mod imports;
mod keys;
mod lock;
pub mod migrate;
pub mod order;
pub mod outbox;
pub mod overlaps;
pub mod pool;
pub mod portable;
mod project_parts;
pub mod projects;
pub mod reads;
pub mod recognitions;
pub mod reexaminations;
pub mod register;
pub mod relations;
pub mod reports;
pub mod reviews;
pub mod round_comments;
pub mod rounds;
pub mod rows;
pub mod rule_profiles;
pub mod saved_searches;
pub mod schema;
pub mod search;
pub mod slips;
pub mod source_editions;
pub mod specifications;
pub mod surveys;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
pub mod types;
pub mod unit_remarks;
pub mod whole;
mod writer;

pub use conn::{AnyConn, Patience, Tuning};
pub use error::{DbError, OpenError, SchemaError};
pub use pool::{Db, DbOptions, Load, Ownership};
pub use rows::bind;
pub use transaction::WriteConn;
