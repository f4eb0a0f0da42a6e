//! The voice of the terminal: the words of `cli.ftl` in the language of `LANG`.

use std::io::{self, ErrorKind, Write};
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
        show(&self.text(key, values));
    }

    /// Prints a sentence to standard error.
    pub fn warn(&self, key: &str, values: &[(&str, Value<'_>)]) {
        complain(&self.text(key, values));
    }
}

/// Prints what was asked for. A reader who has seen enough (`| head`) ends it quietly.
///
/// # Errors
/// Any other trouble of writing, such as a full disk behind `>`.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints a line about the work; whether anybody reads it does not change the work.
pub fn show(line: &str) {
    if let Err(error) = print(line) {
        complain(&error.to_string());
    }
}

/// Prints a line to standard error, if anybody is there.
pub fn complain(line: &str) {
    let mut out = io::stderr().lock();
    drop(out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")));
}
