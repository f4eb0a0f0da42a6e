//! Checks of drafts (文本检查): advice, each with its place in the text and the words it is about, never a sentence.

use std::collections::BTreeMap;

use quanheng_domain::{
    check::{CheckKind, Skeleton, Standing},
    clause::Clause,
};
use serde::{Deserialize, Serialize};

mod citations;
mod cited;
mod coverage;
mod items;
mod matrix;
mod names;
mod outline;
mod skeleton;
mod symbols;
mod terms;
#[cfg(test)]
mod tests;
mod units;

pub use citations::{Citation, citations};
pub use matrix::{Matrix, MatrixItem, MatrixRow, Named, matrix};
use outline::Outline;

/// A piece of advice about a place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found.
    pub rule: CheckKind,
    /// Key of the clause; for something that is missing, of the clause after which it should stand; empty only in an empty text.
    pub at: String,
    /// The words it is about, as they stand in the text; for something that is missing, its usual name.
    pub words: String,
    /// What the sentence needs beside the words.
    pub args: BTreeMap<String, String>,
}

impl Finding {
    fn new(rule: CheckKind, at: &str, words: impl Into<String>) -> Self {
        Self { rule, at: at.to_owned(), words: words.into(), args: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// What a caller knows about cited texts on the day that he asks about.
pub trait Known {
    /// How the text of this number stands; numbers come as `JJG 99-2022`, `JJG(铁道) 157-2004`, `GB/T 27025-2019`, undated as `JJG 99`; none when no record holds it.
    fn status(&self, number: &str) -> Option<Standing>;
}

/// All checks of a text of this kind, in the order of the text.
pub fn check(kind: Skeleton, text: &[Clause], known: &dyn Known) -> Vec<Finding> {
    let outline = Outline::new(text);
    let mut found = skeleton::check(kind, &outline);
    if kind != Skeleton::Scheme {
        found.extend(coverage::check(kind, &outline));
    }
    found.extend(units::check(&outline));
    found.extend(symbols::check(&outline));
    found.extend(cited::check(&outline, known));
    found.extend(terms::check(&outline));
    let places: BTreeMap<&str, usize> =
        text.iter().enumerate().rev().map(|(at, clause)| (clause.key.as_str(), at)).collect();
    found.sort_by_key(|finding| places.get(finding.at.as_str()).copied());
    found
}
