//! Whether a committee is composed as its rules advise (domain rules, 2.3). Advice for those who keep it, never a block.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quanheng_db::{
    AnyConn,
    register::{self, CommitteeRow, SeatRow},
};
use quanheng_domain::{
    committee::CommitteeKind,
    ids::{OrganisationId, PersonId},
    people::{Interest, Role},
    rules::{Profile, RuleKey, keys},
};

use crate::{ActionError, profiles};

/// A rule of composition that the roll does not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The rule.
    pub rule: RuleKey,
    /// How many there are of what it counts.
    pub found: u32,
    /// Whom or what it is about: a person, a unit, a group of interest.
    pub about: About,
}

/// Whom or what an advice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The committee as a whole.
    Whole,
    /// A unit by its name.
    Unit(String),
    /// A person by name.
    Person(String),
    /// A group of interest.
    Group(Group),
    /// Members whose unit's interest is not known, so that the shares cannot be told.
    Unknown,
}

/// The groups of interest among which the balance is kept: education, research, testing, administration and associations stand
/// together for the public (公共利益方).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// 生产
    Producer,
    /// 经营
    Operator,
    /// 使用
    User,
    /// 公共利益
    Public,
}

impl Group {
    /// The key of its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Operator => "operator",
            Self::User => "user",
            Self::Public => "public",
        }
    }

    fn of(interest: Interest) -> Option<Self> {
        match interest {
            Interest::Producer => Some(Self::Producer),
            Interest::Operator => Some(Self::Operator),
            Interest::User => Some(Self::User),
            Interest::Research
            | Interest::Education
            | Interest::Testing
            | Interest::Administration
            | Interest::Association => Some(Self::Public),
            Interest::Unknown => None,
        }
    }
}

/// The roll of a day as the rules of composition see it.
struct Roll {
    seats: Vec<SeatRow>,
    units: Vec<register::OrganisationRow>,
    names: BTreeMap<PersonId, String>,
    /// Voting seats of each member in all committees.
    held: BTreeMap<PersonId, u32>,
}

/// What the rules in force that day advise against in the roll of that day, and the profile that says so.
///
/// # Errors
/// What the database says.
pub fn advice(
    conn: &mut AnyConn,
    committee: &CommitteeRow,
    day: NaiveDate,
) -> Result<(Vec<Advice>, std::sync::Arc<Profile>), ActionError> {
    let name = profiles::name_for(conn, committee.authority_id, Some(committee.id))?;
    let profile = profiles::in_force(conn, &name, day)?;
    let seats: Vec<SeatRow> = register::seats_on(conn, committee.id, day)?
        .into_iter()
        .filter(|seat| !seat.suspended)
        .collect();
    let people: BTreeSet<PersonId> =
        seats.iter().filter(|seat| seat.role.is_voting()).map(|seat| seat.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let units: Vec<_> = seats.iter().filter_map(|seat| seat.organisation_id).collect();
    let mut held = BTreeMap::new();
    for seat in register::seats_of_people(conn, &people)? {
        let holds = seat.since <= day && seat.until.is_none_or(|until| day < until);
        if seat.role.is_voting() && holds {
            *held.entry(seat.person_id).or_insert(0) += 1;
        }
    }
    let names = register::people_by(conn, &people)?;
    let roll = Roll {
        units: register::organisations_by(conn, &units)?,
        names: names.into_iter().map(|person| (person.id, person.name_zh)).collect(),
        held,
        seats,
    };
    Ok((weigh(&roll, committee.kind, &profile), profile))
}

fn weigh(roll: &Roll, kind: CommitteeKind, profile: &Profile) -> Vec<Advice> {
    let mut found = Vec::new();
    let whole = |rule, found| Advice { rule, found, about: About::Whole };
    let in_role = |role| count(roll.seats.iter().filter(|seat| seat.role == role).count());
    let members = count(roll.names.len());
    // A working group is as large as its task asks; the rules of size speak of committees.
    let least = match kind {
        CommitteeKind::Committee => Some(keys::MEMBERS_MIN),
        CommitteeKind::SubCommittee => Some(keys::SC_MEMBERS_MIN),
        CommitteeKind::WorkingGroup => None,
    };
    if let Some(least) = least {
        if members < profile.get(least) {
            found.push(whole(least.key(), members));
        }
        if members > profile.get(keys::MEMBERS_MAX) {
            found.push(whole(keys::MEMBERS_MAX.key(), members));
        }
        if profile.get(keys::MEMBERS_ODD) && members > 0 && members.is_multiple_of(2) {
            found.push(whole(keys::MEMBERS_ODD.key(), members));
        }
    }
    for (key, role) in [
        (keys::VICE_CHAIR_MAX, Role::ViceChair),
        (keys::DEPUTY_SECRETARY_MAX, Role::DeputySecretaryGeneral),
    ] {
        if in_role(role) > profile.get(key) {
            found.push(whole(key.key(), in_role(role)));
        }
    }
    if least.is_some() {
        units(roll, profile, members, &mut found);
    }
    for (person, held) in &roll.held {
        if *held >= profile.get(keys::SEATS_PER_PERSON_WARN) {
            let name = roll.names.get(person).cloned().unwrap_or_default();
            let rule = keys::SEATS_PER_PERSON_WARN.key();
            found.push(Advice { rule, found: *held, about: About::Person(name) });
        }
    }
    found
}

/// What the rules say of the units and of the interests that they stand for; each member counts once.
fn units(roll: &Roll, profile: &Profile, members: u32, found: &mut Vec<Advice>) {
    let of_person: BTreeMap<PersonId, Option<OrganisationId>> = roll
        .seats
        .iter()
        .filter(|seat| seat.role.is_voting())
        .map(|seat| (seat.person_id, seat.organisation_id))
        .collect();
    let mut groups: BTreeMap<Option<Group>, u32> = BTreeMap::new();
    let mut by_unit: BTreeMap<OrganisationId, u32> = BTreeMap::new();
    let mut small = 0;
    for unit in of_person.values() {
        let row = roll.units.iter().find(|row| Some(row.id) == *unit);
        *groups.entry(row.and_then(|row| Group::of(row.interest))).or_insert(0) += 1;
        small += u32::from(row.is_some_and(|row| row.small_firm));
        if let Some(id) = unit {
            *by_unit.entry(*id).or_insert(0) += 1;
        }
    }
    for (id, n) in by_unit.into_iter().filter(|(_, n)| *n > profile.get(keys::SAME_UNIT_MAX)) {
        let name = roll.units.iter().find(|row| row.id == id).map(|row| row.name_zh.clone());
        let about = About::Unit(name.unwrap_or_default());
        found.push(Advice { rule: keys::SAME_UNIT_MAX.key(), found: n, about });
    }
    let share = profile.get(keys::INTEREST_SHARE_MAX);
    for (group, n) in groups {
        let about = match group {
            Some(group) if share.exceeded_by(n, members) => About::Group(group),
            None => About::Unknown,
            Some(_) => continue,
        };
        found.push(Advice { rule: keys::INTEREST_SHARE_MAX.key(), found: n, about });
    }
    if members > 0 && small < profile.get(keys::SME_MEMBERS_MIN) {
        let rule = keys::SME_MEMBERS_MIN.key();
        found.push(Advice { rule, found: small, about: About::Whole });
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
