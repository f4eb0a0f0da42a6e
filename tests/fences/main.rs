//! The fences: what the compiler cannot hold, each rule with the file and line that breaks it.
//!
//! Read `docs/CONTRIBUTING.md` for the rules themselves. `cargo fast` runs these in seconds; they need no database and no browser.
#![allow(clippy::unwrap_used, reason = "a fence that cannot read the tree must fall")]

mod generated;
mod locales;
mod migrations;
mod rooms;
mod sizes;
mod source;
mod templates;
mod tree;
