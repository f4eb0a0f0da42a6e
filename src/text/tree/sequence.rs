//! Whether a number follows those before it.

use std::collections::{HashMap, HashSet};

use quanheng_domain::clause::{ClauseKind, DoubtKind};

use crate::label::{Label, is_heading, steps};

/// How sure it is that a line has a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The file says so: it made the number itself, the style is that of a heading, or a person marked the line.
    Told,
    /// It only looks so.
    Looks,
}

/// What becomes of a line that begins with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A clause begins, perhaps with a doubt.
    Take(Option<DoubtKind>),
    /// It is running text, perhaps with a doubt.
    Leave(Option<DoubtKind>),
}

/// The numbers met so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sequence {
    /// Steps of the last numbered clause or annex.
    last: Vec<String>,
    met: HashSet<String>,
    /// Last number of tables, figures and formulas, by what stands before it (`表`, `表A.`).
    objects: HashMap<String, u32>,
}

/// How many chapters a line may skip and still look like one.
const FARTHEST: u32 = 5;

enum Fit {
    Next,
    Ahead,
    Again,
    Elsewhere,
}

impl Sequence {
    /// Judges a number of a clause or annex by those before it.
    pub(crate) fn judge(&self, label: &Label<'_>, evidence: Evidence) -> Verdict {
        let fit = self.fit(label);
        let gap = match fit {
            Fit::Next => None,
            Fit::Ahead | Fit::Elsewhere => Some(DoubtKind::Gap),
            Fit::Again => Some(DoubtKind::Twice),
        };
        if evidence == Evidence::Told {
            return Verdict::Take(gap);
        }
        let heading = is_heading(label.rest);
        let single = label.kind == ClauseKind::Clause && !label.key.contains('.');
        let named = label.number.starts_with('第') || label.kind == ClauseKind::Annex;
        match fit {
            Fit::Next if single && !label.spaced && !named => {
                let short = heading && label.rest.chars().nth(20).is_none();
                if short { Verdict::Take(Some(DoubtKind::MaybeText)) } else { Verdict::Leave(None) }
            }
            Fit::Next if label.kind == ClauseKind::Annex && !heading && !label.rest.is_empty() => {
                Verdict::Leave(Some(DoubtKind::MaybeText))
            }
            Fit::Next => Verdict::Take(None),
            Fit::Ahead if heading || (!single && label.spaced) => Verdict::Take(gap),
            Fit::Again if heading && !single => Verdict::Take(gap),
            _ => Verdict::Leave(Some(DoubtKind::MaybeText)),
        }
    }

    /// Remembers a number that was taken.
    pub(crate) fn take(&mut self, key: &str) {
        self.last = steps(key).into_iter().map(str::to_owned).collect();
        self.met.insert(key.to_owned());
    }

    /// Remembers the number of a table, figure or formula; a doubt if it does not follow the one before.
    pub(crate) fn take_object(&mut self, key: &str) -> Option<DoubtKind> {
        let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let count: u32 = key[stem.len()..].parse().ok()?;
        let again = !self.met.insert(key.to_owned());
        let last = self.objects.insert(stem.to_owned(), count).unwrap_or(0);
        match () {
            () if again => Some(DoubtKind::Twice),
            () if count != last.saturating_add(1) => Some(DoubtKind::Gap),
            () => None,
        }
    }

    fn fit(&self, label: &Label<'_>) -> Fit {
        if self.met.contains(&label.key) {
            return Fit::Again;
        }
        let new = steps(&label.key);
        let (Some((end, front)), last) = (new.split_last(), &self.last) else {
            return Fit::Elsewhere;
        };
        if label.kind == ClauseKind::Annex {
            let before =
                last.first().filter(|step| step.starts_with(|c: char| c.is_ascii_uppercase()));
            let wanted = before.map_or('A', |letter| after(letter));
            return if end.starts_with(wanted) { Fit::Next } else { Fit::Ahead };
        }
        let number: u32 = end.parse().unwrap_or(0);
        let same = front.len() <= last.len() && front.iter().zip(last).all(|(a, b)| a == b);
        if same && !last.is_empty() {
            let before = last.get(front.len()).map_or(Some(0), |step| step.parse().ok());
            return match before {
                Some(before) if number == before + 1 => Fit::Next,
                Some(before)
                    if number > before && (!front.is_empty() || number <= before + FARTHEST) =>
                {
                    Fit::Ahead
                }
                _ => Fit::Elsewhere,
            };
        }
        if last.is_empty() {
            return if front.is_empty() && number == 1 { Fit::Next } else { Fit::Ahead };
        }
        let root = |step: &str| step.parse::<u32>().ok();
        let (from, to) = (last.first().and_then(|step| root(step)), root(new[0]));
        match (from, to) {
            (Some(from), Some(to)) if to == from || to == from + 1 => Fit::Ahead,
            (None, None) if last.first().is_some_and(|step| step == new[0]) => Fit::Ahead,
            _ => Fit::Elsewhere,
        }
    }
}

fn after(letter: &str) -> char {
    letter.bytes().next().map_or('A', |byte| char::from(byte.saturating_add(1)))
}
