//! Which pieces of two short lists belong together: equal ones first, then those that resemble one another between them, never crossing.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Products of lengths up to which every pair between two equal pieces is weighed; beyond, pieces are paired in order.
const WEIGHED: usize = 4096;
/// Per mille from which two pieces belong together.
const TOGETHER: u16 = 300;

/// The pieces in reading order: removed ones before added ones; `names` are equal for equal pieces, `alike` weighs two others per mille.
pub(super) fn align(
    old: &[u64],
    new: &[u64],
    alike: impl Fn(usize, usize) -> u16,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut found = Vec::with_capacity(old.len().max(new.len()));
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for op in ops {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                gap(&mut found, &removed, &added, &alike);
                removed.clear();
                added.clear();
                found.extend((0..len).map(|at| (Some(old_index + at), Some(new_index + at))));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                removed.extend(old_index..old_index + old_len);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                added.extend(new_index..new_index + new_len);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                removed.extend(old_index..old_index + old_len);
                added.extend(new_index..new_index + new_len);
            }
        }
    }
    gap(&mut found, &removed, &added, &alike);
    found
}

/// Pairs what stands between two equal pieces.
fn gap(
    found: &mut Vec<(Option<usize>, Option<usize>)>,
    removed: &[usize],
    added: &[usize],
    alike: &impl Fn(usize, usize) -> u16,
) {
    if removed.is_empty() || added.is_empty() || removed.len() * added.len() > WEIGHED {
        let pairs = removed.len().min(added.len());
        found.extend((0..pairs).map(|at| (Some(removed[at]), Some(added[at]))));
        found.extend(removed[pairs..].iter().map(|old| (Some(*old), None)));
        found.extend(added[pairs..].iter().map(|new| (None, Some(*new))));
        return;
    }
    // best[i][j]: the most likeness that the pieces from i and j on can have together.
    let (rows, columns) = (removed.len(), added.len());
    let mut best = vec![vec![0_u32; columns + 1]; rows + 1];
    let mut weights = vec![vec![0_u32; columns]; rows];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let weight = alike(removed[i], added[j]);
            weights[i][j] = if weight >= TOGETHER { u32::from(weight) } else { 0 };
            let paired = if weights[i][j] > 0 { best[i + 1][j + 1] + weights[i][j] } else { 0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        if weights[i][j] > 0 && best[i][j] == best[i + 1][j + 1] + weights[i][j] {
            found.push((Some(removed[i]), Some(added[j])));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            found.push((Some(removed[i]), None));
            i += 1;
        } else {
            found.push((None, Some(added[j])));
            j += 1;
        }
    }
    found.extend(removed[i..].iter().map(|old| (Some(*old), None)));
    found.extend(added[j..].iter().map(|new| (None, Some(*new))));
}

/// A number that is equal for equal values within one process run.
pub(super) fn name(value: &impl std::hash::Hash) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
