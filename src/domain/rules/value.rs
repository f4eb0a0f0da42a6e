//! The value of one rule: read from text within the limits of its key, printed back the same.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use crate::{
    Keyed,
    document::DocumentNeed,
    fraction::{Fraction, Majority},
    specification::Category,
    term::{Reminder, Term},
};

use super::{
    choice::RecipientClass,
    kind::{Definition, RuleKind, RuleUnit},
};

/// What stands for "there is no such rule" and for an empty list.
const NONE: &str = "none";

/// The value of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleValue {
    /// The authority has no such rule.
    Absent,
    /// A length of time.
    Term(Term),
    /// A number of things.
    Count(u32),
    /// A share as a limit.
    Fraction(Fraction),
    /// A share that must agree.
    Majority(Majority),
    /// Yes or no.
    Flag(bool),
    /// A key of the rule's choice set.
    Choice(&'static str),
    /// A day of the year.
    DayOfYear(DayOfYear),
    /// Specification categories.
    Categories(Vec<Category>),
    /// Recipient classes.
    Recipients(Vec<RecipientClass>),
    /// Documents with their conditions.
    Documents(Vec<DocumentNeed>),
    /// Reminders.
    Reminders(Vec<Reminder>),
}

/// Why a text is no value of a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    /// Not written as the kind asks.
    #[error("{text:?} is not a {kind}")]
    Form {
        /// The kind that was asked for, as `RuleKind::word`.
        kind: &'static str,
        /// The offending piece, cut at 80 characters.
        text: String,
    },
    /// Outside the limits of the key.
    #[error("{figure} is outside {min} to {max}")]
    OutOfBounds {
        /// What was written.
        figure: u32,
        /// The smallest that is accepted.
        min: u32,
        /// The largest that is accepted.
        max: u32,
    },
    /// A unit other than the one that the key names.
    #[error("the unit must be {wanted}")]
    Unit {
        /// The unit of the key.
        wanted: RuleUnit,
    },
    /// `none` where every authority needs a value.
    #[error("a value is needed")]
    Needed,
    /// An entry stands twice in a list.
    #[error("{text:?} stands twice")]
    Twice {
        /// The entry.
        text: String,
    },
}

impl RuleValue {
    /// Reads the value of a rule with this definition from text.
    pub fn parse(definition: &Definition, text: &str) -> Result<Self, ValueFault> {
        let text = text.trim();
        let fault = || form(definition.kind, text);
        if definition.optional && text == NONE {
            return Ok(Self::Absent);
        }
        match definition.kind {
            RuleKind::Term { unit, .. } => {
                Term::parse(text, Some(unit)).map(Self::Term).map_err(|_| fault())
            }
            RuleKind::Count { .. } => text.parse().map(Self::Count).map_err(|_| fault()),
            RuleKind::Fraction => text.parse().map(Self::Fraction).map_err(|_| fault()),
            RuleKind::Majority => text.parse().map(Self::Majority).map_err(|_| fault()),
            RuleKind::Flag => text.parse().map(Self::Flag).map_err(|_| fault()),
            RuleKind::Choice(set) => set
                .options()
                .into_iter()
                .find(|option| *option == text)
                .map(Self::Choice)
                .ok_or_else(fault),
            RuleKind::DayOfYear => text.parse().map(Self::DayOfYear).map_err(|_| fault()),
            RuleKind::Categories => list(definition.kind, text).map(Self::Categories),
            RuleKind::Recipients => list(definition.kind, text).map(Self::Recipients),
            RuleKind::Documents => list(definition.kind, text).map(Self::Documents),
            RuleKind::Reminders => list(definition.kind, text).map(Self::Reminders),
        }
        .and_then(|value| value.within(definition).map(|()| value))
    }

    /// Whether the value has the kind of the definition and stays inside its limits.
    pub fn within(&self, definition: &Definition) -> Result<(), ValueFault> {
        let bounds = |figure: u32, min: u32, max: u32| {
            if (min..=max).contains(&figure) {
                Ok(())
            } else {
                Err(ValueFault::OutOfBounds { figure, min, max })
            }
        };
        match (self, definition.kind) {
            (Self::Absent, _) if definition.optional => Ok(()),
            (Self::Absent, _) => Err(ValueFault::Needed),
            (Self::Term(term), RuleKind::Term { unit, min, max, .. }) if term.unit == unit => {
                bounds(term.amount, min, max)
            }
            (Self::Term(_), RuleKind::Term { unit, fixed: true, .. }) => {
                Err(ValueFault::Unit { wanted: unit.into() })
            }
            // Another unit than the usual one: only the order of magnitude can be checked.
            (Self::Term(term), RuleKind::Term { min, max, .. }) => {
                bounds(term.amount, min, max.saturating_mul(DAYS_A_MONTH))
            }
            (Self::Count(figure), RuleKind::Count { min, max, .. }) => bounds(*figure, min, max),
            (Self::Choice(key), RuleKind::Choice(set)) if set.options().contains(key) => Ok(()),
            (Self::Fraction(_), RuleKind::Fraction)
            | (Self::Majority(_), RuleKind::Majority)
            | (Self::Flag(_), RuleKind::Flag)
            | (Self::DayOfYear(_), RuleKind::DayOfYear)
            | (Self::Categories(_), RuleKind::Categories)
            | (Self::Recipients(_), RuleKind::Recipients)
            | (Self::Documents(_), RuleKind::Documents)
            | (Self::Reminders(_), RuleKind::Reminders) => Ok(()),
            (value, kind) => Err(form(kind, &value.to_string())),
        }
    }

