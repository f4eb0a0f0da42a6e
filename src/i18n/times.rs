//! Days, instants and lengths of time in words; an instant is never shown without hour and zone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::{OffsetComponents, OffsetName, Tz};
use quanheng_domain::Locale;

use crate::words::{Value, Words};

impl Words {
    /// A calendar day: `2026年4月1日`, `1 April 2026`.
    pub fn date(&self, locale: Locale, day: NaiveDate) -> String {
        let month = self.month_name(locale, day.month());
        let values =
            [("year", Value::from(day.year())), ("month", month.into()), ("day", day.day().into())];
        self.text(locale, "time-date", &values)
    }

    /// A calendar day with its day of the week: `2026年4月1日（星期三）`, `Wednesday, 1 April 2026`.
    pub fn date_with_weekday(&self, locale: Locale, day: NaiveDate) -> String {
        let date = self.date(locale, day);
        let weekday = self.weekday(locale, day.weekday());
        self.text(
            locale,
            "time-date-weekday",
            &[("date", date.into()), ("weekday", weekday.into())],
        )
    }

    /// A month of a year: `2026年4月`, `April 2026`.
    pub fn month(&self, locale: Locale, year: i32, month: u32) -> String {
        let name = self.month_name(locale, month);
        self.text(locale, "time-month-year", &[("year", year.into()), ("month", name.into())])
    }

    /// A day of the week: `星期三`, `Wednesday`.
    pub fn weekday(&self, locale: Locale, day: Weekday) -> String {
        self.text(locale, &format!("time-weekday-{}", day.number_from_monday()), &[])
    }

    /// An instant to the minute with its zone: `2026年4月1日 17:05（北京时间）`, `1 April 2026, 17:05 (Beijing time)`.
    pub fn instant(&self, locale: Locale, zone: Tz, instant: DateTime<Utc>) -> String {
        let local = instant.with_timezone(&zone);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.day_time_zone(
            locale,
            local.date_naive(),
            time,
            &zone_name(self, locale, zone, instant),
        )
    }

    /// The end of a deadline, given as its half-open instant: the first instant after a last day shows as that day, 24:00, so that
    /// nobody reads midnight as the day after. `2026-04-02T00:00+08:00` is `2026年4月1日 24:00（北京时间）`.
    pub fn deadline_end(&self, locale: Locale, zone: Tz, end: DateTime<Utc>) -> String {
        let local = end.with_timezone(&zone);
        let last = local.date_naive().pred_opt().filter(|_| local.time() == NaiveTime::MIN);
        match last {
            Some(last) => self.day_time_zone(
                locale,
                last,
                "24:00".to_owned(),
                &zone_name(self, locale, zone, end),
            ),
            None => self.instant(locale, zone, end),
        }
    }

    /// The end of a deadline in few letters, for the subject of a mail: `4月1日24时`, `24:00 on 1 April`. The mail itself names year and zone.
    pub fn deadline_short(&self, locale: Locale, zone: Tz, end: DateTime<Utc>) -> String {
        let local = end.with_timezone(&zone);
        let last = local.date_naive().pred_opt().filter(|_| local.time() == NaiveTime::MIN);
        let (day, hour) = last.map_or((local.date_naive(), local.hour()), |last| (last, 24));
        let time = match local.minute() {
            0 => self.text(locale, "time-hour", &[("hour", hour.into())]),
            minute => format!("{hour:02}:{minute:02}"),
        };
        let month = self.month_name(locale, day.month());
        self.text(
            locale,
            "time-short",
            &[("month", month.into()), ("day", day.day().into()), ("time", time.into())],
        )
    }

    fn day_time_zone(&self, locale: Locale, day: NaiveDate, time: String, zone: &str) -> String {
        let values = [
            ("date", Value::from(self.date(locale, day))),
            ("time", time.into()),
            ("zone", zone.into()),
        ];
        self.text(locale, "time-instant", &values)
    }

