//! The whole catalogue of published editions at one moment: every edition, every link, and the validity of each on any day.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;
use quanheng_db::{
    catalogue,
    conn::AnyConn,
    covers,
    recognitions::{self, JointNumberRow},
    register::{self, CommitteeRow},
    specifications::{ReplacementRow, SpecificationRow},
};
use quanheng_domain::{
    ids::{CommitteeId, SpecificationId},
    number::SpecNumber,
    rules::{self, keys},
    validity::{Register, Validity, ValidityState},
};

use super::{facets::Facets, validity};
use crate::{ActionError, profiles, search::keys::Keys};

/// The published editions with everything that bears on their validity.
pub struct Catalogue {
    /// Editions by kind, level, sequence and year.
    pub editions: Vec<SpecificationRow>,
    /// Committees by code.
    pub committees: Vec<CommitteeRow>,
    links: Vec<ReplacementRow>,
    places: HashMap<SpecificationId, usize>,
    by_number: HashMap<String, usize>,
    /// The editions of one text: same series, mark and sequence.
    kin: HashMap<(String, String, i32), Vec<usize>>,
    /// The links that an edition stands in, on either side.
    linked: HashMap<SpecificationId, Vec<usize>>,
    register: Register<SpecificationId>,
    /// The numbers of the other parties of joint texts.
    joint: HashMap<SpecificationId, Vec<JointNumberRow>>,
    /// International and Chinese classes as they stand on the covers.
    classes: HashMap<SpecificationId, (String, String)>,
    committee_places: HashMap<CommitteeId, usize>,
    /// What search looks through, made when somebody first searches.
    keys: OnceLock<Vec<Keys>>,
    facets: OnceLock<Facets>,
    today: NaiveDate,
    /// The states of today, by place.
    states: OnceLock<Arc<[ValidityState]>>,
}

fn text_of(row: &SpecificationRow) -> (String, String, i32) {
    (row.series.clone(), row.mark.clone(), row.sequence)
}

impl Catalogue {
    /// Reads the catalogue; texts that were numbered but not published are no part of it.
    ///
    /// # Errors
    /// A stored date that is none, or storage trouble.
    pub fn load(conn: &mut AnyConn, today: NaiveDate) -> Result<Self, ActionError> {
        let lead = match profiles::in_force(conn, rules::SEED_NAMES[0], today) {
            Ok(profile) => profile.get(keys::FORCE_LEAD_LONGEST_MONTHS),
            Err(ActionError::NotFound) => rules::seeds()[0].get(keys::FORCE_LEAD_LONGEST_MONTHS),
            Err(other) => return Err(other),
        };
        let mut register = Register::new(lead);
        let mut editions = catalogue::editions(conn)?;
        editions.retain(|row| row.project_id.is_none() || !row.issued_on.is_empty());
        let (mut places, mut by_number) = (HashMap::new(), HashMap::new());
        let mut kin: HashMap<_, Vec<usize>> = HashMap::new();
        for (place, row) in editions.iter().enumerate() {
            register.enter(row.id, validity::life(row)?);
            places.insert(row.id, place);
            by_number.entry(row.number_key.clone()).or_insert(place);
            kin.entry(text_of(row)).or_default().push(place);
        }
        let mut links = catalogue::replacement_links(conn)?;
        links.retain(|link| places.contains_key(&link.old_id) && places.contains_key(&link.new_id));
        let mut linked: HashMap<SpecificationId, Vec<usize>> = HashMap::new();
        for (place, link) in links.iter().enumerate() {
            register.link(link.old_id, link.new_id, link.whole);
            for side in [link.old_id, link.new_id] {
                linked.entry(side).or_default().push(place);
            }
        }
        let mut joint: HashMap<SpecificationId, Vec<JointNumberRow>> = HashMap::new();
        for row in recognitions::joint_numbers(conn)? {
            let Some(place) = places.get(&row.specification_id).copied() else { continue };
            if row.void_at.is_none() {
                by_number.entry(row.number.clone()).or_insert(place);
                joint.entry(row.specification_id).or_default().push(row);
            }
        }
        let committees = register::all_committees(conn)?;
        let classes = covers::classified(conn)?;
        Ok(Self {
            committee_places: committees.iter().map(|row| row.id).zip(0..).collect(),
            classes: classes.into_iter().map(|(id, ics, ccs)| (id, (ics, ccs))).collect(),
            editions,
            committees,
            links,
            places,
            by_number,
            kin,
            linked,
            register,
            joint,
            keys: OnceLock::new(),
            facets: OnceLock::new(),
            today,
            states: OnceLock::new(),
        })
    }

    fn links_of(&self, id: SpecificationId) -> impl Iterator<Item = &ReplacementRow> {
        self.linked.get(&id).into_iter().flatten().filter_map(|place| self.links.get(*place))
    }

    /// Every edition with the keys by which search finds it, in the order of the catalogue.
    pub fn keyed(&self) -> impl Iterator<Item = (&SpecificationRow, &Keys)> {
        let keys = self.keys.get_or_init(|| {
            self.editions.iter().map(|row| Keys::of(row, self.joint_numbers(&row.id))).collect()
        });
        self.editions.iter().zip(keys)
    }

