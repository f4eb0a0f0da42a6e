//! A paragraph while it is read, and the pieces it becomes: words, a formula, figures.

use std::ops::Range;

use quanheng_domain::clause::{Doubt, Margin, MarginKind};

use crate::{
    label::formula_number,
    tree::{Hint, Piece, What, Words, clean},
};

/// Stands in a line for a picture that takes the place of words.
pub(super) const PICTURE: char = '□';

/// A picture within a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Picture {
    pub about: String,
    /// An object of a formula editor.
    pub equation: bool,
    /// Set among the words and not beside them.
    pub inline: bool,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// Where formulas stand in the text.
    math: Vec<Range<usize>>,
    pictures: Vec<Picture>,
    pub margin: Vec<Margin>,
    pub doubts: Vec<Doubt>,
    /// Footnotes referred to, with their marks.
    pub notes: Vec<(String, String)>,
    /// What stands in text boxes.
    pub boxes: Vec<Piece>,
    bold: usize,
    plain: usize,
    /// Whether the last words stand below the line.
    pub low: bool,
    /// Whether the last change goes on.
    going: bool,
}

/// What is known of a paragraph beside its words.
#[derive(Debug, Default)]
pub(super) struct About {
    pub number: String,
    pub hint: Hint,
    pub strong: bool,
}

impl Line {
    /// Adds words.
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        self.text.push_str(text);
        let solid = text.len();
        if bold {
            self.bold += solid;
        } else {
            self.plain += solid;
        }
    }

    /// Adds a formula.
    pub(super) fn push_math(&mut self, formula: &str) {
        let start = self.text.len();
        self.text.push_str(formula);
        self.math.push(start..self.text.len());
    }

    /// Adds a picture.
    pub(super) fn push_picture(&mut self, picture: Picture) {
        if picture.inline || picture.equation {
            self.text.push(PICTURE);
        }
        self.pictures.push(picture);
    }

    /// Words that somebody inserted or deleted.
    pub(super) fn changed(&mut self, kind: MarginKind, author: &str, text: &str) {
        if self.going
            && let Some(last) = self.margin.last_mut()
            && last.kind == kind
            && last.author == author
        {
            last.words.push_str(text);
            return;
        }
        let (author, words) = (author.to_owned(), text.to_owned());
        self.margin.push(Margin { at: String::new(), kind, author, words, remark: String::new() });
        self.going = true;
    }

    /// Words that nobody changed.
    pub(super) fn unchanged(&mut self) {
        self.going = false;
    }

    /// Whether all its words are bold.
    pub(super) fn is_strong(&self) -> bool {
        self.bold > 0 && self.plain == 0
    }

    /// Whether there is nothing to be seen in it.
    pub(super) fn is_empty(&self) -> bool {
        self.pictures.is_empty() && self.text.chars().all(char::is_whitespace)
    }

    /// The words beside formulas and pictures.
    fn beside(&self) -> String {
        let mut beside = String::new();
        let mut from = 0;
        for range in &self.math {
            beside.push_str(self.text.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
        beside.push_str(self.text.get(from..).unwrap_or_default());
        clean(&beside.replace(PICTURE, ""))
    }

    /// What the paragraph is, in reading order.
    pub(super) fn into_pieces(mut self, about: About, out: &mut Vec<Piece>) {
        let first = out.len();
        let (margin, doubts) = (std::mem::take(&mut self.margin), std::mem::take(&mut self.doubts));
        let (notes, boxes) = (std::mem::take(&mut self.notes), std::mem::take(&mut self.boxes));
        if self.math.is_empty() && self.pictures.is_empty() {
            self.words(about, out);
        } else {
            self.set_apart(about, out);
        }
        if out.len() == first {
            out.push(Words::default().into());
        }
        out[first].margin = margin;
        out[first].doubts = doubts;
        out.extend(boxes);
        out.extend(notes.into_iter().map(|(mark, text)| What::Note { mark, text }.into()));
    }

    fn words(self, about: About, out: &mut Vec<Piece>) {
        let About { number, hint, strong } = about;
        out.push(Words { text: self.text, number, hint, strong }.into());
    }

    /// A paragraph of a formula or pictures alone, perhaps with a number, or running text with them in it.
    fn set_apart(mut self, about: About, out: &mut Vec<Piece>) {
        let beside = self.beside();
        let listed = if beside.is_empty() { clean(&about.number) } else { beside.clone() };
        let number = formula_number(&listed)
            .filter(|(before, ..)| before.is_empty())
            .map(|(_, number, _)| number.to_owned());
        let alone = beside.is_empty() || number.is_some();
        if alone && self.pictures.is_empty() {
            let formulas = self.math.iter().map(|range| self.text[range.clone()].to_owned());
            let line = formulas.collect::<Vec<_>>().join("; ");
            out.push(formula(&line, number.unwrap_or_default()).into());
            return;
        }
        let pictures = std::mem::take(&mut self.pictures);
        if alone && self.math.is_empty() {
            let mut number = number;
            for picture in pictures {
                let what = if picture.equation || number.is_some() {
                    let number = number.take().unwrap_or_default();
                    What::Formula { line: String::new(), picture: true, number }
                } else {
                    What::Figure { about: picture.about }
                };
                out.push(what.into());
            }
            return;
        }
        self.words(about, out);
        for picture in pictures {
            let what = if picture.equation || picture.inline {
                What::Formula { line: String::new(), picture: true, number: String::new() }
            } else {
                What::Figure { about: picture.about }
            };
            out.push(what.into());
        }
    }
}

/// A formula on a line of its own; in Word's own way its number stands behind `#`.
fn formula(line: &str, number: String) -> What {
    let line = clean(line).replace('\n', " ");
    if number.is_empty()
        && let Some((before, after)) = line.rsplit_once('#')
        && formula_number(after).is_some_and(|(front, ..)| front.is_empty())
    {
        return What::Formula {
            line: before.trim_end().to_owned(),
            picture: false,
            number: after.trim().to_owned(),
        };
    }
    What::Formula { line, picture: false, number }
}
