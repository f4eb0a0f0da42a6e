//! Whether an edition is in force on a day, and what to use instead (时效性): answered from dates and links, never stored.
//!
//! Each event of a life may be known to the year or not at all, so it happens within a window of days. The state is taken twice,
//! with every event as early and as late as it may be; where both agree that is the answer, else it is unknown between the two.
//! An old edition keeps its force until the new one's implementation date.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{deadline::corresponding_day, keyed, partial_date::PartialDate, term::Term};

keyed! {
    /// The state of an edition on a day, in the order in which a life runs through them.
    ValidityState as "validity" {
        /// Not approved yet (草案).
        Draft = "draft",
        /// Approved, not published yet (已批准).
        Approved = "approved",
        /// Published, not in force yet (即将实施).
        Pending = "pending",
        /// In force (现行).
        InForce = "in_force",
        /// In force but for the parts that another text replaced (部分代替).
        PartlyReplaced = "partly_replaced",
        /// Abolished without a successor (废止).
        Abolished = "abolished",
        /// Replaced by another text (被代替).
        Replaced = "replaced",
        /// Taken back before it came into force (撤回).
        Withdrawn = "withdrawn",
        /// What is known does not decide it (不能确定).
        Unknown = "unknown",
    }
}

impl ValidityState {
    /// Whether the edition may be used, wholly or for what was not replaced.
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::InForce | Self::PartlyReplaced)
    }

    /// Whether the edition was in use once, or was to be, and is no longer.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Replaced | Self::Abolished | Self::Withdrawn)
    }
}

/// The dates of one edition, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// When it was approved, where that is recorded apart from the issue.
    pub approved: Option<PartialDate>,
    /// When it was issued (发布).
    pub issued: Option<PartialDate>,
    /// When it comes into force (实施).
    pub effective: Option<PartialDate>,
    /// When it was abolished (废止).
    pub abolished: Option<PartialDate>,
    /// A day on which it was already reported as abolished, where the date itself is unknown.
    pub abolished_by: Option<NaiveDate>,
    /// When it was taken back before its force (撤回).
    pub withdrawn: Option<PartialDate>,
}

impl Life {
    /// The same life, with the year of the number as year of issue where no date of issue is known.
    pub fn issued_at_least_in(self, year: u16) -> Self {
        Self { issued: self.issued.or_else(|| PartialDate::year(i32::from(year)).ok()), ..self }
    }
}

/// The days within which an event happens.
#[derive(Debug, Clone, Copy)]
struct Window {
    earliest: NaiveDate,
    latest: NaiveDate,
}

/// As early or as late as an event may be.
#[derive(Debug, Clone, Copy)]
enum Extreme {
    Earliest,
    Latest,
}

impl Window {
    const ANY: Self = Self { earliest: NaiveDate::MIN, latest: NaiveDate::MAX };

    fn of(date: PartialDate) -> Self {
        Self { earliest: date.earliest(), latest: date.latest() }
    }

    /// The same, but not before `floor`, unless the dates contradict each other.
    fn not_before(self, floor: NaiveDate) -> Self {
        Self {
            earliest: if floor <= self.latest { self.earliest.max(floor) } else { self.earliest },
            ..self
        }
    }

    fn reached(self, on: NaiveDate, extreme: Extreme) -> bool {
        on >= match extreme {
            Extreme::Earliest => self.earliest,
            Extreme::Latest => self.latest,
        }
    }
}

/// The windows of one life.
struct Windows {
    approved: Option<Window>,
    issued: Window,
    /// None for a text that was taken back.
    effective: Option<Window>,
    abolished: Option<Window>,
    withdrawn: Option<Window>,
}

impl Windows {
    fn of(life: &Life, longest_lead: Term) -> Self {
        let known_effective = life.effective.map(Window::of);
        let issued = match (life.issued, known_effective) {
            (Some(issued), _) => Window::of(issued),
            (None, Some(effective)) => Window { latest: effective.latest, ..Window::ANY },
            (None, None) => Window::ANY,
        };
        let effective = match (known_effective, life.issued) {
            (Some(effective), _) => effective.not_before(issued.earliest),
            (None, Some(_)) => Window {
                earliest: issued.earliest,
                latest: corresponding_day(issued.latest, longest_lead),
            },
            (None, None) => Window::ANY,
        };
        let abolished = match (life.abolished, life.abolished_by) {
            (Some(abolished), _) => Some(Window::of(abolished).not_before(effective.earliest)),
            (None, Some(by)) => Some(Window { earliest: effective.earliest.min(by), latest: by }),
            (None, None) => None,
        };
        Self {
            approved: life.approved.map(Window::of),
            issued,
            effective: life.withdrawn.is_none().then_some(effective),
            abolished,
            withdrawn: life.withdrawn.map(Window::of),
        }
    }
}

/// A text that takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Successor<K> {
    /// The edition.
    pub edition: K,
    /// Whether it replaces the whole text.
    pub whole: bool,
}

/// The state of an edition on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Validity<K> {
    /// The state.
    pub state: ValidityState,
    /// For an unknown state: the least and the most advanced state that it may be.
    pub between: Option<(ValidityState, ValidityState)>,
    /// The texts that have taken its place, wholly or in part; for an unknown state those that may have.
    pub replaced_by: Vec<Successor<K>>,
    /// The texts that are published and will take its place.
    pub coming: Vec<Successor<K>>,
}

