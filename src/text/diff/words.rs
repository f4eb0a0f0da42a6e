//! The comparison of two runs of words.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Span, SpanKind, cleanup, tokens::tokens};

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
    let ops = capture_diff_slices(Algorithm::Myers, &left, &right);
    let mut runs = cleanup::Runs::default();
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => runs.equal(&before[old_index..old_index + len]),
            DiffOp::Delete { old_index, old_len, .. } => {
                runs.removed(&before[old_index..old_index + old_len]);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                runs.added(&after[new_index..new_index + new_len]);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                runs.removed(&before[old_index..old_index + old_len]);
                runs.added(&after[new_index..new_index + new_len]);
            }
        }
    }
    runs.spans()
}

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
