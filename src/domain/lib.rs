//! The pure centre: facts and a clock reading go in, what shall happen comes out as data.
//!
//! Nothing here reaches a database, a mailer, a file or the wall clock, so every rule can be checked with pen and paper.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod announcement;
pub mod ballot;
pub mod calendar;
pub mod check;
pub mod clause;
pub mod comment;
pub mod committee;
pub mod comparison;
pub mod course;
pub mod cover;
pub mod deadline;
pub mod document;
pub mod draft;
pub mod event;
pub mod field;
pub mod fraction;
pub mod ids;
pub mod keyed;
pub mod ledger;
pub mod lifecycle;
pub mod locale;
pub mod notice;
pub mod number;
pub mod overlap;
pub mod partial_date;
pub mod people;
pub mod recognition;
pub mod records;
pub mod refusal;
pub mod relation;
pub mod report;
pub mod reviewer;
pub mod rules;
pub mod slip;
pub mod source;
pub mod specification;
pub mod stage;
pub mod survey;
pub mod term;
pub mod validity;
pub mod watch;

pub use keyed::{Keyed, UnknownKey};
pub use locale::Locale;
