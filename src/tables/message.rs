//! What is told about a file, as a key of the locale files and the facts of the sentence.

/// One fact that a sentence mentions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A count, a line or a limit.
    Number(u64),
    /// Text of the file or a name.
    Text(String),
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}
impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(excerpt(text))
    }
}
impl From<&String> for Fact {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

/// A sentence to be said: its key in `import.ftl` and its facts by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// The key of the sentence.
    pub key: &'static str,
    /// The variables of the sentence.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Message {
    /// A sentence without variables.
    pub fn bare(key: &'static str) -> Self {
        Self { key, facts: Vec::new() }
    }

    /// The same sentence with one more variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }
}

/// How many characters of a cell a message repeats.
const EXCERPT: usize = 120;

/// The beginning of a text, short enough to be repeated in a message.
pub fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
