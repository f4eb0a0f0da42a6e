//! Pieces of a file in reading order become clauses: what is a heading, what runs on, to which clause a table belongs.

mod captions;
mod clean;
mod holder;
mod lines;
mod sequence;
#[cfg(test)]
mod tests;

use quanheng_domain::clause::{Cell, ClauseText, Doubt, DoubtKind, Margin};

pub(crate) use clean::clean;
pub(crate) use holder::Tree;
pub(crate) use sequence::{Evidence, Sequence, Verdict};

/// What a reader of files found, before it is known to which clause it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Words(Words),
    Table { rows: Vec<Vec<Cell>>, head: u16 },
    Formula { line: String, picture: bool, number: String },
    Figure { about: String },
    Note { mark: String, text: String },
}

/// A paragraph, and what the file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The words, without a number that the file makes by itself.
    pub text: String,
    /// The number that the file makes by itself.
    pub number: String,
    /// What it is, as far as the file tells.
    pub hint: Hint,
    /// Whether all of it is set in bold.
    pub strong: bool,
}

/// What a paragraph is, as far as the file tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing is told.
    #[default]
    Free,
    /// Running text in any case, whatever it begins with.
    Text,
    /// An item of a list that the file counts: it may belong to a note.
    Listed,
    /// A heading of this depth (1 and more) in any case.
    Heading(u8),
    /// Styled as a heading of this depth; people style sentences so as well.
    Styled(u8),
    /// In a text box: only captions of tables and figures are taken out of there.
    Boxed,
}

/// A piece with what stands on its margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub what: What,
    /// Doubts of the reader; the clause is filled in here.
    pub doubts: Vec<Doubt>,
    /// Changes and remarks; the clause is filled in here.
    pub margin: Vec<Margin>,
}

impl From<What> for Piece {
    fn from(what: What) -> Self {
        Self { what, doubts: Vec::new(), margin: Vec::new() }
    }
}

impl From<Words> for Piece {
    fn from(words: Words) -> Self {
        What::Words(words).into()
    }
}

/// Builds the clauses of all pieces.
pub(crate) fn build(pieces: Vec<Piece>) -> ClauseText {
    let mut tree = Tree::default();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        tree.take(piece, pieces.peek().map(|next| &next.what));
    }
    tree.finish()
}

/// A doubt whose clause is not known yet.
pub(crate) fn doubt(kind: DoubtKind, words: &str) -> Doubt {
    const LONGEST: usize = 80;
    Doubt { at: String::new(), kind, words: words.chars().take(LONGEST).collect() }
}
