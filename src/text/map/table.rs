//! The table in which two versions are matched: what is the same, by words, names, parents and sub-clauses.

use std::collections::{HashMap, HashSet};

use quanheng_domain::clause::Clause;

use crate::content::{exact, family};

/// One version.
pub(super) struct Side<'a> {
    pub(super) clauses: &'a [Clause],
    pub(super) parent: Vec<Option<usize>>,
    /// The same figure for clauses that say the same.
    pub(super) content: Vec<u32>,
    pub(super) link: Vec<Option<usize>>,
}

impl<'a> Side<'a> {
    fn new(clauses: &'a [Clause], known: &mut HashMap<String, u32>) -> Self {
        let mut path: Vec<usize> = Vec::new();
        let mut parent = Vec::with_capacity(clauses.len());
        for (at, clause) in clauses.iter().enumerate() {
            while path.last().is_some_and(|last| clauses[*last].level >= clause.level) {
                path.pop();
            }
            parent.push(path.last().copied());
            path.push(at);
        }
        let mut figure = |clause: &Clause| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(exact(clause)).or_insert(next)
        };
        let content = clauses.iter().map(&mut figure).collect();
        Self { clauses, parent, content, link: vec![None; clauses.len()] }
    }

    pub(super) fn open(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.clauses.len()).filter(|at| self.link[*at].is_none())
    }

    /// Open clauses by what they say.
    pub(super) fn open_by_content(&self) -> HashMap<u32, Vec<usize>> {
        let mut found: HashMap<u32, Vec<usize>> = HashMap::new();
        for at in self.open() {
            found.entry(self.content[at]).or_default().push(at);
        }
        found
    }
}

/// Open clauses of the old and the new version that say the same under one parent.
type Group = (Vec<usize>, Vec<usize>);

/// Two versions in the course of being matched.
pub(super) struct Table<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    /// Old and new clauses of the same name.
    named: Vec<(usize, usize)>,
}

impl<'a> Table<'a> {
    pub(super) fn new(old: &'a [Clause], new: &'a [Clause]) -> Self {
        let mut known = HashMap::new();
        let names: HashMap<&str, usize> =
            new.iter().enumerate().rev().map(|(at, clause)| (clause.key.as_str(), at)).collect();
        let named = old
            .iter()
            .enumerate()
            .filter_map(|(o, clause)| names.get(clause.key.as_str()).map(|n| (o, *n)))
            .filter(|(o, n)| family(old[*o].kind) == family(new[*n].kind))
            .collect();
        Self { old: Side::new(old, &mut known), new: Side::new(new, &mut known), named }
    }

    pub(super) fn link(&mut self, old: usize, new: usize) {
        if self.old.link[old].is_none() && self.new.link[new].is_none() {
            self.old.link[old] = Some(new);
            self.new.link[new] = Some(old);
        }
    }

    /// Same words, once in each version.
    pub(super) fn unique_content(&mut self) {
        let (old, new) = (self.old.open_by_content(), self.new.open_by_content());
        for (content, places) in old {
            if let ([o], Some([n])) = (&places[..], new.get(&content).map(Vec::as_slice))
                && !says_nothing(&self.old.clauses[*o])
            {
                self.link(*o, *n);
            }
        }
    }

    /// Same words more than once, but only once under parents that are one and the same, or there under the same name.
    pub(super) fn under_linked_parents(&mut self) {
        for _ in 0..=u8::MAX {
            let mut groups: HashMap<(u32, Option<usize>), Group> = HashMap::new();
            for o in self.old.open() {
                let parent = self.old.parent[o];
                let linked = parent.and_then(|parent| self.old.link[parent]);
                if parent.is_none() || linked.is_some() {
                    groups.entry((self.old.content[o], linked)).or_default().0.push(o);
                }
            }
            for n in self.new.open() {
                let parent = self.new.parent[n];
                if parent.is_none_or(|parent| self.new.link[parent].is_some()) {
                    groups.entry((self.new.content[n], parent)).or_default().1.push(n);
                }
            }
            let mut linked = false;
            for (olds, news) in groups.into_values() {
                for (o, n) in self.pairs_of_group(&olds, &news) {
                    self.link(o, n);
                    linked = true;
                }
            }
            if !linked {
                return;
            }
        }
    }

