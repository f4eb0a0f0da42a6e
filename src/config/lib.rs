//! The settings: read once at start from four layers, checked as a whole, then handed on as plain values.
//!
//! The layers, each over the one before: `config/default.toml` (compiled in), the operator's file, the environment
//! (`QUANHENG_…`), the command line. Every fault is reported together with the place it came from; nothing here is global.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod docs;
mod fault;
mod layers;
mod reader;
mod secret;
mod section;
mod sections;
mod settings;
mod value;

pub use fault::{Fault, FaultKind, Faults};
pub use layers::{Origin, Request};
pub use secret::{Secret, SecretUrl};
pub use section::{Field, Section};
pub use sections::*;
pub use settings::{Danger, Effective, Loaded, Settings, load};
pub use value::{NetworkRange, Setting, Size, Span};

#[cfg(test)]
mod tests;
