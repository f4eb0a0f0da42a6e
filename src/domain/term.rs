//! Lengths of time as rules state them: so many days, working days, months or years, and reminders along the way.
//!
//! What day a term ends on is computed in `deadline`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Keyed, UnknownKey, fraction::Fraction, keyed};

keyed! {
    /// The unit in which a term is counted.
    TermUnit as "unit of a term" {
        /// Calendar days (日).
        Days = "days",
        /// Working days (工作日).
        WorkingDays = "working_days",
        /// Calendar months (月).
        Months = "months",
        /// Calendar years (年).
        Years = "years",
    }
}

/// A length of time, such as 30 days or one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: TermUnit,
}

/// A text that is no term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// No whole number of at most nine digits at the front.
    #[error("a term begins with a whole number")]
    Amount,
    /// No unit where one is needed.
    #[error("a term names its unit")]
    NoUnit,
    /// A unit that does not exist.
    #[error(transparent)]
    Unit(#[from] UnknownKey),
}

impl Term {
    /// So many of this unit.
    pub const fn new(amount: u32, unit: TermUnit) -> Self {
        Self { amount, unit }
    }

    /// So many calendar days.
    pub const fn days(amount: u32) -> Self {
        Self::new(amount, TermUnit::Days)
    }

    /// So many calendar months.
    pub const fn months(amount: u32) -> Self {
        Self::new(amount, TermUnit::Months)
    }

    /// Reads `30 days`, `1 month` or, where the unit is known, `30`.
    pub fn parse(text: &str, unit: Option<TermUnit>) -> Result<Self, TermError> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (amount, rest) = text.split_at(digits);
        let amount = amount.parse().map_err(|_| TermError::Amount)?;
        match (rest.trim(), unit) {
            ("", Some(unit)) => Ok(Self { amount, unit }),
            ("", None) => Err(TermError::NoUnit),
            (named, _) => Ok(Self { amount, unit: unit_of(named)? }),
        }
    }
}

fn unit_of(named: &str) -> Result<TermUnit, UnknownKey> {
    TermUnit::ALL
        .iter()
        .copied()
        .find(|unit| unit.key() == named || unit.key().strip_suffix('s') == Some(named))
        .map_or_else(|| TermUnit::from_key(named), Ok)
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}
impl FromStr for Term {
    type Err = TermError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, None)
    }
}

/// When to remind of a deadline: a term before it, or when a share of the time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reminder {
    /// So long before the end; written `7 days`.
    Before(Term),
    /// When this share of the time between opening and end has passed; written `1/2`.
    Elapsed(Fraction),
}

/// A text that is no reminder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReminderError {
    /// Neither a share nor a term.
    #[error("a reminder is a term before the end or a share of the time")]
    Form,
    /// Working days before an end would need a calendar at the moment of reading.
    #[error("a reminder is not counted in working days")]
    WorkingDays,
}

impl FromStr for Reminder {
    type Err = ReminderError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(share) = text.parse() {
            return Ok(Self::Elapsed(share));
        }
        match Term::parse(text, Some(TermUnit::Days)) {
            Ok(Term { unit: TermUnit::WorkingDays, .. }) => Err(ReminderError::WorkingDays),
            Ok(term) => Ok(Self::Before(term)),
            Err(_) => Err(ReminderError::Form),
        }
    }
}
impl fmt::Display for Reminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(term) => write!(f, "{term}"),
            Self::Elapsed(share) => write!(f, "{share}"),
        }
    }
}
impl Serialize for Reminder {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Reminder {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_with_and_without_unit() {
        assert_eq!(Term::parse("30", Some(TermUnit::Days)), Ok(Term::days(30)));
        assert_eq!("1 month".parse(), Ok(Term::months(1)));
        assert_eq!("1months".parse(), Ok(Term::months(1)));
        assert_eq!("15 working_days".parse(), Ok(Term::new(15, TermUnit::WorkingDays)));
        assert_eq!("30".parse::<Term>(), Err(TermError::NoUnit));
        for bad in ["", "days", "-1 days", "99999999999 days", "1.5 days"] {
            assert!(bad.parse::<Term>().is_err(), "{bad}");
        }
        for unit in TermUnit::ALL {
            let term = Term::new(4, *unit);
            assert_eq!(term.to_string().parse(), Ok(term));
        }
    }

    #[test]
    fn reminders_are_terms_or_shares() {
        assert_eq!("7".parse(), Ok(Reminder::Before(Term::days(7))));
        assert_eq!("6 months".parse(), Ok(Reminder::Before(Term::months(6))));
        assert_eq!("1/2".parse::<Reminder>().unwrap().to_string(), "1/2");
        assert_eq!("3 working_days".parse::<Reminder>(), Err(ReminderError::WorkingDays));
        assert_eq!("soon".parse::<Reminder>(), Err(ReminderError::Form));
    }
}
