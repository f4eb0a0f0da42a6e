//! A rule profile: every rule of one authority at one time, complete by construction.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Keyed,
    document::{DocumentCase, DocumentKind, DocumentNeed},
    ids::ProfileId,
    keyed,
    specification::Category,
};

use super::{
    choice::ReviewForm,
    key::{RuleKey, Typed, keys},
    kind::{RuleType, RuleUnit},
    value::{RuleValue, ValueFault},
};

keyed! {
    /// How sure a rule is.
    Mark as "mark of a rule" {
        /// The text of the rule itself was read (已读原文).
        C = "C",
        /// Stated by the guiding documents that the product follows (指导文件要求).
        S = "S",
        /// Taken from a neighbouring regime by analogy (类比相邻制度).
        A = "A",
        /// Recollection, no text read (未见原文).
        R = "R",
        /// The product's own default (本系统缺省).
        D = "D",
    }
}

/// One rule with the ground it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Which rule.
    pub key: RuleKey,
    /// Its value.
    pub value: RuleValue,
    /// The article, such as 第三十八条; empty for a default of the product.
    pub article: String,
    /// The title of the source.
    pub source: String,
    /// How sure it is.
    pub mark: Mark,
    /// Whether an officer of the authority has confirmed it.
    pub confirmed: bool,
    /// A remark for readers; may be empty.
    pub note: String,
}

impl Rule {
    /// What the figure counts.
    pub fn unit(&self) -> RuleUnit {
        self.value.unit(&self.key.definition())
    }
}

/// A rule as text: the form in which it is stored, sent and typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// The key of the rule.
    pub key: String,
    /// The value as `RuleValue` prints it.
    pub value: String,
    /// The article.
    #[serde(default)]
    pub article: String,
    /// The title of the source.
    #[serde(default)]
    pub source: String,
    /// The key of the mark.
    pub mark: String,
    /// Whether it is confirmed.
    #[serde(default)]
    pub confirmed: bool,
    /// A remark.
    #[serde(default)]
    pub note: String,
}

impl From<&Rule> for RuleText {
    fn from(rule: &Rule) -> Self {
        Self {
            key: rule.key.key().to_owned(),
            value: rule.value.to_string(),
            article: rule.article.clone(),
            source: rule.source.clone(),
            mark: rule.mark.key().to_owned(),
            confirmed: rule.confirmed,
            note: rule.note.clone(),
        }
    }
}

impl TryFrom<RuleText> for Rule {
    type Error = RuleFault;
    fn try_from(text: RuleText) -> Result<Self, Self::Error> {
        let key = RuleKey::from_key(&text.key)
            .map_err(|unknown| RuleFault::UnknownKey { key: unknown.key })?;
        let mark = Mark::from_key(&text.mark)
            .map_err(|unknown| RuleFault::UnknownMark { key, mark: unknown.key })?;
        let value = RuleValue::parse(&key.definition(), &text.value)
            .map_err(|fault| RuleFault::Value { key, fault })?;
        Ok(Self {
            key,
            value,
            article: text.article,
            source: text.source,
            mark,
            confirmed: text.confirmed,
            note: text.note,
        })
    }
}

/// What is wrong with one rule of a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// No rule has this key.
    #[error("{key:?} is not a rule key")]
    UnknownKey {
        /// The text that was given.
        key: String,
    },
    /// No mark has this key.
    #[error("{key}: {mark:?} is not a mark")]
    UnknownMark {
        /// The rule.
        key: RuleKey,
        /// The text that was given.
        mark: String,
    },
    /// The value does not suit the rule.
    #[error("{key}: {fault}")]
    Value {
        /// The rule.
        key: RuleKey,
        /// Why.
        fault: ValueFault,
    },
    /// The rule is not in the profile.
    #[error("{key} is missing")]
    Missing {
        /// The rule.
        key: RuleKey,
    },
    /// The rule stands twice in the profile.
    #[error("{key} stands twice")]
    Twice {
        /// The rule.
        key: RuleKey,
    },
    /// A floor above what it bounds, a warning after its refusal.
    #[error("{low} is above {high}")]
    Contradiction {
        /// The rule that must not be above.
        low: RuleKey,
        /// The rule that must not be below.
        high: RuleKey,
    },
}

/// Everything that is wrong with a profile, in the order of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFaults(pub Vec<RuleFault>);

impl fmt::Display for ProfileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("; "))
    }
}
impl std::error::Error for ProfileFaults {}

/// Every rule of one authority from a day on; it has all keys, each with a value of its kind, so that no lookup can fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The stored version, once it is stored.
    pub id: Option<ProfileId>,
    /// The name: `national`, `jiangsu`, `hubei`, `mot` or one that an administrator gave.
    pub name: String,
    /// The first day on which it applies.
    pub valid_from: NaiveDate,
    rules: BTreeMap<RuleKey, Rule>,
}

