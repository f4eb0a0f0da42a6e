//! The web room: pages, API, guards, forms. It knows addresses, cookies, headers and statuses, and nothing of tables.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod assets;
pub mod fairings;
pub mod frame;
#[cfg(test)]
mod gallery;
pub mod helpers;
pub mod page;
pub mod pages;
pub mod views;

pub use page::{Page, PageError, Pages};
