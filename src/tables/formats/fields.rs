//! One row while it is being understood: each field is asked for by its column, faults and doubts are collected.

use chrono::{Datelike, Days, NaiveDate};

use super::{BadRow, Doubt};
use crate::{
    Matched, Row,
    clean::{fold, one_line, tidy},
    message::excerpt,
};

/// How many characters a line of text may have: names, titles, units.
const LINE: usize = 500;
/// How many characters a paragraph may have: scopes, remarks.
const PARAGRAPH: usize = 4_000;
/// Years that a table of this field can hold; earlier and later ones are misprints.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The fields of one row.
pub struct Fields<'t> {
    row: &'t Row,
    matched: &'t Matched,
    doubts: Vec<Doubt>,
    bad: Vec<BadRow>,
}

impl<'t> Fields<'t> {
    /// Starts on a row; faults of the row that touch a known column make it bad.
    pub(super) fn new(row: &'t Row, matched: &'t Matched) -> Self {
        let mut fields = Self { row, matched, doubts: Vec::new(), bad: Vec::new() };
        for fault in &row.faults {
            let column = fault.column().map(|place| matched.key_at(place));
            // A fault in a column that means nothing here is no fault.
            if column != Some(None) {
                fields.bad.push(BadRow {
                    line: row.line,
                    column: column.flatten(),
                    reason: fault.reason(),
                    found: fault.found(),
                });
            }
        }
        fields
    }

    pub(super) fn finish(self) -> (Vec<Doubt>, Vec<BadRow>) {
        (self.doubts, self.bad)
    }

    /// Adds a doubt about a column.
    pub fn doubt(&mut self, column: &'static str, message_key: &'static str, found: &str) {
        let doubt = Doubt { column, message_key, found: excerpt(found) };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Marks the row as bad because of a column.
    pub fn bad(&mut self, column: &'static str, reason: &'static str, found: &str) {
        self.bad.push(BadRow {
            line: self.row.line,
            column: Some(column),
            reason,
            found: excerpt(found),
        });
    }

    /// Whether the file has the column at all.
    pub fn has(&self, column: &str) -> bool {
        self.matched.place(column).is_some()
    }

    /// The cell, tidied; marks of nothing such as `-` and 无 count as empty.
    fn tidied(&mut self, column: &'static str, longest: usize) -> Option<String> {
        let found = self.matched.text(self.row, column);
        if found.trim().is_empty() {
            return None;
        }
        let tidied = tidy(found);
        if tidied.text.chars().nth(longest).is_some() {
            self.bad(column, "import-bad-too-long", &tidied.text);
            return None;
        }
        for flag in &tidied.flags {
            self.doubt(column, flag.message_key(), &tidied.text);
        }
        (!is_nothing(&tidied.text)).then_some(tidied.text)
    }

    /// A line of text; line breaks inside become blanks, or nothing between Chinese characters.
    pub fn line(&mut self, column: &'static str) -> Option<String> {
        self.tidied(column, LINE).map(|text| join_lines(&text))
    }

    /// A line of text without which the row says nothing.
    pub fn required(&mut self, column: &'static str) -> Option<String> {
        let before = self.bad.len();
        let line = self.line(column);
        if line.is_none() && self.bad.len() == before {
            self.bad(column, "import-bad-empty", "");
        }
        line
    }

    /// A paragraph; its line breaks stay.
    pub fn paragraph(&mut self, column: &'static str) -> Option<String> {
        self.tidied(column, PARAGRAPH)
    }

    /// A paragraph without which the row says nothing.
    pub fn required_paragraph(&mut self, column: &'static str) -> Option<String> {
        let bad_before = self.bad.len();
        let found = self.paragraph(column);
        if found.is_none() && self.bad.len() == bad_before {
            self.bad(column, "import-bad-empty", "");
        }
        found
    }

    /// Several values of one cell, separated by semicolons, enumeration commas or line breaks.
    pub fn list(&mut self, column: &'static str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for part in self.paragraph(column).unwrap_or_default().split([';', '；', '、', '\n']) {
            let part = part.trim();
            if !part.is_empty() && !values.iter().any(|value| value == part) {
                values.push(part.to_owned());
            }
        }
        values
    }

