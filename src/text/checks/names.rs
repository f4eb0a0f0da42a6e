//! Whether a heading, a row and another heading speak of the same property.

use crate::likeness;

/// What headings add to the name of a property.
const ENDINGS: &[&str] = &[
    "的检定方法",
    "的校准方法",
    "的试验方法",
    "检定方法",
    "校准方法",
    "试验方法",
    "的检定",
    "的校准",
    "的试验",
    "的测量",
    "的测定",
    "的检查",
    "要求",
    "检查",
    "检定",
    "校准",
    "试验",
    "测量",
    "测定",
    "测试",
    "评定",
];
/// Per mille from which two names are one.
const ALIKE: u16 = 600;

/// The name of a property without spaces, signs, remarks in brackets and what headings add.
pub(super) fn bare(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in name.chars() {
        match letter {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            _ if depth > 0 || letter.is_whitespace() => {}
            _ if letter.is_alphanumeric() => kept.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    let mut text = kept.as_str();
    while let Some(rest) = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)) {
        if rest.chars().count() < 2 {
            break;
        }
        text = rest;
    }
    text.to_owned()
}

/// How well two bare names fit: 3 for equal, 2 for one within the other, 1 for alike, 0 for different.
pub(super) fn fit(one: &str, other: &str) -> u8 {
    let long = |name: &str| name.chars().count() >= 2;
    if one.is_empty() || other.is_empty() {
        0
    } else if one == other {
        3
    } else if long(one) && other.contains(one) || long(other) && one.contains(other) {
        2
    } else if likeness::texts(one, other) >= ALIKE {
        1
    } else {
        0
    }
}

/// Those of a list that fit a name best; all that fit equally.
pub(super) fn best(name: &str, among: &[String]) -> Vec<usize> {
    let fits: Vec<u8> = among.iter().map(|other| fit(name, other)).collect();
    let most = fits.iter().copied().max().filter(|most| *most > 0);
    (0..among.len()).filter(|at| Some(fits[*at]) == most).collect()
}
