//! Printed numbers of clauses: `5.2.3`, `附录A`, `A.2`, `表3`, `图A.1`, `(4)`.

use quanheng_domain::clause::ClauseKind;
use unicode_normalization::UnicodeNormalization;

/// A number at the beginning of a line, and what stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label<'a> {
    /// What it numbers.
    pub kind: ClauseKind,
    /// The key it gives a clause: `5.2.3`, `A`, `A.2`, `表3`.
    pub key: String,
    /// As printed.
    pub number: &'a str,
    /// What follows, without the space between.
    pub rest: &'a str,
}

/// The words in full width as half width, so that `５．２` and `5.2` are the same number.
pub fn folded(text: &str) -> String {
    text.nfkc().collect()
}