/// Editions with their dates and replacement links, asked about any day.
#[derive(Debug, Clone)]
pub struct Register<K> {
    longest_lead: Term,
    lives: BTreeMap<K, Life>,
    successors: BTreeMap<K, BTreeSet<Successor<K>>>,
}

impl<K: Ord + Clone> Register<K> {
    /// An empty register; `longest_lead` is how long after issue a text of unknown effective date is taken to be in force
    /// (rule `force_lead_longest_months`).
    pub fn new(longest_lead: Term) -> Self {
        Self { longest_lead, lives: BTreeMap::new(), successors: BTreeMap::new() }
    }

    /// Enters an edition, or its dates anew.
    pub fn enter(&mut self, edition: K, life: Life) {
        self.lives.insert(edition, life);
    }

    /// Enters that `new` replaces `old`, wholly or in part; a link of a text to itself is no link.
    pub fn link(&mut self, old: K, new: K, whole: bool) {
        if old != new {
            self.successors.entry(old).or_default().insert(Successor { edition: new, whole });
        }
    }

    /// The state of an edition on a day; none if it was never entered.
    pub fn validity(&self, edition: &K, on: NaiveDate) -> Option<Validity<K>> {
        let life = self.lives.get(edition)?;
        let windows = Windows::of(life, self.longest_lead);
        let most = self.state(edition, &windows, on, Extreme::Earliest);
        let least = self.state(edition, &windows, on, Extreme::Latest);
        let (state, between) = if most == least {
            (most, None)
        } else {
            (ValidityState::Unknown, Some((least, most)))
        };
        let sure = if between.is_some() { Extreme::Earliest } else { Extreme::Latest };
        let replaced_by: Vec<_> = self.reached(edition, on, sure).cloned().collect();
        let coming = self
            .links(edition)
            .filter(|link| !replaced_by.contains(link))
            .filter(|link| self.is_coming(&link.edition, on))
            .cloned()
            .collect();
        Some(Validity { state, between, replaced_by, coming })
    }

    /// What to use on a day instead of an edition that was replaced or replaced in part: its successors, and theirs, down to
    /// texts that were not replaced as a whole themselves and not abolished.
    pub fn use_instead(&self, edition: &K, on: NaiveDate) -> Vec<K> {
        let (mut seen, mut found) = (BTreeSet::from([edition.clone()]), BTreeSet::new());
        let mut waiting: Vec<&K> =
            self.reached(edition, on, Extreme::Latest).map(|link| &link.edition).collect();
        while let Some(next) = waiting.pop() {
            if !seen.insert(next.clone()) {
                continue;
            }
            match self.validity(next, on).map(|validity| validity.state) {
                Some(ValidityState::Replaced) => {
                    waiting
                        .extend(self.reached(next, on, Extreme::Latest).map(|link| &link.edition));
                }
                Some(ValidityState::Abolished | ValidityState::Withdrawn) | None => {}
                Some(_) => {
                    found.insert(next.clone());
                }
            }
        }
        found.into_iter().collect()
    }

    /// The editions that are in force on a day for certain, wholly or in part.
    pub fn in_force_on(&self, on: NaiveDate) -> impl Iterator<Item = &K> {
        self.lives.keys().filter(move |edition| {
            self.validity(edition, on).is_some_and(|validity| validity.state.is_in_force())
        })
    }

    fn links(&self, edition: &K) -> impl Iterator<Item = &Successor<K>> {
        self.successors.get(edition).into_iter().flatten()
    }

    /// The links whose new text is in force by that day.
    fn reached(
        &self,
        edition: &K,
        on: NaiveDate,
        extreme: Extreme,
    ) -> impl Iterator<Item = &Successor<K>> {
        self.links(edition).filter(move |link| {
            self.lives
                .get(&link.edition)
                .and_then(|life| Windows::of(life, self.longest_lead).effective)
                .is_some_and(|effective| effective.reached(on, extreme))
        })
    }

    fn is_coming(&self, edition: &K, on: NaiveDate) -> bool {
        self.lives.get(edition).is_some_and(|life| {
            let windows = Windows::of(life, self.longest_lead);
            windows.effective.is_some_and(|effective| !effective.reached(on, Extreme::Latest))
                && windows.issued.reached(on, Extreme::Latest)
        })
    }

    fn state(
        &self,
        edition: &K,
        windows: &Windows,
        on: NaiveDate,
        extreme: Extreme,
    ) -> ValidityState {
        let reached =
            |window: Option<Window>| window.is_some_and(|window| window.reached(on, extreme));
        let replaced =
            |whole: bool| self.reached(edition, on, extreme).any(|link| link.whole == whole);
        if reached(windows.withdrawn) {
            ValidityState::Withdrawn
        } else if replaced(true) {
            ValidityState::Replaced
        } else if reached(windows.abolished) {
            ValidityState::Abolished
        } else if reached(windows.effective) {
            if replaced(false) { ValidityState::PartlyReplaced } else { ValidityState::InForce }
        } else if windows.issued.reached(on, extreme) {
            ValidityState::Pending
        } else if reached(windows.approved) {
            ValidityState::Approved
        } else {
            ValidityState::Draft
        }
    }
}

#[cfg(test)]
mod tests;
