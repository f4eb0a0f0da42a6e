//! Rule profiles (规则参数集): every number, share, form and document list that differs between authorities.
//!
//! The list of rules is closed (`key`), so that a profile is complete or it does not exist (`profile`); the typed constants of
//! `keys` make a lookup infallible: `profile.get(keys::COMMENT_DAYS_MIN)` is a `Term` and nothing else. The first fill of the
//! named profiles is data (`seed`), read from `data/rules/*.toml`. No rule value is written in code; the limits beside a key
//! only say what may be typed in.

mod choice;
mod compare;
mod group;
mod key;
mod kind;
mod overrides;
mod profile;
mod seed;
mod value;

pub use choice::{
    ChoiceSet, DayCount, FastTrack, LatePolicy, OverdueAction, RecipientClass, ReviewForm,
    TitleLevel,
};
pub use compare::{Difference, compare};
pub use group::RuleGroup;
pub use key::{RuleKey, Typed, keys};
pub use kind::{Definition, Overriding, RuleKind, RuleType, RuleUnit};
pub use overrides::OverrideFault;
pub use profile::{Mark, Profile, ProfileFaults, Rule, RuleFault, RuleText};
pub use seed::{SEED_NAMES, seed, seeds};
pub use value::{DayOfYear, RuleValue, ValueFault};
