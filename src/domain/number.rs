//! The number of a specification (编号): read from any written form, printed in one.
//!
//! The identity of a number is series, mark, sequence with part, and year. Railway and local texts carry a mark in brackets that
//! lists often drop, so `JJG 157-2004` and `JJG(铁道) 157-2004` are two numbers. How a number was printed is kept beside it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Keyed, keyed, specification::Level};

mod joint;
mod read;

keyed! {
    /// The series of a number.
    Series as "series" {
        /// Verification regulations and schemes (检定规程、检定系统表).
        Jjg = "JJG",
        /// Other metrological technical specifications (计量技术规范).
        Jjf = "JJF",
    }
}

/// The number of a specification.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SpecNumber {
    series: Series,
    mark: Option<String>,
    sequence: u32,
    part: Option<u32>,
    year: u16,
}

/// A number as it was read, with how it was printed and what had to be assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The number.
    pub number: SpecNumber,
    /// What was written, with spaces at the ends removed and runs of spaces made one.
    pub printed: String,
    /// A remark in brackets after the number, such as 附录A or 检定部分.
    pub remark: Option<String>,
    /// What had to be assumed.
    pub warnings: Vec<NumberWarning>,
}

/// What had to be assumed to read a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum NumberWarning {
    /// A bracket of the mark is missing.
    BracketMissing,
    /// The year had two digits.
    TwoDigitYear {
        /// The year that was assumed.
        assumed: u16,
    },
    /// A space or another sign stands where the dash belongs.
    DashMissing,
    /// Several marks were written with signs between them.
    MarkJoined,
    /// The sequence had leading zeros, which the number does not keep.
    LeadingZeros,
    /// A remark followed in brackets.
    Remark,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was written.
    #[error("there is no number")]
    Empty,
    /// More text than a number can have.
    #[error("too long for a number")]
    TooLong,
    /// A number of another family, such as GB/T or OIML R.
    #[error("{prefix:?} is not a series of metrological technical specifications")]
    OtherSeries {
        /// The letters in front.
        prefix: String,
    },
    /// No series in front.
    #[error("a number begins with JJG or JJF")]
    NoSeries,
    /// More than one number.
    #[error("more than one number")]
    Several,
    /// The mark is not a short name of a department or province.
    #[error("the mark is not a short name")]
    Mark,
    /// No usable sequence number.
    #[error("the sequence number is missing or too large")]
    Sequence,
    /// No year.
    #[error("the year is missing")]
    NoYear,
    /// A year in which no specification can have been issued.
    #[error("{text:?} is not a year of issue")]
    Year {
        /// What stands there.
        text: String,
    },
    /// Something follows that does not belong to the number.
    #[error("{text:?} does not belong to a number")]
    Trailing {
        /// What follows, cut at 40 characters.
        text: String,
    },
}

/// The short names of the provinces (省、自治区、直辖市简称), each one character.
const PROVINCES: &str =
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台";
/// Marks of the defence authorities.
const DEFENCE_MARKS: [&str; 3] = ["军工", "国防", "国防军工"];
const LONGEST_MARK: usize = 12;
const LARGEST_SEQUENCE: u32 = 999_999;
const LARGEST_PART: u32 = 999;
const FIRST_YEAR: u16 = 1950;
const LAST_YEAR: u16 = 2099;