    fn pairs_of_group(&self, olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
        let (old, new) = (self.old.clauses, self.new.clauses);
        let by_name: HashMap<&str, usize> =
            news.iter().map(|n| (new[*n].key.as_str(), *n)).collect();
        let mut pairs: Vec<(usize, usize)> = olds
            .iter()
            .filter_map(|o| by_name.get(old[*o].key.as_str()).map(|n| (*o, *n)))
            .collect();
        let (linked_old, linked_new): (HashSet<usize>, HashSet<usize>) =
            pairs.iter().copied().unzip();
        let rest_old: Vec<&usize> = olds.iter().filter(|o| !linked_old.contains(o)).collect();
        let rest_new: Vec<&usize> = news.iter().filter(|n| !linked_new.contains(n)).collect();
        if let ([o], [n]) = (&rest_old[..], &rest_new[..]) {
            pairs.push((**o, **n));
        }
        pairs
    }

    /// Whether the parents of two clauses are known to be different clauses.
    fn parents_differ(&self, o: usize, n: usize) -> bool {
        let (p, q) = (self.old.parent[o], self.new.parent[n]);
        let elsewhere = p.and_then(|p| self.old.link[p]).is_some_and(|linked| Some(linked) != q);
        elsewhere || q.and_then(|q| self.new.link[q]).is_some_and(|linked| Some(linked) != p)
    }

    /// Pairs of one name, still open, whose parents do not speak against them.
    pub(super) fn open_named(&self) -> Vec<(usize, usize)> {
        let open = |(o, n): &&(usize, usize)| {
            self.old.link[*o].is_none()
                && self.new.link[*n].is_none()
                && !self.parents_differ(*o, *n)
        };
        self.named.iter().filter(open).copied().collect()
    }

    /// Same name and same heading: only the words below it changed.
    pub(super) fn same_name_and_heading(&mut self) {
        let (old, new) = (self.old.open_by_content(), self.new.open_by_content());
        for (o, n) in self.open_named() {
            let (before, after) = (&self.old.clauses[o], &self.new.clauses[n]);
            let twins =
                new.contains_key(&self.old.content[o]) || old.contains_key(&self.new.content[n]);
            if !before.heading.is_empty() && before.heading == after.heading && !twins {
                self.link(o, n);
            }
        }
    }

    /// What is left with the same name and the same words.
    pub(super) fn same_name_and_content(&mut self) {
        for (o, n) in self.open_named() {
            if self.old.content[o] == self.new.content[n] {
                self.link(o, n);
            }
        }
        self.unique_content();
    }

    /// Most sub-clauses of the one stand below the other, and none elsewhere; the other way round too.
    pub(super) fn by_children(&mut self) {
        let down = towards(&self.old, &self.new);
        let up = towards(&self.new, &self.old);
        let mut pairs: Vec<(usize, usize)> =
            down.into_iter().filter(|(o, n)| up.get(n) == Some(o)).collect();
        pairs.sort_unstable();
        for (o, n) in pairs {
            if family(self.old.clauses[o].kind) == family(self.new.clauses[n].kind) {
                self.link(o, n);
            }
        }
    }
}

/// By parent, the only clause of the other version below which its linked sub-clauses stand, when they are at least two in three.
fn towards(from: &Side, to: &Side) -> HashMap<usize, usize> {
    /// Sub-clauses, those of them that are linked, and where these stand.
    #[derive(Default)]
    struct Brood {
        all: usize,
        linked: usize,
        parents: Vec<Option<usize>>,
    }
    let mut broods: HashMap<usize, Brood> = HashMap::new();
    for (at, parent) in from.parent.iter().enumerate() {
        let Some(parent) = parent else { continue };
        let brood = broods.entry(*parent).or_default();
        brood.all += 1;
        if let Some(linked) = from.link[at] {
            brood.linked += 1;
            brood.parents.push(to.parent[linked]);
        }
    }
    broods
        .into_iter()
        .filter(|(_, brood)| brood.linked * 3 >= brood.all * 2)
        .filter_map(|(parent, brood)| {
            let first = (*brood.parents.first()?)?;
            brood.parents.iter().all(|other| *other == Some(first)).then_some((parent, first))
        })
        .collect()
}

fn says_nothing(clause: &Clause) -> bool {
    clause.heading.is_empty() && clause.blocks.is_empty()
}
