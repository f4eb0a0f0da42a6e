//! A committee's own rules on top of its authority's, within what the authority leaves open.

use std::collections::BTreeMap;

use super::{
    key::RuleKey,
    kind::Overriding,
    profile::{Profile, ProfileFaults, Rule},
};

/// Why a committee's rules cannot stand on those of its authority.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OverrideFault {
    /// The rule departs from the authority's in a way that is not open to the committee.
    #[error("{key} may not depart from the authority's value in this way ({allowed})")]
    NotAllowed {
        /// The rule.
        key: RuleKey,
        /// What is open.
        allowed: Overriding,
    },
    /// The profile that would result is faulty.
    #[error(transparent)]
    Profile(#[from] ProfileFaults),
}

impl Profile {
    /// This profile with a committee's own rules put in, or every departure that is not open to it.
    pub fn overridden_by(
        &self,
        own: impl IntoIterator<Item = Rule>,
    ) -> Result<Self, Vec<OverrideFault>> {
        let mut rules: BTreeMap<_, _> = self.rules().map(|rule| (rule.key, rule.clone())).collect();
        let mut faults = Vec::new();
        for rule in own {
            let allowed = rule.key.definition().overriding;
            if departs_rightly(allowed, &rule, self.rule(rule.key)) {
                rules.insert(rule.key, rule);
            } else {
                faults.push(OverrideFault::NotAllowed { key: rule.key, allowed });
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Self::new(None, self.name.clone(), self.valid_from, rules.into_values())
            .map_err(|faulty| vec![OverrideFault::Profile(faulty)])
    }
}

fn departs_rightly(allowed: Overriding, own: &Rule, authority: &Rule) -> bool {
    match allowed {
        Overriding::Fixed => own.value == authority.value,
        Overriding::AtLeast => own.value.at_least(&authority.value) == Some(true),
        Overriding::AtMost => authority.value.at_least(&own.value) == Some(true),
        Overriding::Free => true,
    }
}
