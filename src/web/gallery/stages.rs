//! Every stage of the domain has its short name, long name and help in both languages.

use quanheng_domain::stage::Stage;
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::Words;

use crate::views::word_key;

#[test]
fn every_stage_has_words_in_both_languages() {
    let words = Words::load(None).unwrap();
    for stage in Stage::ALL {
        for suffix in ["", "-long", "-help"] {
            let key = format!("{}{suffix}", word_key("stage", stage.key()));
            for locale in Locale::ALL {
                assert!(words.has(*locale, &key), "{key} is missing in {locale}");
            }
        }
    }
}

/// Between Chinese characters a half-width comma, colon or bracket is a slip of the keyboard.
#[test]
fn chinese_words_use_full_width_punctuation() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/locales/zh-CN");
    let chinese = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let mut slips = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            let letters: Vec<char> = line.chars().collect();
            let slip = (1..letters.len()).any(|n| {
                let neighbour = chinese(letters.get(n - 1)) || chinese(letters.get(n + 1));
                matches!(letters[n], ',' | ';' | '?' | '!') && neighbour
                    || letters[n] == ':' && chinese(letters.get(n - 1))
            });
            if slip {
                slips.push(format!("{name}:{} {line}", number + 1));
            }
        }
    }
    assert!(slips.is_empty(), "half-width punctuation:\n{}", slips.join("\n"));
}
