//! The calendar of public holidays (节假日) and make-up working days (调休): which days count as working days.
//!
//! The days are data that an administrator enters each year; a year that nobody entered is told, never guessed in silence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::keyed;

keyed! {
    /// What a calendar entry makes of its day.
    DayKind as "calendar day kind" {
        /// A public holiday (放假).
        Holiday = "holiday",
        /// A weekend day that is worked (调休上班).
        Workday = "workday",
    }
}

/// One entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    /// Holiday or make-up working day.
    pub kind: DayKind,
    /// What it is called, such as 春节.
    pub name: String,
}

/// Why nobody works on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum DayOff {
    /// A Saturday or Sunday that is not worked.
    Weekend,
    /// A public holiday.
    Holiday {
        /// Its name.
        name: String,
    },
}

/// Holidays and make-up working days of the years that somebody entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, CalendarDay>,
    covered: BTreeSet<i32>,
}

impl Calendar {
    /// A calendar of these days for exactly these years.
    pub fn new(days: BTreeMap<NaiveDate, CalendarDay>, covered: BTreeSet<i32>) -> Self {
        Self { days, covered }
    }

    /// A calendar of these days; a year counts as covered when its National Day is among them, because every year's notice
    /// contains it, while a stray day of the neighbouring year does not make a year complete.
    pub fn from_days(days: BTreeMap<NaiveDate, CalendarDay>) -> Self {
        let national_day = |day: &NaiveDate| (day.month(), day.day()) == NATIONAL_DAY;
        let covered = days
            .iter()
            .filter(|(day, entry)| national_day(day) && entry.kind == DayKind::Holiday)
            .map(|(day, _)| day.year())
            .collect();
        Self { days, covered }
    }

    /// Every entry in order.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &CalendarDay)> {
        self.days.iter().map(|(day, entry)| (*day, entry))
    }

    /// Whether the year was entered.
    pub fn covers(&self, year: i32) -> bool {
        self.covered.contains(&year)
    }

    /// The years that were entered.
    pub fn covered_years(&self) -> impl Iterator<Item = i32> {
        self.covered.iter().copied()
    }

    /// Why nobody works on that day, or nothing if it is a working day.
    pub fn day_off(&self, day: NaiveDate) -> Option<DayOff> {
        match self.days.get(&day) {
            Some(CalendarDay { kind: DayKind::Holiday, name }) => {
                Some(DayOff::Holiday { name: name.clone() })
            }
            Some(CalendarDay { kind: DayKind::Workday, .. }) => None,
            None => matches!(day.weekday(), Weekday::Sat | Weekday::Sun).then_some(DayOff::Weekend),
        }
    }

    /// Whether people work on that day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.day_off(day).is_none()
    }
}

/// Month and day of the National Day (国庆节).
const NATIONAL_DAY: (u32, u32) = (10, 1);

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::LazyLock;

    use super::*;

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Days off and make-up days of 2024 and 2025, as the State Council announced them.
    pub(crate) fn calendar() -> &'static Calendar {
        static CALENDAR: LazyLock<Calendar> = LazyLock::new(announced);
        &CALENDAR
    }

    fn announced() -> Calendar {
        let mut days = BTreeMap::new();
        let mut put = |from: &str, to: &str, kind: DayKind, name: &str| {
            for date in day(from).iter_days().take_while(|date| *date <= day(to)) {
                days.insert(date, CalendarDay { kind, name: name.into() });
            }
        };
        for (from, to, name) in [
            ("2023-12-30", "2024-01-01", "元旦"),
            ("2024-02-10", "2024-02-17", "春节"),
            ("2024-04-04", "2024-04-06", "清明节"),
            ("2024-05-01", "2024-05-05", "劳动节"),
            ("2024-06-08", "2024-06-10", "端午节"),
            ("2024-09-15", "2024-09-17", "中秋节"),
            ("2024-10-01", "2024-10-07", "国庆节"),
            ("2025-01-01", "2025-01-01", "元旦"),
            ("2025-01-28", "2025-02-04", "春节"),
            ("2025-04-04", "2025-04-06", "清明节"),
            ("2025-05-01", "2025-05-05", "劳动节"),
            ("2025-05-31", "2025-06-02", "端午节"),
            ("2025-10-01", "2025-10-08", "国庆节、中秋节"),
        ] {
            put(from, to, DayKind::Holiday, name);
        }
        for date in [
            "2024-02-04",
            "2024-02-18",
            "2024-04-07",
            "2024-04-28",
            "2024-05-11",
            "2024-09-14",
            "2024-09-29",
            "2024-10-12",
            "2025-01-26",
            "2025-02-08",
            "2025-04-27",
            "2025-09-28",
            "2025-10-11",
        ] {
            put(date, date, DayKind::Workday, "调休上班");
        }
        Calendar::from_days(days)
    }

    #[test]
    fn a_stray_day_does_not_cover_a_year() {
        let calendar = calendar();
        assert_eq!(calendar.covered_years().collect::<Vec<_>>(), [2024, 2025]);
        assert!(!calendar.covers(2023) && !calendar.covers(2026));
    }

    #[test]
    fn working_days_follow_the_entries_before_the_weekday() {
        let calendar = calendar();
        assert!(calendar.is_working(day("2024-02-18")), "a Sunday that is worked");
        assert_eq!(calendar.day_off(day("2024-02-25")), Some(DayOff::Weekend));
        assert_eq!(
            calendar.day_off(day("2024-02-12")),
            Some(DayOff::Holiday { name: "春节".into() })
        );
        assert!(calendar.is_working(day("2024-02-19")));
    }
}
