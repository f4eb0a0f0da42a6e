//! The voice of the terminal: the words of `cli.ftl` in the language of `LANG`.

use std::sync::Arc;

use quanheng_i18n::{Locale, Value, Words};

/// Speaks to the person at the terminal.
#[derive(Clone)]
pub struct Say {
    words: Arc<Words>,
    locale: Locale,
}

impl Say {
    /// The language of `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set; Chinese for `zh…`, English otherwise.
    pub fn from_environment() -> anyhow::Result<Self> {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let set = named
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        let locale = match set {
            Some(language) if language.to_lowercase().starts_with("zh") => Locale::Chinese,
            _ => Locale::English,
        };
        Ok(Self { words: Arc::new(Words::load(None)?), locale })
    }

    /// The words themselves.
    pub fn words(&self) -> &Arc<Words> {
        &self.words
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// A sentence.
    pub fn text(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.words.text(self.locale, key, values)
    }

    /// Prints a sentence to standard output.
    pub fn line(&self, key: &str, values: &[(&str, Value<'_>)]) {
        println!("{}", self.text(key, values));
    }

    /// Prints a sentence to standard error.
    pub fn warn(&self, key: &str, values: &[(&str, Value<'_>)]) {
        eprintln!("{}", self.text(key, values));
    }
}
