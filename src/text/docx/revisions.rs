//! Tracked changes and remarks: the accepted text stands, every change and remark goes to the margin.

use std::collections::HashMap;

use quanheng_domain::clause::{Margin, MarginKind};

use super::{line::Line, sides::Remark};
use crate::tree::{Piece, clean};

/// Who changed the words that are being read, and which remarks they are under.
#[derive(Debug, Default)]
pub(super) struct Revisions {
    pub inserted: Option<String>,
    pub deleted: Option<String>,
    /// Remarks whose words are being read.
    open: Vec<(String, String)>,
    /// Words of the remarks that have ended.
    words: HashMap<String, String>,
    /// Remarks that began between two paragraphs.
    loose: Vec<Margin>,
    met: Vec<String>,
}

impl Revisions {
    /// Words pass by; false if they were deleted and are not part of the text.
    pub(super) fn pass(&mut self, line: &mut Line, text: &str) -> bool {
        if let Some(author) = &self.deleted {
            line.changed(MarginKind::Deleted, author, text);
            return false;
        }
        match &self.inserted {
            Some(author) => line.changed(MarginKind::Inserted, author, text),
            None => line.unchanged(),
        }
        for (_, words) in &mut self.open {
            words.push_str(text);
        }
        true
    }

    /// A remark begins; it belongs to the paragraph, or to the next one if it stands between two.
    pub(super) fn begin(&mut self, id: &str, line: Option<&mut Line>) {
        self.meet(id, line);
        self.open.push((id.to_owned(), String::new()));
    }

    /// The words of a remark end.
    pub(super) fn end(&mut self, id: &str) {
        if let Some(at) = self.open.iter().position(|(open, _)| open == id) {
            let (id, words) = self.open.remove(at);
            self.words.insert(id, words);
        }
    }

    /// A remark is named; it may never have had words.
    pub(super) fn meet(&mut self, id: &str, line: Option<&mut Line>) {
        if self.met.iter().any(|met| met == id) {
            return;
        }
        self.met.push(id.to_owned());
        let mark = Margin {
            at: String::new(),
            kind: MarginKind::Remark,
            author: String::new(),
            words: String::new(),
            remark: id.to_owned(),
        };
        match line {
            Some(line) => line.margin.push(mark),
            None => self.loose.push(mark),
        }
    }

    /// Remarks that wait for a paragraph.
    pub(super) fn loose(&mut self) -> Vec<Margin> {
        std::mem::take(&mut self.loose)
    }

    /// Fills in what the remarks say and which words they are about; a change without words is dropped.
    pub(super) fn fill(mut self, pieces: &mut [Piece], remarks: &HashMap<String, Remark>) {
        self.words.extend(std::mem::take(&mut self.open));
        for piece in pieces {
            piece.margin.retain_mut(|mark| {
                if mark.kind == MarginKind::Remark {
                    let Some(remark) = remarks.get(&mark.remark) else { return false };
                    mark.words = clean(self.words.get(&mark.remark).map_or("", String::as_str));
                    mark.author.clone_from(&remark.author);
                    mark.remark.clone_from(&remark.text);
                    return true;
                }
                mark.words = clean(&mark.words);
                !mark.words.is_empty()
            });
        }
    }
}
