//! Quanheng 权衡: the whole life of a metrological technical specification.
//!
//! The rooms are crates of their own under `src/`; this one only joins them ([`app`]) and gives them a command line ([`cli`]).
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod app;
pub mod archive;
pub mod cli;
pub mod demo;
pub mod load;
