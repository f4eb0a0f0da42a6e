//! How long what people write may be, in characters, and how much may come at once.
//!
//! Bounds of technique, not rules: no regulation names them and no profile holds them. They keep a page readable and a form within
//! `limits.form`; what the law bounds (days, shares, numbers of people) stands in the rule profiles.

use quanheng_domain::lifecycle::{FaultCode, FieldFault};

/// The name of a person or of a clause.
pub const NAME: usize = 120;
/// A name in the register, where it stands in columns of tables.
pub const REGISTER_NAME: usize = 100;
/// A title, the name of a unit, an address.
pub const TITLE: usize = 200;
/// A title in another language, or several names in one line.
pub const LONG_TITLE: usize = 300;
/// A remark on a file.
pub const REMARK: usize = 500;
/// A note: why an answer was hidden, how a letter came, what is put to the vote.
pub const NOTE: usize = 2_000;
/// Grounds: of a vote, of an adjustment, of an objection to an answer, of a suggestion.
pub const GROUNDS: usize = 4_000;
/// A comment, a proposed wording, the answer to it.
pub const TEXT: usize = 8_000;
/// An opinion, which may join the grounds and the remark of a vote that does not count.
pub const OPINION: usize = 2 * GROUNDS + 100;
/// A box of a report.
pub const REPORT_TEXT: usize = 20_000;
/// The conclusion of a ballot.
pub const CONCLUSION: usize = 20_000;
/// A password.
pub const PASSWORD: usize = 128;
/// Comments sent at once.
pub const COMMENTS_AT_ONCE: usize = 500;
/// Rows of a table of comments that enter in one transaction; a longer table enters portion by portion.
pub const ROWS_AT_ONCE: usize = 500;
/// Comments settled at once.
pub const RULINGS_AT_ONCE: usize = 1_000;
/// Units outside the committee that are asked in one round.
pub const UNITS: usize = 2_000;

/// The fault of a text beyond its bound.
pub fn too_long(field: impl Into<String>, most: usize) -> FieldFault {
    FieldFault { bound: i64::try_from(most).ok(), ..FieldFault::new(field, FaultCode::TooLong) }
}
