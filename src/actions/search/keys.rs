//! What of an edition is looked through in memory besides its folded number and titles: the number without marks between its parts,
//! and the initials of the title's pinyin.

use pinyin::ToPinyin as _;
use quanheng_db::{recognitions::JointNumberRow, specifications::SpecificationRow};

/// The keys of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The number without space, bracket and dash: `JJG铁道1572004`.
    pub number: String,
    /// The same without the year: `JJG铁道157`.
    pub text: String,
    /// The numbers of the other parties of a joint text, written in the same way.
    pub others: Vec<String>,
    /// First letters of the pinyin of the Chinese title: `cskhljdgc`.
    pub initials: String,
}

impl Keys {
    /// The keys of an edition.
    pub fn of(row: &SpecificationRow, joint: &[JointNumberRow]) -> Self {
        Self {
            others: joint.iter().map(|one| compact(&one.number)).collect(),
            number: compact(&row.number_key),
            text: compact(row.number_key.rsplit_once('-').map_or("", |(text, _)| text)),
            initials: initials(&row.title_zh),
        }
    }
}

/// Upper case, half width, letters and digits only.
pub fn compact(text: &str) -> String {
    let plain = super::cut::plain(text);
    plain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The first letters of the pinyin of a text; letters and digits stay, anything else falls out.
pub fn initials(text: &str) -> String {
    let mut letters = String::new();
    for (c, pinyin) in text.chars().zip(text.to_pinyin()) {
        match pinyin {
            Some(pinyin) => letters.push_str(pinyin.first_letter()),
            None if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            None => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_titles_shrink_to_their_keys() {
        assert_eq!(compact("JJG（铁道）157—2004"), "JJG铁道1572004");
        assert_eq!(initials("砝码检定规程"), "fmjdgc");
        assert_eq!(initials("GPS 接收机（测地型）"), "gpsjsjcdx");
    }
}
