//! Paragraphs: headings, captions, notes, formulas and running text.

use quanheng_domain::clause::{Block, ClauseKind, DoubtKind};

use super::{Evidence, Hint, Tree, Verdict, What, Words, clean};
use crate::label::{self, Label, is_heading};

impl Tree {
    pub(super) fn words(&mut self, words: Words, next: Option<&What>) {
        let (text, own) = (clean(&words.text), clean(&words.number));
        let whole = match own.as_str() {
            "" => text,
            own if text.is_empty() => own.to_owned(),
            own => format!("{own} {text}"),
        };
        if whole.is_empty() || self.is_contents_entry(&whole, words.hint) {
            return;
        }
        if matches!(words.hint, Hint::Text | Hint::Listed) {
            if words.hint == Hint::Text || !self.note_item(&whole) {
                self.running(whole);
            }
            return;
        }
        let told = match words.hint {
            Hint::Heading(level) => Some(level),
            Hint::Styled(level) if !whole.contains(['。', '\n']) || is_titled(&whole) => {
                Some(level)
            }
            _ => None,
        };
        if words.hint != Hint::Boxed && self.part(&whole) {
            return;
        }
        let listed = told.is_none() && self.is_note_item(&whole) && !self.is_next_chapter(&whole);
        if !listed && self.numbered(&whole, &own, &words, told, next) {
            return;
        }
        match told {
            Some(level) if !self.title_of_annex(&whole) => {
                self.unnumbered(&whole, level, words.hint)
            }
            Some(_) => {}
            None if words.hint == Hint::Boxed => self.running(whole),
            None => self.unheaded(whole, words.strong),
        }
    }

    /// A line without number and style: the title of an annex, a note, a formula, or running text.
    fn unheaded(&mut self, whole: String, strong: bool) {
        if self.title_of_annex(&whole) || self.note_item(&whole) {
            return;
        }
        if let Some((mark, text)) = label::note(&whole) {
            return self.note(mark, text.to_owned());
        }
        if let Some((line, number, _)) =
            label::formula_number(&whole).filter(|(line, ..)| is_formula(line))
        {
            return self.formula(line.to_owned(), false, number);
        }
        if let Some((_, number, _)) =
            label::formula_number(&whole).filter(|(line, ..)| line.is_empty())
        {
            return self.lone_number(number);
        }
        let heading = strong && is_heading(&whole);
        self.running(whole.clone());
        if heading {
            self.doubt_of(DoubtKind::MaybeHeading, &whole);
        }
    }

    pub(super) fn note(&mut self, mark: String, text: String) {
        self.append_last(Block::Note { mark, text: clean(&text) });
    }

    /// Running text goes to the open clause; explanations of symbols stay with their formula, a line about units with its table.
    pub(super) fn running(&mut self, text: String) {
        let symbols = label::is_symbol_line(&text);
        let unit = text.starts_with("单位") && text.chars().nth(24).is_none();
        let stays = self.object().is_some_and(|object| match object.kind {
            ClauseKind::Formula => symbols,
            ClauseKind::Table => unit && object.blocks.is_empty(),
            _ => false,
        });
        let block = Block::Words { text };
        if stays { self.append_last(block) } else { self.append(block) }
    }

    /// The heading of a part without number.
    fn part(&mut self, whole: &str) -> bool {
        let Some((kind, key)) = label::front(whole) else { return false };
        if key == "目次" {
            self.contents = true;
            return true;
        }
        self.open(kind, key, "", &whole.replace('\n', " "), 1);
        true
    }

    /// A line that begins with a number; false if it is no clause, table or figure.
    fn numbered(
        &mut self,
        whole: &str,
        own: &str,
        words: &Words,
        told: Option<u8>,
        next: Option<&What>,
    ) -> bool {
        let sure = told.is_some()
            || (!own.is_empty() && label::number(own).is_some_and(|l| l.rest.is_empty()));
        let found = if sure { label::number(whole) } else { label::label(whole) };
        let Some(found) = found else { return false };
        if matches!(found.kind, ClauseKind::Table | ClauseKind::Figure) {
            return self.caption(&found, sure, next);
        }
        if words.hint == Hint::Boxed {
            return false;
        }
        let evidence = if sure { Evidence::Told } else { Evidence::Looks };
        match self.sequence.judge(&found, evidence) {
            Verdict::Take(doubt) => {
                self.clause(&found, told.is_some());
                if let Some(kind) = doubt {
                    self.doubt_of(kind, whole);
                }
                true
            }
            Verdict::Leave(doubt) => {
                if let Some(kind) = doubt {
                    self.running(whole.to_owned());
                    self.doubt_of(kind, whole);
                }
                doubt.is_some()
            }
        }
    }

