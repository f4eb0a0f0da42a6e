//! What kind of value a rule takes, within which limits, and how far a committee may depart from its authority.

use crate::{
    Keyed,
    document::DocumentNeed,
    fraction::{Fraction, Majority},
    keyed,
    specification::Category,
    term::{Reminder, Term, TermUnit},
};

use super::{
    choice::{
        ChoiceSet, DayCount, FastTrack, LatePolicy, OverdueAction, RecipientClass, ReviewForm,
        TitleLevel,
    },
    value::{DayOfYear, RuleValue},
};

keyed! {
    /// What a rule's figure counts.
    RuleUnit as "unit of a rule" {
        /// Calendar days (日).
        Days = "days",
        /// Working days (工作日).
        WorkingDays = "working_days",
        /// Months (月).
        Months = "months",
        /// Years (年).
        Years = "years",
        /// People (人).
        Persons = "persons",
        /// Organisations (个单位).
        Organisations = "organisations",
        /// Times (次).
        Times = "times",
        /// Items of a slip (处).
        Items = "items",
        /// Seats (席).
        Seats = "seats",
        /// A share of a whole (比例).
        Share = "share",
        /// A day of the year (月日).
        DayOfYear = "day_of_year",
        /// Not a figure (无).
        None = "none",
    }
}

impl From<TermUnit> for RuleUnit {
    fn from(unit: TermUnit) -> Self {
        match unit {
            TermUnit::Days => Self::Days,
            TermUnit::WorkingDays => Self::WorkingDays,
            TermUnit::Months => Self::Months,
            TermUnit::Years => Self::Years,
        }
    }
}

/// The kind of a rule's value and the limits of what may be typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// A length of time; `fixed` when the key names its unit, else any unit may be written.
    Term {
        /// The unit that a bare figure has.
        unit: TermUnit,
        /// Whether no other unit is accepted.
        fixed: bool,
        /// The smallest amount in that unit.
        min: u32,
        /// The largest amount in that unit.
        max: u32,
    },
    /// A number of things.
    Count {
        /// Of what.
        unit: RuleUnit,
        /// The smallest number.
        min: u32,
        /// The largest number.
        max: u32,
    },
    /// A share as a limit.
    Fraction,
    /// A share that must agree.
    Majority,
    /// Yes or no.
    Flag,
    /// One of a closed set.
    Choice(ChoiceSet),
    /// A day of the year.
    DayOfYear,
    /// Specification categories.
    Categories,
    /// Recipient classes.
    Recipients,
    /// Document kinds with their conditions.
    Documents,
    /// Reminders of a deadline.
    Reminders,
}

impl RuleKind {
    /// The stable word for the kind, for pages and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Term { .. } => "term",
            Self::Count { .. } => "count",
            Self::Fraction => "fraction",
            Self::Majority => "majority",
            Self::Flag => "flag",
            Self::Choice(_) => "choice",
            Self::DayOfYear => "day_of_year",
            Self::Categories => "categories",
            Self::Recipients => "recipients",
            Self::Documents => "documents",
            Self::Reminders => "reminders",
        }
    }
}

pub(super) const fn days(min: u32, max: u32) -> RuleKind {
    RuleKind::Term { unit: TermUnit::Days, fixed: true, min, max }
}
pub(super) const fn workdays(min: u32, max: u32) -> RuleKind {
    RuleKind::Term { unit: TermUnit::WorkingDays, fixed: true, min, max }
}
pub(super) const fn months(min: u32, max: u32) -> RuleKind {
    RuleKind::Term { unit: TermUnit::Months, fixed: true, min, max }
}
pub(super) const fn years(min: u32, max: u32) -> RuleKind {
    RuleKind::Term { unit: TermUnit::Years, fixed: true, min, max }
}
/// A term in any unit; a bare figure means months.
pub(super) const fn term(min: u32, max: u32) -> RuleKind {
    RuleKind::Term { unit: TermUnit::Months, fixed: false, min, max }
}
pub(super) const fn count(unit: RuleUnit, min: u32, max: u32) -> RuleKind {
    RuleKind::Count { unit, min, max }
}

keyed! {
    /// How a committee's own rule may depart from that of its authority (委员会在授权范围内的调整).
    Overriding as "overriding rule" {
        /// Not at all (不得调整).
        Fixed = "fixed",
        /// Only to more: longer, larger, a longer list, yes instead of no (只能从严、延长或增加).
        AtLeast = "at_least",
        /// Only to less (只能缩短或减少).
        AtMost = "at_most",
        /// Freely within the limits of the kind (可自行确定).
        Free = "free",
    }
}

/// What is fixed about a rule, whoever's profile it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Kind and limits.
    pub kind: RuleKind,
    /// How far a committee may depart from its authority.
    pub overriding: Overriding,
    /// Whether an authority may have no such rule; written `none`.
    pub optional: bool,
}

/// A Rust type that rules of one kind hand out.
pub trait RuleType: Sized {
    /// Whether "no such rule" is a value of the type.
    const OPTIONAL: bool = false;
    /// Whether rules of this kind hold the type.
    fn fits(kind: RuleKind) -> bool;
    /// The value inside, if it has the type.
    fn of(value: &RuleValue) -> Option<Self>;
}

macro_rules! rule_types {
    ($($type:ty: $kind:pat => $value:pat => $inner:expr;)*) => {$(
        impl RuleType for $type {
            fn fits(kind: RuleKind) -> bool {
                matches!(kind, $kind)
            }
            fn of(value: &RuleValue) -> Option<Self> {
                if let $value = value { Some($inner.clone()) } else { None }
            }
        }
    )*};
}

rule_types! {
    Term: RuleKind::Term { .. } => RuleValue::Term(inner) => inner;
    u32: RuleKind::Count { .. } => RuleValue::Count(inner) => inner;
    Fraction: RuleKind::Fraction => RuleValue::Fraction(inner) => inner;
    Majority: RuleKind::Majority => RuleValue::Majority(inner) => inner;
    bool: RuleKind::Flag => RuleValue::Flag(inner) => inner;
    DayOfYear: RuleKind::DayOfYear => RuleValue::DayOfYear(inner) => inner;
    Vec<Category>: RuleKind::Categories => RuleValue::Categories(inner) => inner;
    Vec<RecipientClass>: RuleKind::Recipients => RuleValue::Recipients(inner) => inner;
    Vec<DocumentNeed>: RuleKind::Documents => RuleValue::Documents(inner) => inner;
    Vec<Reminder>: RuleKind::Reminders => RuleValue::Reminders(inner) => inner;
}

macro_rules! choice_types {
    ($($type:ident)*) => {$(
        impl RuleType for $type {
            fn fits(kind: RuleKind) -> bool {
                kind == RuleKind::Choice(ChoiceSet::$type)
            }
            fn of(value: &RuleValue) -> Option<Self> {
                if let RuleValue::Choice(key) = value { Self::from_key(key).ok() } else { None }
            }
        }
    )*};
}

choice_types! { LatePolicy ReviewForm OverdueAction FastTrack DayCount TitleLevel }

impl<T: RuleType> RuleType for Option<T> {
    const OPTIONAL: bool = true;
    fn fits(kind: RuleKind) -> bool {
        T::fits(kind)
    }
    fn of(value: &RuleValue) -> Option<Self> {
        if *value == RuleValue::Absent { Some(None) } else { T::of(value).map(Some) }
    }
}
