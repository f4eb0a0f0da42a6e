//! The order of names that people expect and no collation of the two databases gives: figures by their value, Chinese by pinyin.

use pinyin::ToPinyin as _;

/// Place names whose first character is read otherwise than the dictionary's first reading says.
const READ_OTHERWISE: [(&str, &str); 1] = [("重庆", "chong qing")];

/// A code by its letters and the values of its figures: `MTC2/SC11` as `[("MTC", 2), ("/SC", 11)]`.
pub fn by_figures(code: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let (mut letters, mut figures) = (String::new(), String::new());
    for c in code.chars() {
        if c.is_ascii_digit() {
            figures.push(c);
            continue;
        }
        if !figures.is_empty() {
            parts.push((std::mem::take(&mut letters), figures.parse().unwrap_or(u64::MAX)));
            figures.clear();
        }
        letters.push(c);
    }
    parts.push((letters, figures.parse().unwrap_or(0)));
    parts
}

/// A name by its sound: each Chinese character as its pinyin, then the character itself, so that one syllable's names stand together.
pub fn by_sound(name: &str) -> Vec<(String, char)> {
    let place = READ_OTHERWISE.iter().find(|(place, _)| name.starts_with(place));
    let mut known = place.map_or("", |(_, sounds)| sounds).split(' ').filter(|s| !s.is_empty());
    name.chars()
        .map(|c| {
            let sound = known.next().or_else(|| c.to_pinyin().map(|pinyin| pinyin.plain()));
            (sound.map_or_else(|| c.to_lowercase().collect(), str::to_owned), c)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_by_the_value_of_their_figures() {
        let mut codes = ["MTC10", "MTC2/SC11", "MTC2", "MTC2/SC2"];
        codes.sort_by_key(|code| by_figures(code));
        assert_eq!(codes, ["MTC2", "MTC2/SC2", "MTC2/SC11", "MTC10"]);
    }

    #[test]
    fn names_are_sorted_by_their_sound() {
        let mut names = ["全国光学", "重庆市", "全国公路", "江苏省", "陕西省", "交通部", "OIML"];
        names.sort_by_key(|name| by_sound(name));
        assert_eq!(names, ["重庆市", "江苏省", "交通部", "OIML", "全国公路", "全国光学", "陕西省"]);
    }
}
