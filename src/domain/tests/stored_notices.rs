//! Mails wait in the outbox across upgrades: what was stored once must be readable for ever.
//!
//! `QUANHENG_BLESS=1` adds the file of a new notice; a file that exists is never rewritten.
#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use quanheng_domain::{
    Keyed,
    notice::{Notice, NoticeFacts, NoticeKey},
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/stored_notices")
}

#[test]
fn every_notice_has_a_stored_row_that_still_reads() {
    let bless = std::env::var_os("QUANHENG_BLESS").is_some();
    for key in NoticeKey::ALL.iter().copied() {
        let file = folder().join(format!("{key}.json"));
        if bless && !file.exists() {
            let notice = Notice { key, facts: NoticeFacts::sample(key) };
            fs::create_dir_all(folder()).unwrap();
            fs::write(&file, serde_json::to_string_pretty(&notice).unwrap() + "\n").unwrap();
        }
        let stored =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let notice: Notice =
            serde_json::from_str(&stored).unwrap_or_else(|error| panic!("{key}: {error}"));
        assert_eq!(notice.key, key);
        assert_eq!(notice.missing(), vec![], "{key}");
        // Nothing of what was stored may get lost on the way through today's types.
        let before: serde_json::Value = serde_json::from_str(&stored).unwrap();
        let after = serde_json::to_value(&notice).unwrap();
        for (field, value) in before["facts"].as_object().unwrap() {
            assert_eq!(&after["facts"][field], value, "{key}: {field}");
        }
    }
}

#[test]
fn no_stored_row_belongs_to_a_notice_that_is_gone() {
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let key =
            name.strip_suffix(".json").unwrap_or_else(|| panic!("{name} is no stored notice"));
        assert!(
            NoticeKey::from_key(key).is_ok(),
            "{name}: rows of this notice may still be stored somewhere; keep the key"
        );
    }
}

#[test]
fn a_row_from_before_a_field_existed_reads_with_its_default() {
    let old = r#"{"key":"round_opened","facts":{"title":"饮用冷水水表检定规程","path":"/consultations/1"}}"#;
    let notice: Notice = serde_json::from_str(old).unwrap();
    assert_eq!(notice.facts.title, "饮用冷水水表检定规程");
    assert!(notice.facts.counts.is_empty());
}