    /// A value of a closed set, by any of its names; another word makes the row bad.
    pub fn choice<T: Copy>(&mut self, column: &'static str, names: &[(T, &[&str])]) -> Option<T> {
        let found = self.line(column)?;
        let choice = chosen(&found, names);
        if choice.is_none() {
            self.bad(column, "import-bad-unknown-word", &found);
        }
        choice
    }

    /// A value of a closed set with what is said behind it: `不采纳：理由`, `Accepted. See 5.2`. Another word makes the row bad.
    pub fn leading_choice<T: Copy>(
        &mut self,
        column: &'static str,
        names: &[(T, &[&str])],
    ) -> Option<(T, String)> {
        let found = self.paragraph(column)?;
        if let Some(value) = chosen(&found, names) {
            return Some((value, String::new()));
        }
        let led = leading(&found, names);
        if led.is_none() {
            self.bad(column, "import-bad-unknown-word", &found);
        }
        led
    }

    /// A year.
    pub fn year(&mut self, column: &'static str) -> Option<i32> {
        let found = self.line(column)?;
        let folded = one_line(&found);
        let digits = folded.trim_end_matches(['年', '度', ' ']);
        match digits.parse::<i32>() {
            Ok(year) if digits.len() == 4 && YEARS.contains(&year) => Some(year),
            _ => {
                self.bad(column, "import-bad-year", &found);
                None
            }
        }
    }

    /// A whole number between 0 and `most`.
    pub fn count(&mut self, column: &'static str, most: u32) -> Option<u32> {
        let found = self.line(column)?;
        match one_line(&found)
            .trim_end_matches(['天', '日', '届', '人', '个'])
            .trim_start_matches('第')
            .trim()
            .parse::<u32>()
        {
            Ok(number) if number <= most => Some(number),
            _ => {
                self.bad(column, "import-bad-number", &found);
                None
            }
        }
    }

    /// Yes or no.
    pub fn flag(&mut self, column: &'static str) -> Option<bool> {
        self.choice(
            column,
            &[
                (true, &["是", "yes", "y", "true", "1", "√", "有"]),
                (false, &["否", "no", "n", "false", "0", "×", "不是"]),
            ],
        )
    }

    /// A whole calendar day; a date without its day makes the row bad.
    pub fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        let found = self.line(column)?;
        match read_date(&found) {
            Some(Read { year, month: Some(month), day: Some(day), serial }) => {
                if serial {
                    self.doubt(column, "import-doubt-serial-date", &found);
                }
                // The parts were checked when they were read.
                NaiveDate::from_ymd_opt(year, month, day)
            }
            _ => {
                self.bad(column, "import-bad-day", &found);
                None
            }
        }
    }
}

/// A date as it was written, as precise as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    pub year: i32,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// Whether it was a bare day count of a spreadsheet.
    pub serial: bool,
}

/// Reads `2024-03-08`, `2024/3/8`, `2024.3`, `2024年3月8日`, `20240308`, `2024`, a time behind it, or a spreadsheet's day count.
pub(super) fn read_date(found: &str) -> Option<Read> {
    let folded = one_line(found);
    let date = match folded.find(':') {
        Some(colon) => &folded[..folded[..colon].rfind([' ', 'T'])?],
        None => &folded,
    };
    let compact: String = date.chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = compact
        .trim_end_matches(['日', '号'])
        .split(['-', '/', '.', '年', '月', '—', '–', '−'])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty()
        || parts
            .iter()
            .any(|part| !part.bytes().all(|byte| byte.is_ascii_digit()) || part.len() > 8)
    {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let whole = |year: &str, month: Option<&str>, day: Option<&str>| {
        if year.len() != 4
            || month.is_some_and(|part| part.len() > 2)
            || day.is_some_and(|part| part.len() > 2)
        {
            return None;
        }
        let year = year.parse::<i32>().ok().filter(|year| YEARS.contains(year))?;
        let month = month.map(number);
        let day = day.map(number);
        let probe =
            NaiveDate::from_ymd_opt(year, month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?)?;
        Some(Read {
            year,
            month: month.map(|_| probe.month()),
            day: day.map(|_| probe.day()),
            serial: false,
        })
    };
    match parts.as_slice() {
        [year, month, day] => whole(year, Some(month), Some(day)),
        [year, month] => whole(year, Some(month), None),
        [digits] if digits.len() == 8 => {
            whole(&digits[..4], Some(&digits[4..6]), Some(&digits[6..]))
        }
        [digits] if digits.len() == 6 => whole(&digits[..4], Some(&digits[4..]), None),
        [digits] if digits.len() == 4 => whole(digits, None, None),
        [digits] if digits.len() == 5 => serial_day(number(digits)?),
        _ => None,
    }
}

/// A day count of the epoch that spreadsheets use since 1900 (day 61 is 1900-03-01).
fn serial_day(count: u32) -> Option<Read> {
    let day =
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(u64::from(count)))?;
    YEARS.contains(&day.year()).then_some(Read {
        year: day.year(),
        month: Some(day.month()),
        day: Some(day.day()),
        serial: true,
    })
}

