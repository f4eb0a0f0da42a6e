//! Every key that the room gives out has its sentence in both languages, and no sentence is without a use.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, collections::BTreeSet, fs, path::Path};

use quanheng_tables::formats::{
    Announcements, CommentNotices, Committees, Format, Holidays, LifecycleChains, Members,
    Opinions, Plan, ReplacementLinks, SourceEditions, Specifications,
};

/// The keys of a locale file with the variables of each.
fn sentences(locale: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../templates/locales")
        .join(locale)
        .join("import.ftl");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some((name, _)) = line.split_once(" = ").filter(|_| line.starts_with("import-")) {
            key = name.to_owned();
            assert!(
                found.insert(key.clone(), BTreeSet::new()).is_none(),
                "{key} twice in {locale}"
            );
        }
        let variables = line
            .split('$')
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned());
        found.entry(key.clone()).or_default().extend(variables);
    }
    found.remove("");
    found
}

/// The keys that stand as literals in the sources.
fn literals(directory: &Path, found: &mut BTreeSet<String>) {
    for path in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.ends_with("tests") {
            literals(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(path).unwrap();
            let keys = text
                .split('"')
                .filter(|part| part.starts_with("import-") && !part.contains([' ', '{']));
            found.extend(keys.map(str::to_owned));
        }
    }
}

fn columns<F: Format>() -> Vec<String> {
    F::COLUMNS.0.iter().map(|column| column.message_key()).collect()
}

#[test]
fn keys_and_sentences_match_in_both_languages() {
    let (chinese, english) = (sentences("zh-CN"), sentences("en"));
    assert_eq!(chinese, english, "keys or variables differ between the languages");
    let mut used = BTreeSet::new();
    // The actions that import rows add their own doubts and reasons.
    for room in [".", "../actions/register", "../actions/round"] {
        literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join(room), &mut used);
    }
    for keys in [
        columns::<Announcements>(),
        columns::<CommentNotices>(),
        columns::<Committees>(),
        columns::<Holidays>(),
        columns::<LifecycleChains>(),
        columns::<Members>(),
        columns::<Opinions>(),
        columns::<Plan>(),
        columns::<ReplacementLinks>(),
        columns::<SourceEditions>(),
        columns::<Specifications>(),
    ] {
        used.extend(keys);
    }
    assert_eq!(
        used,
        chinese.into_keys().collect(),
        "keys in the sources and in the locale files differ"
    );
}
