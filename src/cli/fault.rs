//! What is wrong with the settings, or stops a start, in Chinese and then in English: which language an operator reads is not
//! known for certain while the settings cannot be read.

use std::io::ErrorKind;

use quanheng_config::{Fault, FaultKind, Faults, Origin};
use quanheng_db::{DbError, OpenError, SchemaError};
use quanheng_i18n::{Locale, Value, Words, WordsError};
use quanheng_store::StoreError;
use quanheng_web::PageError;

/// The languages in the order in which they are said.
const BOTH: [Locale; 2] = [Locale::Chinese, Locale::English];

/// All faults of the settings, each on a line of its own in each language.
pub fn settings(words: &Words, faults: &Faults) -> String {
    let count = faults.0.len();
    let head =
        BOTH.iter().map(|locale| words.text(*locale, "setting-faults", &[("n", count.into())]));
    let each = |fault: &Fault| BOTH.map(|locale| format!("  {}", line(words, locale, fault)));
    head.chain(faults.0.iter().flat_map(each)).collect::<Vec<_>>().join("\n")
}

fn line(words: &Words, locale: Locale, fault: &Fault) -> String {
    let (origin, what) = (origin(words, locale, &fault.origin), what(words, locale, &fault.kind));
    if fault.key.is_empty() {
        let values = [("origin", origin.into()), ("what", what.into())];
        return words.text(locale, "setting-fault-whole", &values);
    }
    let values = [("key", (&fault.key).into()), ("origin", origin.into()), ("what", what.into())];
    words.text(locale, "setting-fault", &values)
}

