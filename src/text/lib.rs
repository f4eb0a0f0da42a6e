//! The text of drafts (规范文本): Word and PDF files become clauses, clauses of two versions are mapped and compared.
//!
//! Pure functions on bytes and clauses: no database, no clock, no file.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod anchor;
pub mod checks;
pub mod content;
pub mod diff;
mod docx;
mod error;
pub mod label;
pub mod likeness;
pub mod map;
mod pdf;
#[cfg(test)]
mod sample;
mod tree;
mod typed;
pub mod units;

pub use docx::read_docx;
pub use error::TextError;
pub use pdf::read_pdf;
pub use typed::{judged_again, read_typed, write_typed};
