//! Makes a comparison readable: tiny equal runs between changes are taken into them, and a change begins where a sentence or a word does.

use super::{Span, SpanKind};

/// An equal run, and the change that follows it.
#[derive(Default)]
struct Hunk<'a> {
    equal: Vec<&'a str>,
    removed: Vec<&'a str>,
    added: Vec<&'a str>,
}

impl Hunk<'_> {
    fn changes(&self) -> bool {
        !self.removed.is_empty() || !self.added.is_empty()
    }

    /// Characters of the longer side of the change.
    fn size(&self) -> usize {
        letters(&self.removed).max(letters(&self.added))
    }
}

/// A comparison in the course of being cleaned.
#[derive(Default)]
pub(super) struct Runs<'a> {
    hunks: Vec<Hunk<'a>>,
}

impl<'a> Runs<'a> {
    pub(super) fn equal(&mut self, tokens: &[&'a str]) {
        if tokens.is_empty() {
            return;
        }
        if self.hunks.last().is_none_or(Hunk::changes) {
            self.hunks.push(Hunk::default());
        }
        self.last().equal.extend(tokens);
    }

    pub(super) fn removed(&mut self, tokens: &[&'a str]) {
        self.last().removed.extend(tokens);
    }

    pub(super) fn added(&mut self, tokens: &[&'a str]) {
        self.last().added.extend(tokens);
    }

    fn last(&mut self) -> &mut Hunk<'a> {
        if self.hunks.is_empty() {
            self.hunks.push(Hunk::default());
        }
        self.hunks.last_mut().expect("one was put there")
    }

    /// The cleaned comparison.
    pub(super) fn spans(mut self) -> Vec<Span> {
        self.slide();
        self.merge();
        self.slide();
        self.merge();
        self.give_up();
        let mut found: Vec<Span> = Vec::new();
        for hunk in self.hunks {
            let runs = [
                (SpanKind::Equal, hunk.equal),
                (SpanKind::Removed, hunk.removed),
                (SpanKind::Added, hunk.added),
            ];
            for (kind, run) in runs {
                let text = run.concat();
                match found.last_mut() {
                    _ if text.is_empty() => {}
                    Some(last) if last.kind == kind => last.text.push_str(&text),
                    _ => found.push(Span { kind, text }),
                }
            }
        }
        found
    }

    /// Takes an equal run that is no longer than the changes on both its sides into one change with them.
    fn merge(&mut self) {
        let mut kept: Vec<Hunk<'a>> = Vec::with_capacity(self.hunks.len());
        for mut hunk in std::mem::take(&mut self.hunks) {
            while let Some(mut before) = kept.pop() {
                let between = letters(&hunk.equal);
                let tiny = between <= before.size() && between <= hunk.size();
                if !(hunk.changes() && before.changes() && tiny) {
                    kept.push(before);
                    break;
                }
                before.removed.extend(hunk.equal.iter().chain(&hunk.removed));
                before.added.extend(hunk.equal.iter().chain(&hunk.added));
                hunk = before;
            }
            kept.push(hunk);
        }
        self.hunks = kept;
    }

    /// Moves what was only removed or only added to the place where it reads best.
    fn slide(&mut self) {
        // What stands behind the last change is equal too, once that change has moved away from the end.
        self.hunks.push(Hunk::default());
        for at in 1..self.hunks.len() {
            let (left, right) = self.hunks.split_at_mut(at);
            let (Some(hunk), Some(next)) = (left.last_mut(), right.first_mut()) else { continue };
            let run = match (hunk.removed.is_empty(), hunk.added.is_empty()) {
                (true, false) => &mut hunk.added,
                (false, true) => &mut hunk.removed,
                _ => continue,
            };
            slide(&mut hunk.equal, run, &mut next.equal);
        }
        self.hunks.pop_if(|last| last.equal.is_empty());
    }

    /// Where next to nothing is left equal, all of it was replaced.
    fn give_up(&mut self) {
        let sum = |part: fn(&Hunk<'a>) -> usize| self.hunks.iter().map(part).sum::<usize>();
        let equal = sum(|hunk| letters(&hunk.equal));
        let changed = sum(|hunk| letters(&hunk.removed)).max(sum(|hunk| letters(&hunk.added)));
        if self.hunks.len() < 2 || equal * NEXT_TO_NOTHING >= changed {
            return;
        }
        let mut all = Hunk::default();
        for hunk in std::mem::take(&mut self.hunks) {
            all.removed.extend(hunk.equal.iter().chain(&hunk.removed));
            all.added.extend(hunk.equal.iter().chain(&hunk.added));
        }
        self.hunks.push(all);
    }
}

/// An equal share below one in so many is no help to a reader.
const NEXT_TO_NOTHING: usize = 6;

fn letters(tokens: &[&str]) -> usize {
    tokens.iter().map(|token| token.chars().count()).sum()
}

fn slide<'a>(before: &mut Vec<&'a str>, run: &mut Vec<&'a str>, after: &mut Vec<&'a str>) {
    // All the way to the left, then step by step to the right, keeping the best place.
    let all: Vec<&str> = before.iter().chain(run.iter()).chain(after.iter()).copied().collect();
    let (first, length) = (before.len(), run.len());
    let mut low = first;
    while low > 0 && all[low - 1] == all[low + length - 1] {
        low -= 1;
    }
    let mut high = first;
    while high + length < all.len() && all[high] == all[high + length] {
        high += 1;
    }
    if low == high {
        return;
    }
    let place = (low..=high)
        .max_by_key(|at| (reads(&all, *at) + reads(&all, at + length), *at))
        .unwrap_or(first);
    *before = all[..place].to_vec();
    *run = all[place..place + length].to_vec();
    *after = all[place + length..].to_vec();
}

/// How well a text may be cut before a piece.
fn reads(all: &[&str], at: usize) -> u8 {
    let Some(before) = at.checked_sub(1).and_then(|before| all.get(before)) else { return 6 };
    let Some(after) = all.get(at) else { return 6 };
    let ends = |token: &str, signs: &[char]| token.ends_with(signs);
    if ends(before, &['\n']) {
        5
    } else if ends(before, &['。', '；', '！', '？', ';', '!', '?']) {
        4
    } else if ends(before, &['，', '、', '：', ',', ':', ' ', '）', ')']) {
        3
    } else if after.starts_with(['（', '(', '《', '“']) {
        2
    } else {
        1
    }
}
