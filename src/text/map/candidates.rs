//! Which clauses are worth comparing: those that share rare trigrams, so that the work grows with the text and not with its square.

use std::collections::HashMap;

use crate::likeness::Trigrams;

/// Rare trigrams of a clause that are looked up.
const RARE: usize = 24;
/// Clauses in which a trigram may occur and still be rare.
const SPREAD: usize = 48;
/// Candidates kept for each clause.
const KEPT: usize = 12;

/// Pairs of places in the two lists that share rare trigrams, each pair once; the same pairs come out when the lists change sides.
pub(super) fn candidates(
    olds: &[(usize, Trigrams)],
    news: &[(usize, Trigrams)],
) -> Vec<(usize, usize)> {
    let distinct = |list: &[(usize, Trigrams)]| {
        list.iter().map(|(_, trigrams)| trigrams.distinct()).collect::<Vec<_>>()
    };
    let (old, new) = (distinct(olds), distinct(news));
    let mut pairs = looked_up(&old, &new);
    pairs.extend(looked_up(&new, &old).into_iter().map(|(n, o)| (o, n)));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn looked_up(from: &[Vec<u64>], among: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut postings: HashMap<u64, Vec<u32>> = HashMap::new();
    for (at, trigrams) in among.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        for trigram in trigrams {
            postings.entry(*trigram).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (at, trigrams) in from.iter().enumerate() {
        let mut lists: Vec<(usize, u64)> = trigrams
            .iter()
            .filter_map(|trigram| postings.get(trigram).map(|places| (places.len(), *trigram)))
            .collect();
        lists.sort_unstable();
        let rare = lists.iter().take_while(|(spread, _)| *spread <= SPREAD).count().min(RARE);
        let mut hits: HashMap<u32, usize> = HashMap::new();
        // Where nothing is rare, the rarest has to do, as far as its clauses stand near.
        for (_, trigram) in lists.iter().take(rare.max(1)) {
            let places = &postings[trigram];
            let near = places.partition_point(|place| (*place as usize) < at);
            let first = near.saturating_sub(SPREAD / 2);
            for place in places.iter().skip(first).take(SPREAD) {
                *hits.entry(*place).or_default() += 1;
            }
        }
        let mut found: Vec<(usize, u32)> = hits.into_iter().map(|(place, n)| (n, place)).collect();
        found.sort_unstable_by_key(|(hits, place)| {
            (std::cmp::Reverse(*hits), (*place as usize).abs_diff(at), *place)
        });
        pairs.extend(found.into_iter().take(KEPT).map(|(_, place)| (at, place as usize)));
    }
    pairs
}
