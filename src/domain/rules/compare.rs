//! Where two profiles differ, for the page that shows two authorities or two versions side by side.

use super::{
    key::RuleKey,
    profile::{Profile, Rule},
};

/// One rule that is not the same in two profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'a> {
    /// Which rule.
    pub key: RuleKey,
    /// The rule of the first profile.
    pub left: &'a Rule,
    /// The rule of the second profile.
    pub right: &'a Rule,
    /// Whether the values differ, not only the ground they stand on.
    pub value: bool,
}

/// The rules in which two profiles differ, in the order of the keys.
pub fn compare<'a>(left: &'a Profile, right: &'a Profile) -> Vec<Difference<'a>> {
    left.rules()
        .zip(right.rules())
        .filter(|(left, right)| left != right)
        .map(|(left, right)| Difference {
            key: left.key,
            left,
            right,
            value: left.value != right.value,
        })
        .collect()
}
