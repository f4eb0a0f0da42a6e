//! Which clause of the old version is which clause of the new one (条款对应).
//!
//! The machine maps only what is unique; whatever could be read in two ways is left to a person, with everything that it might be.

use quanheng_domain::clause::{Clause, Relation};
use serde::{Deserialize, Serialize};

use crate::content::same;
pub use decided::decided;

mod alike;
mod candidates;
mod decided;
mod table;
#[cfg(test)]
mod tests;

/// What became of one clause; every clause of both versions stands in exactly one link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Place of the clause in the old version.
    pub old: Option<usize>,
    /// Place of the clause in the new version.
    pub new: Option<usize>,
    /// How the two stand to one another; while `sure` is false, what would hold if nobody decided otherwise: removed or new.
    pub relation: Relation,
    /// Whether this needs no person's decision.
    pub sure: bool,
    /// What it might be instead, likeliest first: places in the new version for a clause of the old one, and the other way for a new clause.
    pub rivals: Vec<usize>,
}

/// A person's decision about a clause of the old version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Place of the clause in the old version; none says that the clause of the new version is new.
    pub old: Option<usize>,
    /// Place in the new version; none says that the clause of the old version was removed.
    pub new: Option<usize>,
}

/// Maps the clauses of two versions: first the links of the old clauses in their order, then those of the clauses that only the new version has.
pub fn map(old: &[Clause], new: &[Clause]) -> Vec<Link> {
    let mut table = table::Table::new(old, new);
    table.unique_content();
    table.under_linked_parents();
    table.same_name_and_heading();
    table.by_children();
    table.most_alike();
    table.under_linked_parents();
    table.same_name_and_content();
    table.most_alike();
    table.by_children();
    table.links()
}

/// How two clauses that are one and the same stand to one another.
pub fn relation(old: &Clause, new: &Clause) -> Relation {
    match (old.key == new.key, same(old, new)) {
        (true, true) => Relation::Same,
        (false, true) => Relation::Moved,
        (true, false) => Relation::Reworded,
        (false, false) => Relation::MovedReworded,
    }
}
