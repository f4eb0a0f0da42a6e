//! The order in which two versions are read side by side.

use crate::map::Link;

/// The links in the order of the new version; a removed clause follows the clause that it followed, counted among those that kept their order.
pub(super) fn reading_order(old: usize, new: usize, links: &[Link]) -> Vec<&Link> {
    let mut by_old: Vec<Option<&Link>> = vec![None; old];
    let mut by_new: Vec<Option<&Link>> = vec![None; new];
    for link in links {
        if let Some(slot) = link.old.and_then(|o| by_old.get_mut(o)) {
            *slot = Some(link);
        }
        if let Some(slot) = link.new.and_then(|n| by_new.get_mut(n)) {
            *slot = Some(link);
        }
    }
    let stayed = in_order(&by_old);
    // What was removed, by the place in the new version that it follows; 0 is the beginning.
    let mut removed: Vec<Vec<&Link>> = vec![Vec::new(); new + 1];
    let mut after = 0;
    for (o, link) in by_old.iter().enumerate() {
        match link {
            Some(link) if link.new.is_none() => removed[after].push(link),
            Some(link) if stayed[o] => after = link.new.map_or(after, |n| n + 1),
            _ => {}
        }
    }
    let mut found = Vec::with_capacity(links.len());
    found.append(&mut removed[0]);
    for (n, link) in by_new.iter().enumerate() {
        found.extend(link);
        found.append(&mut removed[n + 1]);
    }
    found
}

/// Which clauses of the old version belong to the longest run that kept its order.
fn in_order(by_old: &[Option<&Link>]) -> Vec<bool> {
    let places: Vec<(usize, usize)> =
        by_old.iter().enumerate().filter_map(|(o, link)| Some((o, link.as_ref()?.new?))).collect();
    // Ends of the runs by length, each with the run's member before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, (_, n)) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end].1 < *n);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut stayed = vec![false; by_old.len()];
    let mut at = ends.last().copied();
    while let Some(member) = at {
        stayed[places[member].0] = true;
        at = before[member];
    }
    stayed
}
