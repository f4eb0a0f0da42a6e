//! The text of a draft as clauses (章、条): a flat list in reading order, each with its printed number, its depth and its blocks.
//!
//! Words, tables and formulas are plain data here; reading them out of Word and PDF files, mapping and comparing them is the work of `text`.

use serde::{Deserialize, Serialize};

use crate::keyed;

keyed! {
    /// What a clause is.
    ClauseKind as "clause kind" {
        /// Foreword, introduction, contents and whatever stands before the first chapter (前言、引言).
        Front = "front",
        /// Chapter or numbered clause (章、条).
        Clause = "clause",
        /// Annex (附录).
        Annex = "annex",
        /// Table (表), a clause of its own so that it can be commented and compared cell by cell.
        Table = "table",
        /// Numbered formula (公式).
        Formula = "formula",
        /// Figure (图).
        Figure = "figure",
    }
}

/// A cell of a table; one that is covered by a span stands nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Words, paragraphs divided by line feeds.
    pub text: String,
    /// Columns covered, 1 or more.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub across: u16,
    /// Rows covered, 1 or more.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub down: u16,
}

const fn one() -> u16 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_one(span: &u16) -> bool {
    *span == 1
}

/// A piece of a clause, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// Running words.
    Words {
        /// The words.
        text: String,
    },
    /// A note or an example (注、示例); also a footnote.
    Note {
        /// Mark as printed, such as `注1`; empty when it has none.
        mark: String,
        /// The words.
        text: String,
    },
    /// A table's rows, each with its cells from left to right.
    Table {
        /// Rows.
        rows: Vec<Vec<Cell>>,
        /// How many of the first rows are headings.
        head: u16,
    },
    /// A formula in one line (`E = (I_1 - I_2) / m`); empty when it is a picture.
    Formula {
        /// The formula in one line.
        line: String,
        /// Whether the file holds a picture instead of a formula that can be read.
        picture: bool,
    },
    /// A figure: only what can be said of it in words.
    Figure {
        /// Alternative text, or the name of the picture's file.
        about: String,
    },
    /// Where a table, formula or figure stands that is a clause of its own, when more of this clause follows it (此处为表、公式、图).
    Place {
        /// Key of that clause, which comes later in the list.
        key: String,
    },
}

/// A clause (章、条) of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Name within the text, unique there: `5.2.3`, `A`, `A.2`, `表3`, `式4`, `图1`, `引言`; a second one of the same name ends in `#2`.
    pub key: String,
    /// What it is.
    pub kind: ClauseKind,
    /// Number as printed (`5.2.3`, `附录A`, `表3`, `(4)`); empty for parts without number.
    pub number: String,
    /// Heading or caption without the number; empty when the clause has none.
    pub heading: String,
    /// Depth: 1 for chapters, annexes and front parts; a table, formula or figure is one deeper than the clause it stands in.
    pub level: u8,
    /// What it says itself, without its sub-clauses.
    pub blocks: Vec<Block>,
}

impl Block {
    /// The words of the block in one string: cells divided by tabs, rows by line feeds.
    pub fn plain(&self) -> String {
        match self {
            Self::Words { text } => text.clone(),
            Self::Note { mark, text } if mark.is_empty() => text.clone(),
            Self::Note { mark, text } => format!("{mark} {text}"),
            Self::Formula { line, .. } => line.clone(),
            Self::Figure { about } => about.clone(),
            Self::Place { .. } => String::new(),
            Self::Table { rows, .. } => {
                let line = |row: &Vec<Cell>| {
                    row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t")
                };
                rows.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

impl Clause {
    /// The words of all its blocks, divided by line feeds; without number and heading.
    pub fn plain(&self) -> String {
        let own = self.blocks.iter().filter(|block| !matches!(block, Block::Place { .. }));
        own.map(Block::plain).collect::<Vec<_>>().join("\n")
    }

    /// Number and heading as a reader would name it (`5.2 天平计量性能`).
    pub fn title(&self) -> String {
        [self.number.as_str(), self.heading.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

keyed! {
    /// How a clause of one version stands to one of another (条款对应关系).
    Relation as "relation" {
        /// Same name, same words (未变).
        Same = "same",
        /// Another name, same words (移动).
        Moved = "moved",
        /// Same name, other words (改写).
        Reworded = "reworded",
        /// Another name and other words (移动并改写).
        MovedReworded = "moved_reworded",
        /// Only in the old version (删除).
        Removed = "removed",
        /// Only in the new version (新增).
        New = "new",
    }
}

keyed! {
    /// Why a place in a file should be looked at before the text is frozen.
    DoubtKind as "doubt" {
        /// A number that does not follow the one before it (编号不连续).
        Gap = "gap",
        /// A number that was there already (编号重复).
        Twice = "twice",
        /// A paragraph that looks like a heading and has no number (疑似标题无编号).
        MaybeHeading = "maybe_heading",
        /// A paragraph that begins with a number and may be running text (疑似正文).
        MaybeText = "maybe_text",
        /// A table or figure without a number of its own (表、图无编号).
        Unnumbered = "unnumbered",
        /// A formula or table that is a picture and cannot be read (图片公式).
        Picture = "picture",
        /// The number of a formula that stands alone: the formula itself was not read (公式缺失).
        LostFormula = "lost_formula",
        /// Words that could not be read, or a page without text (无法识别文字).
        Unreadable = "unreadable",
        /// Words in a text box, whose place in the text is not known (文本框).
        TextBox = "text_box",
        /// Nested tables were written out as words (嵌套表格).
        Nested = "nested",
    }
}

/// A place that the machine is not sure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Key of the clause.
    pub at: String,
    /// Why.
    pub kind: DoubtKind,
    /// The words it is about, cut at 80 characters.
    pub words: String,
}

/// A change that somebody tracked in the file, or a remark on its margin; offered as a comment, never taken silently (修订、批注).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margin {
    /// Key of the clause.
    pub at: String,
    /// What it is.
    pub kind: MarginKind,
    /// Who, as the file says; may be empty.
    pub author: String,
    /// The words inserted or deleted, or those that the remark is about.
    pub words: String,
    /// The remark; empty for a tracked change.
    pub remark: String,
}

keyed! {
    /// What stands on the margin.
    MarginKind as "margin kind" {
        /// 插入
        Inserted = "inserted",
        /// 删除
        Deleted = "deleted",
        /// 批注
        Remark = "remark",
    }
}

/// A text as it came out of a file or was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseText {
    /// Clauses in reading order.
    pub clauses: Vec<Clause>,
    /// What should be looked at.
    pub doubts: Vec<Doubt>,
    /// Tracked changes and remarks.
    pub margin: Vec<Margin>,
}
