//! Reports: figures computed from the ledger and the register, each with the records behind it, in many dresses.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod annual;
pub mod figure;
pub mod national;
pub mod records;

pub use figure::{Evidence, Figure, FigureGroup, FigureKey};
pub use records::Records;
