//! Cutting text into words for the index, and a question into what is looked for. Chinese is cut into overlapping pairs of
//! characters with the last one alone, so that one character is found as the beginning of a word and longer runs by their pairs.

use std::collections::BTreeSet;

use quanheng_db::search::Wanted;

use crate::names;

/// The longest question, in characters.
pub const LONGEST: usize = 100;
/// More terms than people type; what follows is left out.
const MOST_TERMS: usize = 8;

/// Whether a character is Chinese: it is found by pairs, others by words.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

enum Run {
    Chinese(Vec<char>),
    Word(String),
}

/// The runs of a folded text: Chinese across line breaks, words of other letters and digits.
fn runs(text: &str) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let (mut chinese, mut word) = (Vec::new(), String::new());
    for c in text.chars().chain(['\0']) {
        let kept = is_chinese(c);
        if !kept && !c.is_whitespace() && !chinese.is_empty() {
            all.push(Run::Chinese(std::mem::take(&mut chinese)));
        }
        if (kept || !c.is_alphanumeric()) && !word.is_empty() {
            all.push(Run::Word(std::mem::take(&mut word)));
        }
        if kept {
            chinese.push(c);
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    all
}

/// Half width and lower case, spaces kept.
pub fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(half).flat_map(char::to_lowercase).collect()
}

/// The words of a text, each once, in order.
pub fn words(text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for run in runs(&plain(text)) {
        match run {
            Run::Word(word) => {
                found.insert(word.chars().take(64).collect::<String>());
            }
            Run::Chinese(run) => {
                found.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
                found.extend(run.last().map(char::to_string));
            }
        }
    }
    found.into_iter().collect()
}

/// The terms of a question, each folded: all of them must be found.
pub fn terms(question: &str) -> Vec<String> {
    let short: String = question.chars().take(LONGEST).collect();
    let mut all = Vec::new();
    for term in short.split_whitespace().map(names::fold).filter(|term| !term.is_empty()) {
        if !all.contains(&term) && all.len() < MOST_TERMS {
            all.push(term);
        }
    }
    all
}

/// What a term means for the index; nothing if it holds neither letter nor digit.
pub fn wanted(term: &str) -> Option<Wanted> {
    let (mut words, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    let found = runs(term);
    let parts = found.len();
    let mut pairs = 0;
    for run in found {
        match run {
            Run::Word(word) => {
                beginnings.insert(word.chars().take(64).collect::<String>());
            }
            Run::Chinese(run) if run.len() == 1 => {
                beginnings.extend(run.iter().map(char::to_string));
            }
            Run::Chinese(run) => {
                pairs += run.len() - 1;
                words.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            }
        }
    }
    if words.is_empty() && beginnings.is_empty() {
        return None;
    }
    // One pair, or one word, is decided by the index alone; of more, only the text knows whether they stand together.
    let body = (parts > 1 || pairs > 1).then(|| term.to_owned());
    Some(Wanted {
        words: words.into_iter().collect(),
        beginnings: beginnings.into_iter().collect(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_pairs_and_words() {
        assert_eq!(words("示值误差 MPE"), ["mpe", "值误", "差", "示值", "误差"]);
        assert_eq!(words("压力\n传感器"), ["传感", "力传", "压力", "器", "感器"]);
        assert_eq!(words("，。"), Vec::<String>::new());
    }

    #[test]
    fn questions_say_when_the_text_itself_must_be_asked() {
        let one = wanted("表").unwrap();
        assert_eq!((one.beginnings.as_slice(), one.body), (&["表".to_owned()][..], None));
        assert_eq!(wanted("水表").unwrap().body, None);
        assert_eq!(wanted("压力表").unwrap().body.as_deref(), Some("压力表"));
        assert_eq!(wanted("mpe要求").unwrap().body.as_deref(), Some("mpe要求"));
        assert_eq!(wanted("--"), None);
        assert_eq!(terms("  水表  ＭＰＥ 水表"), ["水表", "mpe"]);
    }
}
