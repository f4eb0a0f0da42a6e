//! The room `db`: the only room that knows tables, columns and which database this is.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod conn;
pub mod rows;
pub mod types;

pub use rows::bind;
