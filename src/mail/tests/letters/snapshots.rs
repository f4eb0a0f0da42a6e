//! The letters as files, so that a change of words is seen in review. `QUANHENG_BLESS=1` rewrites them.

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use quanheng_domain::{Keyed, Locale, notice::NoticeKey};
use quanheng_mail::Composer;

use crate::{composer, frame, letter, recipient, sample};

/// Notices whose HTML is kept as well: one for each shape of body.
const WITH_HTML: [NoticeKey; 4] = [
    NoticeKey::RoundOpened,
    NoticeKey::DispositionPublished,
    NoticeKey::ReviewFailed,
    NoticeKey::CommentDigest,
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}

/// One file: what each audience reads first, then the whole letter of the first audience.
fn written(composer: &Composer, key: NoticeKey, locale: Locale) -> String {
    let mut file = String::new();
    for audience in key.row().audience.iter().copied() {
        let letter =
            composer.compose(&sample(key), &recipient(locale, audience), &frame()).unwrap();
        writeln!(file, "# {audience}: {}", letter.text.lines().next().unwrap()).unwrap();
    }
    let letter = letter(composer, key, locale);
    writeln!(file, "\nSubject: {}", letter.subject).unwrap();
    for (name, value) in &letter.headers {
        writeln!(file, "{name}: {value}").unwrap();
    }
    write!(file, "\n{}", letter.text).unwrap();
    file
}

#[test]
fn every_letter_reads_as_it_was_agreed() {
    let composer = composer();
    let bless = std::env::var_os("QUANHENG_BLESS").is_some();
    let mut files = BTreeSet::new();
    let mut changed = Vec::new();
    let mut compare = |name: String, now: String| {
        let file = folder().join(&name);
        if bless {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&file, &now).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != now {
            changed.push(name.clone());
        }
        files.insert(name);
    };
    for key in NoticeKey::ALL.iter().copied() {
        for locale in Locale::ALL.iter().copied() {
            compare(format!("{key}.{locale}.txt"), written(&composer, key, locale));
            if WITH_HTML.contains(&key) {
                compare(format!("{key}.{locale}.html"), letter(&composer, key, locale).html);
            }
        }
    }
    assert!(
        changed.is_empty(),
        "read these letters, then accept them with QUANHENG_BLESS=1: {changed:#?}"
    );
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(files.contains(&name), "{name} belongs to no letter any more");
    }
}
