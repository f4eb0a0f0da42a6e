//! Words, dates and numbers in the reader's language.
//!
//! All wording stands in Fluent files under `templates/locales/<language>/<area>.ftl`, compiled in and overridable from a folder.
//! This room chooses the language, finds the words and shows instants with hour and zone; it knows no page and no mail.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod audit;
mod choose;
mod figures;
mod times;
mod words;

pub use choose::{choose, from_accept_language};
pub use quanheng_domain::Locale;
pub use words::{Value, Words, WordsError};
