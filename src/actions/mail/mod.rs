//! Verbs about the mail itself.

mod report_bounce;

pub use report_bounce::report_bounce;
