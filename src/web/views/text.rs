//! Words that wait for the reader's language.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// Something people read: either given by people (a title, a name) or a key of the locale files with its values.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// Text that is the same in every language, shown as it is (and escaped).
    Plain(String),
    /// A key of `templates/locales`, resolved by the template in the reader's language.
    Said {
        /// The Fluent key.
        key: String,
        /// The values of the sentence; `{"date": …}`, `{"instant": …}` and `{"deadline": …}` are formatted for the reader, `{"said": Text}` is resolved first.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        args: BTreeMap<String, Value>,
    },
}

impl Text {
    /// Text that needs no translation.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// A sentence of the locale files.
    pub fn said(key: impl Into<String>) -> Self {
        Self::Said { key: key.into(), args: BTreeMap::new() }
    }

    /// The word of a closed set: `Text::word("stage", "00.20")` is the key `stage-00-20`.
    pub fn word(set: &str, code: &str) -> Self {
        Self::said(word_key(set, code))
    }

    /// A text from its JSON form; nothing if it is none.
    pub fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::plain(text)),
            Value::Object(said) => {
                let key = said.get("key")?.as_str()?.to_owned();
                let args = said.get("args").and_then(Value::as_object);
                let args =
                    args.into_iter().flatten().map(|(name, value)| (name.clone(), value.clone()));
                Some(Self::Said { key, args: args.collect() })
            }
            _ => None,
        }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(self, name: &str, value: impl Into<Value>) -> Self {
        match self {
            Self::Plain(text) => Self::Plain(text),
            Self::Said { key, mut args } => {
                args.insert(name.to_owned(), value.into());
                Self::Said { key, args }
            }
        }
    }

    /// The same sentence with a calendar day (`YYYY-MM-DD`), written in the reader's way.
    #[must_use]
    pub fn with_date(self, name: &str, day: impl std::fmt::Display) -> Self {
        self.with(name, serde_json::json!({ "date": day.to_string() }))
    }

    /// The same sentence with an instant (RFC 3339), written with hour and zone.
    #[must_use]
    pub fn with_instant(self, name: &str, instant: impl std::fmt::Display) -> Self {
        self.with(name, serde_json::json!({ "instant": instant.to_string() }))
    }

    /// The same sentence with the end of a period (RFC 3339, the first instant after it), written as "last day, 24:00".
    #[must_use]
    pub fn with_deadline(self, name: &str, ends_at: impl std::fmt::Display) -> Self {
        self.with(name, serde_json::json!({ "deadline": ends_at.to_string() }))
    }

    /// The same sentence with a list of texts inside it, joined as the language joins lists.
    #[must_use]
    pub fn with_list(self, name: &str, inner: &[Text]) -> Self {
        self.with(name, serde_json::json!({ "list": inner }))
    }

    /// The same sentence with another text inside it.
    #[must_use]
    pub fn with_text(self, name: &str, inner: &Text) -> Self {
        self.with(name, serde_json::json!({ "said": inner }))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

/// The locale key of a word of a closed set: set and code joined, dots, slashes and underscores as hyphens.
pub fn word_key(set: &str, code: &str) -> String {
    let code = code.replace(['.', '_', '/', ' '], "-").to_lowercase();
    format!("{set}-{code}")
}

/// How a thing stands, for colour and mark; the words always stand beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Plain,
    /// Running normally.
    Info,
    /// Reached, passed, in force.
    Good,
    /// Soon due, partly met.
    Warn,
    /// Overdue, refused, failed.
    Bad,
    /// Over, withdrawn, of the past.
    Faded,
}

/// A link with its words.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Address, made with `uri!`.
    pub href: String,
    /// The words of the link.
    pub text: Text,
}

impl Link {
    /// A link with its words.
    pub fn new(href: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// A status in words with its tone; partial `pill`.
#[derive(Debug, Clone, Serialize)]
pub struct Pill {
    /// The words.
    pub text: Text,
    /// The tone.
    pub tone: Tone,
}

impl Pill {
    /// A status in words with its tone.
    pub fn new(text: impl Into<Text>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}