impl Profile {
    /// A profile of these rules, or every fault in them.
    pub fn new(
        id: Option<ProfileId>,
        name: impl Into<String>,
        valid_from: NaiveDate,
        rules: impl IntoIterator<Item = Rule>,
    ) -> Result<Self, ProfileFaults> {
        let mut faults = Vec::new();
        let rules = collect(rules.into_iter().map(Ok), &mut faults);
        Self::checked(id, name.into(), valid_from, rules, faults)
    }

    /// A profile read from text, or every fault in it; what is missing is taken from `rest`, so that a profile stored before a
    /// rule existed goes on to work with that rule's first fill.
    pub fn from_texts(
        id: Option<ProfileId>,
        name: impl Into<String>,
        valid_from: NaiveDate,
        texts: impl IntoIterator<Item = RuleText>,
        rest: Option<&Profile>,
    ) -> Result<Self, ProfileFaults> {
        let mut faults = Vec::new();
        let mut rules = collect(texts.into_iter().map(Rule::try_from), &mut faults);
        for (key, rule) in rest.iter().flat_map(|rest| &rest.rules) {
            rules.entry(*key).or_insert_with(|| Rule { confirmed: false, ..rule.clone() });
        }
        Self::checked(id, name.into(), valid_from, rules, faults)
    }

    fn checked(
        id: Option<ProfileId>,
        name: String,
        valid_from: NaiveDate,
        rules: BTreeMap<RuleKey, Rule>,
        mut faults: Vec<RuleFault>,
    ) -> Result<Self, ProfileFaults> {
        for key in RuleKey::ALL.iter().copied() {
            match rules.get(&key) {
                None if faults.iter().any(|fault| matches!(fault, RuleFault::Value { key: k, .. } | RuleFault::UnknownMark { key: k, .. } if *k == key)) => {}
                None => faults.push(RuleFault::Missing { key }),
                Some(rule) => {
                    if let Err(fault) = rule.value.within(&key.definition()) {
                        faults.push(RuleFault::Value { key, fault });
                    }
                }
            }
        }
        for (low, high) in keys::ORDERED.iter().copied() {
            if let (Some(below), Some(above)) = (rules.get(&low), rules.get(&high))
                && above.value.at_least(&below.value) == Some(false)
            {
                faults.push(RuleFault::Contradiction { low, high });
            }
        }
        if faults.is_empty() {
            Ok(Self { id, name, valid_from, rules })
        } else {
            Err(ProfileFaults(faults))
        }
    }

    /// The value of a rule, with the type of its key.
    pub fn get<T: RuleType>(&self, key: Typed<T>) -> T {
        T::of(&self.rule(key.key()).value)
            .expect("a profile holds every key with a value of its kind")
    }

    /// A rule with its ground, for refusals, pages and mails to cite.
    pub fn rule(&self, key: RuleKey) -> &Rule {
        self.rules.get(&key).expect("a profile holds every key")
    }

    /// All rules in the order of the keys.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// The document kinds that a list asks for in this case, in the list's order.
    pub fn documents(
        &self,
        list: Typed<Vec<DocumentNeed>>,
        case: &DocumentCase,
    ) -> Vec<DocumentKind> {
        let technical = self.get(keys::TECHNICAL_CATEGORIES);
        self.get(list)
            .into_iter()
            .filter(|need| case.meets(need.when, &technical))
            .map(|need| need.kind)
            .collect()
    }

    /// The key of the rule on the review form of a category.
    pub const fn review_form_key(category: Category) -> Typed<ReviewForm> {
        match category {
            Category::VerificationScheme => keys::REVIEW_FORM_SCHEME,
            Category::VerificationRegulation => keys::REVIEW_FORM_JJG,
            Category::TypeEvaluation => keys::REVIEW_FORM_TYPE_EVALUATION,
            Category::CalibrationSpecification => keys::REVIEW_FORM_CALIBRATION,
            Category::Other => keys::REVIEW_FORM_OTHER,
        }
    }

    /// Which form the review of a category may take.
    pub fn review_form(&self, category: Category) -> ReviewForm {
        self.get(Self::review_form_key(category))
    }

    /// The profile that applies on a day among the versions of one name: the latest that has begun, else the earliest.
    pub fn in_force_on(versions: &[Self], day: NaiveDate) -> Option<&Self> {
        versions
            .iter()
            .filter(|version| version.valid_from <= day)
            .max_by_key(|version| version.valid_from)
            .or_else(|| versions.iter().min_by_key(|version| version.valid_from))
    }
}

fn collect(
    rules: impl Iterator<Item = Result<Rule, RuleFault>>,
    faults: &mut Vec<RuleFault>,
) -> BTreeMap<RuleKey, Rule> {
    let mut map = BTreeMap::new();
    for rule in rules {
        match rule {
            Err(fault) => faults.push(fault),
            Ok(rule) if map.contains_key(&rule.key) => {
                faults.push(RuleFault::Twice { key: rule.key })
            }
            Ok(rule) => {
                map.insert(rule.key, rule);
            }
        }
    }
    map
}
