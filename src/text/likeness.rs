//! How alike two texts are, by their character trigrams: Chinese has no spaces, so words cannot be counted.

use std::collections::HashMap;

use quanheng_domain::clause::Clause;

use crate::content::content;

/// The trigrams of a text, each packed into one number, in ascending order and as often as they occur.
///
/// The ends of the text count as a character each, so that a heading of two characters has trigrams too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trigrams(Vec<u64>);

/// Bits that one character needs.
const CHARACTER: u32 = 21;
/// Stands for what comes before the first and after the last character.
const END: u64 = 1;

impl Trigrams {
    /// The trigrams of a text; spaces of every kind are left out, letters are taken as small.
    pub fn of(text: &str) -> Self {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        let mut codes = vec![END];
        codes.extend(letters.map(|letter| u64::from(letter.to_ascii_lowercase())));
        codes.push(END);
        let mut found: Vec<u64> = codes
            .windows(3)
            .map(|three| (three[0] << (2 * CHARACTER)) | (three[1] << CHARACTER) | three[2])
            .collect();
        found.sort_unstable();
        Self(found)
    }

    /// Every trigram once, ascending.
    pub fn distinct(&self) -> Vec<u64> {
        let mut once = self.0.clone();
        once.dedup();
        once
    }

    /// The few trigrams that come first in an order that has nothing to do with their letters: texts that are alike share some of them.
    pub fn sketch(&self) -> Vec<u64> {
        let mut grams = self.distinct();
        let rank = |gram: &u64| {
            let mixed = (gram ^ (gram >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ (mixed >> 29)
        };
        grams.sort_unstable_by_key(rank);
        grams.truncate(SKETCH);
        grams
    }

    /// Whether two texts are alike by at least so much per mille; texts of very different length are not even compared.
    pub fn is_alike(&self, other: &Self, least: u16) -> bool {
        let (all, most) = (self.0.len() + other.0.len(), self.0.len().min(other.0.len()));
        2000 * most >= usize::from(least) * all && self.alike(other) >= least
    }

    /// How alike two texts are per mille: twice the common trigrams over all of both; 1000 for two texts without trigrams.
    pub fn alike(&self, other: &Self) -> u16 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 1000;
        }
        let (mut i, mut j, mut common) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        u16::try_from(2000 * common / all).expect("at most 1000")
    }
}

/// How alike two texts are, per mille.
pub fn texts(one: &str, other: &str) -> u16 {
    Trigrams::of(one).alike(&Trigrams::of(other))
}

/// How alike two clauses are by heading and words, per mille; their numbers do not count.
pub fn clauses(one: &Clause, other: &Clause) -> u16 {
    texts(&content(one), &content(other))
}

/// How many trigrams stand for a text when its like are looked for.
const SKETCH: usize = 16;
/// Texts that one is compared with at most.
const MOST: usize = 128;

/// The first texts of groups, found again by the few trigrams that stand for them.
#[derive(Debug, Clone, Default)]
pub struct Firsts(HashMap<u64, Vec<usize>>);

impl Firsts {
    /// Remembers the first text of a group under its place.
    pub fn add(&mut self, place: usize, sketch: &[u64]) {
        for gram in sketch {
            self.0.entry(*gram).or_default().push(place);
        }
    }

    /// The places of first texts that a text may resemble, the earliest first, not many more than [`MOST`].
    ///
    /// What is alike shares most of its trigrams, so the rarest of them lead to it; those that stand in thousands of texts lead everywhere
    /// and are asked last.
    pub fn maybe(&self, sketch: &[u64]) -> Vec<usize> {
        let mut lists: Vec<&Vec<usize>> =
            sketch.iter().filter_map(|gram| self.0.get(gram)).collect();
        lists.sort_by_key(|list| list.len());
        let mut found: Vec<usize> = Vec::new();
        for list in lists {
            let room = MOST.saturating_sub(found.len());
            found.extend(list.iter().take(room));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Groups texts that are alike: for each the place of the first text of its group, which is itself where none is like it.
///
/// A text joins the first group whose first text it resembles by at least `least` per mille. Only texts that share one of a few chosen
/// trigrams are compared, so that ten thousand take no longer than they are long.
pub fn groups(texts: &[&str], least: u16) -> Vec<usize> {
    let mut firsts = Firsts::default();
    let mut known: HashMap<usize, Trigrams> = HashMap::new();
    let mut group = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        let own = Trigrams::of(text);
        let sketch = own.sketch();
        let like = firsts
            .maybe(&sketch)
            .into_iter()
            .find(|first| known.get(first).is_some_and(|other| other.is_alike(&own, least)));
        if like.is_none() {
            firsts.add(at, &sketch);
            known.insert(at, own);
        }
        group.push(like.unwrap_or(at));
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_a_share_of_common_trigrams() {
        let table = [
            ("", "", 1000),
            ("范围", "范围", 1000),
            ("范 围", "范围", 1000),
            ("Hz", "hz", 1000),
            ("范围", "概述", 0),
            ("", "概述", 0),
        ];
        for (one, other, wanted) in table {
            assert_eq!(texts(one, other), wanted, "{one} {other}");
        }
        let near =
            texts("天平的示值误差不超过最大允许误差。", "天平的示值误差不应超过最大允许误差。");
        assert!((700..1000).contains(&near), "{near}");
        assert_eq!(texts("甲乙丙丁", "甲乙丙戊"), texts("甲乙丙戊", "甲乙丙丁"));
    }

    #[test]
    fn texts_that_are_nearly_the_same_are_one_group() {
        let texts = [
            "建议将示值误差的最大允许误差由±0.2%放宽到±0.5%，现场难以满足。",
            "环境温度偏严。",
            "建议将示值误差的最大允许误差由 ±0.2% 放宽到 ±0.5%，现场难以满足",
            "环境温度偏严。",
            "",
            "",
            "同意",
            "建议删去附录B。",
            "同意",
        ];
        assert_eq!(groups(&texts, 850), [0, 1, 0, 1, 4, 5, 6, 7, 6]);
    }

    #[test]
    fn one_among_thousands_of_the_same_form_is_found_again() {
        let text = |n: u32| {
            let (a, b) = (n * 7919 % 9973, n * 104_729 % 99_991);
            format!("第{n}条：环境温度{a}℃时的重复性{b}需结合试验数据再作论证，建议补充说明。")
        };
        let mut texts: Vec<String> = (0..2_000).map(text).collect();
        texts.extend((0..2_000).step_by(97).map(|n| text(n).replace('，', ",")));
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = groups(&texts, 900);
        assert!(found[..2_000].iter().enumerate().all(|(at, first)| at == *first));
        for (at, n) in (0..2_000).step_by(97).enumerate() {
            assert_eq!(found[2_000 + at], n);
        }
    }

    #[test]
    fn many_different_texts_stay_apart() {
        let texts: Vec<String> = (0..3_000_u32)
            .map(|n| format!("第{n}条：数值{}应改为{}。", n * 7919, n * 104_729))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = groups(&texts, 990);
        assert!(found.iter().enumerate().all(|(at, first)| at == *first));
    }
}
