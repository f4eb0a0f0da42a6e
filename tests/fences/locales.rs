//! Words: both languages complete, every key that is used exists, every key that exists is used.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use quanheng_i18n::{Locale, audit};

use crate::tree::{Text, files, is_test, none, root};

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let faults =
        audit::differences(&audit::compiled(Locale::Chinese), &audit::compiled(Locale::English));
    none("locale files:", &faults);
    assert!(audit::compiled(Locale::Chinese).len() > 1);
}

#[test]
fn keys_are_written_alike_and_stand_in_one_file() {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, keys) in audit::compiled(Locale::Chinese) {
        for key in keys.keys() {
            if !is_key(key) {
                faults.push(format!("{file}: {key} is not written like area-thing"));
            }
            if let Some(other) = seen.insert(key.clone(), file.clone()) {
                faults.push(format!("{key} stands in {other} and in {file}"));
            }
        }
    }
    none("keys:", &faults);
}

/// Every key of both languages; attributes too.
fn known() -> BTreeSet<String> {
    audit::compiled(Locale::Chinese).into_values().flat_map(|keys| keys.into_keys()).collect()
}

/// Lower-case words and digits joined by hyphens, at least two, perhaps with an attribute.
fn is_key(text: &str) -> bool {
    let (id, attribute) = text.split_once('.').unwrap_or((text, "x"));
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let parts: Vec<&str> = id.split('-').collect();
    parts.len() > 1
        && parts[0].starts_with(|c: char| c.is_ascii_lowercase())
        && parts.iter().all(|part| plain(part))
        && attribute.split('-').all(plain)
}

/// The texts in quotes of a line, with what stands before each.
fn literals(line: &str, quote: char) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let marks: Vec<usize> = line.match_indices(quote).map(|(at, _)| at).collect();
    for pair in marks.windows(2) {
        found.push((&line[..pair[0]], &line[pair[0] + 1..pair[1]]));
    }
    found
}

fn all_sources() -> Vec<Text> {
    let mut all = files("src", ".rs");
    all.extend(files("templates", ".hbs"));
    all
}

/// Keys that stand somewhere as they are, and prefixes of keys that are put together: `word("stage", …)`, `"stage-{}"`, `(concat "stage-" x)`, and
/// those declared in `tests/fences/declared-keys.txt`.
fn used() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut keys, mut prefixes) = (BTreeSet::new(), BTreeSet::new());
    for file in all_sources() {
        for line in file.text.lines() {
            for quote in ['"', '\''] {
                for (before, text) in literals(line, quote) {
                    let call = before.trim_end().trim_end_matches(['\\', '(', '&']).trim_end();
                    if call.ends_with("word") || before.contains("word(") {
                        prefixes.insert(format!("{}-", text.trim_end_matches(['-', '\\'])));
                    }
                    let joined = before.trim_end().ends_with("concat").then_some(text);
                    let filled = text.split_once('{').map(|(prefix, _)| prefix);
                    if let Some(prefix) = joined.or(filled).filter(|prefix| prefix.ends_with('-')) {
                        prefixes.insert(prefix.to_owned());
                    }
                    keys.insert(text.trim_end_matches('\\').to_owned());
                }
            }
        }
    }
    let declared = fs::read_to_string(root().join("tests/fences/declared-keys.txt")).unwrap();
    let lines = declared.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    prefixes.extend(lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned));
    (keys, prefixes)
}

#[test]
fn every_key_that_is_used_exists() {
    let known = known();
    let mut faults = Vec::new();
    for file in all_sources() {
        for (number, line) in file.text.lines().enumerate() {
            for (before, key) in literals(line, '"') {
                let named = if file.path.ends_with(".hbs") {
                    ["{{t ", "(t ", "{{~t "].iter().any(|call| before.ends_with(call))
                } else {
                    // `words.text(locale, "key", …)`, `Text::said("key")`, `Message::bare("key")`
                    let last = before.rsplit(['"', ';', '{']).next().unwrap_or(before);
                    let speaks = ["words.text(", "words.find(", "said(", "Message::bare(", "t!("];
                    speaks.iter().any(|call| last.contains(call)) && is_key(key)
                };
                if named && !known.contains(key) && !is_test(&file, number) {
                    faults.push(format!("{}:{}: {key}", file.path, number + 1));
                }
            }
        }
    }
    none("keys without words:", &faults);
}

#[test]
fn every_key_that_exists_is_used() {
    let (keys, prefixes) = used();
    let inside: BTreeSet<String> = referenced();
    let unused: Vec<String> = known()
        .into_iter()
        .filter(|key| {
            let id = key.split('.').next().unwrap_or(key);
            !keys.contains(key) && !keys.contains(id) && !inside.contains(id)
        })
        .filter(|key| !prefixes.iter().any(|prefix| key.starts_with(prefix.as_str())))
        .collect();
    none("words that nobody says (take them out, or declare how their key is made):", &unused);
}

/// Keys that other messages set in.
fn referenced() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files("templates/locales", ".ftl") {
        for part in file.text.split('{').skip(1) {
            let inside = part.split('}').next().unwrap_or_default().trim();
            found.insert(inside.to_owned());
        }
    }
    found
}

#[test]
fn the_reading_of_keys_is_right() {
    assert!(is_key("stage-30-20-long") && is_key("a-b.hint") && is_key("x-y_z"));
    assert!(!is_key("plain") && !is_key("A-b") && !is_key("a-") && !is_key("a b-c"));
    assert_eq!(literals("x(\"a-b\", \"c\")", '"')[0], ("x(", "a-b"));
}