    fn clause(&mut self, found: &Label<'_>, told: bool) {
        let level = u8::try_from(label::steps(&found.key).len()).unwrap_or(u8::MAX);
        let annex = found.kind == ClauseKind::Annex;
        let titled = told || annex || is_heading(found.rest);
        let one_line = found.rest.replace('\n', " ");
        let heading = if titled { one_line.as_str() } else { "" };
        self.open(found.kind, &found.key, found.number, heading, level);
        self.sequence.take(&found.key);
        self.annex_title = annex && is_only_status(heading);
        if !titled && !found.rest.is_empty() {
            self.append(Block::Words { text: found.rest.to_owned() });
        }
    }

    /// The lines after the letter of an annex: (规范性附录), and its title.
    fn title_of_annex(&mut self, whole: &str) -> bool {
        if !self.annex_title || !is_heading(whole) || label::note(whole).is_some() {
            return false;
        }
        let Some(annex) = self.holder() else { return false };
        if !annex.heading.is_empty() {
            annex.heading.push(' ');
        }
        annex.heading += whole;
        let more = is_only_status(&annex.heading);
        self.annex_title = more;
        true
    }

    /// A heading without number.
    fn unnumbered(&mut self, whole: &str, level: u8, hint: Hint) {
        const LONGEST: usize = 60;
        let body = self.clauses.iter().any(|clause| !clause.number.is_empty());
        let kind = if body { ClauseKind::Clause } else { ClauseKind::Front };
        let heading = whole.replace('\n', " ");
        let key: String = heading.chars().take(LONGEST).collect();
        self.open(kind, &key, "", &heading, level.max(1));
        if matches!(hint, Hint::Styled(_)) {
            self.doubt_of(DoubtKind::MaybeHeading, &heading);
        }
    }

    /// Whether a table of contents goes on with this line.
    fn is_contents_entry(&mut self, whole: &str, hint: Hint) -> bool {
        if !self.contents {
            return false;
        }
        let words = whole.trim_end_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, 'Ⅰ'..='ⅿ') || "IVXivx()（）".contains(c)
        });
        let paged = words.len() < whole.len() && words.ends_with([' ', '…', '.', '·', '\t']);
        let entry = paged && !matches!(hint, Hint::Heading(_) | Hint::Styled(_));
        self.contents = entry;
        entry
    }

    /// Whether the line is the next item of a note that counts its items (注： 1 …, 2 …).
    fn is_note_item(&mut self, whole: &str) -> bool {
        let Some(item) = item_number(whole) else { return false };
        let Some(Block::Note { text, .. }) = self.last_block() else { return false };
        let last = text.lines().next_back().and_then(item_number).unwrap_or(0);
        (text.is_empty() || last > 0) && item == last + 1
    }

    /// Whether a line that counts on is a heading that the text has come to.
    fn is_next_chapter(&self, whole: &str) -> bool {
        label::label(whole).is_some_and(|found| {
            let next = self.sequence.judge(&found, Evidence::Looks) == Verdict::Take(None);
            next && found.spaced && is_heading(found.rest)
        })
    }

    fn note_item(&mut self, whole: &str) -> bool {
        if !self.is_note_item(whole) {
            return false;
        }
        if let Some(Block::Note { text, .. }) = self.last_block() {
            if !text.is_empty() {
                text.push('\n');
            }
            *text += whole;
        }
        true
    }
}

/// The number of an item of a counted note (`2 “+”表示…`).
fn item_number(line: &str) -> Option<u32> {
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    let rest = &line[digits..];
    let led = rest.starts_with([' ', '.', '、', ')', '）']);
    led.then(|| line[..digits].parse().ok()).flatten().filter(|count| (1..100).contains(count))
}

/// Whether a styled line of several lines is a heading set in lines (附录A, 规范性附录, title).
fn is_titled(whole: &str) -> bool {
    whole.starts_with('附') && !whole.contains('。')
}

/// Whether an annex has no more than its status as a heading (规范性附录).
fn is_only_status(heading: &str) -> bool {
    let open = heading.starts_with(['(', '（']);
    heading.is_empty()
        || (open && heading.ends_with([')', '）']) && heading.matches([')', '）']).count() == 1)
}

/// Whether a line in front of a number is a formula and not a sentence.
pub(super) fn is_formula(line: &str) -> bool {
    let signs = ['=', '≈', '≤', '≥', '<', '>', '≠', '∝', '＝'];
    let (mut han, mut all) = (0_usize, 0_usize);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        han += usize::from(matches!(c, '\u{4e00}'..='\u{9fff}'));
    }
    line.contains(signs) && han * 3 <= all && !line.contains(['。', '，', '；'])
}
