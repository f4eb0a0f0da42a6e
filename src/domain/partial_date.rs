//! Dates of which only the year or the month may be known (日期不全): old paper texts, lists that print a year alone.
//!
//! A comparison that depends on what is not known answers that it is not known.

use std::{cmp::Ordering, fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::keyed;

/// A date known to the year, the month or the day; written `2018`, `2018-06` or `2018-06-25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

keyed! {
    /// How much of a date is known.
    Precision as "date precision" {
        /// The year (年).
        Year = "year",
        /// Year and month (年月).
        Month = "month",
        /// The day (年月日).
        Day = "day",
    }
}

keyed! {
    /// The answer to a question about something partly known.
    Certainty as "certainty" {
        /// It is so (是).
        Yes = "yes",
        /// It is not so (否).
        No = "no",
        /// It cannot be told (不能确定).
        Unknown = "unknown",
    }
}

/// A text that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartialDateError {
    /// Not of the form `2018`, `2018-06` or `2018-06-25`.
    #[error("a date is written 2018, 2018-06 or 2018-06-25")]
    Form,
    /// A month or day that does not exist.
    #[error("there is no such day")]
    NoSuchDay,
}

impl PartialDate {
    /// A date known to the day.
    pub const fn day(day: NaiveDate) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    /// A date known to the month.
    pub fn month(year: i32, month: u32) -> Result<Self, PartialDateError> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(PartialDateError::NoSuchDay)?;
        Ok(Self { first, precision: Precision::Month })
    }

    /// A date known to the year.
    pub fn year(year: i32) -> Result<Self, PartialDateError> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or(PartialDateError::NoSuchDay)?;
        Ok(Self { first, precision: Precision::Year })
    }

    /// How much is known.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The earliest day that it may be.
    pub const fn earliest(self) -> NaiveDate {
        self.first
    }

    /// The latest day that it may be.
    pub fn latest(self) -> NaiveDate {
        let next = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => self.first.checked_add_months(Months::new(1)),
            Precision::Year => NaiveDate::from_ymd_opt(self.first.year() + 1, 1, 1),
        };
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The day, if it is known.
    pub fn exact(self) -> Option<NaiveDate> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// Whether it lies on or before a day.
    pub fn on_or_before(self, day: NaiveDate) -> Certainty {
        if self.latest() <= day {
            Certainty::Yes
        } else if self.earliest() > day {
            Certainty::No
        } else {
            Certainty::Unknown
        }
    }

    /// The order of two dates, if what is known decides it; two dates of the same day are equal, two of the same month are not
    /// known to be.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        if self.latest() < other.earliest() {
            Some(Ordering::Less)
        } else if self.earliest() > other.latest() {
            Some(Ordering::Greater)
        } else if self.exact().is_some() && self.exact() == other.exact() {
            Some(Ordering::Equal)
        } else {
            None
        }
    }
}

/// A definite order for lists: by the earliest day, the less precise first.
impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first, self.precision).cmp(&(other.first, other.precision))
    }
}
impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self::day(day)
    }
}

impl FromStr for PartialDate {
    type Err = PartialDateError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn figure<T: FromStr>(piece: &str, length: usize) -> Result<T, PartialDateError> {
            let digits = piece.len() == length && piece.bytes().all(|byte| byte.is_ascii_digit());
            if digits {
                piece.parse().map_err(|_| PartialDateError::Form)
            } else {
                Err(PartialDateError::Form)
            }
        }
        let pieces: Vec<_> = text.trim().split('-').collect();
        match pieces[..] {
            [year] => Self::year(figure(year, 4)?),
            [year, month] => Self::month(figure(year, 4)?, figure(month, 2)?),
            [year, month, day] => {
                NaiveDate::from_ymd_opt(figure(year, 4)?, figure(month, 2)?, figure(day, 2)?)
                    .map(Self::day)
                    .ok_or(PartialDateError::NoSuchDay)
            }
            _ => Err(PartialDateError::Form),
        }
    }
}
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}
impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }
    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        for text in ["2018", "2018-06", "2018-06-25", "1990-12-31"] {
            assert_eq!(date(text).to_string(), text);
            assert_eq!(serde_json::to_string(&date(text)).unwrap(), format!("\"{text}\""));
        }
        for bad in
            ["", "18", "2018-6", "2018-06-25-01", "2018/06", "+018", "2018-", "abcd", "2018-06-2x"]
        {
            assert_eq!(bad.parse::<PartialDate>(), Err(PartialDateError::Form), "{bad}");
        }
        for bad in ["2018-13", "2018-00", "2018-02-29", "2018-06-31"] {
            assert_eq!(bad.parse::<PartialDate>(), Err(PartialDateError::NoSuchDay), "{bad}");
        }
    }

    #[test]
    fn bounds_follow_the_precision() {
        let table = [
            ("2018", "2018-01-01", "2018-12-31"),
            ("2018-12", "2018-12-01", "2018-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2018-06-25", "2018-06-25", "2018-06-25"),
        ];
        for (text, first, last) in table {
            assert_eq!((date(text).earliest(), date(text).latest()), (day(first), day(last)));
        }
    }

    #[test]
    fn a_comparison_may_be_unknown() {
        assert_eq!(date("2018").on_or_before(day("2018-12-31")), Certainty::Yes);
        assert_eq!(date("2018").on_or_before(day("2018-06-30")), Certainty::Unknown);
        assert_eq!(date("2018").on_or_before(day("2017-12-31")), Certainty::No);
        assert_eq!(date("2018-06").compare(date("2018-07-01")), Some(Ordering::Less));
        assert_eq!(date("2019").compare(date("2018-12")), Some(Ordering::Greater));
        assert_eq!(date("2018").compare(date("2018")), None);
        assert_eq!(date("2018-06-25").compare(date("2018-06-25")), Some(Ordering::Equal));
        assert_eq!(date("2018-06").compare(date("2018-06-25")), None);
    }

    proptest! {
        #[test]
        fn a_known_answer_holds_for_every_day_it_may_be(year in 1900_i32..2100, month in 1_u32..13, of in 0_u8..3, probe in 0_i64..80_000) {
            let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
            let date = match of {
                0 => PartialDate::year(year).unwrap(),
                1 => PartialDate::month(year, month).unwrap(),
                _ => PartialDate::day(first),
            };
            let probe = day("1900-01-01") + chrono::Duration::days(probe);
            let answers: Vec<bool> = date.earliest().iter_days().take_while(|it| *it <= date.latest()).map(|it| it <= probe).collect();
            let wanted = match (answers.contains(&true), answers.contains(&false)) {
                (true, false) => Certainty::Yes,
                (false, true) => Certainty::No,
                _ => Certainty::Unknown,
            };
            prop_assert_eq!(date.on_or_before(probe), wanted);
        }
    }
}
