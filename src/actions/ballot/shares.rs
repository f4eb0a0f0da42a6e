//! The user side's share of those who vote (使用方代表): told as a warning before and on a ballot, and never in its way.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_db::{
    AnyConn,
    register::{self, CommitteeRow},
};
use quanheng_domain::{
    ids::{CommitteeId, PersonId, ProjectId},
    people::Interest,
    rules::{Profile, RuleText, keys},
};

use crate::ActionError;

/// How many of those who vote come from users.
#[derive(Debug, Clone)]
pub struct UserSide {
    /// Voters whose unit is a user.
    pub users: u32,
    /// All voters.
    pub voters: u32,
    /// How many the rule asks for.
    pub needed: u32,
    /// The rule.
    pub rule: RuleText,
}

impl UserSide {
    /// True where the rule asks for more users than there are.
    pub fn is_short(&self) -> bool {
        self.users < self.needed
    }
}

/// The user side among people who vote, by the seats they hold on a day.
///
/// # Errors
/// What the database says.
pub fn user_side(
    conn: &mut AnyConn,
    committee: CommitteeId,
    voters: &BTreeSet<PersonId>,
    profile: &Profile,
    day: NaiveDate,
) -> Result<UserSide, ActionError> {
    let ids: Vec<PersonId> = voters.iter().copied().collect();
    let own: std::collections::BTreeMap<_, _> = register::people_by(conn, &ids)?
        .into_iter()
        .map(|person| (person.id, person.organisation_id))
        .collect();
    let mut met = BTreeSet::new();
    let mut units = Vec::new();
    for seat in register::seats_on(conn, committee, day)? {
        if !voters.contains(&seat.person_id) || !met.insert(seat.person_id) {
            continue;
        }
        units.extend(seat.organisation_id.or(own.get(&seat.person_id).copied().flatten()));
    }
    let of_users: BTreeSet<_> = register::organisations_by(conn, &units)?
        .into_iter()
        .filter(|row| row.interest == Interest::User)
        .map(|row| row.id)
        .collect();
    let users = units.iter().filter(|unit| of_users.contains(unit)).count();
    let users = u32::try_from(users).unwrap_or(u32::MAX);
    let all = u32::try_from(voters.len()).unwrap_or(u32::MAX);
    let needed = profile.get(keys::USER_SHARE_MIN).at_least_of(all);
    let rule = RuleText::from(profile.rule(keys::USER_SHARE_MIN.key()));
    Ok(UserSide { users, voters: all, needed, rule })
}

/// Whether the unit that hosts the secretariat drafts the text: its duties for that project then go to a deputy of another unit
/// (edge case 6).
///
/// # Errors
/// What the database says.
pub fn host_drafts(
    conn: &mut AnyConn,
    committee: &CommitteeRow,
    project: ProjectId,
) -> Result<bool, ActionError> {
    let Some(host) = committee.host_id else { return Ok(false) };
    Ok(crate::reviewer::assign::conflict(conn, project)?.units.contains(&host))
}
