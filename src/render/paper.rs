//! A paper as its reader sees it: title, lines, fields, tables with merged cells, places to sign, and what stands on every page.

use serde::Serialize;

/// A paper, its words already in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The title, centred.
    pub title: String,
    /// A line under the title, centred; may be empty.
    pub subtitle: String,
    /// What stands small at the head of every page, such as code and number of the project; may be empty.
    pub header: String,
    /// The number at the foot of every page.
    pub page_number: PageNumber,
    /// Language tag (`zh-CN`, `en`).
    pub language: String,
    /// True for a wide page.
    pub landscape: bool,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// The words around the number of the page and the number of pages; without words the bare number stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageNumber {
    /// Before the number (第).
    pub before: String,
    /// Between the number and the number of pages (页 共).
    pub between: String,
    /// After the number of pages (页).
    pub after: String,
}

/// One part of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading within the paper.
    Heading {
        /// The words.
        text: String,
    },
    /// A paragraph of running text, its first line indented by two characters where the language does so.
    Paragraph {
        /// The words; line breaks are kept.
        text: String,
    },
    /// A line without indent.
    Line {
        /// The words; line breaks are kept.
        text: String,
        /// Where it stands.
        align: Align,
    },
    /// A small note.
    Note {
        /// The words; line breaks are kept.
        text: String,
    },
    /// A label with what was filled in, one line each.
    Fields {
        /// Label and value.
        fields: Vec<(String, String)>,
    },
    /// A table.
    Table(Table),
    /// Places to sign, two in a row.
    Signatures {
        /// Those who sign.
        signatures: Vec<Signature>,
    },
    /// What follows begins on a new page.
    PageBreak,
}

/// Where words stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// A table with merged cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The share of the width each column takes; the shares need not sum to anything.
    pub columns: Vec<u32>,
    /// Rows repeated at the top of every page.
    pub head: Vec<Vec<Cell>>,
    /// The rows; the spans of the cells of a row fill the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The words; line breaks are kept.
    pub text: String,
    /// How many columns it spans, at least one.
    pub columns: u32,
    /// How many rows it spans, at least one; the rows below leave its place out.
    pub rows: u32,
    /// Where the words stand.
    pub align: Align,
    /// True for a label rather than what was filled in.
    pub label: bool,
}

/// A place to sign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// As what somebody signs.
    pub label: String,
    /// Who signed; empty leaves room for a hand.
    pub name: String,
    /// When, in words; may be empty.
    pub at: String,
}

impl Cell {
    /// A cell with what was filled in.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), columns: 1, rows: 1, align: Align::Left, label: false }
    }

    /// A cell with a label, centred.
    pub fn label(text: impl Into<String>) -> Self {
        Self { align: Align::Centre, label: true, ..Self::new(text) }
    }

    /// A cell with what was filled in, centred.
    pub fn centred(text: impl Into<String>) -> Self {
        Self { align: Align::Centre, ..Self::new(text) }
    }

    /// The same over several columns.
    #[must_use]
    pub fn over(mut self, columns: u32) -> Self {
        self.columns = columns.max(1);
        self
    }

    /// The same down several rows.
    #[must_use]
    pub fn down(mut self, rows: u32) -> Self {
        self.rows = rows.max(1);
        self
    }
}

impl Block {
    /// A heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// A paragraph of running text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    /// A line at the left.
    pub fn line(text: impl Into<String>) -> Self {
        Self::Line { text: text.into(), align: Align::Left }
    }

    /// A line at the right.
    pub fn right(text: impl Into<String>) -> Self {
        Self::Line { text: text.into(), align: Align::Right }
    }

    /// A small note.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }
}