/// The value one of whose names is this word, by folded comparison.
pub(super) fn chosen<T: Copy>(found: &str, names: &[(T, &[&str])]) -> Option<T> {
    let named = |is: &dyn Fn(&str) -> bool| {
        names.iter().find(|(_, names)| names.iter().any(|name| is(name))).map(|&(value, _)| value)
    };
    // Signs such as √ fold to nothing, so the word as it stands comes first.
    named(&|name| name == found.trim()).or_else(|| {
        let folded = fold(found);
        named(&|name| !folded.is_empty() && fold(name) == folded)
    })
}

/// The longest name that a text begins with, where a sign or a blank parts it from the rest, and the rest.
fn leading<T: Copy>(found: &str, names: &[(T, &[&str])]) -> Option<(T, String)> {
    let lower = found.to_lowercase();
    let parts = |c: char| !c.is_alphanumeric();
    let mut best: Option<(usize, T)> = None;
    for (value, words) in names {
        for word in *words {
            let Some(rest) = lower.strip_prefix(&word.to_lowercase()) else { continue };
            // A single letter is a code only before a sign, not at the head of a sentence.
            let ends = match word.len() {
                1 => rest.starts_with([':', '：', '-', '—', ',', '，', ';', '；', '.', '\n']),
                _ => rest.starts_with(parts),
            };
            if ends && best.is_none_or(|(length, _)| word.len() > length) {
                best = Some((word.len(), *value));
            }
        }
    }
    let (length, value) = best?;
    // Lower case may change lengths in rare scripts; then nothing is split off.
    let rest = if lower.len() == found.len() { found.get(length..) } else { lower.get(length..) };
    Some((value, rest?.trim_start_matches(|c: char| parts(c) && !is_opening(c)).to_owned()))
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '（' | '[' | '【' | '“' | '"' | '《' | '±' | '<' | '>' | '≤' | '≥')
}

/// Words by which people say that a cell is empty on purpose.
fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "-" | "--" | "—" | "——" | "/" | "／" | "无" | "N/A" | "n/a" | "NULL" | "null" | "\\"
    )
}

/// A text on one line: no blank is put between two Chinese characters that a line break parted.
fn join_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for part in text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
        let ascii_border = joined.chars().last().is_some_and(|c| c.is_ascii())
            || part.starts_with(|c: char| c.is_ascii());
        if !joined.is_empty() && ascii_border {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
        read_date(text).map(|read| (read.year, read.month, read.day))
    }

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        for (text, expected) in [
            ("2024-03-08", (2024, Some(3), Some(8))),
            ("２０２４年３月８日", (2024, Some(3), Some(8))),
            ("2024 年 12 月", (2024, Some(12), None)),
            ("2024/3/8 00:00:00", (2024, Some(3), Some(8))),
            ("2024 年 3 月 8 日 10:00", (2024, Some(3), Some(8))),
            ("2016-12-31T23:59:60Z", (2016, Some(12), Some(31))),
            ("2024.3", (2024, Some(3), None)),
            ("20240308", (2024, Some(3), Some(8))),
            ("2019", (2019, None, None)),
            ("2038-01-19", (2038, Some(1), Some(19))),
            ("45359", (2024, Some(3), Some(8))),
        ] {
            assert_eq!(date(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "2024-02-30",
            "0001-01-01",
            "9999-12-31",
            "24-3-8",
            "31/12/2024",
            "2024-13",
            "-1",
            "1e309",
            "NaN",
            "一九九九年",
            "99999999999",
            "2024-1-1-1",
            "00000",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn lines_are_joined_as_they_were_meant() {
        assert_eq!(join_lines("中国计量\n科学研究院"), "中国计量科学研究院");
        assert_eq!(join_lines("Rules for\n Drafting"), "Rules for Drafting");
    }
}
