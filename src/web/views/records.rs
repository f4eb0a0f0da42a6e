//! Records: history, files, letters, comparisons, figures, validity.

use serde::Serialize;

use super::{Link, Pill, Text, Tone};

/// One name and value of an event.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Name.
    pub label: Text,
    /// Value.
    pub value: Text,
}

/// One event; partial `history` takes a list, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct EventRow {
    /// Anchor.
    pub id: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub who: Text,
    /// In whose name, if for somebody else.
    pub on_behalf_of: Option<Text>,
    /// What happened.
    pub what: Text,
    /// What it happened to, if the list mixes objects.
    pub object: Option<Link>,
    /// Reason as written.
    pub reason: Option<String>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Hash in the chain.
    pub hash: String,
    /// Tone of the dot.
    pub tone: Tone,
}

/// One file, present or missing; partial `files` takes a list.
#[derive(Debug, Clone, Serialize)]
pub struct FileRow {
    /// What kind of paper.
    pub kind: Text,
    /// File name; none if it is missing.
    pub name: Option<String>,
    /// Address.
    pub href: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
    /// SHA-256 in hex.
    pub sha256: Option<String>,
    /// When it came (RFC 3339).
    pub at: Option<String>,
    /// Who brought it.
    pub by: Option<String>,
    /// Which version.
    pub version: Option<Text>,
    /// Whether this step needs it.
    pub required: bool,
    /// Where to upload it, for those who may.
    pub upload_href: Option<String>,
}

/// A letter as it was or will be sent; partial `letter`.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// Sender.
    pub from: String,
    /// Receivers.
    pub to: Vec<String>,
    /// Subject.
    pub subject: String,
    /// When (RFC 3339).
    pub at: Option<String>,
    /// Delivery.
    pub state: Option<Pill>,
    /// Body as plain text.
    pub body: String,
    /// Why they get it.
    pub reason: Option<Text>,
    /// Files with it.
    pub attachments: Vec<Link>,
}

/// A run of text in a comparison.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    /// `same`, `gone` or `new`.
    pub class: String,
    /// The words.
    pub text: String,
}

/// One clause compared.
#[derive(Debug, Clone, Serialize)]
pub struct CompareRow {
    /// Anchor.
    pub id: String,
    /// Clause number and heading.
    pub label: String,
    /// `same`, `changed`, `moved`, `new` or `gone`; the words are `compare-<state>`.
    pub state: String,
    /// Old wording.
    pub left: Vec<Run>,
    /// New wording.
    pub right: Vec<Run>,
    /// Comments that caused it.
    pub causes: Vec<Link>,
}

/// Two versions side by side; partial `compare`.
#[derive(Debug, Clone, Serialize)]
pub struct Compare {
    /// Title of the old side.
    pub left: Text,
    /// Title of the new side.
    pub right: Text,
    /// Clauses.
    pub rows: Vec<CompareRow>,
    /// Clauses left out because nothing changed.
    pub folded: u64,
}

/// One figure of a report as a sentence; partial `figure`.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The sentence with the number in it.
    pub sentence: Text,
    /// The records behind it.
    pub href: Option<String>,
    /// The year before.
    pub last_year: Option<Text>,
    /// What to look at (a zero that used not to be one).
    pub flag: Option<Text>,
    /// A correction by hand with its reason.
    pub correction: Option<Text>,
}

/// One bar of a small chart with its table; partial `bars` takes a [`Bars`].
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// Words.
    pub label: Text,
    /// Number.
    pub value: u64,
    /// Width, 0 to 1000.
    pub width: u32,
    /// The records behind it.
    pub href: Option<String>,
}

/// A small chart that is also a table; partial `bars`.
#[derive(Debug, Clone, Serialize)]
pub struct Bars {
    /// What is counted.
    pub caption: Text,
    /// Bars.
    pub rows: Vec<Bar>,
}

impl Bars {
    /// A chart of `(words, number, address)`, the longest bar full.
    pub fn of(caption: Text, rows: Vec<(Text, u64, Option<String>)>) -> Self {
        let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
        let rows = rows
            .into_iter()
            .map(|(label, value, href)| Bar {
                label,
                value,
                width: u32::try_from(value * 1000 / most).unwrap_or(1000),
                href,
            })
            .collect();
        Self { caption, rows }
    }
}

/// Whether an edition may be used, and what to use instead; partial `validity`.
#[derive(Debug, Clone, Serialize)]
pub struct Validity {
    /// Status in words.
    pub pill: Pill,
    /// What it means for the reader, in one sentence.
    pub sentence: Text,
    /// Editions to use instead.
    pub instead: Vec<Link>,
    /// Whether the text must not be used now; the banner is then red.
    pub stop: bool,
}

/// An error page; template `pages/errors/error`.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// HTTP status: one of 400, 401, 403, 404, 409, 413, 422, 429, 500, 503.
    pub status: u16,
    /// What happened, instead of the general words.
    pub detail: Option<Text>,
    /// The rule that refused.
    pub rule: Option<super::RuleCite>,
}
