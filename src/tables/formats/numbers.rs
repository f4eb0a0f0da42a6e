//! Numbers of specifications and partly known dates inside cells, with the remarks people add to them.

use quanheng_domain::{
    number::{NumberError, NumberWarning, SpecNumber},
    partial_date::PartialDate,
};

use super::{
    Fields,
    fields::{Read, read_date},
};

/// A number with the remark that stood in brackets behind it, such as 附录A.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberWithRemark {
    /// The number.
    pub number: SpecNumber,
    /// The remark without its brackets.
    pub remark: Option<String>,
}

impl Fields<'_> {
    /// The number of a specification; one that cannot be read makes the row bad.
    pub fn number(&mut self, column: &'static str) -> Option<SpecNumber> {
        let found = self.line(column)?;
        match SpecNumber::parse(&found) {
            Ok(parsed) => {
                self.number_doubts(column, &found, &parsed.warnings);
                Some(parsed.number)
            }
            Err(fault) => {
                self.bad(column, reason(&fault), &found);
                None
            }
        }
    }

    /// Several numbers, each with its remark; what cannot be read is left out with a doubt.
    pub fn numbers(&mut self, column: &'static str) -> Vec<NumberWithRemark> {
        let found = self.paragraph(column).unwrap_or_default();
        let mut numbers = Vec::new();
        for part in number_parts(&found) {
            match read_with_remark(&part) {
                Some((number, _)) if numbers.contains(&number) => {}
                Some((number, warnings)) => {
                    let assumed: Vec<_> = warnings
                        .into_iter()
                        .filter(|warning| *warning != NumberWarning::Remark)
                        .collect();
                    self.number_doubts(column, &part, &assumed);
                    numbers.push(number);
                }
                None => self.doubt(column, "import-doubt-number-not-read", &part),
            }
        }
        numbers
    }

    fn number_doubts(&mut self, column: &'static str, found: &str, warnings: &[NumberWarning]) {
        for warning in warnings {
            let key = match warning {
                NumberWarning::TwoDigitYear { .. } => "import-doubt-number-short-year",
                NumberWarning::BracketMissing
                | NumberWarning::DashMissing
                | NumberWarning::MarkJoined => "import-doubt-number-sign",
                NumberWarning::Remark => "import-doubt-number-remark",
                // The printed form keeps the zeros; the number means the same.
                NumberWarning::LeadingZeros => continue,
            };
            self.doubt(column, key, found);
        }
    }

    /// A date as precise as it is known.
    pub fn date(&mut self, column: &'static str) -> Option<PartialDate> {
        let found = self.line(column)?;
        let read = read_date(&found);
        if read.is_none() {
            self.bad(column, "import-bad-date", &found);
        }
        let read = read?;
        if read.serial {
            self.doubt(column, "import-doubt-serial-date", &found);
        }
        if read.day.is_none() {
            self.doubt(column, "import-doubt-date-not-exact", &found);
        }
        partial(read)
    }
}

/// Why a number cannot be read, as far as it helps to mend it.
fn reason(fault: &NumberError) -> &'static str {
    match fault {
        NumberError::NoYear => "import-bad-number-without-year",
        NumberError::OtherSeries { .. } | NumberError::NoSeries => {
            "import-bad-number-of-other-series"
        }
        NumberError::Several => "import-bad-several-numbers",
        _ => "import-bad-number-of-specification",
    }
}

/// The partly known date that was read.
pub(super) fn partial(read: Read) -> Option<PartialDate> {
    match (read.month, read.day) {
        (Some(month), Some(day)) => {
            chrono::NaiveDate::from_ymd_opt(read.year, month, day).map(PartialDate::day)
        }
        (Some(month), None) => PartialDate::month(read.year, month).ok(),
        (None, _) => PartialDate::year(read.year).ok(),
    }
}

/// The number in a text, if nothing else stands there.
pub(super) fn read_number(found: &str) -> Option<SpecNumber> {
    SpecNumber::parse(found).ok().map(|parsed| parsed.number)
}

/// A number and the bracketed remark behind it, in its own letters; brackets before the sequence belong to the number.
pub(super) fn read_with_remark(found: &str) -> Option<(NumberWithRemark, Vec<NumberWarning>)> {
    let (found, partly) = without_verb(found.trim());
    let (text, remark) =
        match found.strip_suffix([')', '）']).and_then(|inside| inside.rsplit_once(['(', '（'])) {
            // A closing bracket may also end a number's own mark, which then is nothing but a mark.
            Some((text, remark)) if SpecNumber::parse(text).is_ok() => (text, Some(remark.trim())),
            _ => (found, None),
        };
    let parsed = SpecNumber::parse(text).ok()?;
    let remark = remark
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .or(parsed.remark)
        .or(partly.map(str::to_owned));
    Some((NumberWithRemark { number: parsed.number, remark }, parsed.warnings))
}

/// Takes off the verb before a replaced number; 部分代替 says that only a part is replaced.
fn without_verb(found: &str) -> (&str, Option<&'static str>) {
    for (verb, partly) in [
        ("部分代替", Some("部分")),
        ("部分替代", Some("部分")),
        ("代替", None),
        ("替代", None),
        ("replaces", None),
    ] {
        if let Some(rest) = found.strip_prefix(verb) {
            return (rest.trim_start_matches([':', '：', ' ']), partly);
        }
    }
    (found, None)
}

/// The parts of a list of numbers; a comma inside brackets belongs to a remark.
pub(super) fn number_parts(found: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in found.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '；' | '、' | ',' | '，' | '\n' | '和' | '及') {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        number_parts(text)
            .iter()
            .map(|part| {
                read_with_remark(part).map_or_else(
                    || (format!("?{part}"), None),
                    |(read, _)| (read.number.to_string(), read.remark),
                )
            })
            .collect()
    }

    fn plain(number: &str) -> (String, Option<String>) {
        (number.to_owned(), None)
    }

    #[test]
    fn lists_of_numbers_keep_remarks_and_marks() {
        assert_eq!(
            read("JJG 160-1992; JJG 161-1994、JJG 300-2002"),
            ["JJG 160-1992", "JJG 161-1994", "JJG 300-2002"].map(plain)
        );
        assert_eq!(
            read("JJG 195-2002 (型式评价部分)；部分代替JJG 198-1994，JJG(铁道) 157-2004"),
            [
                ("JJG 195-2002".to_owned(), Some("型式评价部分".to_owned())),
                ("JJG 198-1994".to_owned(), Some("部分".to_owned())),
                plain("JJG(铁道) 157-2004"),
            ]
        );
        assert_eq!(read("JJG 692"), [("?JJG 692".to_owned(), None)]);
    }

    #[test]
    fn dates_keep_their_precision() {
        for (found, kept) in [("2019年", "2019"), ("2020/5", "2020-05"), ("2020.5.7", "2020-05-07")]
        {
            assert_eq!(partial(read_date(found).unwrap()).unwrap().to_string(), kept);
        }
    }
}
