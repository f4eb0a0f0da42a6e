//! Verbs about the mail itself.

mod report_bounce;
mod send_again;

pub use report_bounce::report_bounce;
pub use send_again::{drop_frozen, release_frozen, send_again};