    /// A length of time in its two largest units: `3 天 4 小时`, `3 days 4 hours`; below a minute `不到 1 分钟`. The sign is dropped.
    pub fn duration(&self, locale: Locale, length: TimeDelta) -> String {
        let minutes = length.num_minutes().abs();
        let units = [
            ("time-days", minutes / 1_440),
            ("time-hours", minutes / 60 % 24),
            ("time-minutes", minutes % 60),
        ];
        let Some(first) = units.iter().position(|(_, n)| *n > 0) else {
            return self.text(locale, "time-under-a-minute", &[]);
        };
        // Months pass in days; minutes beside days would be noise.
        let shown = units[first..].iter().take(2).filter(|(_, n)| *n > 0);
        shown
            .map(|(key, n)| self.text(locale, key, &[("n", (*n).into())]))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// How far an instant is from now: `还有 3 天 4 小时`, `in 3 days 4 hours`, `已过 2 小时`, `2 hours ago`.
    pub fn distance(&self, locale: Locale, now: DateTime<Utc>, instant: DateTime<Utc>) -> String {
        let length = self.duration(locale, instant - now);
        let key = if instant >= now { "time-until" } else { "time-since" };
        self.text(locale, key, &[("length", length.into())])
    }

    fn month_name(&self, locale: Locale, month: u32) -> String {
        self.text(locale, &format!("time-month-{month}"), &[])
    }
}

/// What people call the zone; zones without a name show as their distance from UTC on that day.
fn zone_name(words: &Words, locale: Locale, zone: Tz, instant: DateTime<Utc>) -> String {
    if matches!(zone, Tz::Asia__Shanghai | Tz::Asia__Chongqing | Tz::Asia__Harbin | Tz::PRC) {
        return words.text(locale, "time-zone-beijing", &[]);
    }
    let local = instant.with_timezone(&zone);
    let offset = local.offset();
    let minutes = (offset.base_utc_offset() + offset.dst_offset()).num_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    match offset.abbreviation() {
        Some("UTC") => "UTC".to_owned(),
        _ => format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: Locale = Locale::Chinese;
    const EN: Locale = Locale::English;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_instants_read_naturally_in_both_languages() {
        let words = Words::load(None).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        assert_eq!(words.date(ZH, day), "2026年4月1日");
        assert_eq!(words.date(EN, day), "1 April 2026");
        assert_eq!(words.date_with_weekday(ZH, day), "2026年4月1日（星期三）");
        assert_eq!(words.date_with_weekday(EN, day), "Wednesday, 1 April 2026");
        assert_eq!(words.month(ZH, 2026, 4), "2026年4月");
        assert_eq!(words.month(EN, 2026, 4), "April 2026");
        let instant = at("2026-04-01T09:05:59Z");
        assert_eq!(
            words.instant(ZH, Tz::Asia__Shanghai, instant),
            "2026年4月1日 17:05（北京时间）"
        );
        assert_eq!(
            words.instant(EN, Tz::Asia__Shanghai, instant),
            "1 April 2026, 17:05 (Beijing time)"
        );
        assert_eq!(words.instant(EN, Tz::Asia__Urumqi, instant), "1 April 2026, 15:05 (UTC+06:00)");
        assert_eq!(
            words.instant(EN, Tz::America__New_York, instant),
            "1 April 2026, 05:05 (UTC-04:00)"
        );
        assert_eq!(words.instant(ZH, Tz::UTC, instant), "2026年4月1日 09:05（UTC）");
    }

    /// F42, F48: a last day ends at 24:00 Beijing time, and the zone is compiled in, whatever the host has.
    #[test]
    fn f42_f48_the_end_of_a_last_day_shows_as_24_hours_of_that_day() {
        let words = Words::load(None).unwrap();
        let end = at("2026-04-01T16:00:00Z");
        assert_eq!(
            words.deadline_end(ZH, Tz::Asia__Shanghai, end),
            "2026年4月1日 24:00（北京时间）"
        );
        assert_eq!(
            words.deadline_end(EN, Tz::Asia__Shanghai, end),
            "1 April 2026, 24:00 (Beijing time)"
        );
        let new_year = at("2026-12-31T16:00:00Z");
        assert_eq!(
            words.deadline_end(ZH, Tz::Asia__Shanghai, new_year),
            "2026年12月31日 24:00（北京时间）"
        );
        let noon = at("2026-04-01T04:00:00Z");
        assert_eq!(
            words.deadline_end(ZH, Tz::Asia__Shanghai, noon),
            "2026年4月1日 12:00（北京时间）"
        );
        let second_after = at("2026-04-01T16:00:01Z");
        assert_eq!(
            words.deadline_end(ZH, Tz::Asia__Shanghai, second_after),
            "2026年4月2日 00:00（北京时间）"
        );
    }

    #[test]
    fn a_subject_line_shows_day_and_hour_only() {
        let words = Words::load(None).unwrap();
        let short = |locale, end| words.deadline_short(locale, Tz::Asia__Shanghai, at(end));
        assert_eq!(short(ZH, "2026-04-01T16:00:00Z"), "4月1日24时");
        assert_eq!(short(EN, "2026-04-01T16:00:00Z"), "24:00 on 1 April");
        assert_eq!(short(ZH, "2025-12-31T16:00:00Z"), "12月31日24时");
        assert_eq!(short(ZH, "2026-04-01T04:00:00Z"), "4月1日12时");
        assert_eq!(short(ZH, "2026-04-01T04:05:00Z"), "4月1日12:05");
        assert_eq!(short(EN, "2026-04-01T04:05:00Z"), "12:05 on 1 April");
    }

    #[test]
    fn lengths_show_two_units_at_most() {
        let words = Words::load(None).unwrap();
        let minutes = |n| TimeDelta::minutes(n);
        assert_eq!(words.duration(EN, minutes(3 * 1_440 + 4 * 60 + 5)), "3 days 4 hours");
        assert_eq!(words.duration(ZH, minutes(3 * 1_440 + 5)), "3 天");
        assert_eq!(words.duration(EN, minutes(61)), "1 hour 1 minute");
        assert_eq!(words.duration(EN, minutes(-61)), "1 hour 1 minute");
        assert_eq!(words.duration(ZH, TimeDelta::seconds(59)), "不到 1 分钟");
        let now = at("2026-04-01T00:00:00Z");
        assert_eq!(words.distance(ZH, now, now + minutes(1_440)), "还有 1 天");
        assert_eq!(words.distance(EN, now, now + minutes(1_440)), "in 1 day");
        assert_eq!(words.distance(ZH, now, now - minutes(120)), "已过 2 小时");
        assert_eq!(words.distance(EN, now, now - minutes(120)), "2 hours ago");
    }
}
