//! What resembles one another: linked where one pair is clearly ahead, left for a person where it is not.

use std::collections::HashMap;

use quanheng_domain::clause::Relation;

use super::{
    Link,
    candidates::candidates,
    relation,
    table::{Side, Table},
};
use crate::{
    content::{content, family},
    likeness::Trigrams,
};

/// Per mille from which two clauses under different names may be one and the same.
const ALIKE: u16 = 500;
/// The same for two clauses of one name whose parents do not speak against it.
const ALIKE_OF_ONE_NAME: u16 = 350;
/// How far per mille the best must lie above the second.
const CLEARLY: u16 = 120;
/// The same for two clauses of one name.
const CLEARLY_OF_ONE_NAME: u16 = 40;
/// Per mille from which a person is asked.
const WORTH_ASKING: u16 = 250;
/// Rivals that are offered where many clauses say the same.
const TWINS_OFFERED: usize = 4;
/// Steps of elimination; each one that links nothing ends the walk.
const ROUNDS: usize = 8;

/// Two clauses that resemble one another, per mille.
#[derive(Clone, Copy)]
struct Pair {
    old: usize,
    new: usize,
    alike: u16,
}

/// By clause, what it might be: likeness per mille, and place in the other version.
type Rivals = HashMap<usize, Vec<(u16, usize)>>;

impl Table<'_> {
    /// Open clauses that resemble one another, those of one name included; what has a twin of the same words is left out.
    fn pairs(&self) -> Vec<Pair> {
        let (old, new) = (self.old.open_by_content(), self.new.open_by_content());
        let lonely = |side: &Side, twins: &HashMap<u32, Vec<usize>>| {
            side.open()
                .filter(|at| !twins.contains_key(&side.content[*at]))
                .map(|at| (at, Trigrams::of(&content(&side.clauses[at]))))
                .collect::<Vec<_>>()
        };
        let (olds, news) = (lonely(&self.old, &new), lonely(&self.new, &old));
        let kind = |side: &Side, at: usize| family(side.clauses[at].kind);
        let mut found = candidates(&olds, &news);
        let place = |list: &[(usize, Trigrams)], at: usize| {
            list.binary_search_by_key(&at, |(at, _)| *at).ok()
        };
        found.extend(
            self.open_named()
                .into_iter()
                .filter_map(|(o, n)| Some((place(&olds, o)?, place(&news, n)?))),
        );
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .map(|(o, n)| (&olds[o], &news[n]))
            .filter(|((o, _), (n, _))| kind(&self.old, *o) == kind(&self.new, *n))
            .map(|((o, one), (n, other))| Pair { old: *o, new: *n, alike: one.alike(other) })
            .collect()
    }

    /// Links the pairs that are best for both sides, alike enough, and clearly ahead of every other.
    pub(super) fn most_alike(&mut self) {
        let mut pairs = self.pairs();
        for _ in 0..ROUNDS {
            pairs.retain(|pair| {
                self.old.link[pair.old].is_none() && self.new.link[pair.new].is_none()
            });
            let clear = self.clear(&pairs);
            if clear.is_empty() {
                return;
            }
            for (o, n) in clear {
                self.link(o, n);
            }
        }
    }

    fn clear(&self, pairs: &[Pair]) -> Vec<(usize, usize)> {
        let named = self.open_named();
        let mut of_old: HashMap<usize, [u16; 2]> = HashMap::new();
        let mut of_new: HashMap<usize, [u16; 2]> = HashMap::new();
        for pair in pairs {
            rank(of_old.entry(pair.old).or_default(), pair.alike);
            rank(of_new.entry(pair.new).or_default(), pair.alike);
        }
        let chosen = |pair: &&Pair| {
            let (one, other) = (of_old[&pair.old], of_new[&pair.new]);
            let best = pair.alike == one[0] && pair.alike == other[0];
            let ahead = pair.alike - one[1].max(other[1]).min(pair.alike);
            let one_name = named.binary_search(&(pair.old, pair.new)).is_ok();
            let (enough, clearly) =
                if one_name { (ALIKE_OF_ONE_NAME, CLEARLY_OF_ONE_NAME) } else { (ALIKE, CLEARLY) };
            best && pair.alike >= enough && ahead >= clearly
        };
        pairs.iter().filter(chosen).map(|pair| (pair.old, pair.new)).collect()
    }

    /// Who might be whom among what is left: place, likeness.
    fn rivals(&self) -> (Rivals, Rivals) {
        let named = self.open_named();
        let mut pairs: Vec<Pair> = self.pairs();
        pairs.retain(|pair| {
            pair.alike >= WORTH_ASKING || named.binary_search(&(pair.old, pair.new)).is_ok()
        });
        let news = self.new.open_by_content();
        for (content, olds) in self.old.open_by_content() {
            let Some(news) = news.get(&content) else { continue };
            for (at, old) in olds.iter().enumerate() {
                let from = at
                    .saturating_sub(TWINS_OFFERED)
                    .min(news.len().saturating_sub(2 * TWINS_OFFERED));
                let near = news.iter().skip(from).take(2 * TWINS_OFFERED);
                pairs.extend(near.map(|new| Pair { old: *old, new: *new, alike: 1000 }));
            }
        }
        let mut of_old: Rivals = HashMap::new();
        let mut of_new: Rivals = HashMap::new();
        for pair in pairs {
            of_old.entry(pair.old).or_default().push((pair.alike, pair.new));
            of_new.entry(pair.new).or_default().push((pair.alike, pair.old));
        }
        (of_old, of_new)
    }

    /// What was found, and what is left for a person.
    pub(super) fn links(&self) -> Vec<Link> {
        let (mut of_old, mut of_new) = self.rivals();
        let listed = |found: Option<Vec<(u16, usize)>>| {
            let mut found = found.unwrap_or_default();
            found.sort_unstable_by_key(|(alike, at)| (std::cmp::Reverse(*alike), *at));
            found.dedup();
            found.into_iter().map(|(_, at)| at).collect::<Vec<_>>()
        };
        let mut links = Vec::with_capacity(self.old.clauses.len() + self.new.clauses.len());
        for (o, link) in self.old.link.iter().enumerate() {
            let rivals = listed(of_old.remove(&o));
            let relation = link.map_or(Relation::Removed, |n| {
                relation(&self.old.clauses[o], &self.new.clauses[n])
            });
            links.push(Link {
                old: Some(o),
                new: *link,
                relation,
                sure: rivals.is_empty(),
                rivals,
            });
        }
        for n in self.new.open() {
            let rivals = listed(of_new.remove(&n));
            let (relation, sure) = (Relation::New, rivals.is_empty());
            links.push(Link { old: None, new: Some(n), relation, sure, rivals });
        }
        links
    }
}

/// Keeps the highest two.
fn rank(best: &mut [u16; 2], alike: u16) {
    if alike > best[0] {
        *best = [alike, best[0]];
    } else {
        best[1] = best[1].max(alike);
    }
}
