//! The place that a comment is about (意见锚点), and where that place is in a later version.
//!
//! An anchor never moves silently: what cannot be followed for certain is left to a person.

use std::ops::Range;

use quanheng_domain::clause::Clause;
use serde::{Deserialize, Serialize};

use crate::{content::fingerprint, map::Link};

#[cfg(test)]
mod tests;

/// A place in a text: a clause, and words within it where the comment is about some of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Key of the clause.
    pub key: String,
    /// The words that the comment is about; empty for the whole clause.
    #[serde(default)]
    pub quote: String,
    /// Some words before them.
    #[serde(default)]
    pub before: String,
    /// Some words after them.
    #[serde(default)]
    pub after: String,
    /// Fingerprint of the clause when the comment was made.
    pub fingerprint: String,
}

/// Where an anchor is in a later version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Followed {
    /// The same clause with the same words (未变).
    Same {
        /// Place of the clause in the new version.
        to: usize,
    },
    /// Another number, the same words (移动).
    Moved {
        /// Place of the clause in the new version.
        to: usize,
    },
    /// Other words (改写).
    Changed {
        /// Place of the clause in the new version.
        to: usize,
        /// Where the quoted words stand now, as bytes of the new clause's `plain()`; none when they are gone, stand there more than once, or when none were quoted.
        found_quote: Option<Range<usize>>,
    },
    /// The clause is gone (删除).
    Removed,
    /// A person has to say (待人工确认).
    Ask {
        /// Places in the new version that it might be, likeliest first; empty when nothing is near.
        rivals: Vec<usize>,
    },
}

/// Characters of context that are kept on each side.
const CONTEXT: usize = 24;
/// A quote shorter than so many characters says nothing about where it went.
const TELLING: usize = 8;

/// An anchor on a clause, or on some bytes of its `plain()`; a range that does not fit the words is taken as the whole clause.
pub fn anchor(clause: &Clause, quoted: Option<Range<usize>>) -> Anchor {
    let mut made =
        Anchor { key: clause.key.clone(), fingerprint: fingerprint(clause), ..Anchor::default() };
    let plain = clause.plain();
    let Some(range) = quoted.filter(|range| !range.is_empty()) else { return made };
    let (Some(before), Some(quote), Some(after)) =
        (plain.get(..range.start), plain.get(range.clone()), plain.get(range.end..))
    else {
        return made;
    };
    quote.clone_into(&mut made.quote);
    made.before = last(before, CONTEXT).to_owned();
    made.after = first(after, CONTEXT).to_owned();
    made
}

/// An anchor on words that somebody quoted, which have to stand in the clause exactly once; none otherwise.
pub fn quoted(clause: &Clause, quote: &str) -> Option<Anchor> {
    let range = once(&clause.plain(), quote)?;
    Some(anchor(clause, Some(range)))
}

/// Where the quoted words of an anchor stand in a text, if that is certain: they stand there once, or once in their context.
pub fn find(anchor: &Anchor, plain: &str) -> Option<Range<usize>> {
    if anchor.quote.is_empty() {
        return None;
    }
    once(plain, &anchor.quote).or_else(|| in_context(anchor, plain))
}

/// Follows an anchor from one version to the next.
pub fn follow(anchor: &Anchor, old: &[Clause], new: &[Clause], links: &[Link]) -> Followed {
    let Some(at) = place(anchor, old) else {
        return Followed::Ask { rivals: elsewhere(anchor, new, None) };
    };
    let Some(link) = links.iter().find(|link| link.old == Some(at)) else {
        return Followed::Ask { rivals: Vec::new() };
    };
    if !link.sure {
        return Followed::Ask {
            rivals: link.new.into_iter().chain(link.rivals.iter().copied()).collect(),
        };
    }
    let Some(to) = link.new.filter(|to| *to < new.len()) else {
        // The clause is gone, but its words may have been taken into another one.
        let rivals = elsewhere(anchor, new, None);
        return if rivals.is_empty() { Followed::Removed } else { Followed::Ask { rivals } };
    };
    let same_words = fingerprint(&new[to]) == anchor.fingerprint;
    match (same_words, new[to].key == anchor.key) {
        (true, true) => Followed::Same { to },
        (true, false) => Followed::Moved { to },
        (false, _) => changed(anchor, new, to),
    }
}

fn changed(anchor: &Anchor, new: &[Clause], to: usize) -> Followed {
    let plain = new[to].plain();
    let found_quote = find(anchor, &plain);
    if found_quote.is_none() && !plain.contains(&anchor.quote) {
        let mut rivals = elsewhere(anchor, new, Some(to));
        if !rivals.is_empty() {
            rivals.insert(0, to);
            return Followed::Ask { rivals };
        }
    }
    Followed::Changed { to, found_quote }
}

/// The clause of the version that the anchor was made on.
fn place(anchor: &Anchor, old: &[Clause]) -> Option<usize> {
    let named = old.iter().position(|clause| clause.key == anchor.key);
    if let Some(at) = named.filter(|at| fingerprint(&old[*at]) == anchor.fingerprint) {
        return Some(at);
    }
    // Made on another version than this: only the very same words, standing here once, will do.
    let mut same = (0..old.len()).filter(|at| fingerprint(&old[*at]) == anchor.fingerprint);
    let found = same.next()?;
    same.next().is_none().then_some(found)
}

/// Other clauses in which the quoted words stand, if there are only a few.
fn elsewhere(anchor: &Anchor, new: &[Clause], but: Option<usize>) -> Vec<usize> {
    if anchor.quote.chars().nth(TELLING - 1).is_none() {
        return Vec::new();
    }
    let holds = |at: &usize| Some(*at) != but && new[*at].plain().contains(&anchor.quote);
    (0..new.len()).filter(holds).take(OFFERED).collect()
}

/// Places that a person is offered at most.
const OFFERED: usize = 8;

/// The only place of some words.
fn once(plain: &str, words: &str) -> Option<Range<usize>> {
    if words.is_empty() {
        return None;
    }
    let start = plain.find(words)?;
    // Overlapping places count too: `aa` stands twice in `aaa`.
    let next = start + words.chars().next().map_or(1, char::len_utf8);
    if plain[next..].contains(words) { None } else { Some(start..start + words.len()) }
}

/// The only place of the quoted words with their whole context, or with one side of it.
fn in_context(anchor: &Anchor, plain: &str) -> Option<Range<usize>> {
    let Anchor { quote, before, after, .. } = anchor;
    let sides = [(before.as_str(), after.as_str()), (before, ""), ("", after)];
    sides.into_iter().filter(|(before, after)| !before.is_empty() || !after.is_empty()).find_map(
        |(before, after)| {
            let whole = once(plain, &format!("{before}{quote}{after}"))?;
            let start = whole.start + before.len();
            Some(start..start + quote.len())
        },
    )
}

fn first(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(end, _)| &text[..end])
}

fn last(text: &str, letters: usize) -> &str {
    let skipped = text.chars().count().saturating_sub(letters);
    text.char_indices().nth(skipped).map_or("", |(start, _)| &text[start..])
}