    /// The value without its unit, as shown beside `unit`: `30`, `2/3`, `meeting_required`.
    pub fn figure(&self) -> String {
        match self {
            Self::Term(term) => term.amount.to_string(),
            other => other.to_string(),
        }
    }

    /// What the figure counts; a count's unit stands in its definition.
    pub fn unit(&self, definition: &Definition) -> RuleUnit {
        match (self, definition.kind) {
            (Self::Term(term), _) => term.unit.into(),
            (Self::Count(_), RuleKind::Count { unit, .. }) => unit,
            (Self::Fraction(_) | Self::Majority(_), _) => RuleUnit::Share,
            (Self::DayOfYear(_), _) => RuleUnit::DayOfYear,
            _ => RuleUnit::None,
        }
    }

    /// Whether this is the same as `other` or more: longer, larger, a longer list, yes rather than no.
    /// Unknown between different kinds, different units and choices.
    pub fn at_least(&self, other: &Self) -> Option<bool> {
        fn holds_all<T: PartialEq>(list: &[T], other: &[T]) -> bool {
            other.iter().all(|entry| list.contains(entry))
        }
        Some(match (self, other) {
            (Self::Term(a), Self::Term(b)) if a.unit == b.unit => a.amount >= b.amount,
            (Self::Count(a), Self::Count(b)) => a >= b,
            (Self::Fraction(a), Self::Fraction(b)) => a >= b,
            (Self::Majority(a), Self::Majority(b)) => a >= b,
            (Self::Flag(a), Self::Flag(b)) => a >= b,
            (Self::DayOfYear(a), Self::DayOfYear(b)) => a >= b,
            (Self::Categories(a), Self::Categories(b)) => holds_all(a, b),
            (Self::Recipients(a), Self::Recipients(b)) => holds_all(a, b),
            (Self::Documents(a), Self::Documents(b)) => {
                b.iter().all(|asked| a.iter().any(|entry| entry.holds(asked)))
            }
            (Self::Reminders(a), Self::Reminders(b)) => holds_all(a, b),
            _ => return (self == other).then_some(true),
        })
    }
}

/// How many times larger an amount may be when it is written in days instead of months.
const DAYS_A_MONTH: u32 = 31;

fn form(kind: RuleKind, text: &str) -> ValueFault {
    ValueFault::Form { kind: kind.word(), text: text.chars().take(80).collect() }
}

fn list<T: FromStr + PartialEq>(kind: RuleKind, text: &str) -> Result<Vec<T>, ValueFault> {
    if text == NONE {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for piece in text.split(',').map(str::trim) {
        let entry: T = piece.parse().map_err(|_| form(kind, piece))?;
        if entries.contains(&entry) {
            return Err(ValueFault::Twice { text: piece.chars().take(80).collect() });
        }
        entries.push(entry);
    }
    Ok(entries)
}

impl fmt::Display for RuleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn join<T: fmt::Display>(f: &mut fmt::Formatter<'_>, entries: &[T]) -> fmt::Result {
            if entries.is_empty() {
                return f.write_str(NONE);
            }
            entries.iter().enumerate().try_for_each(|(at, entry)| {
                if at == 0 { write!(f, "{entry}") } else { write!(f, ", {entry}") }
            })
        }
        match self {
            Self::Absent => f.write_str(NONE),
            Self::Term(term) => write!(f, "{term}"),
            Self::Count(figure) => write!(f, "{figure}"),
            Self::Fraction(share) => write!(f, "{share}"),
            Self::Majority(share) => write!(f, "{share}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Choice(key) => f.write_str(key),
            Self::DayOfYear(day) => write!(f, "{day}"),
            Self::Categories(entries) => join(f, entries),
            Self::Recipients(entries) => join(f, entries),
            Self::Documents(entries) => join(f, entries),
            Self::Reminders(entries) => join(f, entries),
        }
    }
}

