//! Files by the SHA-256 of their bytes: what is stored never changes, and the same bytes are stored once.
//!
//! A file is received (counted, hashed, in a temporary place), judged by its bytes (`sniff`), then kept; only after that may a row
//! name it. What no row names is swept later. The room knows nothing of rows, people or pages.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod free;
mod hash;
mod local;
pub mod names;
mod received;
mod s3;
pub mod sniff;
mod store;

pub use error::StoreError;
pub use free::free_bytes;
pub use hash::Hash;
pub use received::Received;
pub use s3::S3Place;
pub use store::{Listed, Opened, Store, Stored};

#[cfg(test)]
mod tests;