    /// The numbers that the other parties of a joint text gave it.
    pub fn joint_numbers(&self, id: &SpecificationId) -> &[JointNumberRow] {
        self.joint.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The international classes (ICS) and the Chinese ones (CCS) of an edition, each list as it stands on the cover.
    pub fn classes(&self, id: &SpecificationId) -> (&str, &str) {
        self.classes.get(id).map(|(ics, ccs)| (ics.as_str(), ccs.as_str())).unwrap_or_default()
    }

    /// The values of every edition in every dimension but the state, made when somebody first asks.
    pub(super) fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| Facets::of(self))
    }

    /// The states of all editions on a day, in the order of the catalogue.
    pub fn states(&self, on: NaiveDate) -> Arc<[ValidityState]> {
        let all = || self.editions.iter().map(|row| self.state(&row.id, on)).collect();
        if on == self.today { Arc::clone(self.states.get_or_init(all)) } else { all() }
    }

    /// The place of an edition in the order of the catalogue.
    pub fn place(&self, id: &SpecificationId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// An edition by identity.
    pub fn edition(&self, id: &SpecificationId) -> Option<&SpecificationRow> {
        self.places.get(id).and_then(|place| self.editions.get(*place))
    }

    /// An edition by any written form of its number, or its identity.
    pub fn find(&self, text: &str) -> Option<&SpecificationRow> {
        if let Ok(parsed) = SpecNumber::parse(text) {
            let key = parsed.number.canonical();
            return self.by_number.get(&key).and_then(|place| self.editions.get(*place));
        }
        text.parse().ok().and_then(|id| self.edition(&id))
    }

    /// A committee by identity.
    pub fn committee(&self, id: Option<CommitteeId>) -> Option<&CommitteeRow> {
        self.committee_places.get(&id?).and_then(|place| self.committees.get(*place))
    }

    /// The state of an edition on a day with what took its place.
    pub fn validity(
        &self,
        id: &SpecificationId,
        on: NaiveDate,
    ) -> Option<Validity<SpecificationId>> {
        self.register.validity(id, on)
    }

    /// The state of an edition on a day.
    pub fn state(&self, id: &SpecificationId, on: NaiveDate) -> ValidityState {
        let state = self.validity(id, on).map_or(ValidityState::Unknown, |validity| validity.state);
        // What its source calls abolished or replaced, on a day that nothing tells, is not told to be in force.
        let gone = |row: &SpecificationRow| {
            row.abolished_on.is_empty()
                && self.replacing(row.id).next().is_none()
                && matches!(row.reported_status.as_str(), "abolished" | "replaced")
        };
        match self.edition(id) {
            Some(row) if state.is_in_force() && gone(row) => ValidityState::Unknown,
            _ => state,
        }
    }

    /// What to use on a day instead of an edition that is not in force.
    pub fn instead_of(&self, id: &SpecificationId, on: NaiveDate) -> Vec<&SpecificationRow> {
        self.register.use_instead(id, on).iter().filter_map(|id| self.edition(id)).collect()
    }

    /// What an edition replaces.
    pub fn replaced_by(
        &self,
        new: SpecificationId,
    ) -> impl Iterator<Item = (&ReplacementRow, &SpecificationRow)> {
        let links = self.links_of(new).filter(move |link| link.new_id == new);
        links.filter_map(|link| self.edition(&link.old_id).map(|row| (link, row)))
    }

    /// What replaces an edition.
    pub fn replacing(
        &self,
        old: SpecificationId,
    ) -> impl Iterator<Item = (&ReplacementRow, &SpecificationRow)> {
        let links = self.links_of(old).filter(move |link| link.old_id == old);
        links.filter_map(|link| self.edition(&link.new_id).map(|row| (link, row)))
    }

    /// The editions of the same text and those it is linked with, oldest first.
    pub fn family(&self, of: &SpecificationRow) -> Vec<&SpecificationRow> {
        let mut seen = vec![of.id];
        let mut next = 0;
        while let Some(id) = seen.get(next).copied() {
            next += 1;
            for link in self.links_of(id) {
                for other in [link.old_id, link.new_id] {
                    if !seen.contains(&other) {
                        seen.push(other);
                    }
                }
            }
        }
        let mut places: Vec<usize> =
            seen.iter().filter_map(|id| self.places.get(id)).copied().collect();
        places.extend(self.kin.get(&text_of(of)).into_iter().flatten());
        places.sort_unstable();
        places.dedup();
        let mut family: Vec<&SpecificationRow> =
            places.into_iter().filter_map(|place| self.editions.get(place)).collect();
        family.sort_by_key(|row| (row.year, row.sort_key.clone()));
        family
    }
}

/// The address segment of an edition: its number without spaces and brackets, else its identity.
pub fn segment(row: &SpecificationRow) -> String {
    SpecNumber::parse(&row.number)
        .map_or_else(|_| row.id.to_string(), |parsed| parsed.number.url_segment())
}
