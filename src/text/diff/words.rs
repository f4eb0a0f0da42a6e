//! The comparison of two runs of words.

use std::{collections::HashMap, ops::Range};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Span, SpanKind, align::name, cleanup, tokens::tokens};

/// What changed between two runs of words; reading what is equal and removed gives the old, what is equal and added the new.
pub fn words(old: &str, new: &str) -> Vec<Span> {
    if old == new {
        return one(SpanKind::Equal, old);
    }
    if old.is_empty() || new.is_empty() {
        return whole(old, new);
    }
    let (before, after) = (tokens(old), tokens(new));
    let mut known: HashMap<&str, u32> = HashMap::new();
    let (left, right) = (numbered(&before, &mut known), numbered(&after, &mut known));
    let mut runs = cleanup::Runs::default();
    for (kind, places) in compared(&left, &right) {
        match kind {
            SpanKind::Equal => runs.equal(&before[places]),
            SpanKind::Removed => runs.removed(&before[places]),
            SpanKind::Added => runs.added(&after[places]),
        }
    }
    runs.spans()
}

/// Runs of equal, removed and added pieces; those that are equal or removed by their places in the old text, those added in the new.
type Places = Vec<(SpanKind, Range<usize>)>;

/// Pieces up to which two texts are compared at once; longer ones are compared by sentences first, so that the work stays in proportion.
const AT_ONCE: usize = 4_000;
/// Products of lengths up to which two different passages of a long text are looked into.
const PASSAGE: usize = 4_000_000;

fn compared(old: &[u32], new: &[u32]) -> Places {
    if old.len().max(new.len()) <= AT_ONCE {
        return pieces(old, new, (0, 0));
    }
    let (before, after) = (passages(old), passages(new));
    let cut = |text: &[u32], places: &[Range<usize>]| -> Vec<u64> {
        places.iter().map(|place| name(&&text[place.clone()])).collect()
    };
    let (left, right) = (cut(old, &before), cut(new, &after));
    let within = |places: &[Range<usize>], from: usize, length: usize, end: usize| {
        let start = places.get(from).map_or(end, |place| place.start);
        start..places.get(from + length).map_or(end, |place| place.start)
    };
    let mut found = Places::new();
    for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
        let (tag, olds, news) = op.as_tag_tuple();
        let olds = within(&before, olds.start, olds.len(), old.len());
        let news = within(&after, news.start, news.len(), new.len());
        if tag == DiffTag::Equal {
            found.push((SpanKind::Equal, olds));
        } else if tag == DiffTag::Replace && olds.len() * news.len() <= PASSAGE {
            let start = (olds.start, news.start);
            found.extend(pieces(&old[olds], &new[news], start));
        } else {
            found.push((SpanKind::Removed, olds));
            found.push((SpanKind::Added, news));
        }
    }
    found
}

fn pieces(old: &[u32], new: &[u32], start: (usize, usize)) -> Places {
    let mut found = Places::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, olds, news) = op.as_tag_tuple();
        let olds = start.0 + olds.start..start.0 + olds.end;
        if tag == DiffTag::Equal {
            found.push((SpanKind::Equal, olds));
        } else {
            found.push((SpanKind::Removed, olds));
            found.push((SpanKind::Added, start.1 + news.start..start.1 + news.end));
        }
    }
    found
}

/// Cuts a long text behind pieces that their own number chooses, so that an insertion moves no other cut.
fn passages(text: &[u32]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, piece) in text.iter().enumerate() {
        let length = at + 1 - start;
        if length >= SHORTEST && name(piece) % USUAL == 0 || length >= LONGEST {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Pieces of a passage: at least, on average beyond that, and at most.
const SHORTEST: usize = 8;
const USUAL: u64 = 32;
const LONGEST: usize = 256;

/// Numbers in place of the pieces, the same for equal pieces.
fn numbered<'a>(tokens: &[&'a str], known: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    tokens
        .iter()
        .map(|token| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(token).or_insert(next)
        })
        .collect()
}

/// The same without looking inside: equal, or all removed and all added.
pub(super) fn whole(old: &str, new: &str) -> Vec<Span> {
    if old == new {
        return one(SpanKind::Equal, old);
    }
    let mut found = one(SpanKind::Removed, old);
    found.extend(one(SpanKind::Added, new));
    found
}

/// One run, or none for an empty text.
pub(super) fn one(kind: SpanKind, text: &str) -> Vec<Span> {
    if text.is_empty() { Vec::new() } else { vec![Span { kind, text: text.to_owned() }] }
}
