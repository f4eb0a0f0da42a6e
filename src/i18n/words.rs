//! The store of words: every message of every language, ready to be filled with values.

use std::{borrow::Cow, collections::BTreeMap, fmt, fs, io, path::Path};

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle,
};
use quanheng_domain::{Keyed, Locale};
use rust_embed::RustEmbed;
use unic_langid::langid;

/// The files of words as they were when the program was built.
#[derive(RustEmbed)]
#[folder = "../../templates/locales/"]
struct Embedded;

/// A value for a variable of a message; numbers choose the plural form, texts are set in as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
macro_rules! numbers {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Value<'_> {
            fn from(number: $kind) -> Self {
                Self::Number(i64::from(number))
            }
        }
    )*};
}
numbers! { i64 i32 i16 u32 u16 u8 }
impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Why the words could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A file of words has a mistake in its grammar.
    #[error("{file}: {message}")]
    Grammar {
        /// The file.
        file: String,
        /// What the parser said.
        message: String,
    },
    /// Two files of one language define the same key.
    #[error("{file}: {key} is defined twice")]
    Twice {
        /// The second file.
        file: String,
        /// The key.
        key: String,
    },
    /// A file of the override folder cannot be read.
    #[error("{file}: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the operating system said.
        source: io::Error,
    },
}

/// The words of every language; cheap to share, safe to use from all threads.
pub struct Words {
    bundles: BTreeMap<&'static str, FluentBundle<FluentResource>>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("languages", &self.bundles.keys()).finish()
    }
}

impl Words {
    /// The compiled words, with those of `overrides` (a folder that holds `locales/<language>/<area>.ftl`) over them.
    pub fn load(overrides: Option<&Path>) -> Result<Self, WordsError> {
        let mut bundles = BTreeMap::new();
        for locale in Locale::ALL {
            let mut bundle = FluentBundle::new_concurrent(vec![match locale {
                Locale::Chinese => langid!("zh-CN"),
                Locale::English => langid!("en"),
            }]);
            // Isolating marks would end up in mails, searches and copied text.
            bundle.set_use_isolating(false);
            for (file, text) in embedded_files(*locale) {
                let resource = parse(&file, text)?;
                bundle.add_resource(resource).map_err(|errors| twice(file, &errors))?;
            }
            for (file, text) in override_files(overrides, *locale)? {
                bundle.add_resource_overriding(parse(&file, text)?);
            }
            bundles.insert(locale.key(), bundle);
        }
        Ok(Self { bundles })
    }

    /// The words of `key` (or `key.attribute`) with `values` set in. A key without words shows as `⟦key⟧`; a variable without a
    /// value shows as `{$name}`. The result is plain text: whoever puts it into HTML escapes it.
    pub fn text(&self, locale: Locale, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.find(locale, key, values).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Like [`Words::text`], or nothing if the key has no words.
    pub fn find(&self, locale: Locale, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        let bundle = self.bundles.get(locale.key())?;
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Value::Number(number) => FluentValue::from(*number),
            };
            arguments.set(*name, value);
        }
        // A missing variable stays visible as {$name} in the text; the audit finds it before a reader does.
        let mut mistakes = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&arguments), &mut mistakes).into_owned())
    }

    /// Whether the key has words in the language.
    pub fn has(&self, locale: Locale, key: &str) -> bool {
        let id = key.split('.').next().unwrap_or(key);
        self.bundles.get(locale.key()).is_some_and(|bundle| bundle.has_message(id))
    }
}

/// The compiled files of a language as name and text, in order of name.
pub(crate) fn embedded_files(locale: Locale) -> Vec<(String, String)> {
    let folder = format!("{}/", locale.key());
    let mut files: Vec<(String, String)> = Embedded::iter()
        .filter(|path| path.starts_with(&folder) && path.ends_with(".ftl"))
        .filter_map(|path| {
            let file = Embedded::get(&path)?;
            Some((path.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect();
    files.sort();
    files
}

fn override_files(
    folder: Option<&Path>,
    locale: Locale,
) -> Result<Vec<(String, String)>, WordsError> {
    let Some(folder) = folder.map(|folder| folder.join("locales").join(locale.key())) else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| WordsError::Unreadable { file: folder.display().to_string(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let file = path.display().to_string();
            let text = fs::read_to_string(&path)
                .map_err(|source| WordsError::Unreadable { file: file.clone(), source })?;
            files.push((file, text));
        }
    }
    files.sort();
    Ok(files)
}

fn parse(file: &str, text: String) -> Result<FluentResource, WordsError> {
    FluentResource::try_new(text).map_err(|(_, errors)| WordsError::Grammar {
        file: file.to_owned(),
        message: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })
}

fn twice(file: String, errors: &[FluentError]) -> WordsError {
    let keys = errors.iter().map(|error| match error {
        FluentError::Overriding { id, .. } => id.clone(),
        other => other.to_string(),
    });
    WordsError::Twice { file, key: keys.collect::<Vec<_>>().join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_in_both_languages_without_marks_around_values() {
        let words = Words::load(None).unwrap();
        let values = [("n", Value::from(1u32))];
        assert_eq!(words.text(Locale::English, "time-days", &values), "1 day");
        assert_eq!(words.text(Locale::English, "time-days", &[("n", 3u32.into())]), "3 days");
        assert_eq!(words.text(Locale::Chinese, "time-days", &values), "1 天");
        assert_eq!(words.text(Locale::Chinese, "no-such-key", &[]), "⟦no-such-key⟧");
        assert_eq!(words.text(Locale::English, "time-days", &[]), "{$n} days");
        assert!(
            words.has(Locale::English, "time-days") && !words.has(Locale::English, "no-such-key")
        );
    }

    #[test]
    fn a_folder_overrides_single_keys_and_a_mistake_names_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let english = folder.path().join("locales/en");
        fs::create_dir_all(&english).unwrap();
        fs::write(english.join("mine.ftl"), "time-days = { $n } sleeps\n").unwrap();
        let words = Words::load(Some(folder.path())).unwrap();
        assert_eq!(words.text(Locale::English, "time-days", &[("n", 2u8.into())]), "2 sleeps");
        assert_eq!(words.text(Locale::English, "time-hours", &[("n", 2u8.into())]), "2 hours");
        fs::write(english.join("mine.ftl"), "time-days = { $n\n").unwrap();
        assert!(Words::load(Some(folder.path())).unwrap_err().to_string().contains("mine.ftl"));
        assert!(Words::load(Some(Path::new("/no/such/folder"))).is_ok());
    }

    #[test]
    fn words_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Words::load(None).unwrap());
    }
}
