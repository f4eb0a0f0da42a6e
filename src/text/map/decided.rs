//! Links after people decided what the machine left open, or corrected what it found.

use quanheng_domain::clause::{Clause, Relation};

use super::{Decision, Link, relation};

/// One version in the course of the decisions.
struct Side {
    /// The clause of the other version, and whether that needs nobody.
    to: Vec<(Option<usize>, bool)>,
    rivals: Vec<Vec<usize>>,
    /// Lost its counterpart to another clause.
    robbed: Vec<bool>,
}

impl Side {
    fn new(length: usize) -> Self {
        Self {
            to: vec![(None, false); length],
            rivals: vec![Vec::new(); length],
            robbed: vec![false; length],
        }
    }

    fn put(&mut self, at: usize, link: &Link, to: Option<usize>) {
        self.to[at] = (to, link.sure);
        self.rivals[at].clone_from(&link.rivals);
    }

    fn rob(&mut self, at: usize) {
        (self.to[at], self.robbed[at]) = ((None, false), true);
    }

    fn open(&self, at: usize) -> bool {
        self.to[at] == (None, false)
    }
}

/// The links after what people decided: their decisions are sure, and what they gave away is nobody's rival any more.
///
/// The last decision about a clause counts. A clause that lost its counterpart to another is open again. A decision about a clause
/// that is not there is passed over.
pub fn decided(
    old: &[Clause],
    new: &[Clause],
    links: &[Link],
    decisions: &[Decision],
) -> Vec<Link> {
    let (mut olds, mut news) = (Side::new(old.len()), Side::new(new.len()));
    for link in links {
        match (link.old, link.new) {
            (Some(o), n) => {
                olds.put(o, link, n);
                if let Some(n) = n {
                    news.put(n, link, Some(o));
                }
            }
            (None, Some(n)) => news.put(n, link, None),
            (None, None) => {}
        }
    }
    let there = |at: Option<usize>, length: usize| at.is_none_or(|at| at < length);
    let known = decisions.iter().filter(|d| there(d.old, old.len()) && there(d.new, new.len()));
    for Decision { old: o, new: n } in known {
        if let Some(before) = o.and_then(|o| olds.to[o].0).filter(|before| Some(*before) != *n) {
            news.rob(before);
        }
        if let Some(before) = n.and_then(|n| news.to[n].0).filter(|before| Some(*before) != *o) {
            olds.rob(before);
        }
        if let Some(o) = *o {
            (olds.to[o], olds.robbed[o]) = ((*n, true), false);
        }
        if let Some(n) = *n {
            (news.to[n], news.robbed[n]) = ((*o, true), false);
        }
    }
    written(old, new, &olds, &news)
}

fn written(old: &[Clause], new: &[Clause], olds: &Side, news: &Side) -> Vec<Link> {
    let left = |side: &Side, at: usize, other: &Side| {
        let open = side.rivals[at].iter().copied().filter(|rival| other.open(*rival));
        if side.to[at].1 { Vec::new() } else { open.collect::<Vec<_>>() }
    };
    let mut found = Vec::with_capacity(old.len() + new.len());
    for (o, (to, sure)) in olds.to.iter().enumerate() {
        let rivals = left(olds, o, news);
        // Whose every rival went elsewhere by a person's word is what is left: removed.
        let sure = *sure || rivals.is_empty() && !olds.robbed[o];
        let relation = to.map_or(Relation::Removed, |n| relation(&old[o], &new[n]));
        found.push(Link { old: Some(o), new: *to, relation, sure, rivals });
    }
    for n in (0..new.len()).filter(|n| news.to[*n].0.is_none()) {
        let rivals = left(news, n, olds);
        let sure = news.to[n].1 || rivals.is_empty() && !news.robbed[n];
        found.push(Link { old: None, new: Some(n), relation: Relation::New, sure, rivals });
    }
    found
}