/// A day that comes every year, written `01-31`; 29 February is refused because it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

impl DayOfYear {
    /// The day in a month that has it every year.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(COMMON_YEAR, month, day).map(|_| Self { month, day })
    }

    /// That day of `year`; none only where the calendar itself ends.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

/// Any year without 29 February: its days come every year.
const COMMON_YEAR: i32 = 2023;

impl FromStr for DayOfYear {
    type Err = ValueFault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part: &str| if part.len() == 2 { part.parse().ok() } else { None };
        text.split_once('-')
            .and_then(|(month, day)| Self::new(number(month)?, number(day)?))
            .ok_or_else(|| form(RuleKind::DayOfYear, text))
    }
}
impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// The key of a choice, for those who hold the value as its own type.
impl<T: Keyed> From<T> for RuleValue {
    fn from(choice: T) -> Self {
        Self::Choice(choice.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{kind, kind::Overriding};

    fn of(kind: RuleKind, optional: bool) -> Definition {
        Definition { kind, overriding: Overriding::Free, optional }
    }

    #[test]
    fn each_kind_reads_what_it_prints() {
        let cases = [
            (kind::days(1, 90), "30 days"),
            (kind::term(1, 12), "1 months"),
            (kind::term(1, 12), "14 days"),
            (kind::count(RuleUnit::Persons, 1, 9), "7"),
            (RuleKind::Fraction, "1/4"),
            (RuleKind::Majority, ">1/2"),
            (RuleKind::Flag, "false"),
            (RuleKind::Choice(super::super::ChoiceSet::LatePolicy), "refuse"),
            (RuleKind::DayOfYear, "01-31"),
            (RuleKind::Categories, "type_evaluation, other"),
            (RuleKind::Recipients, "none"),
            (RuleKind::Documents, "minutes, test_report:technical"),
            (RuleKind::Reminders, "1/2, 7 days, 1 days"),
        ];
        for (kind, text) in cases {
            let definition = of(kind, false);
            let value = RuleValue::parse(&definition, text).unwrap();
            assert_eq!(value.to_string(), text);
            assert_eq!(value.within(&definition), Ok(()));
        }
    }

    #[test]
    fn a_bare_figure_takes_the_unit_of_its_key() {
        let definition = of(kind::workdays(1, 30), false);
        let value = RuleValue::parse(&definition, "15").unwrap();
        assert_eq!((value.to_string(), value.figure()), ("15 working_days".into(), "15".into()));
        assert_eq!(value.unit(&definition), RuleUnit::WorkingDays);
    }

    #[test]
    fn faults_are_told_apart() {
        let days = of(kind::days(1, 90), false);
        let fault =
            |definition: &Definition, text: &str| RuleValue::parse(definition, text).unwrap_err();
        assert_eq!(fault(&days, "0"), ValueFault::OutOfBounds { figure: 0, min: 1, max: 90 });
        assert_eq!(fault(&days, "91"), ValueFault::OutOfBounds { figure: 91, min: 1, max: 90 });
        assert_eq!(fault(&days, "1 month"), ValueFault::Unit { wanted: RuleUnit::Days });
        assert!(matches!(fault(&days, "none"), ValueFault::Form { .. }));
        assert_eq!(RuleValue::parse(&of(kind::days(1, 90), true), "none"), Ok(RuleValue::Absent));
        assert_eq!(RuleValue::Absent.within(&days), Err(ValueFault::Needed));
        assert_eq!(
            fault(&of(RuleKind::Documents, false), "minutes, minutes"),
            ValueFault::Twice { text: "minutes".into() }
        );
        for bad in ["02-29", "13-01", "1-31", "00-10", "01-32", "x"] {
            assert!(
                matches!(fault(&of(RuleKind::DayOfYear, false), bad), ValueFault::Form { .. }),
                "{bad}"
            );
        }
    }

    #[test]
    fn more_is_told_from_less() {
        let term = |text: &str| RuleValue::Term(text.parse().unwrap());
        assert_eq!(term("60 days").at_least(&term("30 days")), Some(true));
        assert_eq!(term("1 months").at_least(&term("30 days")), None);
        assert_eq!(RuleValue::Flag(false).at_least(&RuleValue::Flag(true)), Some(false));
        let strict = RuleValue::Majority(">1/2".parse().unwrap());
        assert_eq!(RuleValue::Majority("1/2".parse().unwrap()).at_least(&strict), Some(false));
        assert_eq!(RuleValue::Choice("a").at_least(&RuleValue::Choice("a")), Some(true));
        assert_eq!(RuleValue::Choice("a").at_least(&RuleValue::Choice("b")), None);
    }
}
