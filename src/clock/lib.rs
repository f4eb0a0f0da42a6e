//! Time and chance, the two things a pure rule must not fetch for itself.
//!
//! Every instant, identifier and secret of the system comes from here, handed in as an argument, so that a test or the demo
//! instance can be repeated to the letter. The lint list in `.clippy.toml` refuses the direct ways everywhere else.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod chance;
mod time;

pub use chance::{Chance, Ids, OsChance, SeededChance};
pub use time::{Clock, ManualClock, SystemClock, to_microseconds};
