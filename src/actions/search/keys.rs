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

/// Words of titles whose characters are read otherwise than the dictionary's first reading says, with their first letters.
const READ_OTHERWISE: [(&str, &str); 11] = [
    ("校准", "jz"),
    ("校验", "jy"),
    ("校正", "jz"),
    ("重复", "cf"),
    ("重庆", "cq"),
    ("长度", "cd"),
    ("波长", "bc"),
    ("弹性", "tx"),
    ("弹簧", "th"),
    ("调制", "tz"),
    ("调节", "tj"),
];

/// The first letters of the pinyin of a text; letters and digits stay, anything else falls out.
pub fn initials(text: &str) -> String {
    let (mut letters, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let word = READ_OTHERWISE.iter().find(|(word, _)| rest.starts_with(word));
        if let Some((word, read)) = word {
            letters.push_str(read);
            rest = &rest[word.len()..];
            continue;
        }
        match c.to_pinyin() {
            Some(pinyin) => letters.push_str(pinyin.first_letter()),
            None if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            None => {}
        }
        rest = &rest[c.len_utf8()..];
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
        assert_eq!(initials("激光波长计校准规范"), "jgbcjjzgf");
        assert_eq!(initials("弹性元件式压力表"), "txyjsylb");
        assert_eq!(initials("GPS 接收机（测地型）"), "gpsjsjcdx");
    }
}