impl SpecNumber {
    /// A number of these parts; the mark is a short name of at most twelve letters.
    pub fn new(
        series: Series,
        mark: Option<&str>,
        sequence: u32,
        part: Option<u32>,
        year: u16,
    ) -> Result<Self, NumberError> {
        let named = |mark: &str| {
            let letters = mark.chars().count();
            (1..=LONGEST_MARK).contains(&letters) && mark.chars().all(char::is_alphabetic)
        };
        if mark.is_some_and(|mark| !named(mark)) {
            return Err(NumberError::Mark);
        }
        if !(1..=LARGEST_SEQUENCE).contains(&sequence)
            || part.is_some_and(|part| !(1..=LARGEST_PART).contains(&part))
        {
            return Err(NumberError::Sequence);
        }
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(NumberError::Year { text: year.to_string() });
        }
        Ok(Self { series, mark: mark.map(str::to_uppercase), sequence, part, year })
    }

    /// Reads a number from any written form.
    pub fn parse(text: &str) -> Result<Parsed, NumberError> {
        read::parse(text)
    }

    /// JJG or JJF.
    pub const fn series(&self) -> Series {
        self.series
    }

    /// The mark in brackets: 交通, 铁道, 苏, 沪苏浙皖.
    pub fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// The number within the series.
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The part, as in JJF 1059.1.
    pub const fn part(&self) -> Option<u32> {
        self.part
    }

    /// The year of issue.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The level that the mark speaks of: none is national, one province provincial, several regional, else departmental.
    pub fn level(&self) -> Level {
        match self.mark.as_deref() {
            None => Level::National,
            Some(mark) if DEFENCE_MARKS.contains(&mark) => Level::Defence,
            Some(mark) if mark.chars().all(|letter| PROVINCES.contains(letter)) => {
                if mark.chars().count() == 1 { Level::Provincial } else { Level::Regional }
            }
            Some(_) => Level::Departmental,
        }
    }

    /// Whether two numbers name editions of the same text: all but the year is the same.
    pub fn same_text(&self, other: &Self) -> bool {
        (self.series, &self.mark, self.sequence, self.part)
            == (other.series, &other.mark, other.sequence, other.part)
    }

    /// The one form that serves as key: `JJG 266-2018`, `JJG(铁道) 157-2004`.
    pub fn canonical(&self) -> String {
        self.to_string()
    }

    /// The form of print, with full-width brackets and a long dash: `JJG（铁道）157—2004`.
    pub fn print(&self) -> String {
        let (sequence, year) = (self.sequence_text(), self.year);
        match &self.mark {
            Some(mark) => format!("{}（{mark}）{sequence}—{year}", self.series),
            None => format!("{} {sequence}—{year}", self.series),
        }
    }

    /// The form for addresses, without spaces and brackets: `JJG-266-2018`, `JJG-铁道-157-2004`; reading it gives the number back.
    pub fn url_segment(&self) -> String {
        let mark = self.mark.as_ref().map(|mark| format!("{mark}-")).unwrap_or_default();
        format!("{}-{mark}{}-{}", self.series, self.sequence_text(), self.year)
    }

    /// A text whose order is that by kind, level, mark, sequence and year.
    pub fn sort_key(&self) -> String {
        let level = Level::ALL.iter().take_while(|level| **level != self.level()).count();
        let series = Series::ALL.iter().take_while(|series| **series != self.series).count();
        format!(
            "{series}.{level}.{}.{:06}.{:03}.{:04}",
            self.mark.as_deref().unwrap_or_default(),
            self.sequence,
            self.part.unwrap_or_default(),
            self.year
        )
    }

    fn sequence_text(&self) -> String {
        self.part
            .map_or_else(|| self.sequence.to_string(), |part| format!("{}.{part}", self.sequence))
    }
}

impl PartialOrd for SpecNumber {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for SpecNumber {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        fn key(n: &SpecNumber) -> (Series, Level, Option<&str>, u32, Option<u32>, u16) {
            (n.series, n.level(), n.mark(), n.sequence, n.part, n.year)
        }
        key(self).cmp(&key(other))
    }
}
impl fmt::Display for SpecNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.series.key())?;
        if let Some(mark) = &self.mark {
            write!(f, "({mark})")?;
        }
        write!(f, " {}-{}", self.sequence_text(), self.year)
    }
}
impl FromStr for SpecNumber {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).map(|parsed| parsed.number)
    }
}
impl Serialize for SpecNumber {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for SpecNumber {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