fn origin(words: &Words, locale: Locale, origin: &Origin) -> String {
    let say = |key: &str, values: &[(&str, Value<'_>)]| words.text(locale, key, values);
    match origin {
        Origin::Default => say("setting-origin-default", &[]),
        Origin::Preset(command) => say("setting-origin-preset", &[("command", (*command).into())]),
        Origin::File { path, line: None } => {
            say("setting-origin-file", &[("file", path.display().to_string().into())])
        }
        Origin::File { path, line: Some(line) } => {
            let line = line.to_string();
            let file = path.display().to_string();
            say("setting-origin-line", &[("file", file.into()), ("line", line.into())])
        }
        Origin::Environment(name) => say("setting-origin-environment", &[("name", name.into())]),
        Origin::CommandLine => say("setting-origin-command-line", &[]),
    }
}

fn what(words: &Words, locale: Locale, kind: &FaultKind) -> String {
    let say = |key: &str, values: &[(&str, Value<'_>)]| words.text(locale, key, values);
    let why = |because: &str| reason(words, locale, "setting-why", because);
    match kind {
        FaultKind::Unknown { nearest: None } => say("setting-fault-unknown", &[]),
        FaultKind::Unknown { nearest: Some(name) } => {
            say("setting-fault-unknown-near", &[("nearest", name.into())])
        }
        FaultKind::NotA { wanted, found } => {
            let wanted = reason(words, locale, "setting-wanted", wanted);
            say("setting-fault-not-a", &[("found", found.into()), ("wanted", wanted.into())])
        }
        FaultKind::Missing { because } => {
            say("setting-fault-missing", &[("why", why(because).into())])
        }
        FaultKind::Conflict { other, because } => {
            let values = [("other", (*other).into()), ("why", why(because).into())];
            say("setting-fault-conflict", &values)
        }
        FaultKind::Refused { because } => {
            say("setting-fault-refused", &[("why", why(because).into())])
        }
        FaultKind::Unreadable { path, reason } => {
            say("setting-fault-unreadable", &[("path", path.into()), ("reason", reason.into())])
        }
        FaultKind::Malformed { reason } => {
            say("setting-fault-malformed", &[("reason", reason.into())])
        }
    }
}

/// The words of a reason that the room of the settings gives in English; itself where there are none.
fn reason(words: &Words, locale: Locale, set: &str, english: &str) -> String {
    let key = format!("{set}-{}", slug(english));
    words.find(locale, &key, &[]).unwrap_or_else(|| english.to_owned())
}

/// The letters and figures of a sentence, joined by hyphens.
fn slug(sentence: &str) -> String {
    let lower = sentence.to_ascii_lowercase();
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// Why a command stopped, in Chinese; the English line is the chain of causes itself.
pub fn stopped(words: &Words, error: &anyhow::Error) -> String {
    let (key, values) = error
        .chain()
        .find_map(|cause| {
            (cause.downcast_ref().map(of_database))
                .or_else(|| cause.downcast_ref().map(of_store))
                .or_else(|| cause.downcast_ref::<PageError>().map(|error| said("template", error)))
                .or_else(|| cause.downcast_ref::<WordsError>().map(|error| said("words", error)))
                .or_else(|| cause.downcast_ref().and_then(of_system))
        })
        .unwrap_or(("other", Vec::new()));
    let values: Vec<(&str, Value<'_>)> =
        values.iter().map(|(name, value)| (*name, value.into())).collect();
    format!("{}\n{error:#}", words.text(Locale::Chinese, &format!("start-fault-{key}"), &values))
}

type Said = (&'static str, Vec<(&'static str, String)>);

fn said(key: &'static str, error: &dyn std::error::Error) -> Said {
    (key, vec![("reason", error.to_string())])
}

fn of_database(error: &DbError) -> Said {
    match error {
        DbError::Unreachable { reason } => ("unreachable", vec![("reason", reason.clone())]),
        DbError::Open(OpenError::InUse { path, holder }) => {
            ("in-use", vec![("path", path.display().to_string()), ("holder", holder.clone())])
        }
        DbError::Open(error) => said("address", error),
        DbError::Schema(SchemaError::Newer { found, known }) => {
            ("newer", vec![("found", found.clone()), ("known", known.clone())])
        }
        DbError::Schema(SchemaError::Older { found, known }) => {
            ("older", vec![("found", found.clone()), ("known", known.clone())])
        }
        DbError::Schema(SchemaError::Failed { version, reason }) => {
            ("migration", vec![("version", version.clone()), ("reason", reason.clone())])
        }
        DbError::ReadOnly => ("read-only", Vec::new()),
        DbError::Full => ("full", Vec::new()),
        DbError::Busy => ("busy", Vec::new()),
        _ => ("other", Vec::new()),
    }
}

fn of_store(error: &StoreError) -> Said {
    match error {
        StoreError::Full(_) => ("full", Vec::new()),
        error => said("store", error),
    }
}

fn of_system(error: &std::io::Error) -> Option<Said> {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(("full", Vec::new())),
        ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable => Some(said("port", error)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Every sentence in the sources of the settings that may become a reason.
    fn reasons() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
        let mut files: Vec<_> =
            ["reader.rs", "layers.rs", "settings.rs"].map(|name| folder.join(name)).into();
        let sections = std::fs::read_dir(folder.join("sections")).unwrap();
        files.extend(sections.map(|entry| entry.unwrap().path()));
        let starts = [
            "must ",
            "is no ",
            "when ",
            "they are ",
            "the value and ",
            "the data folder ",
            "the file inside ",
        ];
        let mut found = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap();
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let literals = line.split('"').skip(1).step_by(2);
                found.extend(
                    literals
                        .filter(|text| starts.iter().any(|start| text.starts_with(start)))
                        .map(str::to_owned),
                );
            }
        }
        found
    }

    #[test]
    fn every_reason_and_every_kind_of_value_has_words_in_both_languages() {
        let words = Words::load(None).unwrap();
        let reasons = reasons();
        assert!(reasons.len() > 30, "{reasons:?}");
        let wanted = quanheng_config::docs::fields();
        let wanted = wanted.map(|field| ("setting-wanted", field.wanted.to_owned()));
        for (set, english) in
            reasons.into_iter().map(|reason| ("setting-why", reason)).chain(wanted)
        {
            let key = format!("{set}-{}", slug(&english));
            assert_eq!(words.find(Locale::English, &key, &[]).as_deref(), Some(english.as_str()));
            assert!(words.has(Locale::Chinese, &key), "{key}");
        }
    }

    #[test]
    fn what_stops_a_start_is_said_in_chinese_first() {
        let words = Words::load(None).unwrap();
        let error = anyhow::Error::new(DbError::Full).context("the database");
        assert_eq!(
            stopped(&words, &error),
            "磁盘空间已满，请腾出空间后重试。\nthe database: the disk of the database is full"
        );
        let other = stopped(&words, &anyhow::anyhow!("no such file"));
        assert_eq!(other, "未能完成，原因如下：\nno such file");
    }
}
